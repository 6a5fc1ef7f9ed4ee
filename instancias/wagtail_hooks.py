"""What this room gives to the admin and to the shared menus. Hooks only register."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from marco.alarma.visto import para_el_menu
from marco.invariantes import Invariante
from marco.menu import EntradaDeMenu
from marco.respaldo.memoria import Recuerdo

from . import invariantes
from .acceso.confirmar import pedir_clave
from .acceso.editor import da_derechos
from .acceso.guardas import administracion_requerida
from .acceso.services.claves import poner_clave_inicial
from .acceso.sesion import CENTRO
from .apartados import Apartado
from .consultas.privilegios import puede_dar, toca_revisar
from .consultas.puerta import estado_de_la_puerta
from .contacto import Centro, centros
from .fusiones import Parte
from .politica import NINGUNO
from .services import apartados, respaldo, retencion
from .services.partes_de_un_registro import de_esta_sala
from .vencimientos import Vencimiento
from .viewsets import AvisoDeRevision, InstanciasViewSetGroup

ACCIONES = (
    ("instancias.entrar", gettext_lazy("Entrar"), gettext_lazy("Entró")),
    ("instancias.salir", gettext_lazy("Salir"), gettext_lazy("Salió")),
    ("instancias.crear_enlace", gettext_lazy("Crear enlace"), gettext_lazy("Creó un enlace de acceso")),
    ("instancias.retirar_enlace", gettext_lazy("Retirar enlace"), gettext_lazy("Retiró un enlace que no envió")),
    ("instancias.cambiar_clave", gettext_lazy("Cambiar clave"), gettext_lazy("Cambió su clave")),
    ("instancias.cerrar_sesiones", gettext_lazy("Cerrar sesiones"), gettext_lazy("Cerró otras sesiones suyas")),
    ("instancias.confirmar_clave", gettext_lazy("Confirmar clave"), gettext_lazy("Escribió otra vez su clave")),
    ("instancias.dar_alcance", gettext_lazy("Dar territorio"), gettext_lazy("Dio a la cuenta un territorio")),
    ("instancias.retirar_alcance", gettext_lazy("Retirar territorio"), gettext_lazy("Le retiró un territorio")),
    ("instancias.dar_rol", gettext_lazy("Dar rol"), gettext_lazy("Dio a la cuenta un rol del editor")),
    ("instancias.empezar_rol", gettext_lazy("Empezar rol"), gettext_lazy("Su rol del editor empezó en su día")),
    ("instancias.terminar_rol", gettext_lazy("Terminar rol"), gettext_lazy("Su rol del editor terminó en su día")),
    ("instancias.retirar_grupo", gettext_lazy("Retirar grupo"), gettext_lazy("La retiró de un grupo")),
    ("instancias.firmar_revision", gettext_lazy("Firmar revisión"), gettext_lazy("Firmó la revisión de privilegios")),
    ("instancias.solo_lectura", gettext_lazy("Solo lectura"), gettext_lazy("Dejó el aula en solo lectura, o la abrió")),
    ("instancias.poner_factor", gettext_lazy("Poner segundo paso"), gettext_lazy("Puso un segundo paso para entrar")),
    ("instancias.pasar_factor", gettext_lazy("Segundo paso"), gettext_lazy("Pasó el segundo paso al entrar")),
    ("instancias.quitar_factor", gettext_lazy("Quitar segundo paso"), gettext_lazy("Quitó un segundo paso suyo")),
    (
        "instancias.quitar_factor_ajeno",
        gettext_lazy("Quitar el segundo paso de otra cuenta"),
        gettext_lazy("Quitó el segundo paso de esta cuenta"),
    ),
    ("instancias.aceptar_aviso", gettext_lazy("Aceptar aviso"), gettext_lazy("Revisó sus datos y aceptó el aviso")),
    ("instancias.registrar", gettext_lazy("Registrar persona"), gettext_lazy("Registró a la persona")),
    ("instancias.sentar", gettext_lazy("Dar asiento"), gettext_lazy("Le dio un asiento")),
    ("instancias.corregir", gettext_lazy("Corregir datos"), gettext_lazy("Corrigió sus datos")),
    ("instancias.cesar", gettext_lazy("Entregar el asiento"), gettext_lazy("Registró la entrega de su asiento")),
    ("instancias.deshacer_relevo", gettext_lazy("Deshacer cambio"), gettext_lazy("Deshizo un cambio de autoridades")),
    ("instancias.cambiar_correo", gettext_lazy("Cambiar correo"), gettext_lazy("Cambió su correo")),
    ("instancias.deshacer_lista", gettext_lazy("Deshacer lista"), gettext_lazy("Deshizo la lista que lo registró")),
    ("instancias.fusionar", gettext_lazy("Unir registros"), gettext_lazy("Unió dos registros de la persona")),
    ("instancias.deshacer_fusion", gettext_lazy("Separar registros"), gettext_lazy("Separó dos registros unidos")),
    ("instancias.distinguir", gettext_lazy("Son dos personas"), gettext_lazy("Dijo que no es la de otro registro")),
    (
        "instancias.dejar_de_distinguir",
        gettext_lazy("Pueden ser una"),
        gettext_lazy("Retiró que no era la de otro registro"),
    ),
    ("instancias.soltar_documento", gettext_lazy("Soltar documento"), gettext_lazy("Soltó un documento unido")),
    ("instancias.declarar", gettext_lazy("Declarar un dato"), gettext_lazy("Declaró un dato voluntario")),
    ("instancias.retirar_dato", gettext_lazy("Retirar un dato"), gettext_lazy("Retiró un dato voluntario")),
    ("instancias.suprimir", gettext_lazy("Suprimir datos"), gettext_lazy("Se suprimieron sus datos")),
    ("instancias.pedir", gettext_lazy("Pedir sobre sus datos"), gettext_lazy("Pidió algo sobre sus datos")),
    ("instancias.responder", gettext_lazy("Responder pedido"), gettext_lazy("Se respondió su pedido sobre sus datos")),
    (
        "instancias.descargar_datos",
        gettext_lazy("Descargar sus datos"),
        gettext_lazy("Descargó una copia de sus datos"),
    ),
    ("instancias.retirar_aviso", gettext_lazy("Retirar consentimiento"), gettext_lazy("Retiró su consentimiento")),
    ("instancias.cambiar_celular", gettext_lazy("Cambiar celular"), gettext_lazy("Cambió su celular")),
)


@hooks.register("register_log_actions")
def acciones_de_acceso(registro: LogActionRegistry) -> None:
    for accion, etiqueta, mensaje in ACCIONES:
        registro.register_action(accion, etiqueta, mensaje)


@hooks.register("menu_del_aula")
def menu_inicio(request: HttpRequest) -> EntradaDeMenu:
    return EntradaDeMenu(clave="inicio", texto=_("Inicio"), url=settings.LOGIN_REDIRECT_URL, orden=10)


@hooks.register("menu_del_aula")
def menu_ayuda(request: HttpRequest) -> EntradaDeMenu:
    return EntradaDeMenu(clave="ayuda", texto=_("Ayuda"), url=reverse("kuska_instancias:ayuda"), orden=40)


@hooks.register("menu_del_aula")
def menu_mi_cuenta(request: HttpRequest) -> EntradaDeMenu:
    return EntradaDeMenu(clave="mi_cuenta", texto=_("Mi cuenta"), url=reverse("kuska_instancias:mi_cuenta"), orden=50)


@hooks.register("register_admin_menu_item")
def mi_cuenta_en_el_editor() -> MenuItem:
    """The account of Wagtail has neither the key, nor the second step, nor the sessions: they are on that page."""
    url = reverse("kuska_instancias:mi_cuenta")
    return MenuItem(gettext_lazy("Mi cuenta"), url, name="mi-cuenta", icon_name="user", order=20_000)


@hooks.register("menu_del_personal")
def menu_pedidos(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(clave="pedidos", texto=_("Pedidos"), url=reverse("kuska_instancias:pedidos"), orden=45)


@hooks.register("copia_de_mis_datos")
def copia_para_una_maquina(request: HttpRequest) -> EntradaDeMenu:
    url = reverse("kuska_instancias:copia_en_json")
    return EntradaDeMenu(clave="json", texto=_("Copia para otro sistema (JSON)"), url=url, orden=20)


@hooks.register("oficina_a_la_mano")
def oficina_de_quien_entro(request: HttpRequest) -> Centro | None:
    """The office noted at sign-in: who it is was asked once, not on every page."""
    centro_id = request.session.get(CENTRO)
    return centros().get(centro_id) if centro_id else None


@hooks.register("menu_del_personal")
def menu_personas(request: HttpRequest) -> EntradaDeMenu:
    return EntradaDeMenu(
        clave="personas", texto=_("Personas y asientos"), url=reverse("kuska_instancias:personas"), orden=20
    )


@hooks.register("menu_del_personal")
def menu_privilegios(request: HttpRequest) -> EntradaDeMenu | None:
    """For who may give rights. To who administers it also tells that the list waits for a signature."""
    if not puede_dar(getattr(request, "alcance", NINGUNO)):
        return None
    texto = _("Cuentas")
    if request.user.is_superuser and toca_revisar(ahora=timezone.now()):
        texto = _("Cuentas (por revisar)")
    return EntradaDeMenu(clave="privilegios", texto=texto, url=reverse("kuska_instancias:privilegios"), orden=90)


@hooks.register("menu_del_personal")
def menu_estado(request: HttpRequest) -> EntradaDeMenu | None:
    """How the service is: only for who administers it, and on each page whether something is wrong."""
    if not request.user.is_superuser:
        return None
    malas, texto = para_el_menu(), _("Estado del aula")
    if malas is None:
        texto = _("Estado del aula (por mirar)")
    elif malas:
        texto = _("Estado del aula (%(n)d mal)") % {"n": malas}
    return EntradaDeMenu(clave="estado", texto=texto, url=reverse("kuska_instancias:estado"), orden=95)


@hooks.register("construct_homepage_panels")
def aviso_de_revision(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.is_superuser and toca_revisar(ahora=timezone.now()):
        panels.insert(0, AvisoDeRevision())


@hooks.register("register_admin_urls")
def informes_solo_de_administracion() -> list[Any]:
    """The reports of Wagtail know no territory: the history of the site names acts on people of all of them.

    Wagtail asks for this while it builds its addresses, so each report is closed before it can be reached; imported
    earlier, they would be built before every room registered its own.
    """
    from wagtail.admin.urls import reports

    decorate_urlpatterns(reports.urlpatterns, administracion_requerida)
    return []


@hooks.register("before_bulk_action")
def clave_antes_de_darlos_a_varias(request: HttpRequest, _acto: str, _filas: Any, lote: Any) -> HttpResponse | None:
    """Roles, states and deletions of many accounts at once are rights over others too."""
    return pedir_clave(request) if da_derechos(lote.model) else None


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def clave_puesta_por_otra_persona(request: HttpRequest, user: Any) -> None:
    if request.POST.get("password1"):
        poner_clave_inicial(cuenta=user, por=request.user, ahora=timezone.now())


@hooks.register("register_admin_viewset")
def registros_de_instancias() -> InstanciasViewSetGroup:
    return InstanciasViewSetGroup()


@hooks.register("parte_de_un_registro", order=0)
def partes_de_esta_sala() -> list[Parte]:
    return de_esta_sala()


@hooks.register("apartado_de_una_persona", order=0)
def apartados_de_esta_sala() -> list[Apartado]:
    return apartados.de_esta_sala()


@hooks.register("lo_que_sobrevive", order=0)
def lo_que_sobrevive_de_esta_sala() -> list[Recuerdo]:
    return [respaldo.Suprimidos(), respaldo.EnviosPorCorreo()]


@hooks.register("datos_que_vencen", order=0)
def datos_de_esta_sala_que_vencen() -> list[Vencimiento]:
    return retencion.de_esta_sala()


hooks.register("estado_del_aula", estado_de_la_puerta)


@hooks.register("invariantes")
def lo_que_siempre_se_cumple() -> list[Invariante]:
    return invariantes.de_esta_sala()
