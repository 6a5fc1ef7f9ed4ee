"""The trail: lines that only grow, a page that is given without its line and a file that is not, and what is old."""

from __future__ import annotations

import datetime
import sqlite3
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from instancias import rastro
from instancias.models import LineaDeRastro
from instancias.rastro import lineas, paso
from instancias.tasks import olvidar_rastro
from marco.solo_crece import SoloCreceError, soltar, vigilar
from tests import gente

pytestmark = pytest.mark.django_db
DONDE = LineaDeRastro._meta.db_table
DIAS_DE_DOS_ANIOS = 732


def una_linea(**campos) -> LineaDeRastro:
    datos = {"referencia": "x", "en": timezone.now(), "acto": "vio", "papel": "coordina", "persona": 1, **campos}
    return LineaDeRastro.objects.create(**datos)


@pytest.fixture
def vigilada(db):
    """The triggers of the migration, that the tests take away to empty their tables."""
    vigilar(connection, DONDE, "en", 2)
    yield
    soltar(connection, DONDE)


def test_a_line_is_neither_changed_nor_deleted(db):
    linea = una_linea()
    for acto in (
        linea.save,
        linea.delete,
        LineaDeRastro.objects.all().delete,
        lambda: LineaDeRastro.objects.update(cuantas=0),
        lambda: LineaDeRastro.objects.bulk_update([linea], ["cuantas"]),
    ):
        with pytest.raises(SoloCreceError):
            acto()
    assert LineaDeRastro.objects.get().cuantas == 1


@pytest.mark.parametrize("sentencia", [f"UPDATE {DONDE} SET cuantas = 0", f"DELETE FROM {DONDE}"])
def test_the_database_refuses_it_too(vigilada, sentencia):
    una_linea()
    with pytest.raises(DatabaseError, match="solo crece"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentencia)
    assert LineaDeRastro.objects.get().cuantas == 1


def test_only_what_is_two_years_old_is_forgotten(vigilada):
    hace = [timezone.now() - datetime.timedelta(days=dias) for dias in (DIAS_DE_DOS_ANIOS, 729, 1)]
    for en in hace:
        una_linea(en=en)
    assert olvidar_rastro() == 1
    assert [linea.en for linea in LineaDeRastro.objects.order_by("pk")] == hace[1:]
    assert olvidar_rastro() == 0


class TestSinDondeEscribir:
    """A database that cannot write now."""

    @pytest.fixture(autouse=True)
    def _sin_escribir(self, monkeypatch):
        def negar(**_que):
            raise DatabaseError("attempt to write a readonly database")

        monkeypatch.setattr(paso, "escribir", negar)

    def test_a_page_is_given_and_the_log_says_so(self, entrar, coordinadora_a, integrante, caplog):
        respuesta = entrar(coordinadora_a).get(f"/panel/personas/{integrante.pk}")
        assert respuesta.status_code == 200
        assert "sin_linea pantalla=kuska_instancias:persona_editar" in caplog.text
        assert integrante.apellidos not in caplog.text

    def test_a_file_is_not(self, entrar, coordinadora_a, integrante):
        cliente = entrar(coordinadora_a)
        cliente.raise_request_exception = False
        respuesta = cliente.get("/panel/importar/plantilla.xlsx")
        assert respuesta.status_code == 500
        assert b"PK" not in respuesta.content[:2]


def test_a_list_is_one_statement_and_says_how_many(entrar, coordinadora_a, presupuesto):
    personas = [gente.crear_integrante(f"4100000{n}", "Ana", f"Ramos {n}") for n in range(4)]
    cliente = entrar(coordinadora_a)
    cliente.get("/panel/personas")
    lineas_de_la_lista = LineaDeRastro.objects.filter(acto="vio")
    assert [linea.persona for linea in lineas_de_la_lista.order_by("pk")] == [una.pk for una in personas]
    assert {linea.cuantas for linea in lineas_de_la_lista} == {4}
    primera = lineas_de_la_lista.get(encabeza=True)
    assert (primera.cuenta_id, primera.papel, primera.lugar) == (coordinadora_a.pk, "coordina", gente.DISTRITO_A)
    assert primera.pantalla == "kuska_instancias:personas"


def test_what_an_office_does_without_its_request_is_told_as_of_the_office(entrar, integrante, coordinadora_a):
    """A list of many rows is saved in the background: the member read that «Integrante» changed something of theirs."""
    rastro.anotar(accion="instancias.sentar", persona=integrante, por=coordinadora_a)
    assert LineaDeRastro.objects.get(acto="cambio").papel == "coordina"
    pagina = entrar(integrante).get("/mi-cuenta/quien-miro-mis-datos").text.split("<main")[1]
    assert "Coordinación" in pagina and "Integrante" not in pagina


def test_a_line_of_before_is_read_as_what_it_was(entrar, integrante, coordinadora_a):
    datos = {"referencia": "x", "en": timezone.now(), "acto": "cambio", "papel": "integra"}
    LineaDeRastro.objects.create(**datos, persona=integrante.pk, cuenta=coordinadora_a)
    pagina = entrar(integrante).get("/mi-cuenta/quien-miro-mis-datos").text.split("<main")[1]
    assert "Coordinación" in pagina and "Integrante" not in pagina


def test_an_act_that_is_undone_leaves_no_line(integrante, coordinadora_a):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rastro.anotar(accion="instancias.corregir", persona=integrante, por=coordinadora_a)
        assert LineaDeRastro.objects.filter(acto="cambio").exists()
        1 / 0  # noqa: B018
    assert not LineaDeRastro.objects.exists()


def test_what_a_person_does_to_their_own_data_leaves_none(entrar, integrante):
    cliente = entrar(integrante)
    LineaDeRastro.objects.filter(acto="entro").exists()
    cliente.get("/mi-cuenta")
    cliente.post("/mi-cuenta/celular", {"celular": "912345678"})
    assert not LineaDeRastro.objects.exclude(acto__in=["entro", "salio"]).exists()


@pytest.mark.parametrize(("identificador", "hay"), [("40000001", True), ("49999999", False)])
def test_who_does_not_come_in_leaves_a_line_without_what_was_typed(visitante, integrante, identificador, hay):
    visitante.post("/entrar", {"identificador": identificador, "clave": "1234 5670"})
    linea = LineaDeRastro.objects.get(acto="no_entro")
    assert (linea.persona, linea.cuantas) == ((integrante.pk, 1) if hay else (None, 0))
    assert identificador not in map(str, LineaDeRastro.objects.values_list()[0])


def test_the_account_of_a_person_changed_in_the_editor_leaves_one(administradora, integrante):
    from wagtail.log_actions import log

    log(instance=integrante.cuenta, action="wagtail.edit", user=administradora)
    linea = LineaDeRastro.objects.get()
    assert (linea.acto, linea.persona, linea.cuenta_id) == ("cambio", integrante.pk, administradora.pk)


def test_the_list_of_accounts_of_the_editor_leaves_one_and_so_does_a_search(entrar, administradora, integrante):
    cliente = entrar(administradora)
    assert cliente.get("/admin/users/").status_code == 200
    assert LineaDeRastro.objects.filter(acto="vio", persona=integrante.pk, cuantas=2).exists()
    cliente.get("/admin/users/", {"q": "quispe"})
    assert LineaDeRastro.objects.get(acto="busco").detalle == "palabras"
    cliente.get(f"/admin/users/edit/{integrante.cuenta_id}/")
    assert LineaDeRastro.objects.filter(acto="vio", pantalla="wagtailusers_users:edit", persona=integrante.pk).exists()


def test_an_export_of_the_editor_says_whom_it_names(entrar, administradora, integrante):
    rastro.anotar(accion="instancias.corregir", persona=integrante, por=administradora)
    respuesta = entrar(administradora).get("/admin/reports/site-history/", {"export": "csv"})
    assert respuesta.status_code == 200
    assert LineaDeRastro.objects.filter(acto="saco", persona=integrante.pk, detalle="csv").exists()


def test_a_line_of_nobody_takes_one_row(db):
    lineas.escribir(acto="busco", personas=[], cuenta=get_user_model()(pk=1), en=timezone.now(), detalle="palabras")
    linea = LineaDeRastro.objects.get()
    assert (linea.persona, linea.cuantas, linea.encabeza) == (None, 0, True)


class TestQuienVio:
    """What is told of the trail, to who administers and to the person."""

    def mirar_todo(self, entrar, coordinadora_a, persona) -> None:
        cliente = entrar(coordinadora_a)
        for direccion in ("/panel/personas", f"/panel/personas/{persona.pk}", f"/panel/persona/{persona.pk}"):
            assert cliente.get(direccion).status_code == 200
        cliente.get("/panel/personas", {"q": "40000001"})
        cliente.get("/panel/importar/plantilla.xlsx")
        datos = {"nombres": "Rosa", "apellidos": "Quispe Ramos", "celular": "", "documento": "40000001"}
        cliente.post(f"/panel/personas/{persona.pk}", {**datos, "tipo_de_documento": "dni"})

    def test_every_look_of_the_staff_is_told_to_who_administers(
        self, entrar, coordinadora_a, administradora, integrante, integrante_de_b
    ):
        self.mirar_todo(entrar, coordinadora_a, integrante)
        dicho = entrar(administradora).get(f"/panel/personas/{integrante.pk}/quien-vio").content.decode()
        assert dicho.count("coordina-a") == 6
        for texto in (
            "Vio",
            "Buscó",
            "(por número de documento)",
            "Descargó",
            "Cambió",
            "Avance de una persona",
            "Coordinación",
        ):
            assert texto in dicho
        assert "Todavía no hay" in (
            entrar(administradora).get(f"/panel/personas/{integrante_de_b.pk}/quien-vio").content.decode()
        )
        # Asking is a look too.
        assert LineaDeRastro.objects.filter(cuenta=administradora, persona=integrante.pk, acto="vio").count() == 1

    def test_the_person_reads_from_where_and_not_who(self, entrar, coordinadora_a, integrante):
        coordinadora_a.first_name = "Carmen"
        coordinadora_a.save()
        self.mirar_todo(entrar, coordinadora_a, integrante)
        dicho = entrar(integrante).get("/mi-cuenta/quien-miro-mis-datos").content.decode()
        assert "Le encontró en una búsqueda, por número de documento" in dicho
        assert "Coordinación, " in dicho
        assert "Carmen" not in dicho and "coordina-a" not in dicho

    def test_an_account_is_told_a_line_a_request_and_pages_go_back_by_number(
        self, entrar, coordinadora_a, administradora, integrante, presupuesto
    ):
        for n in range(60):
            una_linea(referencia=f"r{n}", cuenta=coordinadora_a, persona=integrante.pk)
        cliente = entrar(administradora)
        cliente.get("/panel/personas")
        with presupuesto(7):
            primera = cliente.get(f"/panel/cuentas/{coordinadora_a.pk}/que-vio").context["tramo"]
        segunda = cliente.get(f"/panel/cuentas/{coordinadora_a.pk}/que-vio?antes={primera.antes}").context["tramo"]
        assert (len(primera.renglones), len(segunda.renglones), segunda.antes) == (50, 10, None)

    def test_the_file_of_the_trail_runs_no_formula_and_leaves_its_line(
        self, entrar, coordinadora_a, administradora, integrante
    ):
        coordinadora_a.first_name = "=cmd|x"
        coordinadora_a.save()
        una_linea(cuenta=coordinadora_a, persona=integrante.pk, detalle="@SUM(A1)")
        respuesta = entrar(administradora).get(f"/panel/personas/{integrante.pk}/quien-vio.csv")
        celdas = respuesta.content.decode().splitlines()[1].split(",")
        assert "'=cmd|x" in celdas and "'@SUM(A1)" in celdas
        assert LineaDeRastro.objects.filter(acto="saco", persona=integrante.pk, detalle="rastro").exists()

    def test_of_two_registers_made_one_both_are_told(self, entrar, administradora, integrante):
        oculta = gente.crear_integrante("40000077", "Rosa", "Quispe")
        una_linea(persona=oculta.pk, pantalla="kuska_seguimiento:recordar")
        type(oculta).objects.filter(pk=oculta.pk).update(absorbida_por=integrante, activa=False)
        assert (
            "Por recordar" in entrar(administradora).get(f"/panel/personas/{integrante.pk}/quien-vio").content.decode()
        )
        assert "Por recordar" in entrar(integrante).get("/mi-cuenta/quien-miro-mis-datos").content.decode()


@pytest.mark.un_motor
@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_whoever_is_saving(entrar, coordinadora_a, integrante, caplog):
    """Somebody holds the lock of SQLite: the page is given at once, without its line, and the next one has its own."""
    cliente = entrar(coordinadora_a)
    cliente.get("/panel/personas")
    antes = LineaDeRastro.objects.count()
    otra = sqlite3.connect(connection.settings_dict["NAME"], uri=True, timeout=0.1)
    otra.execute("BEGIN IMMEDIATE")
    try:
        comienzo = time.monotonic()
        assert cliente.get("/panel/personas").status_code == 200
        assert time.monotonic() - comienzo < 10  # the site waits twenty seconds to save
    finally:
        otra.rollback()
        otra.close()
    assert LineaDeRastro.objects.count() == antes and "sin_linea" in caplog.text
    cliente.get("/panel/personas")
    assert LineaDeRastro.objects.count() > antes
