"""The panel when things are not as they were: scopes, places, tables and people that change while it is kept drawn."""

from __future__ import annotations

import datetime
import logging

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from instancias.models import Alcance, Instancia, Membresia, Persona, Territorio
from instancias.politica import alcance_de
from seguimiento.services.recordatorios import anotar_recordatorio
from tests.seguimiento import factories as f
from tests.seguimiento.test_panel_dibujado import HOY, PAGINAS, comprobar, entrar_como_la_provincia, montar


@pytest.mark.django_db
class TestDeLoQueSale:
    """What the panel must hold when things are not as they were."""

    def test_who_lost_the_scope_today_sees_nothing_of_it_in_a_tab_that_was_open(self, caplog):
        caplog.set_level(logging.CRITICAL, logger="django.request")
        montar()
        cliente = entrar_como_la_provincia()
        assert cliente.get("/panel").status_code == 200
        Alcance.objects.update(hasta=HOY() - datetime.timedelta(days=1))
        respuesta = cliente.get("/panel")
        assert respuesta.status_code != 200 or f.A not in respuesta.content.decode()

    def test_who_keeps_a_district_only_never_gets_the_province_that_was_drawn(self):
        montar()
        cliente = entrar_como_la_provincia()
        assert f"/panel/distrito/{f.B}" in cliente.get("/panel").content.decode()
        Alcance.objects.update(territorio_id=f.A)
        assert f"/panel/distrito/{f.B}" not in cliente.get("/panel").content.decode()
        comprobar(cliente, "/panel")

    def test_a_district_that_is_created_later_is_there_at_once(self):
        montar()
        cliente = entrar_como_la_provincia()
        comprobar(cliente, "/panel")
        Territorio.objects.create(ubigeo="100699", nivel="distrito", nombre="Distrito nuevo")
        comprobar(cliente, "/panel")
        Instancia.objects.create(nivel="distrital", territorio_id="100699")
        assert "Distrito nuevo" in cliente.get("/panel").content.decode()
        comprobar(cliente, "/panel")

    def test_a_table_that_goes_under_another_code_takes_its_people_along(self):
        montar()
        cliente = entrar_como_la_provincia()
        comprobar(cliente, "/panel", PAGINAS[1])
        Territorio.objects.create(ubigeo="100698", nivel="distrito", nombre="Con otro código")
        Instancia.objects.filter(territorio_id=f.A).update(territorio_id="100698")
        comprobar(cliente)

    def test_people_of_a_list_are_there_as_soon_as_it_is_confirmed(self):
        edicion = montar()
        cliente = entrar_como_la_provincia()
        comprobar(cliente)
        asientos = [f.crear_asiento(f.B, "T-06", numero=uno) for uno in range(1, 5)]
        nuevas = [f.crear_persona(f"Persona {uno}") for uno in range(4)]
        Membresia.objects.bulk_create(
            Membresia(persona=una, asiento=uno, calidad="titular", desde=HOY())
            for una, uno in zip(nuevas, asientos, strict=True)
        )
        comprobar(cliente)
        for una in nuevas:
            f.inscribir(una, edicion, creada=0)
        comprobar(cliente)

    def test_two_registers_that_become_one_are_told_once_at_once(self):
        montar()
        cliente = entrar_como_la_provincia()
        comprobar(cliente)
        una, otra = (
            Persona.objects.filter(membresias__asiento__instancia__territorio__in=[f.A, f.B])
            .distinct()
            .order_by("pk")[:2]
        )
        Membresia.objects.filter(persona=otra).update(persona=una)
        Persona.objects.filter(pk=otra.pk).update(activa=False, absorbida_por=una)
        comprobar(cliente)

    def test_saying_that_somebody_was_told_hides_the_row_on_the_next_page(self):
        montar()
        cliente = entrar_como_la_provincia()
        cuenta = get_user_model().objects.get(pk=cliente.session["_auth_user_id"])
        (fila, *_demas) = cliente.get("/panel/recordar").context["filas"]
        alcance = alcance_de(cuenta, hoy=HOY())
        anotar_recordatorio(motivo=fila.motivo, persona=fila.id, alcance=alcance, por=cuenta, ahora=timezone.now())
        assert fila.id not in [una.id for una in cliente.get("/panel/recordar").context["filas"]]
        comprobar(cliente)
