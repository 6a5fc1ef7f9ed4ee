"""What a decision makes people earn waits a day, and until then the decision can be undone."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from certificados import services
from certificados.models import Certificado
from cursos.errores import CursoError
from cursos.models import DecisionDeRetiro, Inscripcion, Unidad, VersionDeCurso
from cursos.services.avance import terminar_unidad
from cursos.services.consecuencia import Consecuencia, al_retirar
from cursos.services.retiros import dejar_de_pedir, deshacer, en_pausa, seguir_pidiendo
from cursos.services.versiones import decidir, version_por_decidir
from tests.certificados import factories
from tests.cursos.factories import Programa, crear_leccion, publicar
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
Estado = Inscripcion.Estado
UN_DIA = datetime.timedelta(hours=24)


@pytest.fixture
def ahora():
    return timezone.now()


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    factories.crear_plantilla()
    return Programa(lecciones=3)


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    """Two lessons of three done."""
    inscripcion = programa.inscribir(integrante)
    hacer(inscripcion, *programa.unidades[:2])
    return inscripcion


def hacer(inscripcion, *unidades):
    for unidad in unidades:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())


def ver(inscripcion):
    inscripcion.refresh_from_db()
    return (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado)


def quitar(programa, n):
    """Take a lesson away, by deleting its page. Returns its unit."""
    unidad = programa.unidad(programa.lecciones[n])
    programa.lecciones[n].delete()
    return unidad


@pytest.fixture
def decidida(programa, inscrita, capacitadora, ahora):
    """The lesson that was missing, taken away, and decided that it is not asked for any more."""
    (decision,) = dejar_de_pedir(unidades=[quitar(programa, 2).pk], ahora=ahora, por=capacitadora, terminan=1)
    return decision


def test_the_decision_is_recorded_with_who_when_and_how_many(programa, inscrita, decidida, capacitadora, ahora):
    assert (decidida.por, decidida.en, decidida.firme_desde) == (capacitadora, ahora, ahora + UN_DIA)
    assert (decidida.personas, decidida.terminan, decidida.pierden) == (1, 1, 0)
    assert ver(inscrita) == (2, 2, Estado.TERMINADA)


def test_the_paper_waits_a_day_and_comes_out_once(inscrita, decidida, ahora):
    for momento in (ahora, ahora + UN_DIA - datetime.timedelta(seconds=1)):
        services.emitir_pendientes(ahora=momento)
        with pytest.raises(services.CertificadoError) as error:
            services.emitir(inscripcion_id=inscrita.pk, ahora=momento)
        assert error.value.codigo == "en_espera"
    assert not Certificado.objects.exists()
    for _vez in range(2):
        services.emitir_pendientes(ahora=ahora + UN_DIA)
    assert Certificado.objects.count() == 1
    decidida.refresh_from_db()
    assert decidida.cerrada_en == ahora + UN_DIA


def test_undoing_puts_people_back_under_way_with_it_asked_again(programa, inscrita, decidida, capacitadora, ahora):
    assert deshacer(decision=decidida, ahora=ahora + UN_DIA / 2, por=capacitadora) == 1
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)
    assert programa.vigente.filas.count() == 3 and en_pausa([programa.curso]).count() == 1
    services.emitir_pendientes(ahora=ahora + 3 * UN_DIA)
    assert not Certificado.objects.exists()
    decidida.refresh_from_db()
    assert decidida.deshecha_por == capacitadora


def test_it_is_undone_once_and_only_in_its_day(decidida, inscrita, ahora):
    deshacer(decision=decidida, ahora=ahora, por=None)
    with pytest.raises(CursoError, match="ya no se puede deshacer"):
        deshacer(decision=decidida, ahora=ahora, por=None)


@pytest.mark.parametrize("emitida", [True, False])
def test_after_its_day_it_stands(decidida, inscrita, ahora, emitida):
    if emitida:
        services.emitir_pendientes(ahora=ahora + UN_DIA)
    with pytest.raises(CursoError, match="ya no se puede deshacer"):
        deshacer(decision=decidida, ahora=ahora + UN_DIA, por=None)
    assert ver(inscrita)[2] == Estado.TERMINADA


def test_a_paper_that_came_out_closes_the_decision_for_a_clock_that_is_late(decidida, inscrita, ahora):
    services.emitir(inscripcion_id=inscrita.pk, ahora=ahora + UN_DIA)
    with pytest.raises(CursoError):
        deshacer(decision=decidida, ahora=ahora + UN_DIA - datetime.timedelta(seconds=5), por=None)
    assert ver(inscrita)[2] == Estado.TERMINADA


def test_who_finishes_the_rest_that_same_day_waits_and_goes_back_too(
    programa, integrante_de_b, decidida, ahora, django_capture_on_commit_callbacks
):
    otra = programa.inscribir(integrante_de_b)
    Inscripcion.objects.filter(pk=otra.pk).update(decision=None)
    deshacer(decision=decidida, ahora=ahora, por=None)
    hacer(otra, programa.unidades[0])
    (decision,) = dejar_de_pedir(unidades=[en_pausa([programa.curso]).get().pk], ahora=ahora, por=None)
    with django_capture_on_commit_callbacks(execute=True):
        hacer(otra, programa.unidades[1])
    assert ver(otra) == (2, 2, Estado.TERMINADA) and not Certificado.objects.exists()
    deshacer(decision=decision, ahora=ahora, por=None)
    assert ver(otra) == (2, 3, Estado.EN_CURSO)


def test_who_had_done_it_finishes_and_has_the_paper_at_once(
    programa, integrante_de_b, inscrita, ahora, django_capture_on_commit_callbacks
):
    otra = programa.inscribir(integrante_de_b)
    hacer(otra, programa.unidades[0], programa.unidades[2])
    dejar_de_pedir(unidades=[quitar(programa, 2).pk], ahora=ahora, por=None)
    with django_capture_on_commit_callbacks(execute=True):
        hacer(otra, programa.unidades[1])
    assert ver(otra) == (3, 3, Estado.TERMINADA)
    assert [uno.inscripcion for uno in Certificado.objects.all()] == [otra]
    deshacer(decision=DecisionDeRetiro.objects.get(), ahora=ahora, por=None)
    assert ver(otra) == (3, 3, Estado.TERMINADA)


def test_of_two_decisions_the_last_is_undone_first(programa, inscrita, integrante_de_b, ahora):
    otra = programa.inscribir(integrante_de_b)
    hacer(otra, programa.unidades[0])
    primera, segunda = (dejar_de_pedir(unidades=[quitar(programa, n).pk], ahora=ahora, por=None)[0] for n in (2, 1))
    assert ver(otra) == (1, 1, Estado.TERMINADA)
    with pytest.raises(CursoError, match="Deshaga primero esa"):
        deshacer(decision=primera, ahora=ahora, por=None)
    assert deshacer(decision=segunda, ahora=ahora, por=None) == 1
    assert ver(otra) == (1, 2, Estado.EN_CURSO) and ver(inscrita) == (2, 2, Estado.TERMINADA)
    assert deshacer(decision=primera, ahora=ahora, por=None) == 1
    assert ver(otra) == (1, 3, Estado.EN_CURSO) and ver(inscrita) == (2, 3, Estado.EN_CURSO)


def test_that_it_will_be_back_is_recorded_and_it_is_still_asked(programa, inscrita, capacitadora, ahora):
    unidad = quitar(programa, 2)
    (decision,) = seguir_pidiendo(unidades=[unidad.pk], ahora=ahora, por=capacitadora)
    unidad.refresh_from_db()
    assert unidad.en_pausa and unidad.decision == decision and decision.personas == 1
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)
    assert dejar_de_pedir(unidades=[unidad.pk], ahora=ahora, por=capacitadora)[0].terminan == 1


def test_more_would_finish_than_was_told(programa, inscrita, ahora):
    unidad = quitar(programa, 2)
    with pytest.raises(CursoError, match="ahora terminarían 1 personas"):
        dejar_de_pedir(unidades=[unidad.pk], ahora=ahora, por=None, terminan=0)
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO) and not DecisionDeRetiro.objects.exists()


def test_what_is_not_paused_any_more_is_not_decided(programa, inscrita, ahora):
    unidad = programa.unidad(programa.lecciones[2])
    programa.lecciones[2].unpublish()
    publicar(programa.lecciones[2])
    for acto in (dejar_de_pedir, seguir_pidiendo):
        with pytest.raises(CursoError, match="ya se decidió"):
            acto(unidades=[unidad.pk], ahora=ahora, por=None)


def test_who_had_it_half_done_is_counted(programa, integrante):
    from cursos.services.avance import registrar_avance

    inscripcion = programa.inscribir(integrante)
    hacer(inscripcion, *programa.unidades[:2])
    registrar_avance(inscripcion=inscripcion, unidad=programa.unidades[2], paso=1, ahora=timezone.now())
    assert al_retirar([programa.unidades[2]]) == Consecuencia(personas=1, terminan=1, pierden=1)


def test_a_version_that_asks_less_waits_too_and_is_undone(programa, inscrita, integrante_de_b, capacitadora, ahora):
    leccion = programa.lecciones[2]
    leccion.asientos = [integrante_de_b.membresias.get().asiento.tipo]
    publicar(leccion)
    antes, version = inscrita.version, version_por_decidir(programa.curso)
    decidir(version=version, trato=VersionDeCurso.Trato.PEDIR_LO_NUEVO, ahora=ahora, por=capacitadora)
    assert ver(inscrita) == (2, 2, Estado.TERMINADA)
    services.emitir_pendientes(ahora=ahora)
    assert not Certificado.objects.exists()
    decision = DecisionDeRetiro.objects.get()
    assert (decision.version, decision.terminan, decision.unidades.get()) == (version, 1, programa.unidades[2])
    deshacer(decision=decision, ahora=ahora, por=capacitadora)
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO) and inscrita.version == antes
    assert version_por_decidir(programa.curso) == version, "it is asked again"


def test_a_version_that_only_asks_more_records_no_retreat(programa, inscrita, ahora):
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    decidir(version=version, trato=VersionDeCurso.Trato.PEDIR_LO_NUEVO, ahora=ahora, por=None)
    assert not DecisionDeRetiro.objects.exists() and ver(inscrita) == (2, 4, Estado.EN_CURSO)


def test_the_person_reads_when_it_comes_out(programa, inscrita, decidida, entrar, integrante):
    cliente = entrar(integrante)
    assert "Su documento sale el" in cliente.get("/certificados").content.decode()
    curso = cliente.get(f"/c/{programa.curso.numero}").content.decode()
    dia = date_format(timezone.localtime(decidida.firme_desde))
    assert f"Su documento sale el {dia}" in curso and "Ver mi certificado" not in curso


def test_staff_reads_why_it_waits_and_issuing_now_does_not_give_it(inscrita, decidida, entrar, cem_provincial):
    cliente = entrar(cem_provincial)
    panel = cliente.get(reverse("kuska_certificados:panel"), {"ver": "pendientes"}).content.decode()
    assert "por algo que se dejó de pedir" in panel
    cliente.post(reverse("kuska_certificados:emitir"))
    assert not Certificado.objects.exists()


def test_nothing_is_left_of_the_unit_deleted_but_its_evidence(programa, inscrita, decidida):
    unidad = Unidad.objects.get(decision=decidida)
    assert unidad.pagina_id is None and unidad.retirada_en and not unidad.en_pausa
