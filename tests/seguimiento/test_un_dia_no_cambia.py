"""The figure of a day stays, whatever is registered later with later dates; what comes late is told apart."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from certificados.models import ActoDeCertificado, Certificado
from cursos.models import Edicion, Inscripcion
from cursos.services.inscripcion import retirar_inscripcion
from instancias.models import Asiento, Membresia
from instancias.politica import AlcanceEfectivo
from instancias.services.personas import cesar
from instancias.services.personas import sentar as dar_asiento
from seguimiento.consultas.despues import RegistradoDespues, registrado_despues
from tests import gente
from tests.motores import ejemplos
from tests.seguimiento import factories as f
from tests.seguimiento.test_de_un_dia import (
    DESPUES,
    DICIEMBRE,
    FECHA,
    SETIEMBRE,
    a_las_diez,
    abrir_asiento,
    certificar,
    cifras,
    el_dia,
    sentar,
)

ALCANCE = AlcanceEfectivo((f.PROVINCIA,))
DIA = DICIEMBRE
UN_DIA = datetime.timedelta(days=1)
ANTES = [FECHA(2026, 2, 1) + datetime.timedelta(days=40 * n) for n in range(9)]


@dataclass(frozen=True)
class Silla:
    """Who sits on a seat before the day; the number of the date on which each thing happened, or None."""

    ubigeo: str
    desde: int
    alterno: bool
    empezo: int | None
    termino: int | None
    con_certificado: bool

    @property
    def cuando_termino(self) -> datetime.date | None:
        """Never before it began."""
        return None if self.termino is None or self.empezo is None else ANTES[max(self.termino, self.empezo)]


@dataclass(frozen=True)
class Acto:
    """Something registered so many days after the day, about one of what there is."""

    que: str
    cual: int
    dias: int


FECHAS = st.integers(0, len(ANTES) - 1)
sillas = st.lists(
    st.builds(
        Silla,
        ubigeo=st.sampled_from((f.PROVINCIA, f.A, f.B)),
        desde=FECHAS,
        alterno=st.booleans(),
        empezo=st.none() | FECHAS,
        termino=st.none() | FECHAS,
        con_certificado=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
QUE = ("cesar", "sentar", "abrir", "inscribir", "empezar", "terminar", "certificar", "anular", "reemplazar", "retirar")
actos = st.lists(
    st.builds(Acto, que=st.sampled_from((*QUE, "otra_edicion")), cual=st.integers(0, 20), dias=st.integers(1, 150)),
    max_size=12,
)


class TestUnDiaNoCambia(CasoConDatos):
    @settings(max_examples=ejemplos(12), deadline=None)
    @given(sillas=sillas, actos=actos)
    def test_what_is_registered_later_with_later_dates_changes_no_figure_of_the_day(self, sillas, actos):
        with transaction.atomic():
            edicion = self._montar(sillas)
            ese_dia = cifras(el_dia(DIA, mirado=DIA))
            assert cifras(el_dia(DIA)) == ese_dia
            for acto in sorted(actos, key=lambda uno: uno.dias):
                getattr(self, f"_{acto.que}")(edicion, acto, DIA + acto.dias * UN_DIA)
            assert cifras(el_dia(DIA)) == ese_dia
            assert not registrado_despues(el_dia(DIA))
            transaction.set_rollback(True)

    def _montar(self, sillas: list[Silla]) -> Edicion:
        gente.crear_territorio()
        f.crear_tercer_distrito()
        edicion = f.abrir(f.crear_curso(), inicia=FECHA(2026, 1, 5))
        for numero, silla in enumerate(sillas, 1):
            asiento = f.crear_asiento(silla.ubigeo, "T-04", numero=numero, abierto_en=a_las_diez(ANTES[silla.desde]))
            persona = sentar(
                edicion,
                asiento,
                f"Persona {numero}",
                desde=ANTES[silla.desde],
                empezo=None if silla.empezo is None else ANTES[silla.empezo],
                termino=silla.cuando_termino,
                calidad="alterno" if silla.alterno else "titular",
            )
            if silla.con_certificado and persona.inscripciones.get().terminada_en:
                certificar(persona, silla.cuando_termino, numero=numero)
        return edicion

    def _elegir(self, filas, acto: Acto):
        filas = list(filas.order_by("pk"))
        return filas[acto.cual % len(filas)] if filas else None

    def _cesar(self, edicion, acto, dia) -> None:
        membresia = self._elegir(Membresia.objects.filter(hasta=None, desde__lt=dia), acto)
        if membresia:
            datos = {"motivo": "Cambio", "alcance": ALCANCE, "por": None, "ahora": a_las_diez(dia)}
            cesar(membresia=membresia, ultimo_dia=dia if acto.cual % 2 else None, **datos)

    def _sentar(self, edicion, acto, dia) -> None:
        libres = Asiento.objects.exclude(membresias__in=Membresia.objects.sin_terminar(dia))
        if asiento := self._elegir(libres, acto):
            quien = {"persona": f.crear_persona(), "asiento": asiento, "calidad": "titular", "desde": dia}
            dar_asiento(**quien, designacion="", alcance=ALCANCE, por=None, ahora=a_las_diez(dia))

    def _abrir(self, edicion, acto, dia) -> None:
        numero = 100 + Asiento.objects.count()
        f.crear_asiento(f.A, "T-04", numero=numero, abierto_en=a_las_diez(dia))

    def _inscribir(self, edicion, acto, dia) -> None:
        membresia = self._elegir(Membresia.objects.exclude(persona__inscripciones__edicion=edicion), acto)
        if membresia:
            Inscripcion.objects.filter(pk=f.inscribir(membresia.persona, edicion).pk).update(creada_en=a_las_diez(dia))

    def _empezar(self, edicion, acto, dia) -> None:
        if una := self._elegir(Inscripcion.objects.filter(iniciada_en=None), acto):
            Inscripcion.objects.filter(pk=una.pk).update(iniciada_en=a_las_diez(dia), estado="en_curso")

    def _terminar(self, edicion, acto, dia) -> None:
        if una := self._elegir(Inscripcion.objects.filter(terminada_en=None, iniciada_en__isnull=False), acto):
            cuando = a_las_diez(dia)
            Inscripcion.objects.filter(pk=una.pk).update(
                terminada_en=cuando, termino_anotado_en=cuando, estado="terminada"
            )

    def _certificar(self, edicion, acto, dia) -> None:
        sin = Inscripcion.objects.filter(terminada_en__lt=a_las_diez(dia)).exclude(certificados__estado="vigente")
        if una := self._elegir(sin, acto):
            certificar(una.persona, dia, numero=1000 + Certificado.objects.count())

    def _anular(self, edicion, acto, dia) -> None:
        if uno := self._elegir(Certificado.objects.filter(estado="vigente"), acto):
            Certificado.objects.filter(pk=uno.pk).update(estado="anulado", anulado_en=a_las_diez(dia))

    def _reemplazar(self, edicion, acto, dia) -> None:
        if uno := self._elegir(Certificado.objects.filter(estado="vigente"), acto):
            Certificado.objects.filter(pk=uno.pk).update(estado="reemplazado")
            ActoDeCertificado.objects.create(certificado=uno, acto="reemplazar", en=a_las_diez(dia))
            certificar(uno.persona, dia, numero=1000 + Certificado.objects.count())

    def _retirar(self, edicion, acto, dia) -> None:
        if una := self._elegir(Inscripcion.objects.filter(retirada_en=None), acto):
            retirar_inscripcion(inscripcion=una, ahora=a_las_diez(dia))

    def _otra_edicion(self, edicion, acto, dia) -> None:
        otra = Edicion.objects.create(curso=edicion.curso, nombre=f"Edición {Edicion.objects.count()}", inicia=dia)
        otra.territorios.set([f.PROVINCIA])
        Edicion.objects.filter(pk=edicion.pk).update(abierta=False)


@pytest.mark.django_db
def test_what_comes_late_with_an_earlier_date_is_in_the_figure_and_told_apart(version):
    edicion = f.abrir(version, inicia=FECHA(2026, 1, 5))
    asientos = [abrir_asiento(f.A, codigo, FECHA(2026, 1, 5)) for codigo in ("T-01", "T-02", "T-03", "T-04")]
    marzo, mayo = FECHA(2026, 3, 1), FECHA(2026, 5, 1)
    sentar(edicion, asientos[0], "Alma", desde=marzo, empezo=mayo)
    sale = sentar(edicion, asientos[1], "Bruno", desde=marzo, empezo=mayo)
    acaba = sentar(edicion, asientos[2], "Celia", desde=marzo, empezo=mayo)
    antes = cifras(el_dia(SETIEMBRE))
    assert registrado_despues(el_dia(SETIEMBRE)) == RegistradoDespues(0, 0, 0)
    tarde = a_las_diez(FECHA(2026, 11, 3))
    datos = {"alcance": ALCANCE, "por": None, "ahora": tarde}
    dar_asiento(
        persona=f.crear_persona("Delia"), asiento=asientos[3], calidad="titular", designacion="", desde=mayo, **datos
    )
    cesar(membresia=sale.membresias.get(), motivo="Renuncia", ultimo_dia=FECHA(2026, 9, 1), **datos)
    Inscripcion.objects.filter(persona=acaba).update(
        estado="terminada", terminada_en=a_las_diez(FECHA(2026, 9, 29)), termino_anotado_en=tarde
    )
    ahora = cifras(el_dia(SETIEMBRE))
    assert registrado_despues(el_dia(SETIEMBRE)) == RegistradoDespues(entradas=1, salidas=1, terminos=1)
    assert ahora["integrantes"] == antes["integrantes"] + 1 - 1
    assert ahora["terminaron"] == antes["terminaron"] + 1
    assert not registrado_despues(el_dia(FECHA(2026, 11, 3)))
    assert registrado_despues(f.ambito(ahora=a_las_diez(DESPUES))) is None
