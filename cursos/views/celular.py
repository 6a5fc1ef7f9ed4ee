"""A module on the phone: what it weighs before the touch, what it is made of, and what is kept here."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks

from instancias.acceso.guardas import integrante_requerido
from marco.sin_senal import se_queda

from ..consultas.acceso import acceder_a_la_unidad
from ..consultas.contenido import guardado as en_cache
from ..consultas.modulo import modulo_por_guardar, version_de
from ..consultas.siguiente import url_de
from ..guardado import FORMATO, ModuloPorGuardar, PaginaGuardada, dibujos_de, marco_de, que_cargan
from .comunes import con_acceso

GUION = "kuska/js/modulo.js"


@require_http_methods(["GET", "HEAD", "POST"])
@integrante_requerido
@con_acceso
def guardar_modulo(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Say what would be saved, how much it weighs and until when. With POST, what has to begin with signal begins."""
    modulo = _modulo(request, curso, unidad, de_muestra=request.method != "POST")
    if request.method == "POST":
        if not _guarda(request):
            return JsonResponse({"mensaje": _prestado()}, status=409)
        for prepara in hooks.get_hooks("antes_de_guardar_un_modulo"):
            prepara(request, modulo)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"estado": "listo"})
        messages.warning(request, _("Este navegador no puede guardar. Active JavaScript o use otro navegador."))
        return redirect("kuska_cursos:guardar_modulo", curso, unidad)
    contexto = {
        "curso": curso,
        "unidad": modulo.numero,
        "modulo": modulo.titulo,
        "lecciones": sum(fila.posicion > 0 for fila in modulo.filas),
        "peso": _peso(request, modulo) if _guarda(request) else 0,
        "hasta": modulo.inscripcion.ultimo_dia,
        "prestado": "" if _guarda(request) else _prestado(),
        "version": _version(modulo),
    }
    return render(request, "kuska/cursos/guardar_modulo.html", contexto)


@require_safe
@integrante_requerido
@con_acceso
def contenido(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """What a module is made of, for who takes the course: its pages, its drawings, its version and until when."""
    modulo = _modulo(request, curso, unidad)
    if not _guarda(request):
        return JsonResponse({"mensaje": _prestado()}, status=409)
    marca = f'"{_version(modulo)}"'
    respuesta = get_conditional_response(request, etag=marca)
    if respuesta is None:
        respuesta = JsonResponse({} if request.method == "HEAD" else _armar(request, modulo))
    respuesta["ETag"] = marca
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


@require_safe
@integrante_requerido
@se_queda
def en_este_celular(request: HttpRequest) -> HttpResponse:
    """What this phone keeps: its script tells it. The page names nobody, and it stays for when there is no signal."""
    return render(request, "kuska/cursos/en_este_celular.html")


def _guarda(request: HttpRequest) -> bool:
    """Whether this phone may keep pages: one that somebody else uses keeps nothing."""
    return bool(request.celular["guarda"])  # type: ignore[attr-defined]


def _prestado() -> str:
    return _("Usted dijo que este celular lo usa otra persona. Aquí no se guarda nada: así nadie más lo ve.")


def _modulo(request: HttpRequest, curso: int, unidad: int, *, de_muestra: bool = False) -> ModuloPorGuardar:
    hoy = timezone.localdate()
    persona = request.persona  # type: ignore[attr-defined]
    acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=hoy)
    return modulo_por_guardar(acceso, persona=persona, hoy=hoy, de_muestra=de_muestra)


def _version(modulo: ModuloPorGuardar) -> str:
    return version_de(modulo, (GUION,), hoy=timezone.localdate())


def _paginas(request: HttpRequest, modulo: ModuloPorGuardar) -> list[PaginaGuardada]:
    return [una for da in hooks.get_hooks("paginas_para_guardar") for una in da(request, modulo)]


def _armar(request: HttpRequest, modulo: ModuloPorGuardar) -> dict[str, Any]:
    paginas, hasta, curso = _paginas(request, modulo), modulo.inscripcion.ultimo_dia, modulo.temario.numero
    abren = {url for una in paginas for url in una.tambien}
    marco = _marco(request)
    guiones, estilos = que_cargan(paginas, ya=marco)
    return {
        "formato": FORMATO,
        "version": _version(modulo),
        "titulo": modulo.titulo,
        "curso": curso,
        "modulo": modulo.numero,
        "hasta": date_format(hasta) if hasta else "",
        "guardado": date_format(timezone.localtime(), "DATETIME_FORMAT"),
        "indice": [
            {"url": url, "titulo": fila.titulo} for fila in modulo.filas if (url := url_de(fila, curso)) in abren
        ],
        "marco": marco_de(_marco(request, guiones=guiones, estilos=estilos)),
        "paginas": [una.a_json() for una in paginas],
        "archivos": [*dibujos_de(paginas), *guiones, *estilos, staticfiles_storage.url(GUION)],
    }


def _marco(request: HttpRequest, **contexto: Any) -> str:
    return render(request, "kuska/cursos/pagina_guardada.html", contexto).content.decode()


def _peso(request: HttpRequest, modulo: ModuloPorGuardar) -> int:
    """Return how many bytes will travel: the same for everybody, weighed once for each version."""
    clave = hashlib.sha256(_version(modulo).encode()).hexdigest()[:12]
    return en_cache(f"peso:{modulo.numero}:{clave}", modulo.inscripcion.curso, lambda: _pesar(_armar(request, modulo)))


def _pesar(contenido: dict[str, Any]) -> int:
    texto = len(gzip.compress(json.dumps(contenido).encode(), 6))
    base = staticfiles_storage.base_url or "/"
    rutas = (url.removeprefix(base) for url in contenido["archivos"] if url.endswith(".svg"))
    hallados = (finders.find(ruta) or finders.find(_sin_huella(ruta)) for ruta in rutas)
    return texto + sum(len(gzip.compress(Path(str(uno)).read_bytes(), 6)) for uno in hallados if uno)


def _sin_huella(ruta: str) -> str:
    """Return the name of a static file without the digest that production puts in it."""
    antes, _punto, fin = ruta.rpartition(".")
    nombre, _punto, _huella = antes.rpartition(".")
    return f"{nombre}.{fin}"
