"""Telling who looks after the service that something of it is not well, and that it is well again."""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from ..alarma.carta import de_prueba, escribir
from ..alarma.reglas import Aviso, juzgar
from ..alarma.visto import CLAVE, LoVisto, a_quienes, de_datos
from ..errores import ErrorDeDominio
from ..estado import LineaDeEstado, lineas
from ..models import Latido
from ..razones import razon_de

logger = logging.getLogger(__name__)


def avisar(*, ahora: datetime.datetime) -> list[LineaDeEstado]:
    """Look at every line, keep what is not well and, when it is time, write to ``KUSKA_AVISOS_A``. Returns the lines.

    What was told is written down before it leaves: two that look at once tell it once. If it does not leave, it is to
    be told the next time; cut in the middle, the day after.
    """
    dichas = lineas(ahora=ahora)
    para = a_quienes()
    with transaction.atomic():
        visto = _tomar(ahora)
        aviso = juzgar(visto.asuntos, dichas, ahora=ahora)
        se_dice = bool(para and aviso.hay_que_decir)
        _dejar(replace(visto, asuntos=aviso.asuntos if se_dice else aviso.sin_decir), ahora)
    if se_dice:
        _enviar(aviso, para, ahora)
    cache.delete(CLAVE)
    return dichas


def probar() -> int:
    """Send a message of proof now. Returns to how many; raises ``sin_avisos`` and ``no_salio`` with their sentence."""
    para = a_quienes()
    if not para:
        raise ErrorDeDominio("sin_avisos", _("Nadie recibe avisos: falta KUSKA_AVISOS_A o EMAIL_HOST en el servidor."))
    try:
        de_prueba(para=para).send()
    except OSError as error:
        logger.warning("message of proof failed", exc_info=True)
        frase = _("No salió. %(razon)s Revise EMAIL_HOST, su clave y DEFAULT_FROM_EMAIL en el servidor.")
        raise ErrorDeDominio("no_salio", frase % {"razon": razon_de(error)}) from error
    return len(para)


def _enviar(aviso: Aviso, para: list[str], ahora: datetime.datetime) -> None:
    try:
        escribir(aviso, para=para).send()
    except OSError as error:
        logger.warning("message of the alarm failed", exc_info=True)
        with transaction.atomic():
            _dejar(replace(_tomar(ahora), asuntos=aviso.sin_decir, no_salio=razon_de(error)), ahora)
        return
    with transaction.atomic():
        _dejar(replace(_tomar(ahora), salio_en=ahora, no_salio=""), ahora)


def _tomar(ahora: datetime.datetime) -> LoVisto:
    """What is known, held so that nobody else tells it meanwhile."""
    nueva = Latido(clave=Latido.AVISOS, en=ahora, visto=LoVisto().como_datos())
    Latido.objects.bulk_create([nueva], ignore_conflicts=True)
    return de_datos(Latido.objects.select_for_update().get(clave=Latido.AVISOS).visto)


def _dejar(visto: LoVisto, ahora: datetime.datetime) -> None:
    Latido.objects.filter(clave=Latido.AVISOS).update(en=ahora, visto=visto.como_datos())
