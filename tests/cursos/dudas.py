"""Doubts as tests leave and answer them."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from cursos.errores import CursoError
from cursos.services.dudas import preguntar, responder
from cursos.services.notas import publicar_nota

TEXTO = "¿La ronda puede recibir el papel de noche?"


def dejar(inscripcion, programa, texto=TEXTO, **otros):
    unidad = programa.unidad(programa.lecciones[0])
    datos = {"operacion": uuid.uuid4(), "ahora": timezone.now(), "paso": (unidad.ids_de_pasos[0], 1, "Paso 1")}
    return preguntar(inscripcion=inscripcion, unidad=unidad, texto=texto, **{**datos, **otros})


def contestar(duda, por, texto="Sí, a toda hora.", **otros):
    return responder(duda_id=duda.pk, texto=texto, por=por, ahora=timezone.now(), **otros)


def anotar(duda, por, pregunta="¿Se recibe también de noche?", texto="Sí: se recibe a toda hora."):
    return publicar_nota(duda_id=duda.pk, pregunta=pregunta, texto=texto, por=por, ahora=timezone.now())


def codigo_de(acto, *args, **kwargs):
    with pytest.raises(CursoError) as error:
        acto(*args, **kwargs)
    return error.value.codigo
