"""The session ends while somebody decides without a script: what was chosen is kept as theirs, and of nobody else."""

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from cursos.services.avance import terminar_unidad
from evaluaciones.models import Ensayo
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, decida, paso
from tests.evaluaciones.test_decida import clave_de
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
BUENA, MALA = "Que nada perdió", "Que lo firmado vale"
GUARDADA = "Guardamos su respuesta. No hace falta darla otra vez."
PERDIDA = "No se guardó lo último que se envió desde este celular. Si era suyo, envíelo otra vez."


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    programa = Programa(lecciones=0)
    for n in range(3):
        crear_leccion(programa.modulos[0], f"Con caso {n}", pasos=[decida(f"Caso {n}"), paso("Después")])
    return programa


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    return programa.inscribir(integrante)


def campos_de(pagina: str, opcion: str) -> dict[str, str]:
    forma = re.search(r'<form[^>]*action="[^"]*/(?:decida|repaso)"[\s\S]*?</form>', pagina)[0]
    ocultos = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', forma))
    return {**{n: html.unescape(v) for n, v in ocultos.items()}, "p1": clave_de(pagina, opcion)}


def volver(cliente, persona):
    return cliente.post("/entrar", {"identificador": persona.documento, "clave": gente.CLAVE}, follow=True).text


def direccion(programa, n=0):
    unidad = programa.curso.unidades.order_by("numero")[n]
    return f"/c/{programa.curso.numero}/{unidad.numero}"


@pytest.fixture
def decidido(entrar, inscrita, programa):
    """A browser whose session had ended when an option was touched."""
    url = f"{direccion(programa)}/1"
    campos = campos_de(entrar(inscrita.persona).get(url).text, MALA)
    cliente = Client()
    puerta = cliente.post(f"{url}/decida", campos, headers={"referer": f"http://testserver{url}"})
    assert puerta.url.startswith(f"/entrar?next={url}") and "enviado=no" not in puerta.url
    return cliente


def test_what_was_chosen_is_kept_once_its_person_is_back(decidido, inscrita, programa):
    assert GUARDADA in volver(decidido, inscrita.persona)
    assert list(Ensayo.objects.values_list("vez", "acierto")) == [(1, False)]
    assert "Todavía no" in decidido.get(f"{direccion(programa)}/1").text


def test_of_somebody_else_on_the_same_phone_it_is_not(decidido, inscrita, programa, integrante_de_b):
    programa.inscribir(integrante_de_b)
    dentro = volver(decidido, integrante_de_b)
    assert PERDIDA in dentro and GUARDADA not in dentro
    decidido.post("/cerrar-sesion")
    volver(decidido, inscrita.persona)
    assert not Ensayo.objects.exists()


def test_after_the_last_day_it_is_told_that_it_was_not_kept(decidido, inscrita):
    type(inscrita.edicion).objects.update(inicia="2020-01-01", termina="2020-02-01")
    assert PERDIDA in volver(decidido, inscrita.persona)
    assert not Ensayo.objects.exists()


def test_the_same_of_an_idea_that_came_back(entrar, inscrita, programa):
    cliente = entrar(inscrita.persona)
    url = f"{direccion(programa)}/1"
    cliente.post(f"{url}/decida", campos_de(cliente.get(url).text, MALA))
    for unidad in programa.curso.unidades.filter(clase="leccion").order_by("numero")[:2]:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    repaso = f"{direccion(programa, 2)}/repaso"
    campos = campos_de(cliente.get(repaso).text, BUENA)
    otro = Client()
    otro.post(repaso, campos)
    assert GUARDADA in volver(otro, inscrita.persona)
    ultimo = Ensayo.objects.order_by("pk").last()
    assert (Ensayo.objects.count(), ultimo.acierto) == (2, True)
    assert ultimo.repaso_en.numero == int(repaso.split("/")[3])
