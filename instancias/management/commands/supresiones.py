import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.orden_del_aula import OrdenDelAula

from ...models import Supresion
from ...services.supresion import suprimir_otra_vez


class Command(OrdenDelAula):
    help = "Guarda la lista de registros suprimidos, por número, o la aplica después de restaurar un respaldo."

    def add_arguments(self, parser: Any) -> None:
        grupo = parser.add_mutually_exclusive_group(required=True)
        grupo.add_argument("--escribir", type=Path, metavar="ARCHIVO", help="Guárdelo fuera de la máquina.")
        grupo.add_argument("--aplicar", type=Path, metavar="ARCHIVO", help="Después de restaurar, antes de abrir.")

    def handle(self, *args: Any, escribir: Path | None, aplicar: Path | None, **options: Any) -> None:
        if escribir is not None:
            numeros = sorted({n for personas in Supresion.objects.values_list("personas", flat=True) for n in personas})
            escribir.write_text(json.dumps({"registros": numeros}), encoding="utf-8")
            self.stdout.write(_("%(n)d registros en %(donde)s.") % {"n": len(numeros), "donde": escribir})
            return
        try:
            numeros = json.loads((aplicar or Path()).read_text(encoding="utf-8"))["registros"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(_("El archivo no es una lista de registros suprimidos.")) from error
        hecha = suprimir_otra_vez(personas=numeros, ahora=timezone.now())
        self.stdout.write(_("%(n)d registros suprimidos otra vez.") % {"n": len(hecha.personas) if hecha else 0})
