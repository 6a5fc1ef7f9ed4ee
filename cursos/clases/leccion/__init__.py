"""The lesson: a page of steps of one idea each, done step by step."""

CLAVE = "leccion"
TEMA_DIFICIL = "tema_dificil"  # variant: it warns before it begins, and its steps may be passed over
