"""The open figures of each month, written down once when it ends: nobody learns from one day to the next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone

from cursos.models import Edicion
from instancias.politica import AlcanceEfectivo
from marco.grupos import MINIMO, callar, se_puede_actualizar
from marco.restricciones import otra_vez

from ..consultas import abiertas, distritos
from ..consultas.a_medias import ListaAMedias, contar_entera
from ..consultas.ambito import Ambito, ediciones_del
from ..consultas.cierres import por_provincia
from ..consultas.cifras import AsientoContado, asientos_contados
from ..consultas.distritos import Instancia
from ..models import Publicacion

MESES_DESPUES = 2  # past the last day of an edition: who got more days still finishes
UN_DIA = datetime.timedelta(days=1)


def publicar_cortes(*, ahora: datetime.datetime) -> int:
    """Write the months that ended and nobody wrote, in order. Returns how many. Running it again writes nothing."""
    hoy = timezone.localdate(ahora)
    escritos = 0
    for edicion in Edicion.objects.filter(inicia__lt=hoy).order_by("pk"):
        ultimos = dict(
            Publicacion.objects.filter(edicion=edicion).order_by().values_list("provincia").annotate(Max("corte"))
        )
        cortes = list(fines_de_mes(edicion.inicia, _hasta(edicion, hoy)))
        for prefijos in por_provincia(edicion):
            faltan = [uno for uno in cortes if uno > ultimos.get(prefijos[0][:4], datetime.date.min)]
            if not faltan:
                continue
            ediciones = ediciones_del(AlcanceEfectivo(prefijos))
            una = next((una for una in ediciones if una.id == edicion.pk), None)
            ambito = Ambito(prefijos=prefijos, ahora=ahora, edicion=una, ediciones=ediciones)
            for corte in faltan:
                escrita = publicar(ambito=ambito, corte=corte)
                if escrita is None:
                    break  # those of after it would be written first
                escritos += escrita
    return escritos


def fines_de_mes(desde: datetime.date, hasta: datetime.date) -> Iterator[datetime.date]:
    """The last days of a month that are not before the first day nor after the last one."""
    dia = desde
    while True:
        siguiente = (dia.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
        if siguiente - UN_DIA > hasta:
            return
        yield siguiente - UN_DIA
        dia = siguiente


def _hasta(edicion: Edicion, hoy: datetime.date) -> datetime.date:
    """Yesterday; of an edition that ended, the months in which somebody may still finish."""
    ayer = hoy - UN_DIA
    return ayer if edicion.termina is None else min(ayer, edicion.termina + datetime.timedelta(days=31 * MESES_DESPUES))


def publicar(*, ambito: Ambito, corte: datetime.date) -> bool | None:
    """Write the figures of the province of ``ambito`` on a day. Returns whether they were not there.

    None while a list of its people is by half: it is tried again.
    How many people finished is told anew only when that tells nothing of fewer than five beside what was told before;
    else what was told stays, with its day.
    """
    provincia, ambito = ambito.prefijos[0][:4], ambito.al_dia(corte)
    suyas = Publicacion.objects.filter(edicion_id=ambito.edicion_id, provincia_id=provincia)
    if suyas.filter(corte=corte).exists():
        return False
    try:
        instancias, asientos = contar_entera(ambito, lambda: (distritos.instancias(ambito), asientos_contados(ambito)))
    except ListaAMedias:
        return None
    propias = [una for una in instancias if una.es_propia and una.convocada]
    return bool(propias) and _escribir(ambito, provincia, propias, asientos)


@otra_vez((Publicacion, "publicacion_una_por_corte"))
def _escribir(ambito: Ambito, provincia: str, propias: list[Instancia], asientos: list[AsientoContado]) -> bool:
    """Write what was counted, unless somebody did. What may be told is decided beside what was told until then."""
    suyas, corte = Publicacion.objects.filter(edicion_id=ambito.edicion_id, provincia_id=provincia), ambito.dia
    if suyas.filter(corte=corte).exists():
        return False
    anterior = suyas.filter(corte__lt=corte).order_by("-corte").first()
    contadas = {una.ubigeo: una.terminaron for una in propias}
    dichas, personas_al = dichas_de(contadas), corte
    if anterior is not None and not puede_seguir(anterior.contadas, contadas):
        contadas, dichas, personas_al = anterior.contadas, anterior.cifras["terminaron"], anterior.personas_al
    filas = [abiertas.cobertura(una) for una in propias]
    Publicacion.objects.create(
        edicion_id=ambito.edicion_id,
        provincia_id=provincia,
        corte=corte,
        personas_al=personas_al,
        contadas=contadas,
        cifras={
            "total": abiertas.sumas(filas),
            "instancias": filas,
            "terminaron": dichas,
        },
        asientos=[abiertas.asiento(uno) for uno in asientos],
        publicada_en=ambito.ahora,
    )
    return True


def dichas_de(contadas: dict[str, int]) -> dict[str, int | None]:
    """What may be told of how many finished, by table, and of them all under the empty key."""
    total = sum(contadas.values())
    dichas: dict[str, int | None] = dict(zip(contadas, callar(list(contadas.values())), strict=True))
    return {**dichas, "": None if 0 < total < MINIMO else total}


def puede_seguir(antes: dict[str, int], ahora: dict[str, int]) -> bool:
    """Whether a month may be told after the last one that was. Of a table that was not there, all know that: nobody."""
    todas = sorted({*antes, *ahora})
    de_antes, de_ahora = dichas_de(antes), dichas_de(ahora)
    return se_puede_actualizar(
        [antes.get(uno, 0) for uno in todas],
        [ahora.get(uno, 0) for uno in todas],
        dichas=([de_antes.get(uno, 0) for uno in todas], [de_ahora.get(uno, 0) for uno in todas]),
    )
