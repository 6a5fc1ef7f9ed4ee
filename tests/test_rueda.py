"""What «pip install» gets: every file of the rooms, each where Django looks for it, and nothing of the host."""

from __future__ import annotations

import ast
import subprocess
import sys
import tarfile
import tomllib
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

RAIZ = Path(__file__).resolve().parent.parent
PROYECTO = tomllib.loads((RAIZ / "pyproject.toml").read_text("utf-8"))["project"]
SALAS = [sala.parent.name for sala in RAIZ.glob("*/apps.py") if sala.parent.name != "cms"]
DE_SERVIDOR = {"argon2-cffi", "gunicorn", "whitenoise", "psycopg", "prometheus-client", "redis", "django-csp"}


@pytest.fixture(scope="module")
def construida(tmp_path_factory) -> Path:
    carpeta = tmp_path_factory.mktemp("rueda")
    fin = subprocess.run([RAIZ / ".ci" / "rueda", carpeta], capture_output=True, text=True, check=False)
    assert fin.returncode == 0, fin.stdout + fin.stderr
    return carpeta


@pytest.fixture(scope="module")
def rueda(construida) -> ZipFile:
    return ZipFile(construida / f"kuska-{PROYECTO['version']}-py3-none-any.whl")


def del_arbol(*patrones: str) -> set[str]:
    """The files that git keeps, or would keep."""
    orden = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patrones]
    nombres = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout.splitlines()
    return {nombre for nombre in nombres if (RAIZ / nombre).is_file()}


def test_every_file_of_the_rooms_is_in_it(rueda):
    assert len(SALAS) >= 6
    assert del_arbol(*SALAS) <= set(rueda.namelist())


def test_templates_are_where_a_room_keeps_them(rueda):
    plantillas = del_arbol("templates/kuska")
    assert len(plantillas) > 100
    assert {f"marco/{nombre}" for nombre in plantillas} <= set(rueda.namelist())


def test_nothing_of_the_host_nor_of_the_tests_is_in_it(rueda):
    raices = {nombre.split("/")[0] for nombre in rueda.namelist()}
    assert raices == {*SALAS, f"kuska-{PROYECTO['version']}.dist-info"}
    sobran = set(rueda.namelist()) - del_arbol(*SALAS) - {f"marco/{nombre}" for nombre in del_arbol("templates/kuska")}
    assert {nombre for nombre in sobran if ".dist-info/" not in nombre} == set()


def test_each_file_has_what_the_tree_has(rueda):
    for nombre in (*del_arbol(*SALAS), *del_arbol("templates/kuska")):
        dentro = f"marco/{nombre}" if nombre.startswith("templates/") else nombre
        assert rueda.read(dentro) == (RAIZ / nombre).read_bytes(), nombre


def datos(rueda: ZipFile) -> Message:
    return Parser().parsestr(rueda.read(f"kuska-{PROYECTO['version']}.dist-info/METADATA").decode())


def test_it_says_what_it_needs_and_leaves_serving_to_who_serves(rueda):
    metadatos = datos(rueda)
    assert (metadatos["Name"], metadatos["Version"]) == ("kuska", PROYECTO["version"])
    assert metadatos["License-Expression"] == "BSD-3-Clause" and metadatos["Requires-Python"]
    piden = metadatos.get_all("Requires-Dist") or []
    siempre = {una.split(">=")[0].split("[")[0].split("<")[0] for una in piden if "extra ==" not in una}
    assert {"django", "wagtail", "django-modelcluster", "celery"} <= siempre
    assert siempre & DE_SERVIDOR == set()
    assert {una.split(">=")[0].split("[")[0].split("<")[0] for una in piden if "'servidor'" in una} >= DE_SERVIDOR


def test_the_sdist_makes_the_same_wheel(construida, rueda, tmp_path):
    with tarfile.open(construida / f"kuska-{PROYECTO['version']}.tar.gz") as fuente:
        nombres = {nombre.partition("/")[2] for nombre in fuente.getnames()}
    assert del_arbol(*SALAS, "templates/kuska") <= nombres
    assert not any(nombre.startswith(("cms/", "tests/")) for nombre in nombres)


MODULOS = {
    "celery": "celery",
    "dateutil": "python-dateutil",
    "defusedxml": "defusedxml",
    "django": "django",
    "kombu": "kombu",
    "markdown": "markdown",
    "modelcluster": "django-modelcluster",
    "nh3": "nh3",
    "ninja": "django-ninja",
    "openpyxl": "openpyxl",
    "PIL": "pillow",
    "python_calamine": "python-calamine",
    "pyotp": "pyotp",
    "fido2": "fido2",
    "cryptography": "cryptography",
    "swapper": "swapper",
    "typst": "typst",
    "wagtail": "wagtail",
    "waitress": "waitress",
    "yaml": "pyyaml",
    "zxingcpp": "zxing-cpp",
}


# What only a site that serves itself has: a room imports it where it is used, and works without it.
AL_USARSE = {"gunicorn": "gunicorn", "prometheus_client": "prometheus-client", "psycopg": "psycopg"}


def test_what_the_rooms_import_is_asked_for_by_its_name(rueda):
    """Nothing comes by the way of another package: the day that it goes, the rooms would not start."""
    importan: set[str] = set()
    for nombre in rueda.namelist():
        if not nombre.endswith(".py"):
            continue
        for nodo in ast.walk(ast.parse(rueda.read(nombre))):
            if isinstance(nodo, ast.Import):
                importan |= {uno.name.split(".")[0] for uno in nodo.names}
            elif isinstance(nodo, ast.ImportFrom) and not nodo.level and nodo.module:
                importan.add(nodo.module.split(".")[0])
    ajenos = importan - set(sys.stdlib_module_names) - set(SALAS)
    ajenos -= set(AL_USARSE)
    assert ajenos <= set(MODULOS), ajenos - set(MODULOS)
    piden = {una.split(">=")[0] for una in datos(rueda).get_all("Requires-Dist") or [] if "extra ==" not in una}
    assert {MODULOS[uno] for uno in ajenos} <= {una.split("<")[0].split("[")[0] for una in piden}
