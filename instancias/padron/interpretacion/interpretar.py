"""From a row of text to who sits where, or to a sentence that says what to mend. Asks nothing of the database."""

from __future__ import annotations

import datetime
import difflib
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.lineas import linea_limpia
from marco.visibles import sin_invisibles

from ...models import Membresia
from ...validators import ES_FORMULA
from ..celdas import SIN_CALCULAR
from ..diccionario.catalogo import Catalogo
from ..diccionario.claves import clave_de
from ..diccionario.nombres_de_pila import DE_PILA
from ..diccionario.sinonimos import sinonimos
from ..lectura.leer import MAXIMO_DE_CELDA
from ..lectura.supuestos import NINGUNO, Supuestos
from .documentos import leer_documento
from .fechas import leer_dia
from .leida import FilaLeida
from .nombres import leer_nombre_de, revisar_el_orden
from .problemas import Nota, Problema
from .situar import situar

__all__ = ["Catalogo", "FilaLeida", "interpretar"]

LOS_NOMBRES, LOS_APELLIDOS = gettext_lazy("los nombres"), gettext_lazy("los apellidos")
LA_INSTITUCION, LA_DESIGNACION = gettext_lazy("la institución"), gettext_lazy("el documento de designación")
TEXTOS = ("nombres", "apellidos", "institucion", "designacion")
SOLO_NUMEROS = re.compile(r"[0-9\s()+,;/.y-]+")
CELULAR = re.compile(r"9[0-9]{8}")
CALIDADES = frozenset(Membresia.Calidad.values)
UN_CELULAR = re.compile(r"(?:\+?\s*51[\s-]*)?(9(?:[\s.\-]?[0-9]){8})(?![0-9])")


def interpretar(
    *,
    fila: dict[str, Any],
    catalogo: Catalogo,
    esquema: str,
    hoy: datetime.date,
    supuestos: Supuestos = NINGUNO,
) -> FilaLeida:
    """Understand one row. Every problem is a full sentence with what was read and what to do.

    ``supuestos`` are the values of the cells that the list leaves empty, said once for all of it.
    """
    leida = FilaLeida(fila=fila["fila"])
    _de_la_lectura(fila, leida)
    # Numbers, dates and places are found, not kept: what nobody sees in them says nothing.
    fila = {c: v if c in TEXTOS or not isinstance(v, str) else sin_invisibles(v) for c, v in fila.items()}
    if _rechaza_formulas(fila, leida):
        return leida
    leer_documento(fila.get("documento", ""), fila.get("tipo_de_documento", ""), leida)
    nombres = leer_nombre_de("nombres", fila, LOS_NOMBRES, leida, catalogo.registro)
    leida.nombres = nombres[:1].upper() + nombres[1:]
    leida.apellidos = leer_nombre_de("apellidos", fila, LOS_APELLIDOS, leida, catalogo.registro)
    revisar_el_orden(leida, DE_PILA)
    _celular(fila.get("celular", ""), leida)
    situar(fila, catalogo, esquema, leida, supuestos)
    _calidad(fila.get("calidad", "") or supuestos.calidad, catalogo, leida)
    leida.institucion = _linea("institucion", fila, LA_INSTITUCION, leida)[:160]
    leida.designacion = _linea("designacion", fila, LA_DESIGNACION, leida)[:120]
    leer_dia(fila.get("desde", "") or supuestos.desde, hoy, leida)
    return leida


def _de_la_lectura(fila: dict[str, Any], leida: FilaLeida) -> None:
    """Say what the reader of the list found or supposed, as long as its cells are those that it read."""
    for dicho in fila.get("problemas", ()):
        problema = Problema.de_json(dicho)
        if problema.leido == fila.get(problema.campo, ""):
            leida.problemas.append(problema)
    leida.notas.extend(Nota.de_json(nota) for nota in fila.get("notas", ()))
    nombres, apellidos = fila.get("nombres", ""), fila.get("apellidos", "")
    if fila.get("nombre_por_confirmar") == f"{nombres}|{apellidos}":
        frase = _("El nombre venía junto, «%(completo)s»: se leyó «%(nombres)s» como nombres y lo demás, apellidos.")
        visto = sin_invisibles(fila.get("nombre_completo", ""))[:80]
        leida.anota("apellidos", frase % {"completo": visto, "nombres": sin_invisibles(nombres)[:60]})


def _rechaza_formulas(fila: dict[str, Any], leida: FilaLeida) -> bool:
    for clave, valor in fila.items():
        if not valor or clave == "fila" or not isinstance(valor, str):
            continue
        if ES_FORMULA.match(valor) and not (clave == "celular" and SOLO_NUMEROS.fullmatch(valor)):
            visto = sin_invisibles(valor)[:40]
            frase = _("La celda «%(valor)s» tiene una fórmula. Cópiela y péguela como valor.") % {"valor": visto}
            if valor == SIN_CALCULAR:
                frase = _(
                    "La celda tiene una fórmula sin calcular. Escriba aquí lo que debe decir; o abra el libro en "
                    "Excel, guárdelo y súbalo otra vez."
                )
            leida.falla(clave, "formula", frase, leido=visto)
        elif len(valor) > MAXIMO_DE_CELDA:
            frase = _("El texto «%(valor)s…» es demasiado largo. Deje menos de 200 letras.") % {"valor": valor[:40]}
            leida.falla(clave, "muy_largo", frase, leido=valor[:40])
    return bool(leida.problemas)


def _linea(campo: str, fila: dict[str, Any], cual: object, leida: FilaLeida) -> str:
    texto = fila.get(campo, "")
    try:
        return linea_limpia(texto)
    except ValidationError as error:
        frase = _("No se entiende %(cual)s. %(aviso)s") % {"cual": cual, "aviso": error.messages[0]}
        leida.falla(campo, "no_se_entiende", frase, leido=sin_invisibles(texto)[:40])
        return ""


def _celular(texto: str, leida: FilaLeida) -> None:
    numeros = texto if texto.isdecimal() else "".join(letra for letra in texto if letra.isdigit())
    if numeros.startswith("51") and len(numeros) == 11:
        numeros = numeros[2:]
    if CELULAR.fullmatch(numeros):
        leida.celular = numeros
        return
    varios = [re.sub(r"[^0-9]", "", hallado) for hallado in UN_CELULAR.findall(texto)] if len(numeros) > 11 else []
    if varios:
        leida.celular = varios[0]
        frase = _("La celda «%(texto)s» tiene más de un celular. Se guarda el primero: %(celular)s.")
        leida.anota("celular", frase % {"texto": texto[:40], "celular": varios[0]})
    elif numeros:
        frase = _("El celular «%(texto)s» no tiene 9 números que empiecen con 9. Se guarda sin celular.")
        leida.anota("celular", frase % {"texto": texto[:20]})


def _calidad(texto: str, catalogo: Catalogo, leida: FilaLeida) -> None:
    calidad = sinonimos().calidades.get(clave_de(texto)) or catalogo.aprendida(
        "calidad", texto, territorio=leida.territorio
    )
    if calidad not in CALIDADES:
        frase = _("La calidad es «titular» o «alterno»; se leyó «%(texto)s».") % {"texto": texto[:20]}
        frase = frase if texto.strip() else _("Falta la calidad: escriba «titular» o «alterno».")
        propuestas = sorted(Membresia.Calidad.values, key=lambda cual: -_parecido(texto, cual))
        leida.falla("calidad", "calidad_desconocida", frase, leido=texto, propuestas=propuestas)
        return
    leida.calidad = calidad


def _parecido(texto: str, otro: str) -> float:
    parecido = difflib.SequenceMatcher(a=clave_de(texto), b=otro).ratio()
    return parecido if parecido > 0.5 else 0
