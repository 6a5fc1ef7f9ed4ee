"""Whether anything that a page tells changed: a number for each scope, that only grows.

Each fact leaves its change in its own transaction, so whoever sees the fact sees the number of after it. What was drawn
is kept under that number, asked **before** the facts are read: it can only be newer than its number, never older.
What is read before the number, or remembered for a minute, is not a fact of it: it is in the key itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import connection

from evaluaciones.consultas.aplicacion import aplicacion_de_un_curso
from marco.models import Instalacion

from ..models import BarraDeInstancia, CambioDeInstancia, CuentaDeCambios
from ..models.disparadores import PREFIJO, disparadores
from . import quienes
from .ambito import Ambito
from .guardado import codigo_de_las_cuentas

# Whoever already wrote something in this transaction may undo it: what they see is theirs alone.
EN_POSTGRES = """
SELECT territorio, sum(n)::text, array_to_string((
    array_agg(id || ':' || coalesce(persona::text, '') ORDER BY id DESC) FILTER (WHERE id IS NOT NULL)
)[1:{recientes}], ' ') FROM (
    SELECT territorio, cuantos AS n, NULL::bigint AS id, NULL::bigint AS persona FROM {cuentas} WHERE {donde}
    UNION ALL SELECT territorio, 1, id, persona FROM {cambios} WHERE {donde}
) AS todos GROUP BY territorio
UNION ALL SELECT '**', pg_current_xact_id_if_assigned()::text, ''
UNION ALL SELECT '*', identidad, '' FROM {instalacion} WHERE id = 1
"""
# Whoever undoes something leaves the marks of before, and nobody has seen those of after: they are numbers by chance.
EN_SQLITE = """
SELECT territorio, cuantos, recientes FROM {cuentas} WHERE {donde}
UNION ALL SELECT '**', schema_version, '' FROM pragma_schema_version
UNION ALL SELECT '*', identidad, '' FROM {instalacion} WHERE id = 1
"""
RECIENTES = 100  # changes of an instancia that are looked at, on PostgreSQL
# By database, schema and installation: whether the triggers are those of this edition.
_EXACTOS: dict[tuple[str, str, str], bool] = {}


@dataclass(frozen=True)
class Numeros:
    """``de_todas``: what any page may tell, and of which database and transaction. The rest, by instancia.

    ``recientes``: the last changes of each, as the database says them, and of whom (``quienes``).
    """

    de_todas: str
    por_instancia: Mapping[str, str]
    recientes: Mapping[str, str] = field(default_factory=dict)

    def de(self, ubigeo: str) -> str:
        return f"{self.por_instancia.get(ubigeo, '')}-{self.de_todas}"

    def ultimo(self, ubigeo: str) -> int:
        """The last of the changes that are seen, for ``quienes`` to know later which ones came after it."""
        return quienes.ultimo(self.recientes.get(ubigeo, ""))

    def quienes(self, ubigeo: str, *, desde: str, ultimo: int) -> frozenset[int] | None:
        """Who changed at an instancia since its number was ``desde`` and its last change ``ultimo``.

        None where it is not known of each change since then that it was one person's, and whose.
        """
        if desde == self.de(ubigeo):
            return frozenset()
        antes, _guion, de_todas = desde.partition("-")
        if de_todas != self.de_todas:
            return None
        ahora, recientes = self.por_instancia.get(ubigeo, ""), self.recientes.get(ubigeo, "")
        if connection.vendor == "sqlite":
            return quienes.desde_la_marca(recientes, antes)
        return quienes.despues_de(recientes, ultimo, cuantos=int(ahora or 0) - int(antes or 0))

    def __str__(self) -> str:
        suyos = " ".join(f"{ubigeo}:{suyo}" for ubigeo, suyo in sorted(self.por_instancia.items()))
        return f"{blake2b(suyos.encode(), digest_size=12).hexdigest()}-{self.de_todas}"


def numeros(ambito: Ambito) -> Numeros | None:
    """The numbers of the instancias of the scope: each the same while nothing that it tells has changed. One statement.

    They carry the identity of the installation: a copy that is put back is another one, and its numbers begin again.

    None where the database keeps no changes: then nothing is kept either.
    """
    if connection.vendor not in {"postgresql", "sqlite"}:
        return None
    en_sqlite = connection.vendor == "sqlite"
    una, comodin = ("territorio GLOB %s", "*") if en_sqlite else ("territorio LIKE %s", "%")
    valores = [f"{uno}{comodin}" for uno in ambito.limites]
    modelos = {"cuentas": CuentaDeCambios, "cambios": CambioDeInstancia, "instalacion": Instalacion}
    nombres = {clave: modelo._meta.db_table for clave, modelo in modelos.items()}
    consulta = (EN_SQLITE if en_sqlite else EN_POSTGRES).format(
        donde=" OR ".join(["territorio = ''", *([una] * len(valores))]), recientes=RECIENTES, **nombres
    )
    with connection.cursor() as cursor:
        cursor.execute(consulta, valores if en_sqlite else [*valores, *valores])
        filas = cursor.fetchall()
        leidos = {territorio: str(n) for territorio, n, _recientes in filas if n is not None}
        identidad, suya, de_todas = (leidos.pop(cual, "") for cual in ("*", "**", ""))
        if en_sqlite and (not de_todas or not _exactos(cursor, suya, identidad)):
            return None
    propia = "" if en_sqlite else suya
    recientes = {territorio: suyos for territorio, _n, suyos in filas if suyos}
    return Numeros("-".join(uno for uno in (identidad, de_todas, propia) if uno), leidos, recientes)


def numero(ambito: Ambito) -> str | None:
    """One number of all of them."""
    suyos = numeros(ambito)
    return str(suyos) if suyos else None


def puestos(cursor: Any) -> dict[str, str]:
    """The triggers that a database of SQLite has, each with its statement."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{PREFIJO}*"])
    return dict(cursor.fetchall())


def _exactos(cursor: Any, esquema: str, identidad: str) -> bool:
    """Whether the triggers are those of this edition: looked at once for each schema that the database has had."""
    clave = (str(connection.settings_dict["NAME"]), esquema, identidad)
    if clave not in _EXACTOS:
        _EXACTOS[clave] = puestos(cursor) == disparadores()
    return _EXACTOS[clave]


def lo_recordado(ambito: Ambito) -> tuple[Any, ...]:
    """What a page uses and was read before its number, or not from the database: whatever differs is drawn apart."""
    barra = BarraDeInstancia.actual()
    aplicacion = aplicacion_de_un_curso(ambito.edicion.curso_id) if ambito.edicion else None
    return (ambito.edicion, barra.distrital, barra.provincial, ambito.solo_titulares, aplicacion)


def llave(que: str, ambito: Ambito, *mas: Any) -> str:
    """Where something of a scope is kept, with its number (``guardado``).

    Whatever else it tells goes in ``mas``: it never comes out for another.
    """
    partes: list[Any] = [que, codigo_de_las_cuentas(), ambito.prefijos, ambito.instancia, ambito.edicion_id]
    partes += [ambito.dia, ambito.al is None, ambito.convocados]
    huella = blake2b(repr([*partes, *mas]).encode(), digest_size=20).hexdigest()
    return f"kuska:panel:{que}:{huella}"


def segundos_del_dia(ambito: Ambito) -> int:
    """How long something of today may be kept: at midnight it is of another day. Of another day, some hours."""
    if ambito.al is not None:
        return 6 * 3600
    return max(int((ambito.corte - ambito.ahora).total_seconds()), 1)
