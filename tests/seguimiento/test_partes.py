"""What is told unit by unit, and of each question, says what the facts say after anything, on both engines."""

from __future__ import annotations

import random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from evaluaciones.models import Respuesta, VersionDePregunta
from instancias.models import Asiento, Persona
from seguimiento.consultas import curso, partes
from seguimiento.models import ContadorDePartes, MarcaDeContador, MarcaDePartes
from seguimiento.services.contar import contar_lo_marcado
from tests.motores import en_postgres
from tests.seguimiento import factories as f
from tests.seguimiento.test_contadores import DE_DONDE, DIAS, UBIGEOS, Actos, ambito, contar, montar
from tests.seguimiento.test_contadores import QUE as DE_ANTES


class ConPartes(Actos):
    """And what somebody does unit by unit."""

    preguntas: list[VersionDePregunta]

    def sentar_a_quien_repite(self) -> None:
        persona = self.uno_de(Persona.objects.filter(inscripciones__avances__isnull=False))
        numero = 50 + Asiento.objects.count()
        f.sentar(f.crear_asiento(self.azar.choice(UBIGEOS), "T-04", numero=numero), persona=persona, desde=self.dia())

    def empezar_una_parte(self) -> None:
        una, unidad = self.uno_de(Inscripcion.objects.all()), self.uno_de(Unidad.objects.exclude(curso=None))
        datos = {"estado": "en_curso", "iniciado_en": self.instante()}
        Avance.objects.get_or_create(inscripcion=una, unidad=unidad, defaults=datos)

    def terminar_una_parte(self) -> None:
        if uno := self.uno_de(Avance.objects.filter(terminado_en=None)):
            fin = max(uno.iniciado_en, self.instante())
            Avance.objects.filter(pk=uno.pk).update(terminado_en=fin, estado="terminada")

    def deshacer_una_parte(self) -> None:
        if uno := self.uno_de(Avance.objects.filter(terminado_en__isnull=False)):
            Avance.objects.filter(pk=uno.pk).update(terminado_en=None, estado="en_curso")

    def borrar_una_parte(self) -> None:
        if uno := self.uno_de(Avance.objects.all()):
            uno.delete()

    def pasar_una_parte(self) -> None:
        uno, otra = self.uno_de(Avance.objects.all()), self.uno_de(Inscripcion.objects.all())
        if uno and not otra.avances.filter(unidad=uno.unidad_id).exists():
            Avance.objects.filter(pk=uno.pk).update(inscripcion=otra)

    def otra_version(self) -> None:
        una = self.uno_de(Inscripcion.objects.all())
        Inscripcion.objects.filter(pk=una.pk).update(version=self.uno_de(VersionDeCurso.objects.all()))

    def responder(self) -> None:
        personas = Persona.objects.filter(inscripciones__isnull=False)
        persona, pregunta = self.uno_de(personas.distinct()), self.azar.choice(self.preguntas)
        version = VersionDeCurso.objects.earliest("pk")
        elegida = self.azar.randint(0, 2)
        f.intentar(persona, version, aprobado=not elegida, pregunta=pregunta, elegida=elegida)

    def cambiar_una_nota(self) -> None:
        if una := self.uno_de(Respuesta.objects.filter(definitiva=True)):
            Respuesta.objects.filter(pk=una.pk).update(puntos=0 if una.puntos else 1)


SUYOS = [nombre for nombre in vars(ConPartes) if nombre[0] != "_"]


def montar_con_preguntas(azar: random.Random) -> ConPartes:
    edicion = montar()
    version = VersionDeCurso.objects.get(curso=edicion.curso)
    otra = f.crear_curso(lecciones=1, evaluaciones=0, numero=901)
    for fila in version.filas.order_by("orden")[:2]:
        RequisitoDeVersion.objects.create(version=otra, unidad=fila.unidad, orden=10 + fila.orden)
    hacer = ConPartes(edicion, azar)
    hacer.preguntas = [f.crear_pregunta(version, texto) for texto in ("¿Qué se hace primero?", "¿Y después?")]
    for pregunta in hacer.preguntas:
        for persona in Persona.objects.filter(inscripciones__isnull=False)[:3]:
            for elegida in (1, 2):
                f.intentar(persona, version, aprobado=False, pregunta=pregunta, elegida=elegida)
    hacer.sentar_a_quien_repite()
    return hacer


def comprobar(de_donde=DE_DONDE) -> int:
    """How many scopes and days came from what was counted."""
    guardados = 0
    for dias, prefijos in de_donde:
        aqui = ambito(dias, *prefijos)
        guardadas, hechos = partes._guardadas(aqui), partes._de_hechos(aqui)
        for cual in ("personas", "empezaron", "terminaron"):
            sin_ceros = {clave: n for clave, n in getattr(hechos, cual).items() if n}
            if guardadas is not None:
                assert {clave: n for clave, n in getattr(guardadas, cual).items() if n} == sin_ceros
        guardados += guardadas is not None
        assert not guardadas or guardadas.de_mas == partes.repetidas(aqui)
        if dias:
            continue
        suyas = partes.del_ambito(aqui)
        dichas = curso.preguntas_dificiles(aqui, suyas)
        de_hechos = curso.dificiles_para(partes.inscripciones_del(aqui))
        assert [(una.texto, una.respuestas, una.fallos, una.veces) for una in dichas] == [
            (una.texto, una.respuestas, una.fallos, una.veces) for una in de_hechos
        ]
    return guardados


class TestPartes(CasoConDatos):
    @settings(max_examples=5, deadline=None)
    @given(
        actos=st.lists(st.sampled_from([*SUYOS, *SUYOS, *DE_ANTES]), min_size=3, max_size=6),
        semilla=st.integers(0, 10_000),
    )
    def test_what_was_counted_says_what_the_facts_say(self, actos, semilla):
        with transaction.atomic():
            hacer = montar_con_preguntas(random.Random(semilla))
            contar()
            assert comprobar() == (2 * len(DIAS) if connection.vendor == "postgresql" else 0)
            for acto in actos:
                getattr(hacer, acto)()
                comprobar([DE_DONDE[0], hacer.azar.choice(DE_DONDE[1:])])
            comprobar()
            transaction.set_rollback(True)


@en_postgres
@pytest.mark.django_db
class TestSusMarcas:
    def test_a_unit_marks_its_instancia_and_nothing_of_the_panel(self):
        montar_con_preguntas(random.Random(1))
        contar()
        avance = Avance.objects.filter(inscripcion__territorio=f.A, inscripcion__persona__membresias__isnull=False)[0]
        Avance.objects.filter(pk=avance.pk).update(paso=2)  # what only moves along
        assert not MarcaDePartes.objects.exists()
        Avance.objects.filter(pk=avance.pk).update(terminado_en=timezone.now())
        assert f.A in set(MarcaDePartes.objects.values_list("territorio", flat=True))
        assert not MarcaDeContador.objects.exists()
        comprobar()
        contar()
        assert not MarcaDePartes.objects.exists()
        assert comprobar() == 2 * len(DIAS)

    def test_the_page_reads_no_unit_of_anybody_that_has_no_mark(self):
        montar()
        contar()
        hechas: list[str] = []

        def anotar(ejecutar, sql, *resto):
            hechas.append(sql)
            return ejecutar(sql, *resto)

        with connection.execute_wrapper(anotar):
            assert curso.embudo(ambito())
        assert not [sql for sql in hechas if "kuska_cursos_avance" in sql or "kuska_instancias_membresia" in sql]

    def test_it_is_counted_after_the_figures_of_the_panel(self):
        montar()
        contar_lo_marcado(ahora=timezone.now(), segundos=0)
        assert not ContadorDePartes.objects.exists()
