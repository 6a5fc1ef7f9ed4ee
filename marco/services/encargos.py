"""What becomes of work that was asked for: done, its row goes; failed, it waits longer each time, and then stops."""

from __future__ import annotations

import datetime
import logging
import random
from collections.abc import Mapping
from typing import Any

from celery import current_app
from django.apps import apps
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from ..cola import CABECERA, PEDIDO, clave_de, cola, nuevo, plazo
from ..diario import sin_datos
from ..espacio import cabe, medir
from ..fallas import MAS_RATO, es_de_la_base, espera_de
from ..models import Encargo
from ..razones import NO_ESTA, SE_CORTO, razon_de
from ..solo_lectura import disco, por_que

logger = logging.getLogger(__name__)
TOPE = 8
PRIMERA, ULTIMA = 30, 3600  # seconds until the second try, and at most
POR_VUELTA = 500
SEGUIDO = 3600  # seconds: what the clock asks for more often than this comes by itself


def espera(intentos: int, azar: random.Random | None = None) -> datetime.timedelta:
    """How long until the next try: double each time, never all at the same moment."""
    tope = min(PRIMERA * 2 ** max(intentos - 1, 0), ULTIMA)
    return datetime.timedelta(seconds=(azar or random).uniform(tope / 2, tope))


def empezar(*, cabeceras: Mapping[str, Any], tarea: Any, ahora: datetime.datetime) -> None:
    """Somebody took it: count the try before it begins, so that one that kills its worker stops as well.

    What is said of the last try is not said of this one.
    """
    suyo = Encargo.objects.filter(clave=cabeceras.get(CABECERA, "")).first()
    if suyo is not None:
        proximo = ahora + plazo(tarea)
        Encargo.objects.filter(pk=suyo.pk).update(intentos=suyo.intentos + 1, proximo_en=proximo, motivo="")


def acabar(*, cabeceras: Mapping[str, Any]) -> None:
    """It is done. What was asked for again meanwhile stays: it is another time."""
    pedido = datetime.datetime.fromisoformat(cabeceras[PEDIDO])
    Encargo.objects.filter(clave=cabeceras[CABECERA], pedido_en__lte=pedido).delete()


def fallar(*, cabeceras: Mapping[str, Any], error: BaseException | None, ahora: datetime.datetime) -> None:
    """It failed: wait longer, or stop where somebody sees it, with its reason."""
    suyo = Encargo.objects.filter(clave=cabeceras[CABECERA]).first()
    if suyo is not None:
        _despues_de_fallar(suyo, razon_de(error), ahora, _al_menos(error))


def esperar_sitio(*, cabeceras: Mapping[str, Any], tarea: Any, error: BaseException, ahora: datetime.datetime) -> bool:
    """Whether it found no room because the whole site has none: it was no try, and its row says why.

    A folder that is full, of a site that saves, is a fault like any other: it is counted, and takes nobody with it.
    """
    if espera_de(error) != MAS_RATO:
        return False
    ya, espacio = por_que(), medir()
    sin_disco = (espacio is not None and not espacio.alcanza) or not cabe()
    if sin_disco or es_de_la_base(error):
        disco.no_cupo()
    if not (ya or sin_disco):
        return False
    esperar(cabeceras=cabeceras, tarea=tarea, ahora=ahora, motivo=razon_de(error))
    return True


def esperar(*, cabeceras: Mapping[str, Any], tarea: Any, ahora: datetime.datetime, motivo: str = "") -> None:
    """Nothing is kept now: it was no try, and it goes out as soon as the site saves.

    What the clock asks for once a day is written down, not to lose its day; what it asks for every minute comes again.
    """
    dicho = {"motivo": _breve(motivo)} if motivo else {}
    try:
        if clave := cabeceras.get(CABECERA):
            suyo = Encargo.objects.filter(clave=clave)
            suyo.filter(intentos__gt=0).update(intentos=F("intentos") - 1)
            suyo.update(proximo_en=ahora, **dicho)
        elif cada_cuanto(tarea) >= SEGUIDO:
            encargo = nuevo(tarea, [])
            encargo.proximo_en, encargo.motivo = ahora, _breve(motivo)
            Encargo.objects.bulk_create([encargo], ignore_conflicts=True)
    except DatabaseError:  # not even this fits: what was asked for is sent again after its limit
        logger.warning("waiting work not written down", extra={"tarea": tarea.name})


def cada_cuanto(tarea: Any) -> int:
    """Every how many seconds the clock asks for it; 0 when only somebody does."""
    dichas = (getattr(una, "tareas", {}) for una in apps.get_app_configs())  # of a room, or of the site itself
    return next((suyas[tarea.name] for suyas in dichas if tarea.name in suyas), 0)


def fallar_del_reloj(*, tarea: Any, error: BaseException, ahora: datetime.datetime) -> None:
    """What the clock asked for failed: it is work like any other from now on, with its tries, until it is done."""
    if not cada_cuanto(tarea):
        return
    Encargo.objects.bulk_create([nuevo(tarea, [])], ignore_conflicts=True)
    suyo = Encargo.objects.get(clave=clave_de(tarea))
    suyo.intentos += 1
    Encargo.objects.filter(pk=suyo.pk).update(intentos=suyo.intentos)
    _despues_de_fallar(suyo, razon_de(error), ahora, _al_menos(error))


def acabar_del_reloj(*, tarea: Any) -> None:
    """It was done at last, by the clock: what was written of its failures goes; with none, nothing is written."""
    suyo = Encargo.objects.filter(clave=clave_de(tarea))
    if cada_cuanto(tarea) and suyo.exists():
        suyo.delete()


def _breve(motivo: str) -> str:
    return sin_datos(motivo.partition("\n")[0])[:200]


def _al_menos(error: BaseException | None) -> datetime.timedelta:
    """Somebody has to make room first: it is not tried again at once."""
    sin_sitio = error is not None and espera_de(error) == MAS_RATO
    return datetime.timedelta(seconds=MAS_RATO if sin_sitio else 0)


def _despues_de_fallar(
    encargo: Encargo, motivo: str, ahora: datetime.datetime, al_menos: datetime.timedelta = datetime.timedelta()
) -> None:
    campos: dict[str, Any] = {"motivo": _breve(motivo)}
    if encargo.intentos >= TOPE:
        campos["detenido_en"] = ahora
        logger.error("work stopped: %s", encargo.tarea, extra={"encargo": encargo.pk})
    else:
        campos["proximo_en"] = ahora + al_menos + espera(encargo.intentos)
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
            _despues_de_fallar(encargo, str(NO_ESTA) if tarea is None else encargo.motivo or str(SE_CORTO), ahora)
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
