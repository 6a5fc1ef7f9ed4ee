"""A sheet never turns one person into another: a wrong DNI is refused, a corrected name or phone is counted."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from instancias import padron
from instancias.models import Membresia, Persona
from instancias.politica import AlcanceEfectivo
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja, planeadas

pytestmark = pytest.mark.usefixtures("provincia")

PROVINCIA = AlcanceEfectivo(("1006",))
NILTON = {"DNI": "99990009", "Nombres": "Nilton", "Apellidos": "Quispe Fretel", "Celular": "900000009"}


def revisar(*filas, alcance=PROVINCIA):
    return padron.revisar(
        nombre="lista.xlsx", contenido=hoja(*filas), esquema="inei", alcance=alcance, por=None, ahora=timezone.now()
    )


def confirmar(importacion, alcance=PROVINCIA):
    return padron.confirmar(importacion_id=importacion.pk, alcance=alcance, ahora=timezone.now())


def cuenta(importacion) -> dict[str, int]:
    return {accion: n for accion, n in importacion.resumen.items() if accion != "columnas_ignoradas" and n}


@pytest.fixture
def nilton() -> Persona:
    confirmar(revisar(fila(**NILTON)))
    return Persona.objects.get()


@pytest.fixture
def cem(entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


def subir(cem, *filas) -> str:
    respuesta = cem.post(
        "/panel/importar", {"archivo": SimpleUploadedFile("lista.xlsx", hoja(*filas)), "esquema": "inei"}
    )
    assert respuesta.status_code == 302
    return respuesta.url


def texto(respuesta) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


@pytest.mark.un_motor
def test_only_zeros_are_of_nobody():
    """What lists write for whoever did not say it: two of them would be one person."""
    importacion = revisar(fila(DNI="00000000"), fila(DNI="40000203", Asiento="IDC-02"))
    assert cuenta(importacion) == {"crear": 1, "rechazar": 1}
    assert "El DNI «00000000» no es de nadie." in " ".join(planeadas(importacion)[0]["detalles"])


def test_a_wrong_dni_does_not_rename_whoever_has_it(cem, nilton):
    otra = fila(DNI="99990009", Nombres="Rosa Amelia", Apellidos="Distinta Otra", Celular="911111111", Asiento="IDC-07")
    buena = fila(DNI="40000303", Nombres="Elsa", Asiento="IDC-08")
    revision = subir(cem, buena, otra)
    pagina = texto(cem.get(revision))
    assert "Fila 3: el DNI 99990009 ya está registrado con otro nombre; se leyó «Rosa Amelia Distinta Otra»." in pagina
    assert "corríjalo en la página de la persona" in pagina
    assert "Nilton" not in pagina
    assert "Con problema: 1" in pagina
    cem.post(f"{revision}/confirmar")
    nilton.refresh_from_db()
    assert (nilton.nombre_completo, nilton.celular) == ("Nilton Quispe Fretel", "900000009")
    assert nilton.membresias.count() == 1
    assert Persona.objects.count() == 2


def test_a_wrong_dni_is_refused_also_when_the_person_came_after_the_review():
    revision = revisar(fila(**NILTON | {"Nombres": "Rosa", "Asiento": "IDC-07"}))
    confirmar(revisar(fila(**NILTON)))
    assert confirmar(revision)["rechazar"] == 1
    assert Persona.objects.get().nombres == "Nilton"


def test_a_second_name_with_another_seat_is_counted_as_a_change(cem, nilton):
    revision = subir(cem, fila(**NILTON | {"Nombres": "Nilton José", "Asiento": "IDC-07"}))
    pagina = texto(cem.get(revision))
    assert "Nuevas: 0" in pagina
    assert "Con cambios: 1" in pagina
    assert "«Nilton Quispe Fretel» pasa a «Nilton José Quispe Fretel»" in pagina
    assert "se le asigna este asiento" in pagina
    cem.post(f"{revision}/confirmar")
    nilton.refresh_from_db()
    assert nilton.nombres == "Nilton José"
    assert nilton.membresias.count() == 2


@pytest.mark.parametrize("asiento", ["IDC-03", "IDC-07"])
def test_another_phone_of_a_known_person_is_counted_as_a_change(nilton, asiento):
    revision = revisar(fila(**NILTON | {"Celular": "922222222", "Asiento": asiento}))
    assert cuenta(revision) == {"cambiar": 1}
    assert "Celular: pasa a 922222222." in planeadas(revision)[0]["detalles"]
    confirmar(revision)
    nilton.refresh_from_db()
    assert (nilton.nombres, nilton.celular) == ("Nilton", "922222222")


def test_a_known_person_as_registered_in_another_seat_is_a_new_row(nilton):
    assert cuenta(revisar(fila(**NILTON | {"Asiento": "IDC-07"}))) == {"crear": 1}


@pytest.mark.un_motor
def test_capitals_and_lost_accents_do_not_undo_a_name_well_written():
    bien = fila(Nombres="José", Apellidos="Núñez de la Cruz")
    confirmar(revisar(bien))
    assert cuenta(revisar(fila(Nombres="JOSE", Apellidos="NUNEZ DE LA CRUZ"))) == {"igual": 1}
    confirmar(revisar(fila(Nombres="JOSE", Apellidos="NUNEZ DE LA CRUZ", Celular="922222222")))
    assert Persona.objects.get().nombre_completo == "José Núñez de la Cruz"


def test_accents_that_a_sheet_brings_are_a_change():
    confirmar(revisar(fila(Nombres="Jose")))
    revision = revisar(fila(Nombres="José"))
    assert cuenta(revision) == {"cambiar": 1}
    confirmar(revision)
    assert Persona.objects.get().nombres == "José"


def test_two_phones_of_one_person_in_a_sheet_keep_the_first_and_say_so():
    revision = revisar(fila(Asiento="IDC-07"), fila(Asiento="IDC-08", Celular="922222222"))
    assert cuenta(revision) == {"crear": 2}
    assert any("se conserva" in detalle and "fila 2" in detalle for detalle in planeadas(revision)[1]["detalles"])
    confirmar(revision)
    assert Persona.objects.get().celular == "987654321"


def test_a_phone_that_only_the_second_row_brings_is_kept():
    confirmar(revisar(fila(Asiento="IDC-07", Celular=""), fila(Asiento="IDC-08", Celular="922222222")))
    assert Persona.objects.get().celular == "922222222"


@pytest.mark.un_motor
@pytest.mark.parametrize("dni", ["٧٠٤٤٠٠٠٣", "７０４４０００３", "7044000³", "sin dni"])
def test_a_dni_in_other_digits_is_refused(cem, dni):
    pagina = texto(cem.get(subir(cem, fila(DNI=dni))))
    assert f"El DNI tiene solo números, del 0 al 9; se leyó «{dni}»" in pagina
    assert "Con problema: 1" in pagina


@pytest.mark.un_motor
def test_a_phone_in_other_digits_is_left_out_and_said():
    una = planeadas(revisar(fila(Celular="٩٨٧٦٥٤٣٢١")))[0]
    assert una["leida"]["celular"] == ""
    assert any("٩٨٧٦٥٤٣٢١" in detalle for detalle in una["detalles"])


@pytest.mark.un_motor
@pytest.mark.parametrize("numero", ["²", "٢", "2²", "uno", "0", "9" * 150])
def test_a_seat_number_that_is_none_refuses_its_row_only(cem, numero):
    titulos = [*TITULOS, "N° de asiento"]
    contenido = hoja([*fila(), numero], [*fila(DNI="40000303", Nombres="Juan", Asiento="IDC-07"), ""], titulos=titulos)
    respuesta = cem.post("/panel/importar", {"archivo": SimpleUploadedFile("lista.xlsx", contenido), "esquema": "inei"})
    pagina = texto(cem.get(respuesta.url))
    assert f"se leyó «{numero[:10]}»" in pagina
    assert "Con problema: 1" in pagina
    assert "Nuevas: 1" in pagina


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("nombres", "apellidos", "completo"),
    [
        ("ANA", "DE LA CRUZ", "Ana de la Cruz"),
        ("ana", "del águila de la peña", "Ana del Águila de la Peña"),
        ("MARÍA DE LOS ÁNGELES", "LA TORRE", "María de los Ángeles La Torre"),
        ("DEL CARMEN", "PÉREZ-LUNA D'ANGELO", "Del Carmen Pérez-Luna D'Angelo"),
        ("Ana", "De La Cruz", "Ana De La Cruz"),
    ],
)
def test_names_in_capitals_are_written_as_in_spanish(nombres, apellidos, completo):
    leida = planeadas(revisar(fila(Nombres=nombres, Apellidos=apellidos)))[0]["leida"]
    assert f"{leida['nombres']} {leida['apellidos']}" == completo


@pytest.mark.un_motor
def test_a_taken_seat_is_told_with_one_period():
    confirmar(revisar(fila(Nombres="ELSA", Apellidos="DE LA CRUZ")))
    detalles = " ".join(planeadas(revisar(fila(DNI="40000202")))[0]["detalles"])
    assert "ya tiene titular: Elsa D. Si lo dejó, toque «Entregar el asiento» en su página." in detalles
    assert Membresia.objects.count() == 1
