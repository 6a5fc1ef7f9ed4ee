"""Once a copy was put back, the book says why it jumps, and a paper that is not here is not told to be false."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from certificados import codigos
from certificados.services import avanzar_registro, emitir
from marco.models import Instalacion
from tests import gente
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db
SALTA = "El registro de 2026 salta números porque el 30 de noviembre de 2026 se volvió a una copia de respaldo."
PUEDE = "Un papel emitido entre la copia y ese día puede ser auténtico y no constar aquí"


def volver(copia: str = "aula-20261128-081000.respaldo", en: datetime.datetime = AHORA) -> None:
    Instalacion.objects.update_or_create(pk=1, defaults={"repuesta_de": copia, "desde": en})


def libro(cliente: Any, ver: str = "emitidos") -> str:
    return " ".join(cliente.get("/panel/certificados", {"ver": ver}).text.split())


def test_the_book_says_why_its_numbers_jump_and_only_then(
    entrar, cem_provincial, certificado, integrante_de_b, curso, presupuesto
):
    cliente = entrar(cem_provincial)
    assert "salta números" not in libro(cliente)
    volver()
    avanzar_registro(anio=2026, hasta=1000)
    otra = factories.inscribir(integrante_de_b, curso, ubigeo=gente.DISTRITO_B)
    emitir(inscripcion_id=otra.pk, ahora=AHORA)
    dicho = libro(cliente)
    assert "1001-2026" in dicho and "0001-2026" in dicho and SALTA in dicho
    assert "salta números" not in libro(cliente, "pendientes") + libro(cliente, "anulados"), "no number is seen there"
    with presupuesto(8):
        libro(cliente)
    volver(en=AHORA.replace(year=2030), copia="aula-20300101-081000.respaldo")
    assert "salta números" not in libro(cliente), "of those years, no number is seen"


@pytest.mark.un_motor
def test_a_copy_of_a_year_before_explains_both(entrar, cem_provincial, certificado):
    volver(en=AHORA.replace(year=2027, month=1))
    assert SALTA.replace("30 de noviembre de 2026", "30 de enero de 2027") in libro(entrar(cem_provincial))


def test_a_paper_that_is_not_here_may_be_of_the_days_that_were_left_behind(visitante, certificado, presupuesto):
    direccion = reverse("kuska_certificados:verificar", args=[codigos.nuevo_codigo_largo()])
    assert PUEDE not in visitante.get(direccion).text
    volver()
    with presupuesto(5):
        respuesta = visitante.get(direccion)
    assert respuesta.status_code == 404 and "No encontramos ese documento" in respuesta.text
    dicho = " ".join(respuesta.text.split())
    assert "El 30 de noviembre de 2026 este registro se repuso de una copia de respaldo del 28 de noviembre" in dicho
    assert PUEDE in dicho
    volver(copia="la-del-usb.respaldo")
    assert "se repuso de una copia de respaldo. Un papel" in " ".join(visitante.get(direccion).text.split())


def test_one_that_is_here_is_told_as_always(visitante, certificado, presupuesto):
    volver()
    direccion = reverse("kuska_certificados:verificar", args=[certificado.codigo_largo])
    visitante.get(direccion)
    with presupuesto(1):
        respuesta = visitante.get(direccion)
    assert "Documento válido" in respuesta.text and PUEDE not in respuesta.text


@pytest.mark.un_motor
def test_by_hand_it_is_told_of_what_is_not_found_and_of_nothing_else(visitante, certificado):
    volver()
    direccion = reverse("kuska_certificados:verificar_a_mano")
    escrito = {"codigo": codigos.nuevo_codigo_corto(), "documento": "40000001"}
    assert PUEDE in " ".join(visitante.post(direccion, escrito).text.split())
    assert PUEDE not in visitante.get(direccion).text + visitante.post(direccion, {}).text
