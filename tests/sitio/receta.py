"""Follow a text as a person would: what goes at the end of a file is written there, what is typed is typed."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

AL_FINAL = re.compile(r"^At the end of `([^`]+)`")
CLAVE = "4821-7093-prueba"


@dataclass(frozen=True)
class Paso:
    """One block of the text: a file and what goes at its end, or a command."""

    archivo: str = ""
    texto: str = ""
    orden: str = ""


def seccion(documento: Path, titulo: str) -> str:
    cuerpo = documento.read_text("utf-8").split(f"\n## {titulo}\n", 1)[1]
    return cuerpo.split("\n## ", 1)[0]


def pasos(texto: str) -> Iterator[Paso]:
    """Yield the blocks of a section, in order. One that does not say where it goes is a fault of the text."""
    parrafo, lineas = "", iter(texto.splitlines())
    for linea in lineas:
        if linea.startswith("```"):
            cuerpo = "".join(f"{dentro}\n" for dentro in takewhile(lambda una: una != "```", lineas))
            if (donde := AL_FINAL.match(parrafo)) is None:
                raise ValueError(f"Este bloque no dice en qué archivo va:\n{cuerpo}")
            yield Paso(archivo=donde[1], texto=cuerpo)
        elif linea.startswith("    "):
            yield Paso(orden=linea.strip())
        elif linea:
            parrafo = linea


@dataclass
class Sitio:
    """A folder outside the tree with an environment of its own."""

    carpeta: Path
    entorno: Path
    extra: dict[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        limpias = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "KUSKA_", "PYTHON", "VIRTUAL_"))}
        cuenta = {"USERNAME": "administra", "EMAIL": "administra@example.org", "PASSWORD": CLAVE}
        return {
            **limpias,
            **{f"DJANGO_SUPERUSER_{nombre}": valor for nombre, valor in cuenta.items()},
            "PATH": f"{self.entorno / 'bin'}:{os.environ['PATH']}",
            "VIRTUAL_ENV": str(self.entorno),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            **self.extra,
        }

    def seguir(self, paso: Paso) -> None:
        if paso.archivo:
            with (self.carpeta / paso.archivo).open("a", encoding="utf-8") as archivo:
                archivo.write(f"\n{paso.texto}")
        if paso.orden:
            self.teclear(paso.orden)

    def teclear(self, orden: str) -> str:
        """Type a command. Nobody is here to answer questions, and nothing is said on the way."""
        if orden.startswith("cd "):
            self.carpeta /= orden.removeprefix("cd ")
            return ""
        if orden.endswith(" createsuperuser"):
            orden += " --noinput"
        fin = subprocess.run(  # noqa: S602 - what the text says to type
            orden, shell=True, cwd=self.carpeta, env=self.variables(), capture_output=True, text=True, check=False
        )
        if fin.returncode:
            raise RuntimeError(f"«{orden}» no se pudo:\n{fin.stdout}{fin.stderr}")
        return fin.stdout + fin.stderr

    def encender(self, orden: str, puerto: int) -> subprocess.Popen[str]:
        """Start what keeps running. Port 8000 may be somebody else's."""
        bitacora = (self.carpeta / "servidor.log").open("w", encoding="utf-8")
        return subprocess.Popen(
            [*orden.split(), "--noreload", str(puerto)],
            cwd=self.carpeta,
            env=self.variables(),
            stdout=bitacora,
            stderr=subprocess.STDOUT,
            text=True,
        )
