"""The steps that ask in the files of a programme: there and back, and what the review says of them."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from cursos.models import Curso, Leccion
from programas import fichas
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import leccion as escribir
from programas.extraccion import extraer
from programas.lecciones import leer_leccion
from programas.revision import avisos, decida, revisar
from tests.programas import factories
from tests.programas.test_contenido import CABECERA, programa  # noqa: F401 (a fixture)

pytestmark = pytest.mark.un_motor
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DECIDA = """
# Decida: Un papel firmado
articulo: ley-1/16
Rosa firmó un papel. **Hoy** pregunta.

Usted escucha.

## Qué haría usted
¿Qué le responde?

## Opción: Que lo anule ante un notario.
La hace esperar.

Y no hay nada que anular.

## Opción correcta: Que no perdió nada.
Así es.

## La regla
No se renuncia a esos derechos.
"""
DE_ORDENAR = DECIDA.replace("articulo: ley-1/16\n", "articulo: ley-1/16\ntipo: ordenar\n").replace(
    "## La regla", "## Opción: Que vaya a la comisaría.\nDespués.\n\n## La regla"
)


def leer(texto: str) -> fichas.Leccion:
    return leer_leccion(CABECERA + texto, "x.md")


def quejas(texto: str) -> list[str]:
    (paso,) = leer(texto).pasos
    return list(decida.revisar(paso))


def test_its_options_are_read_with_why_each() -> None:
    (paso,) = leer(DECIDA).pasos
    assert (paso.tipo, paso.titulo, paso.valores["tipo"], paso.valores["articulo"]) == (
        "decida",
        "Un papel firmado",
        "una",
        "ley-1/16",
    )
    assert paso.valores["caso"] == "<p>Rosa firmó un papel. <b>Hoy</b> pregunta.</p><p>Usted escucha.</p>"
    primera, segunda = paso.opciones
    assert primera.explicacion == "La hace esperar.\n\nY no hay nada que anular." and not primera.correcta
    assert segunda == fichas.Opcion("Que no perdió nada.", True, "Así es.")


@pytest.mark.parametrize("texto", [DECIDA, DE_ORDENAR], ids=["una", "ordenar"])
def test_what_is_written_reads_the_same(texto: str) -> None:
    leida = leer(texto)
    escrita = escribir(leida)
    assert leer_leccion(escrita, "x.md") == leida
    assert ("tipo: ordenar" in escrita) is (texto is DE_ORDENAR) and "tipo: una" not in escrita


@pytest.mark.parametrize(
    ("esto", "por", "dice"),
    [
        ("articulo: ley-1/16\n", "", "le falta el renglón «articulo: clave»"),
        ("## Opción: Que lo anule ante un notario.", "## Otra: Que lo anule.", "«## Otra: Que lo anule.» no va aquí"),
        ("articulo: ley-1/16\n", "articulo: ley-1/16\ntipo: acertijo\n", "«tipo: acertijo» no se puede usar"),
        ("Que no perdió nada.", "Que no " * 40, "una opción pasa de 200 letras"),
        ("La hace esperar.", "La hace **esperar**.", "es texto simple"),
        ("## La regla\nNo se renuncia a esos derechos.\n", "", "le falta «## La regla»"),
    ],
)
def test_a_wrong_one_says_what_to_do(esto: str, por: str, dice: str) -> None:
    assert esto in DECIDA
    with pytest.raises(ContenidoInvalido) as error:
        leer(DECIDA.replace(esto, por))
    assert dice in str(error.value)


@pytest.mark.parametrize(
    ("esto", "por", "dice"),
    [
        ("\nAsí es.\n", "\n", "«Que no perdió nada.» no explica por qué"),
        ("Así es.", "Así es. " * 30, "explica en 60 palabras; el máximo es 45"),
        ("## Opción correcta", "## Opción", "Marque una sola alternativa como correcta."),
        ("Que no perdió nada.", "Que lo anule ante un notario.", "dos opciones dicen lo mismo"),
        ("Que no perdió nada.", "Que no perdió nada, " * 5 + "y ya.", "se delata por larga"),
    ],
)
def test_the_review_names_what_gives_it_away_or_lacks_its_reason(esto: str, por: str, dice: str) -> None:
    assert quejas(DECIDA) == []
    assert any(dice in queja for queja in quejas(DECIDA.replace(esto, por))), quejas(DECIDA.replace(esto, por))


def test_a_long_case_is_told(programa: fichas.Programa) -> None:  # noqa: F811
    leccion = programa.curso.modulos[0].lecciones[0]
    largo = dataclasses.replace(
        leccion.pasos[0], valores={**leccion.pasos[0].valores, "caso": "<p>" + "Dijo que sí. " * 21 + "</p>"}
    )
    curso = dataclasses.replace(
        programa.curso,
        modulos=(
            dataclasses.replace(
                programa.curso.modulos[0],
                lecciones=(
                    dataclasses.replace(leccion, pasos=(largo, *leccion.pasos[1:])),
                    *programa.curso.modulos[0].lecciones[1:],
                ),
            ),
            *programa.curso.modulos[1:],
        ),
    )
    dichos = [str(problema) for problema in revisar(dataclasses.replace(programa, curso=curso))]
    assert any("tiene 63 palabras; el máximo es 60" in dicho for dicho in dichos), dichos


def test_a_lesson_that_does_not_open_with_its_case_is_a_notice_and_no_fault() -> None:
    breve = factories.programa_breve()
    dichos = [str(aviso) for aviso in avisos(breve)]
    assert any("no empieza con su caso" in dicho for dicho in dichos)
    assert any("tiene 0 pasos «Decida»" in dicho for dicho in dichos)
    assert not any("Decida" in str(problema) for problema in revisar(breve))


def con_decida(texto: str = DECIDA) -> fichas.Programa:
    breve = factories.programa_breve()
    modulo = breve.curso.modulos[0]
    leccion = dataclasses.replace(modulo.lecciones[0], pasos=(*leer(texto).pasos, *modulo.lecciones[0].pasos))
    modulo = dataclasses.replace(modulo, lecciones=(leccion, *modulo.lecciones[1:]))
    return dataclasses.replace(
        breve, curso=dataclasses.replace(breve.curso, modulos=(modulo, *breve.curso.modulos[1:]))
    )


@pytest.mark.django_db
@pytest.mark.parametrize("texto", [DECIDA, DE_ORDENAR], ids=["una", "ordenar"])
def test_what_was_loaded_is_exported_equal_and_loaded_again_changes_nothing(territorio, texto: str) -> None:
    suyo = con_decida(texto)
    cargar(suyo, ahora=AHORA)
    assert extraer(Curso.objects.get()) == suyo
    ids = [una["id"] for una in Leccion.objects.first().pasos.raw_data[0]["value"]["opciones"]]
    cargar(suyo, ahora=AHORA)
    cargar(con_decida(texto.replace("Así es.", "Sí, así es.")), ahora=AHORA)
    valor = Leccion.objects.first().pasos.raw_data[0]["value"]
    assert [una["id"] for una in valor["opciones"]] == ids
    assert "Sí, así es." in [una["value"]["explicacion"] for una in valor["opciones"]]
