"""What Django announces of migrations. One line each: ``apps`` says of whom. In another database nothing is marked."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from .services.marcas import poner_marcas, quitar_marcas


def quitar_antes_de_migrar(plan: Any = (), using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    if plan and using == DEFAULT_DB_ALIAS:
        quitar_marcas()


def poner_al_terminar(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    if using == DEFAULT_DB_ALIAS:
        poner_marcas()
