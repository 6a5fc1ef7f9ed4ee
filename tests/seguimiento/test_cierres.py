"""Closings: the golden province of ``test_de_un_dia``, kept on two days, and told apart from what came later."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from certificados.services import anular_cifras
from instancias.models import Membresia
from seguimiento import tasks
from seguimiento.cifras_de_cierre import DEL_TOTAL, cifras_contadas, en_csv
from seguimiento.comparacion import comparar
from seguimiento.consultas.ambito import inicio_del
from seguimiento.services.cierres import CierreError, cerrar, cerrar_provincia, por_hacer
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_de_un_dia import (
    A_MANO,
    DESPUES,
    DICIEMBRE,
    ENERO,
    SETIEMBRE,
    a_las_diez,
    montar,
)

pytestmark = pytest.mark.django_db
MAS_TARDE = a_las_diez(DESPUES)


@pytest.fixture
@hecho_una_vez
def provincia(version):
    return montar(version)


def cerrar_en_su_dia(*, ahora):
    """What the clock asks for and a worker does, one province at a time."""
    hechos = [
        cerrar_provincia(edicion_id=edicion, al=al, territorios=territorios, ahora=ahora)
        for edicion, al, territorios in por_hacer(ahora=ahora)
    ]
    return [hecho for hecho in hechos if hecho]


def despues():
    return f.ambito(ahora=MAS_TARDE)


@pytest.mark.parametrize("dia", [SETIEMBRE, DICIEMBRE, ENERO])
def test_a_closing_keeps_what_was_counted_by_hand(provincia, dia, cem_provincial):
    cierre, nuevo = cerrar(ambito=despues(), al=dia, por=cem_provincial)
    cifras = cierre.datos["cifras"]
    assert nuevo
    assert cifras["total"] == {clave: A_MANO[dia][clave] for clave in DEL_TOTAL}
    de_a, de_b = (next(una for una in cifras["instancias"] if una["ubigeo"] == u) for u in (f.A, f.B))
    for clave in ("asientos", "con_persona", "sin_persona", "completos", "terminaron", "certificadas", "empezaron"):
        assert de_a[clave] + de_b[clave] == A_MANO[dia][clave]
    assert sum(fila["completos"] for fila in cifras["sectores"]) == A_MANO[dia]["completos"]
    for nombre in ("Alma", "Bruno", "Celia", "Darío"):
        assert nombre not in json.dumps(cierre.datos, ensure_ascii=False)


def test_the_rows_of_a_closing_add_up_to_its_mayors_at_day(version, cem_provincial):
    """The mayor of a province presides over a table that is no district's: its row says none, as the total."""
    edicion = f.abrir(version)
    for lugar in (f.A, f.PROVINCIA):
        f.integrante(lugar, edicion, codigo="T-01", hechas=4, dias=3)
    contadas = cifras_contadas(f.ambito())
    filas = list(csv.DictReader(io.StringIO(en_csv(contadas).decode("utf-8-sig"))))
    assert {fila["ubigeo"]: fila["completos"] for fila in filas} == {f.A: "1", f.PROVINCIA: "1"}
    assert sum(int(fila["alcaldias_al_dia"]) for fila in filas) == contadas["total"]["alcaldias_al_dia"] == 1


def test_what_is_registered_later_changes_the_comparison_and_never_the_closing(provincia, cem_provincial):
    """A year ends, the authorities change, and somebody writes down late that Celia had left in August."""
    cierre, _nuevo = cerrar(ambito=despues(), al=DICIEMBRE, por=cem_provincial)
    antes = DocumentoDeCifras.objects.values_list("datos", "huella", "numero").get()
    Membresia.objects.filter(persona__nombres="Celia").update(
        hasta=datetime.date(2026, 8, 31), cese_registrado_en=a_las_diez(ENERO)
    )
    assert DocumentoDeCifras.objects.values_list("datos", "huella", "numero").get() == antes
    ese_dia = comparar(cierre.datos["cifras"], cifras_contadas(despues().al_dia(DICIEMBRE)))
    cambian = {uno.nombre: uno.diferencia for uno in ese_dia.total if uno.antes != uno.despues}
    assert cambian == {
        "Integrantes": "−1",
        "Inscritas": "−1",
        "Empezaron": "−1",
        "En curso": "−1",
        "Todavía no terminan": "−1",
    }
    ahora = comparar(cierre.datos["cifras"], cifras_contadas(despues()))
    assert [uno["nombre"] for uno in ahora.dejaron] == ["Asiento T-01", "Asiento T-02"]
    assert [(uno["ubigeo"], uno["nombre"]) for uno in ahora.llegaron] == [(f.B, "Asiento T-01")]
    assert comparar(cierre.datos["cifras"], cierre.datos["cifras"]).iguales


def test_asked_twice_by_two_people_or_by_the_calendar_there_is_one(provincia, cem_provincial, administradora):
    uno, primero = cerrar(ambito=despues(), al=DICIEMBRE, por=cem_provincial)
    otro, segundo = cerrar(ambito=replace(despues(), prefijos=(f.PROVINCIA,)), al=DICIEMBRE, por=administradora)
    assert (uno.pk, primero, segundo) == (otro.pk, True, False)
    assert cerrar_en_su_dia(ahora=inicio_del(datetime.date(2027, 1, 15))) == []
    assert DocumentoDeCifras.objects.count() == 1


def test_after_one_was_annulled_whoever_asks_gets_another_and_the_calendar_makes_none(provincia, cem_provincial):
    uno, _nuevo = cerrar(ambito=despues(), al=DICIEMBRE, por=cem_provincial)
    for vuelta in (2, 3):
        anular_cifras(documento_id=uno.pk, motivo="Faltaba una lista", por=cem_provincial, ahora=MAS_TARDE)
        assert cerrar_en_su_dia(ahora=inicio_del(datetime.date(2027, 1, 15))) == []
        otro, nuevo = cerrar(ambito=despues(), al=DICIEMBRE, por=cem_provincial)
        assert (nuevo, otro.estado, otro.numero) == (True, DocumentoDeCifras.Estado.VIGENTE, vuelta)
        assert cerrar(ambito=despues(), al=DICIEMBRE, por=cem_provincial) == (otro, False)
        uno = otro


def test_the_calendar_closes_the_year_and_the_last_day_of_an_edition_once(provincia):
    assert cerrar_en_su_dia(ahora=inicio_del(DICIEMBRE)) == []
    del_anio = cerrar_en_su_dia(ahora=inicio_del(ENERO))
    assert len(del_anio) == 1
    assert cerrar_en_su_dia(ahora=inicio_del(datetime.date(2027, 1, 2))) == []
    provincia.termina = datetime.date(2027, 3, 31)
    provincia.save()
    (de_la_edicion,) = cerrar_en_su_dia(ahora=inicio_del(datetime.date(2027, 4, 1)))
    titulos = [documento.datos["publico"]["titulo"] for documento in DocumentoDeCifras.objects.order_by("pk")]
    assert titulos == ["Cierre 2026", "Cierre al 31 de marzo de 2027"]
    cierre = DocumentoDeCifras.objects.get(pk=de_la_edicion)
    assert (cierre.emitido_por, cierre.numero, cierre.anio) == (None, 2, 2027)


@pytest.mark.parametrize(
    ("al", "codigo"),
    [
        (DESPUES, "no_termino"),
        (datetime.date(2030, 1, 1), "no_termino"),
        (datetime.date(2025, 12, 31), "antes_de_empezar"),
    ],
)
def test_a_day_without_figures_is_refused_and_takes_no_number(provincia, cem_provincial, al, codigo):
    with pytest.raises(CierreError) as error:
        cerrar(ambito=despues(), al=al, por=cem_provincial)
    assert error.value.codigo == codigo
    assert not DocumentoDeCifras.objects.exists()


def test_the_files_are_the_frozen_bytes_and_only_who_answers_for_all_of_it_opens_them(
    version, edicion, entrar, cem_provincial, coordinadora_a, presupuesto
):
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    for n in range(1, 7):
        f.integrante(f.A, edicion, numero=n, hechas=4, dias=3)
    f.integrante(f.B, edicion, codigo="T-01")
    cliente = entrar(cem_provincial)
    cliente.get("/panel/cierres/nuevo")
    with presupuesto(29):  # whether it is made already, and whether a list is being saved
        respuesta = cliente.post("/panel/cierres/nuevo", {"al": ayer.isoformat()})
    cierre = DocumentoDeCifras.objects.get()
    assert respuesta.headers["Location"] == f"/panel/actas/{cierre.pk}"
    archivo = cliente.get(f"/panel/cierres/{cierre.pk}/json").content
    assert hashlib.sha256(archivo).hexdigest() == cierre.huella
    hoja = cliente.get(f"/panel/cierres/{cierre.pk}/csv").content
    filas = list(csv.DictReader(io.StringIO(hoja.decode("utf-8-sig"))))
    por_ubigeo = {fila["ubigeo"]: fila for fila in filas}
    assert (por_ubigeo[f.A]["terminaron"], por_ubigeo[f.A]["asientos"], por_ubigeo[f.B]["terminaron"]) == (
        "6",
        "6",
        "0",
    )
    libro = cliente.get(f"/panel/actas/{cierre.pk}/xlsx").content
    Membresia.objects.update(hasta=ayer - datetime.timedelta(days=30))
    assert cliente.get(f"/panel/cierres/{cierre.pk}/json").content == archivo
    assert cliente.get(f"/panel/cierres/{cierre.pk}/csv").content == hoja
    assert cliente.get(f"/panel/actas/{cierre.pk}/xlsx").content == libro
    with presupuesto(15):
        comparado = cliente.get(f"/panel/cierres/{cierre.pk}/comparar").content.decode()
    assert "Estaban completos y ya no: 6" in comparado
    for con in ("ese_dia", ""):
        assert cliente.get(f"/panel/cierres/{cierre.pk}/comparar?con={con}").status_code == 200
    assert cliente.get(f"/panel/cierres/{cierre.pk}/comparar?con=999").status_code == 404
    for parte in ("json", "csv", "comparar"):
        assert entrar(coordinadora_a).get(f"/panel/cierres/{cierre.pk}/{parte}").status_code == 404
    repetido = cliente.post("/panel/cierres/nuevo", {"al": ayer.isoformat()}, follow=True).content.decode()
    assert "Ese cierre ya estaba hecho" in repetido
    hoy = cliente.post("/panel/cierres/nuevo", {"al": timezone.localdate().isoformat()}).content.decode()
    assert "todavía no termina" in hoy


def test_a_seat_says_that_it_was_trained_and_that_somebody_else_holds_it_today(
    edicion, entrar, coordinadora_a, presupuesto
):
    """The mayor who finished left thirty days ago; the new one has begun nothing. A closing counted the first."""
    hoy = timezone.localdate()
    asiento = f.crear_asiento(f.A, "T-01")
    anterior = f.sentar(asiento, "Rosaura", hasta=hoy - datetime.timedelta(days=30))
    f.inscribir(anterior, edicion, hechas=4, dias=40)
    f.sentar(asiento, "Nicanor", desde=hoy - datetime.timedelta(days=29))
    cierre, _nuevo = cerrar(ambito=f.ambito(f.A).en(f.A), al=hoy - datetime.timedelta(days=35), por=coordinadora_a)
    cliente = entrar(coordinadora_a)
    cliente.get("/panel")
    with presupuesto(8):
        pagina = cliente.get(f"/panel/asiento/{asiento.pk}").content.decode()
    anio = (timezone.localtime(f.hace(40))).year
    assert f"Este asiento se capacitó en {anio}; hoy lo ocupa otra persona." in pagina
    assert "Rosaura" in pagina and "Nicanor" in pagina
    assert f"({cierre.registro})" in pagina and "Asiento completo" in pagina
    anular_cifras(documento_id=cierre.pk, motivo="Faltaba una lista", por=coordinadora_a, ahora=timezone.now())
    assert "Asiento completo" not in cliente.get(f"/panel/asiento/{asiento.pk}").text
    de_ella = " ".join(cliente.get(f"/panel/persona/{anterior.pk}").content.decode().split())
    assert f"Con esta persona el asiento se capacitó en {anio}; hoy lo ocupa otra." in de_ella
    Membresia.objects.filter(hasta=None).update(hasta=hoy - datetime.timedelta(days=1))
    assert "hoy no lo ocupa nadie" in cliente.get(f"/panel/asiento/{asiento.pk}").content.decode()


def test_who_finished_as_alterno_and_is_titular_today_still_holds_it(edicion, entrar, coordinadora_a):
    hoy = timezone.localdate()
    asiento = f.crear_asiento(f.A, "T-01")
    quien = f.sentar(asiento, "Rosaura", calidad="alterno", hasta=hoy - datetime.timedelta(days=1))
    f.inscribir(quien, edicion, hechas=4, dias=40)
    Membresia.objects.create(persona=quien, asiento=asiento, calidad="titular", desde=hoy)
    pagina = entrar(coordinadora_a).get(f"/panel/asiento/{asiento.pk}").content.decode()
    assert "quien terminó lo ocupa hoy" in pagina and "otra persona" not in pagina


def test_the_calendar_asks_for_a_work_a_province_and_one_that_fails_leaves_the_rest_alone(provincia, monkeypatch):
    pedidos = []
    monkeypatch.setattr("seguimiento.tasks.recoger", lambda _tarea, cuales: pedidos.extend(cuales))
    with time_machine.travel(inicio_del(ENERO), tick=False):
        tasks.cerrar()
        ((edicion, al, territorios),) = pedidos
        assert (edicion, al) == (provincia.pk, DICIEMBRE.isoformat())
        for _vez in range(2):  # lost and sent again, or two workers: one closing, one number
            tasks.cerrar_provincia(edicion, al, territorios)
        tasks.cerrar()
    assert len(pedidos) == 1 and DocumentoDeCifras.objects.get().numero == 1


@pytest.mark.un_motor
def test_a_closing_is_compared_with_those_in_force_and_an_address_kept_of_another_says_so(
    edicion, entrar, cem_provincial
):
    hoy = timezone.localdate()
    f.crear_asiento(f.A, "T-01")
    uno, otro = (
        cerrar(ambito=f.ambito(), al=hoy - datetime.timedelta(days=dias), por=cem_provincial)[0] for dias in (1, 2)
    )
    cliente, comparar_con = entrar(cem_provincial), f"/panel/cierres/{uno.pk}/comparar"
    assert otro.registro in cliente.get(comparar_con).text
    assert cliente.get(f"{comparar_con}?con={otro.pk}").status_code == 200
    anular_cifras(documento_id=otro.pk, motivo="Faltaba una lista", por=cem_provincial, ahora=timezone.now())
    assert otro.registro not in cliente.get(comparar_con).text
    dicho = cliente.get(f"{comparar_con}?con={otro.pk}", follow=True).text
    assert "El cierre con que se comparaba se anuló: elija otro." in dicho and "Anulado el" not in dicho
    del_anulado = cliente.get(f"/panel/cierres/{otro.pk}/comparar").text
    assert "Anulado el" in del_anulado and uno.registro in del_anulado
