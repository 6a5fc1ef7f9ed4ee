from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.contenido.lectura import leer_programa
from cms.contenido.tabla import escribir

from .cargar_programa import PILOTO


class Command(BaseCommand):
    help = "Escribe docs/programa.md: módulos, horas, lecciones, pasos, palabras, lectura, preguntas y artículos."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", nargs="?", type=Path, default=PILOTO)
        parser.add_argument("--salida", type=Path, default=settings.BASE_DIR / "docs" / "programa.md")

    def handle(self, *args: Any, carpeta: Path, salida: Path, **opciones: Any) -> None:
        salida.write_text(escribir(leer_programa(carpeta)), encoding="utf-8")
        self.stdout.write(str(salida))
