"""New things of a migration, put into the database as they end: a model, then its constraints, are one table made once.

Django draws every model that touches another again after each step, and on SQLite it makes a table again for each
constraint: of the first migrations of the rooms that was most of the time of a new installation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class DeUnaVez(Operation):
    """``operations = [DeUnaVez(operations)]``, of models that begin here and what is added to them: nothing else.

    Where it ends is the same, step by step or at once.
    """

    reduces_to_sql = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self.nuevos = [una.name_lower for una in self.operations if isinstance(una, CreateModel)]
        for una in self.operations:
            if not isinstance(una, CreateModel):
                de = una.model_name_lower if isinstance(una, AddField | AddConstraint | AddIndex) else None
                if de not in self.nuevos:
                    raise TypeError(f"«{una.describe()}» no es de un modelo que empieza aquí.")

    def state_forwards(self, app_label: str, state: Any) -> None:
        dibujados = state.__dict__.pop("apps", None)
        for una in self.operations:
            una.state_forwards(app_label, state)
        if dibujados is not None:
            state.__dict__["apps"] = dibujados
            state.reload_models({(app_label, nombre) for nombre in self.nuevos}, delay=False)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for modelo in self._suyos(app_label, schema_editor, to_state.apps):
            schema_editor.create_model(modelo)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for modelo in reversed(self._suyos(app_label, schema_editor, from_state.apps)):
            schema_editor.delete_model(modelo)

    def _suyos(self, app_label: str, schema_editor: Any, apps: Any) -> list[Any]:
        todos = [apps.get_model(app_label, nombre) for nombre in self.nuevos]
        return [uno for uno in todos if self.allow_migrate_model(schema_editor.connection.alias, uno)]

    def references_model(self, name: str, app_label: str) -> bool:
        return any(una.references_model(name, app_label) for una in self.operations)

    def describe(self) -> str:
        return f"Create at once {', '.join(self.nuevos)}"
