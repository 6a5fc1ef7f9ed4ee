"""axe on every kind of page, at the width of a phone and at the width of a desk."""

PUBLICAS = ["/entrar", "/sin-clave", "/ayuda", "/navegar-con-cuidado", "/tiempo", "/menu"]


def test_public_pages_have_no_fault_of_access(abrir, axe_en_dos_anchos, cem):
    pagina = abrir(ancho=320)
    for ruta in PUBLICAS:
        assert pagina.goto(ruta).status == 200, ruta
        axe_en_dos_anchos(pagina)
