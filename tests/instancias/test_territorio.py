"""Loading the territory: codes, aliases, tables and the seats of the norm."""

from __future__ import annotations

import io

import pytest
import yaml
from django.core.management import call_command
from django.db import IntegrityError

from cms.management.commands.cargar_territorio import PILOTO
from instancias.models import Asiento, Instancia, Territorio, TipoDeAsiento
from instancias.services.territorio import cargar_territorio

RENIEC_QUE_DIFIERE = {"100604": "090606", "100605": "090604", "100606": "090605"}


def test_the_province_has_ten_districts_with_their_own_alias(provincia):
    distritos = Territorio.objects.distritos()
    assert distritos.count() == 10
    alias = dict(distritos.values_list("ubigeo", "codigo_reniec"))
    assert {codigo: alias[codigo] for codigo in RENIEC_QUE_DIFIERE} == RENIEC_QUE_DIFIERE
    assert len(set(alias.values())) == 10
    assert all(distritos.values_list("capital", flat=True))
    assert all(distrito.contorno for distrito in distritos)


def test_each_table_gets_the_seats_of_its_article(provincia):
    assert Instancia.objects.propias().filter(nivel="distrital").count() == 10
    provincial = Asiento.objects.filter(instancia__nivel="provincial").values_list("tipo__codigo", flat=True)
    assert list(provincial).count("IPC-06") == 3
    assert "IPC-09" not in provincial  # only where the organisation exists
    assert not Asiento.objects.filter(tipo__codigo="IDC-04").exists()  # nor two vacant seats where no centre exists
    assert (
        TipoDeAsiento.objects.filter(preside=True)
        .values_list("articulo", flat=True)
        .order_by("articulo")
        .distinct()
        .count()
        == 2
    )
    assert TipoDeAsiento.objects.get(codigo="IDC-08").maximo == 2
    assert TipoDeAsiento.objects.get(codigo="IPC-08").maximo is None


def test_a_place_says_how_many_seats_its_ordinance_reads(provincia):
    datos = yaml.safe_load(PILOTO.read_text(encoding="utf-8"))
    datos["instancias"]["topes"] = {"IDC-05": 3, "IPC-06": 1}
    cargar_territorio(datos=datos)
    topes = dict(TipoDeAsiento.objects.values_list("codigo", "maximo"))
    assert (topes["IDC-05"], topes["IPC-09"], topes["IPC-06"]) == (3, 1, 3)  # never fewer than the norm asks for


def test_loading_twice_changes_nothing(provincia):
    antes = (Territorio.objects.count(), Instancia.objects.count(), Asiento.objects.count())
    call_command("cargar_territorio", stdout=io.StringIO())
    assert (Territorio.objects.count(), Instancia.objects.count(), Asiento.objects.count()) == antes


def test_a_district_may_be_served_by_the_provincial_table_by_a_switch_of_the_data(provincia):
    datos = yaml.safe_load(PILOTO.read_text(encoding="utf-8"))
    datos["instancias"]["atendidas"] = ["100601"]
    cargar_territorio(datos=datos)
    rupa_rupa = Instancia.objects.get(territorio_id="100601")
    assert not rupa_rupa.es_propia
    assert rupa_rupa.atendida_por.nivel == "provincial"
    assert Instancia.objects.propias().filter(nivel="distrital").count() == 9


def test_the_database_refuses_a_code_of_the_wrong_level(db):
    with pytest.raises(IntegrityError):
        Territorio.objects.create(ubigeo="100601", nivel="provincia", nombre="Mal")
