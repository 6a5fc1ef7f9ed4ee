"""Acts on people and accounts, each written where it is done: in the log of Wagtail and in the trail, or in none."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from marco.en_bloque import insertar

from ..models import LineaDeRastro, Persona
from .lineas import escribir, escribir_grupos, suya_de


class ConNumero(Protocol):
    """Somebody registered: the trail needs no more of them than their number."""

    @property
    def pk(self) -> Any: ...


Acto = LineaDeRastro.Acto
DE_LA_PUERTA = {"instancias.entrar": Acto.ENTRO, "instancias.salir": Acto.SALIO}
Linea = tuple[str, ConNumero, dict[str, Any]]  # act, whom, data


def anotar(*, accion: str, persona: Persona, por: Any = None, datos: dict[str, Any] | None = None) -> None:
    """Write one line of the append-only trail, about a person known by number."""
    log(instance=persona, action=accion, user=por, title=f"{persona._meta.verbose_name} {persona.pk}", data=datos or {})
    cambio(accion=accion, personas=[persona.pk], por=por, ahora=timezone.now())


def anotar_varias(
    *, accion: str, personas: Iterable[tuple[ConNumero, dict[str, Any]]], por: Any, ahora: datetime.datetime
) -> None:
    """Write the same line about many people, each with its own data, in as many statements for one as for all."""
    anotar_lineas(((accion, persona, datos) for persona, datos in personas), por=por, ahora=ahora)


def anotar_lineas(lineas: Iterable[Linea], *, por: Any, ahora: datetime.datetime) -> None:
    """Write lines of several acts on many people, in as many statements for one as for all."""
    lineas = list(lineas)
    if not lineas:
        return
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
    grupos: dict[str, dict[int, None]] = {}
    for accion, persona, _datos in lineas:
        grupos.setdefault(accion, {})[persona.pk] = None
    escribir_grupos(
        ((Acto.CAMBIO, accion, list(personas), None) for accion, personas in grupos.items()), cuenta=por, en=ahora
    )


def anotar_de_cuenta(*, accion: str, cuenta: Any, por: Any = None, datos: dict[str, Any] | None = None) -> None:
    """The same for an account that is nobody's person: staff. Done by itself, or by another."""
    titulo = f"{cuenta._meta.verbose_name} {cuenta.pk}"
    log(instance=cuenta, action=accion, user=por or cuenta, title=titulo, data=datos or {})
    if por is None or por == cuenta:
        _de_la_puerta(accion, None, cuenta)
    else:
        cambio_de_cuenta(accion=accion, persona=suya_de(cuenta), por=por)


def cambio(*, accion: str, personas: Iterable[int], por: Any, ahora: datetime.datetime) -> None:
    """Tell, inside the transaction of an act, whom it changed. What one does about oneself leaves no line."""
    suya = suya_de(por)
    if accion in DE_LA_PUERTA:
        _de_la_puerta(accion, suya, por)
        return
    ajenas = list(dict.fromkeys(numero for numero in personas if numero != suya))
    if ajenas:
        escribir(acto=Acto.CAMBIO, personas=ajenas, cuenta=por, en=ahora, detalle=accion)


def cambio_de_cuenta(*, accion: str, persona: int | None, por: Any) -> None:
    """Tell that somebody changed the account of somebody else, that may be of nobody registered."""
    escribir(
        acto=Acto.CAMBIO,
        personas=[persona] if persona else [],
        cuenta=por,
        en=timezone.now(),
        detalle=accion,
        cuantas=1,
    )


def no_entro(*, cuenta: Any, motivo: str) -> None:
    """Tell that somebody did not come in: of which account, if there is one. What was typed is not kept."""
    persona = suya_de(cuenta)
    escribir(
        acto=Acto.NO_ENTRO,
        personas=[persona] if persona else [],
        cuenta=cuenta,
        en=timezone.now(),
        detalle=motivo,
        cuantas=1 if cuenta else 0,
    )


def _de_la_puerta(accion: str, persona: int | None, cuenta: Any) -> None:
    if acto := DE_LA_PUERTA.get(accion):
        escribir(acto=acto, personas=[persona] if persona else [], cuenta=cuenta, en=timezone.now(), cuantas=1)
