"""Pages by key: every row once, whoever comes or goes between one page and the next."""

from __future__ import annotations

import pytest
from django.db import transaction

from instancias.models import Membresia
from seguimiento.models import Recordatorio
from seguimiento.views.paginas import POR_PAGINA
from tests import gente
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


def recorrer(cliente, direccion, lista, *, hacia="tras", entre=None):
    """Follow the pages to the end; ``entre`` is done after the first one."""
    vistas, clave, vueltas = [], "", 0
    while vueltas < 10:
        pagina = cliente.get(f"{direccion}{clave}").context["pagina"]
        vistas.append([fila.id for fila in pagina.filas])
        vueltas += 1
        if not getattr(pagina, hacia):
            return vistas, clave
        clave = f"&{hacia}={getattr(pagina, hacia)}"
        if entre and vueltas == 1:
            entre()
    raise AssertionError(vistas)


@pytest.fixture(scope="class")
def sesenta(django_db_setup, django_db_blocker):
    """Sixty people with few different names, who stopped on few different days. Made once for all."""
    with django_db_blocker.unblock(), transaction.atomic():
        gente.crear_territorio()
        f.crear_tercer_distrito()
        edicion = f.abrir(f.crear_curso())
        yield (
            edicion,
            [
                f.integrante(f.A, edicion, codigo="T-04", numero=n, nombres=f"Ana {n % 3}", hechas=1, dias=20 + n % 4)
                for n in range(1, 61)
            ],
        )
        transaction.set_rollback(True)


class TestDeSesenta:
    @pytest.fixture
    def edicion(self, sesenta):
        return sesenta[0]

    @pytest.fixture
    def gente_de_a(self, sesenta):
        return sesenta[1]

    @pytest.mark.parametrize(
        "direccion",
        [
            "/panel/lista?ver=sin_actividad",
            "/panel/lista?ver=integrantes",
            "/panel/lista?ver=asientos",
            "/panel/recordar?",
        ],
    )
    def test_each_row_comes_once_there_and_back(self, gente_de_a, entrar, cem_provincial, direccion):
        cliente = entrar(cem_provincial)
        vistas, ultima = recorrer(cliente, direccion, gente_de_a)
        todas = [fila for pagina in vistas for fila in pagina]
        assert len(todas) == len(set(todas)) == 60
        assert [len(pagina) for pagina in vistas] == [POR_PAGINA, POR_PAGINA, 60 - 2 * POR_PAGINA]
        primera = cliente.get(f"{direccion}{ultima}").context["pagina"].antes
        atras = cliente.get(f"{direccion}&antes={primera}").context["pagina"]
        assert [fila.id for fila in atras.filas] == vistas[1]
        assert atras.antes and atras.tras

    def test_who_was_told_meanwhile_takes_nobody_out_of_the_next_page(self, gente_de_a, entrar, cem_provincial):
        cliente = entrar(cem_provincial)
        primera = cliente.get("/panel/recordar").context["pagina"].filas

        def avisar():
            for fila in primera:
                cliente.post("/panel/recordar/avise", {"persona": fila.id, "motivo": "detenido"})

        vistas, _ultima = recorrer(cliente, "/panel/recordar?", gente_de_a, entre=avisar)
        assert sorted(fila for pagina in vistas for fila in pagina) == sorted(una.pk for una in gente_de_a)
        assert Recordatorio.objects.count() == POR_PAGINA

    def test_who_left_or_came_meanwhile_moves_no_row(self, gente_de_a, edicion, entrar, cem_provincial):
        def cambiar():
            Membresia.objects.filter(persona__in=gente_de_a[:3]).delete()
            f.integrante(f.A, edicion, codigo="T-09", nombres="Aaa", hechas=1, dias=30)

        vistas, _ultima = recorrer(entrar(cem_provincial), "/panel/lista?ver=pendientes", gente_de_a, entre=cambiar)
        todas = [fila for pagina in vistas for fila in pagina]
        assert len(todas) == len(set(todas))
        assert set(todas) >= {una.pk for una in gente_de_a[3:]}

    @pytest.mark.parametrize(
        "clave", ["x", "1-2", "-1", "9" * 30, "1-99999999999999999999-3", "1-2147483647-2147483647-1", "0"]
    )
    def test_a_key_that_cannot_be_read_is_the_beginning_or_the_end(self, gente_de_a, entrar, cem_provincial, clave):
        cliente = entrar(cem_provincial)
        for direccion in ("/panel/recordar?", "/panel/lista?ver=integrantes", "/panel/lista?ver=asientos"):
            for hacia in ("tras", "antes"):
                assert cliente.get(f"{direccion}&{hacia}={clave}").status_code == 200


def test_each_row_of_a_list_ends_in_an_act(edicion, entrar, cem_provincial):
    f.integrante(f.A, edicion, nombres="Rosa", hechas=1, dias=20)
    f.integrante(f.B, edicion, nombres="Luz", hechas=4)
    pagina = entrar(cem_provincial).get("/panel/lista?ver=integrantes").content.decode()
    assert "https://wa.me/51987654321?text=Buenos" in pagina
    assert "Ver su avance" in pagina
