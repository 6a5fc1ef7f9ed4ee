"""The editor of this host: who only writes sees only what writing needs. Hooks only register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import page_viewset_registry

from instancias.acceso.guardas import administracion_requerida
from marco.otra_version.vistas import PaginasEnSuTurno
from marco.viewsets import InformeDeBloqueos

from .models import Portada
from .preparar import poner_estaticos, preparar, rechazar_la_demostracion
from .sitio import asegurar_portada

# Sounds are chosen and uploaded from the step that plays them.
OCULTOS = {"documents"}


@hooks.register("pagina_de_los_cursos")
def los_cursos_van_en_la_portada() -> Portada:
    return asegurar_portada()


@hooks.register("antes_de_servir")
def la_demostracion_no_se_sirve() -> None:
    rechazar_la_demostracion()


@hooks.register("al_preparar_el_aula")
def lo_que_trae_un_aula_nueva(decir: Callable[[str], object]) -> None:
    preparar(decir)


@hooks.register("al_actualizar_el_aula")
def lo_que_cambia_con_la_edicion(decir: Callable[[str], object]) -> None:
    """Without its static files, pages of a new edition would not be drawn."""
    poner_estaticos()


@hooks.register("construct_main_menu", order=100)
def menu_de_quien_escribe(request: HttpRequest, menu_items: list[Any]) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [uno for uno in menu_items if uno.name not in OCULTOS]


@hooks.register("construct_homepage_summary_items", order=100)
def inicio_sin_cuentas(request: HttpRequest, summary_items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody to write."""
    if not request.user.is_superuser:
        summary_items.clear()


@hooks.register("register_admin_viewset")
def pantallas_de_la_portada() -> list[Any]:
    page_viewset_registry.register(Portada, PaginasEnSuTurno())
    return []


@hooks.register("register_admin_urls")
def bloqueos_del_navegador() -> list[Any]:
    """What browsers refused: only for whoever administers."""
    informe = administracion_requerida(InformeDeBloqueos.as_view())
    filas = administracion_requerida(InformeDeBloqueos.as_view(results_only=True))
    return [
        path("bloqueos/", informe, name="kuska_bloqueos"),
        path("bloqueos/filas/", filas, name="kuska_bloqueos_filas"),
    ]


class SoloDeAdministracion(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_reports_menu_item")
def menu_de_bloqueos() -> MenuItem:
    return SoloDeAdministracion(_("Bloqueos del navegador"), reverse("kuska_bloqueos"), icon_name="warning", order=900)


@hooks.register("construct_page_action_menu")
def revision_con_quien_revise(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """«Enviar a revisión» only where somebody reviews: a page sent to nobody waits for ever."""
    pagina = context.get("page") or context.get("parent_page")
    revision = pagina and pagina.get_workflow()
    grupos = [grupo for tarea in revision.tasks for grupo in _grupos(tarea)] if revision else []
    if not get_user_model().objects.filter(groups__in=grupos, is_active=True).exists():
        menu_items[:] = [uno for uno in menu_items if uno.name != "action-submit"]


def _grupos(tarea: Any) -> list[Any]:
    propia = tarea.specific
    return list(propia.groups.all()) if hasattr(propia, "groups") else []
