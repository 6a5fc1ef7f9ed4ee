from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from tests.certificados import factories
from tests.mundos import hecho_una_vez


@pytest.fixture(autouse=True)
def privado(settings: Any, tmp_path: Path) -> Path:
    """Private storage of this test only."""
    raiz = tmp_path / "privado"
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = {
        **settings.STORAGES,
        "privado": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(raiz), "base_url": None},
        },
    }
    assert Path(storages["privado"].location) == raiz
    return raiz


@pytest.fixture
@hecho_una_vez
def curso(territorio: dict) -> factories.CursoDePrueba:
    return factories.crear_curso()


@pytest.fixture
@hecho_una_vez
def plantilla(curso: factories.CursoDePrueba) -> Any:
    return factories.crear_plantilla(curso.curso)


@pytest.fixture
@hecho_una_vez
def terminada(integrante: Any, curso: factories.CursoDePrueba, plantilla: Any) -> Any:
    """Rosa, of district A, finished and passed."""
    return factories.inscribir(integrante, curso)


@pytest.fixture
@hecho_una_vez
def certificado(terminada: Any) -> Any:
    from certificados import services

    return services.emitir(inscripcion_id=terminada.pk, ahora=factories.AHORA)
