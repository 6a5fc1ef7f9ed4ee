from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..base import Falta
from ..eleccion import ClaseDeEleccion, Eleccion

ES_VERDADERO = "¿Es verdadero o falso"


class VerdaderoFalso(ClaseDeEleccion):
    clave = "verdadero_falso"
    nombre = gettext_lazy("Verdadero o falso")
    orden = 3
    se_baraja = False
    en_cada_evaluacion = 2

    def de_las_alternativas(self, contenido: Eleccion) -> list[Falta]:
        if len(contenido.alternativas) == 2:
            return super().de_las_alternativas(contenido)
        mensaje = _("«Verdadero o falso» lleva exactamente dos alternativas: Verdadero y Falso.")
        return [Falta("dos_alternativas", "tipo", mensaje)]

    def revisar(self, texto: str, contenido: Eleccion) -> Iterator[str]:
        if ES_VERDADERO not in texto:
            yield _("debe preguntar «%(frase)s?».") % {"frase": ES_VERDADERO}
        if [una.texto for una in contenido.alternativas] != ["Verdadero", "Falso"]:
            yield _("sus alternativas deben ser «Verdadero» y «Falso», en ese orden.")
