"""Serve the whole site from this machine: pages, background work and the clock, watched by one process."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone
from wagtail import hooks

from instancias.acceso.services.primera_cuenta import crear_primera_cuenta
from instancias.models import ClaveInicial
from marco.orden_del_aula import OrdenEnPalabras
from marco.razones import razon_de
from marco.servicio.estado import carpeta_del_servicio
from marco.servicio.familia import Medidas, edicion, servir
from marco.servicio.puerta import DE_TODAS, abrir, direccion_publica, puerto_de, tomar_turno


class Command(OrdenEnPalabras):
    help = "Enciende el aula en esta máquina: páginas, trabajo pendiente y reloj. La primera vez la prepara."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--puerto", default=os.environ.get("KUSKA_PUERTO") or "8000")
        parser.add_argument("--direccion", default=os.environ.get("KUSKA_DIRECCION") or "127.0.0.1")
        parser.add_argument(
            "--preparar", action="store_true", help="Prepara la base y la primera cuenta, y termina sin encender."
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        inicio = time.monotonic()
        medidas = Medidas.del_entorno()
        carpeta = carpeta_del_servicio()
        direccion, puerto = opciones["direccion"], puerto_de(str(opciones["puerto"]))
        self.exigir_su_nombre(direccion)
        if not opciones["preparar"]:
            settings.WAGTAILADMIN_BASE_URL = direccion_publica(direccion, puerto)
        with tomar_turno(carpeta):
            self.preparar_o_decir()
            if opciones["preparar"]:
                return
            with abrir(direccion, puerto, otro=f"--puerto {puerto + 1}") as enchufe:
                servir(
                    enchufe,
                    carpeta=carpeta,
                    medidas=medidas,
                    edicion=edicion(),
                    al_encender=lambda: self.presentar(medidas, time.monotonic() - inicio),
                )
        self.stdout.write("El aula se apagó. Todo quedó guardado.")

    def exigir_su_nombre(self, direccion: str) -> None:
        """Links and papers carry the address of the site: it is not guessed when others can reach it."""
        if direccion not in DE_TODAS - {"127.0.0.1", "::1"} or os.environ.get("KUSKA_URL"):
            return
        raise CommandError(
            f"Con --direccion {direccion} entran otros equipos: diga en KUSKA_URL con qué dirección lo hacen, por "
            "ejemplo KUSKA_URL=http://192.168.1.10:8000. Es la que llevan los enlaces y los certificados."
        )

    def preparar_o_decir(self) -> None:
        """A database that is away, locked or without room to write is told; nothing is half-made: it is done again."""
        try:
            self.preparar()
        except (DatabaseError, OSError) as error:
            raise CommandError(
                f"No se pudo preparar el aula. {razon_de(error)} Mire si la base contesta y si queda espacio en el "
                "disco, y repita: sigue donde se quedó."
            ) from error

    def preparar(self) -> None:
        """Bring the tables up to date; the first time, let the site put its own and make who administers."""
        for revisar in hooks.get_hooks("antes_de_servir"):
            revisar()
        if not _tiene_tablas():
            self.stdout.write("Preparando el aula. La primera vez tarda unos minutos: no cierre esta ventana.")
            self.stdout.flush()
        call_command("migrate", verbosity=0, interactive=False)
        for preparar in hooks.get_hooks("al_preparar_el_aula"):
            preparar(self.stdout.write)
        primera = crear_primera_cuenta(usuario=os.environ.get("KUSKA_ADMIN") or "administra", ahora=timezone.now())
        if primera:
            self.stdout.write(
                f"\nPrimera cuenta, de quien administra: {primera.usuario}\nClave: {primera.clave}\n"
                f"Apúntela: se dice una sola vez. Sirve una vez, por {ClaveInicial.DURA.days} días, para elegir la "
                "suya al entrar.\n"
            )
        self.stdout.flush()

    def presentar(self, medidas: Medidas, segundos: float) -> None:
        self.stdout.write(
            f"El aula está encendida en {settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/ ({segundos:.0f} s; páginas en "
            f"{medidas.procesos} procesos). Apagar: Ctrl+C."
        )
        self.stdout.flush()


def _tiene_tablas() -> bool:
    return bool(connection.introspection.table_names())
