"""Forms of the editor: drafts may be incomplete, what is published may not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from .validators import faltas_para_publicar


class FormularioDeLeccion(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "asientos" in self.fields:  # the two levels share names
            self.fields["asientos"].label_from_instance = lambda tipo: f"{tipo.nombre} · {tipo.get_nivel_display()}"

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if self.is_deferred_validation or "pasos" not in datos:
            return datos
        if faltas := faltas_para_publicar(datos["pasos"].get_prep_value()):
            errores = [ValidationError(falta) for falta in faltas]
            self.add_error("pasos", StreamBlockValidationError(non_block_errors=errores))
        return datos


class FormularioDeCurso(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not self.is_deferred_validation and not datos.get("horas"):
            self.add_error("horas", _("Escriba las horas: van en el certificado y sin ellas no sirve."))
        return datos
