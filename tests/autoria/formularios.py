"""What the browser sends from the forms of the editor."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

PUBLICAR = {"action-publish": "1"}
COMENTARIOS = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}


def modulo(titulo: str = "Módulo nuevo", **campos: Any) -> dict[str, Any]:
    return {"title": titulo, "objetivos": "Reconocer", "horas": "", "tarea": "", **COMENTARIOS, **campos}


def leccion(titulo: str = "Lección nueva", *, pasos: list[Any] | None = None, **campos: Any) -> dict[str, Any]:
    """A lesson of a text and a summary, as typed over the examples."""
    if pasos is None:
        pasos = [paso_de_texto(), ("resumen", {"titulo": "Recuerde", "lineas": streamfield([("item", "Oiga.")])})]
    datos = {
        "title": titulo,
        "presentacion": "",
        "pasos": streamfield(pasos),
        "sabe_ahora": "Oír sin juzgar",
        **COMENTARIOS,
        **campos,
    }
    return nested_form_data(datos)


def paso_de_texto(titulo: str = "Oír primero", texto: str = "Oiga sin juzgar.") -> tuple[str, dict[str, Any]]:
    valor = {
        "titulo": titulo,
        "texto": rich_text(f"<p>{texto}</p>"),
        "en_nuestra_zona": "En Luyando.",
        "mas_detalle": rich_text(""),
    }
    return "texto", valor


def alternativa(texto: str, *, correcta: bool = False, explicacion: str = "Porque lo dice la ruta.") -> dict[str, Any]:
    return {"texto": texto, "explicacion": explicacion, **({"correcta": "on"} if correcta else {})}


def pregunta(texto: str = "¿Qué hace primero?", *, alternativas: list[Any] | None = None) -> dict[str, Any]:
    if alternativas is None:
        alternativas = [alternativa("Oír", correcta=True), alternativa("Discutir", explicacion="Discutir no ayuda.")]
    return {
        "texto": texto,
        "tipo": "una",
        "dificultad": 1,
        "objetivo": 1,
        "motivo_del_cambio": "",
        "alternativas": inline_formset(alternativas),
    }


def evaluacion(
    titulo: str = "Evaluación nueva", *, preguntas: list[Any] | None = None, clase: str = "modulo", **campos: Any
) -> dict[str, Any]:
    datos = {
        "title": titulo,
        "clase": clase,
        "presentacion": "",
        "nota_minima": 70,
        "intentos": 3,
        "sortear": "",
        "dias_de_plazo": "",
        "barajar": "on",
        "preguntas": inline_formset([pregunta()] if preguntas is None else preguntas),
        "comments": inline_formset([]),
        **campos,
    }
    return nested_form_data(datos)


def agregar(modelo: str, madre: Any) -> str:
    """Address of the form of a new page: ``agregar("kuska_cursos.leccion", modulo)``."""
    return reverse("wagtailadmin_pages:add", args=[*modelo.split("."), madre.pk])


def editar(pagina: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pagina.pk])
