"""A module of lessons by seat: in the files, in the pages and back."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cursos.models import Curso, Leccion, Modulo, Unidad, VersionDeCurso
from instancias.models import TipoDeAsiento
from instancias.services.territorio import cargar_tipos_de_asiento, codigos_de_asiento
from programas import fichas
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.extraccion import extraer
from programas.lecciones import leer_leccion
from programas.lectura import leer_programa
from programas.nombres import con_las_lineas_del_pais
from programas.registro import Resumen
from programas.revision import revisar
from programas.tabla import escribir
from tests.programas import factories

pytestmark = pytest.mark.un_motor
CABECERA = """---
clave: r-1
titulo: Una
presentacion: Para ver.
asientos: {asientos}
sabe_ahora: [a, b, c]
---
# Paso de texto: Uno
Hola.
"""


@pytest.fixture
def programa() -> fichas.Programa:
    return factories.con_rutas(factories.programa_breve())


def rutas_de(programa: fichas.Programa) -> fichas.Modulo:
    return programa.curso.modulos[-1]


def cambiar_rutas(programa: fichas.Programa, **campos: Any) -> fichas.Programa:
    modulos = (*programa.curso.modulos[:-1], dataclasses.replace(rutas_de(programa), **campos))
    return dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, modulos=modulos))


# --- Files


def test_the_seats_of_a_lesson_are_read_in_the_order_of_the_law() -> None:
    leida = leer_leccion(CABECERA.format(asientos="[IDC-01, IPC-ST, IPC-01]"), "r.md")
    assert leida.asientos == ("IPC-01", "IPC-ST", "IDC-01")


@pytest.mark.parametrize(
    ("asientos", "dice"),
    [
        ("[IPC-01, IPC-99]", "r.md, línea 5: no existe el asiento «IPC-99». Use uno de estos: IPC-01,"),
        ("[IPC-01, IPC-01]", "r.md, línea 5: un asiento está dos veces"),
        ("IPC-01", "r.md, línea 5: «asientos» debe ser una lista"),
    ],
)
def test_a_wrong_seat_says_file_and_line(asientos: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido) as error:
        leer_leccion(CABECERA.format(asientos=asientos), "r.md")
    assert dice in str(error.value)


def test_what_is_written_reads_the_same(programa: fichas.Programa, tmp_path: Path) -> None:
    escribir_programa(programa, tmp_path)
    assert leer_programa(tmp_path) == dataclasses.replace(programa, nombres=con_las_lineas_del_pais(()))
    assert "asientos: [IPC-01, IDC-01]\n" in (tmp_path / "modulo-rutas" / "leccion-1.md").read_text(encoding="utf-8")
    assert "horas: 0\nrutas: true\n" in (tmp_path / "modulo-rutas" / "modulo.yaml").read_text(encoding="utf-8")


def test_a_module_may_declare_no_hours_as_in_the_editor(programa: fichas.Programa, tmp_path: Path) -> None:
    escribir_programa(programa, tmp_path)
    ruta = tmp_path / "modulo-rutas" / "modulo.yaml"
    ruta.write_text(ruta.read_text(encoding="utf-8").replace("rutas: true\n", ""), encoding="utf-8")
    assert [modulo.horas for modulo in leer_programa(tmp_path).curso.modulos] == [2, 0]
    ruta.write_text(ruta.read_text(encoding="utf-8").replace("horas: 0", "horas: 501"), encoding="utf-8")
    with pytest.raises(ContenidoInvalido, match="«horas» debe ser un número entero de 0 a 500"):
        leer_programa(tmp_path)


@pytest.mark.parametrize(
    ("archivo", "clase", "dicho"),
    [
        ("modulo-1/evaluacion.yaml", "final", "«clase: final» va junto a curso.yaml"),
        ("modulo-1/practica.yaml", "encuesta", "«clase: encuesta» va junto a curso.yaml"),
        ("final.yaml", "modulo", "«clase: modulo» va dentro de un módulo"),
    ],
)
def test_an_evaluation_out_of_its_place_is_not_read(tmp_path: Path, archivo: str, clase: str, dicho: str) -> None:
    copia = tmp_path / "programa"
    shutil.copytree(factories.PROGRAMA, copia)
    hoja = copia / archivo
    hoja.write_text(re.sub(r"^clase: \w+", f"clase: {clase}", hoja.read_text(encoding="utf-8"), flags=re.M), "utf-8")
    with pytest.raises(ContenidoInvalido) as error:
        leer_programa(copia)
    assert dicho in "\n".join(map(str, error.value.problemas))


def test_what_says_nothing_of_seats_keeps_its_digest() -> None:
    """Whatever was loaded before the lessons by seat existed still looks the same."""
    una = factories.leccion("m1-l1")
    assert "asientos" not in fichas.en_datos(una)
    assert fichas.huella(una) != fichas.huella(dataclasses.replace(una, asientos=("IPC-01",)))
    assert "rutas" not in fichas.en_datos(factories.programa_breve().curso.modulos[0])


# --- Checks


def del_modulo(programa: fichas.Programa) -> list[str]:
    """What is wrong with the module itself: its short lessons have other faults."""
    propios = ("rutas.yaml", "asientos")
    return [str(uno) for uno in revisar(programa) if any(palabra in str(uno) for palabra in propios)]


def test_a_module_of_routes_needs_no_practice_nor_cases(programa: fichas.Programa) -> None:
    assert del_modulo(programa) == []


def test_every_lesson_of_a_module_of_routes_says_its_seats(programa: fichas.Programa) -> None:
    primera, segunda = rutas_de(programa).lecciones
    sin = dataclasses.replace(segunda, asientos=())
    assert del_modulo(cambiar_rutas(programa, lecciones=(primera, sin))) == [
        "r-2.md: falta «asientos»: su módulo es de rutas."
    ]


def test_a_lesson_by_seat_goes_in_a_module_of_routes(programa: fichas.Programa) -> None:
    dicho = del_modulo(cambiar_rutas(programa, rutas=False))
    assert "r-1.md: lleva «asientos» y su módulo no es de rutas" in "\n".join(dicho)
    assert "rutas.yaml: necesita una práctica y una evaluación." in dicho


def test_a_module_of_routes_has_no_evaluation(programa: fichas.Programa) -> None:
    una = dataclasses.replace(programa.curso.modulos[0].evaluaciones[0], clave="r-practica")
    assert del_modulo(cambiar_rutas(programa, evaluaciones=(una,))) == [
        "rutas.yaml: es de rutas: no lleva práctica ni evaluación."
    ]


def test_the_page_of_numbers_lists_the_routes_apart_from_the_hours(programa: fichas.Programa) -> None:
    larga = dataclasses.replace(
        rutas_de(programa).lecciones[0], pasos=(factories.paso("Uno", f"<p>{'palabra ' * 4000}</p>"),)
    )
    pagina = escribir(cambiar_rutas(programa, lecciones=(larga, rutas_de(programa).lecciones[1])))
    assert "| rutas · Lo que le toca a su asiento | 0 | 2 |" in pagina
    assert "r-alcaldia · Alcaldía (IPC-01, IDC-01)" in pagina
    assert "Lo que es por asiento es opcional" in pagina
    sin_rutas = escribir(factories.programa_breve())
    assert "por asiento" not in sin_rutas
    (con,), (sin,) = (
        [linea for linea in una.splitlines() if linea.startswith("Las horas son")] for una in (pagina, sin_rutas)
    )
    assert con == sin


# --- Pages


def poner(programa: fichas.Programa) -> Resumen:
    return cargar(programa, ahora=timezone.now())


@pytest.fixture
def con_asientos(territorio: dict) -> None:
    cargar_tipos_de_asiento()


def test_routes_are_loaded_and_come_back_equal(programa: fichas.Programa, con_asientos: None) -> None:
    poner(programa)
    assert Modulo.objects.get(slug="rutas").rutas
    assert list(Unidad.objects.filter(obligatoria=False, clase="leccion").values_list("titulo", "asientos")) == [
        ("Alcaldía", ["IDC-01", "IPC-01"]),
        ("Salud", ["IPC-07"]),
    ]
    assert VersionDeCurso.objects.get().requisitos.count() == 3
    assert extraer(Curso.objects.get()) == programa
    assert not poner(programa).cambio


def test_other_seats_in_the_file_reach_the_page(programa: fichas.Programa, con_asientos: None) -> None:
    poner(programa)
    primera, segunda = rutas_de(programa).lecciones
    otra = cambiar_rutas(programa, lecciones=(primera, dataclasses.replace(segunda, asientos=("IDC-11",))))
    assert poner(otra).publicadas == ["r-salud"]
    assert [tipo.codigo for tipo in Leccion.objects.get(slug="r-salud").asientos.all()] == ["IDC-11"]


def test_seats_that_are_not_loaded_are_asked_for(programa: fichas.Programa, territorio: dict) -> None:
    TipoDeAsiento.objects.all().delete()
    with pytest.raises(ContenidoInvalido, match="manage.py cargar_territorio") as error:
        poner(programa)
    assert [problema.archivo for problema in error.value.problemas] == ["r-1.md", "r-1.md", "r-2.md"]
    assert not Curso.objects.exists()


def test_the_codes_are_those_that_are_loaded(con_asientos: None) -> None:
    assert set(codigos_de_asiento()) == set(TipoDeAsiento.objects.values_list("codigo", flat=True))
