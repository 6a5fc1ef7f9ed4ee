"""A paper is found by the name it carries, and by the one its person has today."""

from __future__ import annotations

import pytest
from django.urls import reverse

from certificados import services
from certificados.models import Certificado, Plantilla
from instancias.models import Institucion, Persona
from tests.certificados import factories
from tests.plano import plano

pytestmark = pytest.mark.django_db
PANEL = "/panel/certificados"


def estan(respuesta) -> list[str]:
    return [fila.datos["nombre"] for fila in respuesta.context["pagina"]]


@pytest.mark.parametrize(
    ("q", "hay"),
    [
        ("huaman", True),
        ("HUAMÁN rosa", True),
        ("quispe rosa", True),
        ("rosa cardenas", False),
        ("40000001", True),
        ("0001-2026", True),
        ("%", False),
    ],
)
def test_an_issued_paper_is_found_without_accents(entrar, cem_provincial, certificado, q, hay):
    assert bool(estan(entrar(cem_provincial).get(PANEL, {"q": q}))) is hay


@pytest.mark.parametrize("q", ["987654321", "987 654", "unio", "UNIÓN rosa", "rosa union"])
@pytest.mark.parametrize("ver", ["", "pendientes"])
def test_it_is_found_by_phone_and_by_institution(entrar, cem_provincial, request, q, ver):
    de_quien = request.getfixturevalue("terminada" if ver else "certificado").persona
    Persona.objects.filter(pk=de_quien.pk).update(celular="987654321")
    Institucion.objects.update(nombre="Comunidad La Unión")
    respuesta = entrar(cem_provincial).get(PANEL, {"ver": ver, "q": q})
    assert [fila.persona for fila in respuesta.context["pagina"]] == [de_quien]
    Institucion.objects.update(nombre="Otra")
    Persona.objects.filter(pk=de_quien.pk).update(celular="")
    assert not list(entrar(cem_provincial).get(PANEL, {"ver": ver, "q": q}).context["pagina"])


@pytest.mark.parametrize("q", ["huaman", "quispe rosa"])
def test_a_pending_one_too(entrar, cem_provincial, terminada, q):
    respuesta = entrar(cem_provincial).get(PANEL, {"ver": "pendientes", "q": q})
    assert [fila.persona for fila in respuesta.context["pagina"]] == [terminada.persona]


def test_a_corrected_name_is_found_as_the_paper_says_it(entrar, coordinadora_a, certificado):
    nuevo = services.reemplazar(
        certificado_id=certificado.pk,
        nombre="Rosa Ñahui Cárdenas",
        motivo="Decía otro apellido",
        por=coordinadora_a,
        ahora=factories.AHORA,
    )
    for q in ("nahui", "cardenas ñahui"):
        assert estan(entrar(coordinadora_a).get(PANEL, {"q": q})) == ["Rosa Ñahui Cárdenas"]
    assert Certificado.objects.get(pk=nuevo.pk).busqueda.startswith("rosa nahui cardenas")


def test_a_search_that_finds_nothing_asks_to_look_at_the_spelling(entrar, coordinadora_a, certificado):
    visto = plano(entrar(coordinadora_a).get(PANEL, {"q": "Kispe"}).content.decode())
    assert "No encontramos nada con «Kispe» en esta lista. Revise la escritura" in visto


def test_the_admin_finds_and_orders_without_accents(entrar, administradora, certificado, plantilla):
    cliente = entrar(administradora)
    emitidos = cliente.get(reverse("certificados_emitidos:index"), {"q": "huaman rosa"}).content.decode()
    assert "0001-2026" in emitidos
    for nombre in ("Óvalo", "Ñandú", "Nube"):
        Plantilla.objects.create(nombre=nombre, entidad="Año", lugar="Aquí")
    plantillas = cliente.get(reverse("plantillas:index"), {"q": "ano"}).content.decode()
    assert plantillas.index("Nube") < plantillas.index("Ñandú") < plantillas.index("Óvalo")
