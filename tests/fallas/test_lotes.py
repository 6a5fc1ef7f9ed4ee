"""Long works that are killed at each point, or that two workers take: nothing twice, nothing by halves."""

from __future__ import annotations

import datetime
import zipfile
from typing import Any

import pytest
from django.utils import timezone

from certificados.models import Certificado, ContadorDeRegistro, DocumentoDeCifras
from certificados.services import lotes
from instancias.models import Trabajo
from instancias.politica import alcance_de
from instancias.services.trabajos import hacer
from seguimiento.services.papeles_largos import pedir_cierre
from tests.certificados.factories import CursoDePrueba, crear_curso, crear_muchos, crear_plantilla, filtro_de
from tests.fallas.cuadro import anotar
from tests.fallas.golpes import LARGA, empezar, morir_en_cada_punto, nada_roto, terminar
from tests.gente import DISTRITO_A
from tests.seguimiento.factories import ambito as ambito_de_prueba
from tests.seguimiento.factories import crear_asiento, sentar

pytestmark = pytest.mark.django_db(transaction=True)
SALTO = 1 if LARGA else 7
DEL_CURSO = frozenset({"versiones", "una_version_vigente"})  # the course of these tests has no pages


@pytest.fixture
def curso(transactional_db: None, territorio: Any) -> CursoDePrueba:
    hecho = crear_curso()
    crear_plantilla(hecho.curso)
    return hecho


def nadie_lo_tiene() -> None:
    """A minute and a half went by since whoever was at a long work gave a sign of life."""
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=5))


def test_killed_at_each_point_of_a_long_batch(curso, cem_provincial, tmp_path, settings, monkeypatch):
    """Issued by lots, then put in a file: each number once, each lot whole, and the count is that of the papers."""
    settings.STORAGES = {
        **settings.STORAGES,
        "privado": {**settings.STORAGES["privado"], "OPTIONS": {"location": tmp_path}},
    }
    monkeypatch.setattr(lotes, "POR_LOTE", 2)
    crear_muchos(curso, 3)
    filtro, ahora = filtro_de(cem_provincial), timezone.now()
    quien = {"por": cem_provincial, "lugar": "Aquí"}
    trabajo = lotes.pedir_emision_de_varios(filtro=filtro, ahora=ahora, **quien)

    def comprobar() -> None:
        trabajo.refresh_from_db()
        numeros = list(Certificado.objects.values_list("numero", flat=True))
        assert len(numeros) == len(set(numeros)) == trabajo.resultado.get("emitidos", 0) and len(numeros) in (0, 2, 3)
        nadie_lo_tiene()
        nada_roto(menos=DEL_CURSO)

    muertes = morir_en_cada_punto(lambda: hacer(trabajo_id=trabajo.pk), comprobar, salto=SALTO)
    assert muertes >= 3 and trabajo.estado == Trabajo.Estado.LISTO and ContadorDeRegistro.objects.get().ultimo == 3
    anotar("kill -9 del trabajador en cada punto de un lote largo", muertes)

    trabajo = lotes.pedir_paquete(filtro=filtro, ahora=ahora, **quien)
    muertes = morir_en_cada_punto(lambda: hacer(trabajo_id=trabajo.pk), nadie_lo_tiene, salto=SALTO)
    trabajo.refresh_from_db()
    # Whoever died with the file already on the disk left it to the next one, and one is all there is.
    assert [uno for uno in (tmp_path / "de_un_dia").rglob("*") if uno.is_file()] == [tmp_path / trabajo.ruta]
    with zipfile.ZipFile(tmp_path / trabajo.ruta) as paquete:
        assert muertes >= 3 and len(paquete.namelist()) == 3 and paquete.testzip() is None
    anotar("kill -9 del trabajador en cada punto de un archivo de constancias", muertes)


def test_killed_at_each_point_of_a_closing(curso, cem_provincial):
    sentar(crear_asiento(DISTRITO_A), "Ana")
    al = timezone.localdate() - datetime.timedelta(days=1)
    alcance = alcance_de(cem_provincial, hoy=timezone.localdate())
    ambito = ambito_de_prueba()
    trabajo = pedir_cierre(ambito=ambito, al=al, alcance=alcance, por=cem_provincial, lugar="Aquí")

    def uno_a_lo_mas() -> None:
        trabajo.refresh_from_db()
        assert DocumentoDeCifras.objects.count() == bool(trabajo.resultado)
        nadie_lo_tiene()
        nada_roto(menos=DEL_CURSO)

    muertes = morir_en_cada_punto(lambda: hacer(trabajo_id=trabajo.pk), uno_a_lo_mas, salto=SALTO * 3)
    assert muertes >= 3 and DocumentoDeCifras.objects.get().pk == trabajo.resultado["documento"]
    assert ContadorDeRegistro.objects.get().ultimo == 1
    anotar("kill -9 del trabajador en cada punto de un cierre", muertes)


def test_three_workers_on_one_batch_do_it_once(curso, cem_provincial):
    crear_muchos(curso, 8)
    emision = lotes.pedir_emision_de_varios(
        filtro=filtro_de(cem_provincial), por=cem_provincial, lugar="Aquí", ahora=timezone.now()
    )
    a_la_vez = [empezar(lambda: hacer(trabajo_id=emision.pk)) for _n in range(3)]
    assert all(terminar(uno).confirmo for uno in a_la_vez)
    emision.refresh_from_db()
    assert emision.resultado["emitidos"] == Certificado.objects.count() == 8
    assert ContadorDeRegistro.objects.get().ultimo == 8
    anotar("trabajadores a la vez sobre un lote largo", 3)
