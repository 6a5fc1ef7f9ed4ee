"""Errors of the domain: a stable code for the program, a full sentence for the person."""


class ErrorDeDominio(Exception):
    """A rule was not met. ``codigo`` is stable and tested; ``mensaje`` says what to do next."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo
        self.mensaje = mensaje

    def __str__(self) -> str:
        return str(self.mensaje)
