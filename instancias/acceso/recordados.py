"""The links that somebody made in this session, so that only they can see them again.

The code stays in the session of whoever made it, closed with the server's secret: the database shows nothing.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterable, Mapping

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ..models import Persona
from .services.enlaces import EnlaceCreado, recordar_enlace, recordar_varios

RECORDADOS = "k_enlaces"
CUANTOS = 120


def recordar(request: HttpRequest, creados: Mapping[int, EnlaceCreado]) -> None:
    """Keep links just made, by the number of their person."""
    guardados = {clave: valor for clave, valor in _guardados(request).items() if int(clave) not in creados}
    for persona_id, creado in creados.items():
        guardados[str(persona_id)] = [creado.huella, _velar(creado.codigo.encode(), creado.huella)]
    request.session[RECORDADOS] = dict(list(guardados.items())[-CUANTOS:])


def olvidar(request: HttpRequest, persona: Persona) -> None:
    guardados = _guardados(request)
    if guardados.pop(str(persona.pk), None):
        request.session[RECORDADOS] = guardados


def recordado(request: HttpRequest, persona: Persona, *, ahora: datetime.datetime) -> EnlaceCreado | None:
    """Return the link of a person that was made here, while it opens."""
    huella, velado = _guardados(request).get(str(persona.pk), ("", ""))
    return recordar_enlace(persona=persona, codigo=_abrir(velado, huella), ahora=ahora) if velado else None


def recordados(
    request: HttpRequest, personas: Iterable[Persona], *, ahora: datetime.datetime
) -> dict[int, EnlaceCreado]:
    """The same of many, by their number. One statement."""
    codigos = {
        una.pk: _abrir(velado, huella)
        for una in personas
        for huella, velado in [_guardados(request).get(str(una.pk), ("", ""))]
        if velado
    }
    return recordar_varios(codigos, ahora=ahora)


def ultima_persona(request: HttpRequest) -> int | None:
    """The number of whoever got the last link made here."""
    return next((int(clave) for clave in reversed(_guardados(request))), None)


def _guardados(request: HttpRequest) -> dict[str, list[str]]:
    return dict(request.session.get(RECORDADOS, {}))


def _abrir(velado: str, huella: str) -> str:
    """Covered with a key that changed since, it is no code any more, and opens nothing."""
    return base64.b64decode(_velar(base64.b64decode(velado), huella)).decode(errors="replace")


def _velar(codigo: bytes, huella: str) -> str:
    """Cover, or uncover, with bytes that the secret gives for this link alone."""
    manto = salted_hmac("instancias.enlaces.recordados", huella, algorithm="sha256").digest()
    return base64.b64encode(bytes(uno ^ otro for uno, otro in zip(codigo, manto, strict=False))).decode()
