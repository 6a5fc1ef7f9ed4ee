"""Who reads the ledger of answers in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cursos.permisos import SoloLectura


class SoloAjenas(SoloLectura):
    """Answers of others: which of hers were right would tell the key to who coordinates and also takes the course."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        filas = super().instances_user_has_any_permission_for(user, actions)
        return filas.exclude(intento__inscripcion__persona__cuenta=user.pk)
