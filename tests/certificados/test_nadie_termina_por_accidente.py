"""Whatever the door by which a part is taken away, what somebody lacks stays asked for and no paper comes out."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from certificados import services
from certificados.models import Certificado
from cursos.models import Inscripcion, Unidad
from cursos.services.avance import terminar_unidad
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from cursos.services.publicacion import sincronizar_cursos
from evaluaciones.models import Evaluacion
from tests.certificados import factories
from tests.cursos.factories import Programa, crear_modulo, publicar
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


class Escena:
    """All the lessons done, the evaluation of the module not begun: what is left is taken away."""

    def __init__(self, persona, cliente):
        factories.crear_plantilla()
        self.programa = ProgramaConEvaluacion(lecciones=2)
        self.cliente = cliente
        self.inscripcion = self.programa.inscribir(persona)
        for unidad in Unidad.objects.filter(curso=self.programa.curso, clase="leccion"):
            terminar_unidad(inscripcion=self.inscripcion, unidad=unidad, ahora=timezone.now())
        self.pagina = Evaluacion.objects.get(pk=self.programa.evaluacion.pk)
        self.modulo = self.programa.modulos[0]
        self.unidad = self.programa.unidad_evaluada

    def lote(self, accion, *paginas, **datos):
        direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", accion])
        ids = "&".join(f"id={pagina.pk}" for pagina in paginas)
        respuesta = self.cliente.post(f"{direccion}?{ids}", {"ya_lo_sabe": "1", **datos})
        assert respuesta.status_code == 302, respuesta.content.decode()[:500]

    def otro_curso(self):
        return Programa(titulo="Otro curso", lecciones=1)


def el_api_deja_de_publicar(e):
    e.pagina.unpublish()


def el_api_borra(e):
    e.pagina.delete()


def el_editor_borra(e):
    assert e.cliente.post(reverse("wagtailadmin_pages:delete", args=[e.pagina.pk])).status_code == 302


def el_editor_mueve_a_otro_curso(e):
    destino = e.otro_curso().modulos[0]
    assert e.cliente.post(reverse("wagtailadmin_pages:move_confirm", args=[e.pagina.pk, destino.pk])).status_code == 302


def un_lote_deja_de_publicar(e):
    e.lote("unpublish", e.pagina)


def un_lote_borra(e):
    e.lote("delete", e.pagina)


def un_lote_mueve(e):
    e.lote("move", e.pagina, chooser=e.otro_curso().modulos[0].pk)


def un_lote_deja_de_publicar_el_modulo(e):
    e.lote("unpublish", e.modulo, include_descendants="on")


def el_modulo_se_borra(e):
    Page.objects.get(pk=e.modulo.pk).delete()


def el_modulo_se_va_a_otro_curso(e):
    Page.objects.get(pk=e.modulo.pk).move(Page.objects.get(pk=e.otro_curso().pagina.pk), pos="last-child")


def sale_de_todo_curso(e):
    e.pagina.move(Page.objects.get(pk=e.programa.pagina.get_parent().pk), pos="last-child")


def entra_en_un_modulo_en_borrador(e):
    borrador = crear_modulo(e.programa.pagina, "En borrador")
    borrador.unpublish()
    e.pagina.move(Page.objects.get(pk=borrador.pk), pos="last-child")


def vence_su_fecha(e):
    Page.objects.filter(pk=e.pagina.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=e.pagina.pk).live


def se_vuelve_practica(e):
    e.pagina.clase = "practica"
    publicar(e.pagina)


def se_escribe_en_la_base_y_se_pone_al_dia(e):
    Page.objects.filter(pk=e.pagina.pk).update(live=False)
    sincronizar_cursos([e.programa.pagina.pk], ahora=timezone.now())


def se_deja_en_borrador_y_despues_se_borra(e):
    e.pagina.unpublish()
    e.pagina.delete()


def se_mueve_y_alla_se_borra(e):
    e.pagina.move(Page.objects.get(pk=e.otro_curso().modulos[0].pk), pos="last-child")
    Page.objects.get(pk=e.pagina.pk).delete()


def llega_otra_y_esta_se_borra(e):
    crear_evaluacion(e.modulo, titulo="La que la reemplaza", preguntas=3)
    e.pagina.delete()


PUERTAS = [
    el_api_deja_de_publicar,
    el_api_borra,
    el_editor_borra,
    el_editor_mueve_a_otro_curso,
    un_lote_deja_de_publicar,
    un_lote_borra,
    un_lote_mueve,
    un_lote_deja_de_publicar_el_modulo,
    el_modulo_se_borra,
    el_modulo_se_va_a_otro_curso,
    sale_de_todo_curso,
    entra_en_un_modulo_en_borrador,
    vence_su_fecha,
    se_vuelve_practica,
    se_escribe_en_la_base_y_se_pone_al_dia,
    se_deja_en_borrador_y_despues_se_borra,
    se_mueve_y_alla_se_borra,
    llega_otra_y_esta_se_borra,
]
# Each leads to the same act, whose rows the other database keeps as well: it hears one of each manner of coming to it.
EN_LAS_DOS = {el_editor_borra, un_lote_mueve, vence_su_fecha, se_escribe_en_la_base_y_se_pone_al_dia}


@pytest.fixture
@hecho_una_vez
def escena(integrante, administradora, entrar):
    escena = Escena(integrante, entrar(administradora))
    asegurar_grupo_de_capacitadoras()
    return escena


@pytest.mark.parametrize(
    "puerta",
    [pytest.param(una, id=una.__name__, marks=() if una in EN_LAS_DOS else pytest.mark.un_motor) for una in PUERTAS],
)
def test_nobody_finishes_whatever_the_door(escena, puerta, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        puerta(escena)
    services.emitir_pendientes(ahora=timezone.now() + datetime.timedelta(days=30))
    escena.inscripcion.refresh_from_db()
    assert escena.inscripcion.estado == Inscripcion.Estado.EN_CURSO
    assert escena.inscripcion.requeridas - escena.inscripcion.hechas == 1
    assert escena.inscripcion.version.filas.filter(unidad=escena.unidad.pk).exists()
    assert not Certificado.objects.exists()


@pytest.mark.un_motor
@pytest.mark.parametrize(
    "puerta", [una for una in PUERTAS if una is not se_vuelve_practica], ids=lambda puerta: puerta.__name__
)
def test_the_person_is_told_that_it_is_paused(escena, puerta, entrar):
    puerta(escena)
    unidad = Unidad.objects.get(pk=escena.unidad.pk)
    assert unidad.retirada_en and unidad.en_pausa
    cliente, numero = entrar(escena.inscripcion.persona), escena.programa.curso.numero
    inicio, curso = (cliente.get(direccion).content.decode() for direccion in ("/inicio", f"/c/{numero}"))
    assert "está en pausa" in inicio and "no tiene que hacer nada" in inicio
    assert "En pausa" in curso and unidad.titulo in curso and "no tiene que hacer nada" in curso
    respuesta = cliente.get(f"/e/{numero}/{unidad.numero}")
    assert respuesta.status_code == 200 and "no tiene que hacer nada" in respuesta.content.decode()


def test_with_nobody_under_way_it_stops_being_asked_at_once(escena, integrante_de_b):
    Inscripcion.objects.update(estado="por_empezar", iniciada_en=None)
    escena.inscripcion.avances.all().delete()
    escena.pagina.unpublish()
    escena.inscripcion.refresh_from_db()
    assert not Unidad.objects.pausadas().exists()
    assert (escena.inscripcion.requeridas, escena.inscripcion.estado) == (2, Inscripcion.Estado.POR_EMPEZAR)


def test_who_was_withdrawn_from_the_course_does_not_finish_either(escena):
    Inscripcion.objects.update(retirada_en=timezone.now())
    escena.pagina.delete()
    escena.inscripcion.refresh_from_db()
    assert escena.inscripcion.estado == Inscripcion.Estado.EN_CURSO


def test_a_lesson_that_becomes_of_some_seats_stays_asked_of_who_lacks_it(territorio, integrante, integrante_de_b):
    programa = Programa(lecciones=3)
    inscripcion = programa.inscribir(integrante)
    for unidad in programa.unidades[:2]:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    leccion = programa.lecciones[2]
    leccion.asientos = [integrante_de_b.membresias.get().asiento.tipo]
    publicar(leccion)
    inscripcion.refresh_from_db()
    assert (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado) == (2, 3, Inscripcion.Estado.EN_CURSO)
    leccion.unpublish()
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.EN_CURSO and Unidad.objects.get(pagina=leccion.pk).en_pausa


def test_who_did_only_a_route_does_not_finish_when_routes_and_lessons_change_places(territorio, integrante):
    programa = Programa(lecciones=2)
    tipo = integrante.membresias.get().asiento.tipo
    ruta, otra = programa.lecciones
    ruta.asientos = [tipo]
    publicar(ruta)
    inscripcion = programa.inscribir(integrante)
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidad(ruta), ahora=timezone.now())
    ruta.asientos, otra.asientos = [], [tipo]
    publicar(ruta)
    publicar(otra)
    inscripcion.refresh_from_db()
    assert inscripcion.estado != Inscripcion.Estado.TERMINADA
