"""What a person can do after each module: its aims, as its page says them, read once per revision of the course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marco.nombres import Nombres

from ..models import Modulo, Unidad
from .contenido import guardado, renglones
from .temario import Temario, temario_de


@dataclass(frozen=True)
class LogroDeModulo:
    """``clave`` is that of the module in its units."""

    clave: int
    titulo: str
    lineas: tuple[str, ...]


def logros_de(curso: Unidad) -> tuple[LogroDeModulo, ...]:
    """Return what each module teaches to do, in their order. No statement once it is in the cache."""
    return guardado("logros", curso, lambda: _leer(temario_de(curso)))


def logros_hechos(curso: Unidad, claves: Iterable[int]) -> list[LogroDeModulo]:
    """Return those of these modules, the last one first. Of none, nothing is read."""
    suyas = frozenset(claves)
    return [uno for uno in reversed(logros_de(curso)) if uno.clave in suyas] if suyas else []


def _leer(temario: Temario) -> tuple[LogroDeModulo, ...]:
    titulos = {una.clave_del_modulo: una.modulo for una in temario.filas if una.obligatoria and una.clave_del_modulo}
    objetivos = dict(Modulo.objects.filter(pk__in=titulos).values_list("pk", "objetivos"))
    nombres = Nombres()
    leidos = ((clave, titulo, renglones(nombres.poner(objetivos.get(clave, "")))) for clave, titulo in titulos.items())
    return tuple(
        LogroDeModulo(clave, titulo, tuple(linea[:1].upper() + linea[1:] for linea in lineas))
        for clave, titulo, lineas in leidos
        if lineas
    )
