"""Permission policies of the facts: nobody edits them by hand, and staff read those of their territory."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.permission_policies.base import ModelPermissionPolicy

from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.querysets import bajo


class SoloLectura(ModelPermissionPolicy):
    """Reading is by scope over territory; adding, changing and deleting are of the services, for everybody.

    ``campo`` leads from the model to the territory stored on the enrolment.
    """

    def __init__(self, model: Any, *, campo: str) -> None:
        super().__init__(model)
        self.campo = campo

    def _alcance(self, user: Any) -> AlcanceEfectivo:
        return alcance_de(user, hoy=timezone.localdate())

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(self._alcance(user))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and bool(self._alcance(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action == "view" and self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return "view" in actions and self.user_has_permission_for_instance(user, "view", instance)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        filas = self.model._default_manager.all()
        return filas.filter(bajo(self._alcance(user).prefijos, self.campo)) if "view" in actions else filas.none()
