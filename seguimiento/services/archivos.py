"""Long workbooks, written in the background: a report, or the progress of a scope."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.models import Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Obra

from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.definiciones import membresias_del
from ..informes.definicion import Definicion
from ..informes.preparar import ambitos_de, es_de_muchos, preparar
from ..informes.salida import en_xlsx
from .exportar import escribir_avance, nombre_del_archivo
from .informes import anotar_salida

LARGO = 2000  # rows of a workbook that are written while somebody waits
EN_LA_PAGINA = 10_000  # that a page writes by itself, where there is no worker
INFORME, AVANCE = "seguimiento.informe", "seguimiento.avance"


def nombre_del_informe(cual: str, dia: datetime.date, formato: str) -> str:
    """«informe-anual_2026-11-30.xlsx»: two reports of a day are two files. What somebody called theirs stays inside."""
    return f"{'-'.join(filter(None, ('informe', cual)))}_{dia:%Y-%m-%d}.{formato}"


def pedir_informe(
    *, pedida: Definicion, por: Any, alcance: AlcanceEfectivo, ahora: datetime.datetime, cual: str = ""
) -> Trabajo:
    """Ask for the workbook of a report. Raises InformeError when it cannot be, and TrabajoError ``muchos``."""
    ediciones = ediciones_del(alcance)
    ambitos = ambitos_de(pedida, ediciones, alcance=alcance, ahora=ahora)
    contado = es_de_muchos(pedida, alcance=alcance, ahora=ahora, ediciones=ediciones)  # its rows are not known yet
    total = 0 if contado else preparar(pedida, alcance=alcance, ahora=ahora, ediciones=ediciones).resultado.total
    return pedir(
        clase=INFORME,
        por=por,
        ahora=ahora,
        titulo=pedida.nombre,
        nombre=nombre_del_informe(cual, ambitos[0].dia, "xlsx"),
        pedido={"informe": pedida.a_json()},
        ambito=list(ambitos[0].prefijos),
        total=total,
    )


def pedir_avance(*, ambito: Ambito, por: Any) -> Trabajo:
    """Ask for the workbook of progress of a scope that somebody looks at. Raises TrabajoError ``muchos``."""
    return pedir(
        clase=AVANCE,
        por=por,
        ahora=ambito.ahora,
        titulo=_("Avance"),
        nombre=nombre_del_archivo(ambito),
        pedido={"avance": {"edicion": ambito.edicion_id, "al": ambito.al.isoformat() if ambito.al else ""}},
        ambito=list(ambito.limites),
        total=membresias_del(ambito).count(),
    )


class _Libro(ClaseDeTrabajo):
    """A workbook is written from its first row to its last in one go."""

    carpeta, extension = "informes", "xlsx"
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    formato = gettext_lazy("Excel")
    en_la_pagina = EN_LA_PAGINA

    def hacer(self, obra: Obra) -> bool:
        obra.avisar(obra.trabajo.total, de_quienes=list(dict.fromkeys(self.escribir(obra))))
        return True

    def escribir(self, obra: Obra) -> list[int]:
        raise NotImplementedError


class LibroDeInforme(_Libro):
    clave, detalle = INFORME, "informe"

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        return reverse("kuska_seguimiento:informes")

    def escribir(self, obra: Obra) -> list[int]:
        trabajo = obra.trabajo
        definicion = Definicion.de_json(trabajo.pedido["informe"])
        preparado = preparar(definicion, alcance=obra.alcance, ahora=timezone.now())
        filas = en_xlsx(preparado, obra.escrito, aviso=obra.avisar)
        anotar_salida(nombre=trabajo.titulo, formato="xlsx", filas=filas, por=trabajo.cuenta)
        return preparado.resultado.de_quienes()


class LibroDeAvance(_Libro):
    clave, detalle = AVANCE, "avance"

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        pedido = trabajo.pedido["avance"]
        partes = {clave: pedido[clave] for clave in ("edicion", "al") if pedido[clave]}
        return f"{reverse('kuska_seguimiento:panel')}?{urlencode(partes)}"

    def escribir(self, obra: Obra) -> list[int]:
        pedido, ediciones = obra.trabajo.pedido["avance"], ediciones_del(obra.alcance)
        ambito = Ambito(
            prefijos=tuple(obra.trabajo.ambito),
            ahora=timezone.now(),
            ediciones=ediciones,
            edicion=next((una for una in ediciones if una.id == pedido["edicion"]), None),
            al=datetime.date.fromisoformat(pedido["al"]) if pedido["al"] else None,
        )
        return escribir_avance(ambito=ambito, archivo=obra.escrito, por=obra.trabajo.cuenta, aviso=obra.avisar)
