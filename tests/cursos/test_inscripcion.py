import datetime

import pytest
from django.utils import timezone

from cursos.errores import CursoError
from cursos.models import Edicion, Inscripcion
from cursos.services import inscripcion
from cursos.services.inscripcion import inscribir, inscribir_a_nuevos, inscribir_en_lote, retirar_inscripcion
from instancias.models import Asiento, Membresia, Persona
from instancias.signals import membresias_creadas
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db

AYER = datetime.date(2026, 1, 1)


@pytest.fixture
@hecho_una_vez
def edicion(programa):
    return programa.abrir()


def sentar(cuantas, *, ubigeo=gente.DISTRITO_A, desde=0):
    """Many people on as many seats of a district."""
    asiento = gente.crear_asiento(ubigeo)
    Persona.objects.bulk_create(
        Persona(documento=f"6{n:07}", nombres="Ana", apellidos="Ríos") for n in range(desde, desde + cuantas)
    )
    asientos = Asiento.objects.bulk_create(
        Asiento(instancia=asiento.instancia, tipo=asiento.tipo, numero=n + 2) for n in range(desde, desde + cuantas)
    )
    personas = Persona.objects.filter(documento__startswith="6").order_by("-pk")[:cuantas]
    return Membresia.objects.bulk_create(
        Membresia(persona=persona, asiento=lugar, calidad="titular", desde=AYER)
        for persona, lugar in zip(personas, asientos, strict=True)
    )


def test_enrolling_keeps_the_district_and_the_version(edicion, programa, integrante):
    inscripcion = inscribir(persona=integrante, edicion=edicion, ahora=timezone.now())
    assert inscripcion.territorio_id == gente.DISTRITO_A
    assert (inscripcion.version, inscripcion.requeridas) == (programa.vigente, 3)
    assert inscripcion.estado == Inscripcion.Estado.POR_EMPEZAR


def test_enrolling_twice_returns_the_first(edicion, integrante):
    primera = inscribir(persona=integrante, edicion=edicion, ahora=timezone.now())
    assert inscribir(persona=integrante, edicion=edicion, ahora=timezone.now()) == primera
    assert inscribir_en_lote(edicion=edicion, ahora=timezone.now()) == 0
    assert Inscripcion.objects.count() == 1


def test_a_seat_of_the_province_keeps_the_province(edicion):
    membresia = Membresia.objects.create(
        persona=Persona.objects.create(documento="41000000", nombres="Luz", apellidos="Paz"),
        asiento=gente.crear_asiento(gente.PROVINCIA),
        calidad="titular",
        desde=AYER,
    )
    assert inscribir(persona=membresia.persona, edicion=edicion, ahora=timezone.now()).territorio_id == gente.PROVINCIA


def test_coming_back_takes_up_the_same_enrolment(edicion, integrante):
    primera = inscribir(persona=integrante, edicion=edicion, ahora=timezone.now())
    retirar_inscripcion(inscripcion=primera, ahora=timezone.now())
    assert not Inscripcion.objects.activas().exists()
    assert inscribir(persona=integrante, edicion=edicion, ahora=timezone.now()) == primera
    assert Inscripcion.objects.activas().exists()


@pytest.mark.parametrize(
    ("codigo", "estropear"),
    [
        ("edicion_cerrada", lambda edicion, persona: Edicion.objects.update(abierta=False)),
        ("edicion_cerrada", lambda edicion, persona: Edicion.objects.update(termina=datetime.date(2026, 11, 4))),
        ("sin_asiento", lambda edicion, persona: Membresia.objects.update(hasta=AYER)),
        ("fuera_de_edicion", lambda edicion, persona: edicion.territorios.set([gente.DISTRITO_B])),
        (
            "fuera_de_edicion",
            lambda edicion, persona: edicion.tipos_de_asiento.set([gente.crear_asiento(gente.PROVINCIA).tipo]),
        ),
    ],
)
def test_who_does_not_fit_is_told_why(edicion, integrante, codigo, estropear, time_machine_o_hoy):
    estropear(edicion, integrante)
    with pytest.raises(CursoError) as error:
        inscribir(persona=integrante, edicion=edicion, ahora=time_machine_o_hoy)
    assert error.value.codigo == codigo
    assert not Inscripcion.objects.exists()


@pytest.fixture
def time_machine_o_hoy():
    return datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)


def test_a_course_that_is_not_published_takes_nobody(edicion, programa, integrante):
    programa.pagina.unpublish()
    edicion.refresh_from_db()
    with pytest.raises(CursoError) as error:
        inscribir(persona=integrante, edicion=edicion, ahora=timezone.now())
    assert error.value.codigo == "curso_sin_publicar"


def test_a_batch_enrols_those_of_the_territory_and_seats(edicion, integrante, integrante_de_b):
    edicion.territorios.set([gente.DISTRITO_B])
    assert inscribir_en_lote(edicion=edicion, ahora=timezone.now()) == 1
    assert Inscripcion.objects.get().persona == integrante_de_b


def test_a_person_with_two_seats_is_enrolled_once_by_the_one_held_as_titular(edicion, integrante):
    alterno = gente.crear_asiento(gente.DISTRITO_B, orden=9, corto="Ronda")
    Membresia.objects.create(persona=integrante, asiento=alterno, calidad="alterno", desde=AYER)
    assert inscribir_en_lote(edicion=edicion, ahora=timezone.now()) == 1
    assert Inscripcion.objects.get().territorio_id == gente.DISTRITO_A


def test_inactive_people_and_old_seats_are_left_out(edicion, integrante, integrante_de_b):
    Persona.objects.filter(pk=integrante.pk).update(activa=False)
    Membresia.objects.filter(persona=integrante_de_b).update(hasta=AYER)
    assert inscribir_en_lote(edicion=edicion, ahora=timezone.now()) == 0


@pytest.mark.parametrize("acto", ["a batch", "seats just taken"])
def test_what_another_act_enrolled_first_is_not_counted_as_new(edicion, integrante, integrante_de_b, monkeypatch, acto):
    """Between looking at who lacks it and writing, a person comes in and is enrolled."""
    de_siempre = inscripcion.crear

    def gana_otro(*que, **como):
        with monkeypatch.context() as del_otro:
            del_otro.setattr(inscripcion, "crear", de_siempre)
            inscribir(persona=integrante, edicion=edicion, ahora=timezone.now())
        return de_siempre(*que, **como)

    monkeypatch.setattr(inscripcion, "crear", gana_otro)
    if acto == "a batch":
        nuevas = inscribir_en_lote(edicion=edicion, ahora=timezone.now())
    else:
        nuevas = inscribir_a_nuevos(membresias=Membresia.objects.values_list("pk", flat=True), ahora=timezone.now())
    assert (nuevas, Inscripcion.objects.count()) == (1, 2)


def test_a_thousand_people_cost_at_most_twenty_statements(edicion, presupuesto):
    sentar(1000)
    with presupuesto(20):
        assert inscribir_en_lote(edicion=edicion, ahora=timezone.now()) == 1000


def test_taking_a_seat_enrols_in_every_open_edition(programa, edicion, integrante, presupuesto):
    programa.abrir(nombre="Solo B", territorio=gente.DISTRITO_B)
    programa.abrir(nombre="Cerrada", abierta=False)
    programa.abrir(nombre="Después", inicia=datetime.date(2027, 1, 5))
    membresias = sentar(200)
    with presupuesto(20):
        nuevas = inscribir_a_nuevos(membresias=[uno.pk for uno in membresias], ahora=timezone.now())
    assert nuevas == 400
    assert set(Inscripcion.objects.values_list("edicion__nombre", flat=True)) == {"Noviembre", "Después"}
    assert inscribir_a_nuevos(membresias=[uno.pk for uno in membresias], ahora=timezone.now()) == 0


def test_the_room_below_only_has_to_say_who_took_a_seat(edicion, integrante):
    membresia = integrante.membresias.get()
    membresias_creadas.send(sender=Membresia, ids=[membresia.pk])
    assert Inscripcion.objects.get().persona == integrante
