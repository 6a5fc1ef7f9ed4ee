"""What is published of an evaluation: its rules and its questions, kept in the cache until something is published.

Names that change are put here, so that a form keeps the ones that were shown.

It holds the keys and the explanations: nothing outside the services receives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import swapper
from django.core.cache import cache

from cursos.models import Unidad
from cursos.services.temario import clave_de_cache
from instancias.nombres import Nombres

from .. import reglas
from ..models import VersionDePregunta

UNA_HORA = 60 * 60


@dataclass(frozen=True)
class Publicado:
    """Rules and questions in force."""

    reglas: dict[str, Any]
    preguntas: tuple[dict[str, Any], ...]

    @property
    def cuantas(self) -> int:
        """How many questions an attempt shows."""
        disponibles = len(reglas.de_la_forma(self.preguntas, next(iter(reglas.formas_de(self.preguntas)), "")))
        return min(self.reglas["sortear"] or disponibles, disponibles)

    @property
    def necesarios(self) -> int:
        return reglas.necesarios(self.cuantas, self.reglas["nota_minima"])

    @property
    def permitidos(self) -> int | None:
        return reglas.intentos_permitidos(self.reglas["clase"], self.reglas["intentos"])


def publicado_de(unidad: Unidad) -> Publicado | None:
    """Return what is published of a unit, or None. No statement once the cache is warm; ``unidad.curso`` is loaded."""
    if unidad.curso is None:
        return None
    llave = clave_de_cache(f"evaluacion-{unidad.pk}", unidad.curso)
    publicado = cache.get(llave)
    if publicado is None and (publicado := _leer(unidad)) is not None:
        cache.set(llave, publicado, UNA_HORA)
    return publicado


def _leer(unidad: Unidad) -> Publicado | None:
    pagina = swapper.load_model("evaluaciones", "Evaluacion").objects.live().filter(pk=unidad.pagina_id).first()
    if pagina is None:
        return None
    versiones = VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).order_by("orden", "pk")
    nombres = Nombres()
    preguntas = tuple({**nombres.poner_en(version.contenido), "version": version.pk} for version in versiones)
    return Publicado(reglas_de(pagina, nombres), preguntas)


def reglas_de(pagina: Any, nombres: Nombres) -> dict[str, Any]:
    """Return the rules of a page, as an attempt keeps them."""
    return {
        "clase": pagina.clase,
        "nota_minima": pagina.nota_minima,
        "intentos": pagina.intentos,
        "sortear": pagina.sortear,
        "barajar": pagina.barajar,
        "dias_de_plazo": pagina.dias_de_plazo,
        "presentacion": nombres.poner(pagina.presentacion),
    }
