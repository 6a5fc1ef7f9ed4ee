"""Forms of the editor: drafts may be incomplete, what is published may not."""

from __future__ import annotations

from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.db.models import Q
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


class FormularioDeModulo(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not self.is_deferred_validation:
            padre = self.parent_page or self.instance.get_parent()
            if falta := falta_del_modulo(datos.get("title", ""), padre=padre, pk=self.instance.pk):
                self.add_error("title", falta)
        return datos


def falta_del_modulo(titulo: str, *, padre: Any, pk: int | None) -> str:
    """Say that another module of the course has this title, or nothing.

    A unit knows its module by its title: the evaluation of one would wait for the lessons of both.
    """
    otros = swapper.load_model("cursos", "Modulo").objects.child_of(padre).exclude(pk=pk)
    if titulo and otros.filter(Q(title=titulo) | Q(draft_title=titulo)).exists():
        return _("Otro módulo de este curso ya se llama así. Póngale un título distinto.")
    return ""


class FormularioDeCurso(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not self.is_deferred_validation and not datos.get("horas"):
            self.add_error("horas", _("Escriba las horas: van en el certificado y sin ellas no sirve."))
        return datos
