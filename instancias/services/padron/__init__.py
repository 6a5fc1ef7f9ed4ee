"""Import of the padrón: read a sheet, show what each row would do, and only then write.

``revisar`` keeps the rows under review; ``confirmar`` writes them in sets, in one transaction, and announces the
new memberships; ``descartar`` empties them. Confirming the same sheet twice changes nothing.
"""

from .aplicar import confirmar, descartar, revisar
from .lectura import MAXIMO_DE_BYTES, MAXIMO_DE_FILAS, ErrorDeArchivo

__all__ = ["MAXIMO_DE_BYTES", "MAXIMO_DE_FILAS", "ErrorDeArchivo", "confirmar", "descartar", "revisar"]
