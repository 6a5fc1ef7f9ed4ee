"""Where the headings of a sheet are, and what each of its columns says. Asks nothing of the database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from marco.textos import normalizar

from .columnas import (
    A_VECES_DE_CADA_UNO,
    COMPLETOS,
    DE_LA_PERSONA,
    DESCONOCIDA,
    NUMERACION,
    PERSONAS,
    SIN_USO,
    TITULAR,
    Lectura,
    clave_de,
    grupo_de,
    por_contenido,
)
from .marcas import es_marca, leer_marcas

FILAS_DONDE_BUSCAR = 60
DE_MUESTRA = 3
SIN_TITULOS = 0
# A heading says no number of a person.
ES_DATO = re.compile(r"\d{5,}|@")
DE_NOMBRE = frozenset({"nombres", "apellidos", "apellido_paterno", *COMPLETOS})


@dataclass
class Columna:
    """A column of a sheet: its heading, by what it is remembered, what it says and of whom, and three of its cells."""

    indice: int
    titulo: str
    huella: str
    lectura: Lectura
    muestras: list[str] = field(default_factory=list)


@dataclass
class Cuadro:
    """The list of a sheet: its columns and the rows below. ``titulos`` is the row of the last heading, from one."""

    hoja: str
    numero: int
    titulos: int
    columnas: list[Columna]
    filas: list[list[str]]
    unidas: list[list[int]]
    arriba: list[str]
    cortada: bool = False

    def claves(self) -> set[str]:
        return {columna.lectura.clave for columna in self.columnas if columna.lectura.clave}

    def personas(self) -> list[str]:
        """Whom each row brings: a titular and an alterno side by side, or one person."""
        vistas = {columna.lectura.persona for columna in self.columnas if columna.lectura.clave in DE_LA_PERSONA}
        return [persona for persona in PERSONAS if persona in vistas] or [""]


def cuadros_de(
    hojas: Sequence[Mapping[str, Any]],
    *,
    cual: int | None = None,
    titulos: int | None = None,
    elegidas: Mapping[str, Lectura] | None = None,
    recordadas: Mapping[str, Lectura] | None = None,
) -> list[Cuadro]:
    """Return the list of each sheet that has one, or of the one asked for, with or without headings.

    ``elegidas`` is what somebody said of columns, by ``huella``; it wins over what their heading says, and over
    ``recordadas``, which was said of other lists.
    """
    numeradas = list(enumerate(hojas))
    if cual is not None:
        numeradas = [(numero, hoja) for numero, hoja in numeradas if numero == cual]
    encontradas = []
    for numero, hoja in numeradas:
        if cual is None and hoja["oculta"]:
            continue
        donde = _titulos_dichos(hoja, titulos) if titulos is not None and cual is not None else _buscar(hoja)
        if donde is None and cual is not None:
            donde = _titulos_ajenos(hoja)
        if donde is not None:
            encontradas.append(_cuadro(hoja, numero, *donde, elegidas=elegidas or {}, recordadas=recordadas or {}))
    return encontradas


def _titulos_dichos(hoja: Mapping[str, Any], titulos: int) -> tuple[int, int]:
    """Take the row that somebody says, and the one above when it tells of whom its columns are."""
    if titulos == SIN_TITULOS or titulos > len(hoja["filas"]):
        return SIN_TITULOS, 0
    dos = titulos > 1 and _agrupa(hoja, titulos - 2)
    return titulos, 2 if dos else 1


def _buscar(hoja: Mapping[str, Any]) -> tuple[int, int] | None:
    """Find the row that says most. Returns its number, from one, and how many lines the headings have."""
    filas = hoja["filas"]
    mejor, donde = 0, None
    for indice in range(min(len(filas), FILAS_DONDE_BUSCAR)):
        for lineas in (1, 2):
            ultima = indice + lineas - 1
            if ultima >= len(filas) or (lineas == 2 and not _agrupa(hoja, indice)):
                continue
            titulos = _titulos(hoja, ultima, lineas)
            if any(ES_DATO.search(titulo) for titulo in titulos):
                continue
            puntos = _puntos(titulos)
            if puntos > mejor:
                mejor, donde = puntos, (ultima + 1, lineas)
    return donde if mejor >= 3 else None


def _titulos_ajenos(hoja: Mapping[str, Any]) -> tuple[int, int]:
    """Of a sheet that says nothing known: the first full row without numbers of a person, if the next one has some."""
    filas = hoja["filas"][:FILAS_DONDE_BUSCAR]
    for indice, fila in enumerate(filas[:-1]):
        if sum(map(bool, fila)) < 3:
            continue
        arriba, abajo = (any(map(ES_DATO.search, una)) for una in (fila, filas[indice + 1]))
        return (indice + 1, 1) if abajo and not arriba else (SIN_TITULOS, 0)
    return SIN_TITULOS, 0


def _puntos(titulos: list[str]) -> int:
    """How many different things a row of headings says; nothing when none of them is a person."""
    lecturas = {lectura for titulo in titulos if titulo and len(titulo) <= 120 and (lectura := clave_de(titulo)).clave}
    claves = {lectura.clave for lectura in lecturas}
    if not claves & (DE_NOMBRE | {"documento"}):
        return 0
    return len({(lectura.clave, lectura.persona) for lectura in lecturas if lectura.clave != NUMERACION})


def _agrupa(hoja: Mapping[str, Any], indice: int) -> bool:
    """Whether a row is the upper half of headings in two lines."""
    fila = hoja["filas"][indice]
    llenas = [celda for celda in fila if celda]
    if len(llenas) < 2 or indice + 1 >= len(hoja["filas"]):
        return False
    abajo = hoja["filas"][indice + 1]
    unidas = any(u[0] == indice and (u[2] > u[0] or u[3] > u[1]) for u in hoja["unidas"])
    grupos = any(grupo_de(celda) for celda in llenas)
    return (unidas or grupos) and any(clave_de(celda).clave for celda in abajo if celda)


def _titulos(hoja: Mapping[str, Any], ultima: int, lineas: int) -> list[str]:
    """Return the heading of each column, with that of its group before it."""
    abajo = [_en_una_linea(celda) for celda in hoja["filas"][ultima]]
    if lineas == 1:
        return abajo
    arriba = _extendida(hoja, ultima - 1, len(abajo))
    ancho = max(len(arriba), len(abajo))
    abajo += [""] * (ancho - len(abajo))
    arriba += [""] * (ancho - len(arriba))
    return [" · ".join(filter(None, dict.fromkeys(par))) for par in zip(arriba, abajo, strict=True)]


def _extendida(hoja: Mapping[str, Any], indice: int, ancho: int) -> list[str]:
    fila = [_en_una_linea(celda) for celda in hoja["filas"][indice]]
    fila += [""] * (ancho - len(fila))
    uniones = {u[1]: u[3] for u in hoja["unidas"] if u[0] == indice and u[3] > u[1]}
    for columna, texto in enumerate(list(fila)):
        if not texto:
            continue
        hasta = uniones.get(columna)
        if hasta is None and grupo_de(texto) and not any(u[0] == indice and u[1] == columna for u in hoja["unidas"]):
            hasta = columna
            while hasta + 1 < len(fila) and not fila[hasta + 1]:
                hasta += 1
        for otra in range(columna + 1, min((hasta or columna) + 1, len(fila))):
            fila[otra] = texto
    return fila


def _en_una_linea(texto: str) -> str:
    return " ".join(texto.split())


def _cuadro(
    hoja: Mapping[str, Any],
    numero: int,
    titulos: int,
    lineas: int,
    *,
    elegidas: Mapping[str, Lectura],
    recordadas: Mapping[str, Lectura],
) -> Cuadro:
    filas = hoja["filas"]
    encabezado = _titulos(hoja, titulos - 1, lineas) if titulos else []
    datos = filas[titulos:]
    ancho = max(len(encabezado), *(len(fila) for fila in datos), 0) if datos else len(encabezado)
    encabezado += [""] * (ancho - len(encabezado))
    columnas = []
    con_marcas: dict[int, bool | None] = {}
    vistas: Counter[str] = Counter()
    for indice, titulo in enumerate(encabezado):
        valores = [_en_una_linea(fila[indice]) for fila in datos if indice < len(fila) and fila[indice]]
        if not valores and not titulo:
            continue
        huella = normalizar(titulo)[:100] or f"columna {indice + 1}"
        vistas[huella] += 1
        if vistas[huella] > 1:
            huella = f"{huella} ({vistas[huella]})"
        con_marcas[indice] = all(map(es_marca, valores)) if valores else None
        columnas.append(Columna(indice, titulo, huella, _lectura(titulo, valores), valores[:DE_MUESTRA]))
    leer_marcas(columnas, con_marcas)
    _repartir(columnas)
    _completar(columnas)
    _recordar(columnas, recordadas)
    for columna in columnas:
        columna.lectura = elegidas.get(columna.huella, columna.lectura)
    arriba = [_en_una_linea(celda) for fila in filas[: max(titulos - lineas, 0)] for celda in fila if celda]
    return Cuadro(hoja["nombre"], numero, titulos, columnas, datos, hoja["unidas"], arriba[:20], hoja["cortada"])


def _recordar(columnas: list[Columna], recordadas: Mapping[str, Lectura]) -> None:
    """Read as it was said of other lists. Of whom a column is holds only where the other one stands beside."""
    antes = {columna.huella: columna.lectura for columna in columnas}
    for columna in columnas:
        columna.lectura = recordadas.get(columna.huella, columna.lectura)
    if {columna.lectura.persona for columna in columnas} >= set(PERSONAS):
        return
    for columna in columnas:
        if columna.huella in recordadas and columna.lectura.persona != antes[columna.huella].persona:
            columna.lectura = replace(columna.lectura, persona="")


def _lectura(titulo: str, valores: list[str]) -> Lectura:
    partes = titulo.rsplit(" · ", 1)
    lectura = clave_de(partes[-1])
    if len(partes) == 2:
        grupo = clave_de(partes[0])
        if lectura.clave in {"", "nombres", "numero"} and grupo.clave not in {"", *DE_LA_PERSONA}:
            lectura = grupo  # «INSTITUCIÓN · Nombre»
        elif grupo.persona and not lectura.persona:
            lectura = replace(lectura, persona=grupo.persona)
    if not titulo:
        return Lectura(por_contenido(valores), segura=False)
    return lectura


def proponer(cuadros: Sequence[Cuadro]) -> None:
    """Suggest, by what they hold, what the columns of unknown headings say: what no other column says."""
    for cuadro in cuadros:
        for columna in cuadro.columnas:
            if columna.lectura == DESCONOCIDA:
                clave = por_contenido(columna.muestras)
                if clave and clave not in cuadro.claves():
                    columna.lectura = Lectura(clave, segura=False)


def _repartir(columnas: list[Columna]) -> None:
    """Give each column of a person to the titular or the alterno, when both are side by side in each row."""
    de_persona = [columna for columna in columnas if _de_cada_uno(columna.lectura)]
    veces = Counter(columna.lectura.clave for columna in de_persona if not columna.lectura.persona)
    dichas = [columna for columna in de_persona if columna.lectura.persona]
    segura = bool(dichas)
    if not dichas and not (veces["documento"] == 2 and any(veces[clave] == 2 for clave in DE_NOMBRE)):
        return
    tomadas = {(columna.lectura.clave, columna.lectura.persona) for columna in dichas}
    actual = ""
    for lugar, columna in enumerate(de_persona):
        lectura = columna.lectura
        if lectura.persona:
            actual = lectura.persona
            continue
        if lectura.clave in A_VECES_DE_CADA_UNO and veces[lectura.clave] < 2:
            continue
        if not actual or (lectura.clave, actual) in tomadas:
            siguiente = next((c.lectura.persona for c in de_persona[lugar:] if c.lectura.persona), "")
            actual = siguiente or (TITULAR if not actual else next(p for p in PERSONAS if p != actual))
        persona = actual if (lectura.clave, actual) not in tomadas else ""
        tomadas.add((lectura.clave, persona))
        columna.lectura = Lectura(lectura.clave, persona, segura and bool(persona)) if persona else SIN_USO


def _de_cada_uno(lectura: Lectura) -> bool:
    return lectura.clave in DE_LA_PERSONA or lectura.clave in A_VECES_DE_CADA_UNO


def _completar(columnas: list[Columna]) -> None:
    """«Nombre» alone is the whole name; «Nombres completos» beside surnames is the first names."""
    for persona in {columna.lectura.persona for columna in columnas}:
        de_esta = [columna for columna in columnas if columna.lectura.persona == persona]
        claves = {columna.lectura.clave for columna in de_esta}
        hay_apellidos = bool(claves & {"apellidos", "apellido_paterno"})
        for columna in de_esta:
            if columna.lectura.clave == "nombres" and not hay_apellidos and not claves & set(COMPLETOS):
                columna.lectura = replace(columna.lectura, clave="nombre_completo")
            elif columna.lectura.clave == "nombre_completo" and hay_apellidos:
                columna.lectura = replace(columna.lectura, clave="" if "nombres" in claves else "nombres")
