"""What a person answered, as a copy of their data tells it: their words, never the key of a question (decision 14)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from instancias.apartados import Apartado

from ..models import Intento, IntentoMas, Respuesta


class Intentos(Apartado):
    modelo, ruta, titulo = Intento, "inscripcion__persona", gettext_lazy("Sus intentos")
    sin = ("inscripcion", "formulario", "reglas", "clave", "clave_vista")


class Respuestas(Apartado):
    """Each line as the question was asked and as it was answered. Marks by question would tell the key."""

    modelo, ruta, titulo = Respuesta, "intento__inscripcion__persona", gettext_lazy("Sus respuestas")

    def campos(self) -> list[models.Field]:
        return [campo for campo in super().campos() if campo.name in ("intento", "version", "valor", "recibida_en")]

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        intentos = {uno.pk: uno for uno in Intentos().filas(personas).select_related("unidad")}
        preguntas = {pk: {una.version: una for una in uno.formulario} for pk, uno in intentos.items()}
        return [
            {
                "intento": f"{intentos[una.intento_id].unidad} · {intentos[una.intento_id].numero}",
                "version": pregunta.texto if (pregunta := preguntas[una.intento_id].get(una.version_id)) else "",
                "valor": _en_palabras(pregunta, una.valor),
                "recibida_en": una.recibida_en.isoformat(),
            }
            for una in self.filas(personas)
        ]


def _en_palabras(pregunta: Any, valor: Any) -> list[str]:
    return [] if pregunta is None or valor is None else [str(palabra) for palabra in pregunta.en_palabras(valor)]


class IntentosDeMas(Apartado):
    modelo, ruta, titulo = IntentoMas, "inscripcion__persona", gettext_lazy("Intentos de más que le dieron")
    sin = ("inscripcion",)


def de_esta_sala() -> list[Apartado]:
    return [Intentos(), Respuestas(), IntentosDeMas()]
