"""Answers to surveys, and marks of both evaluations, written row by row."""

from __future__ import annotations

import datetime
import itertools
import uuid
from typing import Any

from django.utils import timezone

from cursos.models import Inscripcion, Unidad, VersionDeCurso
from evaluaciones.models import Intento, Respuesta, VersionDePregunta
from instancias.models import Institucion, Persona
from tests.seguimiento import factories as f

HOY = datetime.date(2026, 11, 20)
MEDIODIA = datetime.time(12)
_numeros = itertools.count(1)
_unidades = itertools.count(500)


def el(mes: int, dia: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(datetime.date(2026, mes, dia), MEDIODIA))


def crear_encuesta(
    version: VersionDeCurso, *, variante: str = "encuesta", tipos: str = "una"
) -> list[VersionDePregunta]:
    """A survey of the course with one question of each kind, of three options each: «Mucho», «Poco», «Nada»."""
    numero = next(_unidades)
    unidad = Unidad.objects.create(
        clase="evaluacion", variante=variante, curso=version.curso, numero=numero, orden=numero, titulo="Su opinión"
    )
    preguntas = []
    for orden, tipo in enumerate(tipos.split(), 1):
        alternativas = [
            {"clave": texto.lower(), "texto": texto, "correcta": False} for texto in ("Mucho", "Poco", "Nada")
        ]
        contenido = {
            "clave": f"{numero}-{orden}",
            "tipo": tipo,
            "texto": f"¿Pregunta {orden}?",
            "alternativas": alternativas,
        }
        preguntas.append(
            VersionDePregunta.objects.create(
                clave=uuid.uuid4(), numero=1, evaluacion=unidad, huella="h", orden=orden, contenido=contenido,
                creada_en=f.hace(90),
            )
        )  # fmt: skip
    return preguntas


def inscripcion_en(ubigeo: str, edicion: Any) -> Inscripcion:
    """Somebody enrolled for a place."""
    persona = Persona.objects.create(documento=str(61_000_000 + next(_numeros)), nombres="Ana", apellidos="Campos Ríos")
    return f.inscribir(persona, edicion, territorio=ubigeo)


def responder(
    inscripcion: Inscripcion, preguntas: list[VersionDePregunta], *elegidas: list[str], cuando: datetime.datetime,
    sector: str = Institucion.Sector.SALUD,
) -> Intento:  # fmt: skip
    """Somebody sent a survey, each question with what they chose."""
    intento = Intento.objects.create(
        inscripcion=inscripcion, unidad=preguntas[0].evaluacion, numero=1, estado="enviado", formulario=[],
        reglas={"clase": "encuesta", "sector": sector}, iniciado_en=cuando, enviado_en=cuando, nota="calificada",
        puntos=0, puntos_posibles=len(preguntas), aprobado=True,
    )  # fmt: skip
    Respuesta.objects.bulk_create(
        Respuesta(
            intento=intento, version=pregunta, operacion=uuid.uuid4(), secuencia=n, valor=valor, definitiva=True,
            nota="calificada", puntos=0, recibida_en=cuando,
        )
        for n, (pregunta, valor) in enumerate(zip(preguntas, elegidas, strict=True), 1)
    )  # fmt: skip
    return intento


def responden(
    edicion: Any, ubigeo: str, preguntas: list[VersionDePregunta], *, cuando: datetime.datetime, **cuantas: int
) -> None:
    """``mucho=6, poco=2``: so many people of a place chose each option of the first question of a survey of one."""
    sector = cuantas.pop("sector", Institucion.Sector.SALUD)
    for opcion, veces in cuantas.items():
        for _vez in range(veces):
            responder(inscripcion_en(ubigeo, edicion), preguntas, [opcion], cuando=cuando, sector=sector)


def con_notas(
    inscripcion: Inscripcion, version: VersionDeCurso, *, entrada: int, final: int, cuando: datetime.datetime
) -> None:
    """Somebody answered the entry and the final, of twenty questions each."""
    for variante, puntos in (("entrada", entrada), ("final", final)):
        unidad, _creada = Unidad.objects.get_or_create(
            clase="evaluacion", variante=variante, curso=version.curso,
            defaults={"numero": next(_unidades), "orden": 0, "titulo": variante},
        )  # fmt: skip
        Intento.objects.create(
            inscripcion=inscripcion, unidad=unidad, numero=1, estado="enviado", formulario=[],
            reglas={"clase": variante}, iniciado_en=cuando, enviado_en=cuando, nota="calificada", puntos=puntos,
            puntos_posibles=20, aprobado=True,
        )  # fmt: skip
