"""What the panel costs to who follows a whole country, beside what the database takes to count enrolments by district.

Ratios of one run: to that plain count, and to the floor view. A page that fails says so, with its answer.
"""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from cms.rendimiento.ajustes import LEER
from cursos.models import Inscripcion
from instancias.models import Alcance, Persona, Territorio
from seguimiento.services.contar import contar_lo_marcado

from . import pais_inscrito
from .banco import DE_TRANSACCION, cliente_de

DE_HOY, DE_OTRO_DIA = 1.5, 3.0  # times the plain count, with a million enrolments
PISOS = 12  # times the floor, a province
KILOS = 60  # of HTML before compression
UN_MILLON = 1_000_000
DIAS_ANTES = datetime.timedelta(days=40)  # the other day that is asked
PACIENCIA = 4.0  # seconds: what takes longer is asked fewer times
DEL_PISO = "cms.rendimiento.piso.CuentaDeDjango"
CAMBIO = ", tras un cambio"  # of one person of one of its districts
DE_NADA = ", sin nada guardado"  # as the first time of a day


@dataclass(frozen=True)
class Pagina:
    """A page, how long it takes, and what it may: so many times the plain count, or the floor."""

    nombre: str
    segundos: float
    sentencias: int
    bytes: int
    estado: int
    veces_el_conteo: float
    veces_el_piso: float
    meta: str = ""
    cumple: bool = True

    @property
    def veredicto(self) -> str:
        faltas = [] if self.cumple else [f"más de {self.meta}"]
        faltas += [f"más de {KILOS} KB"] * (self.bytes > KILOS * 1024)
        if self.estado != 200:
            return f"NO cumple: responde {self.estado}"
        return f"NO cumple: {', '.join(faltas)}" if faltas else "cumple"


def montar(cuantas: int, distritos: int = pais_inscrito.DISTRITOS) -> float:
    """Write the country; return how many seconds it took."""
    inicio = time.perf_counter()
    pais_inscrito.poblar(cuantas, pais_inscrito.levantar(distritos))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            _olvidar_lo_vacio(cursor)
    return time.perf_counter() - inicio


def _olvidar_lo_vacio(cursor: Any) -> None:
    """Nobody here has an account, and SQLite takes the empty ones for one and the same: to find that of the floor it
    would read everybody, and each page would look cheap beside it."""
    personas = Persona._meta.db_table
    cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s AND idx LIKE 'sqlite_autoindex%%'", [personas])
    cursor.execute("ANALYZE sqlite_schema")  # read again


def contar() -> float:
    """Let the task count today and the other day that is asked; return how many seconds it took."""
    inicio = time.perf_counter()
    dias = [timezone.localdate(), timezone.localdate() - DIAS_ANTES]
    contar_lo_marcado(ahora=timezone.now(), segundos=float("inf"), dias=dias)
    return time.perf_counter() - inicio


def conteo() -> list[Any]:
    """The plain count: how many enrolments and how many finished, by district. One table, no join."""
    inscripciones = Inscripcion._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT territorio_id, count(*), count(terminada_en) FROM {inscripciones}"  # noqa: S608
            " WHERE edicion_id = %s GROUP BY territorio_id",
            [pais_inscrito.la_edicion().pk],
        )
        return cursor.fetchall()


def paginas(cuantas: int) -> Iterator[Pagina]:
    """Measure the pages of who follows the country, a department, a province and a district, each beside the floor."""
    with override_settings(AUTHENTICATION_BACKENDS=[*settings.AUTHENTICATION_BACKENDS, DEL_PISO]):
        yield from _paginas(cuantas)


def _paginas(cuantas: int) -> Iterator[Pagina]:
    todo, provincia = _cuenta("pais"), _cuenta("provincia")
    pais_inscrito.dar_alcance(todo)
    una = Territorio.objects.filter(nivel="provincia", ubigeo__gte=pais_inscrito.DEPARTAMENTOS[0]).earliest("ubigeo")
    distrito = Territorio.objects.filter(nivel="distrito", ubigeo__startswith=una.ubigeo).earliest("ubigeo")
    Alcance.objects.create(cuenta=provincia, territorio=una, desde=timezone.localdate())
    persona = Persona.objects.filter(inscripciones__territorio=distrito).earliest("pk")
    curso, departamento = pais_inscrito.la_edicion().curso.numero, una.ubigeo[:2]
    antes = timezone.localdate() - DIAS_ANTES
    desnudo = Client()
    desnudo.force_login(provincia, backend=DEL_PISO)

    def piso() -> Any:
        return desnudo.get(LEER)

    piso()
    del_conteo, del_piso = _tiempo(conteo), _tiempo(piso)
    yield Pagina("conteo por distrito", del_conteo, 1, 0, 200, 1.0, del_conteo / del_piso)
    yield Pagina("piso", del_piso, 0, 0, 200, del_piso / del_conteo, 1.0)
    de_hoy, otro_dia = (DE_HOY, DE_OTRO_DIA) if cuantas >= UN_MILLON else (0, 0)
    de_uno = f"territorio={departamento}"  # a department, by who follows the country
    pedidas: list[tuple[str, Any, str, float, float]] = [
        ("panel del país, hoy", todo, "/panel", de_hoy, 0),
        ("panel del país, otro día", todo, f"/panel?al={antes}", otro_dia, 0),
        ("a quién recordar, país", todo, "/panel/recordar", 0, 0),
        ("lista del país", todo, "/panel/lista?ver=sin_actividad", 0, 0),
        ("curso, país", todo, f"/panel/curso/{curso}", 0, 0),
        ("mapa, país", todo, "/panel/mapa", 0, 0),
        ("metas, país", todo, "/panel/metas", 0, 0),
        ("panel de un departamento", todo, f"/panel?{de_uno}", de_hoy, 0),
        ("lista de un departamento", todo, f"/panel/lista?ver=pendientes&{de_uno}", de_hoy, 0),
        ("a quién recordar, departamento", todo, f"/panel/recordar?{de_uno}", de_hoy, 0),
        (f"a quién recordar, departamento{CAMBIO}", todo, f"/panel/recordar?{de_uno}", de_hoy, 0),
        ("sin actividad, departamento", todo, f"/panel/lista?ver=sin_actividad&{de_uno}", de_hoy, 0),
        (
            "asientos sin persona, departamento",
            todo,
            f"/panel/lista?ver=sin_persona&{de_uno}",
            de_hoy,
            0,
        ),
        ("curso, departamento", todo, f"/panel/curso/{curso}?{de_uno}", de_hoy, 0),
        (f"curso, departamento{CAMBIO}", todo, f"/panel/curso/{curso}?{de_uno}", de_hoy, 0),
        ("mapa, departamento", todo, f"/panel/mapa?{de_uno}", de_hoy, 0),
        (
            "curso, departamento, otro día",
            todo,
            f"/panel/curso/{curso}?{de_uno}&al={antes}",
            otro_dia,
            0,
        ),
        ("mapa, departamento, otro día", todo, f"/panel/mapa?{de_uno}&al={antes}", otro_dia, 0),
        ("metas, departamento", todo, f"/panel/metas?{de_uno}", de_hoy, 0),
        ("panel de una provincia", provincia, "/panel", 0, PISOS),
        (f"panel de una provincia{CAMBIO}", provincia, "/panel", 0, PISOS),
        (f"panel de una provincia{DE_NADA}", provincia, "/panel", 0, 0),
        ("panel de una provincia, otro día", provincia, f"/panel?al={antes}", 0, PISOS),
        ("a quién recordar, provincia", provincia, "/panel/recordar", 0, 0),
        (f"a quién recordar, provincia{CAMBIO}", provincia, "/panel/recordar", 0, 0),
        ("lista de una provincia", provincia, "/panel/lista?ver=pendientes", 0, 0),
        ("asientos sin persona", provincia, "/panel/lista?ver=sin_persona", 0, 0),
        ("curso, provincia", provincia, f"/panel/curso/{curso}", de_hoy, 0),
        ("mapa, provincia", provincia, "/panel/mapa", 0, 0),
        ("metas, provincia", provincia, "/panel/metas", 0, 0),
        ("un distrito", provincia, f"/panel/distrito/{distrito.ubigeo}", 0, 0),
        ("una persona", provincia, f"/panel/persona/{persona.pk}", 0, 0),
    ]
    en_camino = Inscripcion.objects.filter(persona__inscripciones__territorio=distrito, terminada_en=None)
    de_alguien = en_camino.exclude(iniciada_en=None).earliest("pk").pk
    clientes: dict[Any, Client] = {}
    for nombre, cuenta, direccion, conteos, pisos in pedidas:
        cliente = clientes.setdefault(cuenta, cliente_de(cuenta))
        cliente.raise_request_exception = False
        yield _medir(nombre, cliente, direccion, conteos, pisos, piso, de_alguien)


def _medir(
    nombre: str,
    cliente: Client,
    direccion: str,
    conteos: float,
    pisos: float,
    piso: Callable[[], Any],
    de_alguien: int,
) -> Pagina:
    """A page in turns with the floor and with the plain count: one moment is of all.

    Not with the count where its goal is of floors: reading a million rows throws away what the processor has at hand,
    that of the page that comes next and not of the floor after it.
    """
    hechas: list[str] = []

    def anotar(ejecutar: Any, sql: str, *resto: Any) -> Any:
        hechas.append(sql)
        return ejecutar(sql, *resto)

    def preparar() -> None:
        if CAMBIO in nombre:
            Inscripcion.objects.filter(pk=de_alguien).update(ultima_actividad_en=timezone.now())
        if DE_NADA in nombre:
            cache.clear()

    def pedir() -> Any:
        return cliente.get(direccion)

    preparar()
    pedir()
    preparar()
    with connection.execute_wrapper(anotar):
        respuesta = pedir()
    sentencias = sum(1 for sql in hechas if not sql.lstrip().startswith(DE_TRANSACCION))
    if pisos:
        [segundos, del_piso], del_conteo = _a_la_vez(pedir, piso, antes=preparar), _tiempo(conteo)
    else:
        segundos, del_piso, del_conteo = _a_la_vez(pedir, piso, conteo, antes=preparar)
    maximo = conteos * del_conteo or pisos * del_piso
    meta = f"{conteos} conteos" if conteos else f"{pisos} pisos" if pisos else ""
    return Pagina(
        nombre,
        segundos,
        sentencias,
        len(respuesta.content),
        respuesta.status_code,
        segundos / del_conteo,
        segundos / del_piso,
        meta,
        not maximo or segundos <= maximo,
    )


def _cuenta(nombre: str) -> Any:
    return get_user_model().objects.create_user(username=f"banco-{nombre}", password=None)


def _tiempo(acto: Callable[[], Any]) -> float:
    return _a_la_vez(acto)[0]


def _a_la_vez(*actos: Callable[[], Any], antes: Callable[[], None] = lambda: None) -> list[float]:
    """Median of several times of each, in seconds, in turns; of fewer, where they take long. ``antes``: what somebody
    does before each turn, that is not measured."""
    tiempos: list[list[float]] = [[] for _acto in actos]
    while len(tiempos[0]) < 3 or (sum(map(sum, tiempos)) < PACIENCIA and len(tiempos[0]) < 20):
        antes()
        for suyos, acto in zip(tiempos, actos, strict=True):
            inicio = time.perf_counter()
            acto()
            suyos.append(time.perf_counter() - inicio)
    return [statistics.median(suyos) for suyos in tiempos]
