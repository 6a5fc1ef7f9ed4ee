"""Each class of evaluation has its place: one rule for the editor, the list of pages, moving and the files."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluaciones.models import Evaluacion
from programas.extraccion import extraer
from tests.cursos.factories import publicar
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion, hacer_pregunta
from tests.evaluaciones.test_editor import como_esta, crear, datos, editar, editora, pregunta  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
VA_EN_EL_CURSO = "De entrada, final y encuestas van en el curso"


@pytest.fixture
def programa():
    return ProgramaConEvaluacion(preguntas=2)


@pytest.mark.parametrize("clase", ["entrada", "final", "encuesta", "aplicacion"])
def test_what_is_of_the_whole_course_is_not_published_in_a_module(editora, programa, clase):  # noqa: F811
    respuesta = crear(editora, programa, [pregunta()], clase=clase)
    assert VA_EN_EL_CURSO in respuesta.content.decode()
    assert not Evaluacion.objects.filter(title="Evaluación nueva", live=True).exists()


@pytest.mark.parametrize("clase", ["practica", "modulo"])
def test_what_is_of_a_module_is_not_published_in_the_course(editora, programa, clase):  # noqa: F811
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.pagina.pk])
    respuesta = editora.post(direccion, datos([pregunta()], clase=clase))
    assert "van dentro de uno" in respuesta.content.decode()
    assert not Evaluacion.objects.filter(title="Evaluación nueva").exists()


@pytest.mark.parametrize(
    ("clase", "dice"), [("final", VA_EN_EL_CURSO), ("encuesta", VA_EN_EL_CURSO), ("practica", "Una práctica dice")]
)
def test_a_class_that_cannot_be_there_is_said_beside_it_when_it_is_changed(editora, programa, clase, dice):  # noqa: F811
    """The last one lends its questions to the final."""
    pagina = programa.evaluacion
    final = Evaluacion(title="Final", clase="final", preguntas_de=pagina)
    publicar(programa.pagina.add_child(instance=final))
    respuesta = editar(editora, pagina, como_esta(pagina), clase=clase)
    assert respuesta.status_code == 200
    assert dice in "".join(respuesta.context["form"].errors["clase"])
    assert Evaluacion.objects.get(pk=pagina.pk).clase == "modulo"


def test_no_other_door_publishes_it(programa):
    pagina = Evaluacion(title="Entrada", clase="entrada", live=False)
    pagina.preguntas = [hacer_pregunta(1)]
    programa.modulos[0].add_child(instance=pagina)
    with pytest.raises(ValidationError, match=VA_EN_EL_CURSO):
        pagina.save_revision().publish()


def test_what_is_published_moves_only_where_it_goes(programa):
    entrada = crear_evaluacion(programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")
    assert not entrada.can_move_to(programa.modulos[0])
    assert not programa.evaluacion.can_move_to(programa.pagina)


def test_what_was_published_there_before_stays_and_its_export_says_that_it_is_left_out(programa):
    Evaluacion.objects.filter(pk=programa.evaluacion.pk).update(clase="encuesta")
    antes = Evaluacion.objects.get(pk=programa.evaluacion.pk)
    antes.presentacion = "Con calma."
    publicar(antes)
    avisos: list[str] = []
    programa_leido = extraer(programa.pagina, avisar=avisos.append)
    assert not programa_leido.curso.modulos[0].evaluaciones
    assert any("va en el curso, fuera de los módulos: no se exporta" in aviso for aviso in avisos)
