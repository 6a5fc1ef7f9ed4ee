"""The rows of a list in any order, repeated as often as anybody likes, give one register: one holder a seat and day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from instancias import padron
from instancias.padron.revision import banco
from marco.errores import ErrorDeDominio
from tests.instancias.hojas import TITULOS
from tests.instancias.mesas import PROVINCIA, dos_a_la_vez
from tests.instancias.test_padron_por_lotes import registro
from tests.motores import ejemplos

pytestmark = pytest.mark.usefixtures("provincia")
POCAS = settings(max_examples=ejemplos(12), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
# Everybody on a seat of their own, one of them on two. Whoever wrote the list wrote some of them twice, in capitals,
# without accents or without the phone.
PERSONAS = [
    ("40000101", "Rosa", "Quispe Huamán", "987654321", "Luyando", "IDC-03", "titular", "Comisaría de Naranjillo"),
    ("40000101", "Rosa", "Quispe Huamán", "987654321", "Pucayacu", "IDC-03", "alterno", "Comisaría de Pucayacu"),
    ("40000202", "Ñuflo", "Díaz Ríos", "912345678", "Luyando", "IDC-03", "alterno", "Comisaría de Naranjillo"),
    ("40000303", "Édgar", "Peña Núñez", "900000303", "Luyando", "IDC-11", "titular", "Puesto de Salud Naranjillo"),
    ("40000404", "Nélida", "Cárdenas Tello", "900000404", "Pucayacu", "IDC-11", "titular", "Puesto de Salud Pucayacu"),
]
SIN_TILDES = str.maketrans("áéíóúñÁÉÍÓÚÑ", "aeiounAEIOUN")
Fila = tuple[str, ...]


def de_cualquier_manera(fila: Fila) -> st.SearchStrategy[Fila]:
    """The row as it is, in capitals, without its accents, or without the phone."""
    documento, nombres, apellidos, celular, *lugar = fila
    otras = [
        (documento, nombres.upper(), apellidos.upper(), celular, *lugar),
        (documento, nombres.translate(SIN_TILDES), apellidos.translate(SIN_TILDES), celular, *lugar),
        (documento, nombres, apellidos, "", *lugar),
    ]
    return st.sampled_from([fila, *otras])


@st.composite
def listas(dibujar: Any) -> list[Fila]:
    """Each row well written, and some of them again in any manner; in any order."""
    de_mas = dibujar(st.lists(st.sampled_from(PERSONAS).flatmap(de_cualquier_manera), max_size=6))
    return dibujar(st.permutations([*PERSONAS, *de_mas]))


def traer(filas: list[Fila], titulos: list[str] = TITULOS) -> Any:
    contenido = "\n".join(";".join(fila) for fila in [titulos, *filas]).encode()
    datos = {"nombre": "lista.csv", "contenido": contenido, "esquema": "inei", "alcance": PROVINCIA, "por": None}
    return padron.revisar(**datos, ahora=timezone.now())


def guardar(filas: list[Fila], *, lote: int = 1000, titulos: list[str] = TITULOS, releva: bool = False) -> Any:
    importacion = traer(filas, titulos)
    cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "ahora": timezone.now()}
    if releva:
        banco.declarar_relevo(**cual, releva=True)
    padron.confirmar(**cual, lote=lote)
    importacion.refresh_from_db()
    return importacion


def deshaciendo(acto: Any) -> Any:
    """What an act leads to, without leaving anything of it."""
    with transaction.atomic():
        dicho = acto()
        transaction.set_rollback(True)
    return dicho


def test_any_order_and_any_repetition_of_the_rows_gives_the_same_register():
    esperado = deshaciendo(lambda: (guardar(PERSONAS), registro())[1])

    @POCAS
    @given(filas=listas(), lote=st.sampled_from([1, 2, 1000]))
    def una(filas, lote):
        def probar() -> tuple[dict, str, list]:
            importacion = guardar(filas, lote=lote)
            return registro(), importacion.estado, dos_a_la_vez()

        assert deshaciendo(probar) == (esperado, "confirmada", [])

    una()


def test_bringing_the_same_list_again_changes_nothing():
    guardar(PERSONAS)
    antes = registro()

    @POCAS
    @given(filas=listas())
    def una(filas):
        assert deshaciendo(lambda: (guardar(filas), registro())[1]) == antes

    una()


@pytest.mark.parametrize("al_reves", [False, True])
def test_of_two_ways_to_write_a_particle_the_first_row_holds(al_reves):
    """The one thing of a row that depends on its place: both are well written, and nobody is there to choose."""
    escrita, en_capitales = (
        ("40000202", "Ñuflo", apellidos, "", "Luyando", "IDC-03", "alterno", "")
        for apellidos in ("De la Cruz Ríos", "DE LA CRUZ RÍOS")
    )
    guardar([en_capitales, escrita] if al_reves else [escrita, en_capitales])
    (persona,) = registro()["personas"]
    assert persona[2] == ("de la Cruz Ríos" if al_reves else "De la Cruz Ríos")


DOCUMENTOS = st.sampled_from(["40000101", "40000202", "40000303", "40000404"])
DISTRITOS, CALIDADES = st.sampled_from(["Luyando", "Pucayacu"]), st.sampled_from(["titular", "alterno"])
DIAS = st.integers(-30, 40).map(lambda n: (timezone.localdate() + datetime.timedelta(days=n)).isoformat())
PELEADAS = st.tuples(DOCUMENTOS, DISTRITOS, CALIDADES, DIAS)


@POCAS
@given(
    varias=st.lists(st.tuples(st.lists(PELEADAS, min_size=1, max_size=5), st.booleans()), min_size=1, max_size=3),
    lote=st.sampled_from([1, 1000]),
)
def test_lists_that_fight_for_the_same_seats_never_leave_two_holders_on_a_day(varias, lote):
    nombres = {fila[0]: fila[1:3] for fila in PERSONAS}

    def probar() -> list:
        for peleadas, releva in varias:
            filas = [
                (documento, *nombres[documento], "", distrito, "IDC-03", calidad, "", desde)
                for documento, distrito, calidad, desde in peleadas
            ]
            try:
                guardar(filas, lote=lote, titulos=[*TITULOS, "Desde"], releva=releva)
            except ErrorDeDominio as error:
                assert error.codigo == "ya_decidida"
        return dos_a_la_vez()

    assert deshaciendo(probar) == []
