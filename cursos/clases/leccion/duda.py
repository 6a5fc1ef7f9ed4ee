"""«Tengo una duda», from any step: by WhatsApp to who accompanies the person, or left here to be answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cursos import dudas as reglas
from cursos.consultas.acceso import Acceso, acceder_a_la_unidad
from cursos.consultas.dudas import lugar_de
from cursos.errores import CursoError
from cursos.forms_dudas import DudaForm
from cursos.pasos import ids_de
from cursos.services.dudas import ConDatosDeAlguien, preguntar
from cursos.views.comunes import acceder, con_acceso
from instancias.acceso.guardas import guarda_lo_enviado, integrante_requerido
from instancias.acceso.sesion import CENTRO
from instancias.contacto import Centro, centro_de, centros, enlace_de_whatsapp
from instancias.models import Persona
from marco.forms import datos_de
from marco.numeros import entero_de
from marco.sin_senal import marcas_de

from . import CLAVE
from .contenido import PasoMostrado, paso_de


@sensitive_post_parameters("texto")
@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@guarda_lo_enviado
@con_acceso
def duda(request: HttpRequest, curso: int, unidad: int, paso: int) -> HttpResponse:
    """The two ways to ask; by POST, leave the doubt. Numbers of people are told once before it is kept."""
    acceso = acceder(request, curso, unidad, clase=CLAVE)
    mostrado = _paso(acceso, paso, request.POST.get("este", ""))
    formulario = DudaForm(datos_de(request))
    visto = ""
    if formulario.is_valid():
        try:
            _preguntar(acceso, mostrado, request.POST, formulario.cleaned_data["texto"], timezone.now())
        except ConDatosDeAlguien as error:
            formulario.add_error("texto", error.mensaje)
            visto = error.huella
        except CursoError as error:
            formulario.add_error("texto", error.mensaje)
        else:
            messages.success(request, _("Guardamos su duda. Cuando la respondan, lo verá en Inicio y aquí."))
            return redirect("kuska_cursos:mis_dudas")
    oficina = _quien_acompania(request)
    contexto = {
        "curso": curso,
        "unidad": unidad,
        "paso": mostrado,
        "leccion": acceso.unidad.titulo,
        "form": formulario,
        "operacion": _operacion(request.POST) or uuid.uuid4(),
        "de_quien": marcas_de(request.persona.pk)[0],  # type: ignore[attr-defined]
        "visto": visto,
        "quien": oficina,
        "whatsapp": _whatsapp(oficina, lugar_de(acceso.unidad, mostrado.numero)),
    }
    estado = 422 if formulario.errors else 200
    return render(request, "kuska/cursos/duda.html", contexto, status=estado)


def guardar_apartada(*, persona: Persona, enviado: str, ahora: datetime) -> str:
    """Keep the doubt that was on its way when the session ended, and say so. What looks like data is left out.

    That of whoever had the phone before is nobody's: a doubt is told with the name of who asked.
    """
    datos = QueryDict(enviado)
    if datos.get("de") not in marcas_de(persona.pk):
        return ""
    lugar = [entero_de(uno) for uno in datos.get("duda", "").split("/")]
    if len(lugar) != 3 or None in lugar:
        return ""
    curso, unidad, paso = (uno or 0 for uno in lugar)
    hoy = timezone.localdate(ahora)
    try:
        acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=hoy)
        if acceso.unidad.clase != CLAVE:
            return ""
        mostrado = _paso(acceso, paso, datos.get("este", ""))
        _preguntar(acceso, mostrado, datos, reglas.sin_datos(datos.get("texto", "")), ahora)
    except CursoError:
        return ""
    return _("Guardamos su duda. No hace falta escribirla otra vez.")


def _preguntar(acceso: Acceso, paso: PasoMostrado, datos: QueryDict, texto: str, ahora: datetime) -> Any:
    return preguntar(
        inscripcion=acceso.inscripcion,
        unidad=acceso.unidad,
        paso=(paso.id, paso.numero, paso.titulo),
        texto=texto,
        operacion=_operacion(datos) or uuid.uuid4(),
        visto=datos.get("visto", ""),
        ahora=ahora,
    )


def _paso(acceso: Acceso, numero: int, identidad: str) -> PasoMostrado:
    """The step by what it is, where the form says it: it may have moved since. Else, by its number."""
    ids = ids_de(acceso.unidad)
    numero = ids.index(identidad) + 1 if identidad in ids else numero
    return paso_de(unidad=acceso.unidad, numero=numero, hoy=timezone.localdate())


def _operacion(datos: QueryDict) -> uuid.UUID | None:
    try:
        return uuid.UUID(datos.get("operacion", ""))
    except ValueError:
        return None


def _quien_acompania(request: HttpRequest) -> Centro | None:
    """The office of this person: the one noted when they came in, else that of their seat."""
    suyo = request.session.get(CENTRO) or centro_de(persona=request.persona, hoy=timezone.localdate())  # type: ignore[attr-defined]
    return centros().get(suyo) if suyo else None


def _whatsapp(oficina: Centro | None, lugar: str) -> str:
    """Where WhatsApp opens with the office of this person, or nothing."""
    if oficina is None or not oficina.enlace_whatsapp:
        return ""
    return enlace_de_whatsapp(oficina.whatsapp, reglas.mensaje_de_duda(lugar))
