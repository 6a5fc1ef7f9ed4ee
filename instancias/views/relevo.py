"""Change of authorities: what changes, who follows, its consequences, the act, and taking it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.errores import ErrorDeDominio

from .. import rastro
from ..acceso.guardas import personal_requerido
from ..consultas.relevo import asientos_del_relevo, filas_del_relevo
from ..forms_relevo import ElegirRelevoForm, FilaDeRelevoForm, RelevoForm, asientos_escritos
from ..models import Membresia, Relevo
from ..services.relevo import ErrorDeRelevo, Paso, planear_relevo, relevar
from ..services.relevo_deshecho import cubre_el_relevo, deshacer_relevo

POR_PANTALLA = 40
DONDE = ("persona", "asiento__tipo", "asiento__instancia__territorio")


@personal_requerido(gestiona=True)
@require_http_methods(["GET", "POST"])
def relevo(request: HttpRequest) -> HttpResponse:
    """Without a day, the question; with it, the seats with their holders; once sent, what would happen.

    What is typed goes along from one page of seats to another, and is confirmed together.
    """
    contesta = "desde" in request.GET and "elegir" not in request.GET
    elegir = ElegirRelevoForm(request.GET if contesta else None, alcance=request.alcance)
    if not elegir.is_bound:
        elegir.initial = _lo_pedido(request.GET)
    if not elegir.is_valid():
        contexto = {"form": elegir, "seccion": "personas"}
        return render(request, "kuska/instancias/personal/relevo.html", contexto, status=422 if elegir.errors else 200)
    elegido = elegir.cleaned_data
    asientos = asientos_del_relevo(request.alcance, tipos=elegido["tipo"], lugares=elegido["lugar"])
    pagina = Paginator(asientos, POR_PANTALLA).get_page(request.GET.get("pagina"))
    escrito = request.POST if request.method == "POST" else None
    todos = de_aqui = list(pagina)
    if otros := asientos_escritos(request.POST).difference(uno.pk for uno in de_aqui):
        todos = list(asientos.filter(pk__in=[*otros, *(uno.pk for uno in de_aqui)]))
    filas = filas_del_relevo(todos, desde=elegido["desde"], hoy=timezone.localdate(), calidades=elegido["calidad"])
    rastro.se_vio(request, [una.persona_id for fila in filas for una in fila.membresias])
    revisar = escrito is not None and not {"ir", "corregir"} & escrito.keys()
    form = RelevoForm(escrito, filas=filas, de_la_pantalla={uno.pk for uno in de_aqui}, revisar=revisar)
    consulta = request.GET.copy()
    consulta.pop("pagina", None)
    contexto = {
        "elegir": elegir,
        "relevo": form,
        "desde": elegido["desde"],
        "pagina": pagina,
        "consulta": consulta.urlencode(),
        "seccion": "personas",
    }
    if revisar and form.is_valid():
        respuesta = _decidir(request, form, contexto)
        if respuesta is not None:
            return respuesta
    contexto["problemas"] = form.problemas if form.is_bound else []
    contexto["se_lleva"] = _cabe(form, len(elegido["calidad"]))
    estado = 422 if contexto["problemas"] else 200
    return render(request, "kuska/instancias/personal/relevo_asientos.html", contexto, status=estado)


def _lo_pedido(pedido: QueryDict) -> dict[str, Any]:
    """What the question says already: of whoever comes from a district, or goes on with other seats."""
    campos = [campo for campo in ElegirRelevoForm.base_fields if campo in pedido]
    return {campo: pedido[campo] if campo == "desde" else pedido.getlist(campo) for campo in campos}


def _cabe(form: RelevoForm, calidades: int) -> bool:
    """Whether all of this page can go along to another one, also filled whole: a form takes so many values."""
    maximo = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    de_una_pagina = POR_PANTALLA * calidades * len(FilaDeRelevoForm.base_fields) + len(form.fields) + 2
    return maximo is None or len(form.llevado) + 2 * de_una_pagina <= maximo


def _decidir(request: HttpRequest, form: RelevoForm, contexto: dict[str, Any]) -> HttpResponse | None:
    """Do what was confirmed, or show what would happen. Nothing, when a row must be mended first."""
    cambios = [fila.cambio for fila in form.que_cambian]
    datos = {"cambios": cambios, "desde": contexto["desde"], "alcance": request.alcance, "ahora": timezone.now()}
    try:
        if "confirmar" in request.POST:
            hecho = relevar(
                **datos,
                designacion=form.cleaned_data["designacion"],
                operacion=form.cleaned_data["operacion"],
                por=request.user,
            )
            return redirect(_hecho(hecho, contexto))
        pasos = planear_relevo(**datos)
        if malos := [paso for paso in pasos if paso.problema]:
            raise ErrorDeRelevo(malos)
    except ErrorDeRelevo as error:
        form.senalar(error.pasos)
        return None
    except ErrorDeDominio as error:
        form.add_error("designacion", str(error))
        return None
    pasos = [paso for paso in pasos if paso.cambia]
    if not pasos:
        form.add_error("designacion", _("No hay nada que cambiar: todos siguen como están."))
        return None
    contexto |= {"pasos": pasos, "cuenta": _contar(pasos)}
    return render(request, "kuska/instancias/personal/relevo_confirmar.html", contexto)


def _hecho(hecho: Relevo, contexto: dict[str, Any]) -> str:
    """Its page, which knows what was asked: the way to the seats that follow."""
    pagina, consulta = contexto["pagina"], contexto["consulta"]
    siguen = f"&pagina={pagina.next_page_number()}" if pagina.has_next() else ""
    return f"{reverse('kuska_instancias:relevo_hecho', args=[hecho.pk])}?{consulta}{siguen}"


def _contar(pasos: list[Paso]) -> list[str]:
    """The consequences in numbers, a sentence each."""
    # Who only goes from one quality of the seat to the other leaves nothing: it is told apart.
    pasan_de = {m.pk for paso in pasos for m in paso.deja}
    salen = len({m.pk for paso in pasos for m in paso.salen} - pasan_de)
    entran = [paso for paso in pasos if paso.entra is not None]
    nuevas = len({paso.entra.documento for paso in entran if paso.entra.pk is None})
    pasan = sum(1 for paso in entran if paso.deja)
    vacantes = sum(1 for paso in pasos if paso.queda_vacante)
    frases = (
        (salen, ngettext("%(n)d persona deja su asiento.", "%(n)d personas dejan su asiento.", salen)),
        (len(entran), ngettext("%(n)d persona toma un asiento.", "%(n)d personas toman un asiento.", len(entran))),
        (pasan, ngettext("%(n)d cambia de calidad.", "%(n)d cambian de calidad.", pasan)),
        (nuevas, ngettext("%(n)d se registra por primera vez.", "%(n)d se registran por primera vez.", nuevas)),
        (vacantes, ngettext("%(n)d asiento queda vacante.", "%(n)d asientos quedan vacantes.", vacantes)),
    )
    return [frase % {"n": n} for n, frase in frases if n]


def _suyo(request: HttpRequest, pk: int) -> Relevo:
    """A handover is seen by whoever covers all its seats."""
    uno = get_object_or_404(Relevo, pk=pk)
    if not cubre_el_relevo(uno, request.alcance):
        raise Http404
    return uno


@personal_requerido(gestiona=True)
@require_safe
def hecho(request: HttpRequest, pk: int) -> HttpResponse:
    uno = _suyo(request, pk)
    en_orden = Membresia.objects.select_related(*DONDE).order_by(
        "asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad"
    )
    entran = list(en_orden.filter(pk__in=uno.creadas))
    terminan = list(en_orden.filter(pk__in=[fila[0] for fila in uno.terminadas]))
    rastro.se_vio(request, [una.persona_id for una in (*entran, *terminan)])
    en_su_asiento = {(una.persona_id, una.asiento_id) for una in entran}
    pasan = {(una.persona_id, una.asiento_id) for una in terminan} & en_su_asiento
    for una in entran:
        una.pasa = (una.persona_id, una.asiento_id) in pasan
    contexto = {
        "hecho": uno,
        "entran": entran,
        "salen": [una for una in terminan if (una.persona_id, una.asiento_id) not in pasan],
        "empieza_otro_dia": uno.desde > timezone.localdate(),
        "se_deshace": uno.se_puede_deshacer(timezone.now()),
        **_lo_que_sigue(request.GET),
        "seccion": "personas",
    }
    return render(request, "kuska/instancias/personal/relevo_hecho.html", contexto)


def _lo_que_sigue(pedido: QueryDict) -> dict[str, str]:
    """What was asked, and the page of seats that comes next, if one does."""
    consulta = pedido.copy()
    pagina = consulta.pop("pagina", [""])[-1]
    return {"consulta": consulta.urlencode(), "siguiente": pagina if pagina.isdecimal() else ""}


@personal_requerido(gestiona=True)
@require_POST
def deshacer(request: HttpRequest, pk: int) -> HttpResponse:
    uno = _suyo(request, pk)
    try:
        que = deshacer_relevo(relevo_id=uno.pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        if n := que.personas_que_quedan:
            frase = ngettext(
                "%(n)d persona nueva queda registrada, sin asiento: ya hizo algo en el aula.",
                "%(n)d personas nuevas quedan registradas, sin asiento: ya hicieron algo en el aula.",
                n,
            )
            messages.warning(request, frase % {"n": n})
    destino = reverse("kuska_instancias:relevo_hecho", args=[uno.pk])
    return redirect(f"{destino}?{request.GET.urlencode()}" if request.GET else destino)
