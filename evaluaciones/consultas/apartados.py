"""What a person answered, as a copy of their data tells it: their words, never the key of a question (decision 14)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from cursos.decida import CLAVE as DECIDA
from cursos.decida import TIPO, planteo_de, se_pregunta
from cursos.models import Leccion, Unidad
from instancias.apartados import Apartado

from ..models import Ensayo, Intento, IntentoMas, Respuesta
from ..planteos import pregunta_de


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


class Ensayos(Apartado):
    """What was decided in the steps that ask, in words where the step is still there."""

    modelo, ruta, titulo = Ensayo, "inscripcion__persona", gettext_lazy("Lo que decidió en las lecciones")
    sin = ("inscripcion",)

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        filas = list(self.filas(personas).select_related("unidad", "repaso_en"))
        preguntas = _preguntas_de({una.unidad for una in filas})
        return [
            {
                "unidad": str(una.unidad),
                "paso": pregunta[0] if (pregunta := preguntas.get((una.unidad_id, una.paso))) else "",
                "vez": una.vez,
                "valor": _en_palabras(pregunta and pregunta[1], una.valor),
                "acierto": una.acierto,
                "repaso_en": str(una.repaso_en or ""),
                "respondido_en": una.respondido_en.isoformat(),
            }
            for una in filas
        ]


def _preguntas_de(unidades: Collection[Unidad]) -> dict[tuple[int, str], tuple[str, Any]]:
    """Return the title and the question of each step that asks in these lessons, as they are today."""
    de_pagina = {una.pagina_id: una.pk for una in unidades if una.pagina_id}
    return {
        (de_pagina[leccion.pk], paso["id"]): (
            paso["value"].get("titulo", ""),
            pregunta_de(planteo_de(paso["value"]), paso["id"]),
        )
        for leccion in Leccion.objects.filter(pk__in=de_pagina)
        for paso in leccion.pasos.raw_data
        if paso["type"] == DECIDA and se_pregunta(paso["value"].get("tipo") or TIPO)
    }


class IntentosDeMas(Apartado):
    modelo, ruta, titulo = IntentoMas, "inscripcion__persona", gettext_lazy("Intentos de más que le dieron")
    sin = ("inscripcion",)


def de_esta_sala() -> list[Apartado]:
    return [Intentos(), Respuestas(), Ensayos(), IntentosDeMas()]
