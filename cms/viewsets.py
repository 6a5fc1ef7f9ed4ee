"""What the editor of this host lists in its own way: accounts, found and sorted without accents."""

from __future__ import annotations

from typing import Any

from wagtail.users.views.users import IndexView, UserViewSet

from marco.registros import BuscaSinTildes


class ListaDeCuentas(BuscaSinTildes, IndexView):
    """An account of a member has no name of its own: it is found by that of its person too."""

    search_fields = ("busqueda", "persona__busqueda")

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering.replace("name", "orden_alfabetico"), "pk")
        return super().order_queryset(queryset)


class CuentaViewSet(UserViewSet):
    index_view_class = ListaDeCuentas
