import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula

from ...carga import cargar
from ...carpetas import agregar_carpeta
from ...errores import ContenidoInvalido
from ...fichas import Programa
from ...lectura import leer_programa
from ...plantillas import asegurar_plantilla
from ...revision import avisos
from ...sellado import banco_del_sitio, con_preguntas_publicas


class Command(OrdenDelAula):
    help = "Carga o actualiza el programa desde sus archivos. Repetirlo sin cambios no hace nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        agregar_carpeta(parser)
        parser.add_argument(
            "--certificado",
            type=Path,
            default=valor("KUSKA_CERTIFICADO"),
            help="Quién emite y quién firma. Sin él, la plantilla se hace en el editor.",
        )
        parser.add_argument(
            "--sobrescribir",
            action="store_true",
            help="Pone lo de los archivos también donde alguien editó la página. Lo editado queda en su historial.",
        )

    def handle(self, *args: Any, carpeta: Path, certificado: Path | None, sobrescribir: bool, **opciones: Any) -> None:
        inicio = time.monotonic()
        avisar = self.stdout.write if opciones["verbosity"] else (lambda texto: None)
        try:
            programa = leer_programa(carpeta, banco=banco_del_sitio())
            resumen = cargar(programa, ahora=timezone.now(), avisar=avisar, sobrescribir=sobrescribir)
            if certificado:
                asegurar_plantilla(certificado)
        except ContenidoInvalido as error:
            raise CommandError(_("No se cargó nada. Corrija esto:\n%(lista)s") % {"lista": error}) from error
        except ErrorDeDominio as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:  # a page that does not go live
            raise CommandError(" ".join(error.messages)) from error
        for aviso in avisos(programa):
            avisar(str(aviso))
        avisar(_de_donde_pregunta(programa))
        avisar(
            _(
                "%(publicadas)d páginas publicadas, %(iguales)d sin cambios, %(retiradas)d retiradas, "
                "%(conflictos)d por decidir (%(segundos).1f s)."
            )
            % {
                "publicadas": len(resumen.publicadas),
                "iguales": resumen.sin_cambios,
                "retiradas": len(resumen.retiradas),
                "conflictos": len(resumen.en_conflicto),
                "segundos": time.monotonic() - inicio,
            }
        )


def _de_donde_pregunta(programa: Programa) -> str:
    """Say plainly whether what carries a mark is asked from questions that anybody can read."""
    selladas = sum(una.sellada for una in programa.curso.todas_las_evaluaciones())
    abiertas = con_preguntas_publicas(programa)
    if not abiertas:
        return _("Banco sellado: %(n)d evaluaciones con preguntas que no están en el programa.") % {"n": selladas}
    frase = _(
        "Banco de demostración: %(abiertas)d evaluaciones con nota usan las preguntas públicas del programa, "
        "que cualquiera puede leer. Sirve para mostrar y practicar. "
        "Para certificar, use un banco sellado (KUSKA_BANCO)."
    )
    return frase % {"abiertas": abiertas}
