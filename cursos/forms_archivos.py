"""The form of a document, apart from those of the pages: Wagtail's own needs the models to be ready."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from .archivos import AUDIO_MAXIMO, AUDIOS, extension_de, falta_al_subir


class CampoDeArchivo(WagtailDocumentField):
    """Each kind of file has one limit: the screen says both at once, and a refusal only the one that was passed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audio = filesizeformat(min(self.max_upload_size or AUDIO_MAXIMO, AUDIO_MAXIMO))
        self.help_text = _("Un audio (.opus, .ogg, .mp3 o .m4a) pesa hasta %(maximo)s.") % {"maximo": audio}
        if self.max_upload_size:
            texto = _(
                "Un audio (.opus, .ogg, .mp3 o .m4a) pesa hasta %(maximo)s; un documento .pdf, hasta %(documento)s."
            )
            self.help_text = texto % {"maximo": audio, "documento": filesizeformat(self.max_upload_size)}
        # What the browser says by itself of a file that it does not even send.
        self.error_messages["file_too_large_unknown_size"] = _("El archivo pesa demasiado.") + f" {self.help_text}"

    def check_document_file_size(self, f: Any) -> None:
        """It is told by the form, with everything else that a file must be."""


class FormularioDeDocumento(BaseDocumentForm):
    """Every door of the editor to a new document: the page, several at once, and the step that plays it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suyo := self.fields.get("file"):  # the form that follows several at once has none
            datos = {"label": suyo.label, "required": suyo.required, "max_length": suyo.max_length}
            self.fields["file"] = CampoDeArchivo(widget=suyo.widget, **datos)

    def add_error(self, field: Any, error: Any) -> None:
        """Once a file was refused, Wagtail looks for the extension of none: that is not said besides."""
        if "file" in self.errors and hasattr(error, "error_dict"):
            error.error_dict.pop("file", None)
        super().add_error(field, error)

    def clean_file(self) -> Any:
        archivo, maximo = self.cleaned_data["file"], self.fields["file"].max_upload_size
        if archivo and "file" in self.changed_data:
            falta = falta_al_subir(archivo, maximo=maximo) or self._falta_al_reemplazar(archivo)
            if falta:
                raise ValidationError(falta)
        return archivo

    def _falta_al_reemplazar(self, archivo: Any) -> str:
        """Steps that play a sound go on playing one."""
        if self.instance.pk is None:
            return ""
        era_audio, es_audio = (extension_de(uno.name) in AUDIOS for uno in (self.instance.file, archivo))
        if era_audio and not es_audio:
            return _("Este archivo es un audio: reemplácelo por otro audio. El documento súbalo aparte.")
        if es_audio and not era_audio:
            return _("Este archivo es un documento: reemplácelo por otro documento. El audio súbalo aparte.")
        return ""
