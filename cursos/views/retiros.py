"""Screens of the editor about parts taken away: what is paused, what would happen, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import swapper
from django.contrib import messages as avisos
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from marco.numeros import entero_de

from ..errores import CursoError
from ..models import Curso, DecisionDeRetiro, Unidad
from ..services import retiros
from ..services.consecuencia import Consecuencia, al_retirar

Trato = DecisionDeRetiro.Trato
PASAJERO, DEFINITIVO = "pasajero", "definitivo"
OTROS_CAMPOS = ("include_descendants", "next")  # of Wagtail's own form

# When nobody who began lacks it there is nothing to decide; what happens is said all the same, and how it comes back.
YA_NO_SE_PIDE = gettext_lazy(
    "Desde ahora nadie la ve ni se pide. A nadie que ya empezó le faltaba; quien está por empezar no la hará. Si la "
    "publica otra vez, el editor le preguntará qué se pide a quienes ya empezaron."
)


@dataclass(frozen=True)
class Pregunta:
    """One or several paused parts, with what would happen to people if they were no longer asked for."""

    unidades: list[Unidad]
    consecuencia: Consecuencia


@require_http_methods(["GET", "HEAD", "POST"])
def partes_en_pausa(request: HttpRequest, pk: int) -> HttpResponse:
    """What is paused in a course, what waits to come out, and the two ways to decide. ``pk`` is of its page."""
    pagina = _pagina_que_publica(request.user, pk)
    curso = get_object_or_404(Unidad, pagina=pagina.pk)
    if request.method == "POST":
        ids = [pk for una in request.POST.getlist("unidad") if (pk := entero_de(una)) is not None]
        propias = Unidad.objects.filter(curso=curso, pk__in=ids).values_list("pk", flat=True)
        _decidir(request, list(propias))
        return redirect("cursos_en_pausa", pagina.pk)
    ahora = timezone.now()
    pausadas = list(retiros.en_pausa([curso]))
    sin_decidir = [una for una in pausadas if una.decision_id is None]
    contexto = {
        "page_title": _("Partes en pausa"),
        "page_subtitle": pagina.get_admin_display_title(),
        "header_icon": "warning",
        "pagina": pagina,
        "preguntas": [_preguntar([una]) for una in pausadas],
        "todas": _preguntar(sin_decidir) if len(sin_decidir) > 1 else None,
        "esperan": list(retiros.que_esperan([curso], ahora=ahora)),
    }
    return TemplateResponse(request, "kuska/cursos/admin/en_pausa.html", contexto)


@require_POST
def deshacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back while what it made people earn has not come out."""
    decision = get_object_or_404(DecisionDeRetiro.objects.select_related("curso"), pk=pk)
    pagina = _pagina_que_publica(request.user, decision.curso.pagina_id)
    try:
        vueltas = retiros.deshacer(decision=decision, ahora=timezone.now(), por=request.user)
    except CursoError as error:
        messages.error(request, error.mensaje)
    else:
        texto = ngettext(
            "Decisión deshecha. %(n)d persona vuelve a estar en curso y no se emitió ningún documento.",
            "Decisión deshecha. %(n)d personas vuelven a estar en curso y no se emitió ningún documento.",
            vueltas,
        )
        messages.success(request, texto % {"n": vueltas})
    return redirect("cursos_en_pausa", pagina.pk)


def preguntar_antes_de_retirar(request: HttpRequest, pagina: Any) -> HttpResponse | None:
    """Before unpublishing what people are doing, ask whether it is for a while. Nothing is asked when nobody is."""
    eleccion = request.POST.get("retiro")
    if eleccion:
        pagina.retiro_pasajero = eleccion == PASAJERO
        return None
    consecuencia = al_retirar(unidades_bajo(pagina))
    if not consecuencia.personas:
        request.a_nadie_le_falta = bool(unidades_bajo(pagina))  # type: ignore[attr-defined]
        return None
    contexto = {
        "page_title": _("Antes de dejar de publicar"),
        "page_subtitle": pagina.get_admin_display_title(),
        "header_icon": "warning",
        "pagina": pagina,
        "consecuencia": consecuencia,
        "otros_campos": [(campo, request.POST[campo]) for campo in OTROS_CAMPOS if campo in request.POST],
    }
    return TemplateResponse(request, "kuska/cursos/admin/retirar.html", contexto)


def anotar_lo_elegido(request: HttpRequest, pagina: Any) -> None:
    """After unpublishing, record what was answered. Without an answer, what people lack stays paused and it is said."""
    ids = [una.pk for una in _unidades(pagina).pausadas().filter(decision=None)]
    eleccion = {PASAJERO: Trato.SE_SIGUE_PIDIENDO, DEFINITIVO: Trato.DEJAR_DE_PEDIR}.get(request.POST.get("retiro", ""))
    if eleccion and ids:
        _decidir(request, ids, eleccion)
    else:
        if getattr(request, "a_nadie_le_falta", False) and not ids:
            messages.info(request, YA_NO_SE_PIDE)
        avisar_de_pausas(request)


def avisar_de_pausas(request: HttpRequest) -> None:
    """Say which courses have parts paused that nobody has decided about, with the way to do it."""
    for curso, cuantas in cursos_por_decidir(request.user):
        texto = ngettext(
            "En «%(curso)s» hay %(n)d parte en pausa: se sigue pidiendo y nadie la ve. Falta decidir.",
            "En «%(curso)s» hay %(n)d partes en pausa: se siguen pidiendo y nadie las ve. Falta decidir.",
            cuantas,
        ) % {"curso": curso.titulo, "n": cuantas}
        boton = messages.button(reverse("cursos_en_pausa", args=[curso.pagina_id]), _("Decidir"))
        messages.warning(request, texto, buttons=[boton])


def cursos_por_decidir(usuario: Any) -> list[tuple[Unidad, int]]:
    """Return the courses that this account may publish and have paused parts without decision, and how many."""
    cuentas: dict[Unidad, int] = {}
    for una in retiros.por_decidir(cursos_que_publica(usuario)):
        cuentas[una.curso] = cuentas.get(una.curso, 0) + 1
    return list(cuentas.items())


def cursos_que_publica(usuario: Any) -> Any:
    """Return the courses whose page this account may publish."""
    politica = policy_registry.get_by_type(swapper.load_model("wagtailcore", "Page"))
    paginas = politica.instances_user_has_permission_for(usuario, "publish")
    return Unidad.objects.cursos().filter(pagina__in=paginas.order_by().values("pk"))


def hay_algo_en_pausa(pagina: Any, usuario: Any) -> bool:
    """Whether the screen of a course has something to say to this account."""
    if not isinstance(pagina.specific, Curso) or not pagina.permissions_for_user(usuario).can_publish():
        return False
    curso = Unidad.objects.filter(pagina=pagina.pk)
    return retiros.en_pausa(curso).exists() or retiros.que_esperan(curso, ahora=timezone.now()).exists()


def unidades_bajo(pagina: Any) -> list[Unidad]:
    """Units seen of a page and of those below, when a whole course is not what goes away."""
    if isinstance(pagina, Curso):
        return []
    return list(_unidades(pagina).filter(retirada_en__isnull=True))


def _unidades(pagina: Any) -> Any:
    ids = pagina.get_descendants(inclusive=True).values("pk")
    return Unidad.objects.filter(pagina__in=ids, curso__isnull=False)


def _decidir(request: HttpRequest, unidades: Iterable[int], trato: str = "") -> None:
    ahora = timezone.now()
    trato = trato or request.POST.get("trato", "")
    try:
        if trato == Trato.DEJAR_DE_PEDIR:
            terminan = entero_de(request.POST.get("terminan", ""))
            decisiones = retiros.dejar_de_pedir(unidades=unidades, ahora=ahora, por=request.user, terminan=terminan)
            messages.success(request, _lo_que_hizo(decisiones))
        elif trato == Trato.SE_SIGUE_PIDIENDO:
            retiros.seguir_pidiendo(unidades=unidades, ahora=ahora, por=request.user)
            messages.success(request, _("Decisión anotada: se sigue pidiendo, y nadie la ve hasta que vuelva."))
        else:
            avisos.error(request, _("Elija una de las dos opciones."))
    except CursoError as error:
        messages.error(request, error.mensaje)


def _lo_que_hizo(decisiones: list[DecisionDeRetiro]) -> str:
    terminan = sum(decision.terminan for decision in decisiones)
    if not terminan:
        return _("Decisión anotada. Ya no se pide, y nadie terminó por ello.")
    texto = ngettext(
        "Decisión anotada. %(n)d persona terminó el curso. Su documento sale el %(dia)s: hasta entonces puede "
        "deshacerla.",
        "Decisión anotada. %(n)d personas terminaron el curso. Sus documentos salen el %(dia)s: hasta entonces puede "
        "deshacerla.",
        terminan,
    )
    return texto % {"n": terminan, "dia": _dia_y_hora(decisiones[0].firme_desde)}


def _dia_y_hora(momento: datetime) -> str:
    return date_format(timezone.localtime(momento), "DATETIME_FORMAT")


def _preguntar(unidades: list[Unidad]) -> Pregunta:
    return Pregunta(unidades, al_retirar(unidades))


def _pagina_que_publica(usuario: Any, pk: int | None) -> Any:
    pagina = Curso.objects.filter(pk=pk).first()
    if pagina is None or not pagina.permissions_for_user(usuario).can_publish():
        raise PermissionDenied
    return pagina
