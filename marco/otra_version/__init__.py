"""Two on the same thing: who saves second is told so, once, and nothing of either is lost.

A page has versions, and its form says which one it was written on. Any other row has none: its form says what was saved
when it was opened (``filas``). Both are looked at again in the turn of the row (``turno``), where the database decides
who is second. Every screen of the editor that changes a row does it by itself (``editor``); a form of the panel, with
``que_avise`` and ``en_turno``. See decision 65.
"""

from .filas import CAMPO, actos_con, actos_de, que_avise
from .paginas import FormularioQueAvisa
from .turno import en_turno, tomar, turno

__all__ = ["CAMPO", "FormularioQueAvisa", "actos_con", "actos_de", "en_turno", "que_avise", "tomar", "turno"]
