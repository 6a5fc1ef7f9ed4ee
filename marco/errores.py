"""Errors of the domain: a stable code for the program, a full sentence for the person."""

from __future__ import annotations

from typing import Any


def rehacer(clase: type[Exception], argumentos: tuple[Any, ...], dicho: dict[str, Any]) -> Exception:
    """An error as it was: a worker hands over only what can be packed, and of the rest tells no sentence."""
    error = clase.__new__(clase, *argumentos)
    error.__dict__.update(dicho)
    return error


class ErrorDeDominio(Exception):
    """A rule was not met. ``codigo`` is stable and tested; ``mensaje`` says what to do next."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo
        self.mensaje = mensaje

    def __str__(self) -> str:
        return str(self.mensaje)

    def __reduce__(self) -> tuple[Any, ...]:
        return rehacer, (type(self), self.args, self.__dict__)
