"""A copy is whole or it is none; restored elsewhere it is equal; put back, nothing that must not repeat repeats."""

from __future__ import annotations

import datetime
import errno
import json
import os
import sqlite3
from io import StringIO
from types import SimpleNamespace
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from certificados.models import ContadorDeRegistro
from instancias.models import Persona, Supresion
from instancias.politica import alcance_de
from instancias.services.supresion import suprimir
from marco.models import CopiaDeRespaldo, Instalacion
from marco.respaldo import memoria, volver
from marco.respaldo.carpeta import buscar, copias, leyendo
from marco.respaldo.cifrado import MARCA
from marco.respaldo.comprobar import anotar, comprobar
from marco.respaldo.copiar import borrar_las_que_sobran, respaldar
from marco.respaldo.errores import ErrorDeRespaldo
from marco.respaldo.estado import estado_de_las_copias
from marco.respaldo.volver import restaurar, sacar_llaves, terminar
from marco.tasks import respaldar as en_la_noche
from marco.version_de_la_base import BaseDeOtraEdicion, exigir_base_conocida
from tests import gente
from tests.respaldo.conftest import CLAVE

pytestmark = pytest.mark.usefixtures("sin_migrar_en_vano")


def ahora() -> datetime.datetime:
    return timezone.now()


def volver_a(archivo, **como):
    """Put a copy back; whoever looks at the database in these tests is ourselves."""
    return restaurar(archivo, ahora=ahora(), en_uso=True, **como)


def test_a_copy_restored_elsewhere_is_equal_and_says_so(aula):
    copia = respaldar(ahora=ahora())
    resultado = comprobar(copia.archivo, ahora=ahora())
    assert resultado.filas == copia.filas > 100 and resultado.archivos == 2
    assert copia.manifiesto["relaciones"][Persona._meta.db_table][0] == 2
    assert copia.archivo.stat().st_mode & 0o777 == 0o600
    estado = estado_de_las_copias(ahora=ahora(), cuenta_de=Persona._meta.db_table, nombre="personas")
    assert estado.bien and "restaurada y comparada: 2 personas iguales" in estado.frase
    assert [uno.name for uno in copia.archivo.parent.iterdir() if "parcial" in uno.name] == []


@pytest.mark.un_motor
def test_what_is_in_a_copy_is_read_by_nobody_without_its_passphrase(aula):
    entera = respaldar(ahora=ahora()).archivo.read_bytes()
    assert entera.startswith(MARCA)
    for dicho in (b"Quispe", b"40000001", b"una imagen", b"SECRET_KEY"):
        assert dicho not in entera


@pytest.mark.un_motor
def test_what_is_not_whole_does_not_pass(aula, tmp_path):
    archivo = respaldar(ahora=ahora()).archivo
    entera = archivo.read_bytes()
    cabecera, _salto, _resto = entera.partition(b"\n")
    mas_nueva = MARCA + json.dumps({**json.loads(cabecera[len(MARCA) :]), "formato": 99}).encode() + b"\n"
    casos = {
        "vacia": (b"", "no_es_copia"),
        "otra-cosa": (b"una hoja de calculo", "no_es_copia"),
        "solo-cabecera": (cabecera + b"\n", "incompleta"),
        "cortada": (entera[: len(entera) // 2], "incompleta"),
        "sin-el-final": (entera[:-1], "incompleta"),
        "cambiada": (entera[:5000] + bytes([entera[5000] ^ 1]) + entera[5001:], "danada"),
        "con-algo-mas": (entera + b"x", "incompleta"),
        "de-manana": (mas_nueva + entera[len(cabecera) + 1 :], "mas_nueva"),
        "otra-fecha": (cabecera.replace(b"2026", b"2027") + entera[len(cabecera) :], None),
    }
    for nombre, (contenido, codigo) in casos.items():
        mala = tmp_path / f"{nombre}.respaldo"
        mala.write_bytes(contenido)
        with pytest.raises(ErrorDeRespaldo) as error:
            comprobar(mala, ahora=ahora())
        assert codigo is None or error.value.codigo == codigo, nombre
    with pytest.raises(ErrorDeRespaldo) as error:
        comprobar(archivo, ahora=ahora(), clave=CLAVE + ".")
    assert error.value.codigo == "otra_clave"
    assert CopiaDeRespaldo.objects.get().comprobacion == CopiaDeRespaldo.Comprobacion.MALA
    assert not estado_de_las_copias(ahora=ahora()).bien


def test_rows_that_are_not_those_that_were_counted_do_not_pass(aula, monkeypatch):
    """What the counts of the manifest are for: a tool that leaves rows behind."""
    motor = type(volver.motor())
    modulo = __import__(motor.__module__, fromlist=["contar"])
    verdadera = modulo.contar
    archivo = respaldar(ahora=ahora()).archivo

    def de_menos(conexion):
        cuenta = verdadera(conexion)
        cuenta[Persona._meta.db_table] = [1, "0" * 32]
        return cuenta

    monkeypatch.setattr(modulo, "contar", de_menos)
    with pytest.raises(ErrorDeRespaldo) as error:
        comprobar(archivo, ahora=ahora())
    assert error.value.codigo == "distinta" and error.value.mensaje.endswith("salió, en esto: personas.")


@pytest.mark.un_motor
def test_what_the_machine_did_not_allow_is_told_in_a_sentence_to_who_orders_it_and_in_the_list(
    aula, carpeta, monkeypatch, entrar, administradora
):
    CopiaDeRespaldo.objects.create(  # as another edition wrote it
        hecha_en=ahora(), estado=CopiaDeRespaldo.Estado.NO_SE_HIZO, detalle="[Errno 13] Permission denied: '/srv/x'"
    )
    lleno = OSError(errno.ENOSPC, "No space left on device", str(carpeta))
    monkeypatch.setattr("marco.respaldo.copiar.guardar_llaves", mock.Mock(side_effect=lleno))
    frase = f"No se pudo usar {carpeta}: no queda espacio en el disco."
    with pytest.raises(CommandError, match=f"No se terminó. {frase}"):
        call_command("respaldo")
    assert estado_de_las_copias(ahora=ahora()).que_hacer == frase
    pagina = entrar(administradora).get("/panel/copias").text
    assert frase in pagina and "No se pudo usar un archivo: la cuenta del aula no tiene permiso." in pagina
    assert "Errno" not in pagina and "No space" not in pagina


@pytest.mark.un_motor
def test_a_copy_of_a_newer_edition_is_not_put_in(aula, monkeypatch):
    monkeypatch.setattr("marco.respaldo.copiar._migraciones", lambda: {"kuska_marco": ["0999_de_manana"]})
    archivo = respaldar(ahora=ahora()).archivo
    for hacer in (lambda: comprobar(archivo, ahora=ahora()), lambda: volver_a(archivo, encima=True)):
        with pytest.raises(ErrorDeRespaldo) as error:
            hacer()
        assert error.value.codigo == "mas_nueva"


@pytest.mark.un_motor
def test_without_room_passphrase_or_folder_it_says_so_and_leaves_nothing(aula, carpeta, settings, monkeypatch):
    with monkeypatch.context() as parche:
        parche.setattr("shutil.disk_usage", lambda _donde: os.statvfs_result and type("", (), {"free": 1000}))
        with pytest.raises(ErrorDeRespaldo) as error:
            respaldar(ahora=ahora())
    assert error.value.codigo == "sin_espacio"
    settings.KUSKA_CLAVE_DE_RESPALDO = "corta"
    with pytest.raises(ErrorDeRespaldo) as error:
        respaldar(ahora=ahora())
    assert error.value.codigo == "clave_corta"
    settings.KUSKA_CLAVE_DE_RESPALDO = ""
    CopiaDeRespaldo.objects.update(hecha_en=ahora() - datetime.timedelta(hours=4))
    for _vez in range(2):  # told once, however often it is tried
        en_la_noche()
    assert copias() == []
    assert CopiaDeRespaldo.objects.filter(estado=CopiaDeRespaldo.Estado.NO_SE_HIZO).count() == 3
    estado = estado_de_las_copias(ahora=ahora())
    assert not estado.bien and "KUSKA_CLAVE_DE_RESPALDO" in estado.que_hacer


@pytest.mark.un_motor
def test_a_copy_that_is_cut_leaves_none(aula, carpeta, monkeypatch):
    monkeypatch.setattr("marco.respaldo.copiar._poner_archivos", lambda *_caja: os.stat("/no/existe"))
    with pytest.raises(FileNotFoundError):
        respaldar(ahora=ahora())
    assert copias() == [] and not list(carpeta.glob("*parcial*"))


@pytest.mark.un_motor
def test_the_copy_of_the_night_is_begun_once(aula, monkeypatch):
    empezadas = []
    monkeypatch.setattr("marco.tasks.empezar", empezadas.append)
    en_la_noche()
    respaldar(ahora=ahora())
    en_la_noche()
    assert empezadas == [("respaldo", "--verificar", "--limpiar")]


@pytest.mark.un_motor
def test_copies_whose_time_is_over_go_away_with_their_keys(aula, carpeta):
    hechas = [respaldar(ahora=ahora() - datetime.timedelta(minutes=n)).archivo for n in (3, 2, 1)]
    assert set(borrar_las_que_sobran(ahora=ahora())) <= {una.name for una in hechas[:2]}
    quedan = {una.nombre for una in copias()}
    assert hechas[2].name in quedan
    assert {una.stem for una in carpeta.glob("*.llaves")} == {una.removesuffix(".respaldo") for una in quedan}


def test_over_data_it_refuses_and_nothing_changes(aula):
    archivo = respaldar(ahora=ahora()).archivo
    gente.crear_integrante("40000009", "Nueva", "Persona")
    with pytest.raises(ErrorDeRespaldo) as error:
        volver_a(archivo)
    assert error.value.codigo == "hay_datos"
    assert Persona.objects.count() == 3


def test_without_what_was_erased_at_hand_no_copy_is_put_back(aula, carpeta):
    archivo = respaldar(ahora=ahora()).archivo
    (carpeta / memoria.ARCHIVO).unlink(missing_ok=True)
    (carpeta / memoria.ARCHIVO).mkdir()
    with pytest.raises(ErrorDeRespaldo, match="no se tocó nada") as error:
        volver_a(archivo, encima=True)
    assert error.value.codigo == "sin_memoria"


def test_it_comes_back_as_it_was_and_another_one(aula, administradora):
    """Rows, files and numbers; sessions, identity and erasures."""
    ContadorDeRegistro.objects.create(anio=timezone.localdate().year, ultimo=7)
    copia = respaldar(ahora=ahora())
    antes = Instalacion.objects.get().identidad
    # After the copy: somebody comes, somebody asks to be erased, papers are numbered, files change.
    gente.crear_integrante("40000009", "Nueva", "Persona")
    suprimir(
        persona_id=aula["juan"].pk,
        alcance=alcance_de(administradora, hoy=timezone.localdate()),
        por=administradora,
        ahora=ahora(),
    )
    ContadorDeRegistro.objects.update(ultimo=2345)
    storages["privado"].delete("certificados/2026/uno.pdf")
    Client().force_login(aula["rosa"].cuenta)
    assert Session.objects.exists()

    frases = volver_a(copia.archivo, encima=True)

    assert Persona.objects.filter(documento="40000001").exists()
    assert not Persona.objects.filter(documento__in=["40000002", "40000009"]).exists()
    juan = Persona.objects.get(pk=aula["juan"].pk)
    assert juan.suprimida_en and "Juan" not in str(juan) and Supresion.objects.count() == 1
    assert ContadorDeRegistro.objects.get().ultimo >= 2345 + 1000
    with storages["privado"].open("certificados/2026/uno.pdf") as papel:
        assert papel.read() == b"%PDF un certificado"
    assert not Session.objects.exists()
    una = Instalacion.objects.get()
    assert una.identidad != antes and una.por_terminar_desde is None and una.repuesta_de == copia.archivo.name
    assert any("ningún número se repite" in frase for frase in frases)
    assert any("de 1 registro que se había suprimido" in frase for frase in frases)
    previa = next(una for una in copias() if "antes-de-restaurar" in una.nombre)
    assert any(previa.nombre in frase for frase in frases)
    exigir_base_conocida()


def test_files_of_a_day_are_not_left_beside_what_comes_back(aula, tmp_path):
    copia = respaldar(ahora=ahora())
    storages["privado"].save("de_un_dia/paquetes/uno.zip", ContentFile(b"con nombres"))
    volver_a(copia.archivo, encima=True)
    assert list(tmp_path.glob("privado.antes-*")) and not list(tmp_path.rglob("de_un_dia"))


def test_a_number_given_again_to_somebody_else_takes_nobody_away(aula, administradora):
    """Registers made after a return take numbers that were of others."""
    copia = respaldar(ahora=ahora())
    nueva = gente.crear_integrante("40000009", "Nueva", "Persona")
    suprimir(
        persona_id=nueva.pk,
        alcance=alcance_de(administradora, hoy=timezone.localdate()),
        por=administradora,
        ahora=ahora(),
    )
    volver_a(copia.archivo, encima=True)
    otra = gente.crear_integrante("40000010", "Otra", "Distinta")
    segunda = respaldar(ahora=ahora() + datetime.timedelta(seconds=2))
    Persona.objects.filter(pk=otra.pk).update(celular="987654321")
    volver_a(segunda.archivo, encima=True)
    assert Persona.objects.get(documento="40000010").suprimida_en is None


def test_a_return_that_is_cut_serves_nobody_until_it_is_ended(aula, monkeypatch):
    ContadorDeRegistro.objects.create(anio=timezone.localdate().year, ultimo=7)
    copia = respaldar(ahora=ahora())
    with monkeypatch.context() as parche:
        parche.setattr("marco.respaldo.volver.terminar", lambda **_que: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            volver_a(copia.archivo, encima=True)
    with pytest.raises(BaseDeOtraEdicion, match="--terminar"):
        exigir_base_conocida()
    for _vez in range(2):
        terminar(ahora=ahora())
    exigir_base_conocida()
    assert ContadorDeRegistro.objects.get().ultimo >= 1007


def test_one_that_is_cut_before_its_files_brings_them_when_it_is_ended(aula, monkeypatch):
    copia = respaldar(ahora=ahora())
    storages["privado"].delete("certificados/2026/uno.pdf")
    with monkeypatch.context() as parche:
        parche.setattr("marco.respaldo.volver._reponer_archivos", lambda *_a, **_k: os.stat("/no/existe"))
        with pytest.raises(FileNotFoundError):
            volver_a(copia.archivo, encima=True)
    with pytest.raises(BaseDeOtraEdicion, match="--terminar"):
        exigir_base_conocida()
    terminar(ahora=ahora())
    assert storages["privado"].exists("certificados/2026/uno.pdf")


def test_a_database_that_fails_half_way_stays_as_it_was(aula, monkeypatch):
    copia = respaldar(ahora=ahora())
    gente.crear_integrante("40000009", "Nueva", "Persona")
    monkeypatch.setattr("marco.respaldo.volver._marcar_sin_terminar", lambda *_a, **_k: [("SELECT no_existe", ())])
    with pytest.raises((ErrorDeRespaldo, sqlite3.OperationalError)):
        volver_a(copia.archivo, encima=True)
    connection.close()
    assert Persona.objects.count() == 3
    exigir_base_conocida()


@pytest.mark.un_motor
def test_nothing_is_copied_nor_touched_for_a_file_that_is_not_a_whole_copy(aula, carpeta, monkeypatch):
    archivo = respaldar(ahora=ahora()).archivo
    cortada = archivo.with_name("aula-20200101-000000.respaldo")
    cortada.write_bytes(archivo.read_bytes()[:-100])
    for mala, dice in ((cortada, "incompleta"), (next(carpeta.glob("*.llaves")), "es de llaves, y no una copia")):
        with pytest.raises(ErrorDeRespaldo, match=dice):
            volver_a(mala, encima=True)
    assert [uno.nombre for uno in copias() if "antes-de-restaurar" in uno.nombre] == []

    def ajeno(*_a, **_k):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", ajeno)
    with pytest.raises(ErrorDeRespaldo, match="no puede leer .*sudo chown kuska"), leyendo(archivo):
        pass


@pytest.mark.un_motor
def test_only_what_was_done_again_is_told(aula):
    dichas = volver_a(respaldar(ahora=ahora()).archivo, encima=True)
    assert not [una for una in dichas if "Se suprimieron otra vez" in una]
    assert [una for una in dichas if "abra «Copias» en el panel" in una]


@pytest.mark.un_motor
def test_keys_are_apart_closed_and_only_for_their_owner(aula, carpeta, tmp_path, settings):
    respaldar(ahora=ahora())
    archivo = next(carpeta.glob("*.llaves"))
    assert settings.SECRET_KEY.encode() not in archivo.read_bytes()
    destino = tmp_path / "llaves.env"
    assert "SECRET_KEY" in sacar_llaves(archivo, destino)
    assert f'SECRET_KEY="{settings.SECRET_KEY}"' in destino.read_text()
    assert "SECRET_KEY_FALLBACKS" not in destino.read_text(), "an empty one would hide what the machine has"
    assert destino.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        sacar_llaves(archivo, destino)
    with pytest.raises(ErrorDeRespaldo):
        sacar_llaves(buscar(""), tmp_path / "otras.env")


@pytest.mark.un_motor
def test_the_commands_say_what_they_did(aula, monkeypatch):
    """The triggers that keep the trail are not there in tests: what the original breaks is told and is not good."""
    with pytest.raises(CommandError, match="igual a su original"):
        call_command("respaldo", stdout=StringIO())
        call_command("verificar_respaldo", stdout=StringIO())
    assert CopiaDeRespaldo.objects.get().comprobacion == CopiaDeRespaldo.Comprobacion.RESTAURADA
    monkeypatch.setattr("marco.respaldo.comprobar.revisar", list)
    dicho = StringIO()
    call_command("respaldo", "--verificar", "--limpiar", stdout=dicho)
    call_command("verificar_respaldo", stdout=dicho)
    assert "Copia hecha" in dicho.getvalue() and dicho.getvalue().count("iguales") == 2
    with pytest.raises(ErrorDeRespaldo):
        call_command("verificar_respaldo", "no-existe.respaldo")


@pytest.mark.un_motor
def test_on_a_machine_that_lost_its_database_a_copy_is_checked_and_none_is_made(tmp_path, monkeypatch):
    perdida = SimpleNamespace(vendor="sqlite", connection=None, settings_dict={"NAME": tmp_path / "kuska.sqlite3"})
    monkeypatch.setattr("marco.respaldo.comprobar.connections", {"default": perdida})
    anotar(tmp_path / "una.respaldo", CopiaDeRespaldo.Comprobacion.RESTAURADA, "", ahora=ahora())
    assert not list(tmp_path.iterdir())


@pytest.mark.un_motor
def test_the_counter_goes_forward_by_command_and_never_back(db):
    dicho = StringIO()
    call_command("avanzar_registro", "2026", "41", stdout=dicho)
    call_command("avanzar_registro", "2026", "7", stdout=dicho)
    assert dicho.getvalue().count("0042") == 2
