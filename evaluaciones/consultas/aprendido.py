"""How much one person learned, for that person: right answers at the entry and at the end, and those of their table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cursos.models import Inscripcion

from .. import reglas
from ..models import Intento
from .ganancia import lo_ganado

SOBRE = 20  # of how many the means of a table are told


@dataclass(frozen=True)
class LoAprendido:
    """Right answers at the entry and at the end, each of how many. ``aparte`` tells how those of their table did."""

    antes: int | Decimal
    antes_de: int
    despues: int | Decimal
    despues_de: int
    aparte: str = ""

    @property
    def diferencia(self) -> int | Decimal:
        return self.despues * self.antes_de - self.antes * self.despues_de

    @property
    def titulo(self) -> str:
        return _("Cuánto aprendió") if self.diferencia > 0 else _("Antes y después")

    @property
    def cifra(self) -> str:
        """«Antes 8 · hoy 17», where both are of as many; else each with its own."""
        if self.antes_de == self.despues_de:
            return _("Antes %(antes)s · hoy %(despues)s") % self._datos
        return _("Antes %(antes)s de %(antes_de)d · hoy %(despues)s de %(despues_de)d") % self._datos

    @property
    def texto(self) -> str:
        """Say it as it was, also when it did not rise."""
        if self.diferencia > 0:
            mensaje = _("Al empezar acertó %(antes)s de %(antes_de)d. Al terminar, %(despues)s de %(despues_de)d.")
        elif self.diferencia:
            mensaje = _(
                "Al empezar acertó %(antes)s de %(antes_de)d. Al terminar, %(despues)s de %(despues_de)d. Esta vez no"
                " subió. Las preguntas traen otros casos. Puede repasar las lecciones cuando quiera."
            )
        else:
            mensaje = _(
                "Al empezar acertó %(antes)s de %(antes_de)d. Al terminar, también: %(despues)s de %(despues_de)d."
            )
        return mensaje % self._datos

    @property
    def _datos(self) -> dict[str, Any]:
        return {
            "antes": number_format(self.antes),
            "antes_de": self.antes_de,
            "despues": number_format(self.despues),
            "despues_de": self.despues_de,
        }


def de_la_entrada(inscripcion: str = "inscripcion") -> dict[str, Subquery]:
    """Return what a row reads, in its own statement, of the entry evaluation of an enrolment."""
    entrada = _con_puntos(inscripcion, reglas.ENTRADA).order_by("numero")
    return {
        "entrada_puntos": Subquery(entrada.values("puntos")[:1]),
        "entrada_de": Subquery(entrada.values("puntos_posibles")[:1]),
        "entrada_en": Subquery(entrada.values("enviado_en")[:1]),
    }


def de_la_entrada_y_la_final(inscripcion: str) -> dict[str, Subquery]:
    """The same, with the final that was passed, or else the last one: for rows that name an enrolment."""
    final = _con_puntos(inscripcion, reglas.FINAL).order_by("-aprobado", "-numero")
    return {
        **de_la_entrada(inscripcion),
        "final_puntos": Subquery(final.values("puntos")[:1]),
        "final_de": Subquery(final.values("puntos_posibles")[:1]),
        "final_desde": Subquery(final.values("iniciado_en")[:1]),
    }


def _con_puntos(inscripcion: str, variante: str) -> Any:
    enviados = Intento.objects.enviados().filter(inscripcion=OuterRef(inscripcion), unidad__variante=variante)
    return enviados.filter(puntos__isnull=False, puntos_posibles__gt=0)


def lo_aprendido_de(fila: Any) -> LoAprendido | None:
    """Return what the row of ``de_la_entrada_y_la_final`` read; nothing without both, in their order."""
    if not fila.final_de or not fila.entrada_de or fila.entrada_en > fila.final_desde:
        return None
    return LoAprendido(fila.entrada_puntos or 0, fila.entrada_de, fila.final_puntos, fila.final_de)


def lo_aprendido(final: Any) -> LoAprendido | None:
    """Return what a person learned by this final, read with ``de_la_entrada``, and how their table did.

    Nothing without both, in their order. One statement, when there is something.
    """
    hay = final.reglas.clase == reglas.FINAL and final.puntos is not None and final.puntos_posibles
    if not hay or not final.entrada_de or final.entrada_en > final.iniciado_en:
        return None
    suyos = (final.entrada_puntos or 0, final.entrada_de, final.puntos, final.puntos_posibles)
    return LoAprendido(*suyos, aparte=de_su_instancia(final.inscripcion))


def lo_aprendido_en(inscripcion: Inscripcion) -> LoAprendido | None:
    """Return what a person learned in a course: by the final that was passed, or else the last. Two statements."""
    finales = Intento.objects.enviados().filter(
        inscripcion=inscripcion, unidad__variante=reglas.FINAL, puntos__isnull=False
    )
    final = finales.annotate(**de_la_entrada()).order_by("-aprobado", "-numero").first()
    if final is None:
        return None
    final.inscripcion = inscripcion
    return lo_aprendido(final)


def de_su_instancia(inscripcion: Inscripcion) -> str:
    """Say the means of those of their table who answered both, ten or more, up to a month that closed. One statement.

    In whole numbers: they tell how a table does, and nothing of who is in it.
    """
    suyas = Inscripcion.objects.filter(edicion=inscripcion.edicion_id, territorio=inscripcion.territorio_id)
    suya = lo_ganado(suyas, dia=timezone.localdate()).del_lugar(inscripcion.territorio_id)
    if suya.entrada is None or suya.final is None:
        return ""
    datos = {"antes": _sobre(suya.entrada), "hoy": _sobre(suya.final), "sobre": SOBRE, "n": suya.personas}
    return _("Su instancia: de %(antes)d a %(hoy)d en promedio, sobre %(sobre)d, entre %(n)d personas.") % datos


def _sobre(nota: float) -> int:
    return round(nota * SOBRE / 100)
