"""Decide what to do with each piece: the file changed, somebody edited it here, both, or nothing."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .fichas import huella
from .models import ContenidoCargado

Avisar = Callable[[str], object]


class Decision(enum.Enum):
    CREAR = "crear"
    CAMBIAR = "cambiar"
    ANOTAR = "anotar"  # it already says so: only write down that it was loaded
    NADA = "nada"
    CONFLICTO = "conflicto"


@dataclass
class Resumen:
    """What a load did."""

    creadas: list[str] = field(default_factory=list)
    publicadas: list[str] = field(default_factory=list)
    retiradas: list[str] = field(default_factory=list)
    en_conflicto: list[str] = field(default_factory=list)
    sin_cambios: int = 0
    articulos: int = 0
    nombres: int = 0
    terminos: int = 0
    guia: int = 0

    @property
    def cambio(self) -> bool:
        paginas = self.creadas or self.publicadas or self.retiradas
        return bool(paginas or self.articulos or self.nombres or self.terminos or self.guia)


class Registro:
    """What was loaded before, and what this load does."""

    def __init__(self, *, ahora: datetime, avisar: Avisar, sobrescribir: bool) -> None:
        self.ahora = ahora
        self.avisar = avisar
        self.sobrescribir = sobrescribir
        self.resumen = Resumen()
        self.filas = {fila.clave: fila for fila in ContenidoCargado.objects.select_related("pagina")}
        self.vistas: set[str] = set()

    def fila(self, clave: str) -> ContenidoCargado | None:
        self.vistas.add(clave)
        return self.filas.get(clave)

    def decidir(self, clave: str, ficha: Any, actual: Callable[[], Any], *, existe: bool, borrador: bool) -> Decision:
        """Compare file, what was loaded and what is here now. ``actual`` is asked only when the file changed."""
        fila, nueva = self.fila(clave), huella(ficha)
        if not existe:
            return Decision.CREAR
        volvio = fila is not None and fila.retirado_en is not None
        if fila is not None and fila.huella == nueva and not volvio:
            return Decision.NADA
        de_aqui = huella(actual())
        if de_aqui == nueva and not borrador and not volvio:
            return Decision.ANOTAR
        # Taking a page out of sight marks it as a draft, so on the way back that mark says nothing.
        editada = (borrador and not volvio) or (fila is not None and de_aqui != fila.huella)
        if editada and not self.sobrescribir:
            self.resumen.en_conflicto.append(clave)
            mensaje = _("  ! %(clave)s cambió en el archivo y también aquí. No se tocó: exporte, o use --sobrescribir.")
            self.avisar(mensaje % {"clave": clave})
            return Decision.CONFLICTO
        return Decision.CAMBIAR

    def anotar(self, clave: str, ficha: Any, *, pagina: Any = None, claves: dict[str, str] | None = None) -> None:
        campos = {
            "pagina_id": pagina.pk if pagina is not None else None,
            "huella": huella(ficha),
            "claves": claves or {},
            "cargado_en": self.ahora,
            "retirado_en": None,
        }
        self.filas[clave], _creada = ContenidoCargado.objects.update_or_create(clave=clave, defaults=campos)

    def ausentes(self, paginas: Iterable[int]) -> list[ContenidoCargado]:
        """Return what was loaded into these pages and is in no file any more."""
        dentro = set(paginas)
        return [
            fila
            for fila in self.filas.values()
            if fila.pagina_id in dentro and fila.retirado_en is None and fila.clave not in self.vistas
        ]
