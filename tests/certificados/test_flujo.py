"""From the last step of a real course to the paper, through the doors of every room."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from wagtail import hooks

from certificados import services
from certificados.consultas.verificacion import verificar
from certificados.models import Certificado
from cursos.models import Unidad
from cursos.services.avance import terminar_unidad
from tests import gente
from tests.certificados import factories
from tests.cursos.factories import Programa, crear_leccion, crear_modulo
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    programa = Programa(modulos=2, lecciones=2)
    for modulo, horas in zip(programa.modulos, (10, 14), strict=True):
        modulo.horas = horas
        modulo.save()
    return programa


def terminar(inscripcion) -> None:
    for unidad in Unidad.objects.filter(curso=inscripcion.curso):
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=factories.AHORA)


def test_finishing_the_last_lesson_makes_the_paper(programa, integrante, entrar, django_capture_on_commit_callbacks):
    factories.crear_plantilla()
    inscripcion = programa.inscribir(integrante)
    assert not Certificado.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        terminar(inscripcion)
    certificado = Certificado.objects.get()
    assert certificado.documento == "constancia"
    assert certificado.datos["tipo_de_horas"] == "académicas"
    assert certificado.datos["modulos"] == [
        {"titulo": "Módulo 1", "horas": "10"},
        {"titulo": "Módulo 2", "horas": "14"},
    ]
    assert certificado.pdf
    with pikepdf.open(BytesIO(services.componer(certificado))) as pdf:
        assert len(pdf.pages) == 2
    pagina = entrar(integrante).get("/certificados").content.decode()
    assert "Nuestras funciones" in pagina


def test_routes_by_seat_are_not_on_the_paper(programa, integrante, django_capture_on_commit_callbacks):
    factories.crear_plantilla()
    tipo = integrante.membresias.get().asiento.tipo
    crear_leccion(crear_modulo(programa.pagina, "Lo que le toca", rutas=True), "Para uno", asientos=[tipo])
    inscripcion = programa.inscribir(integrante)
    with django_capture_on_commit_callbacks(execute=True):
        for unidad in Unidad.objects.filter(curso=inscripcion.curso, obligatoria=True):
            terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=factories.AHORA)
    assert [modulo["titulo"] for modulo in Certificado.objects.get().datos["modulos"]] == ["Módulo 1", "Módulo 2"]


def test_who_finishes_is_shown_the_way_to_the_paper(rf):
    funciones = hooks.get_hooks("al_terminar_un_curso")
    ofrecidos = [funcion(rf.get("/"), None) for funcion in funciones]
    assert {"url": "/certificados", "texto": "Ver mi certificado"} in ofrecidos


def test_paper_survives_the_course(programa, integrante):
    factories.crear_plantilla()
    terminar(programa.inscribir(integrante))
    services.emitir_pendientes(ahora=factories.AHORA)
    certificado = Certificado.objects.get()
    antes = services.componer(certificado)
    programa.pagina.delete()
    assert services.componer(Certificado.objects.get()) == antes
    assert verificar(codigo=certificado.codigo_largo).curso == "Nuestras funciones"


def test_course_whose_page_was_deleted_before_issuing_still_gives_its_paper(programa, integrante):
    factories.crear_plantilla()
    terminar(programa.inscribir(integrante))
    programa.pagina.delete()
    services.emitir_pendientes(ahora=factories.AHORA)
    datos = Certificado.objects.get().datos
    assert (datos["curso"], datos["horas"], datos["modulos"]) == ("Nuestras funciones", 24, [])


def test_district_is_that_of_the_enrolment(programa, integrante_de_b):
    factories.crear_plantilla()
    terminar(programa.inscribir(integrante_de_b))
    services.emitir_pendientes(ahora=factories.AHORA)
    assert Certificado.objects.get().territorio_id == gente.DISTRITO_B
