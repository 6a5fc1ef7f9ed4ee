"""Rows of PostgreSQL, as text: read by a plan that it keeps, or not read at all when nothing was written since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from tests.filas import Cambios, Filas, Tabla

# Written by triggers, with what is written in other tables.
DE_DISPARADORES = {
    "kuska_seguimiento_cambiodeinstancia",
    "kuska_seguimiento_marcadecontador",
    "kuska_seguimiento_marcadepartes",
    "kuska_seguimiento_personaenvarias",
}
LEE = "kuska_pruebas_lee"  # with its place in the list
_series: dict[str, str] = {}  # of each table, what numbers its rows
_crear: dict[str, str] = {}  # each function of these, and what makes it
_preparadas: list[tuple[str, Sequence[Tabla]]] = []
ESCRITO = "kuska_pruebas_escrito"
NUMEROS = "kuska_pruebas_numeros"
Sabidas = dict[str, "Filas"]
# Where this connection was, and the rows that there were.
_sabidas: tuple[Lugar, Sabidas] | None = None
# What there is before the first write of a test that is undone.
_comprometidas: Sabidas | None = None
_se_deshace = False


@dataclass(frozen=True)
class Lugar:
    """A transaction, how many rows it has written, and the savepoints that were open."""

    transaccion: tuple[int, str | None]
    escrito: int
    puntos: tuple[str | None, ...]

    def sigue(self, ahora: Lugar) -> bool:
        """Whether nothing was written nor undone since."""
        abiertos = ahora.puntos[: len(self.puntos)]
        return (self.transaccion, self.escrito, self.puntos) == (ahora.transaccion, ahora.escrito, abiertos)


def empieza(*, se_deshace: bool) -> None:
    """A test begins. One that really commits leaves nothing that is known of before."""
    global _sabidas, _comprometidas, _se_deshace
    _se_deshace, _sabidas = se_deshace, None
    if not se_deshace:
        _comprometidas = None


def preparar(tablas: Sequence[Tabla]) -> None:
    """Let it keep how it reads them: planning so many tables takes thirty times as long as reading them.

    In a function, since what a connection prepares is thrown away with each transaction that is undone.
    """
    if not _preparadas:
        _contar_lo_escrito(tablas)
    _funcion(
        f"{LEE}_{len(_preparadas)}",
        f"RETURNS TABLE (lugar integer, fila text) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY {_todas(tablas)}; END $$",
    )
    _preparadas.append((connection.settings_dict["NAME"], tablas))


def _funcion(nombre: str, cuerpo: str) -> None:
    _crear[nombre] = f"CREATE OR REPLACE FUNCTION {nombre}() {cuerpo}"
    with connection.cursor() as cursor:
        cursor.execute(_crear[nombre])


def asegurar() -> None:
    """A test that put a copy back over the database took them away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT una FROM unnest(%s::text[]) AS u(una) WHERE to_regproc(una) IS NULL", [list(_crear)])
        for (nombre,) in cursor.fetchall():
            cursor.execute(_crear[nombre])


def _contar_lo_escrito(tablas: Sequence[Tabla]) -> None:
    """The rows that a connection wrote, also by triggers, and also those that were undone."""
    sumandos = " + ".join(f"pg_stat_get_xact_tuples_{que}(o)" for que in ("inserted", "updated", "deleted"))
    todas = ", ".join(f"'\"{tabla.nombre}\"'::regclass::oid" for tabla in tablas)
    suma = f"SELECT sum({sumandos}) FROM unnest(ARRAY[{todas}]) AS u(o)"
    _funcion(ESCRITO, f"RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN ({suma}); END $$")


def numeros(tablas: Sequence[Tabla], todas: Sequence[Filas]) -> str:
    """What gives new rows the numbers that follow those, again and again."""
    contadas = [(tabla, suyas) for tabla, suyas in zip(tablas, todas, strict=True) if tabla.numera]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(quote_ident(t), c) FROM unnest(%s::text[], %s::text[]) AS u(t, c)",
            [[tabla.nombre for tabla, _suyas in contadas], [tabla.clave for tabla, _suyas in contadas]],
        )
        _series.update(
            zip((tabla.nombre for tabla, _suyas in contadas), (s for (s,) in cursor.fetchall()), strict=True)
        )
    puestos = ", ".join(
        f"setval('{_series[tabla.nombre]}', {_ultimo(tabla, suyas) + 1}, false)" for tabla, suyas in contadas
    )
    _funcion(NUMEROS, f"RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM {puestos}; END $$")
    return f"SELECT {NUMEROS}()"


def _ultimo(tabla: Tabla, suyas: Filas) -> int:
    return max((json.loads(una)[tabla.clave] for una in suyas), default=0)


def leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    global _sabidas, _comprometidas
    if not (_se_deshace and connection.in_atomic_block):
        return _leer(tablas)
    lugar = _donde()
    intacta = lugar.transaccion[1] is None
    sabidas = _sabidas[1] if _sabidas and _sabidas[0].sigue(lugar) else _comprometidas if intacta else None
    if sabidas is None or any(tabla.nombre not in sabidas for tabla in tablas):
        nuevas = dict(zip((tabla.nombre for tabla in tablas), _leer(tablas), strict=True))
        sabidas = {**sabidas, **nuevas} if sabidas else nuevas
        if intacta:
            _comprometidas = sabidas
        _sabidas = (lugar, sabidas)
    return tuple(sabidas[tabla.nombre] for tabla in tablas)


def saber(tablas: Sequence[Tabla], todas: Sequence[Filas]) -> None:
    """They are as it is said."""
    global _sabidas
    if _se_deshace and connection.in_atomic_block:
        _sabidas = (_donde(), dict(zip((tabla.nombre for tabla in tablas), todas, strict=True)))


def _donde() -> Lugar:
    conexion = connection.connection
    with conexion.cursor() as cursor:
        cursor.execute(f"SELECT pg_current_xact_id_if_assigned()::text, {ESCRITO}()")
        transaccion, escrito = cursor.fetchone()
    return Lugar((conexion.info.backend_pid, transaccion), escrito, tuple(connection.savepoint_ids))


def _leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    filas: list[list[str]] = [[] for _tabla in tablas]
    base = connection.settings_dict["NAME"]
    cual = next((n for n, (donde, suyas) in enumerate(_preparadas) if suyas is tablas and donde == base), None)
    with connection.connection.cursor() as cursor:
        cursor.execute(_todas(tablas) if cual is None else f"SELECT lugar, fila FROM {LEE}_{cual}()")
        for lugar, fila in cursor.fetchall():
            filas[lugar].append(fila)
    return tuple(tuple(sorted(suyas)) for suyas in filas)


def _todas(tablas: Sequence[Tabla]) -> str:
    return " UNION ALL ".join(
        f'SELECT {n}, row_to_json(t)::text FROM "{tabla.nombre}" t' for n, tabla in enumerate(tablas)
    )


def sin_marcas(tablas: Sequence[Tabla], todas: tuple[Filas, ...]) -> tuple[Filas, ...]:
    """Facts alone: how many marks the triggers leave depends on how many statements wrote the same facts."""
    return tuple(() if tabla.nombre in DE_DISPARADORES else suyas for tabla, suyas in zip(tablas, todas, strict=True))


def cambios(tablas: Sequence[Tabla], antes: Sequence[Filas], despues: Sequence[Filas]) -> Cambios:
    """In one text. What the triggers of the other tables wrote meanwhile is put right at the end."""
    ordenes: list[str] = []
    al_final: list[str] = []
    numeros: list[str] = []
    de_las_marcas: list[str] = []
    marcas = False
    with connection.connection.cursor() as cursor:
        for tabla, viejas, nuevas in zip(tablas, antes, despues, strict=True):
            if viejas is nuevas and tabla.nombre not in DE_DISPARADORES:
                continue
            eran, son = set(viejas), set(nuevas)
            sobran = [una for una in viejas if una not in son]
            faltan = sorted((una for una in nuevas if una not in eran), key=lambda una: json.loads(una)[tabla.clave])
            poner = (
                f'INSERT INTO "{tabla.nombre}" ({tabla.nombres}) SELECT {tabla.nombres} '
                f'FROM json_populate_recordset(NULL::"{tabla.nombre}", %s::json)'
            )
            if tabla.nombre in DE_DISPARADORES:
                marcas = marcas or bool(sobran or faltan)
                al_final.append(f'DELETE FROM "{tabla.nombre}"')
                al_final += [cursor.mogrify(poner, (f"[{','.join(nuevas)}]",))] if nuevas else []
            else:
                borrar = f'DELETE FROM "{tabla.nombre}" WHERE "{tabla.clave}"::text = ANY(%s)'
                claves = [str(json.loads(fila)[tabla.clave]) for fila in sobran]
                ordenes += [cursor.mogrify(borrar, (claves,))] if sobran else []
                ordenes += [cursor.mogrify(poner, (f"[{','.join(faltan)}]",))] if faltan else []
            es_marca = tabla.nombre in DE_DISPARADORES  # all of them are put back, whatever there is where they are
            if (puestas := nuevas if es_marca else faltan) and tabla.nombre in _series:
                ultimo = max(json.loads(una)[tabla.clave] for una in puestas)
                serie = f"'{_series[tabla.nombre]}'"
                suyos = de_las_marcas if es_marca else numeros
                suyos.append(f"setval({serie}, GREATEST(pg_sequence_last_value({serie}), {ultimo}))")
    if ordenes or marcas:
        ordenes += al_final
        numeros += de_las_marcas
    if numeros:  # who writes next has a number of its own
        ordenes.append(f"SELECT {', '.join(numeros)}")
    return [("; ".join(ordenes), [])] if ordenes else []


def escribir(ordenes: Cambios) -> None:
    with connection.connection.cursor() as cursor:
        for orden, _filas in ordenes:
            cursor.execute(orden)
