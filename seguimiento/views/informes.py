"""Reports: the list, one on the screen, its files, and the form in which it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as avisos
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instancias import rastro
from instancias.acceso.confirmar import clave_reciente
from instancias.acceso.guardas import personal_requerido
from instancias.consultas.trabajos import trabajos_de
from marco.forms import datos_de
from marco.numeros import entero_de
from marco.otra_version import en_turno

from ..consultas.ambito import ediciones_del
from ..consultas.informes import informes_de, puede_cambiar
from ..forms_informes import AlMirarForm, InformeForm
from ..informes.de_fabrica import de_fabrica, que_es
from ..informes.definicion import Definicion, Forma
from ..informes.preparar import InformeError, Preparado, es_de_muchos, preparar
from ..informes.salida import en_csv, en_json, en_texto
from ..models import Informe
from ..services.archivos import AVANCE, INFORME, LARGO, nombre_del_informe
from ..services.informes import anotar_salida, borrar_informe, copiar_informe, guardar_informe
from .comun import POR_PAGINA, pagina_de
from .exportar import TIPO, libro_corto

DE_MUESTRA = 20
TIPOS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": TIPO}


@dataclass(frozen=True)
class Hallado:
    """A report that the account sees: one that was saved, or one that everybody finds made."""

    cual: str
    pedida: Definicion
    informe: Informe | None = None
    se_cambia: bool = False


def hallar(request: HttpRequest, cual: str) -> Hallado:
    """Raises Http404 for what the account does not see, as for what does not exist."""
    hechos = de_fabrica(timezone.localdate())
    if cual in hechos:
        return Hallado(cual, hechos[cual])
    numero = entero_de(cual)
    for informe in informes_de(request.user, request.alcance) if numero else []:
        if informe.pk == numero:
            pedida = Definicion.de_json(informe.definicion).con_nombre(informe.nombre)
            return Hallado(cual, pedida, informe, puede_cambiar(informe, request.user, request.alcance))
    raise Http404


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    """Those that everybody finds made, one's own, those of the scope, and the files under way."""
    todos = informes_de(request.user, request.alcance)
    hechos = de_fabrica(timezone.localdate())
    contexto = {
        "seccion": "informes",
        "hechos": [(clave, pedida, que_es(clave)) for clave, pedida in hechos.items()],
        "suyos": [uno for uno in todos if uno.cuenta_id == request.user.pk],
        "de_otros": [uno for uno in todos if uno.cuenta_id != request.user.pk],
        "archivos": trabajos_de(request.user, request.alcance, ahora=timezone.now(), clases=(INFORME, AVANCE)),
        "formas": Forma.choices,
    }
    return render(request, "kuska/seguimiento/informes.html", contexto)


def _para_elegir(request: HttpRequest) -> dict[str, Any]:
    territorios = request.alcance.territorios().exclude(nivel="departamento").order_by("ubigeo")
    return {
        "lugares": list(territorios.values_list("ubigeo", "nombre")),
        "ediciones": ediciones_del(request.alcance),
        "hoy": timezone.localdate(),
    }


def como_se_mira(request: HttpRequest, pedida: Definicion) -> tuple[AlMirarForm, Definicion, str]:
    """The report with the day, edition and place of the address, and the address as its files carry it."""
    formulario = AlMirarForm(request.GET or None, **_para_elegir(request))
    formulario.is_valid()
    cambios = {campo: valor for campo, valor in getattr(formulario, "cleaned_data", {}).items() if valor}
    if "al" in cambios:
        cambios["anio"] = None
    return formulario, replace(pedida, **cambios), urlencode({k: v for k, v in cambios.items() if v})


@require_safe
@personal_requerido
def ver(request: HttpRequest, cual: str) -> HttpResponse:
    """The report on the screen, by pages: what its files say."""
    hallado = hallar(request, cual)
    formulario, pedida, consulta = como_se_mira(request, hallado.pedida)
    contexto = {"seccion": "informes", "hallado": hallado, "form": formulario, "consulta": consulta}
    try:
        limites = {"alcance": request.alcance, "ahora": timezone.now(), "ediciones": formulario.ediciones}
        if es_de_muchos(pedida, **limites):
            return render(request, "kuska/seguimiento/informe.html", {**contexto, "aparte": True})
        preparado = preparar(pedida, **limites)
    except InformeError as error:
        contexto["problema"] = error.mensaje
    else:
        pagina = pagina_de(request, preparado.resultado)
        desde = (pagina.number - 1) * POR_PAGINA
        rastro.se_vio(request, preparado.resultado.de_quienes(desde, desde + POR_PAGINA))
        largo = preparado.resultado.total > LARGO
        contexto |= {**_en_pantalla(preparado, pagina.object_list), "pagina": pagina, "largo": largo}
    return render(request, "kuska/seguimiento/informe.html", contexto)


def _en_pantalla(preparado: Preparado, filas: Any) -> dict[str, Any]:
    return {
        "preparado": preparado,
        "filas": [list(map(en_texto, fila)) for fila in filas],
        "titulos": [str(columna.titulo) for columna in preparado.resultado.columnas],
    }


@require_safe
@personal_requerido
@clave_reciente
def archivo(request: HttpRequest, cual: str, formato: str) -> HttpResponseBase:
    """A file of the report. CSV and JSON go out as they are read; a long workbook is prepared apart."""
    hallado = hallar(request, cual)
    if formato not in TIPOS:
        raise Http404
    _formulario, pedida, consulta = como_se_mira(request, hallado.pedida)
    limites = {"alcance": request.alcance, "ahora": timezone.now()}
    try:
        preparado = None if es_de_muchos(pedida, **limites) else preparar(pedida, **limites)
    except InformeError:
        preparado = None
    total = preparado.resultado.total if preparado else 0
    if preparado is None or (formato == "xlsx" and total > LARGO):
        destino = redirect("kuska_seguimiento:informe", cual=cual)
        destino["Location"] += f"?{consulta}" if consulta else ""
        return destino
    anotar_salida(nombre=pedida.nombre, formato=formato, filas=total, por=request.user)
    rastro.se_saco(request, preparado.resultado.de_quienes(), detalle="informe")
    nombre = nombre_del_informe(cual, preparado.ambito.dia, formato)
    if formato == "xlsx":
        return libro_corto(preparado, nombre)
    respuesta = StreamingHttpResponse(
        en_csv(preparado) if formato == "csv" else en_json(preparado), content_type=TIPOS[formato]
    )
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    respuesta["Cache-Control"] = "no-store"
    return respuesta


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def nuevo(request: HttpRequest) -> HttpResponse:
    forma = request.GET.get("forma", Forma.PERSONAS)
    if forma not in Forma.values:
        raise Http404
    return _formulario(request, None, Definicion(forma=forma))


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
@en_turno(lambda pk: Informe.objects.filter(pk=pk))
def cambiar(request: HttpRequest, pk: int) -> HttpResponse:
    hallado = hallar(request, str(pk))
    if not hallado.se_cambia:
        raise Http404
    return _formulario(request, hallado.informe, hallado.pedida)


def _formulario(request: HttpRequest, informe: Informe | None, pedida: Definicion) -> HttpResponse:
    """The form, with a look at what it asks for before it is saved."""
    inicial = {**vars(pedida), "de_todos": informe.de_todos if informe else False}
    elegir = _para_elegir(request)
    formulario = InformeForm(datos_de(request), forma=pedida.forma, initial=inicial, informe=informe, **elegir)
    contexto = {"seccion": "informes", "form": formulario, "informe": informe, "forma": Forma(pedida.forma)}
    if formulario.is_valid():
        try:
            if "mirar" not in request.POST:
                guardado = guardar_informe(
                    pedida=formulario.pedida(),
                    de_todos=formulario.cleaned_data["de_todos"],
                    por=request.user,
                    alcance=request.alcance,
                    informe=informe,
                )
                avisos.success(request, _("Informe guardado."))
                return redirect("kuska_seguimiento:informe", cual=guardado.pk)
            preparado = preparar(formulario.pedida(), alcance=request.alcance, ahora=timezone.now())
            rastro.se_vio(request, preparado.resultado.de_quienes(0, DE_MUESTRA))
            contexto |= {**_en_pantalla(preparado, preparado.resultado[0:DE_MUESTRA]), "de_muestra": DE_MUESTRA}
        except InformeError as error:
            formulario.add_error("nombre" if error.codigo == "repetido" else None, error.mensaje)
    return render(request, "kuska/seguimiento/informe_nuevo.html", contexto)


@require_POST
@personal_requerido(gestiona=True)
def copiar(request: HttpRequest, cual: str) -> HttpResponse:
    try:
        copia = copiar_informe(pedida=hallar(request, cual).pedida, por=request.user, alcance=request.alcance)
    except InformeError as error:
        avisos.error(request, error.mensaje)
        return redirect("kuska_seguimiento:informe", cual=cual)
    avisos.success(request, _("Esta es su copia: cámbiela como necesite."))
    return redirect("kuska_seguimiento:informe_cambiar", pk=copia.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido(gestiona=True)
def borrar(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first. What the report counted stays where it was."""
    hallado = hallar(request, str(pk))
    if not hallado.se_cambia or hallado.informe is None:
        raise Http404
    if request.method != "POST":
        return render(request, "kuska/seguimiento/informe_borrar.html", {"seccion": "informes", "hallado": hallado})
    borrar_informe(informe=hallado.informe, por=request.user, alcance=request.alcance)
    avisos.success(request, _("Informe borrado."))
    return redirect("kuska_seguimiento:informes")
