"""The trail: who looked at, took or changed what is of somebody else. Numbers only, never a name or a document.

Acts write their lines inside their transaction (``anotar`` and its neighbours; ``cambio`` for what has a register of
its own). A page says whom it shows (``se_vio``, ``se_busco``, ``se_saco``) and ``paso.DejaRastro`` writes it once it is
drawn. See decision 32.
"""

from .actos import Linea, anotar, anotar_de_cuenta, anotar_lineas, anotar_varias, cambio, cambio_de_cuenta, no_entro
from .peticiones import clase_de_busqueda, se_busco, se_saco, se_vio

__all__ = [
    "Linea",
    "anotar",
    "anotar_de_cuenta",
    "anotar_lineas",
    "anotar_varias",
    "cambio",
    "cambio_de_cuenta",
    "clase_de_busqueda",
    "no_entro",
    "se_busco",
    "se_saco",
    "se_vio",
]
