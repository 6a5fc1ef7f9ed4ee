"""The second step of whoever works here: set, asked by every door, used once, taken away."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.acceso import codigos, sobres
from instancias.acceso.credenciales import Sitio
from instancias.acceso.services import factores
from instancias.acceso.topes import LIBRES
from instancias.models import Alcance, CodigoDeUnUso, SegundoFactor
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.gente import CLAVE

pytestmark = pytest.mark.django_db
SECRETO = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)
PASO = reverse("kuska_instancias:segundo_paso")
MIOS = reverse("kuska_instancias:mis_factores")


@pytest.fixture
def reloj():
    with time_machine.travel(AHORA, tick=False) as uno:
        yield uno


def con_aplicacion(cuenta, *, ahora=None):
    antes = (ahora or timezone.now()) - datetime.timedelta(minutes=5)
    factores.poner_aplicacion(
        cuenta=cuenta, secreto=SECRETO, codigo=codigos.codigo_de(SECRETO, ahora=antes), ahora=antes
    )
    return cuenta


def codigo(ahora=None):
    return codigos.codigo_de(SECRETO, ahora=ahora or timezone.now())


def llave(cliente, usuario, **datos):
    return cliente.post(
        reverse("kuska_instancias:entrar"), {"identificador": usuario, "clave": CLAVE, "letras": "1", **datos}
    )


def dentro(cliente, ruta="/panel"):
    return cliente.get(ruta).status_code == 200


def pedir(**campos):
    ajustes = AjustesDelAula.load()
    for nombre, valor in {"segundo_factor": True, **campos}.items():
        setattr(ajustes, nombre, valor)
    ajustes.save()


def codigo_al(acto, **campos):
    with pytest.raises(ErrorDeDominio) as error:
        acto(**campos)
    return error.value.codigo


def comprobar(cuenta, escrito, *, ahora=None, ip="10.0.0.1"):
    return factores.comprobar_codigo(cuenta=cuenta, codigo=escrito, ip=ip, ahora=ahora or timezone.now())


# At the door.


def test_the_key_alone_opens_nothing_and_the_code_finishes_the_entry(cem_provincial, reloj):
    cliente = Client()
    con_aplicacion(cem_provincial)

    respuesta = llave(cliente, "cem", next="/panel/personas")
    assert respuesta.url == f"{PASO}?next=%2Fpanel%2Fpersonas"
    assert not dentro(cliente)
    antes = cliente.session.session_key
    respuesta = cliente.post(PASO, {"k_codigo": codigo(), "next": "/panel/personas"}, follow=True)

    assert respuesta.redirect_chain[-1][0] == "/panel/personas"
    assert dentro(cliente)
    assert cliente.session.session_key != antes
    acciones = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"instancias.poner_factor", "instancias.pasar_factor"} <= acciones


PUERTAS = [
    "/panel",
    "/panel/personas",
    "/admin/",
    "/admin/users/",
    "/mi-cuenta",
    "/mi-cuenta/clave",
    "/mi-cuenta/confirmar",
    "/mi-cuenta/segundo-paso",
    "/mi-cuenta/segundo-paso/hoja",
    "/mi-cuenta/segundo-paso/aplicacion",
    "/inicio",
    "/menu",
]


@pytest.mark.un_motor
@pytest.mark.parametrize("ruta", PUERTAS)
def test_with_the_key_alone_every_other_address_leads_to_the_door(administradora, ruta):
    cliente = Client()
    con_aplicacion(administradora)
    cliente.force_login(administradora)  # whichever backend opened it

    for metodo in (cliente.get, cliente.post):
        respuesta = metodo(ruta)
        assert respuesta.status_code in {302, 405} or respuesta.status_code == 404, ruta
        if respuesta.status_code == 302:
            assert respuesta.url.startswith("/entrar"), ruta
    assert cliente.get(ruta, headers={"Accept": "application/json"}).status_code in {401, 302, 404, 405}


@pytest.mark.un_motor
def test_with_the_key_alone_the_key_is_not_changed_nor_the_step_taken_away(cem_provincial, reloj):
    cliente = Client()
    con_aplicacion(cem_provincial)
    llave(cliente, "cem")
    suyo = factores.factores_de(cem_provincial).get()

    cliente.post(reverse("kuska_instancias:cambiar_clave"), {"actual": CLAVE, "nueva": "otra-clave-larga-2026"})
    cliente.post(reverse("kuska_instancias:quitar_factor"), {"cual": suyo.pk})
    cliente.post(reverse("kuska_instancias:hacer_hoja"))

    cem_provincial.refresh_from_db()
    assert cem_provincial.check_password(CLAVE)
    assert list(factores.factores_de(cem_provincial)) == [suyo]


@pytest.mark.un_motor
def test_the_door_leads_who_has_the_key_alone_to_the_code(cem_provincial, reloj):
    cliente = Client()
    con_aplicacion(cem_provincial)
    llave(cliente, "cem")

    assert cliente.get("/entrar").url == PASO
    assert cliente.get("/entrar/sigue").url == PASO
    assert "Su clave es correcta" in cliente.get(PASO).text
    reloj.shift(16 * 60)
    assert cliente.get(PASO).url.startswith("/entrar")


@pytest.mark.un_motor
def test_another_person_on_the_same_machine_ends_what_was_half_done(cem_provincial, integrante, reloj):
    cliente = Client()
    con_aplicacion(cem_provincial)
    llave(cliente, "cem")
    cliente.post(reverse("kuska_instancias:cambiar_de_persona"))
    assert cliente.get(PASO).url.startswith("/entrar")

    llave(cliente, integrante.documento)
    assert cliente.get(PASO).status_code == 302
    assert dentro(cliente, "/mi-cuenta")


@pytest.mark.un_motor
def test_a_personal_link_never_opens_the_account_of_who_works_here(integrante, coordinadora_a):
    from instancias.acceso.services.enlaces import consumir_enlace, crear_enlace

    enlace = crear_enlace(persona=integrante, por=coordinadora_a, ahora=timezone.now())
    Alcance.objects.create(cuenta=integrante.cuenta, territorio_id=gente.DISTRITO_A, desde=gente.DESDE)
    con_aplicacion(integrante.cuenta)

    assert codigo_al(consumir_enlace, token=enlace.token, ahora=timezone.now()) == "enlace_no_sirve"


# What a code is worth.


def test_a_code_is_used_once_and_the_next_one_serves(cem_provincial):
    con_aplicacion(cem_provincial, ahora=AHORA)
    comprobar(cem_provincial, codigo(AHORA), ahora=AHORA)

    despues = AHORA + datetime.timedelta(seconds=30)
    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=codigo(AHORA), ahora=despues) == "ya_se_uso"
    comprobar(cem_provincial, codigo(despues), ahora=despues)
    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=codigo(AHORA), ahora=despues) == "ya_se_uso"


@pytest.mark.un_motor
@pytest.mark.parametrize(("segundos", "sirve"), [(-30, True), (0, True), (30, True), (-90, False), (90, False)])
def test_a_clock_may_be_half_a_minute_late(cem_provincial, segundos, sirve):
    con_aplicacion(cem_provincial, ahora=AHORA)
    suyo = codigo(AHORA + datetime.timedelta(seconds=segundos))
    if sirve:
        comprobar(cem_provincial, suyo, ahora=AHORA)
    else:
        assert codigo_al(comprobar, cuenta=cem_provincial, escrito=suyo, ahora=AHORA) == "no_vale"


def test_a_code_of_the_sheet_serves_as_it_is_copied_and_once(cem_provincial):
    hoja = factores.hacer_hoja(cuenta=cem_provincial, ahora=AHORA)
    assert len(set(hoja)) == 20
    copiado = codigos.legible(hoja[0]).lower().replace("0", "o").replace("1", "l")
    comprobar(cem_provincial, f" {copiado} ", ahora=AHORA)

    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=hoja[0], ahora=AHORA) == "ya_se_uso"
    assert factores.codigos_que_quedan(cem_provincial) == 19


@pytest.mark.un_motor
def test_another_sheet_takes_the_place_of_the_first(cem_provincial):
    primera = factores.hacer_hoja(cuenta=cem_provincial, ahora=AHORA)
    segunda = factores.hacer_hoja(cuenta=cem_provincial, ahora=AHORA)

    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=primera[0], ahora=AHORA) == "no_vale"
    comprobar(cem_provincial, segunda[0], ahora=AHORA)


def test_the_code_of_one_account_is_not_of_another(cem_provincial, coordinadora_a):
    hoja = factores.hacer_hoja(cuenta=cem_provincial, ahora=AHORA)
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=AHORA)

    assert codigo_al(comprobar, cuenta=coordinadora_a, escrito=hoja[0], ahora=AHORA) == "no_vale"


def test_guessing_codes_is_braked(cem_provincial):
    con_aplicacion(cem_provincial, ahora=AHORA)
    for n in range(LIBRES + 1):
        assert codigo_al(comprobar, cuenta=cem_provincial, escrito=f"00000{n}", ahora=AHORA) == "no_vale"

    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=codigo(AHORA), ahora=AHORA) == "espere"
    luego = AHORA + datetime.timedelta(minutes=16)
    comprobar(cem_provincial, codigo(luego), ahora=luego)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("clase", ["aplicacion", "hoja"])
def test_two_at_once_with_one_code_let_one_in(clase, cem_provincial):
    ahora = timezone.now()
    if clase == "hoja":
        escrito = factores.hacer_hoja(cuenta=cem_provincial, ahora=ahora)[0]
    else:
        con_aplicacion(cem_provincial, ahora=ahora)
        escrito = codigo(ahora)

    salidas = a_la_vez(*[lambda n=n: comprobar(cem_provincial, escrito, ahora=ahora, ip=f"10.0.0.{n}") for n in (1, 2)])

    assert [getattr(salida, "codigo", salida) for salida in sorted(salidas, key=str)] in (
        [None, "ya_se_uso"],
        ["ya_se_uso", None],
    ), salidas


@pytest.mark.django_db(transaction=True)
def test_two_sheets_at_once_leave_one(cem_provincial):
    salidas = a_la_vez(*[lambda: factores.hacer_hoja(cuenta=cem_provincial, ahora=timezone.now())] * 4)

    assert not [salida for salida in salidas if isinstance(salida, Exception)], salidas
    assert factores.factores_de(cem_provincial).count() == 1
    assert factores.codigos_que_quedan(cem_provincial) == 20


@pytest.mark.parametrize("respuesta", ["", "x", "[]", "{}", '{"id": "a", "rawId": "a", "response": {}}', "{" * 9000])
@pytest.mark.parametrize("estado", [None, {"challenge": "AAAA", "user_verification": None}])
def test_what_a_machine_did_not_sign_proves_nothing(cem_provincial, respuesta, estado):
    sitio = Sitio("localhost", "Aula")
    comun = {"cuenta": cem_provincial, "sitio": sitio, "estado": estado, "respuesta": respuesta, "ahora": AHORA}
    assert codigo_al(factores.poner_equipo, nombre="Mi equipo", **comun) == "no_vale"
    assert codigo_al(factores.comprobar_equipo, ip="10.0.0.1", **comun) == "no_vale"


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("anfitrion", "origen", "vale"),
    [
        ("aula.example.org", "https://aula.example.org", True),
        ("aula.example.org", "http://aula.example.org", False),
        ("aula.example.org", "https://otra.example.org", False),
        ("aula.example.org", "https://aula.example.org.malo.org", False),
        ("localhost", "http://localhost:8000", True),
    ],
)
def test_only_an_address_of_this_site_is_signed_for(anfitrion, origen, vale):
    assert Sitio(anfitrion, "Aula").servidor()._verify(origen) is vale


# What is kept.


def test_no_secret_is_read_in_the_database(cem_provincial, settings):
    con_aplicacion(cem_provincial)
    hoja = factores.hacer_hoja(cuenta=cem_provincial, ahora=timezone.now())
    guardado = str([*SegundoFactor.objects.values_list(), *CodigoDeUnUso.objects.values_list()])
    assert SECRETO not in guardado and not any(uno in guardado for uno in hoja)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra-" * 12, [settings.SECRET_KEY]
    comprobar(cem_provincial, codigo())  # a former key still opens
    comprobar(cem_provincial, hoja[0])
    settings.SECRET_KEY_FALLBACKS = []
    assert codigo_al(comprobar, cuenta=cem_provincial, escrito=hoja[1]) == "no_vale"
    assert sobres.abrir("no es un sobre") is None


# Set and taken away by its person.


@pytest.fixture
def con_sesion(cem_provincial, reloj):
    cliente = Client()
    llave(cliente, "cem")
    return cliente


@pytest.mark.un_motor
def test_an_application_is_set_with_a_code_of_it(con_sesion, cem_provincial):
    ruta = reverse("kuska_instancias:poner_aplicacion")
    pagina = con_sesion.get(ruta)
    secreto = "".join(re.search(r"<strong>([A-Z2-7 ]{32,})</strong>", pagina.text)[1].split())
    assert "<svg" in pagina.text and "no-store" in pagina["Cache-Control"]
    assert "otpauth://totp/Aula%20de%20la%20Instancia" in pagina.text
    assert con_sesion.get(ruta).text.count(secreto[:4])  # the same one, if the page is loaded again

    assert "no es el que muestra" in con_sesion.post(ruta, {"codigo": "000000"}).text
    respuesta = con_sesion.post(ruta, {"codigo": codigos.codigo_de(secreto, ahora=timezone.now())})
    assert respuesta.url == MIOS
    assert "Aplicación de códigos" in con_sesion.get(MIOS).text
    assert dentro(con_sesion)


@pytest.mark.un_motor
def test_the_sheet_is_made_by_the_button_and_shown_once(con_sesion, cem_provincial):
    ruta = reverse("kuska_instancias:hacer_hoja")
    con_sesion.get(ruta)
    assert not SegundoFactor.objects.exists()

    hoja = con_sesion.post(ruta)
    hechos = re.findall(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2})</strong>", hoja.text)
    assert len(hechos) == 20 and "no-store" in hoja["Cache-Control"]
    assert not any(uno in con_sesion.get(ruta).text + con_sesion.get(MIOS).text for uno in hechos)
    otro = Client()
    llave(otro, "cem")
    assert otro.post(PASO, {"k_codigo": hechos[0]}).status_code == 302
    assert dentro(otro)


def test_setting_or_taking_away_closes_the_other_sessions(con_sesion, cem_provincial):
    otro = Client()
    llave(otro, "cem")
    assert dentro(otro)

    con_sesion.post(reverse("kuska_instancias:hacer_hoja"))
    assert dentro(con_sesion) and not dentro(otro)
    suyo = factores.factores_de(cem_provincial).get()
    con_sesion.post(reverse("kuska_instancias:quitar_factor"), {"cual": suyo.pk})
    assert not factores.factores_de(cem_provincial).exists() and dentro(con_sesion)


def test_nobody_takes_away_that_of_another_by_its_number(con_sesion, coordinadora_a):
    con_aplicacion(coordinadora_a)
    ajeno = factores.factores_de(coordinadora_a).get()
    con_sesion.post(reverse("kuska_instancias:quitar_factor"), {"cual": ajeno.pk})

    assert factores.factores_de(coordinadora_a).exists()


@pytest.mark.un_motor
def test_the_key_asked_again_asks_for_the_code_too(cem_provincial, reloj):
    cliente = Client()
    con_aplicacion(cem_provincial)
    llave(cliente, "cem")
    cliente.post(PASO, {"k_codigo": codigo()})
    reloj.shift(29 * 60)
    cliente.get("/panel")
    reloj.shift(5 * 60)
    ruta = reverse("kuska_instancias:confirmar_clave")

    assert 'name="k_codigo"' in cliente.get(ruta).text
    assert "Escriba el código." in cliente.post(ruta, {"k_clave": CLAVE}).text
    assert "Ese código no sirve" in cliente.post(ruta, {"k_clave": CLAVE, "k_codigo": "000000"}).text
    assert cliente.post(ruta, {"k_clave": "equivocada", "k_codigo": codigo()}).status_code == 200
    assert cliente.post(ruta, {"k_clave": CLAVE, "k_codigo": codigo()}).status_code == 302
