"""The sheets of the workbook that name seats and people. Rows are read and written by blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.db.models import Case, When
from django.utils.translation import gettext as _

from instancias.declarados import OPCIONES, dichos_de
from instancias.models import Asiento, Institucion, Membresia
from instancias.querysets import bajo
from marco.libro_largo import PlanillaLarga

from .consultas.ambito import Ambito
from .consultas.cifras import SIN_CERTIFICADO, CertificadoDicho, certificados_de_personas
from .consultas.definiciones import abierto, exigido
from .consultas.filas import FilaDeMembresia, membresias_con_estado, membresias_por_bloques, por_bloques
from .consultas.modulos import Modulos, PorModulo, hechas_por_modulo
from .consultas.situacion import Situacion

Ocupantes = dict[int, dict[str, tuple[str, str]]]


def columnas_de_asientos() -> list[tuple[str, int]]:
    return [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Código"), 10),
        (_("Asiento"), 28),
        (_("Número"), 9),
        (_("Institución"), 36),
        (_("Sector"), 22),
        (_("Aplica"), 9),
        (_("Titular"), 32),
        (_("Estado del titular"), 22),
        (_("Alterno/a"), 32),
        (_("Estado del alterno/a"), 22),
        (_("Asiento completo"), 12),
    ]


def en_palabras(opciones: Iterable[tuple[Any, Any]]) -> dict[Any, str]:
    """The words of a list, translated once a file and not once a row."""
    return {valor: str(dicho) for valor, dicho in opciones}


def escribir_asientos(planilla: PlanillaLarga, ambito: Ambito, ocupantes: Ocupantes) -> None:
    """Every seat of the tables that exist; ``ocupantes`` was gathered with the people."""
    cuenta = Case(When(exigido(ambito, ""), then=True), default=False)
    filas = (
        Asiento.objects.filter(bajo(ambito.prefijos, "instancia__territorio__ubigeo"))
        .filter(abierto(ambito, ""), instancia__atendida_por__isnull=True)
        .annotate(cuenta=cuenta)
        .order_by("instancia__territorio_id", "tipo__orden", "numero")
        .values_list(
            "pk",
            "cuenta",
            "instancia__territorio_id",
            "instancia__territorio__nombre",
            "tipo__codigo",
            "tipo__nombre",
            "numero",
            "institucion__nombre",
            "tipo__sector",
        )
    )
    sectores, nadie, termino = en_palabras(Institucion.Sector.choices), ("", _("Vacante")), str(Situacion.TERMINO.label)
    for pk, cuenta_aqui, *datos, sector in chain.from_iterable(por_bloques(filas)):
        quienes = ocupantes.get(pk, {})
        titular, alterno = quienes.get("titular", nadie), quienes.get("alterno", nadie)
        completo = any(estado == termino for _nombre, estado in quienes.values())
        planilla.agregar([*datos, sectores.get(sector, sector), bool(cuenta_aqui), *titular, *alterno, completo])


def escribir_personas(
    planilla: PlanillaLarga,
    cuenta: CuentaDeModulos,
    ambito: Ambito,
    ocupantes: Ocupantes,
    aviso: Callable[[int], None] | None = None,
) -> list[int]:
    """One row per person and seat. No marks; of another day, without what is known of today only.

    ``aviso`` hears how many are written. While they pass, what people finished of each module is counted by table and
    written in its own sheet. Returns whose each row is.
    """
    modulos = cuenta.modulos
    de_quien: list[int] = []
    dichas = Palabras()
    for bloque in membresias_por_bloques(membresias_con_estado(ambito)):
        sexos = dichos_de("sexo", {fila.persona for fila in bloque})
        certificados = certificados_de_personas(ambito, {fila.persona for fila in bloque})
        hechas = hechas_por_modulo(ambito, {fila.insc for fila in bloque if fila.insc})
        for fila in bloque:
            estado = dichas.situaciones[fila.situacion]
            ocupantes.setdefault(fila.asiento, {})[fila.calidad] = (f"{fila.nombres} {fila.apellidos}", estado)
            pedidas, suyas = modulos.de(fila.version), hechas.get(fila.insc or 0, {})
            if pedidas:
                cuenta.anotar(fila, pedidas, suyas)
            del_curso = [dichas.de(suyas.get(clave, 0), pedidas.get(clave, 0)) for clave in modulos.titulos]
            certificado = certificados.get(fila.persona, SIN_CERTIFICADO)
            de_la_persona = _de_la_persona(fila, dichas, sexos.get(fila.persona, ""))
            planilla.agregar([*de_la_persona, estado, *_numeros(fila, ambito, certificado), *del_curso])
            de_quien.append(fila.persona)
        if aviso:
            aviso(len(de_quien))
    cuenta.escribir()
    return de_quien


def columnas_de_personas(ambito: Ambito, modulos: Modulos) -> list[tuple[str, int]]:
    columnas = [
        (_("Documento"), 14),
        (_("Nombres"), 24),
        (_("Apellidos"), 28),
        (_("Sexo (si lo declaró)"), 12),
        (_("Celular"), 13),
        (_("Ubigeo"), 10),
        (_("Instancia"), 26),
        (_("Asiento"), 26),
        (_("Calidad"), 11),
        (_("Institución"), 34),
        (_("Sector"), 22),
        (_("Documento de designación"), 26),
        (_("En el asiento desde"), 14),
        (_("Estado"), 22),
        (_("Empezó"), 18),
        (_("Terminó"), 18),
        (_("Certificado"), 14),
        (_("Horas del certificado"), 12),
        (_("Modalidad"), 12),
    ]
    if ambito.al is None:
        columnas[14:14] = [(_("Partes hechas"), 10), (_("Partes que pide"), 10)]
        columnas += [(_("Última actividad"), 18), (_("Último ingreso"), 18)]
    return columnas + [(titulo, 14) for titulo in modulos.titulos.values()]


def columnas_por_modulo() -> list[tuple[str, int]]:
    return [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Módulo"), 44),
        (_("A cuántas personas se les pide"), 16),
        (_("Lo terminaron"), 12),
    ]


class Palabras:
    """What the rows of people say over and over."""

    def __init__(self) -> None:
        self.situaciones = en_palabras(Situacion.choices)
        self.calidades = en_palabras(Membresia.Calidad.choices)
        self.sectores = en_palabras(Institucion.Sector.choices)
        self.sexos = en_palabras(OPCIONES["sexo"])
        self.partes: dict[tuple[int, int], str] = {}

    def de(self, hechas: int, piden: int) -> str | None:
        if not piden:
            return None
        cuales = hechas, piden
        return self.partes.get(cuales) or self.partes.setdefault(
            cuales, _("%(n)d de %(m)d") % {"n": hechas, "m": piden}
        )


def _de_la_persona(fila: FilaDeMembresia, dichas: Palabras, sexo: str) -> list[Any]:
    sector, calidad = dichas.sectores.get(fila.sector, fila.sector), dichas.calidades[fila.calidad]
    asiento = [fila.ubigeo, fila.territorio, fila.tipo, calidad, fila.institucion or "", sector]
    quien = [fila.documento, fila.nombres, fila.apellidos, dichas.sexos.get(sexo, ""), fila.celular]
    return [*quien, *asiento, fila.designacion, fila.desde]


def _numeros(fila: FilaDeMembresia, ambito: Ambito, certificado: CertificadoDicho) -> list[Any]:
    de_papel = [certificado.registro, certificado.horas, certificado.modalidad]
    if ambito.al is None:
        fechas = [fila.hechas, fila.requeridas, fila.iniciada_en, fila.terminada_en]
        return [*fechas, *de_papel, fila.ultima, fila.ingreso]
    return [en if en and en < ambito.corte else None for en in (fila.iniciada_en, fila.terminada_en)] + de_papel


class CuentaDeModulos:
    """How many people of each table finished each module. Rows come by table: nobody is remembered past their own."""

    def __init__(self, modulos: Modulos, planilla: PlanillaLarga) -> None:
        self.modulos, self.planilla = modulos, planilla
        self.cuentas: dict[tuple[str, str], dict[int, list[int]]] = {}
        self.vistas: set[int] = set()
        self.de = ""

    def anotar(self, fila: FilaDeMembresia, pedidas: PorModulo, suyas: PorModulo) -> None:
        if fila.ubigeo != self.de:
            self.de, self.vistas = fila.ubigeo, set()
        if fila.persona in self.vistas:
            return
        self.vistas.add(fila.persona)
        cuentas = self.cuentas.setdefault((fila.ubigeo, fila.territorio), {})
        for clave, piden in pedidas.items():
            cuenta = cuentas.setdefault(clave, [0, 0])
            cuenta[0] += 1
            cuenta[1] += suyas.get(clave, 0) >= piden

    def escribir(self) -> None:
        for lugar, cuentas in self.cuentas.items():
            for clave, titulo in self.modulos.titulos.items():
                if clave in cuentas:
                    self.planilla.agregar([*lugar, titulo, *cuentas[clave]])
