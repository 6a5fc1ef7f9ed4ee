"""The pocket guide as a page shows it. It reads content only: nothing of who looks, and nothing is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from marco.nombres import Nombres

from ..models import Orientacion, QuienAtiende, TipoDeRelato


@dataclass(frozen=True)
class Respuesta:
    """What one who hears it does. Without ``pasos``, nobody wrote it yet and the page says whom to call."""

    quien: str
    pasos: tuple[str, ...]
    citas: tuple[str, ...]


@dataclass(frozen=True)
class Situacion:
    """What somebody tells, with what to say, what never, and what each one does."""

    nombre: str
    diga: str
    no_diga: str
    respuestas: tuple[Respuesta, ...]


def guia() -> tuple[Situacion, ...]:
    """Return the whole guide, in its order. Four statements, however much it says."""
    nombres = Nombres()
    quienes = list(QuienAtiende.objects.all())
    filas = Orientacion.objects.select_related("articulo__norma", "otro_articulo__norma")
    celdas = {(una.relato_id, una.quien_id): una for una in filas}
    return tuple(
        Situacion(
            nombre=nombres.poner(relato.nombre),
            diga=nombres.poner(relato.diga),
            no_diga=nombres.poner(relato.no_diga),
            respuestas=tuple(_respuesta(quien, celdas.get((relato.pk, quien.pk)), nombres) for quien in quienes),
        )
        for relato in TipoDeRelato.objects.all()
    )


def _respuesta(quien: QuienAtiende, celda: Orientacion | None, nombres: Nombres) -> Respuesta:
    if celda is None:
        return Respuesta(nombres.poner(quien.nombre), (), ())
    return Respuesta(
        quien=nombres.poner(quien.nombre),
        pasos=tuple(nombres.poner(paso) for paso in celda.pasos),
        citas=tuple(articulo.cita for articulo in celda.articulos),
    )
