"""The same act at the same time: real threads and real processes on the same database."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from certificados import services
from certificados.models import ActoDeCertificado, Certificado
from tests.certificados import factories
from tests.paciencia import PACIENCIA

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db(transaction=True)
HILOS = 6


def a_la_vez(actos: list[Callable[[], Any]]) -> list[Any]:
    """Run every act in its own thread and connection, starting together; errors come back as values."""
    salida = threading.Barrier(len(actos))

    def correr(acto: Callable[[], Any]) -> Any:
        try:
            salida.wait(PACIENCIA)
            return acto()
        except services.CertificadoError as error:
            return error.codigo
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actos)) as hilos:
        return list(hilos.map(correr, actos))


def test_same_person_from_many_threads_gets_one(terminada):
    hechos = a_la_vez([lambda: services.emitir(inscripcion_id=terminada.pk, ahora=AHORA).pk] * HILOS)
    assert set(hechos) == {Certificado.objects.get().pk}
    assert ActoDeCertificado.objects.count() == 1


def test_many_people_at_once_get_different_numbers(curso, plantilla):
    inscripciones = factories.crear_muchos(curso, HILOS)
    a_la_vez([lambda pk=i.pk: services.emitir(inscripcion_id=pk, ahora=AHORA) for i in inscripciones])
    assert sorted(Certificado.objects.values_list("numero", flat=True)) == list(range(1, HILOS + 1))


def test_batches_that_overlap_issue_each_person_once(curso, plantilla):
    ids = [inscripcion.pk for inscripcion in factories.crear_muchos(curso, 30)]
    lotes = [ids[n * 4 : n * 4 + 14] for n in range(4)]
    a_la_vez([lambda lote=lote: services.emitir_en_lote(inscripcion_ids=lote, ahora=AHORA) for lote in lotes])
    emitidos = {pk for lote in lotes for pk in lote}
    assert Certificado.objects.vigentes().count() == len(emitidos)
    assert ActoDeCertificado.objects.count() == len(emitidos)


def test_annulling_and_correcting_at_once_only_one_wins(certificado, coordinadora_a, cem_provincial):
    def anular(por):
        return services.anular(certificado_id=certificado.pk, motivo="x", por=por, ahora=AHORA).estado

    def corregir(por):
        return services.reemplazar(
            certificado_id=certificado.pk, nombre="Rosa E.", motivo="x", por=por, ahora=AHORA
        ).estado

    hechos = a_la_vez([lambda q=q, f=f: f(q) for q in (coordinadora_a, cem_provincial) for f in (anular, corregir)])
    assert hechos.count("no_vigente") == 3
    assert Certificado.objects.vigentes().count() <= 1
    certificado.refresh_from_db()
    assert certificado.estado != Certificado.Estado.VIGENTE


def test_two_workers_compose_one_file(certificado):
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")
    hechos = a_la_vez([lambda: services.generar_pdf(certificado_id=certificado.pk)] * 4)
    assert hechos.count(True) == 1
    certificado.refresh_from_db()
    assert services.componer(certificado).startswith(b"%PDF")


# One reads the site, as a web server does before it divides itself, and the rest are processes of their own.
PROGRAMA = """
import django, datetime, os, sys
django.setup()
from certificados import services
ahora = datetime.datetime(2026, 11, 30, 15, tzinfo=datetime.UTC)
espera, salida = os.pipe()
hijos = []
for _vez in range(3):
    hijos.append(os.fork())
    if not hijos[-1]:
        try:
            os.close(salida)
            os.read(espera, 1)
            os.write(1, f"{services.emitir(inscripcion_id=int(sys.argv[1]), ahora=ahora).registro}\\n".encode())
        finally:
            os._exit(0)
os.close(salida)
for hijo in hijos:
    os.waitpid(hijo, 0)
"""


def test_two_processes_issue_one(terminada, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the test database of the other engine has another name")
    entorno = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "KUSKA_VAR": str(tmp_path),
    }
    orden = [sys.executable, "-c", PROGRAMA, str(terminada.pk)]
    fin = subprocess.run(orden, env=entorno, capture_output=True, text=True, check=False, timeout=PACIENCIA)
    assert fin.stdout == "0001-2026\n" * 3, fin.stderr
    assert Certificado.objects.count() == 1
