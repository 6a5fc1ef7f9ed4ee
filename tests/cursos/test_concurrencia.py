"""Two phones, two workers and a publisher at the same time, with real connections on both engines."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cursos.models import Avance, Inscripcion, Unidad
from cursos.services.avance import registrar_avance, terminar_unidad
from cursos.services.inscripcion import inscribir_en_lote
from cursos.services.prorrogas import dar_prorroga_a_territorio
from cursos.services.versiones import decidir, version_por_decidir
from cursos.signals import curso_terminado
from tests import gente
from tests.cursos.factories import Programa, crear_leccion
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.django_db(transaction=True)


def a_la_vez(*actos):
    """Run each act in a thread with its own connection, all from the same instant. Returns what they raised."""
    salida, errores = threading.Barrier(len(actos)), []

    def correr(acto):
        try:
            salida.wait(PACIENCIA)
            acto()
        except Exception as error:  # noqa: BLE001
            errores.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=[acto]) for acto in actos]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(PACIENCIA)
    return errores


@pytest.fixture
def terminados():
    ids = []

    def oir(inscripcion_id, **kwargs):
        ids.append(inscripcion_id)

    curso_terminado.connect(oir)
    yield ids
    curso_terminado.disconnect(oir)


def test_two_units_finished_at_once_are_both_counted(territorio, integrante, terminados):
    programa = Programa(lecciones=8)
    inscripcion = programa.inscribir(integrante)

    def acto(unidad):
        return lambda: terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())

    assert a_la_vez(*[acto(unidad) for unidad in programa.unidades]) == []
    inscripcion.refresh_from_db()
    assert (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado) == (8, 8, Inscripcion.Estado.TERMINADA)
    assert terminados == [inscripcion.pk]


def test_the_same_step_sent_by_two_phones_counts_once(territorio, integrante):
    programa = Programa(lecciones=1, pasos=3)
    inscripcion, unidad = programa.inscribir(integrante), programa.unidades[0]

    def acto():
        registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=1, ahora=timezone.now())

    assert a_la_vez(*[acto] * 6) == []
    assert Avance.objects.get().paso == 1


def test_what_is_done_while_people_are_moved_is_counted(territorio, integrante):
    programa = Programa(lecciones=4)
    inscripcion = programa.inscribir(integrante)
    primera, *resto = programa.unidades
    terminar_unidad(inscripcion=inscripcion, unidad=primera, ahora=timezone.now())
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    actos = [
        lambda unidad=unidad: terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
        for unidad in resto
    ]
    actos.append(lambda: decidir(version=version, trato="pedir_lo_nuevo", ahora=timezone.now(), por=None))
    assert a_la_vez(*actos) == []
    inscripcion.refresh_from_db()
    if inscripcion.estado == Inscripcion.Estado.TERMINADA:  # finished before being moved: stays finished
        assert inscripcion.hechas == inscripcion.requeridas
    else:
        assert (inscripcion.hechas, inscripcion.requeridas) == (4, 5)


def test_two_batches_at_once_enrol_each_person_once(territorio, integrante, integrante_de_b):
    edicion = Programa(lecciones=1).abrir()
    nuevas: list[int] = []

    def acto():
        nuevas.append(inscribir_en_lote(edicion=edicion, ahora=timezone.now()))

    assert a_la_vez(*[acto] * 3) == []
    assert Inscripcion.objects.count() == sum(nuevas) == 2


def test_two_lessons_published_at_once_get_different_numbers(territorio):
    programa = Programa(lecciones=1)
    from cursos.services.publicacion import sincronizar_curso

    def acto():
        programa_pagina = type(programa.pagina).objects.get(pk=programa.pagina.pk)
        sincronizar_curso(pagina=programa_pagina, ahora=timezone.now())

    Unidad.objects.filter(curso=programa.curso).update(pagina=None, pagina_recordada=None)
    assert a_la_vez(*[acto] * 4) == []
    numeros = list(Unidad.objects.filter(curso=programa.curso).values_list("numero", flat=True))
    assert len(numeros) == len(set(numeros)) == 2


def test_who_enrols_while_the_district_is_given_more_days_has_them_too(territorio, integrante):
    programa = Programa()
    hoy = timezone.localdate()
    edicion = programa.abrir(termina=hoy)
    mas = hoy + datetime.timedelta(days=7)
    dado, inscrita = threading.Event(), threading.Event()
    datos = {"territorio": gente.DISTRITO_A, "hasta": mas, "motivo": "Lluvias", "por": None, "ahora": timezone.now()}

    def dar():
        with transaction.atomic():
            dar_prorroga_a_territorio(edicion=edicion, **datos)
            dado.set()
            inscrita.wait(1)  # the other is past it, or waits for what is not written yet

    def inscribir():
        dado.wait(PACIENCIA)
        programa.inscribir(integrante)
        inscrita.set()

    assert a_la_vez(dar, inscribir) == []
    assert Inscripcion.objects.get().hasta == mas


def test_who_enrols_waits_for_nobody_of_the_same_place(territorio, integrante):
    """Where rows are held one by one: another act holds the row of a neighbour, and the enrolment ends meanwhile."""
    programa = Programa()
    hoy = timezone.localdate()
    edicion = programa.abrir(termina=hoy)
    programa.inscribir(integrante)
    mas = hoy + datetime.timedelta(days=7)
    datos = {"territorio": gente.DISTRITO_A, "hasta": mas, "motivo": "Lluvias", "por": None, "ahora": timezone.now()}
    dar_prorroga_a_territorio(edicion=edicion, **datos)
    nueva = gente.crear_integrante("40000055", "Nora", "Paz")
    tomada, inscrita, espero = threading.Event(), threading.Event(), []

    def sostener():
        with transaction.atomic():
            list(Inscripcion.objects.select_for_update().filter(persona=integrante))
            tomada.set()
            espero.append(not inscrita.wait(PACIENCIA if connection.vendor == "postgresql" else 0))

    def inscribir():
        tomada.wait(PACIENCIA)
        programa.inscribir(nueva)
        inscrita.set()

    assert a_la_vez(sostener, inscribir) == []
    assert Inscripcion.objects.filter(hasta=mas).count() == 2
    assert connection.vendor != "postgresql" or espero == [False]
