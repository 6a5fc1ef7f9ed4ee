"""Add up the changes of the instancias, so that their number is read from few rows. It may stop and run twice.

The last ones stay: they say who changed (``consultas.quienes``).
"""

from __future__ import annotations

from django.db import connection

from ..consultas.contadores import hay
from ..models import CambioDeInstancia, CuentaDeCambios

A_LA_VEZ = 50_000
QUEDAN = 2000  # of the whole site
SUMAR = """
WITH quitados AS (
    DELETE FROM {cambios} WHERE id IN (
        SELECT id FROM {cambios} WHERE id <= (SELECT max(id) FROM {cambios}) - {quedan}
        ORDER BY id LIMIT {maximo} FOR UPDATE SKIP LOCKED
    )
    RETURNING territorio
), sumas AS (SELECT territorio, count(*) AS cuantos FROM quitados GROUP BY territorio)
INSERT INTO {cuentas} AS cuenta (territorio, cuantos) SELECT territorio, cuantos FROM sumas ORDER BY territorio
ON CONFLICT (territorio) DO UPDATE SET cuantos = cuenta.cuantos + EXCLUDED.cuantos
"""


def sumar_cambios() -> None:
    """Move the changes to their sum, in one statement: who reads meanwhile finds each of them once."""
    if not hay():
        return
    nombres = {"cuentas": CuentaDeCambios._meta.db_table, "cambios": CambioDeInstancia._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(SUMAR.format(maximo=A_LA_VEZ, quedan=QUEDAN, **nombres))
