from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from ...orden_del_aula import OrdenDelAula
from ...respaldo.actualizar import actualizar


class Command(OrdenDelAula):
    help = "Pone la base al día con este programa: copia, ensayo sobre la copia, cambios, y vuelta atrás si algo falla."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--sin-ensayo", action="store_true", help="No ensaya antes sobre la copia.")

    def handle(self, *args: Any, sin_ensayo: bool, **options: Any) -> None:
        hecha = actualizar(ahora=timezone.now(), ensayo=not sin_ensayo, decir=self.stdout.write)
        for poner in hooks.get_hooks("al_actualizar_el_aula"):
            poner(self.stdout.write)
        if not hecha.cambios:
            self.stdout.write(_("La base ya está al día con Kuska %(cual)s.") % {"cual": hecha.programa})
        else:
            frase = _("Lista: la base está al día con Kuska %(cual)s (%(n)d cambios).")
            self.stdout.write(frase % {"cual": hecha.programa, "n": hecha.cambios})
        if hecha.copia:
            frase = _(
                "Si algo no va bien: instale la versión anterior y ejecute «sudo aula restaurar %(copia)s --encima». "
                "Volverá a como estaba; lo que se haga desde ahora se pierde."
            )
            self.stdout.write(frase % {"copia": hecha.copia})
        if hecha.rotas:
            raise CommandError(_("Después de actualizar no se cumplen: %(cuales)s") % {"cuales": " ".join(hecha.rotas)})
