"""What anybody may read: off at first, of a day that is fixed, of institutions, and of no fewer than five people."""

from __future__ import annotations

import csv
import datetime
import io
import json
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from instancias.models import Institucion
from marco.models import AjustesDelAula
from seguimiento.consultas import publicado
from seguimiento.consultas.como_se_cuenta import POR_CLAVE
from seguimiento.datos_abiertos import DE_ASIENTOS, DE_INSTANCIAS
from seguimiento.models import Publicacion
from seguimiento.services.cierres import cerrar
from seguimiento.services.instancias import certificar_instancia
from seguimiento.services.publicacion import dichas_de, fines_de_mes, publicar, publicar_cortes, puede_seguir
from tests.cms.test_portada import poner_portada
from tests.neutralidad import faltas
from tests.seguimiento import factories as f
from tests.seguimiento.test_api import clave_para, leer

RUTAS = (
    "", "/diccionario", "/diccionario.csv", "/1006", f"/{f.A}", "/1006/instancias.csv", "/1006/asientos.csv",
    "/1006/datos.json",
)  # fmt: skip


def encender(si: bool = True) -> None:
    AjustesDelAula.objects.update_or_create(defaults={"transparencia_activa": si})
    cache.clear()


def hace(dias: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=dias)


def llenar(ubigeo: str, edicion, cuantas: int, *, desde: int = 1, dias: float = 40) -> None:
    for n in range(desde, desde + cuantas):
        f.integrante(ubigeo, edicion, numero=n, hechas=4, dias=dias, nombres=f"Nombre{n}")


def filas_de(respuesta) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(respuesta.content.decode("utf-8-sig"))))


@pytest.mark.un_motor
@pytest.mark.django_db
@pytest.mark.usefixtures("misma_referencia")
def test_it_is_not_there_until_the_settings_say_so(edicion, client):
    llenar(f.A, edicion, 5)
    publicar(ambito=f.ambito(), corte=hace(30))
    for ruta in RUTAS:
        apagada, ausente = client.get(f"/transparencia{ruta}"), client.get("/no-existe", follow=True)
        assert apagada.status_code == ausente.status_code == 404
        assert apagada.content == ausente.content
    encender()
    assert {client.get(f"/transparencia{ruta}", follow=True).status_code for ruta in RUTAS} == {200}
    encender(False)
    assert {client.get(f"/transparencia{ruta}").status_code for ruta in RUTAS} == {404}


@pytest.mark.django_db
def test_it_says_what_the_screen_said_of_that_day_and_the_api_the_same(edicion, entrar, cem_provincial, client):
    """Twelve finished by the first cut; five more of A, and one of B whose seat is vacant today, by the second."""
    llenar(f.A, edicion, 6)
    llenar(f.B, edicion, 6)
    f.crear_asiento(f.B, numero=9)
    llenar(f.A, edicion, 5, desde=20, dias=10)
    encender()
    clave = clave_para(cem_provincial)
    for corte, de_a in ((hace(30), 6), (hace(5), 11)):
        assert publicar(ambito=f.ambito(), corte=corte)
        panel = entrar(cem_provincial).get("/panel", {"al": corte.isoformat()}).context
        de_pantalla = {una.ubigeo: una for una in panel["instancias"] if una.es_propia}
        filas = {fila["ubigeo"]: fila for fila in filas_de(client.get("/transparencia/1006/instancias.csv"))}
        assert set(filas) == set(de_pantalla)
        assert int(filas[f.A]["terminaron"]) == de_pantalla[f.A].terminaron == de_a
        api = leer(clave, "avance", al=corte.isoformat()).json()
        for ubigeo, una in de_pantalla.items():
            contadas = [una.exigidos, una.con_persona, una.sin_persona, una.completos, una.terminaron]
            columnas = ("asientos", "con_persona", "sin_persona", "completos", "terminaron")
            assert [int(filas[ubigeo][columna]) for columna in columnas] == contadas
            assert next(fila for fila in api["filas"] if fila["ubigeo"] == ubigeo)["terminaron"] == una.terminaron
        assert filas[f.A]["al"] == filas[f.A]["terminaron_al"] == corte.isoformat()
        assert api["totales"][0]["terminaron"] == panel["total"].terminaron
    assert leer(clave, "avance", al=hace(20).isoformat()).json()["totales"][0]["terminaron"] == 12


@pytest.mark.django_db
def test_fewer_than_five_are_told_nowhere_nor_by_taking_away(edicion, client, cem_provincial):
    """Two of A finished, six of B and nine of C: B keeps silent with A, and only C and the sum are told."""
    for ubigeo, cuantas in ((f.A, 2), (f.B, 6), (f.C, 9)):
        llenar(ubigeo, edicion, cuantas)
    publicar(ambito=f.ambito(), corte=hace(30))
    encender()
    dichas = {fila["ubigeo"]: fila["terminaron"] for fila in filas_de(client.get("/transparencia/1006/instancias.csv"))}
    assert dichas == {f.A: "menos de 5 (o reservado)", f.B: "menos de 5 (o reservado)", f.C: "9"}
    datos = json.loads(client.get("/transparencia/1006/datos.json").content)
    assert [fila["terminaron"] for fila in datos["instancias"]] == [None, None, 9]
    assert datos["total"]["terminaron"] == 17
    assert "contadas" not in json.dumps(datos)
    assert "menos de 5 (o reservado)" in client.get(f"/transparencia/{f.B}").text
    de_b = leer(clave_para(cem_provincial, f.B), "avance").json()
    assert [fila["terminaron"] for fila in de_b["filas"]] == [None] and de_b["totales"] == []


@pytest.mark.django_db
def test_two_cuts_differ_by_nothing_or_by_five(edicion, client):
    """Three more in a month: what was told stays, with its day; two more in the next one make five."""
    llenar(f.A, edicion, 8, dias=70)
    llenar(f.B, edicion, 8, dias=70)
    llenar(f.A, edicion, 3, desde=20, dias=40)
    llenar(f.A, edicion, 2, desde=30, dias=10)
    encender()
    leidas = []
    for corte in (hace(60), hace(30), hace(5)):
        publicar(ambito=f.ambito(), corte=corte)
        datos = json.loads(client.get("/transparencia/1006/datos.json").content)
        leidas.append((datos["total"]["terminaron"], datos["terminaron_al"], datos["al"]))
        pagina = client.get("/transparencia/1006").text
        assert ("se dicen de nuevo cuando cambian cinco o más" in pagina) == (datos["al"] != datos["terminaron_al"])
    primero, segundo, tercero = (uno.isoformat() for uno in (hace(60), hace(30), hace(5)))
    assert leidas == [(16, primero, primero), (16, primero, segundo), (21, tercero, tercero)]


@pytest.mark.django_db
def test_a_cut_is_made_once_and_what_is_registered_later_does_not_change_it(edicion, client):
    llenar(f.A, edicion, 6)
    assert publicar(ambito=f.ambito(), corte=hace(30))
    antes = Publicacion.objects.values_list("cifras", "asientos").get()
    llenar(f.A, edicion, 6, desde=20, dias=50)
    assert not publicar(ambito=f.ambito(), corte=hace(30))
    assert Publicacion.objects.values_list("cifras", "asientos").get() == antes


@pytest.mark.django_db
def test_the_clock_makes_each_month_that_ended_in_order_and_once(version):
    edicion = f.abrir(version, inicia=datetime.date(2026, 1, 10), termina=datetime.date(2026, 4, 15))
    f.integrante(f.A, edicion)
    ahora = timezone.make_aware(datetime.datetime(2026, 3, 31, 23, 0))
    assert publicar_cortes(ahora=ahora) == 2
    assert publicar_cortes(ahora=ahora) == 0
    assert publicar_cortes(ahora=ahora + datetime.timedelta(hours=2)) == 1
    assert publicar_cortes(ahora=ahora + datetime.timedelta(days=400)) == 2
    cortes = list(Publicacion.objects.order_by("corte").values_list("corte", flat=True))
    assert [(uno.month, uno.day) for uno in cortes] == [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31)]


@pytest.mark.un_motor
@given(st.lists(st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 15), min_size=1), min_size=2, max_size=6))
def test_month_after_month_nobody_learns_of_fewer_than_five(meses):
    """Whatever each month counts, with tables that come and go, a reader of all of them is told no small change."""
    contadas, leidas = meses[0], [dichas_de(meses[0])]
    for mes in meses[1:]:
        if puede_seguir(contadas, mes):
            contadas = mes
            leidas.append(dichas_de(mes))
    for dichas in leidas:
        total, callados = dichas[""], [uno for uno in dichas if dichas[uno] is None]
        assert all(n == 0 or n >= 5 for n in dichas.values() if n is not None)
        assert total != 0 or not callados
        if total is not None and callados:
            assert len(callados) > 1 or dichas.keys() == {"", *callados}
            assert total - sum(n for uno, n in dichas.items() if uno and n) >= 5
    for antes, ahora in pairwise(leidas):
        instancias = ({*antes} & {*ahora}) - {""}
        cambios = [ahora[uno] - antes[uno] for uno in instancias if None not in (antes[uno], ahora[uno])]
        assert all(cambio == 0 or abs(cambio) >= 5 for cambio in cambios)


@pytest.mark.un_motor
def test_the_months_that_ended():
    dia = datetime.date
    assert list(fines_de_mes(dia(2026, 1, 31), dia(2026, 2, 27))) == [dia(2026, 1, 31)]
    assert list(fines_de_mes(dia(2026, 12, 1), dia(2027, 1, 31))) == [dia(2026, 12, 31), dia(2027, 1, 31)]
    assert list(fines_de_mes(dia(2026, 2, 1), dia(2026, 2, 27))) == []


@pytest.mark.django_db
def test_no_file_nor_page_names_a_person_or_runs_a_formula(edicion, client, cem_provincial):
    quien = f.integrante(f.A, edicion, codigo="T-01", hechas=4, dias=40, nombres="Hermelinda")
    asiento = quien.membresias.get().asiento
    asiento.institucion = Institucion.objects.create(nombre="=2+5", sector=Institucion.Sector.SOCIEDAD)
    asiento.save()
    publicar(ambito=f.ambito(), corte=hace(30))
    cierre, _nuevo = cerrar(ambito=f.ambito(), al=hace(3), por=cem_provincial)
    encender()
    for ruta in RUTAS:
        respuesta = client.get(f"/transparencia{ruta}", follow=True)
        texto = respuesta.content.decode()
        assert not [uno for uno in ("Hermelinda", "Campos Ríos", "987654321") if uno in texto]
        if ruta.endswith(".csv") and "asientos" in ruta:
            assert "'=2+5" in texto
    pagina = client.get("/transparencia/1006").text
    assert cierre.huella in pagina and f"/v/{cierre.codigo_largo}" in pagina


@pytest.mark.django_db
def test_a_certified_table_is_told_with_the_state_that_it_has_now(edicion, client, cem_provincial):
    f.integrante(f.A, edicion, codigo="T-01", hechas=4, dias=40)
    publicar(ambito=f.ambito(), corte=hace(30))
    documento, _nuevo = certificar_instancia(ambito=f.ambito().en(f.A), por=cem_provincial)
    encender()
    assert f"{documento.registro}</a>" in client.get("/transparencia/1006").text
    assert "vigente." in client.get("/transparencia/1006").text
    api = leer(clave_para(cem_provincial), "instancias").json()["filas"]
    assert [una["certificacion"]["registro"] for una in api if una["certificacion"]] == [documento.registro]


@pytest.mark.un_motor
@pytest.mark.django_db
def test_it_is_of_nobody_and_may_be_kept(edicion, entrar, cem_provincial):
    llenar(f.A, edicion, 5)
    publicar(ambito=f.ambito(), corte=hace(30))
    encender()
    for ruta in RUTAS[1:]:
        respuesta = Client().get(f"/transparencia{ruta}")
        assert respuesta["Cache-Control"] == "public, max-age=3600"
        assert not respuesta.cookies and "Cookie" not in respuesta.get("Vary", "")
        assert respuesta.content == entrar(cem_provincial).get(f"/transparencia{ruta}").content
        if respuesta["Content-Type"].startswith("text/html"):
            assert not faltas(respuesta.text)
            assert "<title>" in respuesta.text and len(respuesta.content) < 45_000


@pytest.mark.django_db
def test_it_costs_the_same_for_one_district_or_for_three(edicion, client, presupuesto):
    encender()
    costos = []
    for lugares in ((f.A,), (f.A, f.B, f.C)):
        for n, ubigeo in enumerate(lugares, 1):
            llenar(ubigeo, edicion, 6, desde=10 * len(lugares) + 10 * n)
        Publicacion.objects.all().delete()
        publicar(ambito=f.ambito(), corte=hace(30))
        client.get("/ayuda")
        contadas = []
        for ruta in ("/1006", f"/{f.A}", "/1006/datos.json", "/1006/asientos.csv"):
            with presupuesto(4) as captura:
                client.get(f"/transparencia{ruta}")
            contadas.append(captura.contadas)
        costos.append(contadas)
    assert costos[0] == costos[1]


@pytest.mark.un_motor
@pytest.mark.django_db
def test_the_dictionary_tells_every_column_in_the_words_of_the_panel(client):
    encender()
    campos = {fila["campo"]: fila for fila in filas_de(client.get("/transparencia/diccionario.csv"))}
    assert {*DE_INSTANCIAS, *DE_ASIENTOS} <= set(campos)
    assert campos["completos"]["como_se_cuenta"] == str(POR_CLAVE["completos"].texto)
    assert all(fila["significado"] and fila["unidad"] for fila in campos.values())


@pytest.mark.un_motor
@pytest.mark.django_db
def test_the_entry_leads_to_it_only_when_it_is_on(client, edicion):
    poner_portada()
    assert "/transparencia" not in client.get("/").text
    encender()
    assert 'href="/transparencia"' in client.get("/").text
    assert publicado.publicada("1006") is None
    assert "Todavía no hay cifras publicadas." in client.get("/transparencia").text
