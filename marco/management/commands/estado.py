"""How the service is, in a terminal: ``manage.py estado``. Exits with 1 when something is wrong.

With ``--avisar`` it also tells whom the clock would: a timer of the system that runs it does not depend on the clock.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.estado import BIEN, MAL, MIRAR, lineas
from marco.services.avisar import avisar

from ...orden_del_aula import OrdenDelAula

COMO = {BIEN: "✓", MIRAR: "·", MAL: "✗"}


class Command(OrdenDelAula):
    help = "Dice cómo está el servicio, como «Estado del aula». Termina con 1 si algo está mal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Lo escribe en JSON.")
        parser.add_argument("--avisar", action="store_true", help="Avisa a KUSKA_AVISOS_A de lo que toca avisar.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        ahora = timezone.now()
        dichas = avisar(ahora=ahora) if opciones["avisar"] else lineas(ahora=ahora)
        if opciones["json"]:
            cuerpo = {"lineas": [asdict(una) for una in dichas]}
            self.stdout.write(json.dumps(cuerpo, ensure_ascii=False, indent=1))
        else:
            for una in dichas:
                self.stdout.write(f"{COMO[una.estado]} {una.nombre}: {una.dice}")
                if una.que_hacer:
                    self.stdout.write("    " + _("Qué hacer: %(que)s") % {"que": una.que_hacer})
        if malas := sum(una.estado == MAL for una in dichas):
            dicho = ngettext("%(n)d línea está mal.", "%(n)d líneas están mal.", malas) % {"n": malas}
            raise CommandError(dicho, returncode=1)
