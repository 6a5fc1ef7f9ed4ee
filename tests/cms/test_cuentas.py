"""The accounts of the admin are found without accents, also by the name of their person, and sorted as Spanish does."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests import gente

LISTA = reverse("wagtailusers_users:index")


@pytest.fixture
def administra(territorio, client):
    nombres = [("Nélida", "Cárdenas Ponce"), ("Ana", "Cotrina Díaz"), ("Ñuflo", "Ñaupari Ríos"), ("Noé", "Navarro Pi")]
    for numero, (nombre, apellidos) in enumerate(nombres):
        get_user_model().objects.create_user(f"personal{numero}", first_name=nombre, last_name=apellidos)
    client.force_login(get_user_model().objects.create_superuser("administra", last_name="Zapata"))
    return client


def halladas(cliente, **pedido) -> list[str]:
    return [cuenta.username for cuenta in cliente.get(LISTA, pedido).context["users"]]


@pytest.mark.django_db
@pytest.mark.parametrize("pedido", ["Cardenas", "cárdenas", "nelida", "PONCE NEL", "personal0"])
def test_an_account_is_found_without_accents_and_by_any_part(administra, pedido):
    assert halladas(administra, q=pedido) == ["personal0"]


@pytest.mark.django_db
def test_an_account_of_a_member_is_found_by_who_it_is(administra):
    integrante = gente.crear_integrante("45100001", "Élida", "Huamán Ríos", celular="962000003")
    for pedido in ("elida huaman", "962 000 003", "45100001"):
        assert halladas(administra, q=pedido) == [integrante.cuenta.username]


@pytest.mark.django_db
def test_accounts_are_sorted_as_spanish_does(administra):
    assert halladas(administra, ordering="name") == ["personal0", "personal1", "personal3", "personal2", "administra"]
    assert halladas(administra, ordering="-name")[0] == "administra"


@pytest.mark.django_db
def test_a_name_that_changes_is_found_at_once(administra):
    cuenta = get_user_model().objects.get(username="personal1")
    cuenta.last_name = "Gómez"
    cuenta.save(update_fields=["last_name"])
    assert halladas(administra, q="gomez") == ["personal1"]
    get_user_model().objects.filter(pk=cuenta.pk).update(last_name="Túpac")
    assert halladas(administra, q="tupac") == ["personal1"]
