"""The list «Antes de publicar» of an evaluation: what it advises, and where it is read."""

import pytest
from django.test import RequestFactory

from evaluaciones.antes_de_publicar import antes_de_publicar
from evaluaciones.clases.eleccion.contenido import Alternativa, Eleccion
from evaluaciones.libro import PreguntaMostrada
from tests.evaluaciones.factories import ProgramaConEvaluacion

pytestmark = pytest.mark.un_motor


def una(texto="¿Qué hace?", opciones=("Oír", "Discutir"), explicacion="Porque sí."):
    alternativas = tuple(Alternativa(str(n), texto, n == 0, explicacion) for n, texto in enumerate(opciones))
    return PreguntaMostrada(clave="1", tipo="una", texto=texto, contenido=Eleccion(alternativas), cita="art. 1")


def faltan(*preguntas, clase="modulo", textos=()):
    return [linea.como for linea in antes_de_publicar(preguntas, clase=clase, textos=textos) if not linea.lista]


@pytest.mark.parametrize(
    "mala",
    [una("Juana, DNI 45678912, pide ayuda."), una(opciones=("Oír", "987 654 321")), una(explicacion="45678912")],
)
def test_a_document_or_a_phone_is_told_with_its_question(mala):
    (aviso,) = [como for como in faltan(una(), mala) if "parece un DNI o un celular" in como]
    assert aviso.startswith("Pregunta 2")


def test_the_words_of_the_page_are_read_too():
    assert "«45678912» parece un DNI o un celular. Quítelo." in faltan(una(), textos=["Pregunte a 45678912"])


def test_what_is_too_long_to_read_on_a_phone_is_told_by_its_number():
    largas = faltan(una("palabra " * 61), una(opciones=("Oír", "palabra " * 31)), clase="encuesta")
    assert largas == ["Acorte el caso: pregunta 1.", "Acorte las alternativas: pregunta 2."]


def test_what_leads_nowhere_is_told_but_in_a_survey():
    assert faltan(una()) == ["Elija la lección: pregunta 1."]
    assert faltan(una(), clase="encuesta") == []


@pytest.mark.django_db
def test_the_preview_shows_the_list_and_what_keeps_it_from_going_live():
    pagina = ProgramaConEvaluacion(preguntas=2).evaluacion
    pagina.presentacion = "Llame al 987654321."
    pagina.sortear = 0
    visto = pagina.serve_preview(RequestFactory().get("/"), "").context_data
    assert visto["faltas"] == ["En «preguntas por intento» ponga una o más, o déjelo vacío."]
    assert any("«987654321»" in linea.como for linea in visto["lineas"])
