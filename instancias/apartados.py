"""What the rooms keep of a person, by model: what a copy of their data tells, and what taking them away does.

A room gives its own by the hook «apartado_de_una_persona»: an object of ``Apartado`` for each model with rows about
somebody. Which fields are told, and in which words, is said by the inventory (``datos_personales``): a field that is
declared there is in the copy. ``sin_atender`` names relations with a person that no room answers for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Warning, register
from django.db import models
from django.utils.functional import Promise
from wagtail import hooks

from marco.derivados import CampoDerivado
from marco.inventario import declaraciones
from marco.textos import sin_tildes

from .models import Persona

W_SIN_APARTADO = "kuska.W011"
SUPRIMIDO = "[suprimido]"
ENTRE_PALABRAS = r"[\s,.]+"
# Each letter as a list or a form may write it.
FORMAS = {"a": "aáàäâã", "e": "eéèëê", "i": "iíìïî", "o": "oóòöôõ", "u": "uúùüû", "n": "nñ", "c": "cç"}


@dataclass
class Suprimida:
    """Somebody whose data are being taken away: by number, and by what names them, that must be nowhere afterwards."""

    personas: tuple[int, ...]
    cuentas: tuple[int, ...]
    valores: tuple[str, ...]  # documents, phones, e-mails: of one person alone
    nombres: tuple[tuple[str, str], ...]  # first names and surnames of each register
    por: Any
    ahora: datetime.datetime
    archivos: list[str] = field(default_factory=list)  # of the private storage, to be removed after commit

    def __post_init__(self) -> None:
        partes = [_patron_de_valor(valor) for valor in self.valores if valor]
        de_nombres = {orden for nombres, apellidos in self.nombres for orden in _ordenes(nombres, apellidos)}
        self._estricto = _compilar(partes)
        self._completo = _compilar([*partes, *(_patron_de_nombre(uno) for uno in de_nombres)])

    def nombra(self, texto: str, *, con_nombres: bool = True) -> bool:
        patron = self._completo if con_nombres else self._estricto
        return bool(patron and patron.search(texto))

    def tachar(self, dato: Any, *, con_nombres: bool = True) -> Any:
        """The same text, list or object of JSON, without what names the person."""
        if isinstance(dato, str):
            patron = self._completo if con_nombres else self._estricto
            return patron.sub(SUPRIMIDO, dato) if patron else dato
        if isinstance(dato, dict):
            return {
                self.tachar(clave, con_nombres=con_nombres): self.tachar(valor, con_nombres=con_nombres)
                for clave, valor in dato.items()
            }
        if isinstance(dato, list):
            return [self.tachar(uno, con_nombres=con_nombres) for uno in dato]
        return dato


def _compilar(partes: Collection[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(sorted(partes, key=len, reverse=True)), re.IGNORECASE) if partes else None


def _patron_de_valor(valor: str) -> str:
    """A number is also read with spaces or dashes inside, and never inside a longer one."""
    if valor.isdigit():
        return rf"(?<!\d){'[ .-]?'.join(valor)}(?!\d)"
    return rf"(?<![\w.@+-]){re.escape(valor)}(?![\w@-])"


def _ordenes(nombres: str, apellidos: str) -> Iterator[str]:
    if nombres and apellidos:
        yield f"{nombres} {apellidos}"
        yield f"{apellidos} {nombres}"


def _patron_de_nombre(nombre: str) -> str:
    """Its words with any accent, capital or sign between them."""
    palabras = []
    for palabra in sin_tildes(nombre).split():
        letras = (f"[{FORMAS[letra]}]" if letra in FORMAS else re.escape(letra) for letra in palabra)
        palabras.append("".join(letras))
    return rf"(?<!\w){ENTRE_PALABRAS.join(palabras)}(?!\w)"


def nombre_escrito(texto: str, nombres: str, apellidos: str) -> bool:
    """Whether a text says who somebody is: their whole name, or its first name with its first surname, in any order."""
    cortos = (nombres.split(maxsplit=1)[:1], apellidos.split(maxsplit=1)[:1])
    formas = {*_ordenes(nombres, apellidos), *_ordenes("".join(cortos[0]), "".join(cortos[1]))}
    patron = _compilar([_patron_de_nombre(una) for una in formas])
    return bool(patron and patron.search(texto))


class Apartado:
    """The rows of a model about a person. By default: their declared fields are told, and their texts cleaned."""

    modelo: type[models.Model]
    ruta = "persona"  # how a row reaches the person
    titulo: str | Promise = ""
    sin: tuple[str, ...] = ()  # declared fields that are not told: keys, digests, what another rule keeps closed

    def filas(self, personas: Collection[int]) -> models.QuerySet:
        return self.modelo._base_manager.filter(**{f"{self.ruta}__in": personas}).order_by("pk")

    def campos(self) -> list[models.Field]:
        """What a copy tells of each row: not who of the staff wrote it, nor what is computed."""
        usos = declaraciones()[self.modelo._meta.label].usos
        cuenta = get_user_model()
        return [
            campo
            for campo in self.modelo._meta.concrete_fields
            if campo.name in usos
            and campo.name not in self.sin
            and not isinstance(campo, CampoDerivado)
            and campo.related_model not in (cuenta, Persona)
        ]

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        """Their rows as plain values, in the words of the page. Only reads."""
        campos = self.campos()
        relaciones = [campo.name for campo in campos if campo.is_relation]
        filas = self.filas(personas)
        return [
            {campo.name: valor_de(fila, campo) for campo in campos}
            for fila in (filas.select_related(*relaciones) if relaciones else filas)
        ]

    def suprimir(self, quien: Suprimida) -> int:
        """Take away what names the person and return in how many rows. The rows stay: they are evidence."""
        return limpiar(self.filas(quien.personas), quien)


def valor_de(fila: models.Model, campo: models.Field) -> Any:
    """A value for a copy: a choice and a relation in words, a moment as it is."""
    if campo.is_relation:
        otra = getattr(fila, campo.name)
        return str(otra) if otra is not None else None
    if campo.choices:
        return str(getattr(fila, f"get_{campo.name}_display")())
    valor = getattr(fila, campo.attname)
    return valor if isinstance(valor, (str, int, bool, float, list, dict, type(None))) else campo.value_to_string(fila)


DE_TEXTO = (models.CharField, models.TextField, models.JSONField)


def textos_de(modelo: type[models.Model]) -> list[models.Field]:
    """The columns of a model where a name may be written: not its keys, its choices, nor what is computed from them."""
    return [
        campo
        for campo in modelo._meta.local_concrete_fields
        if isinstance(campo, DE_TEXTO) and not campo.primary_key and not campo.is_relation and not campo.choices
        and not isinstance(campo, CampoDerivado)
    ]  # fmt: skip


def limpiar(filas: Any, quien: Suprimida, *, con_nombres: bool = True) -> int:
    """Take what names somebody out of the texts of these rows. Return how many were touched."""
    campos = textos_de(filas.model)
    tocadas = 0
    for fila in filas.iterator(chunk_size=500):
        cambios = {}
        for campo in campos:
            antes = getattr(fila, campo.attname)
            despues = quien.tachar(antes, con_nombres=con_nombres)
            if despues != antes:
                cambios[campo.attname] = despues[: campo.max_length] if isinstance(despues, str) else despues
        if cambios:
            models.QuerySet(filas.model, using=filas.db).filter(pk=fila.pk).update(**cambios)
            tocadas += 1
    return tocadas


def apartados() -> list[Apartado]:
    """Those of every room, in order."""
    return [uno for dar in hooks.get_hooks("apartado_de_una_persona") for uno in dar()]


def sin_atender(todos: Iterable[Apartado]) -> list[str]:
    """Relations with a person for which no room answers: «app.Model.field»."""
    atendidos = {uno.modelo for uno in todos}
    return sorted(
        f"{modelo._meta.label}.{campo.name}"
        for modelo in apps.get_models()
        if modelo not in atendidos and modelo is not Persona
        for campo in modelo._meta.concrete_fields
        if campo.related_model is Persona
    )


@register("kuska")
def relaciones_sin_apartado(**_kwargs: Any) -> Iterable[CheckMessage]:
    for clave in sin_atender(apartados()):
        yield Warning(
            f"Nobody tells a person what «{clave}» keeps of them, nor takes it away when they ask.",
            hint='Return an Apartado for it from a function of the hook "apartado_de_una_persona".',
            id=W_SIN_APARTADO,
        )
