"""«¿Quién vio a esta persona?», «¿Qué vio esta cuenta?» and «Quién miró mis datos»."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marco.formulas import texto_seguro
from marco.numeros import MAYOR, entero_de

from .. import rastro
from ..acceso.confirmar import clave_reciente
from ..acceso.guardas import administracion_requerida, integrante_requerido, personal_requerido
from ..consultas import rastro as consultas
from ..models import Persona


def _antes(request: HttpRequest) -> int | None:
    return entero_de(request.GET.get("antes", ""))


@require_safe
@integrante_requerido
def quien_miro(request: HttpRequest) -> HttpResponse:
    """What others did with one's own data: when, from which office, and no name of a private person."""
    tramo = consultas.tramo(consultas.sobre_mi(request.persona), antes=_antes(request))
    return render(request, "kuska/instancias/quien_miro.html", {"tramo": tramo})


@require_safe
@personal_requerido
@administracion_requerida
def quien_vio(request: HttpRequest, pk: int) -> HttpResponse:
    persona = get_object_or_404(Persona, pk=min(pk, MAYOR))
    rastro.se_vio(request, [persona.pk])
    contexto = {
        "persona_vista": persona,
        "tramo": consultas.tramo(consultas.de_una_persona(persona.pk), antes=_antes(request)),
        "seccion": "personas",
    }
    return render(request, "kuska/instancias/personal/quien_vio.html", contexto)


@require_safe
@personal_requerido
@administracion_requerida
def que_vio(request: HttpRequest, pk: int) -> HttpResponse:
    cuenta, suya = _cuenta(pk)
    rastro.se_vio(request, suya, sin_numero=1 - len(suya))
    contexto = {
        "cuenta_vista": cuenta,
        "tramo": consultas.tramo(consultas.de_una_cuenta(cuenta.pk), antes=_antes(request)),
        "seccion": "privilegios",
    }
    return render(request, "kuska/instancias/personal/que_vio.html", contexto)


@require_safe
@personal_requerido
@administracion_requerida
@clave_reciente
def quien_vio_csv(request: HttpRequest, pk: int) -> HttpResponse:
    persona = get_object_or_404(Persona, pk=min(pk, MAYOR))
    rastro.se_saco(request, [persona.pk], detalle="rastro")
    return _archivo(consultas.de_una_persona(persona.pk), f"persona-{persona.pk}")


@require_safe
@personal_requerido
@administracion_requerida
@clave_reciente
def que_vio_csv(request: HttpRequest, pk: int) -> HttpResponse:
    cuenta, suya = _cuenta(pk)
    rastro.se_saco(request, suya, sin_numero=1 - len(suya), detalle="rastro")
    return _archivo(consultas.de_una_cuenta(cuenta.pk), f"cuenta-{cuenta.pk}")


def _cuenta(pk: int) -> tuple[Any, list[int]]:
    cuenta = get_object_or_404(get_user_model()._default_manager.select_related("persona"), pk=min(pk, MAYOR))
    persona = getattr(cuenta, "persona", None)
    return cuenta, [persona.pk] if persona else []


def _archivo(lineas: Any, nombre: str) -> HttpResponse:
    """Lines as a sheet, the last one first. Hours with their offset: the file goes to another office."""
    respuesta = HttpResponse(content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="rastro-{nombre}.csv"'
    respuesta["Cache-Control"] = "no-store, private"
    planilla = csv.writer(respuesta)
    planilla.writerow(
        [
            _("Cuándo"),
            _("Qué"),
            _("Cuenta"),
            _("Papel"),
            _("Dónde"),
            _("Cuántas personas"),
            _("Detalle"),
            _("Referencia"),
        ]
    )
    for renglon in _renglones(lineas):
        linea = renglon.linea
        celdas = [linea.get_acto_display(), renglon.cuenta, renglon.quien, renglon.donde, str(linea.cuantas)]
        cuando = timezone.localtime(linea.en).isoformat(timespec="seconds")
        planilla.writerow([cuando, *(texto_seguro(celda) for celda in (*celdas, linea.detalle, linea.referencia))])
    return respuesta


def _renglones(lineas: Any) -> Iterable[consultas.Renglon]:
    return consultas.en_palabras(lineas.select_related("cuenta").order_by("-pk")[: consultas.MAXIMO_DEL_ARCHIVO])
