"""A module on the phone: what it is made of, for whom, and nothing of the keys of what is marked."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from cursos.models import Unidad
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.models import Intento, VersionDePregunta
from tests import gente
from tests.cursos.factories import crear_leccion, decida, paso
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    empezar,
    hacer_pregunta,
    unidad_de,
    ver_lecciones,
)
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
ACEPTA = {"accept": "application/json"}
OPCIONES = [("Puede pedir ayuda hoy mismo.", True), ("Antes debe ir al notario.", False)]


@pytest.fixture
@hecho_una_vez
def programa(territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1)
    modulo = programa.modulos[0]
    crear_leccion(modulo, "Con caso", pasos=[decida(opciones=OPCIONES), paso("Después")])
    de_practica = [hacer_pregunta(n, clase="practica") for n in (501, 502, 503)]
    programa.practica = unidad_de(crear_evaluacion(modulo, clase="practica", preguntas=de_practica, titulo="Práctica"))
    crear_evaluacion(programa.pagina, clase="final", preguntas=3, titulo="Final")
    crear_evaluacion(programa.pagina, clase="entrada", preguntas=3, titulo="Entrada")
    programa.inscribir(integrante)
    programa.base = f"/c/{programa.curso.numero}/m/{programa.practica.numero}"
    return programa


def guardado_por(cliente, programa) -> dict:
    """What the phone does: it says that it saves, and brings what is sent."""
    assert cliente.post(f"{programa.base}/celular", headers=ACEPTA).json() == {"estado": "listo"}
    return cliente.get(f"{programa.base}/contenido").json()


def urls(contenido: dict) -> list[str]:
    return [una["url"] for una in contenido["paginas"]]


def test_it_holds_every_step_every_end_and_the_practice(entrar, integrante, programa):
    contenido = guardado_por(entrar(integrante), programa)
    lecciones = Unidad.objects.filter(curso=programa.curso, clase="leccion")
    esperadas = {
        f"/c/{programa.curso.numero}/{una.numero}/{n}" for una in lecciones for n in [*range(1, una.pasos + 1), "fin"]
    }
    practica = f"/e/{programa.curso.numero}/{programa.practica.numero}"
    esperadas |= {f"{practica}/preguntas/{n}" for n in (1, 2, 3)}
    assert set(urls(contenido)) == esperadas and len(urls(contenido)) == len(esperadas)
    assert [fila["titulo"] for fila in contenido["indice"]] == ["Lección 1.1", "Con caso", "Práctica"]
    assert all("<main" in una["cuerpo"] and "</main>" in una["cuerpo"] for una in contenido["paginas"])
    assert contenido["marco"].count("@@cuerpo@@") == contenido["marco"].count("@@titulo@@") == 1


def test_decida_and_the_practice_are_explained_without_signal(entrar, integrante, programa):
    paginas = guardado_por(entrar(integrante), programa)["paginas"]
    caso = next(una for una in paginas if "Puede pedir ayuda" in una["cuerpo"])
    assert "La regla" not in caso["cuerpo"] and len(caso["respuestas"]) == 3
    assert sorted("Correcto" in dicho for dicho in caso["respuestas"].values()) == [False, False, True]
    assert all("La regla" in dicho and "Continuar" in dicho for dicho in caso["respuestas"].values())
    pregunta = next(una for una in paginas if una["url"].endswith("/preguntas/1"))
    assert "Explica" not in pregunta["cuerpo"] and len(pregunta["respuestas"]) == 5
    assert sum("Correcto" in dicho for dicho in pregunta["respuestas"].values()) == 1


def test_no_byte_of_it_tells_what_is_marked(entrar, integrante, programa):
    """Every byte of all that a phone keeps: the page before the touch, what is sent, and the list of what is saved."""
    cliente = entrar(integrante)
    ver_lecciones(integrante.inscripciones.get())
    empezar(integrante, programa.unidad_evaluada)  # under way, so that nothing keeps it out but the rule
    contenido = guardado_por(cliente, programa)
    todo = json.dumps(contenido, ensure_ascii=False)
    todo += cliente.get(f"{programa.base}/celular").content.decode() + cliente.get("/en-este-celular").content.decode()
    marcadas = VersionDePregunta.objects.exclude(evaluacion=programa.practica)
    assert marcadas.count() == 16
    for version in marcadas:
        dentro = version.contenido
        assert str(dentro.clave) not in todo
        for una in dentro.contenido.alternativas:
            assert una.clave not in todo and una.explicacion not in todo and una.texto not in todo
    assert not re.search(r"¿Texto de la pregunta \d{1,2}\?", todo) and "¿Texto de la pregunta 501?" in todo
    assert "/e/" not in re.sub(rf"/e/{programa.curso.numero}/{programa.practica.numero}\b", "", todo)


def test_a_practice_that_asks_what_is_marked_stays_out(entrar, integrante, programa, monkeypatch):
    """Publishing refuses one; had it been published before, it would not leave."""
    compartida = lambda unidad: dataclasses.replace(publicado_de(unidad), comparten=frozenset({1}))  # noqa: E731
    monkeypatch.setattr("evaluaciones.views.guardadas.publicado_de", compartida)
    contenido = guardado_por(entrar(integrante), programa)
    assert not [url for url in urls(contenido) if url.startswith("/e/")]
    assert "¿Texto de la pregunta" not in json.dumps(contenido, ensure_ascii=False)


def test_it_says_what_it_weighs_and_until_when_before_the_touch(entrar, integrante, programa):
    cliente = entrar(integrante)
    pagina = cliente.get(f"{programa.base}/celular").content.decode()
    peso = re.search(r"Guardar en este celular \((\d+)\sKB\)", pagina)
    assert peso and 2 <= int(peso[1]) <= 40
    assert "también al salir" in pagina
    assert not Intento.objects.exists()  # it was only looked at


def test_reading_it_costs_the_same_with_more_lessons(entrar, integrante, programa, django_assert_max_num_queries):
    cliente = entrar(integrante)
    guardado_por(cliente, programa)
    for n in range(6):
        crear_leccion(programa.modulos[0], f"Otra {n}", pasos=[decida(opciones=OPCIONES), *[paso()] * 4])
    guardado_por(cliente, programa)  # the steps are in the cache, as after anybody read them
    with django_assert_max_num_queries(14):
        assert len(cliente.get(f"{programa.base}/contenido").json()["paginas"]) > 40


def test_it_is_not_sent_again_while_it_is_the_same(entrar, integrante, programa):
    cliente = entrar(integrante)
    marca = cliente.get(f"{programa.base}/contenido")["ETag"]
    assert cliente.get(f"{programa.base}/contenido", headers={"if-none-match": marca}).status_code == 304
    corta = cliente.head(f"{programa.base}/contenido")
    assert corta.status_code == 200 and corta["ETag"] == marca
    crear_leccion(programa.modulos[0], "Nueva")
    cache.clear()
    otra = cliente.get(f"{programa.base}/contenido", headers={"if-none-match": marca})
    assert otra.status_code == 200 and otra["ETag"] != marca and otra.json()["version"] == otra["ETag"].strip('"')


def test_who_does_not_take_the_course_and_who_was_taken_out_find_nothing(entrar, integrante, programa):
    otra = gente.crear_integrante("50000001", "Ana", "Flores")
    for ruta in ("contenido", "celular"):
        assert entrar(otra).get(f"{programa.base}/{ruta}").status_code == 404
    integrante.inscripciones.update(retirada_en=timezone.now())
    assert entrar(integrante).get(f"{programa.base}/contenido").status_code == 404


def test_a_phone_of_somebody_else_keeps_nothing(client, programa, integrante):
    client.post(
        "/entrar", {"identificador": integrante.documento, "clave": gente.CLAVE, "compartido": "on"}, follow=True
    )
    pagina = client.get(f"{programa.base}/celular").content.decode()
    assert "lo usa otra persona" in pagina and "data-k-guardar" not in pagina
    for respuesta in (client.get(f"{programa.base}/contenido"), client.post(f"{programa.base}/celular")):
        assert respuesta.status_code == 409 and "lo usa otra persona" in respuesta.json()["mensaje"]


def test_saving_begins_the_practice_once_and_its_answers_are_the_same_ledger(entrar, integrante, programa):
    cliente = entrar(integrante)
    for _vez in range(2):
        contenido = guardado_por(cliente, programa)
    intento = Intento.objects.get()
    assert all(str(intento.clave) in una["cuerpo"] for una in contenido["paginas"] if "/preguntas/" in una["url"])
    enviado = buenas(intento)
    for numero, valor in enviado.items():
        cuerpo = next(una["cuerpo"] for una in contenido["paginas"] if una["url"].endswith(f"/preguntas/{numero}"))
        operacion = re.search(r'name="operacion" value="([^"]+)"', cuerpo)[1]
        datos = {"intento": str(intento.clave), "pregunta": numero, "operacion": operacion, f"p{numero}": valor}
        url = f"/e/{programa.curso.numero}/{programa.practica.numero}/respuesta"
        assert cliente.post(url, datos, headers=ACEPTA).json()["estado"] == "guardada"
    final = cliente.post(
        f"/e/{programa.curso.numero}/{programa.practica.numero}/enviar", {"intento": str(intento.clave)}
    )
    assert "Terminó la práctica" in final.content.decode()


def test_a_marked_evaluation_under_way_stays_out_as_well(entrar, integrante, programa):
    ver_lecciones(integrante.inscripciones.get())
    intento = empezar(integrante, programa.unidad_evaluada)
    assert str(intento.clave) not in json.dumps(guardado_por(entrar(integrante), programa))
