"""What a page may show of an attempt. Keys, points by question and explanations pass through here or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from cursos.models import Inscripcion

from .. import reglas
from ..clases import Json
from ..errores import falta_calificar
from ..libro import Formulario, Nota, Repaso, Respuestas
from ..models import EstadoDeNota, Intento, IntentoMas
from ..visible import Explicacion, PreguntaVisible, explicar, por_preguntar
from .plazo import fin_de
from .publicado import publicado_de

Notas = Mapping[int, Nota]


def preguntas_visibles(intento: Intento, respuestas: Respuestas) -> list[PreguntaVisible]:
    """Return the form as it may be seen while answering."""
    return [por_preguntar(pregunta, n, respuestas.get(n)) for n, pregunta in intento.formulario.lugares()]


def si_todas_se_preguntan(formulario: Formulario) -> Iterator[PreguntaVisible]:
    """Return each question as somebody may be asked it."""
    return (por_preguntar(pregunta, n) for n, pregunta in formulario.lugares())


def si_se_aciertan(formulario: Formulario, clase: str) -> Iterator[Explicacion]:
    """Return what is told of the right answer to each, of what tells it to whoever passes. It is given to nobody."""
    if not reglas.se_publica(clase, aprobada=True, cerrada=False):
        return
    for n, pregunta in formulario.lugares():
        yield explicar(pregunta, n, pregunta.clase.ejemplo(pregunta.contenido, acierta=True))


def primera_sin_responder(intento: Intento, respuestas: Respuestas) -> int:
    """Return the place of the first question without an answer; 0 when all have one."""
    return next(iter(intento.formulario.sin_responder(respuestas)), 0)


def revision(intento: Intento, respuestas: Respuestas) -> list[PreguntaVisible]:
    """Return each question with what was answered, those without an answer first."""
    return sorted(preguntas_visibles(intento, respuestas), key=lambda fila: not fila.falta)


def explicacion_de_practica(intento: Intento, numero: int, valor: Json) -> Explicacion:
    """Return what practice tells at once. While the answer is wrong, the right one stays here."""
    pregunta, ley_de_hoy = intento.formulario[numero - 1], _ley_de_hoy(intento).get(numero, "")
    return explicar(pregunta, numero, valor, con_correctas=False, ley_de_hoy=ley_de_hoy)


def _ley_de_hoy(intento: Intento) -> dict[int, str]:
    """Return what the law says today, by place, where it is not what it said when the question was asked."""
    intento.unidad.curso = intento.inscripcion.curso
    publicado = publicado_de(intento.unidad)
    hoy = {pregunta.clave: pregunta.ley for pregunta in publicado.preguntas} if publicado else {}
    leyes = {n: (pregunta.ley, hoy.get(pregunta.clave, "")) for n, pregunta in intento.formulario.lugares()}
    return {n: ahora for n, (entonces, ahora) in leyes.items() if entonces and ahora and ahora != entonces}


@dataclass(frozen=True)
class ResultadoVisible:
    """The result of an attempt, with no more than the release rule lets out."""

    clase: str
    titulo: str
    numero: int
    aprobado: bool
    puntos: int | Decimal
    posibles: int
    necesarios: int
    enviado_en: datetime
    quedan: int | None
    con_nota: bool
    repasar: list[Repaso] = field(default_factory=list)
    explicaciones: list[Explicacion] = field(default_factory=list)
    por_calificar: str = ""
    ya_aprobada: bool = False  # this one was not passed, and another one was

    @property
    def le_falta_poco(self) -> bool:
        """Whether it is kind, and true, to say so."""
        return self.puntos * 2 >= self.necesarios


def resultado_visible(
    intento: Intento, respuestas: Respuestas, *, enviados: int, aprobada: bool, notas: Notas | None = None
) -> ResultadoVisible:
    """Return what a person may see of a sent attempt. ``enviados`` and ``aprobada`` speak of all their attempts.

    ``notas`` are the marks that the ledger keeps of it.
    """
    clase, pendiente = intento.reglas.clase, intento.nota == EstadoDeNota.POR_CALIFICAR
    restan = quedan(intento, enviados)
    publica = clase != reglas.PRACTICA and _se_abre_la_clave(intento, aprobada)
    mide = clase in reglas.CON_NOTA or clase == reglas.PRACTICA
    return ResultadoVisible(
        clase=clase,
        titulo=intento.reglas.titulo,
        numero=intento.numero,
        aprobado=bool(intento.aprobado),
        puntos=intento.puntos or 0,
        posibles=intento.puntos_posibles,
        necesarios=reglas.necesarios(intento.puntos_posibles, intento.reglas.nota_minima),
        enviado_en=intento.enviado_en or intento.iniciado_en,
        quedan=None if aprobada and clase in reglas.CON_NOTA else restan,
        con_nota=clase in reglas.CON_NOTA,
        repasar=reglas.lecciones_por_repasar(intento.formulario, respuestas, notas) if mide and not pendiente else [],
        explicaciones=_explicaciones(intento, respuestas, notas or {}) if publica else [],
        por_calificar=falta_calificar() if pendiente else "",
        ya_aprobada=aprobada and not intento.aprobado,
    )


def _explicaciones(intento: Intento, respuestas: Respuestas, notas: Notas) -> list[Explicacion]:
    ley_de_hoy = _ley_de_hoy(intento)
    return [
        explicar(pregunta, n, respuestas.get(n), nota=notas.get(n), ley_de_hoy=ley_de_hoy.get(n, ""))
        for n, pregunta in intento.formulario.lugares()
    ]


def _se_abre_la_clave(intento: Intento, aprobada: bool) -> bool:
    """Whether the right answers may be told: by the rule, and while nothing else that asks the same is to be passed."""
    cerrada = _termino_para_la_persona(intento) if not aprobada else False
    if not reglas.se_publica(intento.reglas.clase, aprobada=aprobada, cerrada=cerrada):
        return False
    intento.unidad.curso = intento.inscripcion.curso
    publicado = publicado_de(intento.unidad)
    if cerrada or publicado is None or not publicado.comparten:
        return True
    aprobadas = Intento.objects.aprobados().filter(inscripcion=intento.inscripcion, unidad__in=publicado.comparten)
    return aprobadas.values("unidad").distinct().count() == len(publicado.comparten)


def _termino_para_la_persona(intento: Intento) -> bool:
    """Whether the edition is over, and its person is not taking the course in another one."""
    ahora = timezone.now()
    if not reglas.fuera_de_plazo(fin_de(None, intento.inscripcion), ahora):
        return False
    hoy = timezone.localdate(ahora)
    otras = (
        Inscripcion.objects.activas()
        .a_tiempo(hoy)
        .filter(
            persona=intento.inscripcion.persona_id,
            curso=intento.inscripcion.curso_id,
        )
    )
    return not otras.exclude(estado=Inscripcion.Estado.TERMINADA).exists()


def quedan(intento: Intento, enviados: int) -> int | None:
    """Tries left. The page and the staff are asked only when those of that day are used up: there may be more now."""
    del_dia = reglas.intentos_permitidos(intento.reglas.clase, intento.reglas.intentos)
    if del_dia is None or enviados < del_dia:
        return None if del_dia is None else del_dia - enviados
    intento.unidad.curso = intento.inscripcion.curso
    publicado = publicado_de(intento.unidad)
    hoy = publicado.permitidos if publicado else 0
    mas = IntentoMas.objects.filter(inscripcion=intento.inscripcion, unidad=intento.unidad).count()
    return max((hoy or 0) + mas - enviados, 0)
