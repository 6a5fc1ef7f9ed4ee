"""Things to be put in their order, as they are frozen and as they are seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Elemento:
    # Files do not carry it: «origen» leaves it out of what is compared with them. It says nothing of the order.
    clave: str = field(metadata={"origen": True})
    texto: str


@dataclass(frozen=True)
class Orden:
    """``elementos`` are in their right order; ``mostrados``, the keys as this attempt shows them."""

    elementos: tuple[Elemento, ...]
    explicacion: str = ""
    mostrados: tuple[str, ...] = field(default=(), metadata={"origen": True})

    @property
    def claves(self) -> list[str]:
        return [uno.clave for uno in self.elementos]

    @property
    def en_pantalla(self) -> list[str]:
        return list(self.mostrados) or sorted(self.claves)

    def texto_de(self, clave: str) -> str:
        return next((uno.texto for uno in self.elementos if uno.clave == clave), "")

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> Orden:
        return cls(
            elementos=tuple(Elemento(str(uno["clave"]), uno["texto"]) for uno in datos.get("elementos", ())),
            explicacion=datos.get("explicacion") or "",
            mostrados=tuple(datos.get("mostrados", ())),
        )

    def a_json(self) -> dict[str, Any]:
        datos = {"elementos": [asdict(uno) for uno in self.elementos], "explicacion": self.explicacion}
        return {**datos, **({"mostrados": list(self.mostrados)} if self.mostrados else {})}


def con_claves(textos: Iterable[str], previos: Sequence[Elemento]) -> tuple[Elemento, ...]:
    """Return these things with their keys. One is the same while its words are; one reworded takes the place it had."""
    textos = list(textos)
    libres = [uno for uno in previos if uno.texto not in textos]
    por_texto = {uno.texto: uno.clave for uno in previos}
    elementos = []
    for lugar, texto in enumerate(textos):
        clave = por_texto.pop(texto, "")
        if not clave and len(previos) == len(textos) and previos[lugar] in libres:
            clave = previos[lugar].clave
        elementos.append(Elemento(clave or str(uuid.uuid4()), texto))
    return tuple(elementos)


@dataclass(frozen=True)
class ElementoVisible:
    """``numero``: the place it was given, 0 while it has none."""

    clave: str
    texto: str
    numero: int = 0


@dataclass(frozen=True)
class OrdenVisible:
    elementos: tuple[ElementoVisible, ...]
    ordenado: bool

    @property
    def lugares(self) -> range:
        return range(1, len(self.elementos) + 1)


@dataclass(frozen=True)
class ElementoExplicado:
    texto: str
    en_su_lugar: bool


@dataclass(frozen=True)
class OrdenExplicado:
    """``correcto`` and ``explicacion`` are told once the answer is right, or may be known."""

    suyo: tuple[ElementoExplicado, ...]
    correcto: tuple[str, ...] = ()
    explicacion: str = ""
