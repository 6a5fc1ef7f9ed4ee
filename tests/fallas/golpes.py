"""Faults on purpose: a process that dies at a point of an act, a full disk, a clock that lies, a lock that stays."""

from __future__ import annotations

import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from certificados.pdf import compilador
from marco.cola import cola
from marco.fallas import espera_de
from marco.invariantes import revisar

# Of what tests take away to empty tables, and of papers, that are composed apart.
NO_SE_PREGUNTAN = {"rastro_solo_crece", "archivos"}
LARGA = os.environ.get("KUSKA_FALLAS") == "larga"


@dataclass(frozen=True)
class Fin:
    """How a process ended: killed, with a fault, or having answered. ``espera``: seconds that it tells to wait."""

    murio: bool
    dijo: Any = None
    error: str = ""
    espera: int = 0

    @property
    def confirmo(self) -> bool:
        return not self.murio and not self.error


class Verdugo:
    """Kills its own process at a point of an act: before or after each statement, and around the commit."""

    def __init__(self, punto: int) -> None:
        self.punto, self.pasados = punto, 0

    def pasar(self) -> None:
        self.pasados += 1
        if self.pasados == self.punto:
            os.kill(os.getpid(), signal.SIGKILL)

    def mirar(self, ejecutar: Any, sql: str, parametros: Any, muchos: bool, contexto: Any) -> Any:
        self.pasar()
        resultado = ejecutar(sql, parametros, muchos, contexto)
        self.pasar()
        return resultado

    @contextmanager
    def en_la_base(self) -> Iterator[None]:
        confirmar = connection._commit

        def a_punto() -> None:
            self.pasar()
            confirmar()
            self.pasar()

        connection._commit = a_punto
        with connection.execute_wrapper(self.mirar):
            yield


class Aparte:
    """Composing several pages takes threads, for which a copy of whoever composed waits for ever: it asks another."""

    PROGRAMA = """
import pickle, sys
from certificados.pdf.compilador import _compilador
orden, imagenes, como = pickle.load(sys.stdin.buffer)
pickle.dump(_compilador().compile(orden, sys_inputs=imagenes, **como), sys.stdout.buffer)
"""

    def compile(self, orden: bytes, *, sys_inputs: dict[str, str] | None = None, **como: Any) -> Any:
        """The other has no picture at hand: it is given all of them."""
        pedido = pickle.dumps((orden, sys_inputs or getattr(compilador._del_hilo, "imagenes", {}), como))
        hecho = subprocess.run([sys.executable, "-c", self.PROGRAMA], input=pedido, capture_output=True, check=True)
        return pickle.loads(hecho.stdout)  # noqa: S301  what it wrote itself


def empezar(hacer: Callable[[], Any], *, muere_en: int = 0, disco: int | None = None) -> tuple[int, int]:
    """Begin an act in another process, with a queue that takes nothing. Return it, and where it tells its end."""
    connections.close_all()
    ya_compuso = "typst" in sys.modules
    lee, escribe = os.pipe()
    if hijo := os.fork():
        os.close(escribe)
        return hijo, lee
    os.close(lee)
    fin: dict[str, Any] = {}
    try:
        if ya_compuso:
            compilador._compilador = Aparte
        cola.no_antes_de = time.monotonic() + 10_000
        if disco is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (disco, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        with ExitStack() as pila:
            if muere_en:
                pila.enter_context(Verdugo(muere_en).en_la_base())
            fin["dijo"] = hacer()
    except BaseException as error:  # noqa: BLE001  told to who began it
        fin = {"error": f"{type(error).__name__}: {error}", "espera": espera_de(error)}
    os.write(escribe, json.dumps(fin, default=str).encode())
    os._exit(0)


def terminar(empezado: tuple[int, int]) -> Fin:
    hijo, lee = empezado
    with os.fdopen(lee, "rb") as tubo:
        dicho = tubo.read()
    _hijo, estado = os.waitpid(hijo, 0)
    return Fin(murio=os.WIFSIGNALED(estado), **(json.loads(dicho) if dicho else {}))


def aparte(hacer: Callable[[], Any], **como: Any) -> Fin:
    return terminar(empezar(hacer, **como))


def morir_en_cada_punto(hacer: Callable[[], Any], comprobar: Callable[[], Any], *, salto: int = 1) -> int:
    """Kill the process that does an act at its first point, at its second… until it lives. Return how many died."""
    muertes, punto = 0, 1
    while True:
        fin = aparte(hacer, muere_en=punto)
        comprobar()
        if not fin.murio:
            assert fin.confirmo, fin.error
            return muertes
        muertes, punto = muertes + 1, punto + salto


def nada_roto(*, menos: frozenset[str] = frozenset()) -> None:
    rotas = [uno for uno in revisar() if not uno.se_cumple and uno.clave not in NO_SE_PREGUNTAN | menos]
    assert rotas == [], [(una.clave, una.ejemplos, una.error) for una in rotas]
