"""Any order of acts keeps what must always be true."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from certificados import services
from certificados.consultas.verificacion import verificar
from certificados.models import ActoDeCertificado, Certificado, ContadorDeRegistro
from tests.certificados import factories
from tests.motores import ejemplos

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db


@pytest.fixture
def _aula(curso, plantilla, coordinadora_a) -> None:
    Vida.curso, Vida.coordinadora = curso, coordinadora_a


class Vida(RuleBasedStateMachine):
    curso: Any
    coordinadora: Any
    inscripciones = Bundle("inscripciones")

    def __init__(self) -> None:
        super().__init__()
        self.propios: set[int] = set()
        self.impresos: dict[int, tuple] = {}
        self.muertos: set[int] = set()

    @rule(target=inscripciones)
    def terminar(self) -> int:
        (inscripcion,) = factories.crear_muchos(self.curso, 1)
        self.propios.add(inscripcion.pk)
        return inscripcion.pk

    def vigente(self, inscripcion: int) -> Certificado | None:
        return Certificado.objects.vigentes().filter(inscripcion_id=inscripcion).first()

    @rule(inscripcion=inscripciones, veces=st.integers(1, 3), tras_anulacion=st.booleans())
    def emitir(self, inscripcion: int, veces: int, tras_anulacion: bool) -> None:
        antes = self.vigente(inscripcion)
        anulado = Certificado.objects.filter(inscripcion_id=inscripcion, estado="anulado").exists()
        for _vez in range(veces):
            try:
                hecho = services.emitir(inscripcion_id=inscripcion, ahora=AHORA, tras_anulacion=tras_anulacion)
            except services.CertificadoError as error:
                assert error.codigo == "anulado"
                assert anulado and not tras_anulacion and antes is None
            else:
                assert antes is None or hecho == antes
                antes = hecho

    @rule(inscripcion=inscripciones)
    def anular(self, inscripcion: int) -> None:
        if certificado := self.vigente(inscripcion):
            services.anular(certificado_id=certificado.pk, motivo="x", por=self.coordinadora, ahora=AHORA)

    @rule(
        inscripcion=inscripciones,
        nombre=st.text(min_size=1, max_size=30) | st.from_regex(r"[A-ZÑÁ][a-zñáé]{1,9}", fullmatch=True),
    )
    def corregir(self, inscripcion: int, nombre: str) -> None:
        certificado = self.vigente(inscripcion)
        if certificado is None:
            return
        try:
            services.reemplazar(
                certificado_id=certificado.pk, nombre=nombre, motivo="x", por=self.coordinadora, ahora=AHORA
            )
        except services.CertificadoError as error:
            assert error.codigo in {"sin_nombre", "mismo_nombre", "mal_escrito"}

    @rule()
    def barrer(self) -> None:
        services.emitir_pendientes(ahora=AHORA)

    @invariant()
    def siempre(self) -> None:
        filas = list(Certificado.objects.filter(inscripcion_id__in=self.propios))
        vigentes = [fila.inscripcion_id for fila in filas if fila.estado == "vigente"]
        assert len(vigentes) == len(set(vigentes))
        assert len({(fila.anio, fila.numero) for fila in filas}) == len(filas)
        contador = ContadorDeRegistro.objects.filter(anio=2026).values_list("ultimo", flat=True).first() or 0
        assert all(fila.numero <= contador for fila in filas)
        for fila in filas:
            impreso = (fila.registro, fila.codigo_largo, fila.codigo_corto, fila.documento, repr(fila.datos))
            assert self.impresos.setdefault(fila.pk, impreso) == impreso
            assert not (fila.pk in self.muertos and fila.estado == "vigente")
            if fila.estado != "vigente":
                self.muertos.add(fila.pk)
            sin_otro = fila.estado == "reemplazado" and fila.inscripcion_id not in vigentes
            assert verificar(codigo=fila.codigo_largo).estado == ("sin_otro" if sin_otro else fila.estado)
            assert (fila.estado == "reemplazado") == Certificado.objects.filter(reemplaza_a=fila).exists()
        assert set(self.impresos) == {fila.pk for fila in filas}
        emitidos = ActoDeCertificado.objects.filter(acto="emitir", certificado__in=filas)
        assert emitidos.count() == len(filas)


@pytest.mark.usefixtures("_aula")
def test_any_life_of_a_certificate_keeps_the_rules():
    run_state_machine_as_test(Vida, settings=settings(max_examples=ejemplos(12), stateful_step_count=15, deadline=None))
