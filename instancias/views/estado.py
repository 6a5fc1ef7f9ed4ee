"""How the service is, for who administers the site: what each line means, and the three acts that it offers."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marco.alarma.visto import a_quienes, recien_visto
from marco.errores import ErrorDeDominio
from marco.estado import lineas
from marco.invariantes import reglas_rotas
from marco.models import AjustesDelAula, Encargo
from marco.razones import como_frase
from marco.services.avisar import probar
from marco.services.encargos import reintentar
from marco.services.pausa import poner_solo_lectura, volver_a_guardar
from marco.solo_lectura import sin_guardar_tambien
from marco.tasks import pedir_comprobacion

from ..acceso.confirmar import clave_reciente
from ..acceso.guardas import administracion_requerida
from ..consultas.trabajos import sin_terminar
from ..rastro import anotar_de_cuenta
from ..trabajos import clase_de

ESTADO = "kuska_instancias:estado"
DETENIDOS = 50


@administracion_requerida
@require_safe
def estado(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    dichas = lineas(ahora=ahora)
    recien_visto(dichas, ahora=ahora)
    nombres = {clave: uno for app in apps.get_app_configs() for clave, uno in getattr(app, "trabajos", {}).items()}
    detenidos = list(Encargo.objects.detenidos().order_by("-detenido_en")[:DETENIDOS])
    for uno in detenidos:
        uno.nombre = nombres.get(uno.tarea, _("Un trabajo de otra parte del sitio"))
        uno.porque = como_frase(uno.motivo)
    contexto = {
        "lineas": dichas,
        "detenidos": detenidos,
        "largos": [(uno, clase_de(uno), clase_de(uno).progreso(uno)) for uno in sin_terminar(ahora=ahora)],
        "rotas": reglas_rotas(),
        "en_pausa": AjustesDelAula.actuales().solo_lectura_desde,
        "avisos_a": len(a_quienes()),
        "seccion": "estado",
    }
    return render(request, "kuska/instancias/personal/estado.html", contexto)


@sin_guardar_tambien
@administracion_requerida
@require_POST
@clave_reciente
def pausar(request: HttpRequest) -> HttpResponse:
    """Leave the site for reading only, or let it save again, as the button says."""
    if request.POST.get("pausa") == "si":
        cambio, dicho = poner_solo_lectura(ahora=timezone.now(), por=request.user), _("El aula quedó en solo lectura.")
    else:
        cambio, dicho = volver_a_guardar(por=request.user), _("El aula guarda otra vez.")
    if cambio:
        anotar_de_cuenta(
            accion="instancias.solo_lectura", cuenta=request.user, datos={"pausa": request.POST.get("pausa") == "si"}
        )
    messages.success(request, dicho)
    return redirect(ESTADO)


@administracion_requerida
@require_POST
def volver_a_intentar(request: HttpRequest, pk: int) -> HttpResponse:
    if reintentar(encargo_id=pk, ahora=timezone.now()):
        messages.success(request, _("Se intentará otra vez."))
    else:
        messages.info(request, _("Ese trabajo ya no estaba detenido."))
    return redirect(ESTADO)


@administracion_requerida
@require_POST
def comprobar(request: HttpRequest) -> HttpResponse:
    pedir_comprobacion()
    messages.success(request, _("Se está comprobando lo guardado. Vuelva a esta página en unos minutos."))
    return redirect(ESTADO)


@administracion_requerida
@require_POST
def aviso_de_prueba(request: HttpRequest) -> HttpResponse:
    """Send one now, so that whoever set the mail up knows that it arrives."""
    try:
        n = probar()
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        dicho = ngettext(
            "El aviso de prueba salió a %(n)d correo. Mire si llegó, también en «No deseados».",
            "El aviso de prueba salió a %(n)d correos. Mire si llegó, también en «No deseados».",
            n,
        )
        messages.success(request, dicho % {"n": n})
    return redirect(ESTADO)
