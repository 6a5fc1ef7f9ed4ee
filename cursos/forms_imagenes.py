"""The form of a picture, apart from those of the pages: Wagtail's own needs the models to be ready."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from marco.fotos import es_heic, formatos_de_foto, foto_en_heic, reescribir
from marco.pesos import peso_y_maximo


class CampoDeImagen(WagtailImageField):
    """Tells of a picture that it is cut or huge before Wagtail opens it, that would fall; saving writes it again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Also what the browser says by itself of a name that it does not even send.
        self.error_messages["invalid_image_extension"] = formatos_de_foto()
        if self.max_upload_size:
            de_mas = _("La imagen pesa más de %(maximo)s.") % {"maximo": filesizeformat(self.max_upload_size)}
            self.error_messages["file_too_large_unknown_size"] = f"{de_mas} {_mas_liviana()}"

    def to_python(self, data: Any) -> Any:
        if data and getattr(data, "size", 0) <= (self.max_upload_size or data.size):
            reescribir(data)
        elif data and es_heic(data):
            raise foto_en_heic()
        return super().to_python(data)

    def check_image_file_size(self, f: Any) -> None:
        if self.max_upload_size and f.size > self.max_upload_size:
            texto = _("La imagen pesa %(pesa)s y puede pesar hasta %(maximo)s.")
            dicho = texto % peso_y_maximo(f.size, self.max_upload_size)
            raise ValidationError(f"{dicho} {_mas_liviana()}", code="file_too_large")


def _mas_liviana() -> str:
    return _("Envíesela por WhatsApp, que la hace más liviana, guárdela y suba esa.")


class FormularioDeImagen(BaseImageForm):
    """Every door of the editor to a picture: the page, several at once, the step that shows it, one that replaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suyo := self.fields.get("file"):
            datos = {"label": suyo.label, "required": suyo.required, "max_length": suyo.max_length}
            self.fields["file"] = CampoDeImagen(widget=suyo.widget, **datos)
