"""Any order of merging, taking apart, seating, learning and issuing: no evidence changes and nobody counts twice."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from certificados import services as certificados
from certificados.consultas.verificacion import verificar
from certificados.models import Certificado
from cursos.models import Avance, Inscripcion
from evaluaciones.models import Intento
from instancias.models import Fusion, Membresia, Persona
from instancias.services import personas
from marco.errores import ErrorDeDominio
from seguimiento.consultas.distritos import instancias, totales
from tests.certificados.factories import crear_plantilla
from tests.instancias.fusiones import PROVINCIA, foto, separar, unir
from tests.instancias.mesas import dos_a_la_vez
from tests.motores import ejemplos
from tests.seguimiento import factories as f

MUCHAS = settings(
    max_examples=ejemplos(10),
    stateful_step_count=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
QUIEN = st.integers(0, 3)
CUALES = st.sampled_from(["queda", "absorbida"])
DE_UN_PAPEL = ("pk", "anio", "numero", "codigo_largo", "codigo_corto", "datos", "inscripcion_id")
DE_UN_AVANCE = ("pk", "inscripcion_id", "unidad_id", "estado", "terminado_en")


class Registros(RuleBasedStateMachine):
    gente: list[Persona]
    asientos: list[Any]
    ediciones: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.todo = transaction.atomic()
        self.todo.__enter__()
        self.antes: dict[int, list] = {}
        self.papeles: dict[int, tuple] = {}
        self.avances: dict[int, tuple] = {}
        self.intentos = Intento.objects.count()
        self.recordar()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.todo.__exit__(None, None, None)

    def hacer(self, acto: Any, codigos: set[str]) -> Any:
        """Do it, or be told why in one of these codes."""
        try:
            with transaction.atomic():
                hecho = acto()
        except ErrorDeDominio as error:
            assert error.codigo in codigos, error.codigo
            return None
        self.antes = {}
        return hecho

    @rule(uno=QUIEN, otro=QUIEN, documento=CUALES, nombres=CUALES)
    def unir(self, uno: int, otro: int, documento: str, nombres: str) -> None:
        antes, vivas = foto(), Fusion.objects.filter(deshecha_en=None).count()
        fusion = self.hacer(
            lambda: unir(self.gente[uno], self.gente[otro], documento=documento, nombres=nombres),
            {"la_misma", "ya_unida"},
        )
        if fusion and Fusion.objects.filter(deshecha_en=None).count() > vivas:
            self.antes = {fusion.pk: antes}

    @rule(cual=st.integers(0, 5))
    def separar(self, cual: int) -> None:
        todas = list(Fusion.objects.order_by("pk"))
        if not todas:
            return
        fusion, previas = todas[cual % len(todas)], dict(self.antes)
        dichas = self.hacer(lambda: separar(fusion), {"ya_deshecha", "antes_otra", "ya_siguio", "ya_cambio"})
        if dichas is not None and fusion.pk in previas:  # nothing else was done since: it is all as it was
            assert foto() == previas[fusion.pk]

    @rule(quien=QUIEN, cual=st.integers(0, 2), calidad=st.sampled_from(["titular", "alterno"]))
    def sentar(self, quien: int, cual: int, calidad: str) -> None:
        self.hacer(
            lambda: personas.sentar(
                persona=self.gente[quien],
                asiento=self.asientos[cual],
                calidad=calidad,
                designacion="",
                alcance=PROVINCIA,
                por=None,
                ahora=timezone.now(),
            ),
            {"asiento_ocupado", "otra_calidad"},
        )

    @rule(quien=QUIEN)
    def cesar(self, quien: int) -> None:
        suyas = list(Membresia.objects.filter(persona=self.gente[quien]).order_by("pk"))
        if suyas:
            datos = {"motivo": "x", "alcance": PROVINCIA, "por": None, "ahora": timezone.now()}
            self.hacer(lambda: personas.cesar(membresia=suyas[-1], **datos), set())

    @rule(quien=QUIEN, cual=st.integers(0, 1), hechas=st.integers(0, 4))
    def aprender(self, quien: int, cual: int, hechas: int) -> None:
        """Somebody who is seen takes a course, up to here."""
        persona = Persona.objects.get(pk=self.gente[quien].pk)
        edicion = self.ediciones[cual]
        if persona.absorbida_por_id or persona.inscripciones.filter(edicion=edicion).exists():
            return
        f.inscribir(persona, edicion, hechas=hechas, territorio=f.A)
        if hechas:
            f.intentar(persona, edicion.curso.versiones.get(), aprobado=hechas == 4)
            self.intentos += 1
        self.antes = {}
        self.recordar()

    @rule()
    def emitir(self) -> None:
        if certificados.emitir_pendientes(ahora=timezone.now()).emitidos:
            self.antes = {}
        self.recordar()

    def recordar(self) -> None:
        self.papeles |= {fila[0]: fila for fila in Certificado.objects.values_list(*DE_UN_PAPEL)}
        self.avances |= {fila[0]: fila for fila in Avance.objects.values_list(*DE_UN_AVANCE)}

    @invariant()
    def lo_hecho_no_cambia(self) -> None:
        assert {fila[0]: fila for fila in Certificado.objects.values_list(*DE_UN_PAPEL)} == self.papeles
        assert {fila[0]: fila for fila in Avance.objects.values_list(*DE_UN_AVANCE)} == self.avances
        assert Intento.objects.count() == self.intentos
        assert all(verificar(codigo=papel[3]).estado == "vigente" for papel in self.papeles.values())

    @invariant()
    def cada_papel_va_con_su_curso(self) -> None:
        for papel in Certificado.objects.select_related("inscripcion"):
            assert papel.persona_id == papel.inscripcion.persona_id

    @invariant()
    def nadie_cuenta_dos_veces(self) -> None:
        assert dos_a_la_vez() == []
        filas = list(Membresia.objects.exclude(hasta=F("desde")).order_by("asiento_id", "persona_id", "desde"))
        for una, otra in itertools.combinations(filas, 2):
            if (una.asiento_id, una.persona_id) == (otra.asiento_id, otra.persona_id):
                assert una.hasta and una.hasta < otra.desde, "the same person twice on one seat"
        assert not Membresia.objects.filter(persona__absorbida_por__isnull=False).exists()
        ocultas = Inscripcion.objects.activas().filter(persona__absorbida_por__isnull=False)
        assert not ocultas.exists()
        assert not Persona.objects.filter(absorbida_por__absorbida_por__isnull=False).exists()
        sentadas = Membresia.objects.vigentes().values("persona").distinct().count()
        ambito = f.ambito()
        assert totales(ambito, instancias(ambito)).integrantes == sentadas

    @invariant()
    def cada_documento_es_de_alguien_que_se_ve(self) -> None:
        documentos = [persona.documento for persona in self.gente]
        quienes = Persona.objects.por_documento(documentos)
        assert set(quienes) == set(documentos)
        assert not any(persona.absorbida_por_id for persona in quienes.values())


@pytest.mark.usefixtures("edicion")
def test_no_order_of_acts_loses_or_counts_anything_twice(edicion):
    otra = f.abrir(f.crear_curso(numero=901), nombre="Otra", inicia=timezone.localdate() - datetime.timedelta(days=70))
    crear_plantilla()
    Registros.ediciones = [edicion, otra]
    Registros.asientos = [f.crear_asiento(f.B, f"T-1{n}") for n in range(3)]
    Registros.gente = [f.sentar(f.crear_asiento(f.A, f"T-0{n}"), f"Ana {n}") for n in range(1, 5)]
    for n, quien in enumerate(Registros.gente):
        f.sentar(Registros.asientos[n // 2], persona=quien, calidad="alterno" if n % 2 else "titular")
        f.inscribir(quien, edicion, hechas=n, territorio=f.A)
        f.intentar(quien, edicion.curso.versiones.get(), aprobado=False)
        if n % 2:
            f.inscribir(quien, otra, hechas=4, territorio=f.A)
    run_state_machine_as_test(Registros, settings=MUCHAS)
