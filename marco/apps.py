from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from .sala import CUENTAS, MENSAJES, SESIONES, W_SIN_RESPUESTA, Paso, Sala


class MarcoConfig(Sala):
    default = True
    name = "marco"
    label = "kuska_marco"
    verbose_name = _("Marco")
    aplicaciones = (
        "wagtail.contrib.settings",
        "wagtail.snippets",
        "wagtail.admin",
        "wagtail.sites",
        "wagtail",
        "django.contrib.auth",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    )
    contextos = (
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "marco.contexto.aula",
    )
    pasos = (
        Paso(
            "marco.metricas.Mide",
            "Nobody counts how long answers take, nor what could not be kept.",
            encima_de="marco.lectura.LeeOtraVez",
        ),
        Paso(
            "marco.lectura.LeeOtraVez",
            "Whoever reads while the database starts again gets an error.",
            encima_de="marco.peticion.ConReferencia",
        ),
        Paso(
            "marco.peticion.ConReferencia",
            "A page that fails and the log do not name the same request.",
            encima_de=SESIONES,
        ),
        Paso(SESIONES, "Nobody could sign in.", imprescindible=True),
        Paso(CUENTAS, "Nobody could sign in.", debajo_de=SESIONES, imprescindible=True),
        Paso(MENSAJES, "No page could say what it did.", debajo_de=SESIONES, imprescindible=True),
        Paso(
            "marco.salida.SalidaPendiente",
            "«Salir rápido» does not end the session of a phone without signal, and sessions of staff last for weeks.",
            debajo_de=CUENTAS,
        ),
        Paso(
            "marco.caracteres.SoloLoQueSeGuarda",
            "A character that PostgreSQL refuses is not answered in words.",
            debajo_de=CUENTAS,
            aviso=W_SIN_RESPUESTA,
        ),
        Paso("marco.metodos.PaginaDeMetodo", "An address that only a button opens answers an empty page."),
        Paso(
            "marco.solo_lectura.SoloLectura",
            "With the disk full, what is sent is not refused before it is read.",
            debajo_de=CUENTAS,
            aviso=W_SIN_RESPUESTA,
        ),
        Paso(
            "marco.fallas.SabeQueSeGuardo",
            "A page that fails cannot tell whether something was saved.",
            debajo_de=CUENTAS,
            aviso=W_SIN_RESPUESTA,
        ),
    )
    direcciones = "marco.urls"
    tareas = {
        "marco.latir": 60,
        "marco.avisar": 300,
        "marco.mirar_tls": 900,
        "marco.enviar_encargos": 60,
        "marco.comprobar": 86400,
        "marco.respaldar": 1800,
        "marco.respaldar_seguido": 60,
    }
    trabajos = {
        "marco.avisar": _("Avisar de lo que está mal en el servicio"),
        "marco.comprobar": _("Comprobar lo guardado"),
        "marco.enviar_encargos": _("Enviar lo que espera"),
        "marco.latir": _("Decir que el reloj camina"),
        "marco.mirar_tls": _("Mirar hasta cuándo vale el TLS de la dirección"),
        "marco.respaldar": _("Empezar la copia de respaldo"),
        "marco.respaldar_seguido": _("Empezar la copia de cada pocos minutos"),
    }

    def ready(self) -> None:
        from . import checks, receivers, sentencias  # noqa: F401
        from .formulas import asegurar_exportaciones
        from .otra_version.editor import cuidar_el_editor
        from .version_de_la_base import cuidar_toda_puerta

        asegurar_exportaciones()
        cuidar_el_editor()
        cuidar_toda_puerta()
        connection_created.connect(sentencias.vigilar, dispatch_uid="kuska.sentencias")
