"""What this room gives to the editor. Hooks only register."""

from __future__ import annotations

import datetime

from django.db.models import Exists
from django.http import HttpRequest
from wagtail import hooks

from cursos.consultas.temario import FilaDeTemario, Temario
from cursos.guardado import ModuloPorGuardar, PaginaGuardada
from cursos.models import Inscripcion
from instancias.apartados import Apartado
from instancias.fusiones import Parte
from marco.invariantes import Invariante

from . import invariantes
from .consultas import apartados
from .consultas.aprendido import LoAprendido, lo_aprendido_en
from .consultas.firma import estado_de_la_firma
from .consultas.partes_de_un_registro import de_esta_sala
from .consultas.practicas import practica_de
from .services.avisos import hay_cierres
from .views import avisos, guardadas
from .viewsets import EvaluacionesViewSetGroup


@hooks.register("register_admin_viewset")
def registros_de_evaluaciones() -> EvaluacionesViewSetGroup:
    return EvaluacionesViewSetGroup()


@hooks.register("al_terminar_una_leccion")
def practicar_estas_ideas(temario: Temario, fila: FilaDeTemario, sigue: FilaDeTemario | None) -> dict[str, str] | None:
    """Offer the practice once the lessons of its module are behind: what follows is not another of them."""
    if sigue is not None and sigue.grupo == fila.grupo and sigue.clase == fila.clase:
        return None
    return practica_de(temario, fila.grupo)


@hooks.register("antes_de_guardar_un_modulo")
def empezar_lo_que_se_guarda(request: HttpRequest, modulo: ModuloPorGuardar) -> None:
    guardadas.empezar_practicas(request, modulo)


@hooks.register("paginas_para_guardar", order=20)
def practicas_para_guardar(request: HttpRequest, modulo: ModuloPorGuardar) -> list[PaginaGuardada]:
    return guardadas.paginas_de_practica(request, modulo)


hooks.register("estado_del_aula", estado_de_la_firma)


@hooks.register("al_pie_de_un_curso_terminado")
def cuanto_aprendio(request: HttpRequest, inscripcion: Inscripcion) -> LoAprendido | None:
    return lo_aprendido_en(inscripcion)


@hooks.register("hay_avisos_del_aula")
def hay_algo_que_se_cerro(ahora: datetime.datetime) -> dict[str, Exists]:
    return {"hay_cierres": hay_cierres(ahora)}


@hooks.register("avisos_del_aula")
def avisos_de_lo_que_se_cerro(request: HttpRequest, curso: int | None) -> list[dict[str, str]]:
    return avisos.de_lo_que_se_cerro(request, curso)


@hooks.register("avisos_de_lo_terminado")
def avisos_de_lo_que_se_pregunta_despues(
    request: HttpRequest, inscripciones: list[Inscripcion]
) -> list[dict[str, str]]:
    return avisos.de_lo_que_se_aplico(inscripciones)


@hooks.register("parte_de_un_registro", order=20)
def partes_de_evaluaciones() -> list[Parte]:
    return de_esta_sala()


@hooks.register("apartado_de_una_persona", order=20)
def apartados_de_evaluaciones() -> list[Apartado]:
    return apartados.de_esta_sala()


@hooks.register("invariantes")
def lo_que_siempre_se_cumple() -> list[Invariante]:
    return invariantes.de_esta_sala()
