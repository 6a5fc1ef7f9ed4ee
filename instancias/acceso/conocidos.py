"""The machines that somebody opened an account with before, by a small cookie of theirs that names nobody.

It opens nothing. It gives its machine a brake of its own, so that whoever guesses from the same address, or at the same
account from elsewhere, does not slow its owner. It is a number drawn for the machine, and a seal for each account.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from marco.salida import DE_ESTE_SITIO

CUANTAS = 12
DURA = 60 * 60 * 24 * 180
FORMA = re.compile(r"[0-9a-f]{32}(\.[0-9a-f]{32})+")


@dataclass(frozen=True)
class Equipo:
    """A machine: its number, and the seals of the accounts that entered from it."""

    numero: str = ""
    sellos: tuple[str, ...] = ()

    def conoce(self, cuenta_id: int) -> str:
        """Its number, if this account entered from it before."""
        if not self.numero:
            return ""
        suyo = _sello(self.numero, cuenta_id)
        return self.numero if any(constant_time_compare(uno, suyo) for uno in self.sellos) else ""


NINGUNO = Equipo()


def equipo_de(request: HttpRequest) -> Equipo:
    """What the request brings; a cookie that is not ours is none."""
    traida = request.COOKIES.get(_nombre(), "")
    if not FORMA.fullmatch(traida):
        return NINGUNO
    numero, *sellos = traida.split(".")
    if not constant_time_compare(numero, _numerado(numero[:16])):
        return NINGUNO
    return Equipo(numero, tuple(sellos[:CUANTAS]))


def recordar(request: HttpRequest, response: HttpResponse, cuenta_id: int) -> None:
    """Leave it known that this account enters from here. Those that entered long ago make room."""
    antes = equipo_de(request)
    numero = antes.numero or _numerado(secrets.token_hex(8))
    suyo = _sello(numero, cuenta_id)
    sellos = [suyo, *(uno for uno in antes.sellos if uno != suyo)][:CUANTAS]
    response.set_cookie(
        _nombre(),
        ".".join((numero, *sellos)),
        max_age=DURA,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def olvidar(response: HttpResponse) -> None:
    """This machine is nobody's."""
    response.delete_cookie(_nombre(), samesite="Lax")


def _nombre() -> str:
    return f"{DE_ESTE_SITIO if settings.SESSION_COOKIE_NAME.startswith(DE_ESTE_SITIO) else ''}k_equipo"


def _numerado(sorteado: str) -> str:
    """A number carries the proof that it was drawn here: a visitor writes none of theirs."""
    return sorteado + salted_hmac("instancias.conocidos.numero", sorteado, algorithm="sha256").hexdigest()[:16]


def _sello(numero: str, cuenta_id: int) -> str:
    return salted_hmac("instancias.conocidos", f"{numero}\n{cuenta_id}", algorithm="sha256").hexdigest()[:32]
