"""``python -m tests.sitio WHEEL``: the whole proof, in a folder outside this tree. ``--puerto`` names a free one."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from . import recorrido, variantes
from .receta import Sitio, pasos, seccion

RAIZ = Path(__file__).resolve().parents[2]
TITULO = "In your own site"
ESPERA = 120  # seconds for the first answer of the server


def main() -> None:
    lee = argparse.ArgumentParser()
    lee.add_argument("rueda", type=Path)
    lee.add_argument("--puerto", type=int, default=8930)
    lee.add_argument("--sin-navegador", action="store_true")
    dado = lee.parse_args()
    with tempfile.TemporaryDirectory(prefix="kuska-sitio-") as carpeta:
        todo(Path(carpeta), dado.rueda.resolve(), puerto=dado.puerto, con_navegador=not dado.sin_navegador)


def todo(carpeta: Path, rueda: Path, *, puerto: int, con_navegador: bool) -> None:
    entorno = preparar(carpeta, rueda)
    trabajo = carpeta / "trabajo"
    trabajo.mkdir()
    shutil.copy(rueda, trabajo)
    sitio = Sitio(trabajo, entorno)
    for paso in pasos(seccion(RAIZ / "README.md", TITULO)):
        if paso.orden.endswith(" runserver"):
            if con_navegador:
                contar("el recorrido en el navegador", lambda orden=paso.orden: recorrer(sitio, orden, puerto))
        elif paso.orden.endswith(" check"):
            limpio(sitio, paso.orden)
        else:
            sitio.seguir(paso)
    sin_cambios = "python manage.py makemigrations --check --dry-run"
    sitio.teclear(sin_cambios)
    for nombre, con_pagina in (("de otro", False), ("con su página", True)):
        variante = variantes.montar(sitio, carpeta / nombre.replace(" ", "-"), con_pagina=con_pagina)
        contar(f"un sitio {nombre}", lambda variante=variante: variantes.probar(variante))


def preparar(carpeta: Path, rueda: Path) -> Path:
    """An environment with the wheel and what it asks for, at the versions of our lock. Nothing of the host."""
    entorno, uv = carpeta / "entorno", RAIZ / ".venv" / "bin" / "uv"
    subprocess.run([uv, "venv", "-q", "--seed", "--python", sys.executable, entorno], check=True)
    bloqueo = RAIZ / "requirements.txt"
    orden = [uv, "pip", "install", "-q", "--python", entorno / "bin" / "python", "-c", bloqueo, rueda]
    subprocess.run(orden, check=True)
    con_lo_leido(entorno)
    for sitio in entorno.glob("lib/python*/site-packages"):
        shutil.copy(Path(__file__).with_name("de_prisa.py"), sitio / "kuska_de_prueba.py")
        (sitio / "kuska_de_prueba.pth").write_text("import kuska_de_prueba\n")
    return entorno


def con_lo_leido(entorno: Path) -> None:
    """What Python compiled of our packages serves there: they are the same files, and what is not is read again."""
    nuestro = RAIZ / ".venv"
    for compilado in nuestro.glob("lib/python*/site-packages/**/__pycache__/*.pyc"):
        suyo = entorno / compilado.relative_to(nuestro)
        if suyo.parents[1].is_dir():
            suyo.parent.mkdir(exist_ok=True)
            try:
                os.link(compilado, suyo)
            except OSError:  # on another disk
                shutil.copy2(compilado, suyo)


def limpio(sitio: Sitio, orden: str) -> None:
    dicho = sitio.teclear(orden)
    if "no issues" not in dicho:
        raise AssertionError(f"Quien sigue el README lee esto:\n{dicho}")


def recorrer(sitio: Sitio, orden: str, puerto: int) -> None:
    servidor = sitio.encender(orden, puerto)
    url = f"http://localhost:{puerto}"
    try:
        esperar(url)
        recorrido.recorrer(url)
    except BaseException:
        sys.stderr.write((sitio.carpeta / "servidor.log").read_text("utf-8")[-4000:])
        raise
    finally:
        servidor.terminate()
        servidor.wait()


def esperar(url: str) -> None:
    hasta = time.monotonic() + ESPERA
    while True:
        try:
            urlopen(f"{url}/entrar", timeout=ESPERA).close()  # noqa: S310 - our own server
            return
        except URLError:
            if time.monotonic() > hasta:
                raise
            time.sleep(0.5)


def contar(que: str, hacer: object) -> None:
    desde = time.monotonic()
    hacer()  # type: ignore[operator]
    sys.stdout.write(f"{que}: {time.monotonic() - desde:.0f} s\n")


main()
