"""What a person keeps and shares, and who may take the PDF."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from certificados import codigos, services
from certificados.models import Certificado
from marco.models import AjustesDelAula
from tests import gente
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PAGINA = "/certificados"


def cuerpo(respuesta) -> str:
    return respuesta.content.decode()


def pdf_de(certificado) -> str:
    return reverse("kuska_certificados:descargar", args=[certificado.pk])


def test_shows_each_document_with_its_code_and_weight(entrar, integrante, certificado):
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    respuesta = entrar(integrante).get(PAGINA)
    assert respuesta.status_code == 200
    kb = round(certificado.pdf_bytes / 1024)
    for dato in ("Nuestras funciones", "24 horas", codigos.formatear(certificado.codigo_corto)):
        assert dato in cuerpo(respuesta)
    assert f"Descargar (PDF, {kb} KB)" in cuerpo(respuesta)
    assert respuesta["Cache-Control"] == "no-store"


def test_says_when_the_pdf_is_still_being_made_and_hands_it_over_anyway(entrar, integrante, certificado):
    cliente = entrar(integrante)
    assert "se está preparando" in cuerpo(cliente.get(PAGINA))
    respuesta = cliente.get(pdf_de(certificado))
    assert respuesta.content.startswith(b"%PDF")
    assert Certificado.objects.get().pdf == ""


def test_says_that_a_finished_course_is_on_its_way(entrar, integrante, terminada):
    assert "Estamos preparando su documento" in cuerpo(entrar(integrante).get(PAGINA))


def test_whose_name_came_out_wrong_is_led_to_who_corrects_it(entrar, visitante, integrante, certificado):
    cliente = entrar(integrante)
    adonde = re.search(r'href="([^"]+)">Mi nombre está mal: ¿qué hago\?', cuerpo(cliente.get(PAGINA)))[1]
    ayuda = cuerpo(cliente.get(adonde))
    assert "Si su certificado ya salió con el nombre mal, dígalo: sale otro, con otro código" in ayuda
    escrito = re.search(r'href="([^"#]+)#pedir">\s*Pedirlo aquí, por escrito', ayuda)[1]
    assert 'id="pedir"' in cuerpo(cliente.get(escrito)) and "Corregir un dato" in cuerpo(cliente.get(escrito))
    assert "por escrito" not in cuerpo(visitante.get(adonde))


def test_empty(entrar, integrante):
    assert "Todavía no tiene certificados" in cuerpo(entrar(integrante).get(PAGINA))


def test_shared_words_are_neutral(entrar, integrante, certificado):
    Certificado.objects.update(datos={**certificado.datos, "curso": "Violencia"})
    enlace = re.search(r'href="(https://wa\.me/[^"]+)"', cuerpo(entrar(integrante).get(PAGINA))).group(1)
    assert unquote(enlace) == (
        "https://wa.me/?text=Le comparto mi documento. Puede verificarlo aquí: "
        f"http://testserver/v/{certificado.codigo_largo}"
    )


def test_without_whatsapp_the_address_is_there_to_copy(entrar, integrante, certificado):
    ajustes = AjustesDelAula.load()
    ajustes.whatsapp_activo = False
    ajustes.save()
    leido = cuerpo(entrar(integrante).get(PAGINA))
    assert "wa.me/?text" not in leido
    assert f"http://testserver/v/{certificado.codigo_largo}" in leido


def test_replaced_is_not_shown_and_annulled_says_so(entrar, integrante, certificado, coordinadora_a):
    nuevo = services.reemplazar(
        certificado_id=certificado.pk, nombre="Rosa E. Quispe", motivo="x", por=coordinadora_a, ahora=AHORA
    )
    cliente = entrar(integrante)
    leido = cuerpo(cliente.get(PAGINA))
    assert codigos.formatear(certificado.codigo_corto) not in leido
    assert codigos.formatear(nuevo.codigo_corto) in leido
    services.anular(certificado_id=nuevo.pk, motivo="secreto", por=coordinadora_a, ahora=AHORA)
    leido = cuerpo(cliente.get(PAGINA))
    assert "fue anulado el 30 de noviembre de 2026" in leido
    assert "secreto" not in leido
    assert "Descargar" not in leido


def test_of_others_nothing_is_seen(entrar, integrante_de_b, certificado):
    assert "Nuestras funciones" not in cuerpo(entrar(integrante_de_b).get(PAGINA))


def test_statements(entrar, integrante, certificado, presupuesto):
    cliente = entrar(integrante)
    cliente.get(PAGINA)
    with presupuesto(4):
        cliente.get(PAGINA)


@pytest.mark.parametrize("quien", ["integrante", "coordinadora_a", "cem_provincial", "administradora"])
def test_pdf_is_for_its_owner_and_staff_of_the_zone(entrar, request, certificado, quien):
    respuesta = entrar(request.getfixturevalue(quien)).get(pdf_de(certificado))
    assert respuesta.status_code == 200
    assert respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"] == 'attachment; filename="documento-0001-2026.pdf"'
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in respuesta["Cache-Control"]
    assert "sandbox" in respuesta["Content-Security-Policy"]


@pytest.mark.parametrize("quien", ["integrante_de_b", "coordinador_b", "capacitadora"])
def test_pdf_of_others_does_not_exist(entrar, request, certificado, quien):
    cliente = entrar(request.getfixturevalue(quien))
    ajeno, ausente = cliente.get(pdf_de(certificado)), cliente.get("/certificados/999999/pdf")
    assert (ajeno.status_code, ausente.status_code) == (404, 404)


def test_visitor_is_sent_to_the_door(visitante, certificado):
    for direccion in (PAGINA, pdf_de(certificado)):
        respuesta = visitante.get(direccion)
        assert respuesta.status_code == 302
        assert respuesta["Location"].startswith("/entrar?next=")


def test_losing_the_zone_takes_effect_on_the_next_request(entrar, coordinadora_a, certificado):
    cliente = entrar(coordinadora_a)
    assert cliente.get(pdf_de(certificado)).status_code == 200
    coordinadora_a.alcances.all().delete()
    assert cliente.get(pdf_de(certificado)).status_code == 404


def test_annulled_pdf_is_not_handed_over(entrar, integrante, certificado, coordinadora_a):
    services.anular(certificado_id=certificado.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    assert entrar(integrante).get(pdf_de(certificado)).status_code == 404
    assert entrar(coordinadora_a).get(pdf_de(certificado)).status_code == 404


def test_only_reads(entrar, integrante, certificado):
    cliente = entrar(integrante)
    assert cliente.post(PAGINA).status_code == 405
    assert cliente.post(pdf_de(certificado)).status_code == 405


def test_person_of_two_zones_is_still_one_owner(entrar, integrante, certificado):
    gente.crear_asiento(gente.DISTRITO_B)
    assert entrar(integrante).get(pdf_de(certificado)).status_code == 200


def test_it_is_seen_as_a_light_picture_with_its_words(entrar, integrante, integrante_de_b, certificado, cem_provincial):
    cliente, imagen = entrar(integrante), reverse("kuska_certificados:imagen", args=[certificado.pk])
    pagina = cuerpo(cliente.get(PAGINA))
    alterno = f"registro {certificado.registro}, código {codigos.formatear(certificado.codigo_corto)}."
    assert f'src="{imagen}"' in pagina and alterno in pagina
    respuesta = cliente.get(imagen)
    assert respuesta["Content-Type"] == "image/png" and respuesta.content.startswith(b"\x89PNG")
    assert len(respuesta.content) < 28 * 1024
    assert "no-store" in respuesta["Cache-Control"] and respuesta["Content-Security-Policy"].endswith("sandbox")
    for otro in (integrante_de_b, cem_provincial):
        assert entrar(otro).get(imagen).status_code in (302, 404)

    pagina = cuerpo(cliente.get(PAGINA, headers={"save-data": "on"}))
    assert imagen not in pagina and "Ver su documento como imagen" in pagina


def test_what_is_annulled_has_no_picture(entrar, integrante, certificado, coordinadora_a):
    services.anular(certificado_id=certificado.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    cliente, imagen = entrar(integrante), reverse("kuska_certificados:imagen", args=[certificado.pk])
    assert imagen not in cuerpo(cliente.get(PAGINA))
    assert cliente.get(imagen).status_code == 404
