"""The file of an incident: whom it reached, from the trail when there is one, and the words to tell it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from instancias.consultas.incidente import Suceso, alcanzadas, documento
from instancias.models import LineaDeRastro, Persona
from tests import gente

pytestmark = pytest.mark.django_db
DIRECCION = "/panel/datos/incidente"


def hoy(**campos):
    ahora = timezone.now()
    return Suceso(ahora - datetime.timedelta(hours=1), ahora + datetime.timedelta(hours=1), **campos)


def test_of_an_account_they_are_those_that_it_looked_at(integrante, integrante_de_b, cem_provincial, entrar):
    entrar(cem_provincial).get(f"/panel/personas/{integrante.pk}")
    assert LineaDeRastro.objects.filter(cuenta=cem_provincial.pk).exists()
    hallado = alcanzadas(hoy(cuenta=cem_provincial))
    assert hallado.personas == (integrante.pk,) and "rastro" in hallado.como


def test_without_a_line_they_are_those_that_it_could_reach(integrante, integrante_de_b, coordinador_b):
    hallado = alcanzadas(hoy(cuenta=coordinador_b))
    assert hallado.personas == (integrante_de_b.pk,) and "podía ver" in hallado.como


def test_of_a_backup_they_are_all_who_were_there_that_day(integrante, integrante_de_b):
    Persona.objects.filter(pk=integrante_de_b.pk).update(creada_en=timezone.now() + datetime.timedelta(days=2))
    assert alcanzadas(hoy(respaldo=timezone.now())).personas == (integrante.pk,)


def test_of_days_alone_they_are_those_of_any_account(integrante, cem_provincial, coordinadora_a, entrar):
    assert alcanzadas(hoy()).personas == ()
    entrar(coordinadora_a).get(f"/panel/personas/{integrante.pk}")
    assert alcanzadas(hoy()).personas == (integrante.pk,)


@pytest.mark.un_motor
def test_the_file_says_what_the_law_asks_and_names_nobody(integrante, cem_provincial):
    suceso = hoy(cuenta=cem_provincial)
    dice = documento(suceso, alcanzadas(suceso), ahora=timezone.now())
    for texto in ("art. 34", "48 horas", "1 personas", "TIPOS DE DATOS", "CONSECUENCIAS", "MEDIDAS", "CONTACTO"):
        assert texto in dice
    assert "TEXTO PARA LA AUTORIDAD" in dice and "TEXTO PARA LAS PERSONAS" in dice
    assert "Quispe" not in dice and cem_provincial.username not in dice and "%(" not in dice


def test_who_administers_takes_it_and_leaves_a_line(integrante, administradora, cem_provincial, entrar):
    dia = timezone.localdate().isoformat()
    cliente = entrar(administradora)
    assert entrar(cem_provincial).get(DIRECCION).status_code == 404
    expediente = cliente.post(DIRECCION, {"cuenta": "cem", "desde": dia, "hasta": dia, "que": "documento"})
    assert expediente["Content-Disposition"] == 'attachment; filename="incidente.txt"'
    assert "TEXTO PARA LA AUTORIDAD" in expediente.content.decode()
    integrante.nombres = "=Rosa"
    Persona.objects.filter(pk=integrante.pk).update(nombres="=Rosa")
    lista = cliente.post(DIRECCION, {"respaldo": dia, "que": "personas"})
    assert "'=Rosa" in lista.content.decode()
    assert LineaDeRastro.objects.filter(acto="saco", persona=integrante.pk, detalle="incidente").exists()


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("datos", "dice"),
    [
        ({"que": "documento"}, "Escriba los dos días, o el día del respaldo."),
        ({"desde": "2026-11-02", "hasta": "2026-11-01", "que": "documento"}, "El último día es anterior al primero."),
        ({"cuenta": "nadie", "respaldo": "2026-11-01", "que": "documento"}, "No hay una cuenta con ese nombre."),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(territorio, administradora, entrar, datos, dice):
    pagina = entrar(administradora).post(DIRECCION, datos)
    assert pagina.status_code == 422 and dice in pagina.text
    for valor in datos.values():
        assert valor in pagina.text


def test_an_hour_is_enough(django_assert_max_num_queries, cem_provincial, territorio):
    """Of many people, as many statements as of one."""
    for n in range(30):
        gente.crear_integrante(f"4200{n:04}", "Rosa", "Quispe")
    suceso = hoy(cuenta=cem_provincial)
    with django_assert_max_num_queries(14):
        documento(suceso, alcanzadas(suceso), ahora=timezone.now())
