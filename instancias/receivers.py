"""What this room does when the frame announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from marco.signals import va_a_salir

from .acceso.services.entrada import anotar_salida


@receiver(va_a_salir, dispatch_uid="kuska.anotar_salida")
def dejar_rastro_de_la_salida(cuenta: Any, **_kwargs: Any) -> None:
    anotar_salida(cuenta=cuenta)
