"""What somebody else did to an account, told to its person: at the next entry, and in «Mi cuenta» for a while."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.preparadas import preparada

from ..models import EnlaceDeAcceso, SegundoFactor
from ..politica import se_sabe_del_personal
from .autenticacion import persona_de

SE_DICEN = datetime.timedelta(days=90)
CUANTAS = 10


@dataclass(frozen=True)
class Novedad:
    """One act of another on this account: what it was, and what to do if it was not asked for."""

    frase: str
    si_no: str
    en: datetime.datetime


def novedades_de(cuenta: Any, *, desde: datetime.datetime) -> list[Novedad]:
    """Since a moment, the last first. One statement for a member, one for who works here."""
    persona = persona_de(cuenta)
    hechas = _de_factores(cuenta, desde) if se_sabe_del_personal(cuenta) else []
    if persona is not None:
        hechas += _de_enlaces(persona, cuenta, desde)
    return sorted(hechas, key=lambda una: una.en, reverse=True)


def desde_hace_poco(ahora: datetime.datetime) -> datetime.datetime:
    return ahora - SE_DICEN


@preparada
def enlaces_de_otros(*, persona: int, cuenta: int, desde: datetime.datetime) -> Any:
    """The last links of a person since a moment that somebody else made."""
    suyos = EnlaceDeAcceso.objects.filter(persona=persona, creado_en__gt=desde).exclude(creado_por=cuenta)
    return suyos.select_related("creado_por").order_by("-creado_en")[:CUANTAS]


def _de_enlaces(persona: Any, cuenta: Any, desde: datetime.datetime) -> list[Novedad]:
    """Links that staff made for somebody who had their key: each opens the account once."""
    dichos = []
    for uno in enlaces_de_otros(persona=persona.pk, cuenta=cuenta.pk, desde=desde):
        datos = {"quien": _nombre(uno.creado_por), "dia": _dia(uno.creado_en)}
        if uno.usado_en:
            datos["uso"] = _dia(uno.usado_en)
            frase = _("%(quien)s le hizo un enlace para entrar el %(dia)s. Se usó el %(uso)s.") % datos
        else:
            frase = _("%(quien)s le hizo un enlace para entrar el %(dia)s. No se ha usado.") % datos
        dichos.append(Novedad(frase, _("Si usted no lo pidió o no lo usó, cambie su clave y avise."), uno.creado_en))
    return dichos


def _de_factores(cuenta: Any, desde: datetime.datetime) -> list[Novedad]:
    """Second steps that another took away: one act, however many there were."""
    quitados = SegundoFactor.objects.filter(cuenta_id=cuenta.pk, quitado_en__gt=desde).exclude(motivo="")
    dichos = {}
    for uno in quitados.select_related("quitado_por").order_by("-quitado_en")[:CUANTAS]:
        datos = {"quien": _nombre(uno.quitado_por), "dia": _dia(uno.quitado_en), "motivo": uno.motivo}
        frase = _("%(quien)s quitó su segundo paso para entrar el %(dia)s, por esto: %(motivo)s.") % datos
        dichos[uno.quitado_en] = Novedad(frase, _("Si usted no lo pidió, cambie su clave y avise."), uno.quitado_en)
    return list(dichos.values())


def _nombre(cuenta: Any) -> str:
    if cuenta is None:
        return _("Quien administra el sitio")
    return cuenta.get_full_name().strip() or _("Su oficina")


def _dia(momento: datetime.datetime) -> str:
    return date_format(timezone.localtime(momento))
