"""One person who was registered twice: found, compared, made one, and taken apart; on a phone and at a desk."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone

from certificados import services as certificados
from instancias.models import Persona
from tests import gente
from tests.certificados import factories
from tests.instancias.mesas import persona, sentada

FOTOS = os.environ.get("FOTOS_DE_LA_FUSION", "")


@pytest.fixture
def dos_registros(territorio):
    curso = factories.crear_curso()
    factories.crear_plantilla(curso.curso)
    rosa = persona("40000101", "Rosa", "Quispe Huamán", celular="987654321")
    otra = persona("40000107", "Rosa Elena", "Quispe Huamán", celular="912345678", correo="rosa@ejemplo.pe")
    comun = gente.crear_asiento("100601", orden=1, corto="Alcaldía")
    sentada(comun, rosa)
    sentada(comun, otra, "alterno")
    sentada(gente.crear_asiento("100605", orden=2, corto="Subprefectura distrital"), otra)
    factories.inscribir(rosa, curso, terminada=False)
    terminada = factories.inscribir(otra, curso)
    certificados.emitir(inscripcion_id=terminada.pk, ahora=timezone.now() - datetime.timedelta(hours=1))
    return rosa, otra


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_person_registered_twice_is_one_and_two_again(abrir, axe, como, dos_registros, ancho):
    rosa, otra = dos_registros
    pagina = como(abrir(ancho=ancho), gente.crear_coordinacion("cem-p", "1006"))

    def mirar(nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    pagina.goto("/panel/personas")
    pagina.get_by_role("link", name="Posibles repetidas").click()
    mirar("1-repetidas")
    pagina.get_by_role("button", name="Son dos personas").click()
    assert pagina.get_by_text("son dos personas. Ya no se proponen.").is_visible()
    pagina.get_by_role("link", name="Ver 1 par").click()
    mirar("1-son-dos")
    pagina.get_by_role("button", name="Volver a proponerlas").click()
    pagina.goto(f"/panel/personas/{rosa.pk}")
    mirar("2-persona")
    pagina.get_by_role("link", name="Buscar el otro registro").click()
    mirar("3-buscar")
    pagina.get_by_role("link", name="Comparar").click()
    pagina.get_by_role("radio", name="Documento: DNI 40000107").check()
    pagina.get_by_role("radio", name="Nombres: Rosa Elena").check()
    mirar("4-comparar")
    assert pagina.get_by_text("Queda sin efecto: esos días ya tiene ese mismo asiento.").is_visible()
    pagina.get_by_role("button", name="Es la misma persona: unir").click()
    mirar("5-unida")
    assert pagina.get_by_role("heading", name="Rosa Elena Quispe Huamán").is_visible()
    assert pagina.get_by_text("Quedó un solo registro.").is_visible()
    assert Persona.objects.get(documento="40000107") == rosa and rosa.certificados.count() == 1
    pagina.get_by_role("button", name="Separar los registros").click()
    mirar("6-separada")
    assert pagina.get_by_text("Los registros se separaron").is_visible()
    assert Persona.objects.get(documento="40000107") == otra and otra.certificados.count() == 1


def test_without_script_it_works_the_same(abrir, como, dos_registros):
    rosa, otra = dos_registros
    pagina = como(abrir(guiones=False), gente.crear_coordinacion("cem-p", "1006"))
    pagina.goto(f"/panel/personas/{rosa.pk}/unir?q=40000107")
    pagina.get_by_role("link", name="Comparar").click()
    pagina.get_by_role("button", name="Es la misma persona: unir").click()
    assert pagina.get_by_text("Quedó un solo registro.").is_visible()
    assert Persona.objects.get(pk=otra.pk).absorbida_por == rosa
