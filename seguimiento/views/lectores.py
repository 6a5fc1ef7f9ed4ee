"""Who reads the figures from another system: the list, a new key, shown once, and taking it back."""

from __future__ import annotations

import datetime

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instancias.acceso.confirmar import al_enviar
from instancias.acceso.guardas import personal_requerido
from marco.errores import ErrorDeDominio
from marco.numeros import MAYOR

from ..consultas.lectores import filas_de, lectores_de
from ..forms import LectorForm
from ..services.lectores import DIAS_DE_VIDA, POR_MINUTO, crear_lector, revocar_lector
from .comun import pagina_de

MEDIO_ANIO = datetime.timedelta(days=182)


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    pagina = pagina_de(request, lectores_de(request.alcance))
    filas = filas_de(pagina.object_list, hoy=timezone.localdate())
    contexto = {"seccion": "panel", "pagina": pagina, "filas": filas}
    return render(request, "kuska/seguimiento/lectores.html", contexto)


@sensitive_variables("clave")
@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@al_enviar
def nuevo(request: HttpRequest) -> HttpResponse:
    """The answer to the form is the only page that shows the key: nothing of it is kept to show it again."""
    hoy = timezone.localdate()
    formulario = LectorForm(
        request.POST if request.method == "POST" else None,
        lugares=_lugares(request),
        initial={"vence_el": hoy + MEDIO_ANIO, "ubigeo": request.GET.get("territorio", "")},
    )
    if formulario.is_valid():
        try:
            lector, clave = crear_lector(
                **formulario.cleaned_data, alcance=request.alcance, por=request.user, ahora=timezone.now()
            )
        except ErrorDeDominio as error:
            formulario.add_error(
                {"vence_mal": "vence_el", "fuera_de_alcance": "ubigeo"}.get(error.codigo), error.mensaje
            )
        else:
            return _mostrar_una_vez(request, lector, clave)
    contexto = {"seccion": "panel", "form": formulario, "dias": DIAS_DE_VIDA}
    return render(request, "kuska/seguimiento/lector_nuevo.html", contexto)


def _mostrar_una_vez(request: HttpRequest, lector, clave: str) -> HttpResponse:
    descripcion = request.build_absolute_uri(reverse("kuska_seguimiento:api_descripcion"))
    contexto = {
        "seccion": "panel",
        "lector": lector,
        "clave": clave,
        "descripcion": descripcion,
        "ejemplo": descripcion.replace("openapi.json", "cobertura"),
        "por_minuto": POR_MINUTO,
    }
    respuesta = render(request, "kuska/seguimiento/lector_creado.html", contexto)
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta


@require_POST
@personal_requerido(gestiona=True)
def revocar(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        revocar_lector(lector_id=min(pk, MAYOR), alcance=request.alcance, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        raise Http404 from error
    avisos.success(request, _("Clave revocada. Desde ahora ya no lee nada."))
    return redirect("kuska_seguimiento:lectores")


def _lugares(request: HttpRequest) -> list[tuple[str, str]]:
    """The territories of the scope. One statement."""
    territorios = request.alcance.territorios().order_by("ubigeo").defer("contorno")  # type: ignore[attr-defined]
    return [(uno.ubigeo, f"{uno.nombre} ({uno.get_nivel_display().lower()})") for uno in territorios]
