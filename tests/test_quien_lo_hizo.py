"""Who did something is said by their name, as who reads it knows them; that of their account is for the door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instancias.models import PedidoDeDatos
from tests import gente

RAIZ = Path(__file__).resolve().parents[1]
CUENTA = r"[\w.]*\b(?:por|emitido_por|creado_por|dada_por|retirada_por|subida_por)\b"
# «{{ acto.por }}» and «with quien=acto.por»: the account as it comes.
CRUDA = re.compile(rf"(?:\{{\{{ |=)({CUENTA})(?=\||\s)")


@pytest.mark.un_motor
def test_no_template_shows_the_name_of_an_account_where_there_is_one_of_a_person():
    halladas = [
        f"{ruta.relative_to(RAIZ)}: {cruda[1]}"
        for ruta in (RAIZ / "templates").rglob("*.html")
        for cruda in CRUDA.finditer(ruta.read_text(encoding="utf-8"))
    ]
    assert halladas == []


@pytest.mark.un_motor
def test_an_answer_says_who_gave_it(integrante, entrar):
    cuenta = gente.crear_coordinacion("c-0091", gente.DISTRITO_A, first_name="Carla", last_name="Soto Meza")
    cliente = entrar(cuenta)
    cliente.post(f"/panel/personas/{integrante.pk}/pedido", {"clase": "acceso"})
    pedido = PedidoDeDatos.objects.get()
    pagina = cliente.get(f"/panel/pedidos/{pedido.pk}").text
    assert "Carla Soto Meza" in pagina and "c-0091" not in pagina
