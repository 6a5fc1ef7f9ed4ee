"""What import-linter cannot see: relations, templates and cascades keep the order of the rooms as well."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.template import engines

from tests.en_cada import en_cada

RAIZ = Path(__file__).resolve().parent.parent
SALAS = ["marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms"]
LUGAR = {sala: n for n, sala in enumerate(SALAS)}

# What is kept as proof. It outlives pages, courses, accounts and whatever else it speaks of.
EVIDENCIA = {
    "kuska_instancias.Persona",
    "kuska_instancias.Membresia",
    "kuska_instancias.Consentimiento",
    "kuska_instancias.RevisionDePrivilegios",
    "kuska_instancias.PedidoDeDatos",
    "kuska_instancias.ActoDePedido",
    "kuska_instancias.Supresion",
    "kuska_instancias.LineaDeRastro",
    "kuska_cursos.Unidad",
    "kuska_cursos.VersionDeCurso",
    "kuska_cursos.Inscripcion",
    "kuska_cursos.Avance",
    "kuska_cursos.DecisionDeRetiro",
    "kuska_cursos.Paquete",
    "kuska_cursos.Prorroga",
    "kuska_evaluaciones.Ensayo",
    "kuska_evaluaciones.Intento",
    "kuska_evaluaciones.IntentoMas",
    "kuska_evaluaciones.Respuesta",
    "kuska_evaluaciones.VersionDePregunta",
    "kuska_certificados.Certificado",
    "kuska_certificados.ActoDeCertificado",
    "kuska_certificados.DocumentoDeCifras",
}
# Content, registers, settings and work in progress: what may be written again.
LO_DEMAS = {
    "kuska_marco.AjustesDelAula",
    "kuska_marco.BloqueoDelNavegador",
    "kuska_marco.Comprobacion",
    "kuska_marco.CopiaDeRespaldo",
    "kuska_marco.DiaNoLaborable",
    "kuska_marco.Instalacion",
    "kuska_marco.Encargo",
    "kuska_marco.Latido",
    "kuska_marco.NombreInstitucional",
    "kuska_instancias.PlazosDeConservacion",
    "kuska_instancias.Retencion",
    "kuska_instancias.Alcance",
    "kuska_instancias.Asiento",
    "kuska_instancias.Oficina",
    "kuska_instancias.Cobertura",
    "kuska_instancias.EnlaceDeAcceso",
    "kuska_instancias.EnvioPorCorreo",
    "kuska_instancias.FrenoDeEntrada",
    "kuska_instancias.CeldasDePadron",
    "kuska_instancias.ClaveInicial",
    "kuska_instancias.CodigoDeUnUso",
    "kuska_instancias.ColumnaRecordada",
    "kuska_instancias.FilaDePadron",
    "kuska_instancias.ImportacionDePadron",
    "kuska_instancias.DatoDeclarado",
    "kuska_instancias.Distincion",
    "kuska_instancias.Fusion",
    "kuska_instancias.Instancia",
    "kuska_instancias.Institucion",
    "kuska_instancias.Palabra",
    "kuska_instancias.Relevo",
    "kuska_instancias.RolDado",
    "kuska_instancias.SegundoFactor",
    "kuska_instancias.SesionAbierta",
    "kuska_instancias.TelefonoDeZona",
    "kuska_instancias.Territorio",
    "kuska_instancias.TipoDeAsiento",
    "kuska_instancias.Trabajo",
    "kuska_cursos.Articulo",
    "kuska_cursos.CatalogoDeCursos",
    "kuska_cursos.Curso",
    "kuska_cursos.Duda",
    "kuska_cursos.Edicion",
    "kuska_cursos.Encuentro",
    "kuska_cursos.Leccion",
    "kuska_cursos.Modulo",
    "kuska_cursos.Norma",
    "kuska_cursos.Orientacion",
    "kuska_cursos.QuienAtiende",
    "kuska_cursos.NotaDeLeccion",
    "kuska_cursos.RedaccionDeArticulo",
    "kuska_cursos.RequisitoDeVersion",
    "kuska_cursos.Termino",
    "kuska_cursos.TipoDeRelato",
    "kuska_evaluaciones.Alternativa",
    "kuska_evaluaciones.Evaluacion",
    "kuska_evaluaciones.Pregunta",
    "kuska_certificados.ContadorDeRegistro",
    "kuska_certificados.Firmante",
    "kuska_certificados.LogoDePlantilla",
    "kuska_certificados.Plantilla",
    "kuska_seguimiento.BarraDeInstancia",
    "kuska_seguimiento.EnvioDeResumen",
    "kuska_seguimiento.ContadorDeInstancia",
    "kuska_seguimiento.MarcaDeContador",
    "kuska_seguimiento.ContadorDePartes",
    "kuska_seguimiento.MarcaDePartes",
    "kuska_seguimiento.PersonaEnVarias",
    "kuska_seguimiento.CambioDeInstancia",
    "kuska_seguimiento.CuentaDeCambios",
    "kuska_seguimiento.ConteoDeRasgo",
    "kuska_seguimiento.Informe",
    "kuska_seguimiento.Lector",
    "kuska_seguimiento.MetaDeTerritorio",
    "kuska_seguimiento.Publicacion",
    "kuska_seguimiento.Recordatorio",
    "kuska_seguimiento.Suscripcion",
    "kuska_programas.ContenidoCargado",
    "cms.Cuenta",
    "cms.Portada",
}
# Parts that live and die with their owner, which itself is never deleted while something points at it; and links
# to enter, which are keys and prove nothing.
PARTES = {
    "kuska_cursos.RequisitoDeVersion.version",
    "kuska_instancias.EnlaceDeAcceso.persona",
    "kuska_instancias.EnvioPorCorreo.persona",
}


def modelos_propios():
    return [modelo for modelo in apps.get_models() if sala_de(modelo) in LUGAR]


def sala_de(modelo) -> str:
    """The room of a model: its label without what keeps it from meeting that of another package."""
    return modelo._meta.app_label.removeprefix("kuska_")


def relaciones():
    for modelo in modelos_propios():
        for campo in modelo._meta.get_fields():
            if campo.is_relation and not campo.auto_created and isinstance(campo.related_model, type):
                yield pytest.param(campo, id=f"{modelo._meta.label}.{campo.name}")


@en_cada(relaciones)
def test_relations_point_left(campo):
    destino = campo.related_model
    if sala_de(destino) not in LUGAR or destino is get_user_model():
        return
    assert LUGAR[sala_de(destino)] <= LUGAR[sala_de(campo.model)]


@en_cada(relaciones)
def test_evidence_is_not_deleted_with_something_else(campo):
    if not isinstance(campo, models.ForeignKey) or f"{campo.model._meta.label}.{campo.name}" in PARTES:
        return
    if campo.model._meta.label in EVIDENCIA or campo.related_model._meta.label in EVIDENCIA:
        assert campo.remote_field.on_delete is not models.CASCADE


def test_every_model_is_evidence_or_is_not():
    """A new one is classified on the day that it is written, not on the day that it is lost."""
    assert not EVIDENCIA & LO_DEMAS
    assert {modelo._meta.label for modelo in modelos_propios()} == EVIDENCIA | LO_DEMAS


@cache
def bibliotecas_de_etiquetas():
    """Which room offers each template tag library."""
    motor = engines["django"].engine
    return {nombre: ruta.split(".")[0] for nombre, ruta in motor.libraries.items() if ruta.split(".")[0] in LUGAR}


def plantillas():
    for ruta in sorted(RAIZ.glob("templates/**/*.html")) + sorted(RAIZ.glob("*/templates/**/*.html")):
        relativa = ruta.relative_to(RAIZ)
        # kuska/base.html and the shared pieces are of the frame; the pages of errors and of the editor, of the host.
        partes = relativa.parts[1:] if relativa.parts[0] == "templates" else relativa.parts
        sala = partes[1] if partes[0] == "kuska" else "cms"
        yield pytest.param(ruta, sala if sala in LUGAR else "marco", id=str(relativa))
    for ruta in sorted(RAIZ.glob("*/clases/**/*.html")):  # of a kind, in its own folder
        relativa = ruta.relative_to(RAIZ)
        yield pytest.param(ruta, relativa.parts[0], id=str(relativa))


@en_cada(plantillas)
def test_templates_name_only_rooms_to_their_left(ruta, sala):
    texto = ruta.read_text()
    bibliotecas = bibliotecas_de_etiquetas()
    nombradas = re.findall(r"{%\s*url\s+['\"]kuska_([a-z]+):", texto)
    nombradas += re.findall(r"{%\s*(?:include|extends)\s+['\"](?:kuska/)?([a-z]+)/", texto)
    for carga in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", texto):
        nombradas += [bibliotecas[nombre] for nombre in carga.split() if nombre in bibliotecas]
    arriba = {otra for otra in nombradas if LUGAR.get(otra, -1) > LUGAR[sala]}
    assert not arriba, f"nombra lo que está a su derecha: {sorted(arriba)}"


@en_cada(plantillas)
def test_templates_carry_no_inline_style_or_script(ruta, sala):
    texto = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", ruta.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=\s*[\"']", texto)
    assert not re.search(r"<style[\s>]", texto)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", texto)
    assert not re.search(r"href\s*=\s*[\"']javascript:", texto)
    for atributos in re.findall(r"<script\b([^>]*)>", texto):
        assert "src=" in atributos or "application/json" in atributos, f"guion escrito en la página: {atributos}"


def test_every_template_of_a_room_lives_under_its_name():
    """A host has its own ``base.html`` and its own ``cursos/``: ours never answer for them, nor theirs for ours."""
    arriba = {ruta.name for ruta in (RAIZ / "templates").iterdir()}
    de_la_casa = {"400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html", "cms"}
    assert arriba == {"kuska", "wagtailadmin", "wagtailcore", "wagtailusers"} | de_la_casa


def migraciones():
    for ruta in sorted(RAIZ.glob("*/migrations/0*.py")):
        yield pytest.param(ruta, id=f"{ruta.parts[-3]}/{ruta.stem}")


@en_cada(migraciones)
def test_migrations_have_telling_names(ruta):
    assert "_auto_" not in ruta.stem


def test_every_module_can_be_read():
    """A name that moved is missed where nobody looks: commands, the demonstration, the bench."""
    # What is a program of its own, that looks at its database, or settings that ask for the variables of a server.
    aparte = re.compile(r"/(migrations|settings|ajustes)/|(__main__|wsgi)\.py$")
    faltan = {}
    for ruta in sorted(ruta for sala in SALAS for ruta in (RAIZ / sala).rglob("*.py")):
        nombre = ruta.relative_to(RAIZ).with_suffix("").as_posix()
        if aparte.search(f"/{nombre}.py"):
            continue
        try:
            import_module(nombre.replace("/", ".").removesuffix(".__init__"))
        except ImportError as error:
            faltan[nombre] = str(error)
    assert not faltan


def test_pages_are_born_on_the_base_page_of_each_site():
    """What Django writes by itself names Wagtail's own page: another site would have two parents."""
    migraciones = [ruta for sala in SALAS for ruta in (RAIZ / sala).glob("migrations/0*.py") if sala != "cms"]
    assert migraciones
    fijas = [str(ruta) for ruta in migraciones if 'bases=("wagtailcore.page"' in ruta.read_text(encoding="utf-8")]
    assert fijas == []
