"""The paper, opened again with other people's readers."""

import gc
import mmap
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from certificados.pdf import ClaseDeDocumento, DatosDeCertificado, FirmaImpresa, ModuloImpreso, componer_pdf, letras
from certificados.pdf.imagenes import ImagenNoValida, cabe_a_cada_una, preparar_imagen
from certificados.pdf.ligero import ligero
from certificados.pdf.redaccion import motivo, periodo
from cms.rendimiento.papeles import dibujar_logo

DIRECCION = "https://aula.ejemplo.pe/v/7k3m9xq24t7k3m9xq24t7k3m9x"


def imagen(ancho=600, alto=200, color=(120, 20, 60)) -> bytes:
    salida = BytesIO()
    Image.new("RGBA", (ancho, alto), color).save(salida, "PNG")
    return salida.getvalue()


def firma(numero: int) -> FirmaImpresa:
    return FirmaImpresa(nombre=f"Firmante Número {numero}", cargo="Directora", entidad=f"Entidad {numero}")


@pytest.fixture(scope="module")  # nothing in it can be changed
def datos() -> DatosDeCertificado:
    return DatosDeCertificado(
        clase=ClaseDeDocumento.CERTIFICADO,
        nombre="Rosa Elvira Quispe Ñaupari",
        documento="DNI N.º 45678912",
        curso="Nuestras funciones",
        instancia="Instancia Provincial de Concertación de Leoncio Prado",
        modalidad="virtual",
        desde=date(2026, 11, 3),
        hasta=date(2026, 11, 28),
        horas=24,
        tipo_de_horas="cronológicas",
        lugar="Tingo María",
        fecha=date(2026, 11, 30),
        registro="0012-2026",
        codigo="7K3M-9XQ2-4T",
        direccion_qr=DIRECCION,
        direccion_escrita="aula.ejemplo.pe/v",
        entidad="Centro Emergencia",
        lema="“Año de la prueba”",
        nota="No lleva firma digital.",
        logos=tuple(preparar_imagen(imagen(), alternativa=f"Logo {n}") for n in range(4)),
        firmas=(firma(1), firma(2), firma(3)),
    )


def texto_de(pdf: bytes) -> str:
    salida = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return " ".join(salida.stdout.decode().split())


def estructura(nodo, papeles: list[str], alternativas: list[str]) -> None:
    if isinstance(nodo, pikepdf.Array):
        for hijo in nodo:
            estructura(hijo, papeles, alternativas)
    elif isinstance(nodo, pikepdf.Dictionary):
        if "/S" in nodo:
            papeles.append(str(nodo.S))
        if "/Alt" in nodo:
            alternativas.append(str(nodo.Alt))
        if "/K" in nodo:
            estructura(nodo.K, papeles, alternativas)


def test_file_declares_archival_and_accessible_standards(datos):
    with pikepdf.open(BytesIO(componer_pdf(datos))) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "es-PE"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_structure_has_a_heading_and_every_picture_has_words(datos):
    papeles, alternativas = [], []
    with pikepdf.open(BytesIO(componer_pdf(datos))) as pdf:
        estructura(pdf.Root.StructTreeRoot.K, papeles, alternativas)
    assert papeles.count("/H1") == 1
    assert papeles.count("/Figure") == len(alternativas) == 5
    assert alternativas[-1] == "Código QR para verificar este documento en aula.ejemplo.pe/v"


def test_page_is_a4_landscape_with_its_fonts_inside_and_under_150_kb(datos):
    contenido = componer_pdf(datos)
    assert len(contenido) <= 150 * 1024
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert [round(float(v)) for v in pdf.pages[0].MediaBox] == [0, 0, 842, 595]
        assert len(pdf.pages) == 1
    fuentes = subprocess.run(["pdffonts", "-"], input=contenido, capture_output=True, check=False)  # noqa: S607
    filas = [fila.split() for fila in fuentes.stdout.decode().splitlines()[2:]]
    assert filas
    assert {tuple(fila[-5:-2]) for fila in filas} == {("yes", "yes", "yes")}


def test_says_what_the_design_says(datos):
    leido = texto_de(componer_pdf(datos))
    for frase in (
        "CERTIFICADO",
        "Otorgado a",
        "Rosa Elvira Quispe Ñaupari",
        "con DNI N.º 45678912",
        "Por haber aprobado el curso “Nuestras funciones”, dirigido a integrantes de la Instancia Provincial de "
        "Concertación de Leoncio Prado, desarrollado en modalidad virtual del 3 al 28 de noviembre de 2026, con una "
        "duración de 24 horas cronológicas.",
        "Tingo María, 30 de noviembre de 2026",
        "Registro N.º 0012-2026",
        "7K3M-9XQ2-4T",
        "Verifique en aula.ejemplo.pe/v con este código",
        "Firmante Número 3",
    ):
        assert frase in leido
    assert "identificad" not in leido


def test_constancia_says_taking_part(datos):
    leido = texto_de(componer_pdf(replace(datos, clase=ClaseDeDocumento.CONSTANCIA)))
    assert "CONSTANCIA" in leido
    assert "Por haber participado en el curso" in leido
    assert "aprobado" not in leido


def test_window_title_is_neutral(datos):
    with pikepdf.open(BytesIO(componer_pdf(replace(datos, curso="Violencia")))) as pdf:
        assert str(pdf.docinfo.Title) == "Certificado 0012-2026"
        assert "iolencia" not in str(dict(pdf.docinfo))


def test_qr_is_read_back_from_a_picture_of_the_page(datos):
    imagen_de_pagina = subprocess.run(
        ["pdftoppm", "-r", "110", "-png", "-"],  # noqa: S607
        input=componer_pdf(datos),
        capture_output=True,
        check=True,
    )
    with Image.open(BytesIO(imagen_de_pagina.stdout)) as pagina:
        leidos = zxingcpp.read_barcodes(pagina)
    assert [leido.text for leido in leidos] == [DIRECCION]
    assert leidos[0].ec_level == "M"
    izquierda, derecha = leidos[0].position.top_left.x, leidos[0].position.top_right.x
    assert (derecha - izquierda) / 110 * 25.4 == pytest.approx(25, abs=0.6)


@pytest.mark.parametrize(("logos", "modulos"), [(0, 8), (1, 0), (2, 8), (4, 0), (4, 8)])
def test_a_paper_fits_in_thirty_kilobytes_with_its_logos_and_its_modules(datos, logos, modulos):
    """A phone pays for it: letters that are used, small objects kept together, pictures as small as they print well."""
    cabe = cabe_a_cada_una(logos, con_contenido=bool(modulos))
    suyos = tuple(preparar_imagen(dibujar_logo(n), alternativa=f"Logo {n}", cabe=cabe) for n in range(logos))
    lista = tuple(
        ModuloImpreso(titulo=f"Módulo {n}: rutas de atención y protección", horas="3") for n in range(modulos)
    )
    pdf = componer_pdf(replace(datos, logos=suyos, modulos=lista))
    assert len(pdf) <= 30 * 1024
    assert b"/ObjStm" in pdf


def test_made_lighter_a_page_is_the_same_dots(datos, monkeypatch):
    def puntos(pdf: bytes) -> bytes:
        orden = ["pdftoppm", "-r", "60", "-"]
        return subprocess.run(orden, input=pdf, capture_output=True, check=True).stdout

    logos = (
        preparar_imagen(dibujar_logo(1), alternativa="De pocos colores"),
        preparar_imagen(dibujar_logo(2), alternativa="De muchos", cabe=90_000),
    )
    ligera = componer_pdf(replace(datos, logos=logos))
    monkeypatch.setattr("certificados.pdf.compilador.ligero", lambda pdf: pdf)
    entera = componer_pdf(replace(datos, logos=logos))
    assert len(ligera) < len(entera)
    assert puntos(ligera) == puntos(entera)


@pytest.mark.parametrize(
    "romper",
    [
        lambda pdf: pdf[:-3],
        lambda pdf: pdf.replace(b"startxref\n", b"startxref\n9"),
        lambda pdf: pdf.replace(b"\n9 0 obj\n", b"\n7 0 obj\n"),
        lambda pdf: pdf.replace(b"trailer\n<<", b"trailer\n<</Prev 9"),
        lambda _pdf: b"%PDF-1.7\n%%EOF",
    ],
)
def test_what_is_not_written_as_it_should_be_is_given_back_as_it_came(datos, monkeypatch, romper):
    monkeypatch.setattr("certificados.pdf.compilador.ligero", lambda pdf: pdf)
    entero = componer_pdf(datos)
    assert ligero(entero) != entero
    roto = romper(entero)
    assert roto != entero and ligero(roto) == roto


def test_the_next_paper_says_nothing_of_the_one_before(datos):
    """What was laid out is kept in the process, and the papers of a batch come out of it as if each were alone."""
    otra = replace(datos, nombre="Otra Persona", registro="0013-2026", firmas=datos.firmas[:1], logos=datos.logos[:1])
    sola = componer_pdf(otra)
    for n in range(12):
        componer_pdf(replace(datos, nombre=f"Persona {n}", documento=f"DNI N.º {n}", firmas=datos.firmas[: n % 4]))
    assert componer_pdf(otra) == sola


def test_a_batch_does_not_grow_with_its_papers(datos):
    """A thousand of them stay under 256 MB of a worker: after the first ones, nothing more is kept."""
    estado = Path("/proc/self/statm")
    if not estado.exists():
        pytest.skip("only Linux says how much memory a process has")

    def megas(cuantos: int) -> float:
        for n in range(cuantos):
            componer_pdf(replace(datos, nombre=f"Persona {n}", registro=f"{n:04d}-2026"))
        gc.collect()
        return int(estado.read_text().split()[1]) * mmap.PAGESIZE / 2**20

    despues_de_las_primeras = megas(40)
    assert megas(80) - despues_de_las_primeras < 16


def test_same_data_give_the_same_bytes(datos):
    assert componer_pdf(datos) == componer_pdf(datos)


@pytest.mark.parametrize(
    "nombre",
    [
        '#import "x" $ \\ *a*',
        "<script>alert(1)</script>",
        "#read(\"/etc/passwd\") @cita [b] _c_ `d` ~ --- '' // /* */",
        "María del Carmen Esperanza Guadalupe Rodríguez de la Torre U",
    ],
)
def test_names_are_printed_as_text(datos, nombre):
    assert nombre in texto_de(componer_pdf(replace(datos, nombre=nombre)))


def test_sixty_characters_fit_in_one_line_and_a_hundred_in_two(datos):
    sesenta = "María del Carmen Esperanza Guadalupe Rodríguez de la Torre U"
    assert len(sesenta) == 60
    cien = f"{sesenta} de Villanueva Montenegro y Sánchez-Ñ"
    assert renglones(componer_pdf(replace(datos, nombre=sesenta)), sesenta) == 1
    assert renglones(componer_pdf(replace(datos, nombre=cien)), cien) == 2


def renglones(pdf: bytes, nombre: str) -> int:
    crudo = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    palabras = set(nombre.split())
    return sum(1 for linea in crudo.stdout.decode().splitlines() if len(palabras & set(linea.split())) >= 4)


def test_characters_of_no_font_never_stop_a_certificate(datos):
    leido = texto_de(componer_pdf(replace(datos, nombre="Ana 漢 \u202eoreP \x00 Ԓ Шевченко")))
    assert "Ana □ oreP Ԓ Шевченко" in leido


@settings(max_examples=25, deadline=None)
@given(nombre=st.text(max_size=80), curso=st.text(max_size=160))
def test_any_text_makes_a_paper(nombre, curso):
    datos = DatosDeCertificado(
        clase=ClaseDeDocumento.CONSTANCIA,
        nombre=nombre,
        documento="",
        curso=curso,
        instancia="",
        modalidad="virtual",
        desde=None,
        hasta=None,
        horas=1,
        tipo_de_horas="",
        lugar="L",
        fecha=date(2026, 1, 1),
        registro="0001-2026",
        codigo="7K3M-9XQ2-4T",
        direccion_qr=DIRECCION,
        direccion_escrita="aula.ejemplo.pe/v",
        entidad="E",
    )
    assert componer_pdf(datos).startswith(b"%PDF-1.7")


@given(st.text())
def test_cleaned_text_is_one_line_of_printable_characters(texto):
    limpio = letras.limpiar(texto)
    assert limpio == letras.limpiar(limpio)
    assert all(letras.esta_cubierto(caracter) for caracter in limpio)


@pytest.mark.parametrize("cuantas", [0, 1, 2, 3])
def test_prints_the_signers_there_are(datos, cuantas):
    leido = texto_de(componer_pdf(replace(datos, firmas=datos.firmas[:cuantas])))
    assert [f"Firmante Número {n}" in leido for n in (1, 2, 3)] == [n <= cuantas for n in (1, 2, 3)]


def test_second_page_lists_contents_and_hours(datos):
    modulos = tuple(ModuloImpreso(titulo=f"Módulo {n}", horas="4") for n in range(1, 7))
    contenido = componer_pdf(replace(datos, modulos=modulos))
    papeles: list[str] = []
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert len(pdf.pages) == 2
        estructura(pdf.Root.StructTreeRoot.K, papeles, [])
    assert papeles.count("/TH") >= 2
    assert "Módulo 6 4 Total 24" in texto_de(contenido)


def test_threads_compose_at_the_same_time(datos):
    with ThreadPoolExecutor(4) as hilos:
        hechos = list(hilos.map(lambda n: componer_pdf(replace(datos, registro=f"{n:04}-2026")), range(12)))
    assert len(set(hechos)) == 12


@pytest.mark.parametrize(
    ("desde", "hasta", "esperado"),
    [
        (date(2026, 11, 3), date(2026, 11, 28), "del 3 al 28 de noviembre de 2026"),
        (date(2026, 10, 30), date(2026, 11, 2), "del 30 de octubre al 2 de noviembre de 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "del 30 de diciembre de 2025 al 2 de enero de 2026"),
        (date(2026, 11, 3), date(2026, 11, 3), "el 3 de noviembre de 2026"),
        (None, date(2026, 11, 3), "el 3 de noviembre de 2026"),
        (None, None, ""),
    ],
)
def test_period_says_each_thing_once(desde, hasta, esperado):
    assert periodo(desde, hasta) == esperado


def test_only_title_and_hours_are_bold(datos):
    assert [parte["texto"] for parte in motivo(datos) if parte["negrita"]] == ["“Nuestras funciones”", "24 horas"]


def test_pictures_are_reduced_to_print_size():
    chica = preparar_imagen(imagen(3000, 1000), alternativa="Logo")
    with Image.open(BytesIO(chica.contenido)) as vista:
        assert vista.width <= 685
        assert vista.height <= 189
    assert len(chica.contenido) <= 5_500


@pytest.mark.parametrize("contenido", [b"", b"<svg/>", b"%PDF-1.7", imagen()[:60]])
def test_what_is_not_a_picture_is_refused(contenido):
    with pytest.raises(ImagenNoValida):
        preparar_imagen(contenido, alternativa="x")
