"""Errors of the domain: a stable code for the program, a full sentence for the person."""

from django.utils.translation import gettext as _


class ErrorDeDominio(Exception):
    """A rule was not met. ``codigo`` is stable and tested; ``mensaje`` says what to do next."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo
        self.mensaje = mensaje

    def __str__(self) -> str:
        return str(self.mensaje)


class PersonaAjena(ErrorDeDominio):
    """The document is of somebody another place answers for. Whatever the name typed, these are all the words."""

    def __init__(self) -> None:
        super().__init__(
            "documento_ajeno",
            _(
                "Esa persona ya está registrada en otro lugar. "
                "Revise el DNI o pida al CEM de la provincia que le dé este asiento."
            ),
        )
