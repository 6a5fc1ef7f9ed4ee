"""Upgrading: with a copy before, a rehearsal on it, and the database as it was when anything fails."""

from __future__ import annotations

from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from instancias.models import Persona
from marco.models import CopiaDeRespaldo, Instalacion
from marco.respaldo.actualizar import actualizar, pendientes
from marco.respaldo.carpeta import copias
from marco.respaldo.errores import ErrorDeRespaldo
from marco.respaldo.motores import motor
from marco.respaldo.volver import restaurar
from marco.servicio.puerta import tomar_turno

CREAR = "CREATE TABLE cosa_de_manana (id integer PRIMARY KEY)"
CAMBIAR_A_TODOS = "UPDATE kuska_instancias_persona SET celular = '999999999'"
NO_SE_PUEDE = "SELECT no_existe"
CAMBIO = """from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    operations = [migrations.RunSQL(una) for una in {sentencias!r}]
"""


@pytest.fixture
def manana(aula, monkeypatch, settings, tmp_path):
    """An edition of tomorrow, with a change to make: a table, and afterwards whatever each test says."""

    def poner(*despues: str) -> None:
        paquete = tmp_path / f"manana_{tmp_path.name}"
        paquete.mkdir()
        (paquete / "__init__.py").touch()
        (paquete / "0001_inicial.py").write_text(CAMBIO.format(sentencias=[CREAR, *despues]))
        monkeypatch.syspath_prepend(str(tmp_path))
        settings.MIGRATION_MODULES = {"messages": paquete.name}

    yield poner
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS cosa_de_manana")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'messages'")


def hay_cosa() -> bool:
    return "cosa_de_manana" in connection.introspection.table_names()


def test_up_to_date_it_does_nothing(aula):
    assert actualizar(ahora=timezone.now(), en_uso=True).cambios == 0
    assert copias() == []


def test_it_copies_rehearses_and_changes(aula, manana):
    manana()
    assert pendientes() == ["messages.0001_inicial"]
    dicho = StringIO()
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr("marco.respaldo.actualizar.revisar", lambda **_que: [])
        parche.setattr(type(motor()), "sin_nadie", lambda _suyo: nullcontext())  # the tests have it open
        call_command("actualizar", stdout=dicho)
    assert hay_cosa() and pendientes() == []
    (copia,) = copias()
    assert "antes-de-actualizar" in copia.nombre and f"restaurar {copia.nombre} --encima" in dicho.getvalue()
    assert CopiaDeRespaldo.objects.get().comprobacion == CopiaDeRespaldo.Comprobacion.RESTAURADA


def test_a_change_that_fails_in_the_rehearsal_touches_nothing(aula, manana):
    manana(NO_SE_PUEDE)
    with pytest.raises(ErrorDeRespaldo) as error:
        actualizar(ahora=timezone.now(), en_uso=True)
    assert error.value.codigo == "fallo_el_ensayo"
    assert not hay_cosa() and len(copias()) == 1


def test_a_change_that_fails_half_way_is_undone_to_the_last_row(aula, manana):
    manana(CAMBIAR_A_TODOS, NO_SE_PUEDE)
    identidad, antes = Instalacion.objects.get().identidad, set(Persona.objects.values_list("pk", "celular"))
    with pytest.raises(ErrorDeRespaldo) as error:
        actualizar(ahora=timezone.now(), en_uso=True, ensayo=False)
    assert error.value.codigo == "no_se_actualizo"
    assert not hay_cosa() and set(Persona.objects.values_list("pk", "celular")) == antes
    assert Instalacion.objects.get().identidad == identidad


def test_the_way_back_is_the_copy_of_before(aula, manana, settings):
    manana(CAMBIAR_A_TODOS)
    antes = set(Persona.objects.values_list("pk", "celular"))
    hecha = actualizar(ahora=timezone.now(), en_uso=True, ensayo=False)
    assert set(Persona.objects.values_list("celular", flat=True)) == {"999999999"}
    settings.MIGRATION_MODULES = {}  # the former edition is installed again
    restaurar(
        next(una.archivo for una in copias() if una.nombre == hecha.copia),
        ahora=timezone.now(),
        encima=True,
        en_uso=True,
    )
    assert not hay_cosa() and set(Persona.objects.values_list("pk", "celular")) == antes


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other engine counts its connections")
def test_nothing_is_put_back_under_a_service_that_is_on(tmp_path):
    """Idle, it holds no lock of the database: it holds its turn beside it."""
    base = tmp_path / "aula.sqlite3"
    base.touch()
    suyo = motor()
    suyo.archivo = base
    suyo.exigir_que_nadie_escriba()
    turno = tomar_turno(tmp_path)
    with pytest.raises(ErrorDeRespaldo) as error:
        suyo.exigir_que_nadie_escriba()
    assert error.value.codigo == "en_uso"
    turno.close()
    suyo.exigir_que_nadie_escriba()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other engine counts its connections")
def test_nobody_turns_the_service_on_while_a_copy_is_put_back(tmp_path, settings):
    """What people sent meanwhile would be lost under it, after they were told that it was saved."""
    settings.KUSKA_CARPETA = tmp_path / "servicio"
    settings.KUSKA_CARPETA.mkdir()
    base = tmp_path / "aula.sqlite3"
    base.touch()
    suyo = motor()
    suyo.archivo = base
    with suyo.sin_nadie():
        for carpeta in (tmp_path, settings.KUSKA_CARPETA):
            with pytest.raises(CommandError, match="una orden que los está cambiando"):
                tomar_turno(carpeta)
    tomar_turno(tmp_path).close()
