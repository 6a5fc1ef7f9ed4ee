"""What a site may set, fill or hear is in one list and on one page, and both say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from marco import contrato
from marco.checks.plantillas import BLOQUE

RAIZ = Path(__file__).resolve().parents[2]
SALAS = ["marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento"]
GUIA = (RAIZ / "docs" / "plugin.md").read_text("utf-8")
# Read by the way of Django itself, or only to be told of.
SIN_CONTAR = {"AUTHENTICATION_BACKENDS", "MIDDLEWARE", "TEMPLATES", "USE_TZ"}
LEE = re.compile(r"""(?:\bsettings\.|getattr\(settings, "|\bvalor\(")([A-Z][A-Z_]+)""")
PIDE = re.compile(r"""(?:get_hooks\(|\bentradas\(|\{% menu )["']([a-z_]+)["']""")
AVISA = re.compile(r"^(\w+) = Signal\(\)", re.MULTILINE)


def fuentes() -> dict[str, str]:
    archivos = [uno for sala in SALAS for uno in (RAIZ / sala).rglob("*.py")]
    archivos += (RAIZ / "templates" / "kuska").rglob("*.html")
    return {str(uno.relative_to(RAIZ)): uno.read_text("utf-8") for uno in archivos if "migrations" not in uno.parts}


def hallar(patron: re.Pattern[str]) -> set[str]:
    return {nombre for texto in fuentes().values() for nombre in patron.findall(texto)}


def test_every_setting_that_the_rooms_read_is_listed():
    leidos = hallar(LEE) - SIN_CONTAR
    assert {"KUSKA_PROXIES", "LOGIN_URL", "MEDIA_URL"} <= leidos
    assert leidos <= {*contrato.AJUSTES, *contrato.DE_OTROS}
    assert set(contrato.AJUSTES) <= leidos, "a setting that nobody reads"


def test_a_setting_of_ours_is_read_in_one_place():
    directos = re.compile(r"""(?:\bsettings\.|getattr\(settings, ["'])KUSKA_""")
    assert [archivo for archivo, texto in fuentes().items() if directos.search(texto)] == []


def test_every_hook_that_the_rooms_ask_for_is_listed():
    assert hallar(PIDE) == set(contrato.GANCHOS)


def test_every_signal_of_the_rooms_is_listed():
    enviados = {
        f"{archivo.removesuffix('.py').replace('/', '.')}.{nombre}"
        for archivo, texto in fuentes().items()
        for nombre in AVISA.findall(texto)
    }
    assert enviados == set(contrato.AVISOS)


def test_every_block_of_the_frames_is_listed():
    for plantilla, bloques in contrato.BLOQUES.items():
        texto = (RAIZ / "templates" / plantilla).read_text("utf-8")
        otros = {bloque for otra, suyos in contrato.BLOQUES.items() if otra != plantilla for bloque in suyos}
        assert set(BLOQUE.findall(texto)) - otros == set(bloques)


def test_the_page_tells_each_of_them():
    for nombre, ajuste in contrato.AJUSTES.items():
        por_defecto = f'"{ajuste.por_defecto}"' if isinstance(ajuste.por_defecto, str) else ajuste.por_defecto
        assert f"| `{nombre}` | `{por_defecto}` | {ajuste.para} |" in GUIA
    for nombre in contrato.DE_OTROS:
        assert f"`{nombre}`" in GUIA
    for nombre, para in {**contrato.GANCHOS, **contrato.AVISOS}.items():
        assert f"| `{nombre}` | {para} |" in GUIA
    for plantilla, bloques in contrato.BLOQUES.items():
        assert f"`{plantilla}`" in GUIA
        assert [bloque for bloque in bloques if f"`{bloque}`" not in GUIA] == []
