import pytest
from django.utils import timezone

from cursos.errores import CursoError
from cursos.models import Avance, Inscripcion
from cursos.services.avance import PasoSalteado, empezar_unidad, registrar_avance, terminar_unidad
from cursos.signals import curso_terminado

pytestmark = pytest.mark.django_db


@pytest.fixture
def terminados(django_capture_on_commit_callbacks):
    """Ids announced as finished."""
    oidos = []

    def oir(inscripcion_id, **kwargs):
        oidos.append(inscripcion_id)

    curso_terminado.connect(oir)
    yield oidos
    curso_terminado.disconnect(oir)


def ver(inscripcion, unidad, *pasos):
    for paso in pasos:
        resultado = registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=paso, ahora=timezone.now())
    inscripcion.refresh_from_db()
    return resultado


def test_first_step_starts_the_enrolment(inscrita, programa):
    leccion = programa.unidades[0]
    ver(inscrita, leccion, 1)
    assert inscrita.estado == Inscripcion.Estado.EN_CURSO
    assert inscrita.iniciada_en and inscrita.ultima_actividad_en
    assert (inscrita.unidad_actual, inscrita.paso_actual) == (leccion, 2)
    assert (inscrita.hechas, inscrita.requeridas) == (0, 3)


def test_last_step_finishes_the_unit_and_points_to_the_next(inscrita, programa):
    primera, segunda, _tercera = programa.unidades
    resultado = ver(inscrita, primera, 1, 2)
    assert resultado.unidad_terminada and not resultado.curso_terminado
    assert (inscrita.hechas, inscrita.unidad_actual, inscrita.paso_actual) == (1, segunda, 1)
    assert Avance.objects.get(inscripcion=inscrita, unidad=primera).terminado_en


def test_after_a_later_unit_the_pointer_goes_on_from_there(inscrita, programa):
    primera, segunda, tercera = programa.unidades
    ver(inscrita, segunda, 1, 2)
    assert inscrita.unidad_actual == tercera
    ver(inscrita, tercera, 1, 2)
    assert inscrita.unidad_actual == primera


def test_repeating_a_step_changes_nothing(inscrita, programa):
    primera = programa.unidades[0]
    ver(inscrita, primera, 1, 2, 2, 1, 2)
    assert (inscrita.hechas, inscrita.paso_actual) == (1, 1)
    assert Avance.objects.count() == 1


def test_an_old_tab_does_not_move_anybody_back(inscrita, programa):
    primera, segunda, _tercera = programa.unidades
    ver(inscrita, primera, 1, 2)
    ver(inscrita, segunda, 1)
    ver(inscrita, primera, 1, 2)
    assert (inscrita.unidad_actual, inscrita.paso_actual) == (segunda, 2)
    assert Avance.objects.get(unidad=segunda).paso == 1


def test_a_step_cannot_be_jumped(inscrita, programa):
    primera = programa.unidades[0]
    with pytest.raises(PasoSalteado) as error:
        ver(inscrita, primera, 2)
    assert (error.value.codigo, error.value.paso) == ("paso_salteado", 1)
    assert not Avance.objects.exists()


def test_a_hard_subject_may_be_jumped(inscrita, programa):
    primera = programa.unidades[0]
    registrar_avance(inscripcion=inscrita, unidad=primera, paso=2, ahora=timezone.now(), sin_orden=True)
    inscrita.refresh_from_db()
    assert inscrita.hechas == 1


def test_a_step_past_the_end_is_the_last(inscrita, programa):
    primera = programa.unidades[0]
    ver(inscrita, primera, 1, 99)
    assert inscrita.hechas == 1


def test_last_unit_finishes_the_course_once(inscrita, programa, terminados, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for unidad in programa.unidades:
            ver(inscrita, unidad, 1, 2)
        ver(inscrita, programa.unidades[-1], 2)
    assert inscrita.estado == Inscripcion.Estado.TERMINADA
    assert inscrita.terminada_en and inscrita.hechas == inscrita.requeridas == 3
    assert terminados == [inscrita.pk]


def test_nothing_is_announced_before_the_commit(inscrita, programa, terminados):
    for unidad in programa.unidades:
        ver(inscrita, unidad, 1, 2)
    assert terminados == []


def test_a_unit_finished_by_its_own_rule_counts_once(inscrita, programa):
    primera = programa.unidades[0]
    empezar_unidad(inscripcion=inscrita, unidad=primera, ahora=timezone.now())
    for _vez in range(2):
        terminar_unidad(inscripcion=inscrita, unidad=primera, ahora=timezone.now())
    inscrita.refresh_from_db()
    assert inscrita.hechas == 1


def test_finished_at_keeps_the_first_date(inscrita, programa):
    primera = programa.unidades[0]
    ver(inscrita, primera, 1, 2)
    antes = Avance.objects.get().terminado_en
    ver(inscrita, primera, 2)
    assert Avance.objects.get().terminado_en == antes


@pytest.mark.parametrize("codigo", ["unidad_ajena", "unidad_retirada", "inscripcion_retirada"])
def test_what_cannot_be_recorded_is_refused(inscrita, programa, codigo):
    unidad = programa.unidades[0]
    if codigo == "unidad_ajena":
        unidad.curso_id = unidad.pk
    elif codigo == "unidad_retirada":
        unidad.retirada_en = timezone.now()
    else:
        Inscripcion.objects.update(retirada_en=timezone.now())
    with pytest.raises(CursoError) as error:
        registrar_avance(inscripcion=inscrita, unidad=unidad, paso=1, ahora=timezone.now())
    assert error.value.codigo == codigo
    assert not Avance.objects.exists()


@pytest.mark.parametrize("cuantas", [3, 8])
def test_cost_does_not_grow_with_the_course(territorio, integrante, presupuesto, cuantas):
    from tests.cursos.factories import Programa

    programa = Programa(lecciones=cuantas)
    inscripcion = programa.inscribir(integrante)
    primera = programa.unidades[0]
    with presupuesto(4):
        registrar_avance(inscripcion=inscripcion, unidad=primera, paso=1, ahora=timezone.now())
    with presupuesto(5):
        registrar_avance(inscripcion=inscripcion, unidad=primera, paso=2, ahora=timezone.now())
