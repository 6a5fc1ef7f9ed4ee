"""The ways in which real lists write a seat, a district, a quality: understood, or asked; never guessed."""

import pytest

from instancias.padron.diccionario.sinonimos import sinonimos
from tests.instancias.catalogos import catalogo, leer, tipos

pytestmark = pytest.mark.un_motor

# Forty-four ways of a list of one district.
ASIENTOS = {
    "Municipalidad Distrital": "IDC-01",
    "Alcalde": "IDC-01",
    "Alcaldesa": "IDC-01",
    "Subprefecto": "IDC-02",
    "Subprefectura": "IDC-02",
    "Gobernador": "IDC-02",
    "Comisaría": "IDC-03",
    "Comisario": "IDC-03",
    "Comisaría PNP": "IDC-03",
    "Policía Nacional del Perú": "IDC-03",
    "Municipalidad de Centro Poblado": "IDC-04",
    "Rondas Campesinas": "IDC-05",
    "Ronda campesina": "IDC-05",
    "Comunidad nativa": "?IDC-05 IDC-13",
    "Centro Emergencia Mujer": "IDC-07",
    "CEM": "IDC-07",
    "Juez de Paz": "IDC-09",
    "Juzgado de Paz": "IDC-09",
    "Poder Judicial": "IDC-09",
    "Fiscalía": "IDC-10",
    "Ministerio Público": "IDC-10",
    "Centro de Salud": "IDC-11",
    "Puesto de Salud": "IDC-11",
    "MINSA": "IDC-11",
    "Institución Educativa": "IDC-12",
    "I.E.": "IDC-12",
    "Director de I.E.": "IDC-12",
    "UGEL": "?IDC-12",
    "Vaso de Leche": "?IDC-06 IDC-08",
    "Club de Madres": "?IDC-06 IDC-08",
    "Organizaciones comunales": "IDC-06",
    "Organización de sociedad civil": "IDC-08",
    "DEMUNA": "?IDC-ST",
    "Gerencia de Desarrollo Social": "IDC-ST",
    "Secretaría Técnica": "IDC-ST",
    "PNP": "IDC-03",
    "Salud": "IDC-11",
    "Educación": "IDC-12",
    "Jueza de Paz": "IDC-09",
    "Comité de Autodefensa": "IDC-05",
    "109.1.3": "IDC-03",
    "IDC 3": "IDC-03",
    "IDC03": "IDC-03",
    "idc-3": "IDC-03",
}
OTROS = {
    "Alcalde(sa)": "IDC-01",
    "ALCALDE DE LUYANDO": "IDC-01",
    "Municipalidad Distrital de José Crespo y Castillo": "IDC-01",
    "Representante de la PNP": "IDC-03",
    "P.N.P.": "IDC-03",
    "Jefa de la Comisaría de Naranjillo": "IDC-03",
    "Comisaría Rural Las Flores": "IDC-03",
    "Director(a) de la I.E. N.° 32484": "IDC-12",
    "I.E.I. Nº 214": "IDC-12",
    "Centro de Salud Las Flores": "IDC-11",
    "Representante del Centro de Salud": "IDC-11",
    "Municipalidad del C.P. Las Flores": "IDC-04",
    "Alcalde del centro poblado menor": "IDC-04",
    "PNP - Comisaría": "IDC-03",
    "Alcaldía (Presidenta)": "IDC-01",
    "IDC-03 Comisaría": "IDC-03",
    "idc_st": "IDC-ST",
    "Art. 109.1 num. 3": "IDC-03",
    "Poder Judicial - Juzgado de Paz": "IDC-09",
    "Representante de la comunidad": "?IDC-05 IDC-06 IDC-13",
    "Asociación de mujeres Las Flores": "?IDC-06 IDC-08",
    "Comisria": "?IDC-03",
    "Sub prefecto distritál": "IDC-02",
    "Gobernasión": "?IDC-02",
    "IDC-03 Fiscalía": "?IDC-03 IDC-10",
    "Xyz": "?",
    "Representante": "?",
}
PROVINCIALES = {
    "Alcalde provincial": "IPC-01",
    "Municipalidad Provincial de Leoncio Prado": "IPC-01",
    "Subprefecto": "IPC-03",
    "PNP": "IPC-04",
    "UGEL": "IPC-05",
    "Director de la UGEL Leoncio Prado": "IPC-05",
    "Alcalde distrital de Luyando": "IPC-06",
    "Red de Salud Leoncio Prado": "IPC-07",
    "Juntas Vecinales": "IPC-08",
    "IPC 6 (2)": "IPC-06",
    "107.1.10": "IPC-10",
    "Comunidad nativa": "?IPC-09 IPC-14",
}


@pytest.fixture(scope="module")
def este():
    return catalogo()


def dicho(leida) -> str:
    """The seat; or, after a question mark, those that are offered."""
    if leida.tipo:
        return leida.tipo
    (problema,) = [problema for problema in leida.problemas if problema.campo == "asiento"]
    cortos = {(tipo.nivel, tipo.corto): tipo.codigo for tipo in tipos()}
    return "?" + " ".join(cortos[leida.nivel, propuesta] for propuesta in problema.propuestas)


@pytest.mark.parametrize(("texto", "asiento"), {**ASIENTOS, **OTROS}.items())
def test_a_seat_is_understood_or_asked(este, texto, asiento):
    hallado = dicho(leer(este, asiento=texto))
    assert hallado == asiento or (asiento.startswith("?IDC") and hallado.startswith(asiento))


@pytest.mark.parametrize(("texto", "asiento"), PROVINCIALES.items())
def test_a_seat_of_the_province_is_understood_or_asked(este, texto, asiento):
    assert dicho(leer(este, asiento=texto, instancia="Provincial", distrito="")) == asiento


def test_every_code_of_the_table_is_a_seat_of_the_norm_and_no_word_is_said_twice():
    codigos = {tipo.codigo: tipo.nivel for tipo in tipos()}
    assert set(sinonimos().asientos) == set(codigos)
    for nivel, palabras in sinonimos().por_preguntar.items():
        del_nivel = [maneras for codigo, maneras in sinonimos().asientos.items() if codigos[codigo] == nivel]
        seguras = {manera.clave for maneras in del_nivel for manera in maneras}
        assert seguras.isdisjoint({manera.clave for manera in palabras})
        assert {codigos[codigo] for varios in palabras.values() for codigo in varios} == {nivel}


def test_the_number_of_a_seat_may_come_with_its_name(este):
    assert leer(este, asiento="Centros poblados 2").numero == 2
    assert leer(este, asiento="IDC-04 (2)").numero == 2
    assert leer(este, asiento="Comisaría 2").numero is None  # there is one


# Thirty-one ways of a province.
DISTRITOS = {
    "Sto. Domingo de Anda": "100610",
    "Santo Domingo": "100610",
    "Sto Domingo de Anda": "100610",
    "SANTO DOMINGO DE ANDA": "100610",
    "Pacae": "100610",
    "Aucayacu": "100604",
    "J. Crespo y Castillo": "100604",
    "José Crespo Castillo": "100604",
    "Crespo y Castillo": "100604",
    "JCC": "100604",
    "Distrito de José Crespo y Castillo": "100604",
    "Naranjillo": "100605",
    "Luyando - Naranjillo": "100605",
    "Luyando (Naranjillo)": "100605",
    "Distrito de Luyando": "100605",
    "Luyando (distrito)": "100605",
    "Mun. Dist. de Luyando": "100605",
    "Municipalidad Distrital de Luyando": "100605",
    "IDC Luyando": "100605",
    "Tingo María": "100601",
    "Rupa Rupa": "100601",
    "Ruparupa": "100601",
    "Rupa-Rupa - Tingo María": "100601",
    "Huánuco / Leoncio Prado / Luyando": "100605",
    "D. Alomía Robles": "100602",
    "Daniel A. Robles": "100602",
    "Daniel Alomías Robles": "100602",
    "Dámaso Beraún": "100606",
    "H. Valdizan": "100603",
    "Hermilio Valdizán ": "100603",
    "Pueblo  Nuevo": "100609",
}
MAL_ESCRITOS = {
    "Luyndo": "Luyando",
    "Castillogrande": "",
    "Castilo Grande": "Castillo Grande",
    "Pucallacu": "Pucayacu",
    "Valdizán": "Hermilio Valdizán",
    "Castillo": "José Crespo y Castillo",
}


@pytest.mark.parametrize(("texto", "ubigeo"), DISTRITOS.items())
def test_a_district_is_understood(este, texto, ubigeo):
    leida = leer(este, distrito=texto)
    assert (leida.territorio, leida.problemas) == (ubigeo, [])


@pytest.mark.parametrize(("texto", "propuesta"), MAL_ESCRITOS.items())
def test_a_district_with_a_typing_mistake_is_offered_and_never_applied_alone(este, texto, propuesta):
    leida = leer(este, distrito=texto)
    if not propuesta:
        assert leida.territorio == "100608"
        return
    (problema,) = leida.problemas
    assert (leida.territorio, problema.campo, problema.leido) == ("", "distrito", texto)
    assert propuesta in problema.propuestas


@pytest.mark.parametrize("texto", ["Loreto", "Centro poblado Las Flores", "Luyando / Pucayacu"])
def test_a_place_that_is_none_of_the_districts_is_asked(este, texto):
    leida = leer(este, distrito=texto)
    assert leida.territorio == ""
    assert [problema.campo for problema in leida.problemas] == ["distrito"]


@pytest.mark.parametrize(
    ("texto", "calidad"),
    {
        "Titular(a)": "titular",
        "TITULAR": "titular",
        "Representante titular": "titular",
        "Miembro Titular": "titular",
        "T": "titular",
        "Alterno/a": "alterno",
        "Suplente": "alterno",
        "Accesitario": "alterno",
        "Representante alterna": "alterno",
        "A": "alterno",
    }.items(),
)
def test_a_quality_is_understood(este, texto, calidad):
    leida = leer(este, calidad=texto)
    assert (leida.calidad, leida.problemas) == (calidad, [])


def test_an_empty_or_unknown_quality_is_asked_with_both(este):
    for texto, primera in (("", "titular"), ("altreno", "alterno"), ("Titular / Alterno", "titular")):
        (problema,) = leer(este, calidad=texto).problemas
        assert problema.campo == "calidad"
        assert problema.propuestas[0] == primera
        assert set(problema.propuestas) == {"titular", "alterno"}


@pytest.mark.parametrize(
    ("asiento", "institucion", "tipo", "dice"),
    [
        ("Director", "Puesto de Salud Pacae", "IDC-11", "«Director» no dice de dónde"),
        ("Directora", "I.E. N.° 32484", "IDC-12", "«Directora» no dice de dónde"),
        ("Presidente", "Rondas Campesinas", "IDC-05", "«Presidente» no dice de dónde"),
        ("Alcalde", "Municipalidad Distrital de Luyando", "IDC-01", ""),
        ("Alcalde", "", "IDC-01", ""),
        ("Alcaldesa", "Municipalidad de Centro Poblado Topa", "IDC-04", "«Alcaldesa» no dice de dónde"),
        ("PNP", "Puesto de Salud Pacae", "IDC-03", ""),
        ("IDC-03", "Puesto de Salud Pacae", "IDC-03", ""),
        ("Juez de paz", "Juzgado de Paz de Pacae", "IDC-09", ""),
        ("Asociación", "Organización de la sociedad civil", "IDC-08", "«Asociación» no dice de dónde"),
    ],
)
def test_a_post_alone_is_read_by_the_institution_beside_it(asiento, institucion, tipo, dice):
    leida = leer(catalogo(), asiento=asiento, institucion=institucion)
    assert (leida.tipo, leida.problemas) == (tipo, [])
    notas = " ".join(map(str, leida.notas))
    assert dice in notas if dice else not notas


def test_a_post_alone_beside_an_institution_of_the_province_is_of_its_table():
    leida = leer(catalogo(prefijos=["1006"]), asiento="Director", institucion="Gerencia de planificación", distrito="")
    assert (leida.tipo, leida.territorio) == ("IPC-02", "1006")


def test_what_an_institution_says_is_offered_for_a_word_that_nobody_knows():
    (problema,) = leer(catalogo(), asiento="Obstetra", institucion="Puesto de Salud Pacae").problemas
    assert problema.leido == "Obstetra"
    assert problema.propuestas[0] in {"IDC-11", "Salud"}
