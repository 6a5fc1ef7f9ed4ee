import datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instancias.acceso.recordados import recordado, recordar
from instancias.acceso.services.enlaces import VIGENCIA, consumir_enlace, crear_enlace, mirar_enlace, token_de_tarjeta
from instancias.acceso.services.frenos import LIBRES
from instancias.models import EnlaceDeAcceso
from marco.errores import ErrorDeDominio
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
NO_SIRVE = "Este enlace ya se usó o venció. Entre con su clave o pida otro."
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)


@pytest.fixture
@hecho_una_vez
def sin_cuenta(integrante):
    """A member as an import leaves them: no account, data not reviewed."""
    integrante.cuenta.delete()
    integrante.refresh_from_db()
    integrante.datos_revisados_en = None
    integrante.save()
    return integrante


@pytest.fixture
@hecho_una_vez
def enlace(sin_cuenta):
    return crear_enlace(persona=sin_cuenta, por=None, ahora=timezone.now())


def ruta(creado):
    return reverse("kuska_instancias:enlace", args=[creado.token])


def codigo_al(acto, **campos):
    with pytest.raises(ErrorDeDominio) as error:
        acto(**campos)
    return error.value.codigo


@pytest.mark.un_motor
def test_opening_a_link_five_times_leaves_it_working(enlace, visitante):
    for _vez in range(5):
        respuesta = visitante.get(ruta(enlace))
        assert respuesta.status_code == 200
        assert "¿Es usted Rosa Q.?" in respuesta.text
        assert "Quispe" not in respuesta.text
        assert "40000001" not in respuesta.text
    assert Client().head(ruta(enlace)).status_code == 200

    assert visitante.post(ruta(enlace)).url == reverse("kuska_instancias:crear_clave")


@pytest.mark.un_motor
def test_the_first_entry_asks_key_then_data_then_goes_in(enlace, visitante, sin_cuenta, settings):
    assert visitante.post(ruta(enlace)).url == reverse("kuska_instancias:crear_clave")
    assert visitante.get(reverse("kuska_instancias:mi_cuenta")).url == reverse("kuska_instancias:crear_clave")
    assert visitante.post(reverse("kuska_instancias:crear_clave"), {"clave": "4821 7093"}).url == reverse(
        "kuska_instancias:mis_datos"
    )
    assert visitante.get(reverse("kuska_instancias:mi_cuenta")).url == reverse("kuska_instancias:mis_datos")
    assert visitante.post(reverse("kuska_instancias:mis_datos")).url == settings.LOGIN_REDIRECT_URL
    assert visitante.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200

    sin_cuenta.refresh_from_db()
    assert sin_cuenta.cuenta.check_password("48217093")
    assert "40000001" not in sin_cuenta.cuenta.username


@pytest.mark.un_motor
def test_used_expired_replaced_and_invented_links_answer_the_same(enlace, sin_cuenta, visitante):
    otro = crear_enlace(persona=sin_cuenta, por=None, ahora=timezone.now())
    assert visitante.post(ruta(otro)).status_code == 302
    vencido = crear_enlace(persona=sin_cuenta, por=None, ahora=timezone.now() - VIGENCIA)

    paginas = set()
    for direccion in (ruta(enlace), ruta(otro), ruta(vencido), reverse("kuska_instancias:enlace", args=["A" * 26])):
        for metodo in ("get", "post"):
            respuesta = getattr(Client(), metodo)(direccion)
            assert respuesta.status_code == 410
            assert NO_SIRVE in respuesta.text
            paginas.add(respuesta.text)
    assert len(paginas) == 1


@pytest.mark.un_motor
def test_a_link_that_opens_nothing_offers_whom_to_write_to(visitante, cem):
    muerto = reverse("kuska_instancias:enlace", args=["A" * 26])
    pagina = visitante.get(muerto).text
    assert "https://wa.me/51900000000" in pagina and "Escribir por WhatsApp" in pagina
    assert "tel:062000000" in pagina
    cem.telefono = cem.whatsapp = ""
    cem.save()
    cache.clear()
    pagina = visitante.get(muerto).text
    assert "Escribir al CEM" in pagina and reverse("kuska_instancias:ayuda") in pagina


def test_a_link_is_used_once(enlace):
    consumir_enlace(token=enlace.token, ahora=timezone.now())

    assert codigo_al(consumir_enlace, token=enlace.token, ahora=timezone.now()) == "enlace_no_sirve"
    assert codigo_al(mirar_enlace, token=enlace.token, ahora=timezone.now()) == "enlace_no_sirve"


def test_a_link_lasts_seven_days(sin_cuenta):
    creado = crear_enlace(persona=sin_cuenta, por=None, ahora=AHORA)

    assert creado.vence_en - AHORA == datetime.timedelta(days=7)
    assert mirar_enlace(token=creado.token, ahora=creado.vence_en - datetime.timedelta(seconds=1)) == sin_cuenta
    assert codigo_al(mirar_enlace, token=creado.token, ahora=creado.vence_en) == "enlace_no_sirve"


def test_a_new_link_replaces_the_open_one(enlace, sin_cuenta):
    crear_enlace(persona=sin_cuenta, por=None, ahora=timezone.now())

    assert codigo_al(mirar_enlace, token=enlace.token, ahora=timezone.now()) == "enlace_no_sirve"
    assert EnlaceDeAcceso.objects.filter(usado_en=None, anulado_en=None).count() == 1


def test_only_the_digest_is_kept(enlace):
    guardado = EnlaceDeAcceso.objects.get()

    assert len(enlace.token) == 26
    assert enlace.token not in guardado.huella
    assert enlace.codigo not in enlace.token


@pytest.mark.un_motor
def test_the_link_goes_to_no_other_site_and_no_search_engine(enlace, visitante):
    for respuesta in (visitante.get(ruta(enlace)), Client().get(reverse("kuska_instancias:enlace", args=["A" * 26]))):
        assert respuesta["Referrer-Policy"] == "no-referrer"
        assert "noindex" in respuesta["X-Robots-Tag"]
        assert "no-store" in respuesta["Cache-Control"]


@pytest.mark.un_motor
def test_a_page_without_referrer_still_needs_its_token(enlace):
    """With no-referrer a browser posts «Origin: null»: the token of the form decides."""
    cliente = Client(enforce_csrf_checks=True)
    assert cliente.post(ruta(enlace), headers={"Origin": "null"}).status_code == 403
    cliente.get(ruta(enlace))
    ficha = {"csrfmiddlewaretoken": cliente.cookies["csrftoken"].value}
    assert cliente.post(ruta(enlace), ficha, headers={"Origin": "https://example.org"}).status_code == 403

    for seguro in (True, False):
        repetido = crear_enlace(persona=EnlaceDeAcceso.objects.first().persona, por=None, ahora=timezone.now())
        respuesta = cliente.post(ruta(repetido), ficha, headers={"Origin": "null"}, secure=seguro)
        assert respuesta.status_code == 302
        ficha = {"csrfmiddlewaretoken": cliente.cookies["csrftoken"].value}


def test_no_soy_yo_uses_nothing_up(enlace, visitante):
    assert visitante.get(reverse("kuska_instancias:no_soy_yo")).status_code == 200
    assert visitante.get(ruta(enlace)).status_code == 200


@pytest.mark.un_motor
def test_a_link_throws_out_whoever_was_in_this_phone(enlace, entrar, integrante_de_b, sin_cuenta):
    cliente = entrar(integrante_de_b)
    cliente.post(ruta(enlace))

    sin_cuenta.refresh_from_db()
    assert cliente.session["_auth_user_id"] == str(sin_cuenta.cuenta_id)


def test_inactive_people_and_staff_have_no_link(sin_cuenta, integrante_de_b, enlace):
    sin_cuenta.activa = False
    sin_cuenta.save()
    assert codigo_al(consumir_enlace, token=enlace.token, ahora=timezone.now()) == "enlace_no_sirve"

    abierto = crear_enlace(persona=integrante_de_b, por=None, ahora=timezone.now())
    integrante_de_b.cuenta.is_staff = True
    integrante_de_b.cuenta.save()
    assert codigo_al(consumir_enlace, token=abierto.token, ahora=timezone.now()) == "enlace_no_sirve"
    assert codigo_al(crear_enlace, persona=integrante_de_b, por=None, ahora=timezone.now()) == "es_personal"


def tarjeta(codigo, documento="40000001", ip="10.0.0.1", ahora=None):
    return token_de_tarjeta(documento=documento, codigo=codigo, ip=ip, ahora=ahora or timezone.now())


def test_the_card_opens_with_document_and_code(enlace, visitante):
    confundido = enlace.codigo_legible.lower().replace("0", "o").replace("1", "l")
    assert tarjeta(confundido) == enlace.token

    datos = {"documento": "40000001", "codigo": enlace.codigo_legible}
    respuesta = visitante.post(reverse("kuska_instancias:sin_clave"), datos)
    assert respuesta.url == ruta(enlace)


@pytest.mark.un_motor
def test_a_card_opens_after_the_key_of_the_site_changed(enlace, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra-" * 12, ["y-otra-" * 8, settings.SECRET_KEY]
    assert tarjeta(enlace.codigo) == enlace.token
    settings.SECRET_KEY_FALLBACKS = []
    assert codigo_al(tarjeta, codigo=enlace.codigo) == "tarjeta_no_sirve"


@pytest.mark.un_motor
def test_a_link_made_in_a_session_is_not_told_again_under_another_key(sin_cuenta, enlace, settings):
    request, ahora = SimpleNamespace(session={}), timezone.now()
    recordar(request, {sin_cuenta.pk: enlace})
    assert recordado(request, sin_cuenta, ahora=ahora) == enlace
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra-" * 12, [settings.SECRET_KEY]
    assert recordado(request, sin_cuenta, ahora=ahora) is None


def test_the_code_of_a_card_opens_nothing_without_its_document(enlace, integrante_de_b):
    for documento in ("40000002", "49999999"):
        assert codigo_al(tarjeta, codigo=enlace.codigo, documento=documento) == "tarjeta_no_sirve"


@pytest.mark.un_motor
def test_a_card_that_is_typed_wrong_is_not_told_as_a_link_that_ended(enlace, visitante):
    datos = {"documento": "40000001", "codigo": "7K3M-9XQ2-4T"}
    pagina = visitante.post(reverse("kuska_instancias:sin_clave"), datos).text
    assert "no son de una tarjeta que sirva. Revise los dos; si ya la usó, pida otra." in pagina
    assert NO_SIRVE not in pagina and 'value="7K3M-9XQ2-4T"' in pagina and 'value="40000001"' in pagina


def test_guessing_cards_is_slowed(enlace):
    for _vez in range(LIBRES + 1):
        assert codigo_al(tarjeta, codigo="0000000000") == "tarjeta_no_sirve"

    assert codigo_al(tarjeta, codigo=enlace.codigo) == "espere"
