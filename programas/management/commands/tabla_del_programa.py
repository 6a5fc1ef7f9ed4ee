from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from marco.orden_del_aula import OrdenDelAula

from ...carpetas import agregar_carpeta
from ...lectura import leer_programa
from ...tabla import escribir


class Command(OrdenDelAula):
    help = "Escribe docs/programa.md: módulos, horas, lecciones, pasos, palabras, lectura, preguntas y artículos."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        agregar_carpeta(parser)
        parser.add_argument("--salida", type=Path, default=Path("docs") / "programa.md")

    def handle(self, *args: Any, carpeta: Path, salida: Path, **opciones: Any) -> None:
        salida.write_text(escribir(leer_programa(carpeta)), encoding="utf-8")
        self.stdout.write(str(salida))
