"""The words that the staff explained: what each one means, where it holds, who said so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.visibles import sin_invisibles

from ...models import Membresia, Palabra, Territorio, TipoDeAsiento
from ...nombres_propios import Registro
from ...politica import AlcanceEfectivo
from .catalogo import Aprendida, Catalogo
from .claves import clave_de

LARGO = 120
DE_ALGUIEN = re.compile(r"[0-9]{7}")
ASIENTO, DISTRITO, CALIDAD = Palabra.Clase.ASIENTO.value, Palabra.Clase.DISTRITO.value, Palabra.Clase.CALIDAD.value


def catalogo_para(
    alcance: AlcanceEfectivo, tipos: Iterable[TipoDeAsiento], registro: Registro | None = None
) -> Catalogo:
    """Everything that a list of this scope may name, with the words that were explained for it. Two statements."""
    columnas = ("clase", "clave", "nivel", "ambito_id", "significa")
    palabras = Palabra.objects.que_valen(alcance.prefijos).values_list(*columnas)
    return Catalogo(
        Territorio.objects.defer("contorno"),
        tipos,
        registro=registro,
        prefijos=alcance.prefijos,
        aprendidas=[Aprendida(*una) for una in palabras],
    )


@dataclass(frozen=True)
class Opcion:
    """What a word may mean, and how it is said."""

    valor: str
    texto: str


@dataclass(frozen=True)
class Opciones:
    """What each kind of word may mean within a scope. Three short lists, read once for a page."""

    asientos: dict[str, tuple[Opcion, ...]]  # by level
    distritos: tuple[Opcion, ...]

    @classmethod
    def de(cls, alcance: AlcanceEfectivo) -> Opciones:
        asientos: dict[str, tuple[Opcion, ...]] = {}
        for codigo, nivel, nombre, corto in TipoDeAsiento.objects.values_list("codigo", "nivel", "nombre", "corto"):
            opcion = Opcion(codigo, corto if corto == nombre else f"{corto}: {nombre}")
            asientos[nivel] = (*asientos.get(nivel, ()), opcion)
        return cls(asientos, _distritos(alcance))

    def para(self, clase: str, nivel: str = "") -> tuple[Opcion, ...]:
        if clase == ASIENTO:
            return self.asientos.get(nivel, ())
        return self.distritos if clase == DISTRITO else tuple(Opcion(*una) for una in Membresia.Calidad.choices)


def _distritos(alcance: AlcanceEfectivo) -> tuple[Opcion, ...]:
    """The districts of a scope, each with its province where two of them have one name."""
    filas = list(alcance.territorios().distritos().values_list("ubigeo", "nombre"))
    nombres = [nombre for _ubigeo, nombre in filas]
    provincias = dict(Territorio.objects.filter(nivel="provincia").values_list("ubigeo", "nombre"))
    varias = len({ubigeo[:4] for ubigeo, _nombre in filas}) > 1
    return tuple(
        Opcion(u, f"{n} ({provincias.get(u[:4], u[:4])})" if varias or nombres.count(n) > 1 else n) for u, n in filas
    )


def se_aprende(texto: str) -> bool:
    """Whether a word can be kept: it says something, it is short and it is not the number of somebody."""
    return bool(clave_de(texto)) and len(texto) <= LARGO and not DE_ALGUIEN.search(re.sub(r"[\s.-]", "", texto))


@transaction.atomic
def aprender(
    *,
    clase: str,
    texto: str,
    significa: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    nivel: str = "",
) -> list[Palabra]:
    """Keep what a word means, for all the scope of whoever says it; saying it again corrects it.

    Raises ``no_se_aprende`` for what is no word or the name of several districts, and ``no_significa`` for a meaning
    that is not offered to this scope.
    """
    texto = sin_invisibles(texto)
    if not se_aprende(texto):
        raise ErrorDeDominio("no_se_aprende", _("Escriba una palabra corta, sin números de documento ni de teléfono."))
    exigir_que_se_ofrece(clase, nivel, significa, alcance)
    if clase == DISTRITO:
        _exigir_que_es_uno(texto, alcance)
    palabras = [
        Palabra(
            clase=clase,
            leida=texto,
            clave=clave_de(texto),
            nivel=nivel,
            significa=significa,
            ambito_id=prefijo,
            dicha_por=por,
            dicha_en=ahora,
        )
        for prefijo in alcance.prefijos
    ]
    # What was said before of a part of this scope would win over what is said now of all of it.
    iguales = Palabra.objects.filter(clase=clase, nivel=nivel, clave=clave_de(texto))
    iguales.bajo(alcance.prefijos).exclude(ambito_id__in=alcance.prefijos).delete()
    return Palabra.objects.bulk_create(
        palabras,
        update_conflicts=True,
        unique_fields=["clase", "nivel", "clave", "ambito"],
        update_fields=["leida", "significa", "dicha_por", "dicha_en"],
    )


def _exigir_que_es_uno(texto: str, alcance: AlcanceEfectivo) -> None:
    catalogo = Catalogo(Territorio.objects.defer("contorno"), (), prefijos=alcance.prefijos)
    lugares = catalogo.al_alcance(catalogo.lugares.buscar(texto).candidatos)
    if len(lugares) > 1:
        frase = _("«%(palabra)s» es el nombre de %(cuales)s: en cada lista se pregunta de cuál es.")
        cuales = _(" y ").join(catalogo.lugares.como_se_dice(uno) for uno in lugares[:4])
        raise ErrorDeDominio("no_se_aprende", frase % {"palabra": texto, "cuales": cuales})


def exigir_que_se_ofrece(clase: str, nivel: str, significa: str, alcance: AlcanceEfectivo) -> Opcion:
    ofrecidas = Opciones.de(alcance).para(clase, nivel)
    for opcion in ofrecidas:
        if opcion.valor == significa:
            return opcion
    raise ErrorDeDominio("no_significa", _("Elija uno de los que se ofrecen."))


def olvidar(*, palabra_id: int, alcance: AlcanceEfectivo) -> None:
    """Forget a word: the lists that say it will ask again. Only of one's own scope; once forgotten, nothing happens."""
    Palabra.objects.bajo(alcance.prefijos).filter(pk=palabra_id).delete()
