"""Lists that wait for somebody: one whose columns are asked, one with rows to mend, one that changes authorities."""

from __future__ import annotations

import datetime
import io
from typing import Any

from openpyxl import Workbook

from instancias.models import ImportacionDePadron
from instancias.padron import recibir
from instancias.padron.revision.banco import declarar_relevo
from instancias.politica import AlcanceEfectivo

RESOLUCION, POR_CORREGIR, AUTORIDADES = "resolucion-012.xlsx", "integrantes-pucayacu.xlsx", "autoridades.xlsx"

_RESOLUCION = [
    ["INTEGRANTES DE LA INSTANCIA DISTRITAL DE CONCERTACIÓN"],
    ["N°", "INSTITUCIÓN", "TITULAR", "N.º DNI", "ALTERNO", "N.º DNI"],
    [1, "Centro Poblado", "ROSA ELENA HUERTA SÁNCHEZ", "99998101", "ÑUFLO DE LA CRUZ RÍOS", "99998102"],
    [2, "Organización comunal", "ÉDGAR PEÑA NÚÑEZ", "99998103", "VACANTE", ""],
    ["TOTAL", "", 2, "", 1, ""],
]
_TITULOS = ["DNI", "Nombres", "Apellidos", "Celular", "Distrito", "Cargo", "Condición"]
_POR_CORREGIR = [
    _TITULOS,
    ["99998201", "Nélida", "Huam?n Ríos", "962000201", "Pucayacu", "Vaso de Leche", "Titular"],
    ["99998202", "Óscar", "Tafur Meza", "962000202", "Pucayacu", "Vaso de Leche", "Alterno"],
    ["9998203", "Zoila", "Inga Pardo", "962000203", "Pucayacu", "Centro poblado", "Alterno"],
    ["99998204", "Wilmer", "Soto Arce", "962000204", "Pucayaco", "Ronda campesina", "Alterno"],
    ["99998205", "Doris", "Lozano Ruiz", "962000205", "Pucayacu", "Pueblos originarios", "Alterno"],
]


def _autoridades(desde: datetime.date) -> list[list[Any]]:
    llegan = [("99998301", "Inés", "Cárdenas Ponce", "Rupa-Rupa"), ("99998302", "Raúl", "Ñaupari Soto", "Pucayacu")]
    filas = [[dni, n, a, "", lugar, "Alcalde", "Titular", desde.strftime("%d/%m/%Y")] for dni, n, a, lugar in llegan]
    return [[*_TITULOS, "Desde"], *filas]


def dejar_por_terminar(*, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """Bring three lists and save none of them."""
    enero = datetime.date(ahora.year + 1, 1, 1)
    datos = {"esquema": ImportacionDePadron.Esquema.INEI, "alcance": alcance, "por": por, "ahora": ahora}
    recibir(nombre=RESOLUCION, contenido=_libro(_RESOLUCION), **datos)
    recibir(nombre=POR_CORREGIR, contenido=_libro(_POR_CORREGIR), **datos)
    lista = recibir(nombre=AUTORIDADES, contenido=_libro(_autoridades(enero)), **datos)
    declarar_relevo(importacion_id=lista.pk, releva=True, alcance=alcance, ahora=ahora)


def _libro(filas: list[list[Any]]) -> bytes:
    libro = Workbook()
    libro.active.title = "Lista"
    for fila in filas:
        libro.active.append(fila)
    archivo = io.BytesIO()
    libro.save(archivo)
    return archivo.getvalue()
