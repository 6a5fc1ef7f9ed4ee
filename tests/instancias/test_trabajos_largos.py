"""What is true of a long work of any kind: whose turn it is, what is kept of it, and for how long."""

from __future__ import annotations

import copy
import datetime
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from instancias import tasks
from instancias.consultas.trabajos import EN_LA_LISTA, por_seguir, trabajos_de
from instancias.models import Alcance, Trabajo
from instancias.models.trabajo import SIN_SENALES
from instancias.politica import alcance_de
from instancias.services import trabajos
from instancias.services.de_un_dia import guardar_archivo
from instancias.trabajos import ClaseDeTrabajo, Obra, TrabajoError, registrar

pytestmark = pytest.mark.django_db
Estado = Trabajo.Estado
UN_DIA = datetime.timedelta(days=1)


class Cortada(Exception):
    sqlstate = "57014"


class DePrueba(ClaseDeTrabajo):
    """Does what a test says, and keeps nothing of what was typed."""

    clave, carpeta, extension = "prueba.una", "pruebas", "txt"
    en_la_pagina = 1000
    que: Any = staticmethod(lambda _obra: True)

    def sin_lo_escrito(self, trabajo: Trabajo) -> dict[str, Any]:
        return {**trabajo.pedido, "texto": ""}

    def hacer(self, obra: Obra) -> bool:
        obra.avisar(1)
        obra.escrito.write(b"Lo que sale")
        return bool(type(self).que(obra))


registrar({DePrueba.clave: f"{__name__}.DePrueba"})


@pytest.fixture(autouse=True)
def sin_cola(monkeypatch, tmp_path, settings):
    pedidos: list[int] = []
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, numero: pedidos.append(numero))
    monkeypatch.setattr("instancias.tasks.recoger", lambda _tarea, _cuales, sin_nadie: None)
    settings.STORAGES = {
        **settings.STORAGES,
        "privado": {**settings.STORAGES["privado"], "OPTIONS": {"location": tmp_path}},
    }


def pedido(cuenta: Any) -> Trabajo:
    return trabajos.pedir(
        clase=DePrueba.clave,
        por=cuenta,
        titulo="Prueba",
        pedido={"texto": "40404040"},
        ambito=[],
        total=2,
        ahora=timezone.now(),
        nombre="prueba.txt",
    )


def hecho(trabajo: Trabajo, **como: Any) -> Trabajo:
    trabajos.hacer(trabajo_id=trabajo.pk, **como)
    trabajo.refresh_from_db()
    return trabajo


def haciendo(monkeypatch: pytest.MonkeyPatch, que: Any) -> None:
    monkeypatch.setattr(DePrueba, "que", staticmethod(que))


def archivos(donde: Path) -> list[Path]:
    return [uno for uno in donde.rglob("*") if uno.is_file()]


def falla(error: Exception) -> Any:
    def de_veras(*_que: Any, **_otros: Any) -> Any:
        raise error

    return de_veras


@pytest.mark.parametrize(("segundos", "suyo"), [(200, True), (600, True), (700, False)])
def test_whoever_counts_for_minutes_without_a_sign_keeps_the_turn_while_its_task_lasts(
    cem_provincial, monkeypatch, segundos, suyo
):
    trabajo, otros = pedido(cem_provincial), []
    assert segundos > SIN_SENALES.total_seconds()

    def cuenta(_obra: Obra) -> bool:
        despues = timezone.now() + datetime.timedelta(seconds=segundos)
        otros.extend(por_seguir(ahora=despues))
        with monkeypatch.context() as luego:
            luego.setattr("django.utils.timezone.now", lambda: despues)
            luego.setattr(DePrueba, "que", staticmethod(lambda _obra: True))
            trabajos.hacer(trabajo_id=trabajo.pk)
        return True

    haciendo(monkeypatch, cuenta)
    antes = timezone.now()
    hecho(trabajo)
    assert (otros == []) == suyo and trabajo.estado == Estado.LISTO
    assert (trabajo.listo_en < antes + datetime.timedelta(seconds=60)) == suyo, "by the one that had the turn"


def test_the_works_of_a_place_that_one_lost_do_not_hide_those_that_one_still_answers_for(cem_provincial):
    ahora = timezone.now()
    alcance = alcance_de(cem_provincial, hoy=timezone.localdate())
    suyo = pedido(cem_provincial)
    de_otro_sitio = Trabajo.objects.get(pk=suyo.pk)
    de_otro_sitio.pk, de_otro_sitio.ambito = None, ["25"]
    de_alli = [copy.copy(de_otro_sitio) for _uno in range(EN_LA_LISTA + 1)]
    for uno in de_alli:
        uno.clave = uuid.uuid4()
    Trabajo.objects.bulk_create(de_alli)
    assert not alcance.cubre("25") and trabajos_de(cem_provincial, alcance, ahora=ahora) == [suyo]
    Trabajo.objects.update(ambito=[])
    assert len(trabajos_de(cem_provincial, alcance, ahora=ahora)) == EN_LA_LISTA


def test_a_page_that_dies_is_not_waited_for_longer_than_a_page_lasts(cem_provincial, monkeypatch):
    trabajo = pedido(cem_provincial)
    visto: list[bool] = []

    def cuenta(_obra: Obra) -> bool:
        trabajo.refresh_from_db()
        visto.append(trabajo.sin_nadie(timezone.now() + SIN_SENALES))
        return True

    haciendo(monkeypatch, cuenta)
    hecho(trabajo, en_la_pagina=True)
    assert visto == [True]


def test_after_a_part_done_in_a_page_the_page_asks_for_the_next_one_at_once(entrar, cem_provincial, monkeypatch):
    trabajo = pedido(cem_provincial)
    haciendo(monkeypatch, lambda _obra: False)
    assert not hecho(trabajo).sin_nadie(timezone.now()), "a worker goes on by itself"
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))
    pagina = entrar(cem_provincial).post(f"/panel/trabajos/{trabajo.clave}/seguir", follow=True).text
    assert "El trabajo espera." in pagina and "data-k-seguir" in pagina


def test_what_a_page_has_no_time_for_is_not_said_to_be_too_much(cem_provincial, monkeypatch):
    trabajo = pedido(cem_provincial)
    corte = OperationalError("canceling statement due to statement timeout")
    corte.__cause__ = Cortada()
    haciendo(monkeypatch, falla(corte))
    for _vez in range(3):
        with pytest.raises(OperationalError):
            hecho(trabajo, en_la_pagina=True)
        trabajo.refresh_from_db()
        assert (trabajo.estado, trabajo.cortes) == (Estado.PEDIDO, 0) and trabajo.sin_nadie(timezone.now())
    for _vez in range(2):
        with pytest.raises(OperationalError):
            hecho(trabajo)
    trabajo.refresh_from_db()
    assert trabajo.es_demasiado


def test_nothing_of_what_was_typed_stays_once_it_ended_however_it_ended(cem_provincial, monkeypatch):
    detenido = pedido(cem_provincial)
    trabajos.detener(trabajo=detenido)
    assert hecho(pedido(cem_provincial)).estado == Estado.LISTO
    haciendo(monkeypatch, falla(TrabajoError("x", "No hay.")))
    assert hecho(pedido(cem_provincial)).estado == Estado.FALLIDO
    haciendo(monkeypatch, falla(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        hecho(pedido(cem_provincial))
    assert list(Trabajo.objects.values_list("pedido__texto", flat=True)) == [""] * 4
    assert set(Trabajo.objects.values_list("estado", flat=True)) == {"detenido", "listo", "fallido"}


def test_a_file_that_nobody_could_write_down_is_not_left(cem_provincial, monkeypatch, tmp_path):
    trabajo = pedido(cem_provincial)
    de_veras = trabajos._suyo

    def no_contesta(*cual: Any) -> Any:
        if archivos(tmp_path):
            raise OperationalError("gone")
        return de_veras(*cual)

    monkeypatch.setattr(trabajos, "_suyo", no_contesta)
    with pytest.raises(OperationalError):
        hecho(trabajo)
    assert archivos(tmp_path) == []


def test_a_file_that_is_not_there_any_more_is_said_and_not_offered(entrar, cem_provincial, tmp_path):
    trabajo, cliente = hecho(pedido(cem_provincial)), entrar(cem_provincial)
    assert "/descargar" in cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    (tmp_path / trabajo.ruta).unlink()  # a copy was put back: it brings no file of a day
    pagina = cliente.get(f"/panel/trabajos/{trabajo.clave}").text
    assert "ya no está en el servidor" in pagina and "/descargar" not in pagina


def test_what_an_earlier_try_left_gives_its_place(cem_provincial, tmp_path):
    trabajo = pedido(cem_provincial)
    carpeta = tmp_path / "de_un_dia" / "pruebas"
    carpeta.mkdir(parents=True)
    for nombre in (f"{trabajo.clave.hex}.txt", f"{trabajo.clave.hex}_x7.txt"):
        (carpeta / nombre).write_text("con nombres")
    hecho(trabajo)
    assert archivos(tmp_path) == [tmp_path / trabajo.ruta]


def test_files_that_no_row_names_are_swept_after_a_day(cem_provincial, tmp_path):
    suyo, de_nadie = hecho(pedido(cem_provincial)), hecho(pedido(cem_provincial))
    Trabajo.objects.filter(pk=de_nadie.pk).delete()  # as when its account is taken away
    reciente = tmp_path / "de_un_dia" / "pruebas" / "recien.txt"
    for ruta in (suyo.ruta, de_nadie.ruta):
        hace = (timezone.now() - UN_DIA - datetime.timedelta(hours=1)).timestamp()
        os.utime(tmp_path / ruta, (hace, hace))
    reciente.write_text("a medio escribir")
    tasks.seguir_trabajos()
    assert sorted(archivos(tmp_path)) == sorted([tmp_path / suyo.ruta, reciente])


def otro_lo_toma_y_termina(trabajo: Trabajo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is at it was taken for dead: another worker does all of it."""
    Trabajo.objects.filter(pk=trabajo.pk).update(latido_en=timezone.now() - UN_DIA)
    with monkeypatch.context() as del_otro:
        del_otro.setattr(DePrueba, "que", staticmethod(lambda _obra: True))
        del_otro.setattr(trabajos, "guardar_archivo", guardar_archivo)
        trabajos.hacer(trabajo_id=trabajo.pk)


def test_whoever_lost_the_turn_leaves_alone_the_file_of_who_took_it(cem_provincial, monkeypatch, tmp_path):
    trabajo = pedido(cem_provincial)
    haciendo(monkeypatch, lambda _obra: bool(otro_lo_toma_y_termina(trabajo, monkeypatch)) or True)
    assert hecho(trabajo).estado == Estado.LISTO
    assert archivos(tmp_path) == [tmp_path / trabajo.ruta]


@pytest.mark.parametrize("cuando", ["before it is written", "after it is written"])
def test_nor_when_it_lost_it_while_it_kept_its_own_file(cem_provincial, monkeypatch, tmp_path, cuando):
    trabajo = pedido(cem_provincial)

    def guardar(*cual: Any, **otros: Any) -> tuple[str, int]:
        if cuando == "before it is written":
            otro_lo_toma_y_termina(trabajo, monkeypatch)
            return guardar_archivo(*cual, **otros)
        guardado = guardar_archivo(*cual, **otros)
        otro_lo_toma_y_termina(trabajo, monkeypatch)
        return guardado

    monkeypatch.setattr(trabajos, "guardar_archivo", guardar)
    assert hecho(trabajo).estado == Estado.LISTO
    assert archivos(tmp_path) == [tmp_path / trabajo.ruta]


def test_what_ends_while_the_expired_ones_are_swept_has_its_own_day(cem_provincial, tmp_path):
    trabajo, ahora = pedido(cem_provincial), timezone.now() + UN_DIA
    mirado: list[str] = []

    def y_termina(ejecutar: Any, sql: str, *otras: Any) -> Any:
        leido = ejecutar(sql, *otras)
        if sql.startswith("SELECT") and "vence_en" in sql and not mirado:
            mirado.append(sql)
            hecho(trabajo)
            Trabajo.objects.filter(pk=trabajo.pk).update(vence_en=ahora + UN_DIA)
        return leido

    with connection.execute_wrapper(y_termina):
        assert trabajos.barrer(ahora=ahora) == 0
    assert mirado and archivos(tmp_path) == [tmp_path / trabajo.ruta]
    assert trabajos.barrer(ahora=ahora + UN_DIA) == 1 and archivos(tmp_path) == []


@pytest.mark.parametrize("con_senal", [True, False], ids=["at its next sign of life", "at its end"])
@pytest.mark.parametrize("como", ["its scope", "its account"])
def test_who_stops_answering_for_it_half_way_gets_nothing(cem_provincial, monkeypatch, tmp_path, como, con_senal):
    trabajo = pedido(cem_provincial)

    def y_termina(obra: Obra) -> bool:
        if como == "its scope":
            Alcance.objects.filter(cuenta=cem_provincial).update(hasta=timezone.localdate() - UN_DIA)
        else:
            type(cem_provincial).objects.filter(pk=cem_provincial.pk).update(is_active=False)
        if con_senal:
            obra.avisar(2)
        return True

    haciendo(monkeypatch, y_termina)
    assert hecho(trabajo).estado == Estado.FALLIDO and "ya no está a su cargo" in trabajo.motivo
    assert archivos(tmp_path) == []
