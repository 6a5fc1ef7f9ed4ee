"""What a migration makes at once ends as it would step by step."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from marco.checks.salas import salas
from marco.de_una_vez import DeUnaVez

pytestmark = [pytest.mark.un_motor, pytest.mark.django_db]
SALA = "sala_de_prueba"


def pasos() -> list:
    """A model that exists already is touched by those that begin here."""
    return [
        migrations.CreateModel(
            "Libro", [("id", models.BigAutoField(primary_key=True)), ("titulo", models.TextField())]
        ),
        migrations.CreateModel(
            "Hoja",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("numero", models.IntegerField()),
                ("libro", models.ForeignKey(f"{SALA}.libro", models.CASCADE, related_name="hojas")),
                ("lectores", models.ManyToManyField(f"{SALA}.lector")),
            ],
        ),
        migrations.AddField("libro", "portada", models.ForeignKey(f"{SALA}.hoja", models.SET_NULL, null=True)),
        migrations.AddField("hoja", "de", models.ForeignKey(f"{SALA}.lector", models.PROTECT, related_name="suyas")),
        migrations.AddIndex("hoja", models.Index(fields=["de", "numero"], name="hoja_por_numero")),
        migrations.AddConstraint("hoja", models.UniqueConstraint(fields=["libro", "numero"], name="hoja_una")),
        migrations.AddConstraint("libro", models.CheckConstraint(condition=~models.Q(titulo=""), name="con_titulo")),
    ]


def aplicar(base: DatabaseWrapper, operaciones: list, *, y_quitar: bool = False) -> ProjectState:
    antes = migrations.Migration("antes", SALA)
    antes.operations = [migrations.CreateModel("Lector", [("id", models.BigAutoField(primary_key=True))])]
    una = migrations.Migration("una", SALA)
    una.operations = operaciones
    estado = ProjectState()
    assert estado.apps  # drawn, as when it migrates
    with base.schema_editor() as editor:
        estado = antes.apply(estado, editor)
    al_empezar = estado.clone()
    with base.schema_editor() as editor:
        estado = una.apply(estado, editor)
    if y_quitar:
        with base.schema_editor() as editor:
            una.unapply(al_empezar, editor)
    return estado


def en_la_base(base: DatabaseWrapper) -> set[tuple]:
    with base.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name != 'sqlite_sequence'")
        return set(cursor.fetchall())


@pytest.fixture
def bases():
    hechas = [DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:"}, alias) for alias in ("una", "otra")]
    for cada in hechas:
        connections[cada.alias] = cada
    yield hechas
    for cada in hechas:
        cada.connection.close()
        del connections[cada.alias]


def test_at_once_it_ends_as_step_by_step(bases):
    por_pasos, de_una_vez = bases
    aplicar(por_pasos, pasos())
    estado = aplicar(de_una_vez, [DeUnaVez(pasos())])
    assert en_la_base(de_una_vez) == en_la_base(por_pasos)
    assert {una[1] for una in en_la_base(de_una_vez)} >= {f"{SALA}_libro", f"{SALA}_hoja_lectores", "hoja_por_numero"}
    lector = estado.apps.get_model(SALA, "lector")
    assert {uno.name for uno in lector._meta.related_objects} == {"suyas", "hoja"}, "who was there knows the new ones"


def test_what_was_made_at_once_is_taken_away(bases):
    una, otra = bases
    aplicar(una, [])
    aplicar(otra, [DeUnaVez(pasos())], y_quitar=True)
    assert en_la_base(otra) == en_la_base(una) != set()


@pytest.mark.parametrize(
    "otra",
    [
        migrations.AddField("lector", "edad", models.IntegerField()),
        migrations.AlterField("libro", "titulo", models.CharField(max_length=20)),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.DeleteModel("Libro"),
    ],
    ids=lambda una: type(una).__name__,
)
def test_only_what_begins_here_goes_at_once(otra):
    with pytest.raises(TypeError, match="no es de un modelo que empieza aquí"):
        DeUnaVez([*pasos(), otra])


def test_an_application_that_a_site_adds_later_is_not_asked_for_before_the_rooms():
    """Django refuses a history where what a migration stands on is missing: also what was not installed then."""
    de_las_salas = {nombre for sala in salas() for nombre in sala.aplicaciones}
    suyas = import_module("instancias.migrations.0001_inicial").Migration.dependencies
    de_otros = {sala for sala, _cual in suyas if sala in apps.app_configs} - {get_user_model()._meta.app_label}
    assert "wagtailimages" in de_otros
    assert {apps.get_app_config(sala).name for sala in de_otros} <= de_las_salas
