"""«Continuar» of a step, kept on a phone without signal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cursos.consultas.acceso import acceder_a_la_unidad, no_encontrado
from cursos.models import Unidad
from cursos.paquetes import ClaseDePaquete, Hecho, Llegado
from cursos.services.avance import Resultado, registrar_avance
from instancias.models import Persona

from . import CLAVE, TEMA_DIFICIL


class PasoVisto(ClaseDePaquete):
    """A step that was read. It may come before the one that goes before it: both are seen in the end."""

    clave = "paso"
    nombre = gettext_lazy("Paso de una lección")

    def aplicar(self, *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Hecho]:
        return [_uno(persona, uno, ahora) for uno in llegados]


def _uno(persona: Persona, llegado: Llegado, ahora: datetime) -> Hecho:
    curso, unidad, paso = llegado.lugar
    acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=timezone.localdate(ahora))
    if acceso.unidad.clase != CLAVE:
        raise no_encontrado()
    resultado = registrar_avance(
        inscripcion=acceso.inscripcion,
        unidad=acceso.unidad,
        paso=paso,
        paso_id=llegado.campo("este"),
        ahora=ahora,
        sin_orden=acceso.unidad.variante == TEMA_DIFICIL,
        en_orden=False,
    )
    return Hecho(sigue=adonde(curso, acceso.unidad, resultado, saltar=bool(llegado.campo("saltar"))))


def adonde(curso: int, unidad: Unidad, resultado: Resultado, *, saltar: bool = False) -> str:
    """Where «Continuar» leads."""
    if resultado.unidad_terminada:
        return reverse("kuska_cursos:fin", args=[curso, unidad.numero])
    siguiente = unidad.pasos if saltar and unidad.variante == TEMA_DIFICIL else resultado.siguiente
    return reverse("kuska_cursos:paso", args=[curso, unidad.numero, siguiente])
