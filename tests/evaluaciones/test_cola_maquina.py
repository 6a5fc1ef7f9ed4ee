"""The queue of phones against the ledger, through any network: cut, repeated, late, out of order, of another person.

The phone is written here as ``kuska/js/senal.js`` does it: what is done is kept first, in order; what was never sent
gives way to what is said later of the same; what was sent once stays until it is received; a lot is the first that
waits. A few lives run each time; as many as one says:

    KUSKA_VIDAS=1000 pytest tests/evaluaciones/test_cola_maquina.py
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from cursos.models import Avance, Paquete
from cursos.paquetes import leer
from cursos.pasos import vistos_en
from cursos.services.paquetes import recibir
from evaluaciones.consultas.recibos import Veredicto, verificar
from evaluaciones.models import Ensayo, Intento, Respuesta
from evaluaciones.services.envio import enviar
from marco.sin_senal import marcas_de
from tests import gente
from tests.cursos.factories import crear_leccion, decida, paso
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, ver_lecciones
from tests.motores import ejemplos

pytestmark = pytest.mark.django_db
LOTE, PREGUNTAS, PASOS = 4, 3, 3


@dataclass
class Hecho:
    """A packet on a phone."""

    id: str
    marca: str
    clase: str
    lugar: list[int]
    campos: list[list[str]]
    asunto: str
    veces: int = 0

    def como_viaja(self) -> dict[str, Any]:
        return {"id": self.id, "clase": self.clase, "lugar": self.lugar, "campos": self.campos}


@dataclass
class Celular:
    """One phone, that several people may use."""

    espera: list[Hecho] = field(default_factory=list)

    def poner(self, nuevo: Hecho) -> str:
        suyos = [uno for uno in self.espera if (uno.marca, uno.asunto) == (nuevo.marca, nuevo.asunto)]
        self.espera = [uno for uno in self.espera if uno not in suyos or uno.veces]
        ultimo = suyos[-1] if suyos and suyos[-1].veces else None
        if ultimo is not None and ultimo.campos == nuevo.campos:
            return ultimo.id
        self.espera.append(nuevo)
        return nuevo.id

    def lote(self, marca: str) -> list[Hecho]:
        suyos = [uno for uno in self.espera if uno.marca == marca][:LOTE]
        for uno in suyos:
            uno.veces += 1
        return suyos

    def recibio(self, ids: set[str]) -> None:
        self.espera = [uno for uno in self.espera if uno.id not in ids]


class Cola(RuleBasedStateMachine):
    personas: list[Any]
    empezados: list[Any]
    lugares: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.punto = transaction.atomic()
        self.punto.__enter__()
        self.celulares = [Celular(), Celular()]
        self.quien = 0
        self.en_el_aire: list[tuple[Any, list[dict[str, Any]]]] = []  # sent, and maybe delivered later or again
        self.hechos: dict[str, int] = {}  # identifier: whose
        self.cedidos: set[str] = set()  # never sent: another one took their place on the phone
        self.intentos = self.empezados

    def teardown(self) -> None:
        try:
            self.al_final()
        finally:
            transaction.set_rollback(True)
            self.punto.__exit__(None, None, None)

    # --- What people do

    def _hacer(self, celular: int, clase: str, lugar: list[int], campos: list[list[str]], asunto: str) -> None:
        persona = self.personas[self.quien]
        nuevo = Hecho(str(uuid.uuid4()), marcas_de(persona.pk)[0], clase, lugar, campos, asunto)
        antes = {uno.id for uno in self.celulares[celular].espera}
        if self.celulares[celular].poner(nuevo) == nuevo.id:
            self.hechos[nuevo.id] = self.quien
        self.cedidos |= antes - {uno.id for uno in self.celulares[celular].espera}

    @rule(celular=st.integers(0, 1), numero=st.integers(1, PREGUNTAS), opcion=st.integers(0, 1))
    def responder(self, celular: int, numero: int, opcion: int) -> None:
        intento = self.intentos[self.quien]
        clave = intento.formulario[numero - 1].contenido.alternativas[opcion].clave
        campos = [["intento", str(intento.clave)], ["pregunta", str(numero)], [f"p{numero}", clave]]
        self._hacer(celular, "respuesta", self.lugares["evaluacion"], campos, f"e {intento.clave} {numero}")

    @rule(celular=st.integers(0, 1), numero=st.integers(1, PASOS))
    def continuar(self, celular: int, numero: int) -> None:
        campos = [["este", self.lugares["pasos"][numero - 1]]]
        self._hacer(celular, "paso", [*self.lugares["leccion"], numero], campos, f"paso {numero}")

    @rule(celular=st.integers(0, 1), opcion=st.integers(0, 1))
    def decidir(self, celular: int, opcion: int) -> None:
        campos = [["este", self.lugares["pasos"][0]], ["p1", self.lugares["opciones"][opcion]]]
        self._hacer(celular, "decida", [*self.lugares["leccion"], 1], campos, "decida 1")

    @rule(celular=st.integers(0, 1))
    def enviar_evaluacion(self, celular: int) -> None:
        intento = self.intentos[self.quien]
        marcadas = [
            [f"p{n}", pregunta.contenido.alternativas[0].clave] for n, pregunta in enumerate(intento.formulario, 1)
        ]
        campos = [["intento", str(intento.clave)], *marcadas]
        self._hacer(celular, "envio", self.lugares["evaluacion"], campos, f"e {intento.clave} envio")

    @rule()
    def cambiar_de_persona(self) -> None:
        self.quien = 1 - self.quien

    @rule()
    def cerrarlo_desde_otro_lugar(self) -> None:
        """With signal, at a desk: what comes afterwards comes late."""
        persona, intento = self.personas[self.quien], self.intentos[self.quien]
        enviar(persona=persona, intento=intento.clave, ahora=timezone.now())

    # --- What the network does

    @rule(celular=st.integers(0, 1), llega=st.booleans(), vuelve=st.booleans(), queda=st.booleans())
    def mandar(self, celular: int, llega: bool, vuelve: bool, queda: bool) -> None:
        """A lot leaves. It may be lost, its answer may be lost, and a copy may arrive another day."""
        persona = self.personas[self.quien]
        lote = self.celulares[celular].lote(marcas_de(persona.pk)[0])
        viaja = [uno.como_viaja() for uno in lote]
        if queda:
            self.en_el_aire.append((persona, viaja))
        if llega:
            dichos = self._recibe(persona, viaja)
            if vuelve:
                self.celulares[celular].recibio(dichos)

    @precondition(lambda self: self.en_el_aire)
    @rule(dato=st.data())
    def llega_tarde(self, dato: st.DataObject) -> None:
        persona, viaja = dato.draw(st.sampled_from(self.en_el_aire))
        self._recibe(persona, viaja)

    @precondition(lambda self: self.hechos)
    @rule(dato=st.data())
    def otra_persona_manda_lo_ajeno(self, dato: st.DataObject) -> None:
        """Somebody copies a packet into a lot of their own."""
        todos = [uno for celular in self.celulares for uno in celular.espera if uno.veces]
        if todos and (uno := dato.draw(st.sampled_from(todos))):
            duenio = self.hechos[uno.id]
            if Paquete.objects.filter(identificador=uno.id).exists():
                dichos = recibir(
                    persona=self.personas[1 - duenio], llegados=[leer(uno.como_viaja())], ahora=timezone.now()
                )
                assert not dichos[0].hecho.aplicado

    def _recibe(self, persona: Any, viaja: list[dict[str, Any]]) -> set[str]:
        llegados = [leer(uno) for uno in viaja]
        return {str(uno.identificador) for uno in recibir(persona=persona, llegados=llegados, ahora=timezone.now())}

    # --- What must be true once everybody had signal

    def al_final(self) -> None:
        for celular in self.celulares:
            for persona in self.personas:
                marca = marcas_de(persona.pk)[0]
                while lote := celular.lote(marca):
                    celular.recibio(self._recibe(persona, [uno.como_viaja() for uno in lote]))
            assert celular.espera == []
        libro = {str(uno.identificador): uno for uno in Paquete.objects.all()}
        assert set(libro) == set(self.hechos) - self.cedidos, "perdido, o de nadie"
        for clave, uno in libro.items():
            assert uno.persona_id == self.personas[self.hechos[clave]].pk, "cruzado"
            assert uno.estado == "aplicado" or uno.motivo in {"ya_enviado"}, uno.motivo
            assert uno.estado == "aplicado" or uno.datos, "sin lo que decía"
        for n, persona in enumerate(self.personas):
            suyos = [uno for uno in libro.values() if uno.persona_id == persona.pk]
            decididos = sum(uno.clase == "decida" for uno in suyos)
            assert Ensayo.objects.filter(inscripcion__persona=persona).count() == decididos, "decisiones"
            pasos = {uno.lugar.rsplit("/", 1)[1] for uno in suyos if uno.clase == "paso"}
            avance = Avance.objects.filter(inscripcion__persona=persona, unidad=self.lugares["de_la_leccion"]).first()
            assert len(pasos) == len(vistos_en(avance, self.lugares["pasos"])), "pasos"
            intento = Intento.objects.get(pk=self.intentos[n].pk)
            lineas = Respuesta.objects.filter(intento=intento, definitiva=True)
            assert lineas.count() == (PREGUNTAS if intento.estado == "enviado" else 0), "calificada una vez"
            if intento.estado == "enviado":
                tarde = Respuesta.objects.filter(intento=intento, recibida_en__gt=intento.enviado_en)
                assert not tarde.exists(), "respondida después de enviar"
                for dicho in (intento.recibo, intento.codigo_de_recibo):
                    assert verificar(dicho).veredicto == Veredicto.VALIDO, "recibo"
            operaciones = Respuesta.objects.filter(intento=intento, definitiva=False).values_list(
                "operacion", flat=True
            )
            assert {str(una) for una in operaciones} <= {c for c, uno in libro.items() if uno.clase == "respuesta"}


@pytest.fixture
def _aula(territorio, integrante) -> None:
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=PREGUNTAS)
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    Cola.personas = [integrante, otra]
    leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[decida(), paso("Dos"), paso("Tres")])
    unidad = programa.unidad(leccion)
    for uno in Cola.personas:
        ver_lecciones(programa.inscribir(uno))
    evaluada = programa.unidad_evaluada
    Cola.empezados = [empezar(uno, evaluada) for uno in Cola.personas]
    Avance.objects.filter(unidad=unidad).delete()
    opciones = leccion.pasos[0].value["opciones"].bound_blocks
    Cola.lugares = {
        "evaluacion": [evaluada.curso.numero, evaluada.numero],
        "leccion": [unidad.curso.numero, unidad.numero],
        "de_la_leccion": unidad,
        "pasos": list(unidad.ids_de_pasos),
        "opciones": [str(una.id) for una in opciones],
    }


@pytest.mark.usefixtures("_aula")
def test_any_life_of_the_queue_loses_nothing_doubles_nothing_and_crosses_nothing():
    vidas = int(os.environ.get("KUSKA_VIDAS", "0")) or ejemplos(8)
    run_state_machine_as_test(
        Cola,
        settings=settings(
            max_examples=vidas,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
