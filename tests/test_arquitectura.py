"""What import-linter cannot see: relations, templates and cascades keep the order of the rooms as well."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.template import engines

RAIZ = Path(__file__).resolve().parent.parent
SALAS = ["instancias", "cursos", "evaluaciones", "certificados", "seguimiento", "cms"]
LUGAR = {sala: n for n, sala in enumerate(SALAS)}

# What is kept as proof. It outlives pages, courses, accounts and whatever else it speaks of.
EVIDENCIA = {
    "instancias.Persona",
    "instancias.Membresia",
    "instancias.Consentimiento",
    "cursos.Unidad",
    "cursos.VersionDeCurso",
    "cursos.Inscripcion",
    "cursos.Avance",
    "evaluaciones.Intento",
    "evaluaciones.Respuesta",
    "evaluaciones.VersionDePregunta",
    "certificados.Certificado",
    "certificados.ActoDeCertificado",
}
# Content, registers, settings and work in progress: what may be written again.
LO_DEMAS = {
    "instancias.AjustesDelAula",
    "instancias.Alcance",
    "instancias.Asiento",
    "instancias.CentroEmergenciaMujer",
    "instancias.Cobertura",
    "instancias.EnlaceDeAcceso",
    "instancias.FrenoDeEntrada",
    "instancias.ImportacionDePadron",
    "instancias.Instancia",
    "instancias.Institucion",
    "instancias.Territorio",
    "instancias.TipoDeAsiento",
    "cursos.Articulo",
    "cursos.CatalogoDeCursos",
    "cursos.Curso",
    "cursos.Edicion",
    "cursos.Leccion",
    "cursos.Modulo",
    "cursos.Norma",
    "cursos.RedaccionDeArticulo",
    "cursos.RequisitoDeVersion",
    "evaluaciones.Alternativa",
    "evaluaciones.Evaluacion",
    "evaluaciones.Pregunta",
    "certificados.ContadorDeRegistro",
    "certificados.Firmante",
    "certificados.LogoDePlantilla",
    "certificados.Plantilla",
    "seguimiento.Meta",
    "seguimiento.Recordatorio",
    "cms.Cuenta",
    "cms.Portada",
}
# Parts that live and die with their owner, which itself is never deleted while something points at it; and links
# to enter, which are keys and prove nothing.
PARTES = {"cursos.RequisitoDeVersion.version", "instancias.EnlaceDeAcceso.persona"}


def modelos_propios():
    return [modelo for modelo in apps.get_models() if modelo._meta.app_label in LUGAR]


def relaciones():
    for modelo in modelos_propios():
        for campo in modelo._meta.get_fields():
            if campo.is_relation and not campo.auto_created and isinstance(campo.related_model, type):
                yield pytest.param(campo, id=f"{modelo._meta.label}.{campo.name}")


@pytest.mark.parametrize("campo", list(relaciones()))
def test_relations_point_left(campo):
    destino = campo.related_model
    if destino._meta.app_label not in LUGAR or destino is get_user_model():
        return
    assert LUGAR[destino._meta.app_label] <= LUGAR[campo.model._meta.app_label]


@pytest.mark.parametrize("campo", list(relaciones()))
def test_evidence_is_not_deleted_with_something_else(campo):
    if not isinstance(campo, models.ForeignKey) or f"{campo.model._meta.label}.{campo.name}" in PARTES:
        return
    if campo.model._meta.label in EVIDENCIA or campo.related_model._meta.label in EVIDENCIA:
        assert campo.remote_field.on_delete is not models.CASCADE


def test_the_list_of_evidence_names_real_models():
    assert {modelo._meta.label for modelo in modelos_propios()} >= EVIDENCIA


def bibliotecas_de_etiquetas():
    """Which room offers each template tag library."""
    motor = engines["django"].engine
    return {nombre: ruta.split(".")[0] for nombre, ruta in motor.libraries.items() if ruta.split(".")[0] in LUGAR}


def plantillas():
    for ruta in sorted(RAIZ.glob("templates/**/*.html")) + sorted(RAIZ.glob("*/templates/**/*.html")):
        relativa = ruta.relative_to(RAIZ)
        sala = relativa.parts[1] if relativa.parts[0] == "templates" else relativa.parts[0]
        # base.html, the error pages and the shared pieces are of the bottom room.
        yield pytest.param(ruta, sala if sala in LUGAR else "instancias", id=str(relativa))


@pytest.mark.parametrize(("ruta", "sala"), list(plantillas()))
def test_templates_name_only_rooms_to_their_left(ruta, sala):
    texto = ruta.read_text()
    bibliotecas = bibliotecas_de_etiquetas()
    nombradas = re.findall(r"{%\s*url\s+['\"]([a-z]+):", texto)
    nombradas += re.findall(r"{%\s*(?:include|extends)\s+['\"]([a-z]+)/", texto)
    for carga in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", texto):
        nombradas += [bibliotecas[nombre] for nombre in carga.split() if nombre in bibliotecas]
    arriba = {otra for otra in nombradas if LUGAR.get(otra, -1) > LUGAR[sala]}
    assert not arriba, f"nombra lo que está a su derecha: {sorted(arriba)}"


@pytest.mark.parametrize(("ruta", "sala"), list(plantillas()))
def test_templates_carry_no_inline_style_or_script(ruta, sala):
    texto = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", ruta.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=\s*[\"']", texto)
    assert not re.search(r"<style[\s>]", texto)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", texto)
    assert not re.search(r"href\s*=\s*[\"']javascript:", texto)
    for atributos in re.findall(r"<script\b([^>]*)>", texto):
        assert "src=" in atributos or "application/json" in atributos, f"guion escrito en la página: {atributos}"


@pytest.mark.parametrize(
    "ruta", sorted(RAIZ.glob("*/migrations/0*.py")), ids=lambda ruta: f"{ruta.parts[-3]}/{ruta.stem}"
)
def test_migrations_have_telling_names(ruta):
    assert "_auto_" not in ruta.stem
