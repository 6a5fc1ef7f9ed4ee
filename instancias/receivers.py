"""What this room does when the frame announces something."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ModelLogEntry

from marco.models import DiaNoLaborable
from marco.signals import va_a_salir

from . import rastro
from .acceso import sesion
from .acceso.services.entrada import anotar_salida
from .models import Persona
from .services.pedidos import recontar
from .services.roles import cerrar_rol


@receiver(va_a_salir, dispatch_uid="kuska.anotar_salida")
def dejar_rastro_de_la_salida(cuenta: Any, **_kwargs: Any) -> None:
    anotar_salida(cuenta=cuenta)


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="kuska.rastro_de_cuentas")
def dejar_rastro_de_las_cuentas(instance: ModelLogEntry, created: bool, **_kwargs: Any) -> None:
    """What the editor did to an account, in the transaction of the act. What its person does to it is told apart."""
    if not created or not instance.action.startswith("wagtail."):
        return
    if instance.content_type.model_class() is not get_user_model() or str(instance.user_id) == instance.object_id:
        return
    suya = Persona.objects.filter(cuenta=instance.object_id).values_list("pk", flat=True)
    rastro.cambio_de_cuenta(accion=instance.action, persona=suya.first(), por=instance.user)


@receiver(user_logged_in, dispatch_uid="kuska.estampar_sesion")
def estampar_la_sesion(request: Any, user: Any, **_kwargs: Any) -> None:
    sesion.estampar(request, cuenta=user, ahora=timezone.now())


@receiver([post_save, post_delete], sender=DiaNoLaborable, dispatch_uid="kuska.recontar_plazos")
def recontar_los_plazos(**_kwargs: Any) -> None:
    recontar()


@receiver(m2m_changed, sender=get_user_model().groups.through, dispatch_uid="kuska.cerrar_rol")
def terminar_los_dias_de_un_grupo(action: str, instance: Any, reverse: bool, pk_set: Any, **_kwargs: Any) -> None:
    """A group that was taken away in the editor keeps no days: given again there, it has none."""
    if action in {"post_remove", "post_clear"}:
        cuentas, grupos = (pk_set, [instance.pk]) if reverse else ([instance.pk], pk_set)
        cerrar_rol(cuentas=cuentas, grupos=grupos, ahora=timezone.now())
