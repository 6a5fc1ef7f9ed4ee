"""Who looked at whom: every route says in ``tests/rastro.txt`` which line it leaves, and is then asked.

A line of the table: method, name of the route, and what it leaves: ``vio``, ``busco``, ``saco``, ``cambio``, ``entro``,
``salio``, ``no_entro``, or ``-`` for nothing. Whoever is named on a page is in its line, whatever the table says.
"""

from __future__ import annotations

import datetime
import io
import uuid
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.models import FilaDePadron, LineaDeRastro, Persona
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from tests import gente
from tests.escenario import montar
from tests.seguimiento.factories import ambito as ambito_de_prueba
from tests.test_rutas import FILAS, METODOS, Fila, en_un_motor

TABLA = Path(__file__).with_name("rastro.txt")
DEL_PERSONAL = ["coordinadora_a", "cem", "administradora"]
# A line is written by the same code on each database: the other one answers who sees the people of a province.
EN_LAS_DOS = ["cem"]
# Whoever has the code of a certificate was given it by its person: decision 32.
CON_UN_CODIGO = {"kuska_certificados:verificar"}
# A file that only whoever asked for it opens: in this scene, cem.
DE_SU_DUENO = "kuska_instancias:trabajo_descargar"
# Asked with what a form or a link adds to their address.
CON_CONSULTA = [
    Fila("GET", direccion, {})
    for direccion in (
        "/panel/relevo?desde=2026-12-01&calidad=titular",
        "/panel/personas?quienes=todas",
        "/panel?edicion={edicion}",
        "/panel/recordar?edicion={edicion}",
        "/panel/lista?ver=sin_persona",
        "/panel/lista?ver=con_persona",
        "/panel/certificados?ver=anulados",
        "/panel/certificados?ver=pendientes",
        "/panel/invitar/tarjetas?personas={otro_registro}",
        "/panel/actas/{con_nombres}",
        "/panel/actas/{con_nombres}/pdf",
        "/panel/actas/{con_nombres}/xlsx",
    )
]
TODAS = [fila for fila in FILAS if fila.metodo == "GET"] + CON_CONSULTA
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def escenario(django_db_setup, django_db_blocker):
    """That of the routes, with somebody behind each screen: twice registered, without a key, named in an acta."""
    with django_db_blocker.unblock(), transaction.atomic():
        uno = montar()
        sin_clave = gente.crear_integrante("40000005", "Rosa", "Quispe Huaman", ubigeo=gente.DISTRITO_A)
        Persona.objects.filter(pk=sin_clave.pk).update(cuenta=None, datos_revisados_en=None)
        hace_un_mes = timezone.now() - datetime.timedelta(days=30)
        Inscripcion.objects.filter(pk=uno.datos["inscripcion"]).update(
            creada_en=hace_un_mes, iniciada_en=hace_un_mes, ultima_actividad_en=hace_un_mes
        )
        acta = Pedido(operacion=uuid.uuid4(), con_nombres=True, asistentes=("Rosa Quispe",))
        ambito = ambito_de_prueba(gente.PROVINCIA).en(gente.DISTRITO_A)
        uno.datos["con_nombres"] = hacer_acta(ambito=ambito, pedido=acta, por=uno.gente["cem"])[0].pk
        FilaDePadron.objects.update(accion=FilaDePadron.Accion.RECHAZAR)
        yield uno
        transaction.set_rollback(True)


def leer_tabla() -> dict[tuple[str, str], str]:
    filas = {}
    for linea in TABLA.read_text().splitlines():
        partes = linea.split()
        if partes and not linea.startswith("#"):
            assert len(partes) == 3, f"método, nombre y línea: {linea}"
            filas[partes[0], partes[1]] = partes[2]
    return filas


DICHO = leer_tabla()


def nombres_de_rutas(resolutor=None, espacio: str = ""):
    for patron in (resolutor or get_resolver()).url_patterns:
        if isinstance(patron, URLResolver):
            de_quien = patron.urlconf_name if isinstance(patron.urlconf_name, str) else patron.urlconf_module
            if "wagtail" not in str(de_quien):
                yield from nombres_de_rutas(patron, f"{patron.namespace}:" if patron.namespace else espacio)
        elif isinstance(patron, URLPattern) and patron.name:
            yield f"{espacio}{patron.name}"


def test_every_route_says_which_line_it_leaves():
    todas = [(metodo, ruta) for ruta in nombres_de_rutas() for metodo in METODOS]
    faltan = [
        f"{metodo} {ruta} ¿-, vio, busco, saco o cambio?" for metodo, ruta in todas if (metodo, ruta) not in DICHO
    ]
    assert not faltan, (
        "Agregue a tests/rastro.txt qué línea deja cada una. Si muestra a alguien, diga en la vista a quién, con "
        "rastro.se_vio(request, números), se_busco o se_saco (instancias/rastro):\n" + "\n".join(faltan)
    )
    sobran = {una for una in DICHO if not una[1].startswith("wagtail")} - set(todas)
    assert not sobran, f"Ya no hay: {sobran}"


def texto_de(crudo: bytes) -> str:
    """What an answer says, also inside a workbook."""
    if crudo[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
            crudo = b" ".join(paquete.read(uno) for uno in paquete.namelist() if uno.endswith(".xml"))
    return crudo.decode(errors="ignore")


def pedir(escenario, rol, fila):
    """The name of a route, its answer, what it says, and the lines that it left."""
    direccion = fila.direccion.format(**escenario.datos)
    with transaction.atomic():
        antes = LineaDeRastro.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        respuesta = escenario.cliente(rol).get(direccion)
        crudo = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
        if archivo := getattr(respuesta, "file_to_stream", None):
            archivo.close()
        lineas = list(LineaDeRastro.objects.filter(pk__gt=antes).order_by("pk"))
        transaction.set_rollback(True)
    return resolve(direccion.partition("?")[0]).view_name, respuesta.status_code, texto_de(crudo), lineas


@pytest.mark.parametrize("rol", en_un_motor(DEL_PERSONAL, EN_LAS_DOS))
def test_whoever_is_named_on_a_page_is_in_its_line(escenario, rol):
    """Seen failing: without ``se_vio`` in the page of a person, three addresses name somebody without a line."""
    todas = {uno.pk: uno.apellidos for uno in Persona.objects.all()}
    malas, vistas = [], defaultdict(set)
    for fila in TODAS:
        nombre, estado, dicho, lineas = pedir(escenario, rol, fila)
        clases = {str(una.acto) for una in lineas}
        vistas[nombre] |= clases
        if estado != 200:
            assert not lineas, f"{fila.direccion} no mostró nada y dejó una línea"
            continue
        en_la_linea = {todas.get(una.persona) for una in lineas}
        # Two registers of one name: one of them in the line is enough.
        sin_linea = {apellidos for apellidos in todas.values() if apellidos in dicho} - en_la_linea
        if sin_linea and nombre not in CON_UN_CODIGO:
            malas.append(f"{fila.direccion} ({nombre}) nombra a {sin_linea}, y su línea no")
        if not clases <= {DICHO.get(("GET", nombre), "-")}:
            malas.append(f"GET {nombre}: dejó {clases}, y la tabla dice {DICHO.get(('GET', nombre), '-')}")
        assert len({una.referencia for una in lineas}) <= 1
        assert sum(una.encabeza for una in lineas) == bool(lineas)
        assert {una.pantalla for una in lineas} <= {nombre}
    assert not malas, "\n".join(malas)
    if rol == "administradora":
        # A route that says «vio» and shows nobody here would prove nothing.
        dichas = {ruta for (metodo, ruta), que in DICHO.items() if metodo == "GET" and que != "-"}
        sin_nadie = {ruta for ruta in dichas if DICHO["GET", ruta] not in vistas[ruta]}
        assert sin_nadie <= {"wagtailusers_users:edit", DE_SU_DUENO}
    if rol == "cem":
        assert vistas[DE_SU_DUENO] == {"saco"}


@pytest.mark.un_motor
@pytest.mark.parametrize("rol", ["integrante", "integrante_b", "visitante"])
def test_ones_own_pages_and_those_of_everybody_leave_none(escenario, rol):
    con_linea = [fila.direccion for fila in TODAS if pedir(escenario, rol, fila)[3]]
    assert con_linea == []


def test_no_line_keeps_what_was_typed(escenario):
    cliente = escenario.cliente("cem")
    clases = {"40000001": "documento", "987654321": "celular", "quispe": "palabras", "4000": "numero"}
    for texto, clase in clases.items():
        with transaction.atomic():
            cliente.get("/panel/personas", {"q": texto})
            linea = LineaDeRastro.objects.filter(acto="busco").order_by("-pk").values().first()
            transaction.set_rollback(True)
        assert linea["detalle"] == clase
        assert texto not in map(str, linea.values())
