"""The folder queue under a reader that never rests: every message arrives whole, once."""

import threading
import time

import pytest
from django.conf import settings
from kombu import Connection

from cms.celery import app
from cms.cola import Transporte
from tests.paciencia import PACIENCIA

MENSAJES = 150


@pytest.fixture
def opciones(tmp_path):
    for nombre in ("cola", "control"):
        (tmp_path / nombre).mkdir()
    return {
        "data_folder_in": str(tmp_path / "cola"),
        "data_folder_out": str(tmp_path / "cola"),
        "control_folder": str(tmp_path / "control"),
        "polling_interval": 0.001,
    }


def test_the_site_uses_it():
    assert settings.CELERY_BROKER_URL == "filesystem://"
    assert isinstance(app.connection().transport, Transporte)


def test_nobody_reads_half_a_message(opciones):
    """Four writers against a reader in a tight loop; with the transport of Kombu this fails within seconds."""
    leidos: list[str] = []

    def escribir(desde: int) -> None:
        with Connection("filesystem://localhost//", transport_options=opciones) as conexion:
            cola = conexion.SimpleQueue("tareas")
            for n in range(MENSAJES):
                cola.put({"n": desde + n, "relleno": "x" * 4000})

    with Connection("filesystem://localhost//", transport_options=opciones) as lectora:
        canal = lectora.default_channel
        cola = lectora.SimpleQueue("tareas")
        hilos = [threading.Thread(target=escribir, args=(MENSAJES * i,)) for i in range(4)]
        for hilo in hilos:
            hilo.start()
        limite = time.monotonic() + PACIENCIA
        while len(leidos) < 4 * MENSAJES and time.monotonic() < limite:
            try:
                mensaje = canal._get("tareas")
            except Exception as error:
                if type(error).__name__ != "Empty":
                    raise
                continue
            leidos.append(mensaje["body"])
        for hilo in hilos:
            hilo.join()
        cola.close()
    assert len(leidos) == len(set(leidos)) == 4 * MENSAJES
