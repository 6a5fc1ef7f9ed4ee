"""The two ways of counting: seats that stay, people that rotate."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.utils import timezone

import seguimiento
from instancias.models import Asiento, Instancia, Membresia, TipoDeAsiento
from seguimiento.consultas import distritos, matriz, personas
from seguimiento.consultas.ambito import Ambito, interseccion
from seguimiento.models import MetaDeTerritorio
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


def instancias(ambito: Ambito) -> dict[str, distritos.Instancia]:
    return {instancia.ubigeo: instancia for instancia in distritos.instancias(ambito)}


def total(ambito: Ambito) -> distritos.Totales:
    return distritos.totales(ambito, distritos.instancias(ambito))


def celdas(ambito: Ambito, ubigeo: str, por_ayudar=()) -> dict[str, matriz.Celda]:
    propias = [instancia for instancia in distritos.instancias(ambito) if instancia.ubigeo == ubigeo]
    armada = matriz.armar(propias, matriz.puestos(ambito, por_ayudar=por_ayudar))
    return {fila.codigo: fila.celdas[0] for fila in armada.filas}


ESTILO = (Path(seguimiento.__file__).parent / "static/kuska/css/seguimiento.css").read_text()
FORMAS = dict(re.findall(r'\.k-puesto--(\w+)::before \{\s+content: "(.)"', ESTILO))


def marcas(puesto: matriz.Puesto) -> list[tuple[str, str]]:
    """Each with the shape that the style draws before it."""
    return [(FORMAS[marca.clase], marca.texto) for marca in puesto.marcas]


def test_people_and_seats_are_counted_apart(edicion):
    f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.integrante(f.A, edicion, codigo="T-02", hechas=2)
    f.crear_asiento(f.A, "T-03")
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.terminaron, instancia.integrantes) == (1, 2)
    assert (instancia.exigidos, instancia.con_persona, instancia.sin_persona, instancia.completos) == (3, 2, 1, 1)


def test_the_alterno_completes_the_seat(edicion):
    asiento = f.crear_asiento(f.A, "T-01")
    f.inscribir(f.sentar(asiento, "Titular"), edicion, hechas=1)
    f.inscribir(f.sentar(asiento, "Alterno", calidad="alterno"), edicion, hechas=4)
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.completos, instancia.exigidos) == (1, 1)
    assert (instancia.terminaron, instancia.integrantes) == (1, 2)
    assert instancia.alcaldias_al_dia == 1


def test_who_finished_and_left_no_longer_completes_the_seat(edicion):
    asiento = f.crear_asiento(f.A)
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    f.inscribir(f.sentar(asiento, "Se fue", hasta=ayer), edicion, hechas=4)
    assert instancias(f.ambito())[f.A].sin_persona == 1
    f.inscribir(f.sentar(asiento, "Llegó"), edicion, hechas=0)
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.terminaron, instancia.integrantes, instancia.completos, instancia.sin_persona) == (0, 1, 0, 0)


def test_a_membership_counts_from_its_first_day_to_its_last(edicion):
    hoy = timezone.localdate()
    f.sentar(f.crear_asiento(f.A, "T-01"), hasta=hoy)
    f.sentar(f.crear_asiento(f.A, "T-02"), desde=hoy)
    f.sentar(f.crear_asiento(f.A, "T-03"), desde=hoy + datetime.timedelta(days=1))
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.con_persona, instancia.sin_persona, instancia.integrantes) == (2, 1, 2)


def test_a_seat_that_does_not_apply_counts_nowhere(edicion):
    f.crear_asiento(f.A, "T-05", estado=Asiento.Estado.NO_APLICA)
    f.crear_asiento(f.A, "T-01")
    assert total(f.ambito()).asientos == 1
    assert not celdas(f.ambito(), f.A)["DT-05"].corresponde


def test_a_district_served_by_the_provincial_table_says_so_and_has_no_seats(edicion):
    f.integrante(f.PROVINCIA, edicion, codigo="T-01", hechas=4)
    f.crear_asiento(f.A, "T-01")
    provincial = Instancia.objects.get(territorio_id=f.PROVINCIA)
    Instancia.objects.filter(territorio_id=f.A).update(atendida_por=provincial)
    instancia = instancias(f.ambito())[f.A]
    assert instancia.atendida_por == "Leoncio Prado"
    assert not instancia.es_propia
    assert instancia.exigidos == 0
    assert total(f.ambito()).alcaldias == 0


def test_somebody_at_two_tables_counts_in_each_and_once_in_the_total(edicion):
    persona = f.integrante(f.A, edicion, hechas=4)
    f.sentar(f.crear_asiento(f.B), persona=persona)
    f.integrante(f.B, edicion, codigo="T-04", hechas=1)
    por_tabla, suma = instancias(f.ambito()), total(f.ambito())
    assert (por_tabla[f.A].terminaron, por_tabla[f.A].integrantes) == (1, 1)
    assert (por_tabla[f.B].terminaron, por_tabla[f.B].integrantes) == (1, 2)
    assert (suma.terminaron, suma.integrantes, suma.suma_de_instancias, suma.repetidas) == (1, 2, 3, 1)
    assert suma.completos == 2


def test_somebody_on_two_seats_of_a_table_counts_once_in_it(edicion):
    persona = f.integrante(f.A, edicion, hechas=4)
    f.sentar(f.crear_asiento(f.A, "T-04"), persona=persona, calidad="alterno")
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.terminaron, instancia.integrantes, instancia.completos) == (1, 1, 2)


def test_an_inactive_person_leaves_the_seat_vacant(edicion):
    persona = f.integrante(f.A, edicion, hechas=4)
    persona.activa = False
    persona.save()
    instancia = instancias(f.ambito())[f.A]
    assert (instancia.integrantes, instancia.sin_persona, instancia.completos) == (0, 1, 0)


def test_mayors_on_time_are_counted_over_the_districts(edicion):
    f.integrante(f.PROVINCIA, edicion, codigo="T-01", hechas=4)
    f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.integrante(f.B, edicion, codigo="T-01", hechas=3)
    f.crear_asiento(f.C, "T-01")
    suma = total(f.ambito())
    assert (suma.alcaldias_al_dia, suma.alcaldias) == (1, 3)


def test_finished_this_month_starts_on_the_first_day_in_lima(edicion):
    ahora = timezone.now()
    primero = timezone.localtime(ahora).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    justo = f.integrante(f.A, edicion, codigo="T-01", hechas=4).inscripciones
    antes = f.integrante(f.A, edicion, codigo="T-02", hechas=4).inscripciones
    justo.update(terminada_en=primero)
    antes.update(terminada_en=primero - datetime.timedelta(seconds=1))
    assert instancias(f.ambito(ahora=ahora))[f.A].este_mes == 1


def test_no_activity_counts_from_the_enrolment_and_never_whoever_finished(edicion):
    f.integrante(f.A, edicion, codigo="T-01", hechas=2, dias=15)
    f.integrante(f.A, edicion, codigo="T-02", hechas=2, dias=13)
    f.integrante(f.A, edicion, codigo="T-03", hechas=0, creada=15)
    f.integrante(f.A, edicion, codigo="T-04", hechas=0, creada=13)
    f.integrante(f.A, edicion, codigo="T-05", hechas=4, dias=40)
    suma = total(f.ambito())
    assert (suma.sin_actividad, suma.pendientes, suma.terminaron) == (2, 4, 1)


def test_a_withdrawn_enrolment_does_not_count_unless_it_was_finished(edicion):
    f.integrante(f.A, edicion, codigo="T-01", hechas=2).inscripciones.update(retirada_en=timezone.now())
    f.integrante(f.A, edicion, codigo="T-02", hechas=4).inscripciones.update(retirada_en=timezone.now())
    suma = total(f.ambito())
    assert (suma.terminaron, suma.integrantes, suma.pendientes) == (1, 2, 1)


def test_an_edition_calls_only_its_territories_and_kinds_of_seat(version):
    edicion = f.abrir(version, f.A)
    f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.integrante(f.A, edicion, codigo="T-02", hechas=4)
    f.integrante(f.B, edicion, codigo="T-01", hechas=4)
    edicion.tipos_de_asiento.set(TipoDeAsiento.objects.filter(codigo="DT-01"))
    por_tabla = instancias(f.ambito())
    assert (por_tabla[f.A].integrantes, por_tabla[f.A].exigidos) == (1, 1)
    assert not por_tabla[f.B].convocada
    assert (por_tabla[f.B].integrantes, por_tabla[f.B].exigidos) == (0, 0)


def test_each_edition_is_told_apart(version):
    vieja = f.abrir(version, nombre="Vieja", inicia=datetime.date(2020, 1, 1))
    nueva = f.abrir(version, nombre="Nueva")
    persona = f.integrante(f.A, vieja, hechas=4)
    f.inscribir(persona, nueva, hechas=1)
    ambito = f.ambito()
    assert ambito.edicion.nombre == "Nueva"
    assert total(ambito).terminaron == 0
    otra = next(una for una in ambito.ediciones if una.nombre == "Vieja")
    assert total(f.ambito(edicion=otra)).terminaron == 1


def test_without_any_edition_the_seats_still_count(territorio):
    f.sentar(f.crear_asiento(f.A))
    suma = total(f.ambito())
    assert (suma.integrantes, suma.terminaron, suma.asientos) == (1, 0, 1)


def test_the_goal_of_a_territory_comes_with_its_table(edicion):
    f.crear_asiento(f.A)
    MetaDeTerritorio.objects.create(edicion=edicion, territorio_id=f.A, porcentaje=80, para_el=timezone.localdate())
    assert instancias(f.ambito())[f.A].meta == 80
    assert instancias(f.ambito())[f.B].meta is None


@pytest.mark.parametrize(
    ("parte", "todo", "porciento", "color"),
    [(0, 0, 0, 0), (0, 9, 0, 0), (1, 300, 1, 0), (1, 5, 20, 1), (3, 5, 60, 3), (299, 300, 99, 4), (5, 5, 100, 4)],
)
def test_percentages_and_colours_do_not_exaggerate(parte, todo, porciento, color):
    assert distritos.porcentaje(parte, todo) == porciento
    assert distritos.escala(parte, todo) == color


class TestMatriz:
    def test_a_cell_says_who_finished_who_is_under_way_and_what_is_vacant(self, edicion):
        asiento = f.crear_asiento(f.A, "T-01")
        f.inscribir(f.sentar(asiento), edicion, hechas=4)
        f.integrante(f.A, edicion, codigo="T-02", hechas=3)
        f.integrante(f.A, edicion, codigo="T-03", hechas=0)
        encontradas = celdas(f.ambito(), f.A)
        assert marcas(encontradas["DT-01"].titular) == [("✓", "Terminó")]
        assert marcas(encontradas["DT-01"].alterno) == [("–", "Vacante")]
        assert marcas(encontradas["DT-02"].titular) == [("◐", "3 de 4")]
        assert marcas(encontradas["DT-03"].titular) == [("○", "No empezó")]
        assert encontradas["DT-01"].completa
        assert not encontradas["DT-02"].completa

    def test_help_is_seen_first_but_never_over_whoever_finished(self, edicion):
        pide = f.integrante(f.A, edicion, codigo="T-01", hechas=3)
        termino = f.integrante(f.A, edicion, codigo="T-02", hechas=4)
        encontradas = celdas(f.ambito(), f.A, por_ayudar=[pide.pk, termino.pk])
        assert marcas(encontradas["DT-01"].titular) == [("!", "Ayuda")]
        assert marcas(encontradas["DT-02"].titular) == [("✓", "Terminó")]

    def test_several_seats_of_a_kind_add_up_to_their_number(self, edicion):
        for numero, hechas in ((1, 4), (2, 1)):
            f.integrante(f.A, edicion, codigo="T-06", numero=numero, hechas=hechas)
        f.crear_asiento(f.A, "T-06", numero=3)
        celda = celdas(f.ambito(), f.A)["DT-06"]
        assert marcas(celda.titular) == [("✓", "1"), ("◐", "1"), ("–", "1")]
        assert marcas(celda.alterno) == [("–", "3")]
        assert celda.asientos.completos == 1
        assert not celda.completa

    def test_each_table_has_its_column_and_a_kind_it_lacks_says_so(self, edicion):
        f.crear_asiento(f.A, "T-01")
        f.crear_asiento(f.B, "T-01")
        f.crear_asiento(f.B, "T-07")
        propias = [instancia for instancia in distritos.instancias(f.ambito()) if instancia.es_propia]
        armada = matriz.armar(propias, {})
        filas = {fila.codigo: [celda.corresponde for celda in fila.celdas] for fila in armada.filas}
        assert filas == {"DT-01": [True, True], "DT-07": [False, True]}


@pytest.mark.parametrize(
    ("unos", "otros", "comunes"),
    [
        (("1006",), ("100601", "100605"), ("100601", "100605")),
        (("100601",), ("1006",), ("100601",)),
        (("100601",), ("100605",), ()),
        (("10",), ("1006", "100601"), ("1006",)),
        ((), ("1006",), ()),
    ],
)
def test_scope_and_edition_meet_in_the_smaller_territory(unos, otros, comunes):
    assert interseccion(unos, otros) == comunes


def test_future_memberships_on_the_same_seat_do_not_count_twice(edicion):
    asiento = f.crear_asiento(f.A)
    sale = timezone.localdate() + datetime.timedelta(days=5)
    f.inscribir(f.sentar(asiento, "Sale", hasta=sale), edicion, hechas=4)
    f.inscribir(f.sentar(asiento, "Entra"), edicion, hechas=0)
    instancia = instancias(f.ambito())[f.A]
    assert Membresia.objects.vigentes(timezone.localdate()).count() == 2
    assert (instancia.exigidos, instancia.con_persona, instancia.completos) == (1, 1, 1)


def test_a_surname_in_small_letters_goes_by_its_letter(edicion):
    for numero, apellidos in enumerate(["Zavala Ríos", "de la Cruz Peña", "Campos Ríos", "Espinoza Rojas"], 1):
        persona = f.sentar(f.crear_asiento(f.A, numero=numero))
        persona.apellidos = apellidos
        persona.save(update_fields=["apellidos"])
    orden = personas.listar(f.ambito(), personas.FILTROS["integrantes"]).values_list("apellidos", flat=True)
    assert list(orden) == ["Campos Ríos", "de la Cruz Peña", "Espinoza Rojas", "Zavala Ríos"]
