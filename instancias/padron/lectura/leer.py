"""From whatever somebody brought to rows of text by column. Says what is wrong before anything is interpreted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.visibles import sin_invisibles

from ..celdas import MAXIMO_DE_CELDA, MAXIMO_DE_FILAS, PEGADO
from .aparte import CuestaDemasiado, leer_aparte
from .columnas import COMPLETOS, Lectura
from .encabezado import Cuadro, cuadros_de
from .filas import filas_de
from .marcas import DE_ASIENTO, DE_CALIDAD

__all__ = ["MAXIMO_DE_BYTES", "MAXIMO_DE_CELDA", "MAXIMO_DE_FILAS", "ErrorDeArchivo", "Planilla", "leer"]

MAXIMO_DE_BYTES = 12 * 1024 * 1024

Hojas = Sequence[Mapping[str, Any]]


def _de_ninguna_parte(_texto: str) -> str:
    return ""


class ErrorDeArchivo(ErrorDeDominio):
    """The whole file cannot be read; nothing was saved."""


@dataclass
class Planilla:
    """What a list says, as text: whoever interprets it gets rows and needs to know nothing of files.

    ``filas``: a dict for each person, by key of column. Always ``fila`` (number in its sheet; two people of one row
    share it); of those the list has: ``documento``, ``tipo_de_documento``, ``nombres``, ``apellidos``, ``celular``,
    ``correo``, ``distrito``, ``provincia``, ``ubigeo``, ``instancia``, ``asiento``, ``numero``, ``calidad``,
    ``institucion``, ``cargo``, ``designacion``, ``desde``. A missing key is a column that the list has not. Besides:

    * ``asiento`` is what ``institucion`` says when the list has no column of the seat («Puesto de Salud Pacae»);
    * ``distrito`` is the name of the sheet, or of the line between rows, when it has no column of districts;
    * ``nombre_completo`` is what was read of a name that came whole; ``nombre_por_confirmar`` («names|surnames») is
      there while its split is a guess that somebody should look at;
    * ``hoja`` is there when rows of several sheets are together;
    * ``problemas`` (as ``Problema`` in JSON) keep the row from being saved while the cell says what was read; ``notas``
      (as ``Nota``) say what was supposed.

    ``cuantas`` are its people; of a list longer than what was asked to be kept, ``filas`` is empty and they are read
    again, one by one, with ``filas_de_la_lista``. ``de_la_hoja``: whether the names of its sheets said their district.

    ``omitidas``: row numbers by why they are no person (``blanca``, ``titulos``, ``total``, ``nota``,
    ``sin_persona``); ``hojas``: names of the sheets read.
    """

    filas: list[dict[str, Any]] = field(default_factory=list)
    columnas_ignoradas: list[str] = field(default_factory=list)
    omitidas: dict[str, list[int]] = field(default_factory=dict)
    hojas: list[str] = field(default_factory=list)
    cuantas: int = 0
    de_la_hoja: bool = True


def leer(
    *,
    nombre: str,
    contenido: bytes,
    dichas: frozenset[str] = frozenset(),
    lugar_de: Callable[[str], str] = _de_ninguna_parte,
) -> Planilla:
    """Read a list, whatever it is, in a bounded process. ``dichas`` are the keys that somebody said for all its rows.

    Raises ErrorDeArchivo: ``vacio``, ``muy_grande``, ``no_es_hoja``, ``mal_escrito``, ``sin_columnas``, ``sin_filas``,
    ``demasiadas_filas``.
    """
    return ordenar(hojas_de(nombre=nombre, contenido=contenido), dichas=dichas, lugar_de=lugar_de)


def hojas_de(*, nombre: str, contenido: bytes, pegado: bool = False) -> Hojas:
    """Return the sheets of a file, or of what was pasted, as text. Raises ErrorDeArchivo."""
    if not contenido.strip():
        raise _falta("vacio")
    if len(contenido) > MAXIMO_DE_BYTES:
        raise _falta("muy_grande")
    extension = PEGADO if pegado else nombre.rpartition(".")[2].lower()
    try:
        dicho = leer_aparte(extension=extension, contenido=contenido)
    except CuestaDemasiado as error:
        raise _falta("muy_grande_por_dentro") from error
    return hojas_dichas(dicho)


def hojas_dichas(dicho: Mapping[str, Any]) -> Hojas:
    """Return the sheets that the reader of cells told, or say why there are none. Raises ErrorDeArchivo."""
    if "falta" in dicho:
        raise _falta(dicho["falta"], fila=dicho["fila"])
    hojas: Hojas = dicho["hojas"]
    return hojas


def ordenar(
    hojas: Hojas,
    *,
    dichas: frozenset[str] = frozenset(),
    lugar_de: Callable[[str], str] = _de_ninguna_parte,
    cual: int | None = None,
    titulos: int | None = None,
    elegidas: Mapping[str, Lectura] | None = None,
) -> Planilla:
    """Turn cells into rows. Raises ErrorDeArchivo when a column that every list needs is not there."""
    cuadros = cuadros_de(hojas, cual=cual, titulos=titulos, elegidas=elegidas)
    if not cuadros and any(hoja["cortada"] for hoja in hojas):
        raise _falta("demasiadas_filas")
    faltan = [que for cuadro in cuadros for que in que_falta(cuadro, dichas=dichas, lugar_de=lugar_de)]
    if faltan or not cuadros:
        raise faltan_columnas(faltan)
    return planilla_de(cuadros, lugar_de=lugar_de)


def faltan_columnas(cuales: Sequence[str]) -> ErrorDeArchivo:
    """What a list needs and does not say; without names, not even its headings were found."""
    if cuales:
        cuales = list(dict.fromkeys(cuales))
        frase = _("Falta saber qué columna dice: %(faltan)s.") % {"faltan": ", ".join(cuales)}
        return ErrorDeArchivo("sin_columnas", frase)
    frase = _("No se encontró la fila de títulos. Se necesita DNI, nombres, apellidos, distrito, asiento y calidad.")
    return ErrorDeArchivo("sin_columnas", frase)


def nombre_de_calidad() -> str:
    return _("Calidad (titular o alterno)")


def nombre_de_distrito() -> str:
    return _("Distrito")


def que_falta(cuadro: Cuadro, *, dichas: frozenset[str], lugar_de: Callable[[str], str]) -> list[str]:
    """Name what a list needs and this one does not say, neither by a column nor for all its rows."""
    claves = cuadro.claves() | dichas
    de_la_hoja = bool(lugar_de(cuadro.hoja))
    necesita = {
        _("DNI"): "documento" in claves,
        _("Nombres"): bool(claves & {"nombres", *COMPLETOS}),
        _("Apellidos"): bool(claves & {"apellidos", "apellido_paterno", *COMPLETOS}),
        _("Asiento o institución"): bool(claves & {"asiento", "institucion", DE_ASIENTO}),
        nombre_de_calidad(): bool(claves & {"calidad", DE_CALIDAD}) or cuadro.personas() != [""],
        nombre_de_distrito(): de_la_hoja or bool(claves & {"distrito", "ubigeo", "provincia"}),
    }
    return [que for que, esta in necesita.items() if not esta]


def filas_de_la_lista(
    cuadros: Sequence[Cuadro],
    *,
    lugar_de: Callable[[str], str],
    omitidas: dict[str, list[int]] | None = None,
    de_la_hoja: bool = True,
    se_gastan: bool = False,
) -> Iterator[dict[str, Any]]:
    """Give the rows of every sheet, one below the other, always in the same order.

    ``se_gastan``: as in ``filas_de``.
    """
    datos: dict[str, Any] = {"omitidas": {} if omitidas is None else omitidas, "de_la_hoja": de_la_hoja}
    datos["se_gastan"] = se_gastan
    for cuadro in cuadros:
        yield from filas_de(cuadro, lugar_de=lugar_de, con_hoja=len(cuadros) > 1, **datos)


def planilla_de(
    cuadros: Sequence[Cuadro],
    *,
    lugar_de: Callable[[str], str] = _de_ninguna_parte,
    de_la_hoja: bool = True,
    hasta: int = MAXIMO_DE_FILAS,
) -> Planilla:
    """Read the rows of every list, one below the other. Raises ErrorDeArchivo.

    ``de_la_hoja``: whether the name of a sheet says the district of its rows. Of a list with more rows than ``hasta``
    they are only counted: nobody holds so many at once.
    """
    planilla = Planilla(de_la_hoja=de_la_hoja)
    for fila in filas_de_la_lista(cuadros, lugar_de=lugar_de, omitidas=planilla.omitidas, de_la_hoja=de_la_hoja):
        planilla.cuantas += 1
        if planilla.cuantas <= hasta:
            planilla.filas.append(fila)
        else:
            planilla.filas.clear()
    ajenas: dict[str, None] = {}
    for cuadro in cuadros:
        planilla.hojas.append(cuadro.hoja)
        sin_uso = (columna for columna in cuadro.columnas if not columna.lectura.clave and columna.titulo)
        ajenas.update({sin_invisibles(columna.titulo): None for columna in sin_uso})
    planilla.columnas_ignoradas = list(ajenas)
    if planilla.cuantas > MAXIMO_DE_FILAS or any(cuadro.cortada for cuadro in cuadros):
        raise _falta("demasiadas_filas")
    if not planilla.cuantas:
        raise ErrorDeArchivo(
            "sin_filas", _("La hoja tiene títulos, pero ninguna persona. Complétela y súbala otra vez.")
        )
    return planilla


def _falta(codigo: str, *, fila: int = 0) -> ErrorDeArchivo:
    """Why a file cannot be read, in words, from what its reader said."""
    clave, frase = frases()[codigo]
    return ErrorDeArchivo(clave, frase % {"fila": fila, "maximo": MAXIMO_DE_FILAS} if "%(" in frase else frase)


def frases() -> dict[str, tuple[str, str]]:
    """The code and the sentence of each reason: what was read and what to do."""
    return {
        "vacio": ("vacio", _("El archivo está vacío. Elija la lista de integrantes y súbala otra vez.")),
        "muy_grande": ("muy_grande", _("El archivo pesa más de 12 MB. Deje solo la hoja con la lista.")),
        "muy_grande_por_dentro": (
            "muy_grande",
            _(
                "El archivo es demasiado grande por dentro. Copie solo la lista de personas en una hoja nueva, "
                "guárdela y súbala otra vez."
            ),
        ),
        "demasiadas_filas": (
            "demasiadas_filas",
            _("La hoja tiene más de %(maximo)d filas. Divídala en varias listas, por ejemplo una por distrito."),
        ),
        "no_es_csv": (
            "no_es_hoja",
            _("El archivo no es un CSV, aunque su nombre lo diga. Guárdelo otra vez como CSV o Excel."),
        ),
        "mal_escrito": (
            "mal_escrito",
            _(
                "No se puede leer la fila %(fila)d: tiene comillas sin cerrar o una celda demasiado larga. "
                "Corríjala y suba la lista otra vez."
            ),
        ),
        "danado": (
            "no_es_hoja",
            _(
                "El archivo no es una hoja de Excel, aunque su nombre lo diga, o está dañado. "
                "Ábralo en Excel y guárdelo de nuevo."
            ),
        ),
        "con_clave": (
            "no_es_hoja",
            _(
                "El archivo tiene contraseña. Ábralo en Excel, quítele la contraseña (Archivo, Información, Proteger "
                "libro) y guárdelo de nuevo."
            ),
        ),
        "pdf": (
            "no_es_hoja",
            _(
                "Es un PDF. Pida la hoja de Excel de donde salió; o abra el PDF, copie la tabla y péguela en el "
                "recuadro de abajo."
            ),
        ),
        "foto": (
            "no_es_hoja",
            _("Es una foto. Pida la hoja de Excel o el documento de donde salió, o escriba la lista en una hoja."),
        ),
        "word": (
            "no_es_hoja",
            _("Es un documento de Word. Ábralo, copie la tabla de integrantes y péguela en el recuadro de abajo."),
        ),
        "numbers": (
            "no_es_hoja",
            _("Es una hoja de Numbers. Expórtela como Excel (Archivo, Exportar a, Excel) y suba ese archivo."),
        ),
        "otro_formato": (
            "no_es_hoja",
            _("El archivo está en un formato antiguo de Excel. Ábralo en Excel y guárdelo de nuevo como .xlsx."),
        ),
        "sin_tabla": (
            "no_es_hoja",
            _("Es una página web sin ninguna tabla. Copie la lista y péguela en el recuadro de abajo."),
        ),
    }
