"""Questions kept outside the programme: a private folder, or a file that only its key opens.

A public programme carries a bank to practise and to show. What certifies is asked from a bank that nobody can read: the
same files of evaluations, each in the place of the one with its key. The package is a Fernet token over plain JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.utils.translation import gettext as _

from evaluaciones.reglas import CON_NOTA
from marco.contrato import valor
from marco.errores import ErrorDeDominio

from .fichas import Programa

FORMATO = 1


class ErrorDelBanco(ErrorDeDominio):
    """The sealed bank cannot be opened, or made. Nothing of it is ever in the message."""


def banco_del_sitio() -> dict[str, str] | None:
    """The files of the bank of this site, by name; None when it has none. Raises ``ErrorDelBanco``."""
    ruta = valor("KUSKA_BANCO")
    return leer_banco(Path(ruta), valor("KUSKA_LLAVE_DEL_BANCO")) if ruta else None


def leer_banco(ruta: Path, llave: str = "") -> dict[str, str]:
    """The files of a bank. Raises ``sin_banco``, ``sin_llave``, ``no_abre`` and ``vacio``."""
    if ruta.is_dir():
        return _con_algo({uno.name: uno.read_text(encoding="utf-8") for uno in sorted(ruta.glob("*.yaml"))})
    if not ruta.is_file():
        raise ErrorDelBanco("sin_banco", _("No hay un banco en %(ruta)s. Revise KUSKA_BANCO.") % {"ruta": ruta})
    try:
        contenido = json.loads(_cerradura(llave).decrypt(ruta.read_bytes()))
    except InvalidToken as error:
        frase = _("La llave no abre ese banco, o el archivo está dañado. Revise KUSKA_LLAVE_DEL_BANCO.")
        raise ErrorDelBanco("no_abre", frase) from error
    if contenido.get("formato") != FORMATO:
        raise ErrorDelBanco("formato", _("Ese banco es de otra edición de Kuska. Séllelo otra vez con esta."))
    return _con_algo(dict(contenido["archivos"]))


def con_preguntas_publicas(programa: Programa) -> int:
    """How many evaluations that carry a mark ask questions that anybody can read."""
    todas = {una.clave: una for una in programa.curso.todas_las_evaluaciones()}
    con_nota = (una for una in todas.values() if una.clase in CON_NOTA)
    return sum(not todas.get(una.preguntas_de, una).sellada for una in con_nota)


def exigir_banco(programa: Programa) -> None:
    """Raise ``preguntas_publicas`` where this site certifies only with what nobody can read, and it would not."""
    if not valor("KUSKA_SOLO_CON_BANCO"):
        return
    if cuantas := con_preguntas_publicas(programa):
        frase = _(
            "No se cargó nada: %(n)d evaluaciones con nota usan las preguntas públicas del programa, que cualquiera "
            "puede leer con sus respuestas. Ponga un banco sellado en KUSKA_BANCO. Si es solo para mostrar y "
            "practicar, ponga KUSKA_SOLO_CON_BANCO=no."
        )
        raise ErrorDelBanco("preguntas_publicas", frase % {"n": cuantas})


def sellar(archivos: Mapping[str, str], llave: str) -> bytes:
    """The bank as one file that only its key opens. Raises ``sin_llave`` and ``vacio``."""
    contenido = {"formato": FORMATO, "archivos": _con_algo(dict(archivos))}
    return _cerradura(llave).encrypt(json.dumps(contenido, ensure_ascii=False).encode())


def nueva_llave() -> str:
    return Fernet.generate_key().decode()


def _cerradura(llave: str) -> Fernet:
    try:
        return Fernet(llave.encode())
    except ValueError as error:
        frase = _("Falta la llave del banco, o no es una. Póngala en KUSKA_LLAVE_DEL_BANCO.")
        raise ErrorDelBanco("sin_llave", frase) from error


def _con_algo(archivos: dict[str, str]) -> dict[str, str]:
    if not archivos:
        raise ErrorDelBanco("vacio", _("El banco no tiene ningún archivo .yaml de evaluación."))
    return archivos
