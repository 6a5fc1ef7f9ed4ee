"""What becomes of the rows of a person whose two registers are made one. Each room says it of its own models.

A part is given by the hook «parte_de_un_registro»: an object of ``Parte`` for each model that points at a person. They
go in order: a certificate follows its enrolment. Whatever nobody answers for stays where it is, and ``sin_atender``
names it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning, register
from django.db.models import Model
from django.utils.functional import Promise
from wagtail import hooks

from marco.restricciones import Restriccion

from .models import Persona
from .politica import AlcanceEfectivo

W_SIN_PARTE = "kuska.W010"
Movido = Mapping[str, "Reparto"]  # by the key of the part


@dataclass(frozen=True)
class Reparto:
    """What becomes of the rows of a model, by number.

    ``pasan``: of the hidden register to the one that stays. ``cambian``: of the one that stays to the hidden one,
    because one that passes takes their place. ``quedan``: of the hidden register, and stay there.
    """

    pasan: tuple[int, ...] = ()
    cambian: tuple[int, ...] = ()
    quedan: tuple[int, ...] = ()


def clave_de(modelo: type[Model], campo: str = "persona") -> str:
    """How the part of a model is called in what moves."""
    return f"{modelo._meta.label}.{campo}"


class Parte:
    """The rows of a model that are of a person: by default they stay where they are."""

    modelo: type[Model]
    campo = "persona"  # what names the person
    titulo: str | Promise = ""  # of its lines, where they are shown; none are without it
    restricciones: tuple[str, ...] = ()  # those that another act at the same moment may win

    @property
    def clave(self) -> str:
        return clave_de(self.modelo, self.campo)

    @property
    def carreras(self) -> list[Restriccion]:
        return [(self.modelo, nombre) for nombre in self.restricciones]

    def de(self, persona: Persona) -> list[int]:
        """The numbers of the rows of a register."""
        filas = self.modelo._base_manager.filter(**{self.campo: persona.pk})
        return list(filas.order_by("pk").values_list("pk", flat=True))

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        """Say what becomes of the rows; ``movido``, of the parts that went before. Only reads."""
        return Reparto(quedan=tuple(self.de(absorbida)))

    def decir(self, reparto: Reparto, queda: Persona, absorbida: Persona, alcance: AlcanceEfectivo) -> dict[int, str]:
        """The rows of both registers in words, by number: what a page shows before. Only reads."""
        return {}

    def notar(self, reparto: Reparto, queda: Persona, absorbida: Persona) -> dict[int, str]:
        """What happens to a row besides, in words, by number. Only reads."""
        return {}

    def preparar(self, reparto: Reparto, queda: Persona, absorbida: Persona, ahora: datetime.datetime) -> Any:
        """Write what must be before the rows move. Return, as JSON, what ``reponer`` needs."""
        return None

    def reponer(self, preparado: Any) -> list[str]:
        """Set that back once the rows are where they were. Return what could not be, a sentence each.

        Raises an ErrorDeDominio when nothing may be undone because of it.
        """
        return []

    def lo_que_siguio(self, movido: Movido, desde: datetime.datetime) -> str:
        """Why the registers cannot be told apart any more: the sentence, or nothing. Only reads."""
        return ""


def pasan_las_que_caben(parte: Parte, queda: Persona, absorbida: Persona, campos: Collection[str]) -> Reparto:
    """Every row passes, but those that the register that stays has already, equal in these fields."""
    filas = parte.modelo._base_manager.order_by("pk")
    ya = set(filas.filter(**{parte.campo: queda.pk}).values_list(*campos))
    pasan, quedan = [], []
    for pk, *valores in filas.filter(**{parte.campo: absorbida.pk}).values_list("pk", *campos):
        (quedan if tuple(valores) in ya else pasan).append(pk)
        ya.add(tuple(valores))
    return Reparto(pasan=tuple(pasan), quedan=tuple(quedan))


@register("kuska")
def relaciones_sin_parte(**_kwargs: Any) -> Iterable[CheckMessage]:
    for clave in sin_atender(partes()):
        yield Warning(
            f"Nobody says what becomes of «{clave}» when two registers of a person are made one: it stays hidden.",
            hint='Return a Parte for it from a function of the hook "parte_de_un_registro".',
            id=W_SIN_PARTE,
        )


def partes() -> list[Parte]:
    """The parts of every room, in order."""
    return [parte for dar in hooks.get_hooks("parte_de_un_registro") for parte in dar()]


def sin_atender(todas: Iterable[Parte]) -> list[str]:
    """Relations with a person for which no part answers: «app.Model.field»."""
    atendidas = {parte.clave for parte in todas}
    return sorted(
        clave
        for modelo in apps.get_models()
        for campo in modelo._meta.concrete_fields
        if campo.is_relation and campo.related_model is Persona
        for clave in [clave_de(modelo, campo.name)]
        if clave not in atendidas
    )
