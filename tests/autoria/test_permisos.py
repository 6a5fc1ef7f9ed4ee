"""What a trainer may touch, and everything else. Rights come from the group, not from who she is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver, reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.models import Portada
from cursos.models import Curso, Leccion, Modulo
from evaluaciones.models import Evaluacion
from instancias.services.personas import corregir_datos
from programas.sitio import asegurar_catalogo
from tests.autoria import formularios
from tests.cursos.factories import crear_articulo
from tests.evaluaciones.factories import empezar, ver_lecciones

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]

# The parts of the editor that open for whoever writes. A new one is closed until it is thought about and written here.
ABIERTAS = (
    "account",
    "choose-",
    "documents",
    "dudas",
    "embeds",
    "images",
    "pages",
    "tag-autocomplete",
    "api/main",
    "dismissibles",
)
LEEN = (
    "edicion",
    "snippets/kuska_cursos/articulo",
    "snippets/kuska_cursos/norma",
    "snippets/kuska_cursos/orientacion",
    "snippets/kuska_cursos/termino",
    "snippets/kuska_cursos/tipoderelato",
    "snippets/choose/kuska_cursos",
)
DE_WAGTAIL = ("workflows/task_chooser", "jsi18n", "sprite")  # about nothing
NO_SE_PIDEN = {"logout/", "failwhale/", "test404/"}


def direcciones_sin_argumentos(patrones: list[Any], prefijo: str = "") -> Iterator[str]:
    """Every address of the editor that can be typed by hand."""
    for uno in patrones:
        ruta = prefijo + str(uno.pattern)
        if isinstance(uno, URLResolver):
            yield from direcciones_sin_argumentos(uno.url_patterns, ruta)
        elif not {"<", "(", "*"} & set(ruta):
            yield ruta.replace("^", "").replace("$", "")


def del_editor() -> list[str]:
    raiz = next(uno for uno in get_resolver().url_patterns if str(uno.pattern) == "admin/")
    return sorted(set(direcciones_sin_argumentos(raiz.url_patterns)) - NO_SE_PIDEN)


def test_every_other_part_of_the_editor_is_closed(mesa):
    abiertas = [ruta for ruta in del_editor() if mesa.cliente.get(f"/admin/{ruta}").status_code == 200]
    assert {"", "pages/search/", "images/", "edicion/"} <= set(abiertas)
    sobran = [ruta for ruta in abiertas if ruta and not ruta.startswith((*ABIERTAS, *LEEN, *DE_WAGTAIL))]
    assert not sobran
    assert not [ruta for ruta in abiertas if ruta.startswith(LEEN) and ruta.endswith(("new/", "add/", "create/"))]


# --- Pages


@pytest.mark.parametrize("acto", ["edit", "copy", "move", "unpublish", "history"])
def test_she_acts_on_every_page_of_a_course(mesa, acto):
    programa = mesa.programa
    for pagina in (programa.pagina, programa.modulos[0], programa.lecciones[0], programa.evaluacion):
        respuesta = mesa.cliente.get(reverse(f"wagtailadmin_pages:{acto}", args=[pagina.pk]))
        assert respuesta.status_code == 200, (acto, pagina)


def test_she_deletes_a_leaf_and_not_a_branch(mesa):
    """A module with lessons inside goes one lesson at a time: each says whom it reaches."""
    programa = mesa.programa
    for pagina, puede in ((programa.lecciones[0], True), (programa.modulos[0], False), (programa.pagina, False)):
        respuesta = mesa.cliente.get(reverse("wagtailadmin_pages:delete", args=[pagina.pk]))
        assert ("¿Eliminar esta página?" in respuesta.content.decode()) is puede, pagina
        if not puede:
            mesa.cliente.post(reverse("wagtailadmin_pages:delete", args=[pagina.pk]))
            pagina.refresh_from_db()


@pytest.mark.parametrize(
    ("modelo", "donde"),
    [
        ("kuska_cursos.modulo", "pagina"),
        ("kuska_cursos.leccion", "modulo"),
        ("kuska_evaluaciones.evaluacion", "modulo"),
    ],
)
def test_she_adds_and_publishes(mesa, modelo, donde):
    madre = mesa.programa.pagina if donde == "pagina" else mesa.programa.modulos[0]
    assert mesa.cliente.get(formularios.agregar(modelo, madre)).status_code == 200
    assert madre.permissions_for_user(mesa.cuenta).can_publish_subpage()


def test_each_kind_of_page_has_one_place(mesa):
    """Also for who writes the address by hand."""
    mal = [
        ("kuska_cursos.leccion", mesa.programa.pagina),
        ("kuska_cursos.modulo", mesa.programa.modulos[0]),
        ("kuska_cursos.curso", mesa.programa.modulos[0]),
        ("kuska_cursos.catalogodecursos", mesa.programa.pagina),
        ("kuska_evaluaciones.evaluacion", mesa.programa.lecciones[0]),
        ("wagtailcore.page", mesa.programa.pagina),
    ]
    for modelo, madre in mal:
        assert mesa.cliente.get(formularios.agregar(modelo, madre)).status_code in {302, 403, 404}, (modelo, madre)


def test_she_does_not_leave_the_catalogue(mesa):
    asegurar_catalogo()
    ajenas = [Page.objects.get(depth=1), Portada.objects.get()]
    for pagina in ajenas:
        for acto in ("edit", "delete", "unpublish", "move", "copy", "add_subpage"):
            respuesta = mesa.cliente.get(reverse(f"wagtailadmin_pages:{acto}", args=[pagina.pk]))
            assert respuesta.status_code in {302, 403, 404}, (pagina, acto)
        assert not pagina.permissions_for_user(mesa.cuenta).can_edit()
    assert mesa.cliente.get(formularios.agregar("kuska_cursos.catalogodecursos", ajenas[1])).status_code in {302, 403}


def test_the_programme_that_comes_loaded_is_hers_from_the_first_day(mesa):
    catalogo = asegurar_catalogo()
    assert catalogo.permissions_for_user(mesa.cuenta).can_publish_subpage()


def test_rights_end_with_the_group(mesa):
    mesa.cuenta.groups.clear()
    assert mesa.cliente.get("/admin/").status_code == 302
    assert mesa.cliente.get(formularios.editar(mesa.programa.lecciones[0])).status_code == 302


@pytest.mark.parametrize("quien", ["integrante", "coordinadora_a", "visitante"])
def test_others_do_not_write(mesa, request, entrar, quien):
    persona = request.getfixturevalue(quien)
    cliente = persona if quien == "visitante" else entrar(persona)
    datos = {**formularios.leccion(), **formularios.PUBLICAR}
    for direccion in (
        formularios.agregar("kuska_cursos.leccion", mesa.programa.modulos[0]),
        formularios.editar(mesa.programa.lecciones[0]),
    ):
        assert cliente.get(direccion).status_code == 302
        assert cliente.post(direccion, datos).status_code == 302
    assert not Leccion.objects.filter(title="Lección nueva").exists()


# --- Pictures


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_she_uploads_a_picture_and_changes_its_words(mesa):
    archivo = SimpleUploadedFile("ruta.png", get_test_image_file().file.getvalue())
    datos = {"title": "La ruta", "file": archivo, "collection": 1, "tags": "", "description": "Flechas."}
    respuesta = mesa.cliente.post(reverse("wagtailimages:add"), datos)
    assert respuesta.status_code == 302, respuesta.context["form"].errors
    imagen = get_image_model().objects.get(title="La ruta")
    assert mesa.cliente.get(reverse("wagtailimages:edit", args=[imagen.pk])).status_code == 200


# --- The law and the editions are read


def test_the_law_and_the_editions_are_read_and_not_changed(mesa):
    articulo = crear_articulo()
    edicion = mesa.programa.edicion
    cerradas = [
        reverse("wagtailsnippets_kuska_cursos_articulo:add"),
        reverse("wagtailsnippets_kuska_cursos_articulo:edit", args=[articulo.pk]),
        reverse("edicion:add"),
        reverse("edicion:edit", args=[edicion.pk]),
        reverse("edicion:delete", args=[edicion.pk]),
    ]
    for direccion in cerradas:
        assert mesa.cliente.get(direccion).status_code == 302, direccion
        mesa.cliente.post(direccion, {"nombre": "Otra"})
    edicion.refresh_from_db()
    assert edicion.nombre == "Noviembre"


# --- People and what they did


def test_people_evidence_and_the_panel_do_not_exist_for_her(mesa, integrante, cem_provincial):
    inscripcion = mesa.programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    intento = empezar(integrante, mesa.programa.unidad_evaluada)
    curso = inscripcion.curso.numero
    de_personas = [
        reverse("kuska_seguimiento:panel"),
        reverse("kuska_instancias:personas"),
        reverse("kuska_certificados:panel"),
        f"/c/{curso}",
        f"/c/{curso}/1",
        "/inicio",
        reverse("inscripcion:inspect", args=[inscripcion.pk]),
        reverse("intento:inspect", args=[intento.pk]),
    ]
    for direccion in de_personas:
        assert mesa.cliente.get(direccion).status_code in {302, 404}, direccion


def test_no_report_names_a_person(mesa, integrante, cem_provincial):
    """Acts on people are written down for those whose scope they are."""
    corregir_datos(persona=integrante, nombres="Rosa", apellidos="Quispe Soto", celular="", por=cem_provincial)
    mesa.programa.inscribir(integrante)
    for ruta in del_editor():
        respuesta = mesa.cliente.get(f"/admin/{ruta}")
        assert b"Quispe" not in respuesta.content and integrante.documento.encode() not in respuesta.content, ruta


def test_search_finds_courses_and_not_people(mesa, integrante):
    hallado = mesa.cliente.get(reverse("wagtailadmin_pages:search"), {"q": "Quispe"}).content.decode()
    assert "Huamán" not in hallado


def test_a_trainer_who_changes_a_course_changes_nobodys_account(mesa, integrante):
    """The kinds of page are these four: none holds data of people."""
    for modelo in (Curso, Modulo, Leccion, Evaluacion):
        campos = {campo.name for campo in modelo._meta.get_fields()}
        assert not {"persona", "personas", "inscripcion", "inscripciones"} & campos
