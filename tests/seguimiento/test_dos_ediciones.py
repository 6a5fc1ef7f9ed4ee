"""A course opened again while its first edition goes on: both are told, and who goes on there is not told to begin."""

from __future__ import annotations

import datetime
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from instancias.politica import AlcanceEfectivo
from seguimiento.consultas import contadas, distritos, matriz
from seguimiento.consultas.situacion import Situacion
from seguimiento.informes.definicion import Definicion, Forma
from seguimiento.informes.preparar import preparar
from seguimiento.informes.salida import en_texto
from tests.seguimiento import factories as f
from tests.seguimiento.test_paginas import texto_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def segunda(version, edicion):
    return f.abrir(version, nombre="Segunda vuelta", inicia=timezone.localdate())


@pytest.mark.un_motor
def test_the_panel_says_that_the_first_goes_on_and_is_one_touch_away(version, edicion, segunda, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    f.integrante(f.A, edicion, hechas=1)
    respuesta = cliente.get(f"/panel?territorio={f.A}")
    assert respuesta.context["ambito"].edicion_id == segunda.pk
    assert "Otra edición del mismo curso también sigue en marcha: Ver «Edición»" in texto_de(respuesta)
    ((_una, url),) = respuesta.context["siguen_en_marcha"]
    respuesta = cliente.get(f"/panel{url}")
    assert respuesta.context["ambito"].edicion_id == edicion.pk
    assert "Ver «Segunda vuelta»" in texto_de(respuesta)
    assert f'value="{edicion.pk}" selected>Edición ·' in respuesta.content.decode()  # a phone cuts the rest
    edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    edicion.save()
    assert "sigue en marcha" not in texto_de(cliente.get("/panel"))


@pytest.fixture
def a_medias(edicion, segunda):
    """Three of a table in both editions: half way in the first, without having begun any, and done with the first."""
    quienes = {}
    for codigo, nombre, hechas in (("T-01", "Sigue", 2), ("T-02", "Nueva", 0), ("T-03", "Terminó", 4)):
        quienes[nombre] = f.integrante(f.A, edicion, codigo=codigo, nombres=nombre, hechas=hechas, dias=20)
        f.inscribir(quienes[nombre], segunda, creada=20)
    return quienes


def estados(cliente, ruta) -> dict[str, str]:
    return {fila.nombres: fila.estado for fila in cliente.get(ruta).context["filas"]}


def test_who_goes_on_in_the_first_is_not_told_to_begin_the_second(a_medias, edicion, segunda, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    en = f"edicion={segunda.pk}&instancia={f.A}"
    assert estados(cliente, f"/panel/lista?ver=no_empezaron&{en}") == {"Nueva": "No empezó", "Terminó": "No empezó"}
    assert estados(cliente, f"/panel/lista?ver=en_otra&{en}") == {"Sigue": "Sigue en otra edición"}
    assert set(estados(cliente, f"/panel/lista?ver=sin_actividad&{en}")) == {"Nueva", "Terminó"}
    assert set(estados(cliente, f"/panel/recordar?edicion={segunda.pk}")) == {"Nueva", "Terminó"}
    assert "Sigue" in estados(cliente, f"/panel/recordar?edicion={edicion.pk}")
    todas = {fila.nombres: fila for fila in cliente.get(f"/panel/lista?ver=integrantes&{en}").context["filas"]}
    assert (todas["Sigue"].motivo, todas["Sigue"].mensaje) == ("", None)
    distrito = cliente.get(f"/panel/distrito/{f.A}?edicion={segunda.pk}")
    dicho = texto_de(distrito)
    assert "No empezaron: 2" in dicho and "Siguen en otra edición: 1" in dicho and "→ Sigue en otra edición" in dicho
    assert "2 de 3 que no han terminado, sin actividad" in texto_de(cliente.get(f"/panel?edicion={segunda.pk}"))


def test_when_the_first_ends_they_are_asked_to_begin_the_second(a_medias, edicion, segunda, entrar, cem_provincial):
    edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    edicion.save()
    cliente = entrar(cem_provincial)
    assert "Sigue" in estados(cliente, f"/panel/lista?ver=no_empezaron&edicion={segunda.pk}&instancia={f.A}")
    assert "Sigue" in estados(cliente, f"/panel/recordar?edicion={segunda.pk}")


@pytest.fixture
def en_la_segunda(a_medias, segunda):
    ambito = f.ambito()
    return replace(ambito, edicion=next(una for una in ambito.ediciones if una.id == segunda.pk))


@pytest.mark.parametrize("al", [None, 0])
def test_the_matrix_says_who_goes_on_in_another_edition_with_a_mark_of_its_own(en_la_segunda, al):
    ambito = en_la_segunda if al is None else en_la_segunda.al_dia(en_la_segunda.hoy)
    suyos = matriz.puestos(ambito, por_ayudar=[])
    titulares = {codigo: matriz.Puesto(1, *suyos[f.A, codigo, "titular"]).marcas for codigo in ("DT-01", "DT-02")}
    assert [(una.clase, una.texto) for una in titulares["DT-01"]] == [(Situacion.EN_OTRA, "En otra edición")]
    assert [una.texto for una in titulares["DT-02"]] == ["No empezó"]
    una_por_una = contadas.del_ambito(ambito)
    assert una_por_una is None or una_por_una.puestos() == suyos
    armada = matriz.armar(distritos.instancias(ambito), suyos)
    assert armada.hay_en_otra


def test_the_panel_explains_that_mark_only_where_it_is(a_medias, edicion, segunda, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    assert "→ Sigue en otra edición" in texto_de(cliente.get(f"/panel?edicion={segunda.pk}"))
    assert "Sigue en otra edición" not in texto_de(cliente.get(f"/panel?edicion={edicion.pk}"))


def pedido(segunda, **campos) -> list[list[str]]:
    """The rows of a report as its files write them."""
    pedida = Definicion(forma=Forma.PERSONAS, columnas=("nombres", "estado"), edicion=str(segunda.pk), **campos)
    preparado = preparar(pedida, alcance=AlcanceEfectivo((f.PROVINCIA,)), ahora=timezone.now())
    return [[en_texto(celda) for celda in fila] for fila in preparado.resultado.filas()]


def test_reports_and_the_workbook_say_it_with_the_same_words(a_medias, segunda, entrar, cem_provincial):
    """The screen of a report, its XLSX, CSV and JSON are written from these rows."""
    assert dict(map(reversed, pedido(segunda)))["Sigue en otra edición"] == "Sigue"
    assert [fila[0] for fila in pedido(segunda, estado="no_empezo")] == ["Nueva", "Terminó"]
    assert [fila[0] for fila in pedido(segunda, estado="en_otra")] == ["Sigue"]
    respuesta = entrar(cem_provincial).get("/panel/avance.xlsx", {"edicion": segunda.pk})
    libro = load_workbook(BytesIO(b"".join(respuesta.streaming_content)))
    cabeza, *personas = libro["Personas"].iter_rows(values_only=True)
    dichas = {fila[cabeza.index("Nombres")]: fila[cabeza.index("Estado")] for fila in personas}
    assert dichas == {"Sigue": "Sigue en otra edición", "Nueva": "No empezó", "Terminó": "No empezó"}
    cabeza, *asientos = libro["Asientos"].iter_rows(values_only=True)
    assert "Sigue en otra edición" in {fila[cabeza.index("Estado del titular")] for fila in asientos}


def test_the_page_of_the_person_tells_of_the_edition_where_they_go_on(a_medias, segunda, entrar, cem_provincial):
    """It said of who is half way: «Terminó: no hace falta avisarle de nada»."""
    cliente = entrar(cem_provincial)
    pagina = cliente.get(f"/panel/persona/{a_medias['Sigue'].pk}")
    dicho = texto_de(pagina)
    assert "no hace falta avisarle de nada" not in dicho and "Sigue en otra edición: Edición." in dicho
    assert pagina.context["fila"].situacion == Situacion.EN_CURSO and pagina.context["fila"].motivo == "detenido"
    nueva = texto_de(cliente.get(f"/panel/persona/{a_medias['Nueva'].pk}"))
    assert "Sigue en otra" not in nueva and "Todavía no empieza." in nueva
