"""Figures of the service for a machine that watches it: how long answers take, what could not be kept, how things are.

Nothing is counted by person, page or place: the series are the same, and as many, with ten people as with a million.
With several processes, each one writes in the folder of ``PROMETHEUS_MULTIPROC_DIR`` and any of them tells the sum.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from .contrato import valor
from .fallas import SEGUROS

HASTA = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
AFUERA = "otras"
CABEN = 64  # files of processes, living or not
NUMERO = re.compile(r"\d+$")


class Mide:
    """Goes first of all. It is not there where nobody reads what it counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not valor("KUSKA_LLAVE_DE_METRICAS"):
            raise MiddlewareNotUsed
        olvidar_a_los_que_murieron()
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desde = perf_counter()
        respuesta = self.get_response(request)
        anotar(request, respuesta, perf_counter() - desde)
        return respuesta


def olvidar_a_los_que_murieron() -> int:
    """Take away what processes that are gone left in the folder, once there are many: reading it all costs the same.

    A sum that went down is, for who reads it, a service that began again.
    """
    carpeta = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    dejados = [(uno, NUMERO.search(uno.stem)) for uno in Path(carpeta).glob("*.db")] if carpeta else []
    if len(dejados) <= CABEN:
        return 0
    muertos = [uno for uno, numero in dejados if numero and not _vive(int(numero[0]))]
    for uno in muertos:
        uno.unlink(missing_ok=True)
    return len(muertos)


def _vive(proceso: int) -> bool:
    try:
        os.kill(proceso, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def puede_leer(request: HttpRequest) -> bool:
    """Whether it brings the key of the site, as Prometheus sends it: ``Authorization: Bearer …``."""
    llave = valor("KUSKA_LLAVE_DE_METRICAS")
    return bool(llave) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {llave}")


def anotar(request: HttpRequest, respuesta: HttpResponse, segundos: float) -> None:
    """Add an answer up."""
    duracion, perdidos = _medidores()
    clase = f"{respuesta.status_code // 100}xx"
    acto = "lee" if request.method in SEGUROS else "envia"
    duracion.labels(sala_de(request), acto, clase).observe(segundos)
    if acto == "envia" and respuesta.status_code >= 500:
        perdidos.labels(str(respuesta.status_code)).inc()


def sala_de(request: HttpRequest) -> str:
    """The room whose page answered: a handful of names, none of them from outside."""
    hallada = getattr(request, "resolver_match", None)
    espacio = hallada.namespaces[0] if hallada and hallada.namespaces else ""
    if espacio.startswith("kuska_"):
        return str(espacio)
    return "editor" if espacio.startswith("wagtail") else AFUERA


@cache
def _medidores() -> tuple[Any, Any]:
    from prometheus_client import Counter, Histogram  # heavy for whoever does not ask for it

    duracion = Histogram(
        "kuska_respuesta_segundos", "Seconds that answers take.", ("sala", "acto", "clase"), buckets=HASTA
    )
    return duracion, Counter("kuska_no_se_guardo", "Sendings answered with 5xx.", ("estado",))


def texto(medidas: dict[str, float]) -> tuple[bytes, str]:
    """Write everything down, with the figures of now beside: (body, type)."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

    _medidores()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registro = CollectorRegistry()
        multiprocess.MultiProcessCollector(registro)
    else:
        registro = CollectorRegistry()
        registro.register(_Copia(REGISTRY))
    registro.register(_DeAhora(medidas))
    return generate_latest(registro), CONTENT_TYPE_LATEST


class _Copia:
    """What this process counted."""

    def __init__(self, registro: Any) -> None:
        self.registro = registro

    def collect(self) -> Iterator[Any]:
        return (una for una in self.registro.collect() if una.name.startswith("kuska_"))


class _DeAhora:
    """What is read when it is asked for."""

    def __init__(self, medidas: dict[str, float]) -> None:
        self.medidas = medidas

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        for nombre, cuanto in sorted(self.medidas.items()):
            yield GaugeMetricFamily(f"kuska_{nombre}", "See docs/guias/administracion.md.", value=cuanto)
