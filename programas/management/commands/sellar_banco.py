from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula

from ...errores import ContenidoInvalido
from ...lectura import leer_evaluacion
from ...sellado import leer_banco, nueva_llave, sellar


class Command(OrdenDelAula):
    help = "Guarda las evaluaciones de una carpeta en un archivo que solo abre su llave (KUSKA_LLAVE_DEL_BANCO)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", type=Path, nargs="?", help="Con un .yaml por evaluación. Fuera del repositorio.")
        parser.add_argument("archivo", type=Path, nargs="?", help="Dónde se escribe. Se puede copiar al servidor.")
        parser.add_argument("--nueva-llave", action="store_true", help="Imprime una llave nueva y termina.")

    def handle(self, *args: Any, carpeta: Path | None, archivo: Path | None, **opciones: Any) -> None:
        if opciones["nueva_llave"]:
            self.stdout.write(nueva_llave())
            return
        if carpeta is None or archivo is None:
            raise CommandError(_("Diga la carpeta con las evaluaciones y el archivo que se escribe."))
        try:
            archivos = leer_banco(carpeta)
            preguntas = sum(len(leer_evaluacion(texto, nombre).preguntas) for nombre, texto in archivos.items())
            archivo.write_bytes(sellar(archivos, valor("KUSKA_LLAVE_DEL_BANCO")))
        except ContenidoInvalido as error:
            raise CommandError(_("No se selló nada. Corrija esto:\n%(lista)s") % {"lista": error}) from error
        except ErrorDeDominio as error:
            raise CommandError(str(error)) from error
        archivo.chmod(0o600)
        frase = _("%(archivos)d evaluaciones con %(preguntas)d preguntas selladas en %(donde)s.")
        self.stdout.write(frase % {"archivos": len(archivos), "preguntas": preguntas, "donde": archivo})
