"""The certificate of a table: made once by button, taken back by its own rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from certificados.services.cifras import anular_cifras, congelar_cifras, impreso_del_curso
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio

from .. import papel_de_instancia
from ..consultas.a_medias import contar_entera, estan_a_medias, lugares_a_medias
from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.capacitadas import logro_de
from ..consultas.cifras import cifras_de
from ..consultas.distritos import Instancia, instancias
from ..consultas.instantanea import instantanea
from ..models import BarraDeInstancia

Clase = DocumentoDeCifras.Clase


class InstanciaError(ErrorDeDominio):
    """Codes: ``no_es_de_hoy``, ``sin_instancia``, ``no_llega``."""


def certificar_instancia(*, ambito: Ambito, por: Any) -> tuple[DocumentoDeCifras, bool]:
    """Certify the table of ``ambito.instancia`` as it is today. Returns its certificate and whether it is new.

    Asked twice, also at once, there is one in force. Raises InstanciaError where it did not reach the bar, saying what
    it lacks, ListaAMedias while a list of its people is by half, and CertificadoError where ``por`` does not answer
    for it.
    """
    if ambito.al is not None:
        raise InstanciaError("no_es_de_hoy", _("Una instancia se certifica con las cifras de hoy."))
    suyos = DocumentoDeCifras.objects.filter(
        clase=Clase.INSTANCIA, edicion_id=ambito.edicion_id, territorios=ambito.instancia
    )
    if vigente := suyos.vigentes().first():
        return vigente, False
    cifras = contar_entera(ambito, partial(cifras_de, ambito))
    instancia = next((una for una in cifras.instancias if una.es_propia and una.convocada), None)
    if ambito.edicion is None or instancia is None:
        raise InstanciaError(
            "sin_instancia", _("En este lugar no hay una instancia propia con asientos en esta edición.")
        )
    barra = BarraDeInstancia.actual().de(provincial=instancia.es_provincial)
    logro = logro_de(instancia, barra=barra)
    if not logro.llega:
        frase = _("Todavía no llega a la barra. %(le_falta)s")
        raise InstanciaError("no_llega", frase % {"le_falta": logro.le_falta or _("No tiene asientos exigidos.")})
    datos = papel_de_instancia.escribir(
        ambito=ambito,
        instancia=instancia,
        asientos=cifras.asientos,
        logro=logro,
        impreso=impreso_del_curso(ambito.edicion.curso_id),
    )
    return congelar_cifras(
        clase=Clase.INSTANCIA,
        clave=f"instancia:{ambito.edicion.id}:{instancia.ubigeo}:{suyos.count() + 1}",
        territorios=[instancia.ubigeo],
        edicion_id=ambito.edicion.id,
        al=ambito.dia,
        datos=datos,
        ahora=ambito.ahora,
        por=por,
    )


def revisar_instancias(*, ahora: datetime.datetime) -> list[int]:
    """Revoke the certificates of the tables whose trained seats fell below the bar, and by the rule, of their day.

    Returns which ones. Those of a list that is being saved or undone are looked at when it is whole.

    A few statements an edition, whatever tables it has. Running it again revokes nothing more.
    """
    por_regla: dict[tuple[int, bool], list[DocumentoDeCifras]] = {}
    vigentes = DocumentoDeCifras.objects.vigentes().filter(clase=Clase.INSTANCIA)
    for documento in vigentes.order_by("pk"):
        solo_titulares = documento.datos["cifras"].get("solo_titulares", False)
        por_regla.setdefault((documento.edicion_id, solo_titulares), []).append(documento)
    caidos: list[tuple[int, str]] = []
    for (edicion, solo_titulares), documentos in por_regla.items():
        ubigeos = [uno.datos["cifras"]["ubigeo"] for uno in documentos]
        with instantanea():
            actuales = _tablas_de_hoy(edicion, ubigeos, ahora, solo_titulares=solo_titulares)
            a_medias = lugares_a_medias()
        for documento in documentos:
            cifras = documento.datos["cifras"]
            motivo = _por_que_cae(actuales.get(cifras["ubigeo"]), cifras["barra"], ahora)
            if motivo and not estan_a_medias([cifras["ubigeo"]], a_medias):
                caidos.append((documento.pk, motivo))
    for documento_id, motivo in caidos:
        anular_cifras(documento_id=documento_id, motivo=motivo, ahora=ahora)
    return [documento_id for documento_id, _motivo in caidos]


def _tablas_de_hoy(
    edicion: int, ubigeos: Iterable[str], ahora: datetime.datetime, *, solo_titulares: bool
) -> dict[str, Instancia]:
    prefijos = tuple(sorted(ubigeos))
    ediciones = ediciones_del(AlcanceEfectivo(prefijos))
    una = next((una for una in ediciones if una.id == edicion), None)
    ambito = Ambito(prefijos=prefijos, ahora=ahora, edicion=una, ediciones=ediciones, con_titular=solo_titulares)
    return {instancia.ubigeo: instancia for instancia in instancias(ambito)} if una else {}


def _por_que_cae(instancia: Instancia | None, barra: int, ahora: datetime.datetime) -> str:
    """The sentence of its revocation, or nothing while it keeps what it was certified for."""
    dia = date_format(timezone.localdate(ahora))
    if instancia is None or not instancia.es_propia or not instancia.convocada:
        return _("Al %(dia)s ya no tiene una instancia propia en la edición.") % {"dia": dia}
    logro = logro_de(instancia, barra=barra)
    if logro.llega:
        return ""
    if logro.que_preside:
        return _("Al %(dia)s no está capacitado el asiento de quien preside.") % {"dia": dia}
    frase = _("Al %(dia)s tiene %(n)d de %(m)d asientos capacitados y necesita %(k)d.")
    return frase % {"dia": dia, "n": logro.completos, "m": logro.exigidos, "k": logro.necesarios}
