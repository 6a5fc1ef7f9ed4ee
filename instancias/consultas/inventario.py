"""The inventory of personal data as lines, for a screen or a document.

The fields of a model that share a use go together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marco.inventario import Uso, declaraciones


@dataclass(frozen=True)
class Linea:
    """Some fields of a model, by the words and by the names that the database has, and their use."""

    modelo: str
    titulo: str
    campos: tuple[str, ...]
    palabras: tuple[str, ...]
    uso: Uso

    @property
    def sensibles(self) -> str:
        return _("Sí") if self.uso.sensible else _("No")


def lineas() -> Iterator[Linea]:
    """Every field that tells something of a person, by model. Asks nothing of the database."""
    for nombre, una in sorted(declaraciones().items()):
        modelo = apps.get_model(nombre)
        por_uso: dict[Uso, list[str]] = {}
        for campo, uso in una.usos.items():
            por_uso.setdefault(uso, []).append(campo)
        for uso, campos in por_uso.items():
            palabras = tuple(str(getattr(modelo._meta.get_field(campo), "verbose_name", campo)) for campo in campos)
            yield Linea(nombre, capfirst(str(modelo._meta.verbose_name)), tuple(campos), palabras, uso)


def en_markdown() -> str:
    """The annex of ``docs/seguridad-datos.md``: a row for each use of each model."""
    titulos = (
        _("Registro"), _("Campos"), _("Para qué"), _("Base legal"), _("Sensible"), _("Cuánto se guarda"),
        _("Quién lo ve"), _("Al suprimir"),
    )  # fmt: skip
    filas = [titulos, ("---",) * len(titulos)]
    for una in lineas():
        uso = una.uso
        campos = ", ".join(f"`{campo}`" for campo in una.campos)
        de_la_ley = (uso.fin, uso.base, una.sensibles, uso.plazo, uso.ven, uso.al_suprimir)
        filas.append((f"{una.titulo} (`{una.modelo}`)", campos, *(str(texto) for texto in de_la_ley)))
    return "\n".join(f"| {' | '.join(fila)} |" for fila in filas) + "\n"
