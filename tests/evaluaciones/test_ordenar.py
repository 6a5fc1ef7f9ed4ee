"""Putting things in their order: nothing is guessed, nothing is lost, and the order shown is never the answer."""

import json
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from evaluaciones.clases import RespuestaInvalida
from evaluaciones.consultas.estadisticas import estadisticas_de_preguntas
from evaluaciones.libro import PreguntaMostrada
from evaluaciones.models import Evaluacion, Intento, Pregunta, Respuesta, VersionDePregunta
from evaluaciones.services.envio import enviar
from evaluaciones.visible import explicar, por_preguntar
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, ver_lecciones
from tests.evaluaciones.test_editor import datos, errores
from tests.evaluaciones.test_editor import pregunta as fila
from tests.evaluaciones.test_paginas import lugar, texto, titulo
from tests.mundos import hecho_una_vez

PASOS = ["Oír", "Informar", "Acompañar", "Avisar"]
RENGLONES = "\n".join(PASOS)
CLAVES = ["k-oir", "k-informar", "k-acompanar", "k-avisar"]
DATOS = {
    "elementos": [{"clave": clave, "texto": paso} for clave, paso in zip(CLAVES, PASOS, strict=True)],
    "explicacion": "Primero se oye: art. 3.",
}


def una_mostrada(semilla="1"):
    datos = {"formato": 2, "clave": "p", "tipo": "ordenar", "texto": "Ordene.", "contenido": DATOS}
    return PreguntaMostrada.de_json(datos).barajada(semilla, baraja=False)


def con_numeros(*numeros):
    return {clave: [str(n)] for clave, n in zip(CLAVES, numeros, strict=True)}


def test_the_order_shown_is_never_the_right_one_and_is_drawn_for_each_attempt():
    vistos = {tuple(una_mostrada(str(n)).contenido.mostrados) for n in range(200)}
    assert tuple(CLAVES) not in vistos
    assert len(vistos) > 15


def test_an_answer_is_kept_in_the_order_that_was_given():
    una = una_mostrada()
    assert una.leer(con_numeros(4, 2, 1, 3)) == ["k-acompanar", "k-informar", "k-avisar", "k-oir"]
    assert una.leer(con_numeros("", "", "", "")) is None
    assert una.leer({}) is None


@pytest.mark.parametrize(
    ("numeros", "dice"),
    [
        ((1, 1, 2, 3), "Repitió el 1: cada uno lleva un número distinto."),
        ((1, "", 2, 3), "Le falta dar lugar a 1 elemento."),
        ((1, "", "", ""), "Le falta dar lugar a 3 elementos."),
        (("", "", "", ""), "Ordene los 4 elementos para continuar."),
    ],
)
def test_what_is_not_whole_is_kept_as_written_and_is_no_answer(numeros, dice):
    una = una_mostrada()
    valor = una.leer(con_numeros(*numeros))
    assert una.falta(valor) == dice
    puestos = {uno.clave: uno.numero for uno in por_preguntar(una, 1, valor).publico.elementos}
    assert puestos == {clave: n or 0 for clave, n in zip(CLAVES, numeros, strict=True)}
    assert una.calificar(valor).acierto is False


@pytest.mark.parametrize("datos", [{"ajeno": ["1"]}, con_numeros(9, 1, 2, 3), con_numeros("uno", 1, 2, 3), {"": ["1"]}])
def test_what_is_not_of_the_question_is_refused(datos):
    with pytest.raises(RespuestaInvalida):
        una_mostrada().leer(datos)


def test_all_in_their_place_or_nothing():
    una = una_mostrada()
    assert una.calificar(CLAVES).acierto
    casi = [CLAVES[1], CLAVES[0], *CLAVES[2:]]
    assert una.calificar(casi).puntos == 0
    fila = explicar(una, 1, casi, con_correctas=False)
    assert fila.resumen == "2 de 4 están en su lugar."
    assert [uno.en_su_lugar for uno in fila.detalle.suyo] == [False, False, True, True]
    assert not fila.detalle.correcto and not fila.detalle.explicacion
    assert explicar(una, 1, casi).detalle.correcto == tuple(PASOS)
    assert explicar(una, 1, CLAVES, con_correctas=False).detalle.explicacion == "Primero se oye: art. 3."


def test_what_is_asked_does_not_tell_the_order():
    visible = por_preguntar(una_mostrada(), 1)
    assert "Primero se oye" not in repr(visible)
    assert [uno.clave for uno in visible.publico.elementos] != CLAVES


def una_de_ordenar(n=1):
    return Pregunta(tipo="ordenar", texto="Ordene los pasos.", datos=DATOS, sort_order=n, objetivo=1)


def hacer(integrante, *, clase="modulo", **campos):
    programa = ProgramaConEvaluacion(clase=clase, preguntas=[una_de_ordenar()], **campos)
    ver_lecciones(programa.inscribir(integrante))
    return programa.unidad_evaluada


def campos(intento, *numeros):
    puestos = {f"p1-{clave}": str(n) for clave, n in zip(CLAVES, numeros, strict=True)}
    return {"intento": str(intento.clave), **puestos}


@pytest.mark.un_motor
@pytest.mark.django_db
def test_without_a_script_it_is_numbered_corrected_and_sent(entrar, integrante, territorio):
    unidad = hacer(integrante)
    cliente = entrar(integrante)
    pagina = texto(cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"}))
    assert pagina.count('<select name="p1-') == 4
    assert "kuska/js/ordenar.js" in pagina
    intento = Intento.objects.get()
    revision = cliente.post(f"{lugar(unidad)}/revisar", campos(intento, 1, 2, 2, 3), follow=True)
    assert "Sin responder" in texto(revision) and "Repitió el 2" in texto(revision)
    assert "<option selected>3</option>" in texto(cliente.get(f"{lugar(unidad)}/preguntas"))
    revision = cliente.post(f"{lugar(unidad)}/revisar", campos(intento, 1, 2, 3, 4), follow=True)
    assert re.search(r"<dd>1\. Oír</dd> <dd>2\. Informar</dd>", texto(revision))
    fin = cliente.post(f"{lugar(unidad)}/enviar", {"intento": str(intento.clave)})
    assert "Aprobó: 1 de 1" in texto(fin)
    assert "Primero se oye: art. 3." in texto(fin)
    assert Respuesta.objects.get(definitiva=True).valor == CLAVES


@pytest.mark.django_db
def test_an_order_given_twice_is_one_operation_and_another_order_is_another(entrar, integrante, territorio):
    unidad = hacer(integrante, clase="practica")
    cliente, intento = entrar(integrante), empezar(integrante, unidad)
    pagina = cliente.get(f"{lugar(unidad)}/preguntas/1").content.decode()
    operacion = re.search(r'name="operacion" value="([^"]+)"', pagina)[1]
    for numeros in ((1, 2, 4, 3), (1, 2, 4, 3), (1, 2, 3, 4)):
        datos = {**campos(intento, *numeros), "pregunta": "1", "operacion": operacion}
        respuesta = cliente.post(f"{lugar(unidad)}/respuesta", datos, follow=True)
    assert titulo(respuesta) == "Correcto"
    assert Respuesta.objects.count() == 2


@pytest.mark.un_motor
@pytest.mark.django_db
def test_practice_asks_for_what_is_missing_and_keeps_the_rest(entrar, integrante, territorio):
    unidad = hacer(integrante, clase="practica")
    cliente, intento = entrar(integrante), empezar(integrante, unidad)
    datos = {**campos(intento, 1, "", "", ""), "pregunta": "1", "operacion": str(intento.clave)}
    respuesta = cliente.post(f"{lugar(unidad)}/respuesta", datos, follow=True)
    assert "Le falta dar lugar a 3 elementos." in texto(respuesta)
    assert "<option selected>1</option>" in texto(respuesta)
    assert cliente.post(f"{lugar(unidad)}/enviar", {"intento": str(intento.clave)}).status_code == 302
    assert Intento.objects.get().estado == "en_curso"


@pytest.mark.django_db
def test_statistics_tell_the_first_thing_that_people_put_out_of_its_place(integrante, territorio):
    unidad = hacer(integrante)
    intento = empezar(integrante, unidad)
    entrega = {1: con_numeros(2, 1, 3, 4)}
    enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=entrega)
    una = estadisticas_de_preguntas(unidad)[0]
    assert (una.aciertos, una.equivocada_mas_elegida) == (0, "«Informar» en el lugar 1")


@pytest.fixture
@hecho_una_vez
def editora(entrar, administradora, territorio):
    cliente, programa = entrar(administradora), ProgramaConEvaluacion()
    return SimpleNamespace(
        cliente=cliente,
        agregar=reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.modulos[0].pk]),
    )


def de_ordenar(elementos=RENGLONES, explicacion="Primero se oye.", **campos):
    propios = {"ordenar__elementos": elementos, "ordenar__explicacion": explicacion}
    return fila("Ordene los pasos.", tipo="ordenar", alternativas=[], **propios, **campos)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mala", "dice"),
    [
        (de_ordenar("Oír\nAvisar"), "Escriba de 3 a 8 elementos, uno en cada renglón."),
        (de_ordenar("Oír\nOír\nAvisar"), "Dos elementos dicen lo mismo. Cambie uno."),
        (de_ordenar(f"Oír\nAvisar\n{'a' * 161}"), "es muy largo. Escriba hasta 160 letras"),
        (de_ordenar(explicacion=""), "Explique por qué van en ese orden."),
    ],
)
def test_the_editor_says_what_is_missing(editora, mala, dice):
    assert dice in errores(editora.cliente.post(editora.agregar, datos([mala])))
    assert not Evaluacion.objects.filter(title="Evaluación nueva").exists()


@pytest.mark.django_db
def test_the_editor_draws_the_fields_of_a_kind_once_and_brings_their_script(editora):
    """Drawn twice, the browser sends both, and what was written under the label is lost."""
    editora.cliente.post(editora.agregar, datos([de_ordenar()]))
    editar = reverse("wagtailadmin_pages:edit", args=[Evaluacion.objects.get(title="Evaluación nueva").pk])
    pantalla = editora.cliente.get(editar).content.decode()
    for fila_de_preguntas in ("preguntas-0", "preguntas-__prefix__"):
        for campo in ("elementos", "explicacion"):
            assert pantalla.count(f'name="{fila_de_preguntas}-ordenar__{campo}"') == 1
        assert pantalla.count(f'name="{fila_de_preguntas}-ORDER"') == 1
    assert "kuska/js/preguntas-editor.js" in pantalla


@pytest.mark.django_db
@pytest.mark.parametrize("texto_suelto", ["", "Lo que empezó a escribir"])
def test_rows_of_another_kind_are_neither_asked_nor_kept(editora, texto_suelto):
    """A browser sends two rows of options with their number, though they are out of sight."""
    sueltas = inline_formset([{"texto": texto_suelto, "explicacion": ""}] * 2)
    assert editora.cliente.post(editora.agregar, datos([de_ordenar() | {"alternativas": sueltas}])).status_code == 302
    una = Pregunta.objects.get(evaluacion__title="Evaluación nueva")
    assert [uno["texto"] for uno in una.datos["elementos"]] == PASOS
    assert not una.alternativas.exists()
    mala = de_ordenar("Oír\nAvisar") | {"alternativas": sueltas}
    assert "Escriba de 3 a 8 elementos" in errores(editora.cliente.post(editora.agregar, datos([mala])))


@pytest.mark.django_db
def test_editing_the_words_of_one_keeps_it_and_moving_one_asks_why(editora):
    assert editora.cliente.post(editora.agregar, datos([de_ordenar()])).status_code == 302
    pagina = Evaluacion.objects.get(title="Evaluación nueva")
    una = pagina.preguntas.get()
    antes = [uno["clave"] for uno in una.datos["elementos"]]
    editar = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    assert "\n".join(PASOS) in editora.cliente.get(editar).content.decode().replace("\r", "")

    def mandar(elementos, **campos):
        propia = {**de_ordenar("\n".join(elementos), **campos), "id": una.pk, "clave": str(una.clave)}
        envio = datos([propia], title=pagina.title)
        envio["preguntas-INITIAL_FORMS"] = "1"
        return editora.cliente.post(editar, envio)

    assert mandar(["Oír con calma", *PASOS[1:]]).status_code == 302
    una.refresh_from_db()
    assert [uno["clave"] for uno in una.datos["elementos"]] == antes
    movidos = [PASOS[1], "Oír con calma", *PASOS[2:]]
    assert "Cambió cuál es la respuesta correcta." in errores(mandar(movidos))
    assert mandar(movidos, motivo_del_cambio="La ruta cambió.").status_code == 302
    ultima = VersionDePregunta.objects.vigentes().get(evaluacion__pagina=pagina.pk)
    assert (ultima.motivo, ultima.numero) == ("La ruta cambió.", 3)
    assert [uno.texto for uno in ultima.contenido.contenido.elementos] == movidos


@pytest.mark.django_db
def test_the_preview_shows_another_order_than_the_right_one(editora):
    editora.cliente.post(editora.agregar, datos([de_ordenar()]))
    ver = reverse("wagtailadmin_pages:view_draft", args=[Evaluacion.objects.get(title="Evaluación nueva").pk])
    asi = re.findall(r"data-k-texto>([^<]+)<", editora.cliente.get(ver).content.decode())
    assert sorted(asi) == sorted(PASOS) and asi != PASOS
    assert "Primero se oye." in texto(editora.cliente.get(ver, {"mode": "correcta"}))


def test_the_frozen_question_is_plain_json():
    assert json.loads(json.dumps(una_mostrada().a_json()))["contenido"]["mostrados"]
