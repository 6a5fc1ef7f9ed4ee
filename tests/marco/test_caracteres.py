"""What PostgreSQL cannot keep is refused at the door, on both engines, wherever it comes and by any method."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marco.caracteres import no_se_guarda
from tests import gente

pytestmark = pytest.mark.django_db
MITAD = "\\ud800"  # half of a pair, as JSON writes it


def se_niega(respuesta):
    assert respuesta.status_code == 400, respuesta.status_code
    assert "No pudimos leer lo que envió." in respuesta.text and "bórrelo y escríbalo otra vez" in respuesta.text
    assert respuesta["Content-Security-Policy"]


@pytest.fixture
def cliente(integrante, entrar):
    return entrar(integrante)


@pytest.mark.parametrize("direccion", ["/%00", "/c/1%00", "/a/%00", "/v/%00", "/static/%00", "/media/%00"])
@pytest.mark.parametrize("metodo", ["get", "head", "post", "put", "delete"])
def test_in_an_address(cliente, direccion, metodo):
    respuesta = getattr(cliente, metodo)(direccion)
    assert respuesta.status_code == 400


@pytest.mark.parametrize("direccion", ["/glosario", "/verificar", "/entrar", "/panel/personas", "/nada", "/admin/"])
def test_in_a_query(cliente, direccion):
    for consulta in ("q=%00", "%00=1", "next=/%00", "q=a&q=b%00"):
        se_niega(cliente.get(f"{direccion}?{consulta}"))


def test_in_a_field_or_its_name(visitante):
    se_niega(visitante.post("/entrar", {"identificador": "4000\0", "clave": "x"}))
    se_niega(visitante.post("/entrar", {"identificador\0": "4000", "clave": "x"}))
    cuerpo = "identificador=4000%00&clave=x"
    se_niega(visitante.post("/entrar", cuerpo, content_type="application/x-www-form-urlencoded"))


def test_in_a_cookie(cliente):
    # As it travels: newer Pythons do not let a jar hold it.
    se_niega(cliente.get("/inicio", headers={"cookie": 'k_letra="a\\000"'}))
    sesion = f'{settings.SESSION_COOKIE_NAME}="a\\000bcdefghij"'
    assert cliente.get("/inicio", headers={"cookie": sesion}).status_code == 400


def test_in_the_name_of_a_field_of_a_file(cliente):
    archivo = SimpleUploadedFile("lista.csv", b"DNI")
    se_niega(cliente.post("/panel/personas/importar", {"archivo\0": archivo}))


def test_in_json_and_in_json_inside_a_field(cliente, visitante):
    for malo in ("\\u0000", MITAD):
        cuerpo = f'{{"a": ["{malo}"]}}'
        se_niega(cliente.post("/entrar", cuerpo, content_type="application/json"))
        se_niega(visitante.post("/entrar", {"texto": cuerpo}))
    assert no_se_guarda(json.dumps({"blocks": [{"text": "a\0b"}]}))
    assert not no_se_guarda(json.dumps({"blocks": [{"text": "María \U0001f600 \\u0000"}]}))


def test_a_script_is_told_with_a_code(cliente):
    respuesta = cliente.get("/inicio?q=%00", headers={"accept": "application/json"})
    assert respuesta.status_code == 400 and respuesta.json()["codigo"] == "ilegible"


def test_too_long_a_paste_is_told_to_be_uploaded(visitante, entrar, territorio):
    cem = entrar(gente.crear_coordinacion("cem-p", "1006"))
    largo = "40000101\tRosa\tQuispe\n" * 150_000
    for cliente, datos in ((cem, {"pegado": largo}), (visitante, {"identificador": largo})):
        respuesta = cliente.post("/panel/importar", datos)
        assert respuesta.status_code == 413
        assert "más de lo que cabe" in respuesta.text and "suba el archivo" in respuesta.text
        assert respuesta["Content-Security-Policy"]


def test_everything_that_can_be_written_goes_on(visitante):
    for texto in ("Ñañez Ü", "\U0001f600", "a\tb", "{sin cerrar \\u00", '"\\u00f1"'):
        assert not no_se_guarda(texto)
    assert visitante.get("/entrar", {"codigo": "ñandú \U0001f600"}).status_code == 200
    enorme = BytesIO(b'{"a": ' + b"[" * 5000)
    assert Client().post("/entrar", enorme.getvalue(), content_type="application/json").status_code != 500
