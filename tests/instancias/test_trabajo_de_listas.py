"""The work on a long list: told on its page, stopped, gone on with after a fall, and never done twice."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from cms.celery import app
from instancias import padron
from instancias.models import Alcance, FilaDePadron, ImportacionDePadron, Membresia, Persona
from instancias.padron.caducidad import olvidar_listas
from instancias.padron.revision import banco
from instancias.padron.trabajo import trabajo
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from marco.solo_lectura import EnPausa
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.instancias.hojas import TITULOS, fila

Fase = ImportacionDePadron.Fase
PROVINCIA = AlcanceEfectivo(("1006",))
LARGA = 620
BUENAS = 20


def lista(cuantas: int = LARGA, buenas: int = BUENAS) -> bytes:
    """Neighbours' boards of the province, that are as many as there are; the rest names a district of nowhere."""
    filas = [[*TITULOS, "Instancia"]]
    for n in range(cuantas):
        buena = {"Asiento": "IPC-08", "Distrito": "", "Institución": f"Junta {n}"}
        otra = buena if n < buenas else {"Distrito": "Nada"}
        apellidos = f"Quispe {'ABCDEFGHIJ'[n % 10]}{'abcdefghij'[n // 10 % 10]}{'klmnopqrst'[n // 100 % 10]}"
        nivel = "provincial" if n < buenas else "distrital"
        filas.append([*fila(DNI=f"{41000000 + n * 37}", Apellidos=apellidos, **otra), nivel])
    return "\n".join(";".join(map(str, una)) for una in filas).encode()


@pytest.fixture
def sin_obrero(settings):
    """As where nobody takes what is left in the queue."""
    app.conf.task_always_eager = False
    transporte = app.conf.broker_url
    app.conf.broker_url = "memory://"
    yield
    app.conf.task_always_eager, app.conf.broker_url = True, transporte


def traer(por: Any = None, contenido: bytes | None = None) -> ImportacionDePadron:
    datos = {"nombre": "lista.csv", "contenido": contenido or lista(), "esquema": "inei", "alcance": PROVINCIA}
    return padron.recibir(**datos, por=por, ahora=timezone.now(), preguntar=False)


def hacer(importacion: ImportacionDePadron, **otros: Any) -> ImportacionDePadron:
    while trabajo.avanzar(importacion_id=importacion.pk, **otros):
        pass
    importacion.refresh_from_db()
    return importacion


def envejecer(importacion: ImportacionDePadron, segundos: int = 600) -> None:
    antes = timezone.now() - datetime.timedelta(seconds=segundos)
    ImportacionDePadron.objects.filter(pk=importacion.pk).update(latido_en=antes)


@pytest.mark.usefixtures("provincia")
class TestServicio:
    def test_a_short_list_is_reviewed_at_once_and_a_long_one_is_left_to_the_work(self):
        corta, larga = traer(contenido=lista(500)), traer(contenido=lista(501))
        assert (corta.fase, corta.resumen["crear"], corta.filas.count()) == ("", BUENAS, 500)
        assert (larga.fase, larga.total, larga.filas.count()) == (Fase.LEER, 501, 0)

    def test_the_work_reads_reviews_and_leaves_the_list_at_the_bench(self):
        importacion = hacer(traer())
        assert (importacion.fase, importacion.estado) == ("", ImportacionDePadron.Estado.POR_REVISAR)
        assert (importacion.resumen["crear"], importacion.resumen["rechazar"]) == (BUENAS, LARGA - BUENAS)
        assert importacion.filas.count() == LARGA

    def test_a_worker_that_falls_leaves_it_where_it_was_and_the_clock_takes_it_up(self):
        importacion = traer()
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=200)
        # The next one takes the turn and is never heard of again.
        ImportacionDePadron.objects.filter(pk=importacion.pk).update(turno="de-quien-cayó", latido_en=timezone.now())
        assert not trabajo.avanzar(importacion_id=importacion.pk)
        assert trabajo.por_seguir(ahora=timezone.now()) == []
        importacion.refresh_from_db()
        assert (importacion.hechas, importacion.filas.count()) == (200, 200)
        envejecer(importacion)
        assert trabajo.por_seguir(ahora=timezone.now()) == [importacion.pk]
        importacion = hacer(importacion, lote=200)
        assert (importacion.filas.count(), importacion.resumen["crear"]) == (LARGA, BUENAS)

    def test_while_the_site_only_reads_it_waits_after_its_lot_and_goes_on_afterwards(self, monkeypatch):
        importacion, preguntas = traer(), iter(["", "a_mano"])
        monkeypatch.setattr("marco.solo_lectura.por_que", lambda: next(preguntas))
        with pytest.raises(EnPausa):
            trabajo.avanzar(importacion_id=importacion.pk, lote=200)
        importacion.refresh_from_db()
        assert (importacion.hechas, importacion.turno, importacion.detenida) == (400, "", False)
        monkeypatch.undo()
        importacion = hacer(importacion, lote=200)
        assert (importacion.filas.count(), importacion.resumen["crear"]) == (LARGA, BUENAS)

    def test_who_lost_the_turn_writes_nothing_more(self):
        importacion = traer()
        obrero_viejo = trabajo._tomar_turno(importacion.pk)
        envejecer(importacion)
        assert trabajo._tomar_turno(importacion.pk) not in ("", obrero_viejo)
        assert not trabajo._hacer_una_fase(importacion.pk, obrero_viejo, 0, 1000)
        assert not importacion.filas.exists()

    def test_a_list_that_fells_whoever_takes_it_is_left_to_somebody_and_one_that_goes_on_is_not(self):
        importacion = traer()
        for vez in range(trabajo.CAIDAS):  # each is killed before its first lot, and nobody frees its turn
            assert trabajo._tomar_turno(importacion.pk), vez
            envejecer(importacion)
        assert not trabajo.avanzar(importacion_id=importacion.pk)
        importacion.refresh_from_db()
        assert (importacion.detenida, importacion.turno, importacion.hechas) == (True, "", 0)
        trabajo.seguir(importacion_id=importacion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
        for hechas in range(trabajo.CAIDAS * 2):  # slow, but each one does something
            assert trabajo._tomar_turno(importacion.pk)
            ImportacionDePadron.objects.filter(pk=importacion.pk).update(hechas=hechas + 1)
            envejecer(importacion)
        importacion.refresh_from_db()
        assert not importacion.detenida

    def test_while_it_is_worked_nobody_mends_saves_or_discards_a_row_by_halves(self):
        importacion = traer()
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=200)
        cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "ahora": timezone.now()}
        una = importacion.filas.first()
        for acto in (
            lambda: banco.corregir_fila(valores={"nombres": "Ana"}, fila_id=una.pk, version=una.version, **cual),
            lambda: padron.confirmar(**cual),
            lambda: trabajo.pedir_guardar(**cual, por=None),
        ):
            with pytest.raises(ErrorDeDominio) as error:
                acto()
            assert error.value.codigo == "en_trabajo"

    def test_reading_stops_where_it_is_and_goes_on_or_is_discarded(self):
        importacion = traer()
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=200)
        trabajo.detener(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
        assert not trabajo.avanzar(importacion_id=importacion.pk)
        envejecer(importacion)
        assert trabajo.por_seguir(ahora=timezone.now()) == []
        trabajo.seguir(importacion_id=importacion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
        assert hacer(importacion).resumen["crear"] == BUENAS
        otra = traer()
        trabajo.avanzar(importacion_id=otra.pk, segundos=0, lote=200)
        padron.descartar(importacion_id=otra.pk, ahora=timezone.now())
        otra.refresh_from_db()
        assert (otra.fase, otra.estado, otra.filas.count()) == ("", ImportacionDePadron.Estado.DESCARTADA, 0)
        assert not trabajo.avanzar(importacion_id=otra.pk)

    def test_saving_stops_after_the_lot_with_what_is_saved_and_goes_on_later(self):
        importacion = hacer(traer())
        cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "ahora": timezone.now()}
        trabajo.pedir_guardar(**cual, por=None)
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=5)
        parada = trabajo.detener(**cual)
        assert (parada.fase, parada.resumen["crear"], Membresia.objects.count()) == ("", 5, 5)
        assert parada.estado == ImportacionDePadron.Estado.POR_REVISAR
        trabajo.pedir_guardar(**cual, por=None)
        assert hacer(importacion).resumen["crear"] == Membresia.objects.count() == BUENAS

    def test_the_scope_of_who_asked_is_looked_at_again(self):
        quien = gente.crear_coordinacion("cem-p", "1006")
        importacion = traer(por=quien)
        Alcance.objects.filter(cuenta=quien).delete()
        with pytest.raises(ErrorDeDominio):
            trabajo.avanzar(importacion_id=importacion.pk)
        importacion.refresh_from_db()
        assert (importacion.detenida, importacion.filas.count()) == (True, 0)

    def test_a_word_of_many_rows_is_cleared_up_by_the_work(self):
        importacion = hacer(traer(contenido=lista().replace(b"Nada", b"Luyanda")))
        mal = list(importacion.filas.filter(accion="rechazar").values_list("pk", flat=True))
        FilaDePadron.objects.filter(pk__in=mal).update(cruda={**importacion.filas.last().cruda, "distrito": "Luyando"})
        datos = {"importacion_id": importacion.pk, "filas": mal, "alcance": PROVINCIA, "ahora": timezone.now()}
        assert banco.volver_a_leer(**datos) == len(mal)
        importacion.refresh_from_db()
        assert importacion.fase == Fase.LEER
        hacer(importacion, lote=100)
        assert set(importacion.filas.filter(pk__in=mal).values_list("territorio", flat=True)) == {"100605"}

    def test_a_long_list_is_taken_back_whole(self):
        importacion = hacer(traer())
        cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "por": None, "ahora": timezone.now()}
        trabajo.pedir_guardar(**cual)
        hacer(importacion)
        assert Persona.objects.count() == BUENAS
        trabajo.pedir_deshacer(**cual)
        assert hacer(importacion).estado == ImportacionDePadron.Estado.DESHECHA
        assert not Persona.objects.exists()


@pytest.mark.un_motor
@pytest.mark.usefixtures("provincia")
class TestPantallas:
    @pytest.fixture
    def cliente(self, entrar):
        return entrar(gente.crear_coordinacion("cem-p", "1006"))

    def subir(self, cliente) -> str:
        datos = {"archivo": SimpleUploadedFile("lista.csv", lista()), "esquema": "inei"}
        respuesta = cliente.post("/panel/importar", datos)
        assert respuesta.status_code == 302, respuesta.content.decode()
        return respuesta.url

    def test_where_nobody_takes_the_work_the_page_does_it_by_parts(self, cliente, sin_obrero):
        url = self.subir(cliente)
        pagina = cliente.get(url).content.decode()
        assert "Leyendo la lista…" in pagina and "0 de 620 filas" in pagina
        assert '<noscript><meta http-equiv="refresh"' in pagina and "Detener" in pagina
        assert "data-k-seguir" not in pagina
        ahora = ImportacionDePadron.objects.get()
        cliente.post(f"{url}/seguir")  # somebody may still come for it: nothing is done twice
        assert not ahora.filas.exists()
        for _vez in range(20):
            envejecer(ahora, 20)
            pagina = cliente.get(url).content.decode()
            if "data-k-trabajo" not in pagina:
                break
            assert "data-k-seguir" in pagina and "http-equiv" not in pagina
            assert cliente.post(f"{url}/seguir").status_code == 302
        assert "Revise antes de guardar" in pagina and f"Guardar {BUENAS} filas" in pagina

    def test_it_is_stopped_and_gone_on_with_from_its_page(self, cliente, sin_obrero):
        url = self.subir(cliente)
        trabajo.avanzar(importacion_id=ImportacionDePadron.objects.get().pk, segundos=0, lote=200)
        pagina = cliente.post(f"{url}/detener", follow=True).content.decode()
        assert "Se detuvo" in pagina and "200 de 620 filas" in pagina and "Descartar la lista" in pagina
        pagina = cliente.post(f"{url}/seguir", follow=True).content.decode()
        assert "Leyendo la lista…" in pagina and "200 de 620 filas" in pagina

    def test_saving_tells_how_far_it_is_and_what_is_saved(self, cliente, sin_obrero):
        url = self.subir(cliente)
        importacion = hacer(ImportacionDePadron.objects.get())
        pagina = cliente.post(f"{url}/confirmar", follow=True).content.decode()
        assert "Guardando la lista…" in pagina
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=5)
        pagina = cliente.get(url).content.decode()
        assert "5 de 620 filas" in pagina and "ya guardadas: 5" in pagina
        pagina = cliente.post(f"{url}/detener", follow=True).content.decode()
        assert "Lo que ya se guardó queda guardado" in pagina and "ya se guardaron 5 filas" in pagina
        assert "Guardar 15 filas" in pagina

    def test_a_list_left_half_undone_says_so_and_is_undone_to_the_end(self, cliente, sin_obrero):
        url = self.subir(cliente)
        importacion = hacer(ImportacionDePadron.objects.get())
        cliente.post(f"{url}/confirmar")
        hacer(importacion)
        cual = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "ahora": timezone.now()}
        trabajo.pedir_deshacer(**cual, por=None)
        assert "Deshaciendo la lista…" in cliente.get(url).content.decode()
        # Before anything is undone, stopping leaves it saved.
        pagina = cliente.post(f"{url}/detener", follow=True).content.decode()
        assert "No se deshizo nada: la lista sigue guardada." in pagina and Persona.objects.count() == BUENAS
        trabajo.pedir_deshacer(**cual, por=None)
        trabajo.avanzar(importacion_id=importacion.pk, segundos=0, lote=4)
        quedan = Persona.objects.count()
        assert 0 < quedan < BUENAS
        pagina = cliente.post(f"{url}/detener", follow=True).content.decode()
        assert "Se detuvo" in pagina and "La lista quedó deshecha a medias." in pagina and "Descartar" not in pagina
        assert cliente.post(f"{url}/descartar").status_code == 302
        with pytest.raises(ErrorDeDominio):
            trabajo.pedir_guardar(**cual, por=None)
        ImportacionDePadron.objects.update(vence_en=timezone.now())  # it is not forgotten half undone
        assert olvidar_listas(ahora=timezone.now()) == 0
        pendientes = cliente.get("/panel/importar").content.decode()
        assert "Falta terminar de deshacerla." in pendientes and Persona.objects.count() == quedan
        cliente.post(f"{url}/seguir")
        assert hacer(importacion, lote=4).resumen["deshecho"]["borradas"] == BUENAS
        assert "La lista se deshizo" in cliente.get(url).content.decode() and not Persona.objects.exists()

    def test_a_fall_while_saving_is_said_and_leads_on_or_back(self, cliente, sin_obrero):
        url = self.subir(cliente)
        importacion = hacer(ImportacionDePadron.objects.get())
        cliente.post(f"{url}/confirmar")
        ImportacionDePadron.objects.update(detenida=True, turno="")
        pagina = cliente.get(url).content.decode()
        assert "Se detuvo" in pagina and "Volver a la revisión" in pagina
        assert "Revise antes de guardar" in cliente.post(f"{url}/detener", follow=True).content.decode()
        assert importacion.filas.count() == LARGA

    def test_with_a_worker_nobody_waits(self, cliente):
        url = self.subir(cliente)  # here the task is done at once
        hacer(ImportacionDePadron.objects.get())
        cliente.post(f"{url}/confirmar")
        importacion = hacer(ImportacionDePadron.objects.get())
        assert Membresia.objects.count() == BUENAS
        pagina = cliente.get(f"{url}/deshacer").content.decode()
        assert "Se borran 20 personas" in pagina
        assert importacion.fase == ""

    def test_who_covers_less_neither_sees_nor_stops_it(self, cliente, entrar, sin_obrero):
        url = self.subir(cliente)
        ajena = entrar(gente.crear_coordinacion("otra", "100605"))
        assert ajena.get(url).status_code == ajena.post(f"{url}/detener").status_code == 404
        assert ajena.post(f"{url}/seguir").status_code == 404

    def test_a_queue_out_of_reach_keeps_nobody_from_bringing_a_list(self, cliente, sin_obrero):
        app.conf.broker_url = "redis://127.0.0.1:1/0"
        app.conf.broker_connection_retry = False
        assert self.subir(cliente)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_do_each_row_once():
    call_command("cargar_territorio", verbosity=0)
    importacion = traer()
    salidas = a_la_vez(*[lambda: hacer(ImportacionDePadron.objects.get(pk=importacion.pk), lote=50)] * 4)
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    importacion.refresh_from_db()
    assert (importacion.fase, importacion.filas.count()) == ("", LARGA)
    trabajo.pedir_guardar(importacion_id=importacion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
    salidas = a_la_vez(*[lambda: hacer(ImportacionDePadron.objects.get(pk=importacion.pk), lote=3)] * 4)
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert Persona.objects.count() == Membresia.objects.count() == BUENAS
