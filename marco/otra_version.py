"""Two on one page of the editor: who saves second is told so, once."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Revision


class FormularioQueAvisa(WagtailAdminPageForm):
    """Says, once, that somebody else saved the page.

    Wagtail tells it with a script, and where it did not run, or was slower, the last one who saved was right. What was
    typed stays in the form, which knows by then of the other version: saving again puts it in its place.
    """

    def clean(self) -> dict[str, Any]:
        datos: dict[str, Any] = super().clean()
        # A preview is of what is written here, whatever was saved: only who edits has a subscription.
        if self.subscription is not None and (otra := otra_version(self.instance, self.data)):
            self.add_error(None, en_palabras(otra, quien_guarda=self.for_user))
        return datos


def otra_version(pagina: Any, enviado: Any) -> Revision | None:
    """The version of a page that was saved after the one that a form was written on, if there is one.

    What the form does not say is not known: ``EditView.is_out_of_date`` asks the same.
    """
    ultima = pagina.get_latest_revision() if pagina.pk else None
    if ultima is None:
        return None
    if propia := enviado.get("overwrite_revision_id"):
        return None if propia == str(ultima.pk) else ultima
    sabida = (enviado.get("loaded_revision_id"), enviado.get("loaded_revision_created_at", ""))
    return ultima if sabida[0] and sabida != (str(ultima.pk), ultima.created_at.isoformat()) else None


def en_palabras(otra: Revision, *, quien_guarda: Any) -> str:
    dicho = {"cuando": date_format(timezone.localtime(otra.created_at), "DATETIME_FORMAT")}
    if otra.user_id is None:
        que = _("Esta página se guardó el %(cuando)s, después de que usted la abrió.")
    elif otra.user_id == getattr(quien_guarda, "pk", None):
        que = _("Usted guardó esta página en otra ventana el %(cuando)s, después de abrirla aquí.")
    else:
        que = _("%(quien)s guardó esta página el %(cuando)s, después de que usted la abrió.")
        dicho["quien"] = otra.user.get_full_name() or otra.user.get_username()
    sigue = _(
        "Lo que usted escribió sigue aquí, y todavía no se guardó. Mire la otra versión en el historial, en otra "
        "pestaña, y traiga lo que haga falta: lo próximo que se guarde aquí la reemplaza, y aquella queda ahí."
    )
    return f"{que % dicho} {sigue}"
