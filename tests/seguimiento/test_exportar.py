"""The file opened back: what it says, what it hides, and that no cell runs."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry

from certificados.models import Certificado
from cursos.models import Unidad
from instancias.acceso.services.declarados import declarar
from instancias.models import Alcance, Asiento, Instancia, Institucion
from seguimiento.planilla import Planilla, texto_seguro
from seguimiento.services.exportar import nombre_del_archivo
from tests.seguimiento import factories as f
from tests.seguimiento.test_actas import certificar

PELIGROSOS = ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C calc'!A0"]


@pytest.fixture
def abrir_libro(entrar, cem_provincial):
    """Download as the office of the province and open what came."""

    def abrir(cuenta=None, **consulta):
        respuesta = entrar(cuenta or cem_provincial).get(reverse("kuska_seguimiento:avance"), consulta)
        assert respuesta.status_code == 200
        return load_workbook(BytesIO(b"".join(respuesta.streaming_content))), respuesta

    return abrir


def filas(planilla) -> list[dict]:
    cabecera, *resto = planilla.iter_rows(values_only=True)
    return [dict(zip(cabecera, fila, strict=True)) for fila in resto]


@pytest.mark.django_db
class TestLibro:
    def test_it_has_its_seven_sheets_with_headers_in_sight(self, edicion, abrir_libro):
        libro, _respuesta = abrir_libro()
        nombres = ["Resumen", "Distritos", "Asientos", "Personas", "Distritos por módulo", "Lecciones", "Leyenda"]
        assert libro.sheetnames == nombres
        assert {planilla.freeze_panes for planilla in libro} == {"A2"}

    def test_the_name_says_the_place_and_the_day(self, edicion, abrir_libro, coordinadora_a):
        dia = f"{timezone.localdate():%Y-%m-%d}"
        assert f'filename="avance_leoncio-prado_{dia}.xlsx"' in abrir_libro()[1]["Content-Disposition"]
        assert f'filename="avance_rupa-rupa_{dia}.xlsx"' in abrir_libro(coordinadora_a)[1]["Content-Disposition"]

    def test_several_districts_take_the_name_of_their_province(self, edicion):
        momento = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
        assert nombre_del_archivo(f.ambito(f.A, f.B, ahora=momento)) == "avance_leoncio-prado_2026-11-23.xlsx"

    def test_documents_are_text_and_dates_are_dates_in_lima(self, edicion, abrir_libro):
        persona = f.integrante(f.A, edicion, hechas=4)
        persona.documento = "01234567"
        persona.save()
        a_medianoche = datetime.datetime(2026, 11, 3, 4, 30, tzinfo=datetime.UTC)
        persona.inscripciones.update(terminada_en=a_medianoche)
        libro, _respuesta = abrir_libro()
        fila = filas(libro["Personas"])[0]
        assert fila["Documento"] == "01234567"
        assert fila["Celular"] == "987654321"
        assert fila["Terminó"] == datetime.datetime(2026, 11, 2, 23, 30)
        assert isinstance(fila["En el asiento desde"], datetime.datetime)
        celda = libro["Personas"]["A2"]
        assert (celda.data_type, celda.number_format) == ("s", "@")

    def test_its_numbers_are_those_of_the_page(self, edicion, abrir_libro):
        f.integrante(f.A, edicion, codigo="T-01", hechas=4)
        f.integrante(f.A, edicion, codigo="T-02", hechas=1, dias=20)
        f.integrante(f.B, edicion, codigo="T-01", hechas=0)
        f.crear_asiento(f.B, "T-02")
        f.crear_asiento(f.B, "T-03", estado=Asiento.Estado.NO_APLICA)
        libro, _respuesta = abrir_libro()
        resumen = {fila[0]: fila[1:3] for fila in libro["Resumen"].iter_rows(min_row=2, values_only=True)}
        assert resumen["Integrantes que terminaron"] == (1, 3)
        assert resumen["Asientos sin persona"] == (1, 4)
        assert resumen["Distritos con su alcaldía al día"] == (1, 2)
        por_ubigeo = {fila["Ubigeo"]: fila for fila in filas(libro["Distritos"])}
        assert (por_ubigeo[f.A]["Terminaron"], por_ubigeo[f.A]["Integrantes"]) == (1, 2)
        asientos = filas(libro["Asientos"])
        assert [fila["Aplica"] for fila in asientos].count("No") == 1
        assert [fila["Asiento completo"] for fila in asientos].count("Sí") == 1
        assert len(filas(libro["Personas"])) == 3
        lecciones = filas(libro["Lecciones"])
        assert [(fila["A cuántas personas se les pide"], fila["Terminaron"]) for fila in lecciones] == [
            (3, 2),
            (3, 1),
            (3, 1),
            (3, 1),
        ]

    def test_it_says_quality_sector_designation_and_certificate(self, edicion, abrir_libro):
        """Two who finished in one seat, one of them certified; who began and who did not, apart."""
        asiento = f.crear_asiento(f.A, "T-01")
        titular = f.sentar(asiento, "Alma", designacion="Oficio 12-2026")
        alterna = f.sentar(asiento, "Bruna", calidad="alterno")
        for persona in (titular, alterna):
            f.inscribir(persona, edicion, hechas=4)
        certificado = certificar(titular, 7)
        Certificado.objects.update(datos={**certificado.datos, "horas": 24})
        f.integrante(f.A, edicion, codigo="T-02", hechas=0)
        libro, _respuesta = abrir_libro()
        (de_a,) = (fila for fila in filas(libro["Distritos"]) if fila["Ubigeo"] == f.A)
        pasos = ("Integrantes", "Inscritas", "Empezaron", "Terminaron", "Terminaron, titulares", "Terminaron, alternos")
        assert [de_a[paso] for paso in (*pasos, "Con certificado vigente")] == [3, 3, 2, 2, 1, 1, 1]
        alma, bruna = (fila for fila in filas(libro["Personas"]) if fila["Terminó"])
        assert (alma["Documento de designación"], alma["Certificado"], alma["Horas del certificado"]) == (
            "Oficio 12-2026",
            "0007-2025",
            24,
        )
        assert (bruna["Calidad"], bruna["Certificado"]) == ("Alterno/a", None)
        assert alma["Última actividad"] and alma["Empezó"] < alma["Terminó"]
        assert {fila["Sector"] for fila in filas(libro["Asientos"])} == {str(Institucion.Sector.SOCIEDAD.label)}

    def test_it_says_sex_where_it_was_declared_modules_modality_and_ordinance(self, version, edicion, abrir_libro):
        Unidad.objects.filter(curso=version.curso, orden__gt=2).update(modulo="Módulo 2", clave_del_modulo=2)
        una = f.integrante(f.A, edicion, codigo="T-01", hechas=4)
        declarar(persona=una, campo="sexo", valor="mujer", ahora=timezone.now())
        declarar(persona=una, campo="origen", valor="quechua", ahora=timezone.now())
        certificado = certificar(una, 7)
        Certificado.objects.update(datos={**certificado.datos, "modalidad": "virtual"})
        f.integrante(f.A, edicion, codigo="T-02", hechas=3)
        Instancia.objects.update(norma_de_creacion="Ordenanza 007-2024", instalada_el=datetime.date(2024, 3, 1))
        libro, respuesta = abrir_libro()
        primera, segunda = filas(libro["Personas"])
        pedidos = ("Sexo (si lo declaró)", "Modalidad", "Módulo 1", "Módulo 2")
        assert [primera[una] for una in pedidos] == ["Mujer", "virtual", "2 de 2", "2 de 2"]
        assert [segunda[una] for una in pedidos] == [None, None, "2 de 2", "1 de 2"]
        assert [(fila["Módulo"], fila["Lo terminaron"]) for fila in filas(libro["Distritos por módulo"])] == [
            ("Módulo 1", 2),
            ("Módulo 2", 1),
        ]
        de_a = next(fila for fila in filas(libro["Distritos"]) if fila["Ubigeo"] == f.A)
        assert (de_a["Ordenanza de creación"], de_a["Instalada el"].year) == ("Ordenanza 007-2024", 2024)
        assert "Quechua" not in {str(c.value) for planilla in libro for fila in planilla.iter_rows() for c in fila}

    def test_it_never_carries_marks(self, version, edicion, abrir_libro):
        persona = f.integrante(f.A, edicion, hechas=3)
        f.intentar(persona, version, aprobado=False)
        libro, _respuesta = abrir_libro()
        titulos = {str(celda.value).lower() for planilla in libro for celda in planilla[1]}
        assert not {t for t in titulos if any(palabra in t for palabra in ("nota", "punt", "respuesta", "intento"))}

    def test_names_that_look_like_formulas_do_not_run(self, edicion, abrir_libro):
        for numero, nombre in enumerate(PELIGROSOS, 1):
            asiento = f.crear_asiento(f.A, "T-05", numero=numero)
            asiento.institucion = Institucion.objects.create(nombre=f"{nombre}{numero}", sector="sociedad")
            asiento.save()
            f.inscribir(f.sentar(asiento, nombre), edicion)
        libro, _respuesta = abrir_libro()
        for planilla in libro:
            for fila in planilla.iter_rows():
                for celda in fila:
                    assert celda.data_type != "f"
                    assert not str(celda.value or "").lstrip().startswith(("=", "+", "-", "@"))

    def test_a_coordinator_gets_only_their_district(self, edicion, abrir_libro, coordinadora_a):
        f.integrante(f.A, edicion, nombres="Aurora")
        f.integrante(f.B, edicion, nombres="Beatriz")
        libro, _respuesta = abrir_libro(coordinadora_a)
        for planilla in ("Distritos", "Asientos", "Personas"):
            assert {fila["Ubigeo"] for fila in filas(libro[planilla])} == {f.A}

    def test_taking_it_leaves_a_trace_without_names(self, edicion, abrir_libro, cem_provincial):
        f.integrante(f.A, edicion, nombres="Aurora")
        _libro, respuesta = abrir_libro()
        entrada = ModelLogEntry.objects.get(action="seguimiento.exportar")
        assert entrada.user_id == cem_provincial.pk
        assert entrada.data == {"ambito": [f.PROVINCIA], "edicion": edicion.pk, "personas": 1}
        assert respuesta["Cache-Control"] == "no-store"

    def test_an_empty_scope_still_opens(self, territorio, abrir_libro):
        Alcance.objects.update(territorio="100601")
        libro, _respuesta = abrir_libro()
        assert filas(libro["Personas"]) == []


@pytest.mark.parametrize("texto", PELIGROSOS)
def test_a_dangerous_text_starts_with_an_apostrophe(texto):
    assert texto_seguro(texto).startswith("'")


@pytest.mark.parametrize("texto", ["Ana", "987654321", "José - María", "", "'=1"])
def test_a_plain_text_stays_as_it_is(texto):
    assert texto_seguro(texto) == texto


@given(st.text())
def test_any_text_can_be_written_and_none_runs(texto):
    libro = Workbook(write_only=True)
    Planilla(libro, "Prueba", [("Uno", 10)]).agregar([texto])
    archivo = BytesIO()
    libro.save(archivo)
    celda = load_workbook(archivo)["Prueba"]["A2"]
    assert celda.data_type != "f"
    assert not str(celda.value or "").lstrip().startswith(("=", "+", "-", "@"))
