from django.utils.translation import gettext_lazy as _

from marco import direcciones as del_marco
from marco.sala import CUENTAS, SESIONES, Paso, Sala


class InstanciasConfig(Sala):
    default = True
    name = "instancias"
    label = "kuska_instancias"
    verbose_name = _("Instancias")
    sobre = ("marco",)
    entrada = "instancias.acceso.autenticacion.CuentasDelAula"
    pasos = (
        Paso(
            "instancias.acceso.sesion.CookieDeSesionCompartida",
            "On a shared phone the session does not end with the browser.",
            encima_de=SESIONES,
        ),
        Paso(
            "instancias.rastro.paso.DejaRastro",
            "Nobody can tell who looked at the data of a person, as DS 016-2024-JUS asks.",
            debajo_de=CUENTAS,
        ),
    )
    direcciones = "instancias.urls"
    tareas = {
        "instancias.seguir_listas": 60,
        "instancias.seguir_trabajos": 60,
        "instancias.olvidar_frenos": 3600,
        "instancias.olvidar_listas": 3600,
        "instancias.olvidar_rastro": 86400,
        "instancias.recoger_fusiones": 3600,
        "instancias.olvidar_sesiones": 86400,
        "instancias.poner_roles_al_dia": 3600,
        "instancias.retener": 86400,
        "instancias.enviar_correos": 300,
    }
    trabajos = {
        "instancias.enviar_correos": _("Enviar enlaces por correo"),
        "instancias.trabajar_lista": _("Leer o guardar una lista larga"),
        "instancias.seguir_listas": _("Retomar las listas largas"),
        "instancias.hacer_trabajo": _("Hacer un trabajo largo"),
        "instancias.seguir_trabajos": _("Retomar los trabajos largos"),
        "instancias.olvidar_frenos": _("Olvidar los intentos de entrada"),
        "instancias.olvidar_listas": _("Quitar las listas que nadie confirmó"),
        "instancias.olvidar_rastro": _("Quitar las líneas de más de dos años"),
        "instancias.olvidar_sesiones": _("Quitar las sesiones que terminaron"),
        "instancias.poner_roles_al_dia": _("Empezar y terminar los roles en su día"),
        "instancias.recoger_fusiones": _("Juntar lo que llegó a un registro repetido"),
        "instancias.retener": _("Quitar los datos cuyo plazo terminó"),
    }

    def ready(self) -> None:
        from marco.fallas import se_escribe_de_paso
        from marco.salida import ESPERAS, LIMITES
        from marco.sin_senal import se_va

        from . import checks, fusiones, receivers  # noqa: F401
        from .acceso.editor import pedir_la_clave
        from .acceso.segundo import espera_su_factor, sigue_a_medias
        from .acceso.sesion import espera_su_clave, sigue_la_jornada
        from .models import FrenoDeEntrada, LineaDeRastro
        from .rastro.editor import anotar_descargas
        from .services.roles import sigue_con_sus_roles

        anotar_descargas()
        pedir_la_clave()  # above the line: a file that was not given leaves none
        se_escribe_de_paso(FrenoDeEntrada)
        se_escribe_de_paso(LineaDeRastro)
        LIMITES.update((sigue_la_jornada, sigue_a_medias, sigue_con_sus_roles))
        ESPERAS.update((espera_su_clave, espera_su_factor))
        se_va(*(f"kuska_instancias:{una}" for una in ("cerrar_sesion", "cambiar_de_persona", "borrar_del_celular")))
        del_marco.registrar(
            entrar="kuska_instancias:entrar",
            menu="kuska_instancias:menu",
            ayuda="kuska_instancias:ayuda",
            estado="kuska_instancias:estado",
            mi_cuenta="kuska_instancias:mi_cuenta",
            navegar_con_cuidado="kuska_instancias:navegar_con_cuidado",
        )
