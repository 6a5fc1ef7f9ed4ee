"""Between two nights what was confirmed is copied every few minutes, and what comes back is all of it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from instancias.models import Persona
from marco import estado
from marco.identidad import nueva_identidad
from marco.models import CopiaDeRespaldo, Instalacion, Latido
from marco.respaldo.carpeta import buscar, copias, enteras, seguidas
from marco.respaldo.comprobar import comprobar
from marco.respaldo.copiar import borrar_las_que_sobran, respaldar
from marco.respaldo.errores import ErrorDeRespaldo
from marco.respaldo.retencion import CADA, DESCANSO, PROMESA, cada_cuanto, toca_seguida
from marco.respaldo.seguidas import LoSeguido, comprobar_la_ultima, de_datos, lo_seguido, respaldar_seguido
from marco.respaldo.volver import restaurar
from marco.services.latir import latir
from marco.tasks import respaldar_seguido as en_el_dia
from tests import gente

un_motor = pytest.mark.un_motor
pytestmark = pytest.mark.usefixtures("sin_migrar_en_vano")
MINUTO = datetime.timedelta(minutes=1)


def ahora() -> datetime.datetime:
    return timezone.now()


def seguida():
    """One that is made: there is something that no copy has."""
    copia = respaldar_seguido(ahora=ahora())
    assert copia is not None
    return copia


def persona_nueva(numero: int = 1) -> None:
    gente.crear_integrante(f"4100000{numero}", "Nueva", "Persona")


def leido(almacen: str, nombre: str) -> bytes:
    with storages[almacen].open(nombre) as archivo:
        return archivo.read()


def linea(en: datetime.datetime | None = None) -> estado.LineaDeEstado | None:
    return next((una for una in estado.lineas(ahora=en or ahora()) if una.clave == "copia_seguida"), None)


def visto(**cambios) -> None:
    """As if copies between nights had come out this way."""
    datos = replace(LoSeguido(hasta=ahora(), nombre="aula-x-seguida.respaldo"), **cambios)
    latir(clave=Latido.SEGUIDAS, ahora=ahora(), visto=datos.como_datos())


def test_after_losing_all_what_was_done_since_the_night_comes_back(aula):
    entera = respaldar(ahora=ahora())
    persona_nueva()
    storages["privado"].save("certificados/2026/dos.pdf", ContentFile(b"%PDF de hoy"))
    corta = seguida()
    assert corta.archivo.stat().st_size < entera.archivo.stat().st_size - 1_000_000, "the picture is in the other one"
    Persona.objects.update(nombres="Perdida")
    for almacen, nombre in (("privado", "certificados/2026/dos.pdf"), ("default", "images/una.png")):
        storages[almacen].delete(nombre)

    dichas = restaurar(seguidas()[-1].archivo, ahora=ahora(), encima=True, en_uso=True, copia_previa=False)

    assert Persona.objects.filter(nombres="Nueva").exists() and Persona.objects.count() == 3
    assert leido("privado", "certificados/2026/dos.pdf") == b"%PDF de hoy"
    assert leido("default", "images/una.png").startswith(b"una imagen")
    assert any("no está" in una for una in dichas)


@un_motor
def test_the_last_one_is_put_back_when_nobody_says_which(aula):
    respaldar(ahora=ahora() - MINUTO)
    persona_nueva()
    corta = seguida()
    assert buscar("") == corta.archivo
    assert comprobar(buscar(""), ahora=ahora()).archivos == 2


def test_a_site_where_nothing_changed_writes_no_other_one_and_is_up_to_date(aula):
    respaldar(ahora=ahora())
    primera = seguida()
    luego = ahora() + 5 * MINUTO
    assert respaldar_seguido(ahora=luego) is None
    assert [una.archivo for una in seguidas()] == [primera.archivo]
    assert lo_seguido()[1].hasta == luego
    persona_nueva()
    seguida()


@un_motor
def test_a_file_alone_is_a_change_and_so_is_a_copy_that_is_gone(aula):
    respaldar(ahora=ahora())
    seguida()
    storages["default"].save("images/otra.png", ContentFile(b"otra"))
    segunda = seguida()
    assert respaldar_seguido(ahora=ahora()) is None
    segunda.archivo.unlink()
    seguida()


@un_motor
def test_without_a_whole_one_it_brings_everything_and_its_keys_apart(aula, carpeta):
    for numero in range(1, 5):
        persona_nueva(numero)
        copia = seguida()
    assert {una.stem for una in carpeta.glob("*.llaves")} == {una.archivo.stem for una in seguidas()}
    assert comprobar(copia.archivo, ahora=ahora()).archivos == 2
    assert copia.manifiesto["apoyo"]["archivos"] == []


@un_motor
def test_a_file_that_was_written_again_is_not_taken_from_the_other_copy(aula):
    respaldar(ahora=ahora())
    storages["default"].delete("images/una.png")
    storages["default"].save("images/una.png", ContentFile(b"corregida"))
    copia = seguida()
    assert copia.manifiesto["apoyo"]["archivos"] == [["privado", "certificados/2026/uno.pdf"]]
    restaurar(copia.archivo, ahora=ahora(), encima=True, en_uso=True, copia_previa=False)
    assert leido("default", "images/una.png") == b"corregida"


@un_motor
@pytest.mark.parametrize("por", ["sin lista", "otra instalación", "otra clave", "no sirvió", "lista dañada"])
def test_it_rests_on_no_copy_that_may_not_open(aula, settings, por):
    entera = respaldar(ahora=ahora()).archivo
    lista = entera.with_suffix(".lista")
    if por == "sin lista":
        lista.unlink()
    elif por == "otra instalación":
        Instalacion.objects.update(identidad=nueva_identidad())
    elif por == "otra clave":
        settings.KUSKA_CLAVE_DE_RESPALDO = "otra clave muy larga"
    elif por == "no sirvió":
        CopiaDeRespaldo.objects.update(comprobacion=CopiaDeRespaldo.Comprobacion.MALA)
    else:
        lista.write_bytes(lista.read_bytes()[:-5])
    copia = seguida()
    assert copia.manifiesto["apoyo"] == {"copia": "", "archivos": []}
    assert comprobar(copia.archivo, ahora=ahora()).archivos == 2


@un_motor
def test_away_from_the_copy_on_which_it_rests_it_says_which_one_is_missing(aula, tmp_path):
    entera = respaldar(ahora=ahora()).archivo
    persona_nueva()
    corta = seguida().archivo
    lejos = tmp_path / "lejos"
    lejos.mkdir()
    entera = entera.rename(lejos / entera.name)
    with pytest.raises(ErrorDeRespaldo) as error:
        restaurar(corta, ahora=ahora(), encima=True, en_uso=True)
    assert error.value.codigo == "sin_apoyo" and entera.name in error.value.mensaje
    assert not [una for una in copias() if "antes-de" in una.nombre]
    corta = corta.rename(lejos / corta.name)  # both of them in another folder
    assert comprobar(corta, ahora=ahora()).archivos == 2


@un_motor
def test_one_that_rests_on_a_copy_with_other_files_does_not_pass(aula, carpeta):
    respaldar(ahora=ahora() - MINUTO)
    corta = seguida().archivo
    base = enteras()[-1].archivo
    storages["default"].delete("images/una.png")
    otra = respaldar(ahora=ahora()).archivo
    otra.replace(base)
    with pytest.raises(ErrorDeRespaldo, match="no tiene los archivos que ella dice"):
        comprobar(corta, ahora=ahora())


@un_motor
def test_few_stay_and_what_they_rest_on_stays_with_them(aula, carpeta):
    vieja = respaldar(ahora=ahora() - 3 * MINUTO).archivo
    hechas = []
    for numero in range(1, 5):
        persona_nueva(numero)
        hechas.append(seguida().archivo.name)
    assert [una.nombre for una in seguidas()] == hechas[1:]
    for hace in (2, 1):  # of the same day: only the last would stay
        respaldar(ahora=ahora() - hace * MINUTO)
    borradas = borrar_las_que_sobran(ahora=ahora())
    assert len(borradas) == 1 and vieja.name not in borradas
    for una in seguidas():
        una.archivo.unlink()
    assert borrar_las_que_sobran(ahora=ahora()) == [vieja.name]
    assert {uno.suffix for uno in carpeta.glob(f"{vieja.stem}*")} == set()


@un_motor
def test_they_have_no_line_of_their_own_and_the_night_checks_the_last_one(aula):
    respaldar(ahora=ahora())
    persona_nueva()
    seguida()
    assert CopiaDeRespaldo.objects.count() == 1
    call_command("respaldo", "--verificar", stdout=StringIO())
    assert lo_seguido()[1].comprobada_en is not None and linea().estado == estado.BIEN


@un_motor
def test_one_that_does_not_open_is_told_until_another_passes(aula):
    respaldar(ahora=ahora())
    rota = seguida().archivo
    rota.write_bytes(rota.read_bytes()[:-40])
    errores = StringIO()
    call_command("respaldo", "--verificar", stdout=StringIO(), stderr=errores)
    assert "no sirve" in errores.getvalue()
    assert linea().estado == estado.MAL and "no llega a su final" in linea().que_hacer
    persona_nueva()
    seguida()
    assert comprobar_la_ultima(ahora=ahora()) is True and linea().estado == estado.BIEN


@un_motor
def test_it_is_begun_when_it_is_due_and_once(aula, settings, monkeypatch):
    empezadas = []
    monkeypatch.setattr("marco.tasks.empezar", empezadas.append)
    en_el_dia()
    en_el_dia()
    assert empezadas == [("respaldo", "--seguida")]
    Latido.objects.filter(clave=Latido.SEGUIDAS).update(en=ahora() - CADA[connection.vendor] * MINUTO)
    en_el_dia()
    assert len(empezadas) == 2
    Latido.objects.filter(clave=Latido.SEGUIDAS).update(en=ahora() - 500 * MINUTO)
    for nombre, apagada in (("KUSKA_MINUTOS_ENTRE_COPIAS", 0), ("KUSKA_CLAVE_DE_RESPALDO", "")):
        with monkeypatch.context() as parche:
            parche.setattr(settings, nombre, apagada)
            en_el_dia()
    assert len(empezadas) == 2


@un_motor
def test_beside_the_one_of_the_night_it_waits_and_nobody_is_told(aula, monkeypatch):
    def ocupada(*_a, **_k):
        raise ErrorDeRespaldo("ocupada", "Otra copia se está haciendo ahora mismo.")

    seguida()
    persona_nueva()
    with monkeypatch.context() as parche:
        parche.setattr("marco.respaldo.seguidas.hacer", ocupada)
        with pytest.raises(CommandError, match="ahora mismo"):
            call_command("respaldo", "--seguida")
    assert lo_seguido()[1].no_salio == ""


@un_motor
def test_why_one_was_not_made_is_on_the_screen_when_it_lasts(aula, monkeypatch):
    seguida()
    persona_nueva()
    monkeypatch.setattr("shutil.disk_usage", lambda _donde: type("", (), {"free": 1000}))
    with pytest.raises(ErrorDeRespaldo):
        respaldar_seguido(ahora=ahora())
    assert linea().estado == estado.BIEN, "the last one is of a moment ago"
    tarde = linea(ahora() + 20 * MINUTO)
    assert tarde.estado == estado.MIRAR and "No hay espacio para la copia" in tarde.que_hacer
    assert "hace 20" in tarde.dice
    assert linea(ahora() + 70 * MINUTO).estado == estado.MAL


@un_motor
def test_the_line_says_what_would_be_lost_and_what_to_do(aula, settings, monkeypatch):
    assert linea().estado == estado.MIRAR and "Todavía no hay ninguna" in linea().dice
    visto(hasta=None, no_salio="No se puede escribir.")
    assert (linea().estado, linea().que_hacer) == (estado.MAL, "No se puede escribir.")
    visto()
    assert linea().estado == estado.BIEN and "menos de un minuto" in linea().dice
    assert linea(ahora() + 16 * MINUTO).estado == estado.MIRAR
    assert linea(ahora() + 16 * MINUTO).medidas["copia_seguida_segundos"] == pytest.approx(960, abs=30)
    with monkeypatch.context() as parche:
        parche.setattr("marco.respaldo.al_dia._en_el_mismo_disco", lambda: True)
        assert linea().estado == estado.BIEN and "si se pierde el disco, se pierden las dos" in linea().dice
    visto(segundos=61.0)
    assert linea().estado == estado.MIRAR and "61 segundos" in linea().que_hacer
    settings.KUSKA_MINUTOS_ENTRE_COPIAS = 0
    assert linea().estado == estado.BIEN and "Apagada" in linea().dice
    settings.KUSKA_CLAVE_DE_RESPALDO = ""
    assert linea() is None


@un_motor
def test_the_command_says_what_it_did_and_goes_alone(aula):
    for dice in ("Copia hecha", "No cambió nada"):
        salida = StringIO()
        call_command("respaldo", "--seguida", stdout=salida)
        assert dice in salida.getvalue()
    with pytest.raises(CommandError, match="va sola"):
        call_command("respaldo", "--seguida", "--verificar")


@un_motor
@pytest.mark.parametrize("datos", [{}, {"hasta": "ayer"}, {"hasta": None, "comprobada_en": None, "de_otra": 1}, []])
def test_what_another_edition_kept_is_not_known(datos):
    assert de_datos(datos) == LoSeguido()


@un_motor
def test_what_is_kept_is_read_as_it_was():
    uno = LoSeguido(timezone.now(), "a", 1.5, "h", "x", "y", timezone.now())
    assert de_datos(json.loads(json.dumps(uno.como_datos()))) == uno


@un_motor
@given(segundos=st.floats(0, 10_000), cada=st.integers(1, 1440), pasaron=st.integers(0, 100_000))
def test_no_more_than_a_twentieth_of_the_time_goes_to_them(segundos, cada, pasaron):
    en = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    toca = toca_seguida(en, segundos=segundos, cada=cada, ahora=en + datetime.timedelta(seconds=pasaron))
    assert toca == (pasaron + 30 >= cada * 60 and pasaron + 30 >= round(DESCANSO * segundos, 6))


@un_motor
def test_whoever_looks_each_minute_begins_one_in_each_turn():
    """A few moments late or early: none is left for the minute after."""
    en, cuando, intento = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC), [], None
    for minuto, demora in enumerate([0.0, 0.9, 0.1, 0.5, 0.0, 0.3, 0.2]):
        mira = en + minuto * MINUTO + datetime.timedelta(seconds=demora)
        if toca_seguida(intento, segundos=1, cada=3, ahora=mira):
            cuando.append(minuto)
            intento = mira
    assert cuando == [0, 3, 6]


@un_motor
def test_as_they_come_each_keeps_its_promise():
    """With the minute that the clock may take to look, and as much as it takes."""
    for motor, minutos in CADA.items():
        assert (minutos + 1) * MINUTO + cada_cuanto(segundos=1, cada=1) / DESCANSO < PROMESA[motor]
