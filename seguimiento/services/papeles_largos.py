"""Actas and closings of many instancias, made in the background: counted, frozen once, and with their PDF ready."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificados.models import DocumentoDeCifras
from certificados.services import generar_pdf_de_cifras
from instancias.models import Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, TieneQueEsperar
from marco.numeros import con_miles

from ..consultas.a_medias import ListaAMedias
from ..consultas.ambito import Ambito, ediciones_del
from ..papel_de_acta import Pedido
from .actas import hacer_acta
from .cierres import cerrar, exigir_dia

Junto = Callable[[DocumentoDeCifras], None]
ACTA, CIERRE = "seguimiento.acta", "seguimiento.cierre"
LARGO = 60  # instancias that are counted while somebody waits


def es_largo(ambito: Ambito, alcance: AlcanceEfectivo) -> bool:
    """Whether its figures are of so many instancias that nobody should wait for them. One statement, or none."""
    if ambito.instancia:
        return False
    return _cuantas(ambito, alcance) > LARGO


def _cuantas(ambito: Ambito, alcance: AlcanceEfectivo) -> int:
    return AlcanceEfectivo(tuple(p for p in ambito.prefijos if alcance.cubre(p))).instancias().count()


def pedir_acta(*, ambito: Ambito, pedido: Pedido, alcance: AlcanceEfectivo, por: Any, lugar: str) -> Trabajo:
    """Leave an acta to be made. What was typed for it is kept until it is made. Raises TrabajoError ``muchos``."""
    escrito = {
        "operacion": pedido.operacion.hex,
        "sesion": pedido.sesion.isoformat() if pedido.sesion else "",
        "acuerdo": pedido.acuerdo,
        "asistentes": list(pedido.asistentes),
        "con_nombres": pedido.con_nombres,
    }
    return _pedir(ACTA, _("Acta: %(lugar)s") % {"lugar": lugar}, ambito, alcance, por, {"acta": escrito})


def pedir_cierre(*, ambito: Ambito, al: datetime.date, alcance: AlcanceEfectivo, por: Any, lugar: str) -> Trabajo:
    """Leave a closing to be made. Raises CierreError where that day has none, and TrabajoError ``muchos``."""
    exigir_dia(ambito, al)
    titulo = _("Cierre: %(lugar)s") % {"lugar": lugar}
    return _pedir(CIERRE, titulo, ambito, alcance, por, {"al": al.isoformat()})


def _pedir(
    clase: str, titulo: str, ambito: Ambito, alcance: AlcanceEfectivo, por: Any, pedido: dict[str, Any]
) -> Trabajo:
    return pedir(
        clase=clase,
        por=por,
        ahora=ambito.ahora,
        titulo=titulo,
        pedido={
            "edicion": ambito.edicion_id,
            "dia": ambito.al.isoformat() if ambito.al else "",
            "territorio": ambito.territorio,
            **pedido,
        },
        ambito=list(ambito.prefijos),
        total=_cuantas(ambito, alcance),
    )


class _Papel(ClaseDeTrabajo):
    """All its figures are counted together, of one moment: cut short, it is counted again whole, and frozen once.

    While a list of its people is by half it waits, with what was typed for it.
    """

    carpeta, gestiona = "actas", True
    en_la_pagina = 1000
    si_es_demasiado = gettext_lazy(
        "No se pudo hacer: son muchas instancias para una sola vez. Elija un lugar más chico."
    )
    hecho: Any = ""
    vista = ""  # where it is asked for

    def progreso(self, trabajo: Trabajo) -> str:
        return _("%(n)s instancias por contar") % {"n": con_miles(trabajo.total)}

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        if not trabajo.resultado:
            return Desenlace()
        url = reverse("kuska_seguimiento:documento", args=[trabajo.resultado["documento"]])
        return Desenlace((str(self.hecho),), ((_("Ver y descargar"), url),))

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        partes = {"edicion": trabajo.pedido["edicion"], "al": trabajo.pedido["dia"]}
        partes["territorio"] = trabajo.pedido["territorio"]
        return f"{reverse(self.vista)}?{urlencode({clave: valor for clave, valor in partes.items() if valor})}"

    def hacer(self, obra: Obra) -> bool:
        trabajo = obra.trabajo
        obra.avisar(0)
        ediciones = ediciones_del(obra.alcance)
        ambito = Ambito(
            prefijos=tuple(trabajo.ambito),
            ahora=timezone.now(),
            ediciones=ediciones,
            edicion=next((una for una in ediciones if una.id == trabajo.pedido["edicion"]), None),
            al=datetime.date.fromisoformat(trabajo.pedido["dia"]) if trabajo.pedido["dia"] else None,
            territorio=trabajo.pedido["territorio"],
        )

        def junto(documento: DocumentoDeCifras) -> None:
            # In its transaction: whoever stopped it meanwhile finds no paper, and no number is spent.
            obra.terminar({"documento": documento.pk}, hechas=trabajo.total, pedido=self.sin_lo_escrito(trabajo))

        try:
            documento = self.congelar(trabajo, ambito, junto)
        except ListaAMedias as error:
            raise TieneQueEsperar(error.por_que) from error
        generar_pdf_de_cifras(documento_id=documento.pk)
        return True

    def congelar(self, trabajo: Trabajo, ambito: Ambito, junto: Junto) -> DocumentoDeCifras:
        raise NotImplementedError


class ActaLarga(_Papel):
    clave, vista = ACTA, "kuska_seguimiento:acta_nueva"
    haciendo = gettext_lazy("Haciendo el acta…")
    hecho = gettext_lazy("Acta hecha. Quedó guardada como está: puede descargarla en PDF y en Excel.")

    def congelar(self, trabajo: Trabajo, ambito: Ambito, junto: Junto) -> DocumentoDeCifras:
        escrito = trabajo.pedido["acta"]
        pedido = Pedido(
            operacion=uuid.UUID(escrito["operacion"]),
            sesion=datetime.date.fromisoformat(escrito["sesion"]) if escrito["sesion"] else None,
            acuerdo=escrito["acuerdo"],
            asistentes=tuple(escrito["asistentes"]),
            con_nombres=escrito["con_nombres"],
        )
        return hacer_acta(ambito=ambito, pedido=pedido, por=trabajo.cuenta, junto=junto)[0]

    def sin_lo_escrito(self, trabajo: Trabajo) -> dict[str, Any]:
        """The names and the agreements are in the acta: nothing of them stays here."""
        return {**trabajo.pedido, "acta": {"operacion": trabajo.pedido["acta"]["operacion"]}}


class CierreLargo(_Papel):
    clave, vista = CIERRE, "kuska_seguimiento:cierre_nuevo"
    haciendo = gettext_lazy("Haciendo el cierre…")
    hecho = gettext_lazy("Cierre hecho. Sus cifras ya no cambian.")

    def congelar(self, trabajo: Trabajo, ambito: Ambito, junto: Junto) -> DocumentoDeCifras:
        al = datetime.date.fromisoformat(trabajo.pedido["al"])
        return cerrar(ambito=ambito, al=al, por=trabajo.cuenta, junto=junto)[0]
