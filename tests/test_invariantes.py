"""What must always be true is looked for by every rule, and each one finds the row that somebody breaks by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from certificados.models import ActoDeCertificado, Certificado, ContadorDeRegistro, DocumentoDeCifras
from certificados.services import generar_pdf
from certificados.services.recursos import almacen
from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from evaluaciones.models import Intento, Respuesta
from instancias.models import LineaDeRastro, RevisionDePrivilegios
from instancias.services.privilegios import firmar_revision, huella_de, por_firmar
from marco.invariantes import Invariante, revisar, todas
from marco.management.commands import invariantes as orden  # read whole before a test changes its rules
from marco.models import Comprobacion
from marco.services.comprobar import SE_GUARDAN, comprobar, toca_comprobar
from marco.solo_crece import soltar, vigilar
from tests.escenario import montar

pytestmark = pytest.mark.django_db
RASTRO = LineaDeRastro._meta.db_table


@pytest.fixture(scope="module")
def escenario(django_db_setup, django_db_blocker):
    """Made once: what a test breaks is mended after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        vigilar(connection, RASTRO, "en", 2)
        uno = montar()
        administra = uno.gente["administradora"]
        vista = huella_de(por_firmar(por=administra, ahora=timezone.now()))
        firmar_revision(vista=vista, por=administra, ahora=timezone.now())
        generar_pdf(certificado_id=Certificado.objects.earliest("pk").pk)
        yield uno
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _se_deshace(escenario):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def filas(modelo: type) -> QuerySet:
    """Around what a model forbids, as somebody at the console of the database would."""
    return QuerySet(modelo)


def una(modelo: type, **condicion: object) -> QuerySet:
    return filas(modelo).filter(pk=filas(modelo).filter(**condicion).earliest("pk").pk)


def otro_numero() -> None:
    papel, cifras = filas(Certificado).earliest("pk"), filas(DocumentoDeCifras).earliest("pk")
    filas(DocumentoDeCifras).filter(pk=cifras.pk).update(anio=papel.anio, numero=papel.numero)


def otra_unidad() -> None:
    avance = filas(Avance).earliest("pk")
    ajena = Unidad.objects.create(clase="curso", numero=9999, titulo="Otro")
    filas(Avance).filter(pk=avance.pk).update(unidad=ajena)


def quitar_el_archivo() -> None:
    papel = filas(Certificado).exclude(pdf="").earliest("pk")
    filas(Certificado).filter(pk=papel.pk).update(pdf=papel.pdf.replace(".pdf", "-.pdf"))


def terminada_sin_hacer() -> None:
    inscripcion = filas(Inscripcion).filter(estado="terminada").earliest("pk")
    filas(Avance).filter(inscripcion=inscripcion, estado="terminada").update(estado="en_curso", terminado_en=None)


ROMPER: dict[str, Callable[[], object]] = {
    "unidades_pedidas": lambda: una(Inscripcion).update(requeridas=F("requeridas") + 1),
    "unidades_hechas": lambda: una(Inscripcion, estado="en_curso").update(hechas=F("requeridas")),
    "terminadas": terminada_sin_hacer,
    "avance_de_su_curso": otra_unidad,
    "tiempos_del_avance": lambda: una(Inscripcion, iniciada_en__isnull=False).update(
        ultima_actividad_en=timezone.make_aware(timezone.datetime(2020, 1, 1))
    ),
    "versiones": lambda: una(VersionDeCurso).update(horas=F("horas") + 1),
    "una_version_vigente": lambda: filas(VersionDeCurso).update(vigente=False),
    "notas": lambda: una(Intento, estado="enviado").update(aprobado=False),
    "respuestas_finales": lambda: una(Respuesta, definitiva=True).delete(),
    "libro_de_respuestas": lambda: una(Respuesta).update(secuencia=99),
    "tiempos_de_los_intentos": lambda: una(Respuesta, definitiva=True).update(
        recibida_en=timezone.now() + timezone.timedelta(days=9)
    ),
    "recibos": lambda: una(Intento, estado="enviado").update(numero=9),
    "aprobadas_anotadas": terminada_sin_hacer,
    "registro_sin_repetir": otro_numero,
    "registro_adelante": lambda: filas(ContadorDeRegistro).update(ultimo=0),
    "actos": lambda: filas(ActoDeCertificado).delete(),
    "reemplazos": lambda: una(Certificado, estado="vigente").update(estado="reemplazado"),
    "prueban_lo_hecho": lambda: filas(Inscripcion).update(estado="en_curso", terminada_en=None),
    "huellas_de_cifras": lambda: una(DocumentoDeCifras).update(datos={"otras": "cifras"}),
    "archivos": quitar_el_archivo,
    "rastro_solo_crece": lambda: soltar(connection, RASTRO),
    "revisiones_firmadas": lambda: una(RevisionDePrivilegios).update(listado=[]),
}
# Held by a constraint of the database, or told only by an engine whose pages broke; here no counters are kept.
SIN_ROMPER = {"referencias", "base_entera", "un_titular_por_asiento", "asientos_en_orden", "contadores"}


def test_of_what_was_made_by_the_acts_every_rule_holds():
    assert [uno.plano() for uno in revisar() if not uno.se_cumple] == []


def test_every_rule_is_tried_here():
    assert {regla.clave for regla in todas()} == {*ROMPER, *SIN_ROMPER}
    assert len({regla.clave for regla in todas()}) == len(todas())


@pytest.mark.parametrize("regla", ROMPER)
def test_what_somebody_breaks_by_hand_is_found(regla):
    (antes,) = revisar(solo=[regla])
    assert antes.se_cumple
    ROMPER[regla]()
    (despues,) = revisar(solo=[regla])
    assert despues.faltas >= 1 and despues.ejemplos and not despues.error and despues.que_hacer


def test_the_command_exits_with_one_and_names_the_rows():
    salida = io.StringIO()
    call_command("invariantes", "--rapido", stdout=salida)
    assert "✗" not in salida.getvalue() and "✓ Lo que se cuenta como hecho es lo que se hizo." in salida.getvalue()
    una(Inscripcion).update(requeridas=F("requeridas") + 1)
    rota, salida = filas(Inscripcion).earliest("pk").pk, io.StringIO()
    with pytest.raises(CommandError) as dicho:
        call_command("invariantes", "--json", "--no-anotar", "--solo", "unidades_pedidas", stdout=salida)
    assert dicho.value.returncode == 1
    (regla,) = json.loads(salida.getvalue())["reglas"]
    assert regla["ejemplos"] == [str(rota)] and regla["faltas"] == 1
    with pytest.raises(CommandError, match="No hay una regla llamada nada"):
        call_command("invariantes", "--solo", "nada")


@pytest.mark.un_motor
def test_each_run_is_kept_and_old_ones_go():
    ahora = timezone.now()
    assert toca_comprobar(ahora=ahora)
    for _vez in range(3):
        comprobar(rapido=True)
    assert Comprobacion.objects.count() == 3 <= SE_GUARDAN and toca_comprobar(ahora=ahora)
    una(VersionDeCurso).update(horas=F("horas") + 1)
    hecha, _resultados = comprobar()
    assert (hecha.rotas, hecha.rapida) == (1, False) and not toca_comprobar(ahora=ahora)
    assert [uno["clave"] for uno in hecha.resultados if uno["faltas"]] == ["versiones"]


@pytest.mark.un_motor
def test_a_rule_that_cannot_be_asked_is_not_one_that_holds(monkeypatch):
    def no_se_puede():
        raise OSError("disk")

    regla = Invariante("una", "Algo.", "Haga algo.", no_se_puede)
    monkeypatch.setattr("marco.invariantes.todas", lambda: [regla])
    (resultado,) = revisar()
    assert not resultado.se_cumple and resultado.error == "OSError"
    dicho = io.StringIO()
    with pytest.raises(CommandError):
        call_command(orden.Command(), "--no-anotar", stdout=dicho)
    assert "No se pudo saber. " in dicho.getvalue() and "Compruebe otra vez." in dicho.getvalue()
    assert "OSError" not in dicho.getvalue() and "Haga algo." not in dicho.getvalue()


@pytest.mark.un_motor
def test_rows_are_read_by_lots_whatever_their_number(monkeypatch, presupuesto):
    """The number of statements grows with lots and not with rows; of a rule that asks once, it does not grow."""
    monkeypatch.setattr("marco.invariantes.HASTA", 5)
    filas(RequisitoDeVersion).delete()
    with presupuesto(1):
        (pedidas,) = revisar(solo=["unidades_pedidas"])
    assert pedidas.faltas == min(5, filas(Inscripcion).filter(requeridas__gt=0).count())
    assert almacen() is not None
