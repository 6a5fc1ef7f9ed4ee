"""Count what people said of themselves, and keep the count only when it gives nobody away beside those before it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import groupby

from django.db import transaction

from cursos.models import Edicion
from instancias.declarados import Campo
from instancias.models import Instancia
from instancias.politica import AlcanceEfectivo
from marco.grupos import se_puede_actualizar
from marco.grupos_por_pasos import se_pueden_actualizar, sumar

from ..consultas.a_medias import ListaAMedias, contar_entera
from ..consultas.ambito import Ambito, EdicionDelAmbito, ediciones_del
from ..consultas.rasgos import ORDEN, Conteo, contar_origenes, contar_sexos
from ..models import ConteoDeRasgo


def contar_rasgos(*, ahora: datetime.datetime) -> int:
    """Count each province, in each edition that receives people or has just ended. Returns how many counts were kept.

    Twice on a day, it keeps one. What changed by less than five waits: what was told before goes on being told. So does
    a province while a list of its people is by half.
    """
    guardados = 0
    for provincia in _provincias():
        with suppress(ListaAMedias):
            for cuenta in _cuentas(provincia, ahora):
                guardados += _guardar(*cuenta)
    return guardados


def _cuentas(provincia: str, ahora: datetime.datetime) -> Iterator[tuple[str, str, int | None, Conteo, datetime.date]]:
    """What each count of a province says, as ``_guardar`` takes it. Raises ListaAMedias."""
    todas = ediciones_del(AlcanceEfectivo((provincia,)))
    ambito = Ambito(prefijos=(provincia,), ahora=ahora, ediciones=todas)
    conteo = contar_entera(ambito, partial(contar_origenes, provincia, ambito))
    yield Campo.ORIGEN, provincia, None, conteo, ambito.hoy
    for edicion in _que_se_cuentan(todas, ambito.hoy):
        de_ella = replace(ambito, edicion=edicion)
        yield Campo.SEXO, provincia, edicion.id, contar_entera(de_ella, partial(contar_sexos, de_ella)), ambito.hoy


def _provincias() -> Iterator[str]:
    ubigeos = Instancia.objects.order_by("territorio_id").values_list("territorio_id", flat=True)
    return (provincia for provincia, _suyas in groupby(ubigeos, key=lambda ubigeo: ubigeo[:4]))


def _que_se_cuentan(ediciones: tuple[EdicionDelAmbito, ...], hoy: datetime.date) -> Iterator[EdicionDelAmbito]:
    hace_poco = hoy - datetime.timedelta(days=60)
    return (una for una in ediciones if una.inicia <= hoy and (una.termina is None or una.termina >= hace_poco))


@transaction.atomic
def _guardar(campo: str, provincia: str, edicion: int | None, conteo: Conteo, hoy: datetime.date) -> bool:
    if edicion is not None:
        Edicion.objects.select_for_update().filter(pk=edicion).first()  # one count of an edition at a time
    antes = list(ConteoDeRasgo.objects.filter(campo=campo, territorio=provincia, edicion=edicion))
    if any(uno.al >= hoy or uno.filas == conteo.filas for uno in antes[:1]):
        return False
    por_instancia = all(_cabe(campo, Conteo(uno.filas), conteo) for uno in antes if uno.por_instancia)
    if not all(_cabe_en_total(campo, Conteo(uno.filas), conteo) for uno in antes):
        return False
    ConteoDeRasgo.objects.create(
        campo=campo,
        territorio_id=provincia,
        edicion_id=edicion,
        al=hoy,
        filas=conteo.filas,
        personas=conteo.personas,
        por_instancia=por_instancia,
    )
    return True


def _cabe(campo: str, antes: Conteo, ahora: Conteo) -> bool:
    """Whether what would be told, table by table, is far enough from what was."""
    if campo == Campo.ORIGEN:
        return True
    ubigeos = sorted({*antes.filas, *ahora.filas})
    return se_pueden_actualizar(antes.en_orden(ubigeos), ahora.en_orden(ubigeos), ORDEN)


def _cabe_en_total(campo: str, antes: Conteo, ahora: Conteo) -> bool:
    de_antes, de_ahora = sumar(list(antes.filas.values())), sumar(list(ahora.filas.values()))
    if not de_antes or not de_ahora:
        return not de_antes
    if campo == Campo.ORIGEN:
        return se_puede_actualizar(de_antes[0], de_ahora[0])
    return se_pueden_actualizar([de_antes], [de_ahora], ORDEN)
