"""Columns of the lists of the admin that say what the machine keeps as people read it."""

from typing import Any

from wagtail.admin.ui.tables import Column

from marco.nombres import Nombres
from marco.registros import si_o_no


class ColumnaSiNo(Column):
    def get_value(self, instance: Any) -> str:
        return si_o_no(super().get_value(instance))


class ColumnaConNombres(Column):
    """A text whose «{linea}» is read as people read it. The names are asked for once a list."""

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        contexto: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        nombres = parent_context["table"].__dict__.setdefault("_nombres_de_hoy", Nombres())
        return {**contexto, "value": nombres.poner(str(contexto["value"] or ""))}
