"""What stops a copy, its check or a return: a sentence for whoever typed the command, and a code for tests."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from marco.errores import rehacer


class ErrorDeRespaldo(CommandError):
    def __init__(self, codigo: str, mensaje: str) -> None:
        super().__init__(mensaje)
        self.codigo = codigo
        self.mensaje = mensaje

    def __reduce__(self) -> tuple[Any, ...]:
        return rehacer, (type(self), self.args, self.__dict__)
