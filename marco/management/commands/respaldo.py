from typing import Any

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ...orden_del_aula import OrdenDelAula
from ...respaldo.comprobar import comprobar
from ...respaldo.copiar import borrar_las_que_sobran, respaldar


class Command(OrdenDelAula):
    help = "Hace una copia cifrada de la base, los archivos y las llaves mientras el aula atiende."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--verificar", action="store_true", help="Después la restaura en otra parte y la compara.")
        parser.add_argument(
            "--limpiar", action="store_true", help="Después borra las copias que ya cumplieron su plazo."
        )

    def handle(self, *args: Any, verificar: bool, limpiar: bool, **options: Any) -> None:
        copia = respaldar(ahora=timezone.now())
        frase = _("Copia hecha: %(donde)s (%(filas)s filas, %(archivos)s archivos, %(mb)s MB, %(segundos)s s).")
        datos = {
            "donde": copia.archivo,
            "filas": number_format(copia.filas),
            "archivos": number_format(len(copia.manifiesto["archivos"])),
            "mb": floatformat(copia.archivo.stat().st_size / 1_000_000, 1),
            "segundos": floatformat(copia.segundos, 1),
        }
        self.stdout.write(frase % datos)
        if verificar:
            resultado = comprobar(copia.archivo, ahora=timezone.now(), decir=self.stdout.write)
            self.stdout.write(_("Restaurada y comparada: %(n)s filas iguales.") % {"n": number_format(resultado.filas)})
        if limpiar and (borradas := borrar_las_que_sobran(ahora=timezone.now())):
            self.stdout.write(_("Se borraron %(n)d copias que cumplieron su plazo.") % {"n": len(borradas)})
