"""What a trainer finds on each screen: her own things, in Spanish."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import Comment, Workflow

from cursos.models import Leccion, Termino
from marco.models import AjustesDelAula, NombreInstitucional
from tests import gente
from tests.autoria import formularios
from tests.autoria.lectura import en_ingles, leer
from tests.cursos.factories import crear_articulo

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def pantallas(programa) -> dict[str, str]:
    modulo, leccion, evaluacion = programa.modulos[0], programa.lecciones[0], programa.evaluacion
    pagina = {"curso": programa.pagina, "modulo": modulo, "leccion": leccion, "evaluacion": evaluacion}
    return {
        "inicio": "/admin/",
        "explorar": reverse("wagtailadmin_explore", args=[modulo.pk]),
        "elegir": reverse("wagtailadmin_pages:add_subpage", args=[modulo.pk]),
        "nuevo modulo": formularios.agregar("kuska_cursos.modulo", programa.pagina),
        "nueva leccion": formularios.agregar("kuska_cursos.leccion", modulo),
        "nueva evaluacion": formularios.agregar("kuska_evaluaciones.evaluacion", modulo),
        **{f"editar {nombre}": formularios.editar(una) for nombre, una in pagina.items()},
        **{
            acto: reverse(f"wagtailadmin_pages:{acto}", args=[leccion.pk])
            for acto in ("delete", "unpublish", "copy", "move", "history", "usage")
        },
        "buscar": reverse("wagtailadmin_pages:search") + "?q=leccion",
        "imagenes": reverse("wagtailimages:index"),
        "nueva imagen": reverse("wagtailimages:add"),
        "elegir imagen": reverse("wagtailimages_chooser:choose"),
        "elegir audio": reverse("wagtaildocs_chooser:choose"),
        "elegir articulo": reverse("wagtailsnippetchoosers_kuska_cursos_articulo:choose"),
        "articulos": reverse("wagtailsnippets_kuska_cursos_articulo:list"),
        "ediciones": reverse("edicion:index"),
        "cuenta": reverse("wagtailadmin_account"),
    }


def test_a_list_says_yes_or_no_and_the_names_of_today(mesa):
    """Never the word of the machine, nor the key of a name between braces."""
    NombreInstitucional.objects.update_or_create(
        clave="defensa", defaults={"nombre": "Defensa Pública", "corto": "Defensa"}
    )
    Termino.objects.create(termino="amparo", definicion="{defensa}: la atiende sin pagar.")
    ediciones = leer(mesa.cliente.get(reverse("edicion:index"))).texto
    assert "Sí" in ediciones and "True" not in ediciones
    glosario = leer(mesa.cliente.get(reverse("wagtailsnippets_kuska_cursos_termino:list"))).texto
    assert "Defensa Pública: la atiende sin pagar." in glosario and "{defensa}" not in glosario


def test_the_screen_that_confirms_a_deletion_asks_about_the_page_and_not_about_a_thing(mesa):
    direccion = reverse("wagtailadmin_pages:delete", args=[mesa.programa.lecciones[0].pk])
    dicho = leer(mesa.cliente.get(direccion)).texto
    assert "No, conservar" in dicho and "eliminarlo" not in dicho


def test_two_versions_are_compared_in_words(mesa):
    """A box that was ticked says «Sí», and a choice what the list says."""
    leccion = mesa.programa.lecciones[0]
    opciones = [
        {"texto": "Oír", "correcta": True, "explicacion": "Porque sí."},
        {"texto": "Callar", "correcta": False, "explicacion": "Porque no."},
    ]
    decida = {
        "titulo": "Un caso",
        "caso": "Llega alguien.",
        "pregunta": "¿Qué hace?",
        "tipo": "una",
        "opciones": opciones,
    }
    leccion.pasos = [("decida", Leccion.pasos.field.stream_block.child_blocks["decida"].to_python(decida))]
    leccion.save_revision(clean=False)
    leccion.tema_dificil = True
    leccion.save_revision(clean=False)
    direccion = reverse("wagtailadmin_pages:revisions_compare", args=[leccion.pk, "earliest", "latest"])
    dicho = leer(mesa.cliente.get(direccion)).texto
    assert "Una respuesta" in dicho
    assert not {"True", "False"} & set(dicho.split())
    assert {"Sí", "No"} <= set(dicho.split())


def test_every_screen_opens_and_is_in_spanish(mesa):
    faltas: dict[str, str] = {}
    for nombre, direccion in pantallas(mesa.programa).items():
        respuesta = mesa.cliente.get(direccion)
        assert respuesta.status_code == 200, (nombre, respuesta.status_code)
        faltas |= dict.fromkeys(en_ingles(leer(respuesta).texto), nombre)
    assert not faltas, "\n".join(f"{donde}: {contexto}" for contexto, donde in faltas.items())


DE_OTRA_PARTE = re.compile(r"\b(ordenador|Añad\w+|[Pp]or qué no|No has|subido|Alternar|esta en uso)\b|\d \w+ antes\b")


def test_no_screen_speaks_as_elsewhere(mesa):
    direcciones = pantallas(mesa.programa) | {
        "documentos": reverse("wagtaildocs:index"),
        "varios documentos": reverse("wagtaildocs:add_multiple"),
        "varias imagenes": reverse("wagtailimages:add_multiple"),
    }
    faltas = {}
    for nombre, direccion in direcciones.items():
        texto = leer(mesa.cliente.get(direccion)).texto
        if dichas := sorted({uno.group() for uno in DE_OTRA_PARTE.finditer(texto)}):
            faltas[nombre] = dichas
    assert not faltas


def test_a_page_that_nobody_locked_says_that_only_who_may_edit_it_does(mesa, administradora, entrar):
    direccion = formularios.editar(mesa.programa.lecciones[0])
    texto = leer(mesa.cliente.get(direccion)).texto
    assert "Solo quienes tienen permiso pueden editar (página)" in texto and "Cualquiera" not in texto
    texto = leer(entrar(administradora).get(direccion)).texto
    assert "si bloquea, solo usted" in texto and "Cualquiera puede" not in texto


def test_the_pages_of_a_course_are_dragged_and_ticked_in_the_same_list(mesa):
    for pagina in (mesa.programa.pagina.get_parent(), mesa.programa.pagina, mesa.programa.modulos[0]):
        for nombre in ("wagtailadmin_explore", "wagtailadmin_explore_results"):
            lista = mesa.cliente.get(reverse(nombre, args=[pagina.pk])).content.decode()
            filas = pagina.get_children().count()
            assert lista.count("data-bulk-action-checkbox") == lista.count('data-w-orderable-target="handle"') == filas
            assert "Desactivar" not in lista
            assert lista.count("k-con-espacio") == 2 * filas + 2, "each hidden column has its heading hidden too"
            assert ("kuska/css/lista" in lista) is (nombre == "wagtailadmin_explore")


def test_a_page_of_a_course_says_who_sees_it_and_offers_no_privacy_that_does_nothing(mesa):
    nueva = formularios.agregar("kuska_cursos.leccion", mesa.programa.modulos[0])
    for direccion in (formularios.editar(mesa.programa.lecciones[0]), nueva):
        texto = leer(mesa.cliente.get(direccion)).texto
        assert "solo las personas inscritas en una edición del curso" in texto
        assert "Visible para todos" not in texto and "Cambiar privacidad" not in texto


def test_a_copy_goes_on_asking_what_it_asked(mesa):
    modulo = mesa.programa.modulos[0]
    texto = leer(mesa.cliente.get(reverse("wagtailadmin_pages:copy", args=[modulo.pk]))).texto
    assert {"Nuevo", "Dónde", "Copiar"} <= set(texto.split()) and "Publicar copias" in texto
    assert "None" not in texto  # the address is not asked for


def test_the_menu_has_only_what_writing_needs(mesa):
    menu = leer(mesa.cliente.get("/admin/")).entradas_del_menu
    propias = {"Páginas", "La ley", "Artículos", "Normas", "Quién lo lleva", "Ediciones", "Imágenes"}
    assert propias <= set(menu)
    assert not {"Documentos", "Informes", "Configuración", "Usuarios", "Inscripciones", "Avances", "Ayuda"} & set(menu)


def test_the_editor_leads_to_ones_own_key_second_step_and_sessions(mesa):
    """Whoever has no territory has no panel either: nothing else leads there."""
    portada = leer(mesa.cliente.get("/admin/"))
    assert "Mi cuenta" in portada.entradas_del_menu and '"/mi-cuenta"' in portada.menu
    dicho = leer(mesa.cliente.get("/mi-cuenta")).texto
    assert "Cambiar mi clave" in dicho and "Segundo paso para entrar" in dicho and "sesión" in dicho.casefold()


def test_from_ones_own_account_one_goes_back_to_where_one_works(mesa):
    """To the editor, for whoever has no panel: an address that is not hers would not be there."""
    pagina = mesa.cliente.get("/mi-cuenta").content.decode()
    atras = re.search(r'<a class="k-volver[^"]*" href="([^"]+)"', pagina)
    assert atras and mesa.cliente.get(atras[1], follow=True).redirect_chain[-1:] == [("/admin/", 302)]


def test_the_door_leads_a_trainer_to_the_editor(mesa, capacitadora, visitante):
    datos = {"identificador": capacitadora.username, "clave": gente.CLAVE, "letras": "1"}
    assert visitante.post("/entrar", datos).url == "/admin/"


# --- Home


def test_home_leads_to_the_course_and_to_a_new_module(mesa):
    pagina = mesa.cliente.get("/admin/").content.decode()
    assert AjustesDelAula.actuales().nombre_del_espacio in pagina
    assert reverse("wagtailadmin_explore", args=[mesa.programa.pagina.pk]) in pagina
    assert formularios.agregar("kuska_cursos.modulo", mesa.programa.pagina) in pagina
    assert "Cómo hacer una lección" in pagina


def test_home_lists_my_drafts_and_not_those_of_others(mesa, entrar):
    mesa.cliente.post(formularios.agregar("kuska_cursos.leccion", mesa.programa.modulos[0]), formularios.leccion("Mía"))
    otra = entrar(gente.crear_capacitadora("otra"))
    otra.post(formularios.agregar("kuska_cursos.leccion", mesa.programa.modulos[0]), formularios.leccion("Ajena"))
    borradores = mesa.cliente.get("/admin/").content.decode().split("Mis borradores")[1].split("Cómo hacer")[0]
    assert "Mía" in borradores and "Ajena" not in borradores


def test_home_lists_pages_with_open_comments(mesa, capacitadora):
    leccion = mesa.programa.lecciones[0]
    assert "Con comentarios" not in mesa.cliente.get("/admin/").content.decode()
    Comment.objects.create(page=leccion, user=capacitadora, text="¿Y esto?", contentpath="pasos", position="")
    assert "Con comentarios" in mesa.cliente.get("/admin/").content.decode()


def test_home_costs_the_same_with_more_content(mesa, presupuesto):
    from tests.cursos.factories import Programa

    mesa.cliente.get("/admin/")
    with presupuesto(60) as pocas:
        mesa.cliente.get("/admin/")
    Programa(titulo="Otro", modulos=3, lecciones=4)
    mesa.cliente.get("/admin/")
    with presupuesto(pocas.contadas):
        mesa.cliente.get("/admin/")


# --- The list of a module


def test_the_list_keeps_the_order_that_people_meet(mesa):
    pagina = mesa.cliente.get(reverse("wagtailadmin_explore", args=[mesa.programa.modulos[0].pk])).content.decode()
    lugares = [pagina.index(uno.title) for uno in [*mesa.programa.lecciones, mesa.programa.evaluacion]]
    assert lugares == sorted(lugares)


def test_only_what_fits_is_offered(mesa):
    def ofrecido(pagina):
        return set(mesa.cliente.get(reverse("wagtailadmin_pages:add_subpage", args=[pagina.pk])).context["page_types"])

    nombres = {str(uno[0]) for uno in ofrecido(mesa.programa.pagina)}
    assert nombres == {"Evaluación", "Módulo"}
    assert {str(uno[0]) for uno in ofrecido(mesa.programa.modulos[0])} == {"Evaluación", "Lección"}


# --- Choosing an article


@pytest.mark.parametrize(
    ("buscado", "hay"),
    [("16 30364", True), ("19", True), ("especial", True), ("ley 16", True), ("1 30364", False), ("16 009", False)],
)
def test_an_article_is_found_by_number_norm_or_subject(mesa, buscado, hay):
    articulo = crear_articulo()
    direccion = reverse("wagtailsnippetchoosers_kuska_cursos_articulo:choose_results")
    hallados = mesa.cliente.get(direccion, {"q": buscado}).content.decode()
    assert (str(articulo) in hallados) is hay
    assert ("Proceso especial" in hallados) is hay


# --- Review


def test_review_is_offered_only_where_somebody_reviews(mesa):
    direccion = formularios.editar(mesa.programa.lecciones[0])
    assert "action-submit" not in mesa.cliente.get(direccion).content.decode()
    gente.crear_cuenta("revisa").groups.add(*Workflow.objects.get().tasks[0].specific.groups.all())
    pagina = mesa.cliente.get(direccion).content.decode()
    assert "action-submit" in pagina and "Revisión del CEM" in pagina


# --- Words


def test_compiled_catalogues_are_up_to_date():
    call_command("mensajes", revisar=True)


def test_our_words_win_over_those_of_the_editor():
    with translation.override("es"):
        assert translation.gettext("Unpublish") == "Dejar de publicar"
        assert translation.ngettext("%(num_parent_objects)d page", "%(num_parent_objects)d pages", 2) == (
            "%(num_parent_objects)d páginas"
        )


def test_a_draft_is_called_a_draft():
    with translation.override("es"):
        dichas = [translation.gettext(una) for una in ("Draft", "draft", "live + draft")]
    assert dichas == ["Borrador", "borrador", "publicada, con borrador"]
