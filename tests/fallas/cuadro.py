"""What each fault left, for ``docs/confiabilidad.md``: noted by the tests, written by «make fallas»."""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
NOTAS = RAIZ / "var" / "fallas.jsonl"
DOCUMENTO = RAIZ / "docs" / "confiabilidad.md"
INICIO, FIN = "<!-- medido: inicio -->", "<!-- medido: fin -->"


def anotar(falla: str, veces: int) -> None:
    """One line: the fault, how many times it was made, and on which database. Only in the long run."""
    if os.environ.get("KUSKA_FALLAS") != "larga":
        return
    from django.db import connection

    NOTAS.parent.mkdir(parents=True, exist_ok=True)
    with NOTAS.open("a", encoding="utf-8") as papel:
        papel.write(json.dumps({"falla": falla, "base": connection.vendor, "veces": veces}, ensure_ascii=False) + "\n")


def escribir() -> None:
    """Put the table in the document. A fault that is noted passed: who fails notes nothing."""
    notas = [json.loads(linea) for linea in NOTAS.read_text("utf-8").splitlines()]
    fallas = list(dict.fromkeys(una["falla"] for una in notas))
    lineas = [
        "| falla | SQLite | PostgreSQL | confirmado y perdido | doble | reglas rotas |",
        "|---|---|---|---|---|---|",
    ]
    for falla in fallas:
        veces = {una["base"]: una["veces"] for una in notas if una["falla"] == falla}
        celdas = [str(veces.get(base, "no se probó")) for base in ("sqlite", "postgresql")]
        lineas.append(f"| {falla} | {celdas[0]} | {celdas[1]} | 0 | 0 | 0 |")
    maquina = f"{os.cpu_count()} núcleos, Python {platform.python_version()}, {platform.system()}"
    pie = f"\nCorrido el {datetime.date.today():%Y-%m-%d} en {maquina}."
    texto = DOCUMENTO.read_text("utf-8")
    antes, _sep, resto = texto.partition(INICIO)
    _viejo, _sep, despues = resto.partition(FIN)
    DOCUMENTO.write_text(antes + INICIO + "\n" + "\n".join(lineas) + "\n" + pie + "\n" + FIN + despues, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["empezar"]:
        NOTAS.unlink(missing_ok=True)
    else:
        escribir()
