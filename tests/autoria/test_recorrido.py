"""From the form of the editor to the page of a person, and what happens to those who were already in the course."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.models import Inscripcion, Leccion, Modulo, Unidad, VersionDeCurso
from cursos.services.avance import terminar_unidad
from tests.autoria import formularios
from tests.autoria.lectura import leer
from tests.evaluaciones.factories import buenas, empezar, ver_lecciones
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
Estado = Inscripcion.Estado


@pytest.fixture
@hecho_una_vez
def en_camino(programa, integrante):
    """Rosa, with the first lesson done."""
    inscripcion = programa.inscribir(integrante)
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidades[0], ahora=timezone.now())
    return inscripcion


@pytest.fixture
@hecho_una_vez
def terminada(programa, integrante_de_b):
    """Juan, with everything done."""
    from evaluaciones.services.envio import enviar

    inscripcion = programa.inscribir(integrante_de_b)
    ver_lecciones(inscripcion)
    intento = empezar(integrante_de_b, programa.unidad_evaluada)
    enviar(persona=integrante_de_b, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Estado.TERMINADA
    return inscripcion


def ver_curso(entrar, inscripcion) -> str:
    respuesta = entrar(inscripcion.persona).get(f"/c/{inscripcion.curso.numero}")
    assert respuesta.status_code == 200
    return leer(respuesta).texto


def cuenta(inscripcion) -> tuple[int, int, str]:
    inscripcion.refresh_from_db()
    return inscripcion.hechas, inscripcion.requeridas, inscripcion.estado


# --- From the editor to the course


@pytest.mark.un_motor
def test_what_a_trainer_publishes_is_in_the_course(mesa, en_camino, entrar):
    _modulo, leccion, evaluacion = mesa.modulo_completo()
    curso = ver_curso(entrar, en_camino)
    assert "Módulo nuevo" in curso and "Lección nueva" in curso and "Evaluación nueva" in curso
    persona = entrar(en_camino.persona)
    numero = Unidad.objects.get(pagina=leccion.pk).numero
    paso = persona.get(f"/c/{en_camino.curso.numero}/{numero}", follow=True)
    assert "Oiga sin juzgar." in paso.content.decode()
    unidad = Unidad.objects.get(pagina=evaluacion.pk)
    assert persona.get(f"/e/{en_camino.curso.numero}/{unidad.numero}").status_code == 200


@pytest.mark.un_motor
def test_a_draft_is_not_in_the_course(mesa, en_camino, entrar):
    modulo = mesa.programa.modulos[0]
    respuesta = mesa.cliente.post(
        formularios.agregar("kuska_cursos.leccion", modulo), formularios.leccion("Sin publicar")
    )
    assert respuesta.status_code == 302
    assert not Leccion.objects.get(title="Sin publicar").live
    assert not Unidad.objects.filter(titulo="Sin publicar").exists()
    assert "Sin publicar" not in ver_curso(entrar, en_camino)


@pytest.mark.un_motor
def test_a_draft_over_a_published_lesson_changes_nothing_yet(mesa, en_camino, entrar):
    leccion = mesa.programa.lecciones[1]
    nueva = formularios.leccion("Con otro nombre", pasos=[formularios.paso_de_texto(texto="Palabras nuevas.")])
    mesa.cliente.post(formularios.editar(leccion), nueva)
    assert "Con otro nombre" not in ver_curso(entrar, en_camino)
    mesa.cliente.post(formularios.editar(leccion), {**nueva, **formularios.PUBLICAR})
    assert "Con otro nombre" in ver_curso(entrar, en_camino)
    assert cuenta(en_camino) == (1, 3, Estado.EN_CURSO), "editing words asks for nothing new"


@pytest.mark.un_motor
def test_a_lesson_of_an_unpublished_module_waits_for_it(mesa, en_camino, entrar):
    mesa.cliente.post(formularios.agregar("kuska_cursos.modulo", mesa.programa.pagina), formularios.modulo())
    modulo = Modulo.objects.get(title="Módulo nuevo")
    mesa.publicar("kuska_cursos.leccion", modulo, formularios.leccion())
    assert "Lección nueva" not in ver_curso(entrar, en_camino)
    mesa.cliente.post(formularios.editar(modulo), {**formularios.modulo(), **formularios.PUBLICAR})
    assert "Lección nueva" in ver_curso(entrar, en_camino)


@pytest.mark.un_motor
def test_the_trainer_sees_what_is_published(mesa):
    modulo, leccion, evaluacion = mesa.modulo_completo()
    curso = mesa.cliente.get(mesa.programa.pagina.url)
    assert curso.status_code == 200 and "Módulo nuevo" in leer(curso).texto
    assert mesa.cliente.get(modulo.url).url == mesa.programa.pagina.url
    assert "Oiga sin juzgar." in leer(mesa.cliente.get(leccion.url)).texto
    assert "Discutir no ayuda." not in mesa.cliente.get(evaluacion.url).content.decode()


@pytest.mark.un_motor
def test_everybody_else_goes_to_the_direct_address(mesa, en_camino, entrar, visitante, coordinadora_a):
    """Also a member who writes: she takes the course as the others do."""
    numero = en_camino.curso.numero
    en_camino.persona.cuenta.groups.add(mesa.cuenta.groups.get())
    for quien in (entrar(en_camino.persona), entrar(coordinadora_a), visitante):
        assert quien.get(mesa.programa.pagina.url).url == f"/c/{numero}"
        assert quien.get(mesa.programa.lecciones[0].url).url == f"/c/{numero}/1"


# --- Whoever finished, whoever is under way


@pytest.mark.un_motor
def test_who_finished_stays_finished(mesa, terminada, entrar):
    antes = cuenta(terminada)
    mesa.modulo_completo()
    assert cuenta(terminada) == antes
    curso = ver_curso(entrar, terminada)
    assert "Terminó este curso" in curso and "Lección nueva" in curso


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("trato", "esperado"), [("conservar", (1, 3)), ("pedir_lo_nuevo", (1, 5))], ids=["conservar", "pedir lo nuevo"]
)
def test_those_under_way_get_what_the_publisher_chose(mesa, en_camino, terminada, entrar, trato, esperado):
    mesa.modulo_completo()
    assert cuenta(en_camino) == (1, 3, Estado.EN_CURSO), "nothing is asked before somebody decides"
    version = VersionDeCurso.objects.get(curso=en_camino.curso, vigente=True)
    pantalla = mesa.cliente.get(reverse("cursos_decidir", args=[version.pk]))
    assert "Lección nueva" in leer(pantalla).texto and "Evaluación nueva" in leer(pantalla).texto
    hecho = mesa.cliente.post(reverse("cursos_decidir", args=[version.pk]), {"trato": trato}, follow=True)
    assert "Decisión anotada" in leer(hecho).texto
    assert cuenta(en_camino) == (*esperado, Estado.EN_CURSO)
    assert cuenta(terminada) == (3, 3, Estado.TERMINADA)
    version.refresh_from_db()
    assert version.trato == trato and version.decidida_por.username == "capacitadora"
    opcional = leer(entrar(en_camino.persona).get(f"/c/{en_camino.curso.numero}")).texto.count("opcional")
    assert bool(opcional) is (trato == "conservar")


@pytest.mark.un_motor
def test_publishing_says_that_somebody_must_decide(mesa, en_camino):
    mesa.publicar("kuska_cursos.modulo", mesa.programa.pagina, formularios.modulo())
    modulo = Modulo.objects.get(title="Módulo nuevo")
    respuesta = mesa.publicar("kuska_cursos.leccion", modulo, formularios.leccion())
    assert "1 persona lleva este curso con lo que pedía antes" in leer(respuesta).texto
    assert "Decidir qué se les pide" in leer(respuesta).texto


@pytest.mark.un_motor
def test_nobody_in_the_course_nothing_to_decide(mesa):
    mesa.publicar("kuska_cursos.modulo", mesa.programa.pagina, formularios.modulo())
    respuesta = mesa.publicar("kuska_cursos.leccion", Modulo.objects.get(title="Módulo nuevo"), formularios.leccion())
    assert "Decidir" not in leer(respuesta).texto


# --- Taking away, moving, copying


@pytest.mark.parametrize(
    ("retiro", "esperado"), [("pasajero", (1, 3)), ("definitivo", (1, 2))], ids=["pasajero", "definitivo"]
)
def test_unpublishing_asks_whether_it_comes_back(mesa, en_camino, terminada, entrar, retiro, esperado):
    direccion = reverse("wagtailadmin_pages:unpublish", args=[mesa.programa.lecciones[1].pk])
    pregunta = mesa.cliente.post(direccion)
    assert "Es un cambio pasajero" in leer(pregunta).texto
    assert mesa.programa.unidades[1].retirada_en is None
    assert mesa.cliente.post(direccion, {"retiro": retiro}).status_code == 302
    assert cuenta(en_camino) == (*esperado, Estado.EN_CURSO)
    assert cuenta(terminada) == (3, 3, Estado.TERMINADA)
    curso = ver_curso(entrar, en_camino)
    assert ("En pausa" in curso and "Lección 1.2" in curso) is (retiro == "pasajero")


def test_dragging_a_lesson_changes_the_order_for_everybody(mesa, en_camino, entrar):
    primera, segunda = mesa.programa.lecciones
    direccion = reverse("wagtailadmin_pages:set_page_position", args=[segunda.pk])
    assert mesa.cliente.post(f"{direccion}?position=0").status_code == 200
    curso = ver_curso(entrar, en_camino)
    assert curso.index(segunda.title) < curso.index(primera.title)
    assert cuenta(en_camino) == (1, 3, Estado.EN_CURSO)


def test_a_copied_lesson_is_another_lesson(mesa, en_camino):
    leccion = mesa.programa.lecciones[0]
    datos = {
        "new_title": "La copia",
        "new_parent_page": mesa.programa.modulos[0].pk,
        "publish_copies": "on",
    }
    assert mesa.cliente.post(reverse("wagtailadmin_pages:copy", args=[leccion.pk]), datos).status_code == 302
    original, copia = (Unidad.objects.get(pagina__title=titulo) for titulo in (leccion.title, "La copia"))
    assert original.pk != copia.pk and copia.curso == original.curso
    assert cuenta(en_camino) == (1, 3, Estado.EN_CURSO)


def test_going_back_to_an_earlier_version_loses_nothing(mesa, en_camino):
    leccion = mesa.programa.lecciones[0]
    antes = leccion.latest_revision
    mesa.cliente.post(formularios.editar(leccion), {**formularios.leccion("Otra"), **formularios.PUBLICAR})
    revertir = reverse("wagtailadmin_pages:revisions_revert", args=[leccion.pk, antes.pk])
    assert mesa.cliente.get(revertir).status_code == 200
    antes.publish()
    assert Unidad.objects.get(pagina=leccion.pk).titulo == "Lección 1.1"
    assert cuenta(en_camino) == (1, 3, Estado.EN_CURSO)
