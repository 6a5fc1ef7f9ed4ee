"""The statements of each scene, counted in this process with Django's test client: the same scenes, the same people."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .celular import HTML, Respuesta
from .escenas import PISOS, Escena, Visitante

DE_TRANSACCION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


class CelularDeDentro:
    """The test client, asked as a phone is."""

    def __init__(self, nombre: str, *, cifrado: bool) -> None:
        self.nombre, self.cifrado = nombre, cifrado

    def pedir(
        self, metodo: str, ruta: str, *, sesion: str = "", campos: Any = None, datos: Any = None, acepta: str = HTML
    ) -> Respuesta:
        cliente = Client(headers={"host": self.nombre, "accept": acepta})
        if sesion:
            cliente.cookies[settings.SESSION_COOKIE_NAME] = sesion
        if metodo == "GET":
            dicho: Any = cliente.get(ruta, secure=self.cifrado)
        elif datos is not None:
            dicho = cliente.post(ruta, datos, content_type="application/json", secure=self.cifrado)
        else:
            dicho = cliente.post(ruta, _con_repetidos(campos), secure=self.cifrado)
        cuerpo = _cuerpo(dicho)
        cabeceras = {nombre.lower(): valor for nombre, valor in dicho.headers.items()}
        return Respuesta(dicho.status_code, cabeceras, cuerpo, 0.0, len(cuerpo), ruta)


def _con_repetidos(campos: Any) -> dict[str, Any]:
    """The pairs of a form as the test client takes them."""
    juntos: dict[str, list[str]] = {}
    for nombre, valor in campos.items() if isinstance(campos, dict) else campos or ():
        juntos.setdefault(nombre, []).append(valor)
    return {nombre: valores if len(valores) > 1 else valores[0] for nombre, valores in juntos.items()}


def _cuerpo(dicho: HttpResponseBase) -> bytes:
    return b"".join(dicho.streaming_content) if dicho.streaming else dicho.content  # type: ignore[attr-defined]


def contar(escenas: Sequence[Escena], sabe: Mapping[str, Any], *, nombre: str, cifrado: bool) -> dict[str, int]:
    """How many statements each scene takes, once what is kept for everybody was read."""
    visitante = Visitante(CelularDeDentro(nombre, cifrado=cifrado), sabe, 0, deque(sabe["evaluados"]))
    cuentas = {}
    for cual, acto in [*PISOS.items(), *((una.nombre, una.hacer) for una in escenas)]:
        acto(visitante)
        with CaptureQueriesContext(connection) as captura:
            acto(visitante)
        cuentas[cual] = sum(
            1 for fila in captura.captured_queries if not fila["sql"].lstrip().startswith(DE_TRANSACCION)
        )
    return cuentas
