from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...del_sistema import del_sistema
from ...orden_del_aula import OrdenDelAula
from ...respaldo.carpeta import buscar
from ...respaldo.volver import restaurar, sacar_llaves, sin_terminar, terminar, ya_repuesta


class Command(OrdenDelAula):
    help = "Pone una copia en el lugar de lo que hay, y dice qué queda por hacer. Apague antes el servicio."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("copia", nargs="?", default="", help="Archivo «.respaldo»; sin decirlo, la última.")
        parser.add_argument(
            "--encima", action="store_true", help="Aunque ya haya datos. Antes se hace una copia de ellos."
        )
        parser.add_argument(
            "--sin-copia-previa", action="store_true", help="Si lo que hay está dañado y no se deja copiar."
        )
        parser.add_argument("--terminar", action="store_true", help="Sigue con una restauración que se cortó.")
        parser.add_argument(
            "--ya-repuesta", action="store_true", help="La base volvió por su diario (WAL): hace lo que falta después."
        )
        parser.add_argument("--llaves", metavar="ARCHIVO", help="Solo saca las llaves de un archivo «.llaves»…")
        parser.add_argument("--en", metavar="DESTINO", default="llaves.env", help="…y las escribe aquí.")

    def handle(self, *args: Any, copia: str, **opciones: Any) -> None:
        if opciones["llaves"]:
            self._llaves(buscar(opciones["llaves"]), Path(opciones["en"]))
            return
        ahora = timezone.now()
        if opciones["terminar"]:
            if not sin_terminar():
                raise CommandError(_("No hay una restauración por terminar."))
            frases = terminar(ahora=ahora, decir=self.stdout.write)
        elif opciones["ya_repuesta"]:
            frases = ya_repuesta(ahora=ahora, decir=self.stdout.write)
        else:
            frases = restaurar(
                buscar(copia),
                ahora=ahora,
                encima=opciones["encima"],
                copia_previa=not opciones["sin_copia_previa"],
                decir=self.stdout.write,
            )
        self.stdout.write(_("Restaurada. Qué se hizo y qué queda por hacer:"))
        for frase in frases:
            self.stdout.write(f"- {frase}")

    def _llaves(self, archivo: Path, destino: Path) -> None:
        try:
            nombres = sacar_llaves(archivo, destino)
        except FileExistsError as error:
            raise CommandError(_("Ya hay un archivo %(cual)s: diga otro con --en.") % {"cual": destino}) from error
        except OSError as error:
            frase = _("No se puede escribir %(cual)s (%(error)s): diga otro lugar con --en.")
            raise CommandError(frase % {"cual": destino, "error": del_sistema(error.errno)}) from error
        frase = _(
            "Se escribieron %(cuales)s en %(donde)s. Póngalas en las variables del aula, en lugar de las que haya, y "
            "borre ese archivo."
        )
        self.stdout.write(frase % {"cuales": ", ".join(nombres), "donde": destino})
