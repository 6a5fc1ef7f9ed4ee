"""How each question behaves: how many get it right, and which mistake is the most common. Sets, never people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from cursos.models import Edicion, Unidad
from instancias.querysets import bajo
from marco.nombres import Nombres

from ..libro import Repaso, cambio_la_clave
from ..models import EstadoDeNota, Respuesta, VersionDePregunta


@dataclass(frozen=True)
class EstadisticaDePregunta:
    """A question with what was answered to it since its key last changed."""

    clave: str
    texto: str
    vigente: bool
    respuestas: int
    aciertos: int
    sin_responder: int
    equivocada_mas_elegida: str
    veces_equivocada: int
    cita: str
    leccion: Repaso | None
    por_calificar: int = 0

    @property
    def facilidad(self) -> float | None:
        """Share of right answers, from 0 to 1; None while nobody has answered."""
        return self.aciertos / self.respuestas if self.respuestas else None


def respuestas_definitivas(
    evaluacion: Unidad, *, prefijos: Iterable[str] | None = None, edicion: Edicion | None = None, primeras: bool = True
) -> QuerySet[Respuesta]:
    """Final answers to an evaluation inside a scope. ``primeras`` counts each person's first try only."""
    filas = Respuesta.objects.filter(definitiva=True, intento__unidad=evaluacion)
    if prefijos is not None:
        filas = filas.filter(bajo(prefijos, "intento__inscripcion__territorio__ubigeo"))
    if edicion is not None:
        filas = filas.filter(intento__inscripcion__edicion=edicion)
    return filas.filter(intento__numero=1) if primeras else filas


def estadisticas_de_preguntas(
    evaluacion: Unidad, *, prefijos: Iterable[str] | None = None, edicion: Edicion | None = None, primeras: bool = True
) -> list[EstadisticaDePregunta]:
    """Return the questions of an evaluation, the hardest first. Two statements, whatever the number of answers.

    Versions of a question that share its present key are counted together: editing words keeps the answers. Those
    answered under another key are left out.
    """
    filas = (
        respuestas_definitivas(evaluacion, prefijos=prefijos, edicion=edicion, primeras=primeras)
        .order_by()
        .values("version_id", "valor", "nota", "puntos", "maximo")
        .annotate(veces=Count("pk"))
    )
    por_version: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for fila in filas:
        por_version[fila["version_id"]].append({**fila})
    por_pregunta: dict[str, list[VersionDePregunta]] = defaultdict(list)
    for version in VersionDePregunta.objects.filter(evaluacion=evaluacion).order_by("orden", "numero"):
        por_pregunta[str(version.clave)].append(version)
    nombres = Nombres()
    todas = [_de_una(versiones, por_version, nombres) for versiones in por_pregunta.values()]
    return sorted(todas, key=lambda una: (not una.vigente, una.facilidad is None, una.facilidad or 0))


def _de_una(
    versiones: list[VersionDePregunta], por_version: dict[int, list[dict[str, Any]]], nombres: Nombres
) -> EstadisticaDePregunta:
    ultima = max(versiones, key=lambda version: version.numero)
    contenido = ultima.contenido
    mismas = [version for version in versiones if not cambio_la_clave(version.contenido, contenido)]
    filas = [fila for version in mismas for fila in por_version.get(version.pk, [])]
    calificadas = [fila for fila in filas if fila["nota"] == EstadoDeNota.CALIFICADA]
    errores: Counter[str] = Counter()
    for fila in filas:
        for error in contenido.clase.errores(contenido.contenido, fila["valor"]):
            errores[error] += fila["veces"]
    peor, veces = errores.most_common(1)[0] if errores else ("", 0)
    textos = [una.contenido.clase.texto_del_error(una.contenido.contenido, peor) for una in reversed(mismas)]
    return EstadisticaDePregunta(
        clave=contenido.clave,
        texto=nombres.poner(contenido.texto),
        vigente=ultima.vigente,
        respuestas=sum(fila["veces"] for fila in calificadas),
        por_calificar=sum(fila["veces"] for fila in filas if fila["nota"] == EstadoDeNota.POR_CALIFICAR),
        aciertos=sum(fila["veces"] for fila in calificadas if fila["puntos"] == fila["maximo"]),
        sin_responder=sum(fila["veces"] for fila in filas if contenido.falta(fila["valor"])),
        equivocada_mas_elegida=nombres.poner(next((texto for texto in textos if texto), "")),
        veces_equivocada=veces,
        cita=contenido.cita,
        leccion=contenido.leccion,
    )
