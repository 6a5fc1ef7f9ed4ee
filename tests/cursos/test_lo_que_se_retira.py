"""What is taken away while somebody lacks it is paused; only a decision lets people finish without it."""

import pytest
from django.utils import timezone

from cursos.models import Inscripcion, Unidad, VersionDeCurso
from cursos.services.avance import terminar_unidad
from cursos.services.retiros import dejar_de_pedir
from cursos.signals import curso_terminado
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
Trato = VersionDeCurso.Trato
Estado = Inscripcion.Estado


@pytest.fixture
def oidos():
    """Ids announced as finished, once the transaction is committed."""
    ids = []

    def oir(inscripcion_id, **kwargs):
        ids.append(inscripcion_id)

    curso_terminado.connect(oir)
    yield ids
    curso_terminado.disconnect(oir)


def hacer(inscripcion, *unidades):
    for unidad in unidades:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    return ver(inscripcion)


def ver(inscripcion):
    inscripcion.refresh_from_db()
    return (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado)


def ya_no_se_pide(pagina):
    """Take a page away and decide that it is not asked for any more."""
    pagina.unpublish()
    dejar_de_pedir(unidades=[Unidad.objects.get(pagina=pagina.pk).pk], ahora=timezone.now(), por=None)


@pytest.fixture
@hecho_una_vez
def otra(programa, integrante_de_b):
    return programa.inscribir(integrante_de_b)


@pytest.mark.parametrize("acto", ["delete", "unpublish"])
def test_retiring_what_somebody_lacks_pauses_it(programa, inscrita, acto, oidos, django_capture_on_commit_callbacks):
    uno, dos, tres = programa.unidades
    hacer(inscrita, uno, dos)
    with django_capture_on_commit_callbacks(execute=True):
        getattr(programa.lecciones[2], acto)()
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO) and not oidos
    tres.refresh_from_db()
    assert tres.retirada_en and tres.en_pausa and inscrita.version == programa.vigente


def test_nobody_is_led_to_what_is_paused_while_there_is_something_else_to_do(programa, inscrita):
    uno, dos, tres = programa.unidades
    hacer(inscrita, uno)
    assert inscrita.unidad_actual == dos
    programa.lecciones[1].unpublish()
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)
    assert inscrita.unidad_actual == tres


def test_a_decision_to_stop_asking_lets_people_finish_unannounced(
    programa, inscrita, oidos, django_capture_on_commit_callbacks
):
    uno, dos, tres = programa.unidades
    hacer(inscrita, uno, dos)
    with django_capture_on_commit_callbacks(execute=True):
        ya_no_se_pide(programa.lecciones[2])
    assert ver(inscrita) == (2, 2, Estado.TERMINADA)
    version = inscrita.version
    assert version.trato == Trato.SIN_LO_RETIRADO and tres.pk not in version.filas.values_list("unidad", flat=True)
    assert not oidos, "what it makes them earn waits"


@pytest.mark.parametrize("acto", ["delete", "unpublish"])
def test_what_nobody_under_way_lacks_stops_being_asked_at_once(programa, inscrita, otra, acto):
    hacer(inscrita, programa.unidades[0])
    getattr(programa.lecciones[0], acto)()
    assert not Unidad.objects.pausadas().exists()
    assert ver(otra) == (0, 2, Estado.POR_EMPEZAR)


@pytest.mark.parametrize("acto", ["delete", "unpublish"])
def test_retiring_a_lesson_already_done_does_not_lower_progress(programa, inscrita, acto):
    hacer(inscrita, programa.unidades[0])
    getattr(programa.lecciones[0], acto)()
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)
    assert hacer(inscrita, *programa.unidades[1:]) == (3, 3, Estado.TERMINADA)
