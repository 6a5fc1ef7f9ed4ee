"""What nobody sent in time closes by itself: what was saved is graded, once, with all that follows from it."""

import datetime

import pytest
from django.utils import timezone

from certificados.models import Certificado
from cursos.models import Edicion, Inscripcion
from cursos.services.inscripcion import retirar_inscripcion
from evaluaciones import reglas
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.cierre import LOTE, cerrar_vencidos
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import guardar_entrega, responder
from evaluaciones.tasks import cerrar_vencidos as tarea
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import (
    UN_MINUTO,
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    empezar,
    operacion,
    situacion,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_iniciar import codigo

pytestmark = pytest.mark.django_db
DIA = datetime.timedelta(days=1)


def abrir(persona, unidad, *, hace=5 * DIA, guardadas=None, plazo=2 * DIA):
    """An attempt begun days ago, with what was saved in it and its deadline already past."""
    entonces = timezone.now() - hace
    intento = empezar(persona, unidad, ahora=entonces)
    if guardadas is not None:
        entrega = {n: elegidas or primera(intento, n) for n, elegidas in buenas(intento).items() if n <= guardadas}
        guardar_entrega(persona=persona, intento=intento.clave, entrega=entrega, ahora=entonces + UN_MINUTO)
    if plazo is not None:
        Intento.objects.filter(pk=intento.pk).update(vence_en=entonces + plazo)
    intento.refresh_from_db()
    return intento


def primera(intento, n):
    """An answer to what has no right one."""
    return [intento.formulario[n - 1].contenido.alternativas[0].clave]


def cerrar(intento, ahora=None):
    cuantos = cerrar_vencidos(ahora=ahora or timezone.now())
    intento.refresh_from_db()
    return cuantos


def avance(intento):
    return intento.inscripcion.avances.filter(unidad=intento.unidad).first()


def test_what_was_saved_in_time_is_graded_and_finishes_the_course(inscrita, unidad, django_capture_on_commit_callbacks):
    crear_plantilla()
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    activa = Inscripcion.objects.get(pk=inscrita.pk).ultima_actividad_en
    with django_capture_on_commit_callbacks(execute=True):
        assert cerrar(intento) == 1
    assert (intento.estado, intento.puntos, intento.aprobado, intento.cierre) == ("enviado", 9, True, "plazo")
    assert intento.enviado_en == intento.vence_en
    assert Respuesta.objects.filter(definitiva=True).count() == 10
    assert (avance(intento).estado, avance(intento).terminado_en) == ("terminada", intento.vence_en)
    inscripcion = Inscripcion.objects.get(pk=inscrita.pk)
    assert (inscripcion.estado, inscripcion.hechas) == ("terminada", inscripcion.requeridas)
    assert inscripcion.terminada_en >= intento.vence_en
    assert inscripcion.ultima_actividad_en == activa, "Closing is not activity of the person."
    assert Certificado.objects.filter(inscripcion=inscrita).count() == 1


def test_it_closes_once(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    assert [cerrar(intento), cerrar(intento), tarea()] == [1, 0, 0]
    assert Respuesta.objects.filter(definitiva=True).count() == 10
    assert Intento.objects.count() == 1


def test_not_enough_counts_as_a_try(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=3)
    cerrar(intento)
    assert (intento.puntos, intento.aprobado) == (3, False)
    assert avance(intento).estado == "en_curso"
    donde = situacion(inscrita.persona, unidad)
    assert (donde.enviados, donde.en_curso_id, donde.quedan(donde.publicado)) == (1, None, 2)
    assert empezar(inscrita.persona, unidad).numero == 2


def test_begun_and_never_answered_is_a_try_without_points(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad)
    cerrar(intento)
    assert (intento.estado, intento.puntos, intento.aprobado) == ("enviado", 0, False)
    assert intento.iniciado_en <= intento.enviado_en


def test_the_last_try_lets_continuar_go_on(territorio, integrante):
    programa = ProgramaConEvaluacion(intentos=1)
    final = unidad_de(crear_evaluacion(programa.pagina, clase="final", titulo="Final", preguntas=2))
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    cerrar(abrir(integrante, programa.unidad_evaluada, guardadas=1))
    assert Inscripcion.objects.get(pk=inscripcion.pk).unidad_actual_id == final.pk


@pytest.mark.parametrize("despues", [0, 1])
def test_the_grace_is_over_before_it_closes(inscrita, unidad, despues):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    limite = intento.vence_en + reglas.GRACIA
    assert cerrar(intento, limite + datetime.timedelta(seconds=despues)) == despues


def test_what_arrives_in_the_grace_counts_and_the_date_says_so(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    datos = {"persona": inscrita.persona, "intento": intento.clave}
    ultima = intento.vence_en + UN_MINUTO
    guardar_entrega(**datos, entrega=buenas(intento), ahora=ultima)
    cerrar(intento)
    assert (intento.puntos, intento.enviado_en) == (10, ultima)


def test_the_last_day_of_the_edition_closes_what_is_open(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9, plazo=None)
    hoy = timezone.localdate()
    Edicion.objects.update(termina=hoy)
    assert cerrar(intento) == 0, "The last day is whole."
    Edicion.objects.update(termina=hoy - 2 * DIA)  # and not yesterday: what comes in the first minutes still counts
    assert cerrar(intento) == 1
    assert (intento.cierre, intento.puntos) == ("edicion", 9)
    assert timezone.localdate(intento.enviado_en) == hoy - 2 * DIA
    assert codigo(empezar, inscrita.persona, unidad) == "ya_aprobada"


def test_after_the_last_day_nothing_is_begun(inscrita, unidad):
    Edicion.objects.update(termina=timezone.localdate() - DIA)
    assert codigo(empezar, inscrita.persona, unidad) == "edicion_terminada"


def test_an_edition_cut_short_keeps_what_was_saved_after_its_new_end(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, hace=DIA, guardadas=9, plazo=None)
    Edicion.objects.update(termina=timezone.localdate() - 3 * DIA, inicia=timezone.localdate() - 60 * DIA)
    cerrar(intento)
    assert intento.puntos == 9
    assert intento.enviado_en == intento.iniciado_en + UN_MINUTO


@pytest.mark.parametrize(
    ("clase", "guardadas", "estado", "terminada"),
    [
        ("practica", 2, "cerrado", False),
        ("practica", 3, "enviado", True),
        ("encuesta", 2, "cerrado", False),
        ("encuesta", 3, "enviado", True),
        ("entrada", 0, "cerrado", False),
        ("entrada", 2, "enviado", True),
    ],
)
def test_what_only_counts_when_it_is_answered_is_not_made_up(
    territorio, integrante, clase, guardadas, estado, terminada
):
    programa = ProgramaConEvaluacion(clase=clase, preguntas=3)
    ver_lecciones(programa.inscribir(integrante))
    unidad = programa.unidad_evaluada
    intento = abrir(integrante, unidad, guardadas=guardadas)
    assert cerrar(intento) == 1
    assert (intento.estado, intento.cierre) == (estado, "plazo")
    hecho = avance(intento)
    assert (hecho is not None and hecho.estado == "terminada") is terminada
    assert Respuesta.objects.filter(definitiva=False).count() == guardadas, "What was answered is kept."
    if estado == "cerrado":
        assert empezar(integrante, unidad).numero == 2, "It used up no try."


def test_who_left_the_course_is_closed_on_coming_back(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    retirar_inscripcion(inscripcion=inscrita, ahora=timezone.now())
    assert cerrar(intento) == 0
    Inscripcion.objects.filter(pk=inscrita.pk).update(retirada_en=None)
    assert cerrar(intento) == 1
    assert intento.aprobado and intento.enviado_en == intento.vence_en


@pytest.mark.parametrize("acto", ["unpublish", "delete"])
def test_a_page_that_went_away_is_closed_and_told_to_the_course_on_its_return(programa, inscrita, unidad, acto):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    getattr(type(programa.evaluacion).objects.get(pk=programa.evaluacion.pk), acto)()
    cerrar(intento)
    assert (intento.estado, intento.puntos) == ("enviado", 9)
    assert avance(intento).estado == "en_curso"
    if acto == "unpublish":
        type(programa.evaluacion).objects.get(pk=programa.evaluacion.pk).save_revision().publish()
        assert avance(intento).estado == "terminada"


def test_an_answer_after_closing_is_told_and_changes_nothing(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    cerrar(intento)
    datos = {"persona": inscrita.persona, "intento": intento.clave, "ahora": timezone.now()}
    assert codigo(responder, **datos, pregunta=1, enviado=[], operacion=operacion()) == "fuera_de_plazo"
    assert codigo(guardar_entrega, **datos, entrega=buenas(intento)) == "fuera_de_plazo"
    envio = enviar(**datos, entrega=buenas(intento))
    assert (envio.repetido, envio.intento.puntos) == (True, 9)


def test_sending_late_closes_it_as_the_task_would(inscrita, unidad):
    intento = abrir(inscrita.persona, unidad, guardadas=9)
    envio = enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    assert (envio.tarde, envio.curso_terminado, envio.intento.puntos) == (True, True, 9)
    intento.refresh_from_db()
    assert (intento.cierre, intento.enviado_en) == ("plazo", intento.vence_en)


def test_a_batch_costs_the_same_with_few_and_with_many(territorio, presupuesto):
    programa = ProgramaConEvaluacion()
    costos = []
    for cuantas in (2, 12):
        for n in range(cuantas):
            persona = gente.crear_integrante(f"6{cuantas:02}000{n:02}", "Ana", "Flores")
            ver_lecciones(programa.inscribir(persona))
            abrir(persona, programa.unidad_evaluada, guardadas=9 if n % 2 else 3)
        with presupuesto(20) as medida:
            assert cerrar_vencidos(ahora=timezone.now()) == cuantas
        costos.append(medida.contadas)
    assert costos[0] == costos[1]
    with presupuesto(1):
        assert cerrar_vencidos(ahora=timezone.now()) == 0


def test_it_goes_on_past_a_batch_and_past_what_cannot_be_closed(territorio, monkeypatch, caplog):
    monkeypatch.setattr("evaluaciones.services.cierre.LOTE", 2)
    assert LOTE > 2
    programa = ProgramaConEvaluacion()
    intentos = []
    for n in range(5):
        persona = gente.crear_integrante(f"6000000{n}", "Ana", "Flores")
        ver_lecciones(programa.inscribir(persona))
        intentos.append(abrir(persona, programa.unidad_evaluada, guardadas=9))
    Intento.objects.filter(pk=intentos[1].pk).update(formulario={})
    assert cerrar_vencidos(ahora=timezone.now()) == 4
    assert Intento.objects.enviados().count() == 4
    assert "attempt not closed" in caplog.text
