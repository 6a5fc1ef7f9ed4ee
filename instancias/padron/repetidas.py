"""One person under two documents: in a list, or in a list and in the register. Somebody looks before she is two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from ..identidad import comparable
from ..models import FilaDePadron, ImportacionDePadron
from ..politica import AlcanceEfectivo
from .problemas import Problema

CODIGO = "posible_repetida"
MAXIMO_DE_UNA_FAMILIA = 60  # among more of one surname, only whole names are compared
OTRAS = 3  # of those that she may be, how many are named


@dataclass(frozen=True)
class Quien:
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
    familias: dict[str, set[Quien]] = {}
    for quien in quienes:
        if quien.documento and quien.nombres and quien.familia:
            familias.setdefault(quien.familia, set()).add(quien)
    halladas: dict[Quien, list[Quien]] = {}
    for familia in familias.values():
        for quien, otras in _en_una_familia(sorted(familia, key=_lugar), conocidos):
            halladas[quien] = otras
    return halladas


def _lugar(quien: Quien) -> tuple[str, int]:
    return quien.documento, -1 if quien.orden is None else quien.orden


def _en_una_familia(familia: list[Quien], conocidos: Collection[str]) -> Iterator[tuple[Quien, list[Quien]]]:
    pilas = {quien: comparable(quien.nombres) for quien in familia}
    por_nombre: dict[str, list[Quien]] = {}
    for quien in familia:
        por_nombre.setdefault(pilas[quien], []).append(quien)
    for quien in familia:
        vistos = {quien.documento, *conocidos} if quien.documento in conocidos else {quien.documento}
        otras = list(islice((otra for otra in por_nombre[pilas[quien]] if otra.documento not in vistos), OTRAS))
        if len(familia) <= MAXIMO_DE_UNA_FAMILIA:
            suyas = set(pilas[quien].split())
            demas = (otra for otra in familia if otra.documento not in vistos and otra not in otras)
            cercanas = (otra for otra in demas if parecidos(quien.documento, otra.documento))
            otras += [otra for otra in cercanas if not suyas.isdisjoint(pilas[otra].split())]
        if otras:
            yield quien, otras[:OTRAS]


def parecidos(uno: str, otro: str) -> bool:
    """Whether two documents differ in one digit, or in two that changed places."""
    distintos = [lugar for lugar, (a, b) in enumerate(zip(uno, otro, strict=False)) if a != b]
    if len(uno) != len(otro) or len(distintos) not in (1, 2):
        return False
    if len(distintos) == 1:
        return True
    primero, segundo = distintos
    return segundo == primero + 1 and uno[primero] == otro[segundo] and uno[segundo] == otro[primero]


class Repetidas:
    """Warns of the rows of one list, in as many lots as it takes: those of a lot meet the former ones."""

    def __init__(self, importacion: ImportacionDePadron, alcance: AlcanceEfectivo) -> None:
        self.importacion = importacion
        self.alcance = alcance
        self._vistas: dict[str, list[Quien]] = {}
        # Rows of former lots that a later one may repeat, by their order: whoever wrote them adds the warning.
        self.de_antes: dict[int, Problema] = {}

    def comparar(self, filas: Sequence[FilaDePadron]) -> None:
        """Put the warning in what was understood of these rows, and take away the one they had. One statement."""
        por_orden = {fila.orden: fila for fila in filas}
        quienes = [quien for fila in filas if (quien := _de_la_fila(fila))]
        familias = {quien.familia for quien in quienes}
        antes = [quien for familia in familias for quien in self._vistas.get(familia, ())]
        nuevas, registradas = set(quienes), self._registradas(quienes)
        conocidos = {quien.documento for quien in registradas}
        for fila in filas:
            _poner(fila, None)
        for quien, otras in semejantes([*quienes, *antes, *registradas], conocidos).items():
            if quien in nuevas:
                _poner(por_orden[quien.orden], _problema(otras))
            elif quien.orden is not None and not nuevas.isdisjoint(otras):
                self.de_antes[quien.orden] = _problema(otras)
        for quien in quienes:
            self._vistas.setdefault(quien.familia, []).append(quien)

    def _registradas(self, quienes: Iterable[Quien]) -> list[Quien]:
        """Those of the register with the same surnames, of whom whoever brings the list may know."""
        apellidos = {quien.apellidos for quien in quienes}
        personas = self.alcance.personas().filter(apellidos__in=apellidos) if apellidos else ()
        return [Quien(p.documento, p.nombres, p.apellidos) for p in personas]


def _de_la_fila(fila: FilaDePadron) -> Quien | None:
    leida = fila.leida
    sin_documento = any(p["campo"] == "documento" and p["codigo"] != CODIGO for p in leida["problemas"])
    if sin_documento or fila.estado != FilaDePadron.Estado.POR_REVISAR:
        return None
    return Quien(leida["documento"], leida["nombres"], leida["apellidos"], fila.orden, fila.fila)


def _problema(otras: list[Quien]) -> Problema:
    dichas = [f"{_donde(otra)} ({otra.documento})" for otra in otras]
    frase = _("Puede ser la misma persona que %(quien)s. Corrija el documento, o acepte la fila tal cual si es otra.")
    documentos = tuple(dict.fromkeys(otra.documento for otra in otras))
    return Problema("documento", frase % {"quien": ", ".join(dichas)}, CODIGO, documentos)


def _donde(quien: Quien) -> str:
    return _("la fila %(fila)d") % {"fila": quien.fila} if quien.orden is not None else _("alguien ya registrado")


def _poner(fila: FilaDePadron, problema: Problema | None) -> None:
    otros = [uno for uno in fila.leida["problemas"] if uno["codigo"] != CODIGO]
    fila.leida = {**fila.leida, "problemas": [*otros, vars(problema)] if problema else otros}
