"""What is not right is said in Spanish, beside the field, and nothing is published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cursos.models import Leccion, Modulo, Unidad
from evaluaciones.models import Evaluacion, VersionDePregunta
from tests.autoria import formularios
from tests.autoria.lectura import en_ingles, leer
from tests.cursos.factories import Programa

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
CORRECTA = formularios.alternativa("Oír", correcta=True)
OTRA = formularios.alternativa("Discutir")


def errores_de(respuesta) -> dict[str, str]:
    """Messages of the questions, by field, as the form holds them."""
    formulario = respuesta.context["form"]
    juntos: dict[str, str] = {}
    for n, pregunta in enumerate(formulario.formsets["preguntas"].forms):
        juntos |= {f"{n}.{campo}": " ".join(lista) for campo, lista in pregunta.errors.items()}
        for m, alternativa in enumerate(pregunta.formsets["alternativas"].forms):
            juntos |= {f"{n}.{m}.{campo}": " ".join(lista) for campo, lista in alternativa.errors.items()}
    return juntos


@pytest.mark.parametrize(
    ("alternativas", "campo", "dice"),
    [
        ([formularios.alternativa("Oír"), OTRA], "0.tipo", "Marque una sola alternativa como correcta"),
        ([CORRECTA, formularios.alternativa("Avisar", correcta=True)], "0.tipo", "Marque una sola alternativa"),
        ([CORRECTA, formularios.alternativa("Discutir", explicacion="")], "0.1.explicacion", "Explique por qué"),
        ([CORRECTA, formularios.alternativa("")], "0.1.texto", "necesario"),
    ],
    ids=["ninguna correcta", "dos correctas", "sin explicación", "sin texto"],
)
def test_a_question_that_is_not_whole_is_refused_beside_its_field(mesa, alternativas, campo, dice):
    datos = formularios.evaluacion(preguntas=[formularios.pregunta(alternativas=alternativas)])
    respuesta = mesa.publicar("kuska_evaluaciones.evaluacion", mesa.programa.modulos[0], datos)
    assert respuesta.status_code == 200
    assert dice in errores_de(respuesta)[campo]
    assert "Hay algo que corregir antes de seguir." in leer(respuesta).texto
    assert list(en_ingles(leer(respuesta).texto)) == []
    assert not Evaluacion.objects.filter(title="Evaluación nueva").exists()


def test_one_bad_question_among_good_ones_is_the_one_named(mesa):
    mala = formularios.pregunta("¿Y esta?", alternativas=[formularios.alternativa("A"), formularios.alternativa("B")])
    datos = formularios.evaluacion(preguntas=[formularios.pregunta(), mala, formularios.pregunta("¿Otra?")])
    errores = errores_de(mesa.publicar("kuska_evaluaciones.evaluacion", mesa.programa.modulos[0], datos))
    assert set(errores) == {"1.tipo"}


def test_an_evaluation_without_questions_is_refused(mesa):
    respuesta = mesa.publicar(
        "kuska_evaluaciones.evaluacion", mesa.programa.modulos[0], formularios.evaluacion(preguntas=[])
    )
    assert "Agregue al menos una pregunta" in leer(respuesta).texto


def test_a_refused_change_leaves_the_published_one_as_it_was(mesa):
    pagina = mesa.programa.evaluacion
    antes = list(VersionDePregunta.objects.vigentes().values_list("pk", flat=True))
    mala = formularios.pregunta(alternativas=[formularios.alternativa("A"), formularios.alternativa("B")])
    mesa.cliente.post(
        formularios.editar(pagina), {**formularios.evaluacion("Cambiada", preguntas=[mala]), **formularios.PUBLICAR}
    )
    pagina.refresh_from_db()
    assert pagina.title == "Evaluación del módulo 1"
    assert list(VersionDePregunta.objects.vigentes().values_list("pk", flat=True)) == antes


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"titulo": ""}, "necesario"),
        ({"pasos": []}, "Agregue al menos un paso"),
        ({"pasos": [formularios.paso_de_texto(titulo="")]}, "necesario"),
    ],
    ids=["sin título", "sin pasos", "paso sin título"],
)
def test_a_lesson_that_is_not_whole_is_refused_in_spanish(mesa, cambio, dice):
    respuesta = mesa.publicar("kuska_cursos.leccion", mesa.programa.modulos[0], formularios.leccion(**cambio))
    assert respuesta.status_code == 200
    assert dice in respuesta.content.decode()
    assert not Leccion.objects.filter(title__in=["", "Lección nueva"]).exists()
    assert list(en_ingles(leer(respuesta).texto)) == []


def test_who_corrects_a_word_of_a_course_without_hours_reads_what_is_missing_and_where(mesa):
    """The field is in another tab: what it says is told above, with what to do who does not know them."""
    pagina = mesa.programa.pagina
    datos = {"title": pagina.title, "presentacion": "Corregida", "aprendera": "", "tipo_de_horas": "academicas"}
    datos |= {"horas": "", "revisado_el": "", **formularios.COMENTARIOS}
    respuesta = mesa.cliente.post(formularios.editar(pagina), {**datos, **formularios.PUBLICAR})
    arriba = str(next(iter(respuesta.context["messages"])))
    assert "Horas: Escriba las horas, en la pestaña «Certificado»" in arriba and "«Guardar borrador»" in arriba
    assert mesa.cliente.post(formularios.editar(pagina), datos).status_code == 302
    pagina.refresh_from_db()
    assert pagina.presentacion != "Corregida" and pagina.get_latest_revision_as_object().presentacion == "Corregida"


def test_publishing_from_the_list_asks_the_same(mesa):
    vacia = mesa.programa.modulos[0].add_child(instance=Leccion(title="Vacía", live=False))
    vacia.save_revision()
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    respuesta = mesa.cliente.post(f"{direccion}?id={vacia.pk}", follow=True)
    assert "Agregue al menos un paso" in leer(respuesta).texto
    assert not Unidad.objects.filter(titulo="Vacía").exists()


def test_two_modules_of_a_course_cannot_share_a_title(mesa):
    """People tell them apart by it."""
    primero = mesa.programa.modulos[0]
    respuesta = mesa.publicar("kuska_cursos.modulo", mesa.programa.pagina, formularios.modulo(primero.title))
    assert "Otro módulo de este curso ya se llama así. Póngale un título distinto." in leer(respuesta).texto
    assert Modulo.objects.filter(title=primero.title).count() == 1
    mesa.publicar(
        "kuska_cursos.modulo", Programa(titulo="Otro curso", modulos=0).pagina, formularios.modulo(primero.title)
    )
    assert Modulo.objects.filter(title=primero.title).count() == 2


def test_a_module_keeps_its_own_title_and_a_copy_needs_another(mesa):
    primero = mesa.programa.modulos[0]
    editar = reverse("wagtailadmin_pages:edit", args=[primero.pk])
    respuesta = mesa.cliente.post(editar, {**formularios.modulo(primero.title), **formularios.PUBLICAR})
    assert respuesta.status_code == 302
    copia = primero.copy(update_attrs={"slug": "c-copia"}, keep_live=False)
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    respuesta = mesa.cliente.post(f"{direccion}?id={copia.pk}", follow=True)
    assert "Otro módulo de este curso ya se llama así." in leer(respuesta).texto
    copia.refresh_from_db()
    assert not copia.live


# --- Preview


def vista_previa(mesa, direccion: str, datos: dict, modo: str = "") -> str:
    """What the pane of the editor shows of words that nobody saved."""
    guardada = mesa.cliente.post(direccion, datos)
    assert guardada.json()["is_valid"] is True, guardada.content
    respuesta = mesa.cliente.get(direccion, {"mode": modo})
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_a_lesson_not_yet_saved_is_seen_as_a_member_sees_it(mesa):
    direccion = reverse(
        "wagtailadmin_pages:preview_on_add", args=["kuska_cursos", "leccion", mesa.programa.modulos[0].pk]
    )
    visto = vista_previa(mesa, direccion, formularios.leccion())
    assert "Oiga sin juzgar." in visto and "Antes de publicar" in visto
    assert "kuska/css/kuska.css" in visto and "wagtailadmin/css" not in visto
    assert not Leccion.objects.filter(title="Lección nueva").exists()


@pytest.mark.parametrize("modo", ["", "equivocada"])
def test_the_evaluation_is_seen_without_its_key(mesa, modo):
    madre = mesa.programa.modulos[0]
    direccion = reverse("wagtailadmin_pages:preview_on_add", args=["kuska_evaluaciones", "evaluacion", madre.pk])
    visto = vista_previa(mesa, direccion, formularios.evaluacion(), modo)
    assert "¿Qué hace primero?" in visto
    assert ("Discutir no ayuda." in visto) is (modo == "equivocada")
    if not modo:
        assert "correcta" not in visto.lower() and "Porque lo dice la ruta." not in visto
        assert visto.count('type="radio"') == 2 and "checked" not in visto


def test_the_checks_of_the_editor_read_the_pane_and_nothing_else(mesa):
    """The pane carries the reader of the editor; the same preview in its own tab, and what is published, do not."""
    direccion = reverse("wagtailadmin_pages:preview_on_edit", args=[mesa.programa.lecciones[0].pk])
    mesa.cliente.post(direccion, formularios.leccion())
    panel = mesa.cliente.get(direccion, {"mode": "", "in_preview_panel": "true"}).content.decode()
    assert "wagtail-userbar" in panel
    assert "wagtail-userbar" not in mesa.cliente.get(direccion, {"mode": ""}).content.decode()
    assert "wagtail-userbar" not in mesa.cliente.get(mesa.programa.lecciones[0].url).content.decode()


def test_the_preview_starts_on_a_phone(mesa):
    for pagina in (mesa.programa.lecciones[0], mesa.programa.evaluacion):
        pantalla = mesa.cliente.get(formularios.editar(pagina)).content.decode()
        assert "Como participante" in pantalla
        assert pantalla.index('data-device-width="360"') < pantalla.index('data-device-width="768"')


def test_a_preview_writes_nothing_for_the_members(mesa, en_blanco):
    direccion = reverse("wagtailadmin_pages:preview_on_edit", args=[mesa.programa.evaluacion.pk])
    vista_previa(mesa, direccion, formularios.evaluacion(preguntas=[formularios.pregunta(), formularios.pregunta()]))
    en_blanco()


@pytest.fixture
def en_blanco(programa):
    """Check that what is published is what it was."""
    antes = list(VersionDePregunta.objects.order_by("pk").values_list("pk", "huella", "vigente"))

    def revisar() -> None:
        assert list(VersionDePregunta.objects.order_by("pk").values_list("pk", "huella", "vigente")) == antes

    return revisar


def test_a_question_kept_through_an_edition_is_the_same_one(mesa):
    """Two questions typed one after the other in the browser are born with one key."""
    clave = "11111111-1111-4111-8111-111111111111"
    gemelas = [{**formularios.pregunta(texto), "clave": clave} for texto in ("¿Una?", "¿Dos?")]
    mesa.publicar("kuska_evaluaciones.evaluacion", mesa.programa.modulos[0], formularios.evaluacion(preguntas=gemelas))
    pagina = Evaluacion.objects.get(title="Evaluación nueva")
    assert len({fila.clave for fila in pagina.preguntas.all()}) == 2
