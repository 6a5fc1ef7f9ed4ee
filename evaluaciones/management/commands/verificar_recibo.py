from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.formats import date_format

from marco.orden_del_aula import OrdenDelAula

from ...consultas.recibos import Veredicto, verificar


class Command(OrdenDelAula):
    help = "Dice si un recibo es auténtico, por su código o por su texto entero. Sale con 1 si no lo es."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("recibo", help="El código (7K3M-9XQ2-4T5P) o el texto firmado.")

    def handle(self, *args: Any, recibo: str, **opciones: Any) -> None:
        hallado = verificar(recibo)
        if hallado.veredicto != Veredicto.VALIDO:
            raise CommandError(hallado.mensaje, returncode=1)
        assert hallado.recibo is not None  # noqa: S101  (a valid one was read)
        cuando = date_format(timezone.localtime(hallado.recibo.recibido_en), "DATETIME_FORMAT")
        self.stdout.write(f"{hallado.mensaje} {hallado.recibo.codigo_legible}. Recibido: {cuando}")
        self.stdout.write(f"{hallado.curso} · {hallado.titulo} · intento {hallado.recibo.numero}")
