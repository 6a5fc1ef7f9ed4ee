"""The practice of a module as a phone keeps it. It carries its explanations: it is never marked.

Nothing of what is marked goes: neither its questions nor its keys. A practice that asks the same questions as something
with a mark stays out as well.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from cursos.consultas.temario import FilaDeTemario
from cursos.errores import CursoError
from cursos.guardado import ModuloPorGuardar, PaginaGuardada, cuerpo_de, pagina
from evaluaciones import reglas
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.errores import EvaluacionError
from evaluaciones.models import Intento
from evaluaciones.services.cierre import situacion_al_dia
from evaluaciones.services.intentos import congelar, iniciar, respuestas_de
from evaluaciones.unidad import CLAVE
from evaluaciones.visible import de_las_clases, explicar, por_preguntar

from .comunes import url_de_evaluacion


def _practicas(modulo: ModuloPorGuardar) -> Iterator[FilaDeTemario]:
    """The practices of a module whose keys may leave: nothing with a mark asks what they ask."""
    for fila in modulo.filas:
        if fila.clase == CLAVE and fila.variante == reglas.PRACTICA:
            publicado = publicado_de(modulo.unidades[fila.id])
            if publicado is not None and not publicado.comparten:
                yield fila


def empezar_practicas(request: HttpRequest, modulo: ModuloPorGuardar) -> None:
    """Freeze a form of each practice, as «Empezar» does: without signal nobody could."""
    ahora = timezone.now()
    for fila in _practicas(modulo):
        try:
            iniciar(situacion=_situacion(request, modulo, fila), ahora=ahora)
        except (CursoError, EvaluacionError):
            continue  # it cannot be practised now: the rest of the module is saved all the same


def paginas_de_practica(request: HttpRequest, modulo: ModuloPorGuardar) -> list[PaginaGuardada]:
    paginas: list[PaginaGuardada] = []
    for fila in _practicas(modulo):
        intento = _intento(request, modulo, fila)
        if intento is not None:
            paginas += _de_un_intento(request, modulo, fila, intento)
    return paginas


def _situacion(request: HttpRequest, modulo: ModuloPorGuardar, fila: FilaDeTemario):  # type: ignore[no-untyped-def]
    persona = request.persona  # type: ignore[attr-defined]
    return situacion_al_dia(persona=persona, curso=modulo.temario.numero, unidad=fila.numero, ahora=timezone.now())


def _intento(request: HttpRequest, modulo: ModuloPorGuardar, fila: FilaDeTemario) -> Intento | None:
    """The one in progress; to weigh it, what one would be."""
    suyos = Intento.objects.filter(inscripcion=modulo.inscripcion, unidad=fila.id, estado=Intento.Estado.EN_CURSO)
    intento = suyos.first()
    if intento is not None and intento.reglas.clase != reglas.PRACTICA:
        return None  # begun when it had a mark: its keys stay
    publicado = publicado_de(modulo.unidades[fila.id])
    if intento is not None or not modulo.de_muestra or publicado is None:
        return intento
    try:
        return congelar(_situacion(request, modulo, fila), publicado, timezone.now())
    except (CursoError, EvaluacionError):
        return None


def _de_un_intento(
    request: HttpRequest, modulo: ModuloPorGuardar, fila: FilaDeTemario, intento: Intento
) -> list[PaginaGuardada]:
    curso, total = modulo.temario.numero, len(intento.formulario)
    respuestas = respuestas_de(intento) if intento.pk else {}
    pendientes = intento.formulario.sin_responder(respuestas)
    primera = next(iter(pendientes), total)
    paginas = []
    for numero, pregunta in intento.formulario.lugares():
        contexto = {
            "curso": curso,
            "unidad": fila.numero,
            "titulo": intento.reglas.titulo,
            "intento": str(intento.clave),
            "numero": numero,
            "total": total,
            "sigue": numero + 1 if numero < total else None,
            "sin_otra": True,
        }
        de_un_toque = pregunta.clase.de_un_toque(pregunta.contenido)
        claves = getattr(pregunta.contenido, "claves", ()) if de_un_toque else ()
        dichas = {una: explicar(pregunta, numero, [una], con_correctas=False) for una in claves}
        dichas[""] = explicar(pregunta, numero, respuestas.get(numero))
        visible = por_preguntar(pregunta, numero)
        respondidas = {
            una: cuerpo_de(_html(request, "practica_respuesta", {**contexto, "explicacion": dicha}))
            for una, dicha in dichas.items()
        }
        asi = {**contexto, "pregunta": visible, "operacion": str(uuid.uuid4()), **de_las_clases([visible])}
        otras = ("evaluacion", "preguntas") if numero == primera else ()
        paginas.append(
            pagina(
                _html(request, "practica_pregunta", asi),
                url_de_evaluacion("pregunta", curso, fila.numero, numero),
                respuestas=respondidas,
                tambien=[url_de_evaluacion(una, curso, fila.numero) for una in otras],
            )
        )
    return paginas


def _html(request: HttpRequest, plantilla: str, contexto: dict) -> str:
    return render(request, f"kuska/evaluaciones/{plantilla}.html", contexto).content.decode()
