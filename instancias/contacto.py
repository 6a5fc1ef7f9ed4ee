"""How to reach the office that accompanies a person. A handful of rows, kept in the cache for a minute."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import quote

from django.core.cache import cache
from django.db.models import Case, Q, QuerySet, Value, When

from marco.models import AjustesDelAula
from marco.preparadas import preparada
from marco.textos import en_orden

from .models import Cobertura, Membresia, Oficina, Persona

CLAVE_DE_CACHE = "kuska:centros"
PREFIJO_DEL_PAIS = "51"


@dataclass(frozen=True)
class Centro:
    """An office as pages show it."""

    id: int
    nombre: str
    telefono: str
    whatsapp: str
    horario: str
    facilitadora: str
    whatsapp_activo: bool

    @property
    def enlace_whatsapp(self) -> str:
        return enlace_de_whatsapp(self.whatsapp) if self.whatsapp and self.whatsapp_activo else ""

    @property
    def enlace_llamada(self) -> str:
        return f"tel:{self.telefono or self.whatsapp}" if self.telefono or self.whatsapp else ""

    @property
    def contacto(self) -> str:
        """The first way that works: WhatsApp where the site allows it, else a call."""
        return self.enlace_whatsapp or self.enlace_llamada


def enlace_de_whatsapp(celular: str = "", texto: str = "") -> str:
    """Return a wa.me address. Without number WhatsApp asks whom to write to. Nothing is sent by itself."""
    destino = f"https://wa.me/{PREFIJO_DEL_PAIS + celular if celular else ''}"
    return f"{destino}?text={quote(texto)}" if texto else destino


def centros() -> dict[int, Centro]:
    """Return every office by id; no statement once the cache is warm."""
    filas = cache.get(CLAVE_DE_CACHE)
    if filas is None:
        filas = list(Oficina.objects.values("id", "nombre", "telefono", "whatsapp", "horario", "facilitadora"))
        cache.set(CLAVE_DE_CACHE, filas, 60)
    activo = AjustesDelAula.actuales().whatsapp_activo
    return {fila["id"]: Centro(**fila, whatsapp_activo=activo) for fila in filas}


def centros_con_contacto() -> list[Centro]:
    """Return the offices a visitor can write to or call, by name."""
    return sorted(
        (centro for centro in centros().values() if centro.contacto), key=lambda centro: en_orden(centro.nombre)
    )


def centro_de(*, persona: Persona, hoy: datetime.date) -> int | None:
    """Return the id of the office that serves the seat of a person; with several seats, that of the newest.

    The seat held today comes first; before the first day, the one that waits.
    """
    ubigeo = lugar_donde_se_sienta.primera(persona=persona.pk, hoy=hoy)
    return _que_atiende(ubigeo, hoy=hoy) if ubigeo else None


def centros_de(*, persona: Persona, hoy: datetime.date) -> list[int]:
    """Return the offices that serve the seats of a person, once each: whoever sits at two tables may have two."""
    lugares = dict.fromkeys(_donde_se_sienta(persona.pk, hoy))
    return list(dict.fromkeys(uno for lugar in lugares if (uno := _que_atiende(lugar, hoy=hoy))))


def _que_atiende(ubigeo: str, *, hoy: datetime.date) -> int | None:
    """The office of a place; the district first, then what holds it."""
    niveles = {f"l{largo}": ubigeo[:largo] for largo in (6, 4, 2) if len(ubigeo) >= largo}
    # The table of a province may be served by the office of one of its districts.
    return oficina_de_uno.primera(hoy=hoy, **niveles) or oficina_de_adentro.primera(hoy=hoy, ubigeo=ubigeo)


@preparada
def lugar_donde_se_sienta(*, persona: int, hoy: datetime.date) -> QuerySet[Membresia, str]:
    """Where a person sits today, or will."""
    return _donde_se_sienta(persona, hoy)[:1]


def _donde_se_sienta(persona: int, hoy: datetime.date) -> QuerySet[Membresia, str]:
    primero_hoy = Case(When(desde__lte=hoy, then=Value(0)), default=Value(1))
    suyas = Membresia.objects.filter(persona=persona).sin_terminar(hoy).order_by(primero_hoy, "-desde")
    return suyas.values_list("asiento__instancia__territorio_id", flat=True)


@preparada
def oficina_de_uno(*, hoy: datetime.date, **lugares: str) -> QuerySet[Cobertura, int]:
    """The office that serves one of some places, the smallest first."""
    propias = _coberturas(hoy).filter(territorio_id__in=list(lugares.values()))
    return propias.order_by("-territorio_id", "pk").values_list("oficina_id", flat=True)[:1]


@preparada
def oficina_de_adentro(*, hoy: datetime.date, ubigeo: str) -> QuerySet[Cobertura, int]:
    """The office that serves some place inside that one."""
    de_adentro = _coberturas(hoy).filter(territorio__ubigeo__startswith=ubigeo)
    return de_adentro.order_by("territorio_id", "pk").values_list("oficina_id", flat=True)[:1]


def _coberturas(hoy: datetime.date) -> QuerySet[Cobertura]:
    return Cobertura.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), desde__lte=hoy)
