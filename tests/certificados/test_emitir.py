"""Issuing: who has earned it, once, with everything frozen."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from certificados import services
from certificados.consultas import contexto
from certificados.models import ActoDeCertificado, Certificado, ContadorDeRegistro, Plantilla
from certificados.services import emision
from cursos.models import Avance, Inscripcion
from evaluaciones.models import Intento
from instancias.models import Membresia, Persona
from tests import gente
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db


def emitir(inscripcion, **mas):
    return services.emitir(inscripcion_id=inscripcion.pk, ahora=AHORA, **mas)


def codigo_del_rechazo(inscripcion, **mas) -> str:
    with pytest.raises(services.CertificadoError) as error:
        emitir(inscripcion, **mas)
    assert not Certificado.objects.vigentes().filter(inscripcion=inscripcion).exists()
    assert str(error.value)
    return error.value.codigo


def test_freezes_everything_the_paper_says(terminada, curso):
    certificado = emitir(terminada)
    datos = certificado.datos
    assert certificado.registro == "0001-2026"
    assert certificado.documento == Certificado.Documento.CERTIFICADO
    assert datos["nombre"] == "Rosa Quispe Huamán"
    assert datos["documento"] == "DNI N.º 40000001"
    assert (datos["curso"], datos["horas"], datos["version_de_curso"]) == ("Nuestras funciones", 24, 1)
    assert datos["instancia"] == "Instancia Distrital de Concertación de Rupa-Rupa"
    assert (datos["asiento"], datos["calidad"]) == ("Asiento 1", "Titular")
    assert (datos["desde"], datos["hasta"], datos["fecha"]) == ("2026-11-03", "2026-11-28", "2026-11-30")
    assert [firma["nombre"] for firma in datos["firmas"]] == ["Firmante 1"]


def test_later_changes_do_not_reach_the_paper(terminada, integrante, plantilla, curso):
    certificado = emitir(terminada)
    antes = services.componer(certificado)
    integrante.nombres = "Otra"
    integrante.save()
    Plantilla.objects.update(entidad="Otra entidad", lugar="Otro lugar")
    plantilla.firmantes.all().delete()
    curso.version.titulo = curso.curso.titulo = "Otro título"
    curso.version.save()
    curso.curso.save()
    Membresia.objects.filter(persona=integrante).delete()
    assert services.componer(Certificado.objects.get(pk=certificado.pk)) == antes


def test_asking_again_returns_the_same(terminada):
    primero = emitir(terminada)
    assert emitir(terminada) == primero
    assert Certificado.objects.count() == 1
    assert ActoDeCertificado.objects.count() == 1
    assert ContadorDeRegistro.objects.get(anio=2026).ultimo == 1


def test_leaves_an_act_with_its_author(terminada, coordinadora_a):
    certificado = emitir(terminada, por=coordinadora_a)
    acto = certificado.actos.get()
    assert (acto.acto, acto.por, acto.en) == (ActoDeCertificado.Acto.EMITIR, coordinadora_a, AHORA)


def test_staff_of_another_zone_cannot_issue(terminada, coordinador_b):
    assert codigo_del_rechazo(terminada, por=coordinador_b) == "no_existe"


@pytest.mark.parametrize(
    ("campos", "codigo"),
    [
        ({"retirada_en": AHORA}, "retirada"),
        ({"estado": Inscripcion.Estado.EN_CURSO, "terminada_en": None}, "sin_terminar"),
    ],
)
def test_refuses_an_enrolment_that_is_not_finished(terminada, campos, codigo):
    Inscripcion.objects.update(**campos)
    assert codigo_del_rechazo(terminada) == codigo


def test_does_not_believe_the_state_when_a_fact_is_missing(terminada, curso):
    Avance.objects.filter(unidad=curso.unidades[0]).update(estado=Avance.Estado.EN_CURSO, terminado_en=None)
    assert codigo_del_rechazo(terminada) == "sin_terminar"


def test_refuses_without_hours_or_template(terminada, curso):
    curso.version.horas = 0
    curso.version.save()
    assert codigo_del_rechazo(terminada) == "sin_horas"
    curso.version.horas = 8
    curso.version.save()
    Plantilla.objects.all().delete()
    assert codigo_del_rechazo(terminada) == "sin_plantilla"


def test_unknown_enrolment_has_its_own_answer(plantilla):
    with pytest.raises(services.CertificadoError) as error:
        services.emitir(inscripcion_id=999_999, ahora=AHORA)
    assert error.value.codigo == "no_existe"


def test_general_template_serves_courses_without_their_own(integrante, curso):
    factories.crear_plantilla(documento="constancia")
    certificado = emitir(factories.inscribir(integrante, curso))
    assert certificado.datos["entidad"] == "Centro de Tingo María"


def test_certificado_needs_an_approved_evaluation(terminada):
    Intento.objects.all().delete()
    assert emitir(terminada).documento == Certificado.Documento.CONSTANCIA


def test_taking_the_entry_survey_is_not_passing(terminada, curso):
    Intento.objects.update(reglas={"clase": "entrada"})
    assert emitir(terminada).documento == Certificado.Documento.CONSTANCIA


def test_entity_may_choose_constancia_for_all(terminada):
    Plantilla.objects.update(documento=Plantilla.Documento.CONSTANCIA)
    assert emitir(terminada).documento == Certificado.Documento.CONSTANCIA


def test_before_the_edition_ends_the_paper_says_the_persons_own_days(terminada, curso):
    curso.edicion.termina = datetime.date(2026, 12, 20)
    curso.edicion.save()
    datos = emitir(terminada).datos
    assert (datos["desde"], datos["hasta"]) == ("2026-11-17", "2026-11-27")


def test_year_and_date_are_those_of_lima(terminada):
    nochevieja = datetime.datetime(2027, 1, 1, 3, tzinfo=datetime.UTC)
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=nochevieja)
    assert certificado.registro == "0001-2026"
    assert certificado.datos["fecha"] == "2026-12-31"


def test_person_who_left_the_seat_keeps_the_last_one(terminada, integrante):
    Membresia.objects.filter(persona=integrante).update(hasta=datetime.date(2026, 11, 20))
    assert emitir(terminada).datos["asiento"] == "Asiento 1"


def test_person_without_seat_gets_a_paper_without_it(curso, plantilla):
    persona = Persona.objects.create(documento="40009999", nombres="Ana", apellidos="Ríos")
    certificado = emitir(factories.inscribir(persona, curso))
    assert certificado.datos["instancia"] == ""
    assert services.componer(certificado).startswith(b"%PDF")


def test_participant_code_is_named_as_such(curso, plantilla):
    persona = Persona.objects.create(tipo_de_documento="codigo", documento="LP-0012", nombres="Ana", apellidos="Ríos")
    assert emitir(factories.inscribir(persona, curso)).datos["documento"] == "código de participante N.º LP-0012"


def test_numbers_are_never_given_twice(curso, plantilla):
    numeros = []
    for inscripcion in factories.crear_muchos(curso, 3):
        numeros.append(emitir(inscripcion).numero)
    ActoDeCertificado.objects.all().delete()
    Certificado.objects.all().delete()
    (cuarta,) = factories.crear_muchos(curso, 1)
    assert [*numeros, emitir(cuarta).numero] == [1, 2, 3, 4]


def test_after_a_restore_the_counter_can_jump_ahead_but_not_back(terminada):
    services.avanzar_registro(anio=2026, hasta=40)
    services.avanzar_registro(anio=2026, hasta=7)
    assert emitir(terminada).registro == "0041-2026"


def test_database_refuses_a_second_valid_one(certificado):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificado.objects.create(
            **{
                campo: getattr(certificado, campo)
                for campo in ("persona", "curso", "edicion", "inscripcion", "territorio", "documento", "anio", "datos")
            },
            numero=500,
            codigo_largo="x" * 26,
            codigo_corto="X" * 10,
            emitido_en=AHORA,
        )


def test_who_loses_the_race_keeps_the_winners_paper(terminada, curso):
    """Between reading and writing, another worker issues: the constraint decides, nobody gets an error."""
    otra = factories.crear_muchos(curso, 1)[0]

    def leer_y_ser_adelantado(ids):
        leido = contexto.cargar(ids)
        with mock.patch.object(emision, "cargar", contexto.cargar):
            emitir(terminada)
        return leido

    with mock.patch.object(emision, "cargar", leer_y_ser_adelantado):
        resultado = services.emitir_en_lote(inscripcion_ids=[terminada.pk, otra.pk], ahora=AHORA)
    assert resultado.ya_tenian == [terminada.pk]
    assert len(resultado.emitidos) == 1
    assert Certificado.objects.count() == ActoDeCertificado.objects.count() == 2


def test_annulled_person_is_not_issued_again_by_itself(certificado, terminada, coordinadora_a):
    services.anular(certificado_id=certificado.pk, motivo="Error", por=coordinadora_a, ahora=AHORA)
    assert codigo_del_rechazo(terminada) == "anulado"
    assert services.emitir_pendientes(ahora=AHORA).emitidos == []
    nuevo = emitir(terminada, por=coordinadora_a, tras_anulacion=True)
    assert (nuevo.registro, nuevo.reemplaza_a) == ("0002-2026", None)


def test_same_course_in_another_edition_is_another_certificate(certificado, integrante, curso):
    curso.edicion = type(curso.edicion).objects.create(
        curso=curso.curso, nombre="Diciembre", inicia=datetime.date(2026, 12, 1)
    )
    otro = emitir(factories.inscribir(integrante, curso))
    assert otro != certificado


def test_sweeper_issues_what_was_left_behind_and_walks_past_what_it_cannot(curso, plantilla):
    rotas = factories.crear_muchos(curso, 2)
    Avance.objects.filter(inscripcion__in=rotas).delete()
    sanas = factories.crear_muchos(curso, 3)
    resultado = services.emitir_pendientes(ahora=AHORA)
    assert len(resultado.emitidos) == len(sanas)
    assert set(resultado.rechazos) == {inscripcion.pk for inscripcion in rotas}
    assert services.emitir_pendientes(ahora=AHORA).emitidos == []


@pytest.mark.parametrize("cuantos", [10, 1000])
def test_batch_costs_the_same_for_ten_and_for_a_thousand(curso, plantilla, presupuesto, cuantos):
    ids = [inscripcion.pk for inscripcion in factories.crear_muchos(curso, cuantos)]
    with presupuesto(20):
        resultado = services.emitir_en_lote(inscripcion_ids=ids, ahora=AHORA)
    assert len(resultado.emitidos) == cuantos
    assert sorted(Certificado.objects.values_list("numero", flat=True)) == list(range(1, cuantos + 1))
    assert ActoDeCertificado.objects.count() == cuantos


def test_batch_tells_apart_issued_refused_and_already_there(certificado, terminada, curso):
    apta, rota = factories.crear_muchos(curso, 2)
    Avance.objects.filter(inscripcion=rota).delete()
    resultado = services.emitir_en_lote(inscripcion_ids=[terminada.pk, apta.pk, rota.pk, apta.pk, 0], ahora=AHORA)
    assert resultado.ya_tenian == [terminada.pk]
    assert len(resultado.emitidos) == 1
    assert resultado.rechazos == {rota.pk: services.Motivo.SIN_TERMINAR, 0: services.Motivo.NO_EXISTE}


def test_member_of_the_province_carries_the_provincial_table(curso, plantilla):
    persona = gente.crear_integrante("40000077", "Luis", "Paz", ubigeo=gente.PROVINCIA)
    certificado = emitir(factories.inscribir(persona, curso, ubigeo=gente.PROVINCIA))
    assert certificado.datos["instancia"] == "Instancia Provincial de Concertación de Leoncio Prado"
