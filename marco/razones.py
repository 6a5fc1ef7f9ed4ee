"""Why something failed, in a sentence for who looks after the site. How the error is called stays in the log."""

from __future__ import annotations

import re

from celery.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded, WorkerLostError
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .del_sistema import del_sistema
from .errores import ErrorDeDominio
from .fallas import MAS_RATO, con_sus_causas, es_de_redis, espera_de, se_corto
from .restricciones import Ocupada

NUMERO = re.compile(r"\[Errno (\d+)\]")
# «OSError: …», as reasons were kept: a capital after a small letter tells a name of the program from a word.
CON_NOMBRE = re.compile(r"(?=\w*(?:[a-z][A-Z]|Error))([A-Za-z_]\w*)(?:: |$)")
NUESTRO = "ErrorDe"
SE_CORTO = gettext_lazy("Se cortó mientras se hacía.")
NO_ESTA = gettext_lazy("Esta versión del aula ya no lo hace.")


def razon_de(error: BaseException | None) -> str:
    """The sentence of the first of an error and its causes that has one."""
    for uno in con_sus_causas(error) if error is not None else ():
        if dicha := _dicha(uno):
            return dicha
    return _("Falló el programa. El registro del servidor dice más; avise a quien da soporte.")


def como_frase(guardada: str) -> str:
    """A reason that another edition may have kept with the name of its error, as it is read."""
    nombre = CON_NOMBRE.match(guardada)
    if numero := NUMERO.search(guardada):
        return _del_sistema(int(numero[1]), "")
    if nombre is None:
        return guardada
    dicho = guardada[nombre.end() :]
    return dicho if dicho and nombre[1].startswith(NUESTRO) else razon_de(None)


def _dicha(error: BaseException) -> str:
    if isinstance(error, ErrorDeDominio | CommandError):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, SoftTimeLimitExceeded | TimeLimitExceeded):
        return _("Tardó más de lo que se le permite.")
    if isinstance(error, WorkerLostError):
        return str(SE_CORTO)
    if isinstance(error, MemoryError):
        return _("A la máquina le faltó memoria.")
    if es_de_redis(error):
        return _("No contestó Redis, donde está la cola de los trabajos.")
    if isinstance(error, Error | Ocupada):
        return _de_la_base(error)
    return _de_otra_parte(error) if isinstance(error, OSError) else ""


def _de_la_base(error: BaseException) -> str:
    if se_corto(error):
        return _("Una consulta tardó demasiado y la base de datos la cortó.")
    if espera := espera_de(error):
        if espera == MAS_RATO:
            return _("La base de datos no tiene dónde guardar: libere espacio en su disco.")
        return _("La base de datos no contestó, o estaba ocupada.")
    return _("La base de datos no aceptó lo que se le pidió. Avise a quien da soporte: el registro dice más.")


def _de_otra_parte(error: OSError) -> str:
    if isinstance(error, ConnectionError | TimeoutError) or type(error).__module__ in {"socket", "smtplib", "ssl"}:
        return _("No contestó otra máquina, de la que depende: la del correo, la cola o los archivos.")
    if error.errno is None:
        return ""
    return _del_sistema(error.errno, str(error.filename or ""))


def _del_sistema(numero: int, donde: str) -> str:
    frase = _("No se pudo usar %(donde)s: %(razon)s.")
    return frase % {"donde": donde or _("un archivo"), "razon": del_sistema(numero)}
