"""The trail of acts on people and accounts: who, what, when. Numbers only, never a name or a document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from marco.en_bloque import insertar

from .models import Persona


class ConNumero(Protocol):
    """Somebody registered: the trail needs no more of them than their number."""

    @property
    def pk(self) -> Any: ...


Linea = tuple[str, ConNumero, dict[str, Any]]  # act, whom, data


def anotar(*, accion: str, persona: Persona, por: Any = None, datos: dict[str, Any] | None = None) -> None:
    """Write one line of the append-only trail, about a person known by number."""
    log(instance=persona, action=accion, user=por, title=f"{persona._meta.verbose_name} {persona.pk}", data=datos or {})


def anotar_varias(
    *, accion: str, personas: Iterable[tuple[ConNumero, dict[str, Any]]], por: Any, ahora: datetime.datetime
) -> None:
    """Write the same line about many people, each with its own data, in as many statements for one as for all."""
    anotar_lineas(((accion, persona, datos) for persona, datos in personas), por=por, ahora=ahora)


def anotar_lineas(lineas: Iterable[Linea], *, por: Any, ahora: datetime.datetime) -> None:
    """Write lines of several acts on many people, in as many statements for one as for all."""
    tipo = ContentType.objects.get_for_model(Persona)
    nombre = str(Persona._meta.verbose_name)
    quien = por.pk if por else None
    insertar(
        ModelLogEntry,
        ("content_type", "object_id", "label", "action", "user", "timestamp", "data", "content_changed", "deleted"),
        (
            (tipo.pk, str(persona.pk), f"{nombre} {persona.pk}", accion, quien, ahora, datos, True, False)
            for accion, persona, datos in lineas
        ),
    )


def anotar_de_cuenta(*, accion: str, cuenta: Any, por: Any = None, datos: dict[str, Any] | None = None) -> None:
    """The same for an account that is nobody's person: staff. Done by itself, or by another."""
    titulo = f"{cuenta._meta.verbose_name} {cuenta.pk}"
    log(instance=cuenta, action=accion, user=por or cuenta, title=titulo, data=datos or {})
