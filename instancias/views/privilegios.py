"""Who works here and what each may do: seen, given, taken away and signed from the panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.errores import ErrorDeDominio
from marco.forms import datos_de

from ..acceso.confirmar import clave_reciente
from ..acceso.forms import QuitarFactorForm
from ..acceso.guardas import administracion_requerida, personal_requerido
from ..acceso.services.factores import factores_de, quitar_ajeno
from ..consultas.privilegios import leer_firmada, listar, puede_dar, toca_revisar
from ..forms_privilegios import DarAlcanceForm, DarRolForm
from ..models import RevisionDePrivilegios
from ..politica import manda_sobre
from ..rastro import se_vio
from ..services import privilegios, roles

Vista = Callable[..., HttpResponse]
LISTA = "kuska_instancias:privilegios"
POR_PAGINA = 50


def quien_da(vista: Vista) -> Vista:
    """Only for who has something below to give; for anybody else there is no such page."""

    @personal_requerido
    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not puede_dar(request.alcance):
            raise Http404
        return vista(request, *args, **kwargs)

    return envoltura


@quien_da
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    filas = listar(por=request.user, alcance=request.alcance, ahora=ahora)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("pagina"))
    ajenas = [una for una in pagina.object_list if not una.mia]
    personas = [una.persona_id for una in ajenas]
    se_vio(request, personas, sin_numero=personas.count(None))
    contexto: dict[str, Any] = {"pagina": pagina, "seccion": "privilegios"}
    if request.user.is_superuser:
        contexto |= {
            # Of the list as it began to be read: whoever signs on the last page signs the pages before it too.
            "vista": request.GET.get("vista") or privilegios.huella_de([una.firma() for una in filas]),
            "toca": toca_revisar(ahora=ahora),
            "revisiones": RevisionDePrivilegios.objects.select_related("firmada_por").defer("listado")[:10],
        }
    return render(request, "kuska/instancias/personal/privilegios.html", contexto)


@quien_da
@require_http_methods(["GET", "HEAD", "POST"])
@clave_reciente
def dar(request: HttpRequest) -> HttpResponse:
    datos = datos_de(request) if "quien" in request.POST else None
    form = DarAlcanceForm(datos, alcance=request.alcance, administra=request.user.is_superuser)
    if form.is_valid():
        try:
            dado = privilegios.dar_alcance(
                cuenta=form.cleaned_data["quien"],
                territorio=form.cleaned_data["territorio"],
                desde=form.cleaned_data["desde"],
                hasta=form.cleaned_data["hasta"],
                por=request.user,
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            form.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Listo: coordina %(lugar)s.") % {"lugar": dado.territorio})
            return redirect(LISTA)
    contexto = {"form": form, "ofrecidos": form.ofrecidos(), "seccion": "privilegios"}
    return render(request, "kuska/instancias/personal/dar_alcance.html", contexto)


@administracion_requerida
@require_http_methods(["GET", "HEAD", "POST"])
@clave_reciente
def dar_rol(request: HttpRequest) -> HttpResponse:
    """The same for a role of the editor. The address may say whose and which, to put days on one that is had."""
    ahora = timezone.now()
    datos = datos_de(request) if "quien" in request.POST else None
    inicial = {clave: request.GET[clave] for clave in ("quien", "grupo") if request.GET.get(clave)}
    form = DarRolForm(datos, alcance=request.alcance, administra=True, initial=inicial)
    if form.is_valid():
        try:
            dado = roles.dar_rol(
                cuenta=form.cleaned_data["quien"],
                grupo=form.cleaned_data["grupo"],
                desde=form.cleaned_data["desde"],
                hasta=form.cleaned_data["hasta"],
                por=request.user,
                ahora=ahora,
            )
        except ErrorDeDominio as error:
            form.add_error(None, error.mensaje)
        else:
            messages.success(request, _("Listo: se guardaron los días del rol %(rol)s.") % {"rol": dado.grupo})
            return redirect(LISTA)
    contexto = {"form": form, "seccion": "privilegios"}
    return render(request, "kuska/instancias/personal/dar_rol.html", contexto)


@quien_da
@require_POST
@clave_reciente
def retirar(request: HttpRequest, pk: int) -> HttpResponse:
    visibles = listar(por=request.user, alcance=request.alcance, ahora=timezone.now())
    if pk not in {uno.pk for fila in visibles for uno in fila.alcances}:
        raise Http404
    return _hecho(
        request,
        lambda: privilegios.retirar_alcance(alcance_id=pk, por=request.user, ahora=timezone.now()),
        _("Se retiró. Cerramos las sesiones de esa cuenta."),
    )


@administracion_requerida
@require_POST
@clave_reciente
def retirar_grupo(request: HttpRequest, pk: int, grupo: int) -> HttpResponse:
    cuenta = get_object_or_404(get_user_model(), pk=pk)
    return _hecho(
        request,
        lambda: privilegios.retirar_grupo(
            cuenta=cuenta, grupo=get_object_or_404(Group, pk=grupo), por=request.user, ahora=timezone.now()
        ),
        _("Se retiró. Cerramos las sesiones de esa cuenta."),
    )


@quien_da
@require_http_methods(["GET", "HEAD", "POST"])
@clave_reciente
def quitar_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody lost their second step: it is taken away with a reason that they will read."""
    cuenta = get_object_or_404(get_user_model(), pk=pk)
    if not manda_sobre(request.user, cuenta, hoy=timezone.localdate()):
        raise Http404
    form = QuitarFactorForm(datos_de(request) if "motivo" in request.POST else None)
    if form.is_valid():
        motivo = form.cleaned_data["motivo"]
        return _hecho(
            request,
            lambda: quitar_ajeno(cuenta=cuenta, por=request.user, motivo=motivo, ahora=timezone.now()),
            _("Se quitó su segundo paso. Lo leerá al entrar, y pondrá otro."),
        )
    contexto = {"form": form, "cuenta": cuenta, "tiene": factores_de(cuenta).exists(), "seccion": "privilegios"}
    return render(request, "kuska/instancias/personal/quitar_factor.html", contexto)


@administracion_requerida
@require_POST
@clave_reciente
def firmar(request: HttpRequest) -> HttpResponse:
    return _hecho(
        request,
        lambda: privilegios.firmar_revision(
            vista=request.POST.get("vista", ""), por=request.user, ahora=timezone.now()
        ),
        _("Firmó la revisión. La próxima toca en seis meses."),
    )


@administracion_requerida
@require_safe
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was listed on the day that it was signed."""
    una = get_object_or_404(RevisionDePrivilegios.objects.select_related("firmada_por"), pk=pk)
    listado = leer_firmada(una.listado)
    ajenas = [fila for fila in una.listado if fila.get("cuenta") != request.user.pk]
    se_vio(request, (), sin_numero=len(ajenas))  # by the name that their accounts had on that day
    contexto = {"revision": una, "listado": listado, "entera": privilegios.esta_entera(una), "seccion": "privilegios"}
    return render(request, "kuska/instancias/personal/revision_de_privilegios.html", contexto)


def _hecho(request: HttpRequest, acto: Callable[[], Any], dicho: str) -> HttpResponse:
    try:
        if acto():
            messages.success(request, dicho)
        else:
            messages.info(request, _("Eso ya no estaba."))
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    return redirect(LISTA)
