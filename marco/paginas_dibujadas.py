"""A whole page that says the same to everybody who stands there the same way, drawn once and given to each.

It is drawn without the request: the template sees what the view gives and what the frame shows of the site, and all of
it is in the key. What is of one person or of one answer is two texts, the token of the forms and the marks of the
phone: in their place goes a word that this process made up, changed when the page is given. Nothing else of a person
can be there, since nothing else was given.

Whoever has something to be told, or a site with a frame of its own, whose templates may read the request, gets the page
drawn as any other. Both are the same to the letter.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import get_ident
from typing import Any

from django.contrib.messages import get_messages
from django.core.signals import request_finished, request_started, setting_changed
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import Engine
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .contexto import aula as lo_de_la_pagina
from .dibujadas import CABEN, dibujar, en_un_arbol, hay_lugar
from .models.ajustes import LineaDeAyuda
from .oficina import NombreConArticulo
from .recientes import Recientes

_SECRETO, _FICHA, _MARCAS = secrets.token_hex(16), "ficha-de-csrf", "marcas-del-celular"
_HUECO = re.compile(rf"{_SECRETO}\.([^.]+)\.")
FICHA, MARCAS = f"{_SECRETO}.{_FICHA}.", f"{_SECRETO}.{_MARCAS}."
MARCO = ("kuska/base.html", "kuska/base_minima.html", "kuska/base_del_sitio.html")


@dataclass(frozen=True)
class _Aula:
    """What the frame shows of the settings of the site."""

    nombre_del_espacio: str
    pagina_de_salida: str
    la_oficina: NombreConArticulo
    lineas: tuple[LineaDeAyuda, ...]
    logo: str = ""


@dataclass(frozen=True)
class _Contacto:
    contacto: str


@dataclass(frozen=True)
class _Ayuda:
    oficina: _Contacto | None


@dataclass(frozen=True)
class _Celular:
    marcas: str
    guarda: bool


@dataclass(frozen=True)
class Adelanto:
    """The pages that whoever got this one is going to ask for: what they are known by, and what each is drawn of."""

    clave: tuple[Any, ...]
    paginas: Callable[[], Iterable[Mapping[str, Any]]]


_adelantadas = Recientes(lambda: CABEN)
_atendiendo: set[int] = set()  # the threads of this process that have somebody's request


def dar(
    request: HttpRequest,
    plantilla: str,
    valores: Mapping[str, Any],
    ademas: Mapping[str, Any] | None = None,
    *,
    huecos: Mapping[str, str] | None = None,
    si_entera: Mapping[str, Any] | None = None,
    despues: Adelanto | None = None,
) -> HttpResponse:
    """Answer with a page of ``valores``: plain ones, the same for everybody who stands in the same place.

    ``ademas`` is shown too and follows from them, so that it is not asked what it is made of. ``huecos`` are texts of
    this answer alone, drawn or to be escaped: the template writes them where they go and asks nothing of them.
    ``si_entera`` is given in place of those of ``ademas`` to a page that is drawn for this answer alone. ``despues``:
    pages of the same template that are drawn once this one is on its way, while there is room.
    """
    propios = huecos or {}
    motor = Engine.get_default()
    entera = motor.debug or not _es_de_aqui(motor, plantilla) or _hay_que_decir(request)
    del_marco = {} if entera else lo_de_la_pagina(request)
    if entera or del_marco["aula"].logo:  # the address of a logo may be good only for a while
        return render(request, plantilla, {**valores, **(ademas or {}), **propios, **(si_entera or {})})
    suyos = {nombre: _hueco(nombre) for nombre in propios}
    de_todas = {**_lo_que_se_ve(del_marco), "csrf_token": FICHA}
    partes = _HUECO.split(dibujar(motor, plantilla, {**de_todas, **valores, **suyos}, ademas))
    puestos = {nombre: conditional_escape(texto) for nombre, texto in propios.items()}
    puestos[_FICHA], puestos[_MARCAS] = get_token(request), (del_marco["celular"] or {}).get("marcas", "")
    partes[1::2] = [puestos[nombre] for nombre in partes[1::2]]
    respuesta = HttpResponse("".join(partes))
    if despues and hay_lugar():

        def adelantar() -> Iterator[None]:
            for otra in despues.paginas():
                yield
                dibujar(motor, plantilla, {**de_todas, **otra, **suyos}, ademas)

        en_camino(respuesta, (plantilla, get_language(), despues.clave, *de_todas.items()), adelantar)
    return respuesta


def en_camino(respuesta: HttpResponse, clave: tuple[Any, ...], adelantar: Callable[[], Iterable[None]]) -> None:
    """Draw ahead what whoever gets this answer is going to ask for, once it is on its way: once for each ``clave``.

    ``adelantar`` stops before each thing that it draws. When somebody asks for something meanwhile the rest is left,
    for after another answer: who is there goes before who may come.
    """
    if Engine.get_default().debug or _adelantadas.get(clave):
        return
    _adelantadas.poner(clave, True)

    def mientras_nadie_espere() -> None:
        _atendiendo.discard(get_ident())
        for _una in adelantar():
            if _atendiendo:
                _adelantadas.poner(clave, False)
                return

    respuesta._resource_closers.append(mientras_nadie_espere)  # type: ignore[attr-defined]


def _atiende(**_que: Any) -> None:
    _atendiendo.add(get_ident())


def _termina(**_que: Any) -> None:
    _atendiendo.discard(get_ident())


request_started.connect(_atiende)
request_finished.connect(_termina)


def olvidar(**_que: Any) -> None:
    """Draw ahead again: what was drawn is not there any more."""
    _adelantadas.clear()


setting_changed.connect(olvidar)


def _hueco(nombre: str) -> SafeString:
    """The word that stands for a text of one answer while its page is drawn."""
    return mark_safe(f"{_SECRETO}.{nombre}.")  # noqa: S308 (letters of ours)


def _lo_que_se_ve(del_marco: Mapping[str, Any]) -> dict[str, Any]:
    ajustes, oficina, celular = del_marco["aula"], del_marco["ayuda"]["oficina"], del_marco["celular"]
    return {
        "aula": _Aula(ajustes.nombre_del_espacio, ajustes.pagina_de_salida, ajustes.la_oficina, tuple(ajustes.lineas)),
        "ayuda": _Ayuda(_Contacto(oficina.contacto) if oficina else None),
        "celular": _Celular(MARCAS, celular["guarda"]) if celular else None,
        "letra": del_marco["letra"],
        "url_de_inicio": del_marco["url_de_inicio"],
        "solo_lectura": del_marco["solo_lectura"],
    }


def _hay_que_decir(request: HttpRequest) -> bool:
    """Whether the last act left an answer: it is told once, to whoever did it."""
    return bool(len(get_messages(request)))


def _es_de_aqui(motor: Engine, plantilla: str) -> bool:
    """Whether the page, its frame and their pieces are those of this release, all in the same tree."""
    return en_un_arbol(motor, (plantilla, *MARCO))
