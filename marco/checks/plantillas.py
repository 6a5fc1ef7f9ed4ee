"""A template of the site in the place of one of ours: it must keep the blocks that our other pages fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import Context, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.base import Template
from django.template.loader_tags import BlockNode, ExtendsNode

import marco

E_FALTA_BLOQUE = "kuska.E013"
E_NO_SE_LEE = "kuska.E016"

EXTIENDE = re.compile(r"""\{% extends ["']([^"']+)["'] %\}""")
BLOQUE = re.compile(r"\{% block (\w+) %\}")


def nuestras() -> Path:
    """Where our templates are: inside the installed package, or at the top of the source tree."""
    dentro = Path(marco.__file__).resolve().parent / "templates"
    return dentro if dentro.is_dir() else dentro.parent.parent / "templates"


@cache
def se_llenan() -> dict[str, frozenset[str]]:
    """For each template of ours that others extend: the blocks of it that those fill."""
    raiz = nuestras()
    fuentes = {str(uno.relative_to(raiz)): uno.read_text("utf-8") for uno in sorted((raiz / "kuska").rglob("*.html"))}
    llena: dict[str, set[str]] = {}
    for texto in fuentes.values():
        bloques = set(BLOQUE.findall(texto))
        while (padre := EXTIENDE.search(texto)) and padre[1] in fuentes:
            texto = fuentes[padre[1]]
            llena.setdefault(padre[1], set()).update(bloques & _tiene(padre[1], fuentes))
    return {nombre: frozenset(bloques) for nombre, bloques in llena.items()}


def _tiene(nombre: str, fuentes: dict[str, str]) -> set[str]:
    """The blocks of a template of ours and of those that it extends."""
    bloques = set(BLOQUE.findall(fuentes[nombre]))
    padre = EXTIENDE.search(fuentes[nombre])
    return bloques | (_tiene(padre[1], fuentes) if padre and padre[1] in fuentes else set())


@register("kuska")
def bloques(**_kwargs: Any) -> Iterable[CheckMessage]:
    motor = next((uno for uno in engines.all() if uno.__class__.__name__ == "DjangoTemplates"), None)
    if motor is None:
        return
    raiz = nuestras()
    for nombre, necesarios in sorted(se_llenan().items()):
        try:
            plantilla = motor.get_template(nombre).template
            if Path(plantilla.origin.name).resolve().is_relative_to(raiz):
                continue
            hallados = set(_bloques_de(plantilla))
        except TemplateDoesNotExist as error:
            yield _no_se_lee(nombre, f"there is no template «{error}»")
            continue
        except TemplateSyntaxError as error:
            yield _no_se_lee(nombre, str(error))
            continue
        for falta in sorted(necesarios - hallados):
            yield Error(
                f"{plantilla.origin.name} takes the place of «{nombre}» and has no block «{falta}»: what our pages put "
                "there would not be seen.",
                hint=f"Write {{% block {falta} %}}{{% endblock %}} where it goes.",
                id=E_FALTA_BLOQUE,
            )


def _no_se_lee(nombre: str, motivo: str) -> CheckMessage:
    pista = "Put the rooms in INSTALLED_APPS with APP_DIRS = True, and mend the template of the site."
    return Error(f"The template «{nombre}» cannot be read: {motivo}.", hint=pista, id=E_NO_SE_LEE)


def _bloques_de(plantilla: Template) -> Iterator[str]:
    """The names of the blocks of a template and of those that it extends, also one of its own name."""
    contexto = Context()
    contexto.template = plantilla
    yield from (nodo.name for nodo in plantilla.nodelist.get_nodes_by_type(BlockNode))
    for nodo in plantilla.nodelist.get_nodes_by_type(ExtendsNode):
        if isinstance(nombre := nodo.parent_name.var, str):
            yield from _bloques_de(nodo.find_template(nombre, contexto))
