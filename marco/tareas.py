"""What every task of the rooms stands on: while nothing is kept it waits, whole, and goes on by itself afterwards."""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.exceptions import Ignore
from django.utils import timezone

from .services import encargos
from .solo_lectura import EnPausa, por_que


class Tarea(Task):
    """A task that writes. One with ``en_solo_lectura`` is done also while the site only reads.

    Called here and now, it is part of whatever calls it, that was let in before.
    """

    abstract = True
    en_solo_lectura = False

    def __call__(self, *argumentos: Any, **otros: Any) -> Any:
        if self.request.called_directly:
            return super().__call__(*argumentos, **otros)
        if self.request.is_eager:
            return self.run(*argumentos, **otros)
        if not self.en_solo_lectura and por_que():
            self._esperar()
        try:
            return self.run(*argumentos, **otros)
        except EnPausa:
            self._esperar()

    def _esperar(self) -> None:
        encargos.esperar(cabeceras=self.request.headers or {}, tarea=self, ahora=timezone.now())
        raise Ignore
