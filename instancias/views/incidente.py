"""The file of an incident: whom it reached and the words to tell it, for who administers the site."""

from __future__ import annotations

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from marco.forms import datos_de
from marco.formulas import texto_seguro

from .. import rastro
from ..acceso.confirmar import al_enviar
from ..acceso.guardas import administracion_requerida, personal_requerido
from ..consultas import incidente as consultas
from ..forms_datos import IncidenteForm
from ..models import Persona


@personal_requerido
@administracion_requerida
@require_http_methods(["GET", "HEAD", "POST"])
@al_enviar
def incidente(request: HttpRequest) -> HttpResponse:
    formulario = IncidenteForm(datos_de(request))
    if formulario.is_valid():
        suceso = formulario.suceso()
        hallado = consultas.alcanzadas(suceso)
        if formulario.cleaned_data["que"] == IncidenteForm.PERSONAS:
            rastro.se_saco(request, hallado.personas, detalle="incidente")
            return _archivo(_en_csv(hallado), "personas-del-incidente.csv", "text/csv")
        return _archivo(consultas.documento(suceso, hallado, ahora=timezone.now()), "incidente.txt", "text/plain")
    contexto = {"form": formulario, "seccion": "pedidos"}
    estado = 422 if formulario.errors else 200
    return render(request, "kuska/instancias/personal/incidente.html", contexto, status=estado)


def _en_csv(hallado: consultas.Alcanzadas) -> str:
    """Whom to tell, and how."""
    salida = StringIO()
    escribe = csv.writer(salida)
    escribe.writerow(["Registro", "Nombre", "Celular", "Correo"])
    filas = Persona.objects.filter(pk__in=hallado.personas).order_by("orden_alfabetico", "pk")
    for persona in filas.iterator():
        textos = (persona.nombre_completo, persona.celular, persona.correo)
        escribe.writerow([persona.pk, *(texto_seguro(texto) for texto in textos)])
    return salida.getvalue()


def _archivo(texto: str, nombre: str, tipo: str) -> HttpResponse:
    return HttpResponse(
        "\ufeff" + texto,  # so that a spreadsheet reads the accents
        headers={
            "Content-Type": f"{tipo}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{nombre}"',
            "Cache-Control": "no-store, private",
        },
    )
