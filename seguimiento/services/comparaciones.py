"""A closing of many instancias beside today, or its day: counted apart, for who asked, and kept for a day."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificados.models import DocumentoDeCifras
from instancias.models import Trabajo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, fuera_de_alcance
from marco.formulas import texto_seguro

from .. import papel
from ..cifras_de_cierre import Datos, cifras_contadas
from ..comparacion import Cambio, Comparacion, comparar, recortar
from ..consultas.ambito import Ambito
from ..consultas.cierres import ESE_DIA, ambito_del_cierre
from ..consultas.dias import forma_de
from ..consultas.documentos import documento_de

COMPARACION = "seguimiento.comparacion"
BOM = "\ufeff"


def contar_al_lado(cierre: DocumentoDeCifras, ambito: Ambito, con: str) -> Datos:
    """The figures of today for a closing; of its day, as it is known today and by its own rule."""
    if con != ESE_DIA:
        return cifras_contadas(ambito)
    regla = cierre.datos["cifras"].get("solo_titulares", False)
    return cifras_contadas(replace(ambito.al_dia(cierre.al), con_titular=regla))


def pedir_comparacion(*, cierre: DocumentoDeCifras, ambito: Ambito, con: str, por: Any) -> Trabajo:
    """Ask for it. Raises TrabajoError ``muchos``."""
    return pedir(
        clase=COMPARACION,
        por=por,
        ahora=ambito.ahora,
        titulo=_("Comparación del cierre %(registro)s") % {"registro": papel.con_registro(cierre)},
        nombre=f"comparacion-{cierre.registro}.csv",
        pedido=_pedido(cierre, con),
        ambito=list(ambito.prefijos),
        total=1,
    )


def comparacion_pedida(cierre: DocumentoDeCifras, con: str, cuenta: Any, *, ahora: datetime.datetime) -> Trabajo | None:
    """The last one of an account, while it lasts."""
    suyas = Trabajo.objects.filter(clase=COMPARACION, cuenta=cuenta, pedido=_pedido(cierre, con), vence_en__gt=ahora)
    return suyas.order_by("-pk").first()


def _pedido(cierre: DocumentoDeCifras, con: str) -> dict[str, Any]:
    return {"cierre": cierre.pk, "con": con, "forma": forma_de(Comparacion, Cambio)}


def leer_comparacion(trabajo: Trabajo) -> Comparacion:
    """What fits on a page of what was counted, as it was written."""
    leida = dict(trabajo.resultado)
    leida["total"] = [Cambio(**uno) for uno in leida["total"]]
    leida["instancias"] = [(nombre, [Cambio(**uno) for uno in cambios]) for nombre, cambios in leida["instancias"]]
    return Comparacion(**{**leida, "no_caben": tuple(leida["no_caben"])})


class ComparacionLarga(ClaseDeTrabajo):
    """All of it is counted together, of one moment. The page has what fits; the file, every instancia."""

    clave = COMPARACION
    haciendo = gettext_lazy("Comparando el cierre…")
    carpeta, extension, tipo, formato = "actas", "csv", "text/csv; charset=utf-8", "CSV"
    detalle = "comparacion"
    en_la_pagina = 1
    si_es_demasiado = gettext_lazy("No se pudo comparar: son muchas instancias para una sola vez.")

    def progreso(self, trabajo: Trabajo) -> str:
        return ""

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        if trabajo.estado != Trabajo.Estado.LISTO:
            return Desenlace()
        return Desenlace((), ((_("Ver la comparación"), self.donde_se_pide(trabajo)),))

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        url = reverse("kuska_seguimiento:cierre_comparar", args=[trabajo.pedido["cierre"]])
        return f"{url}?{urlencode({'con': trabajo.pedido['con']})}"

    def hacer(self, obra: Obra) -> bool:
        obra.avisar(0)
        cierre = documento_de(obra.alcance, obra.trabajo.pedido["cierre"])
        if cierre is None:
            raise fuera_de_alcance()
        con = obra.trabajo.pedido["con"]
        ambito = ambito_del_cierre(cierre, ahora=timezone.now())
        entera = comparar(cierre.datos["cifras"], contar_al_lado(cierre, ambito, con))
        for linea in _en_csv(entera):
            obra.escrito.write(linea)
        obra.avisar(1, resultado=asdict(recortar(entera)))
        return True


def _en_csv(comparacion: Comparacion) -> Iterable[bytes]:
    nombres = [uno.nombre for uno in comparacion.instancias[0][1]] if comparacion.instancias else []
    columnas = [f"{nombre} ({cuando})" for nombre in nombres for cuando in (_("en el cierre"), _("después"))]
    yield (BOM + _linea([_("Instancia"), *columnas])).encode()
    for nombre, cambios in comparacion.instancias:
        yield _linea([texto_seguro(nombre), *(n for uno in cambios for n in (uno.antes, uno.despues))]).encode()


def _linea(valores: list[Any]) -> str:
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\r\n").writerow(["" if uno is None else uno for uno in valores])
    return salida.getvalue()
