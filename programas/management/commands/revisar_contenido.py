from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from marco.orden_del_aula import OrdenDelAula

from ...carpetas import agregar_carpeta
from ...errores import ContenidoInvalido
from ...lectura import leer_programa
from ...revision import avisos, revisar


class Command(OrdenDelAula):
    help = "Revisa los archivos del programa: voz, tamaños, lectura y la norma detrás de cada respuesta."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        agregar_carpeta(parser)

    def handle(self, *args: Any, carpeta: Path, **opciones: Any) -> None:
        try:
            programa = leer_programa(carpeta)
            problemas, por_saber = revisar(programa), avisos(programa)
        except ContenidoInvalido as error:
            problemas, por_saber = list(error.problemas), []
        if problemas:
            lista = "\n".join(str(problema) for problema in problemas)
            raise CommandError(_("%(n)d por corregir:\n%(lista)s") % {"n": len(problemas), "lista": lista})
        self.stdout.write(_("El contenido cumple."))
        for aviso in por_saber:
            self.stdout.write(str(aviso))
