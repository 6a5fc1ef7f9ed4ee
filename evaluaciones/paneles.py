"""The question in the editor: the fields of each kind, and only those of the one that was chosen are looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, MultiFieldPanel, Panel

from .clases import ClaseDePregunta, clase_de, clases
from .comparaciones import ComparaFilas, de_cada_clase
from .libro import PreguntaMostrada


def vivas(formset: Any) -> Iterator[Any]:
    """Forms that will be kept, already cleaned."""
    if formset is None:
        return
    formset.is_valid()
    for form in formset.forms:
        borrada = formset.can_delete and formset._should_delete_form(form)
        if hasattr(form, "cleaned_data") and not borrada and (form.instance.pk or form.has_changed()):
            yield form


class FormularioDePregunta(WagtailAdminModelForm):
    """The fields of every kind, each named «<kind>__<field>». What is of another kind is neither asked nor kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campos_de: dict[str, list[str]] = {}
        for clase in clases():
            iniciales = clase.iniciales(self.instance.datos if self.instance.tipo == clase.clave else {})
            self.campos_de[clase.clave] = []
            for nombre, campo in clase.campos().items():
                campo.required = False  # a draft may be incomplete; publishing asks for what is missing
                propio = f"{clase.clave}__{nombre}"
                self.fields[propio] = campo
                self.initial[propio] = iniciales.get(nombre)
                self.campos_de[clase.clave].append(propio)
        if "tipo" in self.fields:
            partes = {clase.clave: [*clase.formsets, *self.campos_de[clase.clave]] for clase in clases()}
            self.fields["tipo"].widget.attrs["data-k-partes"] = json.dumps(partes)
        for nombre in self._ajenas():
            self._dejar_vacio(nombre)

    @property
    def clase(self) -> ClaseDePregunta[Any]:
        tipo = self["tipo"].value() if "tipo" in self.fields else self.instance.tipo
        return clase_de(tipo or "")

    def _ajenas(self) -> list[str]:
        """The rows that the chosen kind does not use. A kind that is gone keeps what it had."""
        return [nombre for nombre in self.formsets if nombre not in self.clase.formsets]

    def _dejar_vacio(self, nombre: str) -> None:
        formset = self.formsets[nombre]
        formset.validate_min = False
        formset.min_num = 0
        for form in formset.forms:
            form.empty_permitted, form.use_required_attribute = True, False
            for campo in form.fields.values():
                campo.required = False  # it is out of sight: nobody could fill it
        # The editor numbers even the rows that nobody filled, and so they look as if they had been.
        nuevas = formset.forms[formset.initial_form_count() :]
        se_borra = formset._should_delete_form
        formset._should_delete_form = lambda form: form in nuevas or se_borra(form)

    def filas(self, nombre: str) -> list[Any]:
        """Return the rows of this question that will be kept."""
        return list(vivas(self.formsets.get(nombre)))

    def clean(self) -> dict[str, Any]:
        limpios = super().clean() or self.cleaned_data
        clase = clase_de(limpios.get("tipo") or "")
        previos = self.instance.datos if self.instance.tipo == clase.clave else {}
        propios = {campo.partition("__")[2]: limpios.get(campo) for campo in self.campos_de.get(clase.clave, [])}
        if clase.campos():
            self.instance.datos = clase.datos_del_formulario(propios, previos or {})
        return limpios

    def mostrada(self) -> PreguntaMostrada:
        """Return what was written, as the rules read it."""
        clase = clase_de(self.cleaned_data.get("tipo") or "")
        return PreguntaMostrada(
            clave=str(self.instance.clave),
            tipo=clase.clave,
            texto=self.cleaned_data.get("texto") or "",
            contenido=clase.contenido_del_formulario(self),
        )


class PanelDeUnaPregunta(MultiFieldPanel):
    """A question of the page. Wagtail writes at its end the fields that no panel claims: those of kinds are drawn once.

    Twice, the browser sends both, and what was written in the one with a label is lost.
    """

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            dibujados = set(self.panel.get_form_options().get("fields", []))
            dibujados.update(campo for campos in self.form.campos_de.values() for campo in campos)
            sueltos = [str(self.form[campo]) for campo in self.form.fields if campo not in dibujados]
            return mark_safe("".join(sueltos))  # noqa: S308 (fields of the form, drawn by Django)


class PanelDePreguntas(InlinePanel):
    """The questions of a page, each with the form that knows the kinds."""

    class BoundPanel(ComparaFilas, InlinePanel.BoundPanel):
        @property
        def media(self) -> Media:
            # Here: Wagtail asks no row of an inline panel for its script.
            return super().media + Media(js=["kuska/js/preguntas-editor.js"])

    @cached_property
    def child_edit_handler(self) -> Panel:
        una = PanelDeUnaPregunta(self.panel_definitions, heading=self.heading)
        return una.bind_to_model(self.db_field.related_model)

    def get_form_options(self) -> dict[str, Any]:
        opciones = super().get_form_options()
        suyas = opciones["formsets"][self.relation_name]
        base = suyas.get("form", WagtailAdminModelForm)
        suyas["form"] = type(base)("FormularioDePregunta", (FormularioDePregunta, base), {})
        return opciones


class PanelDeFilas(InlinePanel):
    """Rows that some kinds use. The script of the editor shows them when the chosen one does."""

    def __init__(self, relation_name: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"data-k-parte": relation_name})
        super().__init__(relation_name, *args, **kwargs)

    class BoundPanel(ComparaFilas, InlinePanel.BoundPanel):
        pass


class PanelDeClases(Panel):
    """The fields that are only of one kind, under its name. Without script they are all there to be filled."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "kuska/evaluaciones/clases.html"

        def get_comparison(self) -> list[Any]:
            return de_cada_clase(clases())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            contexto = super().get_context_data(parent_context)
            contexto["partes"] = (
                [
                    {
                        "titulo": _("Solo para «%(clase)s»") % {"clase": clase.nombre},
                        "campos": [self.form[campo] for campo in self.form.campos_de.get(clase.clave, [])],
                    }
                    for clase in clases()
                ]
                if self.form is not None
                else []
            )
            return contexto
