"""Lists with a column for each seat, or for each quality, and an X where it applies. Asks nothing of the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ..diccionario.claves import clave_de
from ..diccionario.sinonimos import sinonimos
from .columnas import Lectura
from .columnas import clave_de as lectura_del_titulo

if TYPE_CHECKING:
    from .encabezado import Columna

DE_ASIENTO, DE_CALIDAD = "asiento_marcado", "calidad_marcada"
MARCAS = frozenset({"x", "xx", "✓", "✔", "✗", "✘", "*", "•", "●", "1", "si", "sí"})
SEPARADOR = " / "
CODIGO = re.compile(r"(?:ipc|idc) ?0?\d{1,2}|(?:ipc|idc) ?st")


def es_marca(valor: str) -> bool:
    return valor.strip(" .").casefold() in MARCAS


def leer_marcas(columnas: Sequence[Columna], con_marcas: Mapping[int, bool | None]) -> None:
    """Say what the columns that only hold marks are: two or more named after a seat; those named «titular», «alterno».

    ``con_marcas``: by column, whether all that it holds are marks; None when it is empty.
    """
    marcadas = [columna for columna in columnas if con_marcas[columna.indice]]
    if not any(columna.lectura.clave == "asiento" for columna in columnas if columna not in marcadas):
        de_asiento = [columna for columna in marcadas if nombra_un_asiento(rotulo(columna.titulo))]
        if len(de_asiento) > 1:
            for columna in de_asiento:
                columna.lectura = Lectura(DE_ASIENTO)
    de_calidad = [columna for columna in columnas if _calidad(rotulo(columna.titulo))]
    if any(columna in marcadas for columna in de_calidad):
        for columna in de_calidad:
            if con_marcas[columna.indice] is not False:
                columna.lectura = Lectura(DE_CALIDAD)


def de_las_marcas(marcados: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What the marks of a row say: its seat and its quality. Of two marks none is chosen: the row says so."""
    dichos: dict[str, list[str]] = {}
    for clave, titulo in marcados:
        campo = "asiento" if clave == DE_ASIENTO else "calidad"
        dichos.setdefault(campo, []).append(_calidad(rotulo(titulo)) or rotulo(titulo))
    fila: dict[str, Any] = {campo: SEPARADOR.join(textos) for campo, textos in dichos.items()}
    if problemas := [_de_mas(campo, textos) for campo, textos in dichos.items() if len(textos) > 1]:
        fila["problemas"] = problemas
    return fila


def _de_mas(campo: str, textos: list[str]) -> dict[str, Any]:
    frase = _("La fila tiene más de una marca: %(cuales)s. Diga cuál es.") % {"cuales": ", ".join(textos)}
    leido = SEPARADOR.join(textos)
    return {"campo": campo, "codigo": "varias_marcas", "texto": frase, "leido": leido, "propuestas": textos}


def rotulo(titulo: str) -> str:
    """The heading without that of its group."""
    return titulo.rsplit(" · ", 1)[-1]


def _calidad(titulo: str) -> str:
    """The quality that a heading names and nothing else: «TITULAR» holds names, or marks."""
    lectura = lectura_del_titulo(titulo)
    return lectura.persona if titulo and lectura.clave == "nombre_completo" else ""


def nombra_un_asiento(titulo: str) -> bool:
    clave = clave_de(titulo)
    return clave in _maneras() or bool(CODIGO.fullmatch(clave))


@cache
def _maneras() -> frozenset[str]:
    conocidas = [manera.clave for maneras in sinonimos().asientos.values() for manera in maneras]
    por_preguntar = [manera.clave for palabras in sinonimos().por_preguntar.values() for manera in palabras]
    return frozenset([*conocidas, *por_preguntar])
