from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.variables import en_filas
from marco.orden_del_aula import OrdenDelAula

DOCUMENTO = Path("docs") / "despliegue" / "variables.md"
CABEZA = """# Variables de entorno

«Servidor» es PostgreSQL con gunicorn y Celery; «una máquina», `kuska servir`. Lo escribe
`manage.py variables --escribir`.

"""


class Command(OrdenDelAula):
    help = "Dice las variables de entorno que se leen, o las escribe en docs/despliegue/variables.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--escribir", action="store_true")

    def handle(self, *args: Any, escribir: bool, **opciones: Any) -> None:
        if escribir:
            (settings.BASE_DIR / DOCUMENTO).write_text(CABEZA + en_filas(), encoding="utf-8")
            return
        self.stdout.write(CABEZA + en_filas())
