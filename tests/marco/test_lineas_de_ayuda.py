"""The help lines: named once, said the same at the foot of every page and inside the texts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from marco.models import AjustesDelAula, NombreInstitucional
from marco.nombres import Nombres

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def pie(visitante) -> str:
    texto = visitante.get("/entrar").text
    return texto[texto.index("<footer") :]


def test_a_number_that_changes_is_the_same_in_the_footer_and_in_the_texts(visitante) -> None:
    assert 'href="tel:105">Policía 105<' in pie(visitante)
    emergencia = NombreInstitucional.objects.create(clave="emergencia", nombre="911", corto="911", numero="911")
    assert 'href="tel:911">Policía 911<' in pie(visitante)
    assert Nombres().poner("Llame al {emergencia}.") == "Llame al 911."
    emergencia.delete()
    assert 'href="tel:105">Policía 105<' in pie(visitante)


def test_a_line_without_number_is_read_and_not_called(visitante) -> None:
    NombreInstitucional.objects.create(clave="linea", nombre="Chat de ayuda", corto="Chat")
    assert "<li>Chat de ayuda, gratis, 24 horas</li>" in pie(visitante)


def test_a_site_that_saved_its_settings_says_the_name_and_the_number_that_changed(visitante) -> None:
    AjustesDelAula.load()
    NombreInstitucional.objects.create(clave="linea", nombre="Chat de ayuda", corto="Chat")
    NombreInstitucional.objects.create(clave="emergencia", nombre="Central 911", corto="911", numero="911")
    assert "<li>Chat de ayuda, gratis, 24 horas</li>" in pie(visitante)
    assert 'href="tel:911">Policía Central 911<' in pie(visitante)


def test_the_lines_are_there_before_anybody_writes_a_name() -> None:
    assert not NombreInstitucional.objects.exists()
    dicho = Nombres().poner("{linea} ({linea.numero}), {emergencia}, {chat}")
    assert dicho == "Línea 100 (100), 105, Chat 100"
    assert "tel:100" in render_to_string("500.html")


def test_the_text_of_a_line_never_writes_its_number() -> None:
    ajustes = AjustesDelAula.load()
    ajustes.texto_emergencia = "Policía 105"
    with pytest.raises(ValidationError, match="Escriba {emergencia} donde va el número"):
        ajustes.clean()


@pytest.mark.parametrize("numero", ["10 5", "+51", "ciento"])
def test_a_number_to_call_is_only_figures(numero: str) -> None:
    with pytest.raises(ValidationError):
        NombreInstitucional(clave="linea", nombre="x", corto="x", numero=numero).full_clean()
