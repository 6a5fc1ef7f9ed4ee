"""The demonstration tells its own address, at whatever port it is started, and somebody can be called from it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from certificados.services import emitir
from certificados.services.datos import para_imprimir
from cms.demo.centros import poner_contacto
from instancias.models import Oficina
from marco.servicio.puerta import direccion_publica
from tests import gente
from tests.certificados import factories

solo_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="La demostración usa SQLite.")


def encender(puerto: int) -> None:
    call_command("demo", puerto=puerto, solo_datos=True, stdout=StringIO())


@pytest.mark.parametrize(
    ("direccion", "publica"),
    [
        ("127.0.0.1", "http://localhost:8031"),
        ("0.0.0.0", "http://localhost:8031"),  # noqa: S104
        ("::", "http://localhost:8031"),
        ("192.168.1.20", "http://192.168.1.20:8031"),
        ("2001:db8::7", "http://[2001:db8::7]:8031"),
    ],
)
def test_its_public_address_is_where_it_listens(direccion, publica, monkeypatch):
    monkeypatch.delenv("KUSKA_URL", raising=False)
    assert direccion_publica(direccion, 8031) == publica


def test_behind_a_proxy_the_environment_says_its_name(monkeypatch):
    monkeypatch.setenv("KUSKA_URL", "https://aula.example.org")
    assert direccion_publica("127.0.0.1", 8031) == "https://aula.example.org"


@solo_sqlite
def test_links_and_papers_follow_it_to_another_port(settings, tmp_path, integrante, entrar):
    settings.VAR_DIR = tmp_path
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    curso = factories.crear_curso()
    factories.crear_plantilla(curso.curso)
    papel = emitir(inscripcion_id=factories.inscribir(integrante, curso).pk, ahora=factories.AHORA)
    cem = entrar(gente.crear_coordinacion("cem", gente.PROVINCIA))
    for puerto in (8031, 8045):
        encender(puerto)
        papel.refresh_from_db()
        impreso = para_imprimir(papel)
        assert impreso.direccion_escrita == f"localhost:{puerto}/v"
        assert impreso.direccion_qr.startswith(f"http://localhost:{puerto}/v/")
        pagina = cem.post(f"/panel/personas/{integrante.pk}/enlace", follow=True).content.decode()
        assert f"http://localhost:{puerto}/a/" in pagina and "localhost:8000" not in pagina


@solo_sqlite
def test_a_paper_that_names_a_real_site_keeps_its_address(settings, tmp_path, integrante):
    settings.VAR_DIR = tmp_path
    settings.WAGTAILADMIN_BASE_URL = "https://aula.example.org"
    curso = factories.crear_curso()
    factories.crear_plantilla(curso.curso)
    papel = emitir(inscripcion_id=factories.inscribir(integrante, curso).pk, ahora=factories.AHORA)
    encender(8031)
    papel.refresh_from_db()
    assert para_imprimir(papel).direccion_escrita == "aula.example.org/v"


@pytest.mark.django_db
def test_its_offices_can_be_called_and_what_somebody_wrote_stays(visitante):
    Oficina.objects.create(nombre="Centro A")
    Oficina.objects.create(nombre="Centro B")
    Oficina.objects.create(nombre="Centro C", telefono="062123456")
    poner_contacto()
    poner_contacto()
    ayuda = visitante.get("/ayuda").content.decode().replace("\xa0", " ")
    assert ayuda.count("https://wa.me/5190000090") == 2
    assert ayuda.count("Atiende: de lunes a viernes, de 8:00 a. m. a 4:30 p. m.") == 2
    assert Oficina.objects.get(nombre="Centro C").whatsapp == ""
