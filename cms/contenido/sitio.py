"""The pages that hold the courses: root of the site, home page, catalogue."""

from __future__ import annotations

from typing import Any

import swapper
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from cursos.services.permisos import asegurar_grupo_de_capacitadoras

from ..models import Portada
from .permisos import nombrar_lo_que_se_instala

INICIO = "inicio"
CURSOS = "cursos"


def asegurar_catalogo() -> Any:
    """Return the catalogue of courses, making what is missing above it. Titles stay neutral.

    Whoever writes may do so from the first day: the group gets its rights over the catalogue here too.
    """
    portada = Portada.objects.first() or _crear_portada()
    _apuntar_el_sitio(portada)
    modelo = swapper.load_model("cursos", "CatalogoDeCursos")
    catalogo = modelo.objects.child_of(portada).first()
    if catalogo is None:
        catalogo = portada.add_child(instance=modelo(title=_("Cursos"), slug=CURSOS))
    asegurar_grupo_de_capacitadoras()
    nombrar_lo_que_se_instala()
    return catalogo


def _crear_portada() -> Portada:
    raiz = Page.get_first_root_node()
    return raiz.add_child(instance=Portada(title=settings.WAGTAIL_SITE_NAME, slug=INICIO))


def _apuntar_el_sitio(portada: Portada) -> None:
    """Make the default site begin at the home page, and take away the page that Wagtail leaves to say hello."""
    sitio = Site.objects.filter(is_default_site=True).first()
    if sitio is None:
        Site.objects.create(hostname="localhost", root_page=portada, is_default_site=True)
        return
    anterior = sitio.root_page.specific
    if anterior.pk == portada.pk:
        return
    if isinstance(anterior, Portada):
        return
    sitio.root_page = portada
    sitio.save()
    if type(anterior) is Page and not anterior.get_children().exists():
        anterior.delete()
