"""A list arrives: it is read, and goes to its review when nothing of its shape is in doubt, or waits for an answer."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ..models import CeldasDePadron, ColumnaRecordada, FilaDePadron, ImportacionDePadron, PlazosDeConservacion
from ..politica import AlcanceEfectivo
from .lectura.celdas_guardadas import celdas_de
from .lectura.forma import Forma, Orden, Reconocedor, lo_que_se_aprende, lugar_de_supuestos, orden_de
from .lectura.leer import ErrorDeArchivo, Hojas, Planilla, faltan_columnas, hojas_de, planilla_de
from .lectura.supuestos import NINGUNO, Supuestos
from .planes.renglones import EN_EL_ACTO, abierta, empezar
from .revision.revisar import anotar_lo_leido, llenar
from .trabajo.obreros import recordadas
from .trabajo.trabajo import avanzar

SE_GUARDA = datetime.timedelta(days=30)


def recibir(
    *,
    nombre: str,
    contenido: bytes,
    esquema: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    pegado: bool = False,
    supuestos: Supuestos = NINGUNO,
    completa_para: Sequence[str] = (),
    preguntar: bool = True,
) -> ImportacionDePadron:
    """Read a list and keep what each row would do, or its cells while its columns are asked. Writes no person.

    Raises ErrorDeArchivo; without ``preguntar``, also ``sin_columnas`` and ``otro_lugar`` for what would be asked.
    """
    hojas = hojas_de(nombre=nombre, contenido=contenido, pegado=pegado)
    orden, reconocer = _orden(hojas, Forma(), supuestos, alcance, por)
    seguir = not orden.hay_que_preguntar or not preguntar
    if seguir and orden.faltan:
        raise faltan_columnas(orden.faltan if orden.cuadros and orden.cuadros[0].titulos else ())
    if seguir and orden.otro_lugar:
        raise ErrorDeArchivo("otro_lugar", orden.otro_lugar.frase)
    planilla = planilla_de(orden.cuadros, lugar_de=reconocer, hasta=EN_EL_ACTO) if seguir else None
    if any(cuadro.cortada for cuadro in orden.cuadros):
        planilla_de(orden.cuadros)  # says that it is too long
    with transaction.atomic():
        importacion = ImportacionDePadron.objects.create(
            archivo=nombre[-160:],
            huella=hashlib.sha256(contenido).hexdigest(),
            esquema=esquema,
            estado=ImportacionDePadron.Estado.POR_ORDENAR,
            ambito=list(alcance.prefijos),
            supuestos=asdict(supuestos),
            completa_para=[ubigeo for ubigeo in completa_para if alcance.cubre(ubigeo)],
            subida_por=por,
            subida_en=ahora,
            vence_en=ahora + datetime.timedelta(days=PlazosDeConservacion.actuales().listas),
        )
        CeldasDePadron.objects.create(importacion=importacion, hojas=hojas)
        if planilla:
            _revisar(importacion, planilla, alcance=alcance, por=por, ahora=ahora)
    return importacion


def _revisar(
    importacion: ImportacionDePadron,
    planilla: Planilla,
    *,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> None:
    """Review a list at once, or leave it to the background work when it is long (``importacion.fase`` says so)."""
    if planilla.cuantas <= EN_EL_ACTO:
        llenar(importacion, planilla, alcance=alcance, ahora=ahora)
        return
    anotar_lo_leido(importacion, planilla)
    importacion.total = planilla.cuantas
    empezar(importacion, ImportacionDePadron.Fase.LEER, por=por, ahora=ahora)


def revisar(**datos: Any) -> ImportacionDePadron:
    """Receive a list about which nobody is there to be asked, and review it whole. Raises ErrorDeArchivo."""
    importacion = recibir(**datos, preguntar=False)
    while importacion.fase and avanzar(importacion_id=importacion.pk):
        pass
    importacion.refresh_from_db()
    return importacion


def orden_actual(importacion: ImportacionDePadron, *, forma: Forma, alcance: AlcanceEfectivo, por: Any) -> Orden:
    """What would be read of a list that was received, with this form. Raises ``sin_celdas``."""
    supuestos = Supuestos.de_json(importacion.supuestos)
    return _orden(celdas_de(importacion), forma, supuestos, alcance, por)[0]


@transaction.atomic
def decidir_columnas(
    *,
    importacion_id: int,
    forma: Forma,
    supuestos: Supuestos,
    completa_para: Sequence[str],
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> ImportacionDePadron:
    """Read a list again with what somebody says of it, and remember what its headings say.

    Raises ErrorDeArchivo when it still lacks something, ``sin_celdas``, and what ``renglones.abierta`` raises.
    """
    importacion = abierta(importacion_id, ahora, ImportacionDePadron.ABIERTAS)
    hojas = celdas_de(importacion)
    if importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).exists():
        raise ErrorDeDominio("sin_celdas", _("Ya se guardaron filas de esta lista: sus columnas no se pueden cambiar."))
    orden, reconocer = _orden(hojas, forma, supuestos, alcance, por)
    if orden.faltan:
        raise faltan_columnas(orden.faltan)
    if orden.otro_lugar and orden.otro_lugar.se_exige and not lugar_de_supuestos(supuestos):
        raise ErrorDeArchivo("otro_lugar", orden.otro_lugar.frase)
    # Asked where it is from, what somebody says of it holds over the names of its sheets.
    se_dijo = bool(orden.otro_lugar and lugar_de_supuestos(supuestos))
    planilla = planilla_de(orden.cuadros, lugar_de=reconocer, de_la_hoja=not se_dijo, hasta=EN_EL_ACTO)
    importacion.forma = forma.como_json()
    importacion.supuestos = asdict(supuestos)
    importacion.completa_para = [ubigeo for ubigeo in completa_para if alcance.cubre(ubigeo)]
    importacion.resumen = {}
    importacion.save(update_fields=["forma", "supuestos", "completa_para", "resumen"])
    importacion.filas.all().delete()
    _revisar(importacion, planilla, alcance=alcance, por=por, ahora=ahora)
    if por is not None:
        _recordar(por, *lo_que_se_aprende(hojas, forma))
    return importacion


def _orden(
    hojas: Hojas, forma: Forma, supuestos: Supuestos, alcance: AlcanceEfectivo, por: Any
) -> tuple[Orden, Reconocedor]:
    reconocer = Reconocedor(alcance, supuestos)
    orden = orden_de(
        hojas, forma=forma, supuestos=supuestos, alcance=alcance, recordadas=recordadas(por), reconocer=reconocer
    )
    return orden, reconocer


def _recordar(cuenta: Any, columnas: Mapping[str, str], olvidadas: Sequence[str]) -> None:
    ColumnaRecordada.objects.filter(cuenta=cuenta, huella__in=olvidadas).delete()
    ColumnaRecordada.objects.bulk_create(
        [ColumnaRecordada(cuenta=cuenta, huella=huella, dice=valor) for huella, valor in columnas.items()],
        update_conflicts=True,
        unique_fields=["cuenta", "huella"],
        update_fields=["dice"],
    )


__all__ = ["ErrorDeArchivo", "celdas_de", "decidir_columnas", "orden_actual", "recibir", "revisar"]
