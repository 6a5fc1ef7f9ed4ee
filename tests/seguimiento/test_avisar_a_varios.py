"""«Ya avisé» in every list that names who is to be followed: of one row, and of those that were chosen at once."""

from __future__ import annotations

import re

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.models import LineaDeRastro
from instancias.politica import AlcanceEfectivo
from seguimiento.consultas import personas
from seguimiento.models import Recordatorio
from seguimiento.services.recordatorios import Aviso, anotar_recordatorios
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
AVISE = "/panel/recordar/avise"


@pytest.fixture
@hecho_una_vez
def gente(version, edicion):
    """Somebody in each situation that is to be followed, and one who finished."""
    return {
        "detenida": f.integrante(f.A, edicion, codigo="T-01", nombres="Detenida", hechas=1, dias=20),
        "nunca": f.integrante(f.A, edicion, codigo="T-02", nombres="Nunca"),
        "casi": f.integrante(f.A, edicion, codigo="T-03", nombres="Casi", hechas=3, dias=2),
        "al_dia": f.integrante(f.A, edicion, codigo="T-04", nombres="Al día", hechas=1, dias=2),
        "termino": f.integrante(f.A, edicion, codigo="T-05", nombres="Terminó", hechas=4, dias=2),
    }


def de_la_lista(pagina: str) -> set[str]:
    return set(re.findall(r'name="aviso" value="([^"]+)"', pagina))


def test_each_row_says_its_own_reason_and_whoever_finished_has_none(gente):
    filas = personas.filas(personas.listar(f.ambito(), personas.FILTROS["integrantes"]), f.ambito())
    assert {fila.nombres: str(fila.motivo) for fila in filas} == {
        "Detenida": "detenido",
        "Nunca": "no_entro",
        "Casi": "solo_evaluacion",
        "Al día": "pendiente",
        "Terminó": "",
    }


@pytest.mark.parametrize("ver", ["integrantes", "sin_actividad", "pendientes", "no_empezaron", "en_curso"])
def test_a_list_of_people_offers_it_to_whoever_has_not_finished(gente, entrar, cem_provincial, ver):
    pagina = entrar(cem_provincial).get(f"/panel/lista?ver={ver}").content.decode()
    ofrecidos = {uno.partition("-")[0] for uno in de_la_lista(pagina)}
    assert ofrecidos and f"p{gente['termino'].pk}" not in ofrecidos
    assert pagina.count('name="solo"') == len(ofrecidos) and pagina.count('id="avisar"') == 1
    assert "Ya avisé a quienes elegí" in pagina


def test_who_was_told_is_seen_in_the_list_and_rests_in_whom_to_remind(gente, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    volver = "/panel/lista?ver=pendientes&elegir=todas"
    pagina = cliente.get(volver).content.decode()
    todos = de_la_lista(pagina)
    assert len(todos) == 4 and pagina.count(" checked") == 4
    respuesta = cliente.post(
        AVISE, {"aviso": [*todos, "p1", "x9-ayuda", "p0-vacante", ""], "volver": volver}, follow=True
    )
    assert respuesta.redirect_chain == [(volver, 302)]
    pagina = respuesta.content.decode()
    assert "Anotados: 4." in pagina and pagina.count("último aviso: hoy") == 4
    assert Recordatorio.objects.count() == 4
    assert cliente.get("/panel/recordar").context["filas"] == []
    # Twice is once, and each person has one line.
    cliente.post(AVISE, {"aviso": sorted(todos)})
    assert Recordatorio.objects.count() == 4
    assert ModelLogEntry.objects.filter(action="seguimiento.ya_avise").count() == 4


def test_one_row_is_one_row_whatever_was_chosen(gente, entrar, cem_provincial):
    datos = {"solo": f"p{gente['nunca'].pk}-no_entro", "aviso": [f"p{gente['detenida'].pk}-detenido"]}
    entrar(cem_provincial).post(AVISE, datos)
    assert Recordatorio.objects.get().persona == gente["nunca"]


def test_nobody_chosen_is_said(gente, entrar, cem_provincial):
    respuesta = entrar(cem_provincial).post(AVISE, {"volver": "/panel/recordar"}, follow=True)
    assert "Elija en la lista a quiénes avisó" in respuesta.content.decode()
    assert not Recordatorio.objects.exists()


def test_seats_without_anybody_are_told_of_in_their_list(gente, edicion, entrar, cem_provincial):
    silla = f.crear_asiento(f.A, "T-07")
    cliente = entrar(cem_provincial)
    pagina = cliente.get("/panel/lista?ver=sin_persona").content.decode()
    assert de_la_lista(pagina) == {f"a{silla.pk}-vacante"}
    assert "todav%C3%ADa%20no%20tiene%20integrante" in pagina or "no+tiene+integrante" in pagina or "wa.me" in pagina
    cliente.post(AVISE, {"aviso": [f"a{silla.pk}-vacante", f"a{silla.pk}-detenido"]})
    assert Recordatorio.objects.get().asiento == silla


def test_of_another_zone_nothing_is_written(gente, edicion, entrar, coordinador_b):
    ajena, propia = gente["detenida"], f.integrante(f.B, edicion, codigo="T-01", hechas=1, dias=20)
    cliente = entrar(coordinador_b)
    assert cliente.post(AVISE, {"aviso": [f"p{ajena.pk}-detenido"]}).status_code == 404
    cliente.post(AVISE, {"aviso": [f"p{ajena.pk}-detenido", f"p{propia.pk}-detenido"]})
    assert Recordatorio.objects.get().persona == propia
    assert not LineaDeRastro.objects.filter(persona=ajena.pk, acto="cambio").exists()


@pytest.mark.parametrize("cuantas", [2, 20])
def test_many_cost_what_one_costs(edicion, entrar, cem_provincial, presupuesto, cuantas):
    de_ellas = [f.integrante(f.A, edicion, codigo="T-01", numero=n, hechas=1, dias=20) for n in range(1, cuantas + 1)]
    cliente = entrar(cem_provincial)
    cliente.get("/panel/recordar")
    with presupuesto(14):
        cliente.post(reverse("kuska_seguimiento:ya_avise"), {"aviso": [f"p{una.pk}-detenido" for una in de_ellas]})
    assert Recordatorio.objects.count() == cuantas


def test_what_another_tab_wrote_meanwhile_leaves_no_second_line_of_the_trail(gente, cem_provincial, monkeypatch):
    """Both looked before either wrote: the constraint decides, and the act reads again."""
    datos = {"alcance": AlcanceEfectivo((f.PROVINCIA,)), "por": cem_provincial, "ahora": timezone.now()}
    suyo, otro = Aviso("detenido", gente["detenida"].pk), Aviso("no_entro", gente["nunca"].pk)
    anotar_recordatorios(avisos=[suyo], **datos)
    leer, veces = QuerySet.values_list, []

    def mirar_antes(self, *args, **kwargs):
        if self.model is Recordatorio and not veces:
            veces.append(1)
            self = self.none()
        return leer(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "values_list", mirar_antes)
    assert anotar_recordatorios(avisos=[suyo, otro], **datos) == 2
    assert veces and Recordatorio.objects.count() == 2
    assert ModelLogEntry.objects.filter(action="seguimiento.ya_avise").count() == 2


@pytest.mark.parametrize(
    "texto", ["", "p", "p-", "p5", "p5-vacante", "a5-ayuda", "z5-ayuda", "p-5-ayuda", "p5-otra", "5-ayuda"]
)
def test_what_no_row_sends_is_nobody(texto):
    assert Aviso.leer(texto) is None
