"""The steps that ask: each option with its reason, short enough to be decided at a glance, none given away.

Whether an option is the only one that sounds kind, no check can tell: the guide of who writes says how to avoid it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cursos.decida import CLAVE, PALABRAS_DE_EXPLICACION, Opcion, Planteo, quien_pregunta

from .. import medidas
from ..errores import Problema
from ..fichas import Leccion, Paso, Programa

POR_LECCION = 2
VECES_MAS_LARGA = 2  # an option this many times longer than each of the others is chosen for its length


def revisar(paso: Paso) -> Iterator[str]:
    """Yield what a step that asks must mend."""
    if paso.tipo != CLAVE:
        return
    donde = _("«%(paso)s»: ") % {"paso": paso.titulo}
    yield from (donde + falta for falta in quien_pregunta().faltas(_planteo(paso)))
    for una in paso.opciones:
        cuantas = medidas.contar(una.explicacion)
        if cuantas > PALABRAS_DE_EXPLICACION:
            mensaje = _("«%(opcion)s» explica en %(n)d palabras; el máximo es %(maximo)d.")
            datos = {"opcion": una.texto[:40], "n": cuantas, "maximo": PALABRAS_DE_EXPLICACION}
            yield donde + mensaje % datos
    textos = Counter(una.texto.casefold() for una in paso.opciones)
    if any(veces > 1 for veces in textos.values()):
        yield donde + _("dos opciones dicen lo mismo.")
    largos = sorted((medidas.contar(una.texto), una.correcta) for una in paso.opciones)
    if len(largos) > 1 and largos[-1][1] and largos[-1][0] > VECES_MAS_LARGA * max(largos[-2][0], 3):
        yield donde + _("la opción correcta se delata por larga. Iguale el largo de las opciones.")


def avisos(programa: Programa) -> Iterator[Problema]:
    """Yield what is good to have and keeps nothing from being loaded: a lesson opens with its case, and asks twice."""
    for _modulo, leccion in programa.lecciones():
        yield from (Problema(leccion.archivo, 0, _("aviso: %(que)s") % {"que": que}) for que in _de_leccion(leccion))


def _de_leccion(leccion: Leccion) -> Iterator[str]:
    tipos = [paso.tipo for paso in leccion.pasos]
    if tipos[:1] != [CLAVE]:
        yield _("no empieza con su caso. Ponga primero un paso «Decida».")
    if tipos.count(CLAVE) < POR_LECCION:
        yield _("tiene %(n)d pasos «Decida»; conviene que tenga 2 o más.") % {"n": tipos.count(CLAVE)}


def _planteo(paso: Paso) -> Planteo:
    opciones = (Opcion(str(n), una.texto, una.correcta, una.explicacion) for n, una in enumerate(paso.opciones, 1))
    return Planteo(str(paso.valores["tipo"]), str(paso.valores["pregunta"]), tuple(opciones))
