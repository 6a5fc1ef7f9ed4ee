"""A whole name in one cell, split where its surnames begin. A guess is marked: the review shows it for confirmation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marco.textos import normalizar

from .nombres_de_pila import DE_PILA

NOMBRES, APELLIDOS = "nombres", "apellidos"
# A word that does not end the name: what follows belongs to it. «de la Cruz», «Del Águila», «San Martín», «La Torre».
PARTICULAS = frozenset(
    {"de", "del", "la", "las", "los", "lo", "san", "santa", "mc", "mac", "da", "do", "dos", "van", "von"}
)
# Surnames of several words whose first one could be a surname by itself.
_COMPUESTOS = (
    "ponce de leon",
    "montes de oca",
    "ladron de guevara",
    "diez canseco",
    "garcia calderon",
    "fernandez de cordova",
    "garcia de la vega",
    "lopez de romana",
    "ruiz de castilla",
    "velez de villa",
    "perez de cuellar",
    "nunez del prado",
    "alvarez de toledo",
    "saenz de tejada",
)
COMPUESTOS = [uno.split() for uno in _COMPUESTOS]
COMIENZOS = frozenset(uno[0] for uno in COMPUESTOS)
TRATOS = re.compile(
    r"^(?:(?:sr|sra|srta|don|dona|dr|dra|ing|lic|prof|profa|abog|abg|mg|mag|tec|obst|enf|psic|bach|cap|my|cmdte|"
    r"tnte|sot|so|sb|ss|crnl|pnp)\.?\s+)+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Partido:
    nombres: str
    apellidos: str
    seguro: bool


def partir(completo: str, *, orden: str = "") -> Partido:
    """Split a whole name. ``orden`` says what comes first; empty when nobody said."""
    limpio = TRATOS.sub("", " ".join(completo.split()).strip(" ,;"))
    if limpio.count(",") == 1:
        antes, despues = (parte.strip() for parte in limpio.split(","))
        if antes and despues:
            return _con_coma(antes, despues, orden)
    unidades = _unidades(limpio.replace(",", " ").split())
    if len(unidades) < 2:
        return Partido(limpio, "", seguro=False)
    primero_apellidos = (orden or orden_de([limpio])) == APELLIDOS
    if primero_apellidos:
        corte = _apellidos_delante(unidades)
        return Partido(" ".join(unidades[corte:]), " ".join(unidades[:corte]), seguro=False)
    corte = len(unidades) - _apellidos_delante(unidades[::-1])
    return Partido(" ".join(unidades[:corte]), " ".join(unidades[corte:]), seguro=False)


def _con_coma(antes: str, despues: str, orden: str) -> Partido:
    """«QUISPE HUAMÁN, ROSA»: everybody writes the surnames before a comma. Only another heading makes it a doubt."""
    al_reves = orden == NOMBRES or (_es_de_pila(antes) and not _es_de_pila(despues))
    if al_reves and _es_de_pila(antes) and not _es_de_pila(despues):
        return Partido(antes, despues, seguro=False)
    return Partido(despues, antes, seguro=not al_reves)


def orden_de(completos: Iterable[str]) -> str:
    """Guess what a column of whole names writes first, by how many of them begin or end with a first name."""
    saldo = 0
    for completo in completos:
        unidades = _unidades(TRATOS.sub("", completo).replace(",", " ").split())
        if len(unidades) > 1:
            saldo += _es_de_pila(unidades[0]) - _es_de_pila(unidades[-1])
    return APELLIDOS if saldo < 0 else NOMBRES


def _es_de_pila(texto: str) -> bool:
    primera = texto.split(maxsplit=1)[:1]
    return bool(primera) and _plana(primera[0]) in DE_PILA


def _apellidos_delante(unidades: list[str]) -> int:
    """How many of these, from the one that is surely a surname, are surnames: two, or one when first names follow."""
    if len(unidades) == 2:
        return 1
    return 1 if _es_de_pila(unidades[1]) and _plana(unidades[1]) not in TAMBIEN_APELLIDOS else 2


# First names that many people bear as a surname: they do not end the surnames.
_TAMBIEN = """
    aquino vidal
    alejandro ambrosio benito bernardo blas celestino claudio domingo espinoza esteban fabian flores gregorio
    hilario ignacio isidro jacinto leon lino lucas marcos martin mateo mauricio maximo modesto nieves pascual roman
    salomon santa santiago santos segundo silvestre simon tomas trinidad urbano valentin ventura vicente victoriano
"""
TAMBIEN_APELLIDOS = frozenset(_TAMBIEN.split())


def _unidades(palabras: list[str]) -> list[str]:
    """Join the words of one name: «de», «la» and «Cruz» are one."""
    planas = [_plana(palabra) for palabra in palabras]
    unidades: list[str] = []
    desde = lugar = 0
    while lugar < len(palabras):
        compuesto = _compuesto(planas, lugar)
        lugar += compuesto or 1
        if not compuesto and planas[lugar - 1] in PARTICULAS and lugar < len(palabras):
            continue
        unidades.append(" ".join(palabras[desde:lugar]))
        desde = lugar
    return unidades


@lru_cache(8192)
def _plana(palabra: str) -> str:
    return normalizar(palabra)


def _compuesto(planas: list[str], lugar: int) -> int:
    """How many words, from one on, are a surname of several words."""
    if planas[lugar] not in COMIENZOS:
        return 0
    return max((len(uno) for uno in COMPUESTOS if planas[lugar : lugar + len(uno)] == uno), default=0)
