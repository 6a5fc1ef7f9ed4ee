"""Many papers at once: issued and put in a file apart, followed, stopped, gone on with, and nothing twice."""

from __future__ import annotations

import datetime
import errno
import io
import logging
import zipfile

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from certificados import services
from certificados.models import Certificado, ContadorDeRegistro
from certificados.pdf import NoSePudoComponer
from certificados.services import lotes, pedir_emision_de_varios, pedir_paquete
from instancias import tasks
from instancias.models import Alcance, Trabajo
from instancias.services import trabajos
from instancias.trabajos import TrabajoError
from marco.respaldo.archivos import nombres
from tests import gente
from tests.certificados import factories
from tests.certificados.factories import filtro_de
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
PANEL = "/panel/certificados"
Estado = Trabajo.Estado


@pytest.fixture(autouse=True)
def pequenos(monkeypatch):
    """Three are many, and a lot is of two."""
    for que, cuantos in (("DE_UNA_VEZ", 2), ("POR_LOTE", 2), ("EN_LA_PAGINA", 2), ("CADA", 1)):
        monkeypatch.setattr(lotes, que, cuantos)


@pytest.fixture
def encolados(monkeypatch):
    """What was asked of the queue, and nobody does yet."""
    pedidos: list[int] = []
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, numero: pedidos.append(numero))
    return pedidos


@pytest.fixture
@hecho_una_vez
def cinco(curso, plantilla):
    return factories.crear_muchos(curso, 5)


@pytest.fixture
def emitidos(cinco, cem_provincial):
    trabajos.hacer(trabajo_id=emision(cem_provincial).pk)
    return list(Certificado.objects.order_by("pk"))


def emision(cuenta) -> Trabajo:
    return pedir_emision_de_varios(filtro=filtro_de(cuenta), por=cuenta, lugar="Aquí", ahora=timezone.now())


def paquete(cuenta, texto="") -> Trabajo:
    return pedir_paquete(filtro=filtro_de(cuenta, texto), por=cuenta, lugar="Aquí", ahora=timezone.now())


def hecho(trabajo: Trabajo, **como) -> Trabajo:
    trabajos.hacer(trabajo_id=trabajo.pk, **como)
    trabajo.refresh_from_db()
    return trabajo


def contenido(trabajo: Trabajo) -> list[str]:
    with storages["privado"].open(trabajo.ruta) as archivo, zipfile.ZipFile(io.BytesIO(archivo.read())) as dentro:
        assert all(dentro.read(nombre).startswith(b"%PDF") for nombre in dentro.namelist())
        return dentro.namelist()


def test_a_few_are_issued_at_once_and_many_are_followed(entrar, cem_provincial, cinco, encolados):
    cliente = entrar(cem_provincial)
    respuesta = cliente.post(f"{PANEL}/emitir", follow=True)
    (numero,) = encolados
    trabajo = Trabajo.objects.get(pk=numero)
    assert respuesta.redirect_chain == [(f"/panel/trabajos/{trabajo.clave}", 302)]
    assert "Emitiendo…" in respuesta.text and "0 de 5" in respuesta.text and not Certificado.objects.exists()
    assert "http-equiv" in respuesta.text and "Detener" in respuesta.text  # it goes on by itself without script too
    tasks.hacer_trabajo(numero)
    pagina = cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    assert "Se emitieron 5 documentos." in pagina and "Ver los emitidos" in pagina
    assert "Emitir: toda su zona" in cliente.get("/panel/trabajos").text
    assert cliente.post(f"{PANEL}/emitir").headers["Location"] == PANEL  # none is left, and it is said at once


def test_by_runs_it_goes_on_where_it_was_and_counts_all_of_it(cem_provincial, cinco):
    trabajo = emision(cem_provincial)
    sigue, vistos = True, []
    while sigue:
        sigue = trabajos.hacer(trabajo_id=trabajo.pk, segundos=0)
        trabajo.refresh_from_db()
        vistos.append((trabajo.hechas, trabajo.estado))
    assert vistos == [(2, "pedido"), (4, "pedido"), (5, "pedido"), (5, "listo")]
    assert trabajo.resultado["emitidos"] == Certificado.objects.count() == 5
    assert sorted(Certificado.objects.values_list("numero", flat=True)) == [1, 2, 3, 4, 5]


def test_stopped_what_was_issued_stays_and_the_rest_waits(entrar, cem_provincial, cinco):
    trabajo = emision(cem_provincial)
    trabajos.hacer(trabajo_id=trabajo.pk, segundos=0)
    cliente = entrar(cem_provincial)
    pagina = cliente.post(f"/panel/trabajos/{trabajo.clave}/detener", follow=True).text
    assert "Lo que ya se emitió queda emitido" in pagina and "Se emitieron 2 documentos." in pagina
    assert not trabajos.hacer(trabajo_id=trabajo.pk) and Certificado.objects.count() == 2
    hecho(emision(cem_provincial))
    assert Certificado.objects.count() == 5 and ContadorDeRegistro.objects.get().ultimo == 5


def test_whoever_lost_the_turn_issues_nothing_more(cem_provincial, cinco, monkeypatch):
    """A worker that was taken for dead comes back in the middle of a lot that another one does."""
    trabajo, emitir = emision(cem_provincial), lotes.emitir_en_lote

    def tarda(**datos):
        Trabajo.objects.filter(pk=trabajo.pk).update(turno="otro")
        return emitir(**datos)

    monkeypatch.setattr(lotes, "emitir_en_lote", tarda)
    assert not trabajos.hacer(trabajo_id=trabajo.pk)
    assert not Certificado.objects.exists()
    monkeypatch.setattr(lotes, "emitir_en_lote", emitir)
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    assert hecho(trabajo).resultado["emitidos"] == 5


def test_who_is_refused_is_told_with_its_reason(cem_provincial, cinco, entrar, monkeypatch):
    suyo = cinco[0].persona.nombre_completo
    monkeypatch.setattr("certificados.services.emision.se_imprime", lambda nombre: nombre != suyo)
    trabajo = hecho(emision(cem_provincial))
    assert trabajo.resultado["sin_emitir"] == {"nombre": 1}
    pagina = entrar(cem_provincial).get(f"/panel/trabajos/{trabajo.clave}").text
    assert "Se emitieron 4 documentos." in pagina and "signos que el papel no puede decir" in pagina
    assert "ver=pendientes" in pagina


def test_whose_scope_ended_meanwhile_gets_nothing(entrar, cem_provincial, cinco, emitidos):
    trabajo, otro = paquete(cem_provincial), hecho(paquete(cem_provincial, "prueba"))
    cliente = entrar(cem_provincial)
    Alcance.objects.filter(cuenta=cem_provincial).update(territorio=gente.DISTRITO_B)
    assert hecho(trabajo).estado == Estado.FALLIDO and "ya no está a su cargo" in trabajo.motivo and not trabajo.ruta
    for uno in (trabajo, otro):
        assert cliente.get(f"/panel/trabajos/{uno.clave}/descargar").status_code == 404
        assert cliente.get(f"/panel/trabajos/{uno.clave}").status_code == 404
        assert str(uno.clave) not in cliente.get("/panel/trabajos").text


def test_many_papers_are_prepared_apart_and_downloaded_once_ready(entrar, cem_provincial, emitidos, encolados):
    cliente = entrar(cem_provincial)
    pagina = cliente.get(f"{PANEL}/descarga").text
    assert "Son 5 documentos." in pagina and "Preparar el ZIP" in pagina
    cliente.post(f"{PANEL}/preparar")
    trabajo = hecho(Trabajo.objects.get(pk=encolados[-1]))
    assert contenido(trabajo) == [f"documento-{uno.registro}.pdf" for uno in emitidos]
    assert not Certificado.objects.sin_pdf().exists()  # made on the way, and kept
    assert trabajo.ruta not in nombres("privado")  # no copy makes it last longer than its day
    assert "Descargar (ZIP" in cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    bajada = cliente.get(f"/panel/trabajos/{trabajo.clave}/descargar")
    assert bajada["Cache-Control"] == "no-store" and b"".join(bajada.streaming_content).startswith(b"PK")
    Trabajo.objects.update(vence_en=timezone.now())
    tasks.seguir_trabajos()
    assert not Trabajo.objects.filter(clase=lotes.PAQUETE).exists() and not storages["privado"].exists(trabajo.ruta)


def test_a_paper_is_composed_once_however_many_runs_it_takes(cem_provincial, emitidos, monkeypatch):
    hechos, componer = [], lotes.generar_pdf
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")

    def contar(*, certificado_id):
        hechos.append(certificado_id)
        return componer(certificado_id=certificado_id)

    monkeypatch.setattr(lotes, "generar_pdf", contar)
    trabajo = paquete(cem_provincial)
    while trabajos.hacer(trabajo_id=trabajo.pk, segundos=0):
        pass
    trabajo.refresh_from_db()
    assert hechos == [uno.pk for uno in emitidos] and len(contenido(trabajo)) == 5


@pytest.mark.parametrize("error", [NoSePudoComponer("x"), OSError(errno.EIO, "bad sector")])
def test_one_that_cannot_be_composed_does_not_stop_the_rest(
    entrar, cem_provincial, emitidos, monkeypatch, caplog, error
):
    componer = lotes.componer
    mala = emitidos[2].pk

    def falla(certificado):
        if certificado.pk == mala:
            raise error
        return componer(certificado)

    monkeypatch.setattr(lotes, "componer", falla)
    caplog.set_level(logging.CRITICAL)
    trabajo = hecho(paquete(cem_provincial))
    assert len(contenido(trabajo)) == 4
    pagina = entrar(cem_provincial).get(f"/panel/trabajos/{trabajo.clave}").text
    assert f"1 documento no se pudo componer y no va en el archivo: el de registro {emitidos[2].registro}." in pagina
    assert "Pida el archivo otra vez" in pagina


def test_too_many_for_a_file_are_told_with_what_to_do(entrar, cem_provincial, emitidos, monkeypatch):
    monkeypatch.setattr(lotes, "MAXIMO", 3)
    with pytest.raises(TrabajoError, match="Elija un lugar más chico"):
        paquete(cem_provincial)
    assert "caben hasta 3" in entrar(cem_provincial).get(f"{PANEL}/descarga").text


def test_who_administers_sees_what_could_not_be_done_and_why(entrar, administradora, cem_provincial, emitidos):
    trabajo = paquete(cem_provincial)
    for uno in emitidos:
        services.anular(certificado_id=uno.pk, motivo="Se repite", por=cem_provincial, ahora=timezone.now())
    hecho(trabajo)
    pagina = entrar(administradora).get("/panel/estado").text
    assert "Trabajos largos" in pagina and "Ya no hay documentos que descargar en ese lugar." in pagina
