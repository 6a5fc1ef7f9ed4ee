"""The form of a document, apart from those of the pages: Wagtail's own needs the models to be ready."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from .archivos import AUDIO_MAXIMO, falta_al_subir


class FormularioDeDocumento(BaseDocumentForm):
    """Every door of the editor to a new document: the page, several at once, and the step that plays it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if campo := self.fields.get("file"):  # the form that follows several at once has none
            texto = _("Un audio (.opus, .ogg, .mp3 o .m4a) pesa hasta %(maximo)s.")
            dicho = texto % {"maximo": filesizeformat(AUDIO_MAXIMO)}
            campo.help_text = f"{dicho} {campo.help_text}".strip()

    def add_error(self, field: Any, error: Any) -> None:
        """Once a file was refused, Wagtail looks for the extension of none: that is not said besides."""
        if "file" in self.errors and hasattr(error, "error_dict"):
            error.error_dict.pop("file", None)
        super().add_error(field, error)

    def clean_file(self) -> Any:
        archivo = self.cleaned_data["file"]
        if archivo and "file" in self.changed_data and (falta := falta_al_subir(archivo)):
            raise ValidationError(falta)
        return archivo
