"""Where the courses of a programme go in the site."""

from __future__ import annotations

from typing import Any

import swapper
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Site

from cursos.models import CatalogoDeCursos
from cursos.services.permisos import asegurar_grupo_de_capacitadoras

CURSOS = "cursos"


def asegurar_catalogo() -> Any:
    """Return the catalogue of courses, made the first time where the host says. Its title stays neutral.

    A host says it with the hook ``pagina_de_los_cursos``: a function that returns the page above the catalogue, made
    if need be. Without it, that is the first page of the default site. Whoever writes may do so from the first day:
    the group gets its rights over the catalogue here too.
    """
    arriba = _arriba()
    catalogo = CatalogoDeCursos.objects.child_of(arriba).first()
    if catalogo is None:
        catalogo = arriba.add_child(instance=CatalogoDeCursos(title=_("Cursos"), slug=CURSOS))
    asegurar_grupo_de_capacitadoras()
    return catalogo


def _arriba() -> Any:
    for dice in hooks.get_hooks("pagina_de_los_cursos"):
        return dice()
    sitio = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return sitio.root_page if sitio else swapper.load_model("wagtailcore", "Page").get_first_root_node()
