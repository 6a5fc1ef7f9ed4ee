"""Pictures of the lessons: light, without traces of who took them or where, and under names that tell nothing."""

from __future__ import annotations

import logging
import secrets
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError
from wagtail.images.models import Filter

from marco.fotos import reescribir

ANCHOS = (360, 720)
SALIDAS = ("avif", "webp", "jpeg")
FILTROS = {(salida, ancho): f"format-{salida}|width-{ancho}" for salida in SALIDAS for ancho in ANCHOS}

diario = logging.getLogger(__name__)


def limpiar_original(imagen: Any) -> None:
    """Write again a picture that is being uploaded, by whatever door, and give it a neutral name.

    Raises ValidationError when it cannot be: forms say so before, beside their field.
    """
    contenido = reescribir(imagen.file)
    nombre = f"{secrets.token_hex(8)}{PurePath(imagen.file.name).suffix.lower()}"
    imagen.file = ContentFile(contenido, name=nombre)
    imagen._set_image_file_metadata()


def preparar_versiones(leccion: Any) -> None:
    """Make the sizes that the steps of a lesson will ask for, so that reading it only reads."""
    for bloque in leccion.pasos:
        if bloque.block_type == "imagen" and bloque.value.get("imagen"):
            versiones_de(bloque.value["imagen"])


def versiones_de(imagen: Any) -> dict[tuple[str, int], Any]:
    """The renditions of a picture that a step shows, by format and width: from the lightest to what any phone opens."""
    hechas = imagen.get_renditions(*FILTROS.values())
    return {cual: hechas[filtro] for cual, filtro in FILTROS.items()}


def peso_de(imagen: Any) -> int:
    """Bytes of the heaviest rendition that a phone may load, of those that are made. 0: it cannot be known now.

    Only reads: it makes none, and a file that is not there or a storage that does not answer is no reason to fail.
    """
    hechas = imagen.find_existing_renditions(*(Filter(spec=filtro) for filtro in FILTROS.values()))
    if len(hechas) < len(FILTROS):
        return 0
    try:
        return max(int(una.file.size) for una in hechas.values())
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 (each storage fails in its own way)
        diario.warning("the size of a picture is not known: %s", type(error).__name__)
        return 0
