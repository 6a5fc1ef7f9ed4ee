import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instancias.acceso.services.claves import proponer_clave, revisar_clave
from instancias.acceso.services.enlaces import crear_enlace
from marco.errores import ErrorDeDominio
from tests.gente import CLAVE
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def codigo_de(clave, persona):
    with pytest.raises(ErrorDeDominio) as error:
        revisar_clave(clave=clave, cuenta=persona.cuenta, persona=persona)
    return error.value.codigo


@pytest.mark.parametrize(
    ("clave", "codigo"),
    [
        ("4821709", "corta"),
        ("4821 709", "corta"),
        ("a" * 129, "larga"),
        ("40000001", "dato_propio"),
        ("4000 0001", "dato_propio"),
        ("10000004", "dato_propio"),
        ("x40000001", "dato_propio"),
        ("987654321", "dato_propio"),
        ("23111985", "fecha"),
        ("19851123", "fecha"),
        ("11231985", "fecha"),
        ("23/11/1985", "fecha"),
        ("12345678", "comun"),
        ("87654321", "comun"),
        ("45678901", "comun"),
        ("11111111", "comun"),
        ("48214821", "comun"),
        ("contraseña", "comun"),
        ("Contrasena2026", "comun"),
        ("miclave123", "comun"),
        ("password1", "comun"),
    ],
)
def test_keys_that_others_would_guess_are_refused(integrante, clave, codigo):
    integrante.celular = "987654321"
    assert codigo_de(clave, integrante) == codigo


@pytest.mark.parametrize("clave", ["48217093", "4821 7093", "río-claro-verde", "a" * 63 + "b", "99887711"])
def test_other_keys_are_fine(integrante, clave):
    assert revisar_clave(clave=clave, cuenta=integrante.cuenta, persona=integrante) == clave.replace(
        "4821 7093", "48217093"
    )


def test_staff_need_a_long_key(coordinadora_a):
    with pytest.raises(ErrorDeDominio) as error:
        revisar_clave(clave="río-claro", cuenta=coordinadora_a, persona=None)

    assert error.value.codigo == "corta"
    assert revisar_clave(clave="cuatro palabras al azar", cuenta=coordinadora_a, persona=None)


def test_the_proposed_key_is_eight_numbers_and_keeps_the_rules(integrante):
    for vez in range(30):
        clave = proponer_clave(persona=integrante, sesion=f"una{vez}")
        assert len(clave) == 8
        assert clave.isdigit()
        assert revisar_clave(clave=clave, cuenta=integrante.cuenta, persona=integrante) == clave


@pytest.mark.parametrize(
    ("validador", "opciones", "largo"),
    [("NumericPasswordValidator", {}, 8), ("MinimumLengthValidator", {"min_length": 12}, 12)],
)
def test_a_site_that_wants_more_of_a_key_gets_letters(settings, integrante, validador, opciones, largo):
    """It used to look for ever among numbers that the site refuses."""
    nombre = f"django.contrib.auth.password_validation.{validador}"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": nombre, "OPTIONS": opciones}]
    clave = proponer_clave(persona=integrante, sesion="una")
    assert len(clave) == largo and not clave.isdigit()


def test_a_site_that_no_drawn_key_suits_lets_people_write_theirs(settings, por_enlace):
    nombre = "django.contrib.auth.password_validation.MinimumLengthValidator"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": nombre, "OPTIONS": {"min_length": 40}}]
    assert "Escriba su clave" in por_enlace.get(reverse("kuska_instancias:crear_clave")).content.decode()


@pytest.fixture
@hecho_una_vez
def por_enlace(integrante):
    cliente = Client()
    creado = crear_enlace(persona=integrante, por=None, ahora=timezone.now())
    cliente.post(reverse("kuska_instancias:enlace", args=[creado.token]))
    return cliente


def test_the_key_page_proposes_and_takes_one(por_enlace, integrante):
    pagina = por_enlace.get(reverse("kuska_instancias:crear_clave"))
    propuesta = pagina.context["propuesta"]
    assert f"{propuesta[:4]} {propuesta[4:]}" in pagina.text
    assert "no-store" in pagina["Cache-Control"]

    assert por_enlace.post(reverse("kuska_instancias:crear_clave"), {"clave": propuesta}).status_code == 302
    integrante.cuenta.refresh_from_db()
    assert integrante.cuenta.check_password(propuesta)


def test_what_was_written_down_is_still_what_the_page_says(por_enlace, integrante):
    """A phone short of memory loads the page again while its camera is open; so does «Atrás»."""
    pagina = reverse("kuska_instancias:crear_clave")
    anotada = por_enlace.get(pagina).context["propuesta"]
    por_enlace.get(f"{pagina}?propia=1")
    assert por_enlace.get(pagina).context["propuesta"] == anotada


def test_who_has_a_code_is_told_to_enter_with_it(por_enlace, integrante):
    integrante.tipo_de_documento = integrante.Documento.CODIGO
    integrante.save()
    pagina = por_enlace.get(reverse("kuska_instancias:crear_clave")).text
    assert "Con su código de participante y esta clave" in pagina and "Con su DNI" not in pagina


def test_each_session_and_each_key_brings_another_proposal(integrante):
    """Nobody learns the key of somebody from what another session, or the same one later, was shown."""
    propuestas = {proponer_clave(persona=integrante, sesion=cual) for cual in ("una", "otra")}
    integrante.cuenta.set_password("otra clave distinta")
    propuestas.add(proponer_clave(persona=integrante, sesion="una"))
    assert len(propuestas) == 3


def test_a_bad_key_is_told_beside_the_field(por_enlace):
    respuesta = por_enlace.post(reverse("kuska_instancias:crear_clave"), {"clave": "40000001"})

    assert respuesta.status_code == 200
    assert respuesta.text.count("La clave no puede ser su DNI ni su celular. Elija otra.") == 2
    assert 'value="40000001"' not in respuesta.text.replace('name="cuenta" value="40000001"', "")


def test_the_link_allows_one_new_key_only(por_enlace):
    por_enlace.post(reverse("kuska_instancias:crear_clave"), {"clave": "48217093"})

    respuesta = por_enlace.post(reverse("kuska_instancias:crear_clave"), {"clave": "59320184"})

    assert respuesta.url == reverse("kuska_instancias:cambiar_clave")


def test_without_link_nobody_sets_a_key_over_another(integrante, entrar):
    respuesta = entrar(integrante).post(reverse("kuska_instancias:crear_clave"), {"clave": "48217093"})

    assert respuesta.url == reverse("kuska_instancias:cambiar_clave")
    integrante.cuenta.refresh_from_db()
    assert integrante.cuenta.check_password(CLAVE)


def test_changing_the_key_ends_the_other_sessions_and_keeps_this_one(integrante, entrar):
    este, otro = entrar(integrante), entrar(integrante)
    llave = este.session.session_key
    respuesta = este.post(reverse("kuska_instancias:cambiar_clave"), {"actual": CLAVE, "nueva": "4821 7093"})

    assert respuesta.status_code == 302
    assert este.session.session_key != llave
    assert este.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200
    assert otro.get(reverse("kuska_instancias:mi_cuenta")).status_code == 302


def test_changing_the_key_needs_the_present_one(integrante, entrar):
    cliente = entrar(integrante)
    for _vez in range(6):
        respuesta = cliente.post(reverse("kuska_instancias:cambiar_clave"), {"actual": "otra", "nueva": "48217093"})
        assert "La clave de ahora no coincide." in respuesta.text

    respuesta = cliente.post(reverse("kuska_instancias:cambiar_clave"), {"actual": CLAVE, "nueva": "48217093"})
    assert "Por seguridad, espere 1 minuto o" in respuesta.text
    integrante.cuenta.refresh_from_db()
    assert integrante.cuenta.check_password(CLAVE)


def test_staff_change_their_key_on_the_same_page(coordinadora_a, entrar):
    cliente = entrar(coordinadora_a)
    corta = cliente.post(reverse("kuska_instancias:cambiar_clave"), {"actual": CLAVE, "nueva": "48217093"})
    assert "12 números o letras" in corta.text

    larga = cliente.post(
        reverse("kuska_instancias:cambiar_clave"), {"actual": CLAVE, "nueva": "cuatro palabras al azar"}
    )
    assert larga.status_code == 302


def test_visitors_are_sent_to_the_door(visitante):
    for nombre in ("crear_clave", "cambiar_clave"):
        assert visitante.get(reverse(f"kuska_instancias:{nombre}")).url.startswith("/entrar?next=")
        assert visitante.post(reverse(f"kuska_instancias:{nombre}"), {"clave": "48217093"}).url.startswith("/entrar")
