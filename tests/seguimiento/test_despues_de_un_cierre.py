"""What was kept stays and opens, whatever comes after: registers made one, districts of another code, new ones."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from cursos.models import Edicion
from instancias.models import Instancia, Territorio
from seguimiento.consultas import lugares
from seguimiento.consultas.distritos import instancias, totales
from seguimiento.models import BarraDeInstancia
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from tests.instancias.fusiones import unir
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_api import clave_para, leer

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - datetime.timedelta(days=1)
OTRO_CODIGO, NUEVO = "100698", "100699"


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


def terminadas(edicion: Edicion, ubigeo: str, cuantas: int = 6) -> list[f.Persona]:
    """People who finished three days ago, the first of them on the seat that presides."""
    return [
        f.integrante(ubigeo, edicion, codigo="T-01" if n == 1 else "T-04", numero=n, hechas=4, dias=3)
        for n in range(1, cuantas + 1)
    ]


def las_que_quedan(cierre: DocumentoDeCifras) -> tuple[object, ...]:
    return DocumentoDeCifras.objects.values_list("datos", "huella", "numero", "estado").get(pk=cierre.pk)


def distrito(ubigeo: str, nombre: str) -> Territorio:
    nuevo = Territorio.objects.create(ubigeo=ubigeo, nivel="distrito", nombre=nombre, sigla="NUE", fila=2, columna=2)
    cache.delete(lugares.CLAVE_DE_CACHE)
    return nuevo


def se_abre(oficina, cierre: DocumentoDeCifras) -> str:
    """Every door of a closing, and beside what it can be put: the page that compares it with today."""
    direcciones = [f"actas/{cierre.pk}", f"actas/{cierre.pk}/xlsx", f"cierres/{cierre.pk}/json"]
    direcciones += [f"cierres/{cierre.pk}/csv", f"cierres/{cierre.pk}/comparar?con=ese_dia"]
    for uno in direcciones:
        assert oficina.get(f"/panel/{uno}").status_code == 200, uno
    hoy = oficina.get(f"/panel/cierres/{cierre.pk}/comparar")
    assert hoy.status_code == 200
    return " ".join(hoy.text.split())


def test_of_two_registers_made_one_after_a_closing_it_keeps_two_and_today_counts_one(edicion, oficina, cem_provincial):
    ana, *_resto = terminadas(edicion, f.A)
    doble, *_otras = terminadas(edicion, f.B)
    cierre, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    pedido = Pedido(operacion=uuid.uuid4(), con_nombres=True)
    acta, _nueva = hacer_acta(ambito=f.ambito(), pedido=pedido, por=cem_provincial)
    antes = las_que_quedan(cierre), las_que_quedan(acta)
    assert cierre.datos["cifras"]["total"]["terminaron"] == 12
    unir(ana, doble)
    assert (las_que_quedan(cierre), las_que_quedan(acta)) == antes
    comparacion = oficina.get(f"/panel/cierres/{cierre.pk}/comparar").context["comparacion"]
    cambian = {uno.nombre: (uno.antes, uno.despues) for uno in comparacion.total if uno.antes != uno.despues}
    assert cambian["Terminaron"] == (12, 11) and cambian["Integrantes"] == (12, 11)
    assert not comparacion.dejaron, "both seats are still hers"
    se_abre(oficina, cierre)
    for parte in ("", "/pdf", "/xlsx"):
        assert oficina.get(f"/panel/actas/{acta.pk}{parte}").status_code == 200
    ambito = f.ambito()
    assert totales(ambito, instancias(ambito)).terminaron == 11
    clave = clave_para(cem_provincial)
    assert leer(clave, "cierres").json()["filas"][0]["huella"] == cierre.huella


def test_a_district_that_changed_its_code_or_came_later_is_told_without_its_pair(edicion, oficina, cem_provincial):
    terminadas(edicion, f.A)
    terminadas(edicion, f.B)
    de_la_provincia, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    de_a, _nuevo = cerrar(ambito=f.ambito().en(f.A), al=AYER, por=cem_provincial)
    antes = las_que_quedan(de_la_provincia), las_que_quedan(de_a)
    nombre = Territorio.objects.get(pk=f.A).nombre
    Instancia.objects.filter(territorio=f.A).update(territorio=distrito(OTRO_CODIGO, nombre))
    distrito(NUEVO, "Distrito Nuevo")
    terminadas(edicion, NUEVO)
    for hoy in (se_abre(oficina, de_la_provincia), se_abre(oficina, de_a)):
        assert "Solo en el cierre: " in hoy and f"({f.A}). En «Hoy» no hay con qué comparar" in hoy
    hoy = se_abre(oficina, de_la_provincia)
    assert f"({OTRO_CODIGO}); " in hoy and f"({NUEVO}). Ese día no estaba en el cierre" in hoy
    assert (las_que_quedan(de_la_provincia), las_que_quedan(de_a)) == antes
    comparacion = oficina.get(f"/panel/cierres/{de_la_provincia.pk}/comparar").context["comparacion"]
    total = {uno.nombre: (uno.antes, uno.despues) for uno in comparacion.total}
    assert total["Terminaron"] == (12, 18)
    assert len(comparacion.llegaron) == 6 and not comparacion.dejaron, "a seat is the same one under another code"
    otro, _nuevo = cerrar(ambito=f.ambito(), al=AYER - datetime.timedelta(days=1), por=cem_provincial)
    entre_los_dos = oficina.get(f"/panel/cierres/{de_la_provincia.pk}/comparar?con={otro.pk}")
    assert entre_los_dos.status_code == 200 and f"({OTRO_CODIGO})" in entre_los_dos.text
    ubigeos = [uno["ubigeo"] for uno in leer(clave_para(cem_provincial), "instancias").json()["filas"]]
    assert OTRO_CODIGO in ubigeos and NUEVO in ubigeos


def test_a_table_without_ordinance_is_said_in_words_by_every_door(edicion, oficina, cem_provincial):
    terminadas(edicion, f.A)
    BarraDeInstancia.objects.create(distrital=1)
    assert not Instancia.objects.exclude(norma_de_creacion="").exists()
    assert oficina.get("/panel").status_code == oficina.get("/panel/mapa").status_code == 200
    assert "Ordenanza de creación: sin registrar." in oficina.get(f"/panel/distrito/{f.A}").text
    oficina.post(f"/panel/distrito/{f.A}/certificar")
    oficina.post(f"/panel/actas/nueva?instancia={f.A}", {"operacion": str(uuid.uuid4())})
    hechos = list(DocumentoDeCifras.objects.order_by("pk"))
    assert [uno.clase for uno in hechos] == ["instancia", "acta"]
    for documento in hechos:
        assert ["Ordenanza de creación", "Sin registrar"] in documento.datos["papel"]["datos"]
        for parte in ("", "/pdf", "/xlsx"):
            assert oficina.get(f"/panel/actas/{documento.pk}{parte}").status_code == 200
    assert "Sin registrar" in oficina.get(f"/panel/actas/{hechos[1].pk}").text
    for formato in ("csv", "json"):
        bajado = oficina.get(f"/panel/informes/meta-municipal/archivo.{formato}")
        assert "Sin registrar" in b"".join(bajado.streaming_content).decode("utf-8-sig")
    clave = clave_para(cem_provincial)
    for recurso in ("instancias", "asientos", "cobertura"):
        assert leer(clave, recurso).status_code == 200
