"""Fixtures of every room: the database that outlives flushes, the usual people, the budget of statements."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import pytest
from _pytest.main import pytest_runtestloop as correr_las_pruebas
from django.apps import apps
from django.core.cache import cache
from django.db import connection, connections
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.models.signals import post_save
from django.test import Client, SimpleTestCase, TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import reference_index_auto_update_disabled

from marco.cola import cola
from marco.salud import prueba
from marco.solo_lectura import disco
from tests import filas_postgres, filas_sqlite, gente, moldes, mundos, plantilla, semilla
from tests.holgura import con_holgura, en_cada_hilo
from tests.mundos import hecho_una_vez
from tests.peticiones import ligeras

# No test fails by the clock: a machine under load is slow, and the rule is as true.
settings.register_profile("kuska", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Rules are searched on the default database; on the other, as many as show that it obeys them.
settings.register_profile("kuska-otra-base", settings.get_profile("kuska"), max_examples=25)
settings.load_profile("kuska" if connection.vendor == "sqlite" else "kuska-otra-base")

DE_TRANSACCION = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


def toca_la_base(item: pytest.Item) -> bool:
    pedidas = {"db", "transactional_db", "live_server"}
    de_django = isinstance(clase := getattr(item, "cls", None), type) and issubclass(clase, SimpleTestCase)
    return de_django or item.get_closest_marker("django_db") is not None or bool(pedidas & set(item.fixturenames))


def es_real(item: pytest.Item) -> bool:
    """Whether what it commits is committed."""
    marca = item.get_closest_marker("django_db")
    pedidas = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    clase = getattr(item, "cls", None)
    de_clase = isinstance(clase, type) and issubclass(clase, TransactionTestCase) and not issubclass(clase, TestCase)
    return de_clase or bool((marca and marca.kwargs.get("transaction")) or pedidas)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    (filas_sqlite if connection.vendor == "sqlite" else filas_postgres).empieza(se_deshace=not es_real(item))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test with real transactions empties the tables afterwards: give it back what the migrations wrote.

    With the other database, only what touches a database is tried again.
    """
    if connection.vendor != "sqlite":
        de_la_base = [item for item in items if toca_la_base(item) and not item.get_closest_marker("un_motor")]
        config.hook.pytest_deselected(items=sorted(set(items) - set(de_la_base), key=lambda item: item.nodeid))
        items[:] = de_la_base
    for item in items:
        if es_real(item):
            marca = item.get_closest_marker("django_db")
            campos = {**(marca.kwargs if marca else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**campos), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: looking through it again and again took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    with pytest.MonkeyPatch.context() as parche:
        en_cada_hilo(parche)
        ligeras(parche)
        return con_holgura(correr_las_pruebas, session)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
) -> Iterator[plantilla.Plantilla]:
    """Where the migrated tables come from."""
    with plantilla.puesta(connection) as una:
        yield una


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker: Any,
    django_db_modify_db_settings: plantilla.Plantilla,
) -> Iterator[None]:
    """Keep what the migrations wrote where every connection finds it; with --reuse-db, leave it for the next run."""
    from wagtail.models import Page

    from instancias.models import LineaDeRastro
    from marco.solo_crece import soltar

    plantilla.olvidar_lo_intercambiable()
    if not django_db_keepdb:  # one that is kept remembers migrations that are no longer there
        with django_db_blocker.unblock():
            django_db_modify_db_settings.guardar()
    guardado = getattr(connection, "_test_serialized_contents", None)
    if guardado:
        # Once a browser runs, its event loop gives this thread other connections than the one that was set up:
        # without the rows, the first test with a browser would empty the tables for all that follow.
        type(connections[connection.alias])._test_serialized_contents = guardado
    with django_db_blocker.unblock():
        if not Page.objects.filter(depth=1).exists():
            pytest.exit("La base de pruebas quedó vacía por una corrida cortada: repita con --create-db.", 4)
        soltar(connection, LineaDeRastro._meta.db_table)  # tests empty every table; one of them sets it back
        mundos.preparar()
        if connection.vendor != "sqlite":
            filas_postgres.preparar(moldes.tablas())
    with pytest.MonkeyPatch.context() as parche:
        if guardado:
            with django_db_blocker.unblock():
                devolver = semilla.guardada()
            # In place of emptying every table and saving each row by its model.
            parche.setattr(TransactionTestCase, "_fixture_teardown", lambda _prueba: devolver())
            parche.setattr(BaseDatabaseCreation, "deserialize_db_from_string", lambda *_argumentos: devolver())
        yield
    filas_sqlite.olvidar()
    if django_db_keepdb and guardado:
        with django_db_blocker.unblock():
            if not Page.objects.filter(depth=1).exists():
                # A request that came late may have written a kind of content with another number.
                devolver()


@pytest.fixture(scope="session", autouse=True)
def _sin_indice_de_palabras() -> None:
    """The settings of the tests write no index of words: nor is each thing that is saved read again to find it so."""
    for modelo in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=modelo)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What Wagtail keeps of where each picture is used is asked by no rule of ours, and takes a fifth of the time.

    Of what a whole module shares, too: it is made before any fixture of the test that asks for it first.
    """
    reference_index_auto_update_disabled.value = True
    try:
        return (yield)
    finally:
        with suppress(AttributeError):  # an act of Wagtail's that turns it off turns it on again
            del reference_index_auto_update_disabled.value


@pytest.fixture(autouse=True)
def _cache_limpia() -> Iterator[None]:
    """Site settings and limits live in the cache: no test inherits another's, nor its queue out of reach.

    Emptied afterwards as well: what a whole module shares is made before the first of its tests empties anything.
    """
    cache.clear()
    cola.no_antes_de = 0.0
    disco.olvidar()
    prueba.hasta = 0.0
    yield
    cache.clear()


@pytest.fixture
def presupuesto() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """``with presupuesto(6): cliente.get(…)`` fails, showing them, when more statements reach the database.

    Statements that only open and close transactions are not counted: the host decides how many there are.
    """

    @contextmanager
    def medir(maximo: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captura:
            yield captura
        sentencias = [fila["sql"] for fila in captura.captured_queries if not DE_TRANSACCION.match(fila["sql"])]
        captura.contadas = len(sentencias)
        if len(sentencias) > maximo:
            numeradas = "\n".join(f"{n}. {sql[:300]}" for n, sql in enumerate(sentencias, 1))
            pytest.fail(f"{len(sentencias)} sentencias; el presupuesto es {maximo}:\n{numeradas}", pytrace=False)

    return medir


@pytest.fixture
@hecho_una_vez
def territorio(db: None) -> dict:
    return gente.crear_territorio()


@pytest.fixture
def talleres(db: None) -> Iterator[None]:
    """A kind of unit that no room knows of, as if its app were installed."""
    from cursos import clases
    from tests.talleres.apps import TalleresConfig

    TalleresConfig.ready(apps.get_app_config("talleres"))
    yield
    clases.olvidar("taller")


@pytest.fixture
@hecho_una_vez
def cem(territorio: dict) -> Any:
    return gente.crear_cem()


@pytest.fixture
@hecho_una_vez
def integrante(territorio: dict) -> Any:
    """A learner: titular of a seat of district A."""
    return gente.crear_integrante("40000001", "Rosa", "Quispe Huamán")


@pytest.fixture
@hecho_una_vez
def integrante_de_b(territorio: dict) -> Any:
    """A learner of district B."""
    return gente.crear_integrante("40000002", "Juan", "Tello Ponce", ubigeo=gente.DISTRITO_B)


@pytest.fixture
@hecho_una_vez
def coordinadora_a(territorio: dict) -> Any:
    return gente.crear_coordinacion("coordina-a", gente.DISTRITO_A)


@pytest.fixture
@hecho_una_vez
def coordinador_b(territorio: dict) -> Any:
    return gente.crear_coordinacion("coordina-b", gente.DISTRITO_B)


@pytest.fixture
@hecho_una_vez
def cem_provincial(territorio: dict) -> Any:
    """Staff of the office that follows the whole province."""
    return gente.crear_coordinacion("cem", gente.PROVINCIA, first_name="Carla", last_name="Soto")


@pytest.fixture
@hecho_una_vez
def capacitadora(db: None) -> Any:
    return gente.crear_capacitadora()


@pytest.fixture
@hecho_una_vez
def administradora(db: None) -> Any:
    return gente.crear_cuenta("administra", is_superuser=True, is_staff=True)


@pytest.fixture
def misma_referencia(monkeypatch: pytest.MonkeyPatch) -> None:
    """What names a request in the log is another each time; nothing else may tell one answer from another."""
    monkeypatch.setattr("marco.peticion.nueva_referencia", lambda: "0123456789abcdef")


@pytest.fixture
def visitante() -> Client:
    """Somebody who has not signed in."""
    return Client()


@pytest.fixture
def entrar() -> Callable[[Any], Client]:
    """Return a client signed in as a person or an account."""

    def como(quien: Any) -> Client:
        cliente = Client()
        cliente.force_login(getattr(quien, "cuenta", quien))
        return cliente

    return como
