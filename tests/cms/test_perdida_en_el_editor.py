"""An address of the editor with nothing behind it says so in the words of the house."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.mark.parametrize("direccion", ["/admin/no/existe/", "/admin/pages/99999/edit/", "/admin/test404/"])
def test_an_address_of_the_editor_with_nothing_says_so_in_our_words_and_leads_back(entrar, administradora, direccion):
    respuesta = entrar(administradora).get(direccion)
    assert respuesta.status_code == (200 if "test404" in direccion else 404)
    assert "No encontramos esta página." in respuesta.text
    assert 'href="/admin/">Volver a Contenido' in respuesta.text and ">Ir al inicio</a>" in respuesta.text
    assert "Error 404" not in respuesta.text and "Wagtail" not in respuesta.text
