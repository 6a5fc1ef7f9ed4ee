"""From the cells below the headings to rows by column key: two people side by side are two rows, a merged seat is of
each of its rows, and what is no person is left out and counted. Asks nothing of the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from marco.textos import normalizar
from marco.visibles import sin_invisibles

from ..diccionario.nombres_completos import orden_de, partir
from .columnas import ALTERNO, COMPLETOS, DE_LA_PERSONA, DEL_ASIENTO, NUMERACION, TITULAR
from .encabezado import Columna, Cuadro
from .marcas import DE_ASIENTO, DE_CALIDAD, de_las_marcas, es_marca

BLANCA, TITULOS, TOTAL, NOTA, SIN_PERSONA = "blanca", "titulos", "total", "nota", "sin_persona"
NOMBRES = ("nombres", "segundo_nombre", "apellidos", "apellido_paterno", "apellido_materno", *COMPLETOS)
VACIOS = frozenset(
    {
        "vacante",
        "por designar",
        "sin designar",
        "no designado",
        "no designada",
        "pendiente",
        "ninguno",
        "ninguna",
        "no tiene",
        "no hay",
        "n a",
        "s d",
        "x",
    }
)
LARGO_DE_VACIO = max(map(len, VACIOS)) + 4
ES_NOTA = re.compile(
    r"^(?:notas?|fuente|elaborad[oa]|firmas?|observacion(?:es)?|leyenda|atentamente|sello|lugar y fecha|vo bo)\b"
)
ES_TOTAL = re.compile(r"^(?:sub ?)?total(?:es)?\b")
# What a seat says once for the titular and the alterno below.
QUE_BAJAN = tuple(clave for clave in DEL_ASIENTO if clave != "calidad")
DOS = re.compile(r"\s*(?:/|\n)\s*")
UN_DNI = re.compile(r"(?<!\d)\d{8}(?!\d)")

Fila = dict[str, Any]


def filas_de(
    cuadro: Cuadro,
    *,
    lugar_de: Callable[[str], str],
    con_hoja: bool,
    omitidas: dict[str, list[int]],
    de_la_hoja: bool = True,
    se_gastan: bool = False,
) -> Iterator[Fila]:
    """Give the rows of a list, one by one. ``lugar_de`` says the district that a text names, or nothing.

    The numbers of those left out go to ``omitidas``, by why. ``de_la_hoja``: whether the name of the sheet is one of
    those texts. ``se_gastan``: whether the cells are let go as they are read; then they are read only once.
    """
    utiles = [columna for columna in cuadro.columnas if columna.lectura.clave not in {"", NUMERACION}]
    cuerpo = _cuerpo(cuadro)
    if se_gastan:
        cuadro.filas.clear()
    ordenes = _ordenes(utiles, cuerpo)
    hay_distrito = bool({"distrito", "ubigeo"} & cuadro.claves())
    distrito = lugar_de(cuadro.hoja) if de_la_hoja and not hay_distrito else ""
    hay_asiento = bool({"asiento", DE_ASIENTO} & cuadro.claves())
    anterior: Fila = {}
    for numero, valores in enumerate(cuerpo, start=cuadro.titulos + 1):
        if se_gastan:
            cuerpo[numero - cuadro.titulos - 1] = []
        motivo = _motivo(valores, cuadro)
        personas = [] if motivo else list(_personas(valores, utiles, cuadro.personas()))
        if not personas:
            if motivo == NOTA and not hay_distrito and (nombrado := lugar_de(_unica(valores))):
                distrito = nombrado  # «DISTRITO DE LUYANDO» between the rows of one district and those of the next
            omitidas.setdefault(motivo or SIN_PERSONA, []).append(numero)
            anterior = {} if motivo == BLANCA else anterior
            continue
        for persona in personas:
            fila: Fila = {"fila": numero, **({"hoja": cuadro.hoja} if con_hoja else {}), **persona}
            if distrito:
                fila["distrito"] = distrito
            if not hay_asiento and fila.get("institucion"):
                fila["asiento"] = fila["institucion"]
            _heredar(fila, anterior)
            for una in _separar(fila):
                yield _con_nombre(una, ordenes)
            anterior = fila


def _cuerpo(cuadro: Cuadro) -> list[list[str]]:
    """Return the rows, all as wide as the columns, with what a merged cell says in each row that it covers.

    A merged cell of people is left as it is: one person is in one row.
    """
    ancho = max((columna.indice for columna in cuadro.columnas), default=-1) + 1
    filas = [[*fila, *[""] * (ancho - len(fila))] for fila in cuadro.filas]
    de_persona = {columna.indice for columna in cuadro.columnas if columna.lectura.clave in DE_LA_PERSONA}
    for desde, columna, hasta, hasta_columna in cuadro.unidas:
        primera, ultima = desde - cuadro.titulos, hasta - cuadro.titulos
        baja = 0 <= primera < ultima and primera < len(filas) and columna == hasta_columna < ancho
        if not baja or columna in de_persona:
            continue
        for otra in filas[primera + 1 : ultima + 1]:
            if any(otra):
                otra[columna] = otra[columna] or filas[primera][columna]
    return filas


def _ordenes(utiles: list[Columna], cuerpo: list[list[str]]) -> dict[str, str]:
    """Say, by column, what comes first in its whole names: by its heading, or by most of its cells."""
    ordenes: dict[str, str] = {}
    for columna in utiles:
        clave, persona = columna.lectura.clave, columna.lectura.persona
        if clave in COMPLETOS:
            ordenes[persona] = COMPLETOS[clave] or orden_de(fila[columna.indice] for fila in cuerpo[:500])
    return ordenes


def _unica(valores: list[str]) -> str:
    llenas = [valor for valor in valores if valor]
    return llenas[0] if len(set(llenas)) == 1 else ""


def _motivo(valores: list[str], cuadro: Cuadro) -> str:
    """Say why a row is no person of the list, when it shows at once."""
    if not any(valores):
        return BLANCA
    if any(map(UN_DNI.search, valores)):
        return ""
    llenas = [normalizar(valor) for valor in valores if valor]
    titulos = [c for c in cuadro.columnas if c.lectura.clave and c.titulo and valores[c.indice]]
    iguales = sum(normalizar(valores[c.indice]) == normalizar(c.titulo.rsplit(" · ", 1)[-1]) for c in titulos)
    if iguales >= 2 and iguales * 2 > len(llenas):
        return TITULOS
    if any(ES_TOTAL.match(llena) for llena in llenas):
        return TOTAL
    if ES_NOTA.match(llenas[0]) or _unica(valores):
        return NOTA
    return ""


def _personas(valores: list[str], utiles: list[Columna], quienes: list[str]) -> Iterator[Fila]:
    """Give each person of a row, with what the seat says of both."""
    comunes = _juntar(valores, [columna for columna in utiles if not columna.lectura.persona])
    for persona in quienes:
        suyas = [columna for columna in utiles if columna.lectura.persona == persona] if persona else []
        fila = {**comunes, **_juntar(valores, suyas)}
        if not any(_dice(fila.get(clave, "")) for clave in ("documento", *NOMBRES)):
            continue
        if persona in (TITULAR, ALTERNO):
            fila["calidad"] = fila.get("calidad", "") if len(quienes) == 1 and fila.get("calidad") else persona
        yield fila


def _juntar(valores: list[str], columnas: list[Columna]) -> Fila:
    fila: Fila = {}
    marcados = []
    for columna in columnas:
        if columna.lectura.clave in (DE_ASIENTO, DE_CALIDAD):
            if es_marca(valores[columna.indice]):
                marcados.append((columna.lectura.clave, columna.titulo))
            continue
        fila[columna.lectura.clave] = fila.get(columna.lectura.clave) or valores[columna.indice]
    return {**fila, **de_las_marcas(marcados)} if marcados else fila


def _dice(valor: str) -> bool:
    """Whether a cell names somebody: «VACANTE» and «---» do not."""
    if valor.isdecimal():
        return True
    return any(map(str.isalnum, valor)) and (len(valor) > LARGO_DE_VACIO or _plano(valor) not in VACIOS)


@lru_cache(4096)
def _plano(valor: str) -> str:
    """As ``normalizar``, for what a list repeats in row after row."""
    return normalizar(valor)


def _heredar(fila: Fila, anterior: Fila) -> None:
    """Take the seat of the titular above for an alterno whose row does not say it: the sheet shows it once for both."""
    if not anterior or anterior.get("fila") == fila["fila"] or fila.get("asiento") or fila.get("institucion"):
        return
    if not (_plano(fila.get("calidad", "")).startswith(("altern", "suplente")) and _de_titular(anterior)):
        return
    tomadas = [clave for clave in QUE_BAJAN if anterior.get(clave) and clave in fila and not fila[clave]]
    if tomadas:
        fila.update({clave: anterior[clave] for clave in tomadas})
        frase = _("El asiento no está escrito: se tomó el de la fila %(fila)d.") % {"fila": anterior["fila"]}
        fila["notas"] = [{"campo": "asiento", "texto": frase}]


def _de_titular(fila: Fila) -> bool:
    return _plano(fila.get("calidad", "")).startswith(("titular", "principal"))


# --- Two people in one cell ------------------------------------------------------------------------------------------


def _separar(fila: Fila) -> list[Fila]:
    """Make two rows of one that holds two people, when each of them has a document and a name; else say so."""
    documentos = UN_DNI.findall(fila.get("documento", ""))
    nombres = {clave: DOS.split(fila[clave].strip()) for clave in NOMBRES if fila.get(clave)}
    con_barra = any("/" in fila[clave] for clave in nombres)
    if len(documentos) < 2 and not con_barra:
        return [fila]
    if len(documentos) == 2 and nombres and all(len(partes) == 2 for partes in nombres.values()):
        return [_una_de_dos(fila, lugar, documentos, nombres) for lugar in (0, 1)]
    if len(documentos) < 2 and not (con_barra and documentos):
        return [fila]
    frase = _(
        "En una celda parece haber más de una persona: «%(nombre)s», documento «%(documento)s». "
        "Escriba una persona por fila."
    )
    visto = " ".join(fila[clave] for clave in nombres)
    frase %= {"nombre": sin_invisibles(visto)[:60], "documento": sin_invisibles(fila.get("documento", ""))[:40]}
    leido = " ".join(fila.get("documento", "").split())
    problema = {"campo": "documento", "codigo": "varias_personas", "texto": frase, "leido": leido}
    return [{**fila, "problemas": [problema]}]


def _una_de_dos(fila: Fila, lugar: int, documentos: list[str], nombres: dict[str, list[str]]) -> Fila:
    una = {**fila, "documento": documentos[lugar], **{clave: partes[lugar] for clave, partes in nombres.items()}}
    for clave in ("calidad", "celular", "correo", "designacion", "cargo"):
        partes = DOS.split(fila.get(clave, "").strip())
        if len(partes) == 2:
            una[clave] = partes[lugar]
        elif clave in {"celular", "correo"}:
            una[clave] = ""  # of one of the two, and nobody knows of whom
    frase = _("La fila %(fila)d trae dos personas en una celda: se leyeron por separado.") % {"fila": fila["fila"]}
    return {**una, "notas": [*fila.get("notas", ()), {"campo": "documento", "texto": frase}]}


# --- The name --------------------------------------------------------------------------------------------------------


def _con_nombre(fila: Fila, ordenes: dict[str, str]) -> Fila:
    """Leave names and surnames apart, each whole; cells in one line."""
    fila = {clave: " ".join(valor.split()) if isinstance(valor, str) else valor for clave, valor in fila.items()}
    paterno, materno = fila.pop("apellido_paterno", ""), fila.pop("apellido_materno", "")
    if paterno or materno:
        fila["apellidos"] = f"{paterno} {materno}".strip() or fila.get("apellidos", "")
    if segundo := fila.pop("segundo_nombre", ""):
        fila["nombres"] = f"{fila.get('nombres', '')} {segundo}".strip()
    completos = [fila.pop(clave) for clave in COMPLETOS if clave in fila]
    completo = next(filter(None, completos), "")
    if completo and not (fila.get("nombres") and fila.get("apellidos")):
        persona = _plano(fila.get("calidad", ""))
        partido = partir(completo, orden=ordenes.get(persona, ordenes.get("", next(iter(ordenes.values()), ""))))
        fila.update(nombres=partido.nombres, apellidos=partido.apellidos, nombre_completo=completo)
        if not partido.seguro:
            fila["nombre_por_confirmar"] = f"{partido.nombres}|{partido.apellidos}"
    return fila
