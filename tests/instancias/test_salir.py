import pytest
from django.test import Client
from django.urls import reverse

from marco.models import AjustesDelAula

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_leaving_quickly_needs_no_token_and_ends_the_session(integrante):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(integrante.cuenta)
    respuesta = cliente.post(reverse("kuska_marco:salir_rapido"))

    destino = AjustesDelAula.actuales().pagina_de_salida
    assert respuesta.status_code == 200
    assert respuesta["Refresh"] == f"0; url={destino}"
    assert respuesta["Referrer-Policy"] == "no-referrer"
    assert "no-store" in respuesta["Cache-Control"]
    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 302


def test_the_way_out_is_a_setting(integrante, visitante):
    ajustes = AjustesDelAula.load()
    ajustes.pagina_de_salida = "https://clima.example.org/"
    ajustes.save()

    assert visitante.post(reverse("kuska_marco:salir_rapido"))["Refresh"] == "0; url=https://clima.example.org/"
    assert 'data-destino="https://clima.example.org/"' in visitante.get(reverse("kuska_instancias:entrar")).text


def test_the_page_of_the_way_out_says_nothing_of_ours(visitante, db):
    for respuesta in (
        visitante.post(reverse("kuska_marco:salir_rapido")),
        visitante.get(reverse("kuska_marco:tiempo")),
    ):
        assert "<title>El tiempo</title>" in respuesta.text
        for palabra in ("Aula", "Línea", "Instancia", "kuska"):
            assert palabra not in respuesta.text


def test_ordinary_sign_out_asks_for_the_token(integrante):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(integrante.cuenta)

    for nombre in ("instancias:cerrar_sesion", "instancias:cambiar_de_persona"):
        assert cliente.post(reverse(f"kuska_{nombre}")).status_code == 403
    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200


def test_signing_out_and_changing_person(integrante, entrar):
    for nombre, destino in (("instancias:cerrar_sesion", "/"), ("instancias:cambiar_de_persona", "/entrar")):
        cliente = entrar(integrante)
        assert cliente.post(reverse(f"kuska_{nombre}")).url == destino
        assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 302


def test_nothing_leaves_by_get(integrante, entrar):
    cliente = entrar(integrante)
    for nombre in (
        "marco:salir_rapido",
        "instancias:cerrar_sesion",
        "instancias:cambiar_de_persona",
        "instancias:preferencias",
    ):
        assert cliente.get(reverse(f"kuska_{nombre}")).status_code == 405
    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
