"""Publishing from the list of pages: the same rules as from the form, all of what was marked or nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from marco.errores import ErrorDeDominio

from ..forms import falta_del_modulo
from ..models import Modulo
from ..models.de_curso import DeCurso
from ..services.publicacion import carga_en_bloque
from .editor import avisar_de_lo_publicado


def publicar_en_lote(request: HttpRequest, accion: str, paginas: Any, acto: Any) -> HttpResponse | None:
    """Publish what was marked, and what hangs from it when that was asked. Anything else is left to Wagtail.

    What takes its questions from another page goes after it, whatever their order in the tree.
    """
    if accion != "publish" or not any(hasattr(pagina, "specific_class") for pagina in paginas):
        return None
    marcadas = [pagina.specific for pagina in paginas]
    abajo = _de_abajo(request, marcadas) if acto.cleaned_form.cleaned_data["include_descendants"] else []
    if not any(isinstance(pagina, DeCurso) for pagina in [*marcadas, *abajo]):
        return None
    en_orden = sorted([*marcadas, *abajo], key=lambda pagina: getattr(pagina, "va_despues", False))
    pagina = en_orden[0]
    try:
        with transaction.atomic(), carga_en_bloque(por=request.user):
            for pagina in en_orden:
                _publicar(pagina, request.user)
    except (ValidationError, ErrorDeDominio) as error:
        dicho = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        messages.error(request, f"{pagina.get_admin_display_title()}: {dicho}")
        return redirect("wagtailadmin_pages:edit", pagina.pk)
    messages.success(request, acto.get_success_message(len(marcadas), len(abajo)))
    avisar_de_lo_publicado(request, en_orden)
    return redirect(acto.next_url)


def avisar_de_lo_que_falta(request: HttpRequest, paginas: list[Any]) -> None:
    """On the screen that confirms it, say what is not ready: with it, none of what was marked is published."""
    if request.method != "GET":
        return
    borradores = [pagina.get_latest_revision_as_object() for pagina in paginas if _es_de_curso(pagina)]
    dichas = [(uno, _faltas(uno)) for uno in borradores]
    for uno, faltas in dichas:
        if faltas:
            texto = _("«%(titulo)s» todavía no se puede publicar. %(faltas)s")
            datos = {"titulo": uno.get_admin_display_title(), "faltas": " ".join(faltas)}
            boton = messages.button(reverse("wagtailadmin_pages:edit", args=[uno.pk]), _("Corregir"))
            messages.warning(request, texto % datos, buttons=[boton])
    if len(dichas) > 1 and any(faltas for _uno, faltas in dichas):
        messages.warning(request, _("Si las publica juntas así, no se publica ninguna."))


def _es_de_curso(pagina: Any) -> bool:
    clase = pagina.specific_class
    return clase is not None and issubclass(clase, DeCurso)


def _faltas(borrador: Any) -> list[str]:
    faltas = borrador.faltas_para_publicar()
    if isinstance(borrador, Modulo):
        del_modulo = falta_del_modulo(borrador.title, padre=borrador.get_parent(), pk=borrador.pk)
        return [*faltas, *([del_modulo] if del_modulo else [])]
    return faltas


def _de_abajo(request: HttpRequest, marcadas: list[Any]) -> list[Any]:
    """Drafts below what was marked, once each, that this account may publish."""
    propias = {pagina.pk for pagina in marcadas}
    borradores = {
        hija.pk: hija for madre in marcadas for hija in madre.get_descendants().not_live().specific().order_by("path")
    }
    return [
        hija
        for pk, hija in borradores.items()
        if pk not in propias and hija.permissions_for_user(request.user).can_publish()
    ]


def _publicar(pagina: Any, cuenta: Any) -> None:
    if isinstance(pagina, Modulo):
        borrador = pagina.get_latest_revision_as_object()
        if falta := falta_del_modulo(borrador.title, padre=pagina.get_parent(), pk=pagina.pk):
            raise ValidationError(falta)
    revision = pagina.get_latest_revision() or pagina.save_revision(user=cuenta)
    revision.publish(user=cuenta)
