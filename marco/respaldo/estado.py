"""How the copies are, for whoever looks at a screen or at an alarm."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.models import CopiaDeRespaldo
from marco.razones import como_frase

UN_DIA, UNA_SEMANA = datetime.timedelta(hours=26), datetime.timedelta(days=8)


@dataclass(frozen=True)
class EstadoDeLasCopias:
    """``bien``: a copy of the last day, and one of the last week that was restored elsewhere (DS 016-2024-JUS, 48)."""

    frase: str
    bien: bool
    que_hacer: str = ""
    ultima: CopiaDeRespaldo | None = None
    comprobada: CopiaDeRespaldo | None = None


def estado_de_las_copias(*, ahora: datetime.datetime, cuenta_de: str = "", nombre: str = "") -> EstadoDeLasCopias:
    """In a sentence. ``cuenta_de`` names a table whose rows are told, and ``nombre`` how they are called."""
    buenas = CopiaDeRespaldo.objects.filter(estado=CopiaDeRespaldo.Estado.BUENA)
    ultima = buenas.exclude(comprobacion=CopiaDeRespaldo.Comprobacion.MALA).first()
    comprobada = buenas.filter(comprobacion=CopiaDeRespaldo.Comprobacion.RESTAURADA).first()
    fallo = CopiaDeRespaldo.objects.exclude(estado=CopiaDeRespaldo.Estado.BORRADA).first()
    if ultima is None:
        frase = _("Todavía no hay ninguna copia buena.")
        return EstadoDeLasCopias(frase, bien=False, que_hacer=_que_hacer(fallo))
    frase = _frase(ultima, cuenta_de, nombre)
    if ahora - ultima.hecha_en > UN_DIA:
        return EstadoDeLasCopias(frase, False, _que_hacer(fallo), ultima, comprobada)
    if comprobada is None or ahora - comprobada.hecha_en > UNA_SEMANA:
        que = _("Ninguna copia se comparó en una semana: escriba en el servidor «sudo aula verificar_respaldo».")
        return EstadoDeLasCopias(frase, False, que, ultima, comprobada)
    return EstadoDeLasCopias(frase, True, "", ultima, comprobada)


def _frase(copia: CopiaDeRespaldo, cuenta_de: str, nombre: str) -> str:
    en = timezone.localtime(copia.hecha_en)
    hoy = timezone.localdate()
    cuando = time_format(en) if en.date() == hoy else date_format(en, "DATETIME_FORMAT")
    if copia.comprobacion != CopiaDeRespaldo.Comprobacion.RESTAURADA:
        return _("Última copia %(cuando)s: %(estado)s.") % {
            "cuando": cuando,
            "estado": CopiaDeRespaldo.Comprobacion(copia.comprobacion).label.lower(),
        }
    cuantas = copia.filas.get(cuenta_de) if cuenta_de else None
    todas = sum(copia.filas.values()) if cuantas is None else cuantas
    que = {"cuando": cuando, "n": number_format(todas, force_grouping=True)}
    que["cosas"] = nombre if cuantas is not None and nombre else _("filas")
    return _("Última copia buena %(cuando)s, restaurada y comparada: %(n)s %(cosas)s iguales.") % que


def _que_hacer(ultimo: CopiaDeRespaldo | None) -> str:
    if not valor("KUSKA_CLAVE_DE_RESPALDO"):
        return _("Ponga una clave en KUSKA_CLAVE_DE_RESPALDO, guárdela también fuera de esta máquina, y reinicie.")
    if ultimo is not None and ultimo.detalle:
        return como_frase(ultimo.detalle)
    return _("Escriba en el servidor «sudo aula respaldo --verificar» y mire qué dice.")
