"""Growing waits against guessing, by account together with address, kept in the database.

A room of forty people behind one address is forty different rows, and so is a whole town behind the one address of
its telephone company. Whoever guesses from elsewhere only slows their own address: nobody can lock another out.
"""

from __future__ import annotations

import datetime
import ipaddress

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from marco.restricciones import otra_vez

from ...models import FrenoDeEntrada

LIBRES = 5
PRIMERA_ESPERA = datetime.timedelta(seconds=30)
ESPERA_MAXIMA = datetime.timedelta(minutes=15)
OLVIDO = datetime.timedelta(hours=6)


class DemasiadosIntentos(ErrorDeDominio):
    """Wait, or ask for a link."""

    def __init__(self) -> None:
        oficina = AjustesDelAula.actuales().la_oficina
        mensaje = _("Por seguridad, espere unos minutos o pida un enlace nuevo %(a_la_oficina)s.")
        super().__init__("espere", mensaje % {"a_la_oficina": oficina.al})


def espera_tras(fallos: int) -> datetime.timedelta:
    """Return how long to wait after so many failures in a row: 30 s, 1 min, 2 min… up to 15 min."""
    if fallos <= LIBRES:
        return datetime.timedelta()
    return min(PRIMERA_ESPERA * 2 ** min(fallos - LIBRES - 1, 10), ESPERA_MAXIMA)


@otra_vez((FrenoDeEntrada, "huella"))
def tomar_turno(*, proposito: str, cuenta: str, ip: str, ahora: datetime.datetime) -> None:
    """Count one try before it is made, so that a hundred at once count as a hundred.

    Raises DemasiadosIntentos while the wait lasts; waiting tries are not counted. ``soltar`` forgets the tries once
    one is right.
    """
    freno, _creado = FrenoDeEntrada.objects.select_for_update().get_or_create(
        huella=_huella(proposito, cuenta, ip), defaults={"ultimo_en": ahora}
    )
    if freno.espera_hasta and freno.espera_hasta > ahora:
        raise DemasiadosIntentos
    freno.fallos = 1 if ahora - freno.ultimo_en > OLVIDO else freno.fallos + 1
    freno.ultimo_en = ahora
    espera = espera_tras(freno.fallos)
    freno.espera_hasta = ahora + espera if espera else None
    freno.save(update_fields=["fallos", "ultimo_en", "espera_hasta"])


def soltar(*, proposito: str, cuenta: str, ip: str) -> None:
    """Forget the tries of this account from this address: one of them was right."""
    FrenoDeEntrada.objects.filter(huella=_huella(proposito, cuenta, ip)).delete()


def borrar_viejos(*, ahora: datetime.datetime) -> int:
    """Remove the rows that no longer slow anybody; return how many."""
    borrados, _por_modelo = FrenoDeEntrada.objects.filter(ultimo_en__lt=ahora - OLVIDO).delete()
    return borrados


def _huella(proposito: str, cuenta: str, ip: str) -> str:
    partes = "\n".join((proposito, cuenta.casefold(), _red(ip)))
    return salted_hmac("instancias.frenos", partes, algorithm="sha256").hexdigest()


def _red(ip: str) -> str:
    """An IPv6 house has 2**64 addresses: count it as one."""
    try:
        leida = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    return str(ipaddress.ip_network((leida, 64), strict=False)) if leida.version == 6 else str(leida)
