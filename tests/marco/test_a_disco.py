"""What is said to be kept is on the disk: files and the folders that name them are written through, in that order."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ajustes
from django.core.files.base import ContentFile

from marco.a_disco import EnDisco
from marco.respaldo.copiar import guardar_llaves

pytestmark = pytest.mark.un_motor
AHORA = datetime.datetime(2026, 7, 25, tzinfo=datetime.UTC)


@pytest.fixture
def en_orden(monkeypatch: pytest.MonkeyPatch) -> list[Path | str]:
    """What reaches the disk, and what takes its name, one after the other."""
    hechos: list[Path | str] = []
    de_veras, cambiar = os.fsync, Path.replace

    def fsync(numero: int) -> None:
        hechos.append(Path(f"/proc/self/fd/{numero}").readlink())
        de_veras(numero)

    def replace(uno: Path, otro: Any) -> Path:
        hechos.append("nombre")
        return cambiar(uno, otro)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return hechos


def test_a_file_and_every_new_folder_above_it_reach_the_disk(tmp_path, en_orden):
    almacen = EnDisco(location=tmp_path)
    assert almacen.save("certificados/2026/uno.pdf", ContentFile(b"%PDF")) == "certificados/2026/uno.pdf"
    carpeta = tmp_path / "certificados" / "2026"
    assert en_orden == [carpeta / "uno.pdf", carpeta, carpeta.parent, tmp_path]
    en_orden.clear()
    otro = almacen.save("certificados/2026/uno.pdf", ContentFile(b"%PDF otro"))
    assert en_orden == [tmp_path / otro, carpeta]
    assert (tmp_path / otro).read_bytes() == b"%PDF otro"


@pytest.mark.parametrize("falla", ["al escribir", "al sincronizar"])
def test_of_a_file_that_was_not_saved_nothing_stays(tmp_path, monkeypatch, falla):
    almacen = EnDisco(location=tmp_path)
    almacen.save("uno.pdf", ContentFile(b"%PDF"))

    class SeCorta(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"la mitad"
            if falla == "al escribir":
                raise OSError(errno.ENOSPC, "No space left")

    if falla == "al sincronizar":
        monkeypatch.setattr("marco.a_disco.a_disco", lambda _uno: os.stat(tmp_path / "no está"))
    for nombre in ("uno.pdf", "otro.pdf"):
        with pytest.raises(OSError):
            almacen.save(nombre, SeCorta(b""))
    assert [uno.name for uno in tmp_path.iterdir()] == ["uno.pdf"]
    assert (tmp_path / "uno.pdf").read_bytes() == b"%PDF"


def test_the_keys_are_whole_before_they_have_their_name(tmp_path, en_orden):
    archivo = tmp_path / "aula.llaves"
    guardar_llaves(archivo, "una clave larga de copias", ahora=AHORA)
    assert [getattr(uno, "name", uno) for uno in en_orden] == [".parcial-aula.llaves", "nombre", tmp_path.name]


def test_the_site_keeps_its_files_so():
    assert {ajustes.STORAGES[cual]["BACKEND"] for cual in ("default", "privado")} == {"marco.a_disco.EnDisco"}
