"""Goals in the panel: written together or not at all, inside the scope, and told in words by the pace of four weeks."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from seguimiento.consultas.distritos import Instancia
from seguimiento.consultas.metas import Avance
from seguimiento.models import MetaDeTerritorio
from tests.seguimiento import factories as f

HOY = datetime.date(2026, 12, 1)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("terminaron", "ritmo", "dias", "a_este_paso", "alcanza", "cumplida"),
    [
        (4, 4, 28, 8, True, False),
        (4, 4, 27, 7, False, False),
        (4, 0, 90, 4, False, False),
        (9, 8, 90, 10, True, True),
        (8, 2, -1, 8, True, True),
        (5, 9, -1, 5, False, False),
    ],
)
def test_the_pace_of_four_weeks_says_whether_the_goal_is_reached(
    terminaron, ritmo, dias, a_este_paso, alcanza, cumplida
):
    """Ten people and a goal of 75 %: eight."""
    una = Instancia("100601", "A", "", "", "distrito", None, None, True, "", None, True)
    una.integrantes, una.terminaron = 10, terminaron
    avance = Avance(una, 75, HOY + datetime.timedelta(days=dias), ritmo, HOY)
    assert (avance.necesarias, avance.a_este_paso) == (8, a_este_paso)
    assert (avance.alcanza, avance.cumplida) == (alcanza, cumplida)


@pytest.mark.django_db
def test_goals_are_saved_together_or_not_at_all_and_inside_the_scope(
    edicion, entrar, cem_provincial, coordinadora_a, presupuesto
):
    for n in range(1, 5):
        f.integrante(f.A, edicion, numero=n, hechas=4 if n < 3 else 1, dias=2)
    f.integrante(f.B, edicion)
    cliente, dia = entrar(cem_provincial), timezone.localdate() + datetime.timedelta(days=28)
    cliente.get("/panel")
    buenas = {f"m{f.A}-porcentaje": "100", f"m{f.A}-para_el": dia.isoformat(), f"m{f.B}-porcentaje": ""}
    mal = cliente.post("/panel/metas", {**buenas, f"m{f.B}-porcentaje": "101"}).content.decode()
    assert "Porcentaje, Luyando: Escriba un número entero de 1 a 100." in mal
    sin_dia = cliente.post("/panel/metas", {**buenas, f"m{f.B}-porcentaje": "50"}).content.decode()
    assert "Escriba también para qué día es la meta." in sin_dia
    assert not MetaDeTerritorio.objects.exists()
    with presupuesto(15):
        cliente.post("/panel/metas", buenas)
    meta = MetaDeTerritorio.objects.get()
    assert (meta.territorio_id, meta.porcentaje, meta.para_el) == (f.A, 100, dia)
    with presupuesto(13):  # its numbers are asked first, and what is kept is read by them (decision 47)
        pagina = " ".join(cliente.get("/panel/metas").content.decode().split())
    assert "A este paso, 4 de 4 el" in pagina and "Alcanza." in pagina
    de_b = {f"m{f.B}-porcentaje": "90", f"m{f.B}-para_el": dia.isoformat()}
    entrar(coordinadora_a).post("/panel/metas", de_b)
    assert list(MetaDeTerritorio.objects.values_list("porcentaje", flat=True)) == [100]


@pytest.mark.django_db
def test_a_new_goal_is_for_a_day_to_come_and_an_old_one_stays(edicion, entrar, cem_provincial):
    f.integrante(f.A, edicion)
    hoy = timezone.localdate()
    ayer = hoy - datetime.timedelta(days=1)
    cliente = entrar(cem_provincial)
    for dia, dice in ((ayer, "ya pasó. Elija un día desde hoy."), (hoy.replace(year=hoy.year + 4), "Revise el año.")):
        datos = {f"m{f.A}-porcentaje": "80", f"m{f.A}-para_el": dia.isoformat()}
        mal = cliente.post("/panel/metas", datos).content.decode()
        assert dice in mal and f'value="{dia.isoformat()}"' in mal and 'value="80"' in mal
    assert not MetaDeTerritorio.objects.exists()
    # One whose day passed is told so, and does not keep the others from being saved.
    MetaDeTerritorio.objects.create(edicion=edicion, territorio_id=f.A, porcentaje=80, para_el=ayer)
    datos = {f"m{f.A}-porcentaje": "70", f"m{f.A}-para_el": ayer.isoformat()}
    assert cliente.post("/panel/metas", datos).status_code == 302
    assert "El día pasó: terminaron 0 y la meta era 1." in " ".join(
        cliente.get("/panel/metas").content.decode().split()
    )


def test_a_table_of_nobody_says_so_as_the_panel_does(edicion, entrar, cem_provincial):
    f.integrante(f.A, edicion)
    f.crear_asiento(f.B, "T-01")
    pagina = entrar(cem_provincial).get("/panel/metas").text
    assert "0 de 1" in pagina
    assert "Sin integrantes" in pagina and "0 de 0" not in pagina
