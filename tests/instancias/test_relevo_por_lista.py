"""A list of those who come: who is on each seat ends the day before, all in one confirmation, and never in silence."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from instancias import padron
from instancias.models import FilaDePadron, ImportacionDePadron, Membresia
from instancias.padron.revision import banco
from instancias.services.personas import sentar
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja
from tests.instancias.mesas import AHORA, ENERO, FIN, HOY, PROVINCIA, dos_a_la_vez, persona, quienes, sentada
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.usefixtures("territorio")
CON_DIA = [*TITULOS, "Desde"]


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine):
    time_machine.move_to(AHORA)


@pytest.fixture
@hecho_una_vez
def asiento(territorio):
    uno = gente.crear_asiento("100605", orden=1, corto="Alcaldía")
    uno.tipo.maximo = 1
    uno.tipo.save()
    sentada(uno, persona("40000101"))
    sentada(uno, persona("40000102", "Juan", "Tello Ríos"), "alterno")
    return uno


def llega(documento: str, calidad: str = "titular", desde: str = "01/01/2027", **otros: str) -> list:
    datos = {"DNI": documento, "Nombres": "Inés", "Apellidos": "Tello Ponce", "Asiento": "IDC-01", "Institución": ""}
    return [*fila(**{**datos, "Calidad": calidad, **otros}), desde]


def revisar(*filas: list) -> ImportacionDePadron:
    contenido = hoja(*filas, titulos=CON_DIA)
    return padron.revisar(
        nombre="l.xlsx", contenido=contenido, esquema="inei", alcance=PROVINCIA, por=None, ahora=timezone.now()
    )


def declarar(importacion: ImportacionDePadron, *, releva: bool = True) -> list[FilaDePadron]:
    banco.declarar_relevo(importacion_id=importacion.pk, releva=releva, alcance=PROVINCIA, ahora=timezone.now())
    return list(importacion.filas.order_by("orden"))


def confirmar(importacion: ImportacionDePadron) -> dict[str, int]:
    return padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())


def subir(*filas: list) -> dict[str, int]:
    importacion = revisar(*filas)
    declarar(importacion)
    return confirmar(importacion)


def test_without_being_declared_a_list_ends_nobody(asiento):
    importacion = revisar(llega("40000103"))
    assert importacion.filas.get().accion == "rechazar"
    (una,) = declarar(importacion)
    assert una.accion == "relevar"
    assert "Sale Rosa Q: su último día es el 31 de diciembre de 2026." in una.detalles
    assert quienes(ENERO) == {"40000101"}
    (una,) = declarar(importacion, releva=False)
    assert una.accion == "rechazar" and confirmar(importacion)["rechazar"] == 1
    assert quienes(ENERO) == {"40000101"}


def test_once_declared_who_is_there_ends_the_day_before(asiento):
    assert subir(llega("40000103"))["relevar"] == 1
    assert quienes(FIN) == {"40000101"} and quienes(ENERO) == {"40000103"}
    assert Membresia.objects.get(persona__documento="40000101").motivo_de_cese == "Cambio de autoridades"
    assert "relevar" not in subir(llega("40000103"))  # the same list again changes nothing
    assert Membresia.objects.count() == 3


def test_the_alternate_becomes_titular_by_a_row_and_another_takes_the_place(asiento):
    pasa = llega("40000102", Nombres="Juan", Apellidos="Tello Ríos")
    for filas in itertools.permutations([pasa, llega("40000103", "alterno")]):
        Membresia.objects.filter(desde=ENERO).delete()
        Membresia.objects.update(hasta=None, motivo_de_cese="")
        assert subir(*filas)["relevar"] == 2
        assert quienes(ENERO) == {"40000102"} and quienes(ENERO, "alterno") == {"40000103"}
        assert quienes(FIN) == {"40000101"} and dos_a_la_vez() == []


def test_two_who_come_to_one_seat_are_not_both_taken(asiento):
    importacion = revisar(llega("40000103"), llega("40000104", Nombres="Luz"))
    primera, segunda = declarar(importacion)
    assert (primera.accion, segunda.accion) == ("relevar", "rechazar")
    assert "Otra fila de esta lista ya da ese asiento a Inés T." in segunda.detalles[-1]
    confirmar(importacion)
    assert quienes(ENERO) == {"40000103"}


def test_who_was_to_begin_later_is_told_and_called_off(asiento):
    subir(llega("40000103"))
    importacion = revisar(llega("40000104", desde="15/12/2026", Nombres="Luz"))
    (una,) = declarar(importacion)
    assert "Ya no empieza Inés T, que iba a hacerlo el 1 de enero de 2027." in una.detalles
    confirmar(importacion)
    assert quienes(ENERO) == {"40000104"} and dos_a_la_vez() == []


def test_of_several_seats_of_a_kind_the_row_says_which_one(territorio):
    asientos = [gente.crear_asiento("100605", orden=4, corto="Organización", numero=numero) for numero in (1, 2)]
    asientos[0].tipo.maximo = 2
    asientos[0].tipo.save()
    for n, uno in enumerate(asientos):
        sentada(uno, persona(f"4000011{n}"))
    importacion = revisar(llega("40000103", Asiento="IDC-04"))
    (una,) = declarar(importacion)
    assert una.accion == "rechazar" and "Escriba el número del asiento que cambia" in una.detalles[-1]
    corregida = banco.corregir_fila(
        importacion_id=importacion.pk,
        fila_id=una.pk,
        version=una.version,
        valores={"numero": "2"},
        alcance=PROVINCIA,
        ahora=timezone.now(),
    )
    assert corregida.accion == "relevar"
    confirmar(importacion)
    assert quienes(ENERO) == {"40000110", "40000103"}


@pytest.mark.parametrize("cuantos", [2, 69])
def test_the_seats_of_a_province_change_in_one_confirmation_that_costs_the_same(territorio, presupuesto, cuantos):
    for orden in range(1, cuantos + 1):
        uno = gente.crear_asiento("100605", orden=orden, corto=f"Asiento {orden}")
        sentada(uno, persona(f"4100{orden:04}"))
    apellidos = [f"T{uno}ll{otro}" for uno in "aeiou" for otro in "abcdefghijklmn"]
    filas = [
        llega(f"4200{orden:04}", Asiento=f"IDC-{orden:02}", Apellidos=f"{apellidos[orden]} Ponce")
        for orden in range(1, cuantos + 1)
    ]
    importacion = revisar(*filas)
    planeadas = declarar(importacion)
    assert [f.problemas for f in planeadas if f.accion != "relevar"] == []
    with presupuesto(32):
        assert confirmar(importacion)["relevar"] == cuantos
    assert len(quienes(ENERO)) == len(quienes(FIN)) == cuantos and dos_a_la_vez() == []


def test_the_review_offers_it_says_who_leaves_and_saves_it(asiento, entrar):
    cem = entrar(gente.crear_coordinacion("cem-p", "1006"))
    archivo = SimpleUploadedFile("l.xlsx", hoja(llega("40000103"), titulos=CON_DIA))
    revision = cem.post("/panel/importar", {"archivo": archivo, "esquema": "inei"}, follow=True)
    url = revision.redirect_chain[-1][0]
    assert "1 fila es de un asiento que ya tiene a alguien." in revision.content.decode()
    texto = cem.post(f"{url}/relevo", {"releva": "1"}, follow=True).content.decode()
    assert "⇄ Cambia de autoridad" in texto and "Sale Rosa Q" in texto and "Cambian autoridad: 1" in texto
    assert "Cambiaron de autoridad: 1." in cem.post(f"{url}/confirmar", follow=True).content.decode()
    assert quienes(ENERO) == {"40000103"} and quienes(HOY) == {"40000101"}
    assert "Recuperaron su asiento: 1." in cem.post(f"{url}/deshacer", follow=True).content.decode()
    assert quienes(ENERO) == {"40000101"}


@pytest.mark.parametrize("releva", [False, True])
def test_nobody_takes_the_past_days_of_who_already_left(asiento, releva):
    """A seat has one holder each day, also on days gone by: the list says since when it is free."""
    Membresia.objects.filter(calidad="titular").update(hasta=datetime.date(2026, 6, 30))
    importacion = revisar(llega("40000103", desde="01/06/2026"))
    una = declarar(importacion, releva=releva)[0]
    assert una.accion == "rechazar"
    frase = "El asiento tuvo titular hasta el 30 de junio de 2026: Rosa Q. Escriba una fecha posterior."
    assert una.detalles == [frase]
    assert una.problemas[0]["propuestas"] == ["01/07/2026"]
    banco.corregir_fila(
        importacion_id=importacion.pk, fila_id=una.pk, version=una.version, valores={"desde": "01/07/2026"},
        alcance=PROVINCIA, ahora=timezone.now(),
    )  # fmt: skip
    confirmar(importacion)
    assert quienes(HOY) == {"40000103"} and dos_a_la_vez() == []


def test_who_left_and_returned_has_two_turns_that_share_no_day(asiento):
    Membresia.objects.filter(calidad="titular").update(hasta=datetime.date(2026, 6, 30))
    rosa = {"Nombres": "Rosa", "Apellidos": "Quispe Huamán"}
    assert revisar(llega("40000101", desde="01/01/2026", **rosa)).filas.get().accion == "rechazar"
    confirmar(revisar(llega("40000101", desde="01/09/2026", **rosa)))
    suyos = Membresia.objects.filter(persona__documento="40000101").order_by("desde")
    assert [(una.desde.month, una.hasta) for una in suyos] == [(1, datetime.date(2026, 6, 30)), (9, None)]
    assert dos_a_la_vez() == []


def test_who_left_and_is_registered_again_from_a_day_of_that_turn_is_told_and_not_taken_for_sitting(asiento):
    turno = Membresia.objects.get(calidad="titular")
    Membresia.objects.filter(pk=turno.pk).update(hasta=datetime.date(2026, 6, 30))
    datos = {"persona": turno.persona, "asiento": asiento, "calidad": "titular", "designacion": "", "por": None}
    with pytest.raises(ErrorDeDominio, match="hasta el 30 de junio de 2026"):
        sentar(**datos, desde=datetime.date(2026, 6, 1), alcance=PROVINCIA, ahora=timezone.now())
    assert sentar(**datos, desde=HOY, alcance=PROVINCIA, ahora=timezone.now()).hasta is None
