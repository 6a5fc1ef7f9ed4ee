"""Load a service that is on, of the demonstration, from other processes; with pass or fail."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.carga import gente, telefonos
from cms.carga.telefonos import Resumen
from cms.demo.datos import hay_datos
from cms.preparar import rechazar_un_aula

METAS = {"respuestas": (0.4, "p95 ≤ 400 ms"), "envios": (5.0, "p95 ≤ 5 s"), "entradas": (10.0, "todas en 10 s")}


class Command(BaseCommand):
    help = "Carga un aula de ejemplo encendida, como lo harían los celulares, y dice qué se perdió y cuánto se esperó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("modo", choices=["preparar", *METAS])
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
        resumen = telefonos.enviar(
            opciones["url"],
            self.pedidos(modo, personas, opciones),
            procesos=opciones["procesos"],
            hilos=opciones["hilos"],
        )
        self.decir(modo, resumen)

    def pedidos(self, modo: str, personas: list[dict[str, Any]], opciones: dict[str, Any]) -> list[telefonos.Pedido]:
        if modo == "respuestas":
            return telefonos.respuestas(personas, por_segundo=opciones["por_segundo"], segundos=opciones["segundos"])
        if modo == "envios":
            return telefonos.envios(personas, segundos=5.0)
        return telefonos.entradas(personas, gente.CLAVE)

    def decir(self, modo: str, resumen: Resumen) -> None:
        """Print the figures, and end with an error when something was lost, failed or was late."""
        faltan = gente.sin_guardar(resumen.confirmadas)
        p50, p95, todas = resumen.centil(0.5), resumen.centil(0.95), max(resumen.esperas, default=0.0)
        malas = sum(n for estado, n in resumen.estados.items() if estado.startswith("5") and estado != "503")
        self.stdout.write(f"{modo}: {len(resumen.esperas)} hechas, {resumen.estados['503']} veces «ocupada»")
        self.stdout.write(f"respuestas del servidor: {dict(sorted(resumen.estados.items()))}")
        self.stdout.write(f"espera: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, la mayor {todas * 1000:.0f} ms")
        self.stdout.write(f"confirmadas que no están en la base: {faltan}; que nunca entraron: {resumen.perdidas}")
        limite, meta = METAS[modo]
        visto = todas if modo == "entradas" else p95
        faltas = [f"{faltan} perdidas"] * bool(faltan) + [f"{malas} errores"] * bool(malas)
        faltas += [f"{resumen.perdidas} sin entrar"] * bool(resumen.perdidas) + [meta] * (visto > limite)
        if faltas:
            raise CommandError(f"NO cumple: {', '.join(faltas)}")
        self.stdout.write(f"cumple: {meta}, nada perdido")
