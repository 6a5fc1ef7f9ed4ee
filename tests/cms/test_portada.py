"""The first page says who invites, in neutral words."""

import pytest
from wagtail.models import Page, Site

from cms.models import Portada
from marco.models import AjustesDelAula
from tests.neutralidad import faltas


def poner_portada() -> None:
    portada = Page.objects.get(depth=1).add_child(instance=Portada(title="Aula", frase="Aprenda en su celular."))
    Site.objects.update(root_page=portada)


@pytest.mark.django_db
def test_the_first_page_says_who_invites(client):
    poner_portada()
    assert "Le invita" not in client.get("/").text
    AjustesDelAula.objects.update_or_create(defaults={"entidad": "Municipalidad Provincial de Leoncio Prado"})
    AjustesDelAula.load().save()
    pagina = client.get("/").text
    assert "Le invita Municipalidad Provincial de Leoncio Prado. Curso con certificado." in pagina
    assert not faltas(pagina)
