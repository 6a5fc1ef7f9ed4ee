"""Open data as files: the same rows as the page, with their dictionary. Nothing is counted here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from marco.formulas import texto_seguro
from marco.grupos import en_palabras
from marco.models import AjustesDelAula

from . import papel
from .consultas import abiertas, publicado
from .diccionario import CAMPOS, POR_NOMBRE
from .models import Publicacion

DE_INSTANCIAS = (
    "al", "ubigeo", "lugar", "provincia", "nivel", "asientos", "con_persona", "sin_persona", "completos", "terminaron",
    "terminaron_al",
)  # fmt: skip
DE_ASIENTOS = (
    "al", "asiento", "ubigeo", "codigo", "articulo", "tipo", "institucion", "sector", "preside", "ocupado", "completo",
)  # fmt: skip
DEL_DICCIONARIO = ("campo", "significado", "unidad", "como_se_cuenta")


def instancias_csv(una: Publicacion) -> bytes:
    filas = ({**fila, "terminaron": en_palabras(fila["terminaron"])} for fila in publicado.instancias(una))
    return _csv(DE_INSTANCIAS, filas)


def asientos_csv(una: Publicacion) -> bytes:
    return _csv(DE_ASIENTOS, ({**fila, "al": una.corte} for fila in una.asientos))


def diccionario_csv() -> bytes:
    return _csv(DEL_DICCIONARIO, diccionario())


def diccionario(nombres: Sequence[str] = ()) -> list[dict[str, str]]:
    """What each column means, its unit and how it is counted."""
    campos = [POR_NOMBRE[uno] for uno in nombres] or CAMPOS
    return [
        {
            "campo": campo.nombre,
            "significado": str(campo.significado),
            "unidad": str(campo.unidad),
            "como_se_cuenta": campo.como_se_cuenta,
        }
        for campo in campos
    ]


def en_json(
    una: Publicacion, *, certificaciones: Iterable[DocumentoDeCifras], cierre: DocumentoDeCifras | None
) -> bytes:
    """Everything of a province in one file. A count that is not told is null."""
    datos = {
        "publica": papel.entidad(),
        "licencia": AjustesDelAula.actuales().licencia_de_los_datos,
        "provincia": {"ubigeo": una.provincia_id, "lugar": una.provincia.nombre},
        "edicion": una.edicion.nombre,
        "al": una.corte,
        "terminaron_al": una.personas_al,
        "total": {**una.cifras["total"], "terminaron": publicado.terminaron(una)},
        "instancias": publicado.instancias(una),
        "asientos": [{"al": una.corte, **fila} for fila in una.asientos],
        "certificaciones": [abiertas.cierre(uno) for uno in certificaciones],
        "cierre": abiertas.cierre(cierre) if cierre else None,
        "diccionario": diccionario(),
    }
    return json.dumps(datos, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _csv(columnas: Sequence[str], filas: Iterable[Mapping[str, Any]]) -> bytes:
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(columnas)
    escritor.writerows([_celda(fila[columna]) for columna in columnas] for fila in filas)
    return b"\xef\xbb\xbf" + salida.getvalue().encode()


def _celda(valor: Any) -> Any:
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    return texto_seguro(valor) if isinstance(valor, str) else valor
