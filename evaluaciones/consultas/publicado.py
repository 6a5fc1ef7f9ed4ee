"""What is published of an evaluation: its rules and its questions, kept in the cache until something is published.

The law that a question cites is that of the day, as in lessons: a wording switches on its date, and a new one in force
is read at once, without publishing anything. A form keeps the one that it was made with.

Names that change are put here, so that a form keeps the ones that were shown.

It holds the keys and the explanations: nothing outside the services receives it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cursos.consultas.temario import clave_de_cache
from cursos.models import Unidad
from marco import a_mano
from marco.nombres import Nombres

from .. import reglas
from ..libro import PreguntaMostrada, Reglas
from ..models import Evaluacion, Pregunta, VersionDePregunta

UNA_HORA = 60 * 60


@dataclass(frozen=True)
class Publicado:
    """Rules and questions in force. ``comparten``: other units of the course, with a mark, that ask the same ones."""

    reglas: Reglas
    preguntas: tuple[PreguntaMostrada, ...]
    comparten: frozenset[int] = frozenset()

    @property
    def cuantas(self) -> int:
        """How many questions an attempt shows."""
        disponibles = len(reglas.de_la_forma(self.preguntas, next(iter(reglas.formas_de(self.preguntas)), "")))
        return min(self.reglas.sortear or disponibles, disponibles)

    @property
    def necesarios(self) -> int:
        return reglas.necesarios(self.cuantas, self.reglas.nota_minima)

    @property
    def permitidos(self) -> int | None:
        return reglas.intentos_permitidos(self.reglas.clase, self.reglas.intentos)


def publicado_de(unidad: Unidad, hoy: date | None = None) -> Publicado | None:
    """Return what is published of a unit, or None. No statement once the cache is warm; ``unidad.curso`` is loaded."""
    if unidad.curso is None:
        return None
    hoy = hoy or timezone.localdate()
    llave = clave_de_cache(f"evaluacion-{unidad.pk}:{hoy:%Y%m%d}", unidad.curso)
    publicado: Publicado | None = a_mano.dado(llave)
    if publicado is None and (publicado := _leer(unidad, hoy)) is not None:
        a_mano.guardar({llave: publicado}, UNA_HORA)
    return publicado


def _leer(unidad: Unidad, hoy: date) -> Publicado | None:
    pagina = Evaluacion.objects.live().filter(pk=unidad.pagina_id).first()
    if pagina is None:
        return None
    versiones = VersionDePregunta.objects.vigentes().filter(evaluacion=unidad).order_by("orden", "pk")
    nombres, leyes = Nombres(), _leyes(pagina, hoy)
    preguntas = tuple(
        dataclasses.replace(version.contenido, version=version.pk, **leyes.get(str(version.clave), {})).con_textos(
            nombres.poner_en
        )
        for version in versiones
    )
    return Publicado(reglas_de(pagina, nombres), preguntas, _comparten(pagina, unidad))


def _leyes(pagina: Any, hoy: date) -> dict[str, dict[str, str]]:
    """Return what each question cites and what that says today, by its key, as the page has it."""
    filas = (
        Pregunta.objects.filter(evaluacion=pagina.preguntas_de_id or pagina.pk)
        .select_related("articulo__norma")
        .prefetch_related("articulo__redacciones")
    )
    return {str(pregunta.clave): pregunta.ley_del(hoy) for pregunta in filas}


def _comparten(pagina: Any, unidad: Unidad) -> frozenset[int]:
    fuente = pagina.preguntas_de_id or pagina.pk
    mismas = type(pagina).objects.live().filter(Q(pk=fuente) | Q(preguntas_de=fuente)).exclude(pk=pagina.pk)
    otras = Unidad.objects.vigentes().filter(pagina__in=mismas.values("pk"), curso=unidad.curso_id)
    return frozenset(otras.filter(variante__in=reglas.CON_NOTA).values_list("pk", flat=True))


def reglas_de(pagina: Any, nombres: Nombres) -> Reglas:
    """Return the rules of a page, as an attempt keeps them."""
    return Reglas(
        clase=pagina.clase,
        nota_minima=pagina.nota_minima,
        intentos=pagina.intentos,
        sortear=pagina.sortear,
        barajar=pagina.barajar,
        dias_de_plazo=pagina.dias_de_plazo,
        presentacion=nombres.poner(pagina.presentacion),
        dias_despues=(pagina.dias_despues or reglas.DIAS_DESPUES) if pagina.clase == reglas.APLICACION else 0,
    )
