"""Long work in a browser, with script and without: asked for, followed, stopped, and what came of it."""

from __future__ import annotations

import datetime
import uuid
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificados.models import Certificado
from certificados.services import lotes
from instancias.models import ImportacionDePadron, Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services import trabajos
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.papeles_largos import pedir_acta
from tests.certificados import factories
from tests.certificados.conftest import curso, plantilla, privado  # noqa: F401 — they are fixtures
from tests.navegador.test_lista_larga import sin_obrero  # noqa: F401
from tests.navegador.test_padron import foto, sin_desborde
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
@pytest.mark.usefixtures("plantilla", "sin_obrero")
def test_many_are_issued_and_put_in_a_file_apart(
    request, cem_provincial, abrir, axe, como, monkeypatch, ancho, guiones
):
    for que, cuantos in (("DE_UNA_VEZ", 2), ("EN_LA_PAGINA", 2), ("POR_LOTE", 2)):
        monkeypatch.setattr(lotes, que, cuantos)
    factories.crear_muchos(request.getfixturevalue("curso"), 5)
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)
    titulo = pagina.get_by_role("heading", level=1)
    pagina.goto("/panel/certificados?ver=pendientes")
    pagina.get_by_role("button", name="Emitir ahora los que están listos").click()
    expect(titulo).to_have_text("Emitiendo…")
    foto(pagina, f"trabajo-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina) if guiones else None
    _nadie_vino(pagina, guiones=guiones)
    expect(pagina.get_by_text("Se emitieron 5 documentos.")).to_be_visible()
    assert Certificado.objects.count() == 5
    pagina.goto("/panel/certificados")
    pagina.get_by_role("link", name="Descargar todos: 5 (ZIP)").click()
    foto(pagina, f"preparar-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina) if guiones else None
    pagina.get_by_role("button", name="Preparar el ZIP").click()
    pagina.get_by_role("button", name="Detener").click()
    expect(pagina.get_by_text("Se detuvo antes de terminar.")).to_be_visible()
    pagina.goto("/panel/certificados/descarga")
    pagina.get_by_role("button", name="Preparar el ZIP").click()
    _nadie_vino(pagina, guiones=guiones)
    foto(pagina, f"trabajo-listo-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina) if guiones else None
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Descargar (ZIP").click()
    with zipfile.ZipFile(bajada.value.path()) as paquete:
        assert len(paquete.namelist()) == 5
    pagina.goto("/panel/trabajos")
    foto(pagina, f"trabajos-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina) if guiones else None


def _nadie_vino(pagina, *, guiones: bool) -> None:
    """No worker comes for it: the page does it, by itself with script, and with its button without."""
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=2))
    if not guiones:
        pagina.reload()
        pagina.get_by_role("button", name="Seguir").click()
    expect(pagina.locator("[data-k-trabajo]")).to_have_count(0)


@pytest.mark.parametrize(("ancho", "detenida"), [(360, True), (1280, False)])
def test_a_long_acta_says_what_it_waits_for(territorio, cem_provincial, abrir, axe, como, ancho, detenida):
    ahora = timezone.now()
    ImportacionDePadron.objects.create(
        archivo="lista.xlsx", ambito=["1006"], fase="guardar", detenida=detenida, latido_en=ahora, subida_en=ahora
    )
    f.abrir(f.crear_curso())
    pedido = Pedido(operacion=uuid.uuid4(), acuerdo="Volver a reunirse.")
    alcance = AlcanceEfectivo(("1006",))
    trabajo = pedir_acta(ambito=f.ambito(), pedido=pedido, alcance=alcance, por=cem_provincial, lugar="Leoncio Prado")
    trabajos.hacer(trabajo_id=trabajo.pk)
    pagina = como(abrir(ancho=ancho), cem_provincial)
    pagina.goto(f"/panel/trabajos/{trabajo.clave}")
    expect(pagina.get_by_text("quedó a medias" if detenida else "Ahora mismo se guarda o se deshace")).to_be_visible()
    expect(pagina.get_by_role("button", name="Detener")).to_be_visible()
    foto(pagina, f"trabajo-espera-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina)
    pagina.goto("/panel/trabajos")
    expect(pagina.get_by_text("En espera")).to_be_visible()
