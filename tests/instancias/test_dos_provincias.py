"""A list that names a province never falls in another one, not even in the one that has the same codes and names."""

import pytest

from instancias.padron.lectura.supuestos import Supuestos
from tests.instancias.catalogos import catalogo, leer

UNA, OTRA = "100609", "090604"  # both are called Pueblo Nuevo


@pytest.fixture(scope="module")
def ambas():
    return catalogo(dos=True)


def situada(este, **celdas):
    leida = leer(este, **{"distrito": "Pueblo Nuevo", **celdas})
    return leida.territorio or next(problema.codigo for problema in leida.problemas)


@pytest.mark.un_motor
def test_a_name_of_two_provinces_is_asked_with_each_of_them(ambas):
    leida = leer(ambas, distrito="Pueblo Nuevo")
    (problema,) = leida.problemas
    assert problema.codigo == "distrito_dudoso"
    assert set(problema.propuestas) == {"Pueblo Nuevo (Leoncio Prado)", "Pueblo Nuevo (Huaytará)"}
    assert {leer(ambas, distrito=propuesta).territorio for propuesta in problema.propuestas} == {UNA, OTRA}


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("celdas", "ubigeo"),
    [
        ({"provincia": "Leoncio Prado"}, UNA),
        ({"provincia": "Provincia de Huaytará"}, OTRA),
        ({"distrito": "Huancavelica / Huaytará / Pueblo Nuevo"}, OTRA),
        ({"distrito": "Pueblo Nuevo, Leoncio Prado"}, UNA),
        ({"supuestos": Supuestos(provincia="0906")}, OTRA),
        ({"supuestos": Supuestos(provincia="0906"), "provincia": "Leoncio Prado"}, UNA),
    ],
)
def test_the_province_said_decides(ambas, celdas, ubigeo):
    assert situada(ambas, **celdas) == ubigeo


@pytest.mark.un_motor
def test_the_scope_decides_when_it_is_in_one_province():
    assert situada(catalogo(dos=True, prefijos=["1006"])) == UNA
    assert situada(catalogo(dos=True, prefijos=["090604", "090605"])) == OTRA
    assert situada(catalogo(dos=True, prefijos=["10", "09"])) == "distrito_dudoso"


@pytest.mark.un_motor
def test_a_province_said_wins_over_the_scope_and_is_out_of_reach_rather_than_here():
    assert situada(catalogo(dos=True, prefijos=["1006"]), provincia="Huaytará") == OTRA


@pytest.mark.un_motor
def test_a_district_of_another_province_than_the_one_said_is_refused(ambas):
    assert situada(ambas, distrito="Luyando", provincia="Huaytará") == "distrito_de_otra_provincia"
    assert situada(ambas, distrito="Luyando", provincia="Loreto") == "provincia_desconocida"


def test_the_table_of_a_province_is_never_that_of_the_first_one(ambas):
    del_nivel = {"instancia": "Provincial", "asiento": "PNP", "distrito": ""}
    assert situada(ambas, **del_nivel) == "falta_la_provincia"
    assert situada(ambas, **del_nivel, provincia="Huaytará") == "0906"
    assert situada(ambas, **del_nivel, supuestos=Supuestos(provincia="1006")) == "1006"
    assert situada(ambas, **{**del_nivel, "distrito": "Provincia de Huaytará"}) == "0906"
    assert situada(catalogo(dos=True, prefijos=["0906"]), **del_nivel) == "0906"
    assert situada(catalogo(), **del_nivel) == "1006"


class TestCodigos:
    """090604 is Pueblo Nuevo of Huaytará for INEI, and Luyando of Leoncio Prado for RENIEC."""

    def test_a_code_of_two_districts_is_asked(self, ambas):
        for esquema in ("inei", "reniec"):
            leida = leer(ambas, esquema=esquema, distrito="", ubigeo="090604")
            (problema,) = leida.problemas
            assert (leida.territorio, problema.codigo) == ("", "codigo_dudoso")
            assert set(problema.propuestas) == {"Pueblo Nuevo (Huaytará)", "Luyando (Leoncio Prado)"}

    def test_the_name_or_the_province_of_the_row_tells_which(self, ambas):
        assert situada(ambas, ubigeo="090604", distrito="Pueblo Nuevo") == OTRA
        assert situada(ambas, ubigeo="090604", distrito="", provincia="Huaytará") == OTRA
        assert situada(ambas, esquema="reniec", ubigeo="090604", distrito="Luyando") == "100605"

    def test_the_other_scheme_is_said_and_its_code_offered(self, ambas):
        leida = leer(ambas, ubigeo="090604", distrito="Luyando")
        (problema,) = leida.problemas
        assert (problema.codigo, problema.propuestas) == ("codigo_de_otro_esquema", ("100605",))

    def test_the_scope_tells_which(self):
        assert situada(catalogo(dos=True, prefijos=["0906"]), ubigeo="090604", distrito="") == OTRA
        aqui = catalogo(dos=True, prefijos=["1006"])
        assert situada(aqui, ubigeo="090604", distrito="") == "codigo_de_otro_esquema"
        assert situada(aqui, esquema="reniec", ubigeo="090604", distrito="") == "100605"


@pytest.mark.un_motor
def test_the_only_district_of_a_scope_needs_no_column():
    sola = catalogo(dos=True, prefijos=["100604"])
    assert situada(sola, distrito="") == "100604"
    assert situada(catalogo(prefijos=["1006"]), distrito="") == "falta"
