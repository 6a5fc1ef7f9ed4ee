"""Options in the files of a programme: «alternativas», a list with «texto», «correcta» and «explicacion»."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ..base import MapeoDeDatos
from .contenido import Alternativa, Eleccion


class ArchivoDeEleccion:
    admite_varias = False

    def de_archivo(self, mapeo: MapeoDeDatos, *, con_clave: bool) -> Eleccion:
        contenido = Eleccion(tuple(_leer(una) for una in mapeo.mapeos("alternativas")))
        if not 2 <= len(contenido.alternativas) <= 5:
            raise mapeo.error(_("debe tener de 2 a 5 alternativas."), "alternativas")
        if len({una.texto for una in contenido.alternativas}) < len(contenido.alternativas):
            raise mapeo.error(_("dos alternativas dicen lo mismo."), "alternativas")
        correctas = sum(una.correcta for una in contenido.alternativas)
        if con_clave and not correctas:
            raise mapeo.error(_("ninguna alternativa es correcta. Ponga «correcta: true» en una."), "alternativas")
        if con_clave and correctas > 1 and not self.admite_varias:
            mensaje = _("tiene %(n)d correctas y su tipo admite una.")
            raise mapeo.error(mensaje % {"n": correctas}, "alternativas")
        return contenido

    def a_archivo(self, contenido: Eleccion) -> dict[str, Any]:
        return {
            "alternativas": [
                {
                    "texto": una.texto,
                    **({"correcta": True} if una.correcta else {}),
                    **({"explicacion": una.explicacion} if una.explicacion else {}),
                }
                for una in contenido.alternativas
            ]
        }

    def para_archivo(self, contenido: Eleccion) -> Eleccion:
        return Eleccion(
            tuple(
                dataclasses.replace(una, clave="", explicacion=_renglones(una.explicacion))
                for una in contenido.alternativas
            )
        )

    def poner_en_la_fila(self, fila: Any, contenido: Eleccion) -> None:
        """An option is the same one while its words are; one whose words changed takes the place it had."""
        modelo = type(fila)._meta.get_field("alternativas").related_model
        previas = list(fila.alternativas.all()) if fila.pk else []
        por_texto = {una.texto.strip(): una for una in previas}
        iguales = {una.texto: por_texto[una.texto] for una in contenido.alternativas if una.texto in por_texto}
        libres = [una for una in previas if una not in iguales.values()]
        claves = {una.clave for una in previas}
        filas = []
        for orden, una in enumerate(contenido.alternativas):
            opcion = iguales.get(una.texto) or (libres.pop(0) if libres else None)
            if opcion is None:
                propia = _clave_de(fila.clave, orden)
                opcion = modelo(clave=propia if propia not in claves else uuid.uuid4())
            opcion.sort_order, opcion.texto = orden, una.texto
            opcion.correcta, opcion.explicacion = una.correcta, una.explicacion
            filas.append(opcion)
        fila.datos = {}
        fila.alternativas = filas

    def sin_sustento(self, contenido: Eleccion) -> Iterator[str]:
        for una in contenido.alternativas:
            if not una.explicacion:
                yield _("la alternativa «%(texto)s» no explica por qué.") % {"texto": una.texto[:40]}

    def tamano(self, contenido: Eleccion) -> int:
        return len(contenido.alternativas)


def _renglones(texto: str) -> str:
    return "\n".join(linea.rstrip() for linea in texto.strip().splitlines())


def _leer(mapeo: MapeoDeDatos) -> Alternativa:
    alternativa = Alternativa(
        clave="",
        texto=mapeo.texto("texto", maximo=300),
        correcta=mapeo.logico("correcta"),
        explicacion=mapeo.texto("explicacion", ""),
    )
    mapeo.terminar()
    return alternativa


def _clave_de(pregunta: uuid.UUID, orden: int) -> uuid.UUID:
    """The key of an option that came from a file: the same in every installation."""
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "https://kuska/contenido"), f"{pregunta}/{orden}")
