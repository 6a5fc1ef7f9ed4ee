"""A closing while a list of people is being saved, on two real connections: all of it or nothing, and never by half."""

from __future__ import annotations

import datetime
import threading
import uuid
from importlib import import_module
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from cursos.models import Edicion
from instancias.models import FilaDePadron, ImportacionDePadron, Membresia
from marco.errores import ErrorDeDominio
from seguimiento.cifras_de_cierre import cifras_contadas
from seguimiento.consultas import cifras
from seguimiento.consultas.a_medias import ListaAMedias
from seguimiento.models import BarraDeInstancia, ConteoDeRasgo, Publicacion
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar, cerrar_provincia
from seguimiento.services.instancias import certificar_instancia, revisar_instancias
from seguimiento.services.publicacion import publicar_cortes
from seguimiento.services.rasgos import contar_rasgos
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
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
    """Between two questions of the count another connection saves a list, and is kept from it by nobody: what is
    counted is what was there at the first one."""
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
            assert despues.wait(15), "whoever writes waited until it was counted"
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
    with pytest.raises(ListaAMedias) as error:
        cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    assert error.value.codigo == "lista_a_medias"
    pagina = entrar(cem_provincial).post("/panel/cierres/nuevo", {"al": AYER.isoformat()}).content.decode()
    assert "se guarda o se deshace una lista de personas" in pagina
    assert not DocumentoDeCifras.objects.exists()
    de_la_provincia = {"al": AYER.isoformat(), "territorios": [f.PROVINCIA], "ahora": timezone.now()}
    assert cerrar_provincia(edicion_id=f.ambito().edicion_id, **de_la_provincia) is None
    ImportacionDePadron.objects.update(fase="")
    assert cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)[1]


@pytest.mark.parametrize(
    "campos",
    [
        {"ambito": ["1501"]},
        {"fase": "revisar"},
        {"fase": "leer", "detenida": True},
    ],
    ids=["of another province", "that saves nothing yet", "that stopped before it saved anything"],
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


def lista(*, filas: tuple[str, ...] = (), hace: float = 0, **campos) -> ImportacionDePadron:
    """A list that is being saved, of somebody of the province, with rows of these places."""
    ahora = timezone.now()
    una = ImportacionDePadron.objects.create(
        **{
            "archivo": "lista.xlsx",
            "ambito": ["1006"],
            "fase": "guardar",
            "latido_en": ahora - datetime.timedelta(hours=hace),
            "subida_en": ahora,
            **campos,
        }
    )
    FilaDePadron.objects.bulk_create(
        FilaDePadron(importacion=una, orden=n, fila=n, territorio=ubigeo) for n, ubigeo in enumerate(filas)
    )
    return una


def del_calendario() -> int | None:
    return cerrar_provincia(
        edicion_id=f.ambito().edicion_id, al=AYER.isoformat(), territorios=[f.PROVINCIA], ahora=timezone.now()
    )


@pytest.mark.parametrize("fase", ["guardar", "deshacer"])
def test_a_list_that_stopped_by_half_is_waited_for_until_somebody_goes_on_with_it_or_leaves_it(
    con_gente, entrar, cem_provincial, fase
):
    """Two days off, and then felled by an error: by the calendar, by hand, and of every paper."""
    una, cliente = lista(hace=48, fase=fase), entrar(cem_provincial)
    assert del_calendario() is None
    ImportacionDePadron.objects.filter(pk=una.pk).update(detenida=True)
    assert del_calendario() is None
    for direccion, datos in (
        ("/panel/cierres/nuevo", {"al": AYER.isoformat()}),
        ("/panel/actas/nueva", {"operacion": str(uuid.uuid4()), "acuerdo": "Volver a reunirse."}),
        (f"/panel/distrito/{f.A}/certificar", {}),
    ):
        pagina = cliente.post(direccion, datos, follow=True).text
        assert "quedó a medias" in pagina and "Subir una lista" in pagina, direccion
    assert "Volver a reunirse." in cliente.post("/panel/actas/nueva", {"acuerdo": "Volver a reunirse."}).text
    assert contar_rasgos(ahora=timezone.now()) == 0 == ConteoDeRasgo.objects.count()
    assert not DocumentoDeCifras.objects.exists()
    ImportacionDePadron.objects.filter(pk=una.pk).update(fase="")
    assert del_calendario() is not None and contar_rasgos(ahora=timezone.now()) > 0


@pytest.mark.parametrize(
    ("filas", "se_espera"),
    [((f.A, f.B), True), (("010101",), False), ((), True)],
    ids=["with people of here", "with people of another place", "that says no place"],
)
def test_a_list_keeps_from_closing_the_places_of_its_rows_and_no_other(con_gente, cem_provincial, filas, se_espera):
    lista(filas=filas, ambito=["01", "10"])
    if not se_espera:
        assert cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)[1]
        return
    with pytest.raises(ListaAMedias):
        cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)


def test_a_closing_that_is_made_is_given_while_a_list_is_saved_and_nothing_is_counted(con_gente, cem_provincial):
    hecho, _nuevo = cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial)
    lista()
    with patch("seguimiento.services.cierres.cifras_de_cierre.cifras_contadas") as contar:
        assert cerrar(ambito=f.ambito(), al=AYER, por=cem_provincial) == (hecho, False)
        with pytest.raises(ListaAMedias):
            cerrar(ambito=f.ambito(), al=AYER - datetime.timedelta(days=1), por=cem_provincial)
    assert not contar.called


def test_no_acta_nor_certificate_nor_month_is_of_half_a_list(con_gente, cem_provincial):
    una, ambito = lista(), f.ambito()
    for hacer in (
        lambda: hacer_acta(ambito=ambito, pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial),
        lambda: certificar_instancia(ambito=ambito.en(f.A), por=cem_provincial),
    ):
        with pytest.raises(ErrorDeDominio) as error:
            hacer()
        assert error.value.codigo == "lista_a_medias"
    with (
        patch("seguimiento.services.actas.cifras_de") as de_un_acta,
        patch("seguimiento.services.instancias.cifras_de") as de_una_instancia,
        pytest.raises(ListaAMedias),
    ):
        try:
            hacer_acta(ambito=ambito, pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)
        finally:
            certificar_instancia(ambito=ambito.en(f.A), por=cem_provincial)
    assert not de_un_acta.called and not de_una_instancia.called, "nothing is counted to be thrown away"
    un_mes_despues = timezone.now() + datetime.timedelta(days=40)
    assert publicar_cortes(ahora=un_mes_despues) == 0
    ImportacionDePadron.objects.filter(pk=una.pk).update(fase="")
    cortes = publicar_cortes(ahora=un_mes_despues)
    assert cortes == Publicacion.objects.count() > 0


def test_no_certificate_falls_by_half_a_list(con_gente, cem_provincial):
    BarraDeInstancia.objects.create(distrital=1)
    silla = Membresia.objects.get(asiento__instancia__territorio=f.A)
    silla.persona.inscripciones.all().delete()
    f.inscribir(silla.persona, Edicion.objects.get(), hechas=4)
    hecho, _nuevo = certificar_instancia(ambito=f.ambito().en(f.A), por=cem_provincial)
    Membresia.objects.filter(pk=silla.pk).update(hasta=AYER)
    una = lista(filas=(f.A,), hace=48)
    assert revisar_instancias(ahora=timezone.now()) == []
    ImportacionDePadron.objects.filter(pk=una.pk).update(fase="")
    assert revisar_instancias(ahora=timezone.now()) == [hecho.pk]


@pytest.mark.parametrize(
    ("acto", "pregunta"),
    [
        (lambda: publicar_cortes(ahora=timezone.now() + datetime.timedelta(days=40)), "publicacion.asientos_contados"),
        (lambda: contar_rasgos(ahora=timezone.now()), "rasgos.contar_origenes"),
        (lambda: contar_rasgos(ahora=timezone.now()), "rasgos.contar_sexos"),
    ],
    ids=["the open months", "what they said of their origin", "what they said of their sex"],
)
def test_what_the_clock_keeps_is_of_one_moment_too_and_keeps_nobody_from_writing(con_gente, acto, pregunta):
    """While it counts another connection sits people down: it is done at once, and none of them is counted."""
    de_siempre = getattr(import_module(f"seguimiento.services.{pregunta.split('.')[0]}"), pregunta.split(".")[1])
    vistas: list[tuple[int, int]] = []

    def guardar() -> None:
        try:
            asentar(2)
        finally:
            connection.close()

    def en_medio(*args, **kwargs):
        antes = Membresia.objects.count()
        if not vistas:
            hilo = threading.Thread(target=guardar)
            hilo.start()
            hilo.join(15)
            assert not hilo.is_alive(), "whoever writes waited until it was counted"
        vistas.append((antes, Membresia.objects.count()))
        return de_siempre(*args, **kwargs)

    with patch(f"seguimiento.services.{pregunta}", en_medio):
        acto()
    assert vistas[0] == (2, 2) and Membresia.objects.count() == 4
