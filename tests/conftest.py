"""Fixtures of every room: the database that outlives flushes, the usual people, the budget of statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from tests import gente

# No test fails by the clock: a machine under load is slow, and the rule is as true.
settings.register_profile("kuska", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kuska")

DE_TRANSACCION = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with real transactions empties the tables afterwards: give it back what the migrations wrote."""
    for item in items:
        marca = item.get_closest_marker("django_db")
        pedidas = getattr(item, "fixturenames", ())
        real = (marca and marca.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(pedidas)
        if real:
            campos = {**(marca.kwargs if marca else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**campos), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[None]:
    """Keep what the migrations wrote where every connection finds it; with --reuse-db, leave it for the next run."""
    from wagtail.models import Page

    guardado = getattr(connection, "_test_serialized_contents", None)
    if guardado:
        # Once a browser runs, its event loop gives this thread other connections than the one that was set up:
        # without the rows, the first test with a browser would empty the tables for all that follow.
        type(connections[connection.alias])._test_serialized_contents = guardado
    with django_db_blocker.unblock():
        if not Page.objects.filter(depth=1).exists():
            pytest.exit("La base de pruebas quedó vacía por una corrida cortada: repita con --create-db.", 4)
    yield
    if django_db_keepdb and guardado:
        with django_db_blocker.unblock():
            if not Page.objects.filter(depth=1).exists():
                # A request that came late may have written a kind of content with another number.
                call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
                connection.creation.deserialize_db_from_string(guardado)


@pytest.fixture(autouse=True)
def _cache_limpia() -> None:
    """Site settings and limits live in the cache: no test inherits another's."""
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
def territorio(db: None) -> dict:
    return gente.crear_territorio()


@pytest.fixture
def cem(territorio: dict) -> Any:
    return gente.crear_cem()


@pytest.fixture
def integrante(territorio: dict) -> Any:
    """A learner: titular of a seat of district A."""
    return gente.crear_integrante("40000001", "Rosa", "Quispe Huamán")


@pytest.fixture
def integrante_de_b(territorio: dict) -> Any:
    """A learner of district B."""
    return gente.crear_integrante("40000002", "Juan", "Tello Ponce", ubigeo=gente.DISTRITO_B)


@pytest.fixture
def coordinadora_a(territorio: dict) -> Any:
    return gente.crear_coordinacion("coordina-a", gente.DISTRITO_A)


@pytest.fixture
def coordinador_b(territorio: dict) -> Any:
    return gente.crear_coordinacion("coordina-b", gente.DISTRITO_B)


@pytest.fixture
def cem_provincial(territorio: dict) -> Any:
    """Staff of the office that follows the whole province."""
    return gente.crear_coordinacion("cem", gente.PROVINCIA, first_name="Carla", last_name="Soto")


@pytest.fixture
def capacitadora(db: None) -> Any:
    return gente.crear_capacitadora()


@pytest.fixture
def administradora(db: None) -> Any:
    return gente.crear_cuenta("administra", is_superuser=True, is_staff=True)


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
