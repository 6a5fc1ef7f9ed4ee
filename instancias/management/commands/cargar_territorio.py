import json
from pathlib import Path

import yaml
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.orden_del_aula import OrdenDelAula

from ...models import Asiento, Instancia, Territorio
from ...services.territorio import cargar_territorio, cargar_tipos_de_asiento, leer_contornos


class Command(OrdenDelAula):
    help = "Carga el territorio, las instancias y sus asientos desde un archivo de datos."

    def add_arguments(self, parser) -> None:
        parser.add_argument("archivo", type=Path)

    def handle(self, *args, archivo: Path, **options) -> None:
        if not archivo.is_file():
            raise CommandError(_("No hay un archivo %(cual)s.") % {"cual": archivo})
        datos = yaml.safe_load(archivo.read_text(encoding="utf-8"))
        contornos = {}
        if datos.get("contornos"):
            contornos = leer_contornos(json.loads((archivo.parent / datos["contornos"]).read_text(encoding="utf-8")))
        cargar_tipos_de_asiento()
        cargar_territorio(datos=datos, contornos=contornos)
        self.stdout.write(
            _("%(territorios)d territorios, %(instancias)d instancias, %(asientos)d asientos.")
            % {
                "territorios": Territorio.objects.count(),
                "instancias": Instancia.objects.propias().count(),
                "asientos": Asiento.objects.count(),
            }
        )
