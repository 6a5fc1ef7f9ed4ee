"""Forms of the editor: drafts may be incomplete, what is published may not."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks import StreamBlockValidationError

from marco.otra_version import FormularioQueAvisa

from .sin_terminar import es_de_ejemplo, faltas_de_los_textos
from .validators import HORAS_DE_UN_CURSO, HORAS_DE_UN_MODULO, faltas_para_publicar

SIN_HORAS = gettext_lazy("Escriba las horas, en la pestaña «Certificado»: sin ellas el certificado no sirve.")
NADA_SE_PIERDE = gettext_lazy(
    "Lo que usted cambió sigue aquí. Si hoy no sabe las horas, toque «Guardar borrador» y publique cuando las sepa."
)


class FormularioDeCopia(CopyForm):
    """A page of a course has no alias: it would be read and would count for nobody. Its address makes itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        # Wagtail proposes that of the original, which is taken wherever the copy stays beside it.
        self.fields.pop("new_slug")

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        return {**datos, "new_slug": self.page.specific_class.direccion_nueva()}


class FormularioDePagina(FormularioQueAvisa):
    """Says beside each field that it is still as the template brought it."""

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not self.is_deferred_validation:
            for campo in getattr(self.instance, "textos_que_se_leen", ()):
                if campo in self.fields and es_de_ejemplo(datos.get(campo) or ""):
                    nombre = self.instance._meta.get_field(campo).verbose_name
                    self.add_error(campo, faltas_de_los_textos([(nombre, datos[campo])])[0])
        return datos


class FormularioDeLeccion(FormularioDePagina):
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


class FormularioDeModulo(FormularioDePagina):
    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if falta := _de_las_horas(datos, HORAS_DE_UN_MODULO):
            self.add_error("horas", falta)
        if not self.is_deferred_validation:
            padre = self.parent_page or self.instance.get_parent()
            if falta := falta_del_modulo(datos.get("title", ""), padre=padre, pk=self.instance.pk):
                self.add_error("title", falta)
        return datos


def falta_del_modulo(titulo: str, *, padre: Any, pk: int | None) -> str:
    """Say that another module of the course has this title, or nothing: people tell modules apart by it."""
    otros = apps.get_model("kuska_cursos", "Modulo").objects.child_of(padre).exclude(pk=pk)
    if titulo and otros.filter(Q(title=titulo) | Q(draft_title=titulo)).exists():
        return _("Otro módulo de este curso ya se llama así. Póngale un título distinto.")
    return ""


def _de_las_horas(datos: dict[str, Any], maximo: int) -> str:
    """Say that nobody declares so many hours: a slip of the finger would be printed in every certificate."""
    if (datos.get("horas") or 0) <= maximo:
        return ""
    return _("Escriba hasta %(n)d horas; se leyó %(horas)d.") % {"n": maximo, "horas": datos["horas"]}


class FormularioDeCurso(FormularioDePagina):
    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if falta := _de_las_horas(datos, HORAS_DE_UN_CURSO):
            self.add_error("horas", falta)
            return datos
        if not self.is_deferred_validation and not datos.get("horas"):
            self.add_error("horas", SIN_HORAS)
            self.add_error(None, NADA_SE_PIERDE)  # with it, the words of the field are told above, whatever the tab
        return datos
