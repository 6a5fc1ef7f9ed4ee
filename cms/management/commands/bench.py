"""Measure what this site costs: its own processes over HTTP, beside a bare floor, with goals and an exit code."""

import logging
import shlex
import signal
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.test.utils import override_settings

from cms.carga.aula import PERSONAS, cargar
from cms.carga.resultado import Resultado
from cms.demo import banco_padron, banco_pais, banco_provincia, pais
from cms.rendimiento import cuadros
from cms.rendimiento.ajustes import APARTE
from cms.rendimiento.arranque import arranque
from cms.rendimiento.capacidad import capacidad
from cms.rendimiento.corrida import ConProcesos, con_procesos, paginas, pesar, visitantes
from cms.rendimiento.cuadros import Cuadro
from cms.rendimiento.medicion import cuantos_evaluados
from cms.rendimiento.metas import (
    arranque_lento,
    incumplidas,
    lote_pesado,
    papel_caro,
    pesadas,
    procesos_grandes,
    que_no_crecen,
)
from cms.rendimiento.servicio import EMBEBIDO, PERFILES, PRODUCCION, Aula
from marco.orden_del_aula import OrdenDelAula
from marco.respaldo.errores import ErrorDeRespaldo
from marco.servicio.familia import nucleos

# How many people, and under which code.
TAMANOS = {"distrito": (200, "100601"), "provincia": (2000, "")}
DE_ANDAR = ("django.request", "marco", "instancias")


class Command(OrdenDelAula):
    help = "Mide lo que cuesta el aula, encendida de verdad, contra un piso. Termina en 1 si no cumple una meta."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--perfiles", nargs="*", choices=list(PERFILES), default=list(PERFILES))
        parser.add_argument("--tamanos", nargs="*", choices=list(TAMANOS), default=list(TAMANOS))
        parser.add_argument("--usuarios", nargs="+", type=int, default=[1, 8], help="Cuántas personas a la vez.")
        parser.add_argument("--rondas", type=int, default=15, help="Veces que se mide cada cosa.")
        parser.add_argument("--procesos", nargs="*", type=int, default=[1, 2, 4], help="De páginas, en producción.")
        parser.add_argument("--segundos", type=float, default=8, help="De cada ritmo, al contar con más procesos.")
        parser.add_argument("--carga", type=float, default=0, help="Segundos de carga de respuestas; 0: ninguna carga.")
        parser.add_argument("--papeles", type=int, default=0, help="Certificados del lote; 0: ninguno.")
        parser.add_argument("--lista", type=int, default=0, help="Filas de la lista del padrón; 0: ninguna.")
        parser.add_argument(
            "--pais", dest="personas", type=int, default=0, help="Personas del país inventado; 0: ninguna."
        )
        parser.add_argument(
            "--provincia", type=int, default=0, help="Personas de la provincia inventada, que trabajan; 0: ninguna."
        )
        parser.add_argument("--base", default="", help="DATABASE_URL de una base vacía; si falta, una propia.")
        parser.add_argument("--escribir", type=Path, help="Documento donde se ponen los cuadros, entre sus marcas.")
        parser.add_argument("--sin-metas", action="store_true", help="Solo mira: no termina en error.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        self.opciones, self.faltas, self.ritmos = opciones, [], []
        self.firma = cuadros.firma(_orden(opciones))
        self.papeles: list[Cuadro] = []
        self.cargas: list[tuple[str, Resultado]] = []
        with _apagar_al_final():
            for perfil in opciones["perfiles"]:
                try:
                    with PERFILES[perfil](opciones["base"]) as aula:
                        self.medir(aula)
                except ErrorDeRespaldo as error:  # a tool of PostgreSQL is not here
                    self.stdout.write(f"Quedó fuera «{perfil}»: {error}")
        self.mostrar_ritmos()
        self.mostrar_cargas()
        self.decir("papeles", self.papeles)
        with _base_aparte() if opciones["lista"] or opciones["personas"] else nullcontext():
            self.medir_listas(opciones["lista"])
            self.medir_el_pais(opciones["personas"])
        with _base_aparte() if opciones["provincia"] else nullcontext():
            self.medir_la_provincia(opciones["provincia"])
        for una in self.faltas:
            self.stdout.write(f"NO cumple: {una}")
        if self.faltas and not opciones["sin_metas"]:
            raise CommandError(f"No se cumplen {len(self.faltas)} metas.")

    # A service that is on.

    def medir(self, aula: Aula) -> None:
        todos, hechas = [], 0
        for nombre in self.opciones["tamanos"]:
            cuantas, bajo = TAMANOS[nombre]
            cuadro, hechas = self.medir_paginas(aula, nombre, max(cuantas - hechas, 0), bajo)
            todos.append(cuadro)
        if todos:
            medido = arranque(aula.entorno, settings.BASE_DIR)
            todos[-1].notas.append(cuadros.de_arranque(medido))
            self.faltas += [f"{aula.perfil}, {una}" for una in arranque_lento(medido)]
        self.decir(aula.perfil, todos)
        self.medir_ritmos(aula)
        self.medir_cargas(aula)
        self.medir_papeles(aula)

    def medir_paginas(self, aula: Aula, nombre: str, cuantas: int, bajo: str) -> tuple[Cuadro, int]:
        usuarios, rondas = self.opciones["usuarios"], self.opciones["rondas"]
        evaluados = cuantos_evaluados(usuarios, rondas=rondas)
        sabe = aula.dentro("poblar", personas=cuantas, evaluados=evaluados, bajo=bajo)
        medidas = paginas(aula, sabe, usuarios=usuarios, rondas=rondas)
        titulo = f"{aula.perfil}, {nombre}, {sabe['personas']} personas (inscribirlas: {sabe['segundos']:.1f} s)"
        cuadro = cuadros.de_paginas(titulo, medidas)
        with aula.encendida(), visitantes(aula, sabe, 1) as [uno]:
            peso = pesar(uno)
        cuadro.notas.append(cuadros.de_peso(peso))
        self.faltas += [f"{aula.perfil}, {nombre}, {una}" for una in pesadas(peso)]
        cuadro.notas.append(cuadros.de_capacidad(capacidad(medidas, nucleos=nucleos())))
        self.faltas += incumplidas(medidas, f"{aula.perfil}, {nombre}")
        return cuadro, sabe["personas"]

    def medir_ritmos(self, aula: Aula) -> None:
        cuantos = self.opciones["procesos"]
        if not cuantos:
            return
        usuarios = max(self.opciones["usuarios"])
        sabe = aula.dentro("poblar", personas=0, evaluados=0)
        for procesos in cuantos if aula.perfil == PRODUCCION else [nucleos()]:
            segundos = self.opciones["segundos"]
            self.ritmos.append(con_procesos(aula, sabe, procesos, usuarios=usuarios, segundos=segundos))

    def mostrar_ritmos(self) -> None:
        filas: list[ConProcesos] = self.ritmos
        if not filas:
            return
        de_una = [una for una in filas if una.perfil == EMBEBIDO]
        self.faltas += que_no_crecen([una for una in filas if una.perfil == PRODUCCION], de_una[0] if de_una else None)
        self.faltas += procesos_grandes(filas)
        self.decir("procesos", [cuadros.de_procesos(filas, max(self.opciones["usuarios"]))])

    def medir_cargas(self, aula: Aula) -> None:
        if not self.opciones["carga"]:
            return
        with aula.encendida():
            for modo in PERSONAS:
                self.cargas.append((aula.perfil, cargar(aula, modo, segundos=self.opciones["carga"])))

    def medir_papeles(self, aula: Aula) -> None:
        """Last: whoever finishes here changes what the pages would show."""
        if not (cuantos := self.opciones["papeles"]):
            return
        pdf = aula.dentro("un_pdf", rondas=max(self.opciones["rondas"], 5))
        sabe = aula.dentro("terminar_muchos", cuantos=cuantos)
        lote = aula.dentro("un_lote", cuenta=sabe["cuenta"])
        self.papeles.append(cuadros.de_papeles(aula.perfil, pdf, lote))
        self.faltas += [f"{aula.perfil}, {una}" for una in (*papel_caro(pdf), *lote_pesado(lote))]

    def mostrar_cargas(self) -> None:
        if not self.cargas:
            return
        columnas = ["", "", "enviadas", "guardadas", "«ocupada»", "errores", "perdidas", "p50, ms", "p95, ms"]
        cuadro = Cuadro(
            f"Cargas: {self.opciones['carga']:g} s de respuestas, 50 por segundo", [*columnas, "la última, ms", ""]
        )
        for perfil, una in self.cargas:
            fila = [perfil, una.modo, str(una.hechas), str(una.confirmadas or "–"), str(una.ocupada), str(una.malas)]
            fila += [str(una.perdidas + una.faltan), *(f"{1000 * s:.0f}" for s in (una.p50, una.p95, una.mayor))]
            cuadro.filas.append([*fila, una.veredicto])
            self.faltas += [f"{perfil}, {una.modo}: {', '.join(una.faltas)}"] * bool(una.faltas)
        self.decir("carga", [cuadro])

    def decir(self, parte: str, todos: list[Cuadro]) -> None:
        """Show them and, when somebody asked for it, put them in the document."""
        for cuadro in todos:
            self.stdout.write(cuadro.en_texto())
            self.stdout.flush()
        if todos and (documento := self.opciones["escribir"]):
            textos = [*(cuadro.en_markdown() for cuadro in todos), self.firma]
            cuadros.escribir(documento, parte, "\n\n".join(textos))

    # In this process, over a database of its own.

    def medir_listas(self, cuantas: int) -> None:
        """A list of the whole country, as a sheet of each kind."""
        if not cuantas:
            return
        pais.levantar(pais.distritos_para(cuantas))
        todos = []
        for formato in ("csv", "xlsx"):
            metas = f"meta: {banco_padron.FILAS_POR_SEGUNDO} filas/s, {banco_padron.SENTENCIAS_POR_MIL} sentencias/1000"
            columnas = ["", "s", "filas/s", "s de CPU", "sentencias/1000", "MB de más", ""]
            cuadro = Cuadro(f"padrón, {cuantas} filas en {formato} ({metas}, {banco_padron.MEGAS} MB)", columnas)
            for una in banco_padron.partes(cuantas, formato=formato):
                ritmo, celdas = una.filas / una.segundos, (una.segundos, una.procesador, una.por_mil, una.megas)
                segundos, procesador, por_mil, megas = map(cuadros.numero, celdas)
                fila = [una.nombre, segundos, cuadros.numero(ritmo, 0), procesador, por_mil, megas, una.veredicto]
                cuadro.filas.append(fila)
                self.faltas += [
                    f"padrón, {formato}, {una.nombre}: {_sin_no(una.veredicto)}"
                ] * una.veredicto.startswith("NO")
            todos.append(cuadro)
        self.decir("lista", todos)

    def medir_el_pais(self, cuantas: int) -> None:
        """The panel of who follows all of it."""
        if not cuantas:
            return
        segundos = banco_pais.montar(cuantas)
        contados = banco_pais.contar()
        columnas = ["", "ms", "× conteo", "× piso", "sentencias", "KB", ""]
        motor = connections["default"].display_name
        titulo = (
            f"país, {cuantas} inscripciones, {motor} (escribirlas: {segundos:.0f} s; contar dos días: {contados:.0f} s)"
        )
        cuadro = Cuadro(titulo, columnas)
        for una in banco_pais.paginas(cuantas):
            fila = [una.nombre, cuadros.numero(1000 * una.segundos), cuadros.numero(una.veces_el_conteo, 2)]
            fila += [cuadros.numero(una.veces_el_piso), str(una.sentencias), cuadros.numero(una.bytes / 1024)]
            cuadro.filas.append([*fila, una.veredicto])
            self.faltas += [f"país, {una.nombre}: {_sin_no(una.veredicto)}"] * una.veredicto.startswith("NO")
        self.decir("pais", [cuadro])

    def medir_la_provincia(self, cuantas: int) -> None:
        """Its pages again and again, while its people work: by processor, on the database of this process."""
        if not cuantas:
            return
        columnas = ["", "× piso", "ms de páginas", "ms de la base", "ms del piso", "sentencias", "KB", ""]
        motor = connections["default"].display_name
        cuadro = Cuadro(f"provincia, {cuantas} personas, {motor}, por procesador", columnas)
        for una in banco_provincia.paginas(cuantas, rondas=self.opciones["rondas"]):
            fila = [una.nombre, cuadros.numero(una.veces)]
            fila += [cuadros.numero(1000 * suyo) for suyo in (una.paginas, una.base, una.piso)]
            cuadro.filas.append([*fila, str(una.sentencias), cuadros.numero(una.bytes / 1024), una.veredicto])
            self.faltas += [f"provincia, {una.nombre}: {_sin_no(una.veredicto)}"] * (not una.cumple)
        self.decir("provincia", [cuadro])


def _sin_no(veredicto: str) -> str:
    return veredicto.removeprefix("NO cumple: ")


def _orden(opciones: dict[str, Any]) -> str:
    """The command, as somebody would write it again: what is not as it comes."""
    de_siempre = {"perfiles": list(PERFILES), "tamanos": list(TAMANOS), "usuarios": [1, 8], "rondas": 15}
    de_siempre |= {"procesos": [1, 2, 4], "segundos": 8}
    de_siempre |= dict.fromkeys(("carga", "papeles", "lista", "personas", "provincia"), 0)
    dichas = []
    for nombre, valor in de_siempre.items():
        if opciones[nombre] != valor:
            valores = opciones[nombre] if isinstance(valor, list) else [f"{opciones[nombre]:.10g}"]
            dichas += ["--pais" if nombre == "personas" else f"--{nombre}", *map(str, valores)]
    return f"make bench ARGS={shlex.quote(' '.join(dichas))}" if dichas else "make bench"


@contextmanager
def _apagar_al_final() -> Iterator[None]:
    """Whoever is told to stop turns off what they turned on."""

    def parar(*_senal: Any) -> None:
        raise SystemExit(143)

    antes = signal.signal(signal.SIGTERM, parar)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, antes)


@contextmanager
def _base_aparte() -> Iterator[None]:
    """An empty database in place of that of this process, thrown away at the end."""
    for nombre in DE_ANDAR:
        logging.getLogger(nombre).setLevel(logging.ERROR)
    conexion = connections["default"]
    with tempfile.TemporaryDirectory(prefix="kuska-bench-") as carpeta:
        if conexion.vendor == "sqlite":
            conexion.settings_dict["TEST"]["NAME"] = str(Path(carpeta) / "bench.sqlite3")
        original = conexion.settings_dict["NAME"]
        conexion.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            con_piso = {"MIDDLEWARE": [APARTE, *settings.MIDDLEWARE], "ALLOWED_HOSTS": ["testserver"], "DEBUG": False}
            with override_settings(**con_piso):
                yield
        finally:
            conexion.creation.destroy_test_db(original, verbosity=0)
