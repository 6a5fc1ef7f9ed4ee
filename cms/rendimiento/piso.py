"""The floor: a view with Django's own session and account and one query, or one insert. Nothing of the house around it.

It stands before everything else of the same server, so that the same processes answer both and a moment in which the
machine is busy is of both.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .ajustes import ESCRIBIR, LEER

Respuesta = Callable[[HttpRequest], HttpResponse]


class CuentaDeDjango(BaseBackend):
    """Who is signed in, as Django reads it. It opens no door and gives no permission."""

    get_user = ModelBackend.get_user
    user_can_authenticate = ModelBackend.user_can_authenticate


def piso(request: HttpRequest) -> HttpResponse:
    """Session, user and one query."""
    from instancias.models import Persona

    return HttpResponse(f"{request.user.pk} {Persona.objects.filter(cuenta=request.user).count()}")


def piso_de_escritura(request: HttpRequest) -> HttpResponse:
    """The same, with one insert."""
    from instancias.models import FrenoDeEntrada

    FrenoDeEntrada.objects.create(huella=uuid.uuid4().hex, ultimo_en=timezone.now())
    return piso(request)


VISTAS: dict[str, Respuesta] = {LEER: piso, ESCRIBIR: piso_de_escritura}


class Aparte:
    """Answer the floor before anything of the house hears of it."""

    def __init__(self, seguir: Respuesta) -> None:
        self.seguir = seguir
        self.desnudas = {
            ruta: SessionMiddleware(AuthenticationMiddleware(vista))  # type: ignore[arg-type]
            for ruta, vista in VISTAS.items()
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.desnudas.get(request.path_info, self.seguir)(request)
