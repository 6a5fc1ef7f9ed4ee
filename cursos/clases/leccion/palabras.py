"""The words of a lesson, step by step, for who looks for one. What answers a case or a question stays out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from cursos.consultas.primer_uso import CAMPOS

from .contenido import lineas_del_resumen

# Folded because it is long, and not because it answers.
TAMBIEN = {"texto", "audio"}
DE_LA_NORMA = {"cita": "cita"}
ACABA = re.compile(r"(</(?:p|li|h[1-6])>|<br */?>)")


def palabras_de(leccion: Any) -> Iterator[tuple[int, int, str, str]]:
    """Yield each step of a lesson: page, number, title and words, without marks of format."""
    yield leccion.pk, 0, leccion.title, leccion.presentacion
    antes = leccion.numero_de_pasos - len(leccion.pasos)
    for numero, bloque in enumerate(leccion.pasos.raw_data, antes + 1):
        tipo, valor = bloque["type"], bloque["value"]
        partes = [
            str(valor.get(campo.nombre) or "") for campo in CAMPOS.get(tipo, ()) if not campo.plegado or tipo in TAMBIEN
        ]
        if tipo in DE_LA_NORMA:
            partes.append(str(valor.get(DE_LA_NORMA[tipo]) or ""))
        if tipo == "resumen":
            partes += lineas_del_resumen(leccion)
        yield leccion.pk, numero, str(valor.get("titulo") or leccion.title), _llano(" ".join(partes))


def _llano(html: str) -> str:
    """Return the words of formatted text: what is in two paragraphs is not one word."""
    return " ".join(unescape(strip_tags(ACABA.sub(r"\1 ", html))).split())
