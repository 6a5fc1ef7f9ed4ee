"""Long work in the background: asked for, begun by one worker, gone on with, stopped, kept for a day, swept.

Whoever asked for it may lose their scope meanwhile: what is done is what they reach when it is done.
"""

from __future__ import annotations

import datetime
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import IO, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.fallas import espera_de, se_corto
from marco.solo_lectura import seguir_si_se_guarda

from ..models import Trabajo
from ..models.trabajo import CORTES, SE_GUARDA, SIN_NADIE, SIN_SENALES
from ..politica import AlcanceEfectivo, alcance_de
from ..trabajos import ClaseDeTrabajo, Obra, SeDetuvo, TieneQueEsperar, TrabajoError, clase_de, fuera_de_alcance
from .de_un_dia import almacen, guardar_archivo, quitar_lo_de_antes

Estado = Trabajo.Estado
ABIERTOS = (Estado.PEDIDO, Estado.HACIENDO)
EN_MEMORIA = 2 * 1024 * 1024
SEGUNDOS = 60.0  # of one run of what is done by parts: the queue has other things to do
SEGUNDOS_EN_LA_PAGINA = 8.0  # of a run that somebody waits for: less than what a server gives a request
SEGUNDOS_DE_UNA = 240  # that a statement may take in the background: its task has 540
A_LA_VEZ = 3  # works of one account that wait or are under way
POR_MOTIVO = 200


def pedir(
    *,
    clase: str,
    por: Any,
    titulo: str,
    pedido: dict[str, Any],
    ambito: list[str],
    total: int,
    ahora: datetime.datetime,
    nombre: str = "",
    compartido: bool = False,
) -> Trabajo:
    """Leave a work to be done. Asked twice while it is under way, it is one. Raises TrabajoError ``muchos``.

    ``compartido``: also when it was asked for by another account, with the same scope. It tells nothing of whom.
    """
    de_todos = Trabajo.objects.filter(estado__in=ABIERTOS)
    abiertos = de_todos.filter(cuenta=por)
    iguales = (de_todos if compartido else abiertos).filter(clase=clase, pedido=pedido, ambito=ambito)
    if igual := iguales.first():
        return igual
    if abiertos.count() >= A_LA_VEZ:
        raise TrabajoError("muchos", _("Ya tiene tres trabajos en marcha. Espere a que termine uno, o deténgalo."))
    return Trabajo.objects.create(
        clase=clase,
        cuenta=por,
        titulo=titulo[:120],
        nombre=nombre[:120],
        pedido=pedido,
        ambito=ambito,
        total=total,
        pedido_en=ahora,
        latido_en=ahora,
        vence_en=ahora + SE_GUARDA,
    )


def detener(*, trabajo: Trabajo) -> bool:
    """Stop it after the part under way; of a file, nothing is kept. Once it is ready, nothing happens."""
    abiertos = Trabajo.objects.filter(pk=trabajo.pk, estado__in=ABIERTOS)
    return bool(abiertos.update(estado=Estado.DETENIDO, turno="", pedido=clase_de(trabajo).sin_lo_escrito(trabajo)))


def hacer(*, trabajo_id: int, segundos: float | None = None, en_la_pagina: bool = False) -> bool:
    """Do a work that waits, or a part of it. Return whether there is more to do.

    Whoever finds somebody else at it does nothing. Raises ``EnPausa`` once the site only reads: it waits.
    ``en_la_pagina``: somebody waits for the answer, and nobody goes on with the rest unless they ask again.
    """
    ahora, turno = timezone.now(), uuid.uuid4().hex
    if segundos is None:
        segundos = SEGUNDOS_EN_LA_PAGINA if en_la_pagina else SEGUNDOS
    libre = Q(turno="") | Q(latido_en__lte=ahora - SIN_SENALES)
    esperan = Trabajo.objects.filter(libre, pk=trabajo_id, estado__in=ABIERTOS)
    if not esperan.update(estado=Estado.HACIENDO, turno=turno, latido_en=ahora, motivo=""):
        return False
    trabajo = Trabajo.objects.select_related("cuenta").get(pk=trabajo_id)
    clase = clase_de(trabajo)
    callada = SIN_SENALES if en_la_pagina else max(clase.callada, SIN_SENALES)
    try:
        with tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA) as escrito:
            if not clase.hacer(_obra(trabajo, clase, escrito, turno, monotonic() + segundos, callada)):
                return _dejar(trabajo, turno, en_la_pagina=en_la_pagina)
            _guardar(trabajo, clase, escrito, turno)
    except SeDetuvo:
        return False
    except TieneQueEsperar as espera:
        _esperar(trabajo, turno, str(espera))
    except ErrorDeDominio as error:
        _fallar(trabajo, clase, turno, motivo=str(error.mensaje)[:POR_MOTIVO])
    except Exception as error:
        # What did not fit, or found the base busy, is done later; what fails by itself would fail again. A page gives
        # a statement less time: that it was cut there says nothing of how much it is.
        cortes = trabajo.cortes + (se_corto(error) and not en_la_pagina)
        if espera_de(error) and cortes < CORTES:
            _dejar(trabajo, turno, en_la_pagina=en_la_pagina, cortes=cortes)
        else:
            _fallar(trabajo, clase, turno, cortes=cortes)
        raise
    return False


def _dejar(trabajo: Trabajo, turno: str, *, en_la_pagina: bool, **otros: Any) -> bool:
    """It goes back whole to whoever comes next. After a page nobody does by itself: the page says so at once."""
    visto = timezone.now() - (SIN_NADIE if en_la_pagina else datetime.timedelta())
    return bool(_suyo(trabajo, turno).update(estado=Estado.PEDIDO, turno="", latido_en=visto, **otros))


def _esperar(trabajo: Trabajo, turno: str, motivo: str) -> None:
    """It stays whole, for as long as it takes, and says why. Whoever looks for what is left behind tries it again."""
    ahora = timezone.now()
    de_vuelta = {"estado": Estado.PEDIDO, "turno": "", "latido_en": ahora, "vence_en": ahora + SE_GUARDA}
    _suyo(trabajo, turno).update(**de_vuelta, motivo=motivo[:POR_MOTIVO])


def _fallar(trabajo: Trabajo, clase: ClaseDeTrabajo, turno: str, **otros: Any) -> None:
    pedido = clase.sin_lo_escrito(trabajo)
    _suyo(trabajo, turno).update(estado=Estado.FALLIDO, turno="", pedido=pedido, **otros)


@contextmanager
def con_tiempo() -> Iterator[None]:
    """Let a statement of a long work take longer than one of a page: nobody looks at a screen meanwhile."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{SEGUNDOS_DE_UNA}s'")
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:  # one that broke is not used again
            cursor.execute("RESET statement_timeout")


def _suyo(trabajo: Trabajo, turno: str) -> QuerySet[Trabajo]:
    return Trabajo.objects.filter(pk=trabajo.pk, turno=turno, estado=Estado.HACIENDO)


def _obra(
    trabajo: Trabajo,
    clase: ClaseDeTrabajo,
    escrito: IO[bytes],
    turno: str,
    fin: float,
    callada: datetime.timedelta,
) -> Obra:
    """What its kind needs. To begin, to give a sign of life and to end, whoever asked must still answer for it: raises
    TrabajoError ``fuera_de_alcance`` where their scope ended, also half way.
    """

    def avisar(hechas: int, **otros: Any) -> None:
        seguir_si_se_guarda()
        # Ahead of the clock by what its kind may be silent besides: one statement may take minutes.
        hasta = timezone.now() + callada - SIN_SENALES
        if not _suyo(trabajo, turno).update(hechas=hechas, latido_en=hasta, **otros):
            raise SeDetuvo
        _alcance(trabajo, clase)

    def terminar(resultado: dict[str, Any], **otros: Any) -> None:
        _alcance(trabajo, clase)
        ahora = timezone.now()
        listo = {"estado": Estado.LISTO, "turno": "", "listo_en": ahora, "vence_en": ahora + SE_GUARDA, **otros}
        if not _suyo(trabajo, turno).update(resultado=resultado, **listo):
            raise SeDetuvo

    avisar(trabajo.hechas)
    return Obra(trabajo, _alcance(trabajo, clase), escrito, avisar, terminar, lambda: monotonic() < fin)


def _alcance(trabajo: Trabajo, clase: ClaseDeTrabajo) -> AlcanceEfectivo:
    cuenta = get_user_model()._base_manager.filter(pk=trabajo.cuenta_id).first() or AnonymousUser()
    alcance = alcance_de(cuenta, hoy=timezone.localdate())
    if not alcance or not alcance.cubre_todo(trabajo.ambito):
        raise fuera_de_alcance()
    if clase.gestiona and not alcance.puede_gestionar:
        raise fuera_de_alcance()
    return alcance


def _guardar(trabajo: Trabajo, clase: ClaseDeTrabajo, escrito: IO[bytes], turno: str) -> None:
    """Keep the file that was written, if it is still its turn. What gave no file ended already."""
    if not escrito.seek(0, os.SEEK_END):
        return
    _alcance(trabajo, clase)
    if not _suyo(trabajo, turno).exists():
        raise SeDetuvo
    ruta, tamano = guardar_archivo(trabajo, clase, escrito, turno=turno)
    ahora = timezone.now()
    listo = {"estado": Estado.LISTO, "ruta": ruta, "bytes": tamano, "listo_en": ahora, "turno": ""}
    se_queda = 0
    try:
        pedido = clase.sin_lo_escrito(trabajo)
        se_queda = _suyo(trabajo, turno).update(**listo, pedido=pedido, vence_en=ahora + SE_GUARDA)
    finally:
        if not se_queda:  # somebody stopped it at the last moment, took its turn, or it could not be said
            almacen().delete(ruta)
    if se_queda:
        with suppress(Exception):  # what stays is of nobody, and is swept after a day
            quitar_lo_de_antes(trabajo, clase, ruta=ruta)


def barrer(*, ahora: datetime.datetime) -> int:
    """Take away what expired, and what is known of it. Returns how many. Twice, nothing changes."""
    vencidos = Trabajo.objects.filter(vence_en__lte=ahora)
    quitados = 0
    for numero, ruta in list(vencidos.values_list("pk", "ruta")):
        if vencidos.filter(pk=numero, ruta=ruta).delete()[0]:  # one that ended meanwhile has its own day
            quitados += 1
            if ruta:
                almacen().delete(ruta)
    return quitados
