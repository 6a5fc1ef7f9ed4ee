"""Import of the padrón: read a list, show what each row would do, and only then write.

``recibir`` reads whatever somebody brings and keeps its rows under review, or its cells while ``decidir_columnas`` is
asked what they say; ``revisar`` does it where nobody can be asked. ``confirmar`` saves what is good of a list in sets,
announces the new memberships and leaves the rest for another day; ``descartar`` forgets the rest. Confirming the same
list twice changes nothing.

A folder a step: ``celdas`` (a process of its own), ``diccionario`` and ``lectura``, ``interpretacion``, ``planes``,
``guardado``, ``revision``, ``deshacer``, ``trabajo``. Each knows those before it.
"""

from .guardado.aplicar import confirmar, descartar
from .lectura.leer import MAXIMO_DE_BYTES, MAXIMO_DE_FILAS, ErrorDeArchivo
from .recibir import decidir_columnas, recibir, revisar

__all__ = [
    "MAXIMO_DE_BYTES",
    "MAXIMO_DE_FILAS",
    "ErrorDeArchivo",
    "confirmar",
    "decidir_columnas",
    "descartar",
    "recibir",
    "revisar",
]
