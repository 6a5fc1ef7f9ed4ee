"""The summary of the week: neutral words by hand; by e-mail, once, to who confirmed and answers for a place."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from cursos.models import Prorroga
from instancias.models import Alcance, ImportacionDePadron, Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services import trabajos
from marco.models import AjustesDelAula
from marco.services.pausa import poner_solo_lectura
from seguimiento import tasks
from seguimiento.consultas import contadores
from seguimiento.consultas.dias import leer_semana
from seguimiento.consultas.semana import Plazo, Semana, semana_de
from seguimiento.models import EnvioDeResumen, Suscripcion
from seguimiento.resumen import texto_de
from seguimiento.services.resumenes import enviar_resumen, preparar_resumenes
from seguimiento.services.suscripcion import direccion_para_salir, enviar_confirmaciones
from tests import gente
from tests.mundos import hecho_una_vez
from tests.neutralidad import palabras_en
from tests.seguimiento import factories as f

LIMA = timezone.get_default_timezone()
LUNES = datetime.datetime(2026, 11, 30, 8, 0, tzinfo=LIMA)
DOMINGO = datetime.date(2026, 11, 29)
ZONA = AlcanceEfectivo((f.PROVINCIA,))


@pytest.fixture
@hecho_una_vez
def encendido(db):
    AjustesDelAula.objects.update_or_create(defaults={"correo_activo": True})


@pytest.fixture
@hecho_una_vez
def provincia(version):
    """Open since January; in the week, six finished: one on its Monday, one on the Sunday before, out of it."""
    edicion = f.abrir(version, inicia=datetime.date(2026, 1, 5), termina=datetime.date(2026, 12, 20))
    dias = [DOMINGO - datetime.timedelta(days=n) for n in (7, 6, 5, 4, 3, 1, 0)]
    for n, dia in enumerate(dias, 1):
        persona = f.integrante(f.A, edicion, numero=n, hechas=4, nombres=f"Nombre{n}")
        hora = datetime.datetime.combine(dia, datetime.time(23, 50 if n == 1 else 10), tzinfo=LIMA)
        persona.inscripciones.update(terminada_en=hora, ultima_actividad_en=hora, creada_en=hora, iniciada_en=hora)
        persona.membresias.update(desde=datetime.date(2026, 1, 5))
    f.crear_asiento(f.A, numero=20, abierto_en=None)
    return edicion


@pytest.fixture
def lunes():
    with time_machine.travel(LUNES, tick=False):
        yield


def suscribir(cuenta, correo: str = "coordina@example.org") -> Suscripcion:
    return Suscripcion.objects.create(cuenta=cuenta, correo=correo, pedida_en=LUNES, confirmada_en=LUNES)


def correr(ahora: datetime.datetime = LUNES) -> list[int]:
    envios = preparar_resumenes(ahora=ahora)
    for envio in envios:
        enviar_resumen(envio_id=envio, ahora=ahora)
    return envios


@pytest.mark.django_db
def test_it_counts_from_monday_to_sunday_what_the_panel_says_of_that_sunday(provincia, entrar, cem_provincial):
    semana = semana_de(ZONA, ahora=LUNES)
    assert (semana.desde, semana.hasta) == (datetime.date(2026, 11, 23), DOMINGO)
    assert semana.terminaron == 6
    assert (semana.sin_persona, semana.asientos) == (1, 8)
    assert semana_de(ZONA, ahora=LUNES + datetime.timedelta(days=6)).hasta == DOMINGO
    assert semana_de(ZONA, ahora=LUNES - datetime.timedelta(hours=9)).hasta == DOMINGO - datetime.timedelta(days=7)
    assert semana.plazos == (Plazo(datetime.date(2026, 12, 20)),)
    Prorroga.objects.create(
        edicion=provincia, territorio_id=f.A, hasta=datetime.date(2026, 12, 28), motivo="Lluvias", dada_en=LUNES
    )
    assert semana_de(ZONA, ahora=LUNES).plazos[-1] == Plazo(datetime.date(2026, 12, 28), "Rupa-Rupa")
    assert semana_de(AlcanceEfectivo((f.B,)), ahora=LUNES).terminaron == 0
    assert semana_de(ZONA, ahora=datetime.datetime(2026, 1, 9, tzinfo=LIMA)) is None


@pytest.mark.un_motor
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cuantas", "dice"),
    [(0, "menos de 5 integrantes"), (4, "menos de 5 integrantes"), (5, "Terminaron esta semana 5 integrantes.")],
)
def test_its_words_are_neutral_and_of_no_fewer_than_five(cuantas, dice):
    semana = Semana("Luyando", datetime.date(2026, 11, 23), DOMINGO, cuantas, 30, 4, True, (Plazo(DOMINGO, "Luyando"),))
    texto = texto_de(semana)
    assert dice in texto and "Asientos sin persona: 4 de 30." in texto
    assert "/panel/recordar" in texto and "Último día en Luyando: 29 de noviembre." in texto
    assert not palabras_en(texto)


@pytest.mark.un_motor
@pytest.mark.django_db
def test_in_the_panel_the_text_goes_by_whatsapp_without_any_email(provincia, entrar, cem_provincial, lunes):
    pagina = entrar(cem_provincial).get("/panel/resumen").text
    assert "Terminaron esta semana 6 integrantes." in pagina
    assert 'href="https://wa.me/?text=Resumen%20de%20la%20semana' in pagina
    assert "Este sitio no envía correos." in pagina
    respuesta = entrar(cem_provincial).post("/panel/resumen", {"correo": "yo@example.org"})
    assert "Este sitio no envía correos." in respuesta.text and not Suscripcion.objects.exists()


@pytest.mark.django_db
def test_only_a_confirmed_email_gets_it(
    encendido, provincia, entrar, cem_provincial, django_capture_on_commit_callbacks, lunes
):
    cliente = entrar(cem_provincial)
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post("/panel/resumen", {"correo": "yo@example.org"})
    (aviso,) = mail.outbox
    assert aviso.subject == "Confirme su correo" and aviso.to == ["yo@example.org"]
    assert "Falta confirmar yo@example.org" in cliente.get("/panel/resumen").text
    assert correr() == []
    direccion = re.search(r"https?://[^/]+(/resumen/confirmar/\S+)", aviso.body).group(1)
    visitante = Client(enforce_csrf_checks=True)
    assert "Toque el botón si fue usted" in visitante.get(direccion).text
    assert correr() == [], "Opening the address confirms nothing."
    assert visitante.post(direccion).status_code == 403
    assert "Listo." in Client().post(direccion).text
    assert len(correr()) == 1
    assert mail.outbox[-1].to == ["yo@example.org"]
    otra = cliente.post("/panel/resumen", {"correo": "otra@example.org"})
    assert "hace menos de cinco minutos" in otra.text
    assert Client().get(direccion[:-3]).status_code == 404
    assert "Escriba un correo como" in cliente.post("/panel/resumen", {"correo": "nada"}).text


@pytest.mark.django_db
def test_it_goes_out_on_monday_from_eight_and_once(encendido, provincia, cem_provincial):
    suscribir(cem_provincial)
    for otra_hora in (datetime.timedelta(minutes=-1), datetime.timedelta(days=-1), datetime.timedelta(days=1)):
        assert correr(LUNES + otra_hora) == []
    assert len(correr()) == 1
    assert correr() == correr(LUNES + datetime.timedelta(hours=5)) == []
    (envio,) = mail.outbox
    assert envio.subject == "Resumen de la semana" and not palabras_en(envio.subject + envio.body)
    assert envio.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not [nombre for nombre in ("Nombre1", "Campos", cem_provincial.username) if nombre in envio.body]
    assert len(correr(LUNES + datetime.timedelta(days=7))) == 1
    assert EnvioDeResumen.objects.filter(estado="enviado").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("que", ["sin alcance", "cuenta cerrada", "dejo", "apagado"])
def test_who_lost_their_scope_or_left_gets_none(encendido, provincia, cem_provincial, que):
    suscribir(cem_provincial)
    (envio,) = preparar_resumenes(ahora=LUNES)
    if que == "sin alcance":
        Alcance.objects.filter(cuenta=cem_provincial).update(hasta=DOMINGO)
    elif que == "cuenta cerrada":
        type(cem_provincial).objects.filter(pk=cem_provincial.pk).update(is_active=False)
    elif que == "dejo":
        Suscripcion.objects.all().delete()
    else:
        AjustesDelAula.load().delete()
        AjustesDelAula.objects.create(correo_activo=False).save()
    enviar_resumen(envio_id=envio, ahora=LUNES)
    assert mail.outbox == []
    assert EnvioDeResumen.objects.get().estado == "no_salio"


@pytest.mark.django_db
def test_a_refusal_is_tried_three_times_and_a_doubt_never(encendido, provincia, cem_provincial, monkeypatch):
    suscribir(cem_provincial)
    intentos = []

    def rechazar(mensaje, *_argumentos, **_campos):
        intentos.append(mensaje.subject)
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", rechazar)
    for minutos in range(0, 60, 10):
        correr(LUNES + datetime.timedelta(minutes=minutos))
    assert len(intentos) == 3 and EnvioDeResumen.objects.get().estado == "no_salio"
    EnvioDeResumen.objects.update(estado="saliendo", tomado_en=LUNES)
    assert correr(LUNES + datetime.timedelta(minutes=20)) == []
    assert EnvioDeResumen.objects.get().estado == "no_salio" and len(intentos) == 3


@pytest.mark.django_db
def test_leaving_takes_one_post_without_signing_in(encendido, provincia, cem_provincial):
    suscribir(cem_provincial)
    correr()
    direccion = re.search(r"<https?://[^/]+([^>]+)>", mail.outbox[0].extra_headers["List-Unsubscribe"]).group(1)
    programa = Client(enforce_csrf_checks=True)
    assert "Toque el botón" in programa.get(direccion).text
    assert Suscripcion.objects.exists(), "Opening the address leaves nothing."
    respuesta = programa.post(direccion, {"List-Unsubscribe": "One-Click"})
    assert respuesta.status_code == 200 and not respuesta.cookies
    assert not Suscripcion.objects.exists()
    assert programa.post(direccion).status_code == 200
    de_otra, _puntos, _firma = direccion_para_salir("999999").rpartition("/")[2].partition(":")
    _suya, _puntos, firma = direccion.rpartition("/")[2].partition(":")
    assert programa.post(f"/resumen/salir/{de_otra}:{firma}").status_code == 404
    assert correr(LUNES + datetime.timedelta(days=7)) == []


@pytest.mark.django_db
def test_what_waits_to_be_confirmed_goes_out_once_and_not_a_day_late(encendido, provincia, cem_provincial):
    Suscripcion.objects.create(cuenta=cem_provincial, correo="yo@example.org", pedida_en=LUNES)
    assert enviar_confirmaciones(ahora=LUNES + datetime.timedelta(days=2)) == 0
    assert enviar_confirmaciones(ahora=LUNES) == 1
    assert enviar_confirmaciones(ahora=LUNES) == 0
    tasks.confirmaciones()
    tasks.resumenes()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_it_costs_the_same_for_one_district_or_for_three(encendido, provincia, cem_provincial, presupuesto):
    suscribir(cem_provincial)
    costos = []
    for semana, ubigeo in enumerate((f.A, f.B, f.C)):
        f.integrante(ubigeo, provincia, numero=40 + semana, hechas=1)
        ahora = LUNES + datetime.timedelta(days=7 * semana)
        (envio,) = preparar_resumenes(ahora=ahora)
        with presupuesto(20) as captura:
            enviar_resumen(envio_id=envio, ahora=ahora)
        costos.append(captura.contadas)
    assert costos[1] == costos[2]


# -- of no half list, and of many people apart


@pytest.fixture
def a_medias(db):
    return ImportacionDePadron.objects.create(
        archivo="lista.xlsx", ambito=[f.PROVINCIA], fase="guardar", latido_en=LUNES, subida_en=LUNES
    )


@pytest.mark.django_db
def test_while_a_list_is_by_half_the_text_waits_and_says_why(provincia, entrar, cem_provincial, lunes, a_medias):
    pagina = entrar(cem_provincial).get("/panel/resumen").text
    assert "Ahora mismo se guarda o se deshace una lista" in pagina and "Terminaron esta semana" not in pagina
    a_medias.delete()
    assert "Terminaron esta semana 6 integrantes." in entrar(cem_provincial).get("/panel/resumen").text


@pytest.mark.django_db
def test_while_a_list_is_by_half_the_email_waits_that_day_and_spends_no_try(
    encendido, provincia, cem_provincial, a_medias
):
    suscribir(cem_provincial)
    for _vez in range(5):
        assert len(correr()) == 1
    envio = EnvioDeResumen.objects.get()
    assert (envio.estado, envio.veces) == (EnvioDeResumen.Estado.POR_ENVIAR, 0) and not mail.outbox
    a_medias.delete()
    correr(LUNES + datetime.timedelta(hours=3))
    correr(LUNES + datetime.timedelta(hours=4))
    assert len(mail.outbox) == 1 and EnvioDeResumen.objects.get().veces == 1


@pytest.fixture
def muchas(monkeypatch):
    """One person is many; nobody takes what is left in the queue."""
    monkeypatch.setattr(contadores, "AL_MOMENTO", 0)
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, _numero: None)


@pytest.mark.django_db
def test_of_many_people_it_is_counted_apart_once_and_told_to_all_of_that_scope(
    provincia, entrar, cem_provincial, lunes, muchas, presupuesto
):
    cliente = entrar(cem_provincial)
    assert "se está contando" in cliente.get("/panel/resumen").text
    with presupuesto(14) as captura:
        cliente.get("/panel/resumen")
    assert "kuska_cursos_inscripcion" not in " ".join(fila["sql"] for fila in captura.captured_queries)
    trabajo = Trabajo.objects.get()
    trabajos.hacer(trabajo_id=trabajo.pk)
    trabajo.refresh_from_db()
    assert leer_semana(trabajo) == semana_de(ZONA, ahora=LUNES)
    assert "Ver el resumen de la semana" in cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    otra = entrar(gente.crear_coordinacion("otra", f.PROVINCIA))
    for una in (cliente, otra):
        pagina = una.get("/panel/resumen").text
        assert "Terminaron esta semana 6 integrantes." in pagina and "Contado el 30 de noviembre" in pagina
    assert Trabajo.objects.count() == 1


@pytest.mark.django_db
def test_what_is_counted_apart_waits_for_a_list_and_can_be_asked_for_again(
    provincia, entrar, cem_provincial, lunes, muchas, a_medias
):
    cliente = entrar(cem_provincial)
    cliente.get("/panel/resumen")
    trabajo = Trabajo.objects.get()
    trabajos.hacer(trabajo_id=trabajo.pk)
    pagina = cliente.get("/panel/resumen").text
    assert "Ahora mismo se guarda o se deshace una lista" in pagina and "se cuenta solo cuando se pueda" in pagina
    cliente.post(f"/panel/trabajos/{trabajo.clave}/detener")
    assert "El conteo se detuvo." in cliente.get("/panel/resumen").text
    a_medias.delete()
    cliente.post("/panel/resumen", {"contar": "1"})
    trabajos.hacer(trabajo_id=Trabajo.objects.exclude(pk=trabajo.pk).get().pk)
    assert "Terminaron esta semana 6 integrantes." in cliente.get("/panel/resumen").text
    poner_solo_lectura(ahora=LUNES, por=cem_provincial)
    Trabajo.objects.all().delete()
    assert "espera a que el aula vuelva a guardar" in cliente.get("/panel/resumen").text
