"""Looking at what is kept, and writing down how it was."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone

from ..invariantes import Resultado, revisar
from ..models import Comprobacion

logger = logging.getLogger(__name__)
SE_GUARDAN = 60


def comprobar(*, rapido: bool = False) -> tuple[Comprobacion, list[Resultado]]:
    """Ask every rule and keep the answer. The last sixty stay."""
    empezada = timezone.now()
    resultados = list(revisar(rapido=rapido))
    rotas = [uno for uno in resultados if not uno.se_cumple]
    hecha = Comprobacion.objects.create(
        empezada_en=empezada,
        terminada_en=timezone.now(),
        rapida=rapido,
        reglas=len(resultados),
        rotas=len(rotas),
        resultados=[uno.plano() for uno in resultados],
    )
    for una in rotas:
        logger.error("invariant broken: %s, %d rows %s", una.clave, una.faltas, una.error)
    viejas = Comprobacion.objects.values_list("pk", flat=True)[SE_GUARDAN:]
    Comprobacion.objects.filter(pk__in=list(viejas)).delete()
    return hecha, resultados


def toca_comprobar(*, ahora: datetime.datetime) -> bool:
    """Whether a whole run is missing since a day ago."""
    entera = Comprobacion.objects.filter(rapida=False, empezada_en__gt=ahora - datetime.timedelta(hours=20))
    return not entera.exists()
