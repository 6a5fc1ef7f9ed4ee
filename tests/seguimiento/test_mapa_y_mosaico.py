"""What is drawn: the outlines of the map, the sparkline of the weeks, the mosaic of a province."""

from __future__ import annotations

import datetime

import pytest

from instancias.models import Territorio
from seguimiento import chispa, mapa, mosaico
from seguimiento.consultas import actividad, distritos
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_paginas import texto_de

CUADRADO = [[[-76.0, -9.0], [-75.9, -9.0], [-75.9, -9.1], [-76.0, -9.1], [-76.0, -9.0]]]


@pytest.fixture
@hecho_una_vez
def cliente(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.mark.un_motor
@pytest.mark.django_db
class TestMapa:
    def test_the_map_links_each_district_and_credits_its_source(self, edicion, cliente):
        Territorio.objects.filter(pk=f.A).update(contorno=CUADRADO)
        f.integrante(f.A, edicion, hechas=4)
        respuesta = cliente.get("/panel/mapa")
        pagina = respuesta.content.decode()
        assert f'<a href="/panel/distrito/{f.A}" aria-label="Rupa-Rupa: 1 de 1 terminaron">' in pagina
        assert "Límites: INEI, IDE-INEI (2023), CC BY 4.0. Simplificados" in pagina
        assert 'class="k-tabla"' in pagina

    def test_without_outlines_the_numbers_remain(self, edicion, cliente):
        f.integrante(f.A, edicion, hechas=4)
        visto = texto_de(cliente.get("/panel/mapa"))
        assert "Todavía no hay límites cargados" in visto
        assert "1 de 1" in visto


def test_outlines_keep_north_up_and_letters_inside():
    trazado = mapa.trazar({"norte": CUADRADO, "sur": [[[x, y - 0.2] for x, y in CUADRADO[0]]], "sin": []})
    norte, sur = trazado.trazos
    assert norte.y < sur.y
    assert trazado.alto == 1000
    assert 300 < trazado.ancho < 400  # 0.1 by 0.3 degrees, narrower by the cosine of the latitude
    assert all(0 < trazo.x < trazado.ancho for trazo in trazado.trazos)


def test_letters_of_a_c_shape_stay_inside_it():
    ce = [[0, 0], [9, 0], [9, 2], [2, 2], [2, 7], [9, 7], [9, 9], [0, 9], [0, 0]]
    x, y = mapa._interior(ce)
    assert mapa._distancia((x, y), ce) > 0


@pytest.mark.parametrize(
    ("semanas", "palabras"),
    [
        ([0] * 12, "sin actividad en 12 semanas"),
        ([2, 9, *[5] * 10], "de 2 a 9 por semana"),
        ([3] * 12, "3 por semana"),
    ],
)
def test_a_sparkline_is_small_and_said_in_words(semanas, palabras):
    assert chispa.contar(semanas) == palabras
    assert len(chispa.dibujar([n * 1000 for n in semanas]).encode()) <= 400


def instancia(ubigeo: str, fila: int | None = None, columna: int | None = None, **campos) -> distritos.Instancia:
    nivel = "provincia" if len(ubigeo) == 4 else "distrito"
    datos = {"existe": True, "atendida_por": "", "meta": None, "convocada": True, **campos}
    return distritos.Instancia(ubigeo, ubigeo, "", "", nivel, fila, columna, **datos)


@pytest.mark.un_motor
class TestMosaico:
    LUGARES = ((3, 1), (5, 3), (4, 3), (2, 1), (4, 2), (5, 2), (1, 1), (4, 1), (3, 2), (2, 2))

    def test_the_province_of_the_pilot_lies_as_drawn(self):
        instancias = [instancia("1006"), *(instancia(f"1006{n:02}", *lugar) for n, lugar in enumerate(self.LUGARES, 1))]
        teselas = mosaico.armar(instancias)
        clases = {tesela.instancia.ubigeo if tesela.instancia else tesela.papel: tesela.clases for tesela in teselas}
        assert clases["1006"] == "k-mosaico__celda--f1c2 k-mosaico__celda--ancha"
        assert clases["100604"] == "k-mosaico__celda--f2c1"
        assert clases["leyenda"] == "k-mosaico__celda--f2c3 k-mosaico__celda--alta"
        assert clases["total"] == "k-mosaico__celda--f5c1"
        orden = [tesela.instancia.ubigeo for tesela in teselas if tesela.instancia]
        assert orden[:4] == ["1006", "100607", "100604", "100610"]

    def test_part_of_a_province_moves_to_the_corner(self):
        teselas = mosaico.armar([instancia("100605", 4, 2), instancia("100606", 5, 2)])
        assert [tesela.clases for tesela in teselas[:2]] == ["k-mosaico__celda--f1c1", "k-mosaico__celda--f2c1"]

    def test_without_places_the_tiles_flow(self):
        teselas = mosaico.armar([instancia("2001"), instancia("200101"), instancia("200102")])
        assert [tesela.clases for tesela in teselas] == [
            "k-mosaico__celda--ancha",
            "",
            "",
            "k-mosaico__celda--alta",
            "",
        ]


def test_weeks_end_tonight_in_lima():
    ahora = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)  # 22:00 of the 23rd in Lima
    cortes = actividad.limites(f.Ambito(prefijos=(), ahora=ahora))
    assert len(cortes) == 13
    assert cortes[-1] == datetime.datetime(2026, 11, 24, 5, 0, tzinfo=datetime.UTC)
