"""Errors of the register of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula


class DocumentoDeOtraPersona(ErrorDeDominio):
    """The document is registered with another name. Only for whoever answers for that person."""

    def __init__(self, persona: Any, documento: str) -> None:
        frase = _("Ese documento ya está registrado con otro nombre. Revise el número.")
        if persona.documento != documento:
            frase = _(
                "El documento %(dni)s es de un registro que se unió con el de %(nombre)s. "
                "Si es de otra persona, suéltelo en la página de %(nombre)s."
            ) % {"dni": documento, "nombre": persona.nombre_completo}
        super().__init__("documento_de_otra_persona", frase)


class PersonaAjena(ErrorDeDominio):
    """The document is of somebody another place answers for. Whatever the name typed, these are all the words."""

    def __init__(self) -> None:
        super().__init__(
            "documento_ajeno",
            _(
                "Esa persona ya está registrada en otro lugar. "
                "Revise el número o pida %(a_la_oficina)s de la provincia que le dé este asiento."
            )
            % {"a_la_oficina": AjustesDelAula.actuales().la_oficina.al},
        )
