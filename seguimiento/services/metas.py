"""Goals written in the panel: those of a page are saved together, or none is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cursos.models import Edicion
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from marco.otra_version import tomar

from ..models import MetaDeTerritorio


class MetaError(ErrorDeDominio):
    """Codes: ``fuera_de_alcance``, ``sin_edicion``, ``cambio``."""


@dataclass(frozen=True)
class MetaEscrita:
    """What was written for a territory; without ``porcentaje``, it has no goal any more.

    ``leida`` is the goal that was there when it was checked, where whoever writes read one.
    """

    ubigeo: str
    porcentaje: int | None
    para_el: datetime.date | None
    leida: tuple[int | None, datetime.date | None] | None = None


@transaction.atomic
def guardar_metas(*, edicion_id: int, metas: Iterable[MetaEscrita], alcance: AlcanceEfectivo, por: Any) -> None:
    """Write the goals of some territories in an edition. A few statements, however many they are.

    Raises MetaError where one lies outside the scope, or is not what was read: then nothing is saved.
    """
    metas = list(metas)
    if not edicion_id:
        raise MetaError("sin_edicion", _("Todavía no hay una edición abierta en este lugar: no hay meta que poner."))
    if not alcance.cubre_todo(meta.ubigeo for meta in metas):
        raise MetaError("fuera_de_alcance", _("Uno de esos lugares no es de su zona. No se guardó nada."))
    _exigir_que_siga_igual(edicion_id, metas)
    sin_meta = [meta.ubigeo for meta in metas if meta.porcentaje is None]
    MetaDeTerritorio.objects.filter(edicion_id=edicion_id, territorio__in=sin_meta).delete()
    MetaDeTerritorio.objects.bulk_create(
        [
            MetaDeTerritorio(
                edicion_id=edicion_id, territorio_id=meta.ubigeo, porcentaje=meta.porcentaje, para_el=meta.para_el
            )
            for meta in metas
            if meta.porcentaje is not None and meta.para_el is not None
        ],
        update_conflicts=True,
        unique_fields=["edicion", "territorio"],
        update_fields=["porcentaje", "para_el"],
    )
    log(
        instance=por,
        action="seguimiento.metas",
        user=por,
        title=f"{por._meta.verbose_name} {por.pk}",
        data={"edicion": edicion_id, "metas": {meta.ubigeo: meta.porcentaje for meta in metas}},
    )


def _exigir_que_siga_igual(edicion_id: int, metas: list[MetaEscrita]) -> None:
    """With the edition in hand, for a goal that nobody wrote yet has no row, and with those that there are."""
    tomar(Edicion.objects.filter(pk=edicion_id))
    suyas = MetaDeTerritorio.objects.filter(edicion_id=edicion_id, territorio__in=[meta.ubigeo for meta in metas])
    tomar(suyas)
    hay = {una.territorio_id: (una.porcentaje, una.para_el) for una in suyas}
    if any(meta.leida not in (None, hay.get(meta.ubigeo, (None, None))) for meta in metas):
        raise MetaError("cambio", _("Alguien guardó otra meta en este mismo momento. No se guardó nada."))
