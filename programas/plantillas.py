"""The template of the certificates that the pilot begins with. It is made once; from then on it is kept on screen."""

from __future__ import annotations

from pathlib import Path

from certificados.models import Firmante, Plantilla

from .mapeo import Mapeo


def asegurar_plantilla(ruta: Path) -> Plantilla | None:
    """Make the template of a file unless one with its name exists. Returns it when it was made."""
    mapeo = Mapeo.leer(ruta.read_text(encoding="utf-8"), ruta.name)
    plantilla = Plantilla(
        nombre=mapeo.texto("nombre", maximo=80),
        documento=mapeo.opcion("documento", list(Plantilla.Documento.values)),
        entidad=mapeo.texto("entidad", maximo=160),
        lugar=mapeo.texto("lugar", maximo=80),
        modalidad=mapeo.texto("modalidad", "virtual", maximo=40),
        lema=mapeo.texto("lema", "", maximo=160),
    )
    plantilla.firmantes = [
        Firmante(
            nombre=una.texto("nombre", maximo=120),
            cargo=una.texto("cargo", maximo=120),
            entidad=una.texto("entidad", maximo=160),
            sort_order=orden,
        )
        for orden, una in enumerate(mapeo.mapeos("firmantes"))
    ]
    mapeo.terminar()
    if Plantilla.objects.filter(nombre=plantilla.nombre).exists():
        return None
    plantilla.save()
    return plantilla
