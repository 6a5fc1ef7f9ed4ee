from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..base import Pista
from ..eleccion import ClaseDeEleccion, Eleccion


class Una(ClaseDeEleccion):
    clave = "una"
    nombre = _("Una respuesta")
    orden = 1

    def pista(self, contenido: Eleccion) -> Pista:
        """The place and the length of the right option must not give it away."""
        largos = [(len(una.texto), una.correcta) for una in contenido.alternativas]
        lugar = next(n for n, una in enumerate(contenido.alternativas, start=1) if una.correcta)
        por_larga = max(largo for largo, bien in largos if bien) > max(largo for largo, bien in largos if not bien)
        return Pista(lugar, por_larga)
