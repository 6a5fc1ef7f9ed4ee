"""Long workbooks: written apart, followed, stopped, opened only by whoever asked for them, and swept."""

from __future__ import annotations

import datetime
import errno
import io
import threading

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from openpyxl import load_workbook

from instancias import tasks
from instancias.models import Alcance, Membresia, Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services import trabajos
from instancias.trabajos import TrabajoError
from marco.services.pausa import poner_solo_lectura, volver_a_guardar
from marco.solo_lectura import EnPausa
from seguimiento.consultas.filas import membresias_con_estado, membresias_por_bloques
from seguimiento.informes.definicion import Definicion
from seguimiento.models import Recordatorio
from seguimiento.services import archivos
from seguimiento.services.informes import guardar_informe
from tests.motores import en_postgres
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
PROVINCIA = AlcanceEfectivo((f.PROVINCIA,))
Estado = Trabajo.Estado


@pytest.fixture(autouse=True)
def cortos(monkeypatch, tmp_path, settings):
    """A file is long from three rows on, and a block is of two."""
    for modulo in ("seguimiento.services.archivos", "seguimiento.views.informes", "seguimiento.views.exportar"):
        monkeypatch.setattr(f"{modulo}.LARGO", 2)
    monkeypatch.setattr("seguimiento.consultas.filas.BLOQUE", 2)
    settings.STORAGES = {
        **settings.STORAGES,
        "privado": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
@hecho_una_vez
def poblada(edicion):
    for numero in range(1, 8):
        f.inscribir(f.sentar(f.crear_asiento(f.A, f"T-{numero:02}"), f"N{numero}"), edicion, hechas=numero % 5)
    return edicion


@pytest.fixture
def informe(poblada, cem_provincial):
    pedida = Definicion(nombre="Quiénes", columnas=("nombres", "estado"))
    return guardar_informe(pedida=pedida, de_todos=False, por=cem_provincial, alcance=PROVINCIA)


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
def encolados(monkeypatch):
    """What was asked of the queue, and nobody does yet."""
    pedidos: list[int] = []
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, numero: pedidos.append(numero))
    monkeypatch.setattr(
        "instancias.tasks.recoger", lambda _tarea, cuales, sin_nadie: pedidos.extend(uno for (uno,) in cuales)
    )
    return pedidos


def hacer(trabajo_id: int) -> bool:
    """Do it, and return whether it is ready now and was not before."""
    antes = Trabajo.objects.get(pk=trabajo_id).estado
    trabajos.hacer(trabajo_id=trabajo_id)
    return antes != Estado.LISTO and Trabajo.objects.get(pk=trabajo_id).estado == Estado.LISTO


def pedido(cuenta, **campos) -> Trabajo:
    pedida = Definicion(nombre="Quiénes", columnas=("nombres",), **campos)
    return archivos.pedir_informe(pedida=pedida, por=cuenta, alcance=PROVINCIA, ahora=timezone.now())


def test_a_long_workbook_is_asked_for_followed_and_downloaded(informe, oficina, encolados):
    visto = oficina.get(f"/panel/informes/{informe.pk}").text
    assert "Preparar el Excel" in visto
    assert oficina.get(f"/panel/informes/{informe.pk}/archivo.xlsx").status_code == 302
    pagina = oficina.post(f"/panel/informes/{informe.pk}/preparar", follow=True)
    assert "Preparando el archivo…" in pagina.text and "0 de 7 filas" in pagina.text
    archivo = Trabajo.objects.get()
    assert encolados == [archivo.pk]
    tasks.hacer_trabajo(archivo.pk)
    listo = oficina.get(f"/panel/trabajos/{archivo.clave}").text
    assert "El archivo está listo." in listo and "Descargar (Excel" in listo
    bajada = oficina.get(f"/panel/trabajos/{archivo.clave}/descargar")
    libro = load_workbook(io.BytesIO(b"".join(bajada.streaming_content)))
    assert libro["Informe"].max_row == 8 and bajada["Cache-Control"] == "no-store"
    assert "Quiénes" in oficina.get("/panel/informes").text


def test_the_long_workbook_of_progress_goes_the_same_way(poblada, oficina, encolados):
    respuesta = oficina.get("/panel/avance.xlsx", follow=True)
    assert "De Leoncio Prado son 7 filas." in respuesta.text
    oficina.post("/panel/informes/avance")
    archivo = Trabajo.objects.get()
    tasks.hacer_trabajo(archivo.pk)
    archivo.refresh_from_db()
    assert (archivo.estado, archivo.hechas, archivo.total) == (Estado.LISTO, 7, 7)
    bajada = oficina.get(f"/panel/trabajos/{archivo.clave}/descargar")
    assert load_workbook(io.BytesIO(b"".join(bajada.streaming_content)))["Personas"].max_row == 8
    assert bajada["Content-Disposition"].startswith('attachment; filename="avance_leoncio-prado_')


def test_asked_twice_it_is_written_once_and_three_is_the_most(informe, cem_provincial):
    uno = pedido(cem_provincial)
    assert pedido(cem_provincial) == uno
    for campos in ({"calidad": "titular"}, {"nivel": "distrital"}):
        pedido(cem_provincial, **campos)
    with pytest.raises(TrabajoError, match="tres trabajos"):
        pedido(cem_provincial, calidad="alterno")
    assert hacer(trabajo_id=uno.pk)
    assert not hacer(trabajo_id=uno.pk)


def test_stopped_under_way_nothing_of_it_is_kept(informe, cem_provincial, oficina, monkeypatch, tmp_path):
    archivo = pedido(cem_provincial)
    escribir = archivos.en_xlsx

    def a_medias(preparado, escrito, aviso):
        aviso(2)
        oficina.post(f"/panel/trabajos/{archivo.clave}/detener")
        return escribir(preparado, escrito, aviso=aviso)

    monkeypatch.setattr(archivos, "en_xlsx", a_medias)
    assert not hacer(trabajo_id=archivo.pk)
    archivo.refresh_from_db()
    assert (archivo.estado, archivo.ruta) == (Estado.DETENIDO, "") and not list(tmp_path.rglob("*.xlsx"))
    assert "Se detuvo antes de terminar" in oficina.get(f"/panel/trabajos/{archivo.clave}").text


def test_while_the_site_only_reads_it_waits_says_so_and_is_written_afterwards(
    informe, cem_provincial, oficina, monkeypatch, encolados
):
    archivo, escribir = pedido(cem_provincial), archivos.en_xlsx

    def a_medias(preparado, escrito, aviso):
        aviso(2)
        poner_solo_lectura(ahora=timezone.now(), por=cem_provincial)
        return escribir(preparado, escrito, aviso=aviso)

    monkeypatch.setattr(archivos, "en_xlsx", a_medias)
    with pytest.raises(EnPausa):
        hacer(trabajo_id=archivo.pk)
    archivo.refresh_from_db()
    assert (archivo.estado, archivo.turno) == (Estado.PEDIDO, "")
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    pagina = oficina.get(f"/panel/trabajos/{archivo.clave}").text
    assert (
        "espera a que el aula vuelva a guardar" in pagina
        and "Seguir</button>" not in pagina
        and "Detener</button>" not in pagina
    )
    tasks.seguir_trabajos()
    assert not encolados
    volver_a_guardar(por=cem_provincial)
    monkeypatch.setattr(archivos, "en_xlsx", escribir)
    tasks.seguir_trabajos()
    assert encolados == [archivo.pk] and hacer(trabajo_id=archivo.pk)


def test_what_did_not_fit_on_the_disk_is_written_later(informe, cem_provincial, monkeypatch):
    archivo = pedido(cem_provincial)
    escribir = archivos.en_xlsx

    def no_cabe(*_que, **_otros):
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(archivos, "en_xlsx", no_cabe)
    with pytest.raises(OSError, match="No space"):
        hacer(trabajo_id=archivo.pk)
    monkeypatch.setattr(archivos, "en_xlsx", escribir)
    assert hacer(trabajo_id=archivo.pk)


class Cortada(Exception):
    sqlstate = "57014"


def test_what_the_base_always_cuts_is_tried_twice_and_then_said(
    informe, cem_provincial, oficina, monkeypatch, encolados
):
    archivo = pedido(cem_provincial)

    def tarda(*_que, **_otros):
        raise OperationalError("canceling statement due to statement timeout") from Cortada()

    monkeypatch.setattr(archivos, "en_xlsx", tarda)
    for estado in (Estado.PEDIDO, Estado.FALLIDO):
        with pytest.raises(OperationalError):
            hacer(trabajo_id=archivo.pk)
        archivo.refresh_from_db()
        assert archivo.estado == estado
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    tasks.seguir_trabajos()
    assert not encolados
    assert "Pida un lugar más chico" in oficina.get(f"/panel/trabajos/{archivo.clave}").text


@en_postgres
def test_a_statement_of_a_file_may_take_longer_than_one_of_a_page(monkeypatch):
    def limite():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    antes, dichos = limite(), []
    monkeypatch.setattr(trabajos, "hacer", lambda **_cual: dichos.append(limite()))
    tasks.hacer_trabajo(1)
    assert (dichos, limite()) == (["4min"], antes)


def test_only_whoever_asked_opens_it_while_their_scope_lasts(
    informe, cem_provincial, oficina, entrar, administradora, coordinadora_a
):
    archivo = pedido(cem_provincial)
    hacer(trabajo_id=archivo.pk)
    direccion = f"/panel/trabajos/{archivo.clave}/descargar"
    assert {entrar(otra).get(direccion).status_code for otra in (administradora, coordinadora_a)} == {404}
    bajada = oficina.get(direccion)
    assert bajada.status_code == 200 and b"".join(bajada.streaming_content)
    Alcance.objects.filter(cuenta=cem_provincial).update(territorio=f.A)
    assert oficina.get(direccion).status_code == 404


def test_what_is_written_is_what_its_account_reaches_when_it_is_written(informe, cem_provincial):
    archivo = pedido(cem_provincial)
    Alcance.objects.filter(cuenta=cem_provincial).update(hasta=timezone.localdate() - datetime.timedelta(days=1))
    assert not hacer(trabajo_id=archivo.pk)
    archivo.refresh_from_db()
    assert archivo.estado == Estado.FALLIDO


def test_it_expires_and_is_swept(informe, cem_provincial, oficina, tmp_path):
    archivo = pedido(cem_provincial)
    hacer(trabajo_id=archivo.pk)
    assert len(list(tmp_path.rglob("*.xlsx"))) == 1
    Trabajo.objects.update(vence_en=timezone.now() - datetime.timedelta(seconds=1))
    assert oficina.get(f"/panel/trabajos/{archivo.clave}").status_code == 404
    tasks.seguir_trabajos()
    assert not Trabajo.objects.exists() and not list(tmp_path.rglob("*.xlsx"))


def test_the_clock_takes_up_what_a_worker_that_fell_left(informe, cem_provincial, oficina, encolados):
    archivo = pedido(cem_provincial)
    hace_rato = timezone.now() - datetime.timedelta(minutes=5)
    Trabajo.objects.update(estado=Estado.HACIENDO, turno="otro", latido_en=hace_rato)
    pagina = oficina.get(f"/panel/trabajos/{archivo.clave}").text
    assert "El trabajo espera." in pagina and "data-k-seguir" in pagina
    tasks.seguir_trabajos()
    assert encolados == [archivo.pk]
    assert hacer(trabajo_id=archivo.pk)


def test_who_leaves_or_sits_down_between_two_blocks_moves_nobody_out_of_a_file_nor_twice_into_it(edicion):
    sentados = [f.sentar(f.crear_asiento(f.A, f"T-{n:02}"), f"N{n}") for n in range(2, 9)]
    bloques = membresias_por_bloques(membresias_con_estado(f.ambito()))
    primero = [fila.persona for fila in next(bloques)]
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    Membresia.objects.filter(persona__in=[primero[0], sentados[-1].pk]).update(hasta=ayer)
    f.sentar(f.crear_asiento(f.A, "T-01"), "Quien llega")
    leidos = [*primero, *(fila.persona for bloque in bloques for fila in bloque)]
    assert leidos[: len(sentados) - 1] == [una.pk for una in sentados[:-1]]
    assert len(leidos) == len(set(leidos)) <= len(sentados)


@pytest.mark.django_db(transaction=True)
def test_people_work_while_a_long_file_is_written(informe, cem_provincial, monkeypatch):
    """Between two blocks somebody else writes, from another connection, and the file goes on."""
    archivo = pedido(cem_provincial)
    persona = f.Persona.objects.first()
    escribir, faltas = archivos.en_xlsx, []

    def escribe_otra():
        try:
            Recordatorio.objects.create(
                persona=persona, motivo="no_entro", hecho_en=timezone.now(), hecho_el=timezone.localdate()
            )
        except Exception as error:  # noqa: BLE001 (told below)
            faltas.append(error)
        finally:
            connection.close()

    def con_otra(preparado, escrito, aviso):
        def y_otra(hechas):
            if not Recordatorio.objects.exists():
                hilo = threading.Thread(target=escribe_otra)
                hilo.start()
                hilo.join(10)
            aviso(hechas)

        return escribir(preparado, escrito, aviso=y_otra)

    monkeypatch.setattr(archivos, "en_xlsx", con_otra)
    assert hacer(trabajo_id=archivo.pk)
    assert not faltas and Recordatorio.objects.count() == 1


def test_what_did_not_come_out_leads_to_where_it_is_asked_for(informe, cem_provincial, oficina, edicion):
    """Of every kind: the page says to ask again, and one touch later that can be done."""
    from instancias.trabajos import _clases

    pedidos = {
        "seguimiento.informe": {},
        "seguimiento.avance": {"avance": {"edicion": edicion.pk, "al": ""}},
        "seguimiento.acta": {"edicion": edicion.pk, "dia": "", "territorio": f.A, "acta": {}},
        "seguimiento.cierre": {"edicion": edicion.pk, "dia": "", "territorio": ""},
        "certificados.emision": {"territorio": f.A},
        "certificados.paquete": {"territorio": "", "texto": ""},
    }
    assert set(pedidos) <= set(_clases)
    for clase, pedido in pedidos.items():
        trabajo = Trabajo.objects.create(
            clase=clase,
            cuenta=cem_provincial,
            titulo="Prueba",
            pedido=pedido,
            ambito=[f.PROVINCIA],
            estado=Estado.FALLIDO,
            pedido_en=timezone.now(),
            vence_en=timezone.now() + datetime.timedelta(days=1),
        )
        respuesta = oficina.get(f"/panel/trabajos/{trabajo.clave}")
        assert "Ir a pedirlo otra vez" in respuesta.content.decode(), clase
        assert oficina.get(respuesta.context["otra_vez"]).status_code == 200, clase
