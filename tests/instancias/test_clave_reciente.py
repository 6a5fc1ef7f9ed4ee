"""What reaches many people asks for the key again when it was typed long ago, and nothing that was sent is lost."""

from __future__ import annotations

import ast
import datetime
import re
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from instancias.models import Alcance, EnlaceDeAcceso, LineaDeRastro
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from tests.gente import CLAVE, DESDE, DISTRITO_A
from tests.seguimiento.factories import abrir, ambito, crear_asiento, crear_curso

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
INICIO = datetime.datetime(2026, 3, 2, 13, 0, tzinfo=datetime.UTC)
CONFIRMAR = reverse("kuska_instancias:confirmar_clave")
PIDE = "Confirme su clave"


@pytest.fixture
def reloj():
    with time_machine.travel(INICIO, tick=False) as uno:
        yield uno


@pytest.fixture
def al_rato(reloj, entrar):
    """A session opened forty minutes ago, and in use."""

    def abrir(quien):
        cliente = entrar(quien)
        for _vez in range(2):
            reloj.shift(20 * 60)
            assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
        return cliente

    return abrir


@pytest.mark.parametrize(
    "direccion", ["/panel/avance.xlsx?al=2026-03-01", "/panel/invitar", "/panel/certificados/descarga?q=a"]
)
def test_a_page_asks_and_goes_on_where_it_was(al_rato, cem_provincial, direccion):
    cliente = al_rato(cem_provincial)
    respuesta = cliente.get(direccion)
    assert respuesta.url == f"{CONFIRMAR}?next={quote(direccion, safe='')}"
    pagina = cliente.get(respuesta.url)
    assert PIDE in pagina.text and "no-store" in pagina["Cache-Control"]

    mala = cliente.post(CONFIRMAR, {"k_clave": "otra", "next": direccion})
    assert "La clave de ahora no coincide." in mala.text
    assert cliente.get(direccion).url.startswith(CONFIRMAR)
    buena = cliente.post(CONFIRMAR, {"k_clave": CLAVE, "next": direccion})
    assert buena.url == direccion
    abierta = cliente.get(direccion)
    assert not abierta.get("Location", "").startswith(CONFIRMAR)
    abierta.close()


def test_a_form_asks_in_its_place_and_what_it_sent_goes_on(al_rato, cem_provincial, integrante):
    integrante.cuenta.delete()
    cliente = al_rato(cem_provincial)
    direccion = reverse("kuska_instancias:persona_enlace", args=[integrante.pk])
    pedida = cliente.post(direccion, {"volver": "/panel/personas?q=ñandú"})
    assert PIDE in pedida.text and f'action="{direccion}"' in pedida.text
    assert '<input type="hidden" name="volver" value="/panel/personas?q=ñandú">' in pedida.text
    assert not EnlaceDeAcceso.objects.exists()

    hecha = cliente.post(direccion, {"volver": "/panel/personas?q=ñandú", "k_clave": CLAVE})
    assert hecha.status_code == 302 and "volver=" in hecha.url
    assert EnlaceDeAcceso.objects.count() == 1


def test_a_wrong_key_does_nothing_and_too_many_wait(al_rato, cem_provincial, integrante):
    cliente = al_rato(cem_provincial)
    direccion = reverse("kuska_instancias:invitar_a", args=[integrante.pk])
    for _vez in range(8):
        respuesta = cliente.post(direccion, {"k_clave": "otra"})
        assert PIDE in respuesta.text
    assert "Por seguridad, espere" in cliente.post(direccion, {"k_clave": CLAVE}).text
    assert not EnlaceDeAcceso.objects.exists()


def test_once_for_a_sitting(reloj, al_rato, cem_provincial):
    cliente = al_rato(cem_provincial)
    cliente.post(CONFIRMAR, {"k_clave": CLAVE})
    reloj.shift(29 * 60)
    assert cliente.get("/panel/invitar").status_code == 200
    reloj.shift(60)
    assert cliente.get("/panel/invitar").url.startswith(CONFIRMAR)


def test_rights_are_given_with_the_key(al_rato, administradora, coordinadora_a):
    jefa = al_rato(administradora)
    alta, lista = reverse("alcance:add"), reverse("alcance:index")
    assert jefa.get(lista).status_code == 200
    for direccion in (alta, reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[1])):
        assert jefa.get(direccion).get("Location", CONFIRMAR).startswith(CONFIRMAR)
    datos = {"cuenta": coordinadora_a.pk, "territorio": DISTRITO_A, "rol": "coordinacion", "desde": DESDE.isoformat()}
    Alcance.objects.all().delete()
    assert PIDE in jefa.post(alta, datos).text and not Alcance.objects.exists()
    assert jefa.post(alta, {**datos, "k_clave": CLAVE}).status_code == 302
    assert Alcance.objects.get().cuenta == coordinadora_a


@pytest.mark.parametrize("acto", ["assign_role", "set_active_state", "delete"])
def test_also_over_many_accounts_at_once(al_rato, administradora, coordinadora_a, acto):
    jefa = al_rato(administradora)
    cual = coordinadora_a._meta
    direccion = reverse("wagtail_bulk_action", args=[cual.app_label, cual.model_name, acto])
    lote = f"{direccion}?id={coordinadora_a.pk}"
    datos = {"role": Group.objects.create(name="Jefatura").pk, "mark_as_active": "False"}
    assert PIDE in jefa.post(lote, datos).text
    coordinadora_a.refresh_from_db()
    assert coordinadora_a.is_active and not coordinadora_a.groups.filter(name="Jefatura").exists()
    assert PIDE not in jefa.post(lote, {**datos, "k_clave": CLAVE}).text
    quedo = type(coordinadora_a).objects.filter(pk=coordinadora_a.pk, is_active=True, groups__name="Jefatura").exists()
    assert quedo is (acto == "assign_role")


def test_whoever_has_no_reach_is_not_even_asked(al_rato, integrante, cem_provincial):
    cliente = al_rato(integrante)
    assert cliente.get("/panel/avance.xlsx").status_code == 404
    assert cliente.get(CONFIRMAR).status_code == 404


def test_also_over_what_a_group_may_do(al_rato, administradora, integrante):
    jefa = al_rato(administradora)
    grupo = Group.objects.create(name="Jefatura")
    cambio = reverse("wagtailusers_groups:edit", args=[grupo.pk])
    assert jefa.get(reverse("wagtailusers_groups:index")).status_code == 200
    for direccion in (
        cambio,
        reverse("wagtailusers_groups:add"),
        reverse("wagtailusers_groups:delete", args=[grupo.pk]),
    ):
        assert jefa.get(direccion).url.startswith(CONFIRMAR)
    assert PIDE in jefa.post(cambio, {"name": "Otra"}).text
    assert PIDE in jefa.post(reverse("wagtailusers_groups:delete", args=[grupo.pk])).text
    assert Group.objects.get(pk=grupo.pk).name == "Jefatura"
    # Whoever may not is refused, not asked.
    assert not al_rato(integrante).get(cambio).url.startswith(CONFIRMAR)


def listas_del_editor():
    """Every address of the editor that may leave as a file, by the class that draws it."""

    def mirar(patrones, espacio):
        for uno in patrones:
            if hasattr(uno, "url_patterns"):
                yield from mirar(uno.url_patterns, [*espacio, uno.namespace] if uno.namespace else espacio)
            elif (clase := getattr(uno.callback, "view_class", None)) and issubclass(clase, SpreadsheetExportMixin):
                yield ":".join([*espacio, uno.name]), clase

    return list(mirar(get_resolver().url_patterns, []))


def test_no_list_of_the_editor_leaves_as_a_file_without_the_key(al_rato, administradora):
    jefa = al_rato(administradora)
    miradas = 0
    for nombre, clase in listas_del_editor():
        # Whoever writes its file in another way would ask nothing.
        assert clase.as_spreadsheet is SpreadsheetExportMixin.as_spreadsheet, nombre
        try:
            direccion = reverse(nombre)
        except NoReverseMatch:  # of one register: the same class writes it
            continue
        for formato in ("csv", "xlsx"):
            respuesta = jefa.get(f"{direccion}?export={formato}")
            if respuesta.status_code == 302 and respuesta.url == reverse("wagtailadmin_home"):
                continue  # nobody may take it out
            assert respuesta.status_code == 302 and respuesta.url.startswith(CONFIRMAR), (nombre, formato)
            miradas += 1
    assert miradas > 40

    direccion = reverse("wagtailadmin_reports:site_history") + "?export=csv"
    assert jefa.post(CONFIRMAR, {"k_clave": CLAVE, "next": direccion}).url == direccion
    archivo = jefa.get(direccion)
    assert archivo["Content-Type"] == "text/csv"
    archivo.close()


@pytest.mark.parametrize("formato", ["pdf", "xlsx"])
def test_an_acta_with_names_leaves_with_the_key_and_one_without_them_as_it_is(al_rato, cem_provincial, formato):
    abrir(crear_curso())
    crear_asiento(DISTRITO_A)
    de_un_distrito, por = ambito(DISTRITO_A).en(DISTRITO_A), {"por": cem_provincial}
    con, _nueva = hacer_acta(ambito=de_un_distrito, pedido=Pedido(uuid.uuid4(), asistentes=("Rosa Quispe",)), **por)
    sin, _nueva = hacer_acta(ambito=de_un_distrito, pedido=Pedido(uuid.uuid4()), **por)
    cliente = al_rato(cem_provincial)
    assert cliente.get(f"/panel/actas/{sin.pk}/{formato}").status_code == 200
    direccion = f"/panel/actas/{con.pk}/{formato}"
    # A link that says «download» would save, as a file, the page that asks.
    assert f'href="{direccion}">' in cliente.get(f"/panel/actas/{con.pk}").text
    assert cliente.get(direccion).url == f"{CONFIRMAR}?next={quote(direccion, safe='')}"
    assert not LineaDeRastro.objects.filter(acto="saco").exists()
    cliente.post(CONFIRMAR, {"k_clave": CLAVE, "next": direccion})
    assert cliente.get(direccion).status_code == 200


def test_no_list_of_people_leaves_our_pages_as_a_file_without_the_key():
    """Whatever view writes down that people were taken out asks for the key: above it, in it, or in those it serves."""
    raiz, miradas = Path(__file__).parents[2], 0
    for archivo in sorted(raiz.glob("[!.]*/**/views/**/*.py")):
        funciones = [una for una in ast.walk(ast.parse(archivo.read_text())) if isinstance(una, ast.FunctionDef)]
        cuerpos = {una.name: ast.unparse(una.body) for una in funciones}
        encima = {una.name: " ".join(map(ast.unparse, una.decorator_list)) for una in funciones}

        def pide(nombre, cuerpos=cuerpos, encima=encima):
            if "clave_reciente" in encima[nombre] or "al_enviar" in encima[nombre] or "pedir_clave(" in cuerpos[nombre]:
                return True
            sirve_a = [otra for otra, cuerpo in cuerpos.items() if f"{nombre}(" in cuerpo and otra != nombre]
            return nombre.startswith("_") and bool(sirve_a) and all(map(pide, sirve_a))

        sacan = [nombre for nombre, cuerpo in cuerpos.items() if "se_saco(" in cuerpo]
        assert [nombre for nombre in sacan if not pide(nombre)] == [], archivo.relative_to(raiz)
        miradas += len(sacan)
    assert miradas > 8


# What anybody may take without an account, and a file of the site's own.
SIN_PUERTA = ("{% static ", "'kuska_seguimiento:abiertos_", "'kuska_seguimiento:diccionario_csv'")


def test_no_link_saves_the_door_in_place_of_a_file():
    """A session ends while its page is open: with «download» in its link, the door would be saved as the file."""
    plantillas = (Path(__file__).parents[2] / "templates").rglob("*.html")
    enlaces = [uno for una in plantillas for uno in re.findall(r"<a\b[^>]*\sdownload\b[^>]*>", una.read_text())]
    assert enlaces and [uno for uno in enlaces if not any(permitida in uno for permitida in SIN_PUERTA)] == []
