"""Documents, names, days and phones as lists write them: what is certain is kept; what is likely is offered."""

import datetime

import pytest

from instancias.padron.interpretacion.fechas import dia_de
from instancias.padron.lectura.supuestos import Supuestos
from tests.instancias.catalogos import HOY, catalogo, leer

pytestmark = pytest.mark.un_motor


@pytest.fixture(scope="module")
def este():
    return catalogo()


def unico(leida):
    (problema,) = leida.problemas
    return problema


@pytest.mark.parametrize(
    "texto",
    ["40000101", "40 000 101", "40.000.101", "DNI: 40000101", "D.N.I. N° 40000101", "dni 40000101", "N° 4000 0101"],
)
def test_a_dni_is_read_with_what_goes_around_it(este, texto):
    leida = leer(este, documento=texto)
    assert (leida.documento, leida.tipo_de_documento, leida.problemas) == ("40000101", "dni", [])


@pytest.mark.parametrize(
    ("texto", "propuestas"),
    {
        "5100000": ("05100000",),
        "510000": ("00510000",),
        "4O000101": ("40000101",),
        "40000101-7": ("40000101",),
        "40000101 / 40000102": ("40000101", "40000102"),
        "001234567": ("CE 001234567",),
        "123": (),
        "Rosa": (),
    }.items(),
)
def test_a_number_that_is_no_dni_is_offered_as_it_may_have_been(este, texto, propuestas):
    problema = unico(leer(este, documento=texto))
    assert (problema.campo, problema.propuestas) == ("documento", propuestas)


@pytest.mark.parametrize("texto", ["CE 001234567", "C.E. 001234567", "Carné de extranjería N° 001234567"])
def test_a_foreigners_card_is_accepted_when_the_cell_says_so(este, texto):
    leida = leer(este, documento=texto)
    assert (leida.documento, leida.tipo_de_documento, leida.problemas) == ("001234567", "ce", [])


def test_a_foreigners_card_is_accepted_when_its_column_says_so(este):
    leida = leer(este, documento="a01234567", tipo_de_documento="Carné de Extranjería")
    assert (leida.documento, leida.tipo_de_documento, leida.problemas) == ("A01234567", "ce", [])
    assert unico(leer(este, documento="40000101", tipo_de_documento="CE")).codigo == "carne_mal_escrito"
    assert unico(leer(este, documento="AB123456", tipo_de_documento="Pasaporte")).codigo == "documento_de_otro_tipo"


@pytest.mark.parametrize(
    ("nombres", "apellidos", "propuestas"),
    [
        ("Rosa", "Huam?n", {"apellidos": ("Huamán",)}),
        ("Rosa", "HuamÃ¡n", {"apellidos": ("Huamán",)}),
        ("Rosa", "Mun~oz", {"apellidos": ("Muñoz",)}),
        ("R0sa", "Quispe", {"nombres": ("Rosa",)}),
        ("ROSA 2", "Quispe", {"nombres": ("Rosa",)}),
        ("Dr. Juan", "Quispe", {"nombres": ("Juan",)}),
        ("Cmdte. PNP Juan Carlos", "Quispe", {"nombres": ("Juan Carlos",)}),
        ("MG. ROSA ELENA", "QUISPE", {"nombres": ("Rosa Elena",)}),
        ("Sra. Rosa", "Lic. Quispe", {"nombres": ("Rosa",), "apellidos": ("Quispe",)}),
        ("R.", "Quispe", {"nombres": ()}),
    ],
)
def test_a_doubtful_name_is_offered_and_never_changed_alone(este, nombres, apellidos, propuestas):
    leida = leer(este, nombres=nombres, apellidos=apellidos)
    assert {problema.campo: problema.propuestas for problema in leida.problemas} == propuestas


@pytest.mark.parametrize(
    ("nombres", "apellidos", "completo"),
    [
        ("ROSA ELENA", "DE LA CRUZ D'ANGELO", "Rosa Elena de la Cruz D'Angelo"),
        ("maría", "del águila", "María del Águila"),
        ("Rosa", "Mun\u0303oz", "Rosa Muñoz"),
        ("Ma. Elena", "Quispe", "Ma. Elena Quispe"),
        ("Rosa E.", "Li", "Rosa E. Li"),
        ("Mayra", "Sotomayor", "Mayra Sotomayor"),
        ("Donatila", "Doria", "Donatila Doria"),
        ("María de los Ángeles Guadalupe del Carmen Fernanda Alejandra", "Q", "=60"),
    ],
)
def test_a_name_is_kept_as_it_goes_on_papers(este, nombres, apellidos, completo):
    if completo == "=60":
        assert leer(este, nombres=nombres, apellidos="Quispe").nombres == nombres
        return
    leida = leer(este, nombres=nombres, apellidos=apellidos)
    assert leida.problemas == []
    assert f"{leida.nombres} {leida.apellidos}".strip().casefold() == completo.casefold()


@pytest.mark.parametrize(
    "texto",
    [
        "2026-03-12",
        "2026-03-12 00:00:00",
        "2026-03-12T08:30",
        "12/03/2026",
        "12/3/26",
        "12-03-2026",
        "12.03.2026",
        "12 03 2026",
        "2026/03/12",
        "46093",
        "46093.5",
        "12 de marzo de 2026",
        "12 de Marzo del 2026",
        "jueves 12 de marzo de 2026",
        "12-mar-26",
        "12 mar. 2026",
        "marzo 12, 2026",
        "12 marzo 2026 10:00 a. m.",
    ],
)
def test_a_day_is_read_however_it_was_written(texto):
    assert dia_de(texto, HOY) == (datetime.date(2026, 3, 12), [])


@pytest.mark.parametrize(
    ("texto", "propuestas"),
    {
        "31/02/2026": (),
        "03/25/2026": ("25/03/2026",),
        "marzo 12": ("12/03/2026", "12/03/2027"),
        "marzo de 2026": ("01/03/2026",),
        "2026": ("01/01/2026",),
        "ayer": (),
        "12/03/2062": (),
        "12/03/1999": (),
        "32 de marzo de 2026": (),
    }.items(),
)
def test_what_is_not_a_day_is_refused_with_the_likely_one(este, texto, propuestas):
    problema = unico(leer(este, desde=texto))
    assert (problema.campo, problema.propuestas) == ("desde", propuestas)
    assert texto in problema.texto


def test_the_first_of_a_month_is_a_day():
    assert dia_de("1ro de enero de 2027", HOY)[0] == dia_de("1° de setiembre 2027", HOY)[0].replace(month=1)
    assert dia_de("15 de septiembre de 2026", HOY)[0] == datetime.date(2026, 9, 15)


@pytest.mark.parametrize("texto", ["+51 962 000 000", "962-000-000", "51962000000", "wsp 962000000", "(+51) 962000000"])
def test_a_phone_is_read_with_what_goes_around_it(este, texto):
    leida = leer(este, celular=texto)
    assert (leida.celular, leida.notas, leida.problemas) == ("962000000", [], [])


@pytest.mark.parametrize("texto", ["962000000 / 962000001", "962 000 000 y 962 000 001", "+51 962000000,962000001"])
def test_of_two_phones_the_first_is_kept_and_it_is_said(este, texto):
    leida = leer(este, celular=texto)
    (nota,) = leida.notas
    assert (leida.celular, nota.campo) == ("962000000", "celular")
    assert "962000000" in nota.texto


def test_what_is_said_of_the_whole_list_fills_its_empty_cells_and_a_cell_wins(este):
    supuestos = Supuestos(distrito="100607", calidad="alterno", desde="2026-03-12")
    vacia = leer(este, supuestos=supuestos, distrito="", calidad="", desde="")
    assert (vacia.territorio, vacia.calidad, vacia.desde, vacia.problemas) == ("100607", "alterno", "2026-03-12", [])
    dicha = leer(este, supuestos=supuestos, distrito="Luyando", calidad="titular", desde="01/02/2026")
    assert (dicha.territorio, dicha.calidad, dicha.desde) == ("100605", "titular", "2026-02-01")
    assert leer(este, supuestos=Supuestos(nivel="provincial"), distrito="", asiento="PNP").tipo == "IPC-04"
