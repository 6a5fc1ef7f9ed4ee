"""The form of a document, apart from those of the pages: Wagtail's own needs the models to be ready."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from .archivos import falta_al_subir


class FormularioDeDocumento(BaseDocumentForm):
    """Every door of the editor to a new document: the page, several at once, and the step that plays it."""

    def clean_file(self) -> Any:
        archivo = self.cleaned_data["file"]
        if archivo and "file" in self.changed_data and (falta := falta_al_subir(archivo)):
            raise ValidationError(falta)
        return archivo
