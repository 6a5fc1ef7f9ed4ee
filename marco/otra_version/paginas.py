"""Two on one page of the editor: who saves second is told so, once."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Revision

from .palabras import Otra, de_una_pagina


class FormularioQueAvisa(WagtailAdminPageForm):
    """Says, once, that somebody else saved the page.

    Wagtail tells it with a script, and where it did not run, or was slower, the last one who saved was right. What was
    typed stays in the form, which knows by then of the other version: saving again puts it in its place.
    """

    def clean(self) -> dict[str, Any]:
        datos: dict[str, Any] = super().clean()
        # A preview is of what is written here, whatever was saved: only who edits has a subscription.
        if self.subscription is not None and self.instance.pk:
            self.decir_si_hay(otra_version(self.instance.get_latest_revision(), self.data))
        return datos

    def decir_si_hay(self, otra: Revision | None) -> None:
        if otra is not None:
            que = Otra(cuando=otra.created_at, cuenta=otra.user)
            self.add_error(None, de_una_pagina(que, quien_guarda=self.for_user))


def otra_version(ultima: Revision | None, enviado: Any) -> Revision | None:
    """The last version of a page, if it was saved after the one that a form was written on.

    What the form does not say is not known: ``EditView.is_out_of_date`` asks the same.
    """
    if ultima is None:
        return None
    if propia := enviado.get("overwrite_revision_id"):
        return None if propia == str(ultima.pk) else ultima
    sabida = (enviado.get("loaded_revision_id"), enviado.get("loaded_revision_created_at", ""))
    return ultima if sabida[0] and sabida != (str(ultima.pk), ultima.created_at.isoformat()) else None
