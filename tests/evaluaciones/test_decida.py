"""«Decida»: a step that asks before it tells. It is kept for its person, and counts for nothing else."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.admin.utils import NestedObjects
from django.urls import reverse
from django.utils import timezone

from certificados.models import Certificado
from cursos import decida as deciden
from cursos.models import Avance, Inscripcion
from cursos.services.avance import registrar_avance
from evaluaciones.models import Ensayo, Intento, Respuesta
from evaluaciones.planteos import pregunta_de
from marco.errores import ErrorDeDominio
from tests import gente
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, decida, paso, publicar
from tests.evaluaciones.test_paginas import texto
from tests.instancias.fusiones import separar, unir
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db

BUENA, MALA = "Que nada perdió", "Que lo firmado vale"
TRES = [("Escuchar", True), ("Informar", True), ("Decidir por ella", False)]


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return Programa(lecciones=1)


@pytest.fixture
@hecho_una_vez
def leccion(programa):
    return crear_leccion(programa.modulos[0], "Con caso", pasos=[decida(articulo=crear_articulo()), paso("Después")])


@pytest.fixture
def unidad(programa, leccion):
    return programa.unidad(leccion)


@pytest.fixture
@hecho_una_vez
def inscrita(programa, leccion, integrante):
    return programa.inscribir(integrante)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.fixture
def base(unidad):
    return f"/c/{unidad.curso.numero}/{unidad.numero}"


def clave_de(pagina: str, opcion: str) -> str:
    """The value of the button of an option."""
    boton = re.search(rf'value="([^"]+)">{re.escape(opcion)}</button>', unescape(pagina))
    assert boton, pagina
    return boton[1]


def elegir(cliente, base, opcion, *, numero=1, ver="", **otros):
    """Touch an option, as the page offers it."""
    pagina = cliente.get(f"{base}/{numero}{ver}").content.decode()
    datos = dict(re.findall(r'name="(este|vez)" value="([^"]+)"', pagina))
    return cliente.post(f"{base}/{numero}/decida", {**datos, "p1": clave_de(pagina, opcion), **otros})


@pytest.mark.un_motor
def test_the_answer_is_asked_before_it_is_told(cliente, base):
    pagina = texto(cliente.get(f"{base}/1"))
    assert "Rosa firmó un papel." in pagina and "¿Qué le responde?" in pagina
    assert "No lleva nota. Solo usted ve lo que responde." in pagina
    for callado in ("Por qué", "no se renuncian", "art. 16"):
        assert callado not in pagina
    assert "data-k-si-queda hidden>" in pagina  # «Continuar» is there for who answers without signal


@pytest.mark.un_motor
def test_one_touch_answers_and_the_answer_stays(cliente, base):
    respuesta = elegir(cliente, base, MALA)
    assert respuesta.status_code == 302 and respuesta.url == f"{base}/1#decida"
    for _vez in range(2):  # also when it is loaded again
        pagina = texto(cliente.get(f"{base}/1"))
        assert "Todavía no" in pagina and f"Por qué {MALA}." in pagina and f"Por qué {BUENA}." in pagina
        assert "La otra opción" in pagina and "Por qué Que pregunte luego." in pagina
        assert "Los derechos no se renuncian." in pagina and "Art. 16 de la Ley 30364 (TUO, art. 19)" in pagina
        assert ">Continuar<" in pagina
    ensayo = Ensayo.objects.get()
    assert (ensayo.vez, ensayo.acierto, ensayo.paso) == (1, False, "id-Un papel firmado")


def test_answering_again_is_another_row_and_the_last_one_is_shown(cliente, base):
    elegir(cliente, base, MALA)
    assert ">Continuar<" in texto(cliente.get(f"{base}/1?otra=1"))
    elegir(cliente, base, BUENA, ver="?otra=1")
    pagina = texto(cliente.get(f"{base}/1"))
    assert "Correcto" in pagina and "Responder otra vez" in pagina
    assert list(Ensayo.objects.values_list("vez", "acierto")) == [(1, False), (2, True)]


def test_touched_twice_it_is_one_answer(cliente, base):
    pagina = cliente.get(f"{base}/1").content.decode()
    datos = dict(re.findall(r'name="(este|vez)" value="([^"]+)"', pagina))
    for opcion in (MALA, BUENA):
        cliente.post(f"{base}/1/decida", {**datos, "p1": clave_de(pagina, opcion)})
    assert list(Ensayo.objects.values_list("vez", "acierto")) == [(1, False)]


@pytest.mark.un_motor
def test_the_answer_may_be_seen_without_answering(cliente, base):
    pagina = texto(cliente.get(f"{base}/1?ver=1"))
    assert "La respuesta" in pagina and f"Por qué {BUENA}." in pagina and ">Continuar<" in pagina
    assert "Todavía no" not in pagina and "Correcto" not in pagina
    assert not Ensayo.objects.exists()
    assert "Por qué" not in texto(cliente.get(f"{base}/1"))


@pytest.mark.un_motor
def test_going_on_never_waits_for_the_answer(cliente, base):
    assert cliente.post(f"{base}/1", {"este": "id-Un papel firmado"}).url == f"{base}/2"


@pytest.mark.un_motor
def test_what_is_wrong_is_told_and_kept_as_it_was(entrar, programa, integrante):
    leccion = crear_leccion(programa.modulos[0], "De varias", pasos=[decida("Tres", opciones=TRES, tipo="varias")])
    programa.inscribir(integrante)
    base, cliente = programa.unidad(leccion).get_absolute_url(), entrar(integrante)
    pagina = cliente.get(f"{base}/1").content.decode()
    assert "Responder" in texto(cliente.get(f"{base}/1")) and 'type="checkbox"' in pagina
    datos = dict(re.findall(r'name="(este|vez|vista)" value="([^"]+)"', pagina))
    sin_nada = cliente.post(f"{base}/1/decida", datos)
    assert sin_nada.status_code == 422
    assert "Elija una respuesta para continuar." in texto(sin_nada) and "<title>Error:" in texto(sin_nada)
    assert cliente.post(f"{base}/1/decida", {**datos, "p1": "de-otra"}).status_code == 422
    assert not Ensayo.objects.exists()
    cliente.post(f"{base}/1/decida", {**datos, "p1": ["tres-1"]})
    pagina = texto(cliente.get(f"{base}/1"))
    assert "Casi: le faltó 1" in pagina and "Todavía no" not in pagina


@pytest.mark.un_motor
def test_any_kind_that_can_be_written_in_rows_is_asked(entrar, programa, integrante):
    orden = [("Oír", False), ("Informar", False), ("Acompañar", False)]
    pasos = [
        decida("En orden", opciones=orden, tipo="ordenar"),
        decida("O no", opciones=[("Verdadero", False), ("Falso", True)], tipo="verdadero_falso"),
    ]
    leccion = crear_leccion(programa.modulos[0], "De otras", pasos=pasos)
    programa.inscribir(integrante)
    base, cliente = programa.unidad(leccion).get_absolute_url(), entrar(integrante)
    pagina = cliente.get(f"{base}/1").content.decode()
    datos = dict(re.findall(r'name="(este|vez)" value="([^"]+)"', pagina))
    numeros = {f"p1-en-orden-{n}": str(n) for n in (1, 2, 3)}
    a_medias = cliente.post(f"{base}/1/decida", {**datos, **numeros, "p1-en-orden-3": ""})
    assert a_medias.status_code == 422 and "Le falta dar lugar a 1 elemento." in texto(a_medias)
    assert a_medias.content.decode().count(" selected") == 2
    cliente.post(f"{base}/1/decida", {**datos, **numeros})
    pagina = texto(cliente.get(f"{base}/1"))
    assert "Correcto" in pagina and "1. Por qué Oír." in pagina
    cliente.post(f"{base}/1", {"este": "id-En orden"})
    elegir(cliente, base, "Verdadero", numero=2)
    assert "Por qué Verdadero." in texto(cliente.get(f"{base}/2"))


@pytest.mark.un_motor
def test_an_option_written_anew_asks_again(cliente, base, leccion):
    elegir(cliente, base, BUENA)
    leccion.pasos = [decida("Un papel firmado", opciones=[("Otra", True), ("Y otra", False)]), paso("Después")]
    for fila in leccion.pasos.raw_data[0]["value"]["opciones"]:
        fila["id"] = f"nueva-{fila['id']}"
    publicar(leccion)
    pagina = texto(cliente.get(f"{base}/1"))
    assert ">Otra</button>" in pagina and "Por qué" not in pagina
    elegir(cliente, base, "Y otra")
    assert "Por qué Y otra." in texto(cliente.get(f"{base}/1"))


@pytest.mark.un_motor
def test_a_step_that_moved_while_it_was_answered_is_found(cliente, base, leccion):
    pagina = cliente.get(f"{base}/1").content.decode()
    datos = dict(re.findall(r'name="(este|vez)" value="([^"]+)"', pagina))
    leccion.refresh_from_db()
    leccion.pasos = [{**paso("Antes"), "id": "antes"}, *leccion.pasos.raw_data]
    publicar(leccion)
    assert cliente.post(f"{base}/1/decida", {**datos, "p1": clave_de(pagina, BUENA)}).url == f"{base}/2#decida"
    assert Ensayo.objects.get().paso == "id-Un papel firmado"


@pytest.mark.un_motor
def test_a_step_that_came_in_behind_is_met(cliente, base, leccion, unidad, inscrita):
    registrar_avance(inscripcion=inscrita, unidad=unidad, paso=1, ahora=timezone.now())
    leccion.pasos = [decida("Puesto después"), *leccion.pasos.raw_data]
    publicar(leccion)
    assert cliente.get(base).url == f"{base}/1"
    assert "paso nuevo" in texto(cliente.get(f"{base}/1"))


def test_after_the_last_day_it_is_read_and_nothing_is_kept(cliente, base, inscrita):
    pagina = cliente.get(f"{base}/1").content.decode()
    inscrita.edicion.termina = timezone.localdate() - timezone.timedelta(days=1)
    inscrita.edicion.save()
    leida = texto(cliente.get(f"{base}/1"))
    assert "Los derechos no se renuncian." in leida and "Responder" not in leida
    respuesta = cliente.post(
        f"{base}/1/decida", {"este": "id-Un papel firmado", "vez": "1", "p1": clave_de(pagina, BUENA)}
    )
    assert respuesta.status_code == 302
    assert not Ensayo.objects.exists()


# --- It counts for nothing


def test_it_never_enters_marks_progress_or_certificates(cliente, base, inscrita):
    inscrita.refresh_from_db()
    antes = Inscripcion.objects.values().get(pk=inscrita.pk)
    for opcion, ver in ((MALA, ""), (MALA, "?otra=1"), (BUENA, "?otra=1")):
        elegir(cliente, base, opcion, ver=ver)
    assert Ensayo.objects.count() == 3
    assert Inscripcion.objects.values().get(pk=inscrita.pk) == antes
    assert not any(modelo.objects.exists() for modelo in (Avance, Intento, Respuesta, Certificado))


def test_nothing_reads_it_above_its_room():
    """Staff see courses through these rooms: none of them names the answers of a person."""
    raiz = Path(__file__).resolve().parents[2]
    for sala in ("certificados", "seguimiento", "programas", "cms"):
        for modulo in (raiz / sala).rglob("*.py"):
            assert not re.search(r"\bEnsayo\b|\bensayos\b", modulo.read_text(encoding="utf-8")), modulo


def test_it_is_of_its_person_alone(cliente, entrar, base, programa, unidad):
    elegir(cliente, base, MALA)
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    programa.inscribir(otra)
    assert "Por qué" not in texto(entrar(otra).get(f"{base}/1"))


def test_an_enrolment_with_answers_is_not_deleted(cliente, base, inscrita):
    elegir(cliente, base, MALA)
    recolector = NestedObjects(using="default")
    recolector.collect([inscrita])
    assert recolector.protected


def test_it_is_in_the_copy_that_its_person_takes(cliente, base, inscrita):
    elegir(cliente, base, MALA)
    (suya,) = cliente.post("/mis-datos/copia.json").json()["datos"]["kuska_evaluaciones.Ensayo"]
    assert (suya["paso"], suya["valor"], suya["acierto"], suya["vez"]) == ("Un papel firmado", [MALA], False, 1)
    assert suya["unidad"] == str(inscrita.curso.unidades.get(titulo="Con caso"))


def test_two_registers_made_one_are_not_parted_once_somebody_decided(entrar, programa, unidad, integrante):
    otra = gente.crear_integrante("40000078", "Rosa", "Quispe")
    programa.inscribir(otra)
    fusion = unir(integrante, otra)
    elegir(entrar(integrante), unidad.get_absolute_url(), MALA)
    with pytest.raises(ErrorDeDominio, match="respondió en una lección que vino del otro registro"):
        separar(fusion)


# --- Its cost


def test_a_step_that_asks_costs_no_statement_more_until_something_may_come_back(cliente, base, presupuesto):
    for opcion, de_mas in ((BUENA, 0), (MALA, 1)):
        elegir(cliente, base, opcion, ver="?otra=1")
        for numero in (1, 2):
            cliente.get(f"{base}/{numero}")
        with presupuesto(2) as sin_pregunta:
            cliente.get(f"{base}/2")
        with presupuesto(sin_pregunta.contadas + de_mas):
            cliente.get(f"{base}/1")


# --- Who writes it


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"opciones": [("Una", True), ("Otra", True)]}, "Marque una sola alternativa como correcta."),
        ({"opciones": [("Una", True)]}, "de dos a cinco alternativas"),
        ({"opciones": [("Una", True), ("Una", False)]}, "Dos alternativas dicen lo mismo."),
        ({"pregunta": ""}, "Escriba la pregunta que se decide."),
        ({"tipo": "acertijo"}, "Elija otra forma de responder"),
    ],
)
def test_a_step_that_cannot_be_asked_is_not_published(cambio, dice):
    faltas = deciden.quien_pregunta().faltas(deciden.planteo_de(decida(**cambio)["value"]))
    assert any(dice in falta for falta in faltas), faltas


@pytest.mark.un_motor
def test_an_option_that_does_not_say_why_is_named(programa, leccion):
    crudo = decida()
    crudo["value"]["opciones"][1]["value"]["explicacion"] = " "
    leccion.pasos = [crudo]
    assert f"Paso 1: La opción «{MALA}» no explica por qué." in leccion.faltas_para_publicar()


def test_every_option_is_in_the_same_order_for_everybody():
    planteo = deciden.planteo_de(decida()["value"])
    ordenes = {pregunta_de(planteo, "x").contenido.claves for _vez in range(5)}
    assert len(ordenes) == 1


@pytest.mark.un_motor
def test_without_who_asks_it_is_read_as_a_case(monkeypatch, cliente, base):
    monkeypatch.setattr(deciden, "_quien", [deciden.NADIE])
    pagina = texto(cliente.get(f"{base}/1"))
    assert "Ver la respuesta" in pagina and f"Por qué {BUENA}." in pagina and ">Continuar<" in pagina


@pytest.mark.un_motor
def test_the_preview_shows_each_option_and_why(client, administradora, leccion):
    leccion.save_revision()
    client.force_login(administradora)
    vista = client.get(reverse("wagtailadmin_pages:view_draft", args=[leccion.pk]))
    pagina = texto(vista)
    assert f"Por qué {MALA}." in pagina and "Lo que corresponde" in pagina and "La regla" in pagina
