"""How far the invitation of a person is: without link, made, opened, in, expired. One rule for every list and page.

Whoever came in by a link and chose no key cannot come back: a while later they are to be invited again.

A person has at most one link that is neither used nor replaced (a constraint says so): the question joins that row, and
costs no statement.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from ..models import EnvioPorCorreo
from .accesos import Acceso, acceso, sin_clave


class Invitacion(TextChoices):
    """«Opened» is told only by the page itself, in a browser that somebody looks at: see ``services.enlaces``."""

    SIN_ENLACE = "sin_enlace", _("Sin enlace")
    CREADO = "creado", _("Enlace creado")
    ABIERTO = "abierto", _("Enlace abierto")
    VENCIDO = "vencido", _("Enlace vencido")
    SIN_CLAVE = "sin_clave", _("Entró sin crear su clave")
    ENTRO = "entro", _("Ya entró")


POR_INVITAR = (Invitacion.SIN_ENLACE, Invitacion.VENCIDO, Invitacion.SIN_CLAVE)
PARA_CREARLA = datetime.timedelta(hours=1)  # meanwhile they may still be at it


def con_invitacion(filas: QuerySet, *, ahora: datetime.datetime, ruta: str = "") -> Any:
    """Add ``invitacion`` to rows that reach a person by ``ruta``, and ``pendiente``: the link that was not used."""
    sin_usar = Q(**{f"{ruta}enlaces__usado_en__isnull": True, f"{ruta}enlaces__anulado_en__isnull": True})
    ingreso = f"{ruta}ultimo_ingreso_en"
    vivo = Q(pendiente__vence_en__gt=ahora)
    # Whoever was in before and got another link is awaited again, until they come in.
    se_espera = Q(**{f"{ingreso}__isnull": True}) | Q(**{f"{ingreso}__lt": F("pendiente__creado_en")})
    return filas.annotate(pendiente=FilteredRelation(f"{ruta}enlaces", condition=sin_usar)).annotate(
        invitacion=Case(
            When(vivo & se_espera & Q(pendiente__abierto_en__isnull=False), then=Value(Invitacion.ABIERTO)),
            When(vivo & se_espera, then=Value(Invitacion.CREADO)),
            When(sin_clave(ruta) & Q(**{f"{ingreso}__lte": ahora - PARA_CREARLA}), then=Value(Invitacion.SIN_CLAVE)),
            When(**{f"{ingreso}__isnull": False}, then=Value(Invitacion.ENTRO)),
            When(pendiente__pk__isnull=False, then=Value(Invitacion.VENCIDO)),
            default=Value(Invitacion.SIN_ENLACE),
            output_field=CharField(),
        )
    )


def por_invitar(personas: QuerySet, *, ahora: datetime.datetime) -> Any:
    """Those who have no key and no link that works."""
    return (
        con_invitacion(personas, ahora=ahora)
        .annotate(entra=acceso())
        .filter(entra=Acceso.SIN_CLAVE, invitacion__in=POR_INVITAR)
    )


def en_camino(ruta: str = "pk") -> Exists:
    """Condition «a message to this person is on its way»."""
    estados = (EnvioPorCorreo.Estado.POR_ENVIAR, EnvioPorCorreo.Estado.SALIENDO)
    return Exists(EnvioPorCorreo.objects.filter(persona=OuterRef(ruta), estado__in=estados))
