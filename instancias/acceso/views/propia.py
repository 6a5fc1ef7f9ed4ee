"""What a member does with their own key and data."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.contexto import COOKIE_DE_LETRA, LETRAS
from marco.errores import ErrorDeDominio
from marco.forms import datos_de
from marco.models import AjustesDelAula
from marco.salida import cerrar

from ...declarados import declarados_por
from ...models import DatoDeclarado, Persona
from ...politica import se_sabe_del_personal
from .. import conocidos, sesion
from ..autenticacion import persona_de
from ..forms import CambiarClaveForm, CelularForm, CorreoForm, CrearClaveForm
from ..guardas import antes_de_revisar, integrante_requerido, pedir_entrada, siguiente_de
from ..ip import ip_de
from ..novedades import Novedad, desde_hace_poco, novedades_de
from ..services.claves import cambiar_clave, crear_clave, minimo_de, proponer_clave
from ..services.cuenta import cambiar_celular, cambiar_correo, confirmar_datos, preferir_ahorro, seguir_sin_aceptar
from ..services.sesiones import Abierta, cerrar_sesiones, sesiones_de

UN_ANIO = 60 * 60 * 24 * 365


@sensitive_post_parameters("clave")
@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@antes_de_revisar
def crear(request: HttpRequest) -> HttpResponse:
    """Get a key: the one proposed, or one's own. Only for who has none or came in by a link."""
    if request.user.has_usable_password() and not request.session.get(sesion.POR_ENLACE):
        return redirect("kuska_instancias:cambiar_clave")
    formulario = CrearClaveForm(datos_de(request))
    if formulario.is_valid():
        try:
            crear_clave(cuenta=request.user, clave=formulario.cleaned_data["clave"], ahora=timezone.now())
        except ErrorDeDominio as error:
            formulario.add_error("clave", error.mensaje)
        else:
            for una in (sesion.POR_ENLACE, sesion.CLAVE_CORTA):
                request.session.pop(una, None)
            update_session_auth_hash(request, request.user)
            return redirect("kuska_instancias:mis_datos")
    propuesta = proponer_clave(persona=request.persona, sesion=request.session.session_key or "")
    contexto = {
        "form": formulario,
        "propuesta": propuesta,
        "propia": "propia" in request.GET or formulario.is_bound or not propuesta,
        "tiene_clave": request.user.has_usable_password(),
    }
    return render(request, "kuska/instancias/crear_clave.html", contexto)


def filas_de_datos(persona: Persona) -> list[dict]:
    """Rows of the summary list: what the site knows about a person. Three statements; four without a seat."""
    ayuda = reverse("kuska_instancias:ayuda") + "?tema=datos#corregir"
    filas = [
        {"nombre": _("Nombre"), "valor": persona.nombre_completo, "url": ayuda},
        {"nombre": persona.get_tipo_de_documento_display(), "valor": persona.documento, "url": ayuda},
    ]
    tenidas = persona.membresias.select_related(
        "asiento__tipo", "asiento__institucion", "asiento__instancia__territorio"
    )
    # Without a seat, the last one that ended.
    for membresia in tenidas.sin_terminar() or tenidas.de_algun_dia().order_by("-hasta")[:1]:
        asiento = membresia.asiento
        filas += [
            {"nombre": _("Institución"), "valor": asiento.institucion or _("Por indicar"), "url": ayuda},
            {
                "nombre": _("Asiento"),
                "valor": _("%(asiento)s (%(calidad)s)")
                % {"asiento": asiento, "calidad": membresia.get_calidad_display().lower()},
                "url": ayuda,
            },
            {"nombre": _("Lugar"), "valor": asiento.instancia.territorio.nombre, "url": ayuda},
        ]
        if membresia.desde > timezone.localdate():
            filas.append({"nombre": _("Empieza el"), "valor": date_format(membresia.desde), "url": ayuda})
        elif membresia.hasta and membresia.hasta < timezone.localdate():
            dicho = _("Terminó el %(dia)s") % {"dia": date_format(membresia.hasta)}
            filas.append({"nombre": _("Este asiento"), "valor": dicho, "url": ayuda})
    filas.append(
        {"nombre": _("Celular"), "valor": _en_grupos(persona.celular), "url": reverse("kuska_instancias:mi_celular")}
    )
    if persona.correo or AjustesDelAula.actuales().correo_activo:
        filas.append({"nombre": _("Correo"), "valor": persona.correo, "url": reverse("kuska_instancias:mi_correo")})
    dichos = declarados_por(persona.pk)
    for campo, nombre in DatoDeclarado.Campo.choices:
        url = reverse("kuska_instancias:declarar", args=[campo])
        filas.append({"nombre": nombre, "valor": dichos.get(campo) or _("Sin declarar (es voluntario)"), "url": url})
    return filas


def _en_grupos(celular: str) -> str:
    return " ".join(celular[i : i + 3] for i in range(0, len(celular), 3))


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@antes_de_revisar
def mis_datos(request: HttpRequest) -> HttpResponse:
    """Review one's data and read the notice; «Está correcto» records the consent with the words shown."""
    if not request.user.has_usable_password():
        return redirect("kuska_instancias:crear_clave")
    ajustes = AjustesDelAula.actuales()
    if request.method == "POST":
        decidir = seguir_sin_aceptar if request.POST.get("acepta") == "no" else confirmar_datos
        try:
            decidir(
                persona=request.persona,
                version=ajustes.clave_del_aviso,
                texto=ajustes.aviso_de_datos,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            messages.info(request, error.mensaje)
            return redirect(reverse("kuska_instancias:mis_derechos") + "#acepto")
        return redirect(settings.LOGIN_REDIRECT_URL)
    contexto = {
        "filas": filas_de_datos(request.persona),
        "aviso": ajustes.aviso_de_datos.splitlines(),
        "revisados": request.persona.datos_revisados_en,
        "cambio_el_aviso": request.persona.aviso_visto not in ("", ajustes.clave_del_aviso),
        "aceptado": request.persona.consentimientos.filter(retirado_en__isnull=True).first(),
    }
    return render(request, "kuska/instancias/mis_datos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@antes_de_revisar
def mi_celular(request: HttpRequest) -> HttpResponse:
    formulario = CelularForm(datos_de(request), initial={"celular": _en_grupos(request.persona.celular)})
    if formulario.is_valid():
        try:
            cambiar_celular(persona=request.persona, celular=formulario.cleaned_data["celular"])
        except ErrorDeDominio as error:
            formulario.add_error("celular", error.mensaje)
        else:
            messages.success(
                request, _("Guardamos su celular.") if request.persona.celular else _("Borramos su celular.")
            )
            return redirect(
                "kuska_instancias:mi_cuenta" if request.persona.datos_revisados_en else "kuska_instancias:mis_datos"
            )
    return render(request, "kuska/instancias/mi_celular.html", {"form": formulario, **_si_acepta(request.persona)})


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@antes_de_revisar
def mi_correo(request: HttpRequest) -> HttpResponse:
    formulario = CorreoForm(datos_de(request), initial={"correo": request.persona.correo})
    if formulario.is_valid():
        try:
            cambiar_correo(persona=request.persona, correo=formulario.cleaned_data["correo"])
        except ErrorDeDominio as error:
            formulario.add_error("correo", error.mensaje)
        else:
            messages.success(request, _("Guardamos su correo.") if request.persona.correo else _("Borramos su correo."))
            return redirect(
                "kuska_instancias:mi_cuenta" if request.persona.datos_revisados_en else "kuska_instancias:mis_datos"
            )
    return render(request, "kuska/instancias/mi_correo.html", {"form": formulario, **_si_acepta(request.persona)})


def _si_acepta(persona: Persona) -> dict[str, bool]:
    """What a page that asks for a way to write says before it is filled, to who did not accept being written to."""
    return {"sin_aceptar": persona.no_acepta()}


@require_safe
@integrante_requerido
def _cuenta_de_integrante(request: HttpRequest) -> HttpResponse:
    contexto = {"filas": filas_de_datos(request.persona), "sesiones": _sesiones(request)}
    contexto |= {"trabaja_aqui": se_sabe_del_personal(request.user), "novedades": _novedades(request)}
    return render(request, "kuska/instancias/mi_cuenta.html", contexto)


def _novedades(request: HttpRequest) -> list[Novedad]:
    return novedades_de(request.user, desde=desde_hace_poco(timezone.now()))


def _sesiones(request: HttpRequest) -> list[Abierta]:
    return sesiones_de(request.user, esta=request.session.session_key, ahora=timezone.now())


@require_safe
def mi_cuenta(request: HttpRequest) -> HttpResponse:
    """A member's own page; for staff, who have no seat to show, just their key and the way out."""
    if request.user.is_authenticated and persona_de(request.user) is None:
        contexto = {"inicio": reverse("kuska_instancias:seguir"), "sesiones": _sesiones(request)}
        contexto["novedades"] = _novedades(request)
        return render(request, "kuska/instancias/cuenta_del_personal.html", contexto)
    return _cuenta_de_integrante(request)


@sensitive_post_parameters("actual", "nueva")
@require_http_methods(["GET", "HEAD", "POST"])
def cambiar(request: HttpRequest) -> HttpResponse:
    """Change the key, for members and staff alike. Every other session of the account ends."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    request.persona = persona_de(request.user)
    siguiente = siguiente_de(request)
    formulario = CambiarClaveForm(datos_de(request), minimo=minimo_de(request.user))
    if formulario.is_valid():
        try:
            cambiar_clave(
                cuenta=request.user,
                actual=formulario.cleaned_data["actual"],
                nueva=formulario.cleaned_data["nueva"],
                ip=ip_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(
                "actual" if error.codigo in {"actual_no_coincide", "espere"} else "nueva", error.mensaje
            )
        else:
            request.session.pop(sesion.CLAVE_CORTA, None)
            cerrar_sesiones(request.user, esta=request.session.session_key)
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Su clave cambió. Cerramos las otras sesiones abiertas."))
            return redirect(siguiente or "kuska_instancias:mi_cuenta")
    contexto = {
        "form": formulario,
        "siguiente": siguiente,
        "obligado": sesion.debe_cambiar_la_clave(request, request.user),
    }
    return render(request, "kuska/instancias/cambiar_clave.html", contexto)


@require_POST
@integrante_requerido
def preferencias(request: HttpRequest) -> HttpResponse:
    """Letter size lives in this phone; saving data follows the person."""
    respuesta = redirect("kuska_instancias:mi_cuenta")
    if "ahorro" in request.POST:
        preferir_ahorro(persona=request.persona, ahorra=request.POST["ahorro"] == "si")
    if "letra" in request.POST:
        letra = request.POST["letra"]
        if letra in LETRAS:
            respuesta.set_cookie(
                COOKIE_DE_LETRA, letra, max_age=UN_ANIO, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        else:
            respuesta.delete_cookie(COOKIE_DE_LETRA)
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
def borrar_del_celular(request: HttpRequest) -> HttpResponse:
    """Forget this phone: session, saved pages, cookies. What the server keeps stays."""
    if request.method != "POST":
        return render(request, "kuska/instancias/borrar_del_celular.html")
    cerrar(request)
    respuesta = redirect("/")
    respuesta["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    conocidos.olvidar(respuesta)
    respuesta.delete_cookie(COOKIE_DE_LETRA)
    return respuesta
