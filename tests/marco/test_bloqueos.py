"""What browsers refused is added up by day, within a bound, and says nothing of who was reading."""

from __future__ import annotations

import datetime
import json

import pytest
from django.test import Client
from django.utils import timezone

from marco.bloqueos import POR_DIA, SE_GUARDAN
from marco.models import BloqueoDelNavegador

NIVEL_2 = {
    "csp-report": {
        "document-uri": "http://testserver/v/AbCdEf0123456789?documento=40000001",
        "violated-directive": "script-src-elem",
        "blocked-uri": "https://otro.example/rastreo.js?dni=40000001",
    }
}
DE_LA_LISTA = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "http://testserver/panel/persona/7",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
        },
    }
]


def mandar(cuerpo, cliente=None):
    datos = cuerpo if isinstance(cuerpo, bytes) else json.dumps(cuerpo).encode()
    return (cliente or Client()).generic("POST", "/bloqueos", datos, content_type="application/csp-report")


@pytest.mark.django_db
def test_both_shapes_are_added_up_by_route_without_an_address_of_anybody():
    for _vez in range(3):
        assert mandar(NIVEL_2).status_code == 204
    mandar(DE_LA_LISTA)
    filas = BloqueoDelNavegador.objects.order_by("directiva")
    assert [(una.directiva, una.origen, una.pantalla, una.veces) for una in filas] == [
        ("script-src-elem", "https://otro.example", "kuska_certificados:verificar", 3),
        ("style-src-attr", "inline", "kuska_seguimiento:persona", 1),
    ]
    assert "4000" not in str(list(filas.values()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cuerpo",
    [
        b"no es JSON",
        b"[" * 4000,
        b"{" + b" " * 20_000 + b"}",
        [],
        [1, None, {"body": "x"}],
        {"csp-report": {"document-uri": "https://otro.example/", "violated-directive": "img-src"}},
        {"csp-report": {"document-uri": "http://testserver/", "violated-directive": "<b>"}},
    ],
    ids=lambda cuerpo: str(cuerpo)[:20],
)
def test_what_cannot_be_read_or_is_of_another_site_counts_nothing(cuerpo):
    assert mandar(cuerpo).status_code == 204
    assert not BloqueoDelNavegador.objects.exists()


@pytest.mark.django_db
def test_a_form_that_is_no_report_is_thanked_and_counts_nothing():
    assert Client().post("/bloqueos", NIVEL_2["csp-report"]).status_code == 204
    informe = {"content_type": "application/csp-report", "CONTENT_LENGTH": "mucho"}
    assert Client().generic("POST", "/bloqueos", json.dumps(NIVEL_2), **informe).status_code == 204
    assert not BloqueoDelNavegador.objects.exists()


@pytest.mark.django_db
def test_whoever_invents_reports_fills_no_table_and_old_days_go():
    viejo = timezone.localdate() - SE_GUARDAN - datetime.timedelta(days=1)
    BloqueoDelNavegador.objects.create(dia=viejo, directiva="img-src", origen="data")
    cuerpo = DE_LA_LISTA[0]["body"]
    inventados = [{"body": {**cuerpo, "blockedURL": f"https://s{n}.example/"}} for n in range(POR_DIA + 30)]
    for n in range(0, len(inventados), 10):
        mandar(inventados[n : n + 10])
    assert BloqueoDelNavegador.objects.count() == POR_DIA
    assert not BloqueoDelNavegador.objects.filter(dia=viejo).exists()


@pytest.mark.django_db
def test_every_page_says_where_to_report_and_only_who_administers_reads_it(entrar, administradora, capacitadora):
    assert "report-uri /bloqueos" in Client().get("/entrar")["Content-Security-Policy"]
    mandar(NIVEL_2)
    cliente = entrar(administradora)
    pagina = cliente.get("/admin/bloqueos/")
    assert "report-uri /bloqueos" in pagina["Content-Security-Policy"]
    assert "https://otro.example" in pagina.content.decode()
    hoja = cliente.get("/admin/bloqueos/?export=csv")
    assert "script-src-elem" in b"".join(hoja.streaming_content).decode()
    assert cliente.get("/admin/bloqueos/filas/").status_code == 200
    visto = entrar(capacitadora).get("/admin/bloqueos/", follow=True).content.decode()
    assert "https://otro.example" not in visto
