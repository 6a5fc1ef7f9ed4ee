"""People and seats, for the staff: list, register, correct, hand over, and the personal link."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..contacto import centro_de, centros, enlace_de_whatsapp
from ..errores import ErrorDeDominio
from ..forms_personal import CeseForm, CorregirPersonaForm, InstitucionForm, PersonaNuevaForm
from ..models import AjustesDelAula, Membresia, Persona
from ..querysets import MembresiaQuerySet
from ..services import asientos, personas
from ..services.enlaces import EnlaceCreado, crear_enlace
from ..services.padron.lectura import normalizar
from ..vistas import personal_requerido

POR_PAGINA = 50
DEL_ASIENTO = ("asiento__tipo", "asiento__institucion", "asiento__instancia__territorio")


@personal_requerido
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    buscado, distrito = request.GET.get("q", "").strip()[:60], request.GET.get("distrito", "")
    entro = request.GET.get("entro", "")
    quienes = request.GET.get("quienes", "")
    membresias = (
        _de_quienes(request.alcance.membresias(), quienes)
        .select_related("persona", "asiento__tipo", "asiento__institucion", "asiento__instancia__territorio")
        .order_by("asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad", "-desde")
    )
    for palabra in buscado.split():
        membresias = membresias.filter(
            Q(persona__nombres__icontains=palabra)
            | Q(persona__apellidos__icontains=palabra)
            | Q(persona__documento__startswith=palabra)
        )
    if distrito:
        membresias = membresias.filter(asiento__instancia__territorio_id=distrito)
    if entro in {"si", "no"}:
        membresias = membresias.filter(persona__ultimo_ingreso_en__isnull=entro == "no")
    contexto = {
        "pagina": Paginator(membresias, POR_PAGINA).get_page(request.GET.get("pagina")),
        "territorios": request.alcance.instancias().propias().select_related("territorio"),
        "q": buscado,
        "distrito": distrito,
        "entro": entro,
        "quienes": quienes,
        "hoy": timezone.localdate(),
        "consulta": urlencode({"q": buscado, "distrito": distrito, "entro": entro, "quienes": quienes}),
        "seccion": "personas",
    }
    return render(request, "instancias/personal/personas.html", contexto)


def _de_quienes(membresias: MembresiaQuerySet, quienes: str) -> MembresiaQuerySet:
    """Those in force today: the people that the panel counts. If asked, who begins later, or also who left."""
    if quienes == "por_empezar":
        return membresias.por_empezar()
    return membresias if quienes == "todas" else membresias.vigentes()


@personal_requerido
@require_http_methods(["GET", "POST"])
def nueva(request: HttpRequest) -> HttpResponse:
    inicial = {"asiento": request.GET.get("asiento"), "calidad": request.GET.get("calidad", "titular")}
    inicial["desde"] = request.GET.get("desde", "")
    form = PersonaNuevaForm(request.POST or None, alcance=request.alcance, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            persona = personas.registrar_persona(
                **form.cleaned_data, alcance=request.alcance, por=request.user, ahora=timezone.now()
            )
        except ErrorDeDominio as error:
            form.add_error("documento" if error.codigo.startswith("documento") else "asiento", str(error))
        else:
            _avisar_de_lo_que_se_conserva(request, persona, form.cleaned_data)
            return redirect("instancias:persona_editar", pk=persona.pk)
    contexto = {"form": form, "seccion": "personas"}
    return render(request, "instancias/personal/persona_nueva.html", contexto, status=422 if form.errors else 200)


def _avisar_de_lo_que_se_conserva(request: HttpRequest, persona: Persona, escrito: dict[str, Any]) -> None:
    """Say what was typed and not kept, because the person or the seat already had another."""
    if escrito["celular"] and persona.celular != escrito["celular"]:
        messages.warning(
            request,
            _("Esta persona ya tenía otro celular y se conservó. Si cambió, escríbalo abajo en «Corregir datos»."),
        )
    actual = escrito["asiento"].institucion
    if escrito["institucion"] and actual and normalizar(actual.nombre) != normalizar(escrito["institucion"]):
        messages.warning(
            request, _("El asiento ya tiene la institución «%(actual)s»; se conserva.") % {"actual": actual.nombre}
        )


def _persona(request: HttpRequest, pk: int) -> Persona:
    """Somebody to act upon."""
    return get_object_or_404(request.alcance.personas_a_cargo(), pk=pk)


@personal_requerido
@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    persona = get_object_or_404(request.alcance.personas_con_cargo(), pk=pk)
    if request.method == "POST" and not persona.a_cargo:
        raise Http404
    form = CorregirPersonaForm(request.POST or None, persona=persona)
    if request.method == "POST" and form.is_valid():
        try:
            personas.corregir_datos(persona=persona, **form.cleaned_data, por=request.user)
        except ErrorDeDominio as error:
            form.add_error("documento", str(error))
        else:
            return redirect("instancias:persona_editar", pk=persona.pk)
    vigentes = request.alcance.membresias().filter(persona=persona)
    contexto = {
        "persona_vista": persona,
        "form": form,
        "membresias": vigentes.select_related(*DEL_ASIENTO).order_by("-desde"),
        "hoy": timezone.localdate(),
        "seccion": "personas",
    }
    return render(request, "instancias/personal/persona_editar.html", contexto, status=422 if form.errors else 200)


@personal_requerido
@require_http_methods(["GET", "POST"])
def cesar(request: HttpRequest, pk: int) -> HttpResponse:
    membresia = get_object_or_404(request.alcance.membresias().select_related("persona", *DEL_ASIENTO), pk=pk)
    form = CeseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        personas.cesar(
            membresia=membresia,
            motivo=form.cleaned_data["motivo"],
            ultimo_dia=form.cleaned_data["ultimo_dia"],
            alcance=request.alcance,
            por=request.user,
            ahora=timezone.now(),
        )
        consulta = {"asiento": membresia.asiento_id, "calidad": membresia.calidad}
        if ultimo := form.cleaned_data["ultimo_dia"]:
            consulta["desde"] = (ultimo + datetime.timedelta(days=1)).isoformat()
        return redirect(f"{reverse('instancias:persona_nueva')}?{urlencode(consulta)}")
    contexto = {"form": form, "membresia": membresia, "seccion": "personas"}
    return render(request, "instancias/personal/cesar.html", contexto, status=422 if form.errors else 200)


@personal_requerido
@require_http_methods(["GET", "POST"])
def corregir_institucion(request: HttpRequest, pk: int) -> HttpResponse:
    """Of which institution a seat is."""
    propias = request.alcance.membresias().select_related("persona", *DEL_ASIENTO)
    membresia: Membresia = get_object_or_404(propias, pk=pk)
    form = InstitucionForm(request.POST or None, initial={"institucion": membresia.asiento.institucion})
    if request.method == "POST" and form.is_valid():
        asientos.corregir_institucion(
            membresia=membresia, nombre=form.cleaned_data["institucion"], alcance=request.alcance, por=request.user
        )
        return redirect("instancias:persona_editar", pk=membresia.persona_id)
    contexto = {"form": form, "membresia": membresia, "seccion": "personas"}
    return render(request, "instancias/personal/institucion.html", contexto, status=422 if form.errors else 200)


@personal_requerido
@require_POST
def crear_enlace_personal(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link and show it once, with the message ready and the card to print."""
    persona = _persona(request, pk)
    try:
        creado = crear_enlace(persona=persona, por=request.user, ahora=timezone.now())
    except ErrorDeDominio as error:
        contexto = {"persona_vista": persona, "mensaje_de_error": str(error), "seccion": "personas"}
        return render(request, "instancias/personal/enlace.html", contexto, status=409)
    contexto = _contexto_del_enlace(persona, creado)
    return render(request, "instancias/personal/enlace.html", contexto)


def _contexto_del_enlace(persona: Persona, creado: EnlaceCreado) -> dict[str, Any]:
    ajustes = AjustesDelAula.actuales()
    direccion = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("instancias:enlace", args=[creado.token])
    mensaje = ajustes.mensaje_enlace.format_map(
        _Textos(nombre=persona.nombres.split()[0], enlace=direccion, facilitadora=_facilitadora(persona))
    )
    return {
        "persona_vista": persona,
        "creado": creado,
        "direccion": direccion,
        "mensaje": mensaje,
        "whatsapp": enlace_de_whatsapp(persona.celular, mensaje) if ajustes.whatsapp_activo else "",
        "qr": mark_safe(  # noqa: S308 (made here, from an address of ours)
            segno.make(direccion, error="m").svg_inline(scale=4, border=4, omitsize=True, svgclass="k-qr")
        ),
        "seccion": "personas",
    }


class _Textos(dict):
    """Values of an editable message; a name that nobody knows stays as it was written."""

    def __missing__(self, clave: str) -> str:
        return "{" + clave + "}"


def _facilitadora(persona: Persona) -> str:
    """Return who signs the messages to this person: the facilitator of its office, or the office."""
    centro = centros().get(centro_de(persona=persona, hoy=timezone.localdate()) or 0)
    if centro is None:
        return AjustesDelAula.actuales().nombre_del_espacio
    return centro.facilitadora or centro.nombre
