"""A closing of many instancias beside today: asked for with a button, counted apart, and of the page what fits."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from cursos.models import Inscripcion
from instancias.models import Alcance, Trabajo
from instancias.services import trabajos
from seguimiento import comparacion
from seguimiento.cifras_de_cierre import cifras_contadas
from seguimiento.comparacion import Cambio, Comparacion, comparar, recortar
from seguimiento.services import papeles_largos
from seguimiento.services.cierres import cerrar
from seguimiento.services.comparaciones import comparacion_pedida, leer_comparacion, pedir_comparacion
from tests import gente
from tests.seguimiento import factories as f

AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def cierre(edicion, cem_provincial, monkeypatch):
    """Six of a district finished; the day after, one of another district did too. One instancia is many."""
    monkeypatch.setattr(papeles_largos, "LARGO", 0)
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, _numero: None)
    for numero in range(1, 7):
        f.integrante(f.A, edicion, numero=numero, hechas=4, dias=3)
    otra = f.integrante(f.B, edicion, hechas=1)
    hecho, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    Inscripcion.objects.filter(persona=otra).update(terminada_en=timezone.now(), estado="terminada")
    return hecho


def direccion(cierre: DocumentoDeCifras, con: str = "") -> str:
    return f"/panel/cierres/{cierre.pk}/comparar?con={con}"


@pytest.mark.django_db
@pytest.mark.parametrize("con", ["", "ese_dia"])
def test_it_is_asked_for_counted_apart_and_read(cierre, entrar, cem_provincial, presupuesto, con):
    cliente = entrar(cem_provincial)
    with presupuesto(16) as captura:
        pagina = cliente.get(direccion(cierre, con)).text
    assert "kuska_cursos_inscripcion" not in " ".join(fila["sql"] for fila in captura.captured_queries)
    assert "se prepara aparte" in pagina and "<table" not in pagina and not Trabajo.objects.exists()
    respuesta = cliente.post(direccion(cierre, con))
    trabajo = Trabajo.objects.get()
    assert respuesta.headers["Location"] == f"/panel/trabajos/{trabajo.clave}"
    assert "se está preparando" in cliente.get(direccion(cierre, con)).text
    trabajos.hacer(trabajo_id=trabajo.pk)
    trabajo.refresh_from_db()
    suya = cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    assert "Ver la comparación" in suya and f"comparar?con={con}" in suya
    pagina = cliente.get(direccion(cierre, con)).text
    assert ("Completos desde entonces: 1" in pagina) == (con == "") and "Contado el" in pagina
    hoja = b"".join(cliente.get(f"/panel/trabajos/{trabajo.clave}/descargar").streaming_content).decode("utf-8-sig")
    filas = list(csv.reader(io.StringIO(hoja)))
    cuentas = cifras_contadas(f.ambito() if con == "" else f.ambito().al_dia(AYER))
    entera = comparar(cierre.datos["cifras"], cuentas)
    assert leer_comparacion(trabajo) == entera
    assert [fila[0] for fila in filas[1:]] == [nombre for nombre, _cambios in entera.instancias]
    assert [int(n) for n in filas[1][1:]] == [n for uno in entera.instancias[0][1] for n in (uno.antes, uno.despues)]


@pytest.mark.django_db
def test_it_is_of_who_asked_and_of_who_still_answers_for_all_of_it(cierre, entrar, cem_provincial):
    entrar(cem_provincial).post(direccion(cierre))
    trabajo = Trabajo.objects.get()
    otra = entrar(gente.crear_coordinacion("otra", f.PROVINCIA))
    assert "se prepara aparte" in otra.get(direccion(cierre)).text
    Alcance.objects.filter(cuenta=cem_provincial).update(territorio=f.A)
    trabajos.hacer(trabajo_id=trabajo.pk)
    trabajo.refresh_from_db()
    assert trabajo.estado == Trabajo.Estado.FALLIDO and not trabajo.ruta and not trabajo.resultado
    assert entrar(cem_provincial).post(direccion(cierre)).status_code == 404


@pytest.mark.django_db
def test_two_closings_are_compared_at_once(cierre, entrar, cem_provincial):
    otro, _nuevo = cerrar(ambito=f.ambito(), al=AYER - datetime.timedelta(days=1), por=cem_provincial)
    assert "se prepara aparte" not in entrar(cem_provincial).get(direccion(cierre, str(otro.pk))).text
    assert entrar(cem_provincial).post(direccion(cierre, str(otro.pk))).status_code == 404
    assert not Trabajo.objects.exists()


@pytest.mark.django_db
def test_of_two_closings_it_is_told_where_what_does_not_fit_is(cierre, entrar, cem_provincial, monkeypatch):
    monkeypatch.setattr(comparacion, "EN_LA_PAGINA", 0)
    otro, _nuevo = cerrar(ambito=f.ambito(), al=AYER - datetime.timedelta(days=6), por=cem_provincial)
    pagina = entrar(cem_provincial).get(direccion(cierre, str(otro.pk))).text
    assert "que no cabe" in pagina and "Todas están en el archivo CSV de cada cierre." in pagina


@pytest.mark.un_motor
def test_of_many_tables_the_page_has_those_that_changed_and_says_how_many_do_not_fit(monkeypatch):
    monkeypatch.setattr(comparacion, "EN_LA_PAGINA", 2)
    iguales = [(f"Igual {n}", [Cambio("Asientos", 3, 3)]) for n in range(5)]
    cambian = [(f"Cambia {n}", [Cambio("Asientos", 3, n + 4)]) for n in range(3)]
    entera = Comparacion([], iguales + cambian, [{"asiento": n} for n in range(6)], [], [], [])
    corta = recortar(entera)
    assert [nombre for nombre, _cambios in corta.instancias] == ["Cambia 0", "Cambia 1"] and corta.solo_cambios
    assert corta.no_caben == (1, 4, 0) and len(corta.dejaron) == 2 and not corta.iguales
    poca = Comparacion([], iguales[:2], [], [], [], [])
    assert recortar(poca) is poca and poca.iguales


@pytest.mark.django_db
def test_what_another_edition_of_the_house_wrote_with_other_fields_is_counted_again(cierre, cem_provincial):
    ambito = f.ambito()
    trabajo = pedir_comparacion(cierre=cierre, ambito=ambito, con="", por=cem_provincial)
    assert comparacion_pedida(cierre, "", cem_provincial, ahora=ambito.ahora) == trabajo
    trabajo.pedido["forma"] = trabajo.pedido["forma"][1:]
    trabajo.save()
    assert comparacion_pedida(cierre, "", cem_provincial, ahora=ambito.ahora) is None
