"""What a province costs to who looks at it again and again, while its people work: in processor, beside the bare floor.

Its time is of the processor of this process and of that of its connection to PostgreSQL, in turns with the floor, so
that a machine that is busy with other things tells the same ratios.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from cms.rendimiento.ajustes import CUENTA, LEER
from cms.rendimiento.procesos import segundos_de
from cursos.models import Inscripcion
from instancias.models import Alcance, Territorio

from . import pais_inscrito
from .banco import DE_TRANSACCION, cliente_de
from .banco_pais import PISOS, montar

DISTRITOS = 10
PISOS_DE_UN_DISTRITO = 50  # with five hundred people
TRAS_UN_ACTO = ", tras un acto"
SIN_NADA_NUEVO = ", sin nada nuevo"


@dataclass(frozen=True)
class Pagina:
    """A page by processor, in seconds: of this process, and of the database apart. ``piso``, of both together."""

    nombre: str
    paginas: float
    base: float
    piso: float
    sentencias: int
    bytes: int
    meta: float

    @property
    def veces(self) -> float:
        return (self.paginas + self.base) / self.piso

    @property
    def cumple(self) -> bool:
        return not self.meta or self.veces <= self.meta

    @property
    def veredicto(self) -> str:
        return "cumple" if self.cumple else f"NO cumple: más de {self.meta:g} pisos"


def paginas(cuantas: int, *, rondas: int) -> Iterator[Pagina]:
    """Write a province of so many people and measure its pages, after an act of one of them and with nothing new."""
    montar(cuantas, DISTRITOS)
    con_piso = [*settings.AUTHENTICATION_BACKENDS, CUENTA]
    with override_settings(AUTHENTICATION_BACKENDS=con_piso):
        yield from _paginas(rondas)


def _paginas(rondas: int) -> Iterator[Pagina]:
    cuenta = get_user_model().objects.create_user(username="banco-de-una-provincia", password=None)
    una = Territorio.objects.filter(nivel="provincia", ubigeo__gte=pais_inscrito.DEPARTAMENTOS[0]).earliest("ubigeo")
    Alcance.objects.create(cuenta=cuenta, territorio=una, desde=timezone.localdate())
    desnudo, cliente = Client(), cliente_de(cuenta)
    desnudo.force_login(cuenta, backend=CUENTA)
    actos = _actos(una.ubigeo)
    distrito = Territorio.objects.filter(nivel="distrito", ubigeo__startswith=una.ubigeo).earliest("ubigeo").ubigeo
    pedidas = (
        ("panel de una provincia", "/panel", PISOS),
        ("mapa", "/panel/mapa", PISOS),
        ("metas", "/panel/metas", PISOS),
        ("a quién recordar", "/panel/recordar", PISOS),
        ("panel de un distrito", f"/panel/distrito/{distrito}", PISOS_DE_UN_DISTRITO),
    )
    for nombre, direccion, meta in pedidas:
        for cual, antes in ((TRAS_UN_ACTO, actos), (SIN_NADA_NUEVO, None)):
            yield _medir(nombre + cual, cliente, direccion, desnudo, antes, meta, rondas)


def _actos(provincia: str) -> Iterator[Callable[[], Any]]:
    """What people do, each time another one of another district: one more part done, now."""
    en_camino = Inscripcion.objects.filter(territorio__ubigeo__startswith=provincia, terminada_en=None)
    en_camino = en_camino.exclude(iniciada_en=None).filter(hechas__lt=F("requeridas") - 1).order_by("pk")

    def avanzar(pk: int) -> None:
        hechas = Inscripcion.objects.values_list("hechas", flat=True).get(pk=pk)
        Inscripcion.objects.filter(pk=pk).update(hechas=hechas % 7 + 1, ultima_actividad_en=timezone.now())

    for pk in cycle(en_camino.values_list("pk", flat=True)):
        yield lambda pk=pk: avanzar(pk)  # type: ignore[misc]


def _medir(
    nombre: str,
    cliente: Client,
    direccion: str,
    desnudo: Client,
    actos: Iterator[Callable[[], Any]] | None,
    meta: float,
    rondas: int,
) -> Pagina:
    def actuar() -> None:
        for acto in islice(actos or (), 1):
            acto()

    def piso() -> None:
        desnudo.get(LEER)

    hechas: list[str] = []

    def anotar(ejecutar: Any, sql: str, *resto: Any) -> Any:
        hechas.append(sql)
        return ejecutar(sql, *resto)

    for _vez in range(2):
        actuar()
        cliente.get(direccion)
        piso()
    actuar()
    with connection.execute_wrapper(anotar):
        respuesta = cliente.get(direccion)
    if respuesta.status_code != 200:
        raise RuntimeError(f"{direccion}: {respuesta.status_code}")
    de_la_pagina, del_piso = [], []
    for _vez in range(rondas):
        actuar()
        de_la_pagina.append(_gasto(lambda: cliente.get(direccion)))
        del_piso.append(sum(_gasto(piso)))
    aqui, alla = (statistics.median(unos) for unos in zip(*de_la_pagina, strict=True))
    sentencias = sum(1 for sql in hechas if not sql.lstrip().startswith(DE_TRANSACCION))
    return Pagina(nombre, aqui, alla, statistics.median(del_piso), sentencias, len(respuesta.content), meta)


def _gasto(acto: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of processor of this process, and of the one of its connection where the database is apart."""
    de_la_base = _de_la_base()
    aqui, alla = time.process_time(), segundos_de(de_la_base)
    acto()
    return time.process_time() - aqui, segundos_de(de_la_base) - alla


def _de_la_base() -> list[int]:
    if connection.vendor != "postgresql":
        return []
    connection.ensure_connection()
    return [connection.connection.info.backend_pid]
