"""What this room gives to the admin and to the bar of the staff. Hooks only register."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from instancias.apartados import Apartado
from instancias.fusiones import Parte
from instancias.politica import alcance_de
from instancias.vencimientos import Vencimiento
from marco.invariantes import Invariante
from marco.menu import EntradaDeMenu
from marco.respaldo.memoria import Recuerdo

from . import invariantes
from .consultas.partes_de_un_registro import de_esta_sala
from .services import apartados
from .services.apartados import RecordatoriosViejos
from .services.respaldo import ResumenesEnviados
from .views import salud
from .viewsets import MetaViewSet

ACCIONES = (
    ("seguimiento.ya_avise", gettext_lazy("Ya avisé"), gettext_lazy("Anotó que avisó")),
    ("seguimiento.metas", gettext_lazy("Poner metas"), gettext_lazy("Puso las metas de su ámbito")),
    ("seguimiento.lector", gettext_lazy("Crear clave de lectura"), gettext_lazy("Creó una clave de lectura")),
    (
        "seguimiento.lector_revocado",
        gettext_lazy("Revocar clave de lectura"),
        gettext_lazy("Revocó una clave de lectura"),
    ),
    ("seguimiento.resumen", gettext_lazy("Pedir el resumen"), gettext_lazy("Pidió el resumen de la semana por correo")),
    ("seguimiento.resumen_no", gettext_lazy("Dejar el resumen"), gettext_lazy("Dejó de recibir el resumen por correo")),
    ("seguimiento.guardar_informe", gettext_lazy("Guardar informe"), gettext_lazy("Guardó un informe")),
    ("seguimiento.borrar_informe", gettext_lazy("Borrar informe"), gettext_lazy("Borró un informe")),
    ("seguimiento.sacar_informe", gettext_lazy("Descargar informe"), gettext_lazy("Descargó un informe")),
    ("seguimiento.exportar", gettext_lazy("Descargar avance"), gettext_lazy("Descargó el avance de su ámbito")),
)


@hooks.register("register_log_actions")
def acciones(registro: LogActionRegistry) -> None:
    for accion, etiqueta, mensaje in ACCIONES:
        registro.register_action(accion, etiqueta, mensaje)


@hooks.register("menu_del_personal")
def menu_panel(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(clave="panel", texto=_("Panel"), url=reverse("kuska_seguimiento:panel"), orden=10)


@hooks.register("menu_del_personal")
def menu_recordar(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(
        clave="recordar", texto=_("A quién recordar"), url=reverse("kuska_seguimiento:recordar"), orden=20
    )


@hooks.register("menu_del_personal")
def menu_actas(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(clave="actas", texto=_("Actas y cierres"), url=reverse("kuska_seguimiento:actas"), orden=45)


@hooks.register("menu_del_personal")
def menu_informes(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(clave="informes", texto=_("Informes"), url=reverse("kuska_seguimiento:informes"), orden=47)


class EntradaAlPanel(MenuItem):
    """Only for those who follow somebody."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(alcance_de(request.user, hoy=timezone.localdate()))


@hooks.register("register_admin_menu_item")
def menu_del_editor() -> MenuItem:
    return EntradaAlPanel(_("Panel"), reverse("kuska_seguimiento:panel"), name="panel", icon_name="table", order=100)


@hooks.register("register_admin_urls")
def direcciones_del_editor() -> list[Any]:
    return [path("cursos/salud/<int:pk>/", salud.en_el_editor, name="cursos_salud")]


@hooks.register("register_page_header_buttons")
def boton_de_salud(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if salud.puede_verla(user, page):
        yield Button(salud.TITULO, reverse("cursos_salud", args=[page.pk]), icon_name="history", priority=7)


@hooks.register("register_page_listing_more_buttons")
def boton_de_salud_en_la_lista(page: Any, user: Any, next_url: str | None = None) -> Any:
    if salud.puede_verla(user, page):
        yield Button(salud.TITULO, reverse("cursos_salud", args=[page.pk]), icon_name="history", priority=7)


@hooks.register("register_admin_viewset")
def pantalla_de_metas() -> MetaViewSet:
    return MetaViewSet("metas")


@hooks.register("parte_de_un_registro", order=40)
def partes_de_seguimiento() -> list[Parte]:
    return de_esta_sala()


@hooks.register("apartado_de_una_persona", order=40)
def apartados_de_seguimiento() -> list[Apartado]:
    return apartados.de_esta_sala()


@hooks.register("menu_del_personal")
def menu_copias(request: HttpRequest) -> EntradaDeMenu | None:
    if not request.user.is_superuser:
        return None
    return EntradaDeMenu(clave="copias", texto=_("Copias"), url=reverse("kuska_seguimiento:copias"), orden=95)


@hooks.register("lo_que_sobrevive", order=40)
def lo_que_sobrevive_de_seguimiento() -> list[Recuerdo]:
    return [ResumenesEnviados()]


@hooks.register("datos_que_vencen", order=40)
def datos_de_seguimiento_que_vencen() -> list[Vencimiento]:
    return [RecordatoriosViejos()]


@hooks.register("invariantes")
def lo_que_siempre_se_cumple() -> list[Invariante]:
    return invariantes.de_esta_sala()
