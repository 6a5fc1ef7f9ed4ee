"""Room for the calls of a run of tests, as the threads that answer pages have (``marco.servicio.holgura``)."""

from __future__ import annotations

import threading

import pytest

from marco.servicio.holgura import con_holgura

__all__ = ["con_holgura", "en_cada_hilo"]


def en_cada_hilo(parche: pytest.MonkeyPatch) -> None:
    """Those that answer a browser as well."""
    correr = threading.Thread.run
    parche.setattr(threading.Thread, "run", lambda hilo: con_holgura(correr, hilo))
