"""A country of invented districts, and the list of everybody who sits in them: it shows what a long list costs."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from typing import Any

import yaml
from openpyxl import Workbook

from instancias.models import Instancia, Territorio
from instancias.services.territorio import cargar_tipos_de_asiento

from .personas import NOMBRES, SEMILLA

DEPARTAMENTO = "90"  # nobody's
POR_PROVINCIA = 50
SILABAS = ("ka", "lo", "mi", "nu", "pa", "re", "si", "to", "va", "yu")
FINALES = ("pa", "ma", "ya", "ri", "to", "ce", "lla", "vil", "cha", "puma")
RAICES = ("Chuqui", "Callo", "Huaman", "Lliu", "Qori", "Sulla")
ASIENTOS = [f"IDC-{cual}" for cual in ("01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "12", "13", "ST")]
CALIDADES = ("titular", "alterno")
TITULOS = ["N.°", "Provincia", "Distrito", "Asiento", "Calidad", "DNI", "Nombres", "Apellidos", "Celular"]
TITULOS += ["Institución", "Desde"]


def nombre_inventado(numero: int) -> str:
    return "".join(SILABAS[int(cifra)] for cifra in f"{numero:04d}").capitalize()


def distritos_para(cuantas: int) -> int:
    """How many districts so many people take."""
    return -(-cuantas // (len(ASIENTOS) * len(CALIDADES)))


def levantar(distritos: int) -> None:
    """Write the districts, each with its table, and no seat open yet."""
    cargar_tipos_de_asiento()
    territorios = [Territorio(ubigeo=DEPARTAMENTO, nivel="departamento", nombre="Departamento inventado")]
    for n in range(distritos):
        provincia = f"{DEPARTAMENTO}{n // POR_PROVINCIA + 1:02d}"
        if n % POR_PROVINCIA == 0:
            nombre = f"Provincia {nombre_inventado(n // POR_PROVINCIA)}"
            territorios.append(Territorio(ubigeo=provincia, nivel="provincia", nombre=nombre))
        ubigeo = f"{provincia}{n % POR_PROVINCIA + 1:02d}"
        territorios.append(Territorio(ubigeo=ubigeo, nivel="distrito", nombre=f"Distrito {nombre_inventado(n)}"))
    Territorio.objects.bulk_create(territorios)
    Instancia.objects.bulk_create(
        Instancia(nivel="distrital" if uno.nivel == "distrito" else "provincial", territorio=uno)
        for uno in territorios[1:]
    )


def filas(cuantas: int) -> Iterator[list[Any]]:
    """The rows of the list, the same each time: every seat of each district with a titular and an alterno."""
    azar = random.Random(SEMILLA)  # noqa: S311 — repeatable on purpose
    nombres = yaml.safe_load(NOMBRES.read_text(encoding="utf-8"))
    de_pila = nombres["ellas"] + nombres["ellos"]
    apellidos = nombres["apellidos"] + [raiz + final for raiz in RAICES for final in FINALES]
    for n in range(cuantas):
        distrito, lugar = divmod(n, len(ASIENTOS) * len(CALIDADES))
        asiento, calidad = ASIENTOS[lugar // 2], CALIDADES[lugar % 2]
        yield [
            n + 1,
            f"Provincia {nombre_inventado(distrito // POR_PROVINCIA)}",
            f"Distrito {nombre_inventado(distrito)}",
            asiento,
            calidad,
            f"{10_000_000 + n * 37:08d}",
            f"{azar.choice(de_pila)} {azar.choice(de_pila).split()[0]}",
            " ".join(azar.sample(apellidos, 2)),
            f"9{n:08d}",
            f"Oficina {asiento[-2:]} de {nombre_inventado(distrito)}",
            "2026-03-02",
        ]


def en_csv(cuantas: int) -> bytes:
    texto = io.StringIO()
    hoja = csv.writer(texto)
    hoja.writerow(TITULOS)
    hoja.writerows(filas(cuantas))
    return texto.getvalue().encode()


def en_excel(cuantas: int) -> bytes:
    libro = Workbook(write_only=True)
    pagina = libro.create_sheet("Lista")
    pagina.append(TITULOS)
    for fila in filas(cuantas):
        pagina.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()
