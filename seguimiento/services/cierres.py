"""Closings: the figures of a day that ended, kept by whoever asks or by the calendar."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from certificados.services.cifras import congelar_cifras
from marco.errores import ErrorDeDominio

from .. import cifras_de_cierre
from ..consultas.ambito import Ambito
from ..consultas.cierres import por_cerrar


class CierreError(ErrorDeDominio):
    """Codes: ``sin_edicion``, ``no_termino``, ``antes_de_empezar``, ``sin_instancia``."""


def cerrar(*, ambito: Ambito, al: datetime.date, por: Any = None) -> tuple[DocumentoDeCifras, bool]:
    """Keep the figures of the territories of ``ambito`` at the end of a day. Returns the closing and whether it is new.

    The same edition, day and territories have one closing, whoever asks and however many times. Raises CierreError
    where that day has no figures yet, and CertificadoError where ``por`` does not answer for the territories.
    """
    if ambito.edicion is None:
        raise CierreError("sin_edicion", _("Todavía no hay una edición abierta en este lugar: no hay qué cerrar."))
    dia = date_format(al)
    if al >= ambito.hoy:
        frase = _("El %(dia)s todavía no termina, y sus cifras pueden cambiar. Elija un día hasta ayer.")
        raise CierreError("no_termino", frase % {"dia": dia})
    if al < ambito.edicion.inicia:
        frase = _("El %(dia)s es anterior a la edición, que empezó el %(inicia)s.")
        raise CierreError("antes_de_empezar", frase % {"dia": dia, "inicia": date_format(ambito.edicion.inicia)})
    edicion, ambito = ambito.edicion, ambito.al_dia(al)
    territorios = sorted((ambito.instancia,) if ambito.instancia else ambito.prefijos)
    clave = _clave(edicion.id, al, territorios)
    contadas = cifras_de_cierre.cifras_contadas(ambito)
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
    )


def _clave(edicion: int, al: datetime.date, territorios: Iterable[str]) -> str:
    return hashlib.sha256(f"cierre|{edicion}|{al.isoformat()}|{','.join(territorios)}".encode()).hexdigest()


def cerrar_en_su_dia(*, ahora: datetime.datetime) -> list[int]:
    """Make the closings whose day ended and nobody made yet: of each year, and of the last day of each edition.

    By province. What has no figures is left alone. Running it again makes nothing more.
    """
    hechos = []
    for ambito, al in por_cerrar(ahora=ahora, hoy=timezone.localdate(ahora)):
        territorios = sorted(ambito.prefijos)
        if DocumentoDeCifras.objects.filter(clave=_clave(ambito.edicion_id, al, territorios)).exists():
            continue
        try:
            documento, nuevo = cerrar(ambito=ambito, al=al)
        except CierreError:
            continue
        if nuevo:
            hechos.append(documento.pk)
    return hechos
