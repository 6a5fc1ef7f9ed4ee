"""Context of every page: the site's words and the help at hand. No statement once the cache is warm."""

from django.http import HttpRequest

from .models import AjustesDelAula


def aula(request: HttpRequest) -> dict:
    """Give templates ``aula`` (site settings) and ``persona`` when the view already knows who it is."""
    return {"aula": AjustesDelAula.actuales(), "persona": getattr(request, "persona", None)}
