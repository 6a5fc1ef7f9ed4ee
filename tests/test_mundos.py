"""The tests themselves: a fixture that is poured leaves the rows and the objects that it left when it was made."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from cursos.models import Avance, Inscripcion
from instancias.models import Persona
from seguimiento.models import CambioDeInstancia
from tests import filas_postgres, gente, mundos
from tests.cursos.factories import Programa, crear_leccion
from tests.evaluaciones.factories import ver_lecciones

pytestmark = pytest.mark.django_db


class Contada:
    """The function of a fixture, that counts how many times it was made."""

    def __init__(self, hacer: Any) -> None:
        self.veces = 0

        def contar(**pedidas: Any) -> Any:
            self.veces += 1
            return hacer(**pedidas)

        contar.__qualname__ = f"{hacer.__qualname__} {id(self)}"
        self.fixture = mundos.hecho_una_vez(contar)

    def y_deshacer(self, **pedidas: Any) -> tuple[Any, Any]:
        """Call it, see every row, and leave all as it was."""
        with transaction.atomic():
            resultado = self.fixture(**pedidas)
            todas = mundos.leer()
            transaction.set_rollback(True)
        mundos._sabido = None  # as when another test begins
        return resultado, todas


def una_persona(territorio: Any) -> Any:
    return gente.crear_integrante("40000077", "Rosa", "Quispe")


def test_what_is_poured_is_what_was_made(territorio):
    contada = Contada(una_persona)
    (hecha, filas), (vertida, otras) = (
        contada.y_deshacer(territorio=territorio),
        contada.y_deshacer(territorio=territorio),
    )
    assert contada.veces == 1
    assert filas == otras and vertida == hecha and vertida is not hecha
    sin = {"_state": 0, "_django_version": 0}  # what pickle adds
    assert {**vars(vertida), **sin} == {**vars(hecha), **sin}
    assert vertida.cuenta == hecha.cuenta and vertida.cuenta.password == hecha.cuenta.password
    assert not Persona.objects.exists()


def test_what_it_was_given_is_left_as_it_left_it(territorio, integrante):
    def con_leccion(programa: Any, persona: Any) -> Any:
        programa.otra = crear_leccion(programa.modulos[0], "Otra")
        persona.apodo = "Chabuca"
        inscripcion = programa.inscribir(persona)
        ver_lecciones(inscripcion)
        return inscripcion, programa, persona

    contada = Contada(con_leccion)
    with transaction.atomic():
        contada.fixture(programa=Programa(lecciones=1), persona=integrante)
        hechas = Avance.objects.count()
        transaction.set_rollback(True)
    mundos._sabido = None
    persona, programa = Persona.objects.get(pk=integrante.pk), Programa(lecciones=1)
    inscripcion, el_mismo, la_misma = contada.fixture(programa=programa, persona=persona)
    assert contada.veces == 1
    assert el_mismo is programa and la_misma is persona
    assert programa.otra.title == "Otra" and programa.modulos[0].numchild == 2
    assert persona.apodo == "Chabuca" and inscripcion.persona == persona and inscripcion.edicion == programa.edicion
    assert Inscripcion.objects.get() == inscripcion and Avance.objects.count() == hechas == 2
    assert programa.unidad(programa.otra).titulo == "Otra"


def test_a_browser_comes_back_signed_in(integrante, entrar):
    contada = Contada(lambda integrante: entrar(integrante))
    contada.y_deshacer(integrante=integrante)
    cliente = contada.fixture(integrante=integrante)
    assert contada.veces == 1
    assert cliente.get(reverse("kuska_cursos:inicio")).status_code == 200


def test_what_is_written_afterwards_has_a_number_of_its_own():
    """Also where numbers begin again with each test."""
    contada = Contada(lambda: gente.crear_cuenta("una"))
    hecha, _todas = contada.y_deshacer()
    vertida = contada.fixture()
    otra = gente.crear_cuenta("otra")
    assert contada.veces == 1
    assert vertida.pk == hecha.pk == otra.pk - 1


def test_over_other_rows_it_is_made_again(territorio):
    contada = Contada(una_persona)
    contada.y_deshacer(territorio=territorio)
    territorio[gente.DISTRITO_A].nombre = "Otro nombre"
    territorio[gente.DISTRITO_A].save()
    contada.y_deshacer(territorio=territorio)
    assert contada.veces == 2


@pytest.mark.parametrize("cuanto", [mundos.VALE, datetime.timedelta(days=1), -datetime.timedelta(minutes=1)])
def test_what_grew_old_is_made_again(territorio, time_machine, cuanto):
    contada = Contada(una_persona)
    time_machine.move_to(datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC), tick=False)
    contada.y_deshacer(territorio=territorio)
    contada.y_deshacer(territorio=territorio)
    assert contada.veces == 1
    time_machine.shift(cuanto)
    contada.y_deshacer(territorio=territorio)
    assert contada.veces == 2


def test_nor_does_it_last_until_tomorrow(territorio, time_machine):
    contada = Contada(una_persona)
    time_machine.move_to(datetime.datetime(2026, 11, 24, 4, 59, tzinfo=datetime.UTC), tick=False)  # 23:59 in Lima
    contada.y_deshacer(territorio=territorio)
    time_machine.shift(datetime.timedelta(minutes=2))
    contada.y_deshacer(territorio=territorio)
    assert contada.veces == 2


def test_what_was_written_in_between_is_seen(territorio):
    """What the last fixture knows is of this test, and until something is written."""
    primera, segunda = Contada(una_persona), Contada(lambda persona: gente.crear_cuenta("otra"))
    persona = primera.fixture(territorio=territorio)
    antes = mundos._como_esta()
    assert antes == mundos.leer()
    assert antes is mundos._sabido[1] or connection.vendor != "sqlite"  # the other does not say whether it was written
    Persona.objects.filter(pk=persona.pk).update(nombres="Otra")
    assert mundos._como_esta() == mundos.leer() != antes
    segunda.fixture(persona=persona)
    assert segunda.veces == 1


def test_what_was_undone_is_not_known(territorio):
    """Also when nothing was written since: a database counts what was written, and not what was undone."""
    antes = mundos.leer()
    with transaction.atomic():
        Contada(una_persona).fixture(territorio=territorio)
        despues = mundos.leer()
        transaction.set_rollback(True)
    assert mundos.leer() == antes != despues


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="it is read so much faster that it always is")
def test_what_nobody_wrote_over_is_not_read_again(territorio, monkeypatch):
    Contada(una_persona).fixture(territorio=territorio)
    with monkeypatch.context() as parche:
        parche.setattr(filas_postgres, "_leer", lambda _tablas: pytest.fail("se leyó otra vez"))
        sabidas = mundos.leer()
    filas_postgres.empieza(se_deshace=True)
    assert mundos.leer() == sabidas


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="there a mark is a row that is written over")
def test_every_table_that_a_trigger_adds_to_is_put_right_at_the_end():
    """A poured fixture writes the facts, and the triggers write their marks beside those it brings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        dichas = " ".join(texto for (texto,) in cursor.fetchall())
    escritas = set(re.findall(r"(?i)insert\s+into\s+(kuska_\w+)", dichas))
    assert escritas
    assert escritas <= filas_postgres.DE_DISPARADORES


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="there a mark is a row that is written over")
def test_the_marks_that_are_put_back_are_followed_by_others(territorio):
    """Made where the same facts had left six, and poured where they left none: the next one is the seventh."""

    def renombrar(persona: Persona) -> None:
        Persona.objects.filter(pk=persona.pk).update(nombres="Otra")

    persona, contada = una_persona(territorio), Contada(renombrar)
    with transaction.atomic():
        CambioDeInstancia.objects.all().delete()
        for numero in range(1, 7):
            CambioDeInstancia.objects.create(pk=numero)
        contada.fixture(persona=persona)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        CambioDeInstancia.objects.all().delete()
        cursor.execute("SELECT setval(pg_get_serial_sequence('kuska_seguimiento_cambiodeinstancia', 'id'), 1, false)")
    contada.fixture(persona=persona)

    assert contada.veces == 1
    assert CambioDeInstancia.objects.create().pk == 7


def test_what_cannot_be_given_back_says_so(territorio):
    with pytest.raises(Exception, match="(?i)pickle"):
        Contada(lambda territorio: lambda: None).fixture(territorio=territorio)


def test_one_that_always_begins_from_something_else_is_no_longer_looked_for(territorio, monkeypatch):
    contada = Contada(una_persona)
    for numero in range(mundos.EN_VANO):
        territorio[gente.DISTRITO_A].nombre = f"Otro {numero}"
        territorio[gente.DISTRITO_A].save()
        contada.y_deshacer(territorio=territorio)
    monkeypatch.setattr(mundos, "leer", lambda: pytest.fail("se buscó otra vez"))
    assert contada.fixture(territorio=territorio).nombres == "Rosa"


def test_the_cache_is_as_cold_either_way(territorio):
    contada = Contada(lambda territorio: cache.set("guardado", 1))
    for _vez in range(2):
        contada.y_deshacer(territorio=territorio)
        assert cache.get("guardado") is None
    assert contada.veces == 1


@pytest.mark.django_db(transaction=True)
def test_where_transactions_are_real_it_is_made(django_user_model):
    contada = Contada(lambda: gente.crear_cuenta("una"))
    assert not connection.in_atomic_block
    contada.fixture()
    django_user_model.objects.all().delete()
    contada.fixture()
    assert contada.veces == 2
