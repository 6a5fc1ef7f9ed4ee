from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cms.contenido.errores import ContenidoInvalido
from cms.contenido.lectura import leer_programa
from cms.contenido.revision import revisar

from .cargar_programa import PILOTO


class Command(BaseCommand):
    help = "Revisa los archivos del programa: voz, tamaños, lectura y la norma detrás de cada respuesta."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", nargs="?", type=Path, default=PILOTO)

    def handle(self, *args: Any, carpeta: Path, **opciones: Any) -> None:
        try:
            problemas = revisar(leer_programa(carpeta))
        except ContenidoInvalido as error:
            problemas = list(error.problemas)
        if problemas:
            lista = "\n".join(str(problema) for problema in problemas)
            raise CommandError(_("%(n)d por corregir:\n%(lista)s") % {"n": len(problemas), "lista": lista})
        self.stdout.write(_("El contenido cumple."))
