"""Words and addresses of the panel."""

from __future__ import annotations

import datetime
import pickle
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, repeat
from typing import Any

from django import template
from django.core.cache.backends.locmem import LocMemCache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cursos.consultas.dibujo import marca
from marco.grupos import en_palabras

from ..consultas import lugares
from ..consultas.matriz import Puesto
from ..views.comun import consulta_de

register = template.Library()
MES = 30
EN_ESTE_PROCESO = LocMemCache("kuska-piezas-del-panel", {"TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 4000}})


@register.filter
def hace(momento: datetime.datetime | None) -> str:
    """How long ago, in days; beyond a month, the date."""
    if momento is None:
        return _("Sin actividad")
    local = timezone.localtime(momento)
    dias = (timezone.localdate() - local.date()).days
    if dias <= 0:
        return _("Hoy")
    if dias == 1:
        return _("Ayer")
    if dias <= MES:
        return ngettext("Hace %(n)d día", "Hace %(n)d días", dias) % {"n": dias}
    return date_format(local.date(), r"j \d\e F \d\e Y")


@register.filter
def de_clave(valores: dict[str, Any] | None, clave: str) -> Any:
    """``{{ estados|de_clave:instancia.ubigeo }}``: what a dictionary holds under a key."""
    return (valores or {}).get(clave)


@register.filter
def contado(cuantas: Any) -> Any:
    """A count, or what stands for it; and of what is not told, the one word."""
    return en_palabras(cuantas)


@register.filter
def lugar(ubigeo: str) -> str:
    """The name of a territory today."""
    return lugares.nombres().get(ubigeo, ubigeo)


@register.simple_tag(takes_context=True)
def lista(context: dict[str, Any], ver: str, **filtros: Any) -> str:
    """``{% lista "terminaron" instancia=tabla.ubigeo %}``: address of the list behind a number."""
    ambito = context["ambito"]
    if ambito.instancia:
        filtros.setdefault("instancia", ambito.instancia)
    return f"{reverse('kuska_seguimiento:lista')}?{consulta_de(ambito, ver=ver, **filtros)}"


@register.simple_tag(takes_context=True)
def direccion(context: dict[str, Any], nombre: str, *args: Any, **filtros: Any) -> str:
    """``{% direccion "distrito" tabla.ubigeo %}``: address of a page of the panel that keeps edition and territory."""
    consulta = consulta_de(context["ambito"], **filtros)
    ruta = reverse(f"kuska_seguimiento:{nombre}", args=args)
    return f"{ruta}?{consulta}" if consulta else ruta


@register.simple_tag(takes_context=True)
def pieza(context: dict[str, Any], nombre: str, **partes: Any) -> SafeString:
    """``{% pieza "tesela" instancia=una estado=suyo %}``: an include that is drawn once in each process.

    What it shows is ``partes`` and the addresses of the scope, all of it in the key; nobody's name.
    """
    ambito = context["ambito"]
    plantilla = f"kuska/seguimiento/partes/{nombre}.html"
    que = pickle.dumps((partes, consulta_de(ambito), ambito.instancia, ambito.al, get_language(), marca((plantilla,))))
    llave = f"{nombre}:{blake2b(que, digest_size=20).hexdigest()}"
    html = EN_ESTE_PROCESO.get(llave)
    if html is None:
        html = str(render_to_string(plantilla, {**partes, "ambito": ambito}))
        EN_ESTE_PROCESO.set(llave, html)
    return mark_safe(html)  # noqa: S308 (drawn here)


@register.simple_tag
def puesto(cual: Puesto, calidad: str) -> SafeString:
    """Titular or alterno of a cell: its marks, each a shape and a word, after ``calidad`` in hidden words."""
    return _puesto(cual, calidad, get_language())


@lru_cache(maxsize=2048)
def _puesto(cual: Puesto, calidad: str, _idioma: str | None) -> SafeString:
    """A province has hundreds of cells and a few dozen different ones. Shapes are of the style: they are half of it."""
    marcas = format_html_join(
        " ",
        '<span class="k-puesto k-puesto--{}">{}{}{}</span>',
        (
            (marca.clase, de_quien, _palabra(marca.en_palabras), marca.texto)
            for de_quien, marca in zip(chain([_palabra(calidad)], repeat("")), cual.marcas, strict=False)
        ),
    )
    return marcas if len(cual.marcas) == 1 else format_html('<span class="k-puestos">{}</span>', marcas)


def _palabra(oculta: str) -> SafeString:
    return format_html('<span class="k-oculto">{}: </span>', oculta) if oculta else SafeString("")
