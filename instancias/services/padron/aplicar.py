"""Keep a sheet under review, then write it whole or not at all, in sets."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter, defaultdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...errores import ErrorDeDominio
from ...models import Asiento, ImportacionDePadron, Institucion, Membresia, Persona, Territorio, TipoDeAsiento
from ...politica import AlcanceEfectivo
from ...signals import membresias_creadas
from .. import rastro
from .interpretacion import Catalogo, FilaLeida, interpretar
from .lectura import leer, normalizar
from .plan import Accion, Estado, FilaPlaneada, instituciones_por_nombre, planear

LOTE = 1000
Tocadas = dict[str, list[tuple[Persona, dict[str, Any]]]]


def revisar(
    *,
    nombre: str,
    contenido: bytes,
    esquema: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> ImportacionDePadron:
    """Read a sheet and keep what each row would do. Writes no person. Raises ErrorDeArchivo."""
    hoja = leer(nombre=nombre, contenido=contenido)
    hoy = timezone.localdate(ahora)
    catalogo = Catalogo(Territorio.objects.all(), TipoDeAsiento.objects.all())
    leidas = [interpretar(fila=fila, catalogo=catalogo, esquema=esquema, hoy=hoy) for fila in hoja.filas]
    plan = planear(filas=leidas, alcance=alcance)
    return ImportacionDePadron.objects.create(
        archivo=nombre[-160:],
        huella=hashlib.sha256(contenido).hexdigest(),
        esquema=esquema,
        filas=[fila.como_json() for fila in plan],
        resumen={**_contar(plan), "columnas_ignoradas": hoja.columnas_ignoradas[:20]},
        subida_por=por,
        subida_en=ahora,
    )


def _contar(plan: list[FilaPlaneada]) -> dict[str, int]:
    cuenta = Counter(fila.accion for fila in plan)
    acciones = (Accion.CREAR, Accion.CAMBIAR, Accion.IGUAL, Accion.RECHAZAR)
    return {accion: cuenta.get(accion, 0) for accion in acciones}


def _cerrar(importacion_id: int, estado: str, ahora: datetime.datetime) -> ImportacionDePadron:
    """Take the review for oneself: only one of two clicks gets it. Raises ``ya_decidida``."""
    tomadas = ImportacionDePadron.objects.filter(
        pk=importacion_id, estado=ImportacionDePadron.Estado.POR_REVISAR
    ).update(estado=estado, decidida_en=ahora)
    if not tomadas:
        raise ErrorDeDominio("ya_decidida", _("Esta lista ya se guardó o se descartó."))
    return ImportacionDePadron.objects.get(pk=importacion_id)


@transaction.atomic
def descartar(*, importacion_id: int, ahora: datetime.datetime) -> None:
    """Forget a sheet under review: its rows are emptied."""
    importacion = _cerrar(importacion_id, ImportacionDePadron.Estado.DESCARTADA, ahora)
    importacion.filas = []
    importacion.save(update_fields=["filas"])


@transaction.atomic
def confirmar(*, importacion_id: int, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> dict[str, int]:
    """Write the accepted rows of a review, as they stand now, and return how many of each action.

    The plan is made again inside the transaction: what changed since the review is seen. Rows refused are not
    written. Raises ``ya_decidida``.
    """
    importacion = _cerrar(importacion_id, ImportacionDePadron.Estado.CONFIRMADA, ahora)
    leidas = [FilaLeida(**fila["leida"]) for fila in importacion.filas]
    estado = Estado(leidas)
    plan = planear(filas=leidas, alcance=alcance, estado=estado)
    aceptadas = [fila for fila in plan if fila.accion in (Accion.CREAR, Accion.CAMBIAR)]
    personas, tocadas = _guardar_personas(aceptadas, estado)
    asientos = _guardar_asientos(aceptadas, estado)
    membresias = _guardar_membresias(aceptadas, personas, asientos)
    resumen = _contar(plan)
    de_esta = {"importacion": importacion.pk}
    for accion, quienes in tocadas.items():
        filas = [(persona, {**datos, **de_esta}) for persona, datos in quienes]
        rastro.anotar_varias(accion=accion, personas=filas, por=importacion.subida_por, ahora=ahora)
    sentadas = [(membresia.persona, {"asiento": membresia.asiento_id, **de_esta}) for membresia in membresias]
    rastro.anotar_varias(accion="instancias.sentar", personas=sentadas, por=importacion.subida_por, ahora=ahora)
    ids = [membresia.pk for membresia in membresias]
    importacion.filas = []
    importacion.resumen = {**importacion.resumen, **resumen}
    importacion.save(update_fields=["filas", "resumen"])
    if ids:
        transaction.on_commit(lambda: membresias_creadas.send(sender=Membresia, ids=ids))
    return resumen


def _guardar_personas(filas: list[FilaPlaneada], estado: Estado) -> tuple[dict[str, Persona], Tocadas]:
    """Return everybody by document, and whom it registered or changed with which fields, by the name of the act."""
    personas = dict(estado.personas)
    nuevas: list[Persona] = []
    cambiadas: dict[int, Persona] = {}
    campos: dict[int, set[str]] = defaultdict(set)
    for fila in filas:
        leida = fila.leida
        persona = personas.get(leida.documento)
        if persona is None:
            persona = Persona(documento=leida.documento, nombres=leida.nombres, apellidos=leida.apellidos)
            persona.celular = leida.celular
            personas[leida.documento] = persona
            nuevas.append(persona)
        elif persona.pk is None:
            persona.celular = persona.celular or leida.celular
        elif fila.cambios.keys() & {"nombre", "celular"}:
            if "nombre" in fila.cambios:
                persona.nombres, persona.apellidos = leida.nombres, leida.apellidos
            if "celular" in fila.cambios:
                persona.celular = leida.celular
            cambiadas[persona.pk] = persona
            campos[persona.pk] |= fila.cambios.keys() & {"nombre", "celular"}
    Persona.objects.bulk_create(nuevas, batch_size=LOTE)
    Persona.objects.bulk_update(cambiadas.values(), ["nombres", "apellidos", "celular"], batch_size=LOTE)
    return personas, {
        "instancias.registrar": [(persona, {}) for persona in nuevas],
        "instancias.corregir": [(persona, {"campos": sorted(campos[pk])}) for pk, persona in cambiadas.items()],
    }


def _guardar_asientos(filas: list[FilaPlaneada], estado: Estado) -> dict[tuple[int, str, int], Asiento]:
    """Open the seats that the sheet brings and set the institution where the seat had none."""
    instituciones = instituciones_por_nombre()
    por_crear: dict[str, Institucion] = {}
    for fila in filas:
        clave = normalizar(fila.leida.institucion)
        if clave and clave not in instituciones and clave not in por_crear:
            sector = estado.tipos[fila.leida.tipo].sector
            por_crear[clave] = Institucion(nombre=fila.leida.institucion, sector=sector)
    Institucion.objects.bulk_create(por_crear.values(), batch_size=LOTE)
    instituciones |= por_crear
    asientos, nuevos, cambiados = dict(estado.asientos), [], []
    for fila in filas:
        assert fila.asiento is not None  # noqa: S101 (accepted rows have one)
        instancia_id, codigo, numero = fila.asiento
        institucion = instituciones.get(normalizar(fila.leida.institucion))
        asiento = asientos.get(fila.asiento)
        if asiento is None:
            asiento = Asiento(instancia_id=instancia_id, tipo=estado.tipos[codigo], numero=numero)
            asiento.institucion = institucion
            asientos[fila.asiento] = asiento
            nuevos.append(asiento)
        elif asiento.institucion is None and institucion is not None:
            asiento.institucion = institucion
            if asiento.pk:
                cambiados.append(asiento)
    Asiento.objects.bulk_create(nuevos, batch_size=LOTE)
    Asiento.objects.bulk_update(cambiados, ["institucion"], batch_size=LOTE)
    return asientos


def _guardar_membresias(
    filas: list[FilaPlaneada], personas: dict[str, Persona], asientos: dict[tuple[int, str, int], Asiento]
) -> list[Membresia]:
    nuevas = [
        Membresia(
            persona=personas[fila.leida.documento],
            asiento=asientos[fila.asiento],
            calidad=fila.leida.calidad,
            desde=datetime.date.fromisoformat(fila.leida.desde),
            designacion=fila.leida.designacion,
        )
        for fila in filas
        if fila.membresia_nueva and fila.asiento is not None
    ]
    Membresia.objects.bulk_create(nuevas, batch_size=LOTE)
    return nuevas
