"""Kinds of unit. Each registers itself; course, lesson and panel code asks here and names no kind.

A room above adds its own in the ``ready()`` of its app::

    class EvaluacionComoUnidad(ClaseDeUnidad):
        clase = "evaluacion"
        ...

    unidades.registrar(EvaluacionComoUnidad())
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

import swapper
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .blocks import contar_palabras, segundos_de_audio, segundos_de_pensar
from .services.imagenes import preparar_versiones

if TYPE_CHECKING:
    from .services.temario import FilaDeTemario, Temario

PALABRAS_POR_MINUTO = 120
MINUTOS_POR_TRAMO = 5
TEMA_DIFICIL = "tema_dificil"


def redondear_minutos(minutos: float) -> int:
    """Reading time as people are told it: rounded up to 5, and never less than 5."""
    return max(1, math.ceil(minutos / MINUTOS_POR_TRAMO)) * MINUTOS_POR_TRAMO


class ClaseDeUnidad:
    """One kind of unit: where its page is, what it measures, when it opens. Only ``modelo`` and ``url`` must be given.

    ``pagina`` is always the specific page as published. ``curso`` and ``numero`` are the numbers of the direct address.
    """

    clase: ClassVar[str]
    nombre: ClassVar[str | Promise]

    def modelo(self) -> type[Any]:
        """Return the page class. Asked late, because it is swappable."""
        raise NotImplementedError

    def paginas(self) -> Any:
        """Return the published pages, with what the other questions read of each."""
        return self.modelo().objects.live()

    def url(self, *, curso: int, numero: int) -> str:
        """Return the direct address where a person does this unit."""
        raise NotImplementedError

    def url_para_seguir(self, *, curso: int, numero: int, paso: int) -> str:
        """Return the address of where a person left it. ``paso`` is 0 when it was not begun."""
        return self.url(curso=curso, numero=numero)

    def pasos(self, pagina: Any) -> int:
        """Return how many steps it has."""
        return 1

    def minutos(self, pagina: Any) -> int:
        """Return how long it takes, as told to people."""
        return MINUTOS_POR_TRAMO

    def obligatoria(self, pagina: Any) -> bool:
        """Return whether the course asks for it in order to finish."""
        return True

    def asientos(self, pagina: Any) -> list[str]:
        """Return the codes of the kinds of seat it is for; none is everybody."""
        return []

    def variante(self, pagina: Any) -> str:
        """Return the sort inside the kind, as the kind names it («modulo», «practica»)."""
        return ""

    def detalle(self, fila: FilaDeTemario) -> str:
        """Return what the course page says beside the title instead of the minutes, if anything."""
        return ""

    def cierre(self, *, fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
        """Return why it cannot be opened yet, or nothing. ``terminadas``: ids of units done or not asked for."""
        return ""

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        """Do what the kind needs when its page is published, in the same transaction. ``unidad`` is up to date."""


class LeccionComoUnidad(ClaseDeUnidad):
    clase = "leccion"
    nombre = _("Lección")

    def modelo(self) -> type[Any]:
        return swapper.load_model("cursos", "Leccion")

    def paginas(self) -> Any:
        return super().paginas().prefetch_related("asientos")

    def obligatoria(self, pagina: Any) -> bool:
        return not self.asientos(pagina)

    def asientos(self, pagina: Any) -> list[str]:
        return sorted(tipo.codigo for tipo in pagina.asientos.all())

    def url(self, *, curso: int, numero: int) -> str:
        return reverse("cursos:unidad", args=[curso, numero])

    def url_para_seguir(self, *, curso: int, numero: int, paso: int) -> str:
        return reverse("cursos:paso", args=[curso, numero, max(paso, 1)])

    def variante(self, pagina: Any) -> str:
        return TEMA_DIFICIL if pagina.tema_dificil else ""

    def pasos(self, pagina: Any) -> int:
        return pagina.numero_de_pasos

    def minutos(self, pagina: Any) -> int:
        bruto = pagina.pasos.raw_data
        segundos = segundos_de_audio(bruto) + segundos_de_pensar(bruto)
        return redondear_minutos(contar_palabras(bruto) / PALABRAS_POR_MINUTO + segundos / 60)

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        if pagina.live:
            preparar_versiones(pagina)


_clases: dict[str, ClaseDeUnidad] = {}


def registrar(clase: ClaseDeUnidad) -> None:
    """Add a kind. Registering the same class again changes nothing; another one with its key is a mistake."""
    previa = _clases.get(clase.clase)
    if previa is not None and type(previa) is not type(clase):
        raise ImproperlyConfigured(f"Dos clases de unidad se llaman «{clase.clase}».")
    _clases[clase.clase] = clase


def clase_de(clase: str) -> ClaseDeUnidad | None:
    """Return a kind by its key; None for one whose room is no longer installed."""
    return _clases.get(clase)


def clases() -> Iterator[ClaseDeUnidad]:
    return iter(tuple(_clases.values()))


def clase_de_pagina(pagina: Any) -> ClaseDeUnidad | None:
    """Return the kind that a page belongs to, or None when it is not a unit."""
    return next((clase for clase in _clases.values() if isinstance(pagina, clase.modelo())), None)


registrar(LeccionComoUnidad())
