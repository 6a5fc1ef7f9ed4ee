"""Another day of many people is counted apart: told at once, once for everybody, kept by provinces, true afterwards."""

from __future__ import annotations

import datetime
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.models import Alcance, Territorio, Trabajo
from instancias.services import trabajos
from marco.services.pausa import poner_solo_lectura
from seguimiento.consultas import abiertas, contadores, distritos
from seguimiento.informes.definicion import Definicion, Forma
from seguimiento.models import ContadorDeInstancia, Informe
from seguimiento.services import contar as servicio
from seguimiento.services import dias
from tests import gente
from tests.motores import en_postgres
from tests.seguimiento import factories as f
from tests.seguimiento.test_api import clave_para, leer
from tests.seguimiento.test_contadores import OTRA, ambito, montar
from tests.seguimiento.test_dia_contado import igual_que_los_hechos

Estado = Trabajo.Estado
AYER = timezone.localdate() - datetime.timedelta(days=1)
DIRECCION = f"/panel?al={AYER.isoformat()}"
SE_CUENTA = "Se está contando el"


@pytest.fixture
def muchas(monkeypatch):
    """One person is many: no day is counted while somebody waits."""
    monkeypatch.setattr(contadores, "AL_MOMENTO", 0)


@pytest.fixture
def encolados(monkeypatch):
    pedidos: list[int] = []
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, numero: pedidos.append(numero))
    return pedidos


@pytest.fixture
def region(db, muchas, encolados):
    return montar()


@pytest.fixture
def coordinadora(region):
    return gente.crear_coordinacion("region", "10")


@pytest.fixture
def oficina(entrar, coordinadora):
    return entrar(coordinadora)


def texto(cliente, direccion=DIRECCION) -> str:
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200
    return unescape(respuesta.text)


def hecho(trabajo: Trabajo) -> Trabajo:
    while trabajos.hacer(trabajo_id=trabajo.pk):
        pass
    trabajo.refresh_from_db()
    return trabajo


# -- asked for, followed, seen


def test_the_page_answers_at_once_and_shows_the_day_once_it_is_counted(oficina, encolados):
    pagina = texto(oficina)
    trabajo = Trabajo.objects.get()
    assert SE_CUENTA in pagina and "llevan 0 de 2 provincias" in pagina and encolados == [trabajo.pk]
    assert 'http-equiv="refresh"' in pagina and "Detener" in pagina and "integrantes terminaron" not in pagina
    assert texto(oficina) and Trabajo.objects.count() == 1 and encolados == [trabajo.pk]  # looked at again
    assert hecho(trabajo).estado == Estado.LISTO
    pagina = texto(oficina)
    assert SE_CUENTA not in pagina and "terminaron" in pagina
    suya = unescape(oficina.get(f"/panel/trabajos/{trabajo.clave}").text)
    assert "Abrir el panel de ese día" in suya and f"al={AYER.isoformat()}" in suya
    igual_que_los_hechos(ambito(1))


def test_today_and_a_place_of_few_people_answer_at_once(oficina, monkeypatch):
    assert SE_CUENTA not in texto(oficina, "/panel")
    assert SE_CUENTA not in texto(oficina, f"{DIRECCION}&territorio={f.PROVINCIA}")
    monkeypatch.setattr(contadores, "AL_MOMENTO", 100)
    assert SE_CUENTA not in texto(oficina) and not Trabajo.objects.exists()


@en_postgres
def test_today_of_a_country_that_nobody_counted_waits_in_the_same_page(oficina, monkeypatch, encolados):
    monkeypatch.setattr(contadores, "DE_HOY", 0)
    pagina = texto(oficina, "/panel")
    trabajo = Trabajo.objects.get()
    assert SE_CUENTA in pagina and "no estaba contado" in pagina and encolados == [trabajo.pk]
    assert hecho(trabajo).estado == Estado.LISTO
    assert SE_CUENTA not in texto(oficina, "/panel")
    igual_que_los_hechos(ambito())
    assert "Abrir el panel" in unescape(oficina.get(f"/panel/trabajos/{trabajo.clave}").text)


def test_waiting_costs_few_statements_and_counts_nobody(oficina, presupuesto):
    oficina.get(DIRECCION)
    with presupuesto(11) as captura:
        oficina.get(DIRECCION)
    juntas = " ".join(fila["sql"] for fila in captura.captured_queries)
    assert "kuska_cursos_inscripcion" not in juntas


def test_two_accounts_that_ask_for_the_same_day_share_one_count(oficina, entrar, encolados):
    otra = entrar(gente.crear_coordinacion("region-2", "10"))
    texto(oficina)
    pagina = texto(otra)
    assert SE_CUENTA in pagina and "Detener" not in pagina  # who asked for it decides
    trabajo = Trabajo.objects.get()
    assert encolados == [trabajo.pk] and otra.get(f"/panel/trabajos/{trabajo.clave}").status_code == 404
    hecho(trabajo)
    assert SE_CUENTA not in texto(oficina) and SE_CUENTA not in texto(otra)


def test_what_one_stops_the_other_goes_on_with_from_where_it_was(oficina, entrar, monkeypatch):
    otra = entrar(gente.crear_coordinacion("region-2", "10"))
    texto(oficina)
    trabajo = Trabajo.objects.get()
    with monkeypatch.context() as parche:
        tras_la_primera(parche, lambda: oficina.post(f"/panel/trabajos/{trabajo.clave}/detener"))
        assert hecho(trabajo).estado == Estado.DETENIDO and ContadorDeInstancia.objects.exists()
    pagina = texto(oficina)
    assert "El conteo se detuvo" in pagina and "1 de 2 provincias" in pagina and "Seguir contando" in pagina
    assert Trabajo.objects.count() == 1  # looking at it asks for nothing
    pagina = texto(otra)
    assert "llevan 1 de 2 provincias" in pagina and Trabajo.objects.count() == 2


def test_who_stopped_it_goes_on_with_a_button(oficina, encolados):
    texto(oficina)
    primero = Trabajo.objects.get()
    oficina.post(f"/panel/trabajos/{primero.clave}/detener")
    respuesta = oficina.post(f"/panel/dia/contar?al={AYER.isoformat()}")
    assert respuesta.headers["Location"] == DIRECCION and len(encolados) in {1, 2}
    hecho(Trabajo.objects.exclude(pk=primero.pk).get())
    assert SE_CUENTA not in texto(oficina)


def test_where_nobody_comes_the_page_counts_by_parts(oficina):
    texto(oficina)
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    assert "data-k-seguir" in texto(oficina)
    oficina.post(f"/panel/dia/contar?al={AYER.isoformat()}")
    assert Trabajo.objects.get().estado == Estado.LISTO and SE_CUENTA not in texto(oficina)


def tras_la_primera(monkeypatch, que) -> list[str]:
    """Something happens as soon as a province is kept. Returns those that are counted."""
    escribir, contadas = servicio._escribir, []

    def y_luego(aqui, prefijos, cuales):
        contadas.append(prefijos[0][:4])
        escribir(aqui, prefijos, cuales)
        que()

    monkeypatch.setattr(servicio, "_escribir", y_luego)
    return contadas


class Corte(BaseException):
    """As a process that is killed: nothing of ours is told."""


def test_killed_in_the_middle_it_goes_on_and_counts_no_province_twice(oficina, monkeypatch):
    def muere():
        raise Corte

    texto(oficina)
    trabajo = Trabajo.objects.get()
    with monkeypatch.context() as parche, pytest.raises(Corte):
        contadas = tras_la_primera(parche, muere)
        trabajos.hacer(trabajo_id=trabajo.pk)
    trabajo.refresh_from_db()
    assert contadas == [OTRA] and trabajo.estado == Estado.HACIENDO
    assert "llevan 1 de 2 provincias" in texto(oficina)
    assert not trabajos.hacer(trabajo_id=trabajo.pk)  # its turn is still of who died
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    contadas = tras_la_primera(monkeypatch, lambda: None)
    assert hecho(trabajo).estado == Estado.LISTO and contadas == [f.PROVINCIA]
    igual_que_los_hechos(ambito(1))


def test_what_is_written_down_late_between_two_provinces_is_counted_too(oficina, region, monkeypatch):
    """Of a province that was counted already, while the next one is."""
    pendientes = [lambda: f.integrante("100101", region, codigo="T-04", numero=2, hechas=4, dias=9)]
    contadas = tras_la_primera(monkeypatch, lambda: pendientes and pendientes.pop()())
    assert hecho(pedido(oficina)).estado == Estado.LISTO
    assert contadas == [OTRA, f.PROVINCIA, OTRA] and not pendientes
    assert SE_CUENTA not in texto(oficina)
    igual_que_los_hechos(ambito(1))


@pytest.mark.parametrize("al", ["2999-01-01", "1990-01-01", "nunca"])
def test_a_day_that_has_no_figures_is_told_and_asks_for_nothing(oficina, al):
    pagina = texto(oficina, f"/panel?al={al}")
    assert "Estos son los datos de hoy." in pagina and SE_CUENTA not in pagina
    assert oficina.post(f"/panel/dia/contar?al={al}").status_code == 302 and not Trabajo.objects.exists()


def test_whose_scope_ended_meanwhile_counts_nothing(oficina, coordinadora):
    texto(oficina)
    Alcance.objects.filter(cuenta=coordinadora).update(territorio=f.PROVINCIA)
    trabajo = hecho(Trabajo.objects.get())
    assert trabajo.estado == Estado.FALLIDO and "ya no está a su cargo" in trabajo.motivo
    assert not ContadorDeInstancia.objects.exists()
    assert oficina.post(f"/panel/dia/contar?al={AYER.isoformat()}&territorio=10").status_code == 404


def test_while_nothing_is_kept_nothing_is_asked_for(oficina, administradora):
    poner_solo_lectura(ahora=timezone.now(), por=administradora)
    pagina = texto(oficina)
    assert "espera a que el aula vuelva a guardar" in pagina and "todavía no se cuenta" in pagina
    assert "Se está contando" not in pagina
    assert not Trabajo.objects.exists()


def test_who_has_three_works_under_way_is_told_so(oficina, coordinadora):
    texto(oficina)
    Trabajo.objects.update(estado=Estado.DETENIDO)
    for numero in range(3):
        Trabajo.objects.create(
            clase="seguimiento.avance",
            cuenta=coordinadora,
            titulo="Avance",
            pedido={"n": numero},
            ambito=["10"],
            pedido_en=timezone.now(),
            vence_en=timezone.now() + datetime.timedelta(days=1),
        )
    respuesta = oficina.post(f"/panel/dia/contar?al={AYER.isoformat()}", follow=True)
    assert "Ya tiene tres trabajos en marcha" in unescape(respuesta.text)
    Trabajo.objects.filter(estado=Estado.DETENIDO).delete()
    assert "Ya tiene tres trabajos en marcha" in texto(oficina)


def test_a_report_that_counts_many_people_is_prepared_apart(oficina):
    direccion = f"/panel/informes/anual?al={AYER.isoformat()}"
    pagina = texto(oficina, direccion)
    assert "se prepara aparte" in pagina and "Preparar el Excel" in pagina and "<table" not in pagina
    for formato in ("csv", "json", "xlsx"):
        respuesta = oficina.get(f"/panel/informes/anual/archivo.{formato}?al={AYER.isoformat()}")
        assert respuesta.headers["Location"] == direccion
    oficina.post(f"/panel/informes/anual/preparar?al={AYER.isoformat()}")
    assert hecho(Trabajo.objects.get()).estado == Estado.LISTO


def test_a_report_of_many_people_that_cannot_be_counted_is_told_at_once(oficina, coordinadora):
    pedida = Definicion(forma=Forma.CUENTAS, columnas=("integrantes",), sexo="mujer")  # as an older edition kept it
    suyo = Informe.objects.create(cuenta=coordinadora, nombre="Por sexo", definicion=pedida.a_json(), ambito=["10"])
    pagina = texto(oficina, f"/panel/informes/{suyo.pk}")
    assert "quite este filtro" in pagina and "Preparar el Excel" not in pagina
    respuesta = oficina.post(f"/panel/informes/{suyo.pk}/preparar", follow=True)
    assert "quite este filtro" in unescape(respuesta.text) and not Trabajo.objects.exists()


def test_the_map_of_another_day_of_many_people_is_of_a_province(oficina):
    pagina = texto(oficina, f"/panel/mapa?al={AYER.isoformat()}")
    assert "el mapa de otro día se muestra por provincia" in pagina
    assert f"/panel/mapa?al={AYER.isoformat()}&territorio={f.PROVINCIA}" in pagina
    for direccion in ("/panel/mapa", f"/panel/mapa?al={AYER.isoformat()}&territorio={f.PROVINCIA}"):
        assert "Los mismos números" in texto(oficina, direccion)


def test_where_people_stop_is_told_from_a_department_on(oficina, coordinadora, region):
    for ubigeo, nivel in (("15", "departamento"), ("1501", "provincia")):
        Territorio.objects.get_or_create(ubigeo=ubigeo, defaults={"nivel": nivel, "nombre": "Lima"})
    cache.clear()
    Alcance.objects.create(cuenta=coordinadora, territorio_id="15", rol="coordinacion", desde=gente.DESDE)
    for parte in ("", "/salud", "/resultados"):
        assert "Elija un departamento" in texto(oficina, f"/panel/curso/900{parte}")
        assert "Elija un departamento" not in texto(oficina, f"/panel/curso/900{parte}?territorio=10")


# -- asked for by the system of others


@pytest.fixture
def clave(coordinadora):
    return clave_para(coordinadora, "10")


def pedir(clave, **pedido):
    return leer(clave, "cobertura", **{"al": AYER.isoformat(), **pedido})


def test_a_system_is_told_when_to_ask_again_and_then_reads_what_the_panel_says(oficina, clave, encolados):
    respuesta = pedir(clave)
    trabajo = Trabajo.objects.get()
    assert respuesta.status_code == 202 and respuesta.headers["Retry-After"] == "5"
    assert respuesta.headers["Cache-Control"] == "no-store" and respuesta.json()["codigo"] == "se_cuenta"
    assert "llevan 0 de 2 provincias. Pida lo mismo otra vez en 5 segundos." in respuesta.json()["mensaje"]
    assert pedir(clave).status_code == 202 and encolados == [trabajo.pk]
    assert SE_CUENTA in texto(oficina) and Trabajo.objects.count() == 1  # the panel waits for the same count
    hecho(trabajo)
    cobertura = pedir(clave).json()
    total = oficina.get(DIRECCION).context["total"]
    assert [cobertura["total"][uno] for uno in ("asientos", "sin_persona", "completos")] == [
        total.asientos,
        total.sin_persona,
        total.completos,
    ]
    de_hechos = distritos.instancias(ambito(1))
    assert cobertura["filas"] == [abiertas.cobertura(una) for una in de_hechos if una.es_propia and una.convocada]


def test_a_system_counts_one_day_at_a_time_and_asks_for_nothing_that_was_stopped(clave, encolados, coordinadora):
    pedir(clave)
    otro = (AYER - datetime.timedelta(days=1)).isoformat()
    espera = pedir(clave, al=otro)
    assert espera.status_code == 429 and espera.headers["Retry-After"] == "60"
    assert "espera a que se cuente otro día" in espera.json()["mensaje"]
    Trabajo.objects.update(estado=Estado.DETENIDO)
    parado = pedir(clave)
    assert parado.status_code == 503 and parado.headers["Retry-After"] == "3600"
    assert "No se pudo contar" in parado.json()["mensaje"]
    assert Trabajo.objects.count() == 1
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(hours=2))
    assert "Se está contando" in pedir(clave).json()["mensaje"] and len(encolados) == 2


def test_a_system_is_told_that_nothing_is_kept(clave, administradora):
    poner_solo_lectura(ahora=timezone.now(), por=administradora)
    respuesta = pedir(clave)
    assert respuesta.headers["Retry-After"] == "300" and "el aula no guarda nada" in respuesta.json()["mensaje"]
    assert not Trabajo.objects.exists()


def test_what_a_system_asks_for_besides_coverage_counts_nobody(clave, presupuesto):
    for recurso in ("ediciones", "instancias", "avance", "cierres"):
        with presupuesto(8) as captura:
            assert leer(clave, recurso, **({"al": AYER.isoformat()} if recurso[0] in "ia" else {})).status_code == 200
        assert "kuska_cursos_inscripcion" not in " ".join(fila["sql"] for fila in captura.captured_queries)
    with presupuesto(17):
        assert pedir(clave).status_code == 202
    with presupuesto(13):
        assert pedir(clave).status_code == 202


# -- what was counted stays true


def test_what_is_registered_late_is_counted_again_and_told_apart(oficina, region, monkeypatch):
    hecho(pedido(oficina))
    antes = contadores.sumar(ambito(1))[1]
    monkeypatch.setattr(contadores, "caben", lambda aqui: len(aqui.prefijos) == 1 and aqui.prefijos != ("10",))
    f.integrante("100101", region, codigo="T-04", numero=2, hechas=4, dias=9)
    despues = contadores.sumar(ambito(1))[1]
    assert despues.integrantes == antes.integrantes + 1
    igual_que_los_hechos(ambito(1))
    assert "despu" in texto(oficina)


def test_what_happens_later_leaves_the_day_as_it_was(oficina, region):
    hecho(pedido(oficina))
    antes = contadores.sumar(ambito(1))
    Inscripcion.objects.filter(territorio=f.A).update(terminada_en=timezone.now(), estado="terminada")
    try:
        assert contadores.sumar(ambito(1)) == antes
    except contadores.FaltaContar:  # where no mark has its day, its instancia is counted again: the same
        hecho(pedido(oficina))
        assert contadores.sumar(ambito(1)) == antes


def pedido(oficina) -> Trabajo:
    texto(oficina)
    return Trabajo.objects.order_by("pk").last()


def test_its_words_and_its_address(region, coordinadora):
    trabajo = Trabajo(pedido={"edicion": 3, "dia": "2026-09-30", "territorio": "10"}, hechas=3, total=25)
    clase = dias.DiaContado()
    assert clase.progreso(trabajo) == "3 de 25 provincias"
    assert clase.desenlace(trabajo).enlaces[0][1] == "/panel?edicion=3&al=2026-09-30&territorio=10"
