"""The template of the certificates that the pilot begins with. It is made once; from then on it is kept on screen."""

from __future__ import annotations

from pathlib import Path

from certificados.models import Firmante, Plantilla

from .hojas import Hoja


def asegurar_plantilla(ruta: Path) -> Plantilla | None:
    """Make the template of a file unless one with its name exists. Returns it when it was made."""
    hoja = Hoja.leer(ruta.read_text(encoding="utf-8"), ruta.name)
    plantilla = Plantilla(
        nombre=hoja.texto("nombre", maximo=80),
        documento=hoja.opcion("documento", list(Plantilla.Documento.values)),
        entidad=hoja.texto("entidad", maximo=160),
        lugar=hoja.texto("lugar", maximo=80),
        modalidad=hoja.texto("modalidad", "virtual", maximo=40),
        lema=hoja.texto("lema", "", maximo=160),
    )
    plantilla.firmantes = [
        Firmante(
            nombre=una.texto("nombre", maximo=120),
            cargo=una.texto("cargo", maximo=120),
            entidad=una.texto("entidad", maximo=160),
            sort_order=orden,
        )
        for orden, una in enumerate(hoja.hojas("firmantes"))
    ]
    hoja.terminar()
    if Plantilla.objects.filter(nombre=plantilla.nombre).exists():
        return None
    plantilla.save()
    return plantilla
