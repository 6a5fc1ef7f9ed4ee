"""The demonstration leaves requests about data, and leaving them again changes nothing."""

import pytest
from django.utils import timezone

from cms.demo.pedidos import dejar_pedidos
from instancias.models import PedidoDeDatos

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_two_people_ask_once_and_one_term_is_near(integrante, integrante_de_b):
    for _vez in range(2):
        dejar_pedidos(timezone.now())
    primero, segundo = PedidoDeDatos.objects.order_by("vence_el")
    assert (primero.clase, segundo.clase) == ("rectificacion", "acceso")
    assert primero.vence_el < segundo.vence_el
