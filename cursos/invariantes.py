"""What is always true of progress: counters say what facts say, and what was asked stays as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marco.invariantes import LOTE, Invariante, numeros

from .models import Avance, Inscripcion, RequisitoDeVersion, VersionDeCurso
from .services.contadores import pendientes
from .services.versiones import huella

CONTAR = _("Vuelva a contar el curso desde sus hechos, o restaure. Ninguna constancia cambia mientras tanto.")
Estado = Inscripcion.Estado


def de_esta_sala() -> list[Invariante]:
    return [
        Invariante("unidades_pedidas", _("Cada inscripción pide lo que pide su versión."), CONTAR, _otras_pedidas),
        Invariante("unidades_hechas", _("Lo que se cuenta como hecho es lo que se hizo."), CONTAR, _otras_hechas),
        Invariante("terminadas", _("Quien terminó hizo todo lo que su versión pide."), CONTAR, _sin_terminar),
        Invariante(
            "avance_de_su_curso",
            _("Cada avance es de una parte del curso en que la persona está inscrita."),
            _("Esas filas no cuentan en ningún lado. Restaure, o avise a quien mantiene el programa."),
            lambda: numeros(Avance.objects.exclude(unidad__curso=F("inscripcion__curso"))),
        ),
        Invariante(
            "tiempos_del_avance",
            _("Nada terminó antes de empezar."),
            _("Revise la hora del servidor. Las fechas de esas filas no prueban nada."),
            _antes_de_empezar,
        ),
        Invariante(
            "versiones",
            _("Lo que pide cada versión publicada no cambió desde que se publicó."),
            _("Alguien tocó la base por fuera del aula. Restaure las filas de esa versión desde una copia."),
            _versiones_cambiadas,
        ),
        Invariante(
            "una_version_vigente",
            _("Cada curso publicado tiene una sola versión vigente."),
            _("Publique otra vez el curso desde el editor."),
            _sin_version,
        ),
    ]


def _cuantas_pide() -> Coalesce:
    filas = RequisitoDeVersion.objects.filter(version=OuterRef("version")).order_by()
    return _contadas(filas.values("version"))


def _contadas(filas: object) -> Coalesce:
    cuantas = filas.annotate(total=Count("pk")).values("total")  # type: ignore[attr-defined]
    return Coalesce(Subquery(cuantas, output_field=IntegerField()), 0)


def _otras_pedidas() -> Iterator[int]:
    return numeros(Inscripcion.objects.annotate(piden=_cuantas_pide()).exclude(requeridas=F("piden")))


def _otras_hechas() -> Iterator[int]:
    """Of who finished, all; of who did not, what is asked less what is missing."""
    filas = Inscripcion.objects.annotate(faltan=_contadas(pendientes().values("version")))
    mal = Q(estado=Estado.TERMINADA) & ~Q(hechas=F("requeridas"))
    return numeros(filas.filter(mal | (~Q(estado=Estado.TERMINADA) & ~Q(hechas=F("requeridas") - F("faltan")))))


def _sin_terminar() -> Iterator[int]:
    return numeros(Inscripcion.objects.terminadas().filter(Exists(pendientes())))


def _antes_de_empezar() -> Iterator[str]:
    yield from (f"avance {n}" for n in numeros(Avance.objects.filter(terminado_en__lt=F("iniciado_en"))))
    tarde = Q(terminada_en__lt=F("iniciada_en")) | Q(ultima_actividad_en__lt=F("iniciada_en"))
    yield from (f"inscripción {n}" for n in numeros(Inscripcion.objects.filter(tarde)))


def _versiones_cambiadas() -> Iterator[int]:
    pedidas = RequisitoDeVersion.objects.order_by("version").values_list("version", "unidad").iterator(chunk_size=LOTE)
    filas = groupby(pedidas, key=lambda fila: fila[0])
    version, suyas = next(filas, (0, iter(())))
    for una in VersionDeCurso.objects.order_by("pk").only("titulo", "horas", "huella").iterator(chunk_size=LOTE):
        unidades = [unidad for _version, unidad in suyas] if version == una.pk else []
        if version == una.pk:
            version, suyas = next(filas, (0, iter(())))
        if huella(unidades, una.titulo, una.horas) != una.huella:
            yield una.pk


def _sin_version() -> Iterator[int]:
    vigentes = VersionDeCurso.objects.filter(vigente=True, curso=OuterRef("curso"))
    con_versiones = VersionDeCurso.objects.order_by().values("curso").distinct()
    yield from con_versiones.filter(~Exists(vigentes)).values_list("curso", flat=True)
