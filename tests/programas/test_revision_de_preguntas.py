"""What the review asks of each question."""

from __future__ import annotations

import dataclasses

from evaluaciones.clases.eleccion import Eleccion
from programas.revision import preguntas
from tests.programas import factories


def test_a_true_or_false_says_that_it_is_one() -> None:
    programa = factories.programa_breve()
    _modulo, evaluacion = next(par for par in programa.evaluaciones() if par[1].preguntas)
    una = dataclasses.replace(
        evaluacion.preguntas[0],
        tipo="verdadero_falso",
        contenido=Eleccion(
            tuple(
                dataclasses.replace(alternativa, texto=texto)
                for alternativa, texto in zip(
                    evaluacion.preguntas[0].contenido.alternativas, ("Verdadero", "Falso"), strict=False
                )
            )
        ),
    )
    falta = "debe preguntar «¿Es verdadero o falso?»."
    assert falta in [*preguntas._forma(dataclasses.replace(una, texto="La instancia recibe denuncias."))]
    assert [*preguntas._forma(dataclasses.replace(una, texto="«Recibe denuncias». ¿Es verdadero o falso?"))] == []
