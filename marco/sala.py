"""What a room says of itself: the rooms it stands on, and what a site must have for it.

A room declares its needs on its ``AppConfig``, once; ``marco.checks`` asks each one and says what a site lacks. What
would end in a broken import is told before anything of the room is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

SESIONES = "django.contrib.sessions.middleware.SessionMiddleware"
CUENTAS = "django.contrib.auth.middleware.AuthenticationMiddleware"
W_SIN_PASO, W_SIN_RESPUESTA = "kuska.W001", "kuska.W002"
MENSAJES = "django.contrib.messages.middleware.MessageMiddleware"


@dataclass(frozen=True)
class Paso:
    """A middleware that a room asks for: what is lost without it, and where it goes."""

    cual: str
    sin_el: str
    encima_de: str = ""
    debajo_de: str = ""
    imprescindible: bool = False
    aviso: str = W_SIN_PASO

    @property
    def lugar(self) -> str:
        if self.encima_de:
            return f"above {self.encima_de.rpartition('.')[2]}"
        return f"below {self.debajo_de.rpartition('.')[2]}" if self.debajo_de else "at the end"


class Sala(AppConfig):
    """A room. It stands on others, named by their package, and asks the site for what it needs."""

    default = False  # the rooms, not this class, are what Django installs
    default_auto_field = "django.db.models.BigAutoField"
    sobre: tuple[str, ...] = ()
    aplicaciones: tuple[str, ...] = ()
    pasos: tuple[Paso, ...] = ()
    contextos: tuple[str, ...] = ()
    entrada: str = ""  # authentication backend
    direcciones: str = ""  # module of addresses, included by the site; its namespace is the label
    tareas: dict[str, int] = {}  # periodic tasks, and every how many seconds
    trabajos: dict[str, Any] = {}  # tasks, as people read them when one stops

    def import_models(self) -> None:
        for sala in self.sobre:
            self._exigir(sala)
        super().import_models()

    def _exigir(self, sala: str) -> None:
        instalada = next((una for una in apps.app_configs.values() if una.name == sala), None)
        if instalada is None:
            raise ImproperlyConfigured(
                f'"{self.name}" stands on "{sala}", which is not installed. Add it to INSTALLED_APPS. (kuska.E001)'
            )
        if instalada.label != f"kuska_{sala}":
            raise ImproperlyConfigured(
                f'"{self.name}" stands on the "{sala}" of Kuska, and "{sala}" here is another application, in '
                f"{instalada.path}. Two packages cannot have one name: rename yours or move it inside another "
                f"package; its label may stay. (kuska.E001)"
            )
