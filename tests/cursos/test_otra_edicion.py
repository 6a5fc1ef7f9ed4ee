"""Another edition of a course that somebody finished: what was finished stays, and is told."""

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
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
