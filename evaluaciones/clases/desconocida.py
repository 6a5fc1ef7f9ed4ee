"""A kind that is not installed any more: what was asked and answered is kept, told in a sentence, and never graded."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import POR_CALIFICAR, ClaseDePregunta, Datos, Falta, Json, MapeoDeDatos, Pendiente, RespuestaInvalida


class Desconocida(ClaseDePregunta[Mapping[str, Any]]):
    """Stands for a kind whose app is gone. Its marks stay as they were given; what was not, waits for a person."""

    nombre = gettext_lazy("Clase que ya no está instalada")

    def __init__(self, clave: str) -> None:
        self.clave = clave  # type: ignore[misc]

    def de_json(self, datos: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(datos)

    def a_json(self, contenido: Mapping[str, Any]) -> dict[str, Any]:
        return dict(contenido)

    def instruccion(self, texto: str) -> str:
        return _("Esta pregunta ya no se puede responder aquí. Lo que usted respondió está guardado.")

    def publico(self, contenido: Mapping[str, Any], valor: Json) -> object:
        return None

    def leer(self, contenido: Mapping[str, Any], datos: Datos) -> Json:
        raise RespuestaInvalida("clase_ausente", self.instruccion(""))

    def falta(self, contenido: Mapping[str, Any], valor: Json) -> str:
        return ""

    def en_palabras(self, contenido: Mapping[str, Any], valor: Json) -> list[str]:
        return [self.instruccion("")]

    def calificar(self, contenido: Mapping[str, Any], valor: Json) -> Pendiente:
        return POR_CALIFICAR

    def explicar(self, contenido: Mapping[str, Any], valor: Json, *, con_correctas: bool) -> object:
        return None

    def ejemplo(self, contenido: Mapping[str, Any], *, acierta: bool, azar: random.Random | None = None) -> Json:
        return None

    def clave_de_respuesta(self, contenido: Mapping[str, Any]) -> Json:
        return None

    def contenido_de_la_fila(self, fila: Any) -> Mapping[str, Any]:
        return dict(fila.datos)

    def problemas(self, contenido: Mapping[str, Any], *, con_clave: bool) -> list[Falta]:
        return [Falta("clase_ausente", "tipo", _("Esa clase de pregunta ya no está instalada. Elija otra."))]

    def textos(self, contenido: Mapping[str, Any]) -> list[str]:
        return []

    def de_archivo(self, mapeo: MapeoDeDatos, *, con_clave: bool) -> Mapping[str, Any]:
        raise mapeo.error(_("la clase de pregunta «%(clave)s» no está instalada.") % {"clave": self.clave}, "tipo")

    def a_archivo(self, contenido: Mapping[str, Any]) -> dict[str, Any]:
        return {}
