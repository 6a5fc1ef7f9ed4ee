"""Public check: the least data, nothing to learn by guessing, few statements."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from certificados import codigos, services
from certificados.models import Certificado
from instancias.acceso.topes import DE_LO_QUE_SE_BUSCA
from marco.models import AjustesDelAula
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db


def direccion(codigo: str) -> str:
    return reverse("kuska_certificados:verificar", args=[codigo])


def a_mano(cliente, codigo, documento="40000001", **mas):
    return cliente.post(
        reverse("kuska_certificados:verificar_a_mano"), {"codigo": codigo, "documento": documento}, **mas
    )


def texto(respuesta) -> str:
    cuerpo = re.sub(r"(?s)<footer.*?</footer>|<head>.*?</head>", "", respuesta.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", cuerpo).split())


def test_valid_paper_says_what_it_must(visitante, certificado):
    respuesta = visitante.get(direccion(certificado.codigo_largo))
    assert respuesta.status_code == 200
    leido = texto(respuesta)
    for dato in (
        "Documento válido",
        "Rosa Quispe Huamán",
        "Nuestras funciones",
        "24 horas",
        "30 de noviembre de 2026",
        "Centro de Tingo María",
    ):
        assert dato in leido
    assert "Compare estos datos con los del papel" in leido


@pytest.mark.parametrize("clase", Certificado.Documento)
def test_says_which_document_it_is_so_that_no_other_is_made_of_it(visitante, certificado, clase):
    """«Constancia» says that a person took part, «certificado» that they passed: on paper, one word of difference."""
    Certificado.objects.update(documento=clase)
    assert f"Documento {clase.label} Otorgado a" in texto(visitante.get(direccion(certificado.codigo_largo)))


def test_and_nothing_more(visitante, certificado):
    cuerpo = visitante.get(direccion(certificado.codigo_largo)).content.decode()
    for dato in (
        "40000001",
        "Rupa-Rupa",
        "Asiento",
        "0001-2026",
        codigos.formatear(certificado.codigo_corto),
        "/certificados",
        "16",
    ):
        assert dato not in re.sub(r"\d+px|v=\w+", "", texto_y_enlaces(cuerpo)), dato


def texto_y_enlaces(cuerpo: str) -> str:
    principal = cuerpo[cuerpo.index("<main") : cuerpo.index("</main>")]
    return principal


def test_annulled_and_replaced_are_told(visitante, certificado, coordinadora_a):
    nuevo = services.reemplazar(
        certificado_id=certificado.pk, nombre="Rosa E. Quispe", motivo="x", por=coordinadora_a, ahora=AHORA
    )
    viejo = visitante.get(direccion(certificado.codigo_largo))
    assert "Reemplazado" in texto(viejo)
    assert nuevo.codigo_largo not in viejo.content.decode()
    services.anular(certificado_id=nuevo.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    leido = texto(visitante.get(direccion(nuevo.codigo_largo)))
    assert "Anulado el 30 de noviembre de 2026" in leido
    assert "válido" not in leido
    assert "Compare" not in leido + texto(viejo)  # what has no value is not accepted, whatever coincides


@pytest.mark.parametrize(
    "codigo", ["0" * 26, "x", "%00", "..%2f..", "ñ" * 26, "a" * 300, "' OR 1=1 --", codigos.nuevo_codigo_largo()]
)
def test_unknown_code_is_a_plain_absence(visitante, certificado, codigo):
    respuesta = visitante.get(direccion(codigo))
    assert respuesta.status_code == 404
    assert "No encontramos ese documento" in texto(respuesta)


def test_code_may_come_in_capitals_or_with_spaces(visitante, certificado):
    codigo = certificado.codigo_largo.upper()
    assert visitante.get(direccion(f" {codigo[:13]} {codigo[13:]} ")).status_code == 200


def test_headers_keep_it_out_of_caches_searches_and_referrers(visitante, certificado):
    for codigo in (certificado.codigo_largo, "0" * 26):
        respuesta = visitante.get(direccion(codigo))
        assert "noindex" in respuesta["X-Robots-Tag"]
        assert "no-store" in respuesta["Cache-Control"]
        assert respuesta["Referrer-Policy"] == "no-referrer"
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in respuesta["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex' in respuesta.content.decode()
        assert not respuesta.cookies


def test_window_title_is_neutral(visitante, certificado):
    Certificado.objects.update(datos={**certificado.datos, "curso": "Violencia"})
    cuerpo = visitante.get(direccion(certificado.codigo_largo)).content.decode()
    assert "iolencia" not in cuerpo[: cuerpo.index("</head>")]


def test_costs_two_statements_at_most(visitante, certificado, presupuesto):
    AjustesDelAula.load()
    cache.clear()
    with presupuesto(2) as captura:
        visitante.get(direccion(certificado.codigo_largo))
    assert captura.contadas == 2
    with presupuesto(1):
        visitante.get(direccion(certificado.codigo_largo))


def test_what_does_not_exist_costs_its_brake_and_once_it_is_full_only_a_look(visitante, certificado, presupuesto):
    visitante.get(direccion(certificado.codigo_largo))
    for codigo in ("0" * 26, "basura"):
        with presupuesto(5):  # the paper, the brake looked at, made, taken and written
            assert visitante.get(direccion(codigo)).status_code == 404
    for _vez in range(DE_LO_QUE_SE_BUSCA.caben):
        visitante.get(direccion("0" * 26))
    with presupuesto(2):
        assert visitante.get(direccion("0" * 26)).status_code == 429


def test_four_hundred_guesses_stop_and_a_paper_that_exists_is_still_read_from_there(visitante, certificado):
    momento = timezone.now()
    with time_machine.travel(momento, tick=False) as reloj:
        estados = Counter(visitante.get(direccion(f"{n:026}")).status_code for n in range(60))
        assert estados == {404: DE_LO_QUE_SE_BUSCA.caben, 429: 60 - DE_LO_QUE_SE_BUSCA.caben}
        dicho = visitante.get(direccion("0" * 26))
        assert "espere unos minutos e intente otra vez" in dicho.text
        assert dicho["Retry-After"] == "60"
        assert visitante.get(direccion(certificado.codigo_largo)).status_code == 200
        reloj.shift(61)
        assert visitante.get(direccion("0" * 26)).status_code == 404


def test_guessing_many_papers_by_hand_from_one_place_stops_too(visitante, certificado):
    with time_machine.travel(timezone.now(), tick=False):
        for _vez in range(DE_LO_QUE_SE_BUSCA.caben):
            a_mano(visitante, codigos.nuevo_codigo_corto(), "40000001")
        respuesta = a_mano(visitante, certificado.codigo_corto, "40000001")
        assert respuesta.status_code == 200
        assert a_mano(visitante, certificado.codigo_corto, "40000001", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_only_reads(visitante, certificado):
    assert visitante.post(direccion(certificado.codigo_largo)).status_code == 405


@pytest.mark.parametrize("como", [str, str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c.replace('-', '')} "])
def test_by_hand_with_code_and_number(visitante, certificado, como):
    respuesta = a_mano(visitante, como(codigos.formatear(certificado.codigo_corto)), "4000 0001")
    assert respuesta.status_code == 302
    assert respuesta["Location"] == direccion(certificado.codigo_largo)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("codigo", "documento"),
    [("bueno", "40000002"), ("otro", "40000001"), ("roto", "40000001"), ("bueno", "4000000"), ("roto", "x")],
)
def test_by_hand_any_wrong_detail_is_the_same_answer(visitante, certificado, codigo, documento):
    escritos = {
        "bueno": certificado.codigo_corto,
        "otro": codigos.nuevo_codigo_corto(),
        "roto": "AAAA-AAAA-AB",
    }
    respuesta = a_mano(visitante, escritos[codigo], documento)
    assert respuesta.status_code == 200
    assert respuesta.context["form"].non_field_errors() == [
        "No encontramos ese documento. Revise el código y el DNI, tal como están en el papel."
    ]
    assert "noindex" in respuesta["X-Robots-Tag"]


def test_by_hand_both_are_asked_for(visitante, certificado):
    respuesta = a_mano(visitante, "", "")
    assert set(respuesta.context["form"].errors) == {"codigo", "documento"}


def test_guessing_the_number_of_a_paper_is_slowed_down(visitante, certificado):
    for intento in range(6):
        a_mano(visitante, certificado.codigo_corto, f"4100000{intento}")
    respuesta = a_mano(visitante, certificado.codigo_corto, "40000001")
    # Whoever checks a paper has no account here: no link is offered.
    assert respuesta.context["form"].non_field_errors() == ["Por seguridad, espere 1 minuto e intente otra vez."]
    otra_casa = a_mano(visitante, certificado.codigo_corto, "40000001", REMOTE_ADDR="203.0.113.9")
    assert otra_casa.status_code == 302


def test_a_room_checking_many_papers_is_not_slowed_down(visitante, curso, plantilla):
    ids = services.emitir_en_lote(
        inscripcion_ids=[inscripcion.pk for inscripcion in factories.crear_muchos(curso, 12)], ahora=AHORA
    ).emitidos
    for certificado in Certificado.objects.filter(pk__in=ids):
        numero = certificado.datos["numero_de_documento"]
        assert a_mano(visitante, certificado.codigo_corto, numero).status_code == 302


def test_form_needs_its_token(certificado):
    from django.test import Client

    cliente = Client(enforce_csrf_checks=True)
    assert a_mano(cliente, certificado.codigo_corto).status_code == 403
