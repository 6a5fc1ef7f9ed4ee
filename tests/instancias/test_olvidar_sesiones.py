"""Sessions that ended do not stay in the database; those that are open do, whichever the engine."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from instancias.tasks import olvidar_sesiones

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("motor", ["db", "cached_db"])
def test_sessions_that_ended_are_taken_away(settings, entrar, integrante, integrante_de_b, motor):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{motor}"
    abierta, vieja = entrar(integrante), entrar(integrante_de_b)
    ayer = timezone.now() - datetime.timedelta(days=1)
    Session.objects.filter(session_key=vieja.session.session_key).update(expire_date=ayer)

    olvidar_sesiones()

    assert [una.session_key for una in Session.objects.all()] == [abierta.session.session_key]
    assert abierta.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
