"""A row understood: its values ready to be compared, and what is wrong or worth noting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ..models import Persona
from .problemas import Nota, Problema


@dataclass
class FilaLeida:
    fila: int
    documento: str = ""
    tipo_de_documento: str = Persona.Documento.DNI.value
    nombres: str = ""
    apellidos: str = ""
    celular: str = ""
    nivel: str = ""
    territorio: str = ""
    tipo: str = ""
    numero: int | None = None
    calidad: str = ""
    institucion: str = ""
    designacion: str = ""
    desde: str = ""
    problemas: list[Problema] = field(default_factory=list)
    notas: list[Nota] = field(default_factory=list)

    def falla(self, campo: str, codigo: str, texto: str, *, leido: str = "", propuestas: Iterable[str] = ()) -> None:
        """Note what keeps the row from being saved, beside its cell."""
        self.problemas.append(Problema(campo, texto, codigo, tuple(propuestas), leido))

    def anota(self, campo: str, texto: str) -> None:
        self.notas.append(Nota(campo, texto))

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        problemas = [Problema.de_json(uno) for uno in dicho.get("problemas", ())]
        return cls(**{**dicho, "problemas": problemas, "notas": [Nota.de_json(una) for una in dicho.get("notas", ())]})
