"""Cells of whatever somebody brought: a workbook, a text or what was pasted. Without Django or anything of the site.

It runs in a process of its own (``__main__``) that ends when a file costs too much: whatever the file makes of it, the
pages go on. What it says is JSON: ``{"hojas": [{"nombre", "filas", "unidas", "oculta", "cortada"}, …]}``, where a row
is a list of texts and ``unidas`` are merged cells (first row, first column, last row, last column, from zero); or
``{"falta": code, "fila": number}``.
"""

from .lectores import PEGADO, leer_celdas
from .libros import SIN_CALCULAR
from .limpieza import MAXIMO_DE_CELDA, MAXIMO_DE_FILAS

__all__ = ["MAXIMO_DE_CELDA", "MAXIMO_DE_FILAS", "PEGADO", "SIN_CALCULAR", "leer_celdas"]
