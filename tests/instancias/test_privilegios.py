"""Rights over others from the panel: who gives them, who takes them away, and the list that is signed."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.acceso.services import factores
from instancias.consultas import privilegios as consulta
from instancias.models import Alcance, LineaDeRastro, RevisionDePrivilegios, Territorio
from instancias.politica import alcance_de
from instancias.services import privilegios
from instancias.views import privilegios as vistas
from marco.errores import ErrorDeDominio
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez

pytestmark = pytest.mark.django_db
LISTA = reverse("kuska_instancias:privilegios")
DAR = reverse("kuska_instancias:dar_alcance")
HOY = datetime.date(2026, 11, 23)
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)


def codigo_al(acto, **campos):
    with pytest.raises(ErrorDeDominio) as error:
        acto(**campos)
    return error.value.codigo


def dar(cuenta, por, ubigeo=gente.DISTRITO_B, desde=HOY, hasta=None):
    return privilegios.dar_alcance(
        cuenta=cuenta, territorio=Territorio.objects.get(pk=ubigeo), desde=desde, hasta=hasta, por=por, ahora=AHORA
    )


def test_a_territory_below_is_given_with_its_days_and_noted(coordinadora_a, cem_provincial):
    dado = dar(coordinadora_a, cem_provincial, hasta=HOY + datetime.timedelta(days=30))

    assert alcance_de(coordinadora_a, hoy=HOY).cubre(gente.DISTRITO_B)
    assert not alcance_de(coordinadora_a, hoy=HOY + datetime.timedelta(days=31)).cubre(gente.DISTRITO_B)
    assert dar(coordinadora_a, cem_provincial, hasta=dado.hasta) == dado  # twice is once
    linea = ModelLogEntry.objects.get(action="instancias.dar_alcance")
    assert (linea.user, linea.data["territorio"]) == (cem_provincial, gente.DISTRITO_B)


def test_nobody_gives_their_own_nor_at_or_above_their_reach(
    coordinadora_a, coordinador_b, cem_provincial, administradora
):
    for cuenta, por, ubigeo in [
        (cem_provincial, cem_provincial, gente.DISTRITO_A),
        (coordinadora_a, cem_provincial, gente.PROVINCIA),
        (coordinadora_a, cem_provincial, "10"),
        (coordinador_b, coordinadora_a, gente.DISTRITO_A),
        (administradora, cem_provincial, gente.DISTRITO_A),
        (administradora, administradora, gente.DISTRITO_A),
    ]:
        assert codigo_al(dar, cuenta=cuenta, por=por, ubigeo=ubigeo) == "no_le_toca"
    assert Alcance.objects.count() == 3


@pytest.mark.un_motor
@pytest.mark.parametrize(("desde", "hasta"), [(0, -1), (-10, -5), (0, 5000)])
def test_days_that_make_no_sense_are_told(coordinadora_a, cem_provincial, desde, hasta):
    dia = datetime.timedelta(days=1)
    dias = {"desde": HOY + desde * dia, "hasta": HOY + hasta * dia}
    assert codigo_al(dar, cuenta=coordinadora_a, por=cem_provincial, **dias) == "fechas"


def test_what_is_taken_away_is_away_at_once_and_its_sessions_are_closed(coordinadora_a, cem_provincial):
    cliente = Client()
    cliente.post(
        reverse("kuska_instancias:entrar"), {"identificador": "coordina-a", "clave": gente.CLAVE, "letras": "1"}
    )
    assert cliente.get("/panel/personas").status_code == 200
    suyo = coordinadora_a.alcances.get()

    assert privilegios.retirar_alcance(alcance_id=suyo.pk, por=cem_provincial, ahora=timezone.now())
    assert not privilegios.retirar_alcance(alcance_id=suyo.pk, por=cem_provincial, ahora=timezone.now())
    assert cliente.get("/panel/personas").status_code == 302
    assert not alcance_de(coordinadora_a, hoy=timezone.localdate())


def test_who_is_not_above_takes_nothing_away(coordinadora_a, coordinador_b, cem_provincial):
    for alcance, por in [
        (coordinadora_a, coordinador_b),
        (cem_provincial, coordinadora_a),
        (cem_provincial, cem_provincial),
    ]:
        numero = alcance.alcances.get().pk
        assert codigo_al(privilegios.retirar_alcance, alcance_id=numero, por=por, ahora=AHORA) == "no_le_toca"


def test_who_also_holds_something_wider_is_not_under_a_province(territorio, cem_provincial):
    otra = gente.crear_coordinacion("region", "10")
    Alcance.objects.create(cuenta=otra, territorio_id=gente.DISTRITO_A, desde=gente.DESDE)
    numero = otra.alcances.get(territorio_id=gente.DISTRITO_A).pk

    assert codigo_al(privilegios.retirar_alcance, alcance_id=numero, por=cem_provincial, ahora=AHORA) == "no_le_toca"


def test_a_group_is_taken_away_by_who_administers_and_by_no_other(capacitadora, administradora, cem_provincial):
    grupo = capacitadora.groups.get()
    assert (
        codigo_al(privilegios.retirar_grupo, cuenta=capacitadora, grupo=grupo, por=cem_provincial, ahora=AHORA)
        == "no_le_toca"
    )

    assert privilegios.retirar_grupo(cuenta=capacitadora, grupo=grupo, por=administradora, ahora=AHORA)
    assert not privilegios.retirar_grupo(cuenta=capacitadora, grupo=grupo, por=administradora, ahora=AHORA)
    assert not capacitadora.groups.exists()


# On the panel.


def test_from_the_panel_by_name_or_by_document(entrar, cem_provincial, coordinadora_a, integrante):
    cliente = entrar(cem_provincial)
    datos = {"territorio": "Luyando", "desde": timezone.localdate().isoformat(), "hasta": ""}
    assert cliente.post(DAR, {**datos, "quien": "coordina-a"}).url == LISTA
    assert cliente.post(DAR, {**datos, "quien": "4000 0001"}).url == LISTA
    assert Alcance.objects.filter(territorio_id=gente.DISTRITO_B).count() == 2
    pagina = cliente.get(LISTA).text
    assert "coordina-a" in pagina and "administra" not in pagina


@pytest.mark.parametrize(
    ("quien", "lugar", "dice"),
    [
        ("administra", "Luyando", "No hay una cuenta «administra» en su territorio."),
        ("nadie", "Luyando", "No hay una cuenta «nadie» en su territorio."),
        ("coordina-a", "Leoncio Prado", "Ese territorio no está entre los que puede dar."),
        ("coordina-a", "", "Escriba el territorio."),
    ],
)
def test_what_cannot_be_given_is_told_and_kept(
    entrar, territorio, cem_provincial, coordinadora_a, administradora, quien, lugar, dice
):
    respuesta = entrar(cem_provincial).post(DAR, {"quien": quien, "territorio": lugar, "desde": "2026-11-23"})
    assert dice in respuesta.text and f'value="{quien}"' in respuesta.text


@pytest.mark.un_motor
def test_a_second_step_that_was_lost_is_taken_away_from_the_panel(entrar, cem_provincial, coordinadora_a):
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=timezone.now())
    ruta = reverse("kuska_instancias:quitar_factor_ajeno", args=[coordinadora_a.pk])
    cliente = entrar(cem_provincial)
    assert "Escriba por qué se quita." in cliente.post(ruta, {"motivo": ""}).text
    assert cliente.post(ruta, {"motivo": "Perdió su hoja"}).url == LISTA
    assert not factores.factores_de(coordinadora_a).exists()


# The list that is signed.


def ver(por):
    return privilegios.huella_de(privilegios.por_firmar(por=por, ahora=AHORA))


def test_the_list_has_everybody_with_rights_and_costs_the_same(
    administradora, capacitadora, cem_provincial, presupuesto
):
    alcance = alcance_de(administradora, hoy=HOY)

    def leer():
        return consulta.listar(por=administradora, alcance=alcance, ahora=AHORA)

    with presupuesto(6) as pocas:
        assert {una.cuenta.get_username() for una in leer()} == {"administra", "capacitadora", "cem"}
    for n in range(8):
        gente.crear_coordinacion(f"otra-{n}", gente.DISTRITO_A)
    with presupuesto(pocas.contadas):
        assert len(leer()) == 11


def test_signing_keeps_what_was_seen_and_nothing_of_it_changes(administradora, cem_provincial):
    una = privilegios.firmar_revision(vista=ver(administradora), por=administradora, ahora=AHORA)
    gente.crear_coordinacion("nueva", gente.DISTRITO_A)
    dos = privilegios.firmar_revision(vista=ver(administradora), por=administradora, ahora=AHORA)

    assert [fila["usuario"] for fila in una.listado] == ["administra", "cem"]
    assert len(dos.listado) == 3 and dos.anterior == una.huella
    for acto in (
        una.save,
        una.delete,
        RevisionDePrivilegios.objects.all().delete,
        lambda: RevisionDePrivilegios.objects.update(listado=[]),
    ):
        with pytest.raises(TypeError, match="signed"):
            acto()
    assert all(privilegios.esta_entera(RevisionDePrivilegios.objects.get(pk=uno.pk)) for uno in (una, dos))
    RevisionDePrivilegios._base_manager.filter(pk=una.pk).update(listado=[])
    assert not privilegios.esta_entera(RevisionDePrivilegios.objects.get(pk=una.pk))


def test_a_list_that_changed_meanwhile_is_not_signed(administradora, cem_provincial):
    vista = ver(administradora)
    gente.crear_coordinacion("nueva", gente.DISTRITO_A)
    assert codigo_al(privilegios.firmar_revision, vista=vista, por=administradora, ahora=AHORA) == "cambio"
    assert codigo_al(privilegios.firmar_revision, vista=vista, por=cem_provincial, ahora=AHORA) == "no_le_toca"


def test_it_is_told_when_it_is_due_and_not_after_it_was_signed(
    entrar, administradora, cem_provincial, django_capture_on_commit_callbacks
):
    cliente = entrar(administradora)
    assert "Cuentas (por revisar)" in cliente.get("/panel/personas").text
    assert "Revisar y firmar" in cliente.get("/admin/").text
    assert "por revisar" not in entrar(cem_provincial).get("/panel/personas").text

    vista = cliente.get(LISTA).context["vista"]
    with django_capture_on_commit_callbacks(execute=True):
        assert cliente.post(reverse("kuska_instancias:firmar_privilegios"), {"vista": vista}).url == LISTA
    pagina = cliente.get(LISTA).text
    assert "por revisar" not in pagina
    firmada = RevisionDePrivilegios.objects.get()
    assert (
        "Está como se firmó."
        in cliente.get(reverse("kuska_instancias:revision_de_privilegios", args=[firmada.pk])).text
    )
    assert consulta.toca_revisar(ahora=timezone.now() + datetime.timedelta(days=183))


@pytest.mark.un_motor
def test_a_long_list_is_signed_where_it_ends_as_it_began_to_be_read(entrar, territorio, administradora, monkeypatch):
    monkeypatch.setattr(vistas, "POR_PAGINA", 2)
    for n in range(2):
        gente.crear_coordinacion(f"otra-{n}", gente.DISTRITO_A)
    cliente, firmar = entrar(administradora), reverse("kuska_instancias:firmar_privilegios")
    primera = cliente.get(LISTA)
    assert "Página 1 de 2" in primera.text and firmar not in primera.text and "otra-1" not in primera.text
    siguiente = re.search(r'href="(\?[^"]*pagina=2)"', primera.text)[1].replace("&amp;", "&")
    ultima = cliente.get(f"{LISTA}{siguiente}")
    assert "otra-1" in ultima.text and ultima.context["vista"] == primera.context["vista"]
    assert LineaDeRastro.objects.filter(pantalla="kuska_instancias:privilegios", persona=None, cuantas=1).count() == 2
    gente.crear_coordinacion("aaa", gente.DISTRITO_A)  # on the page that was read already
    cliente.post(firmar, {"vista": cliente.get(f"{LISTA}{siguiente}").context["vista"]})
    assert not RevisionDePrivilegios.objects.exists()
    cliente.post(firmar, {"vista": cliente.get(LISTA).context["vista"]})
    assert RevisionDePrivilegios.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_follow_each_other(administradora):
    vista = ver(administradora)
    salidas = a_la_vez(
        *[lambda: privilegios.firmar_revision(vista=vista, por=administradora, ahora=timezone.now())] * 3
    )
    assert not [uno for uno in salidas if isinstance(uno, Exception)], salidas
    huellas = list(RevisionDePrivilegios.objects.order_by("pk").values_list("anterior", "huella"))
    assert [anterior for anterior, _h in huellas] == ["", huellas[0][1], huellas[1][1]]


@pytest.mark.un_motor
def test_of_a_new_site_nobody_says_that_months_went_by(entrar, administradora, territorio):
    oficina = entrar(administradora)
    assert "Pasaron seis meses" not in oficina.get("/panel/privilegios").text
    assert "Toca revisar esta lista" in oficina.get("/panel/privilegios").text
    portada = oficina.get("/admin/").text
    assert "Pasaron seis meses" not in portada
    assert "Toca revisar quién puede hacer qué" in portada
