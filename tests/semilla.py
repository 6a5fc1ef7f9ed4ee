"""What the migrations wrote, given back as rows after a test that really commits.

Django empties every table, keeps what it was as text and saves each row again by its model: a second a test.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, connection, transaction

from . import filas, filas_postgres

VECES = 5


def guardada() -> Callable[[], None]:
    """Return what leaves every table as it is now."""
    tablas = [filas.tabla_de(modelo) for modelo in filas.modelos()]
    if connection.vendor != "sqlite":
        filas_postgres.preparar(tablas)
    entonces = filas.leer(tablas)

    def devolver() -> None:
        """What is there is read and put right in one go: a request that was on its way may write in between."""
        if connection.vendor != "sqlite":
            filas_postgres.asegurar()
        for vez in range(1, VECES + 1):
            try:
                with transaction.atomic():
                    filas.escribir(filas.cambios(tablas, filas.leer(tablas), entonces))
                return
            except IntegrityError:  # it named a row that was about to go
                if vez == VECES:
                    raise

    return devolver
