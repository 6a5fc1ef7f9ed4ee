"""The open sessions of somebody who works here: seen and closed by their owner. As many statements for one as for all.

What there is to say is in each session; only whose it is has a row of its own. Where a site keeps its sessions out of
the database there is nothing to list, and nothing is said.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.crypto import constant_time_compare

from ... import rastro
from ...models import SesionAbierta
from ...politica import se_sabe_del_personal
from .. import equipos, sesion


@dataclass(frozen=True)
class Abierta:
    """An open session, as its owner reads it."""

    pk: int
    llave: str
    equipo: str
    abierta_en: datetime.datetime
    usada_en: datetime.datetime
    es_esta: bool


def sesiones_de(cuenta: Any, *, esta: str | None, ahora: datetime.datetime) -> list[Abierta]:
    """The sessions that are still good for something: this one first, then those used last. Two statements, or none."""
    almacen = _almacen()
    if almacen is None or not se_sabe_del_personal(cuenta):
        return []
    filas = dict(SesionAbierta.objects.filter(cuenta_id=cuenta.pk).values_list("llave", "pk"))
    guardadas = almacen.get_model_class().objects.filter(session_key__in=list(filas), expire_date__gt=ahora)
    abiertas = [
        _leida(filas[una.session_key], una.session_key, datos, esta)
        for una in guardadas
        if _sirve(datos := una.get_decoded(), cuenta, ahora)
    ]
    return sorted(abiertas, key=lambda una: (not una.es_esta, -una.usada_en.timestamp()))


@transaction.atomic
def cerrar_sesiones(cuenta: Any, *, esta: str | None, cual: int | None = None) -> int:
    """Close one of one's own sessions, or all but this one. Return how many: none when it was of somebody else."""
    almacen = _almacen()
    propias = SesionAbierta.objects.filter(cuenta_id=cuenta.pk).exclude(llave=esta or "")
    if cual is not None:
        propias = propias.filter(pk=cual)
    llaves = list(propias.values_list("llave", flat=True))
    if almacen is None or not llaves:
        return 0
    propias.filter(llave__in=llaves).delete()
    _olvidar(almacen, llaves)
    persona = getattr(cuenta, "persona", None)
    if persona is not None:
        rastro.anotar(accion="instancias.cerrar_sesiones", persona=persona, por=cuenta)
    else:
        rastro.anotar_de_cuenta(accion="instancias.cerrar_sesiones", cuenta=cuenta)
    return len(llaves)


def cerrar_todas(cuenta: Any) -> None:
    """What an account may do changed by the act of another: whatever it had open is closed."""
    llaves = list(SesionAbierta.objects.filter(cuenta_id=cuenta.pk).values_list("llave", flat=True))
    SesionAbierta.objects.filter(llave__in=llaves).delete()
    if almacen := _almacen():
        _olvidar(almacen, llaves)


def barrer_apuntes() -> int:
    """Forget whose were the sessions that are no more."""
    almacen = _almacen()
    sueltas = SesionAbierta.objects.all()
    if almacen is not None:
        viva = almacen.get_model_class().objects.filter(session_key=OuterRef("llave"))
        sueltas = sueltas.filter(~Exists(viva))
    return sueltas.delete()[0]


def _almacen() -> Any:
    """The store of the sessions of this site, if it is in the database."""
    almacen = import_module(settings.SESSION_ENGINE).SessionStore
    return almacen if hasattr(almacen, "get_model_class") else None


def _olvidar(almacen: Any, llaves: Iterable[str]) -> None:
    llaves = list(llaves)
    almacen.get_model_class().objects.filter(session_key__in=llaves).delete()
    if hasattr(almacen, "cache_key_prefix"):
        guardadas = almacen()
        # Once the rows are gone for good: before, a request could read one and keep it again.
        transaction.on_commit(
            lambda: guardadas._cache.delete_many([guardadas.cache_key_prefix + una for una in llaves])
        )


def _sirve(datos: dict[str, Any], cuenta: Any, ahora: datetime.datetime) -> bool:
    """Whether it would let in: of this account, with its present key, and within its hours."""
    if datos.get(SESSION_KEY) != str(cuenta.pk) or sesion.ENTRO not in datos:
        return False
    vigente = constant_time_compare(datos.get(HASH_SESSION_KEY, ""), cuenta.get_session_auth_hash())
    return vigente and sesion.en_hora(datos, ahora=ahora)


def _leida(pk: int, llave: str, datos: dict[str, Any], esta: str | None) -> Abierta:
    entro = datos[sesion.ENTRO]
    return Abierta(
        pk=pk,
        llave=llave,
        equipo=equipos.en_palabras(*datos.get(sesion.EQUIPO, ("", ""))),
        abierta_en=_hora(entro),
        usada_en=_hora(datos.get(sesion.USO, entro)),
        es_esta=llave == esta,
    )


def _hora(segundos: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(segundos, tz=datetime.UTC)
