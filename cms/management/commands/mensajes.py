from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from cms.mensajes import compilar
from marco.orden_del_aula import OrdenDelAula


class Command(OrdenDelAula):
    help = "Compila los catálogos de textos. Con --recoger, antes junta los textos para otro idioma."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recoger", metavar="IDIOMA", help="Por ejemplo «qu». Necesita las herramientas gettext.")
        parser.add_argument("--revisar", action="store_true", help="Solo dice si algún catálogo no está al día.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if idioma := opciones["recoger"]:
            call_command("makemessages", locale=[idioma], ignore_patterns=["var/*", "tests/*", ".venv/*"])
        viejos = []
        for po in sorted(po for carpeta in settings.LOCALE_PATHS for po in Path(carpeta).rglob("*.po")):
            mo, nuevo = po.with_suffix(".mo"), compilar(po)
            if mo.exists() and mo.read_bytes() == nuevo:
                continue
            viejos.append(str(mo))
            if not opciones["revisar"]:
                mo.write_bytes(nuevo)
        if viejos and opciones["revisar"]:
            raise CommandError(f"Corra «make mensajes»: no están al día {', '.join(viejos)}")
        self.stdout.write(f"Catálogos compilados: {len(viejos)}.")
