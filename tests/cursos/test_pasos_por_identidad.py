"""A trainer inserts, moves and removes steps while people read: each goes on at the first step not seen."""

import json
import re

import pytest
from django.utils import timezone

from cursos.models import Avance, Inscripcion
from cursos.services.avance import PasoSalteado, registrar_avance
from tests.cursos.factories import crear_leccion, paso, publicar
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def leccion(programa):
    """A lesson of four steps, the first to be read in these tests."""
    return crear_leccion(programa.modulos[0], "Cuatro pasos", pasos=4)


@pytest.fixture
def unidad(programa, leccion):
    return programa.unidad(leccion)


def cambiar(leccion, arreglo):
    """Publish the lesson with its steps as ``arreglo`` leaves them, a list of blocks as kept."""
    leccion.refresh_from_db()
    bloques = [dict(bloque) for bloque in leccion.pasos.raw_data]
    leccion.pasos = json.dumps(arreglo(bloques))
    publicar(leccion)


def insertar(leccion, en, titulo="Recién puesto"):
    nuevo = {**paso(titulo), "id": f"nuevo-{titulo}"}
    cambiar(leccion, lambda bloques: [*bloques[:en], nuevo, *bloques[en:]])


def ver(inscripcion, unidad, *pasos):
    unidad.refresh_from_db()
    for numero in pasos:
        resultado = registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=numero, ahora=timezone.now())
    return resultado


def direccion(unidad):
    return unidad.get_absolute_url()


def en_la_pagina(cliente, unidad, numero):
    """Open a step and return what its form sends."""
    pagina = texto(cliente.get(f"{direccion(unidad)}/{numero}"))
    return {"este": re.search(r'name="este" value="([^"]+)"', pagina)[1]}


@pytest.mark.un_motor
def test_a_step_inserted_behind_the_reader_is_met(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2)
    insertar(leccion, 1)
    cliente = entrar(inscrita.persona)
    assert cliente.get(direccion(unidad)).url == f"{direccion(unidad)}/2"
    assert "paso nuevo" in texto(cliente.get(f"{direccion(unidad)}/2"))
    visitados = recorrer(cliente, unidad, 2)
    assert visitados == [2, 4, 5]
    assert Avance.objects.get(unidad=unidad).estado == "terminada"


def recorrer(cliente, unidad, numero):
    """Press «Continuar» until the end of the lesson. Returns the steps seen on the way."""
    visitados = []
    while len(visitados) < 20:
        visitados.append(numero)
        destino = cliente.post(f"{direccion(unidad)}/{numero}", en_la_pagina(cliente, unidad, numero)).url
        if destino.endswith("/fin"):
            return visitados
        numero = int(destino.rsplit("/", 1)[1])
    raise AssertionError(visitados)


@pytest.mark.un_motor
def test_inicio_and_the_course_lead_to_the_inserted_step(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2)
    insertar(leccion, 0)
    cliente = entrar(inscrita.persona)
    inicio = texto(cliente.get("/inicio"))
    assert f'href="{direccion(unidad)}/1"' in inicio
    assert "paso 1 de 5" in inicio
    assert f'href="{direccion(unidad)}/1"' in texto(cliente.get(f"/c/{unidad.curso.numero}"))


@pytest.mark.un_motor
def test_a_tab_from_before_the_change_records_the_step_it_showed(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1)
    cliente = entrar(inscrita.persona)
    mostrado = en_la_pagina(cliente, unidad, 2)
    insertar(leccion, 0)
    assert cliente.post(f"{direccion(unidad)}/2", mostrado).url == f"{direccion(unidad)}/1"
    assert mostrado["este"] in Avance.objects.get(unidad=unidad).vistos
    assert cliente.post(f"{direccion(unidad)}/2", mostrado).url == f"{direccion(unidad)}/4"


@pytest.mark.un_motor
def test_the_last_step_of_an_old_tab_does_not_finish_what_was_not_seen(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2, 3)
    cliente = entrar(inscrita.persona)
    mostrado = en_la_pagina(cliente, unidad, 4)
    insertar(leccion, 2)
    assert cliente.post(f"{direccion(unidad)}/4", mostrado).url == f"{direccion(unidad)}/3"
    assert Avance.objects.get(unidad=unidad).estado == "en_curso"
    assert recorrer(cliente, unidad, 3) == [3]


@pytest.mark.un_motor
def test_removed_steps_never_block(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2)
    cliente = entrar(inscrita.persona)
    mostrado = en_la_pagina(cliente, unidad, 3)
    cambiar(leccion, lambda bloques: bloques[:2])
    assert cliente.get(direccion(unidad)).url == f"{direccion(unidad)}/2"
    assert cliente.post(f"{direccion(unidad)}/3", mostrado).url == f"{direccion(unidad)}/fin"


@pytest.mark.un_motor
def test_a_removed_step_that_was_seen_takes_nobody_forward(inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2)
    cambiar(leccion, lambda bloques: bloques[1:])
    unidad.refresh_from_db()
    with pytest.raises(PasoSalteado) as salto:
        ver(inscrita, unidad, 3)
    assert salto.value.paso == 2
    assert ver(inscrita, unidad, 2, 3).unidad_terminada


def test_reordered_steps_are_still_those_that_were_seen(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2)
    cambiar(leccion, lambda bloques: bloques[::-1])
    cliente = entrar(inscrita.persona)
    assert cliente.get(direccion(unidad)).url == f"{direccion(unidad)}/1"
    assert recorrer(cliente, unidad, 1) == [1, 2]


def test_a_finished_lesson_stays_finished_and_offers_what_is_new(entrar, inscrita, leccion, unidad):
    ver(inscrita, unidad, 1, 2, 3, 4)
    inscrita.refresh_from_db()
    antes = (inscrita.hechas, inscrita.requeridas, Avance.objects.get(unidad=unidad).terminado_en)
    insertar(leccion, 1)
    inscrita.refresh_from_db()
    assert (inscrita.hechas, inscrita.requeridas, Avance.objects.get(unidad=unidad).terminado_en) == antes
    cliente = entrar(inscrita.persona)
    curso = texto(cliente.get(f"/c/{unidad.curso.numero}"))
    assert "1 paso nuevo" in curso
    assert f'href="{direccion(unidad)}/2"' in curso
    cliente.post(f"{direccion(unidad)}/2", en_la_pagina(cliente, unidad, 2))
    assert "paso nuevo" not in texto(cliente.get(f"/c/{unidad.curso.numero}"))
    assert Inscripcion.objects.get(pk=inscrita.pk).hechas == antes[0]


@pytest.mark.un_motor
def test_reading_again_goes_step_by_step(entrar, inscrita, unidad):
    ver(inscrita, unidad, 1, 2)
    cliente = entrar(inscrita.persona)
    assert recorrer(cliente, unidad, 1) == [1, 2, 3, 4]
    assert recorrer(cliente, unidad, 1) == [1, 2, 3, 4]


@pytest.mark.parametrize("terminada", [False, True])
def test_progress_that_only_has_a_number_keeps_working(entrar, inscrita, leccion, unidad, terminada):
    ver(inscrita, unidad, *range(1, 5 if terminada else 3))
    Avance.objects.filter(unidad=unidad).update(vistos="")
    cliente = entrar(inscrita.persona)
    assert cliente.get(direccion(unidad)).url == f"{direccion(unidad)}/{1 if terminada else 3}"
    insertar(leccion, 1)
    curso = texto(cliente.get(f"/c/{unidad.curso.numero}"))
    assert f'href="{direccion(unidad)}/2"' in curso
    assert ("1 paso nuevo" in curso) is terminada
    if not terminada:
        assert recorrer(cliente, unidad, 2) == [2, 4, 5]


@pytest.mark.un_motor
def test_a_hard_subject_may_still_be_passed_over(entrar, programa, inscrita):
    resumen = {"type": "resumen", "value": {"titulo": "Para recordar", "lineas": ["Una"]}}
    dificil = crear_leccion(
        programa.modulos[0], "Difícil", pasos=[paso("Uno"), paso("Dos"), resumen], tema_dificil=True
    )
    unidad = programa.unidad(dificil)
    cliente = entrar(inscrita.persona)
    aviso = en_la_pagina(cliente, unidad, 1)
    assert cliente.post(f"{direccion(unidad)}/1", {**aviso, "saltar": "1"}).url == f"{direccion(unidad)}/4"
    assert cliente.post(f"{direccion(unidad)}/4", en_la_pagina(cliente, unidad, 4)).url.endswith("/fin")
    assert not re.search("pasos? nuevos?", texto(cliente.get(f"/c/{unidad.curso.numero}")))


@pytest.mark.un_motor
def test_a_hard_subject_read_in_order_meets_what_was_inserted(entrar, programa, inscrita):
    dificil = crear_leccion(programa.modulos[0], "Difícil", pasos=3, tema_dificil=True)
    unidad = programa.unidad(dificil)
    for numero in (1, 2, 3):
        registrar_avance(inscripcion=inscrita, unidad=unidad, paso=numero, ahora=timezone.now(), sin_orden=True)
    insertar(dificil, 1)
    cliente = entrar(inscrita.persona)
    assert recorrer(cliente, unidad, 5) == [5, 3]
