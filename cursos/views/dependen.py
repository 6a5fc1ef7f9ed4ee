"""Before a page goes away, say what cannot be done without it: it is not finished by anybody, it waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from .. import clases as registro
from ..models import Unidad
from ..services.publicacion import curso_de
from .quitar import avisos_de_cursos, avisos_de_quitar

QUITAN = {"delete", "unpublish", "move"}
YA_LO_SABE = "ya_lo_sabe"


def avisar_de_quien_depende(request: HttpRequest, pagina: Any, destino: Any = None) -> None:
    """On the screen that confirms that a page is taken away, say what would be paused."""
    dependen = _que_dependen([pagina], destino)
    if request.method == "GET" and dependen:
        messages.warning(request, _en_palabras(dependen))


def preguntar_en_lote(request: HttpRequest, accion: str, paginas: Any, acto: Any) -> HttpResponse | None:
    """From a list, say it before doing it, once."""
    if accion not in QUITAN or not all(hasattr(una, "path") for una in paginas):
        return None
    destino = acto.cleaned_form.cleaned_data.get("chooser") if accion == "move" else None
    dependen = _que_dependen(paginas, destino)
    avisos = [_en_palabras(dependen)] if dependen else []
    if destino is not None:  # where they go is known now; of the other acts it was said on their screen
        avisos += avisos_de_quitar(paginas, destino)
    return _preguntar(request, avisos, volver=acto.next_url)


def preguntar_antes_de_despublicar(request: HttpRequest, pagina: Any) -> HttpResponse | None:
    """Wagtail's own screen of this act has no place for it: it is said when that one is answered.

    Of a whole course, what happens to those who take it; of its parts, ``retiros`` asks.
    """
    volver = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    dependen = _que_dependen([pagina], None)
    avisos = [*avisos_de_cursos(_que_se_van(request, pagina)), *([_en_palabras(dependen)] if dependen else [])]
    return _preguntar(request, avisos, volver=volver)


def _que_se_van(request: HttpRequest, pagina: Any) -> Any:
    return pagina.get_descendants(inclusive=True) if request.POST.get("include_descendants") else [pagina]


def _preguntar(request: HttpRequest, avisos: list[str], *, volver: str) -> HttpResponse | None:
    if not avisos or request.POST.get(YA_LO_SABE) or request.POST.get("retiro"):
        return None
    contexto = {
        "page_title": _("Antes de seguir"),
        "header_icon": "warning",
        "avisos": avisos,
        "accion": request.get_full_path(),
        "campos": [
            (campo, valor)
            for campo, valores in request.POST.lists()
            if campo != "csrfmiddlewaretoken"
            for valor in valores
        ],
        "volver": volver,
    }
    return TemplateResponse(request, "kuska/cursos/admin/dependen.html", contexto)


def _que_dependen(paginas: Any, destino: Any) -> list[Unidad]:
    """Units that lean on these pages or on those below. Moving them inside their course takes nothing away."""
    if destino is not None:
        curso = curso_de(destino.specific)
        paginas = [una for una in paginas if curso_de(una.specific) != curso]
    ids = {pk for una in paginas for pk in una.get_descendants(inclusive=True).values_list("pk", flat=True)}
    return registro.que_dependen(ids) if ids else []


def _en_palabras(dependen: list[Unidad]) -> str:
    titulos = ", ".join(f"«{unidad.titulo}»" for unidad in dependen)
    texto = ngettext(
        "%(titulos)s toma sus preguntas de aquí. Sin ellas queda en pausa: se sigue pidiendo, nadie puede empezarla y "
        "nadie termina por eso. Vuelve cuando tenga de dónde tomarlas.",
        "%(titulos)s toman sus preguntas de aquí. Sin ellas quedan en pausa: se siguen pidiendo, nadie puede "
        "empezarlas y nadie termina por eso. Vuelven cuando tengan de dónde tomarlas.",
        len(dependen),
    )
    return texto % {"titulos": titulos}
