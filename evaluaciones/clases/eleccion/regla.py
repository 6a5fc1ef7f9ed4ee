"""The rule of what is answered by choosing: exactly the right options, and no other."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cursos.decida import Opcion

from ..base import ClaseDePregunta, Datos, Json, RespuestaInvalida
from .archivo import ArchivoDeEleccion
from .contenido import (
    NO_LO_SE,
    Alternativa,
    AlternativaExplicada,
    AlternativaVisible,
    Eleccion,
    EleccionExplicada,
    EleccionVisible,
)
from .editor import EditorDeEleccion


def claves_elegidas(valor: Json) -> list[str]:
    """Return the options of an answer; none of what is not one."""
    return [str(clave) for clave in valor] if isinstance(valor, list | tuple) else []


class ClaseDeEleccion(EditorDeEleccion, ArchivoDeEleccion, ClaseDePregunta[Eleccion]):
    """One option, unless ``admite_varias``."""

    admite_varias = False
    se_baraja = True
    en_un_paso = True

    def de_json(self, datos: Mapping[str, Any]) -> Eleccion:
        return Eleccion.de_json(datos)

    def a_json(self, contenido: Eleccion) -> dict[str, Any]:
        return contenido.a_json()

    def de_opciones(self, opciones: Sequence[Opcion]) -> Eleccion:
        return Eleccion(tuple(Alternativa(una.clave, una.texto, una.correcta, una.explicacion) for una in opciones))

    def barajar(self, contenido: Eleccion, azar: random.Random, *, baraja: bool) -> Eleccion:
        if not (baraja and self.se_baraja):
            return contenido
        alternativas = list(contenido.alternativas)
        azar.shuffle(alternativas)
        return dataclasses.replace(contenido, alternativas=tuple(alternativas))

    def con_no_lo_se(self, contenido: Eleccion) -> Eleccion:
        opcion = Alternativa(clave=NO_LO_SE, texto=_("No lo sé"), correcta=False)
        return dataclasses.replace(contenido, alternativas=(*contenido.alternativas, opcion))

    def publico(self, contenido: Eleccion, valor: Json) -> EleccionVisible:
        elegidas = claves_elegidas(valor)
        visibles = tuple(
            AlternativaVisible(una.clave, una.texto, una.clave in elegidas) for una in contenido.alternativas
        )
        return EleccionVisible(visibles, varias=self.admite_varias)

    def leer(self, contenido: Eleccion, datos: Datos) -> list[str]:
        """Return the options chosen, once each and in the order shown."""
        pedidas = set(datos.get("", ()))
        if len(pedidas) > 1:
            pedidas.discard(NO_LO_SE)  # what was marked besides is an answer
        claves = contenido.claves if pedidas else ()
        if not pedidas.issubset(claves):
            mensaje = _("Esa alternativa no es de esta pregunta. Vuelva a abrir las preguntas.")
            raise RespuestaInvalida("alternativa_ajena", mensaje)
        if len(pedidas) > 1 and not self.admite_varias:
            raise RespuestaInvalida("una_sola_alternativa", _("Elija una sola alternativa."))
        return [clave for clave in claves if clave in pedidas]

    def de_un_toque(self, contenido: Eleccion) -> bool:
        return not self.admite_varias

    def falta(self, contenido: Eleccion, valor: Json) -> str:
        return "" if claves_elegidas(valor) else _("Elija una respuesta para continuar.")

    def en_palabras(self, contenido: Eleccion, valor: Json) -> list[str]:
        elegidas = claves_elegidas(valor)
        return [una.texto for una in contenido.alternativas if una.clave in elegidas]

    def calificar(self, contenido: Eleccion, valor: Json) -> Fraction:
        """All or nothing. A question without a right option is never got right."""
        return Fraction(bool(contenido.correctas) and set(claves_elegidas(valor)) == contenido.correctas)

    def explicar(self, contenido: Eleccion, valor: Json, *, con_correctas: bool) -> EleccionExplicada:
        elegidas, marcada = claves_elegidas(valor), bool(self.resumen(contenido, valor))
        return EleccionExplicada(
            elegidas=tuple(
                AlternativaExplicada(una.texto, una.explicacion, una.correcta if marcada else None)
                for una in contenido.alternativas
                if una.clave in elegidas
            ),
            correctas=tuple(
                AlternativaExplicada(una.texto, una.explicacion)
                for una in contenido.alternativas
                if con_correctas and una.correcta and una.clave not in elegidas
            ),
            marcada=marcada,
            otras=tuple(
                AlternativaExplicada(una.texto, una.explicacion)
                for una in contenido.alternativas
                if con_correctas and not una.correcta and una.clave not in elegidas
            ),
        )

    def ejemplo(self, contenido: Eleccion, *, acierta: bool, azar: random.Random | None = None) -> list[str]:
        """The right options, or a wrong one: the first, or any with ``azar``."""
        buenas = [clave for clave in contenido.claves if clave in contenido.correctas]
        malas = [clave for clave in contenido.claves if clave not in contenido.correctas]
        if acierta:
            return buenas
        if azar is not None:
            return [azar.choice(malas or buenas[:1])]
        return malas[:1]

    def clave_de_respuesta(self, contenido: Eleccion) -> list[str]:
        return sorted(contenido.correctas)

    def errores(self, contenido: Eleccion, valor: Json) -> list[str]:
        elegidas = claves_elegidas(valor)
        return [clave for clave in elegidas if clave not in contenido.correctas and clave != NO_LO_SE]

    def texto_del_error(self, contenido: Eleccion, error: str) -> str:
        return next((una.texto for una in contenido.alternativas if una.clave == error), "")

    def opciones(self, contenido: Eleccion) -> list[tuple[str, str]]:
        return [(una.clave, una.texto) for una in contenido.alternativas]

    def marcadas(self, contenido: Eleccion, valor: Json) -> list[str]:
        return claves_elegidas(valor)

    def textos(self, contenido: Eleccion) -> list[str]:
        return [texto for una in contenido.alternativas for texto in (una.texto, una.explicacion)]
