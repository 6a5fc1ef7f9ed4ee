"""The titles of pictures, sounds and documents, found in the editor with their accents or without them."""

from __future__ import annotations

from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.search import index

from marco.textos import sin_tildes


def _titulo_sin_tildes(archivo: Any) -> str:
    return sin_tildes(archivo.title)


def buscar_sin_tildes() -> None:
    """PostgreSQL tells «práctica» from «practica»: like pages, the files of the site are found by both.

    Their models are Wagtail's or the host's, so what is looked for is added to them. Doing it again changes nothing.
    """
    for modelo in (get_image_model(), get_document_model()):
        if not hasattr(modelo, "titulo_sin_tildes"):
            modelo.titulo_sin_tildes = property(_titulo_sin_tildes)
            campos = (index.SearchField("titulo_sin_tildes"), index.AutocompleteField("titulo_sin_tildes"))
            modelo.search_fields = [*modelo.search_fields, *campos]
