"""Every paper keeps what PDF/A-2a and PDF/UA-1 ask of its structure; and one that does not is noticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import MappingProxyType

import pikepdf
import pytest

from certificados.pdf import ClaseDeDocumento, ModuloImpreso, PapelDeCifras, componer_papel, componer_pdf
from certificados.pdf.copia import componer_copia
from certificados.pdf.imagenes import preparar_imagen
from cms.rendimiento.papeles import dibujar_logo
from tests.certificados.normas import Nodo, faltas, leer_arbol
from tests.certificados.test_pdf import datos, imagen  # noqa: F401 — «datos» is a fixture

pytestmark = pytest.mark.un_motor
COMUN = {
    "fecha": date(2026, 11, 3),
    "registro": "0001-2026",
    "codigo": "7K3M-9XQ2-4T",
    "direccion_qr": "https://aula.ejemplo.pe/v/7k3m9xq24t",
    "direccion_escrita": "aula.ejemplo.pe/v",
}
ACTA = {
    "titulo": "Acta de la capacitación",
    "subtitulo": "Instancia Distrital de Concertación de Rupa-Rupa",
    "rotulo": "Acta",
    "entidad": "CEM",
    "nota": "No lleva firma digital.",
    "datos": [["Fecha", "30 de setiembre de 2026"], ["Sesión", "Segunda"]],
    "secciones": [
        {
            "titulo": "Avance por instancia",
            "parrafos": ["Asientos con alguien capacitado."],
            "columnas": [["Lugar", 3, False], ["Capacitados", 1, True]],
            "filas": [[f"Distrito {n}", n] for n in range(60)],
        },
        {"titulo": "Acuerdo", "lineas": 3},
    ],
    "firmas": [["Presidencia", "Alcaldía"], ["Secretaría técnica", "CEM"]],
}
PARED = {
    "forma": "instancia",
    "titulo": "INSTANCIA CAPACITADA",
    "subtitulo": "Instancia Distrital de Concertación de Rupa-Rupa",
    "otorgado": "Otorgado a",
    "frase": "Por haber capacitado a sus integrantes.",
    "rotulo_asientos": "Asientos capacitados",
    "asientos": ["Alcaldía", "Salud", "PNP"],
    "vigencia": "Vale mientras se mantenga.",
    "lugar_y_fecha": "Tingo María, 30 de setiembre de 2026",
    "rotulo": "Certificado",
    "entidad": "CEM",
    "nota": "No lleva firma digital.",
}


@pytest.fixture(scope="module")
def papeles(datos) -> Mapping[str, bytes]:  # noqa: F811
    rubrica = preparar_imagen(imagen(), alternativa="Rúbrica")
    firmas = tuple(replace(una, imagen=rubrica) for una in datos.firmas)
    modulos = tuple(ModuloImpreso(titulo=f"Módulo {n}", horas="3") for n in range(8))
    pintada = preparar_imagen(dibujar_logo(1), alternativa="Escudo", cabe=90_000)
    con_todo = replace(
        datos, logos=(*datos.logos[:3], pintada), clase=ClaseDeDocumento.CONSTANCIA, firmas=firmas, modulos=modulos
    )
    sin_nada = replace(datos, logos=(), firmas=(), lema="", nota="", instancia="", documento="")
    fila = [("Nombre", "Rosa"), ("Celular", "Guardado")]
    secciones = [("Persona", ["Para saber quién es."], [fila, fila]), ("Correos", ["No hay ninguno."], [])]
    return MappingProxyType(
        {
            "certificado": componer_pdf(datos),
            "constancia": componer_pdf(con_todo),
            "sin nada": componer_pdf(sin_nada),
            "acta": componer_papel(PapelDeCifras(papel=ACTA, **COMUN)),
            "de pared": componer_papel(PapelDeCifras(papel=PARED, logos=datos.logos, firmas=firmas, **COMUN)),
            "copia": componer_copia(entidad="CEM", parrafos=["Uno."], secciones=secciones, fecha=date(2026, 11, 3)),
        }
    )


def test_every_paper_keeps_both_norms(papeles):
    assert {nombre: faltas(contenido) for nombre, contenido in papeles.items()} == dict.fromkeys(papeles, [])


def test_the_title_comes_first_and_each_line_is_a_paragraph_of_its_own(papeles):
    for nombre, contenido in papeles.items():
        with pikepdf.open(BytesIO(contenido)) as pdf:
            arbol = leer_arbol(pdf)
        dichos = [uno.papel for uno in arbol.todos() if uno.papel[0] == "H" or uno.papel == "P"]
        assert "H1" in dichos[:2], (nombre, dichos[:3])  # a motto goes above, as on every paper of the State
        assert dichos.count("P") >= 3, nombre


def test_a_table_of_two_pages_is_one_table_with_its_headings(papeles):
    with pikepdf.open(BytesIO(papeles["acta"])) as pdf:
        assert len(pdf.pages) > 1
        arbol = leer_arbol(pdf)
    cuadros = [uno for uno in arbol.todos() if uno.papel == "Table"]
    assert [len([fila for fila in uno.todos() if fila.papel == "TR"]) for uno in cuadros] == [61]


Romper = Callable[[pikepdf.Pdf], None]


def sin(clave: str) -> Romper:
    return lambda pdf: pdf.Root.__delitem__(clave)


def primera(pdf: pikepdf.Pdf, papel: str) -> pikepdf.Object:
    arbol = leer_arbol(pdf)
    return next(uno.fuente for uno in arbol.todos() if uno.papel == papel)


def quitar(papel: str, clave: str) -> Romper:
    return lambda pdf: primera(pdf, papel).__delitem__(clave)


def llamar(papel: str, otro: str) -> Romper:
    return lambda pdf: primera(pdf, papel).__setitem__("/S", pikepdf.Name(otro))


def letra(clave: str, en: str) -> Romper:
    def quitarla(pdf: pikepdf.Pdf) -> None:
        for uno in pdf.objects:
            if isinstance(uno, pikepdf.Dictionary) and uno.get(en) is not None and clave in uno:
                del uno[clave]

    return quitarla


def pintar_suelto(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 0 0 9 9 re f Q")


def marcar_de_mas(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span <</MCID 9999>> BDC 0 0 9 9 re f EMC")


def anotar(pdf: pikepdf.Pdf) -> None:
    suya = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([suya]))


def otro_titulo(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = pikepdf.String("Otro")


def con_guion(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1")))


@pytest.mark.parametrize(
    ("romper", "dice"),
    [
        (sin("/MarkInfo"), "06-001"),
        (sin("/Lang"), "11-006"),
        (sin("/ViewerPreferences"), "07-001"),
        (sin("/StructTreeRoot"), "01: no structure"),
        (sin("/OutputIntents"), "6.2.3"),
        (otro_titulo, "two titles"),
        (con_guion, "6.5.1"),
        (quitar("Figure", "/Alt"), "13-004"),
        (quitar("TH", "/A"), "15-003"),
        (quitar("Table", "/K"), "15"),
        (llamar("H2", "/H4"), "14-003"),
        (llamar("H1", "/P"), "14-002"),
        (llamar("P", "/Parrafo"), "02-001"),
        (llamar("TR", "/P"), "09"),
        (llamar("P", "/Div"), "no paragraph"),
        (letra("/FontFile2", "/FontName"), "31-009"),
        (letra("/ToUnicode", "/BaseFont"), "31-027"),
        (pintar_suelto, "01-005"),
        (marcar_de_mas, "01-006"),
        (anotar, "28-012"),
    ],
)
def test_whatever_is_broken_is_noticed(papeles, romper, dice):
    with pikepdf.open(BytesIO(papeles["constancia"])) as pdf:
        romper(pdf)
        salida = BytesIO()
        pdf.save(salida)
    assert any(dice in una for una in faltas(salida.getvalue())), faltas(salida.getvalue())


def test_a_tree_is_read_in_its_order(papeles):
    with pikepdf.open(BytesIO(papeles["constancia"])) as pdf:
        arbol = leer_arbol(pdf)
    assert isinstance(arbol, Nodo) and [uno.papel for uno in arbol.hijos] == ["Document"]
