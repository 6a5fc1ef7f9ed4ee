from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..base import Falta, Json
from ..eleccion import ClaseDeEleccion, Eleccion
from ..eleccion.regla import claves_elegidas

MARQUE_TODAS = "Marque todas las que correspondan."


@dataclass(frozen=True)
class Marcas:
    """What was chosen that is not right yet: how many fit, and of how many.

    It counts; it never says which of those not chosen are right.
    """

    bien: int
    mal: int
    correctas: int

    @property
    def faltan(self) -> int:
        return self.correctas - self.bien


class Varias(ClaseDeEleccion):
    clave = "varias"
    nombre = gettext_lazy("Varias respuestas")
    orden = 2
    admite_varias = True
    en_cada_evaluacion = 2

    def instruccion(self, texto: str) -> str:
        return "" if MARQUE_TODAS in texto else _("Marque todas las que correspondan.")

    def cuantas_marco(self, contenido: Eleccion, valor: Json) -> Marcas | None:
        """Return the count of an answer that is not right; of others, nothing."""
        elegidas = claves_elegidas(valor)
        if not elegidas or self.calificar(contenido, valor) == 1:
            return None
        bien = len(contenido.correctas.intersection(elegidas))
        return Marcas(bien=bien, mal=len(set(elegidas)) - bien, correctas=len(contenido.correctas))

    def resumen(self, contenido: Eleccion, valor: Json) -> str:
        marcas = self.cuantas_marco(contenido, valor)
        return en_palabras(marcas) if marcas else ""

    def casi(self, contenido: Eleccion, valor: Json) -> str:
        marcas = self.cuantas_marco(contenido, valor)
        return casi_en_palabras(marcas) if marcas and marcas.bien else ""

    def de_las_correctas(self, contenido: Eleccion) -> list[Falta]:
        if len(contenido.correctas) >= 2:
            return []
        mensaje = _("«Varias respuestas» necesita dos o más alternativas correctas.")
        return [Falta("dos_correctas_o_mas", "tipo", mensaje)]

    def revisar(self, texto: str, contenido: Eleccion) -> Iterator[str]:
        if MARQUE_TODAS not in texto:
            yield _("debe decir «%(frase)s»") % {"frase": MARQUE_TODAS}


def en_palabras(marcas: Marcas) -> str:
    """«Marcó 1 de las 3 correctas; le faltan 2.», and what was marked besides."""
    if not marcas.bien:
        return ngettext(
            "La que marcó no es de las correctas.", "Ninguna de las que marcó es de las correctas.", marcas.mal
        )
    cifras = {"bien": marcas.bien, "correctas": marcas.correctas, "faltan": marcas.faltan, "mal": marcas.mal}
    if not marcas.faltan:
        mensaje = ngettext(
            "Marcó las %(correctas)d correctas, y también %(mal)d que no corresponde.",
            "Marcó las %(correctas)d correctas, y también %(mal)d que no corresponden.",
            marcas.mal,
        )
        return mensaje % cifras
    mensaje = ngettext(
        "Marcó %(bien)d de las %(correctas)d correctas; le falta %(faltan)d.",
        "Marcó %(bien)d de las %(correctas)d correctas; le faltan %(faltan)d.",
        marcas.faltan,
    )
    if marcas.mal:
        mensaje += " " + ngettext(
            "También marcó %(mal)d que no corresponde.", "También marcó %(mal)d que no corresponden.", marcas.mal
        )
    return mensaje % cifras


def casi_en_palabras(marcas: Marcas) -> str:
    """«Casi: le faltaron 2», for who chose some of the right ones: what is told of them begins with «Sí»."""
    cifras = {"faltan": marcas.faltan, "mal": marcas.mal, "bien": marcas.bien, "correctas": marcas.correctas}
    if not marcas.faltan:
        return _("Casi: marcó %(mal)d de más") % cifras
    if marcas.mal:
        return _("Casi: acertó %(bien)d de %(correctas)d") % cifras
    return ngettext("Casi: le faltó %(faltan)d", "Casi: le faltaron %(faltan)d", marcas.faltan) % cifras
