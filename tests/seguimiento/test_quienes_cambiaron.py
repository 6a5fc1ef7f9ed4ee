"""Who changed is asked again and put in their place: an instancia adds up to what it does when all of it is read."""

from __future__ import annotations

import datetime
import random
from contextlib import suppress
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Substr
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from cursos.models import Inscripcion, VersionDeCurso
from instancias.models import Asiento, Membresia, Persona
from marco.errores import ErrorDeDominio
from seguimiento.consultas import cambios, contada, contadas, quienes
from seguimiento.models import CambioDeInstancia, CuentaDeCambios, Recordatorio
from seguimiento.services.cambios import sumar_cambios
from tests.instancias.fusiones import unir
from tests.motores import ejemplos, en_postgres, en_sqlite
from tests.seguimiento import factories as f
from tests.seguimiento import test_panel_dibujado as dibujado
from tests.seguimiento.test_panel_dibujado import HOY, montar

HACE_UN_MES = HOY() - datetime.timedelta(days=30)


@pytest.mark.un_motor
class TestDeLosUltimosCambios:
    """What the database keeps of them, as each one says it."""

    def test_all_that_came_after_a_mark_are_told_and_nobody_else(self):
        assert quienes.desde_la_marca("30:7 20:8 10:7 ", "20") == {7, 8}
        assert quienes.desde_la_marca("30:7 20:8 10:7 ", "30") == {7}

    @pytest.mark.parametrize("recientes", ["", "30:7 20:8 ", "30:7 20:8 10:1", "30:7 20:8 10", "30:7 20:8 1"])
    def test_where_the_mark_is_not_there_or_was_cut_it_is_not_known(self, recientes):
        assert quienes.desde_la_marca(recientes, "10") is None

    def test_as_many_rows_as_changes_are_those_that_changed(self):
        assert quienes.despues_de("9:4 8:5 7:6", 7, cuantos=2) == {4, 5}
        assert quienes.despues_de("9:4 8:5 7:6", 9, cuantos=0) == frozenset()

    @pytest.mark.parametrize(
        ("recientes", "ultimo", "cuantos"),
        [
            ("9:4 8: 7:6", 7, 2),  # one of nobody alone
            ("9:4 7:6", 7, 2),  # one was added up meanwhile
            ("9:4 8:5 7:6", 8, 2),  # one of an earlier number was seen later
            ("", 7, 1),
        ],
    )
    def test_where_one_is_missing_or_is_of_nobody_it_is_not_known(self, recientes, ultimo, cuantos):
        assert quienes.despues_de(recientes, ultimo, cuantos=cuantos) is None


def suyas(ambito) -> contadas.DeLasInstancias:
    numeros = cambios.numeros(ambito)
    assert numeros is not None
    return contadas.DeLasInstancias(ambito, numeros)


def dichas(ambito):
    """What is said of each instancia, and whom to remind there."""
    de_ahora = suyas(ambito)
    return de_ahora.contadas(), de_ahora.en_espera() if ambito.al is None else []


def comprobar(*ambitos) -> None:
    """What was kept, mended where it was known who changed, is what is read from facts."""
    for ambito in ambitos or (f.ambito(), f.ambito().al_dia(HACE_UN_MES)):
        contadas_, en_espera = dichas(ambito)
        for ubigeo, una in contadas_.items():
            de_una = suyas(ambito)._de_una(ubigeo)
            entera = contada.contar(de_una, contada.leer(de_una))
            assert una == replace(entera, claves_hasta=una.claves_hasta)
        if ambito.al is None:
            enteras = [contada.esperar(suyas(ambito)._de_una(u), una) for u, una in contadas_.items()]
            assert [uno.sillas for uno in en_espera] == [uno.sillas for uno in enteras]


class Actos(dibujado.Actos):
    """And what is done to many at once, to registers, and to the marks themselves."""

    def avanzar_todas(self) -> None:
        de_aqui = Inscripcion.objects.filter(territorio=self.azar.choice([f.A, f.B]), terminada_en=None)
        de_aqui.exclude(iniciada_en=None).update(hechas=F("hechas") + 1, ultima_actividad_en=timezone.now())

    def traer_una_lista(self) -> None:
        primero = 30 + Asiento.objects.count()
        sillas = [f.crear_asiento(f.B, "T-06", numero=primero + n) for n in range(3)]
        nuevas = [f.crear_persona(f"De la lista {n}") for n in range(3)]
        Membresia.objects.bulk_create(
            Membresia(persona=una, asiento=silla, calidad="titular", desde=HOY())
            for una, silla in zip(nuevas, sillas, strict=True)
        )
        f.inscribir(nuevas[0], self.edicion, creada=0)

    def fusionar(self) -> None:
        una, otra = self.uno_de(Persona.objects.all()), self.uno_de(Persona.objects.all())
        with suppress(ErrorDeDominio), transaction.atomic():  # one and the same, or two that cannot be one
            unir(una, otra)

    def quitar_la_inscripcion(self) -> None:
        if una := self.uno_de(Inscripcion.objects.filter(intentos=None, certificados=None, avances=None)):
            una.delete()

    def cambiar_de_asiento(self) -> None:
        una = self.uno_de(Membresia.objects.filter(hasta=None))
        libre = self.uno_de(Asiento.objects.filter(membresias=None))
        if una and libre:
            Membresia.objects.filter(pk=una.pk).update(asiento=libre)

    def insistir(self) -> None:
        if una := self.uno_de(Inscripcion.objects.filter(terminada_en=None, iniciada_en__isnull=False)):
            pregunta = f.crear_pregunta(VersionDeCurso.objects.get(), f"¿Cuál? {una.intentos.count()}")
            for _vez in range(4):
                f.intentar(una.persona, VersionDeCurso.objects.get(), aprobado=True, pregunta=pregunta, elegida=1)

    def perder_de_quienes(self) -> None:
        """The database does not say any more whose the last changes were."""
        if connection.vendor == "sqlite":
            CuentaDeCambios.objects.update(recientes=Substr("recientes", 1, self.azar.randint(1, 40)))
        else:
            CambioDeInstancia.objects.filter(pk__gt=self.azar.randint(0, 50)).update(persona=Value(None))

    def sumar_todos(self) -> None:
        with patch("seguimiento.services.cambios.QUEDAN", self.azar.randint(0, 3)):
            sumar_cambios()


QUE = [uno for uno in dir(Actos) if uno[0] != "_" and uno not in {"uno_de", "dia", "instante"}]


class TestDeQuienesCambiaron(CasoConDatos):
    @settings(max_examples=ejemplos(8), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(
        actos=st.lists(st.tuples(st.sampled_from(QUE), st.booleans()), min_size=6, max_size=16),
        semilla=st.integers(0, 10_000),
    )
    def test_whatever_happened_it_is_what_the_facts_say(self, actos, semilla):
        """Several acts between one look and the next, by any door."""
        with transaction.atomic():
            hacer = Actos(montar(), random.Random(semilla))
            comprobar()
            for acto, se_mira in actos:
                with suppress(IntegrityError), transaction.atomic():  # the database has its rules too
                    getattr(hacer, acto)()
                if se_mira:
                    comprobar()
            comprobar()
            transaction.set_rollback(True)


def leidas_al_mirar(ambito) -> tuple[list[str], list[frozenset[int]]]:
    """The instancias that are read whole, and of the others who is asked again."""
    with (
        patch("seguimiento.consultas.contadas.leer", wraps=contada.leer) as enteras,
        patch("seguimiento.consultas.contadas.releer", wraps=contada.releer) as de_algunas,
        patch("seguimiento.consultas.contada.leer", wraps=contada.leer) as por_la_hora,
    ):
        dichas(ambito)
    assert not por_la_hora.called
    return [una.args[0].instancia for una in enteras.call_args_list], [una.args[2] for una in de_algunas.call_args_list]


@pytest.mark.django_db
class TestDeAQuienSePregunta:
    def una(self) -> Inscripcion:
        return Inscripcion.objects.filter(territorio=f.A, terminada_en=None).exclude(iniciada_en=None).first()

    def test_what_one_person_does_asks_again_of_them_alone(self, presupuesto):
        montar()
        dichas(f.ambito())
        una = self.una()
        Inscripcion.objects.filter(pk=una.pk).update(hechas=F("hechas") + 1, ultima_actividad_en=timezone.now())
        assert leidas_al_mirar(f.ambito()) == ([], [{una.persona_id}])
        Persona.objects.filter(pk=una.persona_id).update(ultimo_ingreso_en=timezone.now())
        with presupuesto(3):  # the numbers, the people, and whether there is somebody to help
            dichas(f.ambito())
        comprobar()

    @en_sqlite
    def test_what_stays_of_one_person_is_said_once_and_what_passes_to_another_of_both(self):
        montar()
        una, otra = self.una(), f.crear_persona("Otra")
        antes = CuentaDeCambios.objects.get(territorio=f.A)
        Inscripcion.objects.filter(pk=una.pk).update(hechas=F("hechas") + 1)
        dicho = CuentaDeCambios.objects.get(territorio=f.A)
        assert dicho.recientes == f"{antes.cuantos}:{una.persona_id} {antes.recientes}"
        Inscripcion.objects.filter(pk=una.pk).update(persona=otra)
        assert CuentaDeCambios.objects.get(territorio=f.A).recientes == (
            f"{dicho.cuantos}:{una.persona_id} {dicho.recientes}"
        )

    def test_a_few_people_are_asked_together_and_very_many_as_all(self):
        montar()
        dichas(f.ambito())
        Inscripcion.objects.filter(territorio=f.A).update(hechas=F("hechas") + 1)
        (suyos,) = leidas_al_mirar(f.ambito())[1]
        assert suyos == set(Inscripcion.objects.filter(territorio=f.A).values_list("persona_id", flat=True))
        Inscripcion.objects.filter(territorio=f.A).update(hechas=F("hechas") - 1)
        with patch("seguimiento.consultas.contadas.POCAS", 1):
            assert leidas_al_mirar(f.ambito()) == ([f.A], [])
        comprobar()

    @pytest.mark.parametrize("que", ["asiento", "membresia", "activa", "aviso de la vacante"])
    def test_what_changes_a_seat_reads_its_instancia_whole(self, que):
        montar()
        vacante = f.crear_asiento(f.A, "T-07")
        dichas(f.ambito())
        una = Membresia.objects.filter(asiento__instancia__territorio=f.A, hasta=None).first()
        match que:
            case "asiento":
                Asiento.objects.filter(pk=vacante.pk).update(estado="no_aplica")
            case "membresia":
                Membresia.objects.filter(pk=una.pk).update(asiento=vacante)
            case "activa":
                Persona.objects.filter(pk=una.persona_id).update(activa=False)
            case _:
                Recordatorio.objects.create(asiento=vacante, motivo="vacante", hecho_el=HOY(), hecho_en=timezone.now())
        assert leidas_al_mirar(f.ambito()) == ([f.A], [])
        comprobar()

    def test_where_it_is_lost_who_changed_the_instancia_is_read_whole(self):
        montar()
        dichas(f.ambito())
        Inscripcion.objects.filter(pk=self.una().pk).update(hechas=F("hechas") + 1)
        CuentaDeCambios.objects.update(recientes="")
        CambioDeInstancia.objects.update(persona=None)
        assert leidas_al_mirar(f.ambito()) == ([f.A], [])
        comprobar()

    def test_what_is_undone_is_asked_of_nobody(self):
        montar()
        dichas(f.ambito())
        una = self.una()
        with suppress(ErrorDeDominio), transaction.atomic():
            Inscripcion.objects.filter(pk=una.pk).update(hechas=F("hechas") + 1)
            dichas(f.ambito())
            raise ErrorDeDominio("deshecho", "Se deshizo.")
        comprobar()

    def test_who_becomes_still_while_another_works_is_told_at_their_instant(self):
        edicion = montar()
        quieta = f.integrante(f.A, edicion, codigo="T-06", hechas=1, dias=14 - 60 / 86400)  # a minute from now
        ahora = timezone.now()
        for segundos in (0, 30, 59, 61, 90, 120):
            ambito = replace(f.ambito(), ahora=ahora + datetime.timedelta(seconds=segundos))
            Inscripcion.objects.filter(pk=self.una().pk).update(requeridas=F("requeridas") + 1)
            de_ahora = suyas(ambito)
            total = de_ahora.totales(de_ahora.instancias())
            juntas = contadas.juntar(de_ahora.en_espera())
            with patch("seguimiento.consultas.guardado.de_antes", return_value={}):
                de_hechos = suyas(ambito)
                assert total == de_hechos.totales(de_hechos.instancias())
                assert juntas.claves == contadas.juntar(de_hechos.en_espera()).claves
            assert (quieta.pk in {pk for *_orden, pk in juntas.claves or ()}) == (segundos > 60)

    @en_postgres
    def test_the_last_changes_stay_when_the_others_are_added_up(self):
        montar()
        assert CambioDeInstancia.objects.count() > 5
        with patch("seguimiento.services.cambios.QUEDAN", 5):
            sumar_cambios()
        assert CambioDeInstancia.objects.count() == 5
