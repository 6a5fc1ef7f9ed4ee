"""Sounds in the files of a programme: read with their limits, loaded once, exported with the names of their place."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from wagtail.documents import get_document_model

from cursos.archivos import AUDIO_MAXIMO
from cursos.models import Curso, Leccion
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lectura import leer_programa
from programas.tiempos import de_leccion
from tests.programas import factories

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(400)
M4A = bytes(4) + b"ftypM4A " + bytes(400)
PASO = """# Audio: Escuche
audio: una-voz.opus
audio_alterno: una-voz.m4a
segundos: 95

## Lo que dice el audio
Dice **esto**.

"""


@pytest.fixture
def carpeta(territorio: dict, tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "media"
    raiz = tmp_path / "programa"
    escribir_programa(factories.programa_breve(), raiz)
    (raiz / "audios").mkdir()
    (raiz / "audios" / "una-voz.opus").write_bytes(OPUS)
    (raiz / "audios" / "una-voz.m4a").write_bytes(M4A)
    hoja = raiz / "modulo-1" / "leccion-1.md"
    hoja.write_text(hoja.read_text().replace("# Resumen", f"{PASO}# Resumen"))
    return raiz


def octetos(documento: Any) -> bytes:
    with documento.file.open("rb") as archivo:
        return bytes(archivo.read())


def cambiar(carpeta: Path, antes: str, ahora: str) -> None:
    hoja = carpeta / "modulo-1" / "leccion-1.md"
    assert antes in hoja.read_text()
    hoja.write_text(hoja.read_text().replace(antes, ahora))


def mensajes_de(carpeta: Path) -> str:
    with pytest.raises(ContenidoInvalido) as error:
        leer_programa(carpeta)
    return "\n".join(f"{uno.archivo}: {uno.mensaje}" for uno in error.value.problemas)


def test_a_sound_is_loaded_once_and_heard_in_its_step(carpeta: Path) -> None:
    programa = leer_programa(carpeta)
    cargar(programa, ahora=AHORA)
    pagina = Leccion.objects.get(slug="m1-l1")
    bloque = next(uno for uno in pagina.pasos if uno.block_type == "audio")
    valor = bloque.value
    assert (valor["titulo"], valor["segundos"]) == ("Escuche", 95)
    assert octetos(valor["audio"]) == OPUS and octetos(valor["audio_alterno"]) == M4A
    assert "<b>esto</b>" in str(valor["transcripcion"]) and not pagina.faltas_para_publicar()
    assert de_leccion(programa.curso.modulos[0].lecciones[0]) == pagina.unidad.segundos
    assert not cargar(leer_programa(carpeta), ahora=AHORA).cambio
    assert get_document_model().objects.count() == 2


def test_what_was_loaded_is_exported_and_read_equal(carpeta: Path, tmp_path: Path) -> None:
    programa = leer_programa(carpeta)
    cargar(programa, ahora=AHORA)
    salida = tmp_path / "salida"
    extraido = extraer(Curso.objects.get())
    assert extraido == programa
    escritos = {uno.relative_to(salida).as_posix() for uno in escribir_programa(extraido, salida)}
    assert {"audios/m1-l1-3.opus", "audios/m1-l1-3-otro.m4a"} <= escritos
    assert (salida / "audios" / "m1-l1-3.opus").read_bytes() == OPUS
    assert leer_programa(salida) == programa
    assert not cargar(leer_programa(salida), ahora=AHORA).cambio  # another name of the same sound changes nothing


def test_another_recording_publishes_its_lesson(carpeta: Path) -> None:
    cargar(leer_programa(carpeta), ahora=AHORA)
    (carpeta / "audios" / "una-voz.opus").write_bytes(OPUS + b"otra")
    assert cargar(leer_programa(carpeta), ahora=AHORA).publicadas == ["m1-l1"]
    bloque = next(uno for uno in Leccion.objects.get(slug="m1-l1").pasos if uno.block_type == "audio")
    assert octetos(bloque.value["audio"]) == OPUS + b"otra"


def test_without_the_other_format_it_is_loaded_too(carpeta: Path) -> None:
    cambiar(carpeta, "audio_alterno: una-voz.m4a\n", "")
    programa = leer_programa(carpeta)
    cargar(programa, ahora=AHORA)
    assert extraer(Curso.objects.get()) == programa


@pytest.mark.parametrize(
    ("antes", "ahora", "dice"),
    [
        ("audio: una-voz.opus\n", "audio: otra.opus\n", "falta el archivo audios/otra.opus."),
        ("audio: una-voz.opus\n", "audio: ../secreto.opus\n", "«../secreto.opus» no sirve de nombre"),
        ("audio: una-voz.opus\n", "audio: nota.wav\n", "«nota.wav» no sirve de nombre"),
        ("audio: una-voz.opus\n", "", "al paso le falta el renglón «audio: archivo.opus»."),
        ("segundos: 95\n", "segundos: 0\n", "«segundos: 0» no sirve: escriba un número de 1 a 600."),
        ("segundos: 95\n", "", "al paso le falta el renglón «segundos: 120»."),
        ("## Lo que dice el audio\nDice **esto**.\n", "", "al paso le falta «## Lo que dice el audio»."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(carpeta: Path, antes: str, ahora: str, dice: str) -> None:
    cambiar(carpeta, antes, ahora)
    assert f"modulo-1/leccion-1.md: {dice}" in mensajes_de(carpeta)


def test_a_file_is_what_its_name_says_and_no_heavier_than_in_the_editor(carpeta: Path) -> None:
    (carpeta / "audios" / "una-voz.opus").write_bytes(b"<script>")
    assert "audios/una-voz.opus: Este archivo no es lo que su nombre dice." in mensajes_de(carpeta)
    (carpeta / "audios" / "una-voz.opus").write_bytes(OPUS + bytes(AUDIO_MAXIMO))
    assert "audios/una-voz.opus: El audio pesa 1" in mensajes_de(carpeta)
