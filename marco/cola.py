"""Ask for work in the queue. With the queue out of reach nobody waits nor fails: the clock finds the work later.

Whatever is asked for here is also written in the database, where a task of the clock looks for it.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

PAUSA = 30.0  # seconds without asking a queue that did not answer


class Cola:
    """The queue, as this process last saw it."""

    no_antes_de = 0.0

    def encolar(self, tarea: Task, *argumentos: Any) -> bool:
        """Send the task, and return whether the queue took it.

        A queue that does not answer is left alone for ``PAUSA`` seconds: it delays one person and not everybody.
        """
        if time.monotonic() < self.no_antes_de:
            return False
        try:
            tarea.delay(*argumentos)
        except (OperationalError, OSError):
            self.no_antes_de = time.monotonic() + PAUSA
            logger.warning("queue out of reach", extra={"tarea": tarea.name})
            return False
        return True


cola = Cola()
encolar = cola.encolar
