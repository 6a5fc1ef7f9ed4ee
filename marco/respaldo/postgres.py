"""Copies of a PostgreSQL database with its own tools, counted and poured from one snapshot."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .errores import ErrorDeRespaldo

TROZO = 1024 * 1024
MODULO = 2**128
DE_OTRO = {"context", "cursor_factory", "pool", "prepare_threshold", "isolation_level", "options", "autocommit"}
# What makes the text of a row the same one in any session.
A_LA_LETRA = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex'; SET extra_float_digits = 3"
# All that is ours in the schema of the connection, in the transaction that brings what the copy has.
VACIAR = """
SET client_min_messages = warning;
SELECT set_config('search_path', current_schema(), false);
DO $$ DECLARE una record; BEGIN
  FOR una IN SELECT format('%I.%I', schemaname, tablename) AS cual FROM pg_tables WHERE schemaname = current_schema()
  LOOP EXECUTE 'DROP TABLE IF EXISTS ' || una.cual || ' CASCADE'; END LOOP;
  FOR una IN SELECT format('%I.%I', schemaname, sequencename) AS cual FROM pg_sequences
    WHERE schemaname = current_schema()
  LOOP EXECUTE 'DROP SEQUENCE IF EXISTS ' || una.cual || ' CASCADE'; END LOOP;
  FOR una IN SELECT p.oid::regprocedure::text AS cual FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE 'DROP FUNCTION IF EXISTS ' || una.cual || ' CASCADE'; END LOOP;
END $$;
"""


def programa(nombre: str) -> str:
    """Where a tool of PostgreSQL is: the newest of the machine, that reads also what an older server wrote."""
    carpetas = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{nombre}"),
        key=lambda una: float(una.parts[-3]) if una.parts[-3].replace(".", "").isdigit() else 0,
    )
    if cual := (str(carpetas[-1]) if carpetas else shutil.which(nombre)):
        return cual
    frase = _("Falta «%(cual)s»: instale las herramientas de PostgreSQL (Debian: apt-get install postgresql-client).")
    raise ErrorDeRespaldo("sin_herramientas", frase % {"cual": nombre})


class Foto:
    """The database at one moment: a snapshot that this connection exports and the tool takes."""

    def __init__(self, conexion: Any, datos: str, entorno: dict[str, str], instantanea: str) -> None:
        self._conexion, self._datos, self._entorno, self._instantanea = conexion, datos, entorno, instantanea
        self.version = str(conexion.info.server_version)

    def relaciones(self) -> dict[str, list[Any]]:
        return contar(self._conexion)

    def volcar(self) -> Iterator[bytes]:
        orden = [programa("pg_dump"), "--format=custom", "--compress=0", "--no-owner", "--no-acl"]
        orden += [f"--snapshot={self._instantanea}", f"--dbname={self._datos}"]
        proceso = subprocess.Popen(  # noqa: S603  our own tool, with what the settings say
            orden, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._entorno
        )
        with proceso:
            while trozo := proceso.stdout.read(TROZO):  # type: ignore[union-attr]
                yield trozo
            dicho = proceso.stderr.read().decode(errors="replace")  # type: ignore[union-attr]
        if proceso.returncode:
            raise ErrorDeRespaldo("no_se_volco", _("pg_dump no terminó: %(que)s") % {"que": dicho.strip()[-400:]})


def contar(conexion: Any) -> dict[str, list[Any]]:
    """How many rows each table has, and a digest of them that does not depend on their order."""
    conexion.execute(A_LA_LETRA)
    consulta = (
        "SELECT format('%I.%I', schemaname, tablename), tablename FROM pg_tables WHERE schemaname = current_schema()"
    )
    nombres = conexion.execute(consulta + " ORDER BY tablename").fetchall()
    return {nombre: _contar_una(conexion, entero) for entero, nombre in nombres}


def _contar_una(conexion: Any, nombre: str) -> list[Any]:
    cuantas = suma = 0
    with conexion.cursor() as cursor, cursor.copy(f"COPY (SELECT * FROM {nombre}) TO STDOUT") as filas:  # noqa: S608
        for fila in filas:
            suma += int.from_bytes(hashlib.blake2b(bytes(fila), digest_size=16).digest(), "big")
            cuantas += 1
    return [cuantas, f"{suma % MODULO:032x}"]


class Postgres:
    nombre = "postgresql"

    def __init__(self, conexion: Any) -> None:
        from psycopg.conninfo import make_conninfo

        self._django = conexion
        parametros = {clave: valor for clave, valor in conexion.get_connection_params().items() if clave not in DE_OTRO}
        clave = parametros.pop("password", "")
        self.datos = make_conninfo(**parametros)
        self.entorno = {**os.environ, **({"PGPASSWORD": str(clave)} if clave else {})}
        self._clave = str(clave)

    def _conectar(self, datos: str = "", **mas: Any) -> Any:
        import psycopg

        con_clave = {"password": self._clave} if self._clave else {}
        return psycopg.connect(datos or self.datos, **con_clave, **mas)

    def tamano(self) -> int:
        with self._conectar() as conexion:
            return int(conexion.execute("SELECT pg_database_size(current_database())").fetchone()[0])

    @contextmanager
    def foto(self, aparte: Path) -> Iterator[Foto]:
        import psycopg

        with self._conectar() as conexion:
            conexion.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            conexion.read_only = True
            instantanea = conexion.execute("SELECT pg_export_snapshot()").fetchone()[0]
            yield Foto(conexion, self.datos, self.entorno, instantanea)

    @contextmanager
    def en_otra_parte(self, volcado: Path, carpeta: Path) -> Iterator[tuple[dict[str, Any], dict[str, list[Any]]]]:
        """Restore into a database of the same server that lasts as long as the check."""
        from psycopg.conninfo import make_conninfo

        nombre = f"kuska_comprobar_{secrets.token_hex(4)}"
        datos = make_conninfo(self.datos, dbname=nombre)
        self._mandar(f"CREATE DATABASE {nombre} TEMPLATE template0")
        try:
            self._poner(volcado, datos, antes="", despues="")
            with self._conectar(datos) as conexion:
                cuenta = contar(conexion)
            yield {**self._django.settings_dict, "NAME": nombre}, cuenta
        finally:
            self._mandar(f"DROP DATABASE IF EXISTS {nombre} WITH (FORCE)")

    def _mandar(self, sentencia: str) -> None:
        import psycopg

        try:
            with self._conectar(autocommit=True) as conexion:
                conexion.execute(sentencia)
        except psycopg.errors.InsufficientPrivilege as error:
            frase = _(
                "Para restaurar la copia en otra base, la cuenta de PostgreSQL necesita el permiso CREATEDB: "
                "ALTER ROLE … CREATEDB."
            )
            raise ErrorDeRespaldo("sin_permiso", frase) from error

    def exigir_que_nadie_escriba(self) -> None:
        self._django.close()
        if getattr(self._django, "close_pool", None):
            self._django.close_pool()
        consulta = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with self._conectar() as conexion:
            cuantas = conexion.execute(consulta).fetchone()[0]
        if cuantas:
            frase = _("La base está en uso (%(n)d conexiones): apague el servicio (web, trabajos y reloj) y repita.")
            raise ErrorDeRespaldo("en_uso", frase % {"n": cuantas})

    @contextmanager
    def sin_nadie(self) -> Iterator[None]:
        """Nobody is connected as it begins. Whoever connects later is told by what is marked in the database."""
        self.exigir_que_nadie_escriba()
        yield

    def reponer(self, volcado: Path, despues: list[tuple[str, tuple[Any, ...]]]) -> None:
        """Put a copy in the place of what there is, in one transaction: a cut leaves what was."""
        from psycopg import sql

        with self._conectar() as conexion:
            esquema = conexion.execute("SELECT current_schema()").fetchone()[0]
            lineas = [f"SELECT set_config('search_path', '{esquema}', false);"]
            for sentencia, valores in despues:
                partes = sentencia.split("?")
                textos = [sql.Literal(valor).as_string(conexion) for valor in valores] + [""]
                lineas.append("".join(a + b for a, b in zip(partes, textos, strict=True)) + ";")
        self._poner(volcado, self.datos, antes=VACIAR, despues="\n".join(lineas))

    def _poner(self, volcado: Path, datos: str, *, antes: str, despues: str) -> None:
        previo, posterior = volcado.with_name("antes.sql"), volcado.with_name("despues.sql")
        previo.write_text(antes, encoding="utf-8")
        posterior.write_text(despues, encoding="utf-8")
        # On disk first: a tool that stops half-way would otherwise look like the end of what there was to put.
        guion = volcado.with_name("copia.sql")
        self._correr([programa("pg_restore"), "--no-owner", "--no-acl", f"--file={guion}", str(volcado)])
        poner = [programa("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
        poner += [f"--dbname={datos}", "--output=/dev/null"]
        try:
            self._correr([*poner, *(f"--file={uno}" for uno in (previo, guion, posterior))])
        finally:
            guion.unlink(missing_ok=True)

    def _correr(self, orden: list[str]) -> None:
        hecho = subprocess.run(orden, env=self.entorno, capture_output=True, check=False)  # noqa: S603
        if hecho.returncode:
            que = hecho.stderr.decode(errors="replace").strip()[-400:]
            raise ErrorDeRespaldo("no_se_repuso", _("PostgreSQL no tomó la copia: %(que)s") % {"que": que})
