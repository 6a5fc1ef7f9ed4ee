"""Any order of acts, on any device, with repeats: the ledger and the attempts keep their promises."""

import contextlib
import datetime
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from cursos.models import Avance
from evaluaciones import reglas
from evaluaciones.models import Evaluacion, Intento, Respuesta
from evaluaciones.services.cierre import cerrar_vencidos
from evaluaciones.services.envio import enviar
from evaluaciones.services.respuestas import guardar_entrega, responder
from marco.errores import ErrorDeDominio
from tests.evaluaciones.factories import (
    UN_MINUTO,
    ProgramaConEvaluacion,
    correctas,
    empezar,
    equivocadas,
    hacer_pregunta,
    ver_lecciones,
)
from tests.motores import ejemplos

pytestmark = pytest.mark.django_db
RECHAZOS = {
    "ya_enviado",
    "operacion_repetida_distinta",
    "sin_intentos",
    "ya_aprobada",
    "unidad_retirada",
    "no_encontrado",
    "fuera_de_plazo",
}
DOS_DIAS = datetime.timedelta(days=2)


class Intentos(RuleBasedStateMachine):
    """One person, one evaluation of four questions, three tries and a day for each. Each run is undone at its end."""

    programa = inscripcion = unidad = None
    operaciones = Bundle("operaciones")

    def __init__(self):
        super().__init__()
        self.marca = transaction.atomic()
        self.marca.__enter__()
        self.ahora = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)
        self.intento = None
        self.esperadas = {}  # what the person was told is saved, by position
        self.resultado = {}  # first result of each attempt
        self.confirmadas = {}  # what each operation carried

    def teardown(self):
        transaction.set_rollback(True)
        self.marca.__exit__(None, None, None)

    def hacer(self, acto, **campos):
        self.ahora += UN_MINUTO
        try:
            with transaction.atomic():
                return acto(ahora=self.ahora, **campos)
        except ErrorDeDominio as error:
            assert error.codigo in RECHAZOS, error.codigo
            return error

    @rule()
    def empezar(self):
        salida = self.hacer(lambda ahora: empezar(self.inscripcion.persona, self.unidad, ahora=ahora))
        if isinstance(salida, ErrorDeDominio):
            return
        abierto = self.intento is not None and self.intento.pk not in self.resultado
        if abierto and reglas.fuera_de_plazo(self.intento.vence_en, self.ahora):
            self.anotar_cierre()
            abierto = salida.pk == self.intento.pk
        assert not abierto or salida.pk == self.intento.pk
        if not abierto:
            self.intento, self.esperadas = salida, {}

    @rule(target=operaciones, n=st.integers(1, 4), bien=st.booleans())
    def responder(self, n, bien):
        if self.intento is None:
            return multiple()
        pregunta = self.intento.formulario[n - 1]
        datos = {
            "persona": self.inscripcion.persona,
            "intento": self.intento.clave,
            "pregunta": n,
            "enviado": (correctas if bien else equivocadas)(pregunta),
            "operacion": uuid.uuid4(),
        }
        salida = self.hacer(responder, **datos)
        if isinstance(salida, ErrorDeDominio):
            assert salida.codigo in ("ya_enviado", "fuera_de_plazo")
            return multiple()
        self.esperadas[n] = datos["enviado"]
        self.confirmadas[datos["operacion"]] = datos
        return datos

    @rule(datos=operaciones)
    def repetir(self, datos):
        antes = Respuesta.objects.count()
        salida = self.hacer(responder, **datos)
        assert salida.repetida
        assert Respuesta.objects.count() == antes

    @rule(datos=operaciones)
    def repetir_con_otro_contenido(self, datos):
        otra = 1 + datos["pregunta"] % 4
        pregunta = Intento.objects.get(clave=datos["intento"]).formulario[otra - 1]
        salida = self.hacer(responder, **{**datos, "pregunta": otra, "enviado": correctas(pregunta)})
        assert salida.codigo == "operacion_repetida_distinta"

    @rule(bien=st.sets(st.integers(1, 4)))
    def guardar_todo(self, bien):
        if self.intento is None:
            return
        entrega = self.entrega(bien)
        datos = {"persona": self.inscripcion.persona, "intento": self.intento.clave, "entrega": entrega}
        if not isinstance(self.hacer(guardar_entrega, **datos), ErrorDeDominio):
            self.esperadas.update(entrega)

    def entrega(self, bien):
        formulario = enumerate(self.intento.formulario, 1)
        return {n: (correctas if n in bien else equivocadas)(pregunta) for n, pregunta in formulario}

    @rule(con_hoja=st.booleans(), bien=st.sets(st.integers(1, 4)))
    def enviar(self, con_hoja, bien):
        if self.intento is None:
            return
        entrega = self.entrega(bien) if con_hoja else None
        salida = self.hacer(enviar, persona=self.inscripcion.persona, intento=self.intento.clave, entrega=entrega)
        if salida.repetido:
            assert self.resultado[self.intento.pk] == (salida.intento.puntos, salida.intento.aprobado)
            return
        assert self.intento.pk not in self.resultado
        if salida.tarde:
            self.anotar_cierre()
            return
        assert salida.intento.puntos == self.puntos_de({**self.esperadas, **(entrega or {})})
        self.resultado[self.intento.pk] = (salida.intento.puntos, salida.intento.aprobado)

    @rule()
    def pasan_los_dias(self):
        self.ahora += DOS_DIAS

    @rule()
    def cerrar_lo_vencido(self):
        abierto = self.intento is not None and self.intento.pk not in self.resultado
        vencido = abierto and reglas.fuera_de_plazo(self.intento.vence_en, self.ahora)
        assert cerrar_vencidos(ahora=self.ahora) == int(vencido)
        if vencido:
            self.anotar_cierre()

    def anotar_cierre(self):
        """It closed by itself: graded on what was confirmed, at its deadline."""
        self.intento.refresh_from_db()
        assert (self.intento.estado, self.intento.cierre) == ("enviado", "plazo")
        assert self.intento.enviado_en <= self.intento.vence_en + reglas.GRACIA
        assert self.intento.puntos == self.puntos_de(self.esperadas)
        self.resultado[self.intento.pk] = (self.intento.puntos, self.intento.aprobado)

    def puntos_de(self, respondidas):
        formulario = enumerate(self.intento.formulario, 1)
        return sum(pregunta.calificar(respondidas.get(n)).acierto for n, pregunta in formulario)

    @rule(palabra=st.integers(0, 99))
    def editar(self, palabra):
        pagina = Evaluacion.objects.get(pk=self.programa.evaluacion.pk)
        pagina.preguntas = [hacer_pregunta(n + palabra) for n in range(1, 5)]
        pagina.save_revision().publish()

    @rule()
    def despublicar_y_volver(self):
        pagina = Evaluacion.objects.get(pk=self.programa.evaluacion.pk)
        pagina.unpublish()
        with contextlib.suppress(ErrorDeDominio):
            empezar(self.inscripcion.persona, self.unidad)
        pagina.save_revision().publish()

    @invariant()
    def el_libro_esta_entero(self):
        for intento in Intento.objects.all():
            lineas = list(Respuesta.objects.filter(intento=intento).order_by("secuencia"))
            assert [linea.secuencia for linea in lineas] == list(range(1, len(lineas) + 1))
            definitivas = [linea for linea in lineas if linea.definitiva]
            enviado = intento.estado == Intento.Estado.ENVIADO
            assert len(definitivas) == (4 if enviado else 0)
            assert not enviado or intento.puntos == sum(linea.nota_dada.acierto for linea in definitivas)
        operaciones = set(Respuesta.objects.values_list("operacion", flat=True))
        assert set(self.confirmadas) <= operaciones

    @invariant()
    def los_intentos_no_pasan_de_tres_y_nada_retrocede(self):
        intentos = list(Intento.objects.order_by("numero"))
        assert [intento.numero for intento in intentos] == list(range(1, len(intentos) + 1))
        assert len(intentos) <= 3
        assert all(intento.iniciado_en <= (intento.enviado_en or intento.iniciado_en) for intento in intentos)
        assert sum(intento.estado == Intento.Estado.EN_CURSO for intento in intentos) <= 1
        for intento in intentos:
            if intento.pk in self.resultado:
                assert (intento.puntos, intento.aprobado) == self.resultado[intento.pk]
        aprobados = [intento for intento in intentos if intento.aprobado]
        assert not aprobados or aprobados == intentos[-1:]
        terminada = Avance.objects.terminados().filter(inscripcion=self.inscripcion, unidad=self.unidad).exists()
        assert terminada is bool(aprobados)


def test_attempts_keep_their_promises_in_any_order(territorio, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=4, dias_de_plazo=1)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    suyos = {"programa": programa, "inscripcion": inscripcion, "unidad": programa.unidad_evaluada}
    maquina = type("IntentosDeUnaPersona", (Intentos,), suyos).TestCase
    maquina.settings = settings(
        max_examples=ejemplos(8), stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
    )
    maquina("runTest").runTest()
