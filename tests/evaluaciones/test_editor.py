"""The trainer's screen: drafts may be incomplete, what is published may not, and keys survive."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from evaluaciones.models import Evaluacion, Intento, Pregunta, VersionDePregunta
from evaluaciones.services.envio import enviar
from tests.evaluaciones.factories import buenas, crear_evaluacion, empezar
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def editora(entrar, administradora):
    return entrar(administradora)


def alternativa(texto, correcta=False, explicacion="Porque sí.", **campos):
    marcada = {"correcta": "on"} if correcta else {}
    return {"texto": texto, "explicacion": explicacion, **marcada, **campos}


def pregunta(texto="¿Qué hace usted?", tipo="una", alternativas=None, **campos):
    if alternativas is None:
        alternativas = [alternativa("A"), alternativa("B", correcta=True)]
    return {
        "texto": texto,
        "tipo": tipo,
        "dificultad": 1,
        "objetivo": 1,
        "motivo_del_cambio": "",
        "alternativas": inline_formset(alternativas),
        **campos,
    }


def datos(preguntas, accion="action-publish", **campos):
    return nested_form_data(
        {
            "title": "Evaluación nueva",
            "clase": "modulo",
            "presentacion": "",
            "nota_minima": 70,
            "intentos": 3,
            "sortear": "",
            "dias_de_plazo": "",
            "barajar": "on",
            "preguntas": inline_formset(preguntas),
            "comments": inline_formset([]),
            accion: "1",
            **campos,
        }
    )


def crear(editora, programa, preguntas, **campos):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.modulos[0].pk])
    return editora.post(direccion, datos(preguntas, **campos))


def como_esta(pagina):
    """The rows of the editor as they are now, ready to be changed and sent back."""
    return [
        {
            "id": fila.pk,
            "clave": str(fila.clave),
            "texto": fila.texto,
            "tipo": fila.tipo,
            "dificultad": fila.dificultad,
            "objetivo": fila.objetivo,
            "motivo_del_cambio": fila.motivo_del_cambio,
            "alternativas": [
                {
                    "id": a.pk,
                    "clave": str(a.clave),
                    "texto": a.texto,
                    "explicacion": a.explicacion,
                    **({"correcta": "on"} if a.correcta else {}),
                }
                for a in fila.alternativas.all()
            ],
        }
        for fila in Pregunta.objects.filter(evaluacion=pagina.pk)
    ]


def editar(editora, pagina, filas, **campos):
    preguntas = [
        {**fila, "alternativas": inline_formset(fila["alternativas"], initial=_con_id(fila["alternativas"]))}
        for fila in filas
    ]
    envio = datos(preguntas, title=pagina.title, **campos)
    envio["preguntas-INITIAL_FORMS"] = str(_con_id(filas))
    return editora.post(reverse("wagtailadmin_pages:edit", args=[pagina.pk]), envio)


def _con_id(filas):
    return sum(bool(fila.get("id")) for fila in filas)


def errores(respuesta):
    assert respuesta.status_code == 200
    return " ".join(respuesta.content.decode().split())


def test_a_question_may_ask_about_two_objectives_but_not_twice_about_one(editora, programa):
    assert "Es el mismo objetivo de al lado." in errores(crear(editora, programa, [pregunta(otro_objetivo=1)]))
    assert not Pregunta.objects.filter(evaluacion__title="Evaluación nueva").exists()
    assert crear(editora, programa, [pregunta(otro_objetivo=2)]).status_code == 302
    nueva = Pregunta.objects.get(evaluacion__title="Evaluación nueva")
    assert (nueva.objetivo, nueva.otro_objetivo) == (1, 2)


def test_publishing_a_complete_evaluation_writes_its_versions(editora, programa):
    respuesta = crear(editora, programa, [pregunta(), pregunta("¿Y ahora?")])
    assert respuesta.status_code == 302, errores(respuesta)
    nueva = Evaluacion.objects.get(title="Evaluación nueva")
    assert nueva.live
    assert VersionDePregunta.objects.vigentes().filter(evaluacion__pagina=nueva.pk).count() == 2


def test_the_address_does_not_come_from_the_title(editora, programa):
    crear(editora, programa, [pregunta()], title="Violencia y denuncia")
    assert Evaluacion.objects.get(title="Violencia y denuncia").slug.startswith("c-")


def test_a_draft_may_be_incomplete(editora, programa):
    respuesta = crear(editora, programa, [pregunta("", alternativas=[])], accion="draft")
    assert respuesta.status_code == 302, errores(respuesta)
    assert not Evaluacion.objects.get(title="Evaluación nueva").live


@pytest.mark.parametrize(
    ("mala", "dice"),
    [
        (pregunta(alternativas=[alternativa("A"), alternativa("B")]), "Marque una sola alternativa como correcta."),
        (
            pregunta(alternativas=[alternativa("A", correcta=True), alternativa("B", correcta=True)]),
            "Marque una sola alternativa como correcta.",
        ),
        (
            pregunta(alternativas=[alternativa("Avisar", correcta=True), alternativa(" avisar")]),
            "Dos alternativas dicen lo mismo. Cambie una.",
        ),
        (
            pregunta(tipo="varias"),
            "«Varias respuestas» necesita dos o más alternativas correctas.",
        ),
        (
            pregunta(
                tipo="verdadero_falso",
                alternativas=[alternativa("A", correcta=True), alternativa("B"), alternativa("C")],
            ),
            "«Verdadero o falso» lleva exactamente dos alternativas",
        ),
        (
            pregunta(alternativas=[alternativa("A", explicacion=""), alternativa("B", correcta=True)]),
            "Explique por qué esta alternativa es o no es correcta.",
        ),
    ],
    ids=["sin_correcta", "dos_correctas", "repetidas", "varias_con_una", "vf_con_tres", "sin_explicacion"],
)
def test_publishing_says_what_is_missing(editora, programa, mala, dice):
    assert dice in errores(crear(editora, programa, [mala]))
    assert not Evaluacion.objects.filter(title="Evaluación nueva").exists()


def test_an_evaluation_without_questions_is_not_published(editora, programa):
    assert "Agregue al menos una pregunta." in errores(crear(editora, programa, []))


def test_a_survey_needs_neither_key_nor_explanation(editora, programa):
    opciones = [alternativa("Sí", explicacion=""), alternativa("No", explicacion="")]
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.pagina.pk])
    respuesta = editora.post(direccion, datos([pregunta(alternativas=opciones)], clase="encuesta"))
    assert respuesta.status_code == 302, errores(respuesta)


@pytest.fixture
@hecho_una_vez
def encuesta(programa):
    return crear_evaluacion(programa.pagina, clase="encuesta", preguntas=3, titulo="Encuesta")


def test_what_takes_questions_from_another_page_asks_of_them_what_its_class_needs(editora, programa, encuesta):
    respuesta = crear(editora, programa, [], clase="final", preguntas_de=encuesta.pk)
    assert "En «Encuesta», complete estas preguntas: 1, 2, 3. O elija otra evaluación." in errores(respuesta)
    assert not Evaluacion.objects.filter(title="Evaluación nueva").exists()
    assert crear(editora, programa, [], accion="draft", clase="final", preguntas_de=encuesta.pk).status_code == 302


def test_a_page_without_questions_gives_none(editora, programa):
    vacia = programa.pagina.add_child(instance=Evaluacion(title="Vacía", live=False))
    respuesta = crear(editora, programa, [], clase="final", preguntas_de=vacia.pk)
    assert "Elija otra evaluación de este curso, que tenga preguntas propias." in errores(respuesta)


def test_what_another_page_takes_stays_with_its_answers(editora, programa, unidad):
    crear_evaluacion(programa.pagina, clase="final", preguntas=[], titulo="Final", preguntas_de=programa.evaluacion)
    filas = como_esta(programa.evaluacion)
    for opcion in filas[0]["alternativas"]:
        opcion.pop("correcta", None)
    filas[0]["motivo_del_cambio"] = "Es una opinión."
    respuesta = editar(editora, programa.evaluacion, filas, clase="encuesta")
    assert "Otra evaluación usa estas preguntas y necesita su respuesta correcta." in errores(respuesta)


@pytest.mark.parametrize("por", ["lista", "api", "codigo"])
def test_what_cannot_be_answered_does_not_go_live_by_any_door(editora, programa, encuesta, por):
    pagina = Evaluacion(title="Final", clase="final", live=False, preguntas_de=encuesta)
    programa.pagina.add_child(instance=pagina).save_revision()
    if por == "lista":
        direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={pagina.pk}"
        respuesta = editora.post(direccion, {"include_descendants": ""})
        assert respuesta.url == reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    elif por == "api":
        assert editora.post(reverse("wagtailadmin_api:pages:action", args=[pagina.pk, "publish"])).status_code == 400
    else:
        with pytest.raises(ValidationError, match="En «Encuesta», complete estas preguntas: 1, 2, 3."):
            pagina.get_latest_revision().publish()
    pagina.refresh_from_db()
    assert not pagina.live and not hasattr(pagina, "unidad")


def test_editing_words_keeps_question_options_and_answers(editora, programa, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 8))
    filas = como_esta(programa.evaluacion)
    claves = [fila["clave"] for fila in filas]
    filas[0]["texto"] = "¿Con otras palabras?"
    respuesta = editar(editora, programa.evaluacion, filas)
    assert respuesta.status_code == 302, errores(respuesta)
    assert [fila["clave"] for fila in como_esta(programa.evaluacion)] == claves
    versiones = VersionDePregunta.objects.filter(evaluacion=unidad, clave=claves[0]).order_by("numero")
    assert [version.vigente for version in versiones] == [False, True]
    assert VersionDePregunta.objects.filter(evaluacion=unidad).count() == 11
    assert Intento.objects.get().puntos == 8
    assert versiones[0].respuestas.count() == 1


def test_changing_the_right_option_asks_why_and_makes_a_version(editora, programa, unidad):
    filas = como_esta(programa.evaluacion)
    del filas[1]["alternativas"][1]["correcta"]
    filas[1]["alternativas"][0]["correcta"] = "on"
    assert "Cambió cuál es la respuesta correcta." in errores(editar(editora, programa.evaluacion, filas))
    filas[1]["motivo_del_cambio"] = "La norma cambió el plazo."
    respuesta = editar(editora, programa.evaluacion, filas)
    assert respuesta.status_code == 302, errores(respuesta)
    ultima = VersionDePregunta.objects.get(evaluacion=unidad, clave=filas[1]["clave"], vigente=True)
    assert (ultima.numero, ultima.motivo) == (2, "La norma cambió el plazo.")


def test_the_same_reason_does_not_serve_for_another_change(editora, programa, unidad):
    filas = como_esta(programa.evaluacion)
    filas[1]["motivo_del_cambio"] = "La norma cambió."
    for correcta in (0, 2):
        for n, opcion in enumerate(filas[1]["alternativas"]):
            opcion.pop("correcta", None)
            if n == correcta:
                opcion["correcta"] = "on"
        respuesta = editar(editora, programa.evaluacion, filas)
    assert "Cambió cuál es la respuesta correcta." in errores(respuesta)


def test_removing_a_question_archives_it(editora, programa, unidad):
    filas = como_esta(programa.evaluacion)
    filas[3]["DELETE"] = "1"
    respuesta = editar(editora, programa.evaluacion, filas)
    assert respuesta.status_code == 302, errores(respuesta)
    archivada = VersionDePregunta.objects.get(evaluacion=unidad, clave=filas[3]["clave"])
    assert not archivada.vigente
    assert VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).count() == 9


def test_rows_added_in_the_browser_get_a_key_each(editora, programa):
    """The template of a new row carries one key; three rows made from it are three questions."""
    una = "11111111-1111-4111-8111-111111111111"
    opciones = [alternativa("A", clave=una), alternativa("B", correcta=True, clave=una)]
    filas = [pregunta(f"¿Pregunta {n}?", alternativas=opciones, clave=una) for n in range(3)]
    respuesta = crear(editora, programa, filas)
    assert respuesta.status_code == 302, errores(respuesta)
    nueva = Evaluacion.objects.get(title="Evaluación nueva")
    preguntas = Pregunta.objects.filter(evaluacion=nueva)
    assert len({fila.clave for fila in preguntas}) == 3
    assert all(len({a.clave for a in fila.alternativas.all()}) == 2 for fila in preguntas)


def test_a_question_added_to_a_live_page_stays_the_same_through_later_edits(editora, programa, unidad):
    """Rows of a draft of a live page have no number; after publishing, the key is what tells who they are."""
    filas = [
        *como_esta(programa.evaluacion),
        {**pregunta("¿Nueva?"), "alternativas": [alternativa("A"), alternativa("B", correcta=True)]},
    ]
    assert editar(editora, programa.evaluacion, filas, accion="draft").status_code == 302
    pantalla = editora.get(reverse("wagtailadmin_pages:edit", args=[programa.evaluacion.pk]))
    en_borrador = pantalla.context["form"].formsets["preguntas"].forms[10]
    assert en_borrador.instance.pk is None
    clave = str(en_borrador["clave"].value())
    borrador = [
        {
            "id": a.instance.pk or "",
            "clave": str(a["clave"].value()),
            **alternativa(a["texto"].value(), a["correcta"].value()),
        }
        for a in en_borrador.formsets["alternativas"].forms
    ]
    filas[10] = {**pregunta("¿Nueva, mejor dicha?"), "id": "", "clave": clave, "alternativas": borrador}
    respuesta = editar(editora, programa.evaluacion, filas)
    assert respuesta.status_code == 302, errores(respuesta)
    version = VersionDePregunta.objects.get(evaluacion=unidad, clave=clave)
    assert version.contenido.texto == "¿Nueva, mejor dicha?"


def test_a_copied_evaluation_has_versions_of_its_own(programa, unidad):
    copia = programa.evaluacion.copy(to=programa.modulos[0], update_attrs={"title": "Copia", "slug": "c-copia"})
    copia.save_revision().publish()
    assert VersionDePregunta.objects.vigentes().filter(evaluacion__pagina=copia.pk).count() == 10
    assert VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).count() == 10


@pytest.mark.parametrize("modo", ["", "correcta", "equivocada"])
def test_preview_is_for_the_editor(editora, entrar, integrante, programa, modo):
    direccion = reverse("wagtailadmin_pages:view_draft", args=[programa.evaluacion.pk])
    respuesta = editora.get(direccion, {"mode": modo})
    assert respuesta.status_code == 200
    texto = respuesta.content.decode()
    assert ("Explica 2.2" in texto) is (modo != "")
    assert ("Explica 2.1" in texto) is (modo == "equivocada")
    assert entrar(integrante).get(direccion).status_code == 302


def test_the_tree_address_only_points_to_the_direct_one(entrar, inscrita, programa, unidad):
    respuesta = programa.evaluacion.serve(None)
    assert respuesta.url == f"/c/{unidad.curso.numero}/{unidad.numero}"
    siguiente = entrar(inscrita.persona).get(respuesta.url)
    assert siguiente.url == f"/e/{unidad.curso.numero}/{unidad.numero}"
