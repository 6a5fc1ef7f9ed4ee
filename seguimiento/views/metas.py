"""The goals of each table, written and followed on one page."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from instancias.acceso.guardas import personal_requerido
from marco.errores import ErrorDeDominio
from marco.otra_version import CAMPO

from ..consultas import contadas
from ..forms import MetaForm
from ..services.metas import guardar_metas
from .comun import ambito_de, base
from .de_varias import elegir_lugar, son_varios_departamentos

MAXIMO = 80  # tables on one page, that weigh what a page may: a country chooses a department first


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def ver(request: HttpRequest) -> HttpResponse:
    ambito = ambito_de(request).de_hoy()
    if son_varios_departamentos(ambito):
        return elegir_lugar(request, ambito, _("Metas"), sin_dia=True)
    llevan = contadas.avances(ambito) if ambito.edicion else []
    inicia = ambito.edicion.inicia if ambito.edicion else ambito.hoy
    enviado = _con_su_version(request.POST) if request.method == "POST" else None
    formularios = [MetaForm(enviado, avance=avance, inicia=inicia) for avance in llevan[:MAXIMO]]
    problemas = []
    # What a form does not carry stays as it is.
    enviados = [uno for uno in formularios if enviado is not None and uno.add_prefix("porcentaje") in enviado]
    if enviado is not None and all(uno.is_valid() for uno in enviados):
        try:
            guardar_metas(
                edicion_id=ambito.edicion_id,
                metas=[uno.escrita() for uno in enviados if uno.has_changed()],
                alcance=request.alcance,
                por=request.user,
            )
        except ErrorDeDominio as error:
            if error.codigo == "cambio":  # between reading and saving: read again, each form says what is saved now
                return ver(request)
            problemas.append({"texto": error.mensaje, "ancla": "metas"})
        else:
            avisos.success(request, _("Metas guardadas."))
            return redirect(request.get_full_path())
    for formulario in enviados:
        problemas += [{"texto": _en(formulario, error), "ancla": "metas"} for error in formulario.non_field_errors()]
        for campo in formulario.visible_fields():
            problemas += [{"texto": f"{campo.label}: {error}", "ancla": campo.id_for_label} for error in campo.errors]
    contexto = {
        **base(request, ambito),
        "formularios": formularios,
        "versiones": _juntas(formularios),
        "problemas": problemas,
        "hay_mas": len(llevan) > MAXIMO,
    }
    return render(request, "kuska/seguimiento/metas.html", contexto)


def _juntas(formularios: list[MetaForm]) -> str:
    """What each form says of its version, in one field: eighty fields would be a sixth of what the page may weigh."""
    dichas = [(uno.avance.instancia.ubigeo, *str(uno[CAMPO].value() or "").split(".")) for uno in formularios]
    suyas = [(ubigeo, *dicha) for ubigeo, *dicha in dichas if len(dicha) == len(("huella", "abierta"))]
    abierta = min((abierta for _ubigeo, _huella, abierta in suyas), default="")
    return " ".join([abierta, *(f"{ubigeo}:{huella}" for ubigeo, huella, _abierta in suyas)])


def _con_su_version(enviado: QueryDict) -> QueryDict:
    abierta, *suyas = enviado.get(CAMPO, "").split() or [""]
    datos = enviado.copy()
    for ubigeo, _puntos, huella in (una.partition(":") for una in suyas):
        datos[f"{MetaForm.prefijo_de(ubigeo)}-{CAMPO}"] = f"{huella}.{abierta}"
    return datos


def _en(formulario: MetaForm, error: str) -> str:
    return f"{formulario.avance.instancia.nombre}: {error}"
