from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.inventario import faltas
from marco.orden_del_aula import OrdenDelAula

from ...consultas.inventario import en_markdown

INICIO, FIN = "<!-- inventario: inicio -->\n", "<!-- inventario: fin -->\n"


def poner(texto: str) -> str:
    """The document with the inventory of today between its two marks."""
    antes, marca, resto = texto.partition(INICIO)
    _viejo, otra, despues = resto.partition(FIN)
    if not (marca and otra):
        raise CommandError(_("El documento no tiene las dos marcas del inventario."))
    return f"{antes}{INICIO}\n{en_markdown()}\n{FIN}{despues}"


class Command(OrdenDelAula):
    help = "Imprime el inventario de datos personales, o lo escribe en su documento."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--escribir", nargs="?", type=Path, const=Path("docs/seguridad-datos.md"), metavar="ARCHIVO"
        )

    def handle(self, *args: Any, escribir: Path | None, **options: Any) -> None:
        if dichas := faltas():
            raise CommandError("\n".join(dichas))
        if escribir is None:
            self.stdout.write(en_markdown())
            return
        if not escribir.is_file():
            raise CommandError(_("No hay un archivo %(cual)s.") % {"cual": escribir})
        escribir.write_text(poner(escribir.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(_("Inventario escrito en %(donde)s.") % {"donde": escribir})
