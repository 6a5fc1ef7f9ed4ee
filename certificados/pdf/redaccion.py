"""The sentences of the certificate, written from its data."""

import re
from datetime import date
from functools import lru_cache
from typing import TypedDict

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from certificados.pdf.datos import ClaseDeDocumento, DatosDeCertificado

# Private-use marks around what is printed in bold; ``limpiar`` removes them from data.
_ABRE, _CIERRA = "\ue000", "\ue001"


class Parte(TypedDict):
    texto: str
    negrita: bool


def fecha_larga(dia: date) -> str:
    """«30 de noviembre de 2026»."""
    return _escrita(dia, r"j \d\e F \d\e Y", get_language())


@lru_cache(256)
def _escrita(dia: date, formato: str, _idioma: str | None) -> str:
    """The papers of a batch are of few days."""
    return date_format(dia, formato)


def periodo(desde: date | None, hasta: date | None) -> str:
    """«del 3 al 28 de noviembre de 2026», saying month and year once when they are shared."""
    if desde is None or hasta is None:
        dia = hasta or desde
        return "" if dia is None else _("el %(fecha)s") % {"fecha": fecha_larga(dia)}
    if desde == hasta:
        return _("el %(fecha)s") % {"fecha": fecha_larga(hasta)}
    if desde.year != hasta.year:
        inicio = fecha_larga(desde)
    elif desde.month != hasta.month:
        inicio = _escrita(desde, r"j \d\e F", get_language())
    else:
        inicio = str(desde.day)
    return _("del %(desde)s al %(hasta)s") % {"desde": inicio, "hasta": fecha_larga(hasta)}


def titulo(datos: DatosDeCertificado) -> str:
    if datos.clase == ClaseDeDocumento.CERTIFICADO:
        return _("CERTIFICADO")
    return _("CONSTANCIA")


def _negrita(texto: str) -> str:
    return f"{_ABRE}{texto}{_CIERRA}"


def motivo(datos: DatosDeCertificado) -> list[Parte]:
    """«Por haber aprobado el curso “…”, dirigido a…», in runs of plain and bold text."""
    curso = _negrita(f"“{datos.curso}”")
    if datos.clase == ClaseDeDocumento.CERTIFICADO:
        frases = [_("Por haber aprobado el curso %(curso)s") % {"curso": curso}]
    else:
        frases = [_("Por haber participado en el curso %(curso)s") % {"curso": curso}]
    if datos.instancia:
        frases.append(_("dirigido a integrantes de la %(instancia)s") % {"instancia": datos.instancia})
    fechas = periodo(datos.desde, datos.hasta)
    frases.append(
        _("desarrollado en modalidad %(modalidad)s %(fechas)s") % {"modalidad": datos.modalidad, "fechas": fechas}
        if fechas
        else _("desarrollado en modalidad %(modalidad)s") % {"modalidad": datos.modalidad}
    )
    horas = ngettext("%(n)s hora", "%(n)s horas", datos.horas) % {"n": datos.horas}
    duracion = _("con una duración de %(horas)s %(tipo)s") % {"horas": _negrita(horas), "tipo": datos.tipo_de_horas}
    frases.append(duracion.rstrip())
    return en_partes(", ".join(frases) + ".")


def en_partes(texto: str) -> list[Parte]:
    partes: list[Parte] = []
    for trozo in re.split(f"({_ABRE}[^{_CIERRA}]*{_CIERRA})", texto):
        if trozo:
            partes.append({"texto": trozo.strip(_ABRE + _CIERRA), "negrita": trozo.startswith(_ABRE)})
    return partes
