"""A closing while a list of people is being saved, on two real connections: all of it or nothing, and never by half."""

from __future__ import annotations

import datetime
import threading
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from instancias.models import ImportacionDePadron, Membresia
from seguimiento.cifras_de_cierre import cifras_contadas
from seguimiento.consultas import cifras
from seguimiento.services.cierres import CierreError, cerrar, cerrar_provincia
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def con_gente(territorio):
    """Somebody who sits at each of two tables, before any list."""
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion, codigo="T-01")
    f.integrante(f.B, edicion, codigo="T-01")


def asentar(cuantas: int = 6) -> None:
    """What a list writes: people and seats of yesterday and before, in one transaction."""
    with transaction.atomic():
        for n in range(1, cuantas + 1):
            f.sentar(f.crear_asiento(f.A, "T-01", numero=n + 1), f"De la lista {n}", desde=AYER)


def test_a_list_that_is_saved_in_the_middle_of_the_count_is_in_none_of_its_figures(con_gente, cem_provincial):
    """Between two questions of the count another connection saves a list: PostgreSQL counts what was there at the first
    one, SQLite keeps whoever writes waiting until it has counted."""
    despues = threading.Event()

    def guardar() -> None:
        try:
            asentar()
        finally:
            connection.close()
            despues.set()

    hilo = threading.Thread(target=guardar)
    de_siempre = cifras.asientos_contados

    def en_medio(*args, **kwargs):
        if hilo.ident is None:
            hilo.start()
            despues.wait(30 if connection.vendor == "postgresql" else 0.5)
        return de_siempre(*args, **kwargs)

    with patch("seguimiento.consultas.cifras.asientos_contados", en_medio):
        cierre, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    hilo.join(60)
    cerradas = cierre.datos["cifras"]
    assert (cerradas["total"]["integrantes"], len(cerradas["asientos"])) == (2, 2)
    assert sum(una["integrantes"] for una in cerradas["instancias"]) == 2
    assert sum(una["asientos"] for una in cerradas["instancias"]) == 2
    assert Membresia.objects.count() == 8
    de_ahora = cifras_contadas(f.ambito().al_dia(AYER))
    assert (de_ahora["total"]["integrantes"], len(de_ahora["asientos"])) == (8, 8)


@pytest.mark.parametrize("fase", ["guardar", "deshacer"])
def test_while_a_long_list_is_saved_by_lots_nothing_is_closed_and_it_is_said(con_gente, entrar, cem_provincial, fase):
    ImportacionDePadron.objects.create(
        archivo="lista.xlsx", ambito=["10"], fase=fase, latido_en=timezone.now(), subida_en=timezone.now()
    )
    with pytest.raises(CierreError) as error:
        cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    assert error.value.codigo == "lista_a_medias"
    pagina = entrar(cem_provincial).post("/panel/cierres/nuevo", {"al": AYER.isoformat()}).content.decode()
    assert "se guarda una lista de personas" in pagina
    assert not DocumentoDeCifras.objects.exists()
    de_la_provincia = {"al": AYER.isoformat(), "territorios": [f.PROVINCIA], "ahora": timezone.now()}
    assert cerrar_provincia(edicion_id=f.ambito().edicion_id, **de_la_provincia) is None
    ImportacionDePadron.objects.update(fase="")
    assert cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)[1]


@pytest.mark.parametrize(
    "campos",
    [
        {"ambito": ["1501"]},
        {"detenida": True},
        {"latido_en": timezone.now() - datetime.timedelta(hours=2)},
        {"fase": "revisar"},
    ],
    ids=["of another province", "stopped", "that nobody goes on with", "that saves nothing yet"],
)
def test_another_list_keeps_nobody_from_closing(con_gente, cem_provincial, campos):
    ImportacionDePadron.objects.create(
        **{
            "archivo": "lista.xlsx",
            "ambito": ["1006"],
            "fase": "guardar",
            "latido_en": timezone.now(),
            "subida_en": timezone.now(),
            **campos,
        }
    )
    assert cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)[1]
