"""The clock of the server goes back two hours, or ahead and back: nothing ends before it began, by any door."""

from __future__ import annotations

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from certificados.models import ActoDeCertificado, Certificado
from certificados.services import anular, emitir
from cursos.models import Avance, Inscripcion
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import Dada, responder, responder_varias
from marco.reloj import no_antes
from tests.certificados import factories as papeles
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, operacion, ver_lecciones

pytestmark = pytest.mark.django_db
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)
DOS_HORAS = datetime.timedelta(hours=2)
SALTOS = pytest.mark.parametrize("salto", [-DOS_HORAS, DOS_HORAS], ids=["atrás", "adelante"])


def nada_acaba_antes() -> None:
    for avance in Avance.objects.terminados():
        assert avance.iniciado_en <= avance.terminado_en
    for inscripcion in Inscripcion.objects.exclude(terminada_en=None):
        assert inscripcion.iniciada_en <= inscripcion.terminada_en <= inscripcion.ultima_actividad_en
        assert max(inscripcion.avances.values_list("terminado_en", flat=True)) <= inscripcion.terminada_en
    for intento in Intento.objects.exclude(enviado_en=None):
        momentos = list(intento.respuestas.order_by("secuencia").values_list("recibida_en", flat=True))
        assert momentos == sorted(momentos) and intento.iniciado_en <= momentos[0]
        assert momentos[-1] <= intento.enviado_en
    for certificado in Certificado.objects.select_related("inscripcion"):
        actos = list(certificado.actos.order_by("pk").values_list("en", flat=True))
        assert certificado.inscripcion.terminada_en <= certificado.emitido_en <= actos[0] and actos == sorted(actos)
        assert certificado.anulado_en is None or certificado.emitido_en <= certificado.anulado_en


@SALTOS
def test_an_evaluation_is_sent_after_it_began_and_its_lines_are_in_order(salto, territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    inscripcion = programa.inscribir(integrante)
    with time_machine.travel(AHORA, tick=False):
        ver_lecciones(inscripcion, ahora=AHORA)
        intento = empezar(integrante, programa.unidad_evaluada, ahora=AHORA)
        suyas = buenas(intento)
        campos = {"persona": integrante, "intento": intento.clave}
        responder(**campos, pregunta=1, enviado={"": suyas[1]}, operacion=operacion(), ahora=AHORA)
        despues = AHORA + salto
        responder(**campos, pregunta=2, enviado={"": suyas[2]}, operacion=uuid.uuid4(), ahora=despues)
        enviar(**campos, ahora=AHORA + 2 * salto)
    inscripcion.refresh_from_db()
    assert inscripcion.estado == Inscripcion.Estado.TERMINADA
    assert Respuesta.objects.filter(intento=intento, definitiva=True).count() == 2
    nada_acaba_antes()


@SALTOS
def test_answers_that_a_phone_kept_and_sent_together_are_in_order(salto, territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    ver_lecciones(programa.inscribir(integrante), ahora=AHORA)
    intento = empezar(integrante, programa.unidad_evaluada, ahora=AHORA)
    suyas = buenas(intento)
    for vez, numero in enumerate(suyas):
        dada = Dada(operacion=uuid.uuid4(), pregunta=numero, enviado={"": suyas[numero]})
        responder_varias(persona=integrante, intento=intento.clave, dadas=[dada], ahora=AHORA + vez * salto)
    enviar(persona=integrante, intento=intento.clave, ahora=AHORA + 3 * salto)
    nada_acaba_antes()


@SALTOS
def test_the_pages_of_a_course_do_not_end_it_before_it_began(salto, territorio, integrante, entrar):
    programa = ProgramaConEvaluacion(lecciones=2, preguntas=2)
    programa.inscribir(integrante)
    cliente, curso = entrar(integrante), programa.curso.numero
    evaluacion = f"/e/{curso}/{programa.unidad_evaluada.numero}"
    momentos = iter(AHORA + n * salto for n in range(9))

    def enviar_a(direccion: str, **datos: str) -> None:
        with time_machine.travel(next(momentos), tick=False):
            cliente.force_login(integrante.cuenta)
            assert cliente.post(direccion, datos).status_code in (200, 302)

    for leccion in (1, 2):
        for paso in (1, 2):
            enviar_a(f"/c/{curso}/{leccion}/{paso}")
    enviar_a(f"{evaluacion}/empezar", numero="1")
    intento = Intento.objects.get()
    elegidas = {f"p{n}": suyas for n, suyas in buenas(intento).items()}
    enviar_a(f"{evaluacion}/enviar", intento=str(intento.clave), **elegidas)
    assert Inscripcion.objects.get().estado == Inscripcion.Estado.TERMINADA
    nada_acaba_antes()


@SALTOS
def test_a_certificate_is_later_than_what_it_proves(salto, territorio, integrante, administradora):
    otro = papeles.crear_curso()
    papeles.crear_plantilla(otro.curso)
    inscripcion = papeles.inscribir(integrante, otro)
    papel = emitir(inscripcion_id=inscripcion.pk, ahora=inscripcion.terminada_en + salto)
    anular(certificado_id=papel.pk, motivo="Se emitió por error.", por=administradora, ahora=papel.emitido_en + salto)
    actos = ActoDeCertificado.objects.filter(certificado=papel)
    assert actos.count() == 2
    papel.refresh_from_db()
    inscripcion.refresh_from_db()
    momentos = [inscripcion.terminada_en, papel.emitido_en, papel.anulado_en]
    assert momentos == sorted(momentos)
    assert min(actos.values_list("en", flat=True)) >= papel.emitido_en


@pytest.mark.parametrize("modelo", [Avance, Inscripcion, Intento])
def test_the_database_refuses_an_end_before_its_beginning(modelo, territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    intento = empezar(integrante, programa.unidad_evaluada)
    enviar(persona=integrante, intento=intento.clave, ahora=intento.iniciado_en, entrega=entrega(intento))
    acaba = {Avance: "terminado_en", Inscripcion: "terminada_en", Intento: "enviado_en"}[modelo]
    with pytest.raises(IntegrityError), transaction.atomic():
        modelo.objects.update(**{acaba: intento.iniciado_en - DOS_HORAS})


def entrega(intento: Intento) -> dict:
    return {n: {"": suyas} for n, suyas in buenas(intento).items()}


@pytest.mark.un_motor
def test_the_rule_is_the_latest_of_what_is_known():
    assert no_antes(AHORA) == no_antes(AHORA, None, AHORA - DOS_HORAS) == AHORA
    assert no_antes(AHORA, None, AHORA + DOS_HORAS) == AHORA + DOS_HORAS
