"""Long files, written in the background: asked for, begun by one worker, stopped, kept for a day, swept.

Whoever asked for it may lose their scope meanwhile: what is written is what they reach when it is written.
"""

from __future__ import annotations

import datetime
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import Error, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from instancias.politica import AlcanceEfectivo, alcance_de
from marco.fallas import espera_de, se_corto
from marco.solo_lectura import seguir_si_se_guarda

from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.definiciones import membresias_del
from ..informes.definicion import Definicion
from ..informes.preparar import InformeError, preparar
from ..informes.salida import en_xlsx
from ..models import ArchivoPedido
from ..models.archivo import CORTES, DIAS_GUARDADO, SIN_NADIE, SIN_SENALES
from .exportar import escribir_avance, nombre_del_archivo
from .informes import anotar_salida

Estado = ArchivoPedido.Estado
LARGO = 2000  # rows of a workbook that are written while somebody waits
EN_LA_PAGINA = 10_000  # that a page writes by itself, where there is no worker
EN_MEMORIA = 2 * 1024 * 1024
SEGUNDOS_DE_UNA = 240  # that a statement of a file may take in the background: its task has 540
A_LA_VEZ = 3  # files of one account that wait or are being written


class SeDetuvo(Exception):
    """Somebody stopped it, or another worker took it."""


def almacen() -> Storage:
    return storages["privado"]


def pedir_informe(*, pedida: Definicion, por: Any, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> ArchivoPedido:
    """Ask for the workbook of a report. Raises InformeError when it cannot be."""
    preparado = preparar(pedida, alcance=alcance, ahora=ahora)
    return _pedir(
        por=por,
        ahora=ahora,
        titulo=pedida.nombre,
        nombre=f"informe_{preparado.ambito.dia:%Y-%m-%d}.xlsx",
        pedido={"informe": pedida.a_json()},
        ambito=list(preparado.ambito.prefijos),
        total=preparado.resultado.total,
    )


def pedir_avance(*, ambito: Ambito, por: Any) -> ArchivoPedido:
    """Ask for the workbook of progress of a scope that somebody looks at."""
    limites = (ambito.instancia,) if ambito.instancia else ambito.prefijos
    return _pedir(
        por=por,
        ahora=ambito.ahora,
        titulo=_("Avance"),
        nombre=nombre_del_archivo(ambito),
        pedido={"avance": {"edicion": ambito.edicion_id, "al": ambito.al.isoformat() if ambito.al else ""}},
        ambito=list(limites),
        total=membresias_del(ambito).count(),
    )


def _pedir(*, por: Any, ahora: datetime.datetime, titulo: str, **datos: Any) -> ArchivoPedido:
    abiertos = ArchivoPedido.objects.filter(cuenta=por, estado__in=(Estado.PEDIDO, Estado.HACIENDO))
    if igual := abiertos.filter(pedido=datos["pedido"], ambito=datos["ambito"]).first():
        return igual  # asked twice, it is written once
    if abiertos.count() >= A_LA_VEZ:
        raise InformeError("muchos", _("Ya tiene tres archivos en preparación. Espere a que termine uno, o deténgalo."))
    vence = ahora + DIAS_GUARDADO
    return ArchivoPedido.objects.create(
        cuenta=por, titulo=titulo[:120], pedido_en=ahora, latido_en=ahora, vence_en=vence, **datos
    )


def detener(*, archivo: ArchivoPedido) -> bool:
    """Stop it after the block under way; nothing of it is kept. Once it is ready, nothing happens."""
    abiertos = ArchivoPedido.objects.filter(pk=archivo.pk, estado__in=(Estado.PEDIDO, Estado.HACIENDO))
    return bool(abiertos.update(estado=Estado.DETENIDO, turno=""))


def hacer(*, archivo_id: int) -> bool:
    """Write a file that waits. Return whether it was written; whoever finds somebody else at it does nothing.

    Raises ``EnPausa`` once the site only reads: it waits, and is written from its first row.
    """
    ahora, turno = timezone.now(), uuid.uuid4().hex
    libre = Q(turno="") | Q(latido_en__lte=ahora - SIN_SENALES)
    esperan = ArchivoPedido.objects.filter(libre, pk=archivo_id, estado__in=(Estado.PEDIDO, Estado.HACIENDO))
    if not esperan.update(estado=Estado.HACIENDO, turno=turno, latido_en=ahora, hechas=0):
        return False
    archivo = ArchivoPedido.objects.select_related("cuenta").get(pk=archivo_id)
    try:
        with tempfile.SpooledTemporaryFile(max_size=EN_MEMORIA) as escrito:
            _escribir(archivo, escrito, turno)
            return _guardar(archivo, escrito, turno)
    except SeDetuvo:
        return False
    except InformeError:
        _suyo(archivo, turno).update(estado=Estado.FALLIDO, turno="")
        return False
    except Exception as error:
        # What did not fit, or found the base busy, is written later; what fails by itself would fail again.
        cortes = archivo.cortes + se_corto(error)
        despues = Estado.PEDIDO if espera_de(error) and cortes < CORTES else Estado.FALLIDO
        _suyo(archivo, turno).update(estado=despues, turno="", cortes=cortes)
        raise


@contextmanager
def con_tiempo() -> Iterator[None]:
    """Let a statement of a long file take longer than one of a page: nobody looks at a screen meanwhile."""
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


def _suyo(archivo: ArchivoPedido, turno: str) -> Any:
    return ArchivoPedido.objects.filter(pk=archivo.pk, turno=turno, estado=Estado.HACIENDO)


def _escribir(archivo: ArchivoPedido, escrito: IO[bytes], turno: str) -> None:
    ahora = timezone.now()
    alcance = alcance_de(archivo.cuenta, hoy=timezone.localdate(ahora))
    if not alcance or not all(alcance.cubre(prefijo) for prefijo in archivo.ambito):
        raise InformeError("fuera_de_alcance", _("Ese lugar ya no está a su cargo."))

    def aviso(hechas: int) -> None:
        seguir_si_se_guarda()
        if not _suyo(archivo, turno).update(hechas=hechas, latido_en=timezone.now()):
            raise SeDetuvo

    if "avance" in archivo.pedido:
        ambito = _ambito_del_avance(archivo, alcance, ahora)
        de_quienes = escribir_avance(ambito=ambito, archivo=escrito, por=archivo.cuenta, aviso=aviso)
    else:
        preparado = preparar(Definicion.de_json(archivo.pedido["informe"]), alcance=alcance, ahora=ahora)
        filas = en_xlsx(preparado, escrito, aviso=aviso)
        anotar_salida(nombre=archivo.titulo, formato="xlsx", filas=filas, por=archivo.cuenta)
        de_quienes = preparado.resultado.de_quienes()
    _suyo(archivo, turno).update(de_quienes=list(dict.fromkeys(de_quienes)))


def _ambito_del_avance(archivo: ArchivoPedido, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> Ambito:
    pedido, ediciones = archivo.pedido["avance"], ediciones_del(alcance)
    return Ambito(
        prefijos=tuple(archivo.ambito),
        ahora=ahora,
        ediciones=ediciones,
        edicion=next((una for una in ediciones if una.id == pedido["edicion"]), None),
        al=datetime.date.fromisoformat(pedido["al"]) if pedido["al"] else None,
    )


def _guardar(archivo: ArchivoPedido, escrito: IO[bytes], turno: str) -> bool:
    escrito.seek(0, os.SEEK_END)
    tamano = escrito.tell()
    escrito.seek(0)
    ruta = almacen().save(f"informes/{archivo.clave.hex}.xlsx", File(escrito))
    ahora = timezone.now()
    listo = {"estado": Estado.LISTO, "ruta": ruta, "bytes": tamano, "listo_en": ahora, "turno": ""}
    if _suyo(archivo, turno).update(**listo, vence_en=ahora + DIAS_GUARDADO):
        return True
    almacen().delete(ruta)  # somebody stopped it at the last moment
    return False


def por_seguir(*, ahora: datetime.datetime) -> list[int]:
    """Those that were left behind: by a queue out of reach, or by a worker that fell."""
    caidos = Q(turno="", latido_en__lte=ahora - SIN_NADIE) | Q(latido_en__lte=ahora - SIN_SENALES)
    abiertos = ArchivoPedido.objects.filter(caidos, estado__in=(Estado.PEDIDO, Estado.HACIENDO))
    return list(abiertos.order_by("pk").values_list("pk", flat=True))


def barrer(*, ahora: datetime.datetime) -> int:
    """Take away the files that expired, and what is known of them. Returns how many. Twice, nothing changes."""
    vencidos = list(ArchivoPedido.objects.filter(vence_en__lte=ahora))
    for archivo in vencidos:
        if archivo.ruta:
            almacen().delete(archivo.ruta)
        archivo.delete()
    return len(vencidos)
