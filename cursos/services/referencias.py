"""What a page names of other pages and units: found by its fields, whatever they are, and pointed elsewhere.

It reads the model: keys to pages and to units, choosers inside the steps, and the links of formatted text. What a host
adds to its own pages is found the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import swapper
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Revision

from ..models import Unidad

ENLACE = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
IDENTIDAD = re.compile(r'(\bid=")(\d+)(")')
DIRECTA = re.compile(r'(\bhref="/[ce]/)(\d+)(?:/(\d+))?(?=[/"?#])')
DE_WAGTAIL = {"alias_of", "content_type", "latest_revision", "live_revision", "locale", "owner", "locked_by"}


@dataclass(frozen=True)
class Mapa:
    """Where each thing goes: ids of pages, ids of units, and numbers of direct addresses."""

    paginas: dict[int, int]
    unidades: dict[int, int]
    direcciones: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def de(self, modelo: type[models.Model]) -> dict[int, int] | None:
        """Return the map for a key to this model, or nothing when such keys are left as they are."""
        if issubclass(modelo, swapper.load_model("wagtailcore", "Page")):
            return self.paginas
        return self.unidades if issubclass(modelo, Unidad) else None

    def texto(self, texto: str) -> str:
        """Return a text with its links pointed to the copy."""
        return ENLACE.sub(lambda hallado: self._enlace(hallado[0]), texto) if "<a" in texto else texto

    def _enlace(self, enlace: str) -> str:
        if 'linktype="page"' in enlace:
            return IDENTIDAD.sub(lambda m: f"{m[1]}{self.paginas.get(int(m[2]), m[2])}{m[3]}", enlace)
        return DIRECTA.sub(self._direccion, enlace)

    def _direccion(self, hallado: re.Match[str]) -> str:
        curso, unidad = self.direcciones.get((int(hallado[2]), int(hallado[3] or 0)), (None, None))
        if curso is None:
            return hallado[0]
        return f"{hallado[1]}{curso}" + (f"/{unidad}" if unidad else "")


def reescribir_filas(pagina: Any, mapa: Mapa) -> None:
    """Point what the rows of a page name, and those that hang from it, without saving anything else of them."""
    for fila in [pagina, *_hijas(pagina)]:
        cambios = {}
        for campo in _campos(type(fila)):
            antes = getattr(fila, campo.attname)
            if isinstance(campo, StreamField):
                pasos = list(antes.raw_data)
                nuevos = _en_bloque(campo.stream_block, pasos, mapa)
                if nuevos != pasos:
                    setattr(fila, campo.attname, json.dumps(nuevos))
                    cambios[campo.attname] = getattr(fila, campo.attname)
            elif (despues := _valor(campo, antes, mapa)) != antes:
                cambios[campo.attname] = despues
        if cambios:
            type(fila)._base_manager.filter(pk=fila.pk).update(**cambios)


def reescribir_revisiones(pagina: Any, mapa: Mapa) -> None:
    """Point what the revisions of a page name. Rows inside rows have the ids of the original: here they are new."""
    for revision in Revision.objects.for_instance(pagina):
        revision.content = _en_datos(type(pagina), revision.content, mapa, raiz=True)
        revision.save(update_fields=["content"])


def leer_fuera(pagina: Any) -> list[tuple[str, str]]:
    """Return what a page names, as title and place in the tree, once each."""
    paginas: set[int] = set()
    unidades: set[int] = set()
    testigo = _Testigo(paginas, unidades)
    for fila in [pagina, *_hijas(pagina)]:
        for campo in _campos(type(fila)):
            valor = getattr(fila, campo.attname)
            if isinstance(campo, StreamField):
                _en_bloque(campo.stream_block, list(valor.raw_data), testigo)
            else:
                _valor(campo, valor, testigo)
    paginas |= set(Unidad.objects.filter(pk__in=unidades, pagina__isnull=False).values_list("pagina", flat=True))
    Pagina = swapper.load_model("wagtailcore", "Page")
    return list(Pagina.objects.filter(pk__in=paginas).order_by("path").values_list("title", "path"))


class _Anotador(dict[int, int]):
    """A map that moves nothing and remembers what it was asked for."""

    def __init__(self, vistos: set[int]) -> None:
        self.vistos = vistos

    def get(self, clave: Any, otro: Any = None) -> Any:
        self.vistos.add(clave)
        return otro


def _Testigo(paginas: set[int], unidades: set[int]) -> Mapa:
    return Mapa(_Anotador(paginas), _Anotador(unidades))


def _campos(modelo: type[models.Model]) -> Iterator[Any]:
    """Fields of a model that may name a page or a unit. Those that Wagtail keeps for itself stay out."""
    for campo in modelo._meta.concrete_fields:
        enlaza_hacia_arriba = getattr(campo.remote_field, "parent_link", False)
        if campo.name not in DE_WAGTAIL and not enlaza_hacia_arriba and not campo.primary_key:
            yield campo


def _hijas(fila: Any) -> Iterator[Any]:
    """Rows of the cluster of a page, at any depth, as they are in the database."""
    for relacion in get_all_child_relations(type(fila)):
        for hija in relacion.related_model._base_manager.filter(**{relacion.field.name: fila.pk}):
            yield hija
            yield from _hijas(hija)


def _valor(campo: Any, valor: Any, mapa: Mapa) -> Any:
    if valor is None:
        return None
    if isinstance(campo, models.ForeignKey):
        destinos = mapa.de(campo.related_model)
        return valor if destinos is None else destinos.get(valor, valor)
    return mapa.texto(valor) if isinstance(valor, str) else valor


def _en_datos(modelo: type[models.Model], datos: dict[str, Any], mapa: Mapa, *, raiz: bool) -> dict[str, Any]:
    """Point what a row, as a revision keeps it, names. Below the first level Wagtail leaves the ids of the original."""
    nuevos = dict(datos)
    for campo in _campos(modelo):
        if campo.name not in datos:
            continue
        valor = datos[campo.name]
        if isinstance(campo, StreamField) and isinstance(valor, str):
            nuevos[campo.name] = json.dumps(_en_bloque(campo.stream_block, json.loads(valor or "[]"), mapa))
        else:
            nuevos[campo.name] = _valor(campo, valor, mapa)
    for relacion in get_all_child_relations(modelo):
        nombre = relacion.get_accessor_name()
        hijas = [_en_datos(relacion.related_model, hija, mapa, raiz=False) for hija in datos.get(nombre, [])]
        if nombre in datos:
            nuevos[nombre] = hijas if raiz else [{**hija, "pk": None} for hija in hijas]
    return nuevos


def _en_bloque(bloque: Any, valor: Any, mapa: Mapa) -> Any:
    """Return the raw value of a block with what it names pointed elsewhere."""
    if isinstance(bloque, blocks.StreamBlock) and isinstance(valor, list):
        return [_pieza(bloque.child_blocks.get(una.get("type")), una, mapa) for una in valor]
    if isinstance(bloque, blocks.ListBlock) and isinstance(valor, list):
        return [
            _pieza(bloque.child_block, una, mapa) if _es_pieza(una) else _en_bloque(bloque.child_block, una, mapa)
            for una in valor
        ]
    if isinstance(bloque, blocks.StructBlock) and isinstance(valor, dict):
        return {nombre: _en_bloque(bloque.child_blocks.get(nombre), dentro, mapa) for nombre, dentro in valor.items()}
    if isinstance(bloque, blocks.ChooserBlock) and isinstance(valor, int):
        destinos = mapa.de(bloque.target_model)
        return valor if destinos is None else destinos.get(valor, valor)
    return mapa.texto(valor) if isinstance(valor, str) else valor


def _es_pieza(valor: Any) -> bool:
    return isinstance(valor, dict) and set(valor) <= {"type", "value", "id"} and "value" in valor


def _pieza(bloque: Any, pieza: dict[str, Any], mapa: Mapa) -> dict[str, Any]:
    return {**pieza, "value": _en_bloque(bloque, pieza["value"], mapa)}
