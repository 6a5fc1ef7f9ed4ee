"""What ``docs/seguridad.md`` says is there, and every door by which Wagtail gives a file neutralises formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
ESTADOS = {"cumple", "en parte", "no aplica", "falta"}
pytestmark = pytest.mark.un_motor


def filas() -> list[list[str]]:
    tabla = (RAIZ / "docs/seguridad.md").read_text(encoding="utf-8").partition("## ASVS 5.0.0")[2]
    lineas = [linea for linea in tabla.splitlines() if linea.startswith("| ")]
    return [[celda.strip() for celda in linea.strip("|").split(" | ")] for linea in lineas[1:]]


def test_each_requirement_has_a_state_and_a_place_that_exists():
    assert len(filas()) > 190
    vistos = set()
    for requisitos, nivel, que, estado, donde in filas():
        assert not vistos & set(requisitos.split(", ")), requisitos
        vistos |= set(requisitos.split(", "))
        assert estado in ESTADOS and que and nivel[0] in "123", requisitos
        for ruta in re.findall(r"`([^`]+)`", donde):
            assert (RAIZ / ruta).exists(), f"{requisitos}: {ruta}"
        if estado == "cumple":
            assert re.search(r"`|Django|Ninguna|No ", donde), f"{requisitos}: dice que cumple y no dónde se ve"


# What works with a key, or makes one: of it somebody has to know where it is.
CON_LLAVE = re.compile(
    r"salted_hmac\(|Fernet\(|AESGCM\(|Scrypt\(|Ed25519|signing\.|Argon2|PasswordHasher|hashlib\.(?:sha1|md5|pbkdf2|scrypt)|"
    r"\bhmac\.new|pyotp\.|from fido2"
)
SALAS = ("marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "cms")


def test_each_file_that_uses_a_key_is_in_the_inventory():
    """ASVS 5.0, 11.1.2. A cipher that nobody wrote down is found by whoever looks for one to break."""
    inventario = (RAIZ / "docs/seguridad.md").read_text(encoding="utf-8")
    inventario = inventario.partition("## Con qué se cifra")[2].partition("\n## ")[0]
    dichos = set(re.findall(r"`([a-z_]+/[^`]+)`", inventario))
    usan = {
        str(archivo.relative_to(RAIZ))
        for sala in SALAS
        for archivo in (RAIZ / sala).rglob("*.py")
        if CON_LLAVE.search(archivo.read_text(encoding="utf-8"))
    }
    assert len(usan) > 15 and usan - dichos == {"cms/settings/test.py"}, "faltan en docs/seguridad.md"
    for ruta in dichos:
        assert (RAIZ / ruta).exists(), ruta


def test_whoever_finds_a_fault_knows_whom_to_tell():
    texto = (RAIZ / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in texto and "docs/seguridad.md" in texto


def test_what_is_static_is_inert(client):
    """Also the drawing that is opened by itself: nothing of it runs."""
    respuesta = client.get("/static/kuska/css/kuska.css")
    assert b"".join(respuesta)
    assert respuesta.status_code == 200
    assert respuesta["Content-Security-Policy"].startswith("default-src 'none'")
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in respuesta["Cache-Control"]
