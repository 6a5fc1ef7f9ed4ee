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

from marco.contrato import valor
from marco.errores import ErrorDeDominio

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
