"""A catalogue in memory: two provinces and the seats of the norm, without a database."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import yaml

from instancias.models import Territorio, TipoDeAsiento
from instancias.padron.interpretacion.interpretar import Catalogo, FilaLeida, interpretar
from instancias.services.territorio import DATOS

HOY = datetime.date(2026, 11, 29)
PILOTO = Path(__file__).resolve().parents[2] / "cms" / "programa" / "leoncio-prado" / "territorio.yaml"
# Its INEI codes are the RENIEC ones of the first province. Its districts are not the true ones: a name is of both.
OTRA = [
    Territorio(ubigeo="09", nivel="departamento", nombre="Huancavelica", codigo_reniec="08"),
    Territorio(ubigeo="0906", nivel="provincia", nombre="Huaytará", capital="Huaytará", codigo_reniec="0807"),
    Territorio(ubigeo="090601", nivel="distrito", nombre="Huaytará", capital="Huaytará", codigo_reniec="080701"),
    Territorio(ubigeo="090604", nivel="distrito", nombre="Pueblo Nuevo", codigo_reniec="080704"),
    Territorio(ubigeo="090605", nivel="distrito", nombre="Santo Domingo de Capillas", codigo_reniec="080705"),
]


def piloto() -> list[Territorio]:
    dicho = yaml.safe_load(PILOTO.read_text(encoding="utf-8"))
    campos = {"otro": "nombre_alterno", "reniec": "codigo_reniec"} | {c: c for c in ("nombre", "sigla", "capital")}
    niveles = {2: "departamento", 4: "provincia", 6: "distrito"}
    filas = [fila for grupo in ("departamentos", "provincias", "distritos") for fila in dicho[grupo]]
    return [
        Territorio(
            ubigeo=fila["ubigeo"],
            nivel=niveles[len(fila["ubigeo"])],
            **{campo: fila[clave] for clave, campo in campos.items() if clave in fila},
        )
        for fila in filas
    ]


def tipos() -> list[TipoDeAsiento]:
    dicho = yaml.safe_load((DATOS / "tipos_de_asiento.yaml").read_text(encoding="utf-8"))
    return [
        TipoDeAsiento(**{"articulo": dicho[nivel]["articulo"], **tipo, "nivel": nivel, "maximo": tipo.get("maximo", 1)})
        for nivel in ("provincial", "distrital")
        for tipo in dicho[nivel]["tipos"]
    ]


def catalogo(*, dos: bool = False, **opciones: Any) -> Catalogo:
    return Catalogo([*piloto(), *(OTRA if dos else [])], tipos(), **opciones)


def leer(este: Catalogo, *, esquema: str = "inei", supuestos: Any = None, **celdas: str) -> FilaLeida:
    """Rosa's row, with other cells."""
    fila = {"fila": 2, "documento": "40000101", "nombres": "Rosa", "apellidos": "Quispe Huamán"}
    fila |= {"distrito": "Luyando", "asiento": "IDC-03", "calidad": "titular"} | celdas
    mas = {"supuestos": supuestos} if supuestos else {}
    return interpretar(fila=fila, catalogo=este, esquema=esquema, hoy=HOY, **mas)
