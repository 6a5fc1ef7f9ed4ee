"""Closings: the figures of a day that ended, kept by whoever asks or by the calendar."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from certificados.services.cifras import congelar_cifras, ya_congeladas
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio

from .. import cifras_de_cierre
from ..consultas.a_medias import ListaAMedias, contar_entera
from ..consultas.ambito import Ambito, EdicionDelAmbito, ediciones_del
from ..consultas.cierres import por_cerrar


class CierreError(ErrorDeDominio):
    """Codes: ``sin_edicion``, ``no_termino``, ``antes_de_empezar``, ``sin_instancia``."""


def exigir_dia(ambito: Ambito, al: datetime.date) -> EdicionDelAmbito:
    """The edition of a closing, if that day may have one. Raises CierreError."""
    if ambito.edicion is None:
        raise CierreError("sin_edicion", _("Todavía no hay una edición abierta en este lugar: no hay qué cerrar."))
    dia = date_format(al)
    if al >= ambito.hoy:
        frase = _("El %(dia)s todavía no termina, y sus cifras pueden cambiar. Elija un día hasta ayer.")
        raise CierreError("no_termino", frase % {"dia": dia})
    if al < ambito.edicion.inicia:
        frase = _("El %(dia)s es anterior a la edición, que empezó el %(inicia)s.")
        raise CierreError("antes_de_empezar", frase % {"dia": dia, "inicia": date_format(ambito.edicion.inicia)})
    return ambito.edicion


def cerrar(
    *, ambito: Ambito, al: datetime.date, por: Any = None, junto: Callable[[DocumentoDeCifras], None] | None = None
) -> tuple[DocumentoDeCifras, bool]:
    """Keep the figures of the territories of ``ambito`` at the end of a day. Returns the closing and whether it is new.

    The same edition, day and territories have one closing in force, whoever asks and however many times: after it was
    annulled somebody may ask for another, and the calendar makes none. ``junto``: see ``congelar_cifras``. Raises
    CierreError where that day has no figures yet, ListaAMedias while a list of its people is by half, and
    CertificadoError where ``por`` does not answer for the territories.
    """
    edicion, ambito = exigir_dia(ambito, al), ambito.al_dia(al)
    territorios = sorted(ambito.limites)
    clave = _clave(edicion.id, al, territorios)
    if por is not None:
        clave = _sin_anular(clave)
    if hecho := ya_congeladas(clave=clave, territorios=territorios, ahora=ambito.ahora, por=por, junto=junto):
        return hecho, False
    contadas = contar_entera(ambito, partial(cifras_de_cierre.cifras_contadas, ambito))
    if not any(una["propia"] and una["convocada"] for una in contadas["instancias"]):
        frase = _("En este lugar no hay una instancia propia con asientos en esta edición: elija otro lugar.")
        raise CierreError("sin_instancia", frase)
    return congelar_cifras(
        clase=DocumentoDeCifras.Clase.CIERRE,
        clave=clave,
        territorios=territorios,
        edicion_id=edicion.id,
        al=al,
        datos=cifras_de_cierre.escribir(ambito, contadas),
        ahora=ambito.ahora,
        por=por,
        junto=junto,
    )


def _clave(edicion: int, al: datetime.date, territorios: Iterable[str]) -> str:
    return _huella(f"cierre|{edicion}|{al.isoformat()}|{','.join(territorios)}")


def _sin_anular(clave: str) -> str:
    """The key of the closing in force, or of the next one: each that was annulled gives the key of the one after it."""
    anulados = DocumentoDeCifras.objects.filter(estado=DocumentoDeCifras.Estado.ANULADO)
    while anulados.filter(clave=clave).exists():
        clave = _huella(f"{clave}|otra vez")
    return clave


def _huella(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


def por_hacer(*, ahora: datetime.datetime) -> list[tuple[int, str, list[str]]]:
    """The closings whose day ended and nobody made yet: of each year, and of the last day of each edition.

    By province: edition, day and territories.
    """
    faltan = []
    for ambito, al in por_cerrar(ahora=ahora, hoy=timezone.localdate(ahora)):
        territorios = sorted(ambito.prefijos)
        if not DocumentoDeCifras.objects.filter(clave=_clave(ambito.edicion_id, al, territorios)).exists():
            faltan.append((ambito.edicion_id, al.isoformat(), territorios))
    return faltan


def cerrar_provincia(*, edicion_id: int, al: str, territorios: Iterable[str], ahora: datetime.datetime) -> int | None:
    """Make one of those closings, unless somebody did. What has no figures is left alone. Twice, there is one."""
    prefijos = tuple(territorios)
    ediciones = ediciones_del(AlcanceEfectivo(prefijos))
    edicion = next((una for una in ediciones if una.id == edicion_id), None)
    ambito = Ambito(prefijos=prefijos, ahora=ahora, edicion=edicion, ediciones=ediciones)
    try:
        documento, nuevo = cerrar(ambito=ambito, al=datetime.date.fromisoformat(al))
    except (CierreError, ListaAMedias):
        return None
    return documento.pk if nuevo else None
