"""What a person reads when something fails: the truth about what was saved, and when to try again.

Every page and every middleware ends here (``handler500`` of the host). Nothing of it asks the database.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DataError, Error, IntegrityError, OperationalError, connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .espacio import SIN_SITIO, cabe
from .peticion import referencia_de
from .restricciones import Ocupada

SEGUROS = {"GET", "HEAD", "OPTIONS", "TRACE"}
UN_RATO, MAS_RATO = 30, 300  # seconds: a queue that moves, a disk that somebody must empty

# https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, resources, intervention, system; locks,
# cancelled by a limit, read only.
CLASES_DE_POSTGRES = {"08", "53", "57", "58"}
ESTADOS_DE_POSTGRES = {"40001", "40P01", "55P03", "25006", "25P03", "25P04"}
SIN_ESPACIO_EN_POSTGRES = {"53100"}
REPETIDO_EN_POSTGRES = {"23505"}
CORTADA_EN_POSTGRES = "57014"  # by its time limit, or by whoever looks after the database
# https://www.sqlite.org/rescode.html: busy, locked, no memory, read only,
# interrupted, I/O, full, cannot open, protocol.
CODIGOS_DE_SQLITE = {5, 6, 7, 8, 9, 10, 13, 14, 15}
SIN_ESPACIO_EN_SQLITE = {10, 13}
REPETIDO_EN_SQLITE = {1555, 2067}
SIN_RECURSOS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN} | SIN_SITIO
DE_REDIS = {"ConnectionError", "TimeoutError", "BusyLoadingError", "ReadOnlyError", "OutOfMemoryError"}

ESCRIBE = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)
# Written on the way, of nobody's work: it says nothing about whether what was sent was kept.
_de_paso = {"django_session"}


def se_escribe_de_paso(modelo: type[Model]) -> None:
    """Tell that the rows of a model are of nobody's work."""
    _de_paso.add(modelo._meta.db_table)


class SabeQueSeGuardo:
    """Note on the request whether something of it reached the disk. Goes last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SEGUROS:
            return self.get_response(request)

        def guardado() -> None:
            request.algo_guardado = True

        def mirar(ejecutar: Any, sql: str, parametros: Any, muchos: bool, contexto: dict[str, Any]) -> Any:
            resultado = ejecutar(sql, parametros, muchos, contexto)
            if ESCRIBE.match(sql) and not any(f'"{tabla}"' in sql for tabla in _de_paso):
                request.algo_escrito = True
                # Runs at once outside a transaction; inside one, after its commit and never after a rollback.
                contexto["connection"].on_commit(guardado)
            return resultado

        with connection.execute_wrapper(mirar):
            return self.get_response(request)


def espera_de(error: BaseException) -> int:
    """Seconds to wait when the machine could not take it now; 0 when the fault is another."""
    for uno in con_sus_causas(error):
        if isinstance(uno, Ocupada):
            return UN_RATO
        if isinstance(uno, OSError) and uno.errno in SIN_RECURSOS:
            return MAS_RATO if uno.errno in SIN_SITIO else UN_RATO
        if isinstance(uno, MemoryError) or es_de_redis(uno):
            return UN_RATO
        if isinstance(uno, Error) and (espera := _espera_de_la_base(uno)):
            return espera
    return 0


def es_de_la_base(error: BaseException) -> bool:
    return any(isinstance(uno, Error) for uno in con_sus_causas(error))


def se_corto(error: BaseException) -> bool:
    """Whether the database cut a statement that took too long: a busy one, or a statement that always will."""
    return any(getattr(uno, "sqlstate", "") == CORTADA_EN_POSTGRES for uno in con_sus_causas(error))


def con_sus_causas(error: BaseException) -> Iterator[BaseException]:
    uno: BaseException | None = error
    while uno is not None:
        yield uno
        uno = uno.__cause__


def es_de_redis(error: BaseException) -> bool:
    return any(clase.__module__ == "redis.exceptions" and clase.__name__ in DE_REDIS for clase in type(error).__mro__)


def _espera_de_la_base(error: Error) -> int:
    causa = error.__cause__ or error
    if (codigo := getattr(causa, "sqlite_errorcode", None)) is not None:
        if codigo & 0xFF not in CODIGOS_DE_SQLITE:
            return 0
        return MAS_RATO if codigo & 0xFF in SIN_ESPACIO_EN_SQLITE else UN_RATO
    if not hasattr(causa, "sqlstate"):
        return 0
    if (estado := causa.sqlstate) is None:  # it never reached the server, or the server went away
        return UN_RATO if isinstance(error, OperationalError) else 0
    if estado in SIN_ESPACIO_EN_POSTGRES:
        return MAS_RATO
    return UN_RATO if estado[:2] in CLASES_DE_POSTGRES or estado in ESTADOS_DE_POSTGRES else 0


def _se_perdio_la_conexion(error: BaseException) -> bool:
    """Whether the answer of the database never came: what was being written may be there."""
    estado = getattr(error.__cause__ or error, "sqlstate", "")
    return isinstance(error, Error) and (estado is None or estado[:2] in {"08", "57"})


def _es_repetido(error: BaseException) -> bool:
    causa = error.__cause__ or error
    return isinstance(error, IntegrityError) and (
        getattr(causa, "sqlite_errorcode", None) in REPETIDO_EN_SQLITE
        or getattr(causa, "sqlstate", None) in REPETIDO_EN_POSTGRES
    )


def _no_cabe(error: BaseException) -> bool:
    """A number that no row has, half a character: nothing that the pages themselves write."""
    if isinstance(error, UnicodeEncodeError):
        return "surrogates" in error.reason
    return isinstance(error, DataError) or (isinstance(error, OverflowError) and "SQLite" in str(error))


def pagina_de_fallo(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody caught: what became of what was sent, and what to do."""
    error = sys.exc_info()[1] or RuntimeError()
    espera = espera_de(error)
    request.se_perdio_la_conexion = _se_perdio_la_conexion(error)
    request.no_cupo = espera == MAS_RATO and (es_de_la_base(error) or not cabe())
    if espera:
        estado, codigo, titulo, mensaje = 503, "ocupada", *_textos_de_espera(request, error, espera)
    elif _es_repetido(error):
        estado, codigo, titulo, mensaje = 409, "repetido", *_textos_de_repetido(request)
    elif _no_cabe(error):
        estado, codigo, titulo, mensaje = 400, "ilegible", *textos_de_ilegible()
    else:
        estado, codigo, titulo, mensaje = 500, "fallo", *_textos_de_fallo(request)
    respuesta = contestar(request, estado=estado, codigo=codigo, titulo=titulo, mensaje=mensaje)
    if espera:
        respuesta["Retry-After"] = str(espera)
    return respuesta


def contestar(request: HttpRequest, *, estado: int, codigo: str, titulo: str, mensaje: str) -> HttpResponse:
    """A page for a person and a code for a script. Drawn from constants: it works with everything else down."""
    if "application/json" in request.headers.get("Accept", ""):
        cuerpo = {"codigo": codigo, "mensaje": f"{titulo} {mensaje}", "referencia": referencia_de(request)}
        respuesta: HttpResponse = JsonResponse(cuerpo, status=estado)
    else:
        dicho = {"titulo_del_fallo": titulo, "mensaje_del_fallo": mensaje, "referencia": referencia_de(request)}
        html = render_to_string("kuska/fallo.html", dicho)
        respuesta = HttpResponse(html, status=estado)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _quedo_en_duda(request: HttpRequest, error: BaseException | None = None) -> bool:
    if getattr(request, "algo_guardado", False):
        return True
    return error is not None and getattr(request, "algo_escrito", False) and _se_perdio_la_conexion(error)


def _textos_de_espera(request: HttpRequest, error: BaseException, espera: int) -> tuple[str, str]:
    if request.method in SEGUROS:
        return textos_de_ocupada(escribe=False)
    if _quedo_en_duda(request, error):
        return _("El aula está ocupada."), _revise()
    if espera == MAS_RATO:
        return _("No se guardó."), _(
            "El aula no tiene dónde guardar en este momento. Vuelva a la página anterior y envíelo otra vez en unos "
            "minutos. Si sigue igual, avise a quien administra el aula."
        )
    return textos_de_ocupada(escribe=True)


def textos_de_ocupada(*, escribe: bool) -> tuple[str, str]:
    """What to say to whoever came when the machine could take no more, and to whoever sent something then."""
    if not escribe:
        return _("El aula está ocupada."), _("Intente en unos minutos.")
    return _("No se guardó."), _(
        "El aula está ocupada. Espere un minuto, vuelva a la página anterior y envíelo otra vez."
    )


def _textos_de_repetido(request: HttpRequest) -> tuple[str, str]:
    if _quedo_en_duda(request):
        return _("Eso ya estaba guardado."), _revise()
    return _("No se guardó."), _(
        "Eso mismo se acaba de guardar desde otra ventana o por otra persona. Vuelva a la página anterior y "
        "actualícela para verlo."
    )


def _textos_de_fallo(request: HttpRequest) -> tuple[str, str]:
    titulo = _("Algo falló de nuestro lado.")
    if request.method in SEGUROS:
        return titulo, _("Intente en unos minutos.")
    if _quedo_en_duda(request):
        return titulo, _revise()
    return titulo, _("No se guardó lo que envió. Vuelva a la página anterior e intente otra vez en unos minutos.")


def textos_de_muy_largo() -> tuple[str, str]:
    """What to say to a text longer than a page takes: a list that was pasted goes in as a file."""
    return _("No se guardó: el texto es demasiado largo."), _(
        "Es más de lo que cabe en un recuadro. Si pegó una lista, vuelva a la página anterior, deje vacío el "
        "recuadro y suba el archivo."
    )


def textos_de_ilegible() -> tuple[str, str]:
    return _("No pudimos leer lo que envió."), _(
        "Tiene un signo o un número que no se puede guardar. Vuelva a la página anterior, bórrelo y escríbalo otra vez."
    )


def _revise() -> str:
    return _(
        "No sabemos si se guardó todo lo que envió. Vuelva a la página anterior, actualícela y revise antes de "
        "enviarlo otra vez."
    )
