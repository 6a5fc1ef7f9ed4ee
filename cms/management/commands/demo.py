import json
import os
import shutil
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from cms.demo import datos
from cms.demo.edicion import exigir_la_de_hoy
from cms.demo.paginas import paginas
from cms.preparar import rechazar_un_aula
from marco.orden_del_aula import OrdenEnPalabras
from marco.servicio.familia import Medidas, edicion, servir
from marco.servicio.fondo import preparar_cola
from marco.servicio.puerta import abrir, direccion_publica, puerto_de, tomar_turno


class Command(OrdenEnPalabras):
    help = "Enciende el aula completa en esta máquina, con personas inventadas. Lo que se haga en ella queda guardado."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--puerto", default=os.environ.get("KUSKA_PUERTO") or "8000")
        parser.add_argument("--direccion", default=os.environ.get("KUSKA_DIRECCION") or "127.0.0.1")
        parser.add_argument("--reiniciar", action="store_true", help="Borra los datos de ejemplo y empieza de nuevo.")
        parser.add_argument(
            "--direcciones", action="store_true", help="Dice en JSON por dónde se entra y qué hay que ver."
        )
        parser.add_argument("--solo-datos", action="store_true", help="Prepara los datos y termina sin encender.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("La demostración usa SQLite en ./var; quite DATABASE_URL del entorno.")
        if opciones["direcciones"]:
            self.decir_direcciones()
            return
        # Every process is made from this one: all compose reminders and papers with the same address.
        puerto = puerto_de(str(opciones["puerto"]))
        settings.WAGTAILADMIN_BASE_URL = direccion_publica(opciones["direccion"], puerto)
        inicio, medidas = time.monotonic(), Medidas.del_entorno()
        with ExitStack() as abierto:
            abierto.enter_context(tomar_turno(settings.VAR_DIR))
            rechazar_un_aula()
            if sirve := not opciones["solo_datos"]:
                otro = f"make demo KUSKA_PUERTO={puerto + 1}"
                enchufe = abierto.enter_context(abrir(opciones["direccion"], puerto, otro=otro))
            a_medias = settings.VAR_DIR / "demo.a-medias"
            if opciones["reiniciar"] or a_medias.exists():
                self.borrar_datos()
            preparar_cola()
            self.preparar(a_medias)
            if sirve:
                servir(
                    enchufe,
                    carpeta=settings.VAR_DIR,
                    medidas=medidas,
                    edicion=edicion(),
                    al_encender=lambda: self.presentar(time.monotonic() - inicio),
                )
                self.stdout.write("El aula se apagó. Los datos quedan en ./var; «make demo» la enciende otra vez.")

    def decir_direcciones(self) -> None:
        """Print what a program needs to walk around."""
        entradas = {entrada.usuario: entrada.clave for entrada in datos.entradas()}
        self.stdout.write(json.dumps({"entradas": entradas, "paginas": [asdict(uno) for uno in paginas()]}))

    def borrar_datos(self) -> None:
        """Remove what the demonstration keeps; never the secret key, and nothing outside its own folder."""
        connections.close_all()
        base = Path(settings.DATABASES["default"]["NAME"])
        if settings.VAR_DIR not in base.parents:
            raise CommandError(f"La base {base} no está en {settings.VAR_DIR}: no se borra nada.")
        for sobra in ("", "-wal", "-shm", "-journal"):
            Path(f"{base}{sobra}").unlink(missing_ok=True)
        for carpeta in ("media", "privado", "cola", "cola-control"):
            shutil.rmtree(settings.VAR_DIR / carpeta, ignore_errors=True)

    def preparar(self, a_medias: Path) -> None:
        """Bring the tables up to date and, the first time, fill them."""
        exigir_la_de_hoy()
        call_command("migrate", verbosity=0, interactive=False)
        if datos.hay_datos():
            datos.poner_al_dia(sitio=settings.WAGTAILADMIN_BASE_URL)
            return
        self.stdout.write("Preparando los datos de ejemplo; la primera vez tarda cerca de un minuto…")
        a_medias.touch()
        datos.sembrar(avisar=lambda texto: self.stdout.write(f"  {texto}"))
        a_medias.unlink()

    def presentar(self, segundos: float) -> None:
        """Print where to go and with which invented people."""
        sitio = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        filas = "\n".join(
            f"  {entrada.papel:<34}{entrada.usuario:<14}{entrada.clave:<18}{sitio}{entrada.ruta}"
            for entrada in datos.entradas()
        )
        self.stdout.write(
            f"\nEl aula está encendida ({segundos:.0f} s): {sitio}/\n"
            f"Entrar: {sitio}/entrar\n\n"
            f"  {'Quién':<34}{'DNI o código':<14}{'Clave':<18}Empieza en\n{filas}\n\n"
            "Personas y avances son inventados. Apagar: Ctrl+C. Empezar de nuevo: make demo-reset\n"
        )
        self.stdout.flush()
