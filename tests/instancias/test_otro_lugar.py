"""A list whose title or sheet names another place than the one its rows would get is asked about, never taken so."""

from __future__ import annotations

import pytest
from django.utils import timezone

from instancias import padron
from instancias.models import ImportacionDePadron
from instancias.padron.lectura.supuestos import Supuestos
from instancias.politica import AlcanceEfectivo
from tests.instancias.hojas import fila, hoja
from tests.instancias.test_padron_columnas import cem, coordinadora, decir, leidas, subir  # noqa: F401 (fixtures)
from tests.instancias.test_padron_formas import libro

TITULOS = ["DNI", "Nombres", "Apellidos", "Asiento", "Calidad"]
COLUMNAS = ["documento", "nombres", "apellidos", "asiento", "calidad"]
ROSA = ["40000101", "Rosa", "Quispe", "IDC-03", "titular"]
LUYANDO, PROVINCIA = AlcanceEfectivo(("100605",)), AlcanceEfectivo(("1006",))


def con_titulo(*lineas: str, nombre: str = "Hoja1") -> bytes:
    return libro({nombre: [*([linea] for linea in lineas), TITULOS, ROSA]})


def recibir(contenido: bytes, alcance: AlcanceEfectivo = LUYANDO, **supuestos: str) -> ImportacionDePadron:
    return padron.recibir(
        nombre="lista.xlsx",
        contenido=contenido,
        esquema="inei",
        alcance=alcance,
        por=None,
        ahora=timezone.now(),
        supuestos=Supuestos(**supuestos),
    )


@pytest.mark.usefixtures("provincia")
@pytest.mark.parametrize(
    ("lineas", "se_pregunta"),
    [
        (["Municipalidad Distrital de Luyando"], False),
        (["RELACIÓN DE INTEGRANTES DE LA INSTANCIA DISTRITAL DE LUYANDO - 2026"], False),
        (["Provincia de Leoncio Prado", "Distrito de Luyando"], False),
        (["Provincia de Leoncio Prado"], False),
        (["Integrantes 2026"], False),
        (["Tingo María, 12 de marzo de 2026"], False),
        (["Municipalidad Distrital de Pucayacu"], True),
        (["RELACIÓN DE INTEGRANTES DE LA INSTANCIA DISTRITAL DE PUCAYACU - 2026"], True),
        (["Provincia de Leoncio Prado", "Distrito: Pucayacu"], True),
        (["Huánuco - Leoncio Prado - Pucayacu"], True),
        (["Aucayacu"], True),
    ],
)
def test_a_title_that_names_another_district_is_asked_about(lineas, se_pregunta):
    importacion = recibir(con_titulo(*lineas))
    assert (importacion.estado == "por_ordenar") is se_pregunta
    assert recibir(con_titulo(*lineas), PROVINCIA, provincia="1006", distrito="100605").estado == importacion.estado


@pytest.mark.usefixtures("provincia")
def test_a_column_of_districts_says_more_than_any_title():
    filas = [["Municipalidad Distrital de Pucayacu"], [*TITULOS, "Distrito"], [*ROSA, "Luyando"]]
    importacion = recibir(libro({"Pucayacu": filas}))
    assert leidas(importacion, "territorio") == [("100605",)]


@pytest.mark.usefixtures("provincia")
def test_a_sheet_named_after_a_district_out_of_reach_is_asked_about():
    assert recibir(con_titulo(nombre="Pucayacu")).estado == "por_ordenar"
    de_dos = libro({"Luyando": [TITULOS, ROSA], "Pucayacu": [TITULOS, ["40000202", "Elsa", "Ríos", "IDC-04", "T"]]})
    importacion = recibir(de_dos)
    assert importacion.estado == "por_ordenar"


@pytest.mark.usefixtures("provincia")
def test_the_rows_below_the_name_of_a_district_out_of_reach_are_not_taken_for_ones_own():
    filas = [TITULOS, ROSA, ["DISTRITO DE PUCAYACU"], ["40000202", "Elsa", "Ríos", "IDC-04", "titular"]]
    importacion = recibir(libro({"Hoja1": filas}))
    assert leidas(importacion, "territorio") == [("100605",), ("100607",)]
    assert [una.accion for una in importacion.filas.order_by("orden")] == ["crear", "rechazar"]


@pytest.mark.usefixtures("provincia")
def test_where_nobody_can_be_asked_the_list_is_not_taken():
    datos = {"esquema": "inei", "alcance": LUYANDO, "por": None, "ahora": timezone.now()}
    with pytest.raises(padron.ErrorDeArchivo) as error:
        padron.revisar(nombre="lista.xlsx", contenido=con_titulo("Distrito de Pucayacu"), **datos)
    assert error.value.codigo == "otro_lugar"
    assert "La lista nombra a Pucayacu, pero sus filas quedarían en Luyando." in str(error.value)
    assert not ImportacionDePadron.objects.exists()


def test_the_question_is_shown_and_has_to_be_answered(coordinadora):  # noqa: F811
    url = subir(coordinadora, con_titulo("Municipalidad Distrital de Pucayacu")).url
    assert url.endswith("/columnas")
    frase = "La lista nombra a Pucayacu, pero sus filas quedarían en Luyando. Diga de dónde es la lista."
    assert frase in coordinadora.get(url).content.decode()
    sin_decir = decir(coordinadora, url, COLUMNAS)
    assert sin_decir.status_code == 422 and frase in sin_decir.content.decode()
    decir(coordinadora, url, COLUMNAS, lugar="100605")
    assert leidas(ImportacionDePadron.objects.get(), "territorio") == [("100605",)]


def test_what_somebody_answers_holds_over_the_name_of_the_sheet(cem):  # noqa: F811
    url = subir(cem, con_titulo(nombre="Pucayacu"), lugar="100605").url
    assert url.endswith("/columnas")
    decir(cem, url, COLUMNAS, lugar="100605")
    assert leidas(ImportacionDePadron.objects.get(), "territorio") == [("100605",)]
    decir(cem, url, COLUMNAS, lugar="")
    assert leidas(ImportacionDePadron.objects.get(), "territorio") == [("100607",)]


def test_what_was_said_to_be_complete_comes_ticked_in_the_review(cem):  # noqa: F811
    subir(cem, hoja(fila(), fila(DNI="40000202", Distrito="Pucayacu")), completa_para=["100605"])
    pagina = cem.get(f"/panel/importar/{ImportacionDePadron.objects.get().pk}").content.decode()
    assert '<input type="checkbox" name="lugar" value="100605" checked>' in pagina
    assert '<input type="checkbox" name="lugar" value="100607">' in pagina
