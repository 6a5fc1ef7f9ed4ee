"""Inviting many: links made in one act, and one taken back because it was not sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import EnlaceDeAcceso, Membresia, Persona
from ...politica import personal_entre
from ..accesos import Acceso, acceso_de
from .enlaces import EnlaceCreado, fila_de, nuevo_enlace


@dataclass
class EnlacesHechos:
    """What became of each person: a link made now, one that works and is kept, or none, because none would open."""

    creados: dict[int, EnlaceCreado] = field(default_factory=dict)
    vivos: set[int] = field(default_factory=set)
    sin_enlace: set[int] = field(default_factory=set)


@transaction.atomic
def crear_enlaces(
    *, personas: Iterable[int], por: Any, ahora: datetime.datetime, reemplazar: Iterable[int] = ()
) -> EnlacesHechos:
    """Make a link for each person, by number, in as many statements for one as for all.

    A link that works stays, whoever made it, unless the person is named in ``reemplazar``. Staff and closed accounts
    get none, as with ``crear_enlace``.
    """
    numeros, reemplazar = set(personas), set(reemplazar)
    # One order for everybody: two acts at once wait for each other's rows and never cross.
    list(Persona.objects.filter(pk__in=numeros).order_by("pk").select_for_update().values_list("pk", flat=True))
    gente = list(Persona.objects.filter(pk__in=numeros).select_related("cuenta").order_by("pk"))
    del_personal = personal_entre([una.cuenta for una in gente if una.cuenta])
    cerrados = {una.pk for una in gente if acceso_de(una) == Acceso.CERRADO or una.cuenta_id in del_personal}
    hechos = EnlacesHechos(sin_enlace=cerrados)
    abiertos = EnlaceDeAcceso.objects.filter(persona__in=numeros, usado_en__isnull=True, anulado_en__isnull=True)
    hechos.vivos = set(abiertos.filter(vence_en__gt=ahora).values_list("persona_id", flat=True)) - cerrados - reemplazar
    por_hacer = [una for una in gente if una.pk not in cerrados | hechos.vivos]
    abiertos.filter(persona__in=por_hacer).update(anulado_en=ahora)
    ultimos = _ultimos_dias(por_hacer, ahora)
    hechos.creados = {una.pk: nuevo_enlace(una.pk, ahora, ultimos.get(una.pk, ())) for una in por_hacer}
    filas = [fila_de(hechos.creados[una.pk], persona=una, por=por, ahora=ahora) for una in por_hacer]
    EnlaceDeAcceso.objects.bulk_create(filas)
    rastro.anotar_varias(
        accion="instancias.crear_enlace", personas=[(una, {}) for una in por_hacer], por=por, ahora=ahora
    )
    return hechos


@transaction.atomic
def retirar_enlace(*, persona: Persona, por: Any, ahora: datetime.datetime) -> None:
    """«No lo envié»: the link that this account made for a person opens nothing, and they wait to be invited again.

    Raises ``ya_se_abrio`` when somebody saw it: it was sent after all. One that is no more changes nothing.
    """
    Persona.objects.select_for_update().get(pk=persona.pk)
    suyo = EnlaceDeAcceso.objects.filter(persona=persona, creado_por=por, anulado_en__isnull=True)
    ultimo = suyo.order_by("-creado_en").first()
    if ultimo is None:
        return
    if ultimo.usado_en or ultimo.abierto_en:
        raise ErrorDeDominio("ya_se_abrio", _("Ese enlace ya se abrió: le llegó a la persona. No hace falta otro."))
    suyo.filter(pk=ultimo.pk, usado_en__isnull=True).update(anulado_en=ahora)
    rastro.anotar(accion="instancias.retirar_enlace", persona=persona, por=por)


def _ultimos_dias(personas: Iterable[Persona], ahora: datetime.datetime) -> dict[int, list[datetime.date | None]]:
    juntos: dict[int, list[datetime.date | None]] = {}
    filas = Membresia.objects.sin_terminar(timezone.localdate(ahora)).filter(persona__in=personas)
    for persona, hasta in filas.values_list("persona_id", "hasta"):
        juntos.setdefault(persona, []).append(hasta)
    return juntos
