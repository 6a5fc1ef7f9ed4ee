"""Names of places and of the site, that anybody here tries first, are no key: alone, together, or with a year."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from instancias.acceso.palabras import es_de_este_sitio
from instancias.acceso.services.claves import ClaveError, revisar_clave
from instancias.models import Oficina, Territorio
from marco.models import AjustesDelAula

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def sitio(coordinadora_a):
    Territorio.objects.update_or_create(
        ubigeo="100601",
        defaults={"nivel": Territorio.Nivel.DISTRITO, "nombre": "Rupa-Rupa", "capital": "Tingo María"},
    )
    Oficina.objects.create(nombre="Oficina Río Azul")
    ajustes = AjustesDelAula.actuales()
    ajustes.nombre_del_espacio = "Aula Conversa"
    ajustes.save()
    cache.clear()
    return coordinadora_a


DEL_SITIO = ("TingoMaria2026", "tingo-maría-2026!", "Rupa Rupa, Tingo", "rupa-rupa-tingo-maria", "AulaConversa.99")


@pytest.mark.parametrize("clave", [*DEL_SITIO, "oficina-azul-río"])
def test_names_of_the_site_and_little_more_are_no_key(sitio, clave):
    with pytest.raises(ClaveError) as error:
        revisar_clave(clave=clave, cuenta=sitio, persona=None)

    assert error.value.mensaje == "La clave no puede ser el nombre de un lugar ni de este sitio. Elija otra."
    with pytest.raises(ValidationError, match="el nombre de un lugar"):
        validate_password(clave, sitio)


@pytest.mark.parametrize(
    "clave", ["tingo come papaya verde", "maría 48217093 5560", "ocho-gallos-y-un-rio", "papaya-2026-verde"]
)
def test_a_phrase_with_a_name_in_it_is_fine(sitio, clave):
    assert revisar_clave(clave=clave, cuenta=sitio, persona=None) == clave


def test_a_key_of_numbers_asks_nothing_of_places(sitio, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not es_de_este_sitio("48217093")


def test_who_works_here_with_such_a_key_of_before_chooses_another_and_reads_why(sitio, client):
    sitio.set_password("tingo-maría-2026!")
    sitio.save(update_fields=["password"])
    datos = {"identificador": sitio.get_username(), "clave": "tingo-maría-2026!"}

    respuesta = client.post(reverse("kuska_instancias:entrar"), datos, follow=True)

    assert "es corta o fácil de adivinar para quien trabaja aquí" in respuesta.text
