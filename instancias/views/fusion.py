"""Two registers of one person: find the other one, see both, make them one, and take them apart."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.errores import ErrorDeDominio

from .. import rastro
from ..acceso.guardas import personal_requerido
from ..consultas import fusion as consultas
from ..consultas.personas import LARGO_DE_LO_BUSCADO, poner_asientos
from ..fusiones import partes
from ..models import Fusion, Persona
from ..services import fusion as servicio
from ..services.distincion import dejar_de_distinguir, distinguir
from ..services.fusion_deshecha import deshacer_fusion, soltar_documento

PARES_POR_PAGINA = 25
DISTINTAS = "distintas"


def _a_cargo(request: HttpRequest, pk: int) -> Persona:
    persona: Persona = get_object_or_404(request.alcance.personas_a_cargo().select_related("cuenta"), pk=pk)
    return persona


@personal_requerido(gestiona=True)
@require_safe
def repetidas(request: HttpRequest) -> HttpResponse:
    """Everybody in one's charge who may be registered twice; or the pairs that somebody said are two people."""
    dichas = consultas.distintas(request.alcance)
    ver = DISTINTAS if request.GET.get("ver") == DISTINTAS and dichas else ""
    pares = dichas if ver else consultas.dos_veces(request.alcance)
    pagina = Paginator(pares, PARES_POR_PAGINA).get_page(request.GET.get("pagina"))
    se_ven = [persona for par in pagina for persona in (par.una, par.otra)]
    rastro.se_vio(request, [persona.pk for persona in se_ven])
    poner_asientos(se_ven, request.alcance)
    contexto = {"pagina": pagina, "consulta": f"ver={ver}" if ver else "", "ver": ver, "dichas": len(dichas)}
    return render(request, "kuska/instancias/personal/repetidas.html", {**contexto, "seccion": "personas"})


@personal_requerido(gestiona=True)
@require_POST
def son_dos(request: HttpRequest, pk: int, otra: int) -> HttpResponse:
    """Remember that two registers are of two people; with «retirar», forget it."""
    una, con_otra = _a_cargo(request, pk), _a_cargo(request, otra)
    retirar = "retirar" in request.POST
    acto = dejar_de_distinguir if retirar else distinguir
    try:
        acto(una=una.pk, otra=con_otra.pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        datos = {"una": f"{una} ({una.documento})", "otra": f"{con_otra} ({con_otra.documento})"}
        frase = _("Anotado: %(una)s y %(otra)s son dos personas. Ya no se proponen.")
        frase = _("%(una)s y %(otra)s se vuelven a proponer si se parecen.") if retirar else frase
        messages.success(request, frase % datos)
    ruta = reverse("kuska_instancias:repetidas")
    return redirect(f"{ruta}?ver={DISTINTAS}" if retirar else ruta)


@personal_requerido(gestiona=True)
@require_safe
def buscar(request: HttpRequest, pk: int) -> HttpResponse:
    """Which other register may be of this person: those that look it, or those with the words asked for."""
    persona = _a_cargo(request, pk)
    q = request.GET.get("q", "").strip()[:LARGO_DE_LO_BUSCADO]
    pares = consultas.buscar(q, persona, request.alcance) if q else consultas.parecidas(persona, request.alcance)
    rastro.se_vio(request, [persona.pk])
    if q:
        rastro.se_busco(request, [par.otra.pk for par in pares], texto=q)
    else:
        rastro.se_vio(request, [par.otra.pk for par in pares])
    poner_asientos([par.otra for par in pares], request.alcance)
    contexto = {"persona_vista": persona, "q": q, "pares": pares, "seccion": "personas"}
    return render(request, "kuska/instancias/personal/unir_buscar.html", contexto)


@dataclass
class Renglon:
    """A row as the page shows it before: what it is, where it will be, and what else happens to it."""

    texto: str
    destino: str = ""
    nota: str = ""


@dataclass
class Bloque:
    """The rows of a kind of both registers, side by side."""

    titulo: Any
    queda: list[Renglon] = field(default_factory=list)
    absorbida: list[Renglon] = field(default_factory=list)


@personal_requerido(gestiona=True)
@require_http_methods(["GET", "POST"])
def comparar(request: HttpRequest, pk: int, otra: int) -> HttpResponse:
    """GET: both registers and what would happen. POST: make them one, if it is still what was seen."""
    if pk == otra:
        raise Http404
    if unida := next(filter(None, (consultas.registro_que_queda(uno, request.alcance) for uno in (otra, pk))), None):
        if unida != pk:  # not a second click: something else was done with one of them
            messages.error(request, str(servicio.YA_UNIDA))
        return redirect("kuska_instancias:persona_editar", pk=unida)
    queda, absorbida = _a_cargo(request, pk), _a_cargo(request, otra)
    rastro.se_vio(request, [pk, otra])
    error = ""
    try:
        servicio.exigir_fusion(queda=queda, absorbida=absorbida, alcance=request.alcance)
        if request.method == "POST":
            return _unir(request, queda, absorbida)
    except ErrorDeDominio as falla:
        error = str(falla)
    plan = servicio.planear_fusion(queda=queda, absorbida=absorbida)
    contexto = {
        "plan": plan,
        "datos": _datos(plan, request.POST),
        "bloques": _bloques(plan, request),
        "entra": servicio.entra_con(queda=queda, absorbida=absorbida),
        "operacion": uuid.uuid4(),
        "distincion": consultas.distincion_de(queda, absorbida),
        "error": error,
        "seccion": "personas",
    }
    estado = 422 if error and request.method == "POST" else 200
    return render(request, "kuska/instancias/personal/unir_comparar.html", contexto, status=estado)


def _unir(request: HttpRequest, queda: Persona, absorbida: Persona) -> HttpResponse:
    valores = {campo: request.POST[campo] for campo in servicio.CAMPOS if campo in request.POST}
    fusion = servicio.fusionar(
        queda=queda.pk,
        absorbida=absorbida.pk,
        valores=valores,
        operacion=_operacion(request),
        huella=request.POST.get("huella", "") or "-",
        alcance=request.alcance,
        por=request.user,
        ahora=timezone.now(),
    )
    frase = _("Quedó un solo registro. Hasta el %(hasta)s puede separarlos otra vez.")
    hasta = date_format(timezone.localtime(fusion.se_deshace_hasta), "DATETIME_FORMAT")
    messages.success(request, frase % {"hasta": hasta})
    return redirect("kuska_instancias:persona_editar", pk=queda.pk)


def _operacion(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("operacion", ""))
    except ValueError:
        return uuid.uuid4()


def _datos(plan: servicio.PlanDeFusion, enviado: Any) -> list[dict[str, Any]]:
    """Each detail of both, in order; of those that differ, which one is marked."""
    distintas = {una.campo: una for una in plan.diferencias}
    return [
        {
            "campo": campo,
            "titulo": titulo,
            "queda": servicio.en_palabras(plan.queda, campo),
            "absorbida": servicio.en_palabras(plan.absorbida, campo),
            "distinto": campo in distintas,
            "marcado": enviado.get(campo) or (distintas[campo].propuesta if campo in distintas else ""),
        }
        for campo, (_nombres, titulo) in servicio.CAMPOS.items()
    ]


def _bloques(plan: servicio.PlanDeFusion, request: HttpRequest) -> list[Bloque]:
    bloques = []
    for parte in partes():
        if not parte.titulo:
            continue
        reparto = plan.repartos[parte.clave]
        palabras = parte.decir(reparto, plan.queda, plan.absorbida, request.alcance)
        notas = parte.notar(reparto, plan.queda, plan.absorbida)
        destinos = {
            **dict.fromkeys(reparto.pasan, _("Pasa al registro que queda.")),
            **dict.fromkeys((*reparto.cambian, *reparto.quedan), _("Queda guardado en el registro oculto.")),
        }
        bloque = Bloque(parte.titulo)
        for quien, lado in ((plan.queda, bloque.queda), (plan.absorbida, bloque.absorbida)):
            suyas = set(parte.de(quien))
            lado += [
                Renglon(texto, destinos.get(pk, ""), notas.get(pk, "")) for pk, texto in palabras.items() if pk in suyas
            ]
        bloques.append(bloque)
    return bloques


def _fusion(request: HttpRequest, pk: int) -> Fusion:
    """A merge is seen by whoever answers for the person that it left."""
    fusion = get_object_or_404(Fusion, pk=pk)
    if not request.alcance.personas_a_cargo().filter(pk=consultas.quien_se_ve(fusion)).exists():
        raise Http404
    return fusion


@personal_requerido(gestiona=True)
@require_POST
def separar(request: HttpRequest, pk: int) -> HttpResponse:
    fusion = _fusion(request, pk)
    try:
        dichas = deshacer_fusion(fusion_id=pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Los registros se separaron: cada uno volvió a lo que tenía."))
        for frase in dichas:
            messages.warning(request, frase)
    return redirect("kuska_instancias:persona_editar", pk=fusion.queda)


@personal_requerido(gestiona=True)
@require_POST
def soltar(request: HttpRequest, pk: int) -> HttpResponse:
    fusion = _fusion(request, pk)
    try:
        soltar_documento(fusion_id=pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ese documento ya no lleva a esta persona: puede registrar a quien lo tiene."))
    return redirect("kuska_instancias:persona_editar", pk=consultas.quien_se_ve(fusion))
