"""The evaluation as a unit of a course: where it is, how long it takes, what it waits for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import swapper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cursos.blocks import SEGUNDOS_POR_PREGUNTA
from cursos.unidades import ClaseDeUnidad, redondear_minutos

from . import reglas
from .services.envio import ponerse_al_dia
from .services.situacion import se_abre_al_terminar
from .services.versionar import versionar, versionar_gemelas

if TYPE_CHECKING:
    from cursos.services.temario import FilaDeTemario, Temario


class EvaluacionComoUnidad(ClaseDeUnidad):
    """Only what is graded waits, and only for the lessons of its module; a final waits for those of the course."""

    clase = "evaluacion"
    nombre = _("Evaluación")

    def modelo(self) -> type[Any]:
        return swapper.load_model("evaluaciones", "Evaluacion")

    def url(self, *, curso: int, numero: int) -> str:
        return reverse("evaluaciones:evaluacion", args=[curso, numero])

    def minutos(self, pagina: Any) -> int:
        cuantas = pagina.sortear or pagina.fuente.preguntas.exclude(forma="B").count()  # one of two forms
        return redondear_minutos(cuantas * SEGUNDOS_POR_PREGUNTA / 60)

    def obligatoria(self, pagina: Any) -> bool:
        return pagina.clase in reglas.CON_NOTA

    def variante(self, pagina: Any) -> str:
        return pagina.clase

    def cierre(self, *, fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
        del_curso = reglas.espera_al_curso(fila.variante, fila.modulo)
        if fila.variante not in reglas.ESPERAN and not del_curso:
            return ""
        filas = temario.filas if del_curso else temario.del_grupo(fila.grupo)
        faltan = [
            otra.posicion
            for otra in filas
            if otra.clase == "leccion" and otra.obligatoria and otra.id not in terminadas
        ]
        return se_abre_al_terminar(faltan) if faltan else ""

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        if not pagina.live:
            return
        versionar(pagina=pagina, unidad=unidad, ahora=ahora)
        ponerse_al_dia(unidad=unidad, ahora=ahora)
        for gemela in versionar_gemelas(pagina=pagina, ahora=ahora):
            ponerse_al_dia(unidad=gemela, ahora=ahora)
