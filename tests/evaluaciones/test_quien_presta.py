"""What lends its questions is not taken away in silence: who takes them is paused, and nobody finishes by it."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cursos.models import Inscripcion, Unidad
from evaluaciones.models import Evaluacion
from evaluaciones.services.envio import enviar
from marco.errores import ErrorDeDominio
from tests.cursos.factories import Programa
from tests.evaluaciones.factories import buenas, crear_evaluacion, empezar, unidad_de, ver_lecciones
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
PUERTAS = ["despublicar", "borrar", "mover", "vencer"]
PUERTAS += ["lista: unpublish", "lista: delete", "api: unpublish", "api: delete"]


@pytest.fixture
@hecho_una_vez
def entrada(programa):
    return crear_evaluacion(programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")


@pytest.fixture
@hecho_una_vez
def final(programa, entrada):
    return crear_evaluacion(programa.pagina, clase="final", preguntas=[], titulo="Final", preguntas_de=entrada)


@pytest.fixture
@hecho_una_vez
def a_falta_de_la_final(programa, final, integrante, unidad):
    """Somebody who lacks only the final."""
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    intento = empezar(integrante, unidad)
    enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.EN_CURSO
    return inscripcion


def quitar(puerta, pagina, cliente) -> None:
    if puerta == "despublicar":
        pagina.unpublish()
    elif puerta == "borrar":
        pagina.delete()
    elif puerta == "mover":
        pagina.move(Programa(titulo="Otro curso", lecciones=1).pagina, pos="last-child")
    elif puerta == "vencer":
        Page.objects.filter(pk=pagina.pk).update(expire_at=timezone.now() - datetime.timedelta(days=1))
        call_command("publish_scheduled", verbosity=0)
    elif puerta.startswith("lista"):
        en_lote(cliente, puerta.split(": ")[1], pagina, ya_lo_sabe="1")
    else:
        accion = puerta.split(": ")[1]
        assert cliente.post(reverse("wagtailadmin_api:pages:action", args=[pagina.pk, accion])).status_code < 300


def en_lote(cliente, accion, pagina, **campos):
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", accion])
    return cliente.post(f"{direccion}?id={pagina.pk}", {"include_descendants": "", **campos})


@pytest.mark.parametrize("puerta", PUERTAS)
def test_who_takes_the_questions_is_paused_and_nobody_finishes(
    entrar, administradora, a_falta_de_la_final, entrada, final, integrante, puerta
):
    quitar(puerta, Evaluacion.objects.get(pk=entrada.pk), entrar(administradora))
    suya = unidad_de(final)
    assert suya.retirada_en is not None and suya.en_pausa
    a_falta_de_la_final.refresh_from_db()
    assert a_falta_de_la_final.estado == Inscripcion.Estado.EN_CURSO
    assert a_falta_de_la_final.hechas == a_falta_de_la_final.requeridas - 1
    with pytest.raises(ErrorDeDominio) as error:
        empezar(integrante, suya)
    assert error.value.codigo == "unidad_en_pausa"
    visto = entrar(integrante).get(f"/e/{suya.curso.numero}/{suya.numero}", follow=True).content.decode()
    assert "El equipo del curso la está cambiando" in visto or str(error.value) in visto


def test_it_comes_back_with_what_it_takes_from(a_falta_de_la_final, entrada, final, integrante):
    entrada.unpublish()
    Evaluacion.objects.get(pk=entrada.pk).save_revision().publish()
    suya = unidad_de(final)
    assert suya.retirada_en is None and not suya.en_pausa
    assert len(empezar(integrante, suya).formulario) == 2


def test_it_is_still_asked_of_who_starts_meanwhile(programa, entrada, final):
    """Nobody lacked it: the course asks for it all the same."""
    entrada.unpublish()
    suya = unidad_de(final)
    assert suya.en_pausa and programa.vigente.requisitos.filter(pk=suya.pk).exists()


def test_another_act_of_the_course_does_not_bring_it_back(programa, entrada, final):
    entrada.delete()
    programa.lecciones[0].save_revision().publish()
    suya = unidad_de(final)
    assert suya.retirada_en is not None and suya.en_pausa


def test_what_hides_its_module_hides_its_questions(programa, integrante):
    entrada = crear_evaluacion(programa.modulos[0], preguntas=2, titulo="La del módulo")
    final = crear_evaluacion(programa.pagina, clase="final", preguntas=[], titulo="Final", preguntas_de=entrada)
    programa.modulos[0].unpublish()
    assert unidad_de(final).en_pausa


def test_what_was_begun_can_be_sent(a_falta_de_la_final, entrada, final, integrante):
    intento = empezar(integrante, unidad_de(final))
    entrada.delete()
    enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    intento.refresh_from_db()
    assert intento.aprobado


# --- Told before it is done


@pytest.mark.un_motor
@pytest.mark.parametrize("acto", ["unpublish", "delete", "move"])
def test_the_screen_that_confirms_says_it(entrar, administradora, programa, entrada, final, acto):
    argumentos, cliente = [entrada.pk], entrar(administradora)
    if acto == "move":
        acto, argumentos = "move_confirm", [entrada.pk, Programa(titulo="Otro", lecciones=1).pagina.pk]
    direccion = reverse(f"wagtailadmin_pages:{acto}", args=argumentos)
    respuesta = cliente.post(direccion) if acto == "unpublish" else cliente.get(direccion)
    assert "«Final» toma sus preguntas de aquí. Sin ellas queda en pausa" in respuesta.content.decode()
    assert Evaluacion.objects.get(pk=entrada.pk).live and unidad_de(final).retirada_en is None


@pytest.mark.un_motor
def test_moving_it_inside_its_course_pauses_nothing(entrar, administradora, programa, entrada, final):
    direccion = reverse("wagtailadmin_pages:move_confirm", args=[entrada.pk, programa.modulos[0].pk])
    cliente = entrar(administradora)
    assert "queda en pausa" not in cliente.get(direccion).content.decode()
    cliente.post(direccion)
    assert unidad_de(final).retirada_en is None


@pytest.mark.un_motor
def test_once_it_was_said_it_is_done(entrar, administradora, a_falta_de_la_final, entrada, final):
    """What people lack is asked about afterwards, and that answer is not asked twice."""
    cliente, direccion = entrar(administradora), reverse("wagtailadmin_pages:unpublish", args=[entrada.pk])
    cliente.post(direccion)
    cliente.post(direccion, {"ya_lo_sabe": "1"})
    cliente.post(direccion, {"retiro": "pasajero"})
    assert not Evaluacion.objects.get(pk=entrada.pk).live and unidad_de(final).en_pausa


@pytest.mark.un_motor
@pytest.mark.parametrize("accion", ["unpublish", "delete"])
def test_from_a_list_it_is_asked_first(entrar, administradora, entrada, final, accion):
    cliente = entrar(administradora)
    visto = en_lote(cliente, accion, entrada).content.decode()
    assert "«Final» toma sus preguntas de aquí" in visto and 'name="ya_lo_sabe"' in visto
    assert Evaluacion.objects.get(pk=entrada.pk).live and unidad_de(final).retirada_en is None
    en_lote(cliente, accion, entrada, ya_lo_sabe="1")
    assert not Evaluacion.objects.filter(pk=entrada.pk, live=True).exists()
    assert Unidad.objects.get(pk=unidad_de(final).pk).en_pausa


@pytest.mark.un_motor
def test_taking_both_away_asks_nothing_of_this(entrar, administradora, entrada, final):
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    entrar(administradora).post(f"{direccion}?id={entrada.pk}&id={final.pk}", {"include_descendants": ""})
    assert not Evaluacion.objects.filter(pk__in=[entrada.pk, final.pk], live=True).exists()
