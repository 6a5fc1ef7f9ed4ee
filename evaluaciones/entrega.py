"""How the fields of a form name the questions of an evaluation: «p3» and «p3-x»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from marco.numeros import entero_de

CAMPO_DE_PREGUNTA = re.compile(r"p([0-9]{1,3})(?:-([\w-]{1,64}))?", re.ASCII)


def leer_entrega(pares: Iterable[tuple[str, str]]) -> dict[int, dict[str, list[str]]]:
    """Return the fields of each question of a form, by place: «p3» is "" and «p3-x» is "x", in the order sent.

    ``vista`` names the questions shown whose fields may all be unmarked, so that none marked says so.
    """
    entrega: dict[int, dict[str, list[str]]] = {}
    for campo, valor in pares:
        if campo == "vista" and (lugar := entero_de(valor, hasta=999)) is not None:
            entrega.setdefault(lugar, {})
        elif encontrado := CAMPO_DE_PREGUNTA.fullmatch(campo):
            entrega.setdefault(int(encontrado[1]), {}).setdefault(encontrado[2] or "", []).append(valor)
    return entrega
