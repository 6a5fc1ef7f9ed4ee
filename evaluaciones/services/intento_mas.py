"""One more try, for whoever used up theirs."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.consultas.acceso import no_se_da_nada
from cursos.models import Inscripcion, Unidad
from cursos.services.avance import apuntar_a
from instancias import rastro
from instancias.models import Persona
from instancias.politica import alcance_de
from marco.motivos import leer_motivo
from marco.restricciones import choco_con

from ..consultas.agotadas import sin_aprobar, sin_intentos
from ..consultas.preguntadas import para_otro_intento, preguntadas_por
from ..consultas.publicado import publicado_de
from ..errores import EvaluacionError, no_encontrado, sin_preguntas_nuevas
from ..models import Intento, IntentoMas


@transaction.atomic
def dar_intento(
    *, persona: Persona, inscripcion: int, unidad: int, motivo: str, por: Any, ahora: datetime.datetime
) -> bool:
    """Give one more try; «Continuar» leads there again. Returns whether it did: asked twice, it gives one.

    Raises ``no_encontrado`` when that person has nothing like that or is not of who gives it, ``sin_motivo``,
    ``mal_escrito``, ``curso_retirado``, ``quedan_intentos``, ``a_si_misma``, ``edicion_terminada``, and
    ``sin_preguntas_nuevas`` when all that is left to ask was shown answered.
    """
    if por is not None and persona.cuenta_id == por.pk:
        raise EvaluacionError("a_si_misma", _("No puede darse un intento más: pídalo a otra persona que coordine."))
    if por is not None:
        suyas = alcance_de(por, hoy=timezone.localdate(ahora)).personas_a_cargo()
        if not suyas.filter(pk=persona.pk).exists():
            raise no_encontrado()
    motivo = leer_motivo(motivo, falta=_("Escriba por qué le da un intento más."), error=EvaluacionError)
    hechos = Intento.objects.filter(inscripcion__persona=persona, inscripcion=inscripcion, unidad=unidad)
    fila = next(iter(sin_aprobar(hechos)), None)
    if fila is None:
        raise no_encontrado()
    la_unidad = Unidad.objects.select_related("curso").get(pk=unidad)
    la_inscripcion = Inscripcion.objects.select_related("edicion", "curso").get(pk=inscripcion)
    _exigir_que_siga(la_inscripcion, timezone.localdate(ahora))
    publicado = publicado_de(la_unidad)
    if not sin_intentos(publicado, fila["enviados"], fila["mas"]):
        raise EvaluacionError("quedan_intentos", _("Todavía le quedan intentos en esa evaluación."))
    if not para_otro_intento(publicado, preguntadas_por(la_inscripcion, la_unidad)).alcanza:
        raise sin_preguntas_nuevas()
    try:
        with transaction.atomic():
            IntentoMas.objects.create(
                inscripcion_id=inscripcion,
                unidad=la_unidad,
                despues_de=fila["enviados"],
                motivo=motivo,
                por=por,
                dado_en=ahora,
            )
    except IntegrityError as error:
        if not choco_con(error, (IntentoMas, "intento_mas_una_vez")):
            raise
        return False
    apuntar_a(inscripcion_id=inscripcion, unidad=la_unidad)
    rastro.cambio(accion="evaluaciones.dar_intento", personas=[persona.pk], por=por, ahora=ahora)
    return True


def _exigir_que_siga(inscripcion: Inscripcion, hoy: datetime.date) -> None:
    """Raises ``curso_retirado`` and ``edicion_terminada``: whoever cannot go on does not use a try."""
    if not inscripcion.curso.a_la_vista:
        raise EvaluacionError("curso_retirado", no_se_da_nada(inscripcion.curso))
    if inscripcion.termino(hoy):
        raise EvaluacionError("edicion_terminada", _("El curso ya terminó para esa persona: no se dan más intentos."))
