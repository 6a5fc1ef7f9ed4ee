"""Sounds of a programme: files beside its texts, known by what they hold, and documents of the site.

They stand in the folder ``audios`` of the programme. A name says nothing of a subject, as every address of the site.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Collection

from cursos.archivos import AUDIOS, extension_de, falta_al_subir

CARPETA = "audios"
NOMBRE = re.compile(rf"^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:{'|'.join(sorted(AUDIOS))})$")
MAXIMO_DE_SEGUNDOS = 600


@dataclass(frozen=True)
class Sonido:
    """A sound by what it holds: two files with the same bytes are one. ``nombre`` and ``ruta``, where it was read."""

    huella: str
    extension: str
    nombre: str = field(default="", compare=False, repr=False, metadata={"origen": True})
    ruta: Path | None = field(default=None, compare=False, repr=False, metadata={"origen": True})
    documento: Any = field(default=None, compare=False, repr=False, metadata={"origen": True})

    @property
    def clave(self) -> str:
        return f"{self.huella}.{self.extension}"

    def octetos(self) -> bytes:
        if self.documento is not None:
            with self.documento.file.open("rb") as archivo:
                return bytes(archivo.read())
        return self.ruta.read_bytes() if self.ruta else b""


def leer(nombre: str, raiz: Path | None) -> tuple[Sonido | None, str]:
    """Return the sound of that name in the folder of a programme, or why there is none, in words."""
    if not NOMBRE.match(nombre):
        mensaje = _("«%(nombre)s» no sirve de nombre: use minúsculas, números y guiones, y .opus, .ogg, .mp3 o .m4a.")
        return None, mensaje % {"nombre": nombre}
    ruta = (raiz or Path()) / CARPETA / nombre
    if raiz is None or not ruta.is_file():
        return None, _("falta el archivo %(carpeta)s/%(nombre)s.") % {"carpeta": CARPETA, "nombre": nombre}
    datos = ruta.read_bytes()
    if falta := falta_al_subir(ContentFile(datos, name=nombre)):
        return None, f"{CARPETA}/{nombre}: {falta}"
    return Sonido(_huella(datos), extension_de(nombre), nombre, ruta), ""


def del_documento(documento: Any) -> Sonido | None:
    """Return the sound of a document of the site; nothing where its file is gone. It writes nothing."""
    if documento is None:
        return None
    try:
        huella = documento.file_hash
        if not huella:
            with documento.file.open("rb") as archivo:
                huella = _huella(archivo.read())
    except OSError:
        return None
    return Sonido(huella, extension_de(documento.file.name), "", None, documento)


def documento(pk: Any) -> Any:
    return get_document_model().objects.filter(pk=pk).first()


def asegurar(sonidos: Iterable[tuple[str, Sonido]]) -> dict[str, int]:
    """Return the document of each sound, by its key; made the first time, with the title that comes with it."""
    Documento = get_document_model()
    hechos: dict[str, int] = {}
    for titulo, uno in sonidos:
        if uno.clave in hechos:
            continue
        iguales = Documento.objects.filter(file_hash=uno.huella).order_by("pk")
        suyo = next((una for una in iguales if extension_de(una.file.name) == uno.extension), None)
        if suyo is None:
            suyo = Documento(title=titulo[:255], collection=Collection.get_first_root_node())
            suyo.file = ContentFile(uno.octetos(), name=uno.nombre)
            suyo._set_document_file_metadata()
            suyo.save()
        hechos[uno.clave] = suyo.pk
    return hechos


def _huella(datos: bytes) -> str:
    """The digest that Wagtail keeps of a document: it is not one that protects anything."""
    return hashlib.sha1(datos, usedforsecurity=False).hexdigest()
