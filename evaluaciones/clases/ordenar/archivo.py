"""Things in their order in the files of a programme: «elementos», a list in its right order, and «explicacion»."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ..base import MapeoDeDatos
from .contenido import Elemento, Orden, con_claves
from .editor import LARGO, MAXIMO, MINIMO


class ArchivoDeOrden:
    def de_archivo(self, mapeo: MapeoDeDatos, *, con_clave: bool) -> Orden:
        textos = mapeo.textos("elementos")
        if not MINIMO <= len(textos) <= MAXIMO:
            mensaje = _("debe tener de %(minimo)d a %(maximo)d elementos, en su orden correcto.")
            raise mapeo.error(mensaje % {"minimo": MINIMO, "maximo": MAXIMO}, "elementos")
        if len(set(textos)) < len(textos):
            raise mapeo.error(_("dos elementos dicen lo mismo."), "elementos")
        if not all(textos) or max(len(texto) for texto in textos) > LARGO:
            raise mapeo.error(_("cada elemento lleva de 1 a %(n)d letras.") % {"n": LARGO}, "elementos")
        explicacion = mapeo.texto("explicacion", "")
        return Orden(tuple(Elemento("", texto) for texto in textos), explicacion)

    def a_archivo(self, contenido: Orden) -> dict[str, Any]:
        datos: dict[str, Any] = {"elementos": [uno.texto for uno in contenido.elementos]}
        return {**datos, **({"explicacion": contenido.explicacion} if contenido.explicacion else {})}

    def para_archivo(self, contenido: Orden) -> Orden:
        renglones = (linea.rstrip() for linea in contenido.explicacion.strip().splitlines())
        elementos = tuple(dataclasses.replace(uno, clave="") for uno in contenido.elementos)
        return Orden(elementos, "\n".join(renglones))

    def poner_en_la_fila(self, fila: Any, contenido: Orden) -> None:
        previos = Orden.de_json(fila.datos).elementos
        elementos = con_claves((uno.texto for uno in contenido.elementos), previos)
        fila.datos = Orden(elementos, contenido.explicacion).a_json()
        fila.alternativas = []

    def sin_sustento(self, contenido: Orden) -> Iterator[str]:
        if not contenido.explicacion:
            yield _("no explica por qué van en ese orden.")

    def tamano(self, contenido: Orden) -> int:
        return len(contenido.elementos)
