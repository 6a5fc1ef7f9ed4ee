"""The form of a picture, apart from those of the pages: Wagtail's own needs the models to be ready."""

from __future__ import annotations

from typing import Any

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from marco.fotos import reescribir


class CampoDeImagen(WagtailImageField):
    """Tells of a picture that it is cut or huge before Wagtail opens it, that would fall; saving writes it again."""

    def to_python(self, data: Any) -> Any:
        if data and getattr(data, "size", 0) <= (self.max_upload_size or data.size):
            reescribir(data)
        return super().to_python(data)


class FormularioDeImagen(BaseImageForm):
    """Every door of the editor to a picture: the page, several at once, the step that shows it, one that replaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suyo := self.fields.get("file"):
            datos = {"label": suyo.label, "required": suyo.required, "max_length": suyo.max_length}
            self.fields["file"] = CampoDeImagen(widget=suyo.widget, **datos)
