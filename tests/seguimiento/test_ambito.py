"""A coordinator of a district sees that one everywhere: list, count, total, link and file. The rest does not exist."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cursos.models import Unidad
from instancias.models import Alcance
from seguimiento.models import Recordatorio
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def gente_de_a_y_b(version, edicion):
    """Somebody stopped and a vacant seat in each district; one more sits at both tables."""
    return {
        "a": f.integrante(f.A, edicion, codigo="T-01", nombres="Aurora", hechas=1, dias=20),
        "b": f.integrante(f.B, edicion, codigo="T-01", nombres="Beatriz", hechas=4, dias=20),
        "silla_a": f.crear_asiento(f.A, "T-02"),
        "silla_b": f.crear_asiento(f.B, "T-02"),
    }


def rutas(datos) -> dict[str, str]:
    unidad = Unidad.objects.filter(clase="leccion", curso__numero=900).first()
    return {
        "panel": "/panel",
        "mapa": "/panel/mapa",
        "recordar": "/panel/recordar",
        "vacantes": "/panel/recordar?motivo=vacante",
        "lista": "/panel/lista?ver=integrantes",
        "lista_por_leccion": f"/panel/lista?ver=integrantes&unidad={unidad.pk}",
        "asientos": "/panel/lista?ver=asientos",
        "curso": "/panel/curso/900",
        "avance": "/panel/avance.xlsx",
        "distrito_a": f"/panel/distrito/{f.A}",
        "distrito_b": f"/panel/distrito/{f.B}",
        "provincia": f"/panel/distrito/{f.PROVINCIA}",
        "persona_a": f"/panel/persona/{datos['a'].pk}",
        "persona_b": f"/panel/persona/{datos['b'].pk}",
        "lista_b": f"/panel/lista?ver=integrantes&instancia={f.B}",
        "panel_b": f"/panel?territorio={f.B}",
        "panel_de_la_provincia": f"/panel?territorio={f.PROVINCIA}",
    }


DE_TODOS = ("panel", "mapa", "recordar", "vacantes", "lista", "lista_por_leccion", "asientos", "curso", "avance")
SOLO_B = ("distrito_b", "persona_b", "lista_b", "panel_b")
SOLO_PROVINCIA = ("provincia", "panel_de_la_provincia")


def contenido(respuesta) -> str:
    """What an answer shows: the page, or every cell of the file."""
    if "spreadsheet" not in respuesta["Content-Type"]:
        return respuesta.content.decode()
    libro = load_workbook(BytesIO(b"".join(respuesta.streaming_content)))
    return "\n".join(str(v) for hoja in libro for fila in hoja.iter_rows(values_only=True) for v in fila)


@pytest.mark.un_motor
def test_the_visitor_is_sent_to_the_door(gente_de_a_y_b, visitante):
    for ruta in rutas(gente_de_a_y_b).values():
        respuesta = visitante.get(ruta)
        assert respuesta.status_code == 302
        assert respuesta["Location"].startswith("/entrar")


@pytest.mark.un_motor
@pytest.mark.parametrize("quien", ["integrante", "capacitadora"])
def test_without_scope_the_panel_does_not_exist(gente_de_a_y_b, request, entrar, quien):
    cliente = entrar(request.getfixturevalue(quien))
    for ruta in rutas(gente_de_a_y_b).values():
        assert cliente.get(ruta).status_code == 404
    datos = {"persona": gente_de_a_y_b["a"].pk, "motivo": "detenido"}
    assert cliente.post(reverse("kuska_seguimiento:ya_avise"), datos).status_code == 404
    assert not Recordatorio.objects.exists()


def test_the_coordinator_of_a_sees_a_and_nothing_of_b(gente_de_a_y_b, entrar, coordinadora_a):
    cliente = entrar(coordinadora_a)
    donde = rutas(gente_de_a_y_b)
    for nombre in (*DE_TODOS, "distrito_a", "persona_a"):
        respuesta = cliente.get(donde[nombre])
        assert respuesta.status_code == 200, nombre
        visto = contenido(respuesta)
        assert "Beatriz" not in visto, nombre
        assert "Luyando" not in visto, nombre
    for nombre in (*SOLO_B, *SOLO_PROVINCIA):
        assert cliente.get(donde[nombre]).status_code == 404, nombre


@pytest.mark.usefixtures("misma_referencia")
def test_a_forbidden_one_answers_like_an_absent_one(gente_de_a_y_b, entrar, coordinadora_a):
    cliente = entrar(coordinadora_a)
    for ajeno, ausente in (
        (f"/panel/distrito/{f.B}", "/panel/distrito/999999"),
        (f"/panel/persona/{gente_de_a_y_b['b'].pk}", "/panel/persona/999999999"),
        (f"/panel/lista?instancia={f.B}", "/panel/lista?instancia=100699"),
    ):
        una, otra = cliente.get(ajeno), cliente.get(ausente)
        assert una.status_code == otra.status_code == 404
        assert una.content == otra.content


def test_the_coordinator_of_b_may_not_write_about_a(gente_de_a_y_b, entrar, coordinador_b):
    cliente = entrar(coordinador_b)
    direccion = reverse("kuska_seguimiento:ya_avise")
    ajenos = [
        {"persona": gente_de_a_y_b["a"].pk, "motivo": "detenido"},
        {"asiento": gente_de_a_y_b["silla_a"].pk, "motivo": "vacante"},
    ]
    for datos in ajenos:
        assert cliente.post(direccion, datos).status_code == 404
    assert not Recordatorio.objects.exists()
    cliente.post(direccion, {"persona": gente_de_a_y_b["b"].pk, "motivo": "detenido"})
    assert Recordatorio.objects.count() == 1


def test_the_office_of_the_province_sees_both(gente_de_a_y_b, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    for nombre, ruta in rutas(gente_de_a_y_b).items():
        respuesta = cliente.get(ruta)
        assert respuesta.status_code == 200, nombre
        assert contenido(respuesta)
    visto = contenido(cliente.get("/panel/lista?ver=integrantes"))
    assert "Aurora" in visto
    assert "Beatriz" in visto


def test_counts_and_totals_have_the_reach_of_the_lists(gente_de_a_y_b, entrar, coordinadora_a, cem_provincial):
    de_a = entrar(coordinadora_a).get("/panel").context
    assert (de_a["total"].terminaron, de_a["total"].integrantes, de_a["total"].asientos) == (0, 1, 2)
    assert [instancia.ubigeo for instancia in de_a["instancias"]] == [f.A]
    de_todos = entrar(cem_provincial).get("/panel").context
    assert (de_todos["total"].terminaron, de_todos["total"].integrantes, de_todos["total"].asientos) == (1, 2, 4)


def test_somebody_of_both_tables_shows_each_coordinator_only_their_seat(edicion, entrar, coordinadora_a):
    persona = f.integrante(f.A, edicion, codigo="T-01", hechas=1, dias=20)
    f.sentar(f.crear_asiento(f.B, "T-01"), persona=persona)
    cliente = entrar(coordinadora_a)
    for ruta in ("/panel", "/panel/recordar", "/panel/lista", f"/panel/persona/{persona.pk}"):
        visto = contenido(cliente.get(ruta))
        assert "Campos Ríos" in visto
        assert "Luyando" not in visto


def test_losing_the_scope_takes_effect_on_the_next_request(gente_de_a_y_b, entrar, coordinadora_a):
    cliente = entrar(coordinadora_a)
    assert cliente.get("/panel").status_code == 200
    Alcance.objects.filter(cuenta=coordinadora_a).delete()
    assert cliente.get("/panel").status_code == 404


def test_an_edition_of_elsewhere_does_not_exist(version, edicion, entrar, coordinadora_a):
    ajena = f.abrir(f.crear_curso(numero=901), f.B, nombre="De otro lugar")
    cliente = entrar(coordinadora_a)
    assert cliente.get("/panel", {"edicion": edicion.pk}).status_code == 200
    assert cliente.get("/panel", {"edicion": ajena.pk}).status_code == 404
    assert cliente.get("/panel/curso/901").status_code == 404
    assert "De otro lugar" not in contenido(cliente.get("/panel"))


@pytest.mark.un_motor
@pytest.mark.parametrize(
    "consulta",
    [
        "ver=otra",
        "unidad=x",
        "unidad=99999999999999999999",
        "instancia=%27",
        "edicion=x",
        "edicion=99999999999999999999",
        "territorio=",
        "pagina=x",
        "pagina=99999999999999999999",
        "hecha=x",
    ],
)
def test_a_crooked_address_is_answered_not_broken(edicion, entrar, cem_provincial, consulta):
    cliente = entrar(cem_provincial)
    assert cliente.get(f"/panel/lista?{consulta}").status_code in {200, 404}


@pytest.mark.un_motor
def test_writing_asks_for_post_and_for_the_token(gente_de_a_y_b, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    assert cliente.get(reverse("kuska_seguimiento:ya_avise")).status_code == 405
    cliente.handler.enforce_csrf_checks = True
    datos = {"persona": gente_de_a_y_b["a"].pk, "motivo": "detenido"}
    assert cliente.post(reverse("kuska_seguimiento:ya_avise"), datos).status_code == 403


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("volver", "destino"),
    [
        ("/panel?edicion=1", "/panel?edicion=1"),
        ("https://otro.example/panel", "/panel/recordar"),
        ("//otro.example/panel", "/panel/recordar"),
        ("/panel\\@otro.example", "/panel/recordar"),
        ("/inicio", "/panel/recordar"),
        ("", "/panel/recordar"),
    ],
)
def test_the_way_back_stays_in_the_panel(gente_de_a_y_b, entrar, cem_provincial, volver, destino):
    datos = {"persona": gente_de_a_y_b["a"].pk, "motivo": "detenido", "volver": volver}
    respuesta = entrar(cem_provincial).post(reverse("kuska_seguimiento:ya_avise"), datos)
    assert respuesta["Location"] == destino
