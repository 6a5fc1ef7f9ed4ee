"""What nobody sent in time closes by the written rule: what was saved is graded, once, whoever notices first.

A task looks for them every few minutes; so does any page that reads them. It works in batches, each with the same
number of statements. What only counts when it is answered to the end is closed without a mark, and its answers stay.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from cursos.services.avance import pasar_de_varias
from cursos.services.avance_en_lote import Hecho, anotar_varias
from instancias.models import Persona

from .. import reglas
from ..clases import Json
from ..consultas.plazo import cierra_en, fin_de, vencidos
from ..consultas.situacion import Situacion, situacion_de
from ..libro import Nota, Respuestas, puntos_de
from ..models import EstadoDeNota, Evaluacion, Intento, IntentoMas, Respuesta
from .lineas import Linea, escribir_lineas

logger = logging.getLogger(__name__)
LOTE = 100
DE_LA_NOTA = ("nota", "puntos", "aprobado")


@dataclass
class _Abierto:
    """An attempt to close: what was saved of it, its last line, and when that one arrived."""

    intento: Intento
    respuestas: dict[int, Json] = field(default_factory=dict)
    lineas: int = 0
    ultima: datetime.datetime | None = None

    @property
    def cuando(self) -> datetime.datetime:
        """When it closed: at its end, never before what was saved of it."""
        momentos = (cierra_en(self.intento), self.ultima, self.intento.iniciado_en)
        return max(momento for momento in momentos if momento is not None)

    @property
    def motivo(self) -> str:
        por_plazo = self.intento.vence_en is not None and self.intento.vence_en == cierra_en(self.intento)
        return Intento.Cierre.PLAZO if por_plazo else Intento.Cierre.EDICION


def cerrar_vencidos(*, ahora: datetime.datetime, de: Q | None = None) -> int:
    """Close what is overdue, or of it only ``de``. Returns how many were closed now. Safe to repeat, at any time.

    When nothing is overdue it is one statement.
    """
    cerrados, desde = 0, 0
    while True:
        filas = Intento.objects.filter(vencidos(ahora), de or Q(), pk__gt=desde).order_by("pk")
        ids = list(filas.values_list("pk", flat=True)[:LOTE])
        if not ids:
            return cerrados
        cerrados += _cerrar(ids, ahora)
        if len(ids) < LOTE:
            return cerrados
        desde = ids[-1]


def _cerrar(ids: Sequence[int], ahora: datetime.datetime) -> int:
    """Close a batch. One attempt that cannot be closed does not hold back the others."""
    try:
        return cerrar_lote(ids, ahora)
    except OperationalError:  # a busy or full database is not the fault of an attempt
        raise
    except Exception:
        if len(ids) == 1:
            logger.exception("attempt not closed", extra={"intento": ids[0]})
            return 0
    mitad = len(ids) // 2
    return _cerrar(ids[:mitad], ahora) + _cerrar(ids[mitad:], ahora)


@transaction.atomic
def cerrar_lote(ids: Sequence[int], ahora: datetime.datetime) -> int:
    """Close these attempts, those that are still overdue once their rows are ours."""
    abiertos = _leer(ids, ahora)
    if not abiertos:
        return 0
    lineas: list[Linea] = []
    for abierto in abiertos:
        lineas += _calificar(abierto)
    intentos = [abierto.intento for abierto in abiertos]
    Intento.objects.bulk_update(intentos, ["estado", "cierre", "enviado_en", *DE_LA_NOTA])
    escribir_lineas(lineas)
    _anotar([intento for intento in intentos if intento.estado == Intento.Estado.ENVIADO])
    return len(intentos)


def _leer(ids: Sequence[int], ahora: datetime.datetime) -> list[_Abierto]:
    """Take the rows, and read what was saved of each. The ledger only holds what arrived in time."""
    filas = (
        Intento.objects.filter(vencidos(ahora), pk__in=ids)
        .select_related("inscripcion__edicion", "unidad")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    abiertos = {intento.pk: _Abierto(intento) for intento in filas}
    lugares = {pk: abierto.intento.formulario.lugar_de_la_version() for pk, abierto in abiertos.items()}
    lineas = Respuesta.objects.filter(intento__in=abiertos).order_by("intento_id", "secuencia")
    for linea in lineas.only("intento", "version", "valor", "secuencia", "recibida_en"):
        abierto, lugar = abiertos[linea.intento_id], lugares[linea.intento_id].get(linea.version_id)
        abierto.lineas, abierto.ultima = linea.secuencia, linea.recibida_en
        if lugar is not None:
            abierto.respuestas[lugar] = linea.valor
    return list(abiertos.values())


def _calificar(abierto: _Abierto) -> list[Linea]:
    """Set what became of an attempt. Returns its final lines, none when it is closed without a mark."""
    intento, cuando = abierto.intento, abierto.cuando
    respondidas = len(intento.formulario) - len(intento.formulario.sin_responder(abierto.respuestas))
    intento.cierre, intento.enviado_en = abierto.motivo, cuando
    if not reglas.se_califica_al_cerrar(intento.reglas.clase, respondidas, len(intento.formulario)):
        intento.estado = Intento.Estado.CERRADO
        return []
    nota = reglas.calificar(intento.formulario, abierto.respuestas, intento.reglas)
    intento.estado = Intento.Estado.ENVIADO
    for campo, valor in de_la_nota(nota).items():
        setattr(intento, campo, valor)
    return definitivas(intento, abierto.respuestas, nota, cuando, desde=abierto.lineas)


def de_la_nota(nota: reglas.Calificacion) -> dict[str, Any]:
    """Return what an attempt keeps of its mark."""
    return {
        "nota": EstadoDeNota.POR_CALIFICAR if nota.pendiente else EstadoDeNota.CALIFICADA,
        "puntos": None if nota.puntos is None else puntos_de(nota.puntos),
        "aprobado": nota.aprobado,
    }


def definitivas(
    intento: Intento,
    respuestas: Respuestas,
    nota: reglas.Calificacion,
    cuando: datetime.datetime,
    *,
    desde: int,
) -> list[Linea]:
    """Return the final line of each question, after the ``desde`` lines that the ledger has."""
    return [
        Linea(
            intento=intento,
            version=pregunta.version,
            operacion=uuid.uuid4(),  # nothing that a page could have sent before
            secuencia=desde + n,
            valor=respuestas.get(n),
            definitiva=True,
            **_de_la_linea(nota.notas[n - 1]),
            recibida_en=cuando,
        )
        for n, pregunta in intento.formulario.lugares()
    ]


def _de_la_linea(nota: Nota) -> dict[str, Any]:
    return {
        "nota": EstadoDeNota.POR_CALIFICAR if nota.pendiente else EstadoDeNota.CALIFICADA,
        "puntos": None if nota.puntos is None else puntos_de(nota.puntos),
        "maximo": nota.maximo,
    }


def _anotar(intentos: Sequence[Intento]) -> None:
    """Tell the courses. A unit that left its course has nobody to tell: it is told on its return."""
    presentes = [
        intento
        for intento in intentos
        if intento.unidad.retirada_en is None and intento.unidad.curso_id == intento.inscripcion.curso_id
    ]
    anotar_varias(
        Hecho(intento.inscripcion_id, intento.unidad, intento.enviado_en, terminada=bool(intento.aprobado))
        for intento in presentes
        if intento.enviado_en is not None
    )
    pasar_de_varias((intento.inscripcion_id, intento.unidad_id) for intento in _agotados(presentes))


def _agotados(intentos: Sequence[Intento]) -> list[Intento]:
    """Those not passed that were the last try, by the page as it is today and what the staff gave."""
    sin_aprobar = [intento for intento in intentos if not intento.aprobado]
    if not sin_aprobar:
        return []
    paginas = Evaluacion.objects.live().in_bulk({intento.unidad.pagina_id for intento in sin_aprobar} - {None})
    dados = IntentoMas.objects.filter(inscripcion__in={intento.inscripcion_id for intento in sin_aprobar})
    mas = {
        (inscripcion, unidad): cuantos
        for inscripcion, unidad, cuantos in dados.order_by()
        .values_list("inscripcion", "unidad")
        .annotate(cuantos=Count("pk"))
    }

    def agotado(intento: Intento) -> bool:
        pagina = paginas.get(intento.unidad.pagina_id)
        permitidos = reglas.intentos_permitidos(pagina.clase, pagina.intentos) if pagina else 0
        suyos = mas.get((intento.inscripcion_id, intento.unidad_id), 0)
        return permitidos is not None and intento.numero >= permitidos + suyos

    return [intento for intento in sin_aprobar if agotado(intento)]


def situacion_al_dia(*, persona: Persona, curso: int, unidad: int, ahora: datetime.datetime) -> Situacion:
    """Return where a person stands, once the attempt that nobody sent in time is closed. Raises the same."""
    hoy = timezone.localdate(ahora)
    situacion = situacion_de(persona=persona, curso=curso, unidad=unidad, hoy=hoy)
    fin = fin_de(situacion.vence_en, situacion.inscripcion, situacion.unidad.variante)
    if situacion.en_curso_id is None or not reglas.fuera_de_plazo(fin, ahora):
        return situacion
    cerrar_vencidos(ahora=ahora, de=Q(pk=situacion.en_curso_id))
    return situacion_de(persona=persona, curso=curso, unidad=unidad, hoy=hoy)
