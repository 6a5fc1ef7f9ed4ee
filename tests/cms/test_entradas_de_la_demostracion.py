"""The demonstration prints only doors that open."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cms.demo.cuentas import PERSONAL, dar_clave, hacer_entrar
from cms.demo.datos import entradas
from instancias.models import Persona
from tests import gente

pytestmark = pytest.mark.django_db


def test_only_who_was_given_a_key_is_printed(territorio, monkeypatch) -> None:
    nadie = make_password("una clave que nadie sabe")
    monkeypatch.setattr("cms.demo.cuentas._clave_de_nadie", lambda: nadie)
    for n in range(1, 4):
        persona = gente.crear_integrante(f"9999000{n}", "Ana", f"Ramos {n}")
        hacer_entrar(persona=persona, por=None, ahora=timezone.now())
    con_clave = Persona.objects.get(documento="99990002")
    dar_clave(persona=con_clave, ahora=timezone.now())
    impresas = [entrada for entrada in entradas() if entrada.usuario.startswith("9999")]
    assert [entrada.usuario for entrada in impresas] == ["99990002"]
    con_clave.cuenta.refresh_from_db()
    assert con_clave.cuenta.check_password(impresas[0].clave)
    assert len(entradas()) == 1 + len(PERSONAL)
