"""From the panel to the acta, on a phone and at a desk, without scripts too: one button, and every page may be used."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from seguimiento.services.cierres import cerrar
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cierre(cem_provincial):
    """A table that reached the bar, another that did not, and a closing of yesterday."""
    edicion = f.abrir(f.crear_curso())
    for numero, codigo in enumerate(("T-01", "T-02", "T-03"), 1):
        f.integrante(f.A, edicion, codigo=codigo, nombres=f"Rosa {numero}", hechas=4)
    f.integrante(f.B, edicion, codigo="T-01", nombres="Wilder", hechas=1)
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    return cerrar(ambito=f.ambito(), al=ayer, por=cem_provincial)[0]


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_an_acta_comes_out_of_the_page_of_a_district(abrir, axe, como, cierre, cem_provincial, ancho, guiones):
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)

    def mirar() -> None:
        if guiones:
            axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, pagina.url

    pagina.goto(f"/panel/distrito/{f.A}")
    mirar()
    pagina.get_by_role("link", name="Hacer el acta").click()
    mirar()
    pagina.get_by_label("Quiénes asistieron").fill("Jos\ufffd Ríos")
    pagina.get_by_role("button", name="Hacer el acta").click()
    assert "Línea 1." in pagina.get_by_role("alert").inner_text()
    pagina.get_by_label("Quiénes asistieron").fill("José Ríos")
    pagina.get_by_role("button", name="Hacer el acta").click()
    acta = DocumentoDeCifras.objects.get(clase="acta")
    assert pagina.url.endswith(f"/panel/actas/{acta.pk}")
    assert "José Ríos" in pagina.locator("main").inner_text()
    mirar()
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Descargar (PDF)").click()
    assert descarga.value.suggested_filename == f"acta-{acta.registro}.pdf"
    pagina.goto(f"/panel/distrito/{f.A}")
    pagina.get_by_role("button", name="Certificar la instancia").click()
    assert "Instancia Distrital de Concertación de Rupa-Rupa" in pagina.locator("main").inner_text()
    mirar()
    asiento = cierre.datos["cifras"]["asientos"][0]["asiento"]
    for ruta in (
        "/panel/actas",
        "/panel/cierres/nuevo",
        f"/panel/actas/{cierre.pk}",
        f"/panel/cierres/{cierre.pk}/comparar",
        f"/panel/asiento/{asiento}",
        f"/panel/distrito/{f.B}",
        f"/v/{acta.codigo_largo}",
    ):
        assert pagina.goto(ruta).status == 200
        mirar()
