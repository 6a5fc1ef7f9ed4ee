"""The pocket guide in its file: complete, with the law behind each answer, loaded without losing anybody's work."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from cursos.models import Curso, Orientacion, TipoDeRelato
from instancias import models as instancias
from programas import fichas, guia
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lectura import leer_programa
from programas.registro import Resumen
from programas.revision import revisar
from tests.mundos import hecho_una_vez
from tests.programas import factories
from tests.programas.test_contenido import PROGRAMA, cambiar

AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
HOJA = """quienes:
  - clave: policia
    nombre: Policía
  - clave: salud
    nombre: Salud
relatos:
  - clave: peligro
    nombre: Peligro
    diga: «Le creo».
    no_diga: «Espere».
    respuestas:
      - quien: policia
        pasos: [Vaya., Reciba., Envíe.]
        articulos: [ley-1/16]
      - quien: salud
        pasos: [Atienda., Llame., Avise.]
        articulos: [ley-1/16, ley-1/17]
"""
# Who answers for each seat of arts. 107 and 109 of the Reglamento.
DE_CADA_ASIENTO = {
    "policia": {"IPC-04", "IDC-03"},
    "salud": {"IPC-07", "IDC-11"},
    "educacion": {"IPC-05", "IDC-12"},
    "juzgado": {"IPC-12", "IDC-09"},
    "fiscalia": {"IPC-13", "IDC-10"},
    "municipalidad": {"IPC-01", "IPC-02", "IPC-03", "IPC-06", "IPC-ST", "IDC-01", "IDC-02", "IDC-04", "IDC-ST"},
    "comunidad": {"IPC-09", "IPC-14", "IDC-05", "IDC-13"},
    "cem": {"IPC-10", "IDC-07"},
    "organizacion": {"IPC-08", "IPC-11", "IDC-06", "IDC-08"},
}


@pytest.fixture(scope="module")
def real() -> fichas.Programa:
    return leer_programa(PROGRAMA)


# --- What the guide says --------------------------------------------------------------------------------------------


@pytest.mark.un_motor
def test_every_answer_is_written_and_rests_on_the_law(real: fichas.Programa) -> None:
    hay = {(una.relato, una.quien) for una in real.guia.orientaciones}
    assert hay == {(relato.clave, quien.clave) for relato in real.guia.relatos for quien in real.guia.quienes}
    assert len(hay) == 72
    articulos = real.articulos()
    for una in real.guia.orientaciones:
        assert len(una.pasos) == 3 and all(una.pasos)
        assert una.articulos and all(articulos[clave].vigente for clave in una.articulos), una.clave
    assert all(relato.diga and relato.no_diga for relato in real.guia.relatos)


@pytest.mark.un_motor
def test_every_seat_of_the_tables_finds_itself(real: fichas.Programa) -> None:
    hoja = Path(instancias.__file__).parents[1] / "datos" / "tipos_de_asiento.yaml"
    datos = yaml.safe_load(hoja.read_text(encoding="utf-8"))
    asientos = {tipo["codigo"] for nivel in ("provincial", "distrital") for tipo in datos[nivel]["tipos"]}
    assert set().union(*DE_CADA_ASIENTO.values()) == asientos
    assert [quien.clave for quien in real.guia.quienes] == list(DE_CADA_ASIENTO)


@pytest.mark.un_motor
def test_the_guide_meets_the_rules_of_any_text(real: fichas.Programa) -> None:
    assert [str(uno) for uno in revisar(real) if uno.archivo == guia.ARCHIVO] == []


@pytest.mark.un_motor
def test_the_guide_names_no_time_that_the_law_changed(real: fichas.Programa) -> None:
    assert not [una.clave for una in real.guia.orientaciones if "72" in " ".join(una.pasos)]


# --- Reading and checking -------------------------------------------------------------------------------------------


@pytest.mark.un_motor
def test_it_is_written_as_it_is_read(real: fichas.Programa, tmp_path: Path) -> None:
    escribir_programa(real, tmp_path)
    assert leer_programa(tmp_path).guia == real.guia


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("esto", "por", "dice"),
    [
        ("[Vaya., Reciba., Envíe.]", "[Vaya., Reciba.]", "línea 13: peligro/policia: lleva 3 pasos"),
        ("[Vaya., Reciba., Envíe.]", f"[Vaya., Reciba., {'a' * 161}]", "de hasta 160 letras"),
        ("[ley-1/16]", "[]", "línea 14: peligro/policia: se apoya en uno o dos artículos"),
        ("[ley-1/16, ley-1/17]", "[ley-1/16, ley-1/16]", "peligro/salud: se apoya en uno o dos"),
        ("quien: salud", "quien: policia", "la clave «peligro/policia» está dos veces"),
        ("quien: salud", "quien: nadie", "peligro/nadie: «nadie» no está en «quienes»"),
        ("clave: salud", "clave: policia", "la clave «policia» está dos veces"),
        ("    diga: «Le creo».\n", "", "línea 7: peligro: falta «diga»"),
        ("    nombre: Salud\n", "    nombre: Salud\n    nota: x\n", "salud: no se conoce «nota»"),
    ],
)
def test_what_is_wrong_says_where_and_what(esto: str, por: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido) as error:
        guia.leer(HOJA.replace(esto, por, 1), guia.ARCHIVO)
    assert dice in str(error.value)


@pytest.mark.un_motor
def test_an_article_that_is_in_no_file_is_refused(tmp_path: Path) -> None:
    escribir_programa(factories.programa_breve(), tmp_path)
    hoja = tmp_path / guia.ARCHIVO
    hoja.write_text(HOJA.replace("ley-1/17", "ley-1/15"), encoding="utf-8")
    cambiar(hoja, "[ley-1/16, ley-1/15]", "[ley-1/16]")
    assert len(leer_programa(tmp_path).guia.orientaciones) == 2
    cambiar(hoja, "[ley-1/16]", "[ley-1/99]")
    with pytest.raises(ContenidoInvalido, match=r"guia.yaml, línea 12: peligro/policia: cita «ley-1/99»"):
        leer_programa(tmp_path)


@pytest.mark.un_motor
def test_an_answer_that_is_missing_is_told() -> None:
    leida = guia.leer(HOJA, guia.ARCHIVO)
    coja = dataclasses.replace(leida, orientaciones=leida.orientaciones[:1])
    programa = dataclasses.replace(factories.programa_breve(), guia=coja)
    assert [uno.mensaje for uno in guia.revisar(programa)] == ["peligro: falta la respuesta de «salud»."]


# --- Loading --------------------------------------------------------------------------------------------------------


@pytest.fixture
def programa(territorio: dict) -> fichas.Programa:
    dos = factories.norma(factories.articulo(), factories.articulo("17"))
    return dataclasses.replace(factories.programa_breve(), normas=(dos,), guia=guia.leer(HOJA, guia.ARCHIVO))


def con(programa: fichas.Programa, **campos: Any) -> fichas.Programa:
    return dataclasses.replace(programa, guia=dataclasses.replace(programa.guia, **campos))


def poner(programa: fichas.Programa, **campos: Any) -> Resumen:
    return cargar(programa, ahora=AHORA, **campos)


@pytest.fixture
@hecho_una_vez
def cargado(programa: fichas.Programa) -> None:
    poner(programa)


@pytest.mark.django_db
def test_it_is_loaded_once_and_exported_equal(programa: fichas.Programa) -> None:
    assert poner(programa).guia == 5
    assert Orientacion.objects.get(quien__clave="salud").otro_articulo.clave == "ley-1/17"
    assert extraer(Curso.objects.get()).guia == programa.guia
    assert not poner(programa).cambio


@pytest.mark.django_db
@pytest.mark.un_motor
def test_what_a_trainer_corrected_is_kept_while_the_file_is_the_same(programa: fichas.Programa, cargado: None) -> None:
    Orientacion.objects.filter(quien__clave="policia").update(paso_1="Vaya ya.")
    assert not poner(programa).cambio
    nueva = dataclasses.replace(programa.guia.orientaciones[0], pasos=("Corra.", "Reciba.", "Envíe."))
    cambiado = con(programa, orientaciones=(nueva, programa.guia.orientaciones[1]))
    assert poner(cambiado).en_conflicto == ["guia:peligro/policia"]
    assert poner(cambiado, sobrescribir=True).guia == 1
    assert Orientacion.objects.get(quien__clave="policia").paso_1 == "Corra."


@pytest.mark.django_db
def test_what_left_the_file_is_taken_out_and_may_come_back(programa: fichas.Programa, cargado: None) -> None:
    sin_salud = con(programa, quienes=programa.guia.quienes[:1], orientaciones=programa.guia.orientaciones[:1])
    assert poner(sin_salud).retiradas == ["guia:peligro/salud", "guia:quien:salud"]
    assert Orientacion.objects.get().quien.clave == "policia"
    assert poner(programa).guia == 2
    assert Orientacion.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.un_motor
def test_what_somebody_corrected_here_is_not_taken_out(programa: fichas.Programa, cargado: None) -> None:
    Orientacion.objects.filter(quien__clave="salud").update(paso_1="Atienda ya.")
    sin_salud = con(programa, quienes=programa.guia.quienes[:1], orientaciones=programa.guia.orientaciones[:1])
    poner(sin_salud)
    assert Orientacion.objects.filter(quien__clave="salud", paso_1="Atienda ya.").exists()


@pytest.mark.django_db
@pytest.mark.un_motor
def test_a_programme_without_a_guide_leaves_that_of_the_site(programa: fichas.Programa, cargado: None) -> None:
    assert not poner(dataclasses.replace(programa, guia=fichas.Guia())).retiradas
    assert TipoDeRelato.objects.count() == 1
