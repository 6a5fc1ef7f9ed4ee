"""Whom to remind, in which order and why; and «Ya avisé», which hides a row for seven days."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from cursos.models import Unidad
from instancias.politica import AlcanceEfectivo
from seguimiento import mensajes
from seguimiento.consultas import ayuda, recordar
from seguimiento.models import Recordatorio
from seguimiento.services.recordatorios import RecordatorioError, anotar_recordatorio
from tests.seguimiento import factories as f
from tests.seguimiento import voces as v

pytestmark = pytest.mark.django_db

PROVINCIAL = AlcanceEfectivo((f.PROVINCIA,))


def pendientes(ambito=None) -> list[tuple[str, str]]:
    ambito = ambito or f.ambito()
    filas = recordar.filas(recordar.personas(ambito, por_ayudar=ayuda.personas_por_ayudar(ambito)))
    return [(fila.motivo, fila.nombres) for fila in filas]


def avisar(persona, motivo="detenido", *, por=None, ahora=None, **campos):
    datos = {"persona": persona.pk if persona else None, "motivo": motivo, "alcance": PROVINCIAL, **campos}
    anotar_recordatorio(por=por, ahora=ahora or timezone.now(), **datos)


class TestMotivos:
    def test_the_order_is_help_evaluation_stopped_and_never_entered(self, version, edicion):
        f.integrante(f.A, edicion, codigo="T-01", nombres="Nunca", creada=8)
        f.integrante(f.A, edicion, codigo="T-02", nombres="Detenida", hechas=1, dias=15)
        f.integrante(f.A, edicion, codigo="T-03", nombres="Casi", hechas=3, dias=1)
        pide = f.integrante(f.A, edicion, codigo="T-04", nombres="Ayuda", hechas=3, dias=1)
        for _vez in range(2):
            f.intentar(pide, version, aprobado=False)
        f.integrante(f.A, edicion, codigo="T-05", nombres="Terminó", hechas=4, dias=90)
        f.integrante(f.A, edicion, codigo="T-06", nombres="Al día", hechas=1, dias=2)
        f.integrante(f.A, edicion, codigo="T-07", nombres="Nueva", creada=6)
        assert pendientes() == [
            ("ayuda", "Ayuda"),
            ("solo_evaluacion", "Casi"),
            ("detenido", "Detenida"),
            ("no_entro", "Nunca"),
        ]

    def test_among_equals_who_has_waited_longest_comes_first(self, edicion):
        for codigo, dias in (("T-01", 16), ("T-02", 30), ("T-03", 20)):
            f.integrante(f.A, edicion, codigo=codigo, nombres=f"Hace {dias}", hechas=1, dias=dias)
        assert [nombre for _motivo, nombre in pendientes()] == ["Hace 30", "Hace 20", "Hace 16"]

    def test_somebody_at_two_tables_is_one_row(self, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        f.sentar(f.crear_asiento(f.B), persona=persona)
        assert len(pendientes()) == 1

    def test_who_entered_but_did_nothing_is_stopped_after_fourteen_days(self, edicion):
        persona = f.integrante(f.A, edicion, creada=15)
        persona.ultimo_ingreso_en = f.hace(10)
        persona.save()
        assert pendientes() == [("detenido", "Ana")]

    def test_vacant_seats_follow_apart(self, edicion):
        f.crear_asiento(f.A, "T-01")
        f.integrante(f.A, edicion, codigo="T-02")
        assert [asiento.tipo.codigo for asiento in recordar.vacantes(f.ambito())] == ["DT-01"]


class TestAyuda:
    def test_two_failed_evaluations_ask_for_help_and_one_does_not(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=3)
        f.intentar(persona, version, aprobado=False)
        assert ayuda.personas_por_ayudar(f.ambito()) == []
        f.intentar(persona, version, aprobado=False)
        assert ayuda.personas_por_ayudar(f.ambito()) == [persona.pk]

    def test_completing_the_evaluation_afterwards_closes_it(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=3)
        for _vez in range(2):
            f.intentar(persona, version, aprobado=False)
        inscripcion = persona.inscripciones.get()
        evaluacion = version.filas.last().unidad
        inscripcion.avances.create(unidad=evaluacion, estado="terminada", iniciado_en=f.hace(1), terminado_en=f.hace(1))
        assert ayuda.personas_por_ayudar(f.ambito()) == []

    def test_the_same_question_missed_four_times_asks_for_help(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=3)
        evaluacion = version.filas.last().unidad
        evaluacion.variante = "practica"  # what is not graded passes: only the question tells
        evaluacion.save()
        pregunta, otra = f.crear_pregunta(version), f.crear_pregunta(version, "¿Y ahora?")
        for dias in (9, 8, 7):
            f.intentar(persona, version, aprobado=True, pregunta=pregunta, elegida=1, dias=dias)
        f.intentar(persona, version, aprobado=True, pregunta=otra, elegida=1, dias=6)
        assert ayuda.personas_por_ayudar(f.ambito()) == []
        f.intentar(persona, version, aprobado=True, pregunta=pregunta, elegida=2, dias=5)
        assert ayuda.personas_por_ayudar(f.ambito()) == [persona.pk]

    def test_a_right_answer_afterwards_closes_it(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=3)
        pregunta = f.crear_pregunta(version)
        evaluacion = version.filas.last().unidad
        evaluacion.variante = "practica"
        evaluacion.save()
        for dias in (9, 8, 7, 6):
            f.intentar(persona, version, aprobado=True, pregunta=pregunta, elegida=1, dias=dias)
        f.intentar(persona, version, aprobado=True, pregunta=pregunta, elegida=0, dias=5)
        assert ayuda.personas_por_ayudar(f.ambito()) == []

    @pytest.mark.parametrize("variante", ["entrada", "encuesta"])
    def test_what_is_asked_before_or_for_an_opinion_is_no_difficulty(self, version, edicion, variante):
        persona = f.integrante(f.A, edicion, hechas=3)
        evaluacion = version.filas.last().unidad
        evaluacion.variante = variante
        evaluacion.save()
        pregunta = f.crear_pregunta(version)
        for dias in (9, 8, 7, 6):
            f.intentar(persona, version, aprobado=True, pregunta=pregunta, elegida=1, dias=dias)
        assert ayuda.personas_por_ayudar(f.ambito()) == []

    def test_whoever_finished_needs_no_help(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=4)
        for _vez in range(2):
            f.intentar(persona, version, aprobado=False)
        assert ayuda.personas_por_ayudar(f.ambito()) == []


class TestYaAvise:
    def test_the_row_hides_for_seven_days_and_comes_back(self, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        avisar(persona, ahora=f.hace(6.9))
        assert pendientes() == []
        Recordatorio.objects.all().delete()
        avisar(persona, ahora=f.hace(7.1))
        assert pendientes() == [("detenido", "Ana")]

    def test_saying_it_twice_on_a_day_is_saying_it_once(self, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        ahora = timezone.localtime().replace(hour=9)
        avisar(persona, ahora=ahora)
        avisar(persona, ahora=ahora + datetime.timedelta(hours=2))
        assert Recordatorio.objects.count() == 1
        avisar(persona, ahora=ahora + datetime.timedelta(days=1))
        assert Recordatorio.objects.count() == 2

    def test_the_day_is_the_day_in_lima(self, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        de_noche = datetime.datetime(2026, 11, 24, 2, 0, tzinfo=datetime.UTC)
        avisar(persona, ahora=de_noche)
        assert Recordatorio.objects.get().hecho_el == datetime.date(2026, 11, 23)

    def test_a_new_need_of_help_comes_back_at_once(self, version, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        avisar(persona)
        assert pendientes() == []
        for _vez in range(2):
            f.intentar(persona, version, aprobado=False)
        assert pendientes() == [("ayuda", "Ana")]
        avisar(persona, "ayuda")
        assert pendientes() == []

    def test_the_last_reminder_is_told_when_the_row_comes_back(self, edicion):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        avisar(persona, ahora=f.hace(9))
        ambito = f.ambito()
        fila = recordar.filas(recordar.personas(ambito, por_ayudar=[]))[0]
        assert (timezone.now() - fila.avisado_en).days == 9

    def test_a_vacant_seat_hides_too(self, edicion):
        asiento = f.crear_asiento(f.A)
        avisar(None, "vacante", asiento=asiento.pk)
        avisar(None, "vacante", asiento=asiento.pk)
        assert Recordatorio.objects.count() == 1
        assert not recordar.vacantes(f.ambito()).exists()

    @pytest.mark.parametrize(
        ("campos", "codigo"),
        [
            ({"motivo": "otro"}, "motivo_desconocido"),
            ({"motivo": "vacante"}, "motivo_desconocido"),
            ({"asiento": 1}, "motivo_desconocido"),
            ({"alcance": AlcanceEfectivo((f.B,))}, "no_encontrado"),
            ({"alcance": AlcanceEfectivo(())}, "no_encontrado"),
        ],
    )
    def test_what_does_not_add_up_is_refused(self, edicion, campos, codigo):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        with pytest.raises(RecordatorioError) as error:
            avisar(persona, **{"motivo": "detenido", **campos})
        assert error.value.codigo == codigo
        assert not Recordatorio.objects.exists()

    def test_a_race_leaves_one_line(self, edicion, monkeypatch):
        """Both looked before either wrote: the constraint decides."""
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        avisar(persona)
        buscar, veces = QuerySet.get, []

        def llegar_tarde(self, *args, **kwargs):
            if self.model is Recordatorio and not veces:
                veces.append(1)
                raise Recordatorio.DoesNotExist
            return buscar(self, *args, **kwargs)

        monkeypatch.setattr(QuerySet, "get", llegar_tarde)
        avisar(persona)
        assert veces
        assert Recordatorio.objects.count() == 1
        assert ModelLogEntry.objects.filter(action="seguimiento.ya_avise").count() == 1


def test_who_finished_months_ago_is_asked_what_they_applied_for_a_while(version, edicion, cem_provincial):
    """Its own reason, last among people; not before its day, nor two months after it, nor once it was sent."""
    a_tiempo, enviada, temprano, tarde = (
        f.integrante(f.A, edicion, numero=numero, hechas=4, dias=dias)
        for numero, dias in enumerate((95, 95, 80, 160), 1)
    )
    sigue = f.integrante(f.A, edicion, numero=5, hechas=1, dias=20)
    preguntas = v.crear_encuesta(version, variante="aplicacion")
    Unidad.objects.filter(pk=preguntas[0].evaluacion_id).update(pagina=Page.objects.first())
    v.responder(enviada.inscripciones.get(), preguntas, ["mucho"], cuando=f.hace(1))
    gente = recordar.filas(recordar.personas(f.ambito(), por_ayudar=[]))
    assert [(fila.id, fila.motivo) for fila in gente] == [(sigue.pk, "detenido"), (a_tiempo.pk, "aplicacion")]
    assert {temprano.pk, tarde.pk}.isdisjoint(fila.id for fila in gente)
    assert "qué pudo aplicar" in mensajes.motivo_en_palabras("aplicacion", gente[1])
    type(edicion).objects.update(termina=timezone.localdate() - timezone.timedelta(days=1))
    assert [fila.id for fila in recordar.filas(recordar.personas(f.ambito(), por_ayudar=[]))] == [a_tiempo.pk]
