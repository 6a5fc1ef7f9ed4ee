"""Another edition of a course that somebody finished: what was finished stays, and is told."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from cursos.models import Inscripcion
from cursos.services.avance import registrar_avance
from cursos.services.inscripcion import inscribir
from tests.cursos.test_paginas_del_integrante import texto

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
DICHO = "Usted ya terminó «{}» el {}, y eso se conserva."


def test_inicio_tells_that_what_was_finished_stays(entrar, inscrita, programa):
    cliente = entrar(inscrita.persona)
    otra = programa.abrir(nombre="Segunda")
    inscribir(persona=inscrita.persona, edicion=otra, ahora=timezone.now())
    assert "Usted ya terminó" not in texto(cliente.get("/inicio")), "no había terminado nada"
    Inscripcion.objects.filter(pk=inscrita.pk).update(estado="terminada", terminada_en="2026-02-01T15:00:00Z")
    dicho = texto(cliente.get("/inicio"))
    assert DICHO.format(programa.curso.titulo, "1 de febrero de 2026") in dicho
    assert "lo que avance aquí se cuenta aparte." in dicho
    Inscripcion.objects.update(estado="terminada", terminada_en=timezone.now())
    assert "Usted ya terminó" not in texto(cliente.get("/inicio"))


def test_the_page_of_the_course_says_the_same_as_inicio(entrar, inscrita, programa):
    cliente, curso = entrar(inscrita.persona), f"/c/{programa.curso.numero}"
    inscribir(persona=inscrita.persona, edicion=programa.abrir(nombre="Segunda"), ahora=timezone.now())
    assert "Usted ya terminó" not in texto(cliente.get(curso)), "no había terminado nada"
    Inscripcion.objects.filter(pk=inscrita.pk).update(estado="terminada", terminada_en="2026-02-01T15:00:00Z")
    assert DICHO.format(programa.curso.titulo, "1 de febrero de 2026") in texto(cliente.get(curso))
    Inscripcion.objects.update(estado="terminada", terminada_en=timezone.now())
    assert "Usted ya terminó" not in texto(cliente.get(curso))


def test_who_was_half_way_when_the_first_one_closed_learns_that_the_new_one_counts_apart(entrar, inscrita, programa):
    ayer, hoy = timezone.localdate() - datetime.timedelta(days=1), timezone.now()
    registrar_avance(inscripcion=inscrita, unidad=programa.unidades[0], paso=1, ahora=hoy)
    primera = programa.edicion
    nueva = inscribir(persona=inscrita.persona, edicion=programa.abrir(nombre="Segunda"), ahora=hoy)
    cliente = entrar(inscrita.persona)
    dicho, paginas = "en la que usted avanzó terminó el", ("/inicio", f"/c/{programa.curso.numero}")
    assert all(dicho not in texto(cliente.get(pagina)) for pagina in paginas), "sigue en la primera"
    type(primera).objects.filter(pk=primera.pk).update(termina=ayer)
    for pagina in paginas:
        leido = texto(cliente.get(pagina))
        assert f"{dicho} {date_format(ayer)}. Eso está guardado." in leido, pagina
    registrar_avance(inscripcion=nueva, unidad=programa.unidades[0], paso=1, ahora=timezone.now())
    assert all(dicho not in texto(cliente.get(pagina)) for pagina in paginas), "ya empezó la nueva"
