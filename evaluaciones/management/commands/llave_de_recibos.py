from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from marco.orden_del_aula import OrdenDelAula

from ...recibos import LlaveInvalida, nueva_llave, parte_publica


class Command(OrdenDelAula):
    help = "Imprime una llave nueva para firmar recibos (KUSKA_LLAVES_DE_RECIBO). Guárdela como secreto."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--publica-de", metavar="LLAVE", help="Imprime la parte que se deja al retirar una llave.")

    def handle(self, *args: Any, publica_de: str | None, **opciones: Any) -> None:
        try:
            self.stdout.write(parte_publica(publica_de) if publica_de else nueva_llave(timezone.localdate()))
        except LlaveInvalida as error:
            raise CommandError("Esa no es una llave de recibos.") from error
