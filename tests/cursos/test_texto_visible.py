"""What members read holds no character that is not seen: titles, lessons, terms and norms, whichever way it came."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cursos.models import Norma, Termino
from marco.visibles import aviso_de_invisible, lugar_invisible
from tests.cursos.factories import Programa, crear_leccion, crear_pagina_de_curso, paso

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.mark.parametrize("malo", ["Nuestras\u202e funciones", "Nues\u200btras", "Nues\u00adtras"])
def test_a_title_is_refused_where_it_is_saved(malo):
    with pytest.raises(ValidationError, match="no se ve"):
        crear_pagina_de_curso(malo)


def test_a_lesson_says_after_which_words_it_is():
    programa = Programa(lecciones=1)
    modulo = programa.pagina.get_children().first().specific
    with pytest.raises(ValidationError, match="después de «Una idea»"):
        crear_leccion(modulo, "Lección nueva", pasos=[paso("Un paso", "<p>Una idea\u200b clara.</p>")])
    with pytest.raises(ValidationError, match="no se ve"):
        crear_leccion(modulo, "Lección nueva", pasos=[paso("Un paso", "<p>Una idea&#8203; clara.</p>")])


def test_terms_and_norms_too():
    with pytest.raises(ValidationError, match="no se ve"):
        Termino(clave="a", termino="audiencia", definicion="Reunión\u2066 con la jueza.", ejemplo="Así.").full_clean()
    with pytest.raises(ValidationError, match="no se ve"):
        Norma(clave="ley", tipo="Ley", numero="30364", titulo="Para\ufeff prevenir").full_clean()


@pytest.mark.parametrize("bueno", ["Un renglón\n\totro", "Familia 👩‍👧", "Gracias ❤️", "Año 2026 · «sí»", "a\u00a0b"])
def test_what_is_seen_stays(bueno):
    assert lugar_invisible(bueno) is None
    assert aviso_de_invisible(bueno) == ""
