"""Write territory, kinds of seat, tables and offices from plain data. Loading twice changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from ..models import Asiento, Cobertura, Instancia, Oficina, Territorio, TipoDeAsiento

DATOS = Path(__file__).resolve().parent.parent / "datos"
CAMPOS_DE_TERRITORIO = [
    "nivel",
    "nombre",
    "nombre_alterno",
    "sigla",
    "capital",
    "codigo_reniec",
    "norma_de_creacion",
    "fila",
    "columna",
    "contorno",
]
CAMPOS_DE_TIPO = [
    "nivel",
    "articulo",
    "numeral",
    "nombre",
    "corto",
    "sector",
    "minimo",
    "maximo",
    "condicional",
    "preside",
    "orden",
    "version_de_norma",
    "desde",
]


def _leer_tipos_de_asiento() -> dict[str, Any]:
    return yaml.safe_load((DATOS / "tipos_de_asiento.yaml").read_text(encoding="utf-8"))


@cache
def codigos_de_asiento() -> tuple[str, ...]:
    """Return the codes of the seats that the Reglamento lists, in its order."""
    datos = _leer_tipos_de_asiento()
    niveles = (Instancia.Nivel.PROVINCIAL, Instancia.Nivel.DISTRITAL)
    return tuple(fila["codigo"] for nivel in niveles for fila in datos[nivel.value]["tipos"])


@transaction.atomic
def cargar_tipos_de_asiento() -> int:
    """Write the seats that the Reglamento lists (arts. 107 and 109). Returns how many kinds there are."""
    datos = _leer_tipos_de_asiento()
    tipos = []
    for nivel in (Instancia.Nivel.PROVINCIAL, Instancia.Nivel.DISTRITAL):
        grupo = datos[nivel.value]
        for orden, fila in enumerate(grupo["tipos"], start=1):
            minimo = fila.get("minimo", 1)
            tipos.append(
                TipoDeAsiento(
                    codigo=fila["codigo"],
                    nivel=nivel,
                    articulo=fila.get("articulo", grupo["articulo"]),
                    numeral=fila["numeral"],
                    nombre=fila["nombre"],
                    corto=fila["corto"],
                    sector=fila["sector"],
                    minimo=minimo,
                    maximo=fila.get("maximo", max(minimo, 1)),
                    condicional=fila.get("condicional", False),
                    preside=fila.get("preside", False),
                    orden=orden,
                    version_de_norma=datos["version_de_norma"],
                    desde=datos["vigente_desde"],
                )
            )
    TipoDeAsiento.objects.bulk_create(
        tipos, update_conflicts=True, unique_fields=["codigo"], update_fields=CAMPOS_DE_TIPO
    )
    return len(tipos)


def _territorio(fila: Mapping[str, Any], nivel: Territorio.Nivel, contornos: Mapping[str, list]) -> Territorio:
    return Territorio(
        ubigeo=fila["ubigeo"],
        nivel=nivel,
        nombre=fila["nombre"],
        nombre_alterno=fila.get("otro", ""),
        sigla=fila.get("sigla", ""),
        capital=fila.get("capital", ""),
        codigo_reniec=fila.get("reniec", ""),
        norma_de_creacion=fila.get("creacion", ""),
        fila=fila.get("fila"),
        columna=fila.get("columna"),
        contorno=contornos.get(fila["ubigeo"], []),
    )


def leer_contornos(geojson: Mapping[str, Any]) -> dict[str, list]:
    """Return the outer rings of each feature by its ``ubigeo``, as lists of [longitude, latitude] (WGS84)."""
    contornos: dict[str, list] = {}
    for rasgo in geojson["features"]:
        forma = rasgo["geometry"]
        poligonos = [forma["coordinates"]] if forma["type"] == "Polygon" else forma["coordinates"]
        contornos[rasgo["properties"]["ubigeo"]] = [poligono[0] for poligono in poligonos]
    return contornos


@transaction.atomic
def cargar_territorio(*, datos: Mapping[str, Any], contornos: Mapping[str, list] | None = None) -> None:
    """Write the territories, tables, seats, offices and coverage of a file of data.

    ``datos`` has ``departamentos``, ``provincias``, ``distritos``, ``instancias`` and ``centros``. A district in
    ``instancias.atendidas`` gets no table of its own: the provincial one serves it. ``instancias.topes`` says how many
    seats of a kind this place opens at most, where its ordinance reads the norm otherwise.
    """
    trazos = contornos or {}
    niveles = (
        ("departamentos", Territorio.Nivel.DEPARTAMENTO),
        ("provincias", Territorio.Nivel.PROVINCIA),
        ("distritos", Territorio.Nivel.DISTRITO),
    )
    territorios = [_territorio(fila, nivel, trazos) for clave, nivel in niveles for fila in datos.get(clave, [])]
    Territorio.objects.bulk_create(
        territorios, update_conflicts=True, unique_fields=["ubigeo"], update_fields=CAMPOS_DE_TERRITORIO
    )
    for codigo, tope in datos["instancias"].get("topes", {}).items():
        TipoDeAsiento.objects.filter(codigo=codigo, minimo__lte=tope).update(maximo=tope)
    provincial = _crear_instancias(datos["instancias"], [fila["ubigeo"] for fila in datos["distritos"]])
    crear_asientos(instancias=[provincial, *provincial.atiende_a.all(), *_distritales(datos["distritos"])])
    for centro in datos.get("centros", []):
        _crear_centro(centro, datos["cobertura_desde"])


def _crear_instancias(datos: Mapping[str, Any], distritos: Iterable[str]) -> Instancia:
    provincial, _ = Instancia.objects.get_or_create(
        nivel=Instancia.Nivel.PROVINCIAL, territorio_id=datos["provincial"]["territorio"]
    )
    atendidas = set(datos.get("atendidas", []))
    for ubigeo in distritos:
        Instancia.objects.update_or_create(
            nivel=Instancia.Nivel.DISTRITAL,
            territorio_id=ubigeo,
            defaults={"atendida_por": provincial if ubigeo in atendidas else None},
        )
    return provincial


def _distritales(distritos: Iterable[Mapping[str, Any]]) -> list[Instancia]:
    return list(
        Instancia.objects.propias().filter(
            nivel=Instancia.Nivel.DISTRITAL, territorio_id__in=[fila["ubigeo"] for fila in distritos]
        )
    )


def crear_asientos(*, instancias: Iterable[Instancia]) -> None:
    """Open in each table the seats its norm requires; those that depend on the place are opened by the padrón."""
    tipos: dict[str, list[TipoDeAsiento]] = {}
    for tipo in TipoDeAsiento.objects.filter(hasta__isnull=True):
        tipos.setdefault(tipo.nivel, []).append(tipo)
    asientos = [
        Asiento(instancia=instancia, tipo=tipo, numero=numero)
        for instancia in instancias
        if instancia.es_propia
        for tipo in tipos.get(instancia.nivel, [])
        for numero in range(1, tipo.minimo + 1)
    ]
    Asiento.objects.bulk_create(asientos, ignore_conflicts=True)


def _crear_centro(datos: Mapping[str, Any], desde: datetime.date) -> None:
    centro, _ = Oficina.objects.get_or_create(
        nombre=datos["nombre"],
        defaults={
            "telefono": datos.get("telefono", ""),
            "whatsapp": datos.get("whatsapp", ""),
            "horario": datos.get("horario", ""),
            "facilitadora": datos.get("facilitadora", ""),
        },
    )
    for ubigeo in datos["cobertura"]:
        Cobertura.objects.get_or_create(oficina=centro, territorio_id=ubigeo, hasta=None, defaults={"desde": desde})
