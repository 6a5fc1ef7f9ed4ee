"""The rule of putting things in their order: all of them in their place, or nothing (decision 19).

A whole answer is the list of keys in the order given. One that lacks numbers, or repeats one, is kept as it was
written, ``{"numeros": {clave: n}}``, so that nothing is guessed and nothing is lost; it is not an answer yet.
"""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cursos.decida import Opcion

from ..base import ClaseDePregunta, Datos, Json, RespuestaInvalida
from .archivo import ArchivoDeOrden
from .contenido import Elemento, ElementoExplicado, ElementoVisible, Orden, OrdenExplicado, OrdenVisible
from .editor import EditorDeOrden


def orden_dado(valor: Json) -> list[str]:
    """Return the keys of a whole answer; none of one that is not."""
    return [str(clave) for clave in valor] if isinstance(valor, list | tuple) else []


def numeros_dados(valor: Json) -> dict[str, int]:
    """Return the number that each thing was given."""
    if isinstance(valor, Mapping):
        numeros = valor.get("numeros")
        numeros = numeros if isinstance(numeros, Mapping) else {}
        return {str(clave): n for clave, n in numeros.items() if isinstance(n, int)}
    return {clave: n for n, clave in enumerate(orden_dado(valor), 1)}


class Ordenar(EditorDeOrden, ArchivoDeOrden, ClaseDePregunta[Orden]):
    clave = "ordenar"
    nombre = gettext_lazy("Ordenar")
    orden = 4
    guion = "kuska/js/ordenar.js"
    en_un_paso = True

    def de_json(self, datos: Mapping[str, Any]) -> Orden:
        return Orden.de_json(datos)

    def a_json(self, contenido: Orden) -> dict[str, Any]:
        return contenido.a_json()

    def de_opciones(self, opciones: Sequence[Opcion]) -> Orden:
        """The rows are in their right order; why each goes there is told together."""
        elementos = tuple(Elemento(una.clave, una.texto) for una in opciones)
        razones = (f"{n}. {una.explicacion}" for n, una in enumerate(opciones, 1) if una.explicacion)
        return Orden(elementos, explicacion="\n".join(razones))

    def barajar(self, contenido: Orden, azar: random.Random, *, baraja: bool) -> Orden:
        """Always in another order than the right one, also where options are not shuffled: that would be the answer."""
        mostrados = list(contenido.claves)
        while len(mostrados) > 1 and mostrados == contenido.claves:
            azar.shuffle(mostrados)
        return dataclasses.replace(contenido, mostrados=tuple(mostrados))

    def instruccion(self, texto: str) -> str:
        return _("Ponga cada uno en su lugar: el 1 es el primero.")

    def publico(self, contenido: Orden, valor: Json) -> OrdenVisible:
        numeros = numeros_dados(valor)
        claves = orden_dado(valor) or contenido.en_pantalla
        visibles = tuple(ElementoVisible(una, contenido.texto_de(una), numeros.get(una, 0)) for una in claves)
        return OrdenVisible(visibles, ordenado=bool(orden_dado(valor)))

    def leer(self, contenido: Orden, datos: Datos) -> Json:
        cuantos, numeros = len(contenido.elementos), {}
        if not set(datos).issubset(contenido.claves):
            mensaje = _("Ese elemento no es de esta pregunta. Vuelva a abrir las preguntas.")
            raise RespuestaInvalida("elemento_ajeno", mensaje)
        for clave in contenido.en_pantalla:
            escrito = next(iter(datos.get(clave, ())), "")
            if not escrito:
                continue
            if not (escrito.isascii() and escrito.isdigit()) or not 1 <= int(escrito[:6]) <= cuantos:
                mensaje = _("Los lugares van del 1 al %(n)d. Vuelva a abrir las preguntas.")
                raise RespuestaInvalida("lugar_ajeno", mensaje % {"n": cuantos})
            numeros[clave] = int(escrito)
        if not numeros:
            return None
        if sorted(numeros.values()) != list(range(1, cuantos + 1)):
            return {"numeros": numeros}
        return sorted(numeros, key=lambda clave: numeros[clave])

    def falta(self, contenido: Orden, valor: Json) -> str:
        if orden_dado(valor):
            return ""
        numeros = numeros_dados(valor)
        repetidos = [n for n, veces in Counter(numeros.values()).items() if veces > 1]
        if repetidos:
            return _("Repitió el %(n)d: cada uno lleva un número distinto.") % {"n": min(repetidos)}
        faltan = len(contenido.elementos) - len(numeros)
        if not numeros:
            return _("Ordene los %(n)d elementos para continuar.") % {"n": faltan}
        mensaje = ngettext("Le falta dar lugar a %(n)d elemento.", "Le falta dar lugar a %(n)d elementos.", faltan)
        return mensaje % {"n": faltan}

    def en_palabras(self, contenido: Orden, valor: Json) -> list[str]:
        return [f"{n}. {contenido.texto_de(clave)}" for n, clave in enumerate(orden_dado(valor), 1)]

    def calificar(self, contenido: Orden, valor: Json) -> Fraction:
        return Fraction(bool(contenido.elementos) and orden_dado(valor) == contenido.claves)

    def _en_su_lugar(self, contenido: Orden, valor: Json) -> list[bool]:
        return [dada == buena for dada, buena in zip(orden_dado(valor), contenido.claves, strict=False)]

    def explicar(self, contenido: Orden, valor: Json, *, con_correctas: bool) -> OrdenExplicado:
        bien = self._en_su_lugar(contenido, valor)
        suyo = tuple(
            ElementoExplicado(contenido.texto_de(clave), en_su_lugar)
            for clave, en_su_lugar in zip(orden_dado(valor), bien, strict=False)
        )
        acierto = self.calificar(contenido, valor) == 1
        return OrdenExplicado(
            suyo=suyo,
            correcto=tuple(uno.texto for uno in contenido.elementos) if con_correctas and not acierto else (),
            explicacion=contenido.explicacion if con_correctas or acierto else "",
        )

    def resumen(self, contenido: Orden, valor: Json) -> str:
        bien = self._en_su_lugar(contenido, valor)
        if not bien or all(bien):
            return ""
        if not any(bien):
            return _("Ninguno está en su lugar.")
        mensaje = ngettext(
            "%(bien)d de %(total)d está en su lugar.", "%(bien)d de %(total)d están en su lugar.", sum(bien)
        )
        return mensaje % {"bien": sum(bien), "total": len(bien)}

    def ejemplo(self, contenido: Orden, *, acierta: bool, azar: random.Random | None = None) -> list[str]:
        claves = contenido.claves
        if acierta:
            return claves
        if azar is not None:
            return list(self.barajar(contenido, azar, baraja=True).mostrados)
        return [*claves[1:2], *claves[:1], *claves[2:]]

    def clave_de_respuesta(self, contenido: Orden) -> list[str]:
        return contenido.claves

    def errores(self, contenido: Orden, valor: Json) -> list[str]:
        """The first thing out of its place: what comes after it moves with it."""
        dado, bien = orden_dado(valor), self._en_su_lugar(contenido, valor)
        return [f"{n + 1}:{dado[n]}" for n in [bien.index(False)]] if False in bien else []

    def texto_del_error(self, contenido: Orden, error: str) -> str:
        lugar, _dos_puntos, clave = error.partition(":")
        texto = contenido.texto_de(clave)
        return _("«%(texto)s» en el lugar %(n)s") % {"texto": texto, "n": lugar} if texto else ""

    def textos(self, contenido: Orden) -> list[str]:
        return [*(uno.texto for uno in contenido.elementos), contenido.explicacion]
