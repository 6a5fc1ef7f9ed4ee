"""Load a service that is on, of the demonstration, from other processes; with pass or fail."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from cms.carga import gente, telefonos
from cms.carga.modos import pedidos_de
from cms.carga.resultado import TOPES, Resultado
from cms.demo.datos import hay_datos
from cms.preparar import rechazar_un_aula
from marco.orden_del_aula import OrdenDelAula


class Command(OrdenDelAula):
    help = "Carga un aula de ejemplo encendida, como lo harían los celulares, y dice qué se perdió y cuánto se esperó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("modo", choices=["preparar", *TOPES])
        parser.add_argument("--url", default="http://localhost:8000")
        parser.add_argument("--personas", type=int, default=300)
        parser.add_argument("--por-segundo", type=float, default=50)
        parser.add_argument("--segundos", type=float, default=60)
        parser.add_argument("--procesos", type=int, default=2, help="De los celulares, no del aula.")
        parser.add_argument("--hilos", type=int, default=100)

    def handle(self, *args: Any, modo: str, **opciones: Any) -> None:
        rechazar_un_aula()
        if not hay_datos():
            raise CommandError("La carga usa los datos de la demostración: enciéndala primero con «make demo».")
        archivo = Path(settings.VAR_DIR) / "carga.json"
        if modo == "preparar":
            archivo.write_text(json.dumps(gente.preparar(opciones["personas"])))
            archivo.chmod(0o600)
            self.stdout.write(f"{opciones['personas']} personas listas, dentro y con su evaluación empezada.")
            return
        if not archivo.exists():
            raise CommandError("Prepare antes a las personas: manage.py carga preparar")
        personas = json.loads(archivo.read_text())[: opciones["personas"]]
        pedidos = pedidos_de(modo, personas, por_segundo=opciones["por_segundo"], segundos=opciones["segundos"])
        resumen = telefonos.enviar(opciones["url"], pedidos, procesos=opciones["procesos"], hilos=opciones["hilos"])
        self.stdout.write(f"respuestas del servidor: {dict(sorted(resumen.estados.items()))}")
        self.decir(Resultado.de(modo, resumen, faltan=gente.sin_guardar(resumen.confirmadas)))

    def decir(self, uno: Resultado) -> None:
        """Print the figures, and end with an error when something was lost, failed or was late."""
        self.stdout.write(
            f"{uno.modo}: {uno.hechas} hechas, {uno.ocupada} veces «ocupada», {uno.confirmadas} guardadas"
        )
        espera = f"espera: p50 {uno.p50 * 1000:.0f} ms, p95 {uno.p95 * 1000:.0f} ms, la mayor {uno.mayor * 1000:.0f} ms"
        self.stdout.write(espera)
        self.stdout.write(f"confirmadas que no están en la base: {uno.faltan}; que nunca entraron: {uno.perdidas}")
        if uno.faltas:
            raise CommandError(uno.veredicto)
        self.stdout.write(uno.veredicto)
