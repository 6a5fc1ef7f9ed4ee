"""The day of a hand-over, and the days before one: every list, count, file and matrix says the same people."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from instancias.models import Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services.personas import cesar, sentar
from instancias.services.relevo import Cambio, Decision
from seguimiento.consultas import asientos, distritos, matriz, personas, recordar
from seguimiento.consultas.instancia import asientos_de_la_instancia
from seguimiento.services.exportar import escribir_avance
from tests.instancias.mesas import cambiar
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_paginas import texto_de

pytestmark = pytest.mark.django_db
ALCANCE = AlcanceEfectivo((f.PROVINCIA,))
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, cem_provincial):
    return entrar(cem_provincial)


def contados(ambito, cliente, por) -> dict[str, int]:
    """How many people sit at district A, asked in every way."""
    instancia = next(una for una in distritos.instancias(ambito) if una.ubigeo == f.A)
    libro = BytesIO()
    escribir_avance(ambito=ambito, archivo=libro, por=por)
    hojas = load_workbook(BytesIO(libro.getvalue()))
    resumen = {fila[0]: fila[2] for fila in hojas["Resumen"].iter_rows(values_only=True)}
    puestos = matriz.puestos(ambito, por_ayudar=[])
    sillas = asientos_de_la_instancia(ambito.en(f.A), por_ayudar=[])
    sentados = [uno for silla in sillas for uno in (silla.titular, silla.alterno)]
    return {
        "instancia": instancia.integrantes,
        "con persona": instancia.con_persona,
        "asientos con persona": asientos.listar(ambito, asientos.FILTROS["con_persona"]).count(),
        "total": distritos.totales(ambito, [instancia]).integrantes,
        "lista": personas.listar(ambito, personas.FILTROS["integrantes"]).count(),
        "asientos de la instancia": sum(uno is not None for uno in sentados),
        "matriz": sum(sum(cuenta[:5]) for cuenta in puestos.values()),
        "archivo": hojas["Personas"].max_row - 1,
        "resumen": resumen["Integrantes que terminaron"],
        "recordar": recordar.personas(ambito, por_ayudar=[]).count(),
        "personas": cliente.get(reverse("kuska_instancias:personas")).context["pagina"].paginator.count,
        "distrito": cliente.get(f"/panel/distrito/{f.A}").context["instancia"].integrantes,
    }


@pytest.mark.parametrize("empezo_hace", [0, 1, 100])
def test_on_the_day_of_a_hand_over_every_count_is_the_list(edicion, cliente, cem_provincial, empezo_hace):
    for codigo in ("T-01", "T-02"):
        f.integrante(f.A, edicion, codigo=codigo, hechas=1, dias=20)
    asiento = f.crear_asiento(f.A)
    sale = f.sentar(asiento, "Sale", desde=timezone.localdate() - empezo_hace * UN_DIA)
    f.inscribir(sale, edicion, hechas=1, dias=20)
    assert set(contados(f.ambito(), cliente, cem_provincial).values()) == {3}
    ahora = timezone.now()
    cesar(membresia=sale.membresias.get(), motivo="Cambio", alcance=ALCANCE, por=None, ahora=ahora)
    assert set(contados(f.ambito(), cliente, cem_provincial).values()) == {2}
    entra = Persona.objects.create(documento="70999999", nombres="Entra", apellidos="Campos")
    sentar(persona=entra, asiento=asiento, calidad="titular", designacion="", alcance=ALCANCE, por=None, ahora=ahora)
    f.inscribir(entra, edicion, hechas=1, dias=20)
    assert set(contados(f.ambito(), cliente, cem_provincial).values()) == {3}
    visto = texto_de(cliente.get(f"/panel/distrito/{f.A}"))
    assert "Entra Campos" in visto and "Sale Campos" not in visto
    assert "Sale Campos" not in texto_de(cliente.get("/panel/lista"))


def test_a_seat_that_waits_for_its_day_is_vacant_today_and_says_who_comes(edicion, cliente):
    enero = timezone.localdate() + 37 * UN_DIA
    asiento = f.crear_asiento(f.A)
    f.sentar(asiento, "Inés", desde=enero)
    f.crear_asiento(f.A, "T-04")
    dia = texto_de_dia(enero)
    instancia = next(una for una in distritos.instancias(f.ambito()) if una.ubigeo == f.A)
    assert (instancia.integrantes, instancia.sin_persona) == (0, 2)
    assert cliente.get(reverse("kuska_instancias:personas")).context["pagina"].paginator.count == 0
    pagina = cliente.get(f"/panel/distrito/{f.A}")
    visto = texto_de(pagina)
    assert f"Vacante hoy Desde el {dia}: Inés Campos Ríos" in visto
    assert f"?asiento={asiento.pk}&amp;calidad=titular" not in pagina.content.decode()
    assert f"?asiento={asiento.pk}&amp;calidad=alterno" in pagina.content.decode()
    lista = cliente.get("/panel/lista?ver=sin_persona")
    assert len(lista.context["filas"]) == instancia.sin_persona
    assert f"Desde el {dia}: Inés Campos Ríos" in texto_de(lista)
    assert f"?asiento={asiento.pk}" not in lista.content.decode()
    assert [una.codigo for una in asientos.filas(recordar.vacantes(f.ambito()), f.ambito())] == ["DT-04"]


def test_the_holder_stays_until_the_last_day_with_the_next_one_in_sight(edicion, cliente):
    fin = timezone.localdate() + 36 * UN_DIA
    asiento = f.crear_asiento(f.A)
    f.inscribir(f.sentar(asiento, "Sale", hasta=fin), edicion, hechas=4)
    pagina = cliente.get(f"/panel/distrito/{f.A}")
    siguiente = (fin + UN_DIA).isoformat()
    assert f"Hasta el {texto_de_dia(fin)}" in texto_de(pagina)
    assert f"calidad=titular&amp;desde={siguiente}" in pagina.content.decode()
    f.sentar(asiento, "Entra", desde=fin + UN_DIA)
    pagina = cliente.get(f"/panel/distrito/{f.A}")
    assert f"Desde el {texto_de_dia(fin + UN_DIA)}: Entra Campos Ríos" in texto_de(pagina)
    assert "calidad=titular" not in pagina.content.decode()
    for dias, quien in ((0, "Sale"), (36, "Sale"), (37, "Entra")):
        ambito = f.ambito(ahora=timezone.now() + dias * UN_DIA)
        lista = personas.listar(ambito, personas.FILTROS["integrantes"])
        assert [fila.nombres for fila in personas.filas(lista, ambito)] == [quien]
        assert Membresia.objects.vigentes(ambito.hoy).get().persona.nombres == quien


def test_a_seat_whose_next_holder_is_not_known_yet_is_vacant_from_that_day_and_counted_so(edicion, cliente):
    """«Aún no se sabe quién», in a change of authorities: who was there stays until the day before."""
    enero = timezone.localdate() + 37 * UN_DIA
    asiento = f.crear_asiento(f.A)
    f.inscribir(f.sentar(asiento, "Sale"), edicion, hechas=4)
    cambiar(Cambio(asiento.pk, "titular", Decision.VACANTE), desde=enero, alcance=ALCANCE)
    for dias, sentados, vacantes in ((0, 1, 0), (36, 1, 0), (37, 0, 1)):
        ambito = f.ambito(ahora=timezone.now() + dias * UN_DIA)
        instancia = next(una for una in distritos.instancias(ambito) if una.ubigeo == f.A)
        assert (instancia.integrantes, instancia.sin_persona) == (sentados, vacantes), dias
        assert asientos.listar(ambito, asientos.FILTROS["sin_persona"]).count() == vacantes
        assert len(asientos.filas(recordar.vacantes(ambito), ambito)) == vacantes
    visto = texto_de(cliente.get(f"/panel/distrito/{f.A}"))
    assert "Sale Campos" in visto and f"Hasta el {texto_de_dia(enero - UN_DIA)}" in visto


def texto_de_dia(dia: datetime.date) -> str:
    from django.utils.formats import date_format

    return date_format(dia)
