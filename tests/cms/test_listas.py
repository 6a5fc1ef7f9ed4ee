"""The lists of the editor that only read cost the same with few rows and with many."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def llenar(territorio):
    """Write progress, attempts and answers of some people, each on a seat of their own."""
    version = f.crear_curso()
    edicion = f.abrir(version)
    pregunta = f.crear_pregunta(version)

    def personas(*numeros):
        for numero in numeros:
            persona = f.integrante(f.A, edicion, numero=numero, hechas=1)
            f.intentar(persona, version, aprobado=False, pregunta=pregunta)

    return personas


LISTAS = ("inscripcion", "avance", "intento", "respuesta")


def test_a_list_costs_the_same_with_many_rows(entrar, administradora, coordinadora_a, llenar):
    """To who sees all of them and to who sees those of a district."""
    clientes = {}
    for cuenta in (administradora, coordinadora_a):
        cuenta.user_permissions.add(Permission.objects.get(codename="access_admin"))
        clientes[cuenta.username] = entrar(cuenta)

    def sentencias(quien: str, lista: str) -> int:
        with CaptureQueriesContext(connection) as captura:
            assert clientes[quien].get(reverse(f"{lista}:index")).status_code == 200
        return len(captura)

    def todas() -> dict[tuple[str, str], int]:
        return {(quien, lista): sentencias(quien, lista) for quien in clientes for lista in LISTAS}

    llenar(1, 2)
    todas()
    pocas = todas()
    llenar(*range(3, 8))
    assert todas() == pocas
