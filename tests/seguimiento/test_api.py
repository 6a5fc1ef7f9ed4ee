"""The figures for other systems: those of the screen, for a key that works, and never a person."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from instancias.models import Alcance
from instancias.politica import AlcanceEfectivo, alcance_de
from seguimiento.consultas.lectores import Estado, filas_de, lectores_de
from seguimiento.models import Lector
from seguimiento.services import lectores
from seguimiento.services.cierres import cerrar
from seguimiento.services.lectores import LectorError, crear_lector, revocar_lector, usar_clave
from seguimiento.services.publicacion import publicar
from seguimiento.urls import RECURSOS
from seguimiento.views import comun
from tests import gente
from tests.seguimiento import factories as f
from tests.test_arquitectura import SALAS

DOCUMENTO = Path(__file__).resolve().parents[2] / "docs" / "api-v1.json"


def ayer() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


def clave_para(cuenta, ubigeo: str = f.PROVINCIA, **campos) -> str:
    hoy = timezone.localdate()
    datos = {"vence_el": hoy + datetime.timedelta(days=30), "operacion": uuid.uuid4(), "ahora": timezone.now()}
    alcance = alcance_de(cuenta, hoy=hoy)
    datos |= {"nombre": "Tablero", "ubigeo": ubigeo, "alcance": alcance, "por": cuenta}
    return crear_lector(**{**datos, **campos})[1]


def leer(clave: str, recurso: str, **pedido):
    return Client().get(f"/api/v1/{recurso}", pedido, headers={"authorization": f"Bearer {clave}"})


@pytest.mark.django_db
def test_it_says_of_two_days_what_the_screen_says(edicion, entrar, cem_provincial):
    """A district of four seats: on the first day one is complete; today two are, and one has nobody."""
    for n, dias in ((1, 30), (2, 2)):
        f.integrante(f.A, edicion, numero=n, hechas=4, dias=dias, nombres=f"Nombre{n}")
    f.integrante(f.A, edicion, numero=3, hechas=1)
    f.crear_asiento(f.A, numero=4)
    f.integrante(f.B, edicion)
    clave, hoy = clave_para(cem_provincial), timezone.localdate()
    antes = (hoy - datetime.timedelta(days=10)).isoformat()
    leidas = {}
    for al in (antes, hoy.isoformat()):
        pantalla = entrar(cem_provincial).get(f"/panel/distrito/{f.A}", {"al": al}).context["instancia"]
        cobertura = leer(clave, "cobertura", al=al).json()
        fila = next(una for una in cobertura["filas"] if una["ubigeo"] == f.A)
        assert cobertura["al"] == al
        leidas[al] = [fila[uno] for uno in ("asientos", "con_persona", "sin_persona", "completos")]
        de_pantalla = [pantalla.exigidos, pantalla.con_persona, pantalla.sin_persona, pantalla.completos]
        assert leidas[al] == de_pantalla
        total = entrar(cem_provincial).get("/panel", {"al": al}).context["total"]
        assert cobertura["total"]["asientos"] == total.asientos and cobertura["total"]["completos"] == total.completos
        sillas = [una for una in leer(clave, "asientos", al=al).json()["filas"] if una["ubigeo"] == f.A]
        assert [sum(una[uno] for una in sillas) for uno in ("ocupado", "completo")] == [leidas[al][1], leidas[al][3]]
    assert [una[3] for una in leidas.values()] == [1, 2]


@pytest.mark.django_db
def test_no_answer_names_a_person(edicion, cem_provincial):
    quien = f.integrante(f.A, edicion, hechas=4, dias=20, nombres="Hermelinda")
    ambito = f.ambito()
    cerrar(ambito=ambito, al=ambito.hoy - datetime.timedelta(days=3), por=cem_provincial)
    publicar(ambito=ambito, corte=ambito.hoy - datetime.timedelta(days=2))
    clave = clave_para(cem_provincial)
    for recurso in RECURSOS:
        respuesta = leer(clave, recurso)
        assert respuesta.status_code == 200 and respuesta["Cache-Control"] == "no-store"
        assert respuesta.json()["filas"]
        texto = respuesta.content.decode()
        assert not [uno for uno in ("Hermelinda", quien.documento, quien.celular, quien.apellidos) if uno in texto]
        assert "titular" not in texto


@pytest.mark.django_db
def test_a_key_reads_its_territory_and_nothing_else(edicion, cem_provincial):
    f.integrante(f.A, edicion)
    f.integrante(f.B, edicion)
    ambito = f.ambito()
    cerrar(ambito=ambito, al=ambito.hoy - datetime.timedelta(days=3), por=cem_provincial)
    clave = clave_para(cem_provincial, f.A)
    assert {una["ubigeo"] for una in leer(clave, "asientos").json()["filas"]} == {f.A}
    assert {una["ubigeo"] for una in leer(clave, "instancias").json()["filas"]} == {f.A}
    assert leer(clave, "cobertura").json()["total"]["asientos"] == 1
    assert leer(clave, "cierres").json()["filas"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("que_paso", "estado", "codigo"),
    [
        ("nada", 200, None),
        ("sin clave", 401, "sin_clave"),
        ("otra clave", 401, "no_sirve"),
        ("vencio", 401, "vencida"),
        ("revocada", 401, "revocada"),
        ("sin alcance", 403, "sin_alcance"),
        ("cuenta cerrada", 403, "sin_alcance"),
    ],
)
def test_a_key_that_ended_is_told_in_a_sentence(edicion, cem_provincial, que_paso, estado, codigo):
    f.integrante(f.A, edicion)
    clave = clave_para(cem_provincial)
    if que_paso == "sin clave":
        respuesta = Client().get("/api/v1/cobertura")
    else:
        if que_paso == "otra clave":
            clave = clave[:-1]
        elif que_paso == "vencio":
            Lector.objects.update(vence_el=ayer())
        elif que_paso == "revocada":
            alcance = AlcanceEfectivo((f.PROVINCIA,))
            lector = Lector.objects.get()
            revocar_lector(lector_id=lector.pk, alcance=alcance, por=cem_provincial, ahora=timezone.now())
        elif que_paso == "sin alcance":
            Alcance.objects.filter(cuenta=cem_provincial).update(
                hasta=timezone.localdate() - datetime.timedelta(days=1)
            )
        elif que_paso == "cuenta cerrada":
            type(cem_provincial).objects.filter(pk=cem_provincial.pk).update(is_active=False)
        respuesta = leer(clave, "cobertura")
    assert respuesta.status_code == estado
    if codigo:
        assert respuesta.json()["codigo"] == codigo
        assert respuesta.json()["mensaje"].endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pedido", "codigo", "dice"),
    [
        ({"al": "2999-01-01"}, "al", "todavía no llega"),
        ({"al": "2020-01-01"}, "al", "es anterior al programa"),
        ({"al": "ayer"}, "al", "«ayer» no es una fecha"),
        ({"edicion": "999"}, "edicion", "no es una edición de su territorio"),
        ({"limite": "mucho"}, "limite", "de 1 a 500"),
        ({"limite": "501"}, "limite", "de 1 a 500"),
        ({"despues": "x"}, "despues", "Use el «siguiente»"),
    ],
)
def test_what_cannot_be_answered_says_why_and_what_to_do(edicion, cem_provincial, pedido, codigo, dice):
    respuesta = leer(clave_para(cem_provincial), "asientos", **pedido)
    assert respuesta.status_code == 422
    assert respuesta.json()["codigo"] == codigo
    assert dice in respuesta.json()["mensaje"] and "Estos son" not in respuesta.json()["mensaje"]


@pytest.mark.django_db
def test_pages_by_key_bring_each_row_once(edicion, cem_provincial):
    for n in range(1, 8):
        f.crear_asiento(f.A if n % 2 else f.B, numero=n)
    clave = clave_para(cem_provincial)
    for recurso, que, limite in (("asientos", "asiento", 3), ("instancias", "ubigeo", 2), ("cobertura", "ubigeo", 1)):
        vistas, siguiente = [], ""
        while siguiente is not None:
            pagina = leer(clave, recurso, despues=siguiente, limite=limite).json()
            vistas += [una[que] for una in pagina["filas"]]
            siguiente = pagina["siguiente"]
        assert len(vistas) == len(set(vistas))
        assert vistas == [una[que] for una in leer(clave, recurso).json()["filas"]]


@pytest.mark.django_db
def test_past_sixty_in_a_minute_each_key_waits_by_itself(edicion, cem_provincial, monkeypatch):
    monkeypatch.setattr(lectores, "POR_MINUTO", 3)
    una, otra = clave_para(cem_provincial), clave_para(cem_provincial)
    with time_machine.travel(timezone.now().replace(second=20, microsecond=0), tick=False) as reloj:
        assert [leer(una, "ediciones").status_code for _vez in range(4)] == [200, 200, 200, 429]
        respuesta = leer(una, "ediciones")
        assert respuesta["Retry-After"] == "40" and "Espere 40 segundos" in respuesta.json()["mensaje"]
        assert leer(otra, "ediciones").status_code == 200
        reloj.shift(40)
        assert leer(una, "ediciones").status_code == 200
    assert Lector.objects.filter(usado_en__isnull=False).count() == 2


@pytest.mark.django_db
def test_it_costs_the_same_for_two_districts_or_for_eight(edicion, cem_provincial, presupuesto):
    clave = clave_para(cem_provincial)
    leer(clave, "cobertura")  # the settings stay in the cache
    costos = {}
    for cuantos in (2, 6):
        for n in range(cuantos):
            f.integrante((f.A, f.B, f.C)[n % 3], edicion, numero=10 * cuantos + n)
        for recurso in RECURSOS:
            with presupuesto(8) as captura:
                leer(clave, recurso)
            costos.setdefault(recurso, set()).add(captura.contadas)
    assert all(len(unos) == 1 for unos in costos.values()), costos


@pytest.mark.django_db
def test_a_form_sent_twice_makes_one_key_and_shows_it_once(edicion, entrar, cem_provincial, coordinadora_a):
    cliente = entrar(coordinadora_a)
    vence = timezone.localdate() + datetime.timedelta(days=90)
    datos = {"nombre": "=Tablero", "ubigeo": f.A, "vence_el": vence.isoformat(), "operacion": str(uuid.uuid4())}
    datos["k_clave"] = gente.CLAVE
    primera = cliente.post("/panel/lectores/nuevo", datos)
    clave = primera.context["clave"]
    assert clave in primera.content.decode() and "no-store" in primera["Cache-Control"]
    assert leer(clave, "cobertura").status_code == 200
    segunda = cliente.post("/panel/lectores/nuevo", datos).content.decode()
    assert "ya se creó y no se puede mostrar otra vez" in segunda and clave not in segunda
    assert Lector.objects.get().huella != clave and clave not in str(vars(Lector.objects.get()))
    assert clave not in cliente.get("/panel/lectores").content.decode()
    ajena = {**datos, "ubigeo": f.B, "operacion": str(uuid.uuid4())}
    assert "Ese lugar no es de su zona" in cliente.post("/panel/lectores/nuevo", ajena).content.decode()
    lejos = {**datos, "vence_el": "2999-01-01", "operacion": str(uuid.uuid4())}
    assert "El último día puede ser desde hoy hasta el" in cliente.post("/panel/lectores/nuevo", lejos).content.decode()
    assert Lector.objects.count() == 1
    with pytest.raises(LectorError) as error:
        clave_para(coordinadora_a, f.B)
    assert error.value.codigo == "fuera_de_alcance"


@pytest.mark.django_db
def test_the_list_says_how_each_key_is_and_costs_the_same(
    edicion, entrar, cem_provincial, coordinadora_a, administradora, presupuesto
):
    clave_para(cem_provincial)
    usar_clave(clave=clave_para(coordinadora_a, f.A), ahora=timezone.now())
    vencida = clave_para(administradora)
    Lector.objects.filter(huella=lectores.huella_de(vencida)).update(
        vence_el=timezone.localdate() - datetime.timedelta(1)
    )
    clave_para(administradora)
    Alcance.objects.filter(cuenta=coordinadora_a).delete()
    alcance, hoy = AlcanceEfectivo((f.PROVINCIA,)), timezone.localdate()
    estados = [fila.estado for fila in filas_de(lectores_de(alcance), hoy=hoy)]
    assert estados == [Estado.VIGENTE, Estado.VENCIDA, Estado.SIN_ALCANCE, Estado.VIGENTE]
    assert [fila.lector.territorio_id for fila in filas_de(lectores_de(AlcanceEfectivo((f.A,))), hoy=hoy)] == [f.A]
    with presupuesto(3):
        filas_de(lectores_de(alcance), hoy=hoy)
    pagina = entrar(cem_provincial).get("/panel/lectores").content.decode()
    assert "Detenida: quien la dio ya no responde por ese lugar" in pagina and "Todavía no se usa" in pagina


@pytest.mark.django_db
@pytest.mark.un_motor
def test_the_list_of_keys_pages(edicion, entrar, cem_provincial, monkeypatch):
    monkeypatch.setattr(comun, "POR_PAGINA", 2)
    for lugar in (f.A, f.B, f.A):
        clave_para(cem_provincial, lugar)
    cliente = entrar(cem_provincial)
    primera, segunda = (cliente.get(f"/panel/lectores?pagina={n}") for n in (1, 2))
    assert [len(una.context["filas"]) for una in (primera, segunda)] == [2, 1]
    assert "Página 1 de 2" in primera.text and "pagina=1" in segunda.text


@pytest.mark.un_motor
def test_the_document_that_is_kept_is_the_one_that_is_served():
    """When it changes on purpose: ``curl -s localhost:8000/api/v1/openapi.json > docs/api-v1.json``."""
    servido = Client().get("/api/v1/openapi.json")
    assert servido.json()["openapi"].startswith("3.1")
    assert json.loads(DOCUMENTO.read_text(encoding="utf-8")) == servido.json()
    assert set(servido.json()["paths"]) == {f"/api/v1/{uno}" for uno in RECURSOS}


@pytest.mark.un_motor
def test_only_its_own_folder_loads_what_it_is_made_of():
    """It takes a second and 16 MB: pages of people do not pay for it."""
    raiz = Path(__file__).resolve().parents[2]
    propia = raiz / "seguimiento" / "api"
    carga = re.compile(r"^\s*(from|import) (ninja|pydantic|seguimiento\.api|\.+api)\b", re.MULTILINE)
    salas = [uno for sala in SALAS for uno in (raiz / sala).rglob("*.py")]
    assert [uno for uno in salas if propia in uno.parents and carga.search(uno.read_text(encoding="utf-8"))]
    assert not [uno for uno in salas if propia not in uno.parents and carga.search(uno.read_text(encoding="utf-8"))]
