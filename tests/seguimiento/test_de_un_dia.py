"""A small province, counted by hand at three dates: before, on the last day of the authorities, and on the next.

Kinds of seat in district A: the mayor's (T-01), T-02 and T-03; in district B: the mayor's.

    person    seat       from         until        enrolled   began      finished    certificate
    Alma      A T-01     2026-01-10   2026-12-31   2026-02-01 2026-03-01 2026-08-15  issued 2026-08-15
    Bruno     A T-02     2026-01-10   2026-12-31   2026-02-01 2026-03-01 2026-11-20  issued 11-20, annulled 2026-12-30
    Celia     A T-02 alt 2026-01-10   (no end)     2026-02-01 2026-10-05 not yet
    Darío     B T-01     2026-10-15   (no end)     2026-10-15 2026-10-20 2027-01-01  none
    Elsa      A T-01     2027-01-01   (no end)     2027-01-01 not yet
    Fabio     A T-02     2027-01-01   (no end)     2027-01-01 not yet
    A T-03 was opened on 2026-12-01 and nobody sits there.

30 September 2026. Seats: A T-01, A T-02, B T-01 = 3 (A T-03 did not exist yet). With somebody: A T-01 (Alma), A T-02
(Bruno, Celia) = 2; without: 1. Complete: A T-01 (Alma finished) = 1. Mayors: 2, up to date 1. People: Alma, Bruno,
Celia = 3; enrolled 3; began Alma, Bruno = 2; finished Alma = 1; under way Bruno = 1; certified Alma = 1.

31 December 2026. Seats 4; with somebody A T-01, A T-02, B T-01 = 3; without 1. Complete: A T-01, A T-02 = 2. Mayors 2,
up to date 1. People: Alma, Bruno, Celia, Darío = 4; enrolled 4; began 4; finished Alma, Bruno = 2; under way Celia,
Darío = 2; certified Alma = 1 (Bruno's was annulled the day before).

1 January 2027. Seats 4; with somebody A T-01 (Elsa), A T-02 (Fabio, Celia), B T-01 (Darío) = 3; without 1. Complete:
B T-01 (Darío finished that day) = 1. Mayors 2, up to date 1. People: Celia, Darío, Elsa, Fabio = 4; enrolled 4; began
Celia, Darío = 2; finished Darío = 1; under way Celia = 1; certified 0.
"""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from certificados.models import ActoDeCertificado, Certificado, Plantilla
from instancias.models import Asiento, Membresia
from seguimiento.consultas import asientos, distritos, matriz, personas
from seguimiento.consultas.ambito import Ambito, inicio_del
from seguimiento.consultas.instancia import asientos_de_la_instancia
from seguimiento.services.exportar import escribir_avance
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
FECHA = datetime.date
SETIEMBRE, DICIEMBRE, ENERO = FECHA(2026, 9, 30), FECHA(2026, 12, 31), FECHA(2027, 1, 1)
DESPUES = FECHA(2027, 6, 15)
A_MANO = {
    SETIEMBRE: {
        "asientos": 3, "con_persona": 2, "sin_persona": 1, "completos": 1, "alcaldias": 2, "alcaldias_al_dia": 1,
        "integrantes": 3, "inscritas": 3, "empezaron": 2, "terminaron": 1, "en_curso": 1, "certificadas": 1,
        "pendientes": 2, "no_empezaron": 1, "este_mes": 0,
    },
    DICIEMBRE: {
        "asientos": 4, "con_persona": 3, "sin_persona": 1, "completos": 2, "alcaldias": 2, "alcaldias_al_dia": 1,
        "integrantes": 4, "inscritas": 4, "empezaron": 4, "terminaron": 2, "en_curso": 2, "certificadas": 1,
        "pendientes": 2, "no_empezaron": 0, "este_mes": 0,
    },
    ENERO: {
        "asientos": 4, "con_persona": 3, "sin_persona": 1, "completos": 1, "alcaldias": 2, "alcaldias_al_dia": 1,
        "integrantes": 4, "inscritas": 4, "empezaron": 2, "terminaron": 1, "en_curso": 1, "certificadas": 0,
        "pendientes": 3, "no_empezaron": 2, "este_mes": 1,
    },
}  # fmt: skip


def a_las_diez(dia: datetime.date | None) -> datetime.datetime | None:
    return inicio_del(dia) + datetime.timedelta(hours=10) if dia else None


def abrir_asiento(ubigeo: str, codigo: str, dia: datetime.date) -> Asiento:
    return f.crear_asiento(ubigeo, codigo, abierto_en=a_las_diez(dia))


def sentar(edicion, asiento, nombre, *, desde, hasta=None, inscrita=None, empezo=None, termino=None, calidad="titular"):
    """Everything written down on its own day."""
    persona = f.sentar(
        asiento,
        nombre,
        calidad=calidad,
        desde=desde,
        hasta=hasta,
        registrada_en=a_las_diez(desde),
        cese_registrado_en=a_las_diez(hasta),
    )
    inscripcion = f.inscribir(persona, edicion)
    inscripcion.creada_en, inscripcion.iniciada_en = a_las_diez(inscrita or desde), a_las_diez(empezo)
    inscripcion.terminada_en = inscripcion.termino_anotado_en = a_las_diez(termino)
    inscripcion.estado = "terminada" if termino else "en_curso" if empezo else "por_empezar"
    inscripcion.save()
    return persona


def certificar(persona, emitido, *, anulado=None, numero=1):
    inscripcion = persona.inscripciones.get()
    certificado = Certificado.objects.create(
        persona=persona,
        curso=inscripcion.curso,
        edicion=inscripcion.edicion,
        inscripcion=inscripcion,
        territorio_id=inscripcion.territorio_id,
        documento=Plantilla.Documento.CONSTANCIA,
        anio=emitido.year,
        numero=numero,
        codigo_largo=f"largo-{persona.pk}-{numero}",
        codigo_corto=f"c{persona.pk}{numero}"[:10],
        datos={"nombre": persona.nombre_completo, "numero_de_documento": persona.documento},
        estado="anulado" if anulado else "vigente",
        emitido_en=a_las_diez(emitido),
        anulado_en=a_las_diez(anulado),
    )
    ActoDeCertificado.objects.create(certificado=certificado, acto="emitir", en=certificado.emitido_en)
    return certificado


@pytest.fixture
@hecho_una_vez
def provincia(version):
    return montar(version)


def montar(version):
    edicion = f.abrir(version, inicia=FECHA(2026, 1, 5))
    a1, a2 = (abrir_asiento(f.A, codigo, FECHA(2026, 1, 5)) for codigo in ("T-01", "T-02"))
    b1 = abrir_asiento(f.B, "T-01", FECHA(2026, 1, 5))
    abrir_asiento(f.A, "T-03", FECHA(2026, 12, 1))
    enero, febrero, fin = FECHA(2026, 1, 10), FECHA(2026, 2, 1), DICIEMBRE
    marzo = FECHA(2026, 3, 1)
    alma = sentar(
        edicion, a1, "Alma", desde=enero, hasta=fin, inscrita=febrero, empezo=marzo, termino=FECHA(2026, 8, 15)
    )
    bruno = sentar(
        edicion, a2, "Bruno", desde=enero, hasta=fin, inscrita=febrero, empezo=marzo, termino=FECHA(2026, 11, 20)
    )
    sentar(edicion, a2, "Celia", desde=enero, inscrita=febrero, empezo=FECHA(2026, 10, 5), calidad="alterno")
    sentar(edicion, b1, "Darío", desde=FECHA(2026, 10, 15), empezo=FECHA(2026, 10, 20), termino=ENERO)
    sentar(edicion, a1, "Elsa", desde=ENERO)
    sentar(edicion, a2, "Fabio", desde=ENERO)
    certificar(alma, FECHA(2026, 8, 15))
    certificar(bruno, FECHA(2026, 11, 20), anulado=FECHA(2026, 12, 30), numero=2)
    return edicion


def cifras(ambito: Ambito) -> dict[str, int]:
    """Every figure of the panel, the sums as the page makes them."""
    instancias = distritos.instancias(ambito)
    total = distritos.totales(ambito, instancias)
    de_la_lista = ("no_empezaron", "este_mes")
    return {
        "con_persona": sum(una.con_persona for una in instancias),
        **{clave: personas.listar(ambito, personas.FILTROS[clave]).count() for clave in de_la_lista},
        **{
            clave: getattr(total, clave)
            for clave in A_MANO[ENERO]
            if clave not in de_la_lista and clave != "con_persona"
        },
    }


def el_dia(dia: datetime.date, *, mirado: datetime.date = DESPUES) -> Ambito:
    return f.ambito(ahora=a_las_diez(mirado), al=dia if dia < mirado else None)


@pytest.mark.parametrize("dia", list(A_MANO), ids=str)
def test_every_figure_of_a_day_is_the_one_counted_by_hand(provincia, dia):
    assert cifras(el_dia(dia)) == A_MANO[dia]


@pytest.mark.parametrize("dia", list(A_MANO), ids=str)
def test_the_day_itself_read_it_so(provincia, dia):
    """Looked at on its own day, as today: the same definitions. The seat of December is not there in September."""
    Asiento.objects.filter(abierto_en__gt=a_las_diez(dia)).delete()
    assert cifras(el_dia(dia, mirado=dia)) == A_MANO[dia]


@pytest.mark.parametrize("dia", list(A_MANO), ids=str)
def test_every_list_file_and_matrix_says_the_same_as_the_sum(provincia, dia, admin_user):
    ambito = el_dia(dia)
    esperado = A_MANO[dia]
    for clave, filtro in personas.FILTROS.items():
        if clave in esperado:
            assert personas.listar(ambito, filtro).count() == esperado[clave], clave
    for clave in ("asientos", "con_persona", "sin_persona", "completos", "alcaldias", "alcaldias_al_dia"):
        assert asientos.listar(ambito, asientos.FILTROS[clave]).count() == esperado[clave], clave
    puestos = matriz.puestos(ambito, por_ayudar=[])
    assert sum(sum(cuenta[:5]) for cuenta in puestos.values()) == esperado["integrantes"]
    assert sum(cuenta[0] for cuenta in puestos.values()) == esperado["terminaron"]
    mesas = [silla for ubigeo in (f.A, f.B) for silla in asientos_de_la_instancia(ambito.en(ubigeo), por_ayudar=[])]
    assert len(mesas) == esperado["asientos"]
    assert sum(silla.completo for silla in mesas) == esperado["completos"]
    libro = BytesIO()
    escribir_avance(ambito=ambito, archivo=libro, por=admin_user)
    hojas = load_workbook(BytesIO(libro.getvalue()))
    resumen = {fila[0]: fila[1] for fila in hojas["Resumen"].iter_rows(values_only=True)}
    assert resumen["Al día"].date() == dia
    assert resumen["Integrantes que terminaron"] == esperado["terminaron"]
    assert resumen["Con certificado vigente"] == esperado["certificadas"]
    assert hojas["Personas"].max_row - 1 == esperado["integrantes"]
    assert hojas["Asientos"].max_row - 1 == esperado["asientos"]
    columnas = [celda.value for celda in next(hojas["Personas"].iter_rows())]
    terminadas = [fila[columnas.index("Terminó")] for fila in hojas["Personas"].iter_rows(min_row=2, values_only=True)]
    assert sum(uno is not None for uno in terminadas) == esperado["terminaron"]
    assert "Última actividad" not in columnas and "Partes hechas" not in columnas
    assert "31 de diciembre de 2026" in hojas["Personas"].oddHeader.center.text or dia != DICIEMBRE


def test_a_certificate_that_was_replaced_counts_by_the_one_in_force_that_day(provincia):
    alma = Membresia.objects.get(persona__nombres="Alma").persona
    primero = alma.certificados.get()
    primero.estado = "reemplazado"
    primero.save()
    octubre = FECHA(2026, 10, 10)
    ActoDeCertificado.objects.create(certificado=primero, acto="reemplazar", en=a_las_diez(octubre))
    segundo = certificar(alma, octubre, numero=9)
    assert [cifras(el_dia(dia))["certificadas"] for dia in (SETIEMBRE, octubre, DICIEMBRE)] == [1, 1, 2 - 1]
    segundo.estado, segundo.anulado_en = "anulado", a_las_diez(FECHA(2026, 12, 20))
    segundo.save()
    assert [cifras(el_dia(dia))["certificadas"] for dia in (SETIEMBRE, DICIEMBRE)] == [1, 0]
