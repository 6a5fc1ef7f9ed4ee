"""What a run left, as rows: for whoever runs it and, between marks, for ``docs/rendimiento.md``."""

from __future__ import annotations

import datetime
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .arranque import Arranque
from .capacidad import Capacidad, en_palabras
from .corrida import DE_CRECER, ConProcesos, Peso
from .medicion import Medida
from .metas import ARRANQUE, METAS, faltas_de, lote_pesado, papel_caro

MARCA = "<!-- medido: {} -->"
FIN = "<!-- fin: {} -->"
# Where each way of serving writes, so that one run does not take away what another one left.
PARTES = ("embebido", "produccion", "procesos", "carga", "papeles", "lista", "pais")


@dataclass
class Cuadro:
    """Rows under headings, and what is said before and after them."""

    titulo: str
    columnas: Sequence[str]
    filas: list[Sequence[str]] = field(default_factory=list)
    notas: list[str] = field(default_factory=list)

    def en_texto(self) -> str:
        anchos = [max(len(una) for una in columna) for columna in zip(self.columnas, *self.filas, strict=True)]
        lineas = [self._linea(fila, anchos) for fila in (self.columnas, *self.filas)]
        return "\n".join(["", self.titulo, *lineas, *self.notas])

    @staticmethod
    def _linea(fila: Sequence[str], anchos: Sequence[int]) -> str:
        primera, *demas = fila
        celdas = [una.rjust(ancho) for una, ancho in zip(demas, anchos[1:], strict=True)]
        return "  ".join([primera.ljust(anchos[0]), *celdas]).rstrip()

    def en_markdown(self) -> str:
        lineas = [f"**{self.titulo}**", "", f"| {' | '.join(self.columnas)} |", "|---" * len(self.columnas) + "|"]
        lineas += [f"| {' | '.join(fila)} |" for fila in self.filas]
        return "\n".join([*lineas, *("\n" + nota for nota in self.notas)])


def numero(valor: float, decimales: int = 1) -> str:
    return f"{valor:.{decimales}f}"


def de_paginas(titulo: str, medidas: Sequence[Medida]) -> Cuadro:
    """A row for each scene, with as many columns as times it was measured with other people at once."""
    usuarios = sorted({una.usuarios for una in medidas})
    columnas = [""]
    for cuantos in usuarios:
        columnas += [f"{cuantos} a la vez: ms", "p95", "× piso"]
        columnas += ["por segundo", "× piso, por ritmo"] if cuantos > 1 else []
    columnas += ["procesador, ms", "× el del piso", "de la base, ms", "pedidos", "sentencias", "KB", "meta", ""]
    hecho = Cuadro(titulo, columnas)
    for nombre in dict.fromkeys(una.nombre for una in medidas):
        suyas = {una.usuarios: una for una in medidas if una.nombre == nombre}
        fila = [nombre]
        for cuantos in usuarios:
            una = suyas[cuantos]
            fila += [numero(una.mediana), numero(una.p95), numero(una.veces_de_la_mitad)]
            fila += [numero(una.por_segundo), numero(una.veces_por_ritmo)] if cuantos > 1 else []
        ultima = suyas[usuarios[-1]]
        fila += [numero(ultima.procesador), numero(ultima.veces_de_procesador), numero(ultima.de_la_base)]
        fila += [str(ultima.pedidos), str(ultima.sentencias), numero(ultima.kilos)]
        meta = METAS.get(nombre)
        fila += [meta.en_palabras() if meta else "", _de_todos(suyas.values()) if meta else ""]
        hecho.filas.append(fila)
    return hecho


def _de_todos(medidas: Iterable[Medida]) -> str:
    """Whether it meets its goal with any number of people at once; else, with which it does not."""
    malas = [f"{una.usuarios}: {', '.join(faltas)}" for una in medidas if (faltas := faltas_de(una))]
    return f"**NO** ({'; '.join(malas)})" if malas else "cumple"


def de_capacidad(una: Capacidad) -> str:
    return (
        f"Una persona gasta {numero(una.segundos_por_hora, 2)} s de procesador en una hora de estudio: en esta máquina"
        f" ({una.nucleos} núcleos) caben unas {una.a_la_vez} estudiando a la misma hora, unas {una.inscritas}"
        " inscritas. " + en_palabras()
    )


def de_peso(peso: Peso) -> str:
    return (
        f"Un paso de lección: {numero(peso.paso_primera_vez)} KB en {peso.pedidos_primera_vez} pedidos la primera vez, "
        f"{numero(peso.paso_despues)} KB después. Una lección de {peso.pasos} pasos con «Continuar»: "
        f"{numero(peso.leccion_primera_vez)} KB la primera vez, {numero(peso.leccion_despues)} KB después."
    )


def de_arranque(medido: Arranque) -> str:
    de_wagtail = f"{numero(medido.veces_de_wagtail)} veces uno de Wagtail sin nada (meta: {ARRANQUE:g})"
    otros = f"{de_wagtail} y {numero(medido.veces)} uno de Django sin nada"
    return f"Encender un proceso: {numero(medido.sitio, 2)} s de procesador, {otros}."


def de_procesos(filas: Sequence[ConProcesos], usuarios: int) -> Cuadro:
    columnas = ["", "procesos de páginas", *(f"{una}, por segundo" for una in DE_CRECER), "memoria propia, MB"]
    hecho = Cuadro(f"{usuarios} personas que no paran", columnas)
    for una in filas:
        ritmos = [numero(una.por_segundo[cual]) for cual in DE_CRECER]
        hecho.filas.append([una.perfil, str(una.procesos), *ritmos, " + ".join(map(str, una.megas))])
    return hecho


def de_papeles(perfil: str, pdf: Mapping[str, float], lote: Mapping[str, float]) -> Cuadro:
    """A certificate beside a plain PDF, and a batch as a worker does it."""
    cuantos = lote["cuantos"]
    hecho = Cuadro(
        f"{perfil}: un certificado con dos logos y su segunda página; un lote de {cuantos:.0f}",
        ["", "procesador, ms", "× PDF sin nada", "KB", "por segundo de procesador", "por segundo", "MB", ""],
    )
    veces = numero(pdf["certificado"] / pdf["piso"], 2)
    kilos = f"{numero(pdf['kb'])} (con cuatro logos, {numero(pdf['kb_4_logos'])})"
    hecho.filas.append(["PDF sin nada", numero(pdf["piso"]), "1.0", "", "", "", "", ""])
    juzgado = _juzgar(papel_caro(pdf))
    hecho.filas.append(["un certificado en PDF", numero(pdf["certificado"]), veces, kilos, "", "", "", juzgado])
    suelto = numero(pdf["suelto"] / pdf["piso"], 2)
    hecho.filas.append(["el mismo, entre otros papeles", numero(pdf["suelto"]), suelto, "", "", "", "", ""])
    for cual, nombre in (("emitir", "emitirlos"), ("archivo", "componerlos y ponerlos en un archivo")):
        procesador, segundos = lote[f"{cual}_procesador"], lote[f"{cual}_segundos"]
        fila = [nombre, numero(1000 * procesador / cuantos), "", "", numero(cuantos / procesador, 0)]
        ultima = cual == "archivo"
        fila += [numero(cuantos / segundos, 0), numero(lote["megas"], 0) if ultima else ""]
        hecho.filas.append([*fila, _juzgar(lote_pesado(lote)) if ultima else ""])
    return hecho


def _juzgar(faltas: Sequence[str]) -> str:
    return f"**NO** ({'; '.join(faltas)})" if faltas else "cumple"


def firma(orden: str) -> str:
    """When, on what, and with which command it was measured; and what else the machine was doing."""
    maquina = f"{os.cpu_count()} núcleos, Python {platform.python_version()}, {platform.system()}"
    carga = os.getloadavg()[0]
    return f"{datetime.date.today():%Y-%m-%d}, {maquina}, carga al empezar {carga:.1f}: `{orden}`"


def escribir(documento: Path, parte: str, texto: str) -> None:
    """Put a part in its place of a document; one without a place for it is an error."""
    antes = documento.read_text("utf-8")
    inicio, fin = MARCA.format(parte), FIN.format(parte)
    entre = re.compile(re.escape(inicio) + ".*?" + re.escape(fin), re.DOTALL)
    if len(entre.findall(antes)) != 1:
        raise ValueError(f"{documento} no tiene un solo lugar para «{parte}» ({inicio} … {fin}).")
    documento.write_text(entre.sub(lambda _viejo: f"{inicio}\n{texto.strip()}\n{fin}", antes), "utf-8")
