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


class SoloLasQueVe:
    def get_actionable_objects(self) -> Any:
        suyas, ajenas = super().get_actionable_objects()  # type: ignore[misc]
        politica = policy_registry.get_by_type(self.model)  # type: ignore[attr-defined]
        ve = set(politica.explorable_instances(self.request.user).values_list("pk", flat=True))  # type: ignore[attr-defined]
        quedan = {clave: [una for una in lista if una.pk in ve] for clave, lista in ajenas.items()}
        return suyas, quedan


class Eliminar(SoloLasQueVe, DeleteBulkAction):
    pass


class Mover(SoloLasQueVe, MoveBulkAction):
    pass


class Publicar(SoloLasQueVe, PublishBulkAction):
    pass


class DejarDePublicar(SoloLasQueVe, UnpublishBulkAction):
    pass


DE_PAGINAS = (Eliminar, Mover, Publicar, DejarDePublicar)
