"""The golden province of ``test_de_un_dia``: what was counted by hand is what leaves by every door, at its three dates.

Looked at in June 2027, when who sat there in 2026 is gone. Seats with a titular: in September Alma and Bruno (2); in
December also Darío (3); in January Elsa, Fabio and Darío (3). By table, of what the whole province says:

    30 September    A: seats 2, complete 1 (Alma), people 3       B: seats 1, complete 0, people 0
    31 December     A: seats 3, complete 2 (Alma, Bruno), 3       B: seats 1, complete 0, people 1 (Darío)
    1 January       A: seats 3, complete 0, people 3              B: seats 1, complete 1 (Darío), people 1
"""

from __future__ import annotations

import csv
import io
import json
import re
import uuid

import pytest
import time_machine
from openpyxl import load_workbook

from certificados.services import componer
from seguimiento import libro_de_cifras
from seguimiento.cifras_de_cierre import DEL_TOTAL
from seguimiento.informes.definicion import Definicion, Forma
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from seguimiento.services.informes import guardar_informe
from tests.certificados.normas import faltas
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_actas import texto_de
from tests.seguimiento.test_api import clave_para, leer
from tests.seguimiento.test_de_un_dia import A_MANO, DESPUES, DICIEMBRE, ENERO, SETIEMBRE, a_las_diez, el_dia, montar

pytestmark = pytest.mark.django_db
FECHAS = pytest.mark.parametrize("dia", [SETIEMBRE, DICIEMBRE, ENERO], ids=str)
CON_TITULAR = {SETIEMBRE: 2, DICIEMBRE: 3, ENERO: 3}
# seats, complete, people
POR_TABLA = {
    SETIEMBRE: {f.A: (2, 1, 3), f.B: (1, 0, 0)},
    DICIEMBRE: {f.A: (3, 2, 3), f.B: (1, 0, 1)},
    ENERO: {f.A: (3, 0, 3), f.B: (1, 1, 1)},
}
MEDIDAS = (
    "asientos",
    "con_titular",
    "capacitados",
    "integrantes",
    "inscritas",
    "empezaron",
    "terminaron",
    "certificadas",
)


@pytest.fixture(autouse=True)
def _en_junio():
    with time_machine.travel(a_las_diez(DESPUES), tick=False):
        yield


@pytest.fixture
@hecho_una_vez
def provincia(version):
    return montar(version)


@pytest.fixture
@hecho_una_vez
def oficina(provincia, entrar, cem_provincial):
    return entrar(cem_provincial)


def medidas_a_mano(dia) -> dict[str, int]:
    otras = {"con_titular": CON_TITULAR[dia], "capacitados": A_MANO[dia]["completos"]}
    return {clave: otras.get(clave, A_MANO[dia].get(clave)) for clave in MEDIDAS}


@FECHAS
def test_the_screen_says_it(oficina, dia):
    pagina = oficina.get("/panel", {"al": dia.isoformat()})
    total = pagina.context["total"]
    dicho = {clave: getattr(total, clave) for clave in A_MANO[dia] if hasattr(total, clave)}
    assert dicho == {clave: A_MANO[dia][clave] for clave in dicho} and len(dicho) >= 12
    for ubigeo, (asientos, completos, integrantes) in POR_TABLA[dia].items():
        una = oficina.get(f"/panel/distrito/{ubigeo}", {"al": dia.isoformat()}).context["instancia"]
        assert (una.exigidos, una.completos, una.integrantes) == (asientos, completos, integrantes), ubigeo


@FECHAS
def test_a_report_says_it_on_the_screen_and_in_its_three_files(oficina, cem_provincial, dia):
    pedida = Definicion(nombre="Cuentas", forma=Forma.CUENTAS, grupos=("instancia",), columnas=MEDIDAS)
    alcance = f.AlcanceEfectivo((f.PROVINCIA,))
    informe = guardar_informe(pedida=pedida, de_todos=False, por=cem_provincial, alcance=alcance)
    donde, al = f"/panel/informes/{informe.pk}", {"al": dia.isoformat()}
    pantalla = oficina.get(donde, al).context
    titulos = pantalla["titulos"]
    filas = [dict(zip(titulos, fila, strict=True)) for fila in pantalla["filas"]]
    del_csv = list(csv.DictReader(io.StringIO(contenido(oficina, f"{donde}/archivo.csv", al).decode("utf-8-sig"))))
    libro = load_workbook(io.BytesIO(contenido(oficina, f"{donde}/archivo.xlsx", al)))
    hoja = [fila for fila in libro.worksheets[0].values if any(celda is not None for celda in fila)]
    del_json = json.loads(contenido(oficina, f"{donde}/archivo.json", al))
    columnas = {columna.clave: str(columna.titulo) for columna in pantalla["preparado"].resultado.columnas}
    esperado = {columnas[clave]: str(cuantas) for clave, cuantas in medidas_a_mano(dia).items()}
    total = filas[-1]
    assert {titulo: total[titulo] for titulo in esperado} == esperado
    assert {titulo: del_csv[-1][titulo] for titulo in esperado} == esperado
    de_la_hoja = dict(zip(next(fila for fila in hoja if columnas["asientos"] in fila), hoja[-1], strict=True))
    assert {titulo: str(de_la_hoja[titulo]) for titulo in esperado} == esperado
    ultima = dict(zip(del_json["columnas"], del_json["filas"][-1], strict=True))
    assert {titulo: str(ultima[titulo]) for titulo in esperado} == esperado
    for fila in filas[:-1]:
        ubigeo = fila[columnas["ubigeo"]]
        suya = tuple(int(fila[columnas[clave]] or 0) for clave in ("asientos", "capacitados", "integrantes"))
        assert suya == POR_TABLA[dia][ubigeo], ubigeo


@FECHAS
def test_the_api_says_it(oficina, cem_provincial, dia):
    clave, al = clave_para(cem_provincial), dia.isoformat()
    cobertura = leer(clave, "cobertura", al=al).json()
    esperado = A_MANO[dia]
    for cual in ("asientos", "con_persona", "sin_persona", "completos"):
        assert cobertura["total"][cual] == esperado[cual], cual
    por_ubigeo = {fila["ubigeo"]: (fila["asientos"], fila["completos"]) for fila in cobertura["filas"]}
    assert por_ubigeo == {ubigeo: cuentas[:2] for ubigeo, cuentas in POR_TABLA[dia].items()}
    sillas = leer(clave, "asientos", al=al).json()["filas"]
    assert (len(sillas), sum(una["ocupado"] for una in sillas)) == (esperado["asientos"], esperado["con_persona"])
    assert sum(una["completo"] for una in sillas) == esperado["completos"]


@FECHAS
def test_a_closing_its_files_and_its_line_in_the_api_say_it(oficina, cem_provincial, dia):
    cierre, _nuevo = cerrar(ambito=f.ambito(ahora=a_las_diez(DESPUES)), al=dia, por=cem_provincial)
    guardado = json.loads(contenido(oficina, f"/panel/cierres/{cierre.pk}/json"))
    assert guardado["cifras"]["total"] == {clave: A_MANO[dia][clave] for clave in DEL_TOTAL}
    hoja = contenido(oficina, f"/panel/cierres/{cierre.pk}/csv").decode("utf-8-sig")
    filas = {fila["ubigeo"]: fila for fila in csv.DictReader(io.StringIO(hoja))}
    de_la_hoja = {u: tuple(int(filas[u][c]) for c in ("asientos", "completos", "integrantes")) for u in (f.A, f.B)}
    assert de_la_hoja == POR_TABLA[dia]
    libro = load_workbook(io.BytesIO(contenido(oficina, f"/panel/actas/{cierre.pk}/xlsx")))
    celdas = {fila[0]: fila[1] for hoja_ in libro for fila in hoja_.values if len(fila) > 1}
    assert (celdas["Asientos"], celdas["Terminaron"]) == (A_MANO[dia]["asientos"], A_MANO[dia]["terminaron"])
    (linea,) = leer(clave_para(cem_provincial), "cierres").json()["filas"]
    assert (linea["al"], linea["huella"]) == (dia.isoformat(), cierre.huella)


@FECHAS
def test_the_acta_says_it_in_its_pdf_and_in_its_workbook_and_of_few_people_nothing(provincia, cem_provincial, dia):
    acta, _nueva = hacer_acta(ambito=el_dia(dia), pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)
    pdf, esperado = componer(acta), A_MANO[dia]
    assert faltas(pdf) == []
    (seccion,) = [una for una in acta.datos["papel"]["secciones"] if una["titulo"] == "Avance por instancia"]
    total = seccion["filas"][-1]
    assert total[1:3] == [esperado["asientos"], esperado["con_persona"]] and set(total[4:]) == {"—"}
    leido = texto_de(pdf)
    assert re.search(rf"Total {esperado['asientos']} {esperado['con_persona']} .*?— —", leido), leido
    libro = load_workbook(io.BytesIO(libro_de_cifras.escribir(acta)))
    filas = [fila for hoja in libro for fila in hoja.values]
    assert any(fila[0] == "Total" and list(fila[1:3]) == total[1:3] for fila in filas if fila)


def contenido(cliente, direccion: str, pedido: dict[str, str] | None = None) -> bytes:
    respuesta = cliente.get(direccion, pedido or {})
    assert respuesta.status_code == 200, direccion
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
