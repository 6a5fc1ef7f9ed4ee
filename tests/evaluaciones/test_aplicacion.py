"""Three months after a course: what people did with it. It opens by the day of each one, and finishes nothing."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
from cursos.services.avance import terminar_unidad
from evaluaciones.errores import EvaluacionError
from evaluaciones.models import Intento
from evaluaciones.services.cierre import cerrar_vencidos
from evaluaciones.services.envio import enviar
from tests.cursos.factories import Programa, publicar
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    empezar,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_paginas import campos, lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()


class ConAplicacion(Programa):
    """A course of two lessons, with a survey that opens thirty days after it."""

    def __init__(self) -> None:
        super().__init__(lecciones=2)
        self.encuesta = crear_evaluacion(
            self.pagina, clase="aplicacion", preguntas=2, titulo="Lo que pudo aplicar", dias_despues=30
        )

    @property
    def direccion(self) -> str:
        return unidad_de(self.encuesta).get_absolute_url()


@pytest.fixture
@hecho_una_vez
def programa(territorio) -> ConAplicacion:
    return ConAplicacion()


@pytest.fixture
@hecho_una_vez
def cliente(entrar, integrante):
    return entrar(integrante)


@pytest.fixture
@hecho_una_vez
def terminada(programa, integrante):
    """Finished twenty-nine days ago: it opens tomorrow."""
    inscripcion = programa.inscribir(integrante)
    hace_29 = timezone.now() - datetime.timedelta(days=29)
    for leccion in programa.lecciones:
        terminar_unidad(inscripcion=inscripcion, unidad=programa.unidad(leccion), ahora=hace_29)
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.TERMINADA  # nothing of the survey was waited for
    return inscripcion


def adelantar(inscripcion: Inscripcion, dias: int) -> None:
    """As many days later: it began and finished so many before."""
    antes = timezone.now() - datetime.timedelta(days=dias)
    Inscripcion.objects.filter(pk=inscripcion.pk).update(iniciada_en=antes, terminada_en=antes)


def responder(persona, programa) -> Intento:
    intento = empezar(persona, unidad_de(programa.encuesta))
    entrega = {n: [una.contenido.alternativas[0].clave] for n, una in intento.formulario.lugares()}
    return enviar(persona=persona, intento=intento.clave, entrega=entrega, ahora=timezone.now()).intento


@pytest.mark.un_motor
def test_before_finishing_every_page_says_when_it_opens(programa, integrante, cliente):
    programa.inscribir(integrante)
    dice = "Se abre 30 días después de terminar el curso"
    assert dice in texto(cliente.get(programa.direccion, follow=True))
    assert dice in texto(cliente.get(f"/c/{programa.curso.numero}"))
    with pytest.raises(EvaluacionError) as error:
        empezar(integrante, unidad_de(programa.encuesta))
    assert error.value.codigo == "aun_no_se_abre"


def test_the_day_before_it_says_the_day_and_does_not_start(programa, terminada, integrante, cliente):
    manana = HOY + datetime.timedelta(days=1)
    for direccion in (programa.direccion, f"/c/{programa.curso.numero}"):
        assert f"Se abre el {manana.day} de" in texto(cliente.get(direccion, follow=True))
    assert "qué pudo aplicar" not in texto(cliente.get("/inicio"))
    with pytest.raises(EvaluacionError):
        empezar(integrante, unidad_de(programa.encuesta))


def test_from_its_day_it_is_told_and_answered_once_and_finishes_nothing(programa, terminada, integrante, cliente):
    adelantar(terminada, 30)
    antes = Inscripcion.objects.values("estado", "hechas", "requeridas", "terminada_en", "version").get()
    for direccion in ("/inicio", f"/c/{programa.curso.numero}"):
        assert "Cuéntenos qué pudo aplicar" in texto(cliente.get(direccion))
    intento = responder(integrante, programa)
    assert intento.reglas.dias_despues == 30 and intento.reglas.sector
    assert Inscripcion.objects.values("estado", "hechas", "requeridas", "terminada_en", "version").get() == antes
    assert "Cuéntenos qué pudo aplicar" not in texto(cliente.get("/inicio"))
    with pytest.raises(EvaluacionError) as error:
        responder(integrante, programa)
    assert error.value.codigo == "ya_respondida"


def test_the_end_of_the_edition_does_not_close_it(programa, terminada, integrante, cliente):
    adelantar(terminada, 31)
    edicion = terminada.edicion
    edicion.inicia, edicion.termina = HOY - datetime.timedelta(days=60), HOY - datetime.timedelta(days=10)
    edicion.save()
    assert "Ya no se puede dar" not in texto(cliente.get(f"/c/{programa.curso.numero}"))
    empezar(integrante, unidad_de(programa.encuesta))
    assert cerrar_vencidos(ahora=timezone.now()) == 0
    assert responder(integrante, programa).estado == Intento.Estado.ENVIADO


def test_the_days_of_the_page_are_those_of_each_one(programa, terminada, integrante):
    programa.encuesta.dias_despues = 20
    publicar(programa.encuesta)
    assert responder(integrante, programa).reglas.dias_despues == 20


def test_it_is_told_of_whoever_finished_before_it_was_published(territorio, integrante, cliente):
    programa = Programa(lecciones=1)
    inscripcion = programa.inscribir(integrante)
    hace_tiempo = timezone.now() - datetime.timedelta(days=100)
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidad(programa.lecciones[0]), ahora=hace_tiempo)
    crear_evaluacion(programa.pagina, clase="aplicacion", preguntas=2)
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.TERMINADA
    assert "Cuéntenos qué pudo aplicar" in texto(cliente.get("/inicio"))


@pytest.mark.un_motor
def test_the_result_that_finishes_the_course_says_the_day(territorio, integrante, cliente):
    programa = ProgramaConEvaluacion(lecciones=1)
    crear_evaluacion(programa.pagina, clase="aplicacion", preguntas=2, titulo="Lo que pudo aplicar", dias_despues=30)
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, programa.unidad_evaluada)
    dia = HOY + datetime.timedelta(days=30)
    dice = f"Desde el {dia.day} de"
    assert dice in texto(cliente.post(f"{lugar(programa.unidad_evaluada)}/enviar", campos(intento, buenas(intento))))
    assert dice in texto(cliente.get(f"{lugar(programa.unidad_evaluada)}/resultado/1"))
