"""Any order of seating, ceasing, handing over and taking back: no seat is ever held by two people on one day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from instancias.models import Membresia, Persona, Relevo
from instancias.services import personas
from instancias.services.relevo import Cambio, Decision, Sucesor
from instancias.services.relevo_deshecho import deshacer_relevo
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.mesas import AHORA, HOY, PROVINCIA, cambiar, dos_a_la_vez
from tests.motores import ejemplos

pytestmark = pytest.mark.usefixtures("territorio")
DIAS = st.integers(-20, 40).map(lambda n: HOY + datetime.timedelta(days=n))
DOCUMENTOS = st.integers(1, 4).map(lambda n: f"4000010{n}")
CALIDADES = st.sampled_from(["titular", "alterno"])
NOMBRE = {"nombres": "Rosa", "apellidos": "Quispe"}


# Found is enough: making a failure shorter takes minutes.
MUCHAS = settings(
    max_examples=ejemplos(30),
    stateful_step_count=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


class Asientos(RuleBasedStateMachine):
    asientos: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.todo = transaction.atomic()
        self.todo.__enter__()
        self.antes: dict[int, list[dict]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.todo.__exit__(None, None, None)

    def foto(self) -> list[dict]:
        return list(Membresia.objects.order_by("pk").values())

    @rule(cual=st.just(0), documento=DOCUMENTOS, calidad=CALIDADES, desde=DIAS)
    def sentar(self, cual: int, documento: str, calidad: str, desde: datetime.date) -> None:
        try:
            personas.registrar_persona(
                documento=documento,
                **NOMBRE,
                celular="",
                asiento=self.asientos[cual],
                calidad=calidad,
                designacion="",
                alcance=PROVINCIA,
                por=None,
                ahora=AHORA,
                desde=desde,
            )
        except ErrorDeDominio as error:
            assert error.codigo in {"asiento_ocupado", "otra_calidad"}
        else:
            self.antes.clear()

    @rule(cual=st.integers(0, 9), dia=DIAS | st.none())
    def cesar(self, cual: int, dia: datetime.date | None) -> None:
        todas = list(Membresia.objects.order_by("pk"))
        if todas:
            personas.cesar(
                membresia=todas[cual % len(todas)],
                motivo="x",
                ultimo_dia=dia,
                alcance=PROVINCIA,
                por=None,
                ahora=AHORA,
            )
            self.antes.clear()

    @rule(
        que=st.lists(
            st.tuples(st.just(0), CALIDADES, st.sampled_from(Decision.values), DOCUMENTOS),
            min_size=1,
            max_size=2,
            unique_by=lambda uno: uno[:2],
        ),
        desde=DIAS,
    )
    def relevar(self, que: list[tuple], desde: datetime.date) -> None:
        antes = self.foto()
        cambios = [
            Cambio(self.asientos[cual].pk, calidad, decision, Sucesor(documento, **NOMBRE))
            for cual, calidad, decision, documento in que
        ]
        try:
            relevo = cambiar(*cambios, desde=desde, ahora=AHORA)
        except ErrorDeDominio as error:
            assert error.codigo in {"asiento_ocupado", "sin_alterno", "dos_calidades", "nada_que_cambiar"}
            assert self.foto() == antes
        else:
            self.antes[relevo.pk] = antes

    @rule(cual=st.integers(0, 9))
    def deshacer(self, cual: int) -> None:
        relevos = list(Relevo.objects.order_by("pk"))
        if not relevos:
            return
        relevo = relevos[cual % len(relevos)]
        ahora = self.foto()
        try:
            deshacer_relevo(relevo_id=relevo.pk, alcance=PROVINCIA, por=None, ahora=AHORA)
        except ErrorDeDominio as error:
            assert error.codigo in {"ya_deshecho", "ya_cambio"}
            assert self.foto() == ahora
        else:
            if max(self.antes, default=0) == relevo.pk:  # nothing else was done since: it is all as it was
                assert self.foto() == self.antes[relevo.pk]
            else:
                self.antes.clear()
            self.antes.pop(relevo.pk, None)

    @invariant()
    def nadie_comparte_un_asiento(self) -> None:
        assert dos_a_la_vez() == []

    @invariant()
    def nadie_queda_suelto(self) -> None:
        """A register that is there without a seat was there before, or has had one."""
        assert Persona.objects.count() <= 4


def test_no_seat_has_two_holders_on_any_day(territorio, time_machine):
    time_machine.move_to(AHORA)
    Asientos.asientos = [gente.crear_asiento("100605", orden=orden, corto=f"Asiento {orden}") for orden in (1,)]
    run_state_machine_as_test(Asientos, settings=MUCHAS)
