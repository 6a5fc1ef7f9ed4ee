"""The tutorials of CONTRIBUTING.md, followed: their blocks are written to files, and what they promise happens."""

import re
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from evaluaciones import clases
from evaluaciones.models import Evaluacion, Respuesta
from programas.escritura import ficha_de_evaluacion
from programas.lectura import leer_evaluacion
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, unidad_de, ver_lecciones
from tests.evaluaciones.test_editor import datos, errores
from tests.evaluaciones.test_editor import pregunta as fila
from tests.evaluaciones.test_paginas import lugar, texto, titulo

GUIA = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOQUE = re.compile(r"^```(?:python|html|yaml) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def seccion(titulo_de_seccion):
    return re.split(r"^## ", GUIA, flags=re.MULTILINE)[
        [parte.partition("\n")[0] for parte in re.split(r"^## ", GUIA, flags=re.MULTILINE)].index(titulo_de_seccion)
    ]


@pytest.fixture
def carpeta(tmp_path, monkeypatch):
    """The folder that who follows «Add a kind of question» ends up with, already imported."""
    for nombre, bloque in BLOQUE.findall(seccion("Add a kind of question")):
        ruta = tmp_path / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(bloque, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__("numero")
    yield tmp_path
    clases.olvidar("numero")
    for modulo in [nombre for nombre in sys.modules if nombre.partition(".")[0] == "numero"]:
        del sys.modules[modulo]


def test_what_the_tutorial_tries_works(carpeta):
    exec(compile((carpeta / "probar.py").read_text(), "probar.py", "exec"), {})  # noqa: S102


def test_its_file_is_read_and_written_back(carpeta):
    escrita = (carpeta / "pregunta.yaml").read_text()
    leida = leer_evaluacion(escrita, "pregunta.yaml")
    assert leida.preguntas[0].contenido.correcta == 24
    assert leer_evaluacion(ficha_de_evaluacion(leida), "pregunta.yaml") == leida


@pytest.mark.django_db
def test_a_trainer_writes_it_and_a_member_passes(carpeta, entrar, administradora, integrante, territorio):
    programa = ProgramaConEvaluacion()
    ver_lecciones(programa.inscribir(integrante))
    agregar = reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.modulos[0].pk])
    una = fila("¿En cuántas horas decide?", tipo="numero", alternativas=[], numero__correcta="24")
    assert "Explique de dónde sale." in errores(entrar(administradora).post(agregar, datos([una])))
    completa = {**una, "numero__explicacion": "Lo dice el artículo 16."}
    assert entrar(administradora).post(agregar, datos([completa])).status_code == 302
    unidad = unidad_de(Evaluacion.objects.get(title="Evaluación nueva"))
    cliente, intento = entrar(integrante), empezar(integrante, unidad)
    envio = {"intento": str(intento.clave), "p1": "doce"}
    assert "Escriba solo un número" in texto(cliente.post(f"{lugar(unidad)}/revisar", envio, follow=True))
    fin = cliente.post(f"{lugar(unidad)}/enviar", {**envio, "p1": "24"})
    assert titulo(fin) == "Aprobó: 1 de 1"
    assert "Lo dice el artículo 16." in texto(fin)
    assert Respuesta.objects.get(definitiva=True).valor == 24
