"""What leaves a mark of change and what leaves none: papers, and migrations that do not reach the whole of it."""

from __future__ import annotations

import datetime
import uuid
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from certificados.services import generar_pdf_de_cifras
from certificados.services.cifras import anular_cifras, congelar_cifras
from seguimiento.consultas import cambios
from seguimiento.papel_de_acta import Pedido
from seguimiento.receivers import poner_al_terminar, quitar_antes_de_migrar
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from seguimiento.services.marcas import poner_marcas, quitar_marcas
from tests.motores import en_sqlite
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def dos(territorio):
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion, codigo="T-01", hechas=4)
    f.integrante(f.B, edicion, codigo="T-01")


def que_cambio(antes: cambios.Numeros) -> set[str]:
    """The places whose number is another one now; the empty one is of all."""
    ahora = cambios.numeros(f.ambito())
    assert ahora is not None
    de_todas = {""} if ahora.de_todas != antes.de_todas else set()
    lugares = {*ahora.por_instancia, *antes.por_instancia}
    return de_todas | {uno for uno in lugares if ahora.por_instancia.get(uno) != antes.por_instancia.get(uno)}


def de_ahora() -> cambios.Numeros:
    numeros = cambios.numeros(f.ambito())
    assert numeros is not None
    return numeros


def test_an_acta_or_a_closing_and_their_pdf_change_no_page(dos, cem_provincial):
    antes = de_ahora()
    acta, _nueva = hacer_acta(ambito=f.ambito(), pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)
    cierre, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    for documento in (acta, cierre):
        generar_pdf_de_cifras(documento_id=documento.pk)
    anular_cifras(documento_id=acta.pk, motivo="Se hizo dos veces", ahora=timezone.now())
    assert que_cambio(antes) == set()


def test_that_an_instancia_is_certified_or_is_no_more_changes_its_pages_and_no_other(dos):
    antes = de_ahora()
    documento, _nuevo = congelar_cifras(
        clase=DocumentoDeCifras.Clase.INSTANCIA,
        clave="instancia:1",
        territorios=[f.A],
        edicion_id=f.ambito().edicion_id,
        al=AYER,
        datos={"publico": {}, "cifras": {"ubigeo": f.A}},
        ahora=timezone.now(),
    )
    assert que_cambio(antes) == {f.A}
    antes = de_ahora()
    anular_cifras(documento_id=documento.pk, motivo="Ya no llega", ahora=timezone.now())
    assert que_cambio(antes) == {f.A}


def marcas_puestas() -> int:
    with connection.cursor() as cursor:
        return len(cambios.puestos(cursor))


@en_sqlite
def test_migrations_that_stop_before_what_the_marks_name_leave_none_and_do_not_fail(dos):
    quitar_marcas()
    todas = connection.introspection.table_names()
    for sin in (set(todas), {"kuska_seguimiento_cuentadecambios"}):
        with patch.object(connection.introspection, "table_names", return_value=[u for u in todas if u not in sin]):
            poner_al_terminar()
        assert marcas_puestas() == 0
    poner_al_terminar()
    assert marcas_puestas() > 40


@en_sqlite
def test_migrations_that_stop_before_a_column_that_the_marks_write_leave_none_and_do_not_fail(dos):
    quitar_marcas()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kuska_seguimiento_cuentadecambios DROP COLUMN recientes")
    poner_al_terminar()
    assert marcas_puestas() == 0


@en_sqlite
def test_the_migrations_of_another_database_touch_none_of_the_marks_of_this_one(dos):
    antes = de_ahora()
    quitar_antes_de_migrar(plan=[("una", False)], using="otra")
    assert que_cambio(antes) == set()
    quitar_marcas()
    poner_al_terminar(using="otra")
    assert marcas_puestas() == 0
    poner_marcas()
