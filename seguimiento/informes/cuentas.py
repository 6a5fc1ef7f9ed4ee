"""Reports that count, by groups: seats and people openly; what people said of themselves, in groups of five."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from certificados.consultas.contexto import plantillas_de
from instancias.models import Instancia, Membresia

from ..consultas import definiciones as d
from ..consultas import lugares
from ..consultas.ambito import Ambito
from ..consultas.cifras import certificados_de_personas
from ..consultas.filas import membresias_por_bloques, por_bloques
from ..consultas.modulos import hechas_por_modulo, modulos_del
from .columnas import DE_ASIENTOS_CONTADOS, DE_PERSONAS_CONTADAS, MEDIDAS, NIVELES, SECTORES, Columna, de_sexo, elegidas
from .columnas import GRUPOS as DE_GRUPOS
from .definicion import Definicion
from .filas import decir_certificados, membresias_pedidas
from .resultado import Fila, Resultado, de_lista
from .sexos import SexosDelAmbito, por_origen, por_sexo

Clave = tuple[Any, ...]
Cuentas = dict[Clave, dict[str, Any]]
CAMINOS: dict[str, Any] = {
    "provincia": Substr("asiento__instancia__territorio_id", 1, 4),
    "instancia": F("asiento__instancia__territorio_id"),
    "nivel": F("asiento__instancia__nivel"),
    "sector": F("asiento__tipo__sector"),
    "calidad": F("calidad"),
}
CAMINOS_DE_ASIENTOS: dict[str, Any] = {
    "provincia": Substr("instancia__territorio_id", 1, 4),
    "instancia": F("instancia__territorio_id"),
    "nivel": F("instancia__nivel"),
    "sector": F("tipo__sector"),
}
SIN_SUMA = ("norma", "certificados")  # what a total does not say


def de_cuentas(ambitos: Sequence[Ambito], pedida: Definicion) -> Resultado:
    medidas = elegidas(MEDIDAS, pedida.columnas)
    grupos = elegidas(DE_GRUPOS, _con_los_suyos(pedida.grupos))
    columnas = [*grupos]
    for medida in medidas:
        columnas.append(medida)
        if pedida.por_sexo and medida.clave in DE_PERSONAS_CONTADAS:
            columnas += de_sexo(medida)
    filas: list[Fila] = []
    notas: list[str] = []
    for ambito in ambitos:
        filas += _de_una_edicion(ambito, pedida, grupos, columnas, notas)
    return de_lista(columnas, filas, list(dict.fromkeys(notas)))


def _con_los_suyos(grupos: Iterable[str]) -> set[str]:
    """A table goes with its code, and an edition with its modality."""
    pares = {"instancia": "ubigeo", "edicion": "modalidad"}
    return {*grupos, *(pares[uno] for uno in grupos if uno in pares)}


def _de_una_edicion(
    ambito: Ambito, pedida: Definicion, grupos: list[Columna], columnas: list[Columna], notas: list[str]
) -> list[Fila]:
    if "origen" in pedida.grupos:
        return _por_rasgo(por_origen(ambito, notas), ambito, grupos, columnas)
    if "sexo" in pedida.grupos:
        return _por_rasgo(por_sexo(ambito, notas), ambito, grupos, columnas)
    if "modulo" in pedida.grupos:
        return _filas(_por_modulo(ambito, pedida), ambito, pedida, grupos, columnas, None)
    sexos = SexosDelAmbito(ambito, notas) if pedida.por_sexo else None
    filas = _filas(_contadas(ambito, pedida, pedida.grupos), ambito, pedida, grupos, columnas, sexos)
    if set(pedida.grupos) - {"edicion"}:
        filas.append(_total(_contadas(ambito, pedida, ()), ambito, grupos, columnas, sexos))
    return filas


def _por_rasgo(
    dichas: list[tuple[str, dict[str, Any]]], ambito: Ambito, grupos: list[Columna], columnas: list[Columna]
) -> list[Fila]:
    del_ambito = _de_la_edicion(ambito, grupos)
    return [
        [(del_ambito | {"sexo": texto, "origen": texto} | cuentas).get(c.clave) for c in columnas]
        for texto, cuentas in dichas
    ]


def _contadas(ambito: Ambito, pedida: Definicion, grupos: Sequence[str]) -> Cuentas:
    """Everything openly counted, by groups. At most four statements."""
    dentro = [uno for uno in grupos if uno in CAMINOS]
    cuentas: Cuentas = {}
    medidas = set(pedida.columnas)
    if medidas & {*DE_PERSONAS_CONTADAS, "horas", "certificados"}:
        _de_personas(cuentas, ambito, pedida, dentro)
    if medidas & {"horas", "certificados"}:
        _de_papeles(cuentas, ambito, pedida, dentro)
    if medidas & {*DE_ASIENTOS_CONTADOS}:
        _de_asientos(cuentas, ambito, pedida, dentro)
    if "norma" in medidas and "instancia" in dentro:
        normas = dict(Instancia.objects.bajo(ambito.prefijos).values_list("territorio_id", "norma_de_creacion"))
        for clave, cuenta in cuentas.items():
            cuenta["norma"] = lugares.ordenanza_de(normas.get(clave[dentro.index("instancia")], ""))
    return cuentas


def _de_personas(cuentas: Cuentas, ambito: Ambito, pedida: Definicion, dentro: list[str]) -> None:
    con_papel = d.certificados_vigentes(ambito).order_by().values("persona_id")
    medidas = {
        "integrantes": _distintas(),
        "inscritas": _distintas(d.inscritas()),
        "empezaron": _distintas(d.empezo(ambito)),
        "terminaron": _distintas(d.termino(ambito)),
        "certificadas": _distintas(Q(persona_id__in=con_papel)),
    }
    _agrupar(cuentas, membresias_pedidas(ambito, pedida), {uno: CAMINOS[uno] for uno in dentro}, medidas)


def _agrupar(cuentas: Cuentas, filas: QuerySet[Any], grupos: dict[str, Any], medidas: dict[str, Count]) -> None:
    """Count in one statement; without groups, all of it."""
    if not grupos:
        cuentas.setdefault((), {}).update(filas.order_by().aggregate(**medidas))
        return
    claves = [f"g_{uno}" for uno in grupos]
    agrupadas = filas.order_by().annotate(**dict(zip(claves, grupos.values(), strict=True))).values_list(*claves)
    for fila in agrupadas.annotate(**medidas):
        clave, contadas = tuple(fila[: len(claves)]), fila[len(claves) :]
        cuentas.setdefault(clave, {}).update(zip(medidas, contadas, strict=True))


def _distintas(condicion: Q | None = None) -> Count:
    return Count("persona_id", distinct=True, filter=condicion)


def _de_papeles(cuentas: Cuentas, ambito: Ambito, pedida: Definicion, dentro: list[str]) -> None:
    """Hours and numbers of certificates, of each person once in each group."""
    con_papel = d.certificados_vigentes(ambito).order_by().values("persona_id")
    filas = (
        membresias_pedidas(ambito, pedida)
        .filter(persona_id__in=con_papel)
        .order_by()
        .annotate(**{f"g_{uno}": CAMINOS[uno] for uno in dentro})
        .values_list("persona_id", *(f"g_{uno}" for uno in dentro))
        .distinct()
    )
    for bloque in por_bloques(filas.order_by(*(f"g_{uno}" for uno in dentro), "persona_id")):
        papeles = certificados_de_personas(ambito, {fila[0] for fila in bloque})
        for persona, *clave in bloque:
            if persona in papeles:
                cuenta = cuentas.setdefault(tuple(clave), {})
                cuenta["horas"] = cuenta.get("horas", 0) + (papeles[persona].horas or 0)
                cuenta.setdefault("papeles", []).append(papeles[persona])
    for cuenta in cuentas.values():
        suyos = sorted(cuenta.pop("papeles", []), key=lambda uno: uno.registro)
        cuenta["certificados"] = decir_certificados(suyos)
        cuenta.setdefault("horas", 0)


def _de_asientos(cuentas: Cuentas, ambito: Ambito, pedida: Definicion, dentro: list[str]) -> None:
    ocupa = d.membresias_de_un_asiento(ambito, "pk")
    caminos = {"sector": "tipo__sector", "nivel": "instancia__nivel"}
    asientos = d.asientos_del(ambito).filter(
        **{caminos[uno]: valor for uno, valor in pedida.filtros.items() if uno in caminos}
    )
    medidas = {
        "asientos": Count("pk"),
        "con_titular": Count("pk", filter=Exists(ocupa.filter(calidad=Membresia.Calidad.TITULAR))),
        "capacitados": Count("pk", filter=Exists(ocupa.filter(d.terminaron(ambito)))),
    }
    _agrupar(cuentas, asientos, {uno: CAMINOS_DE_ASIENTOS[uno] for uno in dentro}, medidas)


def _por_modulo(ambito: Ambito, pedida: Definicion) -> Cuentas:
    """Of each module, to how many it is asked, how many did a part of it, and how many all."""
    dentro = [uno for uno in pedida.grupos if uno in CAMINOS]
    modulos, cuentas, vistas = modulos_del(ambito), {}, set()
    campos = {"provincia": lambda f: f.ubigeo[:4], "instancia": lambda f: f.ubigeo}
    for bloque in membresias_por_bloques(membresias_pedidas(ambito, pedida)):
        hechas = hechas_por_modulo(ambito, {fila.insc for fila in bloque if fila.insc})
        for fila in bloque:
            grupo = tuple(campos[uno](fila) if uno in campos else getattr(fila, uno) for uno in dentro)
            if (grupo, fila.persona) in vistas:
                continue
            vistas.add((grupo, fila.persona))
            suyas = hechas.get(fila.insc or 0, {})
            for clave, piden in modulos.de(fila.version).items():
                cuenta = cuentas.setdefault((*grupo, clave), dict.fromkeys(("inscritas", "empezaron", "terminaron"), 0))
                cuenta["inscritas"] += 1
                cuenta["empezaron"] += suyas.get(clave, 0) > 0
                cuenta["terminaron"] += suyas.get(clave, 0) >= piden
    orden = list(modulos.titulos)
    en_orden = sorted(cuentas, key=lambda clave: (clave[:-1], orden.index(clave[-1])))
    return {(*clave[:-1], modulos.titulos[clave[-1]]): cuentas[clave] for clave in en_orden}


def _de_la_edicion(ambito: Ambito, grupos: list[Columna]) -> dict[str, Any]:
    if ambito.edicion is None or "edicion" not in {grupo.clave for grupo in grupos}:
        return {}
    plantillas = plantillas_de([ambito.edicion.curso_id])
    plantilla = plantillas.get(ambito.edicion.curso_id) or plantillas.get(None)
    nombre = f"{ambito.edicion.curso} · {ambito.edicion.nombre}"
    return {"edicion": nombre, "modalidad": plantilla.modalidad if plantilla else ""}


def _filas(
    cuentas: Cuentas,
    ambito: Ambito,
    pedida: Definicion,
    grupos: list[Columna],
    columnas: list[Columna],
    sexos: SexosDelAmbito | None,
) -> list[Fila]:
    dentro = [uno for uno in pedida.grupos if uno in CAMINOS] + (["modulo"] if "modulo" in pedida.grupos else [])
    de_la_edicion, filas = _de_la_edicion(ambito, grupos), []
    for clave in cuentas if "modulo" in dentro else sorted(cuentas):
        suyos = dict(zip(dentro, clave, strict=True))
        celdas = de_la_edicion | _en_palabras(suyos) | _cuentas_de(cuentas[clave], columnas)
        if sexos:
            celdas |= sexos.de(suyos)
        filas.append([celdas.get(columna.clave) for columna in columnas])
    return filas


def _cuentas_de(cuenta: dict[str, Any], columnas: list[Columna]) -> dict[str, Any]:
    vacia = {columna.clave: "" if columna.clave in SIN_SUMA else 0 for columna in columnas if columna in MEDIDAS}
    return vacia | cuenta


def _en_palabras(suyos: dict[str, str]) -> dict[str, Any]:
    nombres = lugares.nombres()
    celdas: dict[str, Any] = dict(suyos)
    for campo, palabras in (("nivel", NIVELES), ("sector", SECTORES), ("calidad", dict(Membresia.Calidad.choices))):
        if campo in suyos:
            celdas[campo] = str(palabras.get(suyos[campo], suyos[campo]))
    for campo in ("provincia", "instancia"):
        if campo in suyos:
            celdas[campo] = nombres.get(suyos[campo], suyos[campo])
    return celdas | ({"ubigeo": suyos["instancia"]} if "instancia" in suyos else {})


def _total(
    cuentas: Cuentas, ambito: Ambito, grupos: list[Columna], columnas: list[Columna], sexos: SexosDelAmbito | None
) -> Fila:
    celdas = _de_la_edicion(ambito, grupos) | _cuentas_de(cuentas.get((), {}), columnas)
    celdas |= dict.fromkeys(SIN_SUMA)
    if sexos:
        celdas |= sexos.de({})
    primera = next(grupo.clave for grupo in grupos if grupo.clave not in ("edicion", "modalidad", "ubigeo"))
    return [_("Total") if columna.clave == primera else celdas.get(columna.clave) for columna in columnas]
