"""Home of the editor: the courses at hand, what was left half done, and how a lesson is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import swapper
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Comment, PageLogEntry
from wagtail.permissions import policy_registry

from ..consultas.dudas import dudas_de_sus_cursos
from ..models import Curso, Modulo
from ..models.de_curso import NO_SALIO
from ..services.retiros import que_esperan
from ..services.versiones import versiones_por_decidir
from . import retiros

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


class PorDecidir(Component):
    """What nobody has decided yet about the people of the courses that this account publishes."""

    order = 35
    template_name = "kuska/cursos/admin/por_decidir.html"

    def __init__(self, cuenta: Any) -> None:
        self.cuenta = cuenta

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        cursos = retiros.cursos_que_publica(self.cuenta)
        return {
            "en_pausa": retiros.cursos_por_decidir(self.cuenta),
            "versiones": versiones_por_decidir(cursos),
            "esperan": [una for una in que_esperan(cursos, ahora=timezone.now()) if una.esperan],
        }


class DudasPorResponder(Component):
    """How many people wait for an answer in the courses of this account."""

    order = 37
    template_name = "kuska/cursos/admin/dudas_por_responder.html"

    def __init__(self, cuenta: Any) -> None:
        self.cuenta = cuenta

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"cuantas": dudas_de_sus_cursos(self.cuenta).filter(respondida_en__isnull=True).count()}


class MisCursos(_DeQuienEscribe):
    order = 40
    template_name = "kuska/cursos/admin/mis_cursos.html"

    def filas(self) -> Iterable[Any]:
        cursos = Curso.objects.filter(pk__in=self.paginas().values("pk"))
        return cursos.order_by("path")[:CUANTAS]

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        modulo = Modulo._meta
        return {**super().get_context_data(parent_context), "app": modulo.app_label, "modelo": modulo.model_name}


class MisBorradores(_DeQuienEscribe):
    """Pages whose last words are of this account and are not published."""

    order = 45
    template_name = "kuska/cursos/admin/mis_borradores.html"

    def filas(self) -> Iterable[Any]:
        borradores = self.paginas().filter(latest_revision__user=self.cuenta, has_unpublished_changes=True)
        return borradores.specific(defer=True).order_by("-latest_revision_created_at")[:CUANTAS]


class ConComentarios(_DeQuienEscribe):
    order = 47
    template_name = "kuska/cursos/admin/con_comentarios.html"

    def filas(self) -> Iterable[Any]:
        abiertos = Comment.objects.filter(resolved_at__isnull=True).values("page")
        return self.paginas().filter(pk__in=abiertos).specific(defer=True).order_by("path")[:CUANTAS]


class NoSalieron(_DeQuienEscribe):
    """Drafts whose date came and that lacked something, with what it was."""

    order = 42
    template_name = "kuska/cursos/admin/no_salieron.html"

    def filas(self) -> Iterable[Any]:
        actos = [NO_SALIO, "wagtail.edit", "wagtail.publish"]
        ultima = PageLogEntry.objects.filter(page=OuterRef("pk"), action__in=actos)
        suyas = self.paginas().annotate(
            ultimo_acto=Subquery(ultima.order_by("-timestamp", "-pk").values("action")[:1]),
            dicho=Subquery(ultima.order_by("-timestamp", "-pk").values("data")[:1]),
        )
        paginas = suyas.filter(ultimo_acto=NO_SALIO, has_unpublished_changes=True).order_by("path")[:CUANTAS]
        return [(pagina, pagina.dicho.get("motivo", "")) for pagina in paginas.specific(defer=True)]


class ComoHacerUnaLeccion(Component):
    """The way, in four lines."""

    order = 50
    template_name = "kuska/cursos/admin/como_hacer_una_leccion.html"
