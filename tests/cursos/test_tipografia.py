"""What a reader must not find broken over two lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cursos.tipografia import FIJO, juntar


@pytest.mark.parametrize(
    ("escrito", "juntos"),
    [
        ("Es el art. 16 de la Ley N.° 30364.", ["art.~16", "N.°~30364"]),
        ("Vea los arts. 23-A y 23-B.", ["arts.~23-A"]),
        ("Una franja del 10 % y S/ 20 de multa.", ["10~%", "S/~20"]),
        ("A las 10:00 a. m. y a las 6 p. m.", ["10:00~a.~m.", "6~p.~m."]),
    ],
)
def test_a_number_stays_with_its_mark(escrito: str, juntos: list[str]) -> None:
    for uno in juntos:
        assert uno.replace("~", FIJO) in juntar(escrito)


@pytest.mark.parametrize("escrito", ["Hay arte. 16 personas vinieron.", "Cuesta 20 soles.", "Casa p. Mayor"])
def test_other_spaces_stay_as_they_are(escrito: str) -> None:
    assert juntar(escrito) == escrito


@given(st.text(alphabet="arts. pm%16N°S/<>\n"))
def test_no_letter_is_lost(texto: str) -> None:
    assert juntar(texto).replace(FIJO, " ") == texto.replace(FIJO, " ")
    assert len(juntar(texto)) == len(texto)
