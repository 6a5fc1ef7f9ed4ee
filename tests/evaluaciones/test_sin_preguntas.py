"""An evaluation with nothing to ask does not go live, by any door, and nothing is left half published."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as PublicarDeWagtail
from wagtail.models import PageLogEntry

from cursos.models import Unidad
from evaluaciones.models import Evaluacion, Pregunta, VersionDePregunta
from tests.cursos.factories import Programa
from tests.evaluaciones.factories import crear_evaluacion, hacer_pregunta

pytestmark = pytest.mark.django_db
VACIA = "Agregue al menos una pregunta."


def borrador(madre, **campos) -> Evaluacion:
    pagina = madre.add_child(instance=Evaluacion(title="Nueva", live=False, **campos))
    pagina.save_revision()
    return pagina


def no_salio(pagina) -> None:
    pagina.refresh_from_db()
    assert not pagina.live and pagina.live_revision_id is None
    assert not Unidad.objects.filter(pagina=pagina.pk).exists()


PUERTAS = ["revisión", "en vivo al crear", "en vivo al guardar", "lista", "lista de arriba", "api"]


@pytest.mark.parametrize("puerta", PUERTAS)
def test_nothing_to_ask_is_refused_by_every_door(entrar, administradora, programa, puerta):
    pagina = borrador(programa.modulos[0])
    editora = entrar(administradora)
    if puerta == "revisión":
        with pytest.raises(ValidationError, match=VACIA):
            pagina.save_revision().publish()
    elif puerta == "en vivo al crear":
        with pytest.raises(ValidationError, match=VACIA):
            programa.modulos[0].add_child(instance=Evaluacion(title="Otra"))
        assert not Evaluacion.objects.filter(title="Otra").exists()
    elif puerta == "en vivo al guardar":
        pagina.live = True
        with pytest.raises(ValidationError, match=VACIA):
            pagina.save()
    elif puerta == "api":
        respuesta = editora.post(reverse("wagtailadmin_api:pages:action", args=[pagina.pk, "publish"]))
        assert respuesta.status_code == 400 and VACIA in str(respuesta.json())
    else:
        marcada = programa.modulos[0] if puerta == "lista de arriba" else pagina
        direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        respuesta = editora.post(f"{direccion}?id={marcada.pk}", {"include_descendants": "on"}, follow=True)
        assert VACIA in respuesta.content.decode()
    no_salio(pagina)


def test_a_list_of_pages_goes_live_whole_or_not_at_all(entrar, administradora, programa):
    buena, mala = borrador(programa.modulos[0]), borrador(programa.modulos[0])
    buena.preguntas = [hacer_pregunta(1)]
    buena.save_revision()
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    entrar(administradora).post(f"{direccion}?id={buena.pk}&id={mala.pk}", {"include_descendants": ""})
    for pagina in (buena, mala):
        no_salio(pagina)


@pytest.mark.un_motor
def test_from_a_list_what_lends_its_questions_goes_first(entrar, administradora, programa):
    """Whatever their order in the tree: the entry may come after the final."""
    entrada = crear_evaluacion(programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")
    entrada.unpublish()
    final = borrador(programa.pagina, clase="final", preguntas_de=entrada)
    final.move(entrada, pos="left")
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    entrar(administradora).post(f"{direccion}?id={final.pk}&id={entrada.pk}", {"include_descendants": ""})
    final.refresh_from_db()
    assert final.live and VersionDePregunta.objects.vigentes().filter(evaluacion__pagina=final.pk).count() == 2


@pytest.mark.parametrize("orden", ["de la casa", "de Wagtail"])
def test_when_its_date_comes_it_stays_a_draft_and_its_editor_is_told(entrar, administradora, programa, orden):
    pagina, ayer = borrador(programa.modulos[0]), timezone.now() - datetime.timedelta(days=1)
    pagina.save_revision(approved_go_live_at=ayer, user=administradora)
    call_command("publish_scheduled" if orden == "de la casa" else PublicarDeWagtail(), verbosity=0)
    no_salio(pagina)
    assert not pagina.revisions.exclude(approved_go_live_at=None).exists()
    assert VACIA in PageLogEntry.objects.get(page=pagina.pk, action="cursos.no_salio").data["motivo"]
    inicio = entrar(administradora).get("/admin/").content.decode()
    assert "Llegó su fecha y no se publicaron" in inicio and VACIA in inicio
    pagina.preguntas = [hacer_pregunta(1)]
    pagina.save_revision(log_action=True).publish()
    assert "Llegó su fecha y no se publicaron" not in entrar(administradora).get("/admin/").content.decode()


def test_the_last_question_does_not_leave_what_is_live(programa, unidad):
    pagina = programa.evaluacion
    Pregunta.objects.filter(evaluacion=pagina).delete()
    with pytest.raises(ValidationError, match=VACIA):
        Evaluacion.objects.get(pk=pagina.pk).save_revision().publish()
    assert VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).count() == 10


def test_a_form_left_empty_is_no_twin(programa):
    solo_a = [hacer_pregunta(n, forma="A") for n in (1, 2)]
    with pytest.raises(ValidationError, match="La forma A tiene 2 preguntas y la B, 0."):
        crear_evaluacion(programa.pagina, clase="entrada", preguntas=solo_a, titulo="Entrada")


def test_drawing_none_of_them_is_asking_nothing(programa):
    with pytest.raises(ValidationError):
        crear_evaluacion(programa.modulos[0], preguntas=3, titulo="Ninguna", sortear=0)


@pytest.mark.un_motor
@pytest.mark.parametrize("origen", ["vacía", "sin publicar", "de otro curso", "ella misma", "que también toma"])
def test_what_it_takes_questions_from_must_have_them_here_and_published(programa, origen):
    entrada = crear_evaluacion(programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")
    final = borrador(programa.pagina, clase="final", preguntas_de=entrada)
    if origen == "vacía":
        Pregunta.objects.filter(evaluacion=entrada).delete()
    elif origen == "sin publicar":
        entrada.unpublish()
    elif origen == "de otro curso":
        final.preguntas_de = crear_evaluacion(Programa(titulo="Otro").pagina, clase="entrada", titulo="Ajena")
    elif origen == "ella misma":
        final.preguntas_de = final
    else:
        final.preguntas_de = crear_evaluacion(
            programa.pagina, clase="final", preguntas=[], titulo="Otra", preguntas_de=entrada
        )
    with pytest.raises(ValidationError, match="Publíquela antes|que tenga preguntas propias"):
        final.save_revision().publish()
    no_salio(final)


@pytest.mark.un_motor
def test_what_lends_its_questions_does_not_take_them_in_turn(programa):
    entrada = crear_evaluacion(programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")
    otra = crear_evaluacion(programa.modulos[0], clase="modulo", preguntas=2, titulo="Otra")
    crear_evaluacion(programa.pagina, clase="final", preguntas=[], titulo="Final", preguntas_de=entrada)
    entrada.preguntas, entrada.preguntas_de = [], otra
    with pytest.raises(ValidationError, match="Otra evaluación toma las preguntas de esta"):
        entrada.save_revision().publish()
