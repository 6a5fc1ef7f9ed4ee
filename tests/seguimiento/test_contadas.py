"""Each instancia is counted again only when it changed, by questions written once: they say what the others say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.models import Membresia
from seguimiento.consultas import ayuda, cambios, contadas, distritos, matriz, quietud, recordar
from seguimiento.consultas.de_una import DeUnaInstancia
from tests.seguimiento import factories as f
from tests.seguimiento.test_panel_dibujado import entrar_como_la_provincia, montar

pytestmark = pytest.mark.django_db
AYER, HACE_UN_MES = (timezone.localdate() - datetime.timedelta(days=dias) for dias in (1, 30))
DE_AYUDA = {contadas.LOS_PUESTOS, contadas.EN_ORDEN}
PREGUNTAS = [una for una in vars(contadas).values() if isinstance(una, DeUnaInstancia)]
PREGUNTAS += contadas.LOS_LIMITES.values()


def suyas(ambito) -> contadas.DeLasInstancias:
    numeros = cambios.numeros(ambito)
    assert numeros is not None
    return contadas.DeLasInstancias(ambito, numeros)


def formas():
    """Scopes whose questions have another text, and others that only have other values."""
    de_hoy = f.ambito()
    yield from (de_hoy, de_hoy.al_dia(AYER), de_hoy.al_dia(HACE_UN_MES))
    yield replace(de_hoy, con_titular=True)
    yield replace(de_hoy, ahora=de_hoy.ahora + datetime.timedelta(days=40, hours=3))
    edicion = de_hoy.edicion
    yield replace(de_hoy, edicion=replace(edicion, con_tipos=True))
    yield replace(de_hoy, edicion=replace(edicion, termina=AYER))
    con_encuesta = replace(de_hoy)
    vars(con_encuesta)["aplicacion"] = (1, 90)
    yield con_encuesta


def test_a_question_that_was_written_once_says_what_it_says_when_it_is_written_anew():
    montar()
    f.integrante(f.A, Inscripcion.objects.first().edicion, codigo="T-05", hechas=4, dias=3)
    for ambito in formas():
        for ubigeo in (f.PROVINCIA, f.A, f.B, f.C):
            una = replace(ambito, prefijos=(ubigeo,), instancia=ubigeo)
            vars(una)["aplicacion"] = ambito.aplicacion
            for pregunta in PREGUNTAS:
                mas = {"por_ayudar": "1,2,3"} if pregunta in DE_AYUDA else {}
                assert pregunta(una, **mas) == list(pregunta.construir(una, **mas))


@pytest.mark.parametrize("al", [None, AYER, HACE_UN_MES])
def test_instancias_counted_one_by_one_add_up_to_what_all_of_them_say_at_once(al):
    edicion = montar()
    en_dos = Membresia.objects.filter(asiento__instancia__territorio=f.A, hasta=None).first().persona
    Membresia.objects.create(persona=en_dos, asiento=f.crear_asiento(f.B, "T-07"), calidad="titular", desde=HACE_UN_MES)
    f.integrante(f.A, edicion, codigo="T-06", hechas=1, dias=14 - 60 / 86400)  # still in a minute
    ambito = f.ambito() if al is None else f.ambito().al_dia(al)
    for _vez in ("from facts", "from what was kept"):
        una_por_una = suyas(ambito)
        instancias = una_por_una.instancias()
        assert instancias == distritos.instancias(ambito)
        assert una_por_una.totales(instancias) == distritos.totales(ambito, instancias)
        por_ayudar = una_por_una.por_ayudar()
        assert por_ayudar == ayuda.personas_por_ayudar(ambito)
        assert una_por_una.puestos() == matriz.puestos(ambito, por_ayudar=por_ayudar)
    if al is None:
        assert una_por_una.se_aquietan() == [uno for uno in quietud.se_aquietan(ambito) if uno >= ambito.ahora]
        juntas = contadas.juntar(una_por_una.en_espera())
        de_hechos = recordar.personas(ambito, por_ayudar=por_ayudar)
        assert juntas.claves == list(de_hechos.values_list("orden", "espera", "pk"))
        assert [pk for *_orden, pk in juntas.sillas] == list(recordar.vacantes(ambito).values_list("pk", flat=True))


def contadas_al_pedir(cliente, direccion) -> list[str]:
    with patch("seguimiento.consultas.contadas.contar", wraps=contadas.contar) as contar:
        assert cliente.get(direccion).status_code == 200
    return sorted(llamada.args[0].instancia for llamada in contar.call_args_list)


@pytest.mark.parametrize("direccion", ["/panel", "/panel/recordar", "/panel/mapa", "/panel/metas"])
def test_what_one_person_does_counts_their_instancia_again_and_no_other(direccion):
    montar()
    otra = f.crear_asiento(f.C, "T-08")
    cliente = entrar_como_la_provincia()
    assert contadas_al_pedir(cliente, direccion) == [f.PROVINCIA, f.A, f.B, f.C]
    assert contadas_al_pedir(cliente, direccion) == []
    Inscripcion.objects.filter(territorio=f.A).update(hechas=2)
    assert contadas_al_pedir(cliente, direccion) == [f.A]
    Membresia.objects.create(
        persona=Membresia.objects.filter(asiento__instancia__territorio=f.B, hasta=None).first().persona,
        asiento=otra,
        calidad="titular",
        desde=timezone.localdate(),
    )
    assert contadas_al_pedir(cliente, direccion) == [f.B, f.C]


def test_a_district_uses_what_the_province_counted():
    montar()
    cliente = entrar_como_la_provincia()
    cliente.get("/panel")
    assert contadas_al_pedir(cliente, f"/panel/distrito/{f.A}") == []
