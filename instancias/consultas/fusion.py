"""Registers that may be of one person, and those that were made one: what the pages read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Q
from django.utils.translation import gettext as _

from marco.textos import con_palabras

from ..fusiones import Reparto, partes
from ..identidad import a_un_numero, comparable, puede_ser_la_misma, se_escriben_igual
from ..models import Distincion, Fusion, Persona
from ..politica import AlcanceEfectivo

HALLADAS = 20
MAXIMO_DE_UNA_FAMILIA = 60  # among more of one surname, only whole names are compared


@dataclass(frozen=True)
class Par:
    """Two registers that may be of one person, and why."""

    una: Persona
    otra: Persona
    por_que: str
    # That they are two people, if somebody said it.
    dicha: Distincion | None = None

    @property
    def dicha_por(self) -> str:
        cuenta = self.dicha.dicha_por if self.dicha else None
        return (cuenta.get_full_name().strip() or cuenta.get_username()) if cuenta else str(_("otra cuenta"))


@dataclass
class Unido:
    """A register that is hidden behind another one, with what stayed in it."""

    fusion: Fusion
    oculta: Persona
    se_separa: bool
    suelto: bool
    ocultas: list[str] = field(default_factory=list)


def por_que_parece(una: Persona, otra: Persona) -> str:
    """Why two registers may be of one person, in words; empty when they do not look it."""
    nombre, otro = (una.nombres, una.apellidos), (otra.nombres, otra.apellidos)
    cerca = a_un_numero(una.documento, otra.documento)
    if se_escriben_igual(nombre, otro):
        return _("Mismo nombre y documentos casi iguales") if cerca else _("Mismo nombre")
    if puede_ser_la_misma(nombre, otro):
        return _("Nombres y documentos casi iguales") if cerca else _("Nombres casi iguales")
    pilas = (set(comparable(quien.nombres).split()) for quien in (una, otra))
    mismos = comparable(una.apellidos) == comparable(otra.apellidos)
    if cerca and mismos and not set.isdisjoint(*pilas):
        return _("Mismos apellidos y documentos casi iguales")
    mismo_celular = una.celular and una.celular == otra.celular
    return _("Mismos apellidos y celular") if mismo_celular and mismos else ""


def parecidas(persona: Persona, alcance: AlcanceEfectivo) -> list[Par]:
    """Others in one's charge that may be the same person: those with a surname in common. Two statements."""
    primero = next(iter(comparable(persona.apellidos).split()), "")
    if not primero:
        return []
    otras = alcance.personas_a_cargo().filter(busqueda__contains=primero).exclude(pk=persona.pk)
    pares = (Par(persona, otra, por_que_parece(persona, otra)) for otra in otras.order_by("orden_alfabetico", "pk"))
    de_ella = Distincion.objects.filter(Q(una=persona.pk) | Q(otra=persona.pk)).values_list("una", "otra")
    distintas = {numero for par in de_ella for numero in par}
    return [par for par in pares if par.por_que and par.otra.pk not in distintas][:HALLADAS]


def buscar(texto: str, persona: Persona, alcance: AlcanceEfectivo) -> list[Par]:
    """Others in one's charge with these words in their name, document or phone. One statement."""
    halladas = alcance.personas_a_cargo().filter(con_palabras(texto, "busqueda")).exclude(pk=persona.pk)
    en_orden = halladas.order_by("orden_alfabetico", "pk")[:HALLADAS]
    return [Par(persona, otra, por_que_parece(persona, otra)) for otra in en_orden]


def dos_veces(alcance: AlcanceEfectivo) -> list[Par]:
    """All pairs in one's charge that may be of one person, those with close documents first. Two statements.

    People are compared inside a family: those with one first surname. Pairs that were said to be two people stay out.
    """
    distintas = set(Distincion.objects.values_list("una", "otra"))
    familias: dict[str, list[Persona]] = {}
    for persona in alcance.personas_a_cargo().order_by("orden_alfabetico", "pk"):
        primero = next(iter(comparable(persona.apellidos).split()), "")
        familias.setdefault(primero, []).append(persona)
    todos = (par for familia in familias.values() for par in _en_una_familia(familia))
    pares = [par for par in todos if _numeros(par.una, par.otra) not in distintas]
    return sorted(pares, key=lambda par: not a_un_numero(par.una.documento, par.otra.documento))


def distintas(alcance: AlcanceEfectivo) -> list[Par]:
    """The pairs in one's charge that somebody said are two people, the last one first. Two statements."""
    dichas = list(Distincion.objects.select_related("dicha_por"))
    quienes = alcance.personas_a_cargo().in_bulk({numero for dicha in dichas for numero in (dicha.una, dicha.otra)})
    return [
        Par(quienes[dicha.una], quienes[dicha.otra], por_que_parece(quienes[dicha.una], quienes[dicha.otra]), dicha)
        for dicha in dichas
        if dicha.una in quienes and dicha.otra in quienes
    ]


def distincion_de(una: Persona, otra: Persona) -> Par | None:
    """That these two were said to be two people, with who said it and when; nothing if nobody did."""
    menor, mayor = _numeros(una, otra)
    dicha = Distincion.objects.select_related("dicha_por").filter(una=menor, otra=mayor).first()
    return Par(una, otra, "", dicha) if dicha else None


def _numeros(una: Persona, otra: Persona) -> tuple[int, int]:
    return min(una.pk, otra.pk), max(una.pk, otra.pk)


def _en_una_familia(familia: list[Persona]) -> Iterable[Par]:
    if len(familia) > MAXIMO_DE_UNA_FAMILIA:
        por_nombre: dict[str, list[Persona]] = {}
        for persona in familia:
            por_nombre.setdefault(comparable(persona.nombre_completo), []).append(persona)
        grupos = list(por_nombre.values())
    else:
        grupos = [familia]
    for grupo in grupos:
        senas = [_Senas.de(persona) for persona in grupo]
        for lugar, una in enumerate(grupo):
            for otro, otra in enumerate(grupo[lugar + 1 :], lugar + 1):
                if senas[lugar].pueden_ser(senas[otro]) and (por_que := por_que_parece(una, otra)):
                    yield Par(una, otra, por_que)


@dataclass(frozen=True)
class _Senas:
    """What tells at a glance that two of a family are not one person: comparing letter by letter takes long."""

    pilas: frozenset[str]
    inicial: str
    segundo: str  # first letter of the second surname

    @classmethod
    def de(cls, persona: Persona) -> Self:
        pilas, apellidos = comparable(persona.nombres), comparable(persona.apellidos).split()
        return cls(frozenset(pilas.split()), pilas[:1], "".join(apellidos[1:2])[:1])

    def pueden_ser(self, otras: Self) -> bool:
        segundo = not self.segundo or not otras.segundo or self.segundo == otras.segundo
        return segundo and (self.inicial == otras.inicial or not self.pilas.isdisjoint(otras.pilas))


def unidos(persona: Persona, alcance: AlcanceEfectivo, *, ahora: datetime.datetime) -> list[Unido]:
    """The registers that are hidden behind this person, the last one first."""
    ocultas = {una.pk: una for una in Persona.objects.filter(absorbida_por=persona)}
    fusiones = Fusion.objects.filter(absorbida__in=ocultas, deshecha_en__isnull=True) if ocultas else ()
    return [
        Unido(
            fusion=fusion,
            oculta=oculta,
            se_separa=fusion.se_puede_deshacer(ahora) and fusion.queda == persona.pk,
            suelto=oculta.documento == documento_suelto(oculta),
            ocultas=_lo_que_quedo(oculta, persona, alcance),
        )
        for fusion in fusiones
        for oculta in [ocultas[fusion.absorbida]]
    ]


def quien_se_ve(fusion: Fusion) -> int:
    """The number of the person whose page tells of a merge: the one that stayed, or the one behind whom she is now."""
    return Persona.objects.filter(pk=fusion.absorbida).values_list("absorbida_por", flat=True).first() or fusion.queda


def documento_suelto(persona: Persona) -> str:
    """The document of a hidden register that names nobody."""
    return f"~{persona.pk}"[:12]


def _lo_que_quedo(absorbida: Persona, queda: Persona, alcance: AlcanceEfectivo) -> list[str]:
    dichas = []
    for parte in partes():
        if suyas := parte.de(absorbida) if parte.titulo else []:
            palabras = parte.decir(Reparto(quedan=tuple(suyas)), queda, absorbida, alcance)
            dichas += [palabras[pk] for pk in suyas if pk in palabras]
    return dichas


def registro_que_queda(pk: int, alcance: AlcanceEfectivo) -> int | None:
    """Of a hidden register, the number of the one that stays, for whoever may look at it."""
    queda = Persona.objects.filter(pk=pk).values_list("absorbida_por", flat=True).first()
    return queda if queda and alcance.personas().filter(pk=queda).exists() else None
