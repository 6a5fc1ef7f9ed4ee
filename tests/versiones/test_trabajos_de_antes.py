"""The files that were asked for before long works were of everybody go on under them, row by row, on both engines."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from instancias.consultas.trabajos import por_seguir
from instancias.models import Trabajo
from instancias.trabajos import clase_de
from marco.models import Encargo
from marco.respaldo.comprobar import conectada_a
from seguimiento.services.archivos import LibroDeAvance, LibroDeInforme
from tests.plantilla import recordando_lo_intercambiable
from tests.versiones.test_subir_de_version import VERSIONES, puesta, subir

ANTES = [
    ("kuska_seguimiento", "0014_cortes_de_un_archivo"),
    ("kuska_instancias", "0012_trabajos_largos"),
    ("kuska_marco", "0011_lo_que_se_vio"),
]
AHORA = datetime.datetime(2026, 11, 29, 15, tzinfo=datetime.UTC)
UNA_HORA = datetime.timedelta(hours=1)
# How each one was: what was asked for, and what its columns said.
PEDIDOS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Uno que espera": ({"informe": {"nombre": "Uno que espera"}}, {"estado": "pedido"}),
    "Uno que alguien hacía": (
        {"avance": {"edicion": 7, "al": ""}},
        {"estado": "haciendo", "turno": "suyo", "hechas": 3},
    ),
    "Uno listo": (
        {"informe": {"nombre": "Uno listo"}},
        {"estado": "listo", "ruta": "de_un_dia/uno.xlsx", "bytes": 900, "listo_en": AHORA, "de_quienes": [4, 9]},
    ),
    "Uno detenido": ({"avance": {"edicion": 7, "al": "2026-09-30"}}, {"estado": "detenido"}),
    "Uno que fue demasiado": ({"informe": {}}, {"estado": "fallido", "cortes": 2}),
}


def llevar_a(destino: list[tuple[str, str]]) -> Any:
    with recordando_lo_intercambiable():
        return MigrationExecutor(connection).migrate(destino).apps


@pytest.mark.django_db(transaction=True)
def test_files_that_were_asked_for_are_works_and_nobody_goes_on_with_them_under_their_former_name(tmp_path):
    with puesta(VERSIONES[-1], tmp_path) as ajustes, conectada_a(ajustes):
        de_antes = llevar_a(ANTES)
        cuenta = de_antes.get_model("cms", "Cuenta").objects.create(username="pide", password="sin-usar")
        pedir, claves = de_antes.get_model("kuska_seguimiento", "ArchivoPedido").objects.create, {}
        for titulo, (pedido, campos) in PEDIDOS.items():
            claves[titulo] = uuid.uuid4()
            pedir(
                **{
                    "clave": claves[titulo],
                    "cuenta": cuenta,
                    "titulo": titulo,
                    "nombre": "uno.xlsx",
                    "pedido": pedido,
                    "ambito": ["1006"],
                    "total": 9,
                    "pedido_en": AHORA,
                    "latido_en": AHORA,
                    "vence_en": AHORA + 24 * UNA_HORA,
                    **campos,
                }
            )
        encargos = de_antes.get_model("kuska_marco", "Encargo").objects
        tareas = ("seguimiento.escribir_archivo", "seguimiento.seguir_archivos", "cursos.otra")
        claves_de_cola = [f"de-antes-{n}" for n, _tarea in enumerate(tareas)]
        for n, tarea in enumerate(tareas):
            encargos.create(clave=claves_de_cola[n], tarea=tarea, argumentos=[n], pedido_en=AHORA, proximo_en=AHORA)
        subir()

        assert "kuska_seguimiento_archivopedido" not in connection.introspection.table_names()
        assert set(Trabajo.objects.filter(cuenta__username="pide").values_list("titulo", flat=True)) == set(PEDIDOS)
        for titulo, (pedido, campos) in PEDIDOS.items():
            uno = Trabajo.objects.get(titulo=titulo)
            dice = {"hechas": 0, "ruta": "", "bytes": 0, "listo_en": None, "de_quienes": [], "cortes": 0, **campos}
            dice["turno"] = ""  # whoever was at it finds that it is not its any more
            assert {campo: getattr(uno, campo) for campo in dice} == dice, titulo
            assert (uno.clave, uno.pedido, uno.ambito, uno.total) == (claves[titulo], pedido, ["1006"], 9)
            assert (uno.cuenta, uno.nombre) == (get_user_model().objects.get(username="pide"), "uno.xlsx")
            assert (uno.pedido_en, uno.vence_en) == (AHORA, AHORA + 24 * UNA_HORA)
            assert isinstance(clase_de(uno), LibroDeAvance if "avance" in pedido else LibroDeInforme)
        siguen = Trabajo.objects.filter(cuenta__username="pide", pk__in=por_seguir(ahora=AHORA + UNA_HORA))
        assert set(siguen.values_list("titulo", flat=True)) == {"Uno que espera", "Uno que alguien hacía"}
        assert list(Encargo.objects.filter(clave__in=claves_de_cola).values_list("tarea", flat=True)) == ["cursos.otra"]
        assert Trabajo.objects.get(titulo="Uno que fue demasiado").es_demasiado
