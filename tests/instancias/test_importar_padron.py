"""The padrón: what a sheet would do, why a row is refused, and that nothing is half saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias import padron
from instancias.acceso.services.cuenta import seguir_sin_aceptar
from instancias.models import Asiento, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from instancias.padron.revision.mostrar import contar
from instancias.politica import AlcanceEfectivo
from instancias.signals import membresias_creadas
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja, planeadas

pytestmark = pytest.mark.usefixtures("provincia")

PROVINCIA = AlcanceEfectivo(("1006",))
LUYANDO = AlcanceEfectivo(("100605",))
EJEMPLO = Path(__file__).resolve().parents[2] / "cms" / "static" / "cms" / "padron-ejemplo.xlsx"


def revisar(contenido: bytes, *, nombre="lista.xlsx", esquema="inei", alcance=PROVINCIA) -> ImportacionDePadron:
    return padron.revisar(
        nombre=nombre, contenido=contenido, esquema=esquema, alcance=alcance, por=None, ahora=timezone.now()
    )


def confirmar(importacion, alcance=PROVINCIA) -> dict:
    return padron.confirmar(importacion_id=importacion.pk, alcance=alcance, ahora=timezone.now())


def unica(importacion) -> dict:
    assert len(planeadas(importacion)) == 1
    return planeadas(importacion)[0]


def motivo(importacion) -> str:
    una = unica(importacion)
    assert una["accion"] == "rechazar", una
    return " ".join(una["detalles"])


def test_a_review_saves_no_person():
    importacion = revisar(hoja(fila()))
    assert unica(importacion)["accion"] == "crear"
    assert not Persona.objects.exists()


def test_confirming_registers_person_seat_and_institution():
    confirmar(revisar(hoja(fila())))
    membresia = Membresia.objects.select_related("persona", "asiento__institucion").get()
    assert membresia.persona.nombre_completo == "Rosa Quispe Huamán"
    assert membresia.asiento.instancia.territorio_id == "100605"
    assert membresia.asiento.institucion.nombre == "Comisaría de Naranjillo"
    guardada = FilaDePadron.objects.get()
    assert (guardada.cruda, guardada.leida, guardada.documento) == ({}, {}, "")
    assert guardada.hecho["membresia"] == membresia.pk


def test_importing_the_sample_twice_changes_nothing_the_second_time():
    primera = revisar(EJEMPLO.read_bytes())
    resumen = confirmar(primera)
    assert resumen["crear"] >= 120
    assert resumen["rechazar"] == 5
    distritos = Membresia.objects.values_list("asiento__instancia__territorio_id", flat=True).distinct()
    antes = (Persona.objects.count(), Membresia.objects.count(), Asiento.objects.count(), Institucion.objects.count())
    segunda = revisar(EJEMPLO.read_bytes())
    assert (segunda.resumen["crear"], segunda.resumen["cambiar"]) == (0, 0)
    assert segunda.resumen["igual"] == resumen["crear"]
    confirmar(segunda)
    assert antes == (
        Persona.objects.count(),
        Membresia.objects.count(),
        Asiento.objects.count(),
        Institucion.objects.count(),
    )
    assert set(distritos)


def test_confirming_twice_saves_once():
    importacion = revisar(hoja(fila()))
    confirmar(importacion)
    with pytest.raises(ErrorDeDominio) as error:
        confirmar(importacion)
    assert error.value.codigo == "ya_decidida"
    assert Membresia.objects.count() == 1


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"Distrito": "Monzón"}, "No se conoce el distrito «Monzón»"),
        ({"DNI": "4000010"}, "se leyeron 7"),
        ({"DNI": 4000010}, "se leyeron 7"),
        ({"DNI": "400001012"}, "se leyeron 9"),
        ({"DNI": ""}, "Falta el DNI"),
        ({"DNI": "4000010X"}, "solo números"),
        ({"Asiento": "IDC-44"}, "no tiene el asiento «IDC-44»"),
        ({"Asiento": "IPC-05"}, "no tiene el asiento «IPC-05»"),
        ({"Asiento": ""}, "Falta el asiento"),
        ({"Calidad": "vocal"}, "se leyó «vocal»"),
        ({"Nombres": "=CONCATENATE(A1,B1)"}, "tiene una fórmula"),
        ({"Apellidos": "@SUM(A1)"}, "tiene una fórmula"),
        ({"Nombres": ""}, "Faltan los nombres"),
        ({"Nombres": "<script>"}, "No se entienden los nombres"),
        ({"Institución": "x" * 300}, "demasiado largo"),
    ],
)
def test_a_wrong_cell_refuses_its_row_and_says_what_was_read(cambios, dice):
    # An IPC code alone means the provincial table: the row says «distrital» to make it a mistake.
    titulos = [*TITULOS, "Instancia"]
    assert dice in motivo(revisar(hoja([*fila(**cambios), "distrital"], titulos=titulos)))


def test_a_reniec_code_in_an_inei_list_stops_and_asks():
    # 090604 is Luyando for RENIEC; read as INEI it would be somewhere else.
    texto = motivo(revisar(hoja(fila(Distrito="090604"))))
    assert "RENIEC" in texto


def test_the_declared_scheme_puts_people_in_the_right_district():
    importacion = revisar(hoja(fila(Distrito="090604")), esquema="reniec")
    assert unica(importacion)["leida"]["territorio"] == "100605"


def test_a_code_that_contradicts_the_name_is_refused():
    titulos = [*TITULOS, "Ubigeo"]
    assert "Corrija uno de los dos" in motivo(revisar(hoja([*fila(), "100606"], titulos=titulos)))


@pytest.mark.un_motor
def test_a_code_that_lost_its_zero_is_explained():
    assert "falta el cero" in motivo(revisar(hoja(fila(Distrito="90604")), esquema="reniec"))


def test_the_same_document_with_another_name_is_refused():
    importacion = revisar(hoja(fila(), fila(Nombres="Carmen", Asiento="IDC-11")))
    assert [f["accion"] for f in planeadas(importacion)] == ["crear", "rechazar"]
    assert "fila 2" in " ".join(planeadas(importacion)[1]["detalles"])


def test_one_person_may_hold_seats_in_two_tables():
    confirmar(revisar(hoja(fila(Asiento="IDC-07"), fila(Asiento="IDC-07", Distrito="Pucayacu"))))
    assert Persona.objects.count() == 1
    assert Membresia.objects.count() == 2


def test_a_repeated_row_changes_nothing():
    importacion = revisar(hoja(fila(), fila()))
    assert confirmar(importacion)["crear"] == 1
    assert Membresia.objects.count() == 1


def test_a_taken_seat_says_who_has_it():
    confirmar(revisar(hoja(fila())))
    texto = motivo(revisar(hoja(fila(DNI="40000202", Nombres="Juan", Apellidos="Tello"))))
    assert "ya tiene titular: Rosa Q." in texto


@pytest.mark.un_motor
def test_a_seat_that_an_earlier_row_takes_is_told_as_such_and_is_no_change_of_authorities():
    """It said to hand it over on the page of somebody who is not registered."""
    importacion = revisar(hoja(fila(), fila(DNI="40000202", Nombres="Juan", Apellidos="Tello")))
    detalles = " ".join(planeadas(importacion)[1]["detalles"])
    assert detalles == "Otra fila de esta lista ya da ese asiento a Rosa Q. Deje una sola."
    assert contar(importacion).podrian_relevar == 0


def test_optional_seats_open_up_to_the_number_of_the_norm():
    nombres = ["Rosa", "Juan", "Elsa"]
    filas = [
        fila(DNI=f"4000030{n}", Nombres=nombres[n], Asiento="IDC-08", Institución=f"Organización {n}") for n in range(3)
    ]
    importacion = revisar(hoja(*filas))
    assert [f["accion"] for f in planeadas(importacion)] == ["crear", "crear", "rechazar"]
    confirmar(importacion)
    assert Asiento.objects.filter(tipo__codigo="IDC-08", instancia__territorio_id="100605").count() == 2


@pytest.mark.un_motor
def test_corrections_are_shown_before_and_after():
    confirmar(revisar(hoja(fila())))
    importacion = revisar(hoja(fila(Apellidos="Quispe Huamani", Celular="912345678")))
    assert unica(importacion)["accion"] == "cambiar"
    assert "«Rosa Quispe Huamán» pasa a «Rosa Quispe Huamani»" in " ".join(unica(importacion)["detalles"])
    confirmar(importacion)
    assert Persona.objects.get().celular == "912345678"


@pytest.mark.un_motor
def test_capital_letters_and_loose_phones_are_tidied():
    importacion = revisar(hoja(fila(Nombres="ROSA DE LA LUZ", Celular="+51 987 654 321")))
    leida = unica(importacion)["leida"]
    assert (leida["nombres"], leida["celular"]) == ("Rosa de la Luz", "987654321")


@pytest.mark.un_motor
def test_a_phone_that_is_no_cell_phone_is_left_out_and_said():
    una = unica(revisar(hoja(fila(Celular="062-562000"))))
    assert una["accion"] == "crear"
    assert una["leida"]["celular"] == ""
    assert any("062-562000" in detalle for detalle in una["detalles"])


def test_out_of_scope_rows_are_refused():
    assert "fuera de su alcance" in motivo(revisar(hoja(fila(Distrito="Pucayacu")), alcance=LUYANDO))


def test_scope_is_asked_again_when_confirming():
    importacion = revisar(hoja(fila(Distrito="Pucayacu")))
    assert confirmar(importacion, alcance=LUYANDO)["rechazar"] == 1
    assert not Persona.objects.exists()


def test_what_changed_since_the_review_is_seen():
    importacion = revisar(hoja(fila()))
    confirmar(revisar(hoja(fila(DNI="40000999", Nombres="Otra", Apellidos="Persona"))))
    assert confirmar(importacion)["rechazar"] == 1
    assert not Persona.objects.filter(documento="40000101").exists()


def test_the_rooms_above_are_told_after_commit(django_capture_on_commit_callbacks):
    avisos = []
    recibir = lambda sender, ids, **kwargs: avisos.append(ids)  # noqa: E731
    membresias_creadas.connect(recibir)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            confirmar(revisar(hoja(fila())))
            assert avisos == []
    finally:
        membresias_creadas.disconnect(recibir)
    assert avisos == [[Membresia.objects.get().pk]]


@pytest.mark.parametrize(
    ("nombre", "contenido", "codigo"),
    [
        ("lista.xlsx", b"", "vacio"),
        ("lista.xlsx", b"%PDF-1.7 no soy una hoja", "no_es_hoja"),
        ("lista.csv", b"%PDF-1.7 no soy una hoja", "no_es_hoja"),
        ("lista.pdf", b"%PDF-1.7", "no_es_hoja"),
        ("lista.xlsx", b"PK\x03\x04 cortado", "no_es_hoja"),
        ("lista.xlsx", hoja(["1", "2"], titulos=["color", "sabor"]), "sin_columnas"),
        ("lista.xlsx", hoja(titulos=TITULOS), "sin_filas"),
        ("lista.xlsx", hoja(titulos=[t for t in TITULOS if t != "Distrito"]), "sin_columnas"),
        ("lista.csv", b"x" * (padron.MAXIMO_DE_BYTES + 1), "muy_grande"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(nombre, contenido, codigo):
    with pytest.raises(padron.ErrorDeArchivo) as error:
        revisar(contenido, nombre=nombre)
    assert error.value.codigo == codigo
    assert not ImportacionDePadron.objects.exists()


@pytest.mark.un_motor
def test_more_rows_than_the_limit_are_refused_with_it():
    lineas = "\n".join(
        ["DNI;Nombres;Apellidos;Distrito;Asiento;Calidad", *["40000101;A;B;Luyando;PNP;titular"] * 20_001]
    )
    with pytest.raises(padron.ErrorDeArchivo) as error:
        revisar(lineas.encode(), nombre="lista.csv")
    assert error.value.codigo == "demasiadas_filas"
    assert "20000" in str(error.value).replace(",", "").replace("\xa0", "")


@pytest.mark.un_motor
def test_a_csv_saved_by_excel_in_spanish_is_read():
    texto = "DNI;Nombres;Apellidos;Distrito;Asiento;Calidad\n40000101;José;Muñoz;Luyando;PNP;titular\n"
    importacion = revisar(texto.encode("cp1252"), nombre="lista.csv")
    assert unica(importacion)["leida"]["apellidos"] == "Muñoz"


@pytest.mark.un_motor
def test_titles_below_a_heading_are_found_and_unknown_columns_named():
    titulos = ["LISTA DE INTEGRANTES"]
    importacion = revisar(hoja([], [*TITULOS, "Signo zodiacal"], [*fila(), "Aries"], titulos=titulos))
    assert importacion.resumen["crear"] == 1
    assert importacion.resumen["columnas_ignoradas"] == ["Signo zodiacal"]
    assert planeadas(importacion)[0]["leida"]["fila"] == 4


def test_a_list_does_not_bring_back_the_phone_of_who_did_not_accept():
    confirmar(revisar(hoja(fila(Celular="987111222"))))
    persona = Persona.objects.get()
    seguir_sin_aceptar(persona=persona, version="1", texto="Aviso", ahora=timezone.now())
    importacion = revisar(hoja(fila(Celular="987333444")))
    assert "No tiene aceptado el aviso de datos: su celular no se guarda." in str(planeadas(importacion))
    confirmar(importacion)
    persona.refresh_from_db()
    assert persona.celular == ""


def test_who_was_registered_changed_and_seated_by_a_sheet_is_in_the_trail():
    confirmar(revisar(hoja(fila(Celular="987111222"))))
    registrada = ModelLogEntry.objects.get(action="instancias.registrar")
    persona = Persona.objects.get()
    assert registrada.object_id == str(persona.pk)
    assert registrada.data == {"importacion": ImportacionDePadron.objects.get().pk}
    assert registrada.user == ImportacionDePadron.objects.get().subida_por
    assert persona.documento not in registrada.label and persona.nombres not in registrada.label
    assert ModelLogEntry.objects.get(action="instancias.sentar").data["asiento"] == Membresia.objects.get().asiento_id
    confirmar(revisar(hoja(fila(Celular="987333444"))))
    cambiada = ModelLogEntry.objects.get(action="instancias.corregir")
    assert cambiada.data["campos"] == ["celular"]
    assert ModelLogEntry.objects.filter(action__in=["instancias.registrar", "instancias.sentar"]).count() == 2


@pytest.mark.parametrize("cuantas", [60, 600])
def test_statements_do_not_grow_with_rows(cuantas, presupuesto):
    # One person on many seats is not possible: use the seats without a maximum.
    titulos = [*TITULOS, "Instancia"]
    filas = [
        [*fila(DNI=f"{41000000 + n}", Asiento="IPC-08", Distrito="", Institución=f"Junta {n}"), "provincial"]
        for n in range(min(cuantas, 50))
    ] + [[*fila(DNI=f"{42000000 + n}", Distrito="Monzón"), "distrital"] for n in range(cuantas - 50)]
    importacion = revisar(hoja(*filas, titulos=titulos))
    with presupuesto(20):
        confirmar(importacion)


@pytest.mark.un_motor
class TestPantallas:
    """The screens: upload, review, save."""

    @pytest.fixture
    def cliente(self, entrar):
        return entrar(gente.crear_coordinacion("cem-p", "1006"))

    def subir(self, cliente, contenido, nombre="lista.xlsx"):
        archivo = SimpleUploadedFile(nombre, contenido)
        return cliente.post("/panel/importar", {"archivo": archivo, "esquema": "inei"})

    def test_the_review_shows_each_row_and_the_button_saves(self, cliente):
        respuesta = self.subir(cliente, hoja(fila(), fila(DNI="123", Asiento="IDC-11")))
        assert respuesta.status_code == 302
        pagina = cliente.get(respuesta.url).content.decode()
        assert "Todavía no se guardó nada" in pagina
        assert "Guardar 1 fila" in pagina
        assert "se leyeron 3" in pagina
        despues = cliente.post(respuesta.url + "/confirmar", follow=True).content.decode()
        assert "La lista se guardó" in despues
        assert Persona.objects.get().documento == "40000101"

    @pytest.mark.un_motor
    def test_a_file_that_is_no_list_is_answered_beside_the_field(self, cliente):
        respuesta = self.subir(cliente, b"hola")
        assert respuesta.status_code == 422
        assert "no es una hoja de Excel" in respuesta.content.decode()
        assert "<title>Error:" in respuesta.content.decode()

    def test_discarding_saves_nothing(self, cliente):
        respuesta = self.subir(cliente, hoja(fila()))
        pagina = cliente.post(respuesta.url + "/descartar", follow=True).content.decode()
        assert "No se guardó nada" in pagina
        assert not ImportacionDePadron.objects.get().filas.exists()

    def test_a_coordinator_of_less_does_not_see_the_review(self, cliente, entrar):
        respuesta = self.subir(cliente, hoja(fila()))
        ajena = entrar(gente.crear_coordinacion("otra", "100605"))
        assert ajena.get(respuesta.url).status_code == 404
        assert ajena.post(respuesta.url + "/confirmar").status_code == 404

    def test_acts_are_not_done_by_get(self, cliente):
        respuesta = self.subir(cliente, hoja(fila()))
        assert cliente.get(respuesta.url + "/confirmar").status_code == 405


def test_somebody_with_a_foreigners_card_is_registered_with_it_and_known_the_second_time():
    lista = hoja(fila(DNI="CE 001234567"))
    confirmar(revisar(lista))
    persona = Persona.objects.get()
    assert (persona.tipo_de_documento, persona.documento) == ("ce", "001234567")
    assert unica(revisar(lista))["accion"] == "igual"
