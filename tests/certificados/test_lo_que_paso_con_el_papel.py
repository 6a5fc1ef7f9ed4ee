"""A paper that was annulled or replaced: every page its person reads says the same, and the public one too."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from wagtail import hooks

from certificados import services
from certificados.models import Certificado, Plantilla
from cursos.models import Inscripcion, VersionDeCurso
from cursos.services.avance import terminar_unidad
from tests import gente
from tests.certificados import factories
from tests.certificados.test_verificar import direccion, texto
from tests.cursos.factories import Programa
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PAGINA = "/certificados"


@pytest.fixture
@hecho_una_vez
def suyo(territorio, integrante):
    """Rosa finished a course that is published, and has its paper."""
    programa = Programa(lecciones=1)
    factories.crear_plantilla()
    VersionDeCurso.objects.update(horas=24)
    inscripcion = programa.inscribir(integrante)
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    return Inscripcion.objects.get(pk=inscripcion.pk)


@pytest.fixture
def del_curso(suyo):
    return f"/c/{suyo.curso.numero}"


@pytest.fixture
def papel(suyo):
    return services.emitir(inscripcion_id=suyo.pk, ahora=timezone.now())


def anular(certificado, por, hace=0):
    return services.anular(
        certificado_id=certificado.pk, motivo="secreto", por=por, ahora=timezone.now() - datetime.timedelta(days=hace)
    )


def corregir(certificado, por):
    return services.reemplazar(
        certificado_id=certificado.pk, nombre="Rosa E. Quispe", motivo="x", por=por, ahora=timezone.now()
    )


def boton(request, suyo):
    return next(funcion(request, suyo) for funcion in hooks.get_hooks("al_terminar_un_curso"))["texto"]


def test_who_has_a_paper_is_offered_it(entrar, integrante, papel, del_curso):
    cliente = entrar(integrante)
    for lugar in ("/inicio", del_curso):
        assert "Ver mi certificado" in texto(cliente.get(lugar))
        assert "se anuló" not in texto(cliente.get(lugar))


def test_a_paper_that_was_annulled_is_offered_nowhere_and_the_person_reads_what_to_do(
    entrar, integrante, papel, del_curso, coordinadora_a
):
    anular(papel, coordinadora_a)
    cliente = entrar(integrante)
    for lugar in ("/inicio", del_curso):
        leido = texto(cliente.get(lugar))
        assert "Ver mi certificado" not in leido and "Ver qué pasó con mi certificado" in leido
        assert "ya no vale. Usted terminó el curso, y eso se conserva." in leido and "secreto" not in leido
    leido = texto(cliente.get(PAGINA))
    assert "ya no vale. Usted terminó el curso, y eso se conserva. Pregunte a su facilitadora" in leido
    assert "Pedir ayuda" in leido and "Descargar" not in leido and "secreto" not in leido


def test_who_was_given_another_after_the_annulment_is_led_to_it(
    entrar, integrante, suyo, papel, del_curso, coordinadora_a
):
    anular(papel, coordinadora_a)
    services.emitir(inscripcion_id=suyo.pk, ahora=timezone.now(), por=coordinadora_a, tras_anulacion=True)
    cliente = entrar(integrante)
    for lugar in ("/inicio", del_curso):
        leido = texto(cliente.get(lugar))
        assert "Ver mi certificado" in leido and "ahora vale el nuevo" in leido
        assert "Ver qué pasó" not in leido
    leido = texto(cliente.get(PAGINA))
    assert "Vale el otro que tiene en esta página." in leido and "Pregunte a su facilitadora" not in leido


def test_who_shared_a_paper_that_was_corrected_learns_that_it_stopped_counting(
    entrar, integrante, papel, del_curso, coordinadora_a
):
    corregir(papel, coordinadora_a)
    cliente = entrar(integrante)
    for lugar in ("/inicio", del_curso):
        assert "ahora vale el nuevo. Si imprimió o compartió el anterior, use este." in texto(cliente.get(lugar))
    assert f"Reemplaza al de registro {papel.registro}, que ya no vale." in texto(cliente.get(PAGINA))


def test_it_is_news_for_a_while_and_the_button_says_it_always(rf, entrar, integrante, suyo, papel, coordinadora_a):
    anular(papel, coordinadora_a)
    hace = timezone.now() - datetime.timedelta(days=100)
    Certificado.objects.update(anulado_en=hace, emitido_en=hace)
    leido = texto(entrar(integrante).get("/inicio"))
    assert "se anuló el" not in leido and "Ver qué pasó con mi certificado" in leido


def test_the_button_promises_no_paper_that_nobody_can_make(rf, entrar, integrante, suyo):
    assert boton(rf.get("/"), suyo) == "Ver mi certificado"  # it comes out in a moment
    Plantilla.objects.all().delete()
    assert boton(rf.get("/"), suyo) == "Ver qué falta para mi certificado"
    assert "Su documento todavía no se puede hacer" in texto(entrar(integrante).get(PAGINA))


def test_a_paper_that_is_missing_is_told_beside_those_there_are(entrar, integrante, papel):
    otro = factories.crear_curso(titulo="Sin horas", horas=0)
    factories.inscribir(integrante, otro)
    leido = texto(entrar(integrante).get(PAGINA))
    assert "Descargar" in leido and "Terminó «Sin horas». Su documento todavía no se puede hacer" in leido


def test_whoever_has_a_name_that_no_paper_can_say_is_not_told_to_come_back_in_minutes(
    entrar, integrante, suyo, monkeypatch
):
    monkeypatch.setattr("certificados.consultas.documentos.se_imprime", lambda nombre: False)
    leido = texto(entrar(integrante).get(PAGINA))
    assert "vuelva en unos minutos" not in leido and "todavía no se puede hacer: pregunte" in leido


def test_public_page_of_a_replaced_one_sends_for_the_new_one_only_while_there_is_one(
    visitante, papel, suyo, coordinadora_a
):
    nuevo = corregir(papel, coordinadora_a)
    assert "Pida el nuevo a su titular." in texto(visitante.get(direccion(papel.codigo_largo)))
    anular(nuevo, coordinadora_a)
    leido = texto(visitante.get(direccion(papel.codigo_largo)))
    assert "Pida el nuevo" not in leido and "Compare" not in leido
    assert "Este documento ya no tiene valor. El que se emitió en su lugar se anuló." in leido
    services.emitir(inscripcion_id=suyo.pk, ahora=timezone.now(), por=coordinadora_a, tras_anulacion=True)
    assert "Pida el nuevo a su titular." in texto(visitante.get(direccion(papel.codigo_largo)))


def test_public_page_of_a_chain_looks_at_its_end(visitante, papel, coordinadora_a):
    segundo = corregir(papel, coordinadora_a)
    tercero = services.reemplazar(
        certificado_id=segundo.pk, nombre="Rosa Elena Quispe", motivo="x", por=coordinadora_a, ahora=timezone.now()
    )
    for viejo in (papel, segundo):
        assert "Pida el nuevo" in texto(visitante.get(direccion(viejo.codigo_largo)))
    anular(tercero, coordinadora_a)
    for viejo in (papel, segundo):
        assert "Pida el nuevo" not in texto(visitante.get(direccion(viejo.codigo_largo)))


def test_staff_see_that_what_replaced_it_was_annulled(entrar, papel, cem_provincial, coordinadora_a):
    nuevo = corregir(papel, coordinadora_a)
    anular(nuevo, coordinadora_a)
    leido = texto(entrar(cem_provincial).get(f"/panel/certificados/{papel.pk}"))
    assert f"Reemplazado por {nuevo.registro} · Anulado" in leido


def test_two_editions_of_a_course_give_two_papers_that_are_told_apart(entrar, integrante, certificado):
    una = certificado.inscripcion
    otra = una.curso.ediciones.create(nombre="Diciembre", inicia=timezone.localdate())
    datos = {"curso": una.curso, "version": una.version, "territorio_id": gente.DISTRITO_A, "requeridas": 3}
    suya = Inscripcion.objects.create(persona=integrante, edicion=otra, creada_en=timezone.now(), **datos)
    cliente = entrar(integrante)
    leido = texto(cliente.get(PAGINA))
    assert "Este certificado sigue valiendo. Ahora está en otra edición del mismo curso" in leido
    assert "Noviembre" not in leido

    ahora = timezone.now()
    Inscripcion.objects.filter(pk=suya.pk).update(
        estado="terminada", hechas=3, iniciada_en=ahora, terminada_en=ahora, creada_en=ahora
    )
    Certificado.objects.create(
        **{campo: getattr(certificado, campo) for campo in ("persona", "curso", "territorio", "documento", "datos")},
        edicion=otra,
        inscripcion=suya,
        anio=2026,
        numero=77,
        codigo_largo="b" * 26,
        codigo_corto="BBBBBBBBBB",
        emitido_en=ahora,
    )
    leido = texto(cliente.get(PAGINA))
    assert "sigue valiendo" not in leido
    assert "Noviembre" in leido and "Diciembre" in leido
