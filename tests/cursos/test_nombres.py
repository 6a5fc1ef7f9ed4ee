"""Names that change are written once: people read what a service is called today."""

import pytest
from django.core.exceptions import ValidationError

from cursos.clases.leccion.contenido import cierre_de
from cursos.services.publicacion import renovar_lo_guardado
from marco.models import NombreInstitucional
from marco.nombres import Nombres
from tests.cursos.factories import crear_leccion, paso
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def cem():
    return NombreInstitucional.objects.create(
        clave="cem", nombre="Centro de Ayuda (CEM)", corto="CEM", antes="Centro Antiguo", norma="R.M. 1-2025"
    )


@pytest.fixture
@hecho_una_vez
def direccion(programa, inscrita):
    pasos = [paso("Dónde ir", "Vaya al {cem}. Antes era {cem.antes}, hasta la {cem.norma}. El {cem.corto} es gratis.")]
    pagina = crear_leccion(programa.modulos[0], "Con nombres", pasos=pasos, sabe_ahora="El {cem.corto} ayuda\nb\nc")
    return programa.unidad(pagina)


def leer(entrar, integrante, unidad):
    return entrar(integrante).get(f"/c/{unidad.curso.numero}/{unidad.numero}/1").content.decode()


def test_a_lesson_says_the_names_of_today(entrar, integrante, cem, direccion):
    pagina = leer(entrar, integrante, direccion)
    assert "Vaya al Centro de Ayuda (CEM). Antes era Centro Antiguo, hasta la R.M. 1-2025. El CEM es gratis." in pagina
    assert "El CEM ayuda" in cierre_de(unidad=direccion).sabe_ahora


def test_a_name_that_changes_shows_at_once_in_every_lesson(entrar, integrante, cem, direccion):
    leer(entrar, integrante, direccion)
    cem.nombre = "Centro Nuevo (CN)"
    cem.save()
    direccion.curso.refresh_from_db()
    pagina = leer(entrar, integrante, direccion)
    assert "Vaya al Centro Nuevo (CN)." in pagina and "Centro de Ayuda" not in pagina


def test_a_name_changed_by_another_process_shows_at_once(entrar, integrante, cem, direccion):
    """Nothing here heard of it but the database, which also says that the courses changed."""
    leer(entrar, integrante, direccion)
    NombreInstitucional.objects.update(nombre="Centro Nuevo (CN)")
    renovar_lo_guardado()
    direccion.curso.refresh_from_db()
    assert "Vaya al Centro Nuevo (CN)." in leer(entrar, integrante, direccion)


def test_a_name_cannot_bring_marks_into_a_page(entrar, integrante, cem, direccion):
    cem.nombre = "<b>Centro</b> & Cía"
    cem.save()
    assert "Vaya al &lt;b&gt;Centro&lt;/b&gt; &amp; Cía." in leer(entrar, integrante, direccion)


def test_a_mark_that_nobody_knows_stays_to_be_seen(cem):
    assert Nombres().poner("Vaya al {cen} y al {cem.corto}.") == "Vaya al {cen} y al CEM."


def test_a_name_without_a_former_one_says_the_present_one(cem):
    cem.antes = ""
    cem.save()
    assert Nombres().poner("{cem.antes}") == "Centro de Ayuda (CEM)"


def test_the_names_go_into_every_text_of_a_structure(cem):
    assert Nombres().poner_en({"a": ["{cem.corto}", ("x", 3)], "b": None}) == {"a": ["CEM", ("x", 3)], "b": None}


@pytest.mark.parametrize("clave", ["CEM", "cem.corto", "el cem", "ñan"])
def test_a_key_is_short_and_plain(clave):
    with pytest.raises(ValidationError):
        NombreInstitucional(clave=clave, nombre="x", corto="x").full_clean()


def test_the_names_are_read_once_for_each_piece(cem, django_assert_num_queries):
    nombres = Nombres()
    with django_assert_num_queries(1):
        assert [nombres.poner("{cem.corto}"), nombres.poner_en_html("<p>{cem.corto}</p>")] == ["CEM", "<p>CEM</p>"]


def test_what_is_kept_asks_for_no_names(cem, direccion, django_assert_num_queries):
    cierre_de(unidad=direccion)
    with django_assert_num_queries(0):
        assert "El CEM ayuda" in cierre_de(unidad=direccion).sabe_ahora


def test_pages_without_names_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Nombres().poner_en_html("<p>Sin llaves.</p>") == "<p>Sin llaves.</p>"
