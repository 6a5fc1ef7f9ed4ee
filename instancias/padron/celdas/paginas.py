"""Tables of a web page: what many portals save with the name of a sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from .limpieza import MAXIMO_DE_COLUMNAS, MAXIMO_DE_HOJAS, Falta, Pliego

COMIENZO = re.compile(r"\s*<(?:!doctype html|html|head|body|meta|table|style|div)\b", re.IGNORECASE)
DE_OTRO = re.compile(r"\s*<\?xml\b")


def es_pagina(texto: str) -> bool:
    comienzo = texto.lstrip("\ufeff")[:4000]
    if DE_OTRO.match(comienzo) and not re.search(r"<html\b", comienzo, re.IGNORECASE):
        raise Falta("otro_formato")
    return bool(COMIENZO.match(comienzo)) or (bool(DE_OTRO.match(comienzo)) and "<table" in texto[:200_000].lower())


def de_pagina(texto: str) -> list[dict[str, Any]]:
    lector = _Cuadros()
    lector.feed(texto)
    lector.close()
    hojas = [hoja.como_json() for hoja in lector.hojas if hoja.filas]
    if not hojas:
        raise Falta("sin_tabla")
    return hojas


class _Cuadros(HTMLParser):
    """Each table is a sheet; a cell over several rows or columns is a merged one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hojas: list[Pliego] = []
        self.abierta: Pliego | None = None
        self.fila: list[str] | None = None
        self.celda: list[str] | None = None
        self.forma = (1, 1)
        self.bajadas: dict[int, int] = {}  # column → rows below that a cell above still covers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and len(self.hojas) < MAXIMO_DE_HOJAS:
            self.abierta, self.bajadas = Pliego(f"Tabla {len(self.hojas) + 1}"), {}
            self.hojas.append(self.abierta)
        elif tag == "tr":
            self._cerrar_fila()
            self.fila = []
        elif tag in {"td", "th"} and self.fila is not None:
            self._cerrar_celda()
            datos = dict(attrs)
            self.forma = (_cuantas(datos.get("rowspan")), _cuantas(datos.get("colspan")))
            self.celda = []
        elif tag in {"br", "p", "div"} and self.celda is not None:
            self.celda.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cerrar_celda()
        elif tag == "tr":
            self._cerrar_fila()
        elif tag == "table":
            self._cerrar_fila()
            self.abierta = None

    def handle_data(self, data: str) -> None:
        if self.celda is not None:
            self.celda.append(re.sub(r"\s+", " ", data))

    def _cerrar_celda(self) -> None:
        if self.celda is None or self.fila is None or self.abierta is None:
            return
        while self.bajadas.get(len(self.fila), 0):
            self._saltar()
        altura, ancho = self.forma
        columna, numero = len(self.fila), len(self.abierta.filas)
        if altura > 1 or ancho > 1:
            self.abierta.unidas.append([numero, columna, numero + altura - 1, columna + ancho - 1])
        self.fila.extend(["".join(self.celda), *[""] * (ancho - 1)])
        for otra in range(columna, columna + ancho):
            if altura > 1:
                self.bajadas[otra] = altura - 1
        self.celda = None

    def _saltar(self) -> None:
        assert self.fila is not None  # noqa: S101 (asked by whoever calls)
        self.bajadas[len(self.fila)] -= 1
        self.fila.append("")

    def _cerrar_fila(self) -> None:
        self._cerrar_celda()
        if self.fila is not None and self.abierta is not None:
            while self.bajadas.get(len(self.fila), 0):
                self._saltar()
            if not self.abierta.cortada:
                self.abierta.agregar(self.fila)
        self.fila = None


def _cuantas(valor: str | None) -> int:
    return min(int(valor), MAXIMO_DE_COLUMNAS) if valor and re.fullmatch("[0-9]{1,4}", valor) and int(valor) else 1
