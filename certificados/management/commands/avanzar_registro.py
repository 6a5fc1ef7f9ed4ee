from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.orden_del_aula import OrdenDelAula

from ...models import ContadorDeRegistro
from ...services.registro import avanzar_registro

MAYOR = 2_000_000_000


class Command(OrdenDelAula):
    help = "Deja atrás los números de registro que ya pudieron imprimirse. El contador solo avanza."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("anio", type=int, metavar="AÑO")
        parser.add_argument("hasta", type=int, metavar="NÚMERO", help="El último que ya está en un papel.")

    def handle(self, *args: Any, anio: int, hasta: int, **options: Any) -> None:
        if not (2000 <= anio <= 2200 and 0 <= hasta <= MAYOR):
            frase = _("Escriba el año y el último número, por ejemplo: avanzar_registro 2026 4512. Se leyó %(que)s.")
            raise CommandError(frase % {"que": f"{anio} {hasta}"})
        avanzar_registro(anio=anio, hasta=hasta)
        ultimo = ContadorDeRegistro.objects.values_list("ultimo", flat=True).get(anio=anio)
        self.stdout.write(_("El próximo número de %(anio)d es el %(n)04d.") % {"anio": anio, "n": ultimo + 1})
