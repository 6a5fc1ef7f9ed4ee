"""What came of a load: what was kept, refused and waited for, and whether it is what it has to be."""

from __future__ import annotations

from dataclasses import dataclass

from cms.rendimiento.medicion import centil

from .telefonos import Resumen


@dataclass(frozen=True)
class Tope:
    """The most that may be waited, and of what: the 95 of a hundred that waited least, the last one, or all of it."""

    segundos: float
    cual: str
    meta: str


TOPES = {
    "respuestas": Tope(0.4, "p95", "p95 ≤ 400 ms"),
    "envios": Tope(5.0, "p95", "p95 ≤ 5 s"),
    "entradas": Tope(10.0, "mayor", "todas en 10 s"),
    "reconexion": Tope(300.0, "mayor", "todas en 300 s"),
}


@dataclass(frozen=True)
class Resultado:
    """A load, in seconds. ``malas``: answers 5xx that are not «come back»; ``faltan``: confirmed, and not kept."""

    modo: str
    hechas: int
    confirmadas: int
    ocupada: int
    malas: int
    perdidas: int
    faltan: int
    p50: float
    p95: float
    mayor: float

    @classmethod
    def de(cls, modo: str, resumen: Resumen, *, faltan: int) -> Resultado:
        return cls(
            modo=modo,
            hechas=len(resumen.esperas),
            confirmadas=len(resumen.confirmadas),
            ocupada=resumen.estados["503"],
            malas=sum(n for estado, n in resumen.estados.items() if estado.startswith("5") and estado != "503"),
            perdidas=resumen.perdidas,
            faltan=faltan,
            p50=centil(resumen.esperas, 0.5),
            p95=centil(resumen.esperas, 0.95),
            mayor=max(resumen.esperas, default=0.0),
        )

    @property
    def faltas(self) -> list[str]:
        """In what it misses, in words."""
        tope = TOPES[self.modo]
        visto = {"p95": self.p95, "mayor": self.mayor}[tope.cual]
        faltas = [f"{self.faltan} perdidas"] * bool(self.faltan) + [f"{self.malas} errores"] * bool(self.malas)
        faltas += [f"{self.perdidas} sin entrar"] * bool(self.perdidas)
        return faltas + [tope.meta] * (visto > tope.segundos)

    @property
    def veredicto(self) -> str:
        return (
            f"NO cumple: {', '.join(self.faltas)}" if self.faltas else f"cumple: {TOPES[self.modo].meta}, nada perdido"
        )
