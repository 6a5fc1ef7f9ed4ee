"""Reports as they are asked for: the screen and the files say the same, of whom the account answers for today."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from certificados.models import Certificado
from instancias.acceso.services.declarados import declarar
from instancias.models import Alcance, Instancia
from instancias.politica import AlcanceEfectivo
from seguimiento.informes.columnas import DE_ASIENTOS, DE_ASIENTOS_CONTADOS, DE_PERSONAS, DE_PERSONAS_CONTADAS, MEDIDAS
from seguimiento.informes.de_fabrica import de_fabrica
from seguimiento.informes.definicion import TODAS, Definicion, Forma
from seguimiento.informes.preparar import InformeError, preparar
from seguimiento.informes.reglas import faltas
from seguimiento.informes.salida import en_csv, en_texto
from seguimiento.models import Informe
from seguimiento.services.informes import borrar_informe, copiar_informe, guardar_informe
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_actas import certificar

pytestmark = pytest.mark.django_db
PROVINCIA = AlcanceEfectivo((f.PROVINCIA,))
TODO = {
    Forma.PERSONAS: tuple(uno.clave for uno in DE_PERSONAS),
    Forma.ASIENTOS: tuple(uno.clave for uno in DE_ASIENTOS),
    Forma.CUENTAS: tuple(uno.clave for uno in MEDIDAS),
}


@pytest.fixture
@hecho_una_vez
def poblada(edicion):
    """Two tables: one who finished and was certified, one on the way, one who did not begin, and an empty seat."""
    una = f.integrante(f.A, edicion, codigo="T-01", hechas=4, nombres='=HYPERLINK("x")')
    certificar(una, 7)
    f.integrante(f.A, edicion, codigo="T-02", hechas=1, nombres="Beatriz, la de aquí")
    f.integrante(f.B, edicion, codigo="T-01", hechas=0, nombres="Carla")
    f.crear_asiento(f.B, "T-02")
    Instancia.objects.filter(territorio=f.A).update(norma_de_creacion="+Ordenanza 7")
    return edicion


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


def pedir(**campos) -> list[dict]:
    preparado = preparar(Definicion(**campos), alcance=PROVINCIA, ahora=timezone.now())
    titulos = [str(columna.clave) for columna in preparado.resultado.columnas]
    return [dict(zip(titulos, fila, strict=True)) for fila in preparado.resultado.filas()]


def guardado(cuenta, **campos) -> str:
    pedida = Definicion(nombre="Prueba", **campos)
    return str(guardar_informe(pedida=pedida, de_todos=False, por=cuenta, alcance=PROVINCIA).pk)


# -- the four say the same


def test_a_certificate_of_the_evening_has_in_every_column_the_day_of_the_paper(poblada):
    """At eight of Lima it is already tomorrow elsewhere: a support with two dates for one paper is no support."""
    noche = datetime.datetime(2026, 3, 31, 20, 0, tzinfo=timezone.get_current_timezone())
    Certificado.objects.update(emitido_en=noche.astimezone(datetime.UTC))
    (dicho,) = {fila["certificados"] for fila in pedir(forma=Forma.CUENTAS, columnas=("certificados",))}
    assert dicho == "0007-2025 (31/03/2026)"
    por_asiento = pedir(forma=Forma.ASIENTOS, columnas=("asiento", "certificados"))
    assert {fila["certificados"] for fila in por_asiento} == {"0007-2025 (31/03/2026)", ""}
    por_persona = pedir(forma=Forma.PERSONAS, columnas=("certificado", "emitido"))
    assert "31/03/2026" in {en_texto(fila["emitido"]) for fila in por_persona}


def de_la_pantalla(cliente, cual) -> list[list[str]]:
    html = cliente.get(reverse("kuska_seguimiento:informe", args=[cual])).text
    cabeza = re.findall(r'<th scope="col">(.*?)</th>', html)
    filas = re.findall(r"<tr>(<td>.*?)</tr>", html, re.DOTALL)
    return [[unescape(uno) for uno in cabeza]] + [
        [unescape(celda) for celda in re.findall(r"<td>(.*?)</td>", fila, re.DOTALL)] for fila in filas
    ]


def bajar(cliente, cual, formato) -> bytes:
    respuesta = cliente.get(reverse("kuska_seguimiento:informe_archivo", args=[cual, formato]))
    assert respuesta.status_code == 200 and respuesta["Cache-Control"] == "no-store"
    return b"".join(respuesta.streaming_content)


def sin_apostrofo(texto: str) -> str:
    return texto[1:] if re.match(r"'\s*[=+\-@]", texto) else texto


def como_se_lee(valor) -> str:
    if isinstance(valor, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", valor):
        return f"{datetime.date.fromisoformat(valor):%d/%m/%Y}"
    if isinstance(valor, datetime.datetime):
        valor = valor.date()
    return sin_apostrofo(en_texto(valor))


def test_two_reports_of_a_day_are_two_files_and_neither_says_what_somebody_called_it(poblada, oficina, cem_provincial):
    """In the folder of downloads they are told apart without being opened."""
    suyo = guardado(cem_provincial, forma=Forma.ASIENTOS, columnas=("asiento",))
    dia = timezone.localdate().isoformat()
    for cual in ("anual", "registro", suyo):
        for formato in ("xlsx", "csv", "json"):
            respuesta = oficina.get(reverse("kuska_seguimiento:informe_archivo", args=[cual, formato]))
            assert b"".join(respuesta.streaming_content)  # read to its end, which lets go of its file
            assert respuesta["Content-Disposition"] == f'attachment; filename="informe-{cual}_{dia}.{formato}"'


@pytest.mark.parametrize(
    "campos",
    [
        {"forma": Forma.PERSONAS},
        {"forma": Forma.ASIENTOS},
        {"forma": Forma.CUENTAS, "grupos": ("edicion", "instancia", "sector")},
        {"forma": Forma.CUENTAS, "grupos": ("instancia",), "por_sexo": True},
        {"forma": Forma.CUENTAS, "grupos": ("modulo",), "columnas": ("inscritas", "empezaron", "terminaron")},
        {"forma": Forma.CUENTAS, "grupos": ("sexo",), "columnas": ("integrantes",)},
    ],
    ids=lambda campos: "-".join([campos["forma"], *campos.get("grupos", ())]),
)
def test_screen_csv_json_and_workbook_are_equal(poblada, oficina, cem_provincial, campos):
    cual = guardado(cem_provincial, **{"columnas": TODO[campos["forma"]], **campos})
    pantalla = de_la_pantalla(oficina, cual)
    assert len(pantalla) > 1
    del_csv = list(csv.reader(io.StringIO(bajar(oficina, cual, "csv").decode("utf-8-sig"))))
    assert [[sin_apostrofo(celda) for celda in fila] for fila in del_csv] == pantalla
    leido = json.loads(bajar(oficina, cual, "json"))
    assert [leido["columnas"], *([como_se_lee(valor) for valor in fila] for fila in leido["filas"])] == pantalla
    libro = load_workbook(io.BytesIO(bajar(oficina, cual, "xlsx")))["Informe"]
    assert [[como_se_lee(valor) for valor in fila] for fila in libro.iter_rows(values_only=True)] == pantalla


def test_no_cell_of_any_file_runs(poblada, oficina, cem_provincial):
    cual = guardado(cem_provincial, columnas=("nombres", "norma"))
    for fila in csv.reader(io.StringIO(bajar(oficina, cual, "csv").decode("utf-8-sig"))):
        assert not any(celda.startswith(("=", "+", "-", "@")) for celda in fila)
    for fila in load_workbook(io.BytesIO(bajar(oficina, cual, "xlsx")))["Informe"].iter_rows():
        assert all(celda.data_type != "f" and not str(celda.value).startswith(("=", "+")) for celda in fila)


def test_a_long_report_is_paged_and_its_pages_are_the_file(poblada, oficina, cem_provincial):
    for numero in range(3, 60):
        f.sentar(f.crear_asiento(f.A, f"T-{numero:02}"), f"N{numero}")
    cual = guardado(cem_provincial, columnas=("documento",))
    paginas = [oficina.get(f"/panel/informes/{cual}?pagina={n}").text for n in (1, 2)]
    documentos = [uno for pagina in paginas for uno in re.findall(r"<td>(\d{8})</td>", pagina)]
    assert len(documentos) == 60
    assert documentos == [linea.strip() for linea in bajar(oficina, cual, "csv").decode("utf-8-sig").splitlines()[1:]]


# -- what they say


def test_counts_by_group_are_those_of_the_panel(poblada):
    filas = pedir(forma=Forma.CUENTAS, grupos=("instancia",), columnas=TODO[Forma.CUENTAS])
    de_a, de_b, total = filas
    pasos = (*DE_ASIENTOS_CONTADOS, *DE_PERSONAS_CONTADAS)
    assert [de_a[paso] for paso in pasos] == [2, 2, 1, 2, 2, 2, 1, 1]
    assert [de_b[paso] for paso in pasos] == [2, 1, 0, 1, 1, 0, 0, 0]
    assert [total[paso] for paso in pasos] == [4, 3, 1, 3, 3, 2, 1, 1]
    assert (de_a["ubigeo"], de_a["norma"], total["instancia"]) == (f.A, "+Ordenanza 7", "Total")
    assert re.fullmatch(r"0007-2025 \(\d\d/\d\d/\d{4}\)", de_a["certificados"]) and de_b["certificados"] == ""


def test_somebody_on_two_seats_counts_once_in_each_group_and_once_in_all(edicion):
    una = f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.sentar(f.crear_asiento(f.B, "T-02"), persona=una, calidad="alterno")
    filas = pedir(forma=Forma.CUENTAS, grupos=("instancia",), columnas=("integrantes", "terminaron"))
    assert [fila["integrantes"] for fila in filas] == [1, 1, 1]


def test_filters_let_through_who_they_say(poblada):
    assert len(pedir(columnas=("nombres",), estado="termino")) == 1
    assert len(pedir(columnas=("nombres",), calidad="alterno")) == 0
    assert len(pedir(columnas=("nombres",), territorio=f.B)) == 1
    assert len(pedir(forma=Forma.ASIENTOS, columnas=("asiento",), territorio=f.B)) == 2
    primera = f.Persona.objects.order_by("pk").first()
    declarar(persona=primera, campo="sexo", valor="mujer", ahora=timezone.now())
    assert [fila["sexo"] for fila in pedir(columnas=("sexo",), sexo="mujer")] == ["Mujer"]


def test_of_another_day_nothing_that_came_later_is_said(poblada):
    antes = timezone.localdate() - datetime.timedelta(days=30)
    filas = pedir(columnas=("nombres", "empezo", "termino", "certificado"), al=antes)
    assert len(filas) == 3 and not any(fila["termino"] or fila["certificado"] for fila in filas)
    (cuenta,) = pedir(forma=Forma.CUENTAS, columnas=("terminaron",), al=antes)
    assert cuenta["terminaron"] == 0


def test_all_the_editions_of_a_year_are_told_apart(poblada, version):
    otra = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    f.integrante(f.B, otra, codigo="T-03", hechas=4)
    del_anio = {"edicion": TODAS, "anio": timezone.localdate().year}
    filas = pedir(forma=Forma.CUENTAS, grupos=("edicion",), columnas=("terminaron",), **del_anio)
    dichas = sorted((fila["edicion"].split(" · ")[1], fila["terminaron"]) for fila in filas)
    assert dichas == [("Edición", 1), ("Otra", 1)]


@pytest.mark.parametrize("clave", list(de_fabrica(datetime.date(2026, 11, 29))))
def test_those_that_everybody_finds_made_can_be_asked_for(poblada, oficina, clave):
    assert not faltas(de_fabrica(timezone.localdate())[clave])
    visto = oficina.get(reverse("kuska_seguimiento:informe", args=[clave])).text
    assert "fila" in visto and "no hay ninguna fila" not in visto
    assert bajar(oficina, clave, "xlsx")


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("campos", "donde"),
    [
        ({"columnas": ()}, "columnas"),
        ({"forma": "otra", "columnas": ("nombres",)}, "forma"),
        ({"columnas": ("nombres",), "anio": 2026, "al": datetime.date(2026, 1, 1)}, "anio"),
        ({"forma": Forma.ASIENTOS, "columnas": ("asiento",), "calidad": "titular"}, "calidad"),
        ({"forma": Forma.CUENTAS, "columnas": ("asientos",), "grupos": ("calidad",)}, "grupos"),
        ({"forma": Forma.CUENTAS, "columnas": ("integrantes",), "sexo": "mujer"}, "sexo"),
        ({"forma": Forma.CUENTAS, "columnas": ("integrantes",), "por_sexo": True, "sector": "salud"}, "por_sexo"),
        ({"forma": Forma.CUENTAS, "columnas": ("integrantes",), "por_sexo": True, "grupos": ("sector",)}, "por_sexo"),
        ({"forma": Forma.CUENTAS, "columnas": ("integrantes",), "grupos": ("sexo", "instancia")}, "grupos"),
        ({"forma": Forma.CUENTAS, "columnas": ("terminaron",), "grupos": ("origen",)}, "columnas"),
        ({"forma": Forma.CUENTAS, "columnas": ("horas",), "grupos": ("modulo",)}, "columnas"),
    ],
)
def test_what_cannot_be_asked_for_is_told_beside_its_field(campos, donde):
    assert donde in {campo for campo, _frase in faltas(Definicion(**campos))}


# -- saved, copied, deleted; and by whom


@pytest.mark.un_motor
def test_a_report_is_made_by_ticking_looked_at_and_saved(poblada, oficina):
    direccion = "/panel/informes/nuevo?forma=cuentas"
    datos = {"nombre": "Mi informe", "grupos": ["instancia"], "columnas": ["integrantes", "terminaron"]}
    visto = oficina.post(direccion, {**datos, "mirar": "si"}).text
    assert "Así saldrá" in visto and "3 filas en total" in visto and not Informe.objects.exists()
    guardado = oficina.post(direccion, datos, follow=True).text
    assert "Informe guardado." in guardado and "Rupa-Rupa" in guardado
    assert "Ya tiene un informe con ese nombre" in oficina.post(direccion, datos).text
    assert "Marque al menos un dato." in oficina.post(direccion, {"nombre": "Otro"}).text


@pytest.mark.un_motor
def test_it_is_renamed_copied_and_deleted(poblada, oficina, cem_provincial):
    cual = guardado(cem_provincial, columnas=("nombres",))
    oficina.post(f"/panel/informes/{cual}/cambiar", {"nombre": "Otro nombre", "columnas": ["apellidos"]})
    informe = Informe.objects.get()
    assert (informe.nombre, informe.definicion["columnas"]) == ("Otro nombre", ["apellidos"])
    oficina.post(f"/panel/informes/{cual}/copiar")
    oficina.post(f"/panel/informes/{cual}/copiar")
    nombres = {"Otro nombre", "Otro nombre (copia)", "Otro nombre (copia) 2"}
    assert set(Informe.objects.values_list("nombre", flat=True)) == nombres
    assert "Se borra «Otro nombre»" in oficina.get(f"/panel/informes/{cual}/borrar").text
    oficina.post(f"/panel/informes/{cual}/borrar")
    assert not Informe.objects.filter(pk=cual).exists()


def test_a_shared_one_is_found_by_its_scope_and_shows_each_what_is_theirs(
    poblada, cem_provincial, entrar, coordinadora_a, coordinador_b
):
    pedida = Definicion(nombre="De todos", columnas=("nombres", "ubigeo"))
    informe = guardar_informe(pedida=pedida, de_todos=True, por=cem_provincial, alcance=PROVINCIA)
    cliente = entrar(coordinadora_a)
    assert "De todos" in cliente.get("/panel/informes").text
    visto = cliente.get(f"/panel/informes/{informe.pk}").text
    assert f.A in visto and f.B not in visto
    assert cliente.get(f"/panel/informes/{informe.pk}/cambiar").status_code == 404
    with pytest.raises(InformeError):
        borrar_informe(informe=informe, por=coordinador_b, alcance=AlcanceEfectivo((f.B,)))


def test_whose_scope_ended_with_the_page_open_is_refused(poblada, oficina, cem_provincial):
    cual = guardado(cem_provincial, columnas=("nombres",))
    assert oficina.get(f"/panel/informes/{cual}").status_code == 200
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    Alcance.objects.filter(cuenta=cem_provincial).update(hasta=ayer)
    for direccion in (f"/panel/informes/{cual}", f"/panel/informes/{cual}/archivo.csv"):
        assert oficina.get(direccion).status_code == 404
    assert oficina.post("/panel/informes/nuevo", {"nombre": "x"}).status_code == 404
    with pytest.raises(InformeError, match="a su cargo"):
        copiar_informe(pedida=Definicion(columnas=("nombres",)), por=cem_provincial, alcance=AlcanceEfectivo())


def test_a_place_that_is_not_theirs_any_more_is_told_and_not_shown(poblada, oficina, cem_provincial):
    cual = guardado(cem_provincial, columnas=("nombres",), territorio=f.B)
    Alcance.objects.filter(cuenta=cem_provincial).update(territorio=f.A)
    visto = oficina.get(f"/panel/informes/{cual}").text
    assert "no está a su cargo" in visto and "Carla" not in visto
    assert oficina.get(f"/panel/informes/{cual}/archivo.csv").status_code == 302
    datos = {"nombre": "De otro", "columnas": ["nombres"], "territorio": f.B}
    assert "Informe guardado" not in oficina.post("/panel/informes/nuevo", datos, follow=True).text


@pytest.mark.un_motor
def test_what_a_definition_does_not_understand_is_left_out():
    leida = Definicion.de_json({"forma": "personas", "columnas": ["nombres"], "de_otro_tiempo": 1, "al": "mal"})
    assert leida == Definicion(columnas=("nombres",))
    assert Definicion.de_json(leida.a_json()) == leida


@pytest.mark.parametrize("cuantas", [3, 40])
def test_a_page_costs_the_same_with_few_people_and_with_many(poblada, oficina, cem_provincial, presupuesto, cuantas):
    for numero in range(3, cuantas):
        f.inscribir(f.sentar(f.crear_asiento(f.A, f"T-{numero:02}")), poblada, hechas=numero % 5)
    personas = guardado(cem_provincial, columnas=TODO[Forma.PERSONAS])
    oficina.get("/panel/informes")  # settings, names and rights are asked for once
    with presupuesto(16):
        oficina.get(f"/panel/informes/{personas}")
    with presupuesto(32):
        oficina.get("/panel/informes/anual")


def test_the_file_goes_out_as_it_is_read(poblada):
    partes = en_csv(preparar(Definicion(columnas=("nombres",)), alcance=PROVINCIA, ahora=timezone.now()))
    assert next(partes).decode() == "\ufeffNombres\r\n"
    assert next(partes).count(b"\r\n") == 3
