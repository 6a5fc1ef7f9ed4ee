"""A receipt proves that answers arrived, and when: by its signature and by the ledger. A forged one is refused."""

from __future__ import annotations

import base64
import datetime
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from evaluaciones import recibos
from evaluaciones.checks import llaves_de_recibo, se_firma
from evaluaciones.consultas.recibos import Veredicto, verificar
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from tests.evaluaciones.factories import buenas, crear_evaluacion, empezar, unidad_de
from tests.evaluaciones.test_paginas import campos, lugar
from tests.mundos import hecho_una_vez

un_motor = pytest.mark.un_motor
conbase = pytest.mark.django_db
DIA = datetime.date(2026, 11, 3)


@pytest.fixture
@hecho_una_vez
def enviado(inscrita, unidad) -> Intento:
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    return Intento.objects.get(pk=intento.pk)


def llaves(*escritas: str):
    return override_settings(KUSKA_LLAVES_DE_RECIBO=list(escritas))


def retocado(texto: str, **cambios) -> str:
    """The receipt with other words under the same signature."""
    formato, llave, dicho, firma = texto.split(".")
    datos = json.loads(base64.urlsafe_b64decode(dicho + "=" * (-len(dicho) % 4))) | cambios
    otro = base64.urlsafe_b64encode(json.dumps(datos).encode()).rstrip(b"=").decode()
    return f"{formato}.{llave}.{otro}.{firma}"


@conbase
def test_whoever_sends_gets_a_receipt_that_names_nobody(client, entrar, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    resultado = entrar(inscrita.persona).post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento)))
    intento.refresh_from_db()
    codigo = recibos.leer(intento.recibo).codigo_legible
    assert codigo in resultado.content.decode() and intento.recibo in resultado.content.decode()
    pagina = client.get(f"/r/{codigo}")
    dicho = pagina.content.decode()
    assert pagina.status_code == 200 and "Recibo válido" in dicho and intento.reglas.titulo in dicho
    for ajeno in (inscrita.persona.nombres, inscrita.persona.documento, "Aprobó"):
        assert ajeno not in dicho
    assert pagina["Cache-Control"] == "private, no-store" or "no-store" in pagina["Cache-Control"]
    assert client.get(f"/r/{codigo.lower()}").status_code == 200
    assert pagina["X-Robots-Tag"] == "noindex, nofollow"
    assert pagina["Referrer-Policy"] == "same-origin"  # its form is sent with the origin of the site


@conbase
def test_a_script_gets_it_as_well_and_sending_again_gives_the_same(entrar, inscrita, unidad):
    cliente, intento = entrar(inscrita.persona), empezar(inscrita.persona, unidad)
    datos, acepta = campos(intento, buenas(intento)), {"accept": "application/json"}
    faltan = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, {}), headers=acepta)
    assert faltan.status_code in (200, 409)
    primero = cliente.post(f"{lugar(unidad)}/enviar", datos, headers=acepta).json()
    assert primero["estado"] == "enviada" and primero["url"].endswith("/resultado/1")
    assert verificar(primero["codigo"]).veredicto == Veredicto.VALIDO
    assert cliente.post(f"{lugar(unidad)}/enviar", datos, headers=acepta).json() == primero


@conbase
@un_motor
def test_a_practice_has_no_receipt(inscrita, programa):
    practica = unidad_de(crear_evaluacion(programa.modulos[0], clase="practica", preguntas=2, titulo="Práctica"))
    intento = empezar(inscrita.persona, practica)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    assert Intento.objects.get(pk=intento.pk).recibo == ""


@conbase
@un_motor
def test_a_forged_receipt_is_refused_with_a_sentence(client, enviado):
    ajena = recibos.nueva_llave(DIA)
    with llaves(ajena):
        de_otro, _codigo = recibos.firmar(
            intento=enviado, curso=1, unidad=2, recibido_en=enviado.enviado_en, respuestas=[1]
        )
    for falso in (
        retocado(enviado.recibo, r="2020-01-01T00:00:00+00:00"),
        enviado.recibo[:-4] + "AAAA",
        enviado.recibo.replace("K1.", "K2."),
        de_otro,
        "K1.a.b.c",
        "uno.dos",
        "." * 5000,
    ):
        respuesta = client.post("/r", {"recibo": falso})
        assert "Este recibo no es auténtico" in respuesta.content.decode(), falso[:40]
        assert verificar(falso).recibo is None
    assert "Recibo válido" in client.post("/r", {"recibo": f" {enviado.recibo}\n"}).content.decode()


@conbase
@un_motor
def test_a_code_that_is_of_none_says_so_and_keeps_what_was_typed(client, enviado):
    respuesta = client.post("/r", {"recibo": "7K3M-9XQ2-4T5P"})
    assert respuesta.status_code == 404
    assert "No encontramos ese recibo" in respuesta.content.decode() and "7K3M-9XQ2-4T5P" in respuesta.content.decode()


@conbase
def test_what_the_ledger_says_otherwise_is_told(enviado):
    linea = Respuesta.objects.filter(intento=enviado, definitiva=True).first()
    Respuesta.objects.filter(pk=linea.pk).update(valor=["otra"])
    assert verificar(enviado.codigo_de_recibo).veredicto == Veredicto.NO_COINCIDE
    assert verificar(enviado.recibo).veredicto == Veredicto.NO_COINCIDE


@conbase
@un_motor
def test_a_receipt_outlives_the_loss_of_what_it_proves(enviado):
    texto = enviado.recibo
    Respuesta.objects.filter(intento=enviado).delete()
    Intento.objects.filter(pk=enviado.pk).delete()  # a copy from before was restored
    hallado = verificar(texto)
    assert hallado.veredicto == Veredicto.SIN_ENVIO and hallado.recibo.intento == enviado.clave
    assert "vale como prueba" in hallado.mensaje


@conbase
@un_motor
def test_keys_rotate_and_what_the_former_one_signed_still_verifies(enviado, settings):
    vieja, nueva = settings.KUSKA_LLAVES_DE_RECIBO[0], recibos.nueva_llave(DIA)
    for antes in (vieja, recibos.parte_publica(vieja)):
        with llaves(nueva, antes):
            assert verificar(enviado.recibo).veredicto == Veredicto.VALIDO
            otro, codigo = recibos.firmar(
                intento=enviado, curso=1, unidad=1, recibido_en=enviado.enviado_en, respuestas=[]
            )
            assert recibos.leer(otro).codigo == codigo and otro.split(".")[1] != enviado.recibo.split(".")[1]
    with llaves(nueva):
        assert verificar(enviado.codigo_de_recibo).veredicto == Veredicto.FALSO


@conbase
@un_motor
def test_without_a_key_what_is_sent_is_received_all_the_same(inscrita, unidad):
    with llaves():
        intento = empezar(inscrita.persona, unidad)
        enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
        guardado = Intento.objects.get(pk=intento.pk)
        assert (guardado.estado, guardado.recibo, guardado.codigo_de_recibo) == ("enviado", "", "")
        assert [una.id for una in se_firma()] == ["kuska.W012"]


@un_motor
def test_a_key_that_cannot_be_read_is_told_at_start_without_saying_it():
    with llaves("secreto-mal-copiado"):
        (falta,) = llaves_de_recibo()
    assert falta.id == "kuska.E017" and "secreto" not in falta.msg
    with llaves(recibos.parte_publica(recibos.nueva_llave(DIA))):
        assert not list(llaves_de_recibo()) and [una.id for una in se_firma()] == ["kuska.W012"]


@conbase
@un_motor
def test_by_command(enviado):
    salida = StringIO()
    call_command("verificar_recibo", enviado.codigo_de_recibo, stdout=salida)
    assert "Recibo válido" in salida.getvalue()
    with pytest.raises(CommandError, match="no es auténtico"):
        call_command("verificar_recibo", retocado(enviado.recibo, n=9))
    salida = StringIO()
    call_command("llave_de_recibos", stdout=salida)
    with llaves(salida.getvalue().strip()):
        assert recibos.llaves().firma is not None
    with pytest.raises(CommandError):
        call_command("llave_de_recibos", publica_de="no es")
