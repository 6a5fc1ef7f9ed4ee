"""Finished enrolments that have no document yet, and those whose document comes out now."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q

from certificados.models import Certificado, Plantilla
from cursos.models import DecisionDeRetiro, Inscripcion
from cursos.querysets import InscripcionQuerySet


def sin_certificado() -> InscripcionQuerySet:
    """Finished enrolments that never had a certificate; after an annulment only staff may issue again."""
    con_certificado = Certificado.objects.filter(inscripcion_id=OuterRef("pk"))
    con_nombre = Inscripcion.objects.activas().terminadas().filter(persona__suprimida_en__isnull=True)
    return con_nombre.filter(~Exists(con_certificado))


def ganados() -> InscripcionQuerySet:
    """Those of ``sin_certificado`` whose course has hours and a template."""
    hay_general = Plantilla.objects.filter(curso__isnull=True)
    return sin_certificado().filter(Q(curso__plantilla__isnull=False) | Exists(hay_general), version__horas__gt=0)


def por_emitir(*, ahora: datetime.datetime) -> InscripcionQuerySet:
    """Those whose document comes out now. What a decision made people earn waits while it can be undone."""
    esperan = DecisionDeRetiro.objects.por_deshacer(ahora).filter(pk=OuterRef("decision_id"))
    return ganados().filter(~Exists(esperan))
