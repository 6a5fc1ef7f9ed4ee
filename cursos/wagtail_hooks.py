"""What this room gives to the editor. Hooks only register."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from instancias.menu import EntradaDeMenu

from .views import editor, inicio
from .viewsets import CursosViewSetGroup, LeyViewSetGroup

OCULTOS_A_QUIEN_ESCRIBE = {"reports", "help"}


@hooks.register("register_admin_viewset")
def registros_de_cursos() -> list[Any]:
    return [CursosViewSetGroup(), LeyViewSetGroup()]


@hooks.register("enlaces_de_ayuda")
def ayuda_glosario(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "persona", None):
        return None
    detalle = _("Qué significa cada palabra del curso")
    return EntradaDeMenu("glosario", _("Glosario"), reverse("cursos:glosario"), orden=10, detalle=detalle)


@hooks.register("register_admin_urls")
def direcciones_del_editor() -> list[Any]:
    return [path("cursos/decidir/<int:pk>/", editor.decidir_version, name="cursos_decidir")]


@hooks.register("before_serve_document")
def documentos_solo_para_quien_escribe(document: Any, request: HttpRequest) -> None:
    """A sound is heard in its step, by who takes the course; its own address is of the editor."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("insert_editor_js")
def un_solo_envio() -> SafeString:
    return format_html('<script src="{}"></script>', static("cursos/js/un-solo-envio.js"))


@hooks.register("after_publish_page")
def despues_de_publicar(request: HttpRequest, page: Any) -> None:
    editor.avisar_de_personas(request, page)


@hooks.register("before_unpublish_page")
def antes_de_dejar_de_publicar(request: HttpRequest, page: Any) -> HttpResponse | None:
    return editor.preguntar_antes_de_retirar(request, page)


@hooks.register("before_delete_page")
def antes_de_borrar(request: HttpRequest, page: Any) -> None:
    editor.avisar_antes_de_borrar(request, page)


@hooks.register("before_bulk_action")
def antes_de_publicar_en_lote(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return editor.frenar_publicacion_en_lote(request, action_type, objects)


@hooks.register("register_page_header_buttons")
def boton_de_decidir(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    pendiente = editor.decision_pendiente(page, user)
    if pendiente:
        yield Button(
            gettext_lazy("Decidir qué se pide a quienes ya empezaron"),
            reverse("cursos_decidir", args=[pendiente.pk]),
            icon_name="group",
            priority=5,
        )


@hooks.register("construct_main_menu")
def menu_de_quien_escribe(request: HttpRequest, menu_items: list[Any]) -> None:
    """Who only writes sees only what writing needs."""
    if not request.user.is_superuser:
        menu_items[:] = [uno for uno in menu_items if uno.name not in OCULTOS_A_QUIEN_ESCRIBE]


@hooks.register("construct_homepage_panels")
def inicio_de_quien_escribe(request: HttpRequest, panels: list[Any]) -> None:
    panels += [
        inicio.MisCursos(request.user),
        inicio.MisBorradores(request.user),
        inicio.ConComentarios(request.user),
        inicio.ComoHacerUnaLeccion(),
    ]
