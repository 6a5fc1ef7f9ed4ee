"""What a server is given as files is read by the programs that will read it there: systemd, Caddy, Compose."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.despliegue import encierro
from tests.despliegue.guia import DESPLIEGUE, RAIZ, Aqui

pytestmark = pytest.mark.un_motor
UNIDADES = sorted(DESPLIEGUE.glob("*.service"))
SYSTEMD = shutil.which("systemd-analyze")
TANTEO = """
import ctypes, mmap, os, resource, socket, subprocess, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)
def unshare():
    if libc.unshare(0x20000):
        raise OSError(ctypes.get_errno(), "unshare")
for nombre, hacer in (
    ("enlace", lambda: socket.socket(16, 3, 0)),
    ("memoria", lambda: mmap.mmap(-1, 4096, prot=7)),
    ("prioridad", lambda: os.nice(5)),
    ("nombres", unshare),
    ("reloj", lambda: time.clock_settime(time.CLOCK_REALTIME, time.time())),
):
    try:
        hacer()
    except OSError:
        print(nombre)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
hilo = threading.Thread(target=socket.socketpair)
hilo.start()
hilo.join()
subprocess.run([sys.executable, "-Sc", ""], check=True)
import nh3, PIL.Image, pillow_heif, psycopg, typst, zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
Ed25519PrivateKey.generate()
print("y lo demás")
"""
EXPUESTO = 16  # tenths: what systemd thinks of a unit that may do no more than it needs


@pytest.mark.skipif(not SYSTEMD, reason="no hay systemd-analyze en esta máquina")
def test_systemd_understands_every_unit_and_finds_it_closed(tmp_path):
    (tmp_path / "datos").mkdir()
    for unidad in UNIDADES:
        texto = Aqui(tmp_path).traducir(unidad.read_text("utf-8"))
        texto = re.sub(rf"{RAIZ}/\.venv/bin/(?=\w)", f"{Path(sys.executable).parent}/", texto)
        (tmp_path / unidad.name).write_text(texto)
    archivos = [str(tmp_path / unidad.name) for unidad in UNIDADES]
    fin = subprocess.run([SYSTEMD, "verify", *archivos], capture_output=True, text=True, check=False)
    assert [linea for linea in fin.stderr.splitlines() if "kuska" in linea] == []
    for archivo in archivos:
        orden = [SYSTEMD, "security", "--offline=true", f"--threshold={EXPUESTO}", "--no-pager", archivo]
        fin = subprocess.run(orden, capture_output=True, text=True, check=False)
        if "Unknown command line option" in fin.stderr or "unrecognized option" in fin.stderr:
            continue  # an older systemd, that only looks at what is running
        assert fin.returncode == 0, fin.stdout.splitlines()[-1:] + [fin.stderr]


@pytest.mark.skipif(bool(encierro.por_que_no()), reason=encierro.por_que_no())
@pytest.mark.parametrize("unidad", [una.name for una in UNIDADES])
def test_what_a_unit_closes_is_closed_and_what_the_site_uses_is_not(unidad, tmp_path):
    """The same filter that systemd would load, over what of the libraries runs nearest to the system."""
    fin = subprocess.run(
        encierro.encerrado(unidad, [sys.executable, "-c", TANTEO], tmp_path),
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert fin.returncode == 0, fin.stderr
    assert fin.stdout.split() == ["enlace", "memoria", "prioridad", "nombres", "reloj", "y", "lo", "demás"]


# What is sent slowly is put together before it is passed on: as Caddy 2.6.2 is told, and from 2.6.4 on.
DE_DEBIAN, DE_AHORA = "buffer_requests\n\t\t\tmax_buffer_size 4194304\n", "request_buffers 4MB\n"


def _el_que_hay() -> tuple[int, ...]:
    orden = ["caddy", "version"]
    dicha = subprocess.run(orden, capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", dicha)[:3]))


@pytest.mark.skipif(not shutil.which("caddy"), reason="no hay Caddy en esta máquina")
@pytest.mark.parametrize("nombre", ["Caddyfile", "Caddyfile.compose"])
def test_caddy_understands_its_files(nombre, tmp_path):
    entorno = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    ajena, suya = (DE_AHORA, DE_DEBIAN) if _el_que_hay() < (2, 6, 4) else (DE_DEBIAN, DE_AHORA)
    archivo = tmp_path / nombre
    archivo.write_text((DESPLIEGUE / nombre).read_text("utf-8").replace(ajena, suya), "utf-8")
    orden = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(archivo)]
    fin = subprocess.run(orden, capture_output=True, text=True, check=False, env=entorno)
    assert fin.returncode == 0 and "Valid configuration" in fin.stdout + fin.stderr, fin.stderr


def test_both_files_of_caddy_say_the_same():
    def cuerpo(nombre: str) -> str:
        lineas = (DESPLIEGUE / nombre).read_text("utf-8").splitlines()
        return "\n".join(linea for linea in lineas if not linea.lstrip().startswith("#"))

    assert DE_DEBIAN in cuerpo("Caddyfile")
    de_debian = cuerpo("Caddyfile").replace("unix//run/kuska/paginas.sock", "paginas:8000")
    assert de_debian.replace(DE_DEBIAN, DE_AHORA) == cuerpo("Caddyfile.compose")


@pytest.fixture
def compuesto() -> dict[str, Any]:
    return yaml.safe_load((DESPLIEGUE / "compose.yaml").read_text("utf-8"))


def test_the_containers_name_what_is_there(compuesto):
    """What is waited for says when it is well; files and volumes that are named are there; only Caddy is reached."""
    servicios = compuesto["services"]
    for servicio in servicios.values():
        assert "image" in servicio
        for espera in servicio.get("depends_on", {}):
            assert "healthcheck" in servicios[espera]
        for volumen in servicio.get("volumes", []):
            origen = volumen.split(":")[0]
            assert origen in compuesto["volumes"] or (DESPLIEGUE / origen).is_file()
    assert (RAIZ / compuesto["x-aula"]["build"]["dockerfile"]).is_file()
    assert [nombre for nombre, servicio in servicios.items() if "ports" in servicio] == ["puerta"]


def test_what_the_file_says_to_write_asks_for_nothing_but_docker():
    """The keys are written with the image itself: a machine that has only Docker has no Python."""
    cabecera = (DESPLIEGUE / "compose.yaml").read_text("utf-8").split("x-aula:")[0]
    ordenes = re.findall(r"^#   \(?(?:umask 077; )?(\w+)", cabecera, re.MULTILINE)
    assert (
        set(ordenes) <= {"docker", "export", "cambie"} and "docker run --rm kuska python -m cms.variables" in cabecera
    )


def test_the_containers_run_what_the_units_run(compuesto):
    for nombre in ("obrero", "reloj"):
        _antes, orden = Aqui(Path("/x")).unidad(f"kuska-{nombre}.service")
        de_la_unidad = orden.partition("/celery ")[2].removesuffix(" --without-gossip --without-mingle")
        suya = compuesto["services"][nombre]["command"].removeprefix("celery ")
        assert suya.replace("/var/lib/kuska", "/x/datos") == de_la_unidad


def componedor() -> list[str]:
    """Compose as a part of Docker or by itself; nothing here needs its service."""
    for programa in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(programa[0]) and subprocess.run([*programa, "version"], capture_output=True).returncode == 0:
            return programa
    return []


def test_compose_understands_its_file(tmp_path):
    if not (programa := componedor()):
        pytest.skip("no hay docker compose en esta máquina")
    carpeta = tmp_path / "docs" / "despliegue"
    carpeta.mkdir(parents=True)
    shutil.copy(DESPLIEGUE / "compose.yaml", carpeta)
    orden = [sys.executable, "-m", "cms.variables", "aula.example.org"]
    variables = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    (tmp_path / "aula.env").write_text(variables)
    mirar = [*programa, "-f", str(carpeta / "compose.yaml"), "config"]
    sin_clave = {nombre: valor for nombre, valor in os.environ.items() if nombre != "KUSKA_CLAVE_DE_LA_BASE"}
    con_clave = {**sin_clave, "KUSKA_CLAVE_DE_LA_BASE": "una"}
    fin = subprocess.run(mirar, capture_output=True, text=True, env=con_clave, check=False)
    assert fin.returncode == 0 and "cms.settings.production" in fin.stdout, fin.stderr
    fin = subprocess.run(mirar, capture_output=True, text=True, env=sin_clave, check=False)
    assert fin.returncode != 0 and "ponga una clave" in fin.stderr


def test_nothing_of_ours_tells_postgresql_to_confirm_what_is_not_on_the_disk():
    dichos = [*(RAIZ / "docs" / "guias").glob("*.md"), *DESPLIEGUE.iterdir(), *(RAIZ / "cms").rglob("*.py")]
    apaga = re.compile(r"(fsync|synchronous_commit|full_page_writes)\W{1,3}(off|no|false|local|0)\b", re.IGNORECASE)
    de_pruebas = RAIZ / "cms" / "rendimiento"  # a server that is thrown away
    leidos = [uno for uno in dichos if uno.is_file() and de_pruebas not in uno.parents]
    assert [uno.name for uno in leidos if apaga.search(uno.read_text("utf-8"))] == []
