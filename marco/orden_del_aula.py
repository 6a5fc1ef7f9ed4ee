"""What the commands of the rooms share: whatever stops them is told in a sentence, and nothing else."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from .razones import razon_de


class OrdenEnPalabras(BaseCommand):
    """Django writes «CommandError: …»: whoever types a command reads the sentence. ``--traceback`` shows the rest."""

    def execute(self, *args: Any, **opciones: Any) -> str | None:
        try:
            return self.hacer(*args, **opciones)
        except CommandError as error:
            if not self._called_from_command_line or opciones.get("traceback") or isinstance(error, SystemCheckError):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def hacer(self, *args: Any, **opciones: Any) -> str | None:
        return super().execute(*args, **opciones)


class OrdenDelAula(OrdenEnPalabras):
    """A full disk, a folder of another account or a base that does not answer are told as well."""

    def hacer(self, *args: Any, **opciones: Any) -> str | None:
        try:
            return super().hacer(*args, **opciones)
        except BrokenPipeError:  # who read it has enough
            raise
        except (OSError, DatabaseError) as error:
            raise CommandError(_("No se terminó. %(razon)s") % {"razon": razon_de(error)}) from error
