"""What each field says of a person, for what, by which law, until when and who sees it: declared beside the models.

Each room fills it in its module ``datos_personales``. A field of a model of ours is declared, with its use or as one
that says nothing of anybody: ``faltas`` names the rest, and a test fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import AutoField, Model
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules, module_has_submodule

from .sala import Sala

Texto = str | Promise
MODULO = "datos_personales"


@dataclass(frozen=True)
class Uso:
    """What a piece of data about a person is for. ``sensible``: of those that the law protects most (Ley 29733)."""

    fin: Texto
    base: Texto
    plazo: Texto
    ven: Texto
    al_suprimir: Texto
    sensible: bool = False


@dataclass(frozen=True)
class Declaracion:
    """What a room says of a model: the use of each field about people, and which ones say nothing of anybody."""

    modelo: str
    usos: Mapping[str, Uso]
    sin_datos: frozenset[str]

    @property
    def campos(self) -> frozenset[str]:
        return frozenset(self.usos) | self.sin_datos


_declaraciones: dict[str, Declaracion] = {}


def declarar(modelo: str, usos: Mapping[str, Uso] | None = None, *, sin_datos: str = "") -> None:
    """Say what the fields of a model («app.Model») tell. Names that share a use go together, between spaces."""
    sueltos = {campo: uso for nombres, uso in (usos or {}).items() for campo in nombres.split()}
    una = Declaracion(modelo, sueltos, frozenset(sin_datos.split()))
    if modelo in _declaraciones:
        raise ValueError(f"{modelo} is declared twice: one call says all its fields.")
    if dos := sorted(una.sin_datos & sueltos.keys()):
        raise ValueError(f"{modelo}: {', '.join(dos)} cannot tell something of a person and nothing of anybody.")
    _declaraciones[modelo] = una


@cache
def _cargar() -> None:
    autodiscover_modules(MODULO)


def declaraciones() -> dict[str, Declaracion]:
    """All that is declared, by model."""
    _cargar()
    return _declaraciones


def modelos_nuestros() -> Iterator[type[Model]]:
    """The models of the rooms, and those of every application that declares its own."""
    for app in apps.get_app_configs():
        if isinstance(app, Sala) or (app.module and module_has_submodule(app.module, MODULO)):
            yield from app.get_models()


def campos_de(modelo: type[Model]) -> list[str]:
    """The fields that the model itself brings: not just a number, nor what the base page of the site has."""
    propios = [*modelo._meta.local_fields, *modelo._meta.local_many_to_many]
    return [campo.name for campo in propios if not _es_un_numero_suyo(campo)]


def _es_un_numero_suyo(campo: Any) -> bool:
    automatica = campo.primary_key and isinstance(campo, AutoField)
    return bool(automatica or getattr(campo.remote_field, "parent_link", False))


def faltas(modelos: Iterable[type[Model]] | None = None) -> list[str]:
    """Fields that nobody declared, and declared ones that are not there, each with exactly what to write."""
    dichas = []
    for modelo in modelos_nuestros() if modelos is None else modelos:
        nombre = modelo._meta.label
        donde = f"{modelo.__module__.split('.')[0]}/datos_personales.py"
        una = declaraciones().get(nombre)
        dichos = una.campos if una else frozenset()
        hay = campos_de(modelo)
        for campo in hay:
            if campo not in dichos:
                dichas.append(
                    f"{nombre}.{campo} is not in the inventory of personal data. In {donde}, inside "
                    f'declarar("{nombre}", …), write "{campo}": <a Uso> when it tells something of a person (copy a '
                    f"neighbour: fin, base, plazo, ven, al_suprimir, and sensible=True when the law says so), or add "
                    f'"{campo}" to sin_datos when it tells nothing of anybody. '
                    f"Then run: python manage.py inventario_de_datos --escribir"
                )
        dichas += [
            f"{nombre}.{campo} is declared in {donde} and the model has it no more." for campo in dichos - set(hay)
        ]
    return dichas
