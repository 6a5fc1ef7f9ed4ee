"""A copy of all that is kept of oneself: complete, in words, nothing of anybody else, and no key."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from cursos.services.avance import registrar_avance
from evaluaciones.models import Intento
from evaluaciones.services.envio import enviar
from instancias.acceso.services.declarados import declarar
from instancias.apartados import Apartado, apartados
from instancias.consultas.copia import copia_de, legible
from instancias.services.pedidos import pedir
from marco.inventario import declaraciones
from tests.certificados.test_pdf import texto_de
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def con_de_todo(integrante):
    ahora = timezone.now()
    integrante.celular = "987654321"
    integrante.save()
    programa = ProgramaConEvaluacion(lecciones=1)
    inscripcion = programa.inscribir(integrante)
    for paso in (1, 2):
        leccion = programa.unidad(programa.lecciones[0])
        registrar_avance(inscripcion=inscripcion, unidad=leccion, paso=paso, ahora=ahora)
    intento = empezar(integrante, programa.unidad_evaluada)
    enviar(persona=integrante, intento=intento.clave, ahora=ahora, entrega=buenas(intento))
    declarar(persona=integrante, campo="origen", valor="quechua", ahora=ahora)
    pedir(persona=integrante, clase="acceso", ahora=ahora, por=integrante.cuenta)
    return integrante


def test_it_has_everything_and_a_dictionary(con_de_todo, entrar):
    respuesta = entrar(con_de_todo).post("/mis-datos/copia.json")
    copia = json.loads(respuesta.content)

    assert respuesta["Content-Disposition"] == 'attachment; filename="mis-datos.json"'
    assert "no-store" in respuesta["Cache-Control"]
    (suya,) = copia["datos"]["kuska_instancias.Persona"]
    assert (suya["documento"], suya["nombres"], suya["celular"]) == ("40000001", "Rosa", "987654321")
    assert copia["datos"]["kuska_instancias.DatoDeclarado"][0]["valor"] == "quechua"
    assert copia["datos"]["kuska_evaluaciones.Intento"][0]["estado"] == "Enviado"
    assert len(copia["datos"]["kuska_evaluaciones.Respuesta"]) >= 1
    assert copia["datos"]["kuska_instancias.PedidoDeDatos"][0]["clase"] == "Recibir una copia"
    for clave, filas in copia["datos"].items():
        dichos = copia["diccionario"][clave]["campos"]
        for fila in filas:
            assert fila.keys() <= dichos.keys(), clave
    celular = copia["diccionario"]["kuska_instancias.Persona"]["campos"]["celular"]
    assert celular["base_legal"].startswith("Consentimiento") and celular["cuanto_se_guarda"]


def test_every_declared_field_of_a_person_is_told_or_says_why_not():
    """A field that somebody adds tomorrow and declares is in the copy by itself."""
    for uno in apartados():
        if type(uno).copiar is not Apartado.copiar or not uno.titulo:
            continue  # it tells its rows in its own way
        declarados = declaraciones()[uno.modelo._meta.label].usos
        dichos = {campo.name for campo in uno.campos()} | set(uno.sin)
        propios = {campo.name for campo in uno.modelo._meta.concrete_fields if not campo.is_relation}
        callados = {nombre for nombre in declarados if nombre in propios} - dichos
        assert callados <= {"busqueda", "orden_alfabetico"}, uno.modelo


@pytest.mark.un_motor
def test_it_tells_no_key_of_a_question(con_de_todo, entrar):
    """Decision 14: what is right opens by passing or by time, not by taking a copy."""
    copia = entrar(con_de_todo).post("/mis-datos/copia.json").content.decode()
    intento = Intento.objects.get()
    for pregunta in intento.formulario:
        for alternativa in pregunta.contenido.alternativas:
            assert alternativa.explicacion not in copia
    assert "correcta" not in copia and "clave_vista" not in copia


def test_it_tells_nothing_of_somebody_else(con_de_todo, integrante_de_b, coordinadora_a, entrar):
    copia = entrar(con_de_todo).post("/mis-datos/copia.json").content.decode()
    for ajeno in (integrante_de_b.documento, "Tello", coordinadora_a.username):
        assert ajeno not in copia


@pytest.mark.un_motor
def test_the_paper_says_the_same_in_words(con_de_todo, entrar):
    respuesta = entrar(con_de_todo).post("/mis-datos/copia.pdf")
    assert respuesta["Content-Type"] == "application/pdf"
    dice = texto_de(respuesta.content)
    for texto in ("Copia de mis datos", "Rosa", "40000001", "987654321", "Quién es usted", "Sus respuestas", "Base:"):
        assert texto in dice


def test_taking_it_leaves_a_trace_that_the_copy_tells(con_de_todo, entrar):
    cliente = entrar(con_de_todo)
    cliente.post("/mis-datos/copia.pdf")
    assert "Descargó una copia de sus datos" in cliente.post("/mis-datos/copia.json").content.decode()


def test_it_costs_the_same_for_much_as_for_little(integrante, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        copia_de(integrante)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("valor", "dice"),
    [
        ("2026-11-30", "30 de noviembre de 2026"),
        ("40000001", "40000001"),
        (True, "Sí"),
        (["a", "b"], "a; b"),
        ({"curso": "Uno", "vacio": ""}, "curso: Uno"),
        (None, ""),
    ],
)
def test_a_value_is_told_as_people_write_it(valor, dice):
    assert legible(valor) == dice
