"""Statements of each page, at two sizes: they do not grow with people."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cursos.models import Unidad
from instancias.models import LineaDeRastro
from seguimiento.models import Recordatorio
from tests import gente
from tests.seguimiento import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]

DEL_RASTRO = 1  # who was seen: one statement, however many they are (decision 32)
PANEL, LISTA = 12 + DEL_RASTRO, 8 + DEL_RASTRO
DISTRITO = 19 + DEL_RASTRO  # with whom to help and where each one stopped: seven more than its seats alone
PERSONA = 15 + DEL_RASTRO
RECORDAR = LISTA + 4 * 4  # the first time: whom to remind at each of four instancias, and until when (decision 47)


@pytest.fixture(scope="module", params=[2, 30], ids=["pocas", "muchas"])
def poblada(request, django_db_setup, django_db_blocker):
    """Three districts and the provincial table with this many seats each, in every situation. Made once for all."""
    with django_db_blocker.unblock(), transaction.atomic():
        gente.crear_territorio()
        f.crear_tercer_distrito()
        version = f.crear_curso()
        yield poblar(version, f.abrir(version), cuantos=request.param)
        transaction.set_rollback(True)


def poblar(version, edicion, *, cuantos):
    pregunta = f.crear_pregunta(version)
    for ubigeo in (f.PROVINCIA, f.A, f.B, f.C):
        for numero in range(1, cuantos + 1):
            asiento = f.crear_asiento(ubigeo, "T-01" if numero == 1 else "T-04", numero=numero)
            if numero % 5:
                persona = f.sentar(asiento, f"Persona {numero}")
                f.inscribir(persona, edicion, hechas=numero % 5 if numero % 5 < 4 else 3, dias=numero)
                f.sentar(asiento, "Alterna", calidad="alterno")
                if numero % 5 == 3:
                    for _veces in range(4):
                        f.intentar(persona, version, aprobado=False, pregunta=pregunta)
    f.contar_para_el_planificador()
    return edicion


@pytest.fixture
def cliente(entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    cliente.get(reverse("kuska_seguimiento:panel"))  # site settings and names of places are kept for a minute
    return cliente


@pytest.mark.parametrize(
    ("direccion", "maximo"),
    [
        ("/panel", PANEL),
        (f"/panel/distrito/{f.A}", DISTRITO),
        (f"/panel/distrito/{f.PROVINCIA}", DISTRITO),
        ("/panel/mapa", PANEL),
        ("/panel/curso/900", PANEL),
        ("/panel/lista?ver=integrantes", LISTA),
        ("/panel/lista?ver=ayuda", LISTA),
        ("/panel/lista?ver=sin_actividad&instancia=100601", LISTA),
        ("/panel/lista?ver=sin_persona", LISTA),
        ("/panel/lista?ver=alcaldias_al_dia", LISTA),
        (f"/panel/lista?ver=registrado_despues&al={timezone.localdate() - datetime.timedelta(days=1)}", LISTA),
        ("/panel/lista?ver=en_curso&modulo=0", LISTA + 1),  # the title of the module
        ("/panel/recordar", RECORDAR),
        ("/panel/recordar?motivo=vacante", RECORDAR),
        ("/panel/recordar?motivo=detenido", RECORDAR),
    ],
)
def test_a_page_costs_the_same_with_few_people_and_with_many(poblada, cliente, presupuesto, direccion, maximo):
    with presupuesto(maximo):
        assert cliente.get(direccion).status_code == 200


@pytest.mark.parametrize(
    ("direccion", "maximo"), [("/panel", PANEL), (f"/panel/distrito/{f.A}", DISTRITO), ("/panel/recordar", RECORDAR)]
)
def test_the_pages_of_who_signs_with_the_name_of_its_office_cost_the_same(
    poblada, entrar, presupuesto, direccion, maximo
):
    cliente = entrar(gente.crear_coordinacion("sin-nombre", f.PROVINCIA))
    cliente.get(reverse("kuska_seguimiento:panel"))
    with presupuesto(maximo):
        assert cliente.get(direccion).status_code == 200


@pytest.mark.parametrize(
    ("direccion", "maximo"),
    [
        (f"/panel/distrito/{f.A}?", DISTRITO),
        (f"/panel/distrito/{f.PROVINCIA}?", DISTRITO),
        ("/panel/curso/900?", PANEL),
        ("/panel/lista?ver=integrantes&", LISTA),
        ("/panel/lista?ver=terminaron&instancia=100601&", LISTA),
        ("/panel/lista?ver=certificadas&", LISTA),
        ("/panel/lista?ver=sin_persona&", LISTA),
    ],
)
def test_another_day_costs_one_statement_more_at_most(poblada, cliente, presupuesto, direccion, maximo):
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    with presupuesto(maximo) as de_hoy:
        assert cliente.get(direccion).status_code == 200
    with presupuesto(min(len(de_hoy.captured_queries) + 1, maximo)):
        respuesta = cliente.get(f"{direccion}al={ayer}")
    assert respuesta.context["ambito"].al == ayer


@pytest.mark.parametrize("pagina", ["/panel", "/panel/mapa"])
def test_another_day_that_nobody_asked_for_costs_a_few_more_for_each_instancia(poblada, cliente, presupuesto, pagina):
    """However many people: its questions are of one instancia each, written once (decision 47)."""
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    with presupuesto(9 + 4 * 2):
        respuesta = cliente.get(f"{pagina}?al={ayer}")
    assert respuesta.context["ambito"].al == ayer
    with presupuesto(9):
        cliente.get(f"{pagina}?al={ayer}")


def test_a_list_by_lesson_keeps_the_budget(poblada, cliente, presupuesto):
    unidad = Unidad.objects.filter(curso=poblada.curso).first()
    for hecha in ("0", "1"):
        with presupuesto(LISTA):
            cliente.get("/panel/lista", {"ver": "integrantes", "unidad": unidad.pk, "hecha": hecha})


def test_a_person_costs_the_same_whatever_they_did(poblada, cliente, presupuesto):
    persona = f.integrante(f.A, poblada, codigo="T-09", hechas=4)
    with presupuesto(PERSONA):
        assert cliente.get(reverse("kuska_seguimiento:persona", args=[persona.pk])).status_code == 200


def test_the_file_costs_the_same_with_few_people_and_with_many(poblada, cliente, presupuesto):
    ContentType.objects.get_for_model(get_user_model())  # kept by each process, for the line of the log
    with presupuesto(23 + DEL_RASTRO):
        b"".join(cliente.get(reverse("kuska_seguimiento:avance")).streaming_content)


def test_writing_down_a_reminder_is_cheap(poblada, cliente, presupuesto):
    persona = f.integrante(f.A, poblada, codigo="T-09", hechas=1, dias=20)
    with presupuesto(10 + DEL_RASTRO):
        cliente.post(reverse("kuska_seguimiento:ya_avise"), {"persona": persona.pk, "motivo": "detenido"})
    assert Recordatorio.objects.count() == 1


def test_reading_a_page_writes_nothing_but_its_line(poblada, cliente, presupuesto):
    with presupuesto(PANEL) as captura:
        cliente.get(reverse("kuska_seguimiento:panel"))
    escritas = [q["sql"] for q in captura.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in escritas if LineaDeRastro._meta.db_table not in sql]
