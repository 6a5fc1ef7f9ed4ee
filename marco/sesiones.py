"""Sessions in the database, as Django keeps them; the one statement that every page pays is written once.

Whose a session is, it says itself. A process that read it once remembers that, and from then on asks for the session
and for its account in one statement. What the session says then is what counts: a wrong memory costs a statement more
and gives nothing. A session that is not there any more, or whose time passed, is not there for that statement either.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends import db
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from .preparadas import preparada

LARGO = 40  # letters of the key of a session
CABEN = 20_000  # sessions whose account a process remembers
DATOS = "datos_de_la_sesion"  # where an account that is read with its session carries what that one holds

_cuentas: dict[str, Any] = {}
_lectores: list[Callable[..., Any]] = []
_en_curso: ContextVar[Any] = ContextVar("kuska_sesion", default=None)


def se_lee_con(lector: Callable[..., Any]) -> None:
    """The room of the accounts says how one is read, with the ``DATOS`` of a session. Called when it starts."""
    _lectores[:] = [lector]


@contextmanager
def preguntando_por(sesion: Any) -> Iterator[None]:
    """While it is asked who this session is of: whoever answers may have been read already (``ya_leida``)."""
    turno = _en_curso.set(sesion)
    try:
        yield
    finally:
        _en_curso.reset(turno)


def ya_leida(numero: Any) -> Any:
    """Return the account of this number, if it was read together with the session that is asked about; or None."""
    cuenta = getattr(_en_curso.get(), "cuenta_leida", None)
    return cuenta if cuenta is not None and cuenta.pk == numero else None


@preparada
def sesion_con(*, llave: str, ahora: datetime.datetime) -> QuerySet[Any]:
    """The session of a key that has not ended."""
    return db.SessionStore.get_model_class().objects.filter(session_key=llave, expire_date__gt=ahora)


def vencio(llave: str) -> bool:
    """Whether a session is known to have ended because its time passed. Of one that is not there, it is not known."""
    almacen = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(almacen, "get_model_class") or not llave.isalnum() or len(llave) > LARGO:
        return False
    filas = almacen.get_model_class().objects.filter(session_key=llave, expire_date__lte=timezone.now())
    return bool(filas.exists())


class SessionStore(db.SessionStore):
    """It reads what the one of Django wrote, and the other way round."""

    cuenta_leida: Any = None

    def load(self) -> dict[str, Any]:
        junta = self._con_su_cuenta()
        if junta is not None:
            return junta
        datos: dict[str, Any] = super().load()
        if SESSION_KEY in datos and self.session_key:
            _recordar(self.session_key, datos[SESSION_KEY])
        return datos

    def _con_su_cuenta(self) -> dict[str, Any] | None:
        """The session, read with the account that it is remembered to be of. None: it has to be read alone."""
        numero = _cuentas.get(self.session_key or "")
        if numero is None or not _lectores:
            return None
        ahora = timezone.now()
        cuenta = _lectores[0](numero=numero, llave=self.session_key, ahora=ahora, hoy=timezone.localdate(ahora))
        if cuenta is None:
            return None
        escrito = getattr(cuenta, DATOS)
        if escrito is None:  # it ended
            self._session_key = None
            return {}
        self.cuenta_leida = cuenta
        return self.decode(escrito)

    def _get_session_from_db(self) -> Any:
        # A key that is not one (too long, with NUL) is refused before, as Django does.
        suya = sesion_con.primera(llave=self.session_key, ahora=timezone.now()) if self.session_key else None
        if suya is None:
            self._session_key = None
        return suya


def _recordar(llave: str, de_quien: str) -> None:
    try:
        numero = get_user_model()._meta.pk.to_python(de_quien)
    except ValidationError:
        return
    while len(_cuentas) >= CABEN:  # the one that was read first of all goes, and it alone
        try:
            _cuentas.pop(next(iter(_cuentas)), None)
        except (StopIteration, RuntimeError):  # another thread was faster
            break
    _cuentas[llave] = numero
