"""One person under two documents: in a list, or in a list and in the register. Somebody looks before she is two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from ...identidad import a_un_numero, comparable
from ...models import FilaDePadron, ImportacionDePadron, Persona
from ...politica import AlcanceEfectivo
from ..interpretacion.problemas import Problema
from .renglones import Revisable

CODIGO = "posible_repetida"
MAXIMO_DE_UNA_FAMILIA = 60  # among more of one surname, only whole names are compared
LOTE = 1000
OTRAS = 3  # of those that she may be, how many are named


class Quien(NamedTuple):
    """Somebody with a document, and where she stands: a row of the list, by its order, or the register."""

    documento: str
    nombres: str
    apellidos: str
    orden: int | None = None
    fila: int = 0

    @property
    def familia(self) -> str:
        return comparable(self.apellidos)


def semejantes(quienes: Iterable[Quien], conocidos: Collection[str] = ()) -> dict[Quien, list[Quien]]:
    """Who may be the same person as whom, with another document. The order in which they come does not matter.

    Two of ``conocidos``, documents of the register, are two people: somebody looked already.
    """
    familias: dict[str, list[Quien]] = {}
    for quien in quienes:
        if quien.documento and quien.nombres and (suya := quien.familia):
            familias.setdefault(suya, []).append(quien)
    halladas: dict[Quien, list[Quien]] = {}
    for familia in familias.values():
        if len(familia) > 1:
            halladas.update(_en_una_familia(sorted({*familia}, key=_lugar), conocidos))
    return halladas


def _lugar(quien: Quien) -> tuple[str, int]:
    return quien.documento, -1 if quien.orden is None else quien.orden


def _en_una_familia(familia: list[Quien], conocidos: Collection[str]) -> Iterator[tuple[Quien, list[Quien]]]:
    pilas = {quien: comparable(quien.nombres) for quien in familia}
    por_nombre: dict[str, list[Quien]] = {}
    for quien in familia:
        por_nombre.setdefault(pilas[quien], []).append(quien)
    for quien in familia:
        de_ese_nombre = por_nombre[pilas[quien]]
        otras = list(islice((otra for otra in de_ese_nombre if _con_otro(quien, otra, conocidos)), OTRAS))
        if len(familia) <= MAXIMO_DE_UNA_FAMILIA:
            suyas = set(pilas[quien].split())
            demas = (otra for otra in familia if _con_otro(quien, otra, conocidos) and otra not in otras)
            cercanas = (otra for otra in demas if a_un_numero(quien.documento, otra.documento))
            otras += [otra for otra in cercanas if not suyas.isdisjoint(pilas[otra].split())]
        if otras:
            yield quien, otras[:OTRAS]


def _con_otro(una: Quien, otra: Quien, conocidos: Collection[str]) -> bool:
    """Whether they stand under two documents, at least one of which nobody has looked at."""
    return una.documento != otra.documento and not (una.documento in conocidos and otra.documento in conocidos)


def avisos_de(quienes: Iterable[Quien], alcance: AlcanceEfectivo) -> dict[int, Problema]:
    """The warning of each row that may be somebody else's, by its order. One statement for each thousand surnames."""
    de_quien_queda = Persona.objects.documentos_unidos()
    quienes = [
        uno._replace(documento=de_quien_queda[uno.documento]) if uno.documento in de_quien_queda else uno
        for uno in quienes
    ]
    registradas = _registradas({quien.apellidos for quien in quienes}, alcance)
    conocidos = {quien.documento for quien in registradas}
    halladas = semejantes([*quienes, *registradas], conocidos)
    return {quien.orden: _problema(otras) for quien, otras in halladas.items() if quien.orden is not None}


def _registradas(apellidos: set[str], alcance: AlcanceEfectivo) -> list[Quien]:
    """Those of the register with the same surnames, of whom whoever brings the list may know."""
    registradas: dict[str, Quien] = {}
    for algunos in _de_a_mil(sorted(apellidos)):
        personas = alcance.personas().filter(apellidos__in=algunos)
        for documento, nombres, suyos in personas.values_list("documento", "nombres", "apellidos"):
            registradas[documento] = Quien(documento, nombres, suyos)
    return list(registradas.values())


def _de_a_mil(apellidos: Sequence[str]) -> Iterator[Sequence[str]]:
    return (apellidos[comienzo : comienzo + LOTE] for comienzo in range(0, len(apellidos), LOTE))


def comparar(filas: Sequence[Revisable], alcance: AlcanceEfectivo) -> None:
    """Put the warning in what was understood of these rows, and take away the one they had."""
    avisos = avisos_de((quien for fila in filas if (quien := de_la_fila(fila))), alcance)
    for fila in filas:
        poner_aviso(fila, avisos.get(fila.orden))


def quienes_de(importacion: ImportacionDePadron) -> Iterator[Quien]:
    """Whoever waits in a list that was read, without the weight of its rows."""
    # As text: SQLite would say that a document of numbers is a number.
    columnas = ("orden", "fila", "documento", KT("leida__nombres"), KT("leida__apellidos"), "leida__problemas")
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR).order_by("orden")
    for orden, fila, documento, nombres, apellidos, problemas in pendientes.values_list(*columnas).iterator():
        if not _sin_documento(problemas):
            yield Quien(documento, nombres, apellidos, orden, fila)


def de_la_fila(fila: Revisable) -> Quien | None:
    leida = fila.leida
    if _sin_documento(leida["problemas"]) or fila.estado != FilaDePadron.Estado.POR_REVISAR:
        return None
    return Quien(leida["documento"], leida["nombres"], leida["apellidos"], fila.orden, fila.fila)


def _sin_documento(problemas: Iterable[dict[str, Any]]) -> bool:
    return any(uno["campo"] == "documento" and uno["codigo"] != CODIGO for uno in problemas)


def _problema(otras: list[Quien]) -> Problema:
    dichas = [f"{_donde(otra)} ({otra.documento})" for otra in otras]
    frase = _("Puede ser la misma persona que %(quien)s. Corrija el documento, o acepte la fila tal cual si es otra.")
    documentos = tuple(dict.fromkeys(otra.documento for otra in otras))
    return Problema("documento", frase % {"quien": ", ".join(dichas)}, CODIGO, documentos)


def _donde(quien: Quien) -> str:
    return _("la fila %(fila)d") % {"fila": quien.fila} if quien.orden is not None else _("alguien ya registrado")


def poner_aviso(fila: Revisable, problema: Problema | None) -> None:
    otros = [uno for uno in fila.leida["problemas"] if uno["codigo"] != CODIGO]
    fila.leida = {**fila.leida, "problemas": [*otros, vars(problema)] if problema else otros}
