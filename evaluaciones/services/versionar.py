"""Publishing turns what the trainer edits into versions that attempts can rest on. Nothing is ever deleted."""

from __future__ import annotations

import dataclasses
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
from ..errores import EvaluacionError
from ..libro import PreguntaMostrada, cambio_la_clave
from ..models import Pregunta, VersionDePregunta


@transaction.atomic
def versionar(*, pagina: Any, unidad: Unidad, ahora: datetime) -> int:
    """Bring the versions of an evaluation in step with its page as published. Returns how many were written.

    A question whose content changed gets a new version; the previous one stays, no longer in force. One that left
    the page is archived. The number of statements does not depend on the number of questions.
    """
    preguntas = leer_preguntas(pagina, curso=unidad.curso_id, hoy=timezone.localdate(ahora))
    _rechazar_incompletas(preguntas, pagina.clase)
    ultimas = _ultimas_versiones(unidad)
    nuevas, conservadas = [], []
    for orden, (pregunta, motivo) in enumerate(preguntas):
        previa = ultimas.get(pregunta.clave)
        huella = huella_de(pregunta)
        if previa is not None and previa.huella == huella:
            previa.orden, previa.vigente = orden, True
            conservadas.append(previa)
            continue
        nuevas.append(
            VersionDePregunta(
                evaluacion=unidad,
                clave=pregunta.clave,
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


def leer_preguntas(pagina: Any, *, curso: int | None, hoy: date) -> list[tuple[PreguntaMostrada, str]]:
    """Return each question of a published page as its version keeps it, with why its key changed.

    A lesson to review is of this course: the number of another's would open a different lesson here.
    """
    filas = (
        Pregunta.objects.filter(evaluacion=pagina.preguntas_de_id or pagina.pk)
        .select_related("articulo__norma", "leccion")
        .prefetch_related("alternativas", "articulo__redacciones")
    )
    leidas = []
    for pregunta in filas:
        contenido = pregunta.mostrada(hoy=hoy)
        if pregunta.leccion is not None and pregunta.leccion.curso_id != curso:
            contenido = dataclasses.replace(contenido, leccion=None)
        leidas.append((contenido, pregunta.motivo_del_cambio))
    return leidas


def huella_de(contenido: PreguntaMostrada) -> str:
    """Digest of what makes two versions different. The title and place of the lesson to review do not.

    Nor does what the law says: it has its own dates, and the article cited is the same.
    """
    leccion = contenido.leccion
    estable = {
        **contenido.a_json(),
        "formato": 0,
        "version": 0,
        "ley": "",
        "leccion": leccion.numero if leccion else None,
    }
    return hashlib.sha256(json.dumps(estable, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _ultimas_versiones(unidad: Unidad) -> dict[str, VersionDePregunta]:
    filas = VersionDePregunta.objects.filter(evaluacion=unidad).order_by("numero")
    return {str(version.clave): version for version in filas}


def _rechazar_incompletas(preguntas: Iterable[tuple[PreguntaMostrada, str]], clase: str) -> None:
    """The last door: an import or a scheduled publication does not pass by the editor's form."""
    for pregunta, _motivo in preguntas:
        if reglas.problemas(pregunta, clase):
            mensaje = _("A la pregunta «%(texto)s» le falta algo. Ábrala en el editor, complétela y publique.")
            raise EvaluacionError("pregunta_incompleta", mensaje % {"texto": pregunta.texto[:60]})
