"""What becomes of work that was asked for: done, its row goes; failed, it waits longer each time, and then stops."""

from __future__ import annotations

import datetime
import logging
import random
from collections.abc import Mapping
from typing import Any

from celery import current_app
from django.utils import timezone

from ..cola import CABECERA, PEDIDO, cola, plazo
from ..diario import sin_datos
from ..models import Encargo
from ..solo_lectura import por_que

logger = logging.getLogger(__name__)
TOPE = 8
PRIMERA, ULTIMA = 30, 3600  # seconds until the second try, and at most
POR_VUELTA = 500
SE_CORTO = "Se cortó mientras se hacía"
NO_ESTA = "Esta versión ya no lo hace"


def espera(intentos: int, azar: random.Random | None = None) -> datetime.timedelta:
    """How long until the next try: double each time, never all at the same moment."""
    tope = min(PRIMERA * 2 ** max(intentos - 1, 0), ULTIMA)
    return datetime.timedelta(seconds=(azar or random).uniform(tope / 2, tope))


def empezar(*, cabeceras: Mapping[str, Any], tarea: Any, ahora: datetime.datetime) -> None:
    """Somebody took it: count the try before it begins, so that one that kills its worker stops as well."""
    suyo = Encargo.objects.filter(clave=cabeceras.get(CABECERA, "")).first()
    if suyo is not None:
        proximo = ahora + plazo(tarea)
        Encargo.objects.filter(pk=suyo.pk).update(intentos=suyo.intentos + 1, proximo_en=proximo)


def acabar(*, cabeceras: Mapping[str, Any]) -> None:
    """It is done. What was asked for again meanwhile stays: it is another time."""
    pedido = datetime.datetime.fromisoformat(cabeceras[PEDIDO])
    Encargo.objects.filter(clave=cabeceras[CABECERA], pedido_en__lte=pedido).delete()


def fallar(*, cabeceras: Mapping[str, Any], error: BaseException | None, ahora: datetime.datetime) -> None:
    """It failed: wait longer, or stop where somebody sees it, with its reason."""
    suyo = Encargo.objects.filter(clave=cabeceras[CABECERA]).first()
    if suyo is not None:
        _despues_de_fallar(suyo, f"{type(error).__name__}: {error}", ahora)


def _despues_de_fallar(encargo: Encargo, motivo: str, ahora: datetime.datetime) -> None:
    campos: dict[str, Any] = {"motivo": sin_datos(motivo.partition("\n")[0])[:200]}
    if encargo.intentos >= TOPE:
        campos["detenido_en"] = ahora
        logger.error("work stopped: %s", encargo.tarea, extra={"encargo": encargo.pk})
    else:
        campos["proximo_en"] = ahora + espera(encargo.intentos)
    Encargo.objects.filter(pk=encargo.pk, detenido_en__isnull=True).update(**campos)


def enviar_pendientes(*, ahora: datetime.datetime) -> int:
    """Send what waits and its moment came, each by one sweeper only. Return how many the queue took."""
    if por_que():
        return 0
    enviados = 0
    for encargo in Encargo.objects.por_enviar(ahora).order_by("proximo_en")[:POR_VUELTA]:
        tarea = current_app.tasks.get(encargo.tarea)
        if tarea is None or encargo.intentos >= TOPE:
            encargo.intentos = max(encargo.intentos, TOPE)
            _despues_de_fallar(encargo, NO_ESTA if tarea is None else encargo.motivo or SE_CORTO, ahora)
            continue
        mio = Encargo.objects.filter(pk=encargo.pk, proximo_en=encargo.proximo_en)
        if not mio.update(proximo_en=ahora + plazo(tarea)):
            continue
        if not cola.enviar(tarea, encargo):
            Encargo.objects.filter(pk=encargo.pk).update(proximo_en=encargo.proximo_en)
            return enviados
        enviados += 1
    return enviados


def reintentar(*, encargo_id: int, ahora: datetime.datetime | None = None) -> bool:
    """Somebody put right what stopped it: it begins anew. Return whether there was such a stopped one."""
    ahora = ahora or timezone.now()
    campos = {"detenido_en": None, "intentos": 0, "motivo": "", "pedido_en": ahora, "proximo_en": ahora}
    if not Encargo.objects.detenidos().filter(pk=encargo_id).update(**campos):
        return False
    encargo = Encargo.objects.get(pk=encargo_id)
    if (tarea := current_app.tasks.get(encargo.tarea)) is not None and cola.enviar(tarea, encargo):
        Encargo.objects.filter(pk=encargo_id).update(proximo_en=ahora + plazo(tarea))
    return True
