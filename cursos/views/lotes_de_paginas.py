"""Acts on many pages at once name only those that their author may see.

Wagtail lists as «sin permiso» every page whose number is in the address: a number would tell the title of a draft.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.permissions import policy_registry

from .borrar import no_se_borra_de_una_vez
from .lotes import avisar_de_lo_que_falta
from .quitar import avisar_antes_de_quitar


class SoloLasQueVe:
    def get_actionable_objects(self) -> Any:
        suyas, ajenas = super().get_actionable_objects()  # type: ignore[misc]
        politica = policy_registry.get_by_type(self.model)  # type: ignore[attr-defined]
        ve = set(politica.explorable_instances(self.request.user).values_list("pk", flat=True))  # type: ignore[attr-defined]
        quedan = {clave: [una for una in lista if una.pk in ve] for clave, lista in ajenas.items()}
        return suyas, quedan


class DiceQuePasa:
    """On its screen, what happens to the people of the courses."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)  # type: ignore[misc]
        avisar_antes_de_quitar(self.request, [una["item"] for una in contexto["items"]])  # type: ignore[attr-defined]
        return contexto


class Eliminar(SoloLasQueVe, DiceQuePasa, DeleteBulkAction):
    template_name = "kuska/cursos/admin/lote_eliminar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Apart, those that hold other pages: they are deleted once they are empty."""
        contexto = super().get_context_data(**kwargs)
        sin_permiso = contexto["items_with_no_access"]
        llenas = [una for una in sin_permiso if no_se_borra_de_una_vez(una["item"], self.request.user)]
        sin_permiso = [una for una in sin_permiso if una not in llenas]
        return {**contexto, "con_paginas_dentro": llenas, "items_with_no_access": sin_permiso}


class Mover(SoloLasQueVe, MoveBulkAction):
    pass


class Publicar(SoloLasQueVe, PublishBulkAction):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        avisar_de_lo_que_falta(self.request, [una["item"] for una in contexto["items"]])
        return contexto


class DejarDePublicar(SoloLasQueVe, DiceQuePasa, UnpublishBulkAction):
    pass


DE_PAGINAS = (Eliminar, Mover, Publicar, DejarDePublicar)
