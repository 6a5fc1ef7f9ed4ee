"""The one door by which work goes to the queue. What is asked for is written first, and the row goes when it is done.

With the queue out of reach nobody waits nor fails: the clock sends what waits (``services.encargos``). Ask after the
commit of what causes the work: the fact is in the database, and a task of the clock finds it even without its row.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import time
from collections.abc import Iterable, Sequence
from typing import Any

from celery import Task
from django.db import DatabaseError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from .models import Encargo

logger = logging.getLogger(__name__)

PAUSA = 30.0  # seconds without asking a queue that did not answer
DE_GRACIA = 60  # seconds past the limit of a task before it is taken for lost
CABECERA, PEDIDO = "kuska_encargo", "kuska_pedido"
LOTE = 500


class Cola:
    """The queue, as this process last saw it."""

    no_antes_de = 0.0

    def encolar(self, tarea: Task, *argumentos: Any) -> bool:
        """Write down and send, and return whether the queue took it. One that had stopped begins anew.

        A queue that does not answer is left alone for ``PAUSA`` seconds: it delays one person and not everybody.
        """
        if _sin_cola(tarea):
            return self._llamar(tarea, lambda: tarea.delay(*argumentos))
        encargo = nuevo(tarea, argumentos)
        _anotar([encargo])
        return self.enviar(tarea, encargo)

    def recoger(self, tarea: Task, cuales: Iterable[Sequence[Any]], *, sin_nadie: bool = False) -> int:
        """The same, for what a sweep of facts finds. What was asked for already has its own tries, or stopped.

        ``sin_nadie``: the facts say that nobody is at it any more. What somebody had begun goes out with the next
        round, and not after its whole limit; what failed keeps its wait.
        """
        cuales = list(cuales)
        if _sin_cola(tarea):
            return sum(self.encolar(tarea, *argumentos) for argumentos in cuales)
        enviados = 0
        for desde in range(0, len(cuales), LOTE):
            encargos = [nuevo(tarea, argumentos) for argumentos in cuales[desde : desde + LOTE]]
            claves = [uno.clave for uno in encargos]
            conocidos = set(Encargo.objects.filter(clave__in=claves).values_list("clave", flat=True))
            if sin_nadie and conocidos:
                Encargo.objects.empezados().filter(clave__in=conocidos).update(proximo_en=timezone.now())
            nuevos = [uno for uno in encargos if uno.clave not in conocidos]
            _anotar(nuevos)
            enviados += sum(self.enviar(tarea, uno) for uno in nuevos)
        return enviados

    def enviar(self, tarea: Task, encargo: Encargo) -> bool:
        """Send what is written down. Its name goes in the message: who does it says so to its row."""
        cabeceras = {CABECERA: encargo.clave, PEDIDO: encargo.pedido_en.isoformat()}
        return self._llamar(tarea, lambda: tarea.apply_async(args=encargo.argumentos, headers=cabeceras))

    def _llamar(self, tarea: Task, mandar: Any) -> bool:
        if time.monotonic() < self.no_antes_de:
            return False
        try:
            mandar()
        except (OperationalError, OSError):
            self.no_antes_de = time.monotonic() + PAUSA
            logger.warning("queue out of reach", extra={"tarea": tarea.name})
            return False
        return True


cola = Cola()
encolar = cola.encolar
recoger = cola.recoger


def _sin_cola(tarea: Task) -> bool:
    """Whether work is done on the spot: there is nothing to wait for, nor to write down."""
    return bool(tarea.app.conf.task_always_eager)


def nuevo(tarea: Task, argumentos: Sequence[Any]) -> Encargo:
    ahora = timezone.now()
    de_que = [tarea.name, list(argumentos)]
    clave = hashlib.sha256(json.dumps(de_que, sort_keys=True).encode()).hexdigest()
    return Encargo(
        clave=clave, tarea=tarea.name, argumentos=list(argumentos), pedido_en=ahora, proximo_en=ahora + plazo(tarea)
    )


def clave_de(tarea: Task, argumentos: Sequence[Any] = ()) -> str:
    return nuevo(tarea, argumentos).clave


def plazo(tarea: Task) -> datetime.timedelta:
    """After how long, without news, it is taken for lost."""
    return datetime.timedelta(seconds=(tarea.time_limit or tarea.app.conf.task_time_limit or 300) + DE_GRACIA)


def _anotar(encargos: list[Encargo]) -> None:
    """Write them down, or again those that were.

    Outside a transaction, what cannot be written is sent all the same: the sweeps of facts know of it.
    """
    try:
        Encargo.objects.bulk_create(
            encargos,
            update_conflicts=True,
            unique_fields=["clave"],
            update_fields=["pedido_en", "proximo_en", "intentos", "motivo", "detenido_en"],
        )
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:
            raise
        logger.exception("work not written down")
