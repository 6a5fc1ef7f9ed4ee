"""What the commands of the rooms share: whatever the machine does not allow is told in a sentence."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from .razones import razon_de


class OrdenDelAula(BaseCommand):
    """A full disk, a folder of another account, a base that does not answer: ``--traceback`` shows where it was."""

    def execute(self, *args: Any, **opciones: Any) -> str | None:
        try:
            return super().execute(*args, **opciones)
        except BrokenPipeError:  # who read it has enough
            raise
        except (OSError, DatabaseError) as error:
            raise CommandError(_("No se terminó. %(razon)s") % {"razon": razon_de(error)}) from error
