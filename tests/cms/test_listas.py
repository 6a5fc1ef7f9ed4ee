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


@pytest.mark.parametrize("quien", ["administradora", "coordinadora_a"])
@pytest.mark.parametrize("lista", ["inscripcion", "avance", "intento", "respuesta"])
def test_a_list_costs_the_same_with_many_rows(entrar, request, llenar, quien, lista):
    cuenta = request.getfixturevalue(quien)
    cuenta.user_permissions.add(Permission.objects.get(codename="access_admin"))
    cliente = entrar(cuenta)

    def sentencias() -> int:
        with CaptureQueriesContext(connection) as captura:
            assert cliente.get(reverse(f"{lista}:index")).status_code == 200
        return len(captura)

    llenar(1, 2)
    sentencias()
    pocas = sentencias()
    llenar(*range(3, 20))
    assert sentencias() == pocas
