from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ...orden_del_aula import OrdenDelAula
from ...respaldo.carpeta import buscar
from ...respaldo.comprobar import comprobar


class Command(OrdenDelAula):
    help = (
        "Restaura una copia en otra parte y compara cuentas, huellas e invariantes. Termina en 1 si algo no es igual."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("copia", nargs="?", default="", help="Archivo «.respaldo»; sin decirlo, la última.")

    def handle(self, *args: Any, copia: str, **options: Any) -> None:
        archivo = buscar(copia)
        self.stdout.write(_("Se comprueba %(cual)s.") % {"cual": archivo.name})
        resultado = comprobar(archivo, ahora=timezone.now(), decir=self.stdout.write)
        frase = _("Buena: %(filas)s filas y %(archivos)s archivos iguales.")
        datos = {"filas": number_format(resultado.filas), "archivos": number_format(resultado.archivos)}
        self.stdout.write(frase % datos)
        if resultado.rotas:
            frase = _("La copia es igual a su original, y lo guardado no cumple estas reglas: %(cuales)s")
            raise CommandError(frase % {"cuales": " ".join(resultado.rotas)})
