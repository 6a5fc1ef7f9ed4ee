"""An installation with people and files, and a folder for its copies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from marco.respaldo.actualizar import pendientes
from tests import gente

CLAVE = "una clave larga de copias"


@pytest.fixture
def carpeta(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test keeps its copies and its files, apart from those of other tests.

    Its passphrase is made a key in a moment: what the real cost is, ``test_reglas`` tells.
    """
    monkeypatch.setattr("marco.respaldo.cifrado.COSTO", 2**8)
    de_archivos = "django.core.files.storage.FileSystemStorage"
    settings.KUSKA_RESPALDOS = tmp_path / "respaldos"
    settings.KUSKA_CLAVE_DE_RESPALDO = CLAVE
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": de_archivos, "OPTIONS": {"location": str(tmp_path / "media")}},
        "privado": {"BACKEND": de_archivos, "OPTIONS": {"location": str(tmp_path / "privado"), "base_url": None}},
    }
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return settings.KUSKA_RESPALDOS


@pytest.fixture
def sin_migrar_en_vano(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of this edition lacks no change, and to find that out by «migrate» takes half of each return.

    Where a copy lacks one, it is brought up to date; and ``test_simulacro`` always does all that a return does.
    """

    def ordenar(orden: str, *partes: Any, **otras: Any) -> Any:
        return call_command(orden, *partes, **otras) if orden != "migrate" or pendientes() else None

    for donde in ("comprobar", "volver"):
        monkeypatch.setattr(f"marco.respaldo.{donde}.call_command", ordenar)


@pytest.fixture
def aula(transactional_db: None, carpeta: Path) -> dict[str, Any]:
    """Two people, a picture and a certificate."""
    gente.crear_territorio()
    storages["default"].save("images/una.png", ContentFile(b"una imagen" + os.urandom(1_200_000)))
    storages["privado"].save("certificados/2026/uno.pdf", ContentFile(b"%PDF un certificado"))
    return {
        "rosa": gente.crear_integrante("40000001", "Rosa", "Quispe Huamán"),
        "juan": gente.crear_integrante("40000002", "Juan", "Tello Ponce", ubigeo=gente.DISTRITO_B),
    }
