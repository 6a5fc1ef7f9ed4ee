"""Another province from a table of codes, and lists that never fall in the wrong one.

The RENIEC codes of the pilot's districts begin with 0906, which in the INEI scheme is a province of Huancavelica
(Huaytará). The rows here are invented: only the codes coincide.
"""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from instancias import padron
from instancias.models import Asiento, Instancia, Membresia, Territorio, TipoDeAsiento
from instancias.politica import AlcanceEfectivo
from instancias.services.ubigeo import TablaError, cargar_provincia, leer_tabla
from tests.instancias.hojas import TITULOS, fila, hoja

TABLA = """ubigeo_reniec;ubigeo_inei;departamento;provincia;distrito
080701;90601;HUANCAVELICA;VALLE DE PRUEBA;VALLE DE PRUEBA
080702;90602;HUANCAVELICA;VALLE DE PRUEBA;SAN ISIDRO DE LA QUEBRADA
NA;90604;HUANCAVELICA;VALLE DE PRUEBA;LUYANDO
090604;100605;HUÁNUCO;LEONCIO PRADO;LUYANDO
"""


def cargar(texto: str = TABLA, ubigeo: str = "0906", **otros):
    return cargar_provincia(tabla=leer_tabla(texto.encode()), ubigeo=ubigeo, **otros)


@pytest.mark.django_db
def test_a_province_comes_with_its_tables_and_the_seats_of_the_norm():
    cargada = cargar(atendidas=["090602"])
    assert (cargada.nombre, cargada.territorios, cargada.instancias) == ("Valle de Prueba", 5, 4)
    quebrada = Territorio.objects.get(pk="090602")
    assert (quebrada.nombre, quebrada.codigo_reniec) == ("San Isidro de la Quebrada", "080702")
    assert Territorio.objects.get(pk="090604").codigo_reniec == ""
    assert Territorio.objects.get(pk="0906").codigo_reniec == "0807"
    assert Instancia.objects.get(territorio="090602").atendida_por.territorio_id == "0906"
    minimos = sum(TipoDeAsiento.objects.filter(nivel="distrital").values_list("minimo", flat=True))
    assert Asiento.objects.filter(instancia__territorio="090601").count() == minimos > 0
    assert not Asiento.objects.filter(instancia__territorio="090602").exists()
    assert not Territorio.objects.filter(pk__startswith="10").exists()


@pytest.mark.django_db
def test_loading_it_again_changes_nothing_and_what_was_corrected_here_stays():
    cargar()
    Territorio.objects.filter(pk="090601").update(nombre="Valle Corregido", codigo_reniec="", sigla="VC")
    otra = cargar()
    assert (otra.territorios, otra.instancias, otra.asientos) == (0, 0, 0)
    assert otra.avisos == ["090601: aquí dice «Valle Corregido» y la tabla, «Valle de Prueba». Se dejó como estaba."]
    corregido = Territorio.objects.get(pk="090601")
    assert (corregido.nombre, corregido.codigo_reniec, corregido.sigla) == ("Valle Corregido", "080701", "VC")


@pytest.mark.django_db
@pytest.mark.un_motor
def test_a_table_that_is_here_already_is_not_taken_away_and_it_is_said():
    cargar()
    assert cargar(atendidas=["090602"]).avisos == [
        "090602: aquí ya tiene una instancia propia. Si lo atiende la provincial, cámbielo en el editor."
    ]
    assert Instancia.objects.get(territorio="090602").atendida_por is None
    Instancia.objects.filter(territorio="090602").update(atendida_por=Instancia.objects.get(territorio="0906"))
    assert cargar(atendidas=["090602"]).avisos == []


@pytest.mark.parametrize(
    ("texto", "ubigeo", "codigo", "dice"),
    [
        (TABLA, "0907", "sin_provincia", "0907"),
        (TABLA, "090601", "sin_provincia", "4 números"),
        ("distrito,provincia\nA,B\n", "0906", "sin_columnas", "inei, departamento"),
        (TABLA.replace("90602", "9x602"), "0906", "codigo", "Fila 3"),
        (TABLA.replace("SAN ISIDRO DE LA QUEBRADA", " "), "0906", "sin_nombre", "Fila 3"),
        (TABLA.replace("080702", "080701"), "0906", "repetido", "RENIEC 080701 ya está en la fila 2"),
        (TABLA.replace("90602", "90601"), "0906", "repetido", "INEI 090601"),
    ],
)
@pytest.mark.django_db
def test_a_table_that_is_wrong_says_where_and_writes_nothing(texto, ubigeo, codigo, dice):
    with pytest.raises(TablaError) as error:
        cargar(texto, ubigeo)
    assert error.value.codigo == codigo and dice in str(error.value)
    assert not Territorio.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_it_did(tmp_path):
    tabla = tmp_path / "ubigeo.csv"
    tabla.write_text(TABLA.replace(";", ","), encoding="cp1252")
    salida = io.StringIO()
    call_command("cargar_provincia", tabla, "0906", "--atendida", "090602", stdout=salida)
    assert salida.getvalue().startswith("Valle de Prueba: 5 territorios, 4 instancias y ")
    with pytest.raises(CommandError, match="0907"):
        call_command("cargar_provincia", tabla, "0907", stdout=salida)


def subir(alcance: AlcanceEfectivo, esquema: str, **celdas: str) -> tuple[str, list[str]]:
    titulos = [*TITULOS, "Ubigeo", "Provincia"]
    de_siempre = {titulo: valor for titulo, valor in celdas.items() if titulo in TITULOS}
    valores = [*fila(**de_siempre), celdas.get("Ubigeo", ""), celdas.get("P", "")]
    importacion = padron.revisar(
        nombre="l.xlsx",
        contenido=hoja(valores, titulos=titulos),
        esquema=esquema,
        alcance=alcance,
        por=None,
        ahora=timezone.now(),
    )
    padron.confirmar(importacion_id=importacion.pk, alcance=alcance, ahora=timezone.now())
    lugares = Membresia.objects.values_list("asiento__instancia__territorio_id", flat=True)
    return next(iter(lugares), ""), list(lugares)


@pytest.mark.parametrize(
    ("prefijo", "esquema", "celdas", "donde"),
    [
        ("1006", "inei", {"Distrito": "Luyando"}, "100605"),
        ("0906", "inei", {"Distrito": "Luyando"}, "090604"),
        ("1006", "reniec", {"Distrito": "", "Ubigeo": "090604"}, "100605"),
        ("0906", "inei", {"Distrito": "", "Ubigeo": "090604"}, "090604"),
        # The same number in the other scheme: the place is out of reach, so the row stops and nobody falls there.
        ("1006", "inei", {"Distrito": "", "Ubigeo": "090604"}, ""),
        ("10", "inei", {"Distrito": "Luyando", "P": "Valle de Prueba"}, ""),
    ],
)
def test_a_list_never_falls_in_the_other_province(provincia, prefijo, esquema, celdas, donde):
    cargar()
    assert subir(AlcanceEfectivo((prefijo,)), esquema, **celdas)[0] == donde


def test_who_covers_both_is_asked_which_one(provincia):
    cargar()
    los_dos = AlcanceEfectivo(("0906", "1006"))
    assert subir(los_dos, "inei", Distrito="Luyando")[0] == ""
    assert subir(los_dos, "inei", Distrito="Luyando", P="Valle de Prueba")[0] == "090604"
