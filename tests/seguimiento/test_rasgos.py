"""What people declared of themselves, counted: of five or more, the same for every filter, day and account."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from instancias.acceso.services.declarados import declarar, retirar
from instancias.politica import AlcanceEfectivo
from seguimiento.consultas.rasgos import PASOS, contar_sexos
from seguimiento.informes.definicion import Definicion, Forma
from seguimiento.informes.preparar import preparar
from seguimiento.models import ConteoDeRasgo
from seguimiento.services.rasgos import contar_rasgos
from tests.instancias.fusiones import unir
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
CALLADO = "menos de 5 (o reservado)"


def sentar_varias(edicion, ubigeo, sexo, cuantas, *, hechas=4, desde=1, origen=""):
    for numero in range(desde, desde + cuantas):
        persona = f.sentar(f.crear_asiento(ubigeo, "T-05", numero=numero))
        f.inscribir(persona, edicion, hechas=hechas)
        for campo, valor in (("sexo", sexo), ("origen", origen)):
            if valor:
                declarar(persona=persona, campo=campo, valor=valor, ahora=timezone.now())


def contar(dias: int = 0) -> int:
    return contar_rasgos(ahora=timezone.now() + datetime.timedelta(days=dias))


def pedir(*prefijos, ahora=None, **campos) -> list[dict]:
    alcance = AlcanceEfectivo(prefijos or (f.PROVINCIA,))
    pedida = Definicion(forma=Forma.CUENTAS, **{"columnas": ("integrantes", "terminaron"), **campos})
    resultado = preparar(pedida, alcance=alcance, ahora=ahora or timezone.now()).resultado
    return [dict(zip([c.clave for c in resultado.columnas], fila, strict=True)) for fila in resultado.filas()]


@pytest.fixture
@hecho_una_vez
def dos_mesas(edicion):
    """A large table, and a small one that it would give away."""
    sentar_varias(edicion, f.A, "mujer", 9)
    sentar_varias(edicion, f.A, "hombre", 8, desde=20)
    sentar_varias(edicion, f.A, "", 2, desde=40)
    sentar_varias(edicion, f.B, "mujer", 3)
    sentar_varias(edicion, f.B, "hombre", 6, desde=20)
    return edicion


def test_the_province_is_told_and_neither_table_gives_the_other_away(dos_mesas):
    contar()
    de_a, de_b, total = pedir(grupos=("instancia",), por_sexo=True)
    assert (total["terminaron_mujeres"], total["terminaron_hombres"], total["terminaron_sin_dato"]) == (12, 14, 2)
    assert {
        fila[f"{paso}_{sexo}"]
        for fila in (de_a, de_b)
        for paso in ("integrantes", "terminaron")
        for sexo in ("mujeres", "hombres")
    } == {CALLADO}
    assert (de_a["integrantes"], de_b["integrantes"]) == (19, 9)  # how many there are is open
    mujeres, hombres, sin_dato = pedir(grupos=("sexo",))
    assert [fila["terminaron"] for fila in (mujeres, hombres, sin_dato)] == [12, 14, 2]


def test_who_looks_at_one_table_alone_learns_what_the_province_tells(dos_mesas):
    contar()
    for ubigeo in (f.A, f.B):
        por_fila = pedir(ubigeo, grupos=("instancia",), por_sexo=True)
        en_total = pedir(ubigeo, por_sexo=True)
        por_lugar = pedir(territorio=ubigeo, por_sexo=True)
        assert {fila["terminaron_mujeres"] for fila in [*por_fila, *en_total, *por_lugar]} == {CALLADO}


def test_until_it_is_counted_nothing_is_told_and_it_is_said(dos_mesas):
    assert pedir(grupos=("sexo",))[0]["integrantes"] == CALLADO
    alcance = AlcanceEfectivo((f.PROVINCIA,))
    pedida = Definicion(forma=Forma.CUENTAS, grupos=("sexo",), columnas=("integrantes",))
    assert "todavía no se había contado" in preparar(pedida, alcance=alcance, ahora=timezone.now()).resultado.notas[0]


def test_one_more_person_is_not_told_until_there_are_five(dos_mesas):
    contar()
    sentar_varias(dos_mesas, f.A, "mujer", 1, desde=60)
    manana = timezone.now() + datetime.timedelta(days=1)
    assert contar(1) == 0
    assert pedir(por_sexo=True, ahora=manana)[0]["integrantes_mujeres"] == 12
    sentar_varias(dos_mesas, f.A, "mujer", 4, desde=70)
    assert contar(1) == 1
    assert pedir(por_sexo=True, ahora=manana)[0]["integrantes_mujeres"] == 17
    assert pedir(por_sexo=True)[0]["integrantes_mujeres"] == 12  # what was told of the day before stays


def test_going_back_by_one_is_compared_with_all_that_was_told(dos_mesas):
    contar()
    sentar_varias(dos_mesas, f.A, "mujer", 5, desde=60)
    assert contar(1) == 1
    for persona in f.Persona.objects.filter(declarados__valor="mujer").order_by("-pk")[:6]:
        retirar(persona=persona, campo="sexo", ahora=timezone.now())
    assert contar(2) == 0  # eleven, beside the twelve of the first day


def test_counting_twice_on_a_day_keeps_one(dos_mesas):
    assert contar() == 2  # sex and origin
    assert contar() == 0
    assert ConteoDeRasgo.objects.count() == 2


def test_origin_is_told_of_the_province_only(edicion):
    sentar_varias(edicion, f.A, "", 6, origen="quechua")
    sentar_varias(edicion, f.B, "", 2, origen="amazonia")
    sentar_varias(edicion, f.B, "", 9, origen="mestizo", desde=20)
    contar()
    filas = {fila["origen"]: fila["integrantes"] for fila in pedir(grupos=("origen",), columnas=("integrantes",))}
    assert (filas["Quechua"], filas["Mestizo"], filas["Sin declarar"]) == (CALLADO, 9, 0)
    assert set(filas.values()) == {CALLADO, 9, 0}
    de_un_distrito = pedir(f.A, grupos=("origen",), columnas=("integrantes",))
    assert {fila["integrantes"] for fila in de_un_distrito} == {CALLADO}


def test_each_person_counts_once_and_each_step_is_within_the_one_before(edicion):
    sentar_varias(edicion, f.A, "mujer", 2, hechas=1)
    doble = f.Persona.objects.order_by("pk").first()
    f.sentar(f.crear_asiento(f.B, "T-06"), persona=doble)
    conteo = contar_sexos(f.ambito())
    assert conteo.personas == {f.A: [2, 2, 2, 0, 0]} and len(PASOS) == 5
    assert conteo.filas == {f.A: [[2, 0], [2, 0], [2, 0], [0, 0], [0, 0]]}


def test_two_registers_made_one_count_once(edicion):
    sentar_varias(edicion, f.A, "mujer", 2)
    una, otra = f.Persona.objects.order_by("pk")
    unir(una, otra)
    assert contar_sexos(f.ambito()).filas[f.A][0] == [1, 0]
