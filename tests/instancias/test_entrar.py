import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instancias.acceso.services.entrada import autenticar, normalizar_clave, normalizar_identificador
from instancias.acceso.services.frenos import ESPERA_MAXIMA, LIBRES, borrar_viejos, espera_tras
from instancias.models import FrenoDeEntrada
from marco.errores import ErrorDeDominio
from marco.respaldo.volver import _cerrar_sesiones
from tests.gente import CLAVE

pytestmark = pytest.mark.django_db
NO_COINCIDE = "El DNI o la clave no coinciden. Revise e intente otra vez."
ESPERE = "Por seguridad, espere 1 minuto o pida un enlace nuevo al CEM."
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)


def intentar(identificador="40000001", clave="equivocada", ip="10.0.0.1", ahora=AHORA):
    return autenticar(identificador=identificador, clave=clave, ip=ip, ahora=ahora)


def codigo_de(**campos):
    with pytest.raises(ErrorDeDominio) as error:
        intentar(**campos)
    return error.value.codigo


def enviar(cliente, identificador="40000001", clave=CLAVE, **campos):
    return cliente.post(reverse("kuska_instancias:entrar"), {"identificador": identificador, "clave": clave, **campos})


def test_a_member_enters_with_document_and_key(integrante, visitante, settings):
    respuesta = enviar(visitante)

    assert respuesta.status_code == 302
    assert respuesta.url == settings.LOGIN_REDIRECT_URL
    integrante.refresh_from_db()
    assert integrante.ultimo_ingreso_en is not None


@pytest.mark.un_motor
@pytest.mark.parametrize("escrito", ["4000 0001", " 40000001 ", "40.000.001"])
def test_spaces_and_dots_of_a_document_do_not_matter(integrante, visitante, escrito):
    assert enviar(visitante, escrito).status_code == 302


@pytest.mark.un_motor
def test_spaces_of_a_key_of_numbers_do_not_matter_and_those_of_a_phrase_do():
    assert normalizar_clave("4821 7093") == "48217093"
    assert normalizar_clave("cuatro palabras al azar") == "cuatro palabras al azar"
    assert normalizar_identificador("csoto.ríos") == "csoto.ríos"


@pytest.mark.parametrize("comodin", ["4000000_", "4%", "%", "4000000?"])
def test_no_letter_stands_for_any_other_in_a_document(integrante, comodin):
    assert codigo_de(clave=CLAVE, identificador=comodin) == "no_coincide"
    assert intentar(clave=CLAVE) == integrante.cuenta


@pytest.mark.un_motor
def test_wrong_key_and_unknown_document_get_the_same_words(integrante, visitante):
    conocido = enviar(visitante, clave="equivocada")
    desconocido = enviar(visitante, "49999999")

    assert conocido.status_code == desconocido.status_code == 200
    for respuesta in (conocido, desconocido):
        assert NO_COINCIDE in respuesta.text
        assert "<title>Error:" in respuesta.text
    assert conocido.text.count(NO_COINCIDE) == desconocido.text.count(NO_COINCIDE)


@pytest.mark.un_motor
def test_an_unknown_document_costs_the_same_hash(integrante, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    cuentas = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: cuentas.append(1) or original(*a, **k))
    codigo_de(clave="equivocada")
    por_conocido = len(cuentas)
    codigo_de(identificador="49999999")
    por_desconocido = len(cuentas) - por_conocido

    assert por_conocido == por_desconocido == 1


@pytest.mark.un_motor
def test_a_short_document_is_told_before_trying(visitante, db):
    respuesta = enviar(visitante, "4000001")

    assert "El DNI tiene 8 números. Revise si falta alguno." in respuesta.text
    assert not FrenoDeEntrada.objects.exists()


def test_inactive_members_and_accounts_do_not_enter(integrante):
    integrante.activa = False
    integrante.save()
    assert codigo_de(clave=CLAVE) == "no_coincide"

    integrante.activa = True
    integrante.save()
    get_user_model().objects.filter(pk=integrante.cuenta_id).update(is_active=False)
    assert codigo_de(clave=CLAVE) == "no_coincide"


def test_a_member_made_inactive_is_out_on_the_next_page(integrante, entrar):
    cliente = entrar(integrante)
    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200

    integrante.activa = False
    integrante.save()

    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 302


def test_staff_enter_with_name_and_key_and_land_on_their_panel(coordinadora_a, visitante):
    respuesta = enviar(visitante, "coordina-a", next="")

    assert respuesta.status_code == 302
    assert respuesta.url == "/panel"


@pytest.mark.un_motor
def test_staff_asked_for_the_admin_go_back_to_it(administradora, visitante):
    pagina = visitante.get(reverse("kuska_instancias:entrar"), {"next": "/admin/"})
    assert 'inputmode="text"' in pagina.text

    assert enviar(visitante, "administra", next="/admin/").url == "/admin/"


@pytest.mark.un_motor
@pytest.mark.parametrize("fuera", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_next_stays_on_this_site(integrante, visitante, settings, fuera):
    assert enviar(visitante, next=fuera).url == settings.LOGIN_REDIRECT_URL


def test_wrong_many_times_waits_and_the_wait_grows(integrante):
    for _vez in range(LIBRES + 1):
        assert codigo_de() == "no_coincide"

    assert codigo_de() == "espere"
    assert codigo_de(clave=CLAVE) == "espere"
    pronto = AHORA + espera_tras(LIBRES + 1)
    assert codigo_de(ahora=pronto) == "no_coincide"
    assert codigo_de(ahora=pronto + espera_tras(LIBRES + 1)) == "espere"
    assert espera_tras(500) == ESPERA_MAXIMA


@pytest.mark.un_motor
def test_the_wait_is_told_in_the_same_page(integrante, visitante):
    for _vez in range(LIBRES + 1):
        enviar(visitante, clave="equivocada")

    assert ESPERE in enviar(visitante).text


def test_nobody_locks_another_out_from_elsewhere(integrante):
    for _vez in range(LIBRES + 1):
        codigo_de(ip="203.0.113.9")
    assert codigo_de(ip="203.0.113.9") == "espere"

    assert intentar(clave=CLAVE, ip="10.0.0.1") == integrante.cuenta


def test_unknown_documents_wait_just_the_same(db):
    for _vez in range(LIBRES + 1):
        assert codigo_de(identificador="49999999") == "no_coincide"

    assert codigo_de(identificador="49999999") == "espere"


def test_both_names_of_one_account_share_one_brake(integrante):
    integrante.cuenta.username = "rosa"
    integrante.cuenta.save()
    for vez in range(LIBRES + 1):
        codigo_de(identificador="rosa" if vez % 2 else "40000001")

    assert codigo_de(identificador="rosa") == codigo_de(identificador="40000001") == "espere"


def test_an_ipv6_house_is_one_address(integrante):
    for vez in range(LIBRES + 1):
        codigo_de(ip=f"2001:db8::{vez}")

    assert codigo_de(ip="2001:db8::ffff") == "espere"


def test_a_room_of_forty_behind_one_address_enters(territorio):
    from tests.gente import crear_integrante

    documentos = [f"4100{numero:04}" for numero in range(40)]
    for documento in documentos:
        crear_integrante(documento, "Ana", f"Prueba {documento}")
        for _vez in range(2):
            assert NO_COINCIDE in enviar(Client(), documento, f"equivocada-{documento}").text

    assert {enviar(Client(), documento).status_code for documento in documentos} == {302}


def test_a_right_key_forgets_the_wrong_ones(integrante):
    for _ronda in range(3):
        for vez in range(LIBRES):
            codigo_de(clave=f"equivocada-{vez}")
        intentar(clave=CLAVE)

    # What is left are marks of the wrong keys: none of them is of this account.
    assert {fila.fallos for fila in FrenoDeEntrada.objects.all()} <= {1, 2, 3}
    assert FrenoDeEntrada.objects.count() == LIBRES


def test_old_brakes_are_swept(integrante):
    codigo_de()

    assert borrar_viejos(ahora=AHORA + datetime.timedelta(hours=1)) == 0
    assert borrar_viejos(ahora=AHORA + datetime.timedelta(days=1)) == 4


def test_the_brake_names_nobody(integrante):
    codigo_de()

    huellas = FrenoDeEntrada.objects.values_list("huella", flat=True)
    assert {len(huella) for huella in huellas} == {64}
    assert not any("40000001" in huella or "10.0.0.1" in huella for huella in huellas)


def test_a_new_session_key_at_sign_in(integrante, visitante):
    visitante.session.save()
    sesion_anonima = visitante.session
    sesion_anonima["resto"] = "de otra persona"
    sesion_anonima.save()
    antes = sesion_anonima.session_key

    enviar(visitante)

    assert visitante.session.session_key != antes
    assert "resto" not in visitante.session


def test_own_phone_sixty_days_and_shared_phone_twenty_minutes(integrante):
    propio, compartido = Client(), Client()
    assert enviar(propio).cookies["sessionid"]["max-age"] == 60 * 24 * 60 * 60
    galleta = enviar(compartido, compartido="on").cookies["sessionid"]

    assert galleta["max-age"] == ""
    assert galleta["expires"] == ""
    assert compartido.session.get_expiry_age() <= 20 * 60


def test_shared_phone_session_ends_after_twenty_quiet_minutes(integrante, visitante):
    inicio = timezone.now()
    with time_machine.travel(inicio, tick=False) as reloj:
        enviar(visitante, compartido="on")
        reloj.shift(15 * 60)
        assert visitante.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
        reloj.shift(15 * 60)
        assert visitante.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
        reloj.shift(21 * 60)
        respuesta = visitante.get(reverse("kuska_instancias:mi_cuenta"))
        assert respuesta.status_code == 302
        puerta = visitante.get(respuesta.url)

    assert "Pasó mucho tiempo y cerramos su sesión. Sus respuestas están guardadas." in puerta.text


@pytest.mark.un_motor
@pytest.mark.parametrize("con_galleta", [True, False], ids=["la_sesion_termino", "la_galleta_tambien"])
def test_what_a_form_carried_is_told_lost_at_the_door(integrante, visitante, con_galleta):
    """It said «Sus respuestas están guardadas», or nothing at all once the cookie had ended with the session."""
    enviar(visitante)
    if con_galleta:
        Session.objects.all().delete()
    else:
        visitante.cookies.clear()
    datos = {"clase": "rectificacion", "detalle": "Mi apellido lleva tilde."}
    respuesta = visitante.post(reverse("kuska_instancias:mis_derechos"), datos)
    puerta = visitante.get(respuesta.url).text
    assert "No se guardó lo último que envió. Entre y envíelo otra vez." in puerta
    assert ("Su sesión se cerró." in puerta) == con_galleta
    assert "Sus respuestas están guardadas" not in puerta


@pytest.mark.parametrize("como", ["desde_otro_equipo", "con_otra_clave", "al_volver_a_una_copia", "pasados_sus_dias"])
def test_the_door_says_that_much_time_passed_only_where_it_is_so(integrante, visitante, como):
    """A session that another machine, another key or a copy put back ended said «Pasó mucho tiempo» too."""
    enviar(visitante)
    if como == "con_otra_clave":
        integrante.cuenta.set_password("otra clave larga")
        integrante.cuenta.save()
    elif como == "al_volver_a_una_copia":
        assert "1" in _cerrar_sesiones()
    elif como == "desde_otro_equipo":
        Session.objects.all().delete()
    else:
        Session.objects.update(expire_date=timezone.now())
    puerta = visitante.get(visitante.get(reverse("kuska_instancias:mi_cuenta")).url).text
    assert ("Pasó mucho tiempo" in puerta) == (como == "pasados_sus_dias")
    assert ("Su sesión se cerró. Entre otra vez para seguir." in puerta) == (como != "pasados_sus_dias")
    assert ("Sus respuestas están guardadas" in puerta) == (como == "pasados_sus_dias")


@pytest.mark.un_motor
def test_the_door_knows_who_is_already_in(integrante, entrar):
    respuesta = entrar(integrante).get(reverse("kuska_instancias:entrar"))

    assert "Ya entró como Rosa Q." in respuesta.text
    assert "Cambiar de persona" in respuesta.text


def test_signing_in_and_out_leaves_a_trace_without_names(integrante, visitante):
    from wagtail.models import ModelLogEntry

    enviar(visitante)
    visitante.post(reverse("kuska_instancias:cerrar_sesion"))

    acciones = list(ModelLogEntry.objects.order_by("pk").values_list("action", "label", "object_id"))
    assert [accion for accion, *_ in acciones] == ["instancias.entrar", "instancias.salir"]
    assert all(etiqueta == f"persona {integrante.pk}" for _, etiqueta, _ in acciones)
