"""Whatever happens to the page, a running attempt keeps the exact questions it began with, and is graded on them."""

import pytest
from django.utils import timezone

from cursos.models import Unidad
from cursos.services.retiros import dejar_de_pedir
from evaluaciones.models import Evaluacion, Intento, Pregunta, Respuesta, VersionDePregunta
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import guardar_entrega
from tests.evaluaciones.factories import buenas, correctas, empezar, equivocadas, hacer_pregunta
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def intento(inscrita, unidad):
    return empezar(inscrita.persona, unidad)


def publicar(pagina):
    pagina.save_revision().publish()


def mandar(intento, entrega):
    envio = enviar(persona=intento.inscripcion.persona, intento=intento.clave, entrega=entrega, ahora=timezone.now())
    return envio.intento


def con(pagina, cambio):
    """The page as the editor would save it, changed."""
    pagina = Evaluacion.objects.get(pk=pagina.pk)
    cambio(pagina)
    publicar(pagina)


def otra_correcta(pagina):
    preguntas = list(pagina.preguntas.all())
    for pregunta in preguntas:
        opciones = list(pregunta.alternativas.all())
        for n, opcion in enumerate(opciones):
            opcion.correcta = n == 0 if pregunta.tipo != "varias" else n in (0, 3)
        pregunta.alternativas = opciones
    pagina.preguntas = preguntas


def sin_preguntas(pagina):
    pagina.preguntas = [hacer_pregunta(99)]


def mas_exigente(pagina):
    pagina.nota_minima = 100
    pagina.intentos = 1


CAMBIOS = {
    "otra_correcta": lambda pagina: con(pagina, otra_correcta),
    "otras_preguntas": lambda pagina: con(pagina, sin_preguntas),
    "mas_exigente": lambda pagina: con(pagina, mas_exigente),
    "sin_publicar": lambda pagina: pagina.unpublish(),
    "borrada": lambda pagina: Evaluacion.objects.get(pk=pagina.pk).delete(),
    "modulo_borrado": lambda pagina: pagina.get_parent().specific.delete(),
    "curso_borrado": lambda pagina: pagina.get_parent().get_parent().specific.delete(),
}


@pytest.mark.parametrize("cambio", CAMBIOS.values(), ids=CAMBIOS)
def test_an_attempt_is_graded_on_what_was_shown(programa, inscrita, intento, cambio):
    antes = intento.formulario
    guardar_entrega(persona=inscrita.persona, intento=intento.clave, entrega=buenas(intento, 3), ahora=timezone.now())
    cambio(programa.evaluacion)
    entrega = {n: correctas(p) if n <= 8 else equivocadas(p) for n, p in enumerate(antes, 1)}
    enviado = mandar(intento, entrega)
    assert (enviado.puntos, enviado.aprobado) == (8, True)
    intento.refresh_from_db()
    assert intento.formulario == antes
    assert Respuesta.objects.filter(definitiva=True).count() == 10


@pytest.mark.parametrize("cambio", ["otra_correcta", "otras_preguntas", "sin_publicar", "borrada"])
def test_what_was_answered_and_graded_outlives_every_change(programa, intento, cambio):
    mandar(intento, buenas(intento, 8))
    antes = (Intento.objects.values().get(), list(Respuesta.objects.values()))
    CAMBIOS[cambio](programa.evaluacion)
    assert (Intento.objects.values().get(), list(Respuesta.objects.values())) == antes
    assert VersionDePregunta.objects.filter(pk__in=[p.version for p in intento.formulario]).count() == 10


def test_going_back_to_a_revision_keeps_the_answers_and_the_versions(programa, unidad, intento):
    primera = programa.evaluacion.get_latest_revision()
    con(programa.evaluacion, otra_correcta)
    mandar(intento, buenas(intento, 8))
    primera.publish()
    versiones = VersionDePregunta.objects.filter(evaluacion=unidad)
    assert versiones.vigentes().count() == 10
    # Eight keys changed and came back; the two «Verdadero o falso» were the same all along.
    assert sorted(v.numero for v in versiones.vigentes()) == [1, 1, *[3] * 8]
    assert Intento.objects.get().puntos == 8


def test_publishing_without_a_change_writes_no_version(programa, unidad):
    publicar(Evaluacion.objects.get(pk=programa.evaluacion.pk))
    assert VersionDePregunta.objects.filter(evaluacion=unidad).count() == 10


def test_reordering_writes_no_version_and_changes_the_order(programa, unidad):
    def al_reves(pagina):
        preguntas = list(pagina.preguntas.all())[::-1]
        for n, pregunta in enumerate(preguntas):
            pregunta.sort_order = n
        pagina.preguntas = preguntas

    con(programa.evaluacion, al_reves)
    versiones = VersionDePregunta.objects.filter(evaluacion=unidad).order_by("orden")
    assert [v.contenido.texto for v in versiones][0] == "¿Texto de la pregunta 10?"
    assert versiones.count() == 10


def test_a_question_archived_and_brought_back_is_the_same_version(programa, unidad):
    primera = programa.evaluacion.get_latest_revision()
    con(programa.evaluacion, sin_preguntas)
    assert VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).count() == 1
    primera.publish()
    vigentes = VersionDePregunta.objects.vigentes().filter(evaluacion=unidad)
    assert {(v.numero, v.vigente) for v in vigentes} == {(1, True)}
    assert vigentes.count() == 10


def test_publishing_costs_the_same_with_more_questions(programa, unidad, presupuesto):
    from evaluaciones.services.versionar import versionar

    costos = []
    for cuantas in (5, 25):
        con(
            programa.evaluacion,
            lambda pagina, n=cuantas: setattr(pagina, "preguntas", [hacer_pregunta(m) for m in range(n)]),
        )
        VersionDePregunta.objects.filter(evaluacion=unidad).update(huella="otra")
        with presupuesto(9) as medida:
            versionar(pagina=Evaluacion.objects.get(pk=programa.evaluacion.pk), unidad=unidad, ahora=timezone.now())
        costos.append(medida.contadas)
    assert costos[0] == costos[1]


def test_an_incomplete_question_is_not_published_by_any_door(programa):
    mala = hacer_pregunta(1)
    mala.alternativas = [a for a in mala.alternativas.all() if not a.correcta]
    with pytest.raises(Exception, match="le falta algo"):
        con(programa.evaluacion, lambda pagina: setattr(pagina, "preguntas", [mala]))


def test_who_passes_while_it_is_paused_has_done_what_is_asked(programa, inscrita, unidad, intento):
    programa.evaluacion.delete()
    mandar(intento, buenas(intento))
    assert inscrita.avances.get(unidad=unidad).estado == "terminada"


def test_who_passed_while_it_was_away_is_told_to_the_course_on_its_return(programa, inscrita, unidad, intento):
    programa.evaluacion.unpublish()
    dejar_de_pedir(unidades=[unidad.pk], ahora=timezone.now(), por=None)
    mandar(intento, buenas(intento))
    assert not inscrita.avances.filter(unidad=unidad, estado="terminada").exists()
    con(programa.evaluacion, lambda pagina: None)
    assert inscrita.avances.get(unidad=unidad).estado == "terminada"


def test_the_frozen_form_names_the_law_as_it_was(programa, inscrita, unidad):
    from tests.cursos.factories import crear_articulo

    articulo = crear_articulo()
    con(programa.evaluacion, lambda pagina: setattr(pagina, "preguntas", [hacer_pregunta(1, articulo=articulo)]))
    contenido = VersionDePregunta.objects.vigentes().get(evaluacion=unidad).contenido
    assert contenido.ley == "Así dice."
    assert contenido.cita == "art. 16 de la Ley 30364 (TUO, art. 19)"


def test_the_kind_of_evaluation_is_told_by_the_unit(programa, unidad):
    con(programa.evaluacion, lambda pagina: setattr(pagina, "clase", "practica"))
    unidad.refresh_from_db()
    assert (unidad.variante, unidad.obligatoria) == ("practica", False)
    assert Unidad.objects.filter(clase="evaluacion").count() == 1
    assert Pregunta.objects.count() == 10
