"""Nothing is given to go on with a course that nobody can open: no days, no tries, by no door, and it is said why."""

import datetime

import pytest
from django.utils import timezone

from cursos.models import Edicion, Inscripcion, Prorroga, Unidad
from cursos.services.prorrogas import dar_prorroga_a_persona, dar_prorroga_a_territorio
from evaluaciones.consultas.agotadas import agotadas_de
from evaluaciones.models import IntentoMas
from evaluaciones.services.intento_mas import dar_intento
from marco.errores import ErrorDeDominio
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, ver_lecciones
from tests.evaluaciones.test_intento_mas import reprobar
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
EN_UNA_SEMANA = HOY + datetime.timedelta(days=7)
DISTRITO = f"/panel/distrito/{gente.DISTRITO_A}"


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return ProgramaConEvaluacion(lecciones=2, preguntas=4)


@pytest.fixture
@hecho_una_vez
def agotada(programa, integrante):
    """Enrolled in an edition that ends today, without tries left at its evaluation, in a course that is taken away."""
    inscripcion = programa.inscribir(integrante)
    Edicion.objects.update(termina=HOY)
    ver_lecciones(inscripcion)
    reprobar(integrante, programa.unidad_evaluada)
    type(programa.pagina).objects.get(pk=programa.pagina.pk).unpublish()
    return Inscripcion.objects.get(pk=inscripcion.pk)


def volver(programa):
    type(programa.pagina).objects.get(pk=programa.pagina.pk).get_latest_revision().publish()


def de_cada_acto(programa, inscripcion):
    ahora, motivo = timezone.now(), "Estuvo de licencia"
    dias = {"hasta": EN_UNA_SEMANA, "motivo": motivo, "por": None, "ahora": ahora}
    edicion = Edicion.objects.get(pk=programa.edicion.pk)
    return (
        lambda: dar_prorroga_a_persona(inscripcion=Inscripcion.objects.get(pk=inscripcion.pk), **dias),
        lambda: dar_prorroga_a_territorio(edicion=edicion, territorio=gente.DISTRITO_A, **dias),
        lambda: dar_prorroga_a_territorio(edicion=edicion, territorio=gente.PROVINCIA, con_distritos=True, **dias),
        lambda: dar_intento(
            persona=inscripcion.persona,
            inscripcion=inscripcion.pk,
            unidad=programa.unidad_evaluada.pk,
            motivo=motivo,
            por=None,
            ahora=ahora,
        ),
    )


@pytest.mark.parametrize("sin_pagina", [False, True])
def test_each_act_is_refused_with_its_reason(programa, agotada, sin_pagina):
    if sin_pagina:
        Unidad.objects.filter(pk=programa.curso.pk).update(pagina=None, retirada_en=None)
    for acto in de_cada_acto(programa, agotada):
        with pytest.raises(ErrorDeDominio) as error:
            acto()
        assert error.value.codigo == "curso_retirado"
        assert "retirado" in str(error.value.mensaje) and "nadie puede seguirlo" in str(error.value.mensaje)
    assert not Prorroga.objects.exists() and not IntentoMas.objects.exists()
    assert agotadas_de(agotada.persona) == []


def test_each_act_is_done_once_the_course_is_back(programa, agotada):
    volver(programa)
    assert len(agotadas_de(agotada.persona)) == 1
    assert all(acto() for acto in de_cada_acto(programa, agotada))


@pytest.mark.un_motor
def test_the_pages_do_not_offer_them_and_a_form_left_open_is_answered(entrar, coordinadora_a, programa, agotada):
    persona = f"/panel/persona/{agotada.persona_id}"
    cliente = entrar(coordinadora_a)
    for pagina in (persona, f"{DISTRITO}?edicion={programa.edicion.pk}"):
        dicho = texto(cliente.get(pagina))
        assert "Mientras el curso esté retirado no se da más plazo." in dicho, pagina
        assert "Dar más plazo" not in dicho and "Dar un intento más" not in dicho, pagina
    motivo = {"motivo": "Estuvo de licencia"}
    plazo = {**motivo, "hasta": EN_UNA_SEMANA.isoformat()}
    for puerta, datos in (
        (f"{persona}/plazo", {**plazo, "inscripcion": agotada.pk}),
        (f"{DISTRITO}/plazo", {**plazo, "edicion": programa.edicion.pk}),
        (f"{persona}/intento", {**motivo, "inscripcion": agotada.pk, "unidad": programa.unidad_evaluada.pk}),
    ):
        respuesta = cliente.post(puerta, datos)
        assert respuesta.status_code == 422, puerta
        assert "nadie puede seguirlo. Si vuelve, podrá hacerlo entonces." in " ".join(texto(respuesta).split()), puerta
    assert not Prorroga.objects.exists() and not IntentoMas.objects.exists()
    volver(programa)
    for pagina in (persona, f"{DISTRITO}?edicion={programa.edicion.pk}"):
        assert "Dar más plazo" in texto(cliente.get(pagina)), pagina
    assert "Dar un intento más" in texto(cliente.get(persona))


@pytest.mark.un_motor
def test_days_given_before_are_read_and_may_be_taken_back(entrar, coordinadora_a, programa, agotada):
    Prorroga.objects.create(
        edicion=programa.edicion, inscripcion=agotada, hasta=EN_UNA_SEMANA, motivo="Lluvias", dada_en=timezone.now()
    )
    dicho = texto(entrar(coordinadora_a).get(f"/panel/persona/{agotada.persona_id}"))
    assert "Lluvias" in dicho and "Retirar este plazo" in dicho
