from typing import Any

from django.core.management.base import CommandError
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ...orden_del_aula import OrdenDelAula
from ...respaldo.comprobar import comprobar
from ...respaldo.copiar import borrar_las_que_sobran, respaldar
from ...respaldo.seguidas import comprobar_la_ultima, respaldar_seguido


class Command(OrdenDelAula):
    help = "Hace una copia cifrada de la base, los archivos y las llaves mientras el aula atiende."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--verificar", action="store_true", help="Después la restaura en otra parte y la compara.")
        parser.add_argument(
            "--limpiar", action="store_true", help="Después borra las copias que ya cumplieron su plazo."
        )

        parser.add_argument(
            "--seguida", action="store_true", help="La de cada pocos minutos: se apoya en la última entera."
        )

    def handle(self, *args: Any, verificar: bool, limpiar: bool, seguida: bool, **options: Any) -> None:
        if seguida:
            if verificar or limpiar:
                raise CommandError(_("«--seguida» va sola: la que queda de ellas se comprueba con la de la noche."))
            self._seguida()
            return
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
            if comprobar_la_ultima(ahora=timezone.now()) is False:
                self.stderr.write(_("La última copia de cada pocos minutos no sirve: mire «Estado del aula»."))
        if limpiar and (borradas := borrar_las_que_sobran(ahora=timezone.now())):
            self.stdout.write(_("Se borraron %(n)d copias que cumplieron su plazo.") % {"n": len(borradas)})

    def _seguida(self) -> None:
        copia = respaldar_seguido(ahora=timezone.now())
        if copia is None:
            self.stdout.write(_("No cambió nada desde la última: no hacía falta otra."))
            return
        datos = {
            "donde": copia.archivo,
            "mb": floatformat(copia.archivo.stat().st_size / 1_000_000, 1),
            "segundos": floatformat(copia.segundos, 1),
        }
        self.stdout.write(_("Copia hecha: %(donde)s (%(mb)s MB, %(segundos)s s).") % datos)
