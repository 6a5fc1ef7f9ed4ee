"""All that is kept of one person, on paper: titles, what each thing is for, and each row as its details."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificados.pdf.compilador import compilar
from certificados.pdf.letras import limpiar

Seccion = tuple[str, list[str], list[list[tuple[str, str]]]]  # title, what for, rows of (name, value)


def componer_copia(*, entidad: str, parrafos: Iterable[str], secciones: Iterable[Seccion], fecha: date) -> bytes:
    """The paper of a copy. Raises NoSePudoComponer where the template refuses the data."""
    with translation.override(settings.LANGUAGE_CODE):
        carga: dict[str, Any] = {
            "titulo": _("Copia de mis datos"),
            "parrafos": [limpiar(uno) for uno in parrafos],
            "secciones": [
                {
                    "titulo": limpiar(titulo),
                    "parrafos": [limpiar(uno) for uno in para],
                    "filas": [[[limpiar(nombre), limpiar(valor)] for nombre, valor in fila] for fila in filas],
                }
                for titulo, para, filas in secciones
            ],
            "pagina": _("Página"),
            "de": _("de"),
            # Viewers show this as window title: it stays neutral.
            "metadatos": {"titulo": _("Copia de mis datos"), "autor": limpiar(entidad), "descripcion": ""},
        }
    return compilar("copia.typ", carga, fecha=fecha)
