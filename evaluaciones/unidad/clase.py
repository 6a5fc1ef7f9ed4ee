"""What an evaluation answers as a unit of a course: how long it takes, what it waits for, how it is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cursos import tiempo
from cursos.clases import ClaseDeUnidad
from evaluaciones import reglas
from evaluaciones.consultas.agotadas import usados_en
from evaluaciones.consultas.aplicacion import dias_de_la_aplicacion
from evaluaciones.consultas.prestadas import con_sus_preguntas, hay_que_preguntar, que_las_piden
from evaluaciones.consultas.situacion import (
    cierre_de_aplicacion,
    lecciones_que_abren,
    se_abre_al_terminar,
    sin_mas_intentos,
)
from evaluaciones.models import Evaluacion
from evaluaciones.services.envio import ponerse_al_dia
from evaluaciones.services.versionar import versionar, versionar_gemelas

from . import CLAVE

if TYPE_CHECKING:
    from cursos.consultas.temario import FilaDeTemario, Temario
    from cursos.models import Inscripcion, Unidad


class EvaluacionComoUnidad(ClaseDeUnidad):
    """Only what is graded waits, and only for the lessons of its module; a final waits for those of the course."""

    clase = CLAVE
    nombre = _("Evaluación")
    plural = _("evaluaciones")
    la_esperan = False
    con_nota = True
    ya_no = _("Ya no se puede dar")

    def modelo(self) -> type[Any]:
        return Evaluacion

    def paginas(self) -> Any:
        return con_sus_preguntas(super().paginas())

    def se_puede_hacer(self, pagina: Any) -> bool:
        return hay_que_preguntar(pagina)

    def que_dependen(self, paginas: Collection[int]) -> list[Unidad]:
        return list(que_las_piden(paginas))

    def url(self, *, curso: int, numero: int) -> str:
        return reverse("kuska_evaluaciones:evaluacion", args=[curso, numero])

    def segundos(self, pagina: Any) -> int:
        de_una_forma = pagina.fuente.preguntas.exclude(forma__in=("B", reglas.RESERVA))
        cuantas = pagina.sortear or de_una_forma.count()
        return tiempo.segundos_de_preguntas(cuantas)

    def obligatoria(self, pagina: Any) -> bool:
        return pagina.clase in reglas.CON_NOTA

    def variante(self, pagina: Any) -> str:
        return pagina.clase

    def cierre_propio(self, *, fila: FilaDeTemario, inscripcion: Inscripcion) -> str | None:
        if fila.variante != reglas.APLICACION:
            return None
        return cierre_de_aplicacion(inscripcion, dias_de_la_aplicacion(inscripcion.curso, fila.id), hoy=None)

    def cierre(self, *, fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
        faltan = lecciones_que_abren(fila, temario, terminadas)
        return se_abre_al_terminar(faltan) if faltan else ""

    def impedimento(self, *, fila: FilaDeTemario, inscripcion: Inscripcion) -> str:
        if fila.variante not in reglas.CON_NOTA:
            return ""
        usados = usados_en(inscripcion=inscripcion, unidad_id=fila.id)
        return "" if usados is None else sin_mas_intentos(usados)

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        if not pagina.live:
            return
        versionar(pagina=pagina, unidad=unidad, ahora=ahora)
        ponerse_al_dia(unidad=unidad, ahora=ahora)
        for gemela in versionar_gemelas(pagina=pagina, ahora=ahora):
            ponerse_al_dia(unidad=gemela, ahora=ahora)
