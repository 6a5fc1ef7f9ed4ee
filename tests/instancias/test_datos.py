import pytest
from django.urls import reverse
from django.utils import timezone

from instancias.acceso.services.cuenta import cambiar_celular, confirmar_datos
from instancias.models import Consentimiento
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def sin_revisar(integrante):
    integrante.datos_revisados_en = None
    integrante.save()
    return integrante


def test_the_person_sees_their_data_and_the_notice(sin_revisar, entrar):
    pagina = entrar(sin_revisar).get(reverse("kuska_instancias:mis_datos"))

    for dato in ("Rosa Quispe Huamán", "40000001", "Asiento 1 de 100601", "Asiento 1 (titular)", "Rupa-Rupa"):
        assert dato in pagina.text
    for linea in AjustesDelAula.actuales().aviso_de_datos.splitlines():
        assert linea in pagina.text
    assert not Consentimiento.objects.exists()
    assert "no-store" in pagina["Cache-Control"]


def test_saying_it_is_right_records_the_words_shown_once(sin_revisar, entrar, settings):
    cliente = entrar(sin_revisar)
    for _vez in range(2):
        assert cliente.post(reverse("kuska_instancias:mis_datos")).url == settings.LOGIN_REDIRECT_URL

    aceptado = Consentimiento.objects.get()
    ajustes = AjustesDelAula.actuales()
    assert (aceptado.persona, aceptado.version, aceptado.texto) == (
        sin_revisar,
        ajustes.clave_del_aviso,
        ajustes.aviso_de_datos,
    )
    sin_revisar.refresh_from_db()
    assert sin_revisar.datos_revisados_en is not None


def test_the_first_words_accepted_of_a_version_stay(integrante):
    for texto in ("Aviso", "Aviso retocado"):
        confirmar_datos(persona=integrante, version="1", texto=texto, ahora=timezone.now())

    assert Consentimiento.objects.get().texto == "Aviso"


def test_a_new_version_of_the_notice_is_another_record(integrante):
    for version in ("1", "2"):
        confirmar_datos(persona=integrante, version=version, texto=f"Aviso {version}", ahora=timezone.now())

    assert [c.texto for c in Consentimiento.objects.order_by("version")] == ["Aviso 1", "Aviso 2"]


def test_before_the_data_are_reviewed_other_pages_wait(sin_revisar, entrar):
    cliente = entrar(sin_revisar)

    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).url == reverse("kuska_instancias:mis_datos")
    assert cliente.get(reverse("kuska_instancias:menu")).status_code == 200
    assert cliente.get(reverse("kuska_instancias:mi_celular")).status_code == 200


@pytest.mark.parametrize(
    ("escrito", "guardado"), [("987 654 321", "987654321"), ("+51 987654321", "987654321"), ("", "")]
)
def test_the_phone_is_changed_by_its_owner(integrante, entrar, escrito, guardado):
    respuesta = entrar(integrante).post(reverse("kuska_instancias:mi_celular"), {"celular": escrito})

    assert respuesta.url == reverse("kuska_instancias:mi_cuenta")
    integrante.refresh_from_db()
    assert integrante.celular == guardado


def test_a_phone_that_is_not_one_is_told(integrante, entrar):
    with pytest.raises(ErrorDeDominio) as error:
        cambiar_celular(persona=integrante, celular="12345")
    assert error.value.codigo == "celular"

    respuesta = entrar(integrante).post(reverse("kuska_instancias:mi_celular"), {"celular": "12345"})
    assert "El celular tiene 9 números y empieza con 9." in respuesta.text
    assert "<title>Error:" in respuesta.text


def test_letter_size_stays_in_the_phone_and_saving_data_follows_the_person(integrante, entrar):
    cliente = entrar(integrante)
    cliente.post(reverse("kuska_instancias:preferencias"), {"letra": "mas-grande"})
    cliente.post(reverse("kuska_instancias:preferencias"), {"ahorro": "si"})

    assert 'class="k-letra-mas-grande"' in cliente.get(reverse("kuska_instancias:entrar")).text
    integrante.refresh_from_db()
    assert integrante.ahorra_datos
    cliente.cookies["k_letra"] = '"><script>'
    assert "<script>" not in cliente.get(reverse("kuska_instancias:entrar")).text


def test_forgetting_a_phone_closes_and_clears_it(integrante, entrar):
    cliente = entrar(integrante)
    assert cliente.get(reverse("kuska_instancias:borrar_del_celular")).status_code == 200
    respuesta = cliente.post(reverse("kuska_instancias:borrar_del_celular"))

    assert '"storage"' in respuesta["Clear-Site-Data"]
    assert cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 302


def test_an_account_that_is_nobodys_person_finds_no_page(coordinadora_a, entrar):
    for nombre in ("mis_datos", "mi_celular", "menu", "borrar_del_celular", "crear_clave"):
        assert entrar(coordinadora_a).get(reverse(f"kuska_instancias:{nombre}")).status_code == 404


def test_staff_have_their_key_and_the_way_out(coordinadora_a, entrar):
    pagina = entrar(coordinadora_a).get(reverse("kuska_instancias:mi_cuenta"))

    assert pagina.status_code == 200
    assert reverse("kuska_instancias:cambiar_clave") in pagina.text
    assert reverse("kuska_instancias:cerrar_sesion") in pagina.text


def test_a_script_is_told_the_session_ended(visitante):
    respuesta = visitante.post(reverse("kuska_instancias:preferencias"), headers={"Accept": "application/json"})

    assert respuesta.status_code == 401
    assert respuesta.json() == {"codigo": "sesion_terminada"}


def cambiar_el_aviso():
    ajustes = AjustesDelAula.load()
    ajustes.aviso_de_datos += "\nDesde hoy también los ve la región."
    ajustes.save()


def test_words_that_change_are_another_notice_and_are_asked_at_the_next_entry(sin_revisar, entrar, settings):
    cliente = entrar(sin_revisar)
    cliente.post(reverse("kuska_instancias:mis_datos"))
    assert cliente.get(settings.LOGIN_REDIRECT_URL).status_code == 200
    cambiar_el_aviso()

    assert cliente.get(settings.LOGIN_REDIRECT_URL).url == reverse("kuska_instancias:mis_datos")
    pagina = cliente.get(reverse("kuska_instancias:mis_datos")).text
    assert "Cambió lo que hacemos con sus datos." in pagina and "la región" in pagina
    # What was on its way is not lost because of it.
    assert cliente.post(reverse("kuska_instancias:preferencias"), {"ahorro": "si"}).url == reverse(
        "kuska_instancias:mi_cuenta"
    )
    cliente.post(reverse("kuska_instancias:mis_datos"))
    assert cliente.get(settings.LOGIN_REDIRECT_URL).status_code == 200
    assert Consentimiento.objects.count() == 2


def test_who_does_not_accept_goes_on_and_nobody_writes_to_them(sin_revisar, entrar, settings):
    sin_revisar.celular = "987654321"
    sin_revisar.save()
    cliente = entrar(sin_revisar)
    cliente.post(reverse("kuska_instancias:mis_datos"), {"acepta": "no"})

    assert cliente.get(settings.LOGIN_REDIRECT_URL).status_code == 200
    sin_revisar.refresh_from_db()
    assert sin_revisar.celular == "" and Consentimiento.objects.get().retirado_en


def test_who_accepted_loses_nothing_from_a_page_left_open(sin_revisar, entrar, settings):
    """«Atrás», or another tab, brings the two buttons back: «Seguir sin aceptar» took the phone away unannounced."""
    mis_datos = reverse("kuska_instancias:mis_datos")
    cambiar_celular(persona=sin_revisar, celular="987654321")
    cliente = entrar(sin_revisar)
    cliente.post(mis_datos)
    pagina = cliente.get(mis_datos).text
    assert "Está correcto" in pagina and "Usted lo aceptó el" in pagina
    assert "Seguir sin aceptar" not in pagina

    respuesta = cliente.post(mis_datos, {"acepta": "no"}, follow=True)
    assert "Usted ya aceptó este aviso." in respuesta.text and "Retirar mi consentimiento" in respuesta.text
    sin_revisar.refresh_from_db()
    assert sin_revisar.celular == "987654321" and Consentimiento.objects.get().retirado_en is None


def test_who_did_not_accept_says_it_once_and_is_not_asked_again(sin_revisar, entrar):
    mis_datos = reverse("kuska_instancias:mis_datos")
    cliente = entrar(sin_revisar)
    for _vez in range(2):
        cliente.post(mis_datos, {"acepta": "no"})
    assert Consentimiento.objects.count() == 1
    pagina = cliente.get(mis_datos).text
    assert (
        "Hoy no lo tiene aceptado: no le escribimos." in pagina
        and '<form method="post"' not in pagina.split("<main")[1].split("</main")[0]
    )


@pytest.mark.parametrize(
    ("nombre", "campo", "escrito"), [("mi_celular", "celular", "987654321"), ("mi_correo", "correo", "ana@example.com")]
)
def test_nothing_to_write_to_is_kept_of_who_did_not_accept(sin_revisar, entrar, nombre, campo, escrito):
    direccion = reverse(f"kuska_instancias:{nombre}")
    cliente = entrar(sin_revisar)
    assert f'name="{campo}"' in cliente.get(direccion).text  # not asked yet: the answer decides
    cliente.post(reverse("kuska_instancias:mis_datos"), {"acepta": "no"})
    pagina = cliente.get(direccion).text
    assert "acepte primero el aviso" in pagina and f'name="{campo}"' not in pagina
    assert "no se guardan ni su celular ni su correo" in cliente.post(direccion, {campo: escrito}).text
    sin_revisar.refresh_from_db()
    assert getattr(sin_revisar, campo) == ""

    cliente.post(reverse("kuska_instancias:consentimiento"), {"acepta": "si"})
    cliente.post(direccion, {campo: escrito})
    sin_revisar.refresh_from_db()
    assert getattr(sin_revisar, campo) == escrito


@pytest.mark.parametrize(
    ("escrito", "dicho"),
    [("rosa", "Escriba un correo como nombre@ejemplo.pe."), (f"{'a' * 120}@ejemplo.pe", "Use hasta 120 letras.")],
)
def test_an_email_that_is_not_one_is_told_in_words_of_this_house(integrante, entrar, escrito, dicho):
    pagina = entrar(integrante).post(reverse("kuska_instancias:mi_correo"), {"correo": escrito}).text
    assert dicho in pagina and "Introduzca" not in pagina and "Asegúrese" not in pagina


def test_taking_the_phone_away_says_so(integrante, entrar):
    integrante.celular = "987654321"
    integrante.save()
    respuesta = entrar(integrante).post(reverse("kuska_instancias:mi_celular"), {"celular": ""}, follow=True)
    assert "Borramos su celular." in respuesta.text


def test_a_consent_is_taken_back_and_given_again(integrante, entrar):
    cliente = entrar(integrante)
    cambiar_celular(persona=integrante, celular="987654321")
    direccion = reverse("kuska_instancias:consentimiento")
    cliente.post(direccion, {"acepta": "si"})
    assert "Retirar mi consentimiento" in cliente.get("/mis-datos/derechos").text
    cliente.post(direccion, {"acepta": "no"})
    integrante.refresh_from_db()
    assert integrante.celular == "" and not Consentimiento.objects.filter(retirado_en=None).exists()
    assert "Hoy no lo tiene aceptado" in cliente.get("/mis-datos/derechos").text
    cliente.post(direccion, {"acepta": "si"})
    assert Consentimiento.objects.filter(retirado_en=None).count() == 1
    assert cliente.get("/inicio").status_code == 200
