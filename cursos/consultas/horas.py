"""The hours that a course declares, beside what is recorded of it: what stands on the screen, measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .. import tiempo
from ..models import Curso, Modulo, Unidad
from .temario import temario_de

MINUTOS_POR_HORA = {"academicas": 45, "cronologicas": 60}


@dataclass(frozen=True)
class Horas:
    """``declaradas`` go on the certificate because the body that issues it says so; ``segundos`` are measured."""

    declaradas: int
    tipo: str
    segundos: int

    @property
    def en_pantalla(self) -> str:
        return tiempo.en_palabras(self.segundos)

    @property
    def sin_respaldo(self) -> bool:
        """Whether more is declared than what is recorded. A workshop or guided work is recorded nowhere yet."""
        return self.declaradas * MINUTOS_POR_HORA[self.tipo] * tiempo.SEGUNDOS_POR_MINUTO > self.segundos

    @property
    def aviso(self) -> str:
        """What whoever publishes is told, or nothing."""
        if not self.sin_respaldo:
            return ""
        reloj = tiempo.en_palabras(self.declaradas * MINUTOS_POR_HORA[self.tipo] * tiempo.SEGUNDOS_POR_MINUTO)
        return _(
            "Declara %(horas)d horas de %(minutos)d minutos: %(reloj)s de reloj. En pantalla se miden %(pantalla)s y "
            "no hay anotado ningún taller ni trabajo guiado que respalde el resto. Confirme con la entidad que emite "
            "el certificado qué cuenta, o declare menos horas."
        ) % {
            "horas": self.declaradas,
            "minutos": MINUTOS_POR_HORA[self.tipo],
            "reloj": reloj,
            "pantalla": self.en_pantalla,
        }


def horas_de(pagina: Any) -> Horas | None:
    """Return the hours of the page of a course or of a module, as published; None for any other page."""
    curso, modulo = pagina, None
    if isinstance(pagina, Modulo):
        padre = pagina.get_parent() if pagina.pk else None
        curso, modulo = padre and padre.specific, pagina
    unidad = getattr(curso, "unidad", None)
    if not isinstance(curso, Curso) or unidad is None:
        return None
    segundos = _del_modulo(unidad, modulo) if modulo is not None else temario_de(unidad).segundos
    return Horas(pagina.horas or 0, curso.tipo_de_horas, segundos)


def _del_modulo(curso: Unidad, modulo: Any) -> int:
    unidades = Unidad.objects.vigentes().filter(curso=curso, clave_del_modulo=modulo.pk)
    return sum(unidad.toma for unidad in unidades if not unidad.asientos)
