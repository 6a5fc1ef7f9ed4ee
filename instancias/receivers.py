"""What this room does when the frame announces something."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from marco.models import DiaNoLaborable
from marco.signals import va_a_salir

from .acceso import sesion
from .acceso.services.entrada import anotar_salida
from .services.pedidos import recontar


@receiver(va_a_salir, dispatch_uid="kuska.anotar_salida")
def dejar_rastro_de_la_salida(cuenta: Any, **_kwargs: Any) -> None:
    anotar_salida(cuenta=cuenta)


@receiver(user_logged_in, dispatch_uid="kuska.estampar_sesion")
def estampar_la_sesion(request: Any, user: Any, **_kwargs: Any) -> None:
    sesion.estampar(request, cuenta=user, ahora=timezone.now())


@receiver([post_save, post_delete], sender=DiaNoLaborable, dispatch_uid="kuska.recontar_plazos")
def recontar_los_plazos(**_kwargs: Any) -> None:
    recontar()
