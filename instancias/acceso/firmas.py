"""Who signs what is sent to a person: the same name on a link, on a reminder and on the page that invites."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from marco.models import AjustesDelAula

from ..contacto import centros
from ..models import Cobertura, EnlaceDeAcceso
from ..politica import AlcanceEfectivo, alcance_de
from ..querysets import bajo


def firma(cuenta: Any, *, alcance: AlcanceEfectivo | None = None) -> str:
    """The name of whoever writes; without one, that of the facilitator of its office; else the name of the space.

    No statement for an account that has a name. ``alcance`` spares one, where it is already known.
    """
    return _nombre(cuenta, alcance) or AjustesDelAula.actuales().nombre_del_espacio


def quien_invita(enlace: EnlaceDeAcceso) -> str:
    """Whoever made the link, if it can be named."""
    return _nombre(enlace.creado_por, None) if enlace.creado_por else ""


def _nombre(cuenta: Any, alcance: AlcanceEfectivo | None) -> str:
    return cuenta.get_full_name().strip() or _facilitadora(cuenta, alcance)


def _facilitadora(cuenta: Any, alcance: AlcanceEfectivo | None) -> str:
    """Of the only office that serves the scope; where there are several, naming one would be a guess.

    Kept for a minute, so that the pages of who has no name cost the same.
    """
    clave = f"kuska:firma:{cuenta.pk}"
    nombre = cache.get(clave)
    if nombre is None:
        nombre = _de_la_unica_oficina(alcance or alcance_de(cuenta, hoy=timezone.localdate()))
        cache.set(clave, nombre, 60)
    return nombre


def _de_la_unica_oficina(alcance: AlcanceEfectivo) -> str:
    hoy, prefijos = timezone.localdate(), alcance.prefijos
    vigentes = Cobertura.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), desde__lte=hoy)
    arriba = [prefijo[:largo] for prefijo in prefijos for largo in (2, 4) if largo < len(prefijo)]
    de_aqui = vigentes.filter(bajo(prefijos, "territorio__ubigeo") | Q(territorio_id__in=arriba))
    oficinas = set(de_aqui.values_list("oficina_id", flat=True))
    centro = centros().get(oficinas.pop()) if len(oficinas) == 1 else None
    return centro.facilitadora if centro else ""
