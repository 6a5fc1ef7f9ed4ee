"""A course made of real pages, published as a trainer does, and people enrolled in it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from cursos.models import (
    Articulo,
    CatalogoDeCursos,
    Curso,
    Edicion,
    Inscripcion,
    Leccion,
    Modulo,
    Norma,
    RedaccionDeArticulo,
    Termino,
    Unidad,
    VersionDeCurso,
)
from cursos.services.inscripcion import inscribir
from cursos.services.publicacion import carga_en_bloque
from instancias.models import Persona
from tests import gente
from tests.moldes import con_molde

HOY = datetime.date(2026, 11, 23)


def paso(titulo: str = "Un paso", texto: str = "Una idea clara.", **otros: Any) -> dict[str, Any]:
    """A step of text as the stream keeps it."""
    return {"type": "texto", "value": {"titulo": titulo, "texto": f"<p>{texto}</p>", **otros}}


def decida(
    titulo: str = "Un papel firmado", *, opciones: list | None = None, articulo: Articulo | None = None, **otros: Any
) -> dict[str, Any]:
    """A step that asks. ``opciones``: pairs of words and whether they are right; the first one, by default."""
    opciones = opciones or [("Que nada perdió", True), ("Que lo firmado vale", False), ("Que pregunte luego", False)]
    filas = [
        {
            "type": "item",
            "id": f"{slugify(titulo)}-{n}",
            "value": {"texto": texto, "correcta": buena, "explicacion": f"Por qué {texto}."},
        }
        for n, (texto, buena) in enumerate(opciones, 1)
    ]
    valor = {
        "titulo": titulo,
        "caso": "<p>Rosa firmó un papel.</p>",
        "pregunta": "¿Qué le responde?",
        "tipo": "una",
        "opciones": filas,
        "articulo": articulo.pk if articulo else None,
        "regla": "<p>Los derechos no se renuncian.</p>",
        **otros,
    }
    return {"type": "decida", "id": f"id-{titulo}", "value": valor}


def crear_catalogo() -> CatalogoDeCursos:
    return CatalogoDeCursos.objects.first() or publicar_catalogo()


@con_molde
def publicar_catalogo() -> CatalogoDeCursos:
    raiz = Page.objects.filter(depth=1).get()
    return publicar(raiz.add_child(instance=CatalogoDeCursos(title="Cursos", slug="catalogo-de-prueba", live=False)))


def publicar(pagina: Any) -> Any:
    """Save a revision and publish it, as the editor's button does."""
    pagina.save_revision().publish()
    pagina.refresh_from_db()
    return pagina


@con_molde
def crear_pagina_de_curso(titulo: str = "Nuestras funciones", **campos: Any) -> Curso:
    datos = {"horas": 24, "aprendera": "Reconocer\nActuar\nAcompañar", "presentacion": "Para empezar.", **campos}
    return publicar(crear_catalogo().add_child(instance=Curso(title=titulo, live=False, **datos)))


@con_molde
def crear_modulo(curso: Curso, titulo: str = "Módulo 1", **campos: Any) -> Modulo:
    return publicar(curso.add_child(instance=Modulo(title=titulo, live=False, **campos)))


@con_molde
def crear_leccion(modulo: Modulo, titulo: str = "Lección", *, pasos: int | list = 2, **campos: Any) -> Leccion:
    if isinstance(pasos, int):
        pasos = [paso(f"Paso {n}") for n in range(1, pasos + 1)]
    campos.setdefault("sabe_ahora", "Una cosa\nOtra cosa\nUna más")
    return publicar(modulo.add_child(instance=Leccion(title=titulo, live=False, pasos=pasos, **campos)))


@con_molde
def publicar_programa(
    modulos: int, lecciones: int, pasos: int, titulo: str
) -> tuple[Curso, list[Modulo], list[Leccion]]:
    with carga_en_bloque():
        pagina = crear_pagina_de_curso(titulo)
        partes = [crear_modulo(pagina, f"Módulo {n}") for n in range(1, modulos + 1)]
        suyas = [
            crear_leccion(modulo, f"Lección {m}.{n}", pasos=pasos)
            for m, modulo in enumerate(partes, 1)
            for n in range(1, lecciones + 1)
        ]
    return pagina, partes, suyas


class Programa:
    """A published course with its pages at hand."""

    edicion: Edicion | None = None

    def __init__(self, *, modulos: int = 1, lecciones: int = 3, pasos: int = 2, titulo: str = "Nuestras funciones"):
        self.pagina, self.modulos, self.lecciones = publicar_programa(modulos, lecciones, pasos, titulo)

    @property
    def curso(self) -> Unidad:
        return Unidad.objects.get(pagina=self.pagina.pk)

    @property
    def unidades(self) -> list[Unidad]:
        return list(Unidad.objects.filter(curso=self.curso).order_by("orden", "pk"))

    @property
    def vigente(self) -> VersionDeCurso:
        return VersionDeCurso.objects.get(curso=self.curso, vigente=True)

    def unidad(self, pagina: Any) -> Unidad:
        return Unidad.objects.get(pagina=pagina.pk)

    def abrir(self, *, territorio: str = gente.PROVINCIA, nombre: str = "Noviembre", **campos: Any) -> Edicion:
        datos = {"inicia": datetime.date(2026, 11, 3), **campos}
        edicion = Edicion.objects.create(curso=self.curso, nombre=nombre, **datos)
        edicion.territorios.add(territorio)
        self.edicion = edicion
        return edicion

    def inscribir(self, persona: Persona) -> Inscripcion:
        edicion = self.edicion or self.abrir()
        return inscribir(persona=persona, edicion=edicion, ahora=timezone.now())


def crear_articulo(**campos: Any) -> Articulo:
    norma, _creada = Norma.objects.get_or_create(
        clave="ley-30364", defaults={"tipo": "Ley", "numero": "30364", "titulo": "Ley de prueba"}
    )
    articulo = Articulo(
        **{
            "norma": norma,
            "clave": "ley-30364/16",
            "numero": "16",
            "numero_tuo": "19",
            "titulo": "Proceso especial",
            **campos,
        }
    )
    articulo.redacciones = [
        RedaccionDeArticulo(
            vigente_desde=datetime.date(2015, 11, 24),
            vigente_hasta=datetime.date(2023, 3, 22),
            resumen="Así decía.",
        ),
        RedaccionDeArticulo(vigente_desde=datetime.date(2023, 3, 23), resumen="Así dice."),
    ]
    articulo.save()
    return articulo


def crear_termino(termino: str, *variantes: str, **campos: Any) -> Termino:
    return Termino.objects.create(
        termino=termino,
        variantes="\n".join(variantes),
        **{
            "clave": slugify(termino),
            "definicion": f"Lo que significa {termino}.",
            "ejemplo": f"«En Luyando se usa {termino}».",
            **campos,
        },
    )
