"""Paper, page and row say the same letters, and «Corregir nombre» takes a name and nothing else."""

from __future__ import annotations

import subprocess

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from certificados import services
from certificados.consultas.verificacion import verificar
from certificados.errores import Motivo
from certificados.models import Certificado, Firmante
from certificados.services.documento import componer
from marco.errores import ErrorDeDominio
from tests.certificados import factories

pytestmark = pytest.mark.django_db


def corregir(certificado, cuenta, nombre, motivo="Se escribió mal"):
    return services.reemplazar(
        certificado_id=certificado.pk, nombre=nombre, motivo=motivo, por=cuenta, ahora=factories.AHORA
    )


def en_papel(certificado) -> str:
    pdf = componer(certificado)
    salida = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return " ".join(salida.stdout.decode().split())


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("nombre", "dice"),
    [
        ("{{7*7}} <img src=x>", "no lleva"),
        ("Rosa Quispe \u202eHuamán", "no se ve (U+202E)"),
        ("Rosa\u200b Quispe", "no se ve (U+200B)"),
        ("Rosa Quispe 2", "no lleva números"),
        ("Rosa Quispe HuamÃ¡n", "¿Quiso decir «Rosa Quispe Huamán»?"),
        ("Rosa Quispe Huam?n", "¿Quiso decir «Rosa Quispe Huamán»?"),
        ("R" * 161, "caben 160"),
    ],
)
def test_a_correction_that_is_no_name_issues_nothing(certificado, coordinadora_a, entrar, nombre, dice):
    with pytest.raises(ErrorDeDominio) as error:
        corregir(certificado, coordinadora_a, nombre)
    assert dice in error.value.mensaje
    ruta = reverse("kuska_certificados:corregir", args=[certificado.pk])
    respuesta = entrar(coordinadora_a).post(ruta, {"nombre": nombre, "motivo": "Se escribió mal"})
    assert respuesta.context["form"].errors["nombre"]
    assert Certificado.objects.count() == 1


@pytest.mark.parametrize("acto", ["anular", "corregir"])
def test_a_reason_holds_nothing_that_is_not_seen(certificado, coordinadora_a, entrar, acto):
    ruta = reverse(f"kuska_certificados:{acto}", args=[certificado.pk])
    datos = {"nombre": "Rosa Quispe Tello", "motivo": "Se\u202e escribió mal"}
    respuesta = entrar(coordinadora_a).post(ruta, datos)
    assert "no se ve (U+202E)" in respuesta.context["form"].errors["motivo"][0]
    with pytest.raises(ErrorDeDominio):
        corregir(certificado, coordinadora_a, "Rosa Quispe Tello", motivo="Se\u202e escribió mal")


@pytest.mark.parametrize(
    "nombre", ["Ñuñez D’Angelo-O'Higgins", "Nguyễn Łukasz Zoë", "Rosa", "María de los Ángeles " * 3 + "Ccahuana Ñahui"]
)
def test_paper_page_and_row_say_the_same(certificado, coordinadora_a, nombre):
    nuevo = corregir(certificado, coordinadora_a, f" {nombre}  ")
    assert nuevo.datos["nombre"] == nombre
    assert verificar(codigo=nuevo.codigo_largo).nombre == nombre
    assert nombre in en_papel(nuevo)


def test_accents_in_two_pieces_are_printed_in_one(certificado, coordinadora_a):
    nuevo = corregir(certificado, coordinadora_a, "Jose\u0301 Nun\u0303ez")
    assert nuevo.datos["nombre"] == verificar(codigo=nuevo.codigo_largo).nombre == "José Nuñez"
    assert "José Nuñez" in en_papel(nuevo)


def test_what_an_old_paper_says_its_page_says_to_the_letter(certificado):
    certificado.datos["nombre"] = "Rosa \u202eQuispe\u200b ☃漢"
    certificado.save(update_fields=["datos"])
    publico = verificar(codigo=certificado.codigo_largo).nombre
    assert "\u202e" not in publico and "\u200b" not in publico
    assert publico in en_papel(certificado)


def test_a_name_that_no_paper_can_say_is_not_issued(terminada, coordinadora_a, entrar):

    with connection.cursor() as cursor:
        cursor.execute("UPDATE kuska_instancias_persona SET nombres = %s", ["Rosa <b>\u202e"])
    resultado = services.emitir_en_lote(inscripcion_ids=[terminada.pk], ahora=factories.AHORA)
    assert resultado.rechazos == {terminada.pk: Motivo.NOMBRE}
    respuesta = entrar(coordinadora_a).post(reverse("kuska_certificados:emitir"), follow=True)
    assert "Corríjalo en «Personas y asientos»" in respuesta.content.decode()
    lista = entrar(coordinadora_a).get(reverse("kuska_certificados:panel"), {"ver": "pendientes"}).text
    assert "Su nombre tiene signos que el papel no puede decir" in lista and "sale en unos minutos" not in lista


@pytest.mark.parametrize(
    ("campo", "texto"),
    [("nombre", "Ana 2"), ("nombre", "Ana <b>"), ("cargo", "Directora\u202e"), ("entidad", "Direcci?n")],
)
def test_who_signs_obeys_the_same_rule(plantilla, campo, texto):
    datos = {"nombre": "Mg. Ana Ríos, PhD", "cargo": "Directora", "entidad": "MIMP"}
    Firmante(plantilla=plantilla, **datos).full_clean()
    with pytest.raises(ValidationError):
        Firmante(plantilla=plantilla, **(datos | {campo: texto})).full_clean()
