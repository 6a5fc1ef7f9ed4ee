"""A row understood: its values ready to be compared, and what is wrong or worth noting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ...models import Persona
from .problemas import Nota, Problema


@dataclass
class FilaLeida:
    fila: int
    documento: str = ""
    tipo_de_documento: str = Persona.Documento.DNI.value
    documento_de_antes: str = ""  # the one written, of a register that is hidden: ``documento`` is of who stays
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

    def de_quien_queda(self, persona: Persona | None) -> None:
        """A document of a register that was made one with another is read as that of the person who stays."""
        if persona is not None and self.documento != persona.documento:
            self.documento_de_antes = self.documento
            self.documento, self.tipo_de_documento = persona.documento, persona.tipo_de_documento

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        problemas = [Problema.de_json(uno) for uno in dicho.get("problemas", ())]
        return cls(**{**dicho, "problemas": problemas, "notas": [Nota.de_json(una) for una in dicho.get("notas", ())]})
