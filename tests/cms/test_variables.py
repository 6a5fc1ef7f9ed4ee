"""What a server is told by its environment is in one list, on one page, and is what the code reads."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.variables import DE_DESARROLLO, SERVIDOR, VARIABLES
from tests import criadero
from tests.despliegue.guia import DESPLIEGUE, GUIA, ordenes, por_seguir

pytestmark = pytest.mark.un_motor
RAIZ = Path(__file__).resolve().parents[2]
LEE = re.compile(
    r"""(?:entorno\.)?(?:texto|lista|booleano|entero|_entero|environ\.get|entorno\.get|environ\[)\(?["']([A-Z][A-Z0-9_]+)["']"""
)
DE_LOS_ARCHIVOS = {"KUSKA_ENCHUFE"}  # of gunicorn: docs/despliegue/gunicorn.conf.py


def leidas() -> set[str]:
    salas = ["cms", "marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento"]
    archivos = [uno for sala in salas for uno in (RAIZ / sala).rglob("*.py")]
    return {nombre for uno in archivos for nombre in LEE.findall(uno.read_text("utf-8"))}


def test_the_list_is_what_the_code_reads():
    nombres = {una.nombre for una in VARIABLES}
    assert len(nombres) == len(VARIABLES)
    assert leidas() - DE_DESARROLLO - DE_LOS_ARCHIVOS == nombres


def test_the_page_is_the_list():
    dicho = StringIO()
    call_command("variables", stdout=dicho)
    escrito = (DESPLIEGUE / "variables.md").read_text("utf-8")
    assert dicho.getvalue() == escrito, "Ejecute: manage.py variables --escribir"


def variables_de(dominio: str, *opciones: str) -> dict[str, str]:
    fin = criadero.correr({"PATH": os.environ["PATH"]}, "-m", "cms.variables", *opciones, dominio)
    lineas = [linea for linea in fin.stdout.splitlines() if linea and not linea.startswith("#")]
    return {nombre: valor.strip('"') for nombre, _, valor in (linea.partition("=") for linea in lineas)}


def test_the_file_of_a_new_server_starts_it_and_has_keys_of_its_own():
    una, otra = variables_de("aula.example.org"), variables_de("aula.example.org")
    assert {v.nombre for v in VARIABLES if v.obligatoria} <= set(una)
    assert una["SECRET_KEY"] != otra["SECRET_KEY"] and una["KUSKA_LLAVES_DE_RECIBO"] != otra["KUSKA_LLAVES_DE_RECIBO"]
    lee = "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.KUSKA_X_ACCEL)"
    fin = subprocess.run(
        [sys.executable, "-c", lee], cwd=RAIZ, env={"PATH": os.environ["PATH"], **una}, capture_output=True, text=True
    )
    assert fin.stdout == "['aula.example.org'] /interno/\n", fin.stderr


def test_the_file_of_one_machine_starts_it_with_its_copies(tmp_path):
    una = variables_de("aula.example.org", "--una-maquina")
    assert len(una["KUSKA_CLAVE_DE_RESPALDO"]) >= 12 and "SECRET_KEY" not in una
    lee = "from django.conf import settings as s; print(s.ALLOWED_HOSTS[-1], s.SESSION_COOKIE_SECURE)"
    entorno = {"PATH": os.environ["PATH"], **una, "KUSKA_VAR": str(tmp_path)}
    fin = subprocess.run([sys.executable, "-c", lee], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert fin.stdout == "aula.example.org True\n", fin.stderr


@pytest.mark.parametrize("opciones", [[], ["--una-maquina"]])
def test_a_key_that_is_left_behind_still_opens_what_it_closed(opciones, tmp_path):
    una = variables_de("aula.example.org", *opciones)
    lee = "from django.conf import settings as s; print(s.SECRET_KEY_FALLBACKS)"
    antes = "la-de-antes" * 5, "la-de-antes-de-esa" * 3
    entorno = {"PATH": os.environ["PATH"], **una, "KUSKA_VAR": str(tmp_path), "SECRET_KEY_FALLBACKS": ", ".join(antes)}
    fin = subprocess.run([sys.executable, "-c", lee], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert fin.stdout == f"{list(antes)}\n", fin.stderr


def test_a_domain_that_is_none_writes_nothing():
    assert variables_de("https://aula.example.org/") == variables_de("aula.example.org", "--otra") == {}


@pytest.mark.parametrize("falta", sorted(una.nombre for una in VARIABLES if una.obligatoria and una.donde == SERVIDOR))
def test_what_is_obligatory_stops_a_server_with_a_sentence(falta):
    if falta == "DJANGO_SETTINGS_MODULE":
        return  # without it, ``cms.orden`` asks for it: tests/cms/test_servir.py
    entorno = {nombre: valor for nombre, valor in variables_de("aula.example.org").items() if nombre != falta}
    fin = criadero.correr({"PATH": os.environ["PATH"], **entorno}, "", "manage.py", "check")
    assert fin.returncode == 1 and falta in fin.stderr and "Traceback" not in fin.stderr


def test_what_the_guide_names_is_in_its_folder():
    texto = GUIA.read_text("utf-8")
    nombrados = set(re.findall(r"docs/despliegue/([\w.-]+)", texto)) | set(
        re.findall(r"\.\./despliegue/([\w.-]+)", texto)
    )
    assert {"kuska.service", "kuska-paginas.service", "nginx.conf", "aula", "compose.yaml"} <= nombrados
    assert [nombre for nombre in nombrados if not (DESPLIEGUE / nombre).is_file()] == []


def test_the_walk_follows_what_the_guide_says_and_no_more():
    assert [orden.split("|")[0].split(" --")[0].strip() for orden in por_seguir()] == [
        ".venv/bin/python -m cms.variables aula.example.org",
        "sudo aula check",
        "sudo aula servir",
    ]
    assert [orden.split("|")[0].strip() for orden in por_seguir("En una máquina")] == [
        ".venv/bin/python -m cms.variables --una-maquina aula.example.org",
        "sudo aula servir --preparar",
    ]
    assert len(ordenes()) > 20 and len(ordenes("En una máquina")) > 15


@pytest.mark.parametrize("archivo", ["nginx.conf", "Caddyfile", "Caddyfile.compose"])
def test_what_stands_in_front_closes_documents_and_says_who_asks(archivo):
    texto = (DESPLIEGUE / archivo).read_text("utf-8")
    assert "/media/documents/" in texto and "X-Forwarded-For" in texto and "X-Forwarded-Proto" in texto
    assert "alias /var/lib/kuska/media" not in texto.replace("internal;\n        alias /var/lib/kuska/media", "")
