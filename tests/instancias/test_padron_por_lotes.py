"""A long list is worked by lots: any size of them gives the same rows and the same register as one go."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import pytest
from django.utils import timezone

from instancias import padron
from instancias.models import Asiento, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from instancias.padron.revision import banco
from instancias.padron.trabajo import trabajo
from instancias.politica import AlcanceEfectivo
from tests.instancias.hojas import fila, hoja
from tests.instancias.mesas import dos_a_la_vez

pytestmark = pytest.mark.usefixtures("provincia")
PROVINCIA = AlcanceEfectivo(("1006",))
# Whatever a row may owe to another: the same person again, better or worse written, with another phone or none, on
# another seat, with another name; a seat with two claimants; a document with one wrong digit; a row that says nothing.
FILAS = [
    fila(),
    fila(Nombres="ROSA", Apellidos="QUISPE HUAMAN", Celular=""),
    fila(DNI="40000202", Nombres="Elsa", Apellidos="Tello Munoz", Asiento="IDC-11", Celular=""),
    fila(DNI="40000202", Nombres="Elsa", Apellidos="Tello Muñoz", Asiento="IDC-11", Celular="912345678"),
    fila(DNI="40000202", Nombres="Elsa", Apellidos="Tello Muñoz", Asiento="IDC-07", Celular="987000111"),
    fila(DNI="40000303", Nombres="Juan", Apellidos="Ponce Ríos"),
    fila(DNI="40000303", Nombres="Juan", Apellidos="Ponce Ríos", Calidad="alterno"),
    fila(DNI="40000404", Nombres="Ana", Apellidos="Flores Soto", Asiento="IDC-08", Institución="Organización Uno"),
    fila(DNI="40000414", Nombres="Ana", Apellidos="Flores Soto", Asiento="IDC-08", Institución="Organización Dos"),
    fila(DNI="40000505", Nombres="Luz", Apellidos="Cárdenas Ruiz", Asiento="IDC-08", Institución="Organización Tres"),
    fila(DNI="40000505", Nombres="Otra", Apellidos="Persona Distinta", Asiento="IDC-12"),
    fila(DNI="123"),
    fila(Distrito="Monzón"),
    fila(DNI="40000606", Nombres="Wilder", Apellidos="Salazar Vega", Asiento="Serenazgo"),
    fila(DNI="40000707", Nombres="Nélida", Apellidos="Cotrina Ponce", Distrito="Pucayacu", Asiento="IDC-07"),
    fila(DNI="40000101", Asiento="IDC-07", Distrito="Pucayacu", Calidad="alterno"),
]


def por_lotes(importacion: ImportacionDePadron, lote: int, **otros: Any) -> ImportacionDePadron:
    """Work a list until it is done, as a worker that is cut off after each run."""
    while trabajo.avanzar(importacion_id=importacion.pk, lote=lote, **otros):
        pass
    importacion.refresh_from_db()
    assert (importacion.fase, importacion.turno, importacion.detenida) == ("", "", False)
    return importacion


def traer(contenido: bytes, *, lote: int = 0, **otros: Any) -> ImportacionDePadron:
    """Bring a list; with a size of lot, as if it were long."""
    datos = {"nombre": "lista.xlsx", "contenido": contenido, "esquema": "inei", "alcance": PROVINCIA, "por": None}
    if not lote:
        return padron.revisar(**datos, ahora=timezone.now())
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(import_module("instancias.padron.recibir"), "EN_EL_ACTO", 0)
        importacion = padron.recibir(**datos, ahora=timezone.now(), preguntar=False)
    assert importacion.fase == ImportacionDePadron.Fase.LEER
    return por_lotes(importacion, lote, **otros)


def filas_de(importacion: ImportacionDePadron) -> list[dict]:
    omitidas = {"id", "importacion_id", "version", "persona", "hecho"}
    return [{c: v for c, v in una.items() if c not in omitidas} for una in importacion.filas.order_by("orden").values()]


def registro() -> dict[str, list]:
    asiento = ("asiento__instancia__territorio_id", "asiento__tipo__codigo", "asiento__numero")
    sentados = Membresia.objects.values_list(*asiento, "calidad", "persona__documento", "desde", "hasta")
    instituciones = Asiento.objects.exclude(institucion=None)
    return {
        "personas": sorted(Persona.objects.values_list("documento", "nombres", "apellidos", "celular")),
        "sentados": sorted(map(str, sentados)),
        "instituciones": sorted(Institucion.objects.values_list("nombre", flat=True)),
        "de quién": sorted(
            instituciones.values_list("instancia__territorio_id", "tipo__codigo", "numero", "institucion__nombre")
        ),
    }


def guardar(importacion: ImportacionDePadron, lote: int) -> ImportacionDePadron:
    trabajo.pedir_guardar(importacion_id=importacion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
    return por_lotes(importacion, lote)


def limpiar() -> None:
    for modelo in (FilaDePadron, ImportacionDePadron, Membresia, Persona):
        modelo.objects.all().delete()
    Asiento.objects.update(institucion=None)
    Institucion.objects.all().delete()


@pytest.mark.parametrize("lote", [1, 2, 5, 1000])
def test_any_size_of_lot_reads_the_same_rows(lote):
    de_una_vez = traer(hoja(*FILAS))
    por_partes = traer(hoja(*FILAS), lote=lote)
    assert filas_de(por_partes) == filas_de(de_una_vez)
    assert por_partes.resumen == de_una_vez.resumen
    assert (por_partes.leido, por_partes.estado) == (de_una_vez.leido, de_una_vez.estado)


def test_a_work_cut_off_after_each_lot_reads_the_same_rows():
    de_una_vez = traer(hoja(*FILAS))
    assert filas_de(traer(hoja(*FILAS), lote=3, segundos=0)) == filas_de(de_una_vez)


@pytest.mark.parametrize("lote", [2, 1000])
def test_where_one_row_reaches_too_many_all_of_them_are_planned_again(lote, monkeypatch):
    de_una_vez = traer(hoja(*FILAS))
    monkeypatch.setattr("instancias.padron.revision.conjunto.MAXIMO", 0)
    por_partes = traer(hoja(*FILAS), lote=lote)
    assert filas_de(por_partes) == filas_de(de_una_vez)
    assert por_partes.resumen == de_una_vez.resumen


@pytest.mark.parametrize("semilla", range(3))
def test_any_size_of_lot_saves_the_same_register_and_the_same_kinds_of_row(semilla):
    revueltas = random.Random(semilla).sample(FILAS, len(FILAS))
    vistos = []
    for lote in (1000, 1, 3):
        limpiar()
        Persona.objects.create(documento="40000606", nombres="WILDER", apellidos="SALAZAR VEGA", celular="900000001")
        Persona.objects.create(documento="40000202", nombres="Elsa", apellidos="Tello Munoz", celular="900000002")
        importacion = guardar(traer(hoja(*revueltas)), lote)
        kinds = [(f.orden, f.estado, f.accion, f.motivos) for f in importacion.filas.order_by("orden")]
        vistos.append((registro(), kinds, importacion.resumen))
        assert dos_a_la_vez() == []
    assert vistos[1:] == vistos[:1] * 2


@pytest.mark.parametrize("releva", [False, True])
def test_a_list_undone_by_parts_leaves_the_same_register_as_undone_at_once(releva):
    vistos = []
    for lote in (1000, 1, 2):
        limpiar()
        Persona.objects.create(documento="40000202", nombres="Elsa", apellidos="Tello Munoz", celular="900000002")
        guardar(traer(hoja(fila(DNI="40000909", Nombres="Ira", Apellidos="Vela Paz", Asiento="IDC-08"))), 1000)
        antes = registro()
        importacion = traer(hoja(*FILAS))
        banco.declarar_relevo(importacion_id=importacion.pk, releva=releva, alcance=PROVINCIA, ahora=timezone.now())
        importacion = guardar(importacion, 1000)
        Persona.objects.filter(documento="40000707").update(ultimo_ingreso_en=timezone.now())  # she came in: she stays
        datos = {"importacion_id": importacion.pk, "alcance": PROVINCIA, "por": None, "ahora": timezone.now()}
        trabajo.pedir_deshacer(**datos)
        importacion = por_lotes(importacion, lote, segundos=0)
        hecho = importacion.resumen["deshecho"]
        quedan = sorted((Persona.objects.get(pk=pk).documento, motivo) for pk, motivo in hecho.pop("quedan"))
        vistos.append((registro(), quedan, hecho))
        assert importacion.estado == ImportacionDePadron.Estado.DESHECHA and "deshaciendo" not in importacion.resumen
        assert [fila.hecho for fila in importacion.filas.all() if fila.hecho or fila.persona] == []
        assert ("40000707", "ya entró al aula") in quedan and hecho["borradas"] > 1
        assert {uno[0] for uno in registro()["personas"]} == {uno[0] for uno in antes["personas"]} | {"40000707"}
        assert dos_a_la_vez() == []
    assert vistos[1:] == vistos[:1] * 2


@pytest.mark.parametrize("lote", [1, 2, 1000])
def test_a_list_that_changes_authorities_ends_the_same_people_by_lots(lote):
    vistos = []
    for cual in (1000, lote):
        limpiar()
        guardar(traer(hoja(fila(), fila(DNI="40000909", Nombres="Ira", Apellidos="Vela Paz", Calidad="alterno"))), 1000)
        otras = [
            fila(DNI="40000808", Nombres="Iris", Apellidos="Meza Lino"),
            fila(DNI="40000809", Nombres="Olga", Apellidos="Rojas Inga"),  # another one for the same seat
            fila(DNI="40000202", Nombres="Elsa", Apellidos="Tello Muñoz", Calidad="alterno"),
        ]
        importacion = traer(hoja(*otras))
        banco.declarar_relevo(importacion_id=importacion.pk, releva=True, alcance=PROVINCIA, ahora=timezone.now())
        importacion = guardar(importacion, cual)
        vistos.append((registro(), [(f.estado, f.accion, f.motivos) for f in importacion.filas.order_by("orden")]))
        assert Persona.objects.filter(documento="40000808").exists()
        assert not Persona.objects.filter(documento="40000809").exists()
        assert dos_a_la_vez() == []
    assert vistos[0] == vistos[1]
