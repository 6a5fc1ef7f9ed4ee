"""Two at the same moment at the door, with real threads on a real database."""

import pytest
from django.utils import timezone

from instancias.models import Persona
from instancias.services.enlaces import EnlaceError, consumir_enlace, crear_enlace
from tests.evaluaciones.test_a_la_vez import a_la_vez

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 6


@pytest.mark.parametrize("con_cuenta", [True, False])
def test_two_touches_of_one_link_let_one_in(integrante, coordinadora_a, con_cuenta):
    if not con_cuenta:
        Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
    for _vez in range(VECES if con_cuenta else 1):
        persona = Persona.objects.get(pk=integrante.pk)
        token = crear_enlace(persona=persona, por=coordinadora_a, ahora=timezone.now()).token
        salidas = a_la_vez(*[lambda token=token: consumir_enlace(token=token, ahora=timezone.now())] * 2)
        assert sorted(isinstance(salida, EnlaceError) for salida in salidas) == [False, True], salidas
