"""What was counted before says what the facts say, whatever happened since and whenever it was counted."""

from __future__ import annotations

import datetime
import random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from certificados.models import ActoDeCertificado, Certificado
from cursos.models import Inscripcion
from instancias.models import Asiento, Instancia, Membresia, Persona, Territorio
from seguimiento.consultas import asientos, contadores, cuantas, personas
from seguimiento.models import BarraDeInstancia, ContadorDeInstancia, MarcaDeContador
from seguimiento.services.contar import contar_lo_marcado
from tests import gente
from tests.motores import en_postgres
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_de_un_dia import certificar

OTRA = "1001"
UBIGEOS = (f.PROVINCIA, f.A, f.B, OTRA, "100101")
HOY = timezone.localdate
DIAS = (0, 1, 30)  # ago


@hecho_una_vez
def montar():
    gente.crear_territorio()
    Territorio.objects.get_or_create(ubigeo="10", defaults={"nivel": "departamento", "nombre": "Huánuco"})
    Territorio.objects.get_or_create(ubigeo=OTRA, defaults={"nivel": "provincia", "nombre": "Huánuco"})
    Territorio.objects.get_or_create(ubigeo="100101", defaults={"nivel": "distrito", "nombre": "Amarilis"})
    edicion = f.abrir(f.crear_curso(), "10")
    for numero, ubigeo in enumerate(UBIGEOS):
        f.integrante(ubigeo, edicion, codigo="T-01", hechas=numero % 5, dias=numero + 1)
        f.crear_asiento(ubigeo, "T-04")
    return edicion


def ambito(dias: int = 0, *prefijos: str):
    dia = HOY() - datetime.timedelta(days=dias)
    return f.ambito(*(prefijos or ("10",)), **({"al": dia} if dias else {}))


def contar(dias=DIAS):
    return contar_lo_marcado(ahora=timezone.now(), dias=[HOY() - datetime.timedelta(days=n) for n in dias])


DE_DONDE = [(dias, prefijos) for dias in DIAS for prefijos in (("10",), (OTRA, f.A))]


def comprobar(de_donde=DE_DONDE) -> None:
    for dias, prefijos in de_donde:
        aqui = ambito(dias, *prefijos)
        cuentas, total = contadores.sumar(aqui)
        de_hechos, total_de_hechos = contadores._de_hechos(aqui)
        assert {una: suyas for una, suyas in cuentas.items() if any(suyas)} == {
            una: suyas for una, suyas in de_hechos.items() if any(suyas)
        }
        assert total == total_de_hechos


def comprobar_listas(aqui) -> None:
    """The number on top of each list is as many as its rows."""
    for lista in cuantas.DE_UNA_LISTA:
        dicha = cuantas.de_una_lista(aqui, lista)
        suyas = asientos.FILTROS.get(lista)
        filas = asientos.listar(aqui, suyas) if suyas else personas.listar(aqui, personas.FILTROS[lista])
        assert dicha in {None, filas.count()}, lista


class Actos:
    """Something that somebody writes, by any door: the rows are changed as a service, a list or a console would."""

    def __init__(self, edicion, azar: random.Random) -> None:
        self.edicion, self.azar = edicion, azar

    def uno_de(self, filas):
        filas = list(filas.order_by("pk"))
        return self.azar.choice(filas) if filas else None

    def dia(self) -> datetime.date:
        return HOY() - datetime.timedelta(days=self.azar.randint(0, 60))

    def instante(self) -> datetime.datetime:
        return timezone.now() - datetime.timedelta(days=self.azar.randint(0, 60))

    def sentar(self) -> None:
        asiento = self.uno_de(Asiento.objects.exclude(membresias__hasta=None, membresias__isnull=False))
        if asiento is None:
            return
        persona = self.uno_de(Persona.objects.all()) if self.azar.random() < 0.6 else f.crear_persona()
        f.sentar(asiento, persona=persona, desde=self.dia())
        if not persona.inscripciones.exists():
            f.inscribir(persona, self.edicion, creada=self.azar.randint(0, 60))

    def cesar(self) -> None:
        if una := self.uno_de(Membresia.objects.filter(hasta=None)):
            Membresia.objects.filter(pk=una.pk).update(hasta=max(una.desde, self.dia()))

    def volver(self) -> None:
        una = self.uno_de(Membresia.objects.filter(hasta__isnull=False))
        if una and not una.asiento.membresias.filter(hasta=None).exists():
            Membresia.objects.filter(pk=una.pk).update(hasta=None)

    def pasar_a_otra_persona(self) -> None:
        una = self.uno_de(Membresia.objects.all())
        otra = self.uno_de(Persona.objects.all())
        if una and not una.asiento.membresias.filter(persona=otra).exists():
            Membresia.objects.filter(pk=una.pk).update(persona=otra)

    def borrar(self) -> None:
        if una := self.uno_de(Membresia.objects.filter(persona__inscripciones__hechas=0)):
            una.delete()

    def abrir_asiento(self) -> None:
        numero = 10 + Asiento.objects.count()
        f.crear_asiento(self.azar.choice(UBIGEOS), "T-04", numero=numero, abierto_en=self.instante())

    def no_aplica(self) -> None:
        if uno := self.uno_de(Asiento.objects.all()):
            otro = "exigido" if uno.estado == "no_aplica" else "no_aplica"
            Asiento.objects.filter(pk=uno.pk).update(estado=otro)

    def empezar(self) -> None:
        if una := self.uno_de(Inscripcion.objects.filter(iniciada_en=None)):
            Inscripcion.objects.filter(pk=una.pk).update(iniciada_en=self.instante(), estado="en_curso")

    def terminar(self) -> None:
        if una := self.uno_de(Inscripcion.objects.filter(terminada_en=None, iniciada_en__isnull=False)):
            fin = max(una.iniciada_en, self.instante())
            Inscripcion.objects.filter(pk=una.pk).update(terminada_en=fin, estado="terminada")

    def deshacer(self) -> None:
        if una := self.uno_de(Inscripcion.objects.filter(terminada_en__isnull=False, certificados=None)):
            Inscripcion.objects.filter(pk=una.pk).update(terminada_en=None, estado="en_curso")

    def retirar(self) -> None:
        if una := self.uno_de(Inscripcion.objects.all()):
            Inscripcion.objects.filter(pk=una.pk).update(retirada_en=None if una.retirada_en else self.instante())

    def certificar(self) -> None:
        una = self.uno_de(Inscripcion.objects.filter(terminada_en__isnull=False, certificados=None))
        if una:
            certificar(una.persona, self.dia(), numero=1 + Certificado.objects.count())

    def anular(self) -> None:
        if uno := self.uno_de(Certificado.objects.filter(estado="vigente")):
            fin = max(uno.emitido_en, self.instante())
            Certificado.objects.filter(pk=uno.pk).update(estado="anulado", anulado_en=fin)

    def reemplazar(self) -> None:
        if uno := self.uno_de(Certificado.objects.filter(estado="vigente")):
            ActoDeCertificado.objects.create(certificado=uno, acto="reemplazar", en=self.instante(), motivo="Nombre")

    def activar(self) -> None:
        if una := self.uno_de(Persona.objects.all()):
            Persona.objects.filter(pk=una.pk).update(activa=not una.activa)

    def atender(self) -> None:
        de_distrito = Instancia.objects.filter(territorio="100101")
        de_provincia = Instancia.objects.get(territorio=OTRA)
        de_distrito.update(atendida_por=None if de_distrito.get().atendida_por_id else de_provincia)

    def solo_titulares(self) -> None:
        barra = BarraDeInstancia.actual()
        barra.solo_titulares = not barra.solo_titulares
        barra.save()

    def contar(self) -> None:
        contar(self.azar.sample(DIAS, self.azar.randint(1, 3)))


QUE = [nombre for nombre in vars(Actos) if nombre not in {"uno_de", "dia", "instante"} and nombre[0] != "_"]


@en_postgres
class TestContadores(CasoConDatos):
    @settings(max_examples=6, deadline=None)
    @given(actos=st.lists(st.sampled_from(QUE), min_size=4, max_size=9), semilla=st.integers(0, 10_000))
    def test_what_was_counted_says_what_the_facts_say(self, actos, semilla):
        with transaction.atomic():
            hacer = Actos(montar(), random.Random(semilla))
            contar()
            for acto in actos:
                getattr(hacer, acto)()
                # What is wrong of another day or of a part is wrong here, or still is at the end.
                comprobar([DE_DONDE[0], hacer.azar.choice(DE_DONDE[1:])])
            comprobar()
            comprobar_listas(ambito())
            transaction.set_rollback(True)


@en_postgres
@pytest.mark.django_db
class TestDeLoContado:
    def test_what_has_no_mark_is_not_counted_again(self, presupuesto):
        montar()
        assert contar() == 2 * len(DIAS) * len(UBIGEOS)  # what the panel tells, and what is told unit by unit
        assert not MarcaDeContador.objects.exists()
        assert contar() == 0
        aqui = ambito()
        with presupuesto(3) as captura:  # the rule of the titulares, marks and counters
            contadores.sumar(aqui)
        assert "kuska_instancias_persona" not in " ".join(fila["sql"] for fila in captura.captured_queries)

    def test_a_mark_counts_its_table_again_and_no_other(self):
        montar()
        contar()
        Inscripcion.objects.filter(territorio=f.A).update(terminada_en=timezone.now(), estado="terminada")
        assert contadores.marcadas_hasta(HOY()) == {f.A}
        assert contadores.marcadas_hasta(HOY() - datetime.timedelta(days=5)) == set()
        comprobar()
        assert cuantas.de_una_lista(ambito(), "terminaron") == contadores.sumar(ambito())[1].terminaron
        assert contar() in {2, 4}  # of today and, by the hour that it is in Greenwich, of yesterday

    def test_what_only_moves_along_leaves_no_mark(self):
        montar()
        contar()
        Inscripcion.objects.update(ultima_actividad_en=timezone.now(), hechas=1)
        Persona.objects.update(celular="911111111", ultimo_ingreso_en=timezone.now())
        Membresia.objects.update(designacion="Oficio 3")
        assert not MarcaDeContador.objects.exists()

    def test_tomorrow_is_counted_before_it_comes(self):
        montar()
        contar_lo_marcado(ahora=timezone.now(), segundos=0)
        manana = HOY() + datetime.timedelta(days=1)
        assert set(ContadorDeInstancia.objects.values_list("dia", flat=True)) == {manana}


@pytest.mark.django_db
def test_without_counters_the_facts_answer():
    montar()
    comprobar()
    if connection.vendor != "postgresql":
        assert contar() == 0


@pytest.mark.django_db
def test_an_edition_of_one_province_keeps_no_counters():
    montar().territorios.set([f.PROVINCIA])
    assert contar() == 0
