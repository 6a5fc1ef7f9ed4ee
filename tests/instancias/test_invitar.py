"""The queue of invitations: one touch makes a link and leaves for WhatsApp, and the next person waits."""

from __future__ import annotations

import datetime
import re
from urllib.parse import unquote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from instancias.acceso.invitaciones import Invitacion, con_invitacion
from instancias.acceso.services.enlaces import VIGENCIA, anotar_apertura, consumir_enlace, crear_enlace
from instancias.acceso.services.invitar import crear_enlaces
from instancias.models import (
    Alcance,
    EnlaceDeAcceso,
    FilaDePadron,
    ImportacionDePadron,
    Membresia,
    Persona,
)
from marco.models import AjustesDelAula
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
COLA = "/panel/invitar"
HOJA = "/panel/invitar/tarjetas"


def sin_clave(numero: int, *, ubigeo: str = gente.DISTRITO_A, celular: str | None = None) -> Persona:
    """Somebody registered who never came in."""
    asiento = gente.crear_asiento(ubigeo, orden=20 + numero, corto=f"Asiento {numero}")
    persona = Persona.objects.create(
        documento=f"4600{numero:04}",
        nombres=f"Persona {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[numero % 26]}",
        apellidos=f"Apellido {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[numero % 26]}",
        celular=f"9620{numero:05}" if celular is None else celular,
    )
    Membresia.objects.create(persona=persona, asiento=asiento, calidad="titular", desde=gente.DESDE)
    return persona


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
@hecho_una_vez
def tres(territorio):
    return [sin_clave(1), sin_clave(2), sin_clave(3, ubigeo=gente.DISTRITO_B)]


def estado(persona: Persona) -> str:
    return con_invitacion(Persona.objects.filter(pk=persona.pk), ahora=timezone.now()).get().invitacion


def en_cola(respuesta) -> list[str]:
    contexto = respuesta.context
    primera = [contexto["siguiente"]] if contexto["siguiente"] else []
    return [una.nombres for una in primera + contexto["despues"]]


class TestEstado:
    def test_it_goes_from_nothing_to_in(self, integrante, cem_provincial):
        Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
        assert estado(integrante) == Invitacion.SIN_ENLACE
        token = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token
        assert estado(integrante) == Invitacion.CREADO
        anotar_apertura(token=token, ahora=timezone.now())
        assert estado(integrante) == Invitacion.ABIERTO
        EnlaceDeAcceso.objects.update(
            creado_en=timezone.now() - VIGENCIA, vence_en=timezone.now() - datetime.timedelta(minutes=1)
        )
        assert estado(integrante) == Invitacion.VENCIDO
        nuevo = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token
        assert estado(integrante) == Invitacion.CREADO
        consumir_enlace(token=nuevo, ahora=timezone.now())
        assert estado(integrante) == Invitacion.ENTRO

    def test_who_was_in_and_got_another_link_is_awaited_again(self, integrante, cem_provincial):
        ayer = timezone.now() - datetime.timedelta(days=1)
        Persona.objects.filter(pk=integrante.pk).update(ultimo_ingreso_en=ayer)
        assert estado(integrante) == Invitacion.ENTRO
        crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now())
        assert estado(integrante) == Invitacion.CREADO

    def test_who_came_in_and_chose_no_key_is_awaited_again(self, integrante, cem_provincial, oficina):
        """The link was used up and there is no key: no door opens to them any more."""
        Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
        enlace = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now())
        consumir_enlace(token=enlace.token, ahora=timezone.now())
        assert estado(integrante) == Invitacion.ENTRO  # a moment ago: they may be choosing it
        Persona.objects.update(ultimo_ingreso_en=timezone.now() - datetime.timedelta(hours=2))
        assert estado(integrante) == Invitacion.SIN_CLAVE
        assert integrante.nombres in en_cola(oficina.get(COLA))
        assert "Entró sin crear su clave" in oficina.get("/panel/personas?entro=sin_clave").content.decode()
        crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now())
        assert estado(integrante) == Invitacion.CREADO
        assert integrante.nombres not in en_cola(oficina.get(COLA))

    @pytest.mark.un_motor
    def test_fetching_the_page_opens_nothing(self, integrante, cem_provincial, visitante):
        """Messengers fetch every address that they carry, some of them as a browser would."""
        token = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token
        for agente in ("WhatsApp/2.23.20.0 A", "facebookexternalhit/1.1", "Mozilla/5.0 (Linux; Android 13) Chrome/120"):
            visitante.get(f"/a/{token}", headers={"user-agent": agente})
            visitante.head(f"/a/{token}", headers={"user-agent": agente})
        assert estado(integrante) == Invitacion.CREADO

    def test_the_page_tells_it_once_and_not_of_who_works_here(self, integrante, cem_provincial, visitante, oficina):
        token = crear_enlace(persona=integrante, por=cem_provincial, ahora=timezone.now()).token
        abierto = f"/a/{token}/abierto"
        assert f'data-k-abierto="{abierto}"' in visitante.get(f"/a/{token}").text
        assert oficina.post(abierto).status_code == 204
        assert estado(integrante) == Invitacion.CREADO
        assert visitante.post(abierto).status_code == 204
        primera = EnlaceDeAcceso.objects.get().abierto_en
        visitante.post(abierto)
        assert primera and EnlaceDeAcceso.objects.get().abierto_en == primera
        assert visitante.post(f"/a/{'0' * 26}/abierto").status_code == 204

    @pytest.mark.un_motor
    def test_the_list_says_it_and_filters_by_it(self, oficina, tres, cem_provincial):
        una, otra, _tercera = tres
        token = crear_enlace(persona=una, por=cem_provincial, ahora=timezone.now()).token
        crear_enlace(persona=otra, por=cem_provincial, ahora=timezone.now())
        anotar_apertura(token=token, ahora=timezone.now())
        for cual, nombre in (("abierto", una), ("creado", otra), ("sin_enlace", _tercera)):
            pagina = oficina.get("/panel/personas", {"entro": cual})
            assert [m.persona_id for m in pagina.context["pagina"]] == [nombre.pk], cual
        assert "Enlace abierto" in oficina.get(f"/panel/personas/{una.pk}").text
        assert "enlace abierto" in oficina.get(f"/panel/persona/{una.pk}").text

    def test_the_list_costs_the_same_with_more_people(self, oficina, tres, presupuesto):
        oficina.get("/panel/personas")
        for numero in range(4, 14):
            sin_clave(numero)
        with presupuesto(10):
            oficina.get("/panel/personas")
        with presupuesto(11):
            oficina.get(COLA)


class TestCola:
    def test_one_touch_makes_the_link_and_leaves_for_whatsapp(self, oficina, tres, visitante):
        pagina = oficina.get(COLA)
        assert "3 por invitar" in pagina.text and en_cola(pagina) == ["Persona B", "Persona C", "Persona D"]
        respuesta = oficina.post(f"{COLA}/{tres[0].pk}", {"volver": COLA})
        assert respuesta.status_code == 303
        assert respuesta.url.startswith("https://wa.me/51962000001?text=")
        direccion = re.search(r"http://testserver(/a/[0-9A-Z]{26})", unquote(respuesta.url))[1]
        assert "¿Es usted Persona A.?" in visitante.get(direccion).text
        pagina = oficina.get(COLA)
        assert "2 por invitar" in pagina.text and en_cola(pagina) == ["Persona C", "Persona D"]
        assert "El último: Persona B Apellido B" in pagina.text and direccion in pagina.text

    def test_touched_twice_it_is_the_same_link(self, oficina, tres):
        primera = oficina.post(f"{COLA}/{tres[0].pk}").url
        assert oficina.post(f"{COLA}/{tres[0].pk}").url == primera
        assert EnlaceDeAcceso.objects.count() == 1

    def test_a_link_that_somebody_else_made_is_not_killed_without_asking(self, oficina, tres, coordinadora_a):
        crear_enlace(persona=tres[0], por=coordinadora_a, ahora=timezone.now())
        assert tres[0].nombres not in en_cola(oficina.get(COLA))
        respuesta = oficina.post(f"{COLA}/{tres[0].pk}")
        assert respuesta.url == f"/panel/personas/{tres[0].pk}/enlace"
        assert EnlaceDeAcceso.objects.get().anulado_en is None

    @pytest.mark.un_motor
    def test_only_this_page_lets_a_form_leave_for_whatsapp(self, oficina, tres):
        def destinos(direccion: str) -> str:
            politica = oficina.get(direccion)["Content-Security-Policy"]
            return re.search(r"form-action ([^;]*)", politica)[1]

        assert destinos(COLA) == "'self' https://wa.me https://api.whatsapp.com"
        for otra in ("/panel/personas", HOJA, f"/panel/personas/{tres[0].pk}"):
            assert destinos(otra) == "'self'"
        AjustesDelAula.objects.update_or_create(defaults={"whatsapp_activo": False})
        assert destinos(COLA) == "'self'"

    def test_what_was_not_sent_goes_back_to_the_queue(self, oficina, tres, visitante):
        url = unquote(oficina.post(f"{COLA}/{tres[0].pk}").url)
        direccion = re.search(r"/a/[0-9A-Z]{26}", url)[0]
        respuesta = oficina.post(f"{COLA}/{tres[0].pk}/no-enviado", {"volver": COLA}, follow=True)
        assert "Persona B Apellido B espera otra vez su enlace." in respuesta.text
        assert en_cola(respuesta)[0] == "Persona B"
        assert visitante.get(direccion).status_code == 410

    def test_what_was_opened_was_sent(self, oficina, tres, visitante):
        direccion = re.search(r"/a/[0-9A-Z]{26}", unquote(oficina.post(f"{COLA}/{tres[0].pk}").url))[0]
        visitante.post(f"{direccion}/abierto")
        respuesta = oficina.post(f"{COLA}/{tres[0].pk}/no-enviado", follow=True)
        assert "Ese enlace ya se abrió" in respuesta.text
        assert visitante.get(direccion).status_code == 200

    def test_nobody_takes_back_the_link_of_another(self, oficina, tres, coordinadora_a):
        crear_enlace(persona=tres[0], por=coordinadora_a, ahora=timezone.now())
        oficina.post(f"{COLA}/{tres[0].pk}/no-enviado")
        assert EnlaceDeAcceso.objects.get().anulado_en is None

    @pytest.mark.un_motor
    def test_who_has_no_phone_waits_at_the_end_and_is_offered_a_card(self, oficina, tres):
        Persona.objects.filter(pk=tres[0].pk).update(celular="")
        pagina = oficina.get(COLA)
        assert en_cola(pagina) == ["Persona C", "Persona D", "Persona B"] and "sin celular" in pagina.text
        for una in tres[1:]:
            oficina.post(f"{COLA}/{una.pk}")
        pagina = oficina.get(COLA).text
        assert "No tiene celular registrado: su enlace va en una tarjeta." in pagina
        hoja = oficina.post(HOJA, {"persona": tres[0].pk, "volver": COLA}, follow=True)
        assert "1 tarjeta" in hoja.text and "Persona B Apellido B" in hoja.text
        assert "No queda nadie por invitar aquí." in oficina.get(COLA).text

    @pytest.mark.un_motor
    def test_where_whatsapp_is_off_the_message_is_copied(self, oficina, tres):
        AjustesDelAula.objects.update_or_create(defaults={"whatsapp_activo": False})
        pagina = oficina.get(COLA).text
        assert "wa.me" not in pagina and 'target="_blank"' not in pagina and "Hacer su enlace" in pagina
        respuesta = oficina.post(f"{COLA}/{tres[0].pk}", {"volver": COLA}, follow=True)
        assert "El último: Persona B Apellido B" in respuesta.text and "Copiar mensaje" in respuesta.text
        assert "/a/" in respuesta.text and "wa.me" not in respuesta.text

    def test_it_is_of_a_table_or_of_what_the_list_showed(self, oficina, tres, entrar, coordinadora_a):
        assert en_cola(oficina.get(COLA, {"distrito": gente.DISTRITO_B})) == ["Persona D"]
        assert en_cola(oficina.get(COLA, {"q": "apellido c"})) == ["Persona C"]
        assert en_cola(entrar(coordinadora_a).get(COLA)) == ["Persona B", "Persona C"]
        lista = oficina.get("/panel/personas", {"distrito": gente.DISTRITO_B}).text
        assert f'href="{COLA}?distrito={gente.DISTRITO_B}"' in lista and "1 por invitar" in lista

    def test_it_is_of_the_people_of_a_list_just_saved(self, oficina, tres, entrar, coordinadora_a):
        lista = ImportacionDePadron.objects.create(
            archivo="lista.csv", huella="x", esquema="inei", estado="confirmada", subida_en=timezone.now()
        )
        for orden, una in enumerate((tres[0], tres[2])):
            FilaDePadron.objects.create(importacion=lista, orden=orden, fila=orden, persona=una.pk)
        pagina = oficina.get(COLA, {"lista": lista.pk})
        assert en_cola(pagina) == ["Persona B", "Persona D"]
        assert en_cola(entrar(coordinadora_a).get(COLA, {"lista": lista.pk})) == ["Persona B"]
        assert len(en_cola(oficina.get(COLA, {"lista": "no es un número"}))) == 3
        oficina.post(HOJA, {"cola": "1", "lista": lista.pk})
        assert set(EnlaceDeAcceso.objects.values_list("persona_id", flat=True)) == {tres[0].pk, tres[2].pk}

    def test_who_begins_later_may_be_invited_before(self, oficina, tres):
        manana = timezone.localdate() + datetime.timedelta(days=1)
        tres[0].membresias.update(desde=manana)
        assert "Persona B" not in en_cola(oficina.get(COLA))
        assert en_cola(oficina.get(COLA, {"quienes": "por_empezar"})) == ["Persona B"]

    def test_who_has_a_key_or_is_closed_is_not_in_it(self, oficina, integrante, tres):
        Persona.objects.filter(pk=tres[0].pk).update(activa=False)
        assert en_cola(oficina.get(COLA)) == ["Persona C", "Persona D"]


class TestTarjetas:
    @pytest.mark.un_motor
    def test_ten_to_a_sheet_and_each_with_its_own_link(self, oficina, tres):
        for numero in range(4, 13):
            sin_clave(numero)
        respuesta = oficina.post(HOJA, {"cola": "1"})
        assert "personas=" in respuesta.url
        hoja = oficina.get(respuesta.url)
        assert [len(una) for una in hoja.context["hojas"]] == [10, 2]
        codigos = {tarjeta.creado.codigo for una in hoja.context["hojas"] for tarjeta in una}
        assert len(codigos) == 12 == EnlaceDeAcceso.objects.count()
        assert "testserver/sin-clave" in hoja.text and "••••••01" in hoja.text and "46000001" not in hoja.text
        otra_vez = oficina.get(respuesta.url).context["hojas"]
        assert {t.creado.codigo for una in otra_vez for t in una} == codigos

    @pytest.mark.un_motor
    def test_the_card_opens_with_the_document(self, oficina, tres, visitante):
        hoja = oficina.post(HOJA, {"persona": tres[0].pk}, follow=True)
        codigo = re.search(r"Código: <strong>([\w-]+)<", hoja.text)[1]
        respuesta = visitante.post("/sin-clave", {"documento": tres[0].documento, "codigo": codigo})
        assert respuesta.url.startswith("/a/")

    def test_a_link_that_works_is_replaced_only_if_told(self, oficina, tres, coordinadora_a):
        crear_enlace(persona=tres[0], por=coordinadora_a, ahora=timezone.now())
        hoja = oficina.post(HOJA, {"persona": [tres[0].pk, tres[1].pk]}, follow=True)
        assert [t.persona for t in hoja.context["hojas"][0]] == [tres[1]]
        assert "Estas personas ya tienen un enlace que sirve." in hoja.text
        assert not EnlaceDeAcceso.objects.filter(anulado_en__isnull=False).exists()
        hoja = oficina.post(HOJA, {"persona": [tres[0].pk, tres[1].pk], "otro": tres[0].pk}, follow=True)
        assert [t.persona for t in hoja.context["hojas"][0]] == tres[:2]
        assert EnlaceDeAcceso.objects.filter(anulado_en__isnull=False).count() == 1

    def test_only_of_whom_one_answers_for(self, entrar, coordinadora_a, tres):
        cliente = entrar(coordinadora_a)
        hoja = cliente.post(HOJA, {"persona": [tres[0].pk, tres[2].pk, "x", "9" * 30]}, follow=True)
        assert [t.persona for t in hoja.context["hojas"][0]] == [tres[0]]
        assert not EnlaceDeAcceso.objects.filter(persona=tres[2]).exists()
        assert cliente.get(HOJA, {"personas": str(tres[2].pk)}).context["cuantas"] == 0

    @pytest.mark.un_motor
    def test_nobody_marked_is_said(self, oficina):
        respuesta = oficina.post(HOJA, {"volver": "/panel/personas"}, follow=True)
        assert "Marque al menos a una persona para hacer su tarjeta." in respuesta.text

    def test_many_links_cost_what_one_does(self, tres, cem_provincial, presupuesto):
        for numero in range(4, 24):
            sin_clave(numero)
        personas = list(Persona.objects.filter(cuenta=None).values_list("pk", flat=True))
        ContentType.objects.get_for_model(Persona)  # read once in a process, by whoever comes first
        with presupuesto(10) as muchas:
            crear_enlaces(personas=personas, por=cem_provincial, ahora=timezone.now())
        assert EnlaceDeAcceso.objects.count() == 23
        EnlaceDeAcceso.objects.all().delete()
        with presupuesto(10) as una:
            crear_enlaces(personas=personas[:1], por=cem_provincial, ahora=timezone.now())
        assert muchas.contadas == una.contadas

    def test_who_works_here_and_who_is_closed_get_none(self, tres, cem_provincial):
        cuenta = gente.crear_cuenta("trabaja")
        Alcance.objects.create(cuenta=cuenta, territorio_id=gente.DISTRITO_A, rol="coordinacion", desde=gente.DESDE)
        Persona.objects.filter(pk=tres[0].pk).update(cuenta=cuenta)
        Persona.objects.filter(pk=tres[1].pk).update(activa=False)
        hechos = crear_enlaces(personas=[una.pk for una in tres], por=cem_provincial, ahora=timezone.now())
        assert set(hechos.creados) == {tres[2].pk} and hechos.sin_enlace == {tres[0].pk, tres[1].pk}

    def test_a_link_of_a_card_ends_with_the_seat(self, tres, cem_provincial):
        ultimo = timezone.localdate() + datetime.timedelta(days=2)
        tres[0].membresias.update(hasta=ultimo)
        hechos = crear_enlaces(personas=[tres[0].pk], por=cem_provincial, ahora=timezone.now())
        assert hechos.creados[tres[0].pk].ultimo_dia == ultimo


def test_saving_a_person_leads_to_their_table(oficina, territorio):
    asiento = gente.crear_asiento(gente.DISTRITO_B)
    datos = {
        "documento": "45671234",
        "nombres": "Luz",
        "apellidos": "Paredes",
        "celular": "",
        "asiento": asiento.pk,
        "calidad": "titular",
    }
    pagina = oficina.post("/panel/personas/nueva", datos, follow=True).text
    assert f'href="/panel/personas?distrito={gente.DISTRITO_B}"' in pagina
    assert "Enviar enlace de ingreso" in pagina and "Agregar otra persona aquí" in pagina
    assert f'href="/panel/personas/nueva?distrito={gente.DISTRITO_B}"' in pagina
    gente.crear_asiento(gente.DISTRITO_A)
    formulario = oficina.get("/panel/personas/nueva", {"distrito": gente.DISTRITO_B})
    asientos = formulario.context["form"].fields["asiento"].asientos.values()
    assert {uno.instancia.territorio_id for uno in asientos} == {gente.DISTRITO_B}
