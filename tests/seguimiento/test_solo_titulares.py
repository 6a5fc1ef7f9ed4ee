"""Who makes a seat complete: its titular or its alterno, or only its titular when the settings say so."""

from __future__ import annotations

import datetime
import uuid
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from certificados.models import DocumentoDeCifras
from instancias.models import Territorio
from seguimiento.consultas import asientos, distritos
from seguimiento.consultas.cifras import asientos_contados
from seguimiento.consultas.instancia import asientos_de_la_instancia
from seguimiento.models import BarraDeInstancia
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from seguimiento.services.exportar import escribir_avance
from seguimiento.services.instancias import revisar_instancias
from tests.certificados.factories import crear_plantilla
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_mapa_y_mosaico import CUADRADO

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def distrito(version, edicion):
    """Three seats of district A: the mayor trained, one whose alterno alone finished, one whose titular alone did."""
    crear_plantilla(version.curso)
    f.integrante(f.A, edicion, codigo="T-01", nombres="Alma", hechas=4)
    for codigo, del_titular, del_alterno in (("T-02", 1, 4), ("T-03", 4, 1)):
        asiento = f.crear_asiento(f.A, codigo)
        f.inscribir(f.sentar(asiento), edicion, hechas=del_titular)
        f.inscribir(f.sentar(asiento, calidad="alterno"), edicion, hechas=del_alterno)


def ajustar(**campos) -> None:
    barra = BarraDeInstancia.load()
    for campo, valor in campos.items():
        setattr(barra, campo, valor)
    barra.save()


def completos_en_cada_lugar(por) -> set[int]:
    """The figure as sums, lists, district, papers and file count it."""
    ambito = f.ambito()
    libro = BytesIO()
    escribir_avance(ambito=ambito, archivo=libro, por=por)
    resumen = {fila[0]: fila[1] for fila in load_workbook(libro)["Resumen"].iter_rows(values_only=True)}
    return {
        distritos.totales(ambito, distritos.instancias(ambito)).completos,
        asientos.listar(ambito, asientos.FILTROS["completos"]).count(),
        sum(uno.completo for uno in asientos_de_la_instancia(ambito.en(f.A), por_ayudar=[])),
        sum(uno.completo for uno in asientos_contados(ambito)),
        resumen["Asientos completos"],
    }


def test_every_place_counts_by_the_same_rule(distrito, admin_user):
    assert completos_en_cada_lugar(admin_user) == {3}
    ajustar(solo_titulares=True)
    assert completos_en_cada_lugar(admin_user) == {2}


@pytest.mark.un_motor
def test_the_panel_and_the_acta_say_the_rule_that_they_count_by(distrito, entrar, cem_provincial):
    cliente, del_titular = entrar(cem_provincial), "terminó su titular."
    for solo, en_el_panel, en_el_acta in (
        (False, "terminó cualquiera de los dos.", "su titular o su alterno/a."),
        (True, del_titular, del_titular),
    ):
        ajustar(solo_titulares=solo)
        assert f"El fondo verde dice que el asiento está completo: {en_el_panel}" in cliente.get("/panel").text
        acta, _nueva = hacer_acta(ambito=f.ambito(), pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)
        notas = [parrafo for una in acta.datos["papel"]["secciones"] for parrafo in una.get("parrafos", ())]
        assert any("Un asiento está completo cuando" in nota and en_el_acta in nota for nota in notas)


def test_what_was_certified_keeps_the_rule_of_its_day(distrito, entrar, coordinadora_a):
    cliente = entrar(coordinadora_a)
    ajustar(distrital=100)
    cliente.post(f"/panel/distrito/{f.A}/certificar")
    assert DocumentoDeCifras.objects.get().datos["cifras"]["solo_titulares"] is False
    ajustar(distrital=100, solo_titulares=True)
    assert revisar_instancias(ahora=timezone.now()) == []
    Territorio.objects.filter(pk=f.A).update(contorno=CUADRADO)
    assert "Rupa-Rupa: 3 de 5 terminaron. Certificada" in cliente.get("/panel/mapa").content.decode()


def test_with_the_setting_a_table_waits_for_its_titulares(distrito, entrar, coordinadora_a):
    ajustar(distrital=100, solo_titulares=True)
    dicho = entrar(coordinadora_a).post(f"/panel/distrito/{f.A}/certificar", follow=True).content.decode()
    assert "Le falta: Asiento T-02." in dicho
    assert not DocumentoDeCifras.objects.exists()


def test_a_comparison_says_that_the_rule_changed_and_that_day_is_counted_as_it_was(
    distrito, entrar, cem_provincial, edicion
):
    hoy = timezone.localdate()
    ambito = f.ambito(ahora=timezone.now() + datetime.timedelta(days=1))
    cierre, _nuevo = cerrar(ambito=ambito, al=hoy, por=cem_provincial)
    assert cierre.datos["cifras"]["total"]["completos"] == 3
    ajustar(solo_titulares=True)
    cliente = entrar(cem_provincial)
    con_hoy = cliente.get(f"/panel/cierres/{cierre.pk}/comparar").content.decode()
    assert "quién completa un asiento" in con_hoy and "Asiento T-02" in con_hoy
    ese_dia = cliente.get(f"/panel/cierres/{cierre.pk}/comparar?con=ese_dia").content.decode()
    assert "Las cifras son las mismas." in ese_dia
