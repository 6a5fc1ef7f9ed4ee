from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula

from ...services.ubigeo import cargar_provincia, leer_tabla


class Command(OrdenDelAula):
    help = "Carga una provincia de una tabla nacional de UBIGEO (CSV), con sus instancias y los asientos de la norma."

    def add_arguments(self, parser) -> None:
        parser.add_argument("tabla", type=Path, help="CSV con códigos INEI y RENIEC, y los tres nombres")
        parser.add_argument("provincia", help="código INEI de la provincia, de 4 números")
        parser.add_argument(
            "--atendida",
            action="append",
            default=[],
            metavar="UBIGEO",
            help="distrito sin instancia propia, que atiende la provincial; se puede repetir",
        )

    def handle(self, *args, tabla: Path, provincia: str, atendida: list[str], **options) -> None:
        if not tabla.is_file():
            raise CommandError(_("No hay un archivo %(cual)s.") % {"cual": tabla})
        try:
            cargada = cargar_provincia(tabla=leer_tabla(tabla.read_bytes()), ubigeo=provincia, atendidas=atendida)
        except ErrorDeDominio as error:
            raise CommandError(str(error)) from error
        for aviso in cargada.avisos:
            self.stdout.write(aviso)
        frase = _("%(nombre)s: %(territorios)d territorios, %(instancias)d instancias y %(asientos)d asientos nuevos.")
        self.stdout.write(frase % vars(cargada))
