"""Codes: what is made, what is typed, what is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from certificados import codigos

letras = st.sampled_from(codigos.ALFABETO)
datos = st.text(letras, min_size=9, max_size=9)
posiciones = st.integers(min_value=0, max_value=9)


def completo(nueve: str) -> str:
    return nueve + codigos.caracter_de_control(nueve)


def test_alphabet_has_no_look_alike_letters():
    assert len(set(codigos.ALFABETO)) == 32
    assert not set("ILOU") & set(codigos.ALFABETO)


def test_long_code_carries_at_least_128_bits_and_never_repeats():
    hechos = {codigos.nuevo_codigo_largo() for _ in range(2000)}
    assert len(hechos) == 2000
    assert {len(codigo) for codigo in hechos} == {26}
    assert all(codigos.normalizar_codigo_largo(codigo) == codigo for codigo in hechos)
    assert set("".join(hechos)) == set(codigos.ALFABETO.lower())


def test_short_code_is_printed_in_groups():
    assert codigos.formatear("7K3M9XQ24T") == "7K3M-9XQ2-4T"


def test_new_short_codes_are_accepted_by_the_reader():
    for _ in range(200):
        codigo = codigos.nuevo_codigo_corto()
        assert len(codigo) == 10
        assert codigos.normalizar_codigo_corto(codigo) == codigo


@given(datos, posiciones, letras)
def test_one_wrong_character_is_noticed(nueve, donde, otra):
    codigo = completo(nueve)
    cambiado = codigo[:donde] + otra + codigo[donde + 1 :]
    esperado = codigo if cambiado == codigo else None
    assert codigos.normalizar_codigo_corto(cambiado) == esperado


@given(datos, posiciones, posiciones)
def test_two_exchanged_characters_are_noticed(nueve, uno, otro):
    codigo = completo(nueve)
    lista = list(codigo)
    lista[uno], lista[otro] = lista[otro], lista[uno]
    cambiado = "".join(lista)
    esperado = codigo if cambiado == codigo else None
    assert codigos.normalizar_codigo_corto(cambiado) == esperado


@given(datos, st.randoms(use_true_random=False))
def test_people_may_type_it_as_they_like(nueve, azar):
    codigo = completo(nueve)
    parecidas = {"0": "0oO", "1": "1iIlL", "V": "vVuU"}
    escrito = "".join(
        azar.choice(parecidas.get(letra, letra + letra.lower())) + azar.choice(["", " ", "-", "–", "\u00a0", "\u200b"])
        for letra in codigo
    )
    assert codigos.normalizar_codigo_corto(escrito) == codigo


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(texto):
    for leido, largo in (
        (codigos.normalizar_codigo_corto(texto), 10),
        (codigos.normalizar_codigo_largo(texto), 26),
    ):
        assert leido is None or (len(leido) == largo and set(leido.upper()) <= set(codigos.ALFABETO))


def test_full_width_letters_are_the_same_letters():
    codigo = completo("7K3M9XQ24")
    ancho = "".join(chr(ord(letra) + 0xFEE0) for letra in codigo)
    assert codigos.normalizar_codigo_corto(ancho) == codigo


def test_endless_text_is_refused_before_being_read():
    assert codigos.normalizar_codigo_corto("7" * 1_000_000) is None
