from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cursos.models import Curso
from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula

from ...escritura import escribir_programa
from ...extraccion import extraer
from ...fichas import Evaluacion, Programa
from ...lectura import leer_evaluacion
from ...sellado import banco_del_sitio


class Command(OrdenDelAula):
    help = "Escribe el curso publicado como archivos, iguales a los que se cargan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", type=Path)
        parser.add_argument(
            "--con-banco",
            action="store_true",
            help="Escribe también las evaluaciones del banco sellado.",
        )
        parser.add_argument("--curso", default="", help="El «slug» del curso. Hace falta si hay más de uno.")

    def handle(self, *args: Any, carpeta: Path, curso: str, con_banco: bool, **opciones: Any) -> None:
        paginas = Curso.objects.live()
        if curso:
            paginas = paginas.filter(slug=curso)
        encontradas = list(paginas[:2])
        if len(encontradas) != 1:
            raise CommandError(self._que_cursos_hay())
        if carpeta.exists() and any(carpeta.iterdir()):
            raise CommandError(_("La carpeta %(carpeta)s no está vacía. Elija otra.") % {"carpeta": carpeta})
        programa = extraer(encontradas[0], avisar=lambda texto: self.stderr.write(texto))
        if not con_banco:
            programa = self._sin_el_banco(programa)
        escritos = escribir_programa(programa, carpeta)
        self.stdout.write(_("%(n)d archivos en %(carpeta)s.") % {"n": len(escritos), "carpeta": carpeta})

    def _que_cursos_hay(self) -> str:
        """Say the word of each course: nobody wrote it, and no screen of the editor shows it."""
        hay = "; ".join(f"{una.slug} («{una.title}»)" for una in Curso.objects.live().order_by("path"))
        if not hay:
            return _("No hay ningún curso publicado.")
        return _("Diga qué curso exportar, con --curso y su «slug». Hay: %(cursos)s.") % {"cursos": hay}

    def _sin_el_banco(self, programa: Programa) -> Programa:
        """Leave out what is asked from a sealed bank: an export is a folder that people share."""
        try:
            banco = banco_del_sitio() or {}
            selladas = {leer_evaluacion(texto, nombre).clave for nombre, texto in banco.items()}
        except ErrorDeDominio as error:
            raise CommandError(str(error)) from error
        if not selladas:
            return programa
        frase = _("No se escriben las evaluaciones del banco sellado: %(claves)s. Para escribirlas: --con-banco.")
        self.stderr.write(frase % {"claves": ", ".join(sorted(selladas))})

        def las_demas(evaluaciones: tuple[Evaluacion, ...]) -> tuple[Evaluacion, ...]:
            return tuple(una for una in evaluaciones if una.clave not in selladas)

        curso = programa.curso
        modulos = tuple(replace(uno, evaluaciones=las_demas(uno.evaluaciones)) for uno in curso.modulos)
        return replace(programa, curso=replace(curso, modulos=modulos, evaluaciones=las_demas(curso.evaluaciones)))
