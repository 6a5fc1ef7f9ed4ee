"""On which whole copy a short one rests: it brings all of the database, and only the files that the other lacks.

Each whole copy leaves beside it, sealed, the list of its files (``.lista``): a short one is made without reading them
again. A file that has its name and its size is the same one: storages never write over a name.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from marco.a_disco import a_disco
from marco.contrato import valor
from marco.models import CopiaDeRespaldo, Instalacion

from .caja import Abierta, sacar_archivos
from .carpeta import PARCIAL, enteras, leyendo
from .cifrado import Cifrador, Descifrador
from .errores import ErrorDeRespaldo

LISTA = ".lista"
Cual = tuple[str, str]  # storage and name


@dataclass(frozen=True)
class Apoyo:
    """``copia``: how the whole copy is called; nothing where there is none. ``archivos``: size and digest of each."""

    copia: str = ""
    archivos: Mapping[Cual, tuple[int, str]] = field(default_factory=dict)

    def tiene(self, almacen: str, nombre: str) -> tuple[int, str] | None:
        """Size and digest of a file of this installation that is in the copy already. None: it has to be put."""
        if (dicho := self.archivos.get((almacen, nombre))) is None:
            return None
        suyo = storages[almacen]
        if isinstance(suyo, FileSystemStorage):
            with suppress(OSError):
                return dicho if suyo.size(nombre) == dicho[0] else None
            return None
        return dicho  # elsewhere, to ask would be a request for each one


def guardar_lista(copia: Path, clave: str, manifiesto: Mapping[str, Any], *, ahora: datetime.datetime) -> None:
    """Leave the list of the files of a whole copy beside it."""
    archivo = copia.with_suffix(LISTA)
    parcial = archivo.with_name(f"{PARCIAL}{archivo.name}")
    with parcial.open("wb") as papel:
        parcial.chmod(0o600)
        cifrador = Cifrador(papel, clave, {"que": "lista", "en": ahora.isoformat()})
        lista = {"identidad": manifiesto["identidad"], "archivos": manifiesto["archivos"]}
        cifrador.write(json.dumps(lista, ensure_ascii=False).encode())
        cifrador.terminar()
        papel.flush()
        os.fsync(papel.fileno())
    parcial.replace(archivo)
    a_disco(archivo.parent)


def el_de_hoy(donde: Path, clave: str) -> Apoyo:
    """The last whole copy of this installation whose list is there and opens; one of nothing where there is none."""
    identidad = Instalacion.objects.values_list("identidad", flat=True).first() or ""
    malas = set(
        CopiaDeRespaldo.objects.filter(comprobacion=CopiaDeRespaldo.Comprobacion.MALA).values_list("nombre", flat=True)
    )
    for una in reversed(enteras(donde)):
        if una.nombre in malas:
            continue
        try:
            with una.archivo.with_suffix(LISTA).open("rb") as papel:
                lista = json.loads(Descifrador(papel, clave).readall())
        except (OSError, ErrorDeRespaldo, ValueError):
            continue
        if lista["identidad"] == identidad:
            return Apoyo(una.nombre, {(de, nombre): (tam, huella) for de, nombre, tam, huella in lista["archivos"]})
    return Apoyo()


def completar(abierta: Abierta, archivo: Path, clave: str) -> None:
    """Bring to a copy that was taken out the files that are in the one on which it rests.

    Raises ``sin_apoyo`` where that one is not at hand, and ``danada`` where it has not what this one says.
    """
    apoyo = abierta.manifiesto.get("apoyo") or {}
    faltan = {tuple(uno) for uno in apoyo.get("archivos", ())}
    if not faltan:
        return
    lugares = (archivo.parent, Path(valor("KUSKA_RESPALDOS") or archivo.parent))
    entera = next((lugar / apoyo["copia"] for lugar in lugares if (lugar / apoyo["copia"]).is_file()), None)
    if entera is None:
        frase = _("Esa copia se apoya en %(otra)s, que no está: póngala en la misma carpeta y repita.")
        raise ErrorDeRespaldo("sin_apoyo", frase % {"otra": apoyo["copia"]})
    dicho = {(de, nombre): [tam, huella] for de, nombre, tam, huella in abierta.manifiesto["archivos"]}
    with leyendo(entera) as papel:
        hallado = sacar_archivos(papel, clave, abierta.carpeta, faltan)
    if hallado != {uno: dicho.get(uno) for uno in faltan}:
        frase = _("%(otra)s, en que se apoya esa copia, no tiene los archivos que ella dice: use otra copia.")
        raise ErrorDeRespaldo("danada", frase % {"otra": apoyo["copia"]})
