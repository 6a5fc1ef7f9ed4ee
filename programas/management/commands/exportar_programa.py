from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cursos.models import Curso

from ...escritura import escribir_programa
from ...extraccion import extraer


class Command(BaseCommand):
    help = "Escribe el curso publicado como archivos, iguales a los que se cargan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", type=Path)
        parser.add_argument("--curso", default="", help="El «slug» del curso. Hace falta si hay más de uno.")

    def handle(self, *args: Any, carpeta: Path, curso: str, **opciones: Any) -> None:
        paginas = Curso.objects.live()
        if curso:
            paginas = paginas.filter(slug=curso)
        encontradas = list(paginas[:2])
        if len(encontradas) != 1:
            raise CommandError(_("Diga qué curso exportar, con --curso y su «slug»."))
        if carpeta.exists() and any(carpeta.iterdir()):
            raise CommandError(_("La carpeta %(carpeta)s no está vacía. Elija otra.") % {"carpeta": carpeta})
        programa = extraer(encontradas[0], avisar=lambda texto: self.stderr.write(texto))
        escritos = escribir_programa(programa, carpeta)
        self.stdout.write(_("%(n)d archivos en %(carpeta)s.") % {"n": len(escritos), "carpeta": carpeta})
