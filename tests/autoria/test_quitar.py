"""Taking pages away, by every door: what may not be done is told with why, and what happens to people, before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.models import Curso, Leccion, Modulo
from cursos.services.avance import terminar_unidad
from tests.autoria import formularios
from tests.autoria.lectura import leer
from tests.cursos.factories import Programa, crear_modulo, paso
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
A_NADIE = "a nadie que ya empezó le falta"


def dicho(respuesta: Any) -> str:
    assert respuesta.status_code == 200
    return re.sub(r"\s+", " ", leer(respuesta).texto)


def en_lote(mesa: Any, accion: str, *paginas: Any, **datos: Any) -> Any:
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", accion])
    ids = "&".join(f"id={pagina.pk}" for pagina in paginas)
    if datos:
        return mesa.cliente.post(f"{direccion}?{ids}", datos, follow=True)
    return mesa.cliente.get(f"{direccion}?{ids}")


def de_una(mesa: Any, acto: str, *args: int) -> Any:
    return mesa.cliente.get(reverse(f"wagtailadmin_pages:{acto}", args=args))


@pytest.fixture
@hecho_una_vez
def en_camino(programa, integrante):
    """Rosa, with the first lesson done: she lacks the second."""
    inscripcion = programa.inscribir(integrante)
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidades[0], ahora=timezone.now())
    return inscripcion


# --- What holds other pages


def test_a_module_with_lessons_offers_to_delete_it_and_says_why_it_is_not_done_at_once(mesa):
    modulo = mesa.programa.modulos[0]
    eliminar = reverse("wagtailadmin_pages:delete", args=[modulo.pk])
    for pantalla in (
        reverse("wagtailadmin_explore", args=[modulo.pk]),
        reverse("wagtailadmin_explore", args=[mesa.programa.pagina.pk]),
        formularios.editar(modulo),
    ):
        assert eliminar in mesa.cliente.get(pantalla).content.decode(), pantalla
    texto = dicho(mesa.cliente.get(eliminar))
    assert "3 páginas dentro. Con su cuenta no se elimina junto con ellas" in texto
    assert "Dejar de publicar" in texto and "Vaciarla primero" in texto and "a quien administra el sitio" in texto
    mesa.cliente.post(eliminar)
    assert Modulo.objects.filter(pk=modulo.pk).exists()


def test_empty_it_is_deleted_as_any_other(mesa):
    vacio = crear_modulo(mesa.programa.pagina, "Vacío")
    assert "¿Eliminar esta página?" in dicho(de_una(mesa, "delete", vacio.pk))
    pantalla = mesa.cliente.get(reverse("wagtailadmin_explore", args=[mesa.programa.pagina.pk])).content.decode()
    assert pantalla.count(f'"{reverse("wagtailadmin_pages:delete", args=[vacio.pk])}') == 1
    mesa.cliente.post(reverse("wagtailadmin_pages:delete", args=[vacio.pk]))
    assert not Modulo.objects.filter(pk=vacio.pk).exists()


def test_from_a_list_it_is_told_apart(mesa):
    modulo = mesa.programa.modulos[0]
    respuesta = en_lote(mesa, "delete", modulo)
    texto = dicho(respuesta)
    assert "Estas tienen páginas dentro, y con su cuenta no se eliminan junto con ellas" in texto
    assert "No tiene permiso" not in texto
    assert reverse("wagtailadmin_pages:delete", args=[modulo.pk]) in respuesta.content.decode()


def test_who_administers_deletes_it_with_what_it_holds(entrar, administradora, programa):
    texto = dicho(entrar(administradora).get(reverse("wagtailadmin_pages:delete", args=[programa.modulos[0].pk])))
    assert "¿Eliminar esta página?" in texto and "Con su cuenta no se elimina" not in texto


# --- What happens to people


@pytest.mark.parametrize("accion", ["delete", "unpublish"])
def test_a_list_says_it_of_each_part(mesa, en_camino, accion):
    hecha, pendiente = mesa.programa.lecciones[:2]
    texto = dicho(en_lote(mesa, accion, hecha, pendiente))
    assert f"«{pendiente.title}»: 1 persona lo tiene por hacer. Se le seguirá pidiendo, en pausa" in texto
    assert f"«{hecha.title}»: {A_NADIE}. Quien está por empezar no lo verá" in texto


def test_moving_out_of_the_course_says_it_and_inside_it_does_not(mesa, en_camino):
    hecha, pendiente = mesa.programa.lecciones[:2]
    fuera = Programa(titulo="Otro curso", lecciones=1).modulos[0]
    dentro = crear_modulo(mesa.programa.pagina, "Otro módulo")
    assert "1 persona lo tiene por hacer" in dicho(de_una(mesa, "move_confirm", pendiente.pk, fuera.pk))
    assert A_NADIE in dicho(de_una(mesa, "move_confirm", hecha.pk, fuera.pk))
    quieta = dicho(de_una(mesa, "move_confirm", pendiente.pk, dentro.pk))
    assert "por hacer" not in quieta and A_NADIE not in quieta
    dentro.unpublish()
    assert "1 persona lo tiene por hacer" in dicho(de_una(mesa, "move_confirm", pendiente.pk, dentro.pk))


def test_moving_several_asks_before_it_takes_them_out(mesa, en_camino):
    hecha, pendiente = mesa.programa.lecciones[:2]
    fuera = Programa(titulo="Otro curso", lecciones=1).modulos[0]
    texto = dicho(en_lote(mesa, "move", hecha, pendiente, chooser=fuera.pk))
    assert "1 persona lo tiene por hacer" in texto and A_NADIE in texto and "Sí, seguir" in texto
    assert Leccion.objects.get(pk=hecha.pk).get_parent().pk == mesa.programa.modulos[0].pk
    en_lote(mesa, "move", hecha, pendiente, chooser=fuera.pk, ya_lo_sabe="1")
    assert Leccion.objects.get(pk=hecha.pk).get_parent().pk == fuera.pk


SIN_EL_CURSO = "1 inscripción está sin terminar. Sin él nadie entra: leen que no está disponible por ahora"


def test_a_whole_course_says_it_before_it_is_unpublished(mesa, en_camino):
    curso = mesa.programa.pagina
    direccion = reverse("wagtailadmin_pages:unpublish", args=[curso.pk])
    texto = dicho(mesa.cliente.post(direccion))
    assert f"«{curso.title}»: {SIN_EL_CURSO}" in texto and "Sí, seguir" in texto
    assert Curso.objects.get(pk=curso.pk).live
    mesa.cliente.post(direccion, {"ya_lo_sabe": "1"})
    assert not Curso.objects.get(pk=curso.pk).live


def test_with_what_hangs_from_it_the_catalogue_says_it_of_each_course(entrar, administradora, programa, en_camino):
    catalogo = programa.pagina.get_parent()
    direccion = reverse("wagtailadmin_pages:unpublish", args=[catalogo.pk])
    texto = dicho(entrar(administradora).post(direccion, {"include_descendants": "on"}))
    assert SIN_EL_CURSO in texto and Curso.objects.get(pk=programa.pagina.pk).live


def test_a_list_says_it_of_a_whole_course_and_not_of_one_that_nobody_has(mesa, en_camino):
    assert SIN_EL_CURSO in dicho(en_lote(mesa, "unpublish", mesa.programa.pagina))
    de_nadie = Programa(titulo="Otro curso", lecciones=1).pagina
    assert "Sin él nadie entra" not in dicho(en_lote(mesa, "unpublish", de_nadie))
    mesa.cliente.post(reverse("wagtailadmin_pages:unpublish", args=[de_nadie.pk]))
    assert not Curso.objects.get(pk=de_nadie.pk).live


def test_who_finished_the_course_is_counted_apart(mesa, en_camino):
    for unidad in mesa.programa.unidades[1:]:
        terminar_unidad(inscripcion=en_camino, unidad=unidad, ahora=timezone.now())
    texto = dicho(mesa.cliente.post(reverse("wagtailadmin_pages:unpublish", args=[mesa.programa.pagina.pk])))
    assert f"«{mesa.programa.pagina.title}»: 1 terminó. Sin él nadie entra" in texto


# --- What comes into sight, by other doors than the form


def test_publishing_from_the_list_asks_about_those_under_way(mesa, en_camino):
    escrita = Leccion(title="Recién escrita", live=False, pasos=[paso(), paso()])
    nueva = mesa.programa.modulos[0].add_child(instance=escrita)
    texto = dicho(en_lote(mesa, "publish", nueva, next="/admin/"))
    assert "Decidir qué se les pide" in texto and "1 persona lleva este curso con lo que pedía antes" in texto


def test_moving_into_a_course_asks_about_those_under_way(mesa, en_camino):
    ajena = Programa(titulo="Otro curso", lecciones=1).lecciones[0]
    direccion = reverse("wagtailadmin_pages:move_confirm", args=[ajena.pk, mesa.programa.modulos[0].pk])
    assert "Decidir qué se les pide" in dicho(mesa.cliente.post(direccion, follow=True))


def test_a_list_says_what_is_not_ready_before_it_is_tried(mesa):
    vacia = mesa.programa.modulos[0].add_child(instance=Leccion(title="Vacía", live=False))
    vacia.save_revision()
    texto = dicho(en_lote(mesa, "publish", vacia, mesa.programa.lecciones[0]))
    assert "«Vacía» todavía no se puede publicar. Agregue al menos un paso" in texto
    assert "Si las publica juntas así, no se publica ninguna." in texto
    assert "todavía no se puede publicar" not in dicho(en_lote(mesa, "publish", mesa.programa.lecciones[0]))
