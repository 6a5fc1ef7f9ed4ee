"""A kind of question that no room knows: a sentence. The one expected is right; any other, a person marks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms

from evaluaciones.clases import (
    POR_CALIFICAR,
    ClaseDePregunta,
    Datos,
    Falta,
    Json,
    MapeoDeDatos,
    Pendiente,
    RespuestaInvalida,
)

Contenido = Mapping[str, Any]


class Frase(ClaseDePregunta[Contenido]):
    clave = "frase"
    nombre = "Frase"

    def de_json(self, datos: Mapping[str, Any]) -> Contenido:
        return {"esperada": datos.get("esperada", "")}

    def a_json(self, contenido: Contenido) -> dict[str, Any]:
        return dict(contenido)

    def instruccion(self, texto: str) -> str:
        return "Escriba una frase."

    def publico(self, contenido: Contenido, valor: Json) -> object:
        return {"escrita": valor or ""}

    def leer(self, contenido: Contenido, datos: Datos) -> Json:
        escrita = " ".join("".join(datos.get("", ())).split())
        if len(escrita) > 100:
            raise RespuestaInvalida("frase_larga", "Escriba hasta 100 letras.")
        return escrita

    def falta(self, contenido: Contenido, valor: Json) -> str:
        return "" if valor else "Escriba algo para continuar."

    def en_palabras(self, contenido: Contenido, valor: Json) -> list[str]:
        return [str(valor)]

    def calificar(self, contenido: Contenido, valor: Json) -> Fraction | Pendiente:
        if not valor or valor == contenido["esperada"]:
            return Fraction(bool(valor))
        return POR_CALIFICAR

    def explicar(self, contenido: Contenido, valor: Json, *, con_correctas: bool) -> object:
        return {"escrita": valor, "esperada": contenido["esperada"] if con_correctas else ""}

    def ejemplo(self, contenido: Contenido, *, acierta: bool, azar: random.Random | None = None) -> Json:
        return contenido["esperada"] if acierta else "Otra cosa"

    def clave_de_respuesta(self, contenido: Contenido) -> Json:
        return contenido["esperada"]

    def errores(self, contenido: Contenido, valor: Json) -> list[str]:
        return [str(valor)] if valor and valor != contenido["esperada"] else []

    def texto_del_error(self, contenido: Contenido, error: str) -> str:
        return error

    def campos(self) -> dict[str, Any]:
        return {"esperada": forms.CharField(label="Frase esperada")}

    def problemas(self, contenido: Contenido, *, con_clave: bool) -> list[Falta]:
        if contenido["esperada"]:
            return []
        return [Falta("sin_frase", "frase__esperada", "Escriba la frase esperada.")]

    def textos(self, contenido: Contenido) -> list[str]:
        return [contenido["esperada"]]

    def de_archivo(self, mapeo: MapeoDeDatos, *, con_clave: bool) -> Contenido:
        return {"esperada": mapeo.texto("esperada")}

    def a_archivo(self, contenido: Contenido) -> dict[str, Any]:
        return dict(contenido)
