"""People and seats, for the staff: register, correct, hand over, send the link."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from instancias.acceso.services.cuenta import confirmar_datos, seguir_sin_aceptar
from instancias.models import Asiento, EnlaceDeAcceso, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.usefixtures("provincia")
PROVINCIA = AlcanceEfectivo(("1006",))


def asiento(codigo="IDC-03", ubigeo="100605") -> Asiento:
    return Asiento.objects.get(tipo__codigo=codigo, instancia__territorio_id=ubigeo, numero=1)


def registrar(documento="40000101", nombres="Rosa", *, en=None, calidad="titular", alcance=PROVINCIA) -> Persona:
    return personas.registrar_persona(
        documento=documento,
        nombres=nombres,
        apellidos="Quispe",
        celular="987654321",
        asiento=en or asiento(),
        calidad=calidad,
        designacion="",
        alcance=alcance,
        por=None,
        ahora=timezone.now(),
    )


@pytest.fixture
@hecho_una_vez
def cem(entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


def test_registering_twice_gives_one_person_and_one_membership():
    assert registrar().pk == registrar().pk
    assert Membresia.objects.count() == 1


def test_a_taken_seat_is_refused_until_it_is_handed_over():
    registrar()
    with pytest.raises(ErrorDeDominio) as error:
        registrar("40000102", "Juan")
    assert error.value.codigo == "asiento_ocupado"
    assert "toque «Entregar el asiento»" in str(error.value)  # as its button says
    assert not Persona.objects.filter(documento="40000102").exists()
    primera = Membresia.objects.get()
    personas.cesar(membresia=primera, motivo="Cambio", alcance=PROVINCIA, por=None, ahora=timezone.now())
    registrar("40000102", "Juan")
    primera.refresh_from_db()
    assert primera.hasta is not None
    assert Membresia.objects.vigentes().get().persona.documento == "40000102"


def test_titular_and_alterno_share_a_seat_but_are_two_people():
    registrar()
    registrar("40000102", "Juan", calidad="alterno")
    with pytest.raises(ErrorDeDominio) as error:
        registrar(calidad="alterno")
    assert error.value.codigo == "otra_calidad"


@pytest.mark.parametrize("acto", ["registrar", "cesar"])
def test_outside_the_scope_nothing_is_done(acto):
    ajena = AlcanceEfectivo(("100607",))
    if acto == "cesar":
        registrar()
    with pytest.raises(ErrorDeDominio) as error:
        if acto == "registrar":
            registrar(alcance=ajena)
        else:
            personas.cesar(membresia=Membresia.objects.get(), motivo="x", alcance=ajena, por=None, ahora=timezone.now())
    assert error.value.codigo == "fuera_de_alcance"
    assert Membresia.objects.vigentes().count() == (1 if acto == "cesar" else 0)


@pytest.mark.un_motor
def test_the_office_opens_a_person_and_gets_the_link_with_its_message(cem):
    persona = registrar()
    pagina = cem.post(f"/panel/personas/{persona.pk}/enlace", follow=True)
    texto = pagina.content.decode()
    assert "https://wa.me/51987654321?text=" in texto
    assert "/a/" in unquote(texto)
    assert "Buenos días, Rosa" in texto
    assert pagina["Cache-Control"] == "no-store"
    assert EnlaceDeAcceso.objects.get().persona == persona


@pytest.mark.un_motor
def test_without_whatsapp_the_message_is_to_be_copied(cem):
    ajustes = AjustesDelAula.load()
    ajustes.whatsapp_activo = False
    ajustes.save()
    texto = cem.post(f"/panel/personas/{registrar().pk}/enlace", follow=True).content.decode()
    assert "wa.me" not in texto
    assert "Copie el mensaje" in texto


@pytest.mark.un_motor
def test_a_message_with_an_unknown_name_does_not_break(cem):
    ajustes = AjustesDelAula.load()
    ajustes.mensaje_enlace = "Hola {nombre}, {apodo}: {enlace}"
    ajustes.save()
    assert "{apodo}" in cem.post(f"/panel/personas/{registrar().pk}/enlace", follow=True).content.decode()


def test_a_coordinator_reaches_only_the_people_of_the_district(entrar):
    persona = registrar()
    de_b, de_a = entrar(gente.crear_coordinacion("b", "100605")), entrar(gente.crear_coordinacion("a", "100601"))
    assert de_b.get(f"/panel/personas/{persona.pk}").status_code == 200
    for respuesta in (
        de_a.get(f"/panel/personas/{persona.pk}"),
        de_a.post(f"/panel/personas/{persona.pk}/enlace"),
        de_a.get(f"/panel/asientos/{Membresia.objects.get().pk}/cese"),
    ):
        assert respuesta.status_code == 404
    assert "Rosa" not in de_a.get("/panel/personas").content.decode()
    assert "Rosa" in de_b.get("/panel/personas?q=ros").content.decode()
    assert not EnlaceDeAcceso.objects.exists()


@pytest.mark.un_motor
def test_the_form_offers_only_seats_of_the_scope(entrar):
    pagina = entrar(gente.crear_coordinacion("a", "100601")).get("/panel/personas/nueva").content.decode()
    assert "Rupa-Rupa ·" in pagina
    assert "Luyando ·" not in pagina


def test_nobody_brings_back_the_phone_of_who_did_not_accept(cem):
    """What the person was told is so by every door: registered again, corrected, taken by a list or by a change."""
    persona = registrar()
    seguir_sin_aceptar(persona=persona, version="1", texto="Aviso", ahora=timezone.now())
    registrar()
    persona.refresh_from_db()
    assert persona.celular == ""
    datos = {"documento": persona.documento, "nombres": "Rosa", "apellidos": "Quispe", "celular": "987654321"}
    respuesta = cem.post(f"/panel/personas/{persona.pk}", datos)
    assert respuesta.status_code == 422 and "no se guardan ni su celular ni su correo" in respuesta.text
    confirmar_datos(persona=persona, version="1", texto="Aviso", ahora=timezone.now())
    assert cem.post(f"/panel/personas/{persona.pk}", datos).status_code == 302
    persona.refresh_from_db()
    assert persona.celular == "987654321"


@pytest.mark.un_motor
def test_whoever_takes_a_second_seat_is_not_said_to_need_a_link(cem):
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "documento": "40000101", "calidad": "titular"}

    def sentar(en):
        return cem.post("/panel/personas/nueva", {**datos, "asiento": en.pk}, follow=True).content.decode()

    assert "Quedó registrada. Ahora puede enviarle su enlace." in sentar(asiento())
    cuenta = gente.crear_cuenta("40000101")
    Persona.objects.update(cuenta=cuenta)
    dicho = sentar(asiento("IDC-02"))
    assert "Quedó registrada. Ya tiene clave: entra con la misma" in dicho and "puede enviarle su enlace" not in dicho
    cuenta.is_active = False
    cuenta.save()
    assert "Su cuenta está desactivada" in sentar(asiento("IDC-01"))


@pytest.mark.un_motor
def test_registering_and_correcting_in_the_browser(cem):
    datos = {
        "documento": "4000 0101",
        "nombres": "Rosa",
        "apellidos": "Quispe",
        "celular": "+51 987 654 321",
        "asiento": asiento().pk,
        "calidad": "titular",
        "designacion": "",
    }
    respuesta = cem.post("/panel/personas/nueva", datos)
    persona = Persona.objects.get()
    assert respuesta.url == f"/panel/personas/{persona.pk}"
    assert (persona.documento, persona.celular) == ("40000101", "987654321")
    mal = cem.post(respuesta.url, {"nombres": "Rosa", "apellidos": "Quispe", "celular": "12"})
    assert mal.status_code == 422
    assert "9 números" in mal.content.decode()
    pagina = cem.post(respuesta.url, {"nombres": "Rosa María", "apellidos": "Quispe", "celular": ""}, follow=True)
    persona.refresh_from_db()
    assert persona.nombres == "Rosa María"
    assert "Guardamos sus datos." in pagina.content.decode()


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("dni", "dice"),
    [
        ("00000000", "Ese DNI no es de nadie"),
        ("400001011", "Revise si sobra alguno."),
        ("4000010", "Revise si falta alguno."),
    ],
)
def test_a_number_that_nobody_has_is_not_registered(cem, dni, dice):
    """Of two people registered with only zeros, the second would be the first one with a wrong name."""
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "asiento": asiento().pk, "calidad": "titular"}
    respuesta = cem.post("/panel/personas/nueva", {**datos, "documento": dni})
    assert respuesta.status_code == 422 and dice in respuesta.content.decode()
    assert not Persona.objects.exists()


@pytest.mark.un_motor
def test_a_seat_says_who_is_on_it_before_it_is_chosen(cem):
    def ofrecido() -> str:
        pagina = cem.get("/panel/personas/nueva?distrito=100605").content.decode()
        return re.search(rf'<option value="{asiento().pk}">([^<]+)<', pagina)[1]

    assert "ya tiene" not in ofrecido()
    registrar()
    assert ofrecido().endswith(" · ya tiene titular")
    registrar("40000102", "Juan", calidad="alterno")
    assert ofrecido().endswith(" · ya tiene titular y alterno/a")
    personas.cesar(
        membresia=Membresia.objects.get(calidad="titular"),
        motivo="Cambio",
        alcance=PROVINCIA,
        por=None,
        ahora=timezone.now(),
    )
    assert ofrecido().endswith(" · ya tiene alterno/a")


@pytest.mark.un_motor
def test_the_data_of_a_person_lead_to_their_progress(cem):
    persona = registrar()
    assert f'href="/panel/persona/{persona.pk}"' in cem.get(f"/panel/personas/{persona.pk}").content.decode()
    assert cem.get(f"/panel/persona/{persona.pk}").status_code == 200


@pytest.mark.un_motor
def test_the_institution_of_a_seat_is_told_to_be_kept(cem):
    registrar()
    ruta = f"/panel/asientos/{Membresia.objects.get().pk}/institucion"
    pagina = cem.post(ruta, {"institucion": "Comisaría de Luyando"}, follow=True).content.decode()
    assert "Guardamos la institución del asiento." in pagina and "Comisaría de Luyando" in pagina


@pytest.mark.un_motor
def test_handing_over_leads_to_register_who_comes_next(cem):
    registrar()
    membresia = Membresia.objects.get()
    respuesta = cem.post(f"/panel/asientos/{membresia.pk}/cese", {"motivo": "Cambio de autoridad"})
    assert f"asiento={membresia.asiento_id}" in respuesta.url
    assert "Rosa Quispe entregó el asiento." in cem.get(respuesta.url).content.decode()
    assert "Su avance y sus certificados" in cem.get(f"/panel/asientos/{membresia.pk}/cese").content.decode()
    assert not Membresia.objects.vigentes().exists()


@pytest.mark.parametrize("cuantas", [3, 30])
def test_the_list_costs_the_same_however_many_people(cuantas, cem, presupuesto):
    for n in range(cuantas):
        Membresia.objects.create(
            persona=Persona.objects.create(documento=f"5000{n:04}", nombres="A", apellidos="B"),
            asiento=Asiento.objects.all()[n],
            calidad="titular",
            desde=timezone.localdate(),
        )
    cem.get("/panel/personas")
    with presupuesto(9):
        cem.get("/panel/personas")


def con_carne(**cambios) -> dict[str, str]:
    datos = {"documento": "", "carne": "00-1234567 a", "nombres": "Marie", "apellidos": "Dupont", "celular": ""}
    return {**datos, "asiento": str(asiento().pk), "calidad": "titular", **cambios}


def test_a_person_without_dni_is_registered_by_the_card_of_a_foreigner(cem):
    respuesta = cem.post("/panel/personas/nueva", con_carne(), follow=True)
    persona = Persona.objects.get()
    assert (persona.tipo_de_documento, persona.documento) == ("ce", "001234567A")
    assert "Carné de extranjería 001234567A" in respuesta.text
    # The same card with another name is refused where it was typed, and nothing that was typed is lost.
    otra = cem.post("/panel/personas/nueva", con_carne(nombres="Otra", calidad="alterno"))
    assert otra.status_code == 422
    assert otra.context["form"].errors["carne"] == [
        "Ese documento ya está registrado con otro nombre. Revise el número."
    ]
    assert '<details class="k-detalle" open>' in otra.text and "00-1234567 a" in otra.text


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("escrito", "campo", "dice"),
    [
        ({"carne": ""}, "documento", "o abajo el carné de extranjería"),
        ({"documento": "40000101"}, "carne", "Escriba uno solo"),
        ({"carne": "12345678"}, "carne", "tiene de 9 a 12 números o letras"),
        ({"carne": "001234567Ñ"}, "carne", "tiene de 9 a 12 números o letras"),
        ({"documento": "123", "carne": ""}, "documento", "El DNI tiene 8 números"),
    ],
)
def test_one_document_and_only_one_is_asked_for(cem, escrito, campo, dice):
    respuesta = cem.post("/panel/personas/nueva", con_carne(**escrito))
    assert respuesta.status_code == 422
    assert list(respuesta.context["form"].errors) == [campo]
    assert dice in respuesta.context["form"].errors[campo][0]
    assert not Persona.objects.exists()


def test_a_card_typed_wrong_is_corrected_as_a_dni_is(cem):
    cem.post("/panel/personas/nueva", con_carne())
    persona = Persona.objects.get()
    ruta = f"/panel/personas/{persona.pk}"
    assert 'value="001234567A"' in cem.get(ruta).text
    datos = {"nombres": "Marie", "apellidos": "Dupont", "celular": ""}
    assert "de 9 a 12" in cem.post(ruta, {**datos, "documento": "40000101"}).text
    cem.post(ruta, {**datos, "documento": "001234568"})
    persona.refresh_from_db()
    assert (persona.tipo_de_documento, persona.documento) == ("ce", "001234568")
