"""The evaluation as a kind of unit. ``clase`` says what a course asks of it; the room, how it is done."""

CLAVE = "evaluacion"
