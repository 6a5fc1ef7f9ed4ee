"""What a file that somebody uploads must be: its size, and what its first bytes say, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from marco.pesos import peso_y_maximo

AUDIO_MAXIMO = 1024 * 1024
CABECERA = 512


def _es_mp3(inicio: bytes) -> bool:
    """A tag ID3 whose size is well written, or the first frame of layer III."""
    if inicio[:3] == b"ID3":
        return len(inicio) > 10 and inicio[3] < 0xFF and all(octeto < 0x80 for octeto in inicio[6:10])
    if len(inicio) < 4 or inicio[0] != 0xFF or inicio[1] & 0xE6 != 0xE2:
        return False
    return inicio[1] & 0x18 != 0x08 and inicio[2] & 0xF0 != 0xF0 and inicio[2] & 0x0C != 0x0C


def _es_ogg(inicio: bytes) -> bool:
    """A first page that opens a track of sound."""
    return inicio[:4] == b"OggS" and inicio[28:].startswith((b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC"))


def _es_opus(inicio: bytes) -> bool:
    return inicio[:4] == b"OggS" and inicio[28:].startswith(b"OpusHead")


def _es_m4a(inicio: bytes) -> bool:
    return inicio[4:8] == b"ftyp" and inicio[8:12].startswith((b"M4A", b"M4B", b"mp4", b"iso", b"3gp", b"dash"))


def _es_pdf(inicio: bytes) -> bool:
    return inicio[:5] == b"%PDF-"


AUDIOS: dict[str, Callable[[bytes], bool]] = {"mp3": _es_mp3, "ogg": _es_ogg, "opus": _es_opus, "m4a": _es_m4a}
CONTENIDOS = {**AUDIOS, "pdf": _es_pdf}
# What recorders, messengers and computers write besides, and a lesson does not take.
OTROS_AUDIOS = {
    "3ga", "aac", "ac3", "aif", "aifc", "aiff", "amr", "awb", "caf", "flac", "mka", "mp2", "qcp", "wav", "wma",
}  # fmt: skip
VIDEOS = {"3g2", "3gp", "m4v", "mkv", "mov", "mp4", "mpg", "ogv", "webm"}


def extension_de(nombre: str) -> str:
    return nombre.rpartition(".")[2].lower() if "." in nombre else ""


def falta_al_subir(archivo: Any, *, maximo: int | None = None) -> str:
    """What is wrong with an uploaded file, in words; nothing when it may stay. The site may take fewer extensions.

    ``maximo``: bytes that a file of this site may weigh. A sound has its own limit, and only that one is told.
    """
    extension = extension_de(archivo.name)
    es_lo_que_dice = CONTENIDOS.get(extension)
    archivo.seek(0)
    inicio = archivo.read(CABECERA)
    archivo.seek(0)
    if es_lo_que_dice is None:
        return _de_otra_clase(extension, inicio)
    if extension in AUDIOS:
        maximo = min(maximo or AUDIO_MAXIMO, AUDIO_MAXIMO)
    if maximo and archivo.size > maximo:
        return _pesa_de_mas(extension, archivo.size, maximo)
    if not es_lo_que_dice(inicio):
        return _con_otro_nombre(inicio) or _(
            "Este archivo no es lo que su nombre dice. Ábralo en su computadora y expórtelo otra vez."
        )
    return ""


def _de_otra_clase(extension: str, inicio: bytes) -> str:
    """Of what is not taken: a sound that only lacks its name, one that phones do not play, or something else."""
    if extension not in VIDEOS and (con_otro := _con_otro_nombre(inicio)):
        return con_otro
    se_suben = _("Aquí se suben audios (.opus, .ogg, .mp3 o .m4a) y documentos .pdf.")
    if extension not in OTROS_AUDIOS:
        return se_suben
    que_hacer = _(
        "Un .%(extension)s no se oye en todos los celulares. Grábelo como nota de voz de WhatsApp, guárdela y suba "
        "esa; o expórtelo como .mp3 desde una computadora."
    )
    return f"{se_suben} {que_hacer % {'extension': extension}}"


def _con_otro_nombre(inicio: bytes) -> str:
    """What to call a file that is one of those that are taken, under the name of another; nothing of any other."""
    es = next((extension for extension, lo_es in CONTENIDOS.items() if lo_es(inicio)), "")
    texto = _("Por dentro este archivo es un .%(es)s. Cambie el final de su nombre por .%(es)s y súbalo otra vez.")
    return texto % {"es": es} if es else ""


def falta_al_elegir(documento: Any) -> str:
    """What is wrong with a document as the sound of a step; nothing when there is none or it may be heard."""
    if documento is None:
        return ""
    if documento.file_extension.lower() not in AUDIOS:
        return _("Elija un audio: .opus, .ogg, .mp3 o .m4a.")
    pesa = documento.get_file_size() or 0
    return _pesa_de_mas(documento.file_extension.lower(), pesa, AUDIO_MAXIMO) if pesa > AUDIO_MAXIMO else ""


def _pesa_de_mas(extension: str, bytes_: int, maximo: int) -> str:
    if extension in AUDIOS:
        texto = _("El audio pesa %(pesa)s y puede pesar hasta %(maximo)s. Expórtelo más corto o con menos calidad.")
    else:
        texto = _("El documento pesa %(pesa)s y puede pesar hasta %(maximo)s. Guárdelo con menos páginas o imágenes.")
    return texto % peso_y_maximo(bytes_, maximo)
