"""The bench: what somebody mends of a row under review, and what that changes of the others."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ...models import FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ..interpretacion.motivos import CAMPOS, nombre_del_campo
from ..interpretacion.problemas import ACEPTABLES
from ..planes.renglones import EN_EL_ACTO, abierta, empezar, escribir_filas
from ..planes.repetidas import comparar
from .revisar import Lector

LARGO = 200
# What a sheet or a file broke, or left out, in the same way in many rows: seen together, it is mended together.
DE_UNA_VEZ = frozenset(
    {"dni_sin_cero", "dni_con_letras", "codigo_sin_cero", "no_es_nombre", "no_se_entiende", "con_titulo", "falta"}
)
VUELTAS = 20
Cambio = Callable[[FilaDePadron], None]


class FilaCambiada(ErrorDeDominio):
    """Somebody else changed the row after it was shown. Nothing of what was sent is written."""

    def __init__(self, fila: FilaDePadron, valores: Mapping[str, str]) -> None:
        dicho = [
            f"{nombre_del_campo(campo)} «{valor}»"
            for campo, valor in valores.items()
            if valor != fila.cruda.get(campo, "")
        ]
        texto = _("Otra persona cambió la fila %(fila)d hace un momento. Vea cómo quedó.") % {"fila": fila.fila}
        if dicho and fila.estado != FilaDePadron.Estado.GUARDADA:
            texto = f"{texto} {_('Lo que usted escribió no se guardó: %(que)s.') % {'que': ', '.join(dicho)}}"
        super().__init__("fila_cambiada", texto)


def corregir_fila(*, valores: Mapping[str, str], **cual: Any) -> FilaDePadron:
    """Write other cells of a row, and understand and plan it again with those that depend on it.

    Raises ``fila_cambiada`` when it is not as whoever mends it saw it, and what ``renglones.abierta`` raises.
    """
    limpios = {campo: " ".join(valor.split())[:LARGO] for campo, valor in valores.items() if campo in CAMPOS}

    def corregir(fila: FilaDePadron) -> None:
        cambiados = {campo for campo, valor in limpios.items() if fila.cruda.get(campo, "") != valor}
        if cambiados:
            fila.aceptados = []
        fila.cruda = _sin_lo_mirado({**fila.cruda, **limpios}, cambiados)

    return _cambiar(corregir, valores=limpios, **cual)


def _sin_lo_mirado(cruda: dict[str, Any], cambiados: set[str]) -> dict[str, Any]:
    """What the reader of the list doubted of a cell is settled once somebody writes that cell."""
    if cambiados & {"nombres", "apellidos"}:
        cruda.pop("nombre_por_confirmar", None)
    for que in ("problemas", "notas"):
        if dichas := cruda.get(que):
            cruda[que] = [una for una in dichas if una.get("campo") not in cambiados]
    return cruda


def propuesta_unica(fila: FilaDePadron, motivo: str) -> str:
    """The only likely value of the cell with this kind of problem; nothing when there are several, or none."""
    campo, _punto, codigo = motivo.partition(".")
    de_ese = [uno for uno in fila.problemas if (uno["campo"], uno["codigo"]) == (campo, codigo)]
    propuestas = de_ese[0]["propuestas"] if len(de_ese) == 1 and codigo in DE_UNA_VEZ else ()
    return propuestas[0] if len(propuestas) == 1 else ""


@transaction.atomic
def aplicar_propuestas(
    *, importacion_id: int, motivo: str, vistas: Mapping[int, int], alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> int:
    """Write in each of these rows, by number and version, the only value proposed for a kind of problem.

    Return how many. A row that somebody changed after it was shown stays as they left it.
    """
    importacion = abierta(importacion_id, ahora)
    exigir_ambito(importacion, alcance)
    campo = motivo.partition(".")[0]
    tocadas = []
    for fila in _pendientes(importacion).filter(pk__in=vistas).order_by("orden"):
        if fila.version == vistas[fila.pk] and (propuesta := propuesta_unica(fila, motivo)):
            fila.cruda = _sin_lo_mirado({**fila.cruda, campo: propuesta}, {campo})
            fila.aceptados = []
            fila.version += 1
            tocadas.append(fila)
    if tocadas:
        _releer(importacion, tocadas, alcance, ahora)
    return len(tocadas)


def aceptar_aviso(*, codigo: str, **cual: Any) -> FilaDePadron:
    """Take a row as it is, whatever a warning says. Raises ``no_se_acepta`` for what is no warning."""
    if codigo not in ACEPTABLES:
        raise ErrorDeDominio("no_se_acepta", _("Ese problema se corrige; no se puede aceptar como está."))

    def aceptar(fila: FilaDePadron) -> None:
        fila.aceptados = sorted({*fila.aceptados, codigo})

    return _cambiar(aceptar, **cual)


def dejar_fila(*, fuera: bool, **cual: Any) -> FilaDePadron:
    """Leave a row out of the list, or take it back."""

    def dejar(fila: FilaDePadron) -> None:
        fila.estado = FilaDePadron.Estado.DEJADA if fuera else FilaDePadron.Estado.POR_REVISAR

    return _cambiar(dejar, **cual)


def volver_a_leer(
    *, importacion_id: int, filas: Iterable[int], alcance: AlcanceEfectivo, ahora: datetime.datetime, por: Any = None
) -> int:
    """Understand these rows again: a word that they have is known now. Return how many.

    Of many, it is left to the background work.
    """
    filas = list(filas)
    with transaction.atomic():
        importacion = abierta(importacion_id, ahora)
        exigir_ambito(importacion, alcance)
        pendientes = _pendientes(importacion)
        if len(filas) > EN_EL_ACTO:
            cuantas: int = pendientes.filter(pk__in=filas).update(leida={}, accion="")
            empezar(importacion, ImportacionDePadron.Fase.LEER, por=por, ahora=ahora)
            return cuantas
        tocadas = list(pendientes.filter(pk__in=filas))
        _releer(importacion, tocadas, alcance, ahora)
    return len(tocadas)


@transaction.atomic
def declarar_relevo(
    *, importacion_id: int, releva: bool, alcance: AlcanceEfectivo, ahora: datetime.datetime, por: Any = None
) -> ImportacionDePadron:
    """Say that a list changes authorities, or that it does not after all, and plan its rows again."""
    importacion = abierta(importacion_id, ahora)
    exigir_ambito(importacion, alcance)
    importacion.releva = releva
    importacion.save(update_fields=["releva"])
    pendientes = list(_pendientes(importacion).order_by("orden")[: EN_EL_ACTO + 1])
    if len(pendientes) > EN_EL_ACTO:
        empezar(importacion, ImportacionDePadron.Fase.REVISAR, por=por, ahora=ahora)
    else:
        Lector(importacion, alcance, ahora).planear(pendientes)
        escribir_filas(pendientes)
    return importacion


def exigir_ambito(importacion: ImportacionDePadron, alcance: AlcanceEfectivo) -> None:
    """Raise ``fuera_de_alcance`` unless the whole scope of the list is covered."""
    if not es_de_su_ambito(importacion, alcance):
        raise ErrorDeDominio("fuera_de_alcance", _("Esa lista es de otro territorio."))


def es_de_su_ambito(importacion: ImportacionDePadron, alcance: AlcanceEfectivo) -> bool:
    """Whether an account may work on a list: it covers today all that whoever uploaded it covered."""
    return bool(importacion.ambito) and alcance.cubre_todo(importacion.ambito)


@transaction.atomic
def _cambiar(
    cambio: Cambio,
    *,
    importacion_id: int,
    fila_id: int,
    version: int,
    alcance: AlcanceEfectivo,
    ahora: datetime.datetime,
    valores: Mapping[str, str] | None = None,
) -> FilaDePadron:
    importacion = abierta(importacion_id, ahora)
    exigir_ambito(importacion, alcance)
    fila = importacion.filas.get(pk=fila_id)
    if fila.version != version or fila.estado == FilaDePadron.Estado.GUARDADA:
        raise FilaCambiada(fila, valores or {})
    cambio(fila)
    fila.version += 1
    _releer(importacion, [fila], alcance, ahora)
    return fila


def _releer(
    importacion: ImportacionDePadron, tocadas: list[FilaDePadron], alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> None:
    """Understand rows again, and plan them with all those that the change may reach, in the order of the sheet."""
    lector = Lector(importacion, alcance, ahora)
    antes = [(fila.documento, fila.territorio, fila.tipo) for fila in tocadas]
    apellidos = {fila.leida.get("apellidos", "") for fila in tocadas}
    lector.leer(tocadas)
    hermanas = _con_apellidos(importacion, apellidos | {fila.leida["apellidos"] for fila in tocadas}, tocadas)
    comparar([*tocadas, *hermanas], alcance)
    despues = [(fila.documento, fila.territorio, fila.tipo) for fila in tocadas]
    alcanzadas = {fila.pk: fila for fila in _alcanzadas(importacion, [*antes, *despues])}
    alcanzadas |= {fila.pk: fila for fila in [*hermanas, *tocadas]}
    filas = sorted(alcanzadas.values(), key=lambda fila: fila.orden)
    lector.planear([fila for fila in filas if fila.estado == FilaDePadron.Estado.POR_REVISAR])
    escribir_filas(filas)


def _pendientes(importacion: ImportacionDePadron) -> Any:
    return importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR)


def _con_apellidos(
    importacion: ImportacionDePadron, apellidos: set[str], menos: list[FilaDePadron]
) -> list[FilaDePadron]:
    """The other rows that may be the same person as one of these, or were so until now."""
    otras = _pendientes(importacion).filter(leida__apellidos__in=sorted(apellidos - {""}))
    return list(otras.exclude(pk__in=[fila.pk for fila in menos]))


def _alcanzadas(importacion: ImportacionDePadron, desde: Iterable[tuple[str, str, str]]) -> list[FilaDePadron]:
    """The rows that share a document or a kind of seat with these, and those that share one with them, and so on."""
    documentos: set[str] = set()
    asientos: set[tuple[str, str]] = set()
    filas: dict[int, FilaDePadron] = {}
    nuevas = list(desde)
    for _vuelta in range(VUELTAS):
        condicion = Q(documento__in={documento for documento, _t, _a in nuevas} - documentos - {""})
        for territorio, tipo in {(t, a) for _d, t, a in nuevas if t and a} - asientos:
            condicion |= Q(territorio=territorio, tipo=tipo)
        documentos |= {documento for documento, _t, _a in nuevas}
        asientos |= {(territorio, tipo) for _d, territorio, tipo in nuevas}
        mas = {fila.pk: fila for fila in _pendientes(importacion).filter(condicion)}
        nuevas = [(f.documento, f.territorio, f.tipo) for pk, f in mas.items() if pk not in filas]
        filas |= mas
        if not nuevas:
            return list(filas.values())
    return list(_pendientes(importacion))
