"""What SQLite runs with each fact that a page of the panel tells: it changes the mark of its instancia.

The same facts as on PostgreSQL (``migrations.0012``), in the same transaction. SQLite has one writer at a time, so the
mark is a row for each instancia and nobody waits for it. It is a number by chance and not a count: what was undone
leaves the one of before, and the next change another one that nobody saw (see ``consultas.cambios``, decision 47).

Beside the mark, the last changes say who it was: the mark of before and the number of a person, the last one first.
Where something else changed, nothing is left of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

PREFIJO = "kuska_cambio_"
CUENTAS = "kuska_seguimiento_cuentadecambios"
MARCA = "random() & 4611686018427387903"  # positive, and what a column of whole numbers holds
CAMBIAR = f"UPDATE {CUENTAS} SET cuantos = {MARCA}, recientes = '' WHERE territorio"  # noqa: S608 (no value of anybody)
RECIENTES = 1600  # letters: of some sixty changes
DE_ALGUIEN = (
    f"UPDATE {CUENTAS} SET recientes = substr(cuantos || ':' || {{0}} || ' ' || recientes, 1, {RECIENTES}),"  # noqa: S608
    f" cuantos = {MARCA} WHERE territorio"
)
LUGARES = "SELECT i.territorio_id FROM kuska_instancias_instancia i"
SILLAS = f"{LUGARES} JOIN kuska_instancias_asiento a ON a.instancia_id = i.id"
SENTADAS = f"{SILLAS} JOIN kuska_instancias_membresia m ON m.asiento_id = a.id"

# What changes, by what a row says: the instancias where somebody sits or sat, that of a seat, this one, all of them.
DE_TODAS = f"{CAMBIAR} = '';"
INSTANCIA = f"{CAMBIAR} IN ({LUGARES} WHERE i.id = %s);"
ASIENTO = f"{CAMBIAR} IN ({SILLAS} WHERE a.id = %s);"
PERSONA = f"{DE_ALGUIEN} IN ({SENTADAS} WHERE m.persona_id = {{0}});"
DE_INSCRIPCION = "(SELECT persona_id FROM kuska_cursos_inscripcion WHERE id = {0})"
DE_INTENTO = DE_INSCRIPCION.format("(SELECT inscripcion_id FROM kuska_evaluaciones_intento WHERE id = {0})")
DE_CERTIFICADO = "(SELECT persona_id FROM kuska_certificados_certificado WHERE id = {0})"
INSCRIPCION, INTENTO, CERTIFICADO = map(PERSONA.format, (DE_INSCRIPCION, DE_INTENTO, DE_CERTIFICADO))
LUGAR = f"{CAMBIAR} = %s;"
DE_INSTANCIA = (
    f"{CAMBIAR} IN (SELECT {{0}}.territorio_id FROM kuska_certificados_documentodecifras d"  # noqa: S608
    " WHERE d.id = {0}.documentodecifras_id AND d.clase = 'instancia');"
).replace("{0}", "{}")

# A row that is added, changed or gone.
SIEMPRE = (
    ("kuska_instancias_membresia", ASIENTO % "{}.asiento_id" + PERSONA.format("{}.persona_id")),
    ("kuska_instancias_asiento", INSTANCIA % "{}.instancia_id"),
    ("kuska_cursos_inscripcion", PERSONA.format("{}.persona_id")),
    ("kuska_evaluaciones_intento", INSCRIPCION.format("{}.inscripcion_id")),
    ("kuska_certificados_certificado", PERSONA.format("{}.persona_id")),
    ("kuska_certificados_actodecertificado", CERTIFICADO.format("{}.certificado_id")),
    ("kuska_seguimiento_recordatorio", PERSONA.format("{}.persona_id") + ASIENTO % "{}.asiento_id"),
    ("kuska_seguimiento_metadeterritorio", LUGAR % "{}.territorio_id"),
    # Of the documents, that an instancia was certified, or is no more (below): an acta or a closing is told nowhere.
    ("kuska_certificados_documentodecifras_territorios", DE_INSTANCIA),
    # What changes seldom, and may be told on any page.
    *(
        (modelo, DE_TODAS)
        for modelo in (
            "kuska_instancias_instancia",
            "kuska_instancias_territorio",
            "kuska_instancias_tipodeasiento",
            "kuska_cursos_edicion",
            "kuska_cursos_edicion_territorios",
            "kuska_cursos_edicion_tipos_de_asiento",
            "kuska_cursos_requisitodeversion",
            "kuska_seguimiento_barradeinstancia",
        )
    ),
)
# Only when the row counts: on being added, on going, and on changing.
A_VECES = (
    (
        "kuska_cursos_avance",
        ("{}.terminado_en IS NOT NULL", "1"),
        "(OLD.terminado_en, OLD.inscripcion_id, OLD.unidad_id)"
        " IS NOT (NEW.terminado_en, NEW.inscripcion_id, NEW.unidad_id)",
        INSCRIPCION.format("{}.inscripcion_id"),
    ),
    (
        "kuska_evaluaciones_respuesta",
        ("{}.definitiva", "{}.definitiva"),
        "OLD.definitiva OR NEW.definitiva",
        INTENTO.format("{}.intento_id"),
    ),
)
SUELTOS = (
    (
        "kuska_instancias_persona",
        "UPDATE OF ultimo_ingreso_en",
        "OLD.ultimo_ingreso_en IS NOT NEW.ultimo_ingreso_en",
        PERSONA.format("NEW.id"),
    ),
    (  # who is not active leaves their seats to nobody
        "kuska_instancias_persona",
        "UPDATE OF activa",
        "OLD.activa IS NOT NEW.activa",
        f"{CAMBIAR} IN ({SENTADAS} WHERE m.persona_id = NEW.id);",
    ),
    (
        "kuska_certificados_documentodecifras",
        "UPDATE OF estado",
        "OLD.estado IS NOT NEW.estado AND NEW.clase = 'instancia'",
        f"{CAMBIAR} IN (SELECT t.territorio_id FROM kuska_certificados_documentodecifras_territorios t"  # noqa: S608
        " WHERE t.documentodecifras_id = NEW.id);",
    ),
    ("kuska_instancias_institucion", "UPDATE", "1", DE_TODAS),
    ("kuska_cursos_unidad", "UPDATE", "1", DE_TODAS),
)
# A place has its mark as soon as it is there, and so has what is told of all.
SU_FILA = (
    f"INSERT INTO {CUENTAS} (territorio, cuantos) SELECT lugar, {MARCA} FROM (%s)"  # noqa: S608
    f" WHERE lugar NOT IN (SELECT territorio FROM {CUENTAS});"
)
DE_LOS_LUGARES = SU_FILA % "SELECT '' AS lugar UNION SELECT ubigeo FROM kuska_instancias_territorio"


@cache
def disparadores() -> dict[str, str]:
    """Each trigger by its name: the statement that makes it, letter by letter as SQLite keeps it."""
    return {
        f"{PREFIJO}{n:02d}": f"CREATE TRIGGER {PREFIJO}{n:02d} AFTER {cuando} ON {modelo} WHEN {si} BEGIN {que} END"
        for n, (modelo, cuando, si, que) in enumerate(_filas())
    }


def _filas() -> Iterator[tuple[str, str, str, str]]:
    """On which table, when, with which condition, and what."""
    for modelo, que in SIEMPRE:
        yield from _de_una_fila(modelo, ("1", "1"), "1", que)
    for modelo, condiciones, distinta, que in A_VECES:
        yield from _de_una_fila(modelo, condiciones, distinta, que)
    yield from SUELTOS
    yield "kuska_instancias_territorio", "INSERT", "1", SU_FILA % "SELECT '' AS lugar UNION SELECT NEW.ubigeo"


def _de_una_fila(
    modelo: str, condiciones: tuple[str, str], distinta: str, que: str
) -> Iterator[tuple[str, str, str, str]]:
    nueva, vieja = que.replace("{}", "NEW"), que.replace("{}", "OLD")
    yield modelo, "INSERT", condiciones[0].replace("{}", "NEW"), nueva
    yield modelo, "DELETE", condiciones[1].replace("{}", "OLD"), vieja
    yield modelo, "UPDATE", distinta, nueva
    # What is of somebody else now, which is seldom, was of whoever had it before too.
    if de_quien := sorted({*re.findall(r"{}\.(\w+)", que)}):
        de_otro = " OR ".join(f"OLD.{columna} IS NOT NEW.{columna}" for columna in de_quien)
        yield modelo, "UPDATE", f"({distinta}) AND ({de_otro})", vieja


# All that they are put on, or name.
SUS_MODELOS = frozenset(re.findall(r"\bkuska_[a-z]+_[a-z_]+\b", " ".join(map(" ".join, _filas()))))
