"""Publishing turns what the trainer edits into versions that attempts can rest on. Nothing is ever deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.models import Unidad

from .. import reglas
from ..models import Pregunta, VersionDePregunta
from .errores import EvaluacionError


@transaction.atomic
def versionar(*, pagina: Any, unidad: Unidad, ahora: datetime) -> int:
    """Bring the versions of an evaluation in step with its page as published. Returns how many were written.

    A question whose content changed gets a new version; the previous one stays, no longer in force. One that left
    the page is archived. The number of statements does not depend on the number of questions.
    """
    preguntas = leer_preguntas(pagina, hoy=timezone.localdate(ahora))
    _rechazar_incompletas(preguntas, pagina.clase)
    ultimas = _ultimas_versiones(unidad)
    nuevas, conservadas = [], []
    for orden, (pregunta, motivo) in enumerate(preguntas):
        previa = ultimas.get(pregunta["clave"])
        huella = huella_de(pregunta)
        if previa is not None and previa.huella == huella:
            previa.orden, previa.vigente = orden, True
            conservadas.append(previa)
            continue
        nuevas.append(
            VersionDePregunta(
                evaluacion=unidad,
                clave=pregunta["clave"],
                numero=previa.numero + 1 if previa else 1,
                huella=huella,
                contenido=pregunta,
                motivo=motivo if previa and cambio_la_clave(previa.contenido, pregunta) else "",
                orden=orden,
                creada_en=ahora,
            )
        )
    de_la_evaluacion = VersionDePregunta.objects.filter(evaluacion=unidad)
    de_la_evaluacion.vigentes().exclude(pk__in=[version.pk for version in conservadas]).update(vigente=False)
    VersionDePregunta.objects.bulk_update(conservadas, ["orden", "vigente"])
    VersionDePregunta.objects.bulk_create(nuevas)
    return len(nuevas)


def versionar_gemelas(*, pagina: Any, ahora: datetime) -> list[Unidad]:
    """Bring in step the evaluations that ask the questions of this one. Returns their units."""
    unidades = list(
        Unidad.objects.filter(pagina__in=pagina.gemelas.live().values("pk"), retirada_en__isnull=True).select_related(
            "pagina"
        )
    )
    for unidad in unidades:
        versionar(pagina=unidad.pagina.specific, unidad=unidad, ahora=ahora)  # type: ignore[union-attr]
    return unidades


def leer_preguntas(pagina: Any, *, hoy: date) -> list[tuple[dict[str, Any], str]]:
    """Return each question of a published page as its version keeps it, with why its key changed."""
    filas = (
        Pregunta.objects.filter(evaluacion=pagina.preguntas_de_id or pagina.pk)
        .select_related("articulo__norma", "leccion")
        .prefetch_related("alternativas", "articulo__redacciones")
    )
    return [(pregunta.contenido(hoy=hoy), pregunta.motivo_del_cambio) for pregunta in filas]


def huella_de(contenido: dict[str, Any]) -> str:
    """Digest of what makes two versions different. The title and place of the lesson to review do not."""
    leccion = contenido["leccion"]
    estable = {**contenido, "leccion": leccion["numero"] if leccion else None}
    return hashlib.sha256(json.dumps(estable, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def cambio_la_clave(antes: dict[str, Any], despues: dict[str, Any]) -> bool:
    """Whether another option is right now. Editing words does not change the key."""
    return reglas.claves_correctas(antes) != reglas.claves_correctas(despues)


def _ultimas_versiones(unidad: Unidad) -> dict[str, VersionDePregunta]:
    filas = VersionDePregunta.objects.filter(evaluacion=unidad).order_by("numero")
    return {str(version.clave): version for version in filas}


def _rechazar_incompletas(preguntas: Iterable[tuple[dict[str, Any], str]], clase: str) -> None:
    """The last door: an import or a scheduled publication does not pass by the editor's form."""
    for pregunta, _motivo in preguntas:
        if reglas.problemas(pregunta, clase):
            mensaje = _("A la pregunta «%(texto)s» le falta algo. Ábrala en el editor, complétela y publique.")
            raise EvaluacionError("pregunta_incompleta", mensaje % {"texto": pregunta["texto"][:60]})
