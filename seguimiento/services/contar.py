"""Count again what has a mark, and the days that nobody counted yet. It may stop at any moment and run twice."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from zlib import crc32

from django.db import Error, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cursos.models import Edicion
from instancias.models import Instancia
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo

from ..consultas import contadores, partes
from ..consultas.ambito import Ambito, EdicionDelAmbito, ediciones_del
from ..consultas.instantanea import instantanea
from ..models import ContadorDeInstancia, ContadorDePartes, MarcaDeContador, MarcaDePartes

SEGUNDOS = 100  # of one run
TURNO = 7_300_030  # of the lock that keeps one run at a time
ESCRITURA = 7_300_031  # of whoever writes counters, many at once; whoever forgets them does it alone
DE_UN_DIA = 7_300_032  # with the day: whoever counts it
UN_RATO = 0.5  # seconds until one looks again whether somebody else counted it
UN_DIA = datetime.timedelta(days=1)
MARCAS_A_LA_VEZ = 50_000
Escribir = Callable[[Ambito, tuple[str, ...], list[str]], int]


def contar_lo_marcado(
    *, ahora: datetime.datetime, segundos: float = SEGUNDOS, dias: Iterable[datetime.date] | None = None
) -> int:
    """Bring the counters up to date; return how many were written. Only where the database leaves marks.

    First the marked ones are forgotten, and then what is missing is counted: tomorrow, so that midnight finds it done;
    today; and then back, day by day, until the first of each edition. ``dias``: only these. What is told unit by unit
    comes afterwards, in the same order.
    """
    if not contadores.hay() or not _tomar_turno():
        return 0
    try:
        _olvidar_lo_marcado()
        limite, escritos = time.monotonic() + segundos, 0
        for contar in (_contar_el_dia, _contar_las_partes):
            for ambito in ambitos_de_varias(ahora):
                for dia in dias or _dias(ambito, ahora):
                    escritos += contar(ambito.al_dia(dia), limite)
                    if time.monotonic() > limite:
                        return escritos
        return escritos
    finally:
        _dejar_turno()


def contar_un_dia(ambito: Ambito, *, avisar: Callable[[int], object], hay_tiempo: Callable[[], bool]) -> bool:
    """Count the places of a scope that lack their figures of a day, a province at a time. Whether the page answers now.

    ``avisar`` is told how many provinces have all of theirs, and may raise where it must not go on: what was counted
    stays. Whoever finds somebody else at the same day waits for what they write, and counts nothing twice.
    """
    while True:
        with _turno_del_dia(ambito) as es_suyo:  # what is missing is looked at once it is one's turn
            if contadores.hay() and contadores.marcadas_hasta(ambito.dia):
                _olvidar_lo_marcado(hasta=ambito.dia)
            cuentas, _de_mas, todas = contadores.guardadas(ambito) or ({}, {}, [])
            faltan = _juntar(todas, 4)
            provincias = len({ubigeo[:4] for ubigeo in (*cuentas, *todas)})
            avisar(provincias - len(faltan))
            if contadores.al_momento(ambito, todas):
                return True
            if not hay_tiempo():
                return False
            for hechas, provincia in enumerate(sorted(faltan) if es_suyo else (), provincias - len(faltan) + 1):
                _escribir(ambito, _prefijos(provincia, faltan[provincia]), faltan[provincia])
                avisar(hechas)
                if not hay_tiempo():
                    break
        if not es_suyo:
            time.sleep(UN_RATO)


def _juntar(ubigeos: Iterable[str], largo: int) -> dict[str, list[str]]:
    """Places by the department or the province where they are."""
    juntos: dict[str, list[str]] = {}
    for ubigeo in ubigeos:
        juntos.setdefault(ubigeo[:largo], []).append(ubigeo)
    return juntos


def _prefijos(entero: str, cuales: list[str]) -> tuple[str, ...]:
    """What is asked about, to count some places: those alone where they are few, else the whole that they are of."""
    return tuple(sorted(cuales)) if len(cuales) <= contadores.VIVAS_A_LA_VEZ // 10 else (entero,)


def _tomar_turno() -> bool:
    return bool(_cerrojo("SELECT pg_try_advisory_lock(%s)", TURNO))


def _dejar_turno() -> None:
    _cerrojo("SELECT pg_advisory_unlock(%s)", TURNO)


def _cerrojo(consulta: str, *numeros: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(consulta, numeros)
        return cursor.fetchone()[0]


@contextmanager
def _turno_del_dia(ambito: Ambito) -> Iterator[bool]:
    """Of one worker for each edition and day. SQLite has one worker, and who counts twice there writes the same."""
    if not contadores.hay():
        yield True
        return
    cual = (DE_UN_DIA, crc32(f"{ambito.edicion_id} {ambito.dia}".encode()) - 2**31)
    es_suyo = bool(_cerrojo("SELECT pg_try_advisory_lock(%s, %s)", *cual))
    try:
        yield es_suyo
    finally:
        if es_suyo:
            with suppress(Error):  # a connection that broke left it
                _cerrojo("SELECT pg_advisory_unlock(%s, %s)", *cual)


@contextmanager
def _escribiendo() -> Iterator[None]:
    """While counters are written nobody forgets marks: one of what this look does not see must stay.

    Taken before the look begins, so that it sees whatever was forgotten.
    """
    if not contadores.hay():
        yield
        return
    _cerrojo("SELECT pg_advisory_lock_shared(%s)::text", ESCRITURA)
    try:
        yield
    finally:
        with suppress(Error):
            _cerrojo("SELECT pg_advisory_unlock_shared(%s)", ESCRITURA)


def ambitos_de_varias(ahora: datetime.datetime) -> list[Ambito]:
    """Each edition that reaches several provinces, seen whole: of fewer, the facts answer as fast."""
    codigos = tuple(sorted(set(Edicion.territorios.through.objects.values_list("territorio_id", flat=True))))
    ediciones = ediciones_del(AlcanceEfectivo(codigos)) if codigos else ()
    return [Ambito(una.territorios, ahora, una, ediciones) for una in ediciones if _es_de_varias(una)]


def _es_de_varias(edicion: EdicionDelAmbito) -> bool:
    return any(len(uno) == 2 for uno in edicion.territorios) or len({uno[:4] for uno in edicion.territorios}) > 1


def _dias(ambito: Ambito, ahora: datetime.datetime) -> Iterable[datetime.date]:
    assert ambito.edicion is not None  # noqa: S101 (``ambitos_de_varias`` gives it one)
    manana = timezone.localdate(ahora) + UN_DIA
    cuantos = max((manana - ambito.edicion.inicia).days + 1, 0)
    return [manana - n * UN_DIA for n in range(cuantos)]


@transaction.atomic
def _olvidar_lo_marcado(hasta: datetime.date | None = None) -> None:
    """Forget the counters that a mark reaches, and the marks that were read: whatever comes meanwhile has its own.

    ``hasta``: only the marks that make a difference on that day.
    """
    _cerrojo("SELECT pg_advisory_xact_lock(%s)::text", ESCRITURA)
    _olvidar(_marcas(MarcaDeContador, hasta), ContadorDeInstancia, ContadorDePartes)
    _olvidar(_marcas(MarcaDePartes, hasta), ContadorDePartes)


def _marcas(marca: type[MarcaDeContador | MarcaDePartes], hasta: datetime.date | None) -> dict[str, datetime.date]:
    """From when each place changed; the marks that say it are gone."""
    todas = marca.objects.filter(Q(desde__isnull=True) | Q(desde__lte=hasta) if hasta else Q())
    marcas = list(todas.order_by("pk").values_list("pk", "territorio", "desde")[:MARCAS_A_LA_VEZ])
    desde_cuando: dict[str, datetime.date] = {}
    for _pk, territorio, desde in marcas:
        previo = desde_cuando.get(territorio, datetime.date.max)
        desde_cuando[territorio] = min(previo, desde or datetime.date.min)
    marca.objects.filter(pk__in=[pk for pk, *_resto in marcas]).delete()
    return desde_cuando


def _olvidar(desde_cuando: dict[str, datetime.date], *contadores: type[ContadorDeInstancia | ContadorDePartes]) -> None:
    por_dia: dict[datetime.date, list[str]] = {}
    for territorio, desde in desde_cuando.items():
        por_dia.setdefault(desde, []).append(territorio)
    for contador in contadores:
        if "" in desde_cuando:
            contador.objects.all().delete()
        for desde, territorios in por_dia.items():
            contador.objects.filter(territorio__in=territorios, dia__gte=desde).delete()


def _contar_el_dia(ambito: Ambito, limite: float) -> int:
    ya = ContadorDeInstancia.objects.filter(
        edicion=ambito.edicion_id, dia=ambito.dia, con_titular=ambito.solo_titulares
    )
    return _contar_las_que_faltan(ambito, ya, _escribir, limite)


def _contar_las_partes(ambito: Ambito, limite: float) -> int:
    """The same, of what is told unit by unit."""
    ya = ContadorDePartes.objects.filter(edicion=ambito.edicion_id, dia=ambito.dia)
    return _contar_las_que_faltan(ambito, ya, _escribir_partes, limite)


def _contar_las_que_faltan(ambito: Ambito, ya: QuerySet, escribir: Escribir, limite: float) -> int:
    """Count the tables that lack their counter of the day, a department at a time, unless somebody is at it."""
    escritos = 0
    todas = Instancia.objects.filter(bajo(ambito.convocados, "territorio__ubigeo"))
    with _turno_del_dia(ambito) as es_suyo:
        faltan = todas.exclude(territorio__in=ya.values("territorio")) if es_suyo else todas.none()
        for departamento, cuales in sorted(_juntar(faltan.values_list("territorio_id", flat=True), 2).items()):
            escritos += escribir(ambito, _prefijos(departamento, cuales), cuales)
            if time.monotonic() > limite:
                break
    return escritos


def _escribir(ambito: Ambito, prefijos: tuple[str, ...], cuales: list[str]) -> int:
    """Count these tables in one look, and write them: a fact that comes meanwhile leaves its mark after it.

    Where no marks are left, with the number that each had before they were counted. Who sits at several counts once in
    the edition seen whole, whatever part of it somebody asked for.
    """
    de_la_edicion = replace(ambito, prefijos=ambito.edicion.territorios if ambito.edicion else ambito.prefijos)
    ambito = replace(ambito, prefijos=prefijos)
    numeros = None if contadores.hay() else contadores.numeros_de(ambito)
    with _escribiendo(), instantanea() if contadores.hay() else nullcontext():
        contadas = contadores.contar(ambito, set(cuales))
        repetidas = contadores.repetidas(de_la_edicion, prefijos) if contadores.hay() else {}
        filas = [
            ContadorDeInstancia(
                edicion_id=ambito.edicion_id,
                territorio_id=ubigeo,
                dia=ambito.dia,
                con_titular=ambito.solo_titulares,
                repetidas=repetidas.get(ubigeo, []),
                numero=numeros(ubigeo) if numeros else "",
                **dict(zip(contadores.CAMPOS, cuentas, strict=True)),
            )
            for ubigeo, cuentas in contadas.items()
        ]
        with transaction.atomic():
            de_antes = ContadorDeInstancia.objects.filter(edicion=ambito.edicion_id, dia=ambito.dia)
            de_antes.filter(territorio__in=contadas).delete()
            ContadorDeInstancia.objects.bulk_create(filas)
    return len(contadas)


def _escribir_partes(ambito: Ambito, prefijos: tuple[str, ...], cuales: list[str]) -> int:
    with _escribiendo(), instantanea():
        contadas = partes.contar(replace(ambito, prefijos=prefijos))
        filas = [
            ContadorDePartes(
                edicion_id=ambito.edicion_id,
                territorio_id=ubigeo,
                dia=ambito.dia,
                partes=contadas[ubigeo].por_guardar() if ubigeo in contadas else {},
                repiten=contadas[ubigeo].repiten if ubigeo in contadas else [],
            )
            for ubigeo in cuales
        ]
        ContadorDePartes.objects.bulk_create(filas, ignore_conflicts=True)
    return len(filas)
