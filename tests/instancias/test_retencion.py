"""What is not evidence has its day: it is told before, taken away after it, and never before it."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from instancias.acceso.services.enlaces import crear_enlace
from instancias.consultas.conservacion import por_quitar
from instancias.models import (
    CeldasDePadron,
    EnlaceDeAcceso,
    FilaDePadron,
    ImportacionDePadron,
    PlazosDeConservacion,
    Retencion,
    Supresion,
)
from instancias.padron import revisar
from instancias.politica import AlcanceEfectivo
from instancias.services.retencion import retener
from tests import gente
from tests.filas import leer, modelos, tabla_de

pytestmark = pytest.mark.django_db

PROVINCIA = AlcanceEfectivo((gente.PROVINCIA,))
DIA = datetime.timedelta(days=1)
HOJA = "DNI,Nombres,Apellidos,Distrito,Asiento,Calidad\n40778888,Zoraida,Yauricasa,Rupa-Rupa,IDC-03,titular\n"


@pytest.fixture
def lista(territorio, cem_provincial):
    return revisar(
        nombre="lista.csv", contenido=HOJA.encode(), esquema="inei", alcance=PROVINCIA, por=cem_provincial,
        ahora=timezone.now(),
    )  # fmt: skip


def la_nombra() -> bool:
    return any("Yauricasa" in str(filas) for filas in leer([tabla_de(modelo) for modelo in modelos()]))


def cuantos(clave: str, ahora) -> int:
    return next(una.cuantos for una in por_quitar(ahora=ahora) if una.clave == clave)


def test_a_list_that_nobody_saved_keeps_no_name_after_its_days(lista):
    justo = lista.subida_en + 30 * DIA
    assert la_nombra() and cuantos("listas", justo - DIA) == 0
    retener(ahora=justo - DIA)
    assert FilaDePadron.objects.exists()
    assert cuantos("listas", justo) == 1
    assert retener(ahora=justo).quitadas["listas"] == 1
    assert not la_nombra() and not CeldasDePadron.objects.exists()
    assert ImportacionDePadron.objects.get().estado == "vencida"


def test_a_row_left_out_of_a_closed_list_goes_too(lista):
    FilaDePadron.objects.update(estado=FilaDePadron.Estado.DEJADA)
    ImportacionDePadron.objects.update(estado="confirmada")
    CeldasDePadron.objects.all().delete()
    assert retener(ahora=lista.subida_en + 30 * DIA).quitadas["restos"] == 1
    assert not la_nombra()


def test_a_list_without_columns_waits_less(lista):
    ImportacionDePadron.objects.update(estado="por_ordenar")
    assert retener(ahora=lista.subida_en + 7 * DIA).quitadas["borradores"] == 1


def test_the_days_are_of_the_site_and_have_a_least(lista):
    plazos = PlazosDeConservacion.load()
    plazos.listas = 3
    plazos.save()
    assert cuantos("listas", lista.subida_en + 3 * DIA) == 1
    plazos.rastro = 729
    with pytest.raises(ValidationError):
        plazos.full_clean()


def test_a_link_lives_while_it_may_be_used_and_ninety_days_more(integrante, cem_provincial):
    ahora = timezone.now()
    crear_enlace(persona=integrante, por=cem_provincial, ahora=ahora)
    vence = EnlaceDeAcceso.objects.get().vence_en
    assert cuantos("enlaces", vence + 89 * DIA) == 0
    assert retener(ahora=vence + 90 * DIA).quitadas["enlaces"] == 1


def test_the_trail_stays_two_years_at_least(integrante):
    log(instance=integrante, action="instancias.corregir")
    ahora = timezone.now()
    retener(ahora=ahora + 731 * DIA)
    assert ModelLogEntry.objects.exists()
    retener(ahora=ahora + 1096 * DIA)
    assert not ModelLogEntry.objects.exists()


def test_running_again_changes_nothing_and_each_run_is_written_down(lista, administradora):
    ahora = lista.subida_en + 30 * DIA
    retener(ahora=ahora, por=administradora)
    assert retener(ahora=ahora).quitadas == {}
    assert [(una.pedida_por, bool(una.quitadas)) for una in Retencion.objects.order_by("pk")] == [
        (administradora, True),
        (None, False),
    ]


def test_the_command_says_what_it_would_do_and_does_nothing(lista):
    ImportacionDePadron.objects.update(subida_en=timezone.now() - 31 * DIA)
    dice = StringIO()
    call_command("retencion", ver=True, stdout=dice)
    assert "Listas revisadas que nadie guardó: 1 (se guardan 30 días)" in dice.getvalue()
    assert FilaDePadron.objects.exists() and not Retencion.objects.exists()
    call_command("retencion", stdout=dice)
    assert "Se quitaron 1 en total." in dice.getvalue() and not FilaDePadron.objects.exists()


def test_the_page_tells_it_and_does_it_for_who_administers(lista, administradora, cem_provincial, entrar):
    ImportacionDePadron.objects.update(subida_en=timezone.now() - 31 * DIA)
    direccion = "/panel/datos/conservacion"
    assert entrar(cem_provincial).get(direccion).status_code == 404
    cliente = entrar(administradora)
    assert "Listas revisadas que nadie guardó" in cliente.get(direccion).text
    assert "Se quitó 1 registro." in cliente.post(direccion, follow=True).text


def test_what_was_taken_away_is_listed_outside_and_applied_after_a_restore(integrante, tmp_path):
    archivo = tmp_path / "suprimidos.json"
    Supresion.objects.create(personas=[integrante.pk], hecha_en=timezone.now())
    call_command("supresiones", escribir=archivo, stdout=StringIO())
    assert integrante.documento not in archivo.read_text()
    call_command("supresiones", aplicar=archivo, stdout=StringIO())
    integrante.refresh_from_db()
    assert integrante.suprimida_en and integrante.nombre_completo == "Datos suprimidos"
    archivo.write_text("[]")
    with pytest.raises(CommandError):
        call_command("supresiones", aplicar=archivo)
