"""axe on every kind of page, at the width of a phone and at the width of a desk; and letters as large as needed."""

import uuid

import pytest
from django.utils import timezone

from cursos.models import Duda, Inscripcion
from tests.cursos.factories import Programa

DE_INTEGRANTE = [
    "/inicio",
    "/menu",
    "/mi-cuenta",
    "/mis-datos",
    "/mi-cuenta/dato/origen",
    "/mis-datos/derechos",
    "/dudas",
]
PUBLICAS = ["/entrar", "/sin-clave", "/ayuda", "/navegar-con-cuidado", "/tiempo", "/menu"]


def test_public_pages_have_no_fault_of_access(abrir, axe_en_dos_anchos, cem):
    pagina = abrir(ancho=320)
    for ruta in PUBLICAS:
        assert pagina.goto(ruta).status == 200, ruta
        axe_en_dos_anchos(pagina)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_off_the_side_when_letters_are_as_large_as_people_need(abrir, como, cem, integrante):
    """At twice the size on a phone of 360, and with the largest letter of «Mi cuenta» on one of 320."""
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    unidad = programa.unidad(programa.lecciones[0])
    larga = "Supercalifragilisticoespialidoso" * 10
    suya = Inscripcion.objects.get()
    datos = {"numero_de_paso": 2, "operacion": uuid.uuid4(), "hecha_en": timezone.now()}
    Duda.objects.create(inscripcion=suya, unidad=unidad, texto=larga, **datos)
    pagina = como(abrir(trabajador=False), integrante)
    fuera = []
    for ruta in DE_INTEGRANTE:
        assert pagina.goto(ruta).status == 200, ruta
        for ancho, letra in ((180, ""), (320, "k-letra-mas-grande")):
            pagina.set_viewport_size({"width": ancho, "height": 640})
            lleno = pagina.evaluate(
                "letra => (document.documentElement.className = letra, document.documentElement.scrollWidth)", letra
            )
            fuera += [(ruta, letra, lleno)] if lleno > ancho else []
    assert not fuera
