"""What is always true of seats and of who looked: the trail only grows, and what was signed is what was signed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marco.invariantes import Invariante, numeros

from .models import LineaDeRastro, Membresia, RevisionDePrivilegios
from .services.privilegios import esta_entera


def de_esta_sala() -> list[Invariante]:
    return [
        Invariante(
            "rastro_solo_crece",
            _("La base impide cambiar o borrar el rastro de quién vio qué."),
            _("Alguien quitó la protección. Averigüe quién entró a la base, y aplique otra vez las migraciones."),
            _sin_guardia,
        ),
        Invariante(
            "revisiones_firmadas",
            _("Las revisiones de privilegios están como se firmaron, una tras otra."),
            _("Alguien tocó la base por fuera del aula. Recupere esa revisión de una copia."),
            _revisiones_rotas,
        ),
        Invariante(
            "un_titular_por_asiento",
            _("Ningún asiento tiene hoy dos titulares."),
            _("Cese a quien ya no está, en «Personas y asientos»."),
            _con_dos_titulares,
        ),
        Invariante(
            "asientos_en_orden",
            _("Nadie dejó un asiento antes de ocuparlo."),
            _("Corrija las fechas en «Personas y asientos»."),
            lambda: numeros(Membresia.objects.filter(hasta__lt=F("desde"))),
        ),
    ]


def _sin_guardia() -> Iterator[str]:
    donde = LineaDeRastro._meta.db_table
    nombre = f"{donde}_solo_crece"
    preguntas = {
        "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [donde]),
        "postgresql": ("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'", [donde]),
    }
    piden = {"sqlite": {f"{nombre}_u", f"{nombre}_d"}, "postgresql": {nombre}}
    if connection.vendor in preguntas:
        with connection.cursor() as cursor:
            cursor.execute(*preguntas[connection.vendor])
            hay = {fila[0] for fila in cursor.fetchall()}
        yield from sorted(piden[connection.vendor] - hay)


def _revisiones_rotas() -> Iterator[int]:
    anterior = ""
    for una in RevisionDePrivilegios.objects.order_by("pk").iterator(chunk_size=20):
        if not esta_entera(una) or una.anterior != anterior:
            yield una.pk
        anterior = una.huella


def _con_dos_titulares() -> Iterator[int]:
    vigentes = Membresia.objects.vigentes(timezone.localdate()).filter(Q(calidad="titular"))
    veces = vigentes.order_by().values("asiento").annotate(veces=Count("pk"))
    yield from veces.filter(veces__gt=1).values_list("asiento", flat=True)
