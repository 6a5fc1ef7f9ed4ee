"""What a page may show of an attempt. Keys, points by question and explanations pass through here or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .. import reglas
from ..models import Intento, IntentoMas
from .publicado import publicado_de

Elegidas = Mapping[int, Sequence[str]]


def preguntas_visibles(intento: Intento, elegidas: Elegidas) -> list[dict[str, Any]]:
    """Return the form as it may be seen while answering."""
    return [reglas.por_preguntar(pregunta, n, elegidas.get(n, ())) for n, pregunta in enumerate(intento.formulario, 1)]


def revision(intento: Intento, elegidas: Elegidas) -> list[dict[str, Any]]:
    """Return each question with what was answered, those without an answer first."""
    filas = [
        {
            "numero": pregunta["numero"],
            "texto": pregunta["texto"],
            "respuestas": [a["texto"] for a in pregunta["alternativas"] if a["elegida"]],
        }
        for pregunta in preguntas_visibles(intento, elegidas)
    ]
    return sorted(filas, key=lambda fila: bool(fila["respuestas"]))


def explicacion_de_practica(intento: Intento, numero: int, elegidas: Sequence[str]) -> dict[str, Any]:
    """Return what practice tells at once. While the answer is wrong, the right one stays here."""
    return reglas.explicar(intento.formulario[numero - 1], numero, elegidas, con_correctas=False)


@dataclass(frozen=True)
class ResultadoVisible:
    """The result of an attempt, with no more than the release rule lets out."""

    clase: str
    titulo: str
    numero: int
    aprobado: bool
    puntos: int
    posibles: int
    necesarios: int
    enviado_en: datetime
    quedan: int | None
    con_nota: bool
    repasar: list[Mapping[str, Any]] = field(default_factory=list)
    explicaciones: list[dict[str, Any]] = field(default_factory=list)

    @property
    def le_falta_poco(self) -> bool:
        """Whether it is kind, and true, to say so."""
        return self.puntos * 2 >= self.necesarios


def resultado_visible(intento: Intento, elegidas: Elegidas, *, enviados: int, aprobada: bool) -> ResultadoVisible:
    """Return what a person may see of a sent attempt. ``enviados`` and ``aprobada`` speak of all their attempts."""
    clase = intento.reglas["clase"]
    restan = quedan(intento, enviados)
    publica = clase != reglas.PRACTICA and reglas.se_publica(clase, aprobada=aprobada, agotada=restan == 0)
    aciertos = [reglas.acierta(p, elegidas.get(n, ())) for n, p in enumerate(intento.formulario, 1)]
    mide = clase in reglas.CON_NOTA or clase == reglas.PRACTICA
    return ResultadoVisible(
        clase=clase,
        titulo=intento.reglas["titulo"],
        numero=intento.numero,
        aprobado=bool(intento.aprobado),
        puntos=intento.puntos or 0,
        posibles=intento.puntos_posibles,
        necesarios=reglas.necesarios(intento.puntos_posibles, intento.reglas["nota_minima"]),
        enviado_en=intento.enviado_en or intento.iniciado_en,
        quedan=None if aprobada and clase in reglas.CON_NOTA else restan,
        con_nota=clase in reglas.CON_NOTA,
        repasar=reglas.lecciones_por_repasar(intento.formulario, aciertos) if mide else [],
        explicaciones=[
            reglas.explicar(pregunta, n, elegidas.get(n, ())) for n, pregunta in enumerate(intento.formulario, 1)
        ]
        if publica
        else [],
    )


def quedan(intento: Intento, enviados: int) -> int | None:
    """Tries left. The page and the staff are asked only when those of that day are used up: there may be more now."""
    del_dia = reglas.intentos_permitidos(intento.reglas["clase"], intento.reglas["intentos"])
    if del_dia is None or enviados < del_dia:
        return None if del_dia is None else del_dia - enviados
    intento.unidad.curso = intento.inscripcion.curso
    publicado = publicado_de(intento.unidad)
    hoy = publicado.permitidos if publicado else 0
    mas = IntentoMas.objects.filter(inscripcion=intento.inscripcion, unidad=intento.unidad).count()
    return max((hoy or 0) + mas - enviados, 0)
