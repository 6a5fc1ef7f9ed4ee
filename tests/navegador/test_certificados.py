"""Pages of the documents in a real browser: no fault of access, no sideways scroll, light, useful without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from certificados import codigos, services
from tests.certificados import factories
from tests.certificados.conftest import certificado, curso, plantilla, terminada  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def historia(certificado, curso, cem_provincial, integrante) -> dict[str, Any]:  # noqa: F811
    """A long name that was corrected, a second one annulled, and a third person who is still pending."""
    nuevo = services.reemplazar(
        certificado_id=certificado.pk,
        nombre="María del Carmen Esperanza Guadalupe Rodríguez de la Torre U",
        motivo="Faltaban nombres",
        por=cem_provincial,
        ahora=factories.AHORA,
    )
    otra = factories.crear_curso(titulo="Ruta de atención y primeras respuestas en el distrito", horas=12)
    factories.crear_plantilla(otra.curso)
    inscripcion = factories.inscribir(integrante, otra)
    anulado = services.emitir(inscripcion_id=inscripcion.pk, ahora=factories.AHORA)
    services.anular(certificado_id=anulado.pk, motivo="Se emitió por error", por=cem_provincial, ahora=factories.AHORA)
    factories.crear_muchos(curso, 3)
    return {"viejo": certificado, "nuevo": nuevo, "anulado": anulado, "integrante": integrante, "cem": cem_provincial}


def direcciones(historia: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    for clave in ("nuevo", "viejo", "anulado"):
        yield None, f"/v/{historia[clave].codigo_largo}"
    yield None, "/v/0000"
    yield None, "/v"
    yield "integrante", "/certificados"
    for ver in ("emitidos", "pendientes", "anulados"):
        yield "cem", f"/panel/certificados?ver={ver}"
    yield "cem", f"/panel/certificados/{historia['nuevo'].pk}"
    yield "cem", f"/panel/certificados/{historia['nuevo'].pk}/anular"
    yield "cem", f"/panel/certificados/{historia['nuevo'].pk}/corregir"


def test_pages_have_no_fault_of_access(abrir, axe_en_dos_anchos, como, historia):
    paginas = {None: abrir(ancho=320)}
    for quien, direccion in direcciones(historia):
        if (pagina := paginas.get(quien)) is None:
            pagina = paginas[quien] = como(abrir(ancho=320), historia[quien])
        assert pagina.goto(direccion).status == (404 if direccion == "/v/0000" else 200), direccion
        axe_en_dos_anchos(pagina)


def test_check_by_hand_with_and_without_scripts(pagina_con_y_sin_guiones, historia):
    pagina = pagina_con_y_sin_guiones
    pagina.goto("/v")
    pagina.get_by_label("Código").fill("7K3M-9XQ2-4T")
    pagina.get_by_label("DNI que está en el papel").fill("40000001")
    pagina.get_by_role("button", name="Verificar").click()
    assert pagina.title().startswith("Error:")
    assert pagina.get_by_role("alert").is_visible()
    pagina.get_by_label("Código").fill(codigos.formatear(historia["nuevo"].codigo_corto).lower())
    pagina.get_by_role("button", name="Verificar").click()
    assert pagina.get_by_role("heading", level=1).inner_text().endswith("Documento válido")


def test_download_has_a_neutral_name(pagina, como, historia):
    como(pagina, historia["integrante"])
    pagina.goto("/certificados")
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Descargar").click()
    assert descarga.value.suggested_filename == f"documento-{historia['nuevo'].registro}.pdf"


def test_public_check_weighs_little(pesar, historia):
    peso = pesar(f"/v/{historia['nuevo'].codigo_largo}")
    assert peso.total <= 25 * 1024
    assert peso.html <= 6 * 1024
    assert peso.pedidos <= 5
