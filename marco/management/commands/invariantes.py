"""Look at what is kept: ``manage.py invariantes``. Exits with 1 when a rule is broken, naming its rows."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.invariantes import HASTA, Resultado, que_hacer_sin_saber, revisar, todas
from marco.services.comprobar import comprobar

from ...orden_del_aula import OrdenDelAula


class Command(OrdenDelAula):
    help = "Comprueba que lo guardado cumple sus reglas. Termina con 1 si alguna no se cumple."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Escribe los resultados en JSON.")
        parser.add_argument("--rapido", action="store_true", help="Deja fuera las que leen todas las filas y archivos.")
        parser.add_argument("--solo", action="append", default=[], metavar="REGLA", help="Solo esta regla; se repite.")
        parser.add_argument("--no-anotar", action="store_true", help="No la anota en «Estado del aula».")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if ajenas := set(opciones["solo"]) - {una.clave for una in todas()}:
            raise CommandError(_("No hay una regla llamada %(cual)s.") % {"cual": ", ".join(sorted(ajenas))})
        if opciones["solo"] or opciones["no_anotar"]:
            resultados = list(revisar(rapido=opciones["rapido"], solo=opciones["solo"]))
        else:
            _hecha, resultados = comprobar(rapido=opciones["rapido"])
        rotas = [uno for uno in resultados if not uno.se_cumple]
        if opciones["json"]:
            cuerpo = {"cumple": not rotas, "reglas": [uno.plano() for uno in resultados]}
            self.stdout.write(json.dumps(cuerpo, ensure_ascii=False, indent=1))
        else:
            self._en_palabras(resultados)
        if rotas:
            dicho = ngettext("%(n)d regla no se cumple.", "%(n)d reglas no se cumplen.", len(rotas)) % {"n": len(rotas)}
            raise CommandError(dicho, returncode=1)

    def _en_palabras(self, resultados: list[Resultado]) -> None:
        for uno in resultados:
            self.stdout.write(f"{'✓' if uno.se_cumple else '✗'} {uno.dice} ({uno.clave}, {uno.segundos:.1f} s)")
            if uno.se_cumple:
                continue
            if uno.error:
                dicho = _("No se pudo saber. %(razon)s") % {"razon": uno.razon}
                self.stdout.write(f"    {dicho}\n    {que_hacer_sin_saber()}")
                continue
            cuantas = f"{uno.faltas}+" if uno.faltas >= HASTA else uno.faltas
            dicho = _("%(n)s filas: %(cuales)s") % {"n": cuantas, "cuales": ", ".join(uno.ejemplos)}
            self.stdout.write(f"    {dicho}\n    {uno.que_hacer}")
