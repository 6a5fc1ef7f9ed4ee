"""Why something failed is a sentence: no name of the program, no word of the system, nothing in its language."""

import copy
import errno
import os
import re
import smtplib
import sqlite3
import subprocess
import sys
from unittest import mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from celery.utils.serialization import get_pickleable_exception
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, OperationalError

from certificados.errores import CertificadoError, Motivo
from marco.del_sistema import DEL_SISTEMA, del_sistema, sin_traducir
from marco.errores import ErrorDeDominio
from marco.orden_del_aula import OrdenDelAula
from marco.razones import como_frase, razon_de
from marco.respaldo.errores import ErrorDeRespaldo
from marco.restricciones import Ocupada
from marco.sala import Sala
from marco.servicio.estado import EstadoDeParte

pytestmark = pytest.mark.un_motor


def de_sqlite(codigo: int) -> OperationalError:
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = codigo
    return error


def por(causa: BaseException) -> BaseException:
    error = RuntimeError("the work was not done")
    error.__cause__ = causa
    return error


@pytest.mark.parametrize(
    ("error", "dice"),
    [
        (ErrorDeDominio("sin_edicion", "Todavía no hay una edición."), "Todavía no hay una edición."),
        (ErrorDeRespaldo("sin_clave", "Falta la clave."), "Falta la clave."),
        (CommandError("Diga cuál."), "Diga cuál."),
        (OSError(errno.ENOSPC, "No space", "/srv/x"), "No se pudo usar /srv/x: no queda espacio en el disco."),
        (
            por(PermissionError(errno.EACCES, "Denied")),
            "No se pudo usar un archivo: la cuenta del aula no tiene permiso.",
        ),
        (
            OSError(errno.EXDEV, "Cross-device"),
            f"No se pudo usar un archivo: el sistema contestó con su error {errno.EXDEV}.",
        ),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), "No contestó otra máquina, de la que depende"),
        (smtplib.SMTPServerDisconnected("closed"), "No contestó otra máquina, de la que depende"),
        (SoftTimeLimitExceeded(), "Tardó más de lo que se le permite."),
        (MemoryError(), "A la máquina le faltó memoria."),
        (Ocupada(), "La base de datos no contestó, o estaba ocupada."),
        (de_sqlite(sqlite3.SQLITE_BUSY), "La base de datos no contestó, o estaba ocupada."),
        (de_sqlite(sqlite3.SQLITE_FULL), "La base de datos no tiene dónde guardar"),
        (IntegrityError("UNIQUE constraint failed"), "La base de datos no aceptó lo que se le pidió."),
        (KeyError("nombre"), "Falló el programa."),
        (OSError("cannot identify image file"), "Falló el programa."),
        (None, "Falló el programa."),
    ],
)
def test_each_error_is_a_sentence(error, dice):
    dicho = razon_de(error)
    assert dicho.startswith(dice) and dicho.endswith(".")
    assert como_frase(dicho) == dicho, "what is kept now is read as it is"
    assert not re.search(r"[A-Za-z]+Error|Errno|\b(No space|Denied|failed|locked|identify)\b", dicho)


@pytest.mark.parametrize(
    "error",
    [
        ErrorDeDominio("a", "Falta algo."),
        ErrorDeRespaldo("a", "Falta algo."),
        CertificadoError(Motivo.MAL_ESCRITO, "Falta algo."),
    ],
)
def test_a_worker_hands_over_our_errors_with_their_sentence(error):
    """Celery wraps what cannot be packed: its sentence was lost."""
    entregado = get_pickleable_exception(error)
    assert type(entregado) is type(error) and razon_de(entregado) == "Falta algo."
    otra_vez = copy.copy(error)
    assert (otra_vez.codigo, str(otra_vez)) == (error.codigo, "Falta algo.")


@pytest.mark.parametrize(
    ("guardado", "se_lee"),
    [
        ("", ""),
        ("Falta la clave de las copias: póngala en KUSKA_CLAVE_DE_RESPALDO.", None),
        ("PostgreSQL no tomó la copia: sin permiso", None),
        ("DNI: falta", None),
        ("CEM: falta", None),
        ("OSError", razon_de(None)),
        ("ErrorDeRespaldo: La copia está dañada.", "La copia está dañada."),
        ("[Errno 28] No space left on device: '/x'", "No se pudo usar un archivo: no queda espacio en el disco."),
    ],
)
def test_what_another_edition_kept_is_read_as_a_sentence(guardado, se_lee):
    assert como_frase(guardado) == (guardado if se_lee is None else se_lee)


def de_las_salas() -> list[tuple[str, str]]:
    """Of the rooms, and of the site that hosts them; that of Wagtail which the site bends stays as it is."""
    salas = {una.name for una in apps.get_app_configs() if isinstance(una, Sala)} | {"cms"}
    con_las_suyas = {"servir", "demo", "publish_scheduled"}
    return [(sala, orden) for orden, sala in get_commands().items() if sala in salas and orden not in con_las_suyas]


def test_every_command_of_the_rooms_tells_what_the_machine_does_not_allow(monkeypatch):
    """But for those that turn the service on: they have their own sentences."""
    ordenes = de_las_salas()
    assert len(ordenes) > 22
    for sala, nombre in ordenes:
        orden = load_command_class(sala, nombre)
        assert isinstance(orden, OrdenDelAula), nombre
        for error in (PermissionError(errno.EACCES, "Denied", "/srv/x"), OperationalError("gone")):
            monkeypatch.setattr(BaseCommand, "execute", mock.Mock(side_effect=error))
            with pytest.raises(CommandError, match=re.escape(f"No se terminó. {razon_de(error)}")):
                orden.execute()


@pytest.mark.parametrize("nombre", ["verificar_respaldo", "servir", "demo", "mensajes"])
def test_whoever_types_a_command_reads_the_sentence_and_no_name_of_an_error(monkeypatch, capsys, nombre):
    orden = load_command_class(get_commands()[nombre], nombre)
    monkeypatch.setattr(BaseCommand, "execute", mock.Mock(side_effect=ErrorDeRespaldo("no_esta", "No hay copias.")))
    with pytest.raises(SystemExit) as salida:
        orden.run_from_argv(["manage.py", nombre])
    assert salida.value.code == 1 and capsys.readouterr().err.strip() == "No hay copias."
    with pytest.raises(ErrorDeRespaldo):
        orden.run_from_argv(["manage.py", nombre, "--traceback"])


def test_a_folder_that_cannot_be_used_is_said_in_the_language_of_the_site(tmp_path):
    """Before there are settings: those of the demonstration write their keys in it."""
    (tmp_path / "archivo").touch()
    sin_decir = {"SECRET_KEY", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    entorno = {clave: valor for clave, valor in os.environ.items() if clave not in sin_decir}
    entorno["KUSKA_VAR"] = str(tmp_path / "archivo")
    dicho = subprocess.run(
        [sys.executable, "manage.py", "demo"], env=entorno, capture_output=True, text=True, check=False
    ).stderr
    assert dicho.startswith("No se puede usar la carpeta de los datos") and "(no es una carpeta)" in dicho
    assert len(dicho.splitlines()) == 1


def test_what_the_system_says_is_said_in_the_language_of_the_site():
    for numero in DEL_SISTEMA:
        assert os.strerror(numero) not in del_sistema(numero) == sin_traducir(numero)


@pytest.mark.parametrize(
    ("razon", "dice"),
    [
        ("signal 9", "lo cerró el sistema: quizá faltó memoria"),
        ("signal 11", "lo cerró el sistema con su señal 11"),
        ("exit 1", "terminó con su error 1"),
        ("lost", "no se supo cómo"),
    ],
)
def test_how_a_process_died_is_said_in_words(razon, dice):
    assert EstadoDeParte("obrero", razon=razon).como_murio() == dice
