"""«Estado del aula» says which key signs the receipts, since when, and whether a copy of it is kept apart."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from evaluaciones import recibos
from evaluaciones.consultas.firma import estado_de_la_firma
from marco.estado import BIEN, MAL, MIRAR, lineas
from marco.respaldo.carpeta import nombre_de
from marco.respaldo.copiar import guardar_llaves

pytestmark = pytest.mark.un_motor
CLAVE = "una clave larga de copias"


@pytest.fixture
def carpeta(tmp_path, settings):
    settings.KUSKA_RESPALDOS = str(tmp_path)
    return tmp_path


def llave(dias: int = 3) -> str:
    return recibos.nueva_llave(timezone.localdate() - datetime.timedelta(days=dias))


def copiar(carpeta) -> None:
    ahora = timezone.now()
    copia = carpeta / nombre_de(ahora)
    copia.write_bytes(b"")
    guardar_llaves(copia.with_suffix(".llaves"), CLAVE, ahora=ahora)


def linea():
    (una,) = estado_de_la_firma()
    return una


def test_a_key_that_is_kept_apart_is_well_and_is_never_shown(carpeta, settings):
    settings.KUSKA_LLAVES_DE_RECIBO = [llave(), "pub:" + recibos.parte_publica(llave(900))[4:]]
    copiar(carpeta)
    una, sabida = linea(), recibos.llave_que_firma()
    assert una.estado == BIEN and sabida.nombre in una.dice and "guardada aparte" in una.dice
    assert una.medidas == {"recibos_se_firman": 1, "llave_de_recibos_con_copia": 1, "llave_de_recibos_dias": 3}
    assert "verifican: 1" in una.dice
    secreta = settings.KUSKA_LLAVES_DE_RECIBO[0].partition("@")[0]
    assert secreta not in una.dice + una.que_hacer + repr(sabida)
    assert secreta.encode() not in next(carpeta.glob("*.llaves")).read_bytes()


def test_without_a_copy_or_with_one_of_another_key_it_says_what_to_do(carpeta, settings):
    settings.KUSKA_LLAVES_DE_RECIBO = [llave()]
    assert linea().estado == MIRAR and "Ninguna copia" in linea().dice and "«sudo aula respaldo»" in linea().que_hacer
    copiar(carpeta)
    settings.KUSKA_LLAVES_DE_RECIBO = [llave()]
    assert linea().estado == MIRAR and linea().medidas["llave_de_recibos_con_copia"] == 0
    settings.KUSKA_RESPALDOS = None
    assert linea().estado == MIRAR


def test_an_old_key_asks_to_be_changed_and_one_without_its_day_says_none(carpeta, settings):
    settings.KUSKA_LLAVES_DE_RECIBO = [llave(731)]
    copiar(carpeta)
    assert linea().estado == MIRAR and "la nueva va primero" in linea().que_hacer
    settings.KUSKA_LLAVES_DE_RECIBO = [llave().partition("@")[0]]
    assert "llave_de_recibos_dias" not in linea().medidas


@pytest.mark.parametrize(("llaves", "dice"), [([], "no se firman"), (["rota"], "no se puede leer")])
def test_without_a_key_that_signs_it_is_bad(settings, llaves, dice):
    settings.KUSKA_LLAVES_DE_RECIBO = llaves
    assert linea().estado == MAL and dice in linea().dice and "KUSKA_LLAVES_DE_RECIBO" in linea().que_hacer
    settings.KUSKA_LLAVES_DE_RECIBO = [recibos.parte_publica(llave())]
    assert linea().estado == MAL


def test_a_key_signs_and_verifies_the_same_with_its_day_or_without(settings):
    con = llave()
    sin, publica = con.partition("@")[0], recibos.parte_publica(con)
    assert publica.startswith("pub:") and publica.endswith(con[con.index("@") :])
    nombres = set()
    for una in (con, sin, publica):
        settings.KUSKA_LLAVES_DE_RECIBO = [una]
        nombres |= set(recibos.llaves().por_nombre)
    assert len(nombres) == 1


@pytest.mark.django_db
def test_it_is_a_line_of_the_page():
    assert "firma" in {una.clave for una in lineas(ahora=timezone.now())}
