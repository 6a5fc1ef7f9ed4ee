"""Answer a step «Decida». It is kept so that a missed idea comes back; it is never marked and moves no counter."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from cursos.errores import edicion_terminada
from cursos.models import Inscripcion, Unidad
from marco.restricciones import otra_vez

from ..clases import Json
from ..libro import PreguntaMostrada
from ..models import Ensayo

VECES = 500  # nobody needs more; an old tab or a machine is answered with the last one


@otra_vez((Ensayo, "ensayo_una_fila_por_vez"))
def ensayar(
    *,
    inscripcion: Inscripcion,
    unidad: Unidad,
    pregunta: PreguntaMostrada,
    valor: Json,
    vez: int,
    ahora: datetime,
    repaso_en: Unidad | None = None,
) -> Ensayo:
    """Keep an answer. ``vez`` is the try that the page offered: sent twice, it is one.

    Raises ``edicion_terminada`` after the last day.
    """
    if inscripcion.termino(timezone.localdate(ahora)):
        raise edicion_terminada(inscripcion)
    previos = Ensayo.objects.filter(inscripcion=inscripcion, unidad=unidad, paso=pregunta.clave).order_by("-vez")
    ultimo = previos.first()
    hechas = ultimo.vez if ultimo else 0
    if ultimo is not None and (vez <= hechas or hechas >= VECES):
        return ultimo
    return Ensayo.objects.create(
        inscripcion=inscripcion,
        unidad=unidad,
        paso=pregunta.clave,
        vez=hechas + 1,
        valor=valor,
        acierto=pregunta.calificar(valor).acierto,
        repaso_en=repaso_en,
        respondido_en=ahora,
    )
