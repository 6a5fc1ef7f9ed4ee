"""Home of the editor: the courses at hand, what was left half done, and how a lesson is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import swapper
from wagtail.admin.ui.components import Component
from wagtail.models import Comment
from wagtail.permissions import policy_registry

CUANTAS = 8


class _DeQuienEscribe(Component):
    """A panel about the pages that an account may change. It is not there when it has nothing to say."""

    def __init__(self, cuenta: Any) -> None:
        self.cuenta = cuenta

    def paginas(self) -> Any:
        Pagina = swapper.load_model("wagtailcore", "Page")
        return policy_registry.get_by_type(Pagina).instances_user_has_permission_for(self.cuenta, "change")

    def filas(self) -> Iterable[Any]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"paginas": self.filas()}


class MisCursos(_DeQuienEscribe):
    order = 40
    template_name = "cursos/admin/mis_cursos.html"

    def filas(self) -> Iterable[Any]:
        cursos = swapper.load_model("cursos", "Curso").objects.filter(pk__in=self.paginas().values("pk"))
        return cursos.order_by("path")[:CUANTAS]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        modulo = swapper.load_model("cursos", "Modulo")._meta
        return {**super().get_context_data(parent_context), "app": modulo.app_label, "modelo": modulo.model_name}


class MisBorradores(_DeQuienEscribe):
    """Pages whose last words are of this account and are not published."""

    order = 45
    template_name = "cursos/admin/mis_borradores.html"

    def filas(self) -> Iterable[Any]:
        borradores = self.paginas().filter(latest_revision__user=self.cuenta, has_unpublished_changes=True)
        return borradores.specific(defer=True).order_by("-latest_revision_created_at")[:CUANTAS]


class ConComentarios(_DeQuienEscribe):
    order = 47
    template_name = "cursos/admin/con_comentarios.html"

    def filas(self) -> Iterable[Any]:
        abiertos = Comment.objects.filter(resolved_at__isnull=True).values("page")
        return self.paginas().filter(pk__in=abiertos).specific(defer=True).order_by("path")[:CUANTAS]


class ComoHacerUnaLeccion(Component):
    """The way, in four lines."""

    order = 50
    template_name = "cursos/admin/como_hacer_una_leccion.html"
