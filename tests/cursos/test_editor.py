import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cursos.blocks import PasosBlock
from cursos.ejemplos import pasos_de_ejemplo
from cursos.models import CatalogoDeCursos, Curso, Edicion, Inscripcion, Leccion, Modulo, Unidad, VersionDeCurso
from cursos.services.avance import terminar_unidad
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from cursos.validators import EJEMPLO, antes_de_publicar
from tests import gente
from tests.cursos.factories import Programa, crear_articulo, crear_leccion
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def escribe(programa, capacitadora, entrar):
    """A client of somebody who writes lessons."""
    asegurar_grupo_de_capacitadoras()
    return entrar(capacitadora)


def texto(respuesta):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


def datos_de_leccion(**otros):
    return nested_form_data(
        {
            "title": "Nueva",
            "presentacion": "",
            "pasos": streamfield(
                [
                    (
                        "texto",
                        {
                            "titulo": "Uno",
                            "texto": rich_text("<p>Idea.</p>"),
                            "en_nuestra_zona": "",
                            "mas_detalle": rich_text(""),
                        },
                    )
                ]
            ),
            "sabe_ahora": "Una cosa",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            **otros,
        }
    )


# --- Where each page can be


@pytest.mark.parametrize(
    ("hija", "madres"),
    [(Curso, {CatalogoDeCursos}), (Modulo, {Curso}), (Leccion, {Modulo})],
)
def test_each_page_has_its_place(hija, madres):
    assert set(hija.allowed_parent_page_models()) == madres


def test_a_lesson_holds_no_pages():
    assert Leccion.allowed_subpage_models() == []


# --- Rights without superuser


def test_who_writes_opens_the_editor_and_creates_a_lesson(escribe, programa):
    assert escribe.get("/admin/").status_code == 200
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", programa.modulos[0].pk])
    assert escribe.get(direccion).status_code == 200
    respuesta = escribe.post(direccion, {**datos_de_leccion(), "action-publish": "1"})
    assert respuesta.status_code == 302
    leccion = Leccion.objects.get(title="Nueva")
    assert leccion.live and re.fullmatch("c-[0-9a-f]{8}", leccion.slug)
    assert Unidad.objects.get(pagina=leccion.pk).titulo == "Nueva"


def test_who_writes_does_not_see_people_or_accounts(escribe, inscrita):
    assert escribe.get(reverse("inscripcion:index")).status_code == 302
    assert escribe.get(reverse("inscripcion:inspect", args=[inscrita.pk])).status_code in {302, 404}
    assert escribe.get(reverse("edicion:add")).status_code == 302
    assert escribe.get("/admin/users/").status_code in {302, 404}
    menu = escribe.get("/admin/").content.decode()
    assert "/admin/reports/" not in menu


def test_who_writes_reads_the_law_and_does_not_change_it(escribe):
    articulo = crear_articulo()
    assert escribe.get(reverse("wagtailsnippets_kuska_cursos_articulo:list")).status_code == 200
    assert escribe.get(reverse("wagtailsnippets_kuska_cursos_articulo:edit", args=[articulo.pk])).status_code == 302


def test_who_writes_cannot_leave_the_catalogue(escribe):
    raiz = Page.objects.get(depth=1)
    assert escribe.get(reverse("wagtailadmin_pages:edit", args=[raiz.pk])).status_code in {302, 404}


def test_a_member_does_not_enter_the_editor(entrar, integrante):
    respuesta = entrar(integrante).get("/admin/")
    assert respuesta.status_code == 302 and "/admin/" not in respuesta.url.split("?")[0]


# --- A new lesson


def test_a_new_lesson_starts_with_six_examples(escribe, programa):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", programa.modulos[0].pk])
    assert "Empiece por lo m" in escribe.get(direccion).content.decode()
    assert len(pasos_de_ejemplo()) == 6


def test_the_examples_are_valid_drafts_and_are_noticed(programa):
    leccion = programa.modulos[0].add_child(instance=Leccion(title="Ejemplos", live=False, pasos=pasos_de_ejemplo()))
    leccion.save_revision()
    assert isinstance(leccion.pasos, StreamValue) and len(leccion.pasos) == 6
    lineas = antes_de_publicar(leccion)
    assert not lineas[-1].lista and EJEMPLO in lineas[-1].como
    assert not lineas[3].lista  # the sample of the template is no example of the zone


def test_a_draft_may_be_incomplete(escribe, programa):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", programa.modulos[0].pk])
    respuesta = escribe.post(direccion, datos_de_leccion(pasos=streamfield([])))
    assert respuesta.status_code == 302
    assert not Leccion.objects.get(title="Nueva").live


def test_a_lesson_without_steps_is_not_published(escribe, programa):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", programa.modulos[0].pk])
    respuesta = escribe.post(direccion, {**datos_de_leccion(pasos=streamfield([])), "action-publish": "1"})
    assert respuesta.status_code == 200 and "Agregue al menos un paso" in respuesta.content.decode()
    assert not Leccion.objects.filter(title="Nueva").exists()


def test_a_course_without_hours_is_not_published(escribe, programa):
    direccion = reverse("wagtailadmin_pages:edit", args=[programa.pagina.pk])
    datos = nested_form_data(
        {
            "title": "Curso",
            "presentacion": "",
            "aprendera": "",
            "horas": "",
            "tipo_de_horas": "academicas",
            "revisado_el": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
    )
    respuesta = escribe.post(direccion, {**datos, "action-publish": "1"})
    assert respuesta.status_code == 200 and "sin ellas el certificado no sirve" in texto(respuesta)
    assert escribe.post(direccion, datos).status_code == 302
    # What a file of a programme refuses is not kept here either, not even as a draft.
    respuesta = escribe.post(direccion, {**datos, "horas": "99999"})
    assert respuesta.status_code == 200 and "Escriba hasta 2000 horas; se leyó 99999." in texto(respuesta)


def test_a_module_declares_no_more_hours_than_its_file_may(escribe, programa):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "modulo", programa.pagina.pk])
    comentarios = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    datos = nested_form_data({"title": "De más", "objetivos": "", "tarea": "", **comentarios})
    respuesta = escribe.post(direccion, {**datos, "horas": "9999999"})
    assert respuesta.status_code == 200 and "Escriba hasta 500 horas; se leyó 9999999." in texto(respuesta)
    assert escribe.post(direccion, {**datos, "horas": "500"}).status_code == 302


def test_the_address_is_not_offered_for_editing(escribe, programa):
    pagina = escribe.get(reverse("wagtailadmin_pages:edit", args=[programa.lecciones[0].pk])).content.decode()
    assert 'name="slug"' not in pagina


# --- Previews


@pytest.mark.parametrize("modo", ["", "ahorro"])
def test_a_lesson_is_previewed_whole(escribe, programa, modo):
    nueva = Leccion(title="Vista", live=False, pasos=pasos_de_ejemplo(), tema_dificil=True)
    leccion = programa.modulos[0].add_child(instance=nueva)
    respuesta = leccion.make_preview_request(preview_mode=modo)
    visto = texto(respuesta)
    assert respuesta.status_code == 200 and "Antes de publicar" in visto
    assert "Paso 1 de 7" in visto and "Paso 7 de 7" in visto and "Este tema puede ser difícil" in visto
    assert respuesta.content.decode().count("<h1>") == 1


def test_sizes_of_the_preview_start_with_the_phone():
    assert [uno["device_width"] for uno in Leccion().preview_sizes] == [360, 768, 1280]
    assert Leccion().default_preview_size == "celular"


def test_a_course_is_previewed(programa):
    assert "Reconocer" in texto(programa.pagina.make_preview_request())


@pytest.mark.parametrize("nombre", list(PasosBlock().child_blocks))
def test_every_kind_of_step_shows_itself_in_the_picker(escribe, nombre):
    crear_articulo()
    bloque = Leccion._meta.get_field("pasos").stream_block.child_blocks[nombre]
    assert bloque.is_previewable and bloque.get_description()
    respuesta = escribe.get(reverse("wagtailadmin_block_preview"), {"id": bloque.definition_prefix})
    assert respuesta.status_code == 200
    assert "kuska/css/kuska.css" in respuesta.content.decode() and "<h1>" in respuesta.content.decode()


def test_there_are_few_kinds_of_step():
    assert len(PasosBlock().child_blocks) <= 8


# --- Through the tree


def test_a_page_of_the_tree_leads_to_the_direct_address(rf, programa):
    numero = programa.curso.numero
    assert programa.pagina.serve(rf.get("/")).url == f"/c/{numero}"
    assert programa.modulos[0].serve(rf.get("/")).url == f"/c/{numero}"
    assert programa.lecciones[0].serve(rf.get("/")).url == f"/c/{numero}/1"


# --- People already in the course


@pytest.fixture
@hecho_una_vez
def en_curso(programa, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[0], ahora=timezone.now())
    return inscrita


def test_publishing_says_that_people_wait_for_a_decision(escribe, programa, en_curso):
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", programa.modulos[0].pk])
    respuesta = escribe.post(direccion, {**datos_de_leccion(), "action-publish": "1"}, follow=True)
    assert "1 persona lleva este curso con lo que pedía antes" in texto(respuesta)
    assert reverse("cursos_decidir", args=[programa.vigente.pk]) in respuesta.content.decode()


def test_the_decision_is_taken_in_its_screen(escribe, programa, en_curso, capacitadora):
    crear_leccion(programa.modulos[0], "La parte nueva")
    direccion = reverse("cursos_decidir", args=[programa.vigente.pk])
    respuesta = escribe.get(direccion)
    assert "1 persona" in texto(respuesta) and "La parte nueva" in texto(respuesta)
    assert escribe.post(direccion, {"trato": "pedir_lo_nuevo"}).status_code == 302
    en_curso.refresh_from_db()
    assert (en_curso.hechas, en_curso.requeridas) == (1, 4)
    assert VersionDeCurso.objects.get(pk=programa.vigente.pk).decidida_por == capacitadora


def test_who_does_not_publish_does_not_decide(entrar, programa, en_curso, cem_provincial, integrante_de_b):
    crear_leccion(programa.modulos[0], "Nueva")
    direccion = reverse("cursos_decidir", args=[programa.vigente.pk])
    for quien in (cem_provincial, integrante_de_b):
        assert entrar(quien).post(direccion, {"trato": "pedir_lo_nuevo"}).status_code == 302
    en_curso.refresh_from_db()
    assert en_curso.requeridas == 3


def test_the_course_offers_the_decision_while_it_waits(escribe, programa, en_curso):
    pagina = reverse("wagtailadmin_explore", args=[programa.pagina.pk])
    assert "cursos/decidir" not in escribe.get(pagina).content.decode()
    crear_leccion(programa.modulos[0], "Nueva")
    assert "cursos/decidir" in escribe.get(pagina).content.decode()
    assert "sigue con lo que el curso pedía antes" in texto(
        escribe.get(reverse("wagtailadmin_pages:edit", args=[programa.pagina.pk]))
    )


def test_unpublishing_asks_whether_it_is_for_a_while(escribe, programa, en_curso):
    direccion = reverse("wagtailadmin_pages:unpublish", args=[programa.lecciones[1].pk])
    respuesta = escribe.post(direccion)
    assert respuesta.status_code == 200 and "1 persona tiene esto por hacer" in texto(respuesta)
    assert Leccion.objects.get(pk=programa.lecciones[1].pk).live
    escribe.post(direccion, {"retiro": "pasajero"})
    en_curso.refresh_from_db()
    assert not Leccion.objects.get(pk=programa.lecciones[1].pk).live
    assert (en_curso.hechas, en_curso.requeridas) == (1, 3)
    assert programa.unidades[1].en_pausa


def test_unpublishing_for_good_stops_asking(escribe, programa, en_curso):
    escribe.post(reverse("wagtailadmin_pages:unpublish", args=[programa.lecciones[1].pk]), {"retiro": "definitivo"})
    en_curso.refresh_from_db()
    assert (en_curso.hechas, en_curso.requeridas) == (1, 2)


def test_deleting_says_whom_it_reaches(entrar, administradora, programa, en_curso):
    terminar_unidad(inscripcion=en_curso, unidad=programa.unidades[1], ahora=timezone.now())
    respuesta = entrar(administradora).get(reverse("wagtailadmin_pages:delete", args=[programa.lecciones[2].pk]))
    assert "1 persona lo tiene por hacer. Se le seguirá pidiendo, en pausa" in texto(respuesta)
    assert "1 persona termina el curso" in texto(respuesta)


# --- Editions and facts


def test_saving_an_edition_enrols_everybody_at_once(entrar, administradora, programa, integrante, integrante_de_b):
    respuesta = entrar(administradora).post(
        reverse("edicion:add"),
        {
            "curso": programa.curso.pk,
            "nombre": "Diciembre",
            "territorios": [gente.DISTRITO_A],
            "inicia": timezone.localdate().isoformat(),
            "termina": "",
            "abierta": "on",
        },
    )
    assert respuesta.status_code == 302
    assert list(Inscripcion.objects.values_list("persona", flat=True)) == [integrante.pk]
    assert Edicion.objects.get(nombre="Diciembre").abierta


def test_facts_are_read_and_never_edited(entrar, administradora, programa, integrante):
    una = programa.inscribir(integrante)
    jefa = entrar(administradora)
    assert jefa.get(reverse("inscripcion:index")).status_code == 200
    assert jefa.get(reverse("inscripcion:inspect", args=[una.pk])).status_code == 200
    for accion in ("edit", "delete", "add"):
        with pytest.raises(Exception, match="not a valid view function or pattern name"):
            reverse(f"inscripcion:{accion}", args=[una.pk] if accion != "add" else [])


def test_scope_limits_the_facts(programa, integrante, integrante_de_b, coordinadora_a):
    from wagtail.permissions import policy_registry

    una, otra = programa.inscribir(integrante), programa.inscribir(integrante_de_b)
    politica = policy_registry.get_by_type(Inscripcion)
    assert list(politica.instances_user_has_permission_for(coordinadora_a, "view")) == [una]
    assert politica.user_has_any_permission_for_instance(coordinadora_a, ["view", "change"], una)
    assert not politica.user_has_any_permission_for_instance(coordinadora_a, ["view", "change"], otra)
    assert not politica.user_has_permission(coordinadora_a, "change")
    assert not politica.user_has_permission(gente.crear_cuenta("jefa", is_superuser=True), "delete")
    assert not politica.user_has_permission(gente.crear_cuenta("nadie"), "view")


def test_every_catalogue_gives_the_group_its_rights(programa, capacitadora):
    otro = Programa(titulo="Otro", lecciones=1)
    assert otro.pagina.permissions_for_user(capacitadora).can_publish()
    assert asegurar_grupo_de_capacitadoras() == asegurar_grupo_de_capacitadoras()
