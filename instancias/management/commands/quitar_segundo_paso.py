"""Take the second step away from an account, on the server: for the only person who administers a site."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from instancias.acceso.services.factores import quitar_desde_el_servidor
from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula


class Command(OrdenDelAula):
    help = "Quita el segundo paso de una cuenta que lo perdió. Queda anotado, y su persona pone otro al entrar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("usuario")
        parser.add_argument("--motivo", required=True)

    def handle(self, *args: Any, usuario: str, motivo: str, **opciones: Any) -> None:
        cuenta = get_user_model()._default_manager.filter(**{get_user_model().USERNAME_FIELD: usuario}).first()
        if cuenta is None:
            raise CommandError(f"No hay una cuenta «{usuario}».")
        try:
            quitados = quitar_desde_el_servidor(cuenta=cuenta, motivo=motivo, ahora=timezone.now())
        except ErrorDeDominio as error:
            raise CommandError(error.mensaje) from error
        if not quitados:
            self.stdout.write(f"«{usuario}» no tenía segundo paso: no se cambió nada.")
            return
        self.stdout.write(f"Se quitó el segundo paso de «{usuario}». Leerá el motivo al entrar, y pondrá otro.")
