"""Every field of every model of ours says what it tells of people, or that it tells nothing of anybody."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models

from instancias.management.commands.inventario_de_datos import FIN, INICIO, poner
from marco import inventario
from marco.inventario import Uso, campos_de, declaraciones, declarar, faltas, modelos_nuestros

pytestmark = pytest.mark.un_motor
UN_USO = Uso("para", "ley", "un año", "alguien", "se borra")


def test_every_field_of_ours_is_in_the_inventory():
    dichas = faltas()
    assert not dichas, "\n" + "\n".join(dichas)


def test_every_room_is_looked_at():
    nombres = {modelo._meta.label for modelo in modelos_nuestros()}
    assert {"kuska_instancias.Persona", "kuska_seguimiento.Recordatorio", "cms.Cuenta"} <= nombres


def test_a_use_says_everything_that_the_law_asks():
    for una in declaraciones().values():
        for campo, uso in una.usos.items():
            for que in ("fin", "base", "plazo", "ven", "al_suprimir"):
                assert str(getattr(uso, que)).strip(), f"{una.modelo}.{campo}: {que}"


def test_what_is_declared_of_others_is_there():
    for nombre, una in declaraciones().items():
        assert una.usos.keys() <= {campo.name for campo in apps.get_model(nombre)._meta.get_fields()}, nombre


def test_a_field_that_nobody_declared_says_exactly_what_to_write(monkeypatch):
    monkeypatch.setattr(inventario, "_declaraciones", dict(declaraciones()))
    persona = next(m for m in modelos_nuestros() if m.__name__ == "Persona")
    una = inventario._declaraciones.pop("kuska_instancias.Persona")
    declarar("kuska_instancias.Persona", {"signo_zodiacal": UN_USO}, sin_datos=" ".join(una.campos - {"celular"}))
    falta, sobra = faltas([persona])
    assert "kuska_instancias.Persona.celular" in falta
    assert "instancias/datos_personales.py" in falta and 'declarar("kuska_instancias.Persona"' in falta
    assert "inventario_de_datos --escribir" in falta
    assert "signo_zodiacal" in sobra


def test_a_model_is_declared_once_and_a_field_in_one_way(monkeypatch):
    monkeypatch.setattr(inventario, "_declaraciones", {})
    with pytest.raises(ValueError, match="cannot tell"):
        declarar("x.Y", {"a b": UN_USO}, sin_datos="b")
    declarar("x.Y", {"a": UN_USO})
    with pytest.raises(ValueError, match="twice"):
        declarar("x.Y")


def test_a_page_answers_only_for_what_it_adds():
    curso = next(m for m in modelos_nuestros() if m._meta.label == "kuska_cursos.Curso")
    assert "presentacion" in campos_de(curso)
    assert not {"title", "page_ptr", "id"} & set(campos_de(curso))
    assert issubclass(curso, models.Model)


def test_the_annex_of_the_document_is_the_inventory_of_today():
    documento = (Path(__file__).resolve().parents[1] / "docs" / "seguridad-datos.md").read_text(encoding="utf-8")
    assert poner(documento) == documento, "Run: python manage.py inventario_de_datos --escribir"


def test_the_command_writes_it_between_its_marks(tmp_path):
    archivo = tmp_path / "uno.md"
    archivo.write_text(f"antes\n{INICIO}viejo\n{FIN}después\n")
    call_command("inventario_de_datos", escribir=archivo, stdout=StringIO())
    escrito = archivo.read_text()
    assert escrito.startswith("antes\n") and escrito.endswith("después\n")
    assert "`celular`, `correo`" in escrito and "viejo" not in escrito
    with pytest.raises(CommandError, match="marcas"):
        poner("nada")
