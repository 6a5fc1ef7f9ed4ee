"""What becomes of every row of the sheets in ``muestras``, as ``docs/padron.md`` shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from instancias import padron
from instancias.models import Asiento, FilaDePadron, ImportacionDePadron, Persona, Territorio
from instancias.padron.interpretacion.problemas import ACEPTABLES
from instancias.padron.lectura.forma import Forma, supuestos_de
from instancias.padron.recibir import orden_actual
from instancias.padron.revision import banco
from instancias.padron.revision.preguntas import CODIGOS, por_aclarar
from tests.instancias.mesas import AHORA, PROVINCIA, sentada

MUESTRAS = Path(__file__).with_name("muestras")
CABECERA = """# Las listas, fila por fila

Qué pasa hoy con cada fila de las hojas de `tests/instancias/muestras`, de personas inventadas, cuando las trae quien
coordina la provincia y nadie corrige nada. La escribe `tests/instancias/test_tabla_del_padron.py`; no se edita a mano:

    KUSKA_ESCRIBIR=1 make test-rapido ARGS=tests/instancias/test_tabla_del_padron.py

* **se guarda**: queda guardada al confirmar. Si se supuso algo o alguien sale, la frase es la de la revisión;
* **espera una respuesta**: basta con elegir lo que dice una palabra, o con mirar la fila y aceptarla;
* **no se guarda**: hay que corregir una celda. La frase dice qué se leyó y qué hacer.
"""
SE_GUARDA, ESPERA, NO = "se guarda", "espera una respuesta", "no se guarda"
VARIAS = {SE_GUARDA: "se guardan {}", ESPERA: "esperan una respuesta {}", NO: "no se guardan {}"}
DE_SIEMPRE = re.compile(r"^(?:Se registra la persona\.|Institución: .*)$")  # said of every new row
DE_PALABRA = {codigo for codigos in CODIGOS.values() for codigo in codigos}


@dataclass(frozen=True)
class Caso:
    """A sheet and what somebody says of it: where it is from, if it does not; that it changes authorities; that whoever
    may be somebody else is not."""

    archivo: str
    lugar: str = ""
    releva: bool = False
    acepta: bool = False


CASOS = (
    Caso("limpia.xlsx"),
    Caso("libreoffice.ods"),
    Caso("antigua.xls"),
    Caso("portada_primero.xlsx"),
    Caso("titulo_arriba.csv"),
    Caso("resolucion_titular_alterno.xlsx", lugar="Santo Domingo de Anda"),
    Caso("apellidos_y_nombres.xlsx", lugar="Santo Domingo de Anda"),
    Caso("dos_en_una_celda.xlsx"),
    Caso("dni_celular_fecha.xlsx"),
    Caso("acentos_perdidos.csv"),
    Caso("asientos_con_palabras.xlsx"),
    Caso("asientos_con_palabras.xlsx", acepta=True),
    Caso("relevo_2027.xlsx"),
    Caso("relevo_2027.xlsx", releva=True),
)


@dataclass
class Suerte:
    """What became of a list: what was asked of all of it, and of each row: its number, its end and the sentence."""

    leidas: int = 0
    preguntas: list[str] = field(default_factory=list)
    filas: list[tuple[str, str, str]] = field(default_factory=list)


def escribir() -> str:
    """Return the page, with each list brought to a register that does not know it."""
    partes = [CABECERA]
    for caso in CASOS:
        with transaction.atomic():
            suerte = _probar(caso)
            transaction.set_rollback(True)
        partes.append(_seccion(caso, suerte))
    return "\n".join(partes)


def _probar(caso: Caso) -> Suerte:
    suerte = Suerte()
    if "relevo" in caso.archivo:
        _con_autoridades()
    contenido = (MUESTRAS / caso.archivo).read_bytes()
    datos = {"nombre": caso.archivo, "contenido": contenido, "esquema": "inei", "alcance": PROVINCIA, "por": None}
    importacion = padron.recibir(**datos, ahora=AHORA)
    cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "ahora": AHORA}
    if importacion.estado == ImportacionDePadron.Estado.POR_ORDENAR:
        orden = orden_actual(importacion, forma=Forma(), alcance=PROVINCIA, por=None)
        faltan = ", ".join(orden.faltan) or "nada, pero hay columnas sin título claro"
        suerte.preguntas.append(f"Falta saber qué columna dice: {faltan}. Se respondió: {caso.lugar or 'que sí'}.")
        lugar = Territorio.objects.get(nombre=caso.lugar).pk if caso.lugar else ""
        forma = Forma(columnas={columna.huella: columna.lectura.valor for columna in orden.columnas})
        supuestos = supuestos_de(lugar=lugar, calidad="", desde="")
        importacion = padron.decidir_columnas(**cual, forma=forma, supuestos=supuestos, completa_para=(), por=None)
    if caso.releva:
        banco.declarar_relevo(**cual, releva=True)
    for fila in importacion.filas.filter(motivos__contains=".posible_repetida,") if caso.acepta else ():
        version = FilaDePadron.objects.get(pk=fila.pk).version
        banco.aceptar_aviso(**cual, codigo="posible_repetida", fila_id=fila.pk, version=version)
    for pregunta in por_aclarar(importacion, PROVINCIA):
        propone = ", ".join(opcion.texto.split(":")[0] for opcion in pregunta.sugeridas) or "lo que haya en la lista"
        veces = f"{pregunta.cuantas} fila{'s' if pregunta.cuantas > 1 else ''}"
        suerte.preguntas.append(f"¿Qué quiere decir «{pregunta.leido}»? ({veces}; se propone: {propone})")
    de_la_revision = {fila.pk: fila.detalles for fila in importacion.filas.all()}
    padron.confirmar(**cual)
    for fila in importacion.filas.order_by("orden"):
        suerte.filas.append((str(fila.fila), *_fin(fila, de_la_revision[fila.pk])))
    suerte.leidas = len(suerte.filas)
    return suerte


def _con_autoridades() -> None:
    """A mayor on each table of the province, as the day before a change."""
    presiden = Asiento.objects.filter(tipo__preside=True, instancia__atendida_por=None).order_by("instancia")
    for n, asiento in enumerate(presiden):
        quien = Persona.objects.create(documento=f"4800{n:04d}", nombres="Autoridad", apellidos="De Hoy")
        sentada(asiento, quien)


def _fin(fila: FilaDePadron, detalles: list[str]) -> tuple[str, str]:
    if fila.estado == FilaDePadron.Estado.GUARDADA:
        return SE_GUARDA, " ".join(frase for frase in detalles if not DE_SIEMPRE.match(frase))
    codigos = {problema["codigo"] for problema in fila.problemas}
    return (ESPERA if codigos <= DE_PALABRA | ACEPTABLES else NO), " ".join(fila.detalles)


def _seccion(caso: Caso, suerte: Suerte) -> str:
    como = ", dicha como cambio de autoridades" if caso.releva else ""
    como += ", aceptando que no hay nadie repetido" if caso.acepta else ""
    cuentas = Counter(fin for _fila, fin, _frase in suerte.filas)
    frases = [VARIAS[fin].format(cuantas) for fin in (SE_GUARDA, ESPERA, NO) if (cuantas := cuentas[fin])]
    lineas = [f"## {caso.archivo}{como}", "", f"{suerte.leidas} filas: {', '.join(frases)}.", ""]
    if suerte.preguntas:
        lineas += [*(f"* {pregunta}" for pregunta in suerte.preguntas), ""]
    lineas += ["| filas | qué pasa | qué se lee |", "|---|---|---|"]
    grupos: dict[tuple[str, str], list[str]] = {}
    for numero, fin, frase in suerte.filas:
        grupos.setdefault((fin, frase), []).append(numero)
    lineas += [f"| {_seguidas(filas)} | {fin} | {frase.replace('|', '/')} |" for (fin, frase), filas in grupos.items()]
    return "\n".join([*lineas, ""])


def _seguidas(filas: Iterable[str]) -> str:
    """«2–9, 11»; two people of one row of the sheet are said with how many."""
    veces = Counter(map(int, filas))
    tramos: list[list[int]] = []
    for numero in sorted(veces):
        if tramos and numero == tramos[-1][1] + 1 and veces[numero] == veces[tramos[-1][1]]:
            tramos[-1][1] = numero
        else:
            tramos.append([numero, numero])
    return ", ".join(
        (f"{desde}–{hasta}" if hasta > desde else str(desde)) + (f" (×{veces[desde]})" if veces[desde] > 1 else "")
        for desde, hasta in tramos
    )
