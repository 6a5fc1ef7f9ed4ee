"""What was drawn before says what the facts say, whatever happened since: the same page as without any cache."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from cursos.models import Avance, Inscripcion, VersionDeCurso
from instancias.models import Alcance, Asiento, Institucion, Membresia, Persona, Territorio
from marco.identidad import nueva_identidad
from marco.models import Instalacion
from seguimiento.consultas import cambios, recordar
from seguimiento.models import BarraDeInstancia, CambioDeInstancia, CuentaDeCambios, MetaDeTerritorio, Recordatorio
from seguimiento.models.barra import CLAVE_DE_CACHE
from seguimiento.receivers import poner_al_terminar, quitar_antes_de_migrar
from seguimiento.services.cambios import sumar_cambios
from seguimiento.services.marcas import poner_marcas
from tests import gente
from tests.motores import en_postgres, en_sqlite
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento import test_contadores as contadores
from tests.seguimiento.test_costo import poblar

HOY = timezone.localdate
PAGINAS = ("/panel", "/panel?al={}", "/panel/recordar")
DE_UNA = 6  # statements to count an instancia and whom to remind there
VARIAN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|(Datos del|Según lo registrado hasta el) [^<]*')


@hecho_una_vez
def montar():
    """A province with its people, a lesson done by some, and an account that follows it."""
    edicion = contadores.montar()
    f.crear_tercer_distrito()
    f.integrante(f.A, edicion, codigo="T-02", hechas=2, dias=20)
    f.integrante(f.B, edicion, codigo="T-02", hechas=0, creada=30)
    f.crear_asiento(f.C, "T-04")
    return edicion


def entrar_como_la_provincia() -> Client:
    cuenta = get_user_model().objects.create_user(username=f"provincia-{Persona.objects.count()}", password=None)
    Alcance.objects.create(cuenta=cuenta, territorio_id=f.PROVINCIA, desde=HOY())
    cliente = Client()
    cliente.force_login(cuenta)
    return cliente


def texto(cliente: Client, direccion: str) -> str:
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200
    return VARIAN.sub("", respuesta.content.decode())


def comprobar_lo_guardado(cliente: Client, *paginas: str) -> dict[str, str]:
    """It stays kept: what comes next has it to contradict."""
    guardadas = {}
    for pagina in paginas or PAGINAS:
        direccion = pagina.format(HOY() - datetime.timedelta(days=30))
        guardadas[direccion] = texto(cliente, direccion)
        with patch("seguimiento.consultas.cambios.numeros", return_value=None):
            assert guardadas[direccion] == texto(cliente, direccion), direccion  # the one that facts make, nothing kept
    return guardadas


def comprobar(cliente: Client, *paginas: str) -> None:
    guardadas = comprobar_lo_guardado(cliente, *paginas)
    cache.clear()
    for direccion, guardada in guardadas.items():
        assert guardada == texto(cliente, direccion), direccion
        assert guardada == texto(cliente, direccion), direccion  # and the one that was just kept


class Actos(contadores.Actos):
    """The acts that change a figure, and those that only a page of today tells. Most of them in the province."""

    def uno_de(self, filas):
        camino = {
            Persona: "membresias__asiento__instancia__territorio_id",
            Inscripcion: "territorio_id",
            Membresia: "asiento__instancia__territorio_id",
            Asiento: "instancia__territorio_id",
        }.get(filas.model)
        de_aqui = filas.filter(**{f"{camino}__in": [f.PROVINCIA, f.A, f.B, f.C]}).distinct() if camino else filas
        return super().uno_de(de_aqui if self.azar.random() < 0.9 and de_aqui.exists() else filas)

    def avanzar(self) -> None:
        una = self.uno_de(Inscripcion.objects.filter(terminada_en=None, iniciada_en__isnull=False))
        if una:
            Inscripcion.objects.filter(pk=una.pk).update(hechas=una.hechas + 1, ultima_actividad_en=timezone.now())

    def volver_despues_de_mucho(self) -> None:
        activas = Inscripcion.objects.filter(terminada_en=None, ultima_actividad_en__gt=f.hace(14))
        if una := self.uno_de(activas):
            Inscripcion.objects.filter(pk=una.pk).update(ultima_actividad_en=f.hace(21))

    def terminar_una_parte(self) -> None:
        una = self.uno_de(Inscripcion.objects.filter(terminada_en=None))
        unidad = una and una.version.filas.exclude(unidad__avances__inscripcion=una).first()
        if unidad:
            ahora = timezone.now()
            Avance.objects.create(
                inscripcion=una, unidad=unidad.unidad, estado="terminada", iniciado_en=ahora, terminado_en=ahora
            )

    def fallar(self) -> None:
        una = self.uno_de(Inscripcion.objects.filter(terminada_en=None, iniciada_en__isnull=False))
        if una:
            for _vez in range(2):
                f.intentar(una.persona, VersionDeCurso.objects.get(), aprobado=False)

    def entrar(self) -> None:
        if una := self.uno_de(Persona.objects.filter(ultimo_ingreso_en=None)):
            Persona.objects.filter(pk=una.pk).update(ultimo_ingreso_en=timezone.now())

    def avisar(self) -> None:
        if una := self.uno_de(Persona.objects.filter(inscripciones__ultima_actividad_en__lt=f.hace(14))):
            Recordatorio.objects.get_or_create(
                persona=una, motivo="detenido", hecho_el=HOY(), defaults={"hecho_en": timezone.now()}
            )

    def avisar_por_la_vacante(self) -> None:
        if uno := self.uno_de(Asiento.objects.filter(membresias=None)):
            Recordatorio.objects.get_or_create(
                asiento=uno, motivo="vacante", hecho_el=HOY(), defaults={"hecho_en": timezone.now()}
            )

    def llamarse_de_otro_modo(self) -> None:
        if una := self.uno_de(Persona.objects.all()):
            Persona.objects.filter(pk=una.pk).update(nombres="Otro nombre", celular="911222333")

    def poner_meta(self) -> None:
        MetaDeTerritorio.objects.update_or_create(
            edicion=self.edicion, territorio_id=f.A, defaults={"porcentaje": self.azar.randint(1, 99), "para_el": HOY()}
        )

    def nombrar(self) -> None:
        Territorio.objects.filter(pk=f.A).update(nombre=f"Distrito {self.azar.randint(1, 99)}")
        Institucion.objects.update(nombre=f"Institución {self.azar.randint(1, 99)}")

    def sumar(self) -> None:
        sumar_cambios()


class TestPanelDibujado(CasoConDatos):
    @settings(max_examples=3, deadline=None)
    @given(
        actos=st.lists(
            st.sampled_from([uno for uno in dir(Actos) if uno[0] != "_" and uno not in {"uno_de", "dia", "instante"}]),
            min_size=3,
            max_size=6,
        ),
        semilla=st.integers(0, 10_000),
    )
    def test_the_page_that_was_kept_is_the_one_that_facts_make(self, actos, semilla):
        with transaction.atomic():
            hacer = Actos(montar(), random.Random(semilla))
            cliente = entrar_como_la_provincia()
            comprobar_lo_guardado(cliente)
            for acto in actos:
                getattr(hacer, acto)()
                comprobar_lo_guardado(cliente)
            comprobar(cliente)
            transaction.set_rollback(True)


SE_VEN = ("avanzar", "volver_despues_de_mucho", "fallar", "entrar", "avisar", "avisar_por_la_vacante", "poner_meta")
SE_VEN += ("nombrar", "llamarse_de_otro_modo", "cesar", "terminar", "abrir_asiento", "activar")


@pytest.mark.django_db
@pytest.mark.parametrize("acto", SE_VEN)
def test_each_act_is_on_the_page_at_once(acto):
    hacer = Actos(montar(), random.Random(4))
    cliente = entrar_como_la_provincia()
    antes = [texto(cliente, pagina) for pagina in ("/panel", "/panel/recordar")]
    getattr(hacer, acto)()
    assert [texto(cliente, pagina) for pagina in ("/panel", "/panel/recordar")] != antes
    comprobar_lo_guardado(cliente, "/panel", "/panel/recordar")


@pytest.mark.django_db
class TestDelNumero:
    @en_postgres
    def test_adding_the_changes_up_changes_no_number(self):
        montar()
        antes = cambios.numero(f.ambito())
        assert CambioDeInstancia.objects.exists()
        with patch("seguimiento.services.cambios.QUEDAN", 0):
            sumar_cambios()
        assert not CambioDeInstancia.objects.exists()
        assert CuentaDeCambios.objects.exists()
        assert cambios.numero(f.ambito()) == antes

    def test_a_change_of_another_place_leaves_the_number_as_it_is(self):
        montar()
        aqui, alla = f.ambito(), f.ambito("1001")
        antes, de_alla = cambios.numero(aqui), cambios.numero(alla)
        Inscripcion.objects.filter(territorio="100101").update(hechas=1)
        assert cambios.numero(aqui) == antes
        assert cambios.numero(alla) != de_alla

    @en_sqlite
    def test_what_is_undone_on_sqlite_leaves_a_mark_that_never_comes_again(self):
        montar()
        antes, vistos = cambios.numero(f.ambito()), set()
        for _vez in range(3):
            with transaction.atomic():
                Inscripcion.objects.filter(territorio=f.A).update(hechas=1)
                vistos.add(cambios.numero(f.ambito()))
                transaction.set_rollback(True)
            assert cambios.numero(f.ambito()) == antes
        assert len(vistos | {antes}) == 4

    @en_postgres
    def test_what_is_undone_was_of_who_did_it_alone(self):
        """Nobody finds under the number of a later fact what was seen in a transaction that was undone."""
        montar()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned()::text")
            (suya,) = cursor.fetchone()
        assert (cambios.numero(f.ambito()) or "").endswith(f"-{suya}")

    def test_two_scopes_never_share_what_is_kept(self):
        montar()
        aqui, distrito = f.ambito(), f.ambito(f.A)
        assert cambios.llave("dibujo", aqui) != cambios.llave("dibujo", distrito)
        assert cambios.llave("dibujo", aqui) != cambios.llave("dibujo", aqui.en(f.A))
        assert cambios.llave("dibujo", aqui) != cambios.llave("dibujo", aqui.al_dia(aqui.hoy))


@pytest.mark.django_db
class TestDeLoQueNoEsUnHecho:
    """What is remembered for a minute, or was read before the number: an old value leaves nothing for later."""

    @pytest.mark.parametrize("campos", [{"distrital": 1}, {"provincial": 1}])
    def test_a_bar_that_was_remembered_draws_nothing_of_after_it(self, campos):
        montar()
        cliente = entrar_como_la_provincia()
        de_antes = BarraDeInstancia(distrital=99, provincial=99)
        BarraDeInstancia.objects.create(**{"distrital": 99, "provincial": 99, **campos})
        cache.set(CLAVE_DE_CACHE, de_antes, 60)  # another process read it a moment before the commit
        for pagina in PAGINAS:
            texto(cliente, pagina.format(HOY() - datetime.timedelta(days=30)))
        cache.delete(CLAVE_DE_CACHE)  # a minute later
        comprobar(cliente)

    def test_a_survey_of_months_later_that_was_remembered_draws_nothing_of_after_it(self):
        montar()
        ambito = f.ambito()
        llave = f"kuska:aplicacion:{ambito.edicion.curso_id}"
        cache.set(llave, (1, 90), 60)
        antes = cambios.lo_recordado(ambito)
        cache.set(llave, (1, 30), 60)
        assert cambios.lo_recordado(ambito) != antes

    @pytest.mark.parametrize(
        "campos", [{"nombre": "Otra"}, {"termina": datetime.date(2020, 1, 1)}, {"abierta": False}, {"con_tipos": True}]
    )
    def test_an_edition_that_was_read_before_its_change_is_of_another_key(self, campos):
        montar()
        ambito = f.ambito()
        otro = replace(ambito, edicion=replace(ambito.edicion, **campos))
        assert cambios.lo_recordado(ambito) != cambios.lo_recordado(otro)

    def test_a_database_that_was_put_back_begins_with_nothing_drawn(self):
        """Its numbers go back to those of then, and the cache may not have been there to be cleared."""
        montar()
        antes = cambios.numero(f.ambito())
        Instalacion.objects.update_or_create(pk=1, defaults={"identidad": nueva_identidad()})
        assert cambios.numero(f.ambito()) != antes

    def test_who_was_taken_out_meanwhile_is_not_among_those_read_again(self):
        montar()
        persona = Inscripcion.objects.filter(territorio=f.A).first().persona
        assert [fila.id for fila in recordar.estas(f.ambito(), {persona.pk: 0})] == [persona.pk]
        otra = Inscripcion.objects.filter(territorio=f.A).exclude(persona=persona).first().persona
        Inscripcion.objects.filter(persona=persona).update(retirada_en=timezone.now())
        assert [fila.id for fila in recordar.estas(f.ambito(), {persona.pk: 0, otra.pk: 0})] == [otra.pk]


@pytest.mark.django_db
class TestDeLoQuePasaSolo:
    """Nobody writes anything: the hours go by."""

    def test_who_becomes_still_is_counted_at_their_instant(self, reloj_del_panel):
        edicion = montar()
        ahora = timezone.now()
        f.integrante(f.A, edicion, codigo="T-06", hechas=1, dias=14 - 60 / 86400)  # a minute from now
        cliente = entrar_como_la_provincia()
        for segundos in (0, 59, 61, 120):
            reloj_del_panel(ahora + datetime.timedelta(seconds=segundos))
            comprobar_lo_guardado(cliente, "/panel", "/panel/recordar")

    def test_a_reminder_rests_seven_days_to_the_second(self, reloj_del_panel):
        montar()
        ahora = timezone.now()
        avisada = Persona.objects.filter(inscripciones__hechas=2).first()
        Recordatorio.objects.create(
            persona=avisada, motivo="ayuda", hecho_el=HOY(), hecho_en=ahora - datetime.timedelta(days=7, seconds=-60)
        )
        cliente = entrar_como_la_provincia()
        for segundos in (0, 59, 60, 61, 120):
            reloj_del_panel(ahora + datetime.timedelta(seconds=segundos))
            comprobar_lo_guardado(cliente, "/panel", "/panel/recordar")


@pytest.fixture
def reloj_del_panel(monkeypatch):
    """Tell the pages what time it is."""

    def poner(instante):
        monkeypatch.setattr("seguimiento.views.comun.timezone.now", lambda: instante)

    return poner


@pytest.mark.django_db
@pytest.mark.parametrize("cuantos", [2, 30])
def test_a_page_that_is_asked_again_costs_few_statements(presupuesto, cuantos):
    gente.crear_territorio()
    f.crear_tercer_distrito()
    version = f.crear_curso()
    poblar(version, f.abrir(version), cuantos=cuantos)
    cliente = entrar_como_la_provincia()
    ayer = HOY() - datetime.timedelta(days=1)
    paginas = {"/panel": 9, f"/panel?al={ayer}": 6, "/panel/recordar": 9, "/panel/recordar?motivo=vacante": 8}
    for direccion, maximo in paginas.items():
        cache.clear()
        cliente.get("/panel/mapa")  # site settings, names of places and permissions are kept for a minute
        with presupuesto(18 + 4 * DE_UNA):
            cliente.get(direccion)
        with presupuesto(maximo):
            assert cliente.get(direccion).status_code == 200


@en_sqlite
@pytest.mark.django_db
class TestDeLosDisparadoresDeSqlite:
    """They go when a table is made again, and whoever edits the database may lose one."""

    def test_without_one_of_them_every_page_comes_from_facts_until_they_are_put_again(self):
        montar()
        cliente = entrar_como_la_provincia()
        antes = cambios.numero(f.ambito())
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER kuska_cambio_08")
        assert cambios.numero(f.ambito()) is None
        Inscripcion.objects.filter(territorio=f.A).update(hechas=1)
        comprobar(cliente)
        poner_marcas()
        assert cambios.numero(f.ambito()) not in {None, antes}  # what was written meanwhile left no mark
        comprobar(cliente)

    def test_one_of_another_edition_is_none_of_ours(self):
        montar()
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER kuska_cambio_08")
            cursor.execute(
                "CREATE TRIGGER kuska_cambio_08 AFTER UPDATE ON kuska_cursos_inscripcion WHEN 0 BEGIN SELECT 1; END"
            )
        assert cambios.numero(f.ambito()) is None
        poner_marcas()
        assert cambios.numero(f.ambito()) is not None

    def test_putting_them_where_they_are_changes_no_mark(self):
        montar()
        antes = cambios.numero(f.ambito())
        poner_marcas()
        assert cambios.numero(f.ambito()) == antes

    def test_they_are_not_there_while_migrations_change_a_table(self):
        montar()
        antes = cambios.numero(f.ambito())
        quitar_antes_de_migrar(plan=[])  # nothing to do
        assert cambios.numero(f.ambito()) == antes
        quitar_antes_de_migrar(plan=[("una", False)])
        with connection.cursor() as cursor:
            assert cambios.puestos(cursor) == {}
        poner_al_terminar()
        assert cambios.numero(f.ambito()) not in {None, antes}
