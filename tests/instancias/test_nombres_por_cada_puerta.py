"""Every door obeys the rule of names: sheet, form, correction, service, admin, and whoever writes a row by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from instancias.models import Institucion, Membresia, Oficina, Persona
from instancias.padron import confirmar
from instancias.padron import revisar as revisar_hoja
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from tests import gente
from tests.instancias.hojas import fila, hoja, planeadas
from tests.mundos import hecho_una_vez

MALO = "{{7*7}} <img src=x>\u202e"
ROTO = "HuamÃ¡n"
pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def cem(provincia):
    return gente.crear_coordinacion("cem-de-todos", "1006")


def revisar(cem, contenido: bytes, nombre: str = "lista.xlsx"):
    return revisar_hoja(
        nombre=nombre,
        contenido=contenido,
        esquema="inei",
        alcance=AlcanceEfectivo(("1006",)),
        por=cem,
        ahora=timezone.now(),
    )


def motivos(importacion) -> list[str]:
    return [" ".join(una["detalles"]) for una in planeadas(importacion) if una["accion"] == "rechazar"]


@pytest.mark.parametrize(
    ("columna", "texto", "dice"),
    [
        ("Apellidos", "Quispe Huam?n", "No se entienden los apellidos: se leyó «Quispe Huam?n»."),
        ("Apellidos", "Quispe Huam?n", "¿Quiso decir «Quispe Huamán»?"),
        ("Nombres", "MarÃ\xada", "¿Quiso decir «María»?"),
        ("Nombres", "Ro\u200bsa", "no se ve (U+200B)"),
        ("Apellidos", "Quispe\u202e Tello", "no se ve (U+202E)"),
        ("Institución", "Comisar?a de Naranjillo", "¿Quiso decir «Comisaría de Naranjillo»?"),
        ("Institución", "Comisaría\u2066 de Naranjillo", "no se ve (U+2066)"),
    ],
)
def test_a_sheet_stops_the_row_and_says_the_likely_name(cem, columna, texto, dice):
    (motivo,) = motivos(revisar(cem, hoja(fila(**{columna: texto}))))
    assert dice in motivo


def test_marks_that_phones_put_around_a_number_refuse_nobody(cem):
    importacion = revisar(cem, hoja(fila(DNI="\u202a40000101\u202c", Celular="\u202a+51 987 654 321\u202c")))
    assert motivos(importacion) == []
    confirmar(importacion_id=importacion.pk, alcance=AlcanceEfectivo(("1006",)), ahora=timezone.now())
    assert Persona.objects.get().celular == "987654321"


def test_a_sheet_that_lost_its_accents_is_stopped_whole_with_each_name(cem):
    titulos = "DNI;Nombres;Apellidos;Celular;Distrito;Asiento;Calidad;Institución"
    filas = [
        "45100000;Rosa Elena;Quispe Huam?n;962000000;Luyando;IDC-01;titular;Municipalidad",
        "45100148;?uflo;Shupingahua Tello;962001244;Luyando;IDC-03;titular;Comisar?a PNP",
        "45100444;M?ximo;C?rdenas Nu?ez;962003732;Luyando;IDC-07;titular;CEM",
        "45100259;Zoila;Rengifo Cajas;962002177;Luyando;IDC-04;alterno;Municipalidad",
    ]
    importacion = revisar(cem, "\n".join([titulos, *filas]).encode(), "lista.csv")
    assert len(motivos(importacion)) == 3
    juntos = " ".join(motivos(importacion))
    for probable in ("Quispe Huamán", "Ñuflo", "Comisaría PNP", "Máximo", "Cárdenas Nuñez"):
        assert f"¿Quiso decir «{probable}»?" in juntos


class TestPorLaPantalla:
    @pytest.mark.parametrize(("texto", "dice"), [("{{7*7}} <img>", "no lleva"), (ROTO, "¿Quiso decir «Huamán»?")])
    def test_correcting_a_person(self, entrar, integrante, cem_provincial, texto, dice):
        ruta = reverse("kuska_instancias:persona_editar", args=[integrante.pk])
        datos = {"documento": integrante.documento, "nombres": "Rosa", "apellidos": texto, "celular": ""}
        respuesta = entrar(cem_provincial).post(ruta, datos)
        assert respuesta.status_code == 422
        assert dice in respuesta.context["form"].errors["apellidos"][0]
        integrante.refresh_from_db()
        assert integrante.apellidos == "Quispe Huamán"

    def test_the_reason_of_a_handover(self, entrar, integrante, cem_provincial):
        membresia = integrante.membresias.get()
        ruta = reverse("kuska_instancias:cesar", args=[membresia.pk])
        respuesta = entrar(cem_provincial).post(ruta, {"motivo": "Cambio\u200b de autoridad", "ultimo_dia": ""})
        assert "no se ve (U+200B)" in respuesta.context["form"].errors["motivo"][0]
        assert Membresia.objects.get(pk=membresia.pk).motivo_de_cese == ""


class TestPorElServicio:
    def test_registering_and_correcting(self, territorio, cem_provincial, integrante):
        asiento = gente.crear_asiento(gente.DISTRITO_A, orden=9, corto="Otro")
        datos = {"celular": "", "asiento": asiento, "calidad": "titular", "designacion": ""}
        with pytest.raises(ValidationError):
            personas.registrar_persona(
                documento="40000777",
                nombres="Ana",
                apellidos=MALO,
                **datos,
                alcance=AlcanceEfectivo(("1006",)),
                por=cem_provincial,
                ahora=timezone.now(),
            )
        with pytest.raises(ValidationError):
            personas.corregir_datos(persona=integrante, nombres=ROTO, apellidos="Tello", celular="", por=None)
        assert not Persona.objects.filter(documento="40000777").exists()

    def test_the_model_asked_to_look_at_itself(self, territorio):
        for campo, texto in (("nombres", "Rosa 2"), ("apellidos", ROTO), ("apellidos", MALO)):
            persona = Persona(documento="40000777", **{"nombres": "Ana", "apellidos": "Tello", campo: texto})
            with pytest.raises(ValidationError) as error:
                persona.full_clean()
            assert list(error.value.message_dict) == [campo]


class TestPorLaTabla:
    """What would not read the same on paper and on its page is written by nobody."""

    @pytest.mark.parametrize("malo", [MALO, "Ro\u200bsa", "Huam\ufffdn"])
    def test_no_writer_saves_it(self, integrante, malo):
        nueva = Persona(documento="40000777", nombres="Ana", apellidos=malo)
        integrante.apellidos = malo
        escritores = (
            nueva.save,
            lambda: Persona.objects.bulk_create([nueva]),
            integrante.save,
            lambda: Persona.objects.bulk_update([integrante], ["apellidos"]),
            lambda: Persona.objects.filter(pk=integrante.pk).update(apellidos=malo),
        )
        for escribir in escritores:
            with pytest.raises(ValidationError), transaction.atomic():
                escribir()
        assert list(Persona.objects.values_list("apellidos", flat=True)) == ["Quispe Huamán"]

    def test_accents_in_two_pieces_are_put_together(self, integrante):
        Persona.objects.filter(pk=integrante.pk).update(nombres="Jose\u0301\n Luis")
        assert Persona.objects.get().nombres == "José Luis"


def test_who_signs_for_an_office_and_its_lines_obey(territorio):
    with pytest.raises(ValidationError):
        Oficina(nombre="CEM", facilitadora="Carla 2").full_clean()
    with pytest.raises(ValidationError, match="Nombre: Tiene un carácter que no se ve"):
        Institucion(nombre="Ronda\u202e", sector="salud").full_clean()
    Oficina(nombre="CEM Tingo María", facilitadora="Mg. Carla Soto Meza, PhD").full_clean()


def test_the_sample_of_accents_is_the_one_of_the_demonstration():
    import yaml

    from instancias.nombres_propios import leer_nombre

    nombres = yaml.safe_load(Path("cms/demo/nombres.yaml").read_text(encoding="utf-8"))
    for nombre in (uno for grupo in nombres.values() for uno in grupo):
        assert not leer_nombre(nombre).problema, nombre
