"""What a list does not say is asked once: which column is which, where it is from, which sheet; and is remembered."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from instancias import padron
from instancias.models import CeldasDePadron, ColumnaRecordada, ImportacionDePadron
from instancias.padron.lectura.forma import Forma
from instancias.padron.lectura.supuestos import Supuestos
from instancias.politica import AlcanceEfectivo
from tests import gente
from tests.instancias.hojas import fila, hoja
from tests.instancias.test_padron_formas import RESOLUCION, libro
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.un_motor

RAROS = ["Código personal", "Quién es", "Silla", "Va de"]
FILA_RARA = ["40000101", "Rosa Quispe Huamán", "IDC-03", "titular"]
PEGADA = "\t".join(RAROS) + "\n" + "\t".join(FILA_RARA) + "\n"
ELEGIDAS = {
    "codigo personal": "documento",
    "quien es": "nombres_y_apellidos",
    "silla": "asiento",
    "va de": "calidad",
}
LUYANDO = AlcanceEfectivo(("100605",))


@pytest.fixture
@hecho_una_vez
def cem(provincia, entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


@pytest.fixture
@hecho_una_vez
def coordinadora(provincia, entrar):
    return entrar(gente.crear_coordinacion("coordinadora", "100605"))


def subir(cliente, contenido: bytes, nombre: str = "lista.xlsx", **datos):
    archivo = SimpleUploadedFile(nombre, contenido)
    return cliente.post("/panel/importar", {"archivo": archivo, "esquema": "inei", **datos})


def pegar(cliente, texto: str, **datos):
    return cliente.post("/panel/importar", {"pegado": texto, "esquema": "inei", **datos})


def decir(cliente, url: str, valores: list[str], **datos):
    campos = {f"columna-{numero}": valor for numero, valor in enumerate(valores)}
    return cliente.post(url, {"hoja": "", "titulos": "", **campos, **datos})


def leidas(importacion: ImportacionDePadron, *campos: str) -> list[tuple]:
    return [tuple(una.leida[campo] for campo in campos) for una in importacion.filas.order_by("orden")]


def test_a_list_that_is_clear_goes_straight_to_its_review(cem):
    respuesta = subir(cem, hoja(fila()))
    importacion = ImportacionDePadron.objects.get()
    assert respuesta.url == f"/panel/importar/{importacion.pk}"
    assert importacion.estado == "por_revisar"


def test_what_is_pasted_is_read_as_a_file_is(coordinadora):
    pegar(coordinadora, "DNI\tApellidos y nombres\tCargo\tCondición\n40000101\tQUISPE HUAMÁN, ROSA\tIDC-03\tTitular\n")
    importacion = ImportacionDePadron.objects.get()
    assert importacion.archivo == "Lista pegada"
    # She coordinates one district: her list needs no column for it.
    assert leidas(importacion, "documento", "apellidos", "territorio") == [("40000101", "Quispe Huamán", "100605")]


def test_headings_that_nobody_knows_are_asked_once_and_remembered(coordinadora):
    respuesta = pegar(coordinadora, PEGADA)
    assert respuesta.url.endswith("/columnas")
    pagina = coordinadora.get(respuesta.url).content.decode()
    assert "Código personal" in pagina and "Por ejemplo: 40000101" in pagina
    assert "Falta saber qué columna dice: DNI" in pagina
    hecha = decir(coordinadora, respuesta.url, list(ELEGIDAS.values()))
    importacion = ImportacionDePadron.objects.get()
    assert hecha.url == f"/panel/importar/{importacion.pk}"
    assert leidas(importacion, "documento", "nombres", "tipo") == [("40000101", "Rosa", "IDC-03")]
    assert pegar(coordinadora, PEGADA).url == f"/panel/importar/{importacion.pk + 1}"


def test_what_one_person_said_of_a_heading_is_not_said_for_another(coordinadora, cem):
    decir(coordinadora, pegar(coordinadora, PEGADA).url, list(ELEGIDAS.values()))
    assert ColumnaRecordada.objects.count() == 4
    assert pegar(cem, PEGADA).url.endswith("/columnas")


def test_a_list_without_headings_is_shown_by_what_its_columns_hold(coordinadora):
    filas = ["40000101\tRosa Quispe Huamán\tIDC-03\ttitular", "40000202\tElsa Ríos Tello\tIDC-04\tAlterno"]
    url = pegar(coordinadora, "\n".join(filas)).url
    pagina = coordinadora.get(url).content.decode()
    assert "Columna A, sin título" in pagina
    assert '<option value="documento" selected>' in pagina
    decir(coordinadora, url, ["documento", "nombre_completo", "asiento", "calidad"])
    assert leidas(ImportacionDePadron.objects.get(), "documento", "apellidos") == [
        ("40000101", "Quispe Huamán"),
        ("40000202", "Ríos Tello"),
    ]
    assert not ColumnaRecordada.objects.exists()


@pytest.mark.parametrize(
    ("valores", "dice"),
    [
        (["documento", "documento", "asiento", "calidad"], "Otra columna también dice «DNI o documento»"),
        (["documento", "", "asiento", "calidad"], "Falta saber qué columna dice: Nombres, Apellidos"),
        (["documento", "nada", "asiento", "calidad"], "no es una de las opciones"),
    ],
)
def test_an_answer_that_makes_no_list_is_said_and_nothing_is_kept(coordinadora, valores, dice):
    respuesta = decir(coordinadora, pegar(coordinadora, PEGADA).url, valores)
    assert respuesta.status_code == 422
    assert dice in respuesta.content.decode()
    importacion = ImportacionDePadron.objects.get()
    assert importacion.estado == "por_ordenar"
    assert not importacion.filas.exists()
    assert not ColumnaRecordada.objects.exists()


def test_where_a_list_is_from_is_asked_with_what_its_title_says(cem):
    filas = [["Municipalidad Distrital de Luyando"], [], *RESOLUCION[3:]]
    url = subir(cem, libro({"Hoja1": filas})).url
    assert url.endswith("/columnas")
    pagina = cem.get(url).content.decode()
    assert "Falta saber qué columna dice: Distrito" in pagina
    assert '<option value="100605" selected>' in pagina
    valores = ["institucion", "titular.nombre_completo", "titular.documento", "titular.celular"]
    valores += ["alterno.nombre_completo", "alterno.documento", "alterno.celular"]
    decir(cem, url, valores, lugar="100605", completa_para=["100605"])
    importacion = ImportacionDePadron.objects.get()
    assert {territorio for (territorio,) in leidas(importacion, "territorio")} == {"100605"}
    assert importacion.completa_para == ["100605"]


def test_what_was_only_proposed_side_by_side_is_not_remembered_of_a_plain_list(cem):
    """«DNI» was the titular's because a second «DNI» stood beside it, not because anybody said so of the heading."""
    url = subir(cem, libro({"Hoja1": [["Municipalidad Distrital de Luyando"], [], *RESOLUCION[3:]]})).url
    valores = ["institucion", "titular.nombre_completo", "titular.documento", "titular.celular"]
    valores += ["alterno.nombre_completo", "alterno.documento", "alterno.celular"]
    decir(cem, url, valores, lugar="100605")
    assert not ColumnaRecordada.objects.exists()
    subir(cem, hoja(fila()))
    importacion = ImportacionDePadron.objects.latest("pk")
    assert importacion.estado == "por_revisar"
    assert leidas(importacion, "documento", "calidad") == [("40000101", "titular")]


def test_whom_a_column_is_of_is_remembered_only_where_the_other_stands_beside(cem):
    """Also what was remembered before: alone in its list, «DNI» is the document of whoever the row is about."""
    cuenta = ImportacionDePadron.subida_por.field.related_model.objects.get(username="cem-p")
    for huella, dice in (("dni", "titular.documento"), ("nombres", "titular.nombres"), ("celular", "celular")):
        ColumnaRecordada.objects.create(cuenta=cuenta, huella=huella, dice=dice)
    subir(cem, hoja(fila(), fila(DNI="40000202", Nombres="Elsa", Calidad="alterno")))
    importacion = ImportacionDePadron.objects.get()
    assert leidas(importacion, "documento", "calidad") == [("40000101", "titular"), ("40000202", "alterno")]
    pagina = cem.get(f"/panel/importar/{importacion.pk}/columnas").content.decode()
    assert '<option value="documento" selected>' in pagina and '<option value="titular.documento">' in pagina


def test_choosing_again_what_the_list_says_forgets_what_was_chosen_before(cem):
    titulos = ["DNI", "Nombres", "Apellidos", "Distrito", "Asiento", "Calidad"]
    url = subir(cem, hoja(["40000101", "Rosa", "Quispe", "Luyando", "IDC-03", "titular"], titulos=titulos)).url
    claves = ["documento", "nombres", "apellidos", "distrito", "asiento", "calidad"]
    decir(cem, f"{url}/columnas", ["documento", "apellidos", "nombres", *claves[3:]])
    cambiadas = {"nombres": "apellidos", "apellidos": "nombres"}
    assert dict(ColumnaRecordada.objects.values_list("huella", "dice")) == cambiadas
    decir(cem, f"{url}/columnas", claves)
    assert not ColumnaRecordada.objects.exists()


def test_what_is_said_for_the_whole_list_fills_what_its_rows_do_not_say(cem):
    titulos = ["DNI", "Nombres", "Apellidos", "Asiento"]
    contenido = hoja(["40000101", "Rosa", "Quispe", "IDC-03"], titulos=titulos)
    subir(cem, contenido, lugar="100605", calidad="alterno", desde="2026-03-12")
    importacion = ImportacionDePadron.objects.get()
    assert leidas(importacion, "territorio", "calidad", "desde") == [("100605", "alterno", "2026-03-12")]
    assert importacion.completa_para == []


def test_a_provincial_table_is_said_for_the_whole_list(cem):
    titulos = ["DNI", "Nombres", "Apellidos", "Asiento", "Calidad"]
    subir(cem, hoja(["40000101", "Rosa", "Quispe", "IPC-01", "titular"], titulos=titulos), lugar="1006")
    assert leidas(ImportacionDePadron.objects.get(), "nivel", "territorio") == [("provincial", "1006")]


def test_another_sheet_and_another_row_of_headings_may_be_chosen_later(cem):
    de_otro_ano = [["DNI", "Nombres", "Apellidos", "Distrito", "Asiento", "Calidad"]]
    de_otro_ano += [["40000909", "Antigua", "Ríos", "Luyando", "IDC-03", "titular"]]
    nueva = [["Nueva"], *de_otro_ano[:1], ["40000101", "Rosa", "Quispe", "Luyando", "IDC-03", "titular"]]
    subir(cem, libro({"2025": de_otro_ano, "2026": nueva}))
    importacion = ImportacionDePadron.objects.get()
    assert leidas(importacion, "documento") == [("40000909",), ("40000101",)]
    pagina = cem.get(f"/panel/importar/{importacion.pk}/columnas?hoja=1").content.decode()
    assert "Títulos de «2026»: fila 2." in pagina
    valores = ["documento", "nombres", "apellidos", "distrito", "asiento", "calidad"]
    decir(cem, f"/panel/importar/{importacion.pk}/columnas", valores, hoja="1")
    assert leidas(importacion, "documento") == [("40000101",)]


def test_both_a_file_and_a_paste_or_neither_are_asked_again(cem):
    assert "o pegue sus celdas" in pegar(cem, "  \n").content.decode()
    assert "no las dos cosas" in subir(cem, hoja(fila()), pegado="DNI").content.decode()
    assert not ImportacionDePadron.objects.exists()


def test_the_cells_go_with_the_first_row_that_is_saved_or_with_the_list(cem):
    subir(cem, hoja(fila(), fila(DNI="123", Asiento="IDC-11")))
    importacion = ImportacionDePadron.objects.get()
    cem.post(f"/panel/importar/{importacion.pk}/confirmar")
    assert not CeldasDePadron.objects.exists()
    assert cem.get(f"/panel/importar/{importacion.pk}/columnas").url == f"/panel/importar/{importacion.pk}"
    url = subir(cem, hoja(["1", "2"], titulos=["color", "sabor"])).url
    assert cem.get(url).status_code == 200
    cem.post(url.replace("columnas", "descartar"))
    assert not CeldasDePadron.objects.exists()
    assert cem.get(url.replace("/columnas", "")).status_code == 200


def test_a_list_that_waits_for_its_columns_leads_to_them(cem):
    url = pegar(cem, PEGADA).url
    assert cem.get(url.replace("/columnas", "")).url == url
    assert cem.post(url.replace("columnas", "confirmar")).status_code == 302
    assert ImportacionDePadron.objects.get().estado == "por_ordenar"
    espera = cem.get("/panel/importar").content.decode()
    assert "Falta decir qué dice cada columna." in espera and "Quedan 0 filas" not in espera
    assert "Hasta 20\xa0000 filas por lista." in espera


def test_nobody_sees_the_columns_of_a_list_of_another_territory(coordinadora, entrar):
    url = pegar(coordinadora, PEGADA).url
    otra = entrar(gente.crear_coordinacion("otra", "100601"))
    assert otra.get(url).status_code == 404
    assert decir(otra, url, list(ELEGIDAS.values())).status_code == 404


def test_a_table_out_of_reach_is_not_said_to_be_complete(provincia):
    importacion = padron.recibir(
        nombre="lista.xlsx",
        contenido=hoja(fila()),
        esquema="inei",
        completa_para=["100605", "100601"],
        alcance=LUYANDO,
        por=None,
        ahora=timezone.now(),
    )
    assert importacion.completa_para == ["100605"]


def test_choosing_columns_again_reads_the_list_again_whole(cem):
    subir(cem, hoja(fila(), fila(DNI="40000202", Calidad="alterno")))
    importacion = ImportacionDePadron.objects.get()
    padron.decidir_columnas(
        importacion_id=importacion.pk,
        forma=Forma(columnas={"celular": ""}),
        supuestos=Supuestos(desde=datetime.date(2026, 5, 1).isoformat()),
        completa_para=(),
        alcance=AlcanceEfectivo(("1006",)),
        por=None,
        ahora=timezone.now(),
    )
    assert leidas(importacion, "celular", "desde") == [("", "2026-05-01")] * 2
