"""What this room gives to the editor. Hooks only register."""

from __future__ import annotations

import datetime
from typing import Any

import swapper
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.permissions import policy_registry

from instancias.apartados import Apartado
from instancias.fusiones import Parte
from instancias.vencimientos import Vencimiento
from marco.invariantes import Invariante
from marco.menu import EntradaDeMenu

from . import invariantes
from .clases.leccion.guardadas import paginas_de_lecciones
from .consultas import apartados
from .consultas.contenido import hay_audio
from .consultas.dudas import escribe_algun_curso
from .consultas.inicio import cursos_que_lleva
from .guardado import ModuloPorGuardar, PaginaGuardada
from .models import Inscripcion
from .models.de_curso import NO_SALIO, DeCurso
from .services.apartados import Dudas, DudasViejas
from .services.inscripcion import empezadas_desde
from .services.partes_de_un_registro import de_esta_sala
from .views import borrar, copias, dependen, editor, en_uso, inicio, lotes, quitar, responder_dudas, retiros
from .views.lotes_de_paginas import DE_PAGINAS
from .viewsets import CursosViewSetGroup, GuiaViewSetGroup, LeyViewSetGroup

OCULTOS_A_QUIEN_ESCRIBE = {"reports", "help"}


@hooks.register("register_admin_viewset")
def registros_de_cursos() -> list[Any]:
    return [CursosViewSetGroup(), LeyViewSetGroup(), GuiaViewSetGroup()]


@hooks.register("register_admin_viewset")
def pantallas_de_las_paginas() -> list[Any]:
    """What Wagtail registers by the class of a page, and this room by what every page of a course is."""
    page_viewset_registry.register(DeCurso, borrar.PaginasDeCurso(), parent_models=[DeCurso])
    return []


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def boton_de_eliminar(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Any:
    yield borrar.BotonDeEliminar(page=page, priority=30 if not view_name else 50)


@hooks.register("enlaces_de_ayuda")
def ayuda_glosario(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "persona", None):
        return None
    detalle = _("Qué significa cada palabra del curso")
    return EntradaDeMenu("glosario", _("Glosario"), reverse("kuska_cursos:glosario"), orden=10, detalle=detalle)


@hooks.register("enlaces_de_ayuda")
def ayuda_mis_dudas(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "persona", None):
        return None
    detalle = _("Lo que preguntó en sus lecciones y lo que le respondieron")
    return EntradaDeMenu("mis_dudas", _("Mis dudas"), reverse("kuska_cursos:mis_dudas"), orden=20, detalle=detalle)


@hooks.register("menu_del_personal")
def menu_de_dudas(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(clave="dudas", texto=_("Dudas"), url=reverse("kuska_cursos:dudas"), orden=30)


@hooks.register("menu_del_personal")
def menu_del_calendario(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    url = reverse("kuska_cursos:calendario_del_panel")
    return EntradaDeMenu(clave="calendario", texto=_("Calendario"), url=url, orden=32)


class EntradaADudas(MenuItem):
    """Only for those who write a course."""

    def is_shown(self, request: HttpRequest) -> bool:
        return escribe_algun_curso(request.user)


@hooks.register("register_admin_menu_item")
def menu_de_dudas_del_editor() -> MenuItem:
    return EntradaADudas(gettext_lazy("Dudas"), reverse("cursos_dudas"), name="dudas", icon_name="help", order=210)


@hooks.register("datos_que_vencen", order=10)
def datos_de_cursos_que_vencen() -> list[Vencimiento]:
    return [DudasViejas()]


@hooks.register("ayuda_sobre_los_datos")
def ayuda_audio(request: HttpRequest) -> str:
    """Audio is spoken of to who takes a course that has some."""
    persona = getattr(request, "persona", None)
    if persona is None or not any(hay_audio(curso=curso) for curso in cursos_que_lleva(persona)):
        return ""
    return _("El audio dice su tamaño antes de cargar.")


@hooks.register("register_admin_urls")
def direcciones_del_editor() -> list[Any]:
    return [
        path("cursos/decidir/<int:pk>/", editor.decidir_version, name="cursos_decidir"),
        path("cursos/en-pausa/<int:pk>/", retiros.partes_en_pausa, name="cursos_en_pausa"),
        path("cursos/decisiones/<int:pk>/deshacer/", retiros.deshacer, name="cursos_deshacer"),
        path("dudas/", responder_dudas.en_el_editor, name="cursos_dudas"),
        path("dudas/<int:pk>/", responder_dudas.una_en_el_editor, name="cursos_duda"),
        path("dudas/notas/<int:pk>/quitar/", responder_dudas.quitar_una_nota, name="cursos_quitar_nota"),
    ]


@hooks.register("register_admin_urls", order=-1)
def lo_que_se_elimina_de_los_archivos() -> list[Any]:
    return en_uso.direcciones()


@hooks.register("before_bulk_action", order=-1)
def antes_de_eliminar_archivos_en_lote(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    return en_uso.en_lote(request, action_type, objects, action)


@hooks.register("before_serve_document")
def documentos_solo_para_quien_escribe(document: Any, request: HttpRequest) -> None:
    """A sound is heard in its step, by who takes the course; its own address is of the editor."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("insert_editor_js")
def un_solo_envio() -> SafeString:
    return format_html('<script src="{}"></script>', static("kuska/js/un-solo-envio.js"))


@hooks.register("after_publish_page")
def despues_de_publicar(request: HttpRequest, page: Any) -> None:
    editor.avisar_de_lo_publicado(request, [page])


@hooks.register("before_unpublish_page")
def antes_de_dejar_de_publicar(request: HttpRequest, page: Any) -> HttpResponse | None:
    return retiros.preguntar_antes_de_retirar(request, page)


@hooks.register("after_unpublish_page")
def despues_de_dejar_de_publicar(request: HttpRequest, page: Any) -> None:
    retiros.anotar_lo_elegido(request, page)


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def antes_de_quitar(request: HttpRequest, page: Any, destination: Any = None) -> None:
    quitar.avisar_antes_de_quitar(request, [page], destination)


@hooks.register("after_delete_page")
def despues_de_borrar(request: HttpRequest, page: Any) -> None:
    retiros.avisar_de_pausas(request)


@hooks.register("after_move_page")
def despues_de_mover(request: HttpRequest, page: Any) -> None:
    retiros.avisar_de_pausas(request)
    editor.avisar_de_lo_publicado(request, [page])


@hooks.register("after_bulk_action")
def despues_de_un_lote(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    if action_type in {"delete", "move", "unpublish"}:
        retiros.avisar_de_pausas(request)
    if action_type == "move":
        editor.avisar_de_lo_publicado(request, objects)


@hooks.register("before_copy_page")
def antes_de_copiar(request: HttpRequest, page: Any) -> HttpResponse | None:
    return copias.sin_alias(request, page)


@hooks.register("after_copy_page")
def despues_de_copiar(request: HttpRequest, page: Any, new_page: Any) -> None:
    copias.avisar_de_la_copia(request, new_page)


@hooks.register("before_bulk_action")
def antes_de_publicar_en_lote(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return lotes.publicar_en_lote(request, action_type, objects, action)


@hooks.register("before_unpublish_page", order=-1)
def antes_de_despublicar_lo_que_presta(request: HttpRequest, page: Any) -> HttpResponse | None:
    return dependen.preguntar_antes_de_despublicar(request, page)


@hooks.register("before_delete_page", order=-1)
@hooks.register("before_move_page", order=-1)
def antes_de_quitar_lo_que_presta(request: HttpRequest, page: Any, destination: Any = None) -> None:
    dependen.avisar_de_quien_depende(request, page, destination)


@hooks.register("before_bulk_action", order=-1)
def antes_de_quitar_en_lote(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    return dependen.preguntar_en_lote(request, action_type, objects, action)


@hooks.register("register_log_actions")
def actos_que_se_anotan(actions: Any) -> None:
    respondio, publico = gettext_lazy("Respondió una duda"), gettext_lazy("Publicó una nota")
    actions.register_action("cursos.responder_duda", gettext_lazy("Responder una duda"), respondio)
    actions.register_action("cursos.publicar_nota", gettext_lazy("Publicar una nota de su duda"), publico)

    @actions.register_action(NO_SALIO)
    class NoSalio(LogFormatter):
        label = gettext_lazy("No se publicó en su fecha")

        def format_message(self, log_entry: Any) -> str:
            return _("Llegó su fecha y no se publicó. %(motivo)s") % {"motivo": log_entry.data.get("motivo", "")}


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
    if retiros.hay_algo_en_pausa(page, user):
        yield Button(
            gettext_lazy("Partes en pausa"), reverse("cursos_en_pausa", args=[page.pk]), icon_name="warning", priority=6
        )


@hooks.register("en_que_descansa_un_asiento")
def cursos_empezados(personas: list[int], desde: datetime.datetime) -> tuple[type[Inscripcion], dict[int, str]]:
    """An enrolment that nobody began goes with the seat that gave it; one that somebody began keeps the seat."""
    return Inscripcion, empezadas_desde(personas=personas, desde=desde)


@hooks.register("parte_de_un_registro", order=10)
def partes_de_cursos() -> list[Parte]:
    return de_esta_sala()


# In place of those of Wagtail: the last one of each kind is the one that is used.
for uno in DE_PAGINAS:
    hooks.register("register_bulk_action", uno, order=1000)


@hooks.register("construct_page_chooser_queryset")
def solo_lo_que_alcanza(pages: Any, request: HttpRequest) -> Any:
    """What may be chosen is what the account may see in the list of pages: titles of other courses stay out."""
    if request.user.is_superuser:
        return pages
    Pagina = swapper.load_model("wagtailcore", "Page")
    visibles = policy_registry.get_by_type(Pagina).explorable_instances(request.user)
    return pages.filter(pk__in=visibles.values("pk"))


@hooks.register("construct_main_menu")
def menu_de_quien_escribe(request: HttpRequest, menu_items: list[Any]) -> None:
    """Who only writes sees only what writing needs."""
    if not request.user.is_superuser:
        menu_items[:] = [uno for uno in menu_items if uno.name not in OCULTOS_A_QUIEN_ESCRIBE]


@hooks.register("construct_homepage_panels")
def inicio_de_quien_escribe(request: HttpRequest, panels: list[Any]) -> None:
    panels += [
        inicio.PorDecidir(request.user),
        inicio.DudasPorResponder(request.user),
        inicio.MisCursos(request.user),
        inicio.NoSalieron(request.user),
        inicio.MisBorradores(request.user),
        inicio.ConComentarios(request.user),
        inicio.ComoHacerUnaLeccion(),
    ]


@hooks.register("paginas_para_guardar", order=10)
def lecciones_para_guardar(request: HttpRequest, modulo: ModuloPorGuardar) -> list[PaginaGuardada]:
    return paginas_de_lecciones(request, modulo)


@hooks.register("menu_del_aula")
def menu_en_este_celular(request: HttpRequest) -> EntradaDeMenu:
    return EntradaDeMenu("celular", _("Guardado en este celular"), reverse("kuska_cursos:en_este_celular"), orden=30)


@hooks.register("apartado_de_una_persona", order=10)
def apartados_de_cursos() -> list[Apartado]:
    return [*apartados.de_esta_sala(), Dudas()]


@hooks.register("invariantes")
def lo_que_siempre_se_cumple() -> list[Invariante]:
    return invariantes.de_esta_sala()
