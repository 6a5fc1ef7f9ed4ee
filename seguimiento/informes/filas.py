"""Reports of rows: a person on a seat, or a seat. Read by blocks, whatever their number."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from instancias.declarados import dichos_de
from instancias.models import Asiento, DatoDeclarado, Membresia

from ..consultas import definiciones as d
from ..consultas.ambito import Ambito
from ..consultas.cifras import SIN_CERTIFICADO, CertificadoDicho, certificados_de_personas
from ..consultas.filas import FilaDeMembresia, en_bloques, membresias_con_estado, membresias_por_bloques, por_bloques
from ..consultas.lugares import ordenanza_de
from ..consultas.modulos import Modulos, hechas_por_modulo, modulos_del
from .columnas import DE_ASIENTOS, DE_PERSONAS, NIVELES, SECTORES, Columna, FilaDePersona, elegidas
from .definicion import Definicion
from .resultado import Fila, Resultado

NOMBRAN = {"titular", "alterno", "designacion"}
DEL_ASIENTO = (
    "pk",
    "instancia__territorio_id",
    "instancia__territorio__nombre",
    "instancia__nivel",
    "instancia__norma_de_creacion",
    "tipo__corto",
    "numero",
    "tipo__sector",
    "institucion__nombre",
    "con_titular",
    "capacitado",
)


def membresias_pedidas(ambito: Ambito, pedida: Definicion) -> QuerySet[Membresia]:
    """Who sits on the seats that count, those that the filters of the report let through."""
    membresias = membresias_con_estado(ambito)
    caminos = {"sector": "asiento__tipo__sector", "nivel": "asiento__instancia__nivel", "calidad": "calidad"}
    membresias = membresias.filter(**{caminos[uno]: v for uno, v in pedida.filtros.items() if uno in caminos})
    if pedida.estado:
        membresias = membresias.filter(situacion=pedida.estado)
    if pedida.sexo:
        dicho = DatoDeclarado.objects.filter(campo="sexo", valor=pedida.sexo, persona=OuterRef("persona_id"))
        membresias = membresias.filter(Exists(dicho))
    return membresias


def de_personas(ambitos: Sequence[Ambito], pedida: Definicion) -> Resultado:
    columnas = elegidas(DE_PERSONAS, pedida.columnas)
    partes = [(ambito, membresias_pedidas(ambito, pedida)) for ambito in ambitos]
    cuentas = [membresias.count() for _ambito, membresias in partes]
    modulos = {ambito: modulos_del(ambito) for ambito in ambitos} if "modulos" in pedida.columnas else {}

    def leer(desde: int, hasta: int) -> Iterator[Fila]:
        for (ambito, membresias), (a, b) in zip(partes, _tramos(cuentas, desde, hasta), strict=True):
            if a < b:
                yield from _personas(ambito, membresias[a:b], columnas, modulos.get(ambito, Modulos()))

    def nombrar(desde: int, hasta: int) -> Iterator[int]:
        for (_ambito, membresias), (a, b) in zip(partes, _tramos(cuentas, desde, hasta), strict=True):
            if a < b:
                yield from membresias[a:b].values_list("persona_id", flat=True)

    return Resultado(columnas, sum(cuentas), leer, nombrar=nombrar)


def _tramos(cuentas: Sequence[int], desde: int, hasta: int) -> Iterator[tuple[int, int]]:
    """What each part gives of some rows that are numbered across all of them."""
    antes = 0
    for cuenta in cuentas:
        yield max(0, desde - antes), min(cuenta, hasta - antes)
        antes += cuenta


def _personas(
    ambito: Ambito, membresias: QuerySet[Membresia], columnas: list[Columna], modulos: Modulos
) -> Iterator[Fila]:
    """Block by block, and each block column by column: the words of a list are translated once a report."""
    piden = {columna.pide for columna in columnas}
    lados = [(columna.celda, columna.palabras and _dichas(columna.palabras)) for columna in columnas]
    edicion = f"{ambito.edicion.curso} · {ambito.edicion.nombre}" if ambito.edicion else ""
    for bloque in membresias_por_bloques(membresias, con_actividad=False):
        quienes = {fila.persona for fila in bloque}
        sexos = dichos_de("sexo", quienes) if "sexo" in piden else {}
        papeles = certificados_de_personas(ambito, quienes) if "certificado" in piden else {}
        inscripciones = {fila.insc for fila in bloque if fila.insc}
        hechas = hechas_por_modulo(ambito, inscripciones) if "modulos" in piden else {}
        filas = [
            FilaDePersona(
                del_dia(suya, ambito),
                edicion,
                papeles.get(suya.persona, SIN_CERTIFICADO),
                sexos.get(suya.persona, ""),
                _modulos(modulos.de(suya.version), hechas.get(suya.insc or 0, {})) if "modulos" in piden else "",
            )
            for suya in bloque
        ]
        valores = [
            map(celda, filas) if dichas is None else [dichas.get(celda(f), "") for f in filas]
            for celda, dichas in lados
        ]
        yield from map(list, zip(*valores, strict=True))


def _dichas(palabras: Mapping[Any, str | Promise]) -> dict[Any, str]:
    """The words of a list, translated once for all its rows."""
    return {valor: str(dicha) for valor, dicha in palabras.items()}


def del_dia(fila: FilaDeMembresia, ambito: Ambito) -> FilaDeMembresia:
    """Without what happened after the day."""
    if ambito.al is None:
        return fila
    fechas = (fila.inscrita_en, fila.iniciada_en, fila.terminada_en)
    inscrita, iniciada, terminada = (en if en and en < ambito.corte else None for en in fechas)
    return fila._replace(inscrita_en=inscrita, iniciada_en=iniciada, terminada_en=terminada)


def _modulos(pedidas: Any, hechas: Any) -> str:
    if not pedidas:
        return ""
    terminados = sum(hechas.get(clave, 0) >= piden for clave, piden in pedidas.items())
    return _("%(n)d de %(m)d") % {"n": terminados, "m": len(pedidas)}


def de_asientos(ambito: Ambito, pedida: Definicion) -> Resultado:
    """A row a seat that counts. Who holds it, and the certificates of whoever completes it, by blocks."""
    columnas = elegidas(DE_ASIENTOS, pedida.columnas)
    ocupa = d.membresias_de_un_asiento(ambito, "pk")
    caminos = {"sector": "tipo__sector", "nivel": "instancia__nivel"}
    asientos = (
        d.asientos_del(ambito)
        .filter(**{caminos[uno]: valor for uno, valor in pedida.filtros.items() if uno in caminos})
        .annotate(
            con_titular=Exists(ocupa.filter(calidad=Membresia.Calidad.TITULAR)),
            capacitado=Exists(ocupa.filter(d.terminaron(ambito))),
        )
        .order_by("instancia__territorio_id", "tipo__orden", "numero", "pk")
    )

    def leer(desde: int, hasta: int) -> Iterator[Fila]:
        yield from _asientos(ambito, asientos[desde:hasta], columnas)

    def nombrar(desde: int, hasta: int) -> Iterable[int]:
        if not NOMBRAN & set(pedida.columnas):
            return ()
        bloques = en_bloques(asientos[desde:hasta].values_list("pk", flat=True))
        de_cada_uno = (d.membresias_del(ambito).filter(asiento__in=bloque) for bloque in bloques)
        return (persona for filas in de_cada_uno for persona in filas.order_by().values_list("persona_id", flat=True))

    return Resultado(columnas, asientos.count(), leer, nombrar=nombrar)


def _asientos(ambito: Ambito, asientos: QuerySet[Asiento], columnas: list[Columna]) -> Iterator[Fila]:
    niveles, sectores = _dichas(NIVELES), _dichas(SECTORES)
    for bloque in por_bloques(asientos.values_list(*DEL_ASIENTO)):
        quienes = _ocupantes(ambito, {fila[0] for fila in bloque})
        papeles = certificados_de_personas(ambito, {uno[1] for suyos in quienes.values() for uno in suyos.values()})
        for pk, ubigeo, lugar, nivel, norma, tipo, numero, sector, institucion, con_titular, capacitado in bloque:
            suyos = quienes.get(pk, {})
            titular, alterno = suyos.get("titular", ("", 0, "")), suyos.get("alterno", ("", 0, ""))
            celdas = {
                "ubigeo": ubigeo,
                "instancia": lugar,
                "nivel": niveles[nivel],
                "norma": ordenanza_de(norma),
                "asiento": f"{tipo} ({numero})" if numero > 1 else tipo,
                "sector": sectores[sector],
                "institucion": institucion or "",
                "con_titular": bool(con_titular),
                "titular": titular[0],
                "designacion": titular[2],
                "alterno": alterno[0],
                "capacitado": bool(capacitado),
                "certificados": decir_certificados(papeles[uno[1]] for uno in (titular, alterno) if uno[1] in papeles),
            }
            yield [celdas[columna.clave] for columna in columnas]


def _ocupantes(ambito: Ambito, asientos: Collection[int]) -> dict[int, dict[str, tuple[str, int, str]]]:
    """The name, the number and the designation of who sits on some seats, by quality. One statement."""
    filas = d.membresias_del(ambito).filter(asiento__in=asientos).order_by()
    quienes: dict[int, dict[str, tuple[str, int, str]]] = {}
    campos = ("asiento_id", "calidad", "persona_id", "persona__nombres", "persona__apellidos", "designacion")
    for asiento, calidad, persona, nombres, apellidos, designacion in filas.values_list(*campos):
        quienes.setdefault(asiento, {})[calidad] = (f"{nombres} {apellidos}", persona, designacion)
    return quienes


def decir_certificados(papeles: Iterable[CertificadoDicho]) -> str:
    """«0007-2026 (12/03/2026); 0008-2026 (13/03/2026)»."""
    dichos = [f"{uno.registro} ({_dia_de(uno.emitido_en)})" for uno in papeles if uno.emitido_en]
    return "; ".join(dichos)


def _dia_de(momento: datetime.datetime) -> str:
    """The day that the paper says, which is that of here: of an evening, elsewhere it is already tomorrow."""
    return date_format(timezone.localtime(momento), "SHORT_DATE_FORMAT")
