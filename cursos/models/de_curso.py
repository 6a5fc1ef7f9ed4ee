"""What every page of a course does, whatever its kind."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.search import index

from marco.errores import ErrorDeDominio
from marco.textos import sin_tildes
from marco.visibles import TextoVisible

from ..forms import FormularioDeCopia, FormularioDePagina
from ..sin_terminar import faltas_de_los_textos
from .base import PaginaBase
from .direccion import DireccionNeutral

TAMANIOS = [
    {"name": "celular", "icon": "mobile-alt", "device_width": 360, "label": _("Ver como en un celular")},
    {"name": "tableta", "icon": "tablet-alt", "device_width": 768, "label": _("Ver como en una tableta")},
    {"name": "computadora", "icon": "desktop", "device_width": 1280, "label": _("Ver como en una computadora")},
]

# While pages are copied, what is not ready is told apart at the end, when everything it names is there; and what is
# looked for is written down once.
copiando: ContextVar[bool] = ContextVar("copiando", default=False)
NO_SALIO = "cursos.no_salio"  # its date came and it could not be published
SIN_ALIAS = _("Las páginas de un curso no tienen alias: cópiela, y la copia será una página propia.")
registro = logging.getLogger("cursos")


class DeCurso(TextoVisible, DireccionNeutral):
    """What every page of a course does: people reach it by its direct address, never through the tree."""

    admin_default_ordering = "ord"  # as people meet them
    private_page_options: list[str] = []  # who sees a course is said by its edition
    # PostgreSQL tells «práctica» from «practica»: the title is found by both.
    search_fields = [
        *PaginaBase.search_fields,
        index.SearchField("titulo_sin_tildes"),
        index.AutocompleteField("titulo_sin_tildes"),
    ]
    base_form_class = FormularioDePagina
    copy_form_class = FormularioDeCopia
    textos_que_se_leen: tuple[str, ...] = ("title",)  # fields that people read, for what is still as it came

    va_despues = False  # whether it leans on another page: of several published at once, it goes after

    class Meta:
        abstract = True

    def faltas_para_publicar(self) -> list[str]:
        """Return, as sentences, what keeps this page from going live. Each kind of page adds its own."""
        campos = ((self._meta.get_field(nombre).verbose_name, nombre) for nombre in self.textos_que_se_leen)
        return faltas_de_los_textos((titulo, getattr(self, nombre) or "") for titulo, nombre in campos)

    def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Keep what is not ready from going live, by whatever door: a button, a date, a list, an import, the API."""
        if self._state.adding and self.alias_of_id:
            raise ValidationError({NON_FIELD_ERRORS: SIN_ALIAS})
        if clean and self.live and not copiando.get() and (faltas := self.faltas_para_publicar()):
            datos = {"titulo": self.title, "faltas": " ".join(faltas)}
            mensaje = gettext("A «%(titulo)s» le falta algo. %(faltas)s") % datos
            raise ValidationError({NON_FIELD_ERRORS: mensaje})
        return super().save(*args, clean=clean, **kwargs)

    def get_indexed_instance(self) -> Any:
        return None if copiando.get() else super().get_indexed_instance()

    @property
    def titulo_sin_tildes(self) -> str:
        return sin_tildes(self.title)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return TAMANIOS

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish it and register it together, or neither: what is live and is no unit cannot be finished.

        When its date came and it is not ready, nobody is there to read why: it is written down and it stays a draft.
        """
        try:
            with transaction.atomic():
                return super().publish(revision, *args, **kwargs)
        except (ValidationError, ErrorDeDominio) as error:
            if not (revision.approved_go_live_at and revision.approved_go_live_at <= timezone.now()):
                raise
            self._se_quedo_en_borrador(revision, error)

    def _se_quedo_en_borrador(self, revision: Any, error: ValidationError | ErrorDeDominio) -> None:
        motivo = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        self.revisions.update(approved_go_live_at=None)
        log(instance=self, action=NO_SALIO, user=revision.user, revision=revision, data={"motivo": motivo})
        registro.warning("No se publicó en su fecha la página %s: %s", self.pk, motivo)

    def pagina_del_curso(self) -> Any:
        """Return the page of the course that holds this one, or itself when it is one. Nothing outside of any."""
        return apps.get_model("kuska_cursos", "Curso").objects.ancestor_of(self, inclusive=True).last()

    def a_la_vista(self) -> bool:
        """Whether it is published, and what holds it inside its course as well."""
        if not self.live:
            return False
        curso = self.pagina_del_curso()
        return curso is None or not self.get_ancestors().descendant_of(curso).not_live().exists()

    def direccion_directa(self) -> str | None:
        """Return the address where people see this page, or nothing when it was never published."""
        unidad = getattr(self, "unidad", None)
        return unidad and unidad.get_absolute_url()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Members go to the direct address. Who writes is not a member: they see here what was published."""
        if self._la_escribe(getattr(request, "user", None)):
            return self.publicado_para_quien_escribe(request)
        direccion = self.direccion_directa()
        if not direccion:
            raise Http404
        return redirect(direccion)

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        return self.serve_preview(request, self.default_preview_mode)

    def _la_escribe(self, cuenta: Any) -> bool:
        es_personal = cuenta is not None and cuenta.is_authenticated and getattr(cuenta, "persona", None) is None
        return es_personal and self.permissions_for_user(cuenta).can_edit()
