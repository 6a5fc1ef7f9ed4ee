"""What the office left on paper: an acta, a closing of a month ago, a certified table, goals, the months that ended."""

from __future__ import annotations

import datetime
import uuid
from contextlib import suppress

from django.contrib.auth import get_user_model
from django.utils import timezone

from instancias.politica import alcance_de
from seguimiento.consultas.ambito import Ambito, edicion_por_defecto, ediciones_del
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from seguimiento.services.instancias import InstanciaError, certificar_instancia
from seguimiento.services.metas import MetaEscrita, guardar_metas
from seguimiento.services.publicacion import publicar_cortes

DISTRITO = "100604"
CERTIFICADO = "100608"  # the one that reached the bar
ACUERDO = "Pedir a las instituciones con asiento vacante que designen titular y alterno."


def dejar_documentos(ahora: datetime.datetime) -> None:
    """Make them as the office would, by its own account."""
    cem = get_user_model().objects.get(username="cem")
    hoy = timezone.localdate(ahora)
    alcance = alcance_de(cem, hoy=hoy)
    ediciones = ediciones_del(alcance)
    edicion = edicion_por_defecto(ediciones, dia=hoy)
    ambito = Ambito(prefijos=alcance.prefijos, ahora=ahora, edicion=edicion, ediciones=ediciones)
    metas = [MetaEscrita(ubigeo, 80, hoy + datetime.timedelta(days=40)) for ubigeo in (DISTRITO, CERTIFICADO)]
    guardar_metas(edicion_id=ambito.edicion_id, metas=metas, alcance=alcance, por=cem)
    pedido = Pedido(operacion=uuid.uuid5(uuid.NAMESPACE_URL, DISTRITO), sesion=hoy, acuerdo=ACUERDO)
    hacer_acta(ambito=ambito.en(DISTRITO), pedido=pedido, por=cem)
    with suppress(InstanciaError):  # another sowing may leave it below
        certificar_instancia(ambito=ambito.en(CERTIFICADO), por=cem)
    cerrar(ambito=ambito, al=hoy - datetime.timedelta(days=30), por=cem)
    publicar_cortes(ahora=ahora)
