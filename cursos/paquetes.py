"""What phones keep without signal and send afterwards: a kind each, told from the rooms that know what to do with it.

The app that brings one registers it in its ``ready()``::

    from cursos import paquetes

    paquetes.registrar(PasoVisto())

A page makes packets with ``kuska.cola`` (``kuska/js/senal.js``). Whatever it says is checked again when it arrives:
who, where and until when are of the server.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from instancias.models import Persona

CAMPOS, LARGO, NIVELES = 1000, 4000, 3  # as many fields as a form may send


@dataclass(frozen=True)
class Llegado:
    """A packet as it came. ``lugar`` are the numbers of its address; ``campos``, what a form would send, in order."""

    identificador: uuid.UUID
    clase: str
    lugar: tuple[int, ...] = ()
    campos: tuple[tuple[str, str], ...] = ()

    @property
    def huella(self) -> str:
        """Tell what it says from anything else under the same identifier."""
        dicho = json.dumps([self.clase, self.lugar, self.campos])
        return hashlib.sha256(dicho.encode("utf-8", "replace")).hexdigest()

    def campo(self, nombre: str) -> str:
        """The last value of a field; empty when it has none."""
        return next((valor for cual, valor in reversed(self.campos) if cual == nombre), "")


@dataclass(frozen=True)
class Hecho:
    """What became of a packet: nothing to tell, or why it could not be applied. ``sigue`` is where to go on.

    ``ver`` are the words of a link to it, when who sent it from elsewhere has something to read there.
    """

    codigo: str = ""
    mensaje: str = ""
    sigue: str = ""
    ver: str = ""

    @property
    def aplicado(self) -> bool:
        return not self.codigo


class ClaseDePaquete:
    """A kind. ``niveles`` is how many numbers its place has.

    ``de_un_acto``: applying is one act in a transaction of its own, that leaves nothing behind when it refuses.
    """

    de_un_acto = False
    clave = ""
    nombre: str | Promise = gettext_lazy("Algo que hizo sin señal")
    niveles = NIVELES

    def junta(self, llegado: Llegado) -> object:
        """Packets in a row that give the same are applied together."""
        return llegado.identificador

    def aplicar(self, *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Hecho]:
        """Apply packets that go together, in order. A refusal of a rule may be raised: it is of all of them."""
        raise NotImplementedError


class ClaseDesconocida(ClaseDePaquete):
    """Of a page of another version, or of an app that was taken away: kept, for somebody to see."""


_DESCONOCIDA = ClaseDesconocida()
_clases: dict[str, ClaseDePaquete] = {}


def registrar(clase: ClaseDePaquete) -> None:
    _clases[clase.clave] = clase


def clase_de(clave: str) -> ClaseDePaquete:
    return _clases.get(clave, _DESCONOCIDA)


def leer(crudo: object) -> Llegado | None:
    """Return a packet of a JSON document; None when not even its identifier can be read.

    Of one whose rest cannot be read the identifier stays, without kind: it is refused and kept once.
    """
    if not isinstance(crudo, dict):
        return None
    try:
        identificador = uuid.UUID(crudo["id"])
    except (KeyError, ValueError, AttributeError, TypeError):
        return None
    clase, lugar, campos = crudo.get("clase"), crudo.get("lugar"), crudo.get("campos", [])
    numeros = isinstance(lugar, list) and all(type(uno) is int and 0 < uno < 2**31 for uno in lugar)
    pares = isinstance(campos, list) and len(campos) <= CAMPOS and all(_es_par(uno) for uno in campos)
    legible = isinstance(clase, str) and numeros and pares and len(lugar) == clase_de(clase).niveles
    if not legible:
        return Llegado(identificador, "")
    return Llegado(identificador, clase[:20], tuple(lugar), tuple((nombre, valor) for nombre, valor in campos))


def _es_par(par: object) -> bool:
    return isinstance(par, list) and len(par) == 2 and all(isinstance(uno, str) and len(uno) <= LARGO for uno in par)
