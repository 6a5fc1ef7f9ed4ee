"""Screens of the office: what each territory wants to reach."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.querysets import bajo

from .models import MetaDeTerritorio


def _alcance(cuenta: Any) -> AlcanceEfectivo:
    return alcance_de(cuenta, hoy=timezone.localdate())


def _metas(cuenta: Any) -> QuerySet[MetaDeTerritorio]:
    """Goals of the scope; those of other territories do not exist here."""
    return MetaDeTerritorio.objects.filter(bajo(_alcance(cuenta).prefijos, "territorio__ubigeo")).select_related(
        "territorio", "edicion__curso"
    )


class MetaForm(WagtailAdminModelForm):
    """A goal, for territories inside the scope of whoever writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territorio"].queryset = _alcance(self.for_user).territorios()


class ListaDeMetas(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[MetaDeTerritorio]:
        return _metas(self.request.user)


class EdicionDeMeta(generic.EditView):
    def get_queryset(self) -> QuerySet[MetaDeTerritorio]:
        return _metas(self.request.user)


class BorradoDeMeta(generic.DeleteView):
    def get_queryset(self) -> QuerySet[MetaDeTerritorio]:
        return _metas(self.request.user)


class DeMiAlcance:
    """What happened to a goal, and what names it, for the scope of whoever asks."""

    request: Any

    def get_base_object_queryset(self) -> QuerySet[MetaDeTerritorio]:
        return _metas(self.request.user)


class HistoriaDeMeta(DeMiAlcance, generic.HistoryView):
    pass


class UsoDeMeta(DeMiAlcance, generic.UsageView):
    pass


class MetaViewSet(ModelViewSet):
    model = MetaDeTerritorio
    icon = "success"
    menu_label = _("Metas")
    menu_order = 600
    add_to_admin_menu = True
    index_view_class = ListaDeMetas
    edit_view_class = EdicionDeMeta
    delete_view_class = BorradoDeMeta
    history_view_class = HistoriaDeMeta
    usage_view_class = UsoDeMeta
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = ["territorio", "edicion", "porcentaje", "para_el"]
    list_filter = ["edicion"]
    # A panel makes the form know who writes it.
    edit_handler = ObjectList(
        [FieldPanel("edicion"), FieldPanel("territorio"), FieldPanel("porcentaje"), FieldPanel("para_el")],
        base_form_class=MetaForm,
    )
