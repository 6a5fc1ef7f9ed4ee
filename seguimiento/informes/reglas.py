"""What a report may not ask for, each in a sentence that says what to do. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .columnas import DE_ASIENTOS_CONTADOS, DE_PERSONAS_CONTADAS, GRUPOS, POR_FORMA
from .definicion import FILTROS, Definicion, Forma

DE_UN_MODULO = {"inscritas", "empezaron", "terminaron"}
CON_SEXO = {"edicion", "provincia", "instancia"}  # the groups that are counted by sex
DE_PERSONAS_SOLO = ("calidad", "estado", "sexo")  # filters that say nothing of a seat


def faltas(pedida: Definicion) -> list[tuple[str, str]]:
    """What is wrong with a report: the field of the form where it is told, and the sentence."""
    return list(_faltas(pedida))


def _faltas(pedida: Definicion) -> Iterator[tuple[str, str]]:
    conocidas = {columna.clave for columna in POR_FORMA.get(pedida.forma, ())}
    if not conocidas:
        yield "forma", _("Elija qué es cada fila.")
    elif not conocidas & set(pedida.columnas):
        yield "columnas", _("Marque al menos un dato.")
    if pedida.al and pedida.anio:
        yield "anio", _("Elija un día o un año, no los dos.")
    for nombre, valor in pedida.filtros.items():
        if valor not in dict(FILTROS[nombre]):
            yield nombre, _("Elija una de las opciones.")
    if pedida.forma == Forma.ASIENTOS:
        yield from _de_asientos(pedida)
    if pedida.forma == Forma.CUENTAS:
        yield from _de_cuentas(pedida)


def _de_asientos(pedida: Definicion) -> Iterator[tuple[str, str]]:
    for nombre in DE_PERSONAS_SOLO:
        if getattr(pedida, nombre):
            yield nombre, _("Un asiento no se elige por ese dato: quite este filtro, o pida una fila por persona.")


def _de_cuentas(pedida: Definicion) -> Iterator[tuple[str, str]]:
    if not set(pedida.grupos) <= {grupo.clave for grupo in GRUPOS}:
        yield "grupos", _("Marque uno de los grupos de la lista.")
    if pedida.sexo:
        yield "sexo", _("Para contar por sexo, quite este filtro y marque «Por sexo» o el grupo «Sexo».")
    yield from _de_asientos_contados(pedida)
    yield from _de_modulos(pedida)
    yield from _de_rasgos(pedida)


def _de_asientos_contados(pedida: Definicion) -> Iterator[tuple[str, str]]:
    if not set(pedida.columnas) & set(DE_ASIENTOS_CONTADOS):
        return
    if {"calidad", "modulo", "sexo", "origen"} & set(pedida.grupos):
        yield "grupos", _("Los asientos no se agrupan por calidad, módulo ni sexo: quite ese grupo o esos datos.")
    if pedida.calidad or pedida.estado:
        yield "columnas", _("Los asientos no se filtran por calidad ni por estado: quite ese filtro o esos datos.")


def _de_modulos(pedida: Definicion) -> Iterator[tuple[str, str]]:
    if "modulo" not in pedida.grupos:
        return
    if not set(pedida.columnas) <= DE_UN_MODULO:
        yield "columnas", _("De un módulo se cuenta a cuántas se les pide (inscritas), cuántas empezaron y terminaron.")


def _de_rasgos(pedida: Definicion) -> Iterator[tuple[str, str]]:
    """A trait is counted of everybody in a place, never of those that a filter lets through: see decision 27."""
    rasgos = {"sexo", "origen"} & set(pedida.grupos)
    if not rasgos and not pedida.por_sexo:
        return
    if pedida.filtros:
        yield (
            "por_sexo" if pedida.por_sexo else "grupos",
            _("Lo que cada persona declaró se cuenta de todo el lugar: quite los filtros."),
        )
    if rasgos and set(pedida.grupos) - rasgos - {"edicion"} or len(rasgos) > 1:
        yield (
            "grupos",
            _("Sexo y autoidentificación se cuentan solos: quite los otros grupos. Por instancia hay «Por sexo»."),
        )
    if rasgos and pedida.por_sexo:
        yield "por_sexo", _("Ya lo agrupa por lo declarado: quite «Por sexo» o ese grupo.")
    if pedida.por_sexo and not rasgos and set(pedida.grupos) - CON_SEXO:
        yield "por_sexo", _("Por sexo se cuenta en total, por provincia o por instancia: quite los otros grupos.")
    permitidas = {"integrantes"} if "origen" in rasgos else set(DE_PERSONAS_CONTADAS)
    if rasgos and not set(pedida.columnas) <= permitidas:
        yield (
            "columnas",
            (
                _("De la autoidentificación se cuentan solo los integrantes.")
                if "origen" in rasgos
                else _("Por sexo se cuentan integrantes, inscritas, empezaron, terminaron y con certificado.")
            ),
        )
