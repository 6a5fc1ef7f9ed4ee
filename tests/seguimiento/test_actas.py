"""The acta: what it says and what it never says, frozen, numbered once, verified by anybody."""

from __future__ import annotations

import datetime
import subprocess
import uuid
import zipfile
from io import BytesIO

import pikepdf
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from certificados.models import Certificado, DocumentoDeCifras
from certificados.services import componer
from instancias.models import Membresia
from marco.models import AjustesDelAula
from seguimiento import libro_de_cifras
from seguimiento.papel_de_acta import MAXIMO_DE_ASISTENTES, MAXIMO_DEL_ACUERDO, Pedido
from seguimiento.services import actas
from seguimiento.services.actas import hacer_acta
from tests.certificados.normas import faltas
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento import voces as v

pytestmark = pytest.mark.django_db
NUNCA = ("Necesita ayuda", "ayuda", "aprob", "intento", "nota ", "puntos", "desaprob")


def certificar(persona, numero, *, emitido=None):
    inscripcion = persona.inscripciones.get()
    return Certificado.objects.create(
        persona=persona,
        curso=inscripcion.curso,
        edicion=inscripcion.edicion,
        inscripcion=inscripcion,
        territorio_id=inscripcion.territorio_id,
        documento="constancia",
        anio=2025,
        numero=numero,
        codigo_largo=f"largo-{numero}",
        codigo_corto=f"corto-{numero}",
        datos={"nombre": f"{persona.nombre_completo} {numero}", "numero_de_documento": "", "asiento": "PNP"},
        emitido_en=emitido or f.hace(1),
    )


def sentar_varios(edicion, ubigeo, *, terminan, faltan, primero=1):
    """Seats with a titular each: the first ones finished and have their certificate."""
    gente = []
    for n in range(primero, primero + terminan + faltan):
        codigo = "T-01" if n == 1 else "T-04"
        hechas = 4 if n < primero + terminan else 1
        gente.append(f.integrante(ubigeo, edicion, codigo=codigo, numero=n, nombres=f"Persona{n}x", hechas=hechas))
    return gente


def texto_de(pdf: bytes) -> str:
    salida = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return " ".join(salida.stdout.decode().split())


def pedido(**campos) -> Pedido:
    return Pedido(operacion=uuid.uuid4(), **campos)


@pytest.fixture
@hecho_una_vez
def distrito(version, edicion):
    """District A: twelve seats, six trained and certified, five not, one without anybody."""
    gente = sentar_varios(edicion, f.A, terminan=6, faltan=5)
    for numero, persona in enumerate(gente[:6], 101):
        certificar(persona, numero)
    f.crear_asiento(f.A, "T-09")
    return gente


def test_the_acta_of_a_district_says_its_seats_and_no_name_nor_failure(distrito, cem_provincial, version, edicion):
    f.intentar(distrito[7], version, aprobado=False)
    f.intentar(distrito[7], version, aprobado=False)
    acta, nueva = hacer_acta(ambito=f.ambito(f.A).en(f.A), pedido=pedido(), por=cem_provincial)
    leido = texto_de(componer(acta))
    assert nueva
    for frase in (
        "Acta de avance de la capacitación",
        "Instancia Distrital de Concertación de Rupa-Rupa",
        "artículo 109 del Reglamento",
        "Con persona: 11 de 12. Vacantes: 1.",
        "6 de 11 integrantes terminaron.",
        "6 certificados, con los registros N.º 0101-2025 a 0106-2025.",
        "Secretaría técnica (artículo 109.2)",
        f"Registro N.º {acta.registro}",
    ):
        assert frase in leido, frase
    libro = load_workbook(BytesIO(libro_de_cifras.escribir(acta)))
    celdas = " ".join(str(celda) for hoja in libro for fila in hoja.values for celda in fila if celda is not None)
    for texto in (leido, celdas, str(acta.datos)):
        assert "Persona" not in texto.replace("Personas", "")
        assert not [palabra for palabra in NUNCA if palabra in texto]
    assert len(list(libro["Asientos cubiertos y vacantes"].values)) == 13


@pytest.mark.un_motor
def test_its_figures_its_papers_and_what_was_earned_are_of_one_moment(distrito, cem_provincial, monkeypatch):
    momentos = []
    for cual in ("cifras_de", "certificados_de", "ganado"):
        de_veras = getattr(actas, cual)

        def mirar(ambito, de_veras=de_veras):
            momentos.append(tuple(connection.savepoint_ids))
            return de_veras(ambito)

        monkeypatch.setattr(actas, cual, mirar)
    fuera = tuple(connection.savepoint_ids)
    hacer_acta(ambito=f.ambito(f.A).en(f.A), pedido=pedido(), por=cem_provincial)
    assert len(momentos) == 3 and len(set(momentos)) == 1 and momentos[0] != fuera


def test_names_come_with_the_tick_box_and_only_those_of_certificates(distrito, cem_provincial):
    acta, _nueva = hacer_acta(
        ambito=f.ambito(f.A).en(f.A),
        pedido=pedido(con_nombres=True, asistentes=("Rosa Quispe",), acuerdo="Convocar a Salud.\nFijar fecha."),
        por=cem_provincial,
    )
    leido = texto_de(componer(acta))
    for frase in ("Persona1x Campos Ríos 101", "0101-2025", "Rosa Quispe", "Convocar a Salud.", "Fijar fecha."):
        assert frase in leido
    assert "Persona7x" not in leido
    assert "Persona7x" not in str(acta.datos)


@pytest.mark.parametrize(("terminan", "faltan"), [(2, 9), (9, 2), (2, 1)])
def test_no_count_of_a_few_people_is_told(edicion, cem_provincial, terminan, faltan):
    for numero, persona in enumerate(sentar_varios(edicion, f.A, terminan=terminan, faltan=faltan)[:terminan], 1):
        certificar(persona, numero)
    acta, _nueva = hacer_acta(ambito=f.ambito(f.A).en(f.A), pedido=pedido(), por=cem_provincial)
    secciones = {seccion["titulo"]: seccion["parrafos"] for seccion in acta.datos["papel"]["secciones"]}
    assert "señalarían a alguien" in secciones["Certificados vigentes"][0]
    (dicho,) = secciones["Integrantes que terminaron el curso"]
    assert f"{terminan} de" not in dicho
    assert "0001-2025" not in str(acta.datos)


def test_what_was_issued_is_opened_again_equal_whatever_happens_later(distrito, cem_provincial, entrar, presupuesto):
    """Number, digest, PDF and workbook: the same bytes after everybody left their seats."""
    acta, _nueva = hacer_acta(ambito=f.ambito(f.A).en(f.A), pedido=pedido(), por=cem_provincial)
    antes = (acta.datos, acta.huella, componer(acta), libro_de_cifras.escribir(acta))
    Membresia.objects.update(hasta=timezone.localdate() - datetime.timedelta(days=1))
    Certificado.objects.all().delete()
    otra = DocumentoDeCifras.objects.get()
    assert (otra.datos, otra.huella, componer(otra), libro_de_cifras.escribir(otra)) == antes
    with zipfile.ZipFile(BytesIO(antes[3])) as libro:  # nothing of the moment in which it was made
        assert {una.date_time for una in libro.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert libro.read("docProps/core.xml").count(acta.emitido_en.strftime("%Y-%m-%dT%H:%M:%SZ").encode()) == 2
    for acto in (otra.save, otra.delete, DocumentoDeCifras.objects.all().delete):
        with pytest.raises(TypeError):
            acto()
    with pytest.raises(TypeError):
        DocumentoDeCifras.objects.update(datos={})
    cliente = entrar(cem_provincial)
    cliente.get("/panel/actas")
    with presupuesto(8):
        assert acta.registro in cliente.get("/panel/actas").content.decode()
    assert cliente.get(f"/panel/actas/{acta.pk}/pdf").content == antes[2]
    assert cliente.get(f"/panel/actas/{acta.pk}/xlsx").content == antes[3]


def test_one_button_makes_one_acta_and_two_touches_make_no_second(distrito, entrar, coordinadora_a, coordinador_b):
    cliente = entrar(coordinadora_a)
    pagina = cliente.get("/panel/actas/nueva")
    enviado = {"operacion": str(pagina.context["form"]["operacion"].value())}
    donde = {cliente.post("/panel/actas/nueva", enviado).headers["Location"] for _vez in range(2)}
    acta = DocumentoDeCifras.objects.get()
    assert donde == {f"/panel/actas/{acta.pk}"}
    assert (acta.numero, acta.emitido_por, [uno.pk for uno in acta.territorios.all()]) == (1, coordinadora_a, [f.A])
    assert "Vigente" in cliente.get(f"/panel/actas/{acta.pk}").content.decode()
    otro = entrar(coordinador_b)
    for parte in ("", "/pdf", "/xlsx", "/anular"):
        assert otro.get(f"/panel/actas/{acta.pk}{parte}").status_code == 404
    assert acta.registro not in otro.get("/panel/actas").content.decode()
    assert otro.post(f"/panel/actas/nueva?territorio={f.A}", enviado).status_code == 404


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"sesion": "31/31/2026"}, "Eso no es una fecha"),
        ({"sesion": "2199-01-01"}, "hasta dentro de 60 días"),
        ({"asistentes": "\n".join(f"Persona {n}" for n in range(41))}, "Son 41 nombres y caben 40"),
        ({"asistentes": "Ana Pérez\nJos\ufffd Ríos"}, "Línea 2."),
        ({"acuerdo": "Visto\u202ebueno"}, "no se ve"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_and_nothing_is_made(edicion, entrar, coordinadora_a, campos, frase):
    f.integrante(f.A, edicion)
    respuesta = entrar(coordinadora_a).post("/panel/actas/nueva", {"operacion": str(uuid.uuid4()), **campos})
    assert frase in respuesta.content.decode()
    assert not DocumentoDeCifras.objects.exists()


@pytest.mark.un_motor
def test_where_there_is_no_table_it_says_so(territorio, edicion, entrar, cem_provincial):
    respuesta = entrar(cem_provincial).post(f"/panel/actas/nueva?territorio={f.C}", {"operacion": str(uuid.uuid4())})
    assert "no hay una instancia propia" in respuesta.content.decode()


def test_the_acta_of_the_province_adds_up_and_stays_under_five_pages_at_its_longest(
    edicion, cem_provincial, presupuesto
):
    """Nineteen seats of the province, three tables, every name and line that fits. Few statements, tagged, archival."""
    for numero, persona in enumerate(sentar_varios(edicion, f.PROVINCIA, terminan=14, faltan=5), 1):
        certificar(persona, numero)
    for ubigeo in (f.A, f.B):
        for n, persona in enumerate(sentar_varios(edicion, ubigeo, terminan=30, faltan=6), 100 * int(ubigeo[-1])):
            certificar(persona, n + 1000)
    f.integrante(f.C, edicion)
    todo = pedido(
        con_nombres=True,
        asistentes=tuple(f"María del Carmen Esperanza Rodríguez {n}" for n in range(MAXIMO_DE_ASISTENTES)),
        acuerdo=("Acordamos convocar a todas las instituciones. " * 40)[:MAXIMO_DEL_ACUERDO],
    )
    ambito = f.ambito(f.PROVINCIA)
    AjustesDelAula.actuales()
    ContentType.objects.get_for_model(DocumentoDeCifras)  # asked once a process, by whichever test comes first
    with presupuesto(23):
        acta, _nueva = hacer_acta(ambito=ambito, pedido=todo, por=cem_provincial)
    contenido = componer(acta)
    assert faltas(contenido) == []
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert len(pdf.pages) <= 4
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title) == f"Acta {acta.registro}"
    leido = texto_de(contenido)
    assert "Instancia Provincial de Concertación de Leoncio Prado" in leido
    assert "artículo 107 del Reglamento" in leido
    secciones = {seccion["titulo"]: seccion for seccion in acta.datos["papel"]["secciones"]}
    por_lugar = {fila[0]: fila[1:] for fila in secciones["Avance por instancia"]["filas"]}
    assert por_lugar["Rupa-Rupa"] == [36, 36, "Ninguno", 30, "30 de 36"]
    assert por_lugar["Pucayacu"][3:] == ["—", "—"]
    # One more is silent, so that subtracting from the total tells nothing of the first one.
    assert por_lugar["Provincial"][3:] == ["—", "—"]
    assert por_lugar["Total"][-1] == "74 de 92"
    libro = load_workbook(BytesIO(libro_de_cifras.escribir(acta)))
    assert len(list(libro["Lista de certificados"].values)) == 1 + 91
    # In the workbook what is a figure is a number: a sheet adds up «30 de 36», in two columns.
    titulos, *filas = libro["Avance por instancia"].values
    assert titulos[-2:] == ("Terminaron", "Terminaron, de un total de")
    assert {fila[0]: fila[-2:] for fila in filas}["Rupa-Rupa"] == (30, 36)
    assert {fila[0]: fila[-3:] for fila in filas}["Pucayacu"] == ("—", "—", "—")


def test_anybody_verifies_it_and_sees_the_least(distrito, cem_provincial, entrar, visitante):
    acta, _nueva = hacer_acta(ambito=f.ambito(f.A).en(f.A), pedido=pedido(con_nombres=True), por=cem_provincial)
    corto = acta.codigo_corto
    directa = visitante.post("/v", {"codigo": corto, "documento": acta.registro}).headers["Location"]
    publica = visitante.get(directa).content.decode()
    for dato in ("Documento válido", "Acta de avance", "Rupa-Rupa", "Asientos con persona: 11 de 12"):
        assert dato in publica
    for dato in ("Persona1x", "integrantes terminaron", "0101-2025", corto):
        assert dato not in publica
    assert "No encontramos" in visitante.post("/v", {"codigo": corto, "documento": "9999-2026"}).content.decode()
    entrar(cem_provincial).post(f"/panel/actas/{acta.pk}/anular", {"motivo": "Se imprimió con otra fecha."})
    assert "Anulado el" in visitante.get(directa).content.decode()
    assert "otra fecha" not in visitante.get(directa).content.decode()
    assert DocumentoDeCifras.objects.get().huella == acta.huella


def test_what_was_learned_goes_in_it_when_ten_people_allow_it(version, edicion, cem_provincial):
    """The same lots as the page of results: two actas differ by ten people or by none."""
    f.integrante(f.A, edicion)
    for vez in range(10):  # 39.5 of each 100 at the start: the paper and the page of results round it alike
        v.con_notas(v.inscripcion_en(f.A, edicion), version, entrada=8 - (vez == 0), final=16, cuando=f.hace(70))
    for _vez in range(9):
        v.con_notas(v.inscripcion_en(f.B, edicion), version, entrada=0, final=20, cuando=f.hace(70))

    libros = []

    def aprendido(ambito):
        documento, _nueva = hacer_acta(ambito=ambito, pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)
        libros.append(load_workbook(BytesIO(libro_de_cifras.escribir(documento))))
        return [una for una in documento.datos["papel"]["secciones"] if una["titulo"] == "Cuánto se aprendió"]

    (seccion,) = aprendido(f.ambito())
    assert "10 personas respondieron" in seccion["parrafos"][0] and "40 de cada 100" in seccion["parrafos"][0]
    assert [fila[:4] for fila in seccion["filas"]] == [["Rupa-Rupa", 10, "40", "80"]]
    assert list(libros[0]["Cuánto se aprendió"].values)[1][:4] == ("Rupa-Rupa", 10, 40, 80)
    assert aprendido(f.ambito().en(f.A)) and not aprendido(f.ambito().al_dia(f.hace(75).date()))
    f.crear_asiento(f.B)
    assert not aprendido(f.ambito().en(f.B))
