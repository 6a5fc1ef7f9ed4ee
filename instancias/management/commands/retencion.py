from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marco.orden_del_aula import OrdenDelAula

from ...consultas.conservacion import por_quitar
from ...services.retencion import retener


class Command(OrdenDelAula):
    help = "Quita los datos que ya cumplieron su plazo. Con --ver solo dice qué quitaría."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--ver", action="store_true", help="Dice qué quitaría y no quita nada.")

    def handle(self, *args: Any, ver: bool, **options: Any) -> None:
        ahora = timezone.now()
        for una in por_quitar(ahora=ahora):
            frase = _("%(titulo)s: %(cuantos)d (se guardan %(dias)d días)")
            self.stdout.write(frase % {"titulo": una.titulo, "cuantos": una.cuantos, "dias": una.dias})
        if not ver:
            quitadas = retener(ahora=ahora).quitadas
            self.stdout.write(_("Se quitaron %(n)d en total.") % {"n": sum(quitadas.values())})
