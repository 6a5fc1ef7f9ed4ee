"""What Django announces of migrations. One line each: ``apps`` says of whom."""

from typing import Any

from .services.marcas import poner_marcas, quitar_marcas


def quitar_antes_de_migrar(plan: Any = (), **_kwargs: Any) -> None:
    if plan:
        quitar_marcas()


def poner_al_terminar(**_kwargs: Any) -> None:
    poner_marcas()
