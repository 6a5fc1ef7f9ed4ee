"""What is read by ``marco.lectores`` is what Django's own readers read: the same objects, joined in the same way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_init
from django.utils import timezone

from cursos.consultas import acceso
from cursos.models import Avance, Inscripcion
from evaluaciones.consultas.situacion import lo_intentado
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import por_decir
from evaluaciones.services.intentos import intento_tomado
from instancias.models import Persona
from marco import lectores
from marco.preparadas import Preparada
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, ver_lecciones

pytestmark = pytest.mark.django_db


@pytest.fixture
def intento(integrante) -> Intento:
    programa = ProgramaConEvaluacion()
    ver_lecciones(programa.inscribir(integrante))
    return empezar(integrante, programa.unidad_evaluada)


def entero(objeto: Any, vistos: tuple[int, ...] = ()) -> Any:
    """All that an object carries, with those that it joins."""
    if not isinstance(objeto, Model) or id(objeto) in vistos:
        return objeto
    estado, otros = objeto._state, (*vistos, id(objeto))
    lleva = {nombre: entero(valor, otros) for nombre, valor in vars(objeto).items() if nombre != "_state"}
    juntos = {nombre: entero(otro, otros) for nombre, otro in estado.fields_cache.items()}
    return type(objeto), lleva, juntos, estado.db, estado.adding


@contextmanager
def que_lee_django(monkeypatch: Any) -> Iterator[None]:
    with monkeypatch.context() as otro:
        otro.setattr("marco.preparadas._Texto._lector", lambda *_de_que: None)
        yield


def de_siempre_y_ahora(monkeypatch: Any, una: Preparada, **valores: Any) -> tuple[list[Any], list[Any]]:
    with que_lee_django(monkeypatch):
        antes = una(**valores)
    return [*map(entero, antes)], [*map(entero, una(**valores))]


def test_an_enrolment_with_all_that_it_joins(monkeypatch, intento):
    lugar = {
        "persona": intento.inscripcion.persona_id,
        "curso": intento.unidad.curso.numero,
        "unidad": intento.unidad.numero,
        "hoy": timezone.localdate(),
    }
    for ademas in (None, lo_intentado):
        antes, ahora = de_siempre_y_ahora(monkeypatch, acceso.inscripcion_a_la_unidad, **lugar, ademas=ademas)
        assert ahora == antes and len(ahora) == 1
    suyo = Avance.objects.filter(inscripcion=intento.inscripcion).values_list("unidad__numero", flat=True)[0]
    antes, ahora = de_siempre_y_ahora(
        monkeypatch, acceso.inscripcion_a_la_unidad, **lugar | {"unidad": suyo}, ademas=None
    )
    assert ahora == antes and ahora[0][1]["su_avance"] is not None


def test_an_attempt_with_its_form_and_what_is_told_of_it(monkeypatch, intento):
    valores = {"persona": intento.inscripcion.persona_id, "clave": intento.clave, "curso": None, "unidad": None}
    for ademas in (None, por_decir):
        antes, ahora = de_siempre_y_ahora(monkeypatch, intento_tomado, **valores, ademas=ademas)
        assert ahora == antes and len(ahora) == 1


def _todas(**_que: Any) -> Any:
    return Inscripcion.objects.select_related("persona__cuenta", "unidad_actual")


def _a_medias(**_que: Any) -> Any:
    return Inscripcion.objects.select_related("persona").only("estado", "persona__nombres")


def _en_filas(**_que: Any) -> Any:
    return Inscripcion.objects.values_list("estado", "creada_en", "hasta")


def _sueltas(**_que: Any) -> Any:
    return Inscripcion.objects.values_list("creada_en", flat=True)


def _con_nombres(**_que: Any) -> Any:
    return Inscripcion.objects.values("estado", "creada_en", "persona__nombres")


def _nadie(**_que: Any) -> Any:
    return Respuesta.objects.filter(secuencia=32_000).select_related("intento")


@pytest.mark.parametrize("construir", [_todas, _a_medias, _en_filas, _sueltas, _con_nombres, _nadie])
def test_any_way_of_asking(monkeypatch, intento, construir):
    antes, ahora = de_siempre_y_ahora(monkeypatch, Preparada(construir, se_anota=False))
    assert ahora == antes


def test_what_somebody_waits_for_happens(integrante):
    hechas: list[Persona] = []

    def apuntar(instance: Persona, **_lo_demas: Any) -> None:
        hechas.append(instance)

    post_init.connect(apuntar, sender=Persona)
    try:
        [leida] = Preparada(lambda: Persona.objects.filter(pk=integrante.pk), se_anota=False)()
    finally:
        post_init.disconnect(apuntar, sender=Persona)
    assert hechas == [leida]


@pytest.mark.un_motor
def test_a_model_that_does_something_when_it_is_made_is_made_by_django():
    columnas = [campo.attname for campo in Persona._meta.concrete_fields]
    assert lectores._es_sencillo(Persona, columnas)
    assert not lectores._es_sencillo(Persona, columnas[1:])
    assert not lectores._es_sencillo(Persona, columnas[::-1])

    class Atenta(Persona):
        class Meta:
            proxy = True
            app_label = "kuska_instancias"
            managed = False

        def __init__(self, *lo_suyo: Any, **otros: Any) -> None:
            super().__init__(*lo_suyo, **otros)
            self.hecha_en = datetime.datetime.min

    try:
        assert not lectores._es_sencillo(Atenta, columnas)
    finally:
        Persona._meta.apps.all_models["kuska_instancias"].pop("atenta")
        Persona._meta.apps.clear_cache()
