"""The trail of acts on people and accounts: who, what, when. Numbers only, never a name or a document."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import log

from ..models import Persona


def anotar(*, accion: str, persona: Persona, por: Any = None, datos: dict[str, Any] | None = None) -> None:
    """Write one line of the append-only trail, about a person known by number."""
    log(instance=persona, action=accion, user=por, title=f"{persona._meta.verbose_name} {persona.pk}", data=datos or {})


def anotar_de_cuenta(*, accion: str, cuenta: Any) -> None:
    """The same for an account that is nobody's person: staff."""
    log(instance=cuenta, action=accion, user=cuenta, title=f"{cuenta._meta.verbose_name} {cuenta.pk}")
