"""Whatever the people, the seats and the tables: totals are the sum of their parts, and each number is its list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from seguimiento.consultas import asientos, ayuda, distritos, matriz, personas
from tests import gente
from tests.motores import ejemplos
from tests.seguimiento import factories as f

UBIGEOS = (f.PROVINCIA, f.A, f.B, f.C)


@dataclass(frozen=True)
class Silla:
    """A seat to be made: where, and how far its titular and alterno are (None: nobody)."""

    ubigeo: str
    preside: bool
    titular: int | None
    alterno: int | None
    repite: bool


sillas = st.lists(
    st.builds(
        Silla,
        ubigeo=st.sampled_from(UBIGEOS),
        preside=st.booleans(),
        titular=st.none() | st.integers(0, 4),
        alterno=st.none() | st.integers(0, 4),
        repite=st.booleans(),
    ),
    max_size=14,
)


class TestTotales(CasoConDatos):
    @settings(max_examples=ejemplos(20), deadline=None)
    @given(sillas=sillas)
    def test_totals_are_the_sum_of_the_tables(self, sillas):
        with transaction.atomic():
            self._comprobar(sillas)

    def _comprobar(self, sillas: list[Silla]) -> None:
        edicion = self._montar(sillas)
        ambito = f.ambito()
        assert ambito.edicion.id == edicion.pk
        instancias = distritos.instancias(ambito)
        total = distritos.totales(ambito, instancias)
        assert total.asientos == sum(instancia.exigidos for instancia in instancias) == len(sillas)
        assert total.sin_persona == sum(instancia.sin_persona for instancia in instancias)
        assert total.completos == sum(instancia.completos for instancia in instancias)
        assert total.terminaron + total.pendientes == total.integrantes
        assert total.integrantes == sum(instancia.integrantes for instancia in instancias) - total.repetidas
        assert total.repetidas >= 0
        for instancia in instancias:
            assert 0 <= instancia.este_mes <= instancia.terminaron <= instancia.integrantes
            assert instancia.completos <= instancia.con_persona <= instancia.exigidos
        self._listas(ambito, total, instancias)
        self._matriz(ambito, instancias)

    def _listas(self, ambito, total, instancias) -> None:
        """The list behind a number has that many rows, in the whole and in each table."""
        for clave in ("integrantes", "terminaron", "pendientes", "sin_actividad"):
            assert personas.listar(ambito, personas.FILTROS[clave]).count() == getattr(total, clave)
        for clave, numero in (
            ("asientos", total.asientos),
            ("sin_persona", total.sin_persona),
            ("completos", total.completos),
            ("alcaldias", total.alcaldias),
            ("alcaldias_al_dia", total.alcaldias_al_dia),
        ):
            assert asientos.listar(ambito, asientos.FILTROS[clave]).count() == numero
        for instancia in instancias:
            aqui = ambito.en(instancia.ubigeo)
            for clave in ("integrantes", "terminaron", "este_mes"):
                assert personas.listar(aqui, personas.FILTROS[clave]).count() == getattr(instancia, clave)

    def _matriz(self, ambito, instancias) -> None:
        """The marks of a cell add up to its seats; the cells to the seats of the tables."""
        contados = matriz.puestos(ambito, por_ayudar=ayuda.personas_por_ayudar(ambito))
        armada = matriz.armar([instancia for instancia in instancias if instancia.es_propia], contados)
        assert sum(fila.exigidos for fila in armada.filas) == sum(instancia.exigidos for instancia in instancias)
        assert sum(fila.completos for fila in armada.filas) == sum(instancia.completos for instancia in instancias)
        for fila in armada.filas:
            for celda in fila.celdas:
                for puesto in (celda.titular, celda.alterno):
                    assert puesto.vacantes >= 0

    def _montar(self, sillas: list[Silla]):
        gente.crear_territorio()
        f.crear_tercer_distrito()
        edicion = f.abrir(f.crear_curso())
        ultima, numeros = None, dict.fromkeys(UBIGEOS, 0)
        for silla in sillas:
            numeros[silla.ubigeo] += 1
            codigo = "T-01" if silla.preside else "T-04"
            asiento = f.crear_asiento(silla.ubigeo, codigo, numero=numeros[silla.ubigeo])
            for calidad, hechas in (("titular", silla.titular), ("alterno", silla.alterno)):
                if hechas is None:
                    continue
                if silla.repite and ultima and not asiento.membresias.filter(persona=ultima).exists():
                    f.sentar(asiento, persona=ultima, calidad=calidad)
                    continue
                ultima = f.sentar(asiento, calidad=calidad)
                f.inscribir(ultima, edicion, hechas=hechas, dias=hechas * 9, creada=40)
        return edicion


@pytest.mark.django_db
def test_the_lists_of_the_page_count_what_was_clicked(edicion, entrar, cem_provincial):
    f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.integrante(f.B, edicion, codigo="T-01", hechas=1, dias=20)
    f.crear_asiento(f.B, "T-02")
    cliente = entrar(cem_provincial)
    frases = cliente.get("/panel").context["frases"]
    assert [(frase.cifra, frase.ver) for frase in frases] == [
        ("1 de 2", "terminaron"),
        ("1 de 2", "alcaldias_al_dia"),
        ("1 de 3", "sin_persona"),
        ("1 de 1", "sin_actividad"),
    ]
    for frase in frases:
        pagina = cliente.get("/panel/lista", {"ver": frase.ver}).context["pagina"]
        assert str(pagina.total) == frase.cifra.split()[0]
