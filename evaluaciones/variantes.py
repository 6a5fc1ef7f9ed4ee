"""The variants of an evaluation (entry, practice, of a module, final, survey) and what each one does."""

from __future__ import annotations

ENTRADA, PRACTICA, MODULO, FINAL, ENCUESTA = "entrada", "practica", "modulo", "final", "encuesta"
CON_NOTA = frozenset({MODULO, FINAL})
ESPERAN = frozenset({MODULO, FINAL})
DEL_CURSO = frozenset({FINAL, ENCUESTA})
ENCUESTAS = frozenset({ENCUESTA})
