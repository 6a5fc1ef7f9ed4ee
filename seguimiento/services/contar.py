"""Count again what has a mark, and the days that nobody counted yet. It may stop at any moment and run twice."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from dataclasses import replace

from django.db import connection, transaction
from django.utils import timezone

from cursos.models import Edicion
from instancias.models import Instancia
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo

from ..consultas import contadores
from ..consultas.ambito import Ambito, EdicionDelAmbito, ediciones_del
from ..consultas.instantanea import instantanea
from ..models import ContadorDeInstancia, MarcaDeContador

SEGUNDOS = 100  # of one run
TURNO = 7_300_030  # of the lock that keeps one run at a time
UN_DIA = datetime.timedelta(days=1)
MARCAS_A_LA_VEZ = 50_000


def contar_lo_marcado(
    *, ahora: datetime.datetime, segundos: float = SEGUNDOS, dias: Iterable[datetime.date] | None = None
) -> int:
    """Bring the counters up to date; return how many were written. Only where the database leaves marks.

    First the marked ones are forgotten, and then what is missing is counted: tomorrow, so that midnight finds it done;
    today; and then back, day by day, until the first of each edition. ``dias``: only these.
    """
    if not contadores.hay() or not _tomar_turno():
        return 0
    try:
        _olvidar_lo_marcado()
        limite, escritos = time.monotonic() + segundos, 0
        for ambito in ambitos_de_varias(ahora):
            for dia in dias or _dias(ambito, ahora):
                escritos += _contar_el_dia(ambito.al_dia(dia), limite)
                if time.monotonic() > limite:
                    return escritos
        return escritos
    finally:
        _dejar_turno()


def _tomar_turno() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURNO])
        return bool(cursor.fetchone()[0])


def _dejar_turno() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [TURNO])


def ambitos_de_varias(ahora: datetime.datetime) -> list[Ambito]:
    """Each edition that reaches several provinces, seen whole: of fewer, the facts answer as fast."""
    codigos = tuple(sorted(set(Edicion.territorios.through.objects.values_list("territorio_id", flat=True))))
    ediciones = ediciones_del(AlcanceEfectivo(codigos)) if codigos else ()
    return [Ambito(una.territorios, ahora, una, ediciones) for una in ediciones if _es_de_varias(una)]


def _es_de_varias(edicion: EdicionDelAmbito) -> bool:
    return any(len(uno) == 2 for uno in edicion.territorios) or len({uno[:4] for uno in edicion.territorios}) > 1


def _dias(ambito: Ambito, ahora: datetime.datetime) -> Iterable[datetime.date]:
    assert ambito.edicion is not None  # noqa: S101 (``_ambitos`` gives it one)
    manana = timezone.localdate(ahora) + UN_DIA
    cuantos = max((manana - ambito.edicion.inicia).days + 1, 0)
    return [manana - n * UN_DIA for n in range(cuantos)]


@transaction.atomic
def _olvidar_lo_marcado() -> None:
    """Forget the counters that a mark reaches, and the marks that were read: whatever comes meanwhile has its own."""
    marcas = list(MarcaDeContador.objects.order_by("pk").values_list("pk", "territorio", "desde")[:MARCAS_A_LA_VEZ])
    desde_cuando: dict[str, datetime.date] = {}
    for _pk, territorio, desde in marcas:
        previo = desde_cuando.get(territorio, datetime.date.max)
        desde_cuando[territorio] = min(previo, desde or datetime.date.min)
    if "" in desde_cuando:
        ContadorDeInstancia.objects.all().delete()
    por_dia: dict[datetime.date, list[str]] = {}
    for territorio, desde in desde_cuando.items():
        por_dia.setdefault(desde, []).append(territorio)
    for desde, territorios in por_dia.items():
        ContadorDeInstancia.objects.filter(territorio__in=territorios, dia__gte=desde).delete()
    MarcaDeContador.objects.filter(pk__in=[pk for pk, *_resto in marcas]).delete()


def _contar_el_dia(ambito: Ambito, limite: float) -> int:
    """Count the tables that lack their counter of the day, a department at a time."""
    ya = ContadorDeInstancia.objects.filter(
        edicion=ambito.edicion_id, dia=ambito.dia, con_titular=ambito.solo_titulares
    )
    escritos = 0
    faltan: dict[str, list[str]] = {}
    todas = Instancia.objects.filter(bajo(ambito.convocados, "territorio__ubigeo"))
    for ubigeo in todas.exclude(territorio__in=ya.values("territorio")).values_list("territorio_id", flat=True):
        faltan.setdefault(ubigeo[:2], []).append(ubigeo)
    for departamento, cuales in sorted(faltan.items()):
        prefijos = tuple(sorted(cuales)) if len(cuales) <= contadores.VIVAS_A_LA_VEZ // 10 else (departamento,)
        escritos += _escribir(ambito, prefijos, cuales)
        if time.monotonic() > limite:
            break
    return escritos


def _escribir(ambito: Ambito, prefijos: tuple[str, ...], cuales: list[str]) -> int:
    """Count these tables in one look, and write them: a fact that comes meanwhile leaves its mark after it."""
    with instantanea():
        contadas = contadores.contar(replace(ambito, prefijos=prefijos), set(cuales))
        repetidas = contadores.repetidas(ambito, prefijos)
        ContadorDeInstancia.objects.filter(edicion=ambito.edicion_id, dia=ambito.dia, territorio__in=contadas).delete()
        ContadorDeInstancia.objects.bulk_create(
            ContadorDeInstancia(
                edicion_id=ambito.edicion_id,
                territorio_id=ubigeo,
                dia=ambito.dia,
                con_titular=ambito.solo_titulares,
                repetidas=repetidas.get(ubigeo, []),
                **dict(zip(contadores.CAMPOS, cuentas, strict=True)),
            )
            for ubigeo, cuentas in contadas.items()
        )
    return len(contadas)
