"""Roles of the editor with their days: given from the panel, begun and ended by themselves."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.restricciones import otra_vez

from .. import rastro
from ..acceso.services.sesiones import cerrar_todas
from ..models import RolDado
from .privilegios import PrivilegioError, exigir_dias


@otra_vez((RolDado, "rol_abierto_unico"))
def dar_rol(
    *, cuenta: Any, grupo: Any, desde: datetime.date, hasta: datetime.date | None, por: Any, ahora: datetime.datetime
) -> RolDado:
    """Let an account have a role between two days. Only who administers, and never themselves.

    One that it has already, with days or without, gets these.
    """
    hoy = timezone.localdate(ahora)
    if not por.is_superuser or por.pk == cuenta.pk:
        raise PrivilegioError("no_le_toca", _("Los roles los da otra persona que administre el sitio."))
    if not cuenta.is_active:
        raise PrivilegioError("cuenta_cerrada", _("Esa cuenta está desactivada."))
    exigir_dias(desde, hasta, hoy)
    poner_al_dia(ahora=ahora, cuenta=cuenta)
    if desde > hoy and cuenta.groups.filter(pk=grupo.pk).exists():
        frase = _("Esa cuenta ya tiene ese rol: su primer día no puede ser después de hoy.")
        raise PrivilegioError("ya_lo_tiene", frase)
    rol = RolDado.objects.abiertos().select_for_update(of=("self",)).filter(cuenta_id=cuenta.pk, grupo=grupo).first()
    if rol and (rol.desde, rol.hasta) == (desde, hasta):
        return rol
    antes = _dias(rol) if rol else None
    rol = rol or RolDado(cuenta_id=cuenta.pk, grupo=grupo)
    rol.desde, rol.hasta, rol.dado_por, rol.dado_en = desde, hasta, por, ahora
    if desde <= hoy:
        rol.puesto_en = rol.puesto_en or ahora
        cuenta.groups.add(grupo)
    rol.save()
    _anotar("instancias.dar_rol", cuenta, rol, por=por, antes=antes)
    return rol


@transaction.atomic
def poner_al_dia(*, ahora: datetime.datetime, cuenta: Any = None) -> set[int]:
    """Begin and end the roles whose day came, each once. Return the accounts that lost one: their sessions are closed.

    Of one account, when its request begins; of all, from time to time.
    """
    hoy = timezone.localdate(ahora)
    roles = RolDado.objects.por_mover(hoy).select_for_update(of=("self",)).select_related("cuenta", "grupo")
    if cuenta is not None:
        roles = roles.filter(cuenta_id=cuenta.pk)
    pierden: dict[int, Any] = {}
    for rol in roles.order_by("pk"):
        if rol.hasta and rol.hasta < hoy:
            rol.terminado_en = ahora
            rol.save(update_fields=["terminado_en"])
            rol.cuenta.groups.remove(rol.grupo)
            pierden[rol.cuenta_id] = rol.cuenta
            _anotar("instancias.terminar_rol", rol.cuenta, rol)
        else:
            rol.puesto_en = ahora
            rol.save(update_fields=["puesto_en"])
            rol.cuenta.groups.add(rol.grupo)
            _anotar("instancias.empezar_rol", rol.cuenta, rol)
    for una in pierden.values():
        cerrar_todas(una)
    return set(pierden)


def sigue_con_sus_roles(request: HttpRequest, cuenta: Any) -> bool:
    """Whether its session goes on: not on the first request after the last day of a role. No statement otherwise."""
    if not getattr(cuenta, "rol_por_mover", False):
        return True
    return cuenta.pk not in poner_al_dia(ahora=timezone.now(), cuenta=cuenta)


def cerrar_rol(*, cuentas: Any, grupos: Any, ahora: datetime.datetime) -> int:
    """Somebody took the group away, by any door: its days are over too. None of ``cuentas`` or ``grupos`` is all."""
    roles = RolDado.objects.abiertos().filter(puesto_en__isnull=False)
    if cuentas is not None:
        roles = roles.filter(cuenta_id__in=cuentas)
    if grupos is not None:
        roles = roles.filter(grupo_id__in=grupos)
    return roles.update(terminado_en=ahora)


def _dias(rol: RolDado) -> dict[str, str | None]:
    return {"desde": rol.desde.isoformat(), "hasta": rol.hasta.isoformat() if rol.hasta else None}


def _anotar(accion: str, cuenta: Any, rol: RolDado, *, por: Any = None, antes: Any = None) -> None:
    datos = {"grupo": rol.grupo_id, "nombre": rol.grupo.name, **_dias(rol)}
    if antes:
        datos["antes"] = antes
    rastro.anotar_de_cuenta(accion=accion, cuenta=cuenta, por=por, datos=datos)
