"""Tables with people on their seats, and changes of authorities, in few words."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone

from instancias.models import Asiento, Membresia, Persona, Relevo
from instancias.politica import AlcanceEfectivo
from instancias.services.relevo import Cambio, Decision, Sucesor, relevar
from tests import gente

PROVINCIA = AlcanceEfectivo(("1006",))
AHORA = datetime.datetime(2026, 11, 25, 15, tzinfo=datetime.UTC)
HOY, FIN, ENERO = datetime.date(2026, 11, 25), datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)


def persona(documento: str, nombres: str = "Rosa", apellidos: str = "Quispe Huamán", **campos: Any) -> Persona:
    return Persona.objects.create(documento=documento, nombres=nombres, apellidos=apellidos, **campos)


def sentada(
    asiento: Asiento,
    quien: Persona,
    calidad: str = "titular",
    desde: datetime.date = gente.DESDE,
    hasta: datetime.date | None = None,
) -> Membresia:
    return Membresia.objects.create(persona=quien, asiento=asiento, calidad=calidad, desde=desde, hasta=hasta)


def entra(asiento: Asiento, documento: str, calidad: str = "titular", **datos: str) -> Cambio:
    """Somebody comes: with a name unless told otherwise."""
    datos = {"nombres": "Inés", "apellidos": "Tello Ponce", **datos}
    return Cambio(asiento.pk, calidad, Decision.PERSONA, Sucesor(documento=documento, **datos))


def cambiar(*cambios: Cambio, desde: datetime.date = ENERO, **otros: Any) -> Relevo:
    datos: dict[str, Any] = {
        "designacion": "Credencial JNE",
        "operacion": uuid.uuid4(),
        "alcance": PROVINCIA,
        "por": None,
        "ahora": timezone.now(),
    }
    return relevar(cambios=cambios, desde=desde, **{**datos, **otros})


def quienes(dia: datetime.date, calidad: str = "titular") -> set[str]:
    """The documents of those who hold a seat on the day."""
    return set(Membresia.objects.vigentes(dia).filter(calidad=calidad).values_list("persona__documento", flat=True))


def dos_a_la_vez() -> list[tuple[str, str]]:
    """Seats that two people hold on the same day in the same quality. There are none, ever."""
    malos = []
    filas = list(Membresia.objects.order_by("asiento_id", "calidad", "desde", "pk"))
    for n, una in enumerate(filas):
        for otra in filas[n + 1 :]:
            if (una.asiento_id, una.calidad) != (otra.asiento_id, otra.calidad):
                break
            if una.hasta == una.desde or otra.hasta == otra.desde:
                continue
            if (una.hasta is None or otra.desde <= una.hasta) and (otra.hasta is None or una.desde <= otra.hasta):
                malos.append((str(una), str(otra)))
    return malos
