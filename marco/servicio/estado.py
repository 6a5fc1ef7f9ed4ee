"""How the service is, in a file: written by who watches it, read by whoever asks. No database is needed for it."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from ..contrato import valor

ARCHIVO = "servicio.json"
TURNO = "servicio.turno"  # what ``servir`` holds in the folder of its data, or beside its database, while it is on
LATIDO = 10.0  # seconds between two times that it is written
CALLADO = 3 * LATIDO  # after which nobody watches any more
SANO = 60.0  # seconds alive after which a death is counted as the first again
UNA_Y_OTRA_VEZ = 5


@dataclass
class EstadoDeParte:
    """A process of the service. ``muertes`` counts since it was turned on, ``seguidas`` those that came at once.

    Times are seconds since 1970.
    """

    nombre: str
    pid: int = 0
    desde: float = 0.0
    muertes: int = 0
    ultima_muerte: float = 0.0
    razon: str = ""
    seguidas: int = 0

    @property
    def vive(self) -> bool:
        return self.pid != 0

    def como_murio(self) -> str:
        """What the log says as «signal 9» or «exit 1», as a part of a sentence."""
        que, _espacio, numero = self.razon.partition(" ")
        if que == "signal":
            if numero == "9":
                return _("lo cerró el sistema: quizá faltó memoria")
            return _("lo cerró el sistema con su señal %(n)s") % {"n": numero}
        return _("terminó con su error %(n)s") % {"n": numero} if que == "exit" else _("no se supo cómo")

    def en_bucle(self, ahora: float) -> bool:
        """Whether it dies as soon as it is made, again and again."""
        return self.seguidas >= UNA_Y_OTRA_VEZ and not (self.vive and ahora - self.desde >= SANO)


@dataclass
class Estado:
    """The whole service. ``edicion`` is the one that its processes run."""

    pid: int
    desde: float
    latido: float = 0.0
    edicion: str = ""
    partes: list[EstadoDeParte] = field(default_factory=list)

    def responde(self, ahora: float) -> bool:
        """Whether who watches wrote a moment ago."""
        return 0 <= ahora - self.latido < CALLADO

    def caidas(self) -> list[EstadoDeParte]:
        return [parte for parte in self.partes if not parte.vive]


def escribir(carpeta: Path, estado: Estado) -> None:
    """Aside and then renamed: nobody reads half of it. A full disk does not stop who watches."""
    estado.latido = time.time()
    aparte = carpeta / f"{ARCHIVO}.parcial"
    try:
        aparte.write_text(json.dumps(asdict(estado)), encoding="utf-8")
        os.replace(aparte, carpeta / ARCHIVO)
    except OSError:
        return


def leer(carpeta: Path) -> Estado | None:
    """What was last written; nothing when this machine has no service of ours, or it was stopped."""
    try:
        dicho = json.loads((carpeta / ARCHIVO).read_text(encoding="utf-8"))
        partes = [EstadoDeParte(**una) for una in dicho.pop("partes")]
        return Estado(**dicho, partes=partes)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def carpeta_del_servicio() -> Path:
    """Where its turn, its state and its clock are kept."""
    return Path(valor("KUSKA_CARPETA") or os.environ.get("KUSKA_VAR") or "var")


def borrar(carpeta: Path) -> None:
    (carpeta / ARCHIVO).unlink(missing_ok=True)
