"""Tables that only grow: what is written is never changed, and is taken away only when it is old enough.

It is refused twice: by the model, with a sentence, and by the database, with a trigger, for whoever goes around it.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class SoloCreceError(TypeError):
    """Somebody wanted to change or delete a line."""


def _negar() -> NoReturn:
    raise SoloCreceError("Esta tabla solo crece: sus líneas no se cambian ni se borran.")


class SoloCrece(models.QuerySet):
    """Rows that are read and added. Taking away the old ones is an act of its own, with its own name."""

    def update(self, **_campos: Any) -> NoReturn:
        _negar()

    def bulk_update(self, *_filas: Any, **_otros: Any) -> NoReturn:
        _negar()

    def delete(self) -> NoReturn:
        _negar()

    def _raw_delete(self, using: Any) -> NoReturn:
        _negar()


class Linea(models.Model):
    """A row that is written once."""

    objects = SoloCrece.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _negar()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        _negar()


POSTGRES = """
CREATE OR REPLACE FUNCTION {nombre}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.{columna} < now() - interval '{anios} years' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'solo crece: {donde}';
END $$;
DROP TRIGGER IF EXISTS {nombre} ON {donde};
CREATE TRIGGER {nombre} BEFORE UPDATE OR DELETE ON {donde} FOR EACH ROW EXECUTE FUNCTION {nombre}();
"""
SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS {nombre}_u BEFORE UPDATE ON {donde}
    BEGIN SELECT RAISE(ABORT, 'solo crece: {donde}'); END""",
    """CREATE TRIGGER IF NOT EXISTS {nombre}_d BEFORE DELETE ON {donde}
    WHEN OLD.{columna} >= datetime('now', '-{anios} years')
    BEGIN SELECT RAISE(ABORT, 'solo crece: {donde}'); END""",
)


def vigilar(conexion: Any, donde: str, columna: str, anios: int) -> None:
    """Make the database refuse to change a row of a table, or to delete one that is not old enough yet."""
    datos = {"nombre": f"{donde}_solo_crece", "donde": donde, "columna": columna, "anios": int(anios)}
    sentencias = {"postgresql": (POSTGRES,), "sqlite": SQLITE}.get(conexion.vendor, ())
    _hacer(conexion, [sentencia.format(**datos) for sentencia in sentencias])


def soltar(conexion: Any, donde: str) -> None:
    """Take the triggers away: to undo a migration, and in tests, that empty every table."""
    nombre = f"{donde}_solo_crece"
    if conexion.vendor == "postgresql":
        _hacer(conexion, [f"DROP TRIGGER IF EXISTS {nombre} ON {donde}"])
    elif conexion.vendor == "sqlite":
        _hacer(conexion, [f"DROP TRIGGER IF EXISTS {nombre}_{cual}" for cual in ("u", "d")])


def _hacer(conexion: Any, sentencias: list[str]) -> None:
    with conexion.cursor() as cursor:
        for sentencia in sentencias:
            cursor.execute(sentencia)
