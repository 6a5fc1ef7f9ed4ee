"""What leaves the panel, on a phone and at a desk, without scripts: a key, the public page, the summary of a week."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from marco.models import AjustesDelAula
from seguimiento.models import Suscripcion
from seguimiento.services.cierres import cerrar
from seguimiento.services.instancias import certificar_instancia
from seguimiento.services.publicacion import publicar
from seguimiento.services.suscripcion import direccion_para_salir
from tests import gente
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mirar(axe):
    """Every page may be used, and fits."""

    def una(pagina, ancho: int, *, con_axe: bool = True) -> None:
        if con_axe:
            axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, pagina.url

    return una


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_a_key_is_made_read_with_and_taken_back(abrir, mirar, como, cem_provincial, ancho, guiones):
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion, hechas=4)
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)
    pagina.goto("/panel")
    pagina.get_by_role("link", name="Claves de lectura (API)").click()
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("link", name="Crear una clave").click()
    pagina.get_by_role("button", name="Crear la clave").click()
    if pagina.get_by_label("Su clave").count():
        pagina.get_by_label("Su clave").fill(gente.CLAVE)
        pagina.get_by_role("button", name="Continuar").click()
    assert "Escriba qué entidad o qué sistema va a leer." in pagina.get_by_role("alert").inner_text()
    pagina.get_by_label("¿Quién va a leer?").fill("Municipalidad, tablero de control")
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("button", name="Crear la clave").click()
    clave = pagina.get_by_label("Clave de Municipalidad").input_value()
    mirar(pagina, ancho, con_axe=guiones)
    leer = {"authorization": f"Bearer {clave}"}
    assert Client().get("/api/v1/cobertura", headers=leer).json()["total"]["completos"] == 1
    pagina.get_by_role("link", name="Claves de lectura").click()
    assert clave not in pagina.content()
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("button", name="Revocar").click()
    assert "Clave revocada." in pagina.locator("main").inner_text()
    assert Client().get("/api/v1/cobertura", headers=leer).status_code == 401


@pytest.fixture
def publicada(cem_provincial):
    """A month that ended, a closing and a certified table, with the page on."""
    edicion = f.abrir(f.crear_curso())
    for n in range(1, 8):
        f.integrante(f.A, edicion, codigo="T-01" if n == 1 else "T-03", numero=n, hechas=4, dias=40)
        f.integrante(f.B, edicion, numero=n, hechas=4 if n < 4 else 1, dias=40)
    f.integrante(f.PROVINCIA, edicion, codigo="T-01", hechas=4, dias=40)
    hoy = timezone.localdate()
    publicar(ambito=f.ambito(), corte=hoy - datetime.timedelta(days=20))
    cerrar(ambito=f.ambito(), al=hoy - datetime.timedelta(days=3), por=cem_provincial)
    certificar_instancia(ambito=f.ambito().en(f.A), por=cem_provincial)
    AjustesDelAula.objects.update_or_create(defaults={"transparencia_activa": True})
    cache.clear()


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_anybody_reads_the_public_page_and_takes_its_data(abrir, mirar, publicada, ancho, guiones):
    pagina = abrir(ancho=ancho, guiones=guiones)
    pagina.goto("/transparencia")
    assert pagina.url.endswith("/transparencia/1006")
    mirar(pagina, ancho, con_axe=guiones)
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Instancias (CSV)").click()
    assert descarga.value.suggested_filename.startswith("instancias-1006-")
    assert "menos de 5 (o reservado)" in Path(descarga.value.path()).read_text(encoding="utf-8")
    pagina.get_by_role("link", name="Rupa-Rupa", exact=True).click()
    mirar(pagina, ancho, con_axe=guiones)
    pagina.goto("/transparencia/diccionario")
    mirar(pagina, ancho, con_axe=guiones)
    assert not pagina.context.cookies()


def test_the_public_page_is_light(pesar, publicada):
    peso = pesar("/transparencia/1006")
    assert peso.total <= 45 * 1024 and peso.html <= 8 * 1024


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_the_summary_of_the_week_goes_by_whatsapp(abrir, mirar, como, cem_provincial, ancho, guiones):
    edicion = f.abrir(f.crear_curso())
    for n in range(1, 7):
        f.integrante(f.A, edicion, numero=n, hechas=4, dias=timezone.localtime().isoweekday() + 1)
    AjustesDelAula.objects.update_or_create(defaults={"correo_activo": True})
    cache.clear()
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)
    pagina.goto("/panel")
    pagina.get_by_role("link", name="Resumen de la semana").click()
    mirar(pagina, ancho, con_axe=guiones)
    assert "Terminaron esta semana 6 integrantes." in pagina.get_by_label("Texto").input_value()
    enlace = pagina.get_by_role("link", name="Enviar por WhatsApp").get_attribute("href")
    assert enlace.startswith("https://wa.me/?text=Resumen")
    pagina.get_by_label("Su correo").fill("coordina@example.org")
    pagina.get_by_role("button", name="Recibir el resumen").click()
    assert "Falta confirmar coordina@example.org" in pagina.locator("main").inner_text()
    mirar(pagina, ancho, con_axe=guiones)
    cuenta = cem_provincial.pk
    pagina.goto(urlsplit(direccion_para_salir(cuenta)).path)
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("button", name="Dejar de recibirlo").click()
    assert "Listo." in pagina.locator("main").inner_text() and not Suscripcion.objects.exists()
    pagina.goto("/panel/resumen")
    pagina.get_by_label("Su correo").fill("coordina@example.org")
    pagina.get_by_role("button", name="Recibir el resumen").click()
    pagina.get_by_role("button", name="Dejar de recibirlo").click()
    assert "Ya no le enviaremos el resumen." in pagina.locator("main").inner_text()
