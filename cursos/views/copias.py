"""What the editor says of copies: what has no alias, what stayed a draft, what leads to another course."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..models.de_curso import SIN_ALIAS
from ..services.copias import apuntan_afuera, hay_de_curso, quedaron_en_borrador
from .editor import avisar_de_lo_publicado


def sin_alias(request: HttpRequest, pagina: Any) -> HttpResponse | None:
    """The action refuses it; who asks for it by hand reads why."""
    con_lo_de_abajo = bool(request.POST.get("copy_subpages"))
    if request.POST.get("alias") and hay_de_curso(pagina, con_lo_de_abajo=con_lo_de_abajo):
        messages.error(request, SIN_ALIAS)
        return redirect("wagtailadmin_pages:copy", pagina.pk)
    return None


def avisar_de_la_copia(request: HttpRequest, copia: Any) -> None:
    if not hay_de_curso(copia, con_lo_de_abajo=True):
        return
    for titulo, nombrada in apuntan_afuera(copia):
        texto = _("«%(titulo)s» nombra «%(nombrada)s», que es de otro curso. La copia lo sigue nombrando: revíselo.")
        messages.warning(request, texto % {"titulo": titulo, "nombrada": nombrada})
    if request.POST.get("publish_copies"):
        avisar_de_lo_publicado(request, [copia])
        for titulo, falta in quedaron_en_borrador(copia):
            messages.warning(
                request, _("Quedó como borrador «%(titulo)s». %(falta)s") % {"titulo": titulo, "falta": falta}
            )
