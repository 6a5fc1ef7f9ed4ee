"""A database that came back by its journal, and not from a copy of ours, is another installation all the same."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from instancias.models import Persona
from marco.models import Instalacion, Latido
from marco.respaldo.archivado import exigir_que_termine_de_leer
from marco.respaldo.errores import ErrorDeRespaldo
from marco.respaldo.vuelta import ultima_vuelta
from marco.services.latir import latir
from marco.version_de_la_base import exigir_base_conocida

pytestmark = [pytest.mark.un_motor, pytest.mark.usefixtures("sin_migrar_en_vano")]


def test_of_a_database_that_came_back_by_another_way_is_made_another_installation(aula, capsys):
    latir(clave=Latido.RELOJ, ahora=(hasta := timezone.now() - datetime.timedelta(minutes=9)))
    antes, _hecha = Instalacion.objects.get().identidad, Session.objects.create(session_key="x" * 32, expire_date=hasta)
    with mock.patch("marco.respaldo.sqlite.Sqlite.exigir_que_nadie_escriba"):
        call_command("restaurar", "--ya-repuesta")
    assert Instalacion.objects.get().identidad != antes and not Session.objects.exists()
    vuelta = ultima_vuelta()
    assert vuelta is not None and vuelta.de == hasta.replace(microsecond=0), "what came later is not here"
    assert Persona.objects.count() == 2 and storages["privado"].exists("certificados/2026/uno.pdf")
    assert "Se cerraron todas las sesiones (1)" in capsys.readouterr().out


def test_where_nothing_came_back_nothing_is_made(aula):
    nada = mock.patch("marco.respaldo.volver.hay_datos", return_value=False)
    with nada, pytest.raises(CommandError, match="repóngala primero"):
        call_command("restaurar", "--ya-repuesta")
    exigir_base_conocida()


def test_a_server_that_still_reads_its_journal_is_waited_for(aula):
    dichas: list[str] = []
    with mock.patch("marco.respaldo.archivado._lee_su_diario", side_effect=[True, True, False]):
        exigir_que_termine_de_leer(decir=dichas.append, espera=30)
    assert len(dichas) == 1 and "todavía lee su diario" in dichas[0]
    siempre = mock.patch("marco.respaldo.archivado._lee_su_diario", return_value=True)
    with siempre, pytest.raises(ErrorDeRespaldo, match="espere unos minutos y repita"):
        exigir_que_termine_de_leer(decir=dichas.append, espera=0)
