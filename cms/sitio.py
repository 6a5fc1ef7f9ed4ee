"""The pages that hold the courses in this site: its root and its home page."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Page, Site

from .models import Portada
from .permisos import nombrar_lo_que_se_instala

INICIO = "inicio"


def asegurar_portada() -> Portada:
    """Return the home page, making what is missing: the site begins at it. Titles stay neutral."""
    portada = Portada.objects.first() or _crear_portada()
    _apuntar_el_sitio(portada)
    nombrar_lo_que_se_instala()
    return portada


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
