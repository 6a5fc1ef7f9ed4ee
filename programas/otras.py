"""Units of the kinds that files write field by field: a kind says its prefix and its fields, and no more.

A lesson is a text with steps and an evaluation holds a bank of questions: their files have readers of their own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cursos.clases import ClaseDeUnidad, clase_de, clases

from .fichas import UnidadSuelta
from .mapeo import Mapeo

Pagina = Any


def escritas_por_campos() -> Iterator[ClaseDeUnidad]:
    return (clase for clase in clases() if clase.prefijo_de_archivo)


def leer(mapeo: Mapeo, clave: str, archivo: str, clase: ClaseDeUnidad) -> UnidadSuelta:
    """Return the unit of a file. Refuses, naming it, the field that its page would not take."""
    titulo = mapeo.texto("titulo", maximo=255)
    valores = {campo.name: _leer_campo(mapeo, campo) for campo in _campos(clase)}
    mapeo.terminar()
    return UnidadSuelta(clave=clave, clase=clase.clase, titulo=titulo, valores=valores, archivo=archivo)


def de_pagina(pagina: Pagina, clave: str, clase: ClaseDeUnidad) -> UnidadSuelta:
    valores = {campo.name: _en_texto(getattr(pagina, campo.name)) for campo in _campos(clase)}
    return UnidadSuelta(clave=clave, clase=clase.clase, titulo=pagina.title, valores=valores)


def poner(pagina: Pagina, ficha: UnidadSuelta) -> None:
    pagina.title = ficha.titulo
    for campo in _campos(clase_de(ficha.clase)):
        setattr(pagina, campo.name, _en_valor(campo, ficha.valores[campo.name]))


def _campos(clase: ClaseDeUnidad) -> list[models.Field]:
    return [clase.modelo()._meta.get_field(nombre) for nombre in clase.campos_de_archivo]


def _leer_campo(mapeo: Mapeo, campo: models.Field) -> str:
    leido = mapeo.texto(campo.name, "") if campo.blank or campo.has_default() else mapeo.texto(campo.name)
    try:
        valor = _en_valor(campo, leido)
        if valor is not None:
            campo.run_validators(valor)
    except ValidationError as error:
        mensaje = _("«%(clave)s» dice «%(leido)s». %(motivo)s")
        datos = {"clave": campo.name, "leido": leido, "motivo": " ".join(error.messages)}
        raise mapeo.error(mensaje % datos, campo.name) from error
    return _en_texto(valor)


def _en_valor(campo: models.Field, texto: str) -> Any:
    if texto == "" and not isinstance(campo, models.CharField | models.TextField):
        return campo.get_default()
    if isinstance(campo, models.BooleanField):
        texto = texto.capitalize()  # «true», as YAML says it
    return campo.to_python(texto)


def _en_texto(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "true" if valor else "false"
    return valor.isoformat() if isinstance(valor, datetime.date) else str(valor)
