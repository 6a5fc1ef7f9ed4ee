"""What becomes of what was said to a person, when two registers are made one."""

from __future__ import annotations

from instancias.fusiones import Movido, Parte, Reparto, pasan_las_que_caben
from instancias.models import Persona

from ..models import Recordatorio


class Recordatorios(Parte):
    """All pass, but one said to both on the same day for the same reason: it was one."""

    modelo = Recordatorio
    restricciones = ("recordatorio_uno_por_dia_y_persona",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return pasan_las_que_caben(self, queda, absorbida, ("motivo", "hecho_el"))


def de_esta_sala() -> list[Parte]:
    return [Recordatorios()]
