"""A copy of all that is kept of a person, by room, with what each thing is for. Only for the person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from marco.inventario import Uso, declaraciones
from marco.models import AjustesDelAula

from ..apartados import Apartado, apartados
from ..models import Persona

FORMATO = 1


@dataclass(frozen=True)
class Seccion:
    """What is kept of one kind: the title of each detail, what it is for, and the rows."""

    clave: str
    titulo: str
    campos: Mapping[str, str]
    usos: Mapping[str, Uso]
    filas: list[dict[str, Any]]


def copia_de(persona: Persona) -> list[Seccion]:
    """Everything, also of the registers that were made one with theirs. As many statements for much as for little."""
    registros = Persona.objects.filter(Q(pk=persona.pk) | Q(absorbida_por=persona)).values_list("pk", flat=True)
    numeros = tuple(registros.order_by("pk"))
    return [_seccion(uno, numeros) for uno in apartados() if uno.titulo]


def _seccion(apartado: Apartado, numeros: tuple[int, ...]) -> Seccion:
    filas = apartado.copiar(numeros)
    nombres = list(dict.fromkeys(nombre for fila in filas for nombre in fila))
    usos = declaraciones()[apartado.modelo._meta.label].usos
    meta = apartado.modelo._meta
    campos = {nombre: capfirst(str(getattr(meta.get_field(nombre), "verbose_name", nombre))) for nombre in nombres}
    return Seccion(meta.label, str(apartado.titulo), campos, {nombre: usos[nombre] for nombre in nombres}, filas)


def en_json(secciones: list[Seccion], *, ahora: datetime.datetime) -> dict[str, Any]:
    """The copy for a machine: the rows, and a dictionary that says what each name is."""
    ajustes = AjustesDelAula.actuales()
    return {
        "formato": FORMATO,
        "hecho_en": ahora.isoformat(),
        "entidad": ajustes.entidad or ajustes.nombre_del_espacio,
        "datos": {seccion.clave: seccion.filas for seccion in secciones},
        "diccionario": {
            seccion.clave: {
                "que_es": seccion.titulo,
                "campos": {
                    nombre: {
                        "que_es": titulo,
                        "para_que": str(seccion.usos[nombre].fin),
                        "base_legal": str(seccion.usos[nombre].base),
                        "cuanto_se_guarda": str(seccion.usos[nombre].plazo),
                        "quien_lo_ve": str(seccion.usos[nombre].ven),
                        "sensible": seccion.usos[nombre].sensible,
                    }
                    for nombre, titulo in seccion.campos.items()
                },
            }
            for seccion in secciones
        },
    }


def legible(valor: Any) -> str:
    """A value as a person reads it on paper."""
    if isinstance(valor, bool):
        return _("Sí") if valor else _("No")
    if isinstance(valor, dict):
        return "; ".join(f"{clave}: {legible(uno)}" for clave, uno in valor.items() if uno not in ("", None, [], {}))
    if isinstance(valor, list):
        return "; ".join(legible(uno) for uno in valor)
    return _momento(valor) if isinstance(valor, str) and valor[:2].isdigit() else str("" if valor is None else valor)


def _momento(texto: str) -> str:
    """A day or a moment written by a machine, as people write it; any other text, as it is."""
    try:
        if len(texto) == len("2026-11-30"):
            return date_format(datetime.date.fromisoformat(texto))
        momento = datetime.datetime.fromisoformat(texto)
    except ValueError:
        return texto
    return date_format(timezone.localtime(momento), "DATETIME_FORMAT") if momento.tzinfo else texto
