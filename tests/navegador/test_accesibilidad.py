"""axe on every kind of page, at the width of a phone and at the width of a desk."""

import pytest

PUBLICAS = ["/entrar", "/sin-clave", "/ayuda", "/navegar-con-cuidado", "/tiempo", "/menu"]


@pytest.mark.parametrize("ancho", [320, 1280])
@pytest.mark.parametrize("ruta", PUBLICAS)
def test_public_pages_have_no_fault_of_access(abrir, axe, cem, ruta, ancho):
    pagina = abrir(ancho=ancho)
    respuesta = pagina.goto(ruta)
    assert respuesta.status == 200
    axe(pagina)
    ancho_real = pagina.evaluate("document.documentElement.scrollWidth")
    assert ancho_real <= ancho, "hay que desplazarse de lado"
