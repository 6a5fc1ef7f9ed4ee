"""Registers of this room: the law that content cites, who takes a course and, to read only, how far each one is."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView as ListaDeFichas
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from marco.columnas import ColumnaConNombres, ColumnaSiNo
from marco.registros import BuscaSinTildes, Ficha, RegistroViewSet

from .errores import CursoError
from .models import Articulo, Avance, Edicion, Inscripcion, Norma, Orientacion, QuienAtiende, Termino, TipoDeRelato
from .selectores import SelectorDeArticulos
from .services.inscripcion import inscribir_en_lote


class ListaDeLey(BuscaSinTildes, ListaDeFichas):
    pass


class NormaViewSet(SnippetViewSet):
    model = Norma
    icon = "doc-full"
    menu_label = gettext_lazy("Normas")
    list_display = ["__str__", "titulo", "publicada"]
    index_view_class = ListaDeLey
    search_fields = ["busqueda"]
    ordering = ["tipo", "numero"]
    panels = [
        FieldRowPanel([FieldPanel("tipo"), FieldPanel("numero"), FieldPanel("publicada")]),
        FieldPanel("titulo"),
        FieldPanel("clave"),
    ]


class ArticuloViewSet(SnippetViewSet):
    model = Articulo
    icon = "openquote"
    menu_label = gettext_lazy("Artículos")
    list_display = ["cita", "titulo"]
    list_filter = ["norma"]
    index_view_class = ListaDeLey
    search_fields = ["busqueda", "norma__busqueda"]
    chooser_viewset_class = SelectorDeArticulos
    chooser_per_page = 25


class TerminoViewSet(SnippetViewSet):
    model = Termino
    icon = "list-ul"
    menu_label = gettext_lazy("Glosario")
    list_display = [
        "termino",
        ColumnaConNombres("definicion", label=gettext_lazy("Qué significa")),
        "articulo",
    ]
    index_view_class = ListaDeLey
    search_fields = ["busqueda"]
    ordering = ["orden_alfabetico"]
    list_per_page = 50


class OrientacionViewSet(SnippetViewSet):
    model = Orientacion
    icon = "help"
    menu_label = gettext_lazy("Pasos")
    list_display = [
        "relato",
        ColumnaConNombres("quien", label=gettext_lazy("Quién es usted")),
        ColumnaConNombres("paso_1", label=gettext_lazy("Primer paso")),
        "articulo",
    ]
    list_filter = ["relato", "quien"]
    ordering = ["relato__orden", "quien__orden"]
    list_per_page = 50


class RelatoViewSet(SnippetViewSet):
    model = TipoDeRelato
    icon = "comment"
    menu_label = gettext_lazy("Qué le cuentan")
    list_display = [
        "nombre",
        ColumnaConNombres("diga", label=gettext_lazy("Qué decir")),
        ColumnaConNombres("no_diga", label=gettext_lazy("Qué no decir")),
    ]


class QuienAtiendeViewSet(SnippetViewSet):
    model = QuienAtiende
    icon = "user"
    menu_label = gettext_lazy("Quién es usted")
    list_display = ["nombre", "orden"]


class GuiaViewSetGroup(SnippetViewSetGroup):
    """The pocket guide: what to do when somebody tells of a case."""

    menu_label = gettext_lazy("Guía de bolsillo")
    menu_icon = "help"
    menu_order = 255
    items = (OrientacionViewSet, RelatoViewSet, QuienAtiendeViewSet)


class LeyViewSetGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("La ley")
    menu_icon = "openquote"
    menu_order = 250
    items = (ArticuloViewSet, NormaViewSet, TerminoViewSet)


class InscribeAlGuardar:
    """Saving an edition enrols everybody it is for, at once."""

    request: Any

    def save_instance(self) -> Edicion:
        edicion = super().save_instance()
        try:
            nuevas = inscribir_en_lote(edicion=edicion, ahora=timezone.now())
        except CursoError as error:
            messages.warning(self.request, error.mensaje)
        else:
            messages.info(self.request, _("Personas inscritas ahora: %(n)d.") % {"n": nuevas})
        if n := Inscripcion.objects.a_medias_en_otra(edicion, timezone.localdate()).count():
            frase = ngettext(
                "%(n)d persona va a medias en otra edición de este curso que sigue abierta: la continúa hasta su "
                "último día, y después pasa a esta.",
                "%(n)d personas van a medias en otra edición de este curso que sigue abierta: la continúan hasta su "
                "último día, y después pasan a esta.",
                n,
            )
            messages.warning(self.request, frase % {"n": n})
        return edicion


class CrearEdicion(InscribeAlGuardar, generic.CreateView):
    pass


class EditarEdicion(InscribeAlGuardar, generic.EditView):
    def get_form(self, form_class: Any = None) -> Any:
        formulario = super().get_form(form_class)
        # The model refuses it too: here it is shown that it does not change.
        formulario.fields["curso"].disabled = self.object.inscripciones.exists()
        return formulario


class EdicionViewSet(RegistroViewSet):
    model = Edicion
    icon = "calendar-alt"
    menu_label = gettext_lazy("Ediciones")
    add_view_class = CrearEdicion
    edit_view_class = EditarEdicion
    list_display = [
        "curso",
        "nombre",
        "inicia",
        "termina",
        ColumnaSiNo("abierta", label=gettext_lazy("Abierta"), sort_key="abierta"),
    ]
    list_filter = ["curso", "abierta"]
    panels = [
        FieldPanel("curso", help_text=gettext_lazy("No se cambia cuando ya hay personas inscritas.")),
        FieldPanel("nombre", help_text=gettext_lazy("Por ejemplo: «Noviembre de 2026».")),
        FieldPanel("territorios", widget=CheckboxSelectMultiple),
        FieldPanel(
            "tipos_de_asiento",
            widget=CheckboxSelectMultiple,
            help_text=gettext_lazy("Sin marcar ninguno, la llevan todos los asientos."),
        ),
        FieldRowPanel([FieldPanel("inicia"), FieldPanel("termina")]),
        FieldPanel("abierta", help_text=gettext_lazy("Cerrada no recibe a nadie más; quien ya está sigue.")),
    ]


class EnMiTerritorio:
    """A reading screen that shows only what the account's scope covers. The rest is an absent page."""

    model: Any
    request: Any
    pk: Any

    def get_base_queryset(self) -> Any:
        filas = super().get_base_queryset()
        return filas & self._visibles()

    def get_object(self, queryset: Any = None) -> Any:
        fila = self._visibles().filter(pk=self.pk).first()
        if fila is None:
            raise Http404
        return fila

    def _visibles(self) -> Any:
        return policy_registry.get_by_type(self.model).instances_user_has_permission_for(self.request.user, "view")


class ListaEnMiTerritorio(EnMiTerritorio, generic.IndexView):
    """``relacionados`` are the rows that each line names, read with it and not one by one."""

    relacionados: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        filas = super().get_base_queryset()
        return filas.select_related(*self.relacionados) if self.relacionados else filas

    def get_inspect_url(self, instance: Any) -> str:
        """Who sees the line may open it: the scope is not asked again for each one."""
        return reverse(self.inspect_url_name, args=(quote(instance.pk),))


class FichaEnMiTerritorio(EnMiTerritorio, Ficha):
    pass


class SoloLecturaViewSet(ModelViewSet):
    """Facts are read here and written by what people do."""

    add_to_reference_index = False
    index_view_class = ListaEnMiTerritorio
    inspect_view_class = FichaEnMiTerritorio
    inspect_view_enabled = True
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
    relacionados: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(relacionados=self.relacionados, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [uno for uno in super().get_urlpatterns() if uno.name in {"index", "index_results", "inspect"}]


class InscripcionViewSet(SoloLecturaViewSet):
    model = Inscripcion
    icon = "group"
    menu_label = gettext_lazy("Inscripciones")
    list_display = ["persona", "curso", "territorio", "estado", "hechas", "requeridas", "ultima_actividad_en"]
    list_filter = ["curso", "estado", "edicion"]
    relacionados = ("persona", "curso", "territorio")
    inspect_view_fields = [
        "persona",
        "edicion",
        "version",
        "territorio",
        "estado",
        "hechas",
        "requeridas",
        "creada_en",
        "iniciada_en",
        "terminada_en",
        "ultima_actividad_en",
    ]


class AvanceViewSet(SoloLecturaViewSet):
    model = Avance
    icon = "tasks"
    menu_label = gettext_lazy("Avances")
    list_display = ["inscripcion", "unidad", "estado", "paso", "iniciado_en", "terminado_en"]
    list_filter = ["estado"]
    relacionados = ("inscripcion", "unidad")


class CursosViewSetGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Quién lo lleva")
    menu_icon = "calendar-check"
    menu_order = 260
    items = (EdicionViewSet, InscripcionViewSet, AvanceViewSet)
