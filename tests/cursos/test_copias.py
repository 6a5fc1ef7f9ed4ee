"""A copy stands alone: nothing in it leads to the original, in what is live and in its drafts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction, CreatePageAliasIntegrityError
from wagtail.models import Locale, Page, ReferenceIndex

from cursos.consultas.recorrido import modulos_de
from cursos.models import Curso, Leccion, Modulo, Unidad
from evaluaciones.models import Alternativa, Evaluacion, VersionDePregunta
from tests.cursos.factories import Programa, crear_leccion, crear_modulo, paso, publicar
from tests.evaluaciones.factories import crear_evaluacion, empezar, hacer_pregunta, situacion, ver_lecciones
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def original(territorio):
    """A course whose pages name each other in every way there is."""
    programa = Programa(lecciones=2)
    primera, segunda = programa.lecciones
    unidad = programa.unidad(primera)
    directa = f"/c/{programa.curso.numero}/{unidad.numero}"
    enlaces = f'Vea <a linktype="page" id="{primera.pk}">esta</a> o <a href="{directa}/2">este paso</a>.'
    segunda.pasos = [paso("Enlaces", enlaces)]
    publicar(segunda)
    programa.entrada = crear_evaluacion(
        programa.pagina, clase="entrada", titulo="Entrada", preguntas=[hacer_pregunta(1, leccion=unidad)]
    )
    programa.final = crear_evaluacion(
        programa.pagina, clase="final", titulo="Final", preguntas=[], preguntas_de=programa.entrada
    )
    programa.del_modulo = crear_evaluacion(
        programa.modulos[0], titulo="Del módulo", preguntas=[hacer_pregunta(2, leccion=unidad)]
    )
    return programa


def copiar(por, programa, *, en_vivo, **campos):
    pagina, datos = programa.pagina, {"title": "Copia", "slug": f"copia-{por}"}
    if por == "página":
        return pagina.copy(recursive=True, keep_live=en_vivo, update_attrs=datos, **campos)
    if por == "acto":
        return CopyPageAction(pagina, recursive=True, keep_live=en_vivo, update_attrs=datos, **campos).execute()
    cliente = campos["cliente"]
    if por == "api":
        direccion = reverse("wagtailadmin_api:pages:action", args=[pagina.pk, "copy"])
        envio = {"recursive": "true", "keep_live": str(en_vivo).lower(), "title": "Copia", "slug": datos["slug"]}
        assert cliente.post(direccion, envio).status_code == 201
    else:
        envio = {"new_title": "Copia", "new_parent_page": pagina.get_parent().pk}
        casillas = {"copy_subpages": "on"} | ({"publish_copies": "on"} if en_vivo else {})
        cliente.post(reverse("wagtailadmin_pages:copy", args=[pagina.pk]), {**envio, **casillas})
    return Page.objects.get(title="Copia").specific


def nombra(pagina):
    filas = ReferenceIndex.get_references_for_object(pagina)
    return sorted(filas.values_list("to_content_type", "to_object_id", "model_path", "content_path"))


@pytest.mark.un_motor
def test_what_each_page_of_a_copy_names_is_written_down_once_and_whole(original, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    paginas = original.pagina.get_descendants(inclusive=True).count()
    with CaptureQueriesContext(connection) as captura:
        copia = copiar("acto", original, en_vivo=True)
    al_indice = [una["sql"] for una in captura.captured_queries if "wagtailcore_referenceindex" in una["sql"]]
    assert len(al_indice) <= 3 * paginas
    for pagina in copia.get_descendants(inclusive=True).specific():
        escrito = nombra(pagina)
        ReferenceIndex.create_or_update_for_object(pagina)
        assert nombra(pagina) == escrito
    assert nombra(partes(copia).final) and nombra(partes(copia).segunda)
    assert copia.get_descendants(inclusive=True).search("Lección").count() == 2, "and each is found by its words"
    al_buscador = [una["sql"] for una in captura.captured_queries if "wagtailsearch_indexentry" in una["sql"]]
    assert len(al_buscador) <= 8 * paginas


def partes(curso):
    """The pages of a copy by the names of the original."""
    de = lambda modelo, titulo: modelo.objects.descendant_of(curso).get(title=titulo)  # noqa: E731
    return SimpleNamespace(
        primera=de(Leccion, "Lección 1.1"),
        segunda=de(Leccion, "Lección 1.2"),
        entrada=de(Evaluacion, "Entrada"),
        final=de(Evaluacion, "Final"),
        del_modulo=de(Evaluacion, "Del módulo"),
    )


def esta_sola(copia, original):
    """Check the live rows and the last revision of each page of a copy."""
    suyas = partes(copia)
    unidad = Unidad.objects.select_related("curso").get(pagina=suyas.primera.pk)
    assert unidad.curso.pagina_id == copia.pk
    for final in (suyas.final, suyas.final.get_latest_revision().as_object()):
        assert final.preguntas_de_id == suyas.entrada.pk
    for evaluacion in (suyas.entrada, suyas.del_modulo):
        for una in (evaluacion, evaluacion.get_latest_revision().as_object()):
            assert [pregunta.leccion_id for pregunta in una.preguntas.all()] == [unidad.pk]
    for leccion in (suyas.segunda, suyas.segunda.get_latest_revision().as_object()):
        texto = leccion.pasos.raw_data[0]["value"]["texto"]
        assert f'id="{suyas.primera.pk}"' in texto
        assert f'href="/c/{unidad.curso.numero}/{unidad.numero}/2"' in texto
    # The original is as it was.
    assert Evaluacion.objects.get(pk=original.final.pk).preguntas_de_id == original.entrada.pk
    assert f'id="{original.lecciones[0].pk}"' in str(
        Leccion.objects.get(pk=original.lecciones[1].pk).pasos.raw_data[0]["value"]["texto"]
    )
    return suyas


POR_UN_PROGRAMA = pytest.param("api", marks=pytest.mark.un_motor)  # the same copy


@pytest.mark.parametrize("en_vivo", [True, False], ids=["en vivo", "en borrador"])
@pytest.mark.parametrize("por", ["página", "acto", "pantalla", POR_UN_PROGRAMA])
def test_the_copy_of_a_course_leads_to_itself_by_every_door(entrar, administradora, original, por, en_vivo):
    campos = {"cliente": entrar(administradora)} if por in {"api", "pantalla"} else {}
    suyas = esta_sola(copiar(por, original, en_vivo=en_vivo, **campos), original)
    assert suyas.final.live is en_vivo and suyas.primera.live is en_vivo


def test_the_final_of_a_copy_asks_the_questions_of_the_copy(original, integrante):
    copia = copiar("página", original, en_vivo=True)
    suyas = partes(copia)
    pregunta = suyas.entrada.preguntas.get()
    pregunta.texto = "¿Solo en la copia?"
    pregunta.save()
    publicar(suyas.entrada)
    contenidos = {
        version.evaluacion.pagina_id: version.contenido
        for version in VersionDePregunta.objects.vigentes().select_related("evaluacion")
    }
    assert contenidos[suyas.final.pk].texto == contenidos[suyas.entrada.pk].texto == "¿Solo en la copia?"
    assert contenidos[original.final.pk].texto == "¿Texto de la pregunta 1?"
    numero = Unidad.objects.get(pagina=suyas.primera.pk).numero
    assert contenidos[suyas.final.pk].leccion.numero == numero


def test_a_copy_published_from_its_drafts_takes_nothing_from_the_original(original):
    copia = copiar("página", original, en_vivo=False)
    antes = list(Alternativa.objects.order_by("pk").values_list("pk", "pregunta"))
    for pagina in [copia, *copia.get_descendants().exclude(title="Final").specific()]:
        pagina.get_latest_revision().publish()
    suyas = partes(copia)
    suyas.final.get_latest_revision().publish()
    de_antes = dict(Alternativa.objects.filter(pregunta__evaluacion=original.entrada).values_list("pk", "pregunta"))
    assert de_antes and de_antes.items() <= dict(antes).items()
    assert Alternativa.objects.filter(pregunta__evaluacion=suyas.entrada).count() == len(de_antes)
    esta_sola(copia, original)
    unidad = Unidad.objects.get(pagina=suyas.primera.pk)
    assert unidad.retirada_en is None and unidad.curso.pagina_id == copia.pk


def test_what_is_draft_in_the_original_is_rewired_in_its_copy(original):
    segunda = Leccion.objects.get(pk=original.lecciones[1].pk)
    texto = f'Borrador con <a id="{original.lecciones[0].pk}" linktype="page">enlace</a>.'
    segunda.pasos = [*segunda.pasos.raw_data, paso("Otro", texto)]
    segunda.save_revision()
    copia = partes(copiar("página", original, en_vivo=True))
    borrador = copia.segunda.get_latest_revision_as_object()
    assert f'<a id="{copia.primera.pk}" linktype="page">' in borrador.pasos.raw_data[1]["value"]["texto"]


# --- A module inside the same course


def test_a_copied_module_with_the_same_title_is_another_module(original, integrante):
    inscripcion = original.inscribir(integrante)
    modulo = original.modulos[0]
    copia = modulo.copy(recursive=True, update_attrs={"slug": "c-otra"})
    assert copia.title == modulo.title
    vistos = modulos_de(inscripcion=inscripcion)
    con_nombre = [uno for uno in vistos if uno.titulo == modulo.title]
    assert [len(uno.filas) + len(uno.rutas) for uno in con_nombre] == [3, 3]
    claves = {original.unidad(pagina).clave_del_modulo for pagina in original.lecciones}
    de_la_copia = original.unidad(Evaluacion.objects.child_of(copia).get())
    assert claves == {modulo.pk} and de_la_copia.clave_del_modulo == copia.pk


@pytest.mark.un_motor
def test_its_evaluation_waits_for_its_own_lessons(original, integrante):
    """«Se abre al terminar la lección 3» was said of a lesson of the copy."""
    inscripcion = original.inscribir(integrante)
    ver_lecciones(inscripcion)
    original.modulos[0].copy(recursive=True, update_attrs={"slug": "c-otra"})
    suya = Unidad.objects.select_related("curso").get(pagina=original.del_modulo.pk)
    inscripcion.refresh_from_db()
    fila = next(f for m in modulos_de(inscripcion=inscripcion) for f in m.filas if f.fila.id == suya.pk)
    assert fila.cierre == ""
    assert situacion(integrante, suya).leccion_pendiente_id is None
    assert empezar(integrante, suya).unidad_id == suya.pk


def test_two_modules_side_by_side_with_one_title_are_two(territorio):
    programa = Programa(lecciones=1)
    otro = crear_modulo(programa.pagina, "Módulo 1")
    crear_leccion(otro, "Otra")
    unidades = Unidad.objects.filter(curso=programa.curso).order_by("orden")
    assert [una.clave_del_modulo for una in unidades] == [programa.modulos[0].pk, otro.pk]


# --- What leads outside


def test_what_leads_to_another_course_stays_and_is_told(entrar, administradora, original):
    otro = Programa(titulo="Otro curso", lecciones=1)
    datos = {"new_title": "Final suelta", "new_parent_page": otro.pagina.pk}
    direccion = reverse("wagtailadmin_pages:copy", args=[original.final.pk])
    respuesta = entrar(administradora).post(direccion, {**datos, "publish_copies": "on"}, follow=True)
    suelta = Evaluacion.objects.get(title="Final suelta")
    assert suelta.preguntas_de_id == original.entrada.pk and not suelta.live
    visto = respuesta.content.decode()
    assert "«Final suelta» nombra «Entrada», que es de otro curso" in visto
    assert "Quedó como borrador «Final suelta»" in visto


@pytest.mark.un_motor
def test_a_lesson_of_another_course_is_not_linked_by_its_number(original):
    otro = Programa(titulo="Otro curso", lecciones=1)
    copia = original.del_modulo.copy(to=otro.modulos[0], update_attrs={"slug": "c-suelta"})
    version = VersionDePregunta.objects.vigentes().get(evaluacion__pagina=copia.pk)
    assert version.contenido.leccion is None


# --- Aliases and translations


@pytest.mark.parametrize("cual", ["pagina", "final"])
def test_an_alias_is_made_by_no_door(entrar, administradora, original, cual):
    pagina, cliente = getattr(original, cual), entrar(administradora)
    antes = Page.objects.count()
    for acto in (lambda: pagina.create_alias(update_slug="c-1"), CreatePageAliasAction(pagina, recursive=True).execute):
        with pytest.raises(CreatePageAliasIntegrityError, match="no tienen alias"):
            acto()
    por_la_api = reverse("wagtailadmin_api:pages:action", args=[pagina.pk, "create_alias"])
    api = cliente.post(por_la_api, {"update_slug": "c-2"})
    assert api.status_code == 400 and "no tienen alias" in str(api.json())
    copiar_en = reverse("wagtailadmin_pages:copy", args=[pagina.pk])
    assert 'name="alias"' not in cliente.get(copiar_en).content.decode()
    envio = {"new_title": "Alias", "new_parent_page": pagina.get_parent().pk, "alias": "on"}
    assert "no tienen alias" in cliente.post(copiar_en, envio, follow=True).content.decode()
    with pytest.raises(ValidationError, match="no tienen alias"):
        pagina.get_parent().add_child(instance=type(pagina)(title="Alias", slug="c-4", alias_of=pagina))
    assert Page.objects.count() == antes


@pytest.mark.un_motor
def test_nor_a_copy_for_translation(original):
    idioma = Locale.objects.create(language_code="en")
    with pytest.raises(ValidationError, match="no se copian como traducción"):
        original.pagina.copy_for_translation(idioma, copy_parents=True)
    assert Curso.objects.count() == 1


def test_what_was_copied_can_be_finished_by_itself(original, integrante):
    copia = copiar("página", original, en_vivo=True)
    curso = Unidad.objects.get(pagina=copia.pk)
    pedidas = set(curso.versiones.get(vigente=True).requisitos.values_list("pagina", flat=True))
    hojas = copia.get_descendants().type((Leccion, Evaluacion)).exclude(title="Entrada")
    assert pedidas == set(hojas.values_list("pk", flat=True))
    assert not Unidad.objects.filter(curso=original.curso, pagina__in=pedidas).exists()
    assert Modulo.objects.descendant_of(copia).count() == 1


@pytest.mark.un_motor
def test_the_form_of_a_copy_asks_for_no_address(entrar, administradora, original):
    """That of the original, which Wagtail proposes, is always taken where the copy stays beside it."""
    cliente, leccion = entrar(administradora), original.lecciones[0]
    direccion = reverse("wagtailadmin_pages:copy", args=[leccion.pk])
    pantalla = cliente.get(direccion).content.decode()
    assert "new_title" in pantalla and "new_slug" not in pantalla
    envio = {"new_title": "Copia de la lección", "new_parent_page": leccion.get_parent().pk}
    assert cliente.post(direccion, envio).status_code == 302
    copia = Leccion.objects.get(title="Copia de la lección")
    assert copia.slug.startswith("c-") and copia.slug != leccion.slug
