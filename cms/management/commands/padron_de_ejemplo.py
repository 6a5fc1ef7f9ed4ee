"""Write the sample sheet: invented people over every district, typed the way real sheets are."""

from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.styles import Font

from cms.demo.personas import Invento, Plaza, inventar
from marco.orden_del_aula import OrdenDelAula

CMS = Path(__file__).resolve().parents[2]
DESTINO = CMS / "static" / "cms" / "padron-ejemplo.xlsx"
TITULOS = [
    "N.°",
    "Instancia",
    "DISTRITO",
    "Asiento",
    "N° de asiento",
    "Condición",
    "D.N.I.",
    "Nombres",
    "Apellidos",
    "Teléfono celular",
    "Institución u organización",
    "Oficio",
    "Observaciones",
]
TIPOS = Path(__file__).resolve().parents[3] / "instancias" / "datos" / "tipos_de_asiento.yaml"


def _plazas() -> tuple[list[Plaza], dict[str, str]]:
    """The seats that the norm requires in each table of the pilot, and the name of each territory."""
    territorio = yaml.safe_load((CMS / "programa" / "leoncio-prado" / "territorio.yaml").read_text(encoding="utf-8"))
    tipos = yaml.safe_load(TIPOS.read_text(encoding="utf-8"))
    nombres = {fila["ubigeo"]: fila["nombre"] for fila in territorio["provincias"] + territorio["distritos"]}
    plazas = [
        Plaza(ubigeo, tipo["codigo"], numero, tipo["corto"], nombre)
        for ubigeo, nombre in nombres.items()
        for tipo in tipos["provincial" if len(ubigeo) == 4 else "distrital"]["tipos"]
        for numero in range(1, tipo.get("minimo", 1) + 1)
    ]
    return plazas, nombres


def _fila(indice: int, invento: Invento, nombres: dict[str, str]) -> list[Any]:
    """One row, with the habits of real sheets: capitals, spaces, other forms of the same name or phone."""
    provincial = len(invento.territorio) == 4
    distrito = "" if provincial else nombres[invento.territorio]
    nombre, apellidos, celular = invento.nombres, invento.apellidos, invento.celular
    if indice % 4 == 0:
        nombre, apellidos = nombre.upper(), f"{apellidos.upper()}  "
    if indice % 5 == 0:
        distrito = {"Daniel Alomía Robles": "DANIEL ALOMIAS ROBLES"}.get(distrito, distrito.upper())
    if indice % 7 == 0 and celular:
        celular = f"+51 {celular[:3]} {celular[3:6]} {celular[6:]}"
    documento: Any = int(invento.documento) if indice % 3 == 0 else invento.documento
    return [
        indice,
        "Provincial" if provincial else "Distrital",
        distrito,
        invento.tipo,
        invento.numero if invento.numero > 1 else None,
        {"titular": "TITULAR", "alterno": "Suplente"}[invento.calidad] if indice % 6 == 0 else invento.calidad,
        documento,
        nombre,
        apellidos,
        celular or ("sin celular" if indice % 2 else ""),
        invento.institucion,
        f"Oficio {indice:03d}-2026",
        "Confirmar" if indice % 11 == 0 else "",
    ]


class Command(OrdenDelAula):
    help = "Escribe la lista de ejemplo que ofrece la pantalla de importación."

    def add_arguments(self, parser) -> None:
        parser.add_argument("destino", nargs="?", type=Path, default=DESTINO)

    def handle(self, *args, destino: Path, **options) -> None:
        plazas, nombres = _plazas()
        libro = Workbook()
        hoja = libro.active
        hoja.title = "Integrantes"
        hoja.append(["LISTA DE INTEGRANTES DE LAS INSTANCIAS (EJEMPLO: PERSONAS INVENTADAS)"])
        hoja.append([])
        hoja.append(TITULOS)
        for celda in hoja[1] + hoja[3]:
            celda.font = Font(bold=True)
        filas = [_fila(i, invento, nombres) for i, invento in enumerate(inventar(plazas), start=1)]
        filas += self._con_problema(len(filas))
        for fila in filas:
            hoja.append(fila)
        for columna, ancho in zip("ABCDEFGHIJKLM", (5, 11, 24, 10, 10, 11, 11, 20, 24, 18, 34, 18, 14), strict=True):
            hoja.column_dimensions[columna].width = ancho
        hoja.freeze_panes = "A4"
        destino.parent.mkdir(parents=True, exist_ok=True)
        libro.save(destino)
        self.stdout.write(f"{destino.name}: {len(filas)} filas")

    @staticmethod
    def _con_problema(ultimo: int) -> list[list[Any]]:
        """Rows that must be refused, each for its own reason."""
        base = ["Distrital", "Luyando", "IDC-13", None, "titular"]
        final = ["Organización de ejemplo", "", ""]
        casos: list[list[Any]] = [
            [*base, "9999901", "Elena", "Sin Cero", "", *final],
            ["Distrital", "Monzón", "IDC-03", None, "titular", "99999902", "Otro", "Distrito Lejano", "", *final],
            ["Distrital", "Luyando", "IDC-77", None, "titular", "99999903", "Asiento", "Que No Existe", "", *final],
            ["Distrital", "Luyando", "IDC-13", None, "vocal", "99999904", "Calidad", "Que No Existe", "", *final],
            [*base, "99999905", "=A1", "Con Fórmula", "", *final],
        ]
        return [[ultimo + i, *caso] for i, caso in enumerate(casos, start=1)]
