"""The purpose, from end to end: a sheet, a link, a lesson, an evaluation, a paper, a figure that moves.

Told twice on a phone of 360 px, with scripts and without them: without them nothing is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from certificados.models import Certificado
from certificados.tasks import emitir_pendientes
from cursos.models import Inscripcion
from evaluaciones.models import Intento
from instancias.models import Persona
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion, correctas

HOJA = (
    "DNI;Nombres;Apellidos;Celular;Distrito;Asiento;Calidad\n"
    "40000777;Luz Marina;Paredes Soto;987654321;Rupa-Rupa;IDC-03;titular\n"
    "4000077;Error;De Tecleo;;Rupa-Rupa;IDC-04;titular\n"
)


@dataclass
class Historia:
    oficina: Page
    celular: Page
    programa: Any
    guiones: bool


@pytest.fixture(params=[True, False], ids=["con_guiones", "sin_guiones"])
def historia(request, abrir, como, cem, cem_provincial) -> Historia:
    programa = ProgramaConEvaluacion(lecciones=2, preguntas=4)
    programa.abrir()
    crear_plantilla(programa.curso)
    sembrar_asientos()
    oficina = como(abrir(guiones=request.param, ancho=1280), cem_provincial)
    return Historia(oficina, abrir(guiones=request.param), programa, request.param)


def sembrar_asientos() -> None:
    from instancias.services.territorio import cargar_tipos_de_asiento
    from tests import gente

    cargar_tipos_de_asiento()
    gente.crear_asiento(gente.DISTRITO_A, orden=3)
    gente.crear_asiento(gente.DISTRITO_A, orden=4)


def boton(pagina: Page, nombre: str):
    """A button or a link that looks like one: what a person would touch."""
    return pagina.get_by_role("button", name=nombre).or_(pagina.get_by_role("link", name=nombre)).first


def test_from_the_sheet_to_the_figure(historia, axe):
    antes = cifras_del_panel(historia.oficina)
    enlace = importar_y_pedir_enlace(historia.oficina)
    entrar_por_primera_vez(historia.celular, enlace)
    estudiar(historia)
    rendir(historia)
    documento = recoger_certificado(historia)
    verificar(historia, documento)
    assert cifras_del_panel(historia.oficina) != antes
    expect(historia.oficina.locator("main")).to_contain_text(re.compile(r"\b1 de 1\b"))


def cifras_del_panel(oficina: Page) -> str:
    oficina.goto("/panel")
    expect(oficina.get_by_role("heading", level=1)).to_be_visible()
    return oficina.locator("main").inner_text()


def importar_y_pedir_enlace(oficina: Page) -> str:
    """The sheet has a good row and a bad one: the bad one is explained, the good one is saved."""
    oficina.goto("/panel/importar")
    oficina.locator("input[type=file]").set_input_files(
        files=[{"name": "lista.csv", "mimeType": "text/csv", "buffer": HOJA.encode()}]
    )
    boton(oficina, "Revisar la lista").click()
    expect(oficina.locator("main")).to_contain_text("El DNI tiene 8 números")
    assert not Persona.objects.filter(documento="40000777").exists(), "nada se guarda antes de confirmar"
    boton(oficina, "Guardar 1 fila").click()
    boton(oficina, "Ver personas y asientos").click()
    boton(oficina, "Enviar enlace a Luz Marina Paredes Soto").click()
    mensaje = oficina.get_by_label("Mensaje listo").input_value()
    return urlsplit(re.search(r"https?://\S+", mensaje)[0]).path


def entrar_por_primera_vez(celular: Page, enlace: str) -> None:
    """A preview that fetches the address five times uses nothing up."""
    for _vez in range(5):
        assert celular.request.get(enlace).status == 200
    celular.goto(enlace)
    expect(celular.get_by_role("heading", level=1)).to_contain_text("Luz P.")
    boton(celular, "Sí, entrar").click()
    boton(celular, "Usar esta clave").click()
    expect(celular.locator("main")).to_contain_text("Paredes Soto")
    boton(celular, "Está correcto").click()
    celular.wait_for_url("**/inicio")


def estudiar(historia: Historia) -> None:
    """Both lessons, step by step, touching only «Continuar» and what the end of each one offers."""
    celular = historia.celular
    celular.goto("/inicio")
    boton(celular, "Ir a la lección 1").click()
    inscripcion = Inscripcion.objects.get(persona__documento="40000777")
    seguir = re.compile("^Continuar$|^Ir a la lección")
    for _toque in range(12):
        inscripcion.refresh_from_db()
        if inscripcion.hechas == 2:
            break
        antes = celular.url
        principal = celular.locator("main")
        principal.get_by_role("button", name=seguir).or_(principal.get_by_role("link", name=seguir)).first.click()
        celular.wait_for_url(lambda url, antes=antes: url != antes)
    assert inscripcion.hechas == 2


def rendir(historia: Historia) -> None:
    celular, unidad = historia.celular, historia.programa.unidad_evaluada
    celular.goto(f"/c/{historia.programa.curso.numero}")
    celular.get_by_role("link", name=re.compile("Evaluación del módulo 1")).first.click()
    boton(celular, "Empezar").click()
    expect(celular.locator("#p1")).to_be_visible()
    intento = Intento.objects.get(unidad=unidad, inscripcion__persona__documento="40000777")
    assert "Explica" not in celular.content(), "la clave no sale del servidor antes de tiempo"
    for n, pregunta in enumerate(intento.formulario, 1):
        seccion = celular.locator(f"#p{n}")
        for clave in correctas(pregunta):
            seccion.locator(f"input[value='{clave}']").check(force=True)
        if historia.guiones and n < len(intento.formulario):
            seccion.get_by_role("button", name="Continuar").click()
    boton(celular, "Revisar mis respuestas").click()
    boton(celular, "Enviar mis respuestas").click()
    expect(celular.locator("main")).to_contain_text("Aprobó: 4 de 4")


def recoger_certificado(historia: Historia) -> Certificado:
    emitir_pendientes()
    certificado = Certificado.objects.get(persona__documento="40000777")
    celular = historia.celular
    celular.goto("/certificados")
    with celular.expect_download() as descarga:
        boton(celular, "Descargar").click()
    assert descarga.value.suggested_filename.endswith(".pdf")
    assert Path(descarga.value.path()).read_bytes().startswith(b"%PDF-")
    return certificado


def verificar(historia: Historia, documento: Certificado) -> None:
    """Somebody else reads the code: the least, and it says it is valid."""
    celular = historia.celular
    celular.context.clear_cookies()
    celular.goto(f"/v/{documento.codigo_largo}")
    cuerpo = celular.locator("main")
    expect(cuerpo).to_contain_text("válido")
    expect(cuerpo).to_contain_text("Luz Marina Paredes Soto")
    expect(cuerpo).not_to_contain_text("40000777")
