"""The variants of an evaluation (entry, practice, of a module, final, surveys) and what each one does."""

from __future__ import annotations

ENTRADA, PRACTICA, MODULO, FINAL, ENCUESTA = "entrada", "practica", "modulo", "final", "encuesta"
APLICACION = "aplicacion"  # what was done with it, some months after finishing the course
CON_NOTA = frozenset({MODULO, FINAL})
ESPERAN = frozenset({MODULO, FINAL})
DEL_CURSO = frozenset({FINAL, ENCUESTA})
DE_UN_MODULO = frozenset({PRACTICA, MODULO})  # the page goes inside one; that of any other class, in the course itself
ENCUESTAS = frozenset({ENCUESTA, APLICACION})
DIAS_DESPUES = 90  # when that is asked, where the page does not say
