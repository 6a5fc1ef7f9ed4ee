"""What certifies may be asked from a bank outside the programme: a private folder, or a file that its key opens."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from evaluaciones.models import Evaluacion, VersionDePregunta
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import escribir_programa
from programas.lectura import leer_programa
from programas.sellado import ErrorDelBanco, banco_del_sitio, leer_banco, nueva_llave, sellar
from tests.programas.factories import programa_breve

SECRETA = "¿Qué decide el juzgado que nadie leyó antes?"
EN_EL_BANCO = f"""clave: m1-evaluacion
clase: modulo
titulo: Evaluación
preguntas:
  - clave: s-01
    tipo: una
    articulo: ley-1/16
    leccion: m1-l1
    texto: {SECRETA}
    alternativas:
      - texto: En 24 horas.
        correcta: true
        explicacion: Lo dice el artículo 16.
      - texto: En 72 horas.
        explicacion: Ese plazo ya no rige.
"""


@pytest.fixture
def carpeta(tmp_path):
    escribir_programa(programa_breve(), tmp_path / "programa")
    return tmp_path / "programa"


@pytest.fixture
def banco(tmp_path, settings):
    privada = tmp_path / "privada"
    privada.mkdir()
    (privada / "m1-evaluacion.yaml").write_text(EN_EL_BANCO)
    settings.KUSKA_LLAVE_DEL_BANCO = nueva_llave()
    call_command("sellar_banco", privada, tmp_path / "banco.kuska", stdout=StringIO())
    return tmp_path / "banco.kuska"


def codigo(acto, *datos):
    with pytest.raises(ErrorDelBanco) as error:
        acto(*datos)
    return error.value.codigo


@pytest.mark.un_motor
def test_the_sealed_file_says_nothing_and_its_key_opens_it(banco, settings):
    sellado = banco.read_bytes()
    assert b"juzgado" not in sellado and b"correcta" not in sellado
    assert oct(banco.stat().st_mode & 0o777) == "0o600"
    assert leer_banco(banco, settings.KUSKA_LLAVE_DEL_BANCO) == {"m1-evaluacion.yaml": EN_EL_BANCO}


@pytest.mark.un_motor
def test_what_does_not_open_says_what_to_mend(banco, tmp_path):
    assert codigo(leer_banco, banco, nueva_llave()) == "no_abre"
    assert codigo(leer_banco, banco, "") == "sin_llave"
    assert codigo(leer_banco, tmp_path / "no-hay") == "sin_banco"
    assert codigo(sellar, {}, nueva_llave()) == "vacio"
    banco.write_bytes(banco.read_bytes()[:-5] + b"AAAA=")
    assert codigo(leer_banco, banco, nueva_llave()) == "no_abre"


@pytest.mark.un_motor
def test_an_evaluation_of_the_bank_takes_the_place_of_its_own(carpeta, banco, settings):
    settings.KUSKA_BANCO = str(banco)
    leido = leer_programa(carpeta, banco=banco_del_sitio())
    _practica, evaluacion = leido.curso.modulos[0].evaluaciones
    assert evaluacion.sellada and [una.texto for una in evaluacion.preguntas] == [SECRETA]
    assert not _practica.sellada
    assert leer_programa(carpeta) != leido


@pytest.mark.un_motor
def test_a_fault_in_the_bank_is_told_with_the_rest_and_nothing_is_loaded(carpeta):
    with pytest.raises(ContenidoInvalido, match="no tiene ninguna evaluación «otra»"):
        leer_programa(carpeta, banco={"otra.yaml": EN_EL_BANCO.replace("m1-evaluacion", "otra")})
    with pytest.raises(ContenidoInvalido, match="banco/mala.yaml"):
        leer_programa(carpeta, banco={"mala.yaml": "clave: m1-evaluacion\nclase: final\n"})


@pytest.mark.un_motor
def test_a_bank_that_is_not_right_is_not_sealed(tmp_path, settings):
    settings.KUSKA_LLAVE_DEL_BANCO = nueva_llave()
    (tmp_path / "mala.yaml").write_text("clave: x\n")
    with pytest.raises(CommandError, match="No se selló nada"):
        call_command("sellar_banco", tmp_path, tmp_path / "banco.kuska")
    assert not (tmp_path / "banco.kuska").exists()


@pytest.mark.django_db
def test_loading_says_plainly_where_the_questions_come_from(territorio, carpeta, banco, settings):
    settings.KUSKA_CERTIFICADO, dice = None, StringIO()
    call_command("cargar_programa", carpeta, certificado=None, stdout=dice)
    assert "Banco de demostración: 1 evaluaciones con nota" in dice.getvalue()
    assert "que cualquiera puede leer" in " ".join(dice.getvalue().split())
    settings.KUSKA_BANCO, dice = str(banco), StringIO()
    call_command("cargar_programa", carpeta, certificado=None, stdout=dice)
    assert "Banco sellado: 1 evaluaciones" in dice.getvalue() and SECRETA not in dice.getvalue()
    assert VersionDePregunta.objects.vigentes().filter(evaluacion__titulo="Evaluación").count() == 2  # and the practice
    assert SECRETA in [una.texto for una in Evaluacion.objects.get(clase="modulo").preguntas.all()]


@pytest.mark.django_db
def test_a_site_that_certifies_asks_nothing_that_anybody_can_read(territorio, carpeta, banco, settings):
    settings.KUSKA_SOLO_CON_BANCO = True
    with pytest.raises(CommandError, match="1 evaluaciones con nota usan las preguntas públicas"):
        call_command("cargar_programa", carpeta, certificado=None, stdout=StringIO())
    with pytest.raises(ErrorDelBanco, match="KUSKA_BANCO"):
        cargar(leer_programa(carpeta), ahora=timezone.now())
    assert not Evaluacion.objects.exists()
    settings.KUSKA_BANCO = str(banco)
    call_command("cargar_programa", carpeta, certificado=None, stdout=StringIO())
    assert Evaluacion.objects.exists()


@pytest.mark.django_db
def test_an_export_does_not_take_the_bank_along(territorio, carpeta, banco, settings, tmp_path):
    settings.KUSKA_BANCO = str(banco)
    call_command("cargar_programa", carpeta, certificado=None, stdout=StringIO())
    dice = StringIO()
    call_command("exportar_programa", tmp_path / "sin", stdout=StringIO(), stderr=dice)
    escrito = " ".join(uno.read_text() for uno in (tmp_path / "sin").rglob("*.yaml"))
    assert SECRETA not in escrito and "m1-evaluacion" in dice.getvalue()
    call_command("exportar_programa", tmp_path / "con", con_banco=True, stdout=StringIO(), stderr=dice)
    assert SECRETA in " ".join(uno.read_text() for uno in (tmp_path / "con").rglob("*.yaml"))


@pytest.mark.django_db
def test_a_key_that_does_not_open_loads_nothing(territorio, carpeta, banco, settings):
    settings.KUSKA_BANCO, settings.KUSKA_LLAVE_DEL_BANCO = str(banco), nueva_llave()
    with pytest.raises(CommandError, match="La llave no abre ese banco"):
        call_command("cargar_programa", carpeta, certificado=None, stdout=StringIO())
    assert not Evaluacion.objects.exists()
