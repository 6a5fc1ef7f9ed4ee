"""Actas and closings of many instancias: made apart, frozen once whatever falls, stopped without spending a number."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from certificados.models import ContadorDeRegistro, DocumentoDeCifras
from instancias.consultas.trabajos import por_seguir
from instancias.models import Alcance, ImportacionDePadron, Trabajo
from instancias.services import trabajos
from seguimiento.services import papeles_largos
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
Estado = Trabajo.Estado
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def largos(monkeypatch):
    """One instancia is many."""
    monkeypatch.setattr(papeles_largos, "LARGO", 0)


@pytest.fixture(autouse=True)
def encolados(monkeypatch):
    pedidos: list[int] = []
    monkeypatch.setattr("instancias.tasks.encolar", lambda _tarea, numero: pedidos.append(numero))
    return pedidos


@pytest.fixture
@hecho_una_vez
def poblada(edicion):
    for numero in range(1, 7):
        f.integrante(f.A, edicion, numero=numero, hechas=4, dias=3)
    return edicion


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


def pedida(oficina, clase="acta") -> Trabajo:
    datos = {
        "acta": (
            "/panel/actas/nueva",
            {"operacion": str(uuid.uuid4()), "acuerdo": "Volver a reunirse.", "asistentes": "Rosa"},
        ),
        "cierre": ("/panel/cierres/nuevo", {"al": AYER.isoformat()}),
    }
    respuesta = oficina.post(*datos[clase])
    trabajo = Trabajo.objects.first()
    assert respuesta.headers["Location"] == f"/panel/trabajos/{trabajo.clave}"
    return trabajo


def hecho(trabajo: Trabajo) -> Trabajo:
    trabajos.hacer(trabajo_id=trabajo.pk)
    trabajo.refresh_from_db()
    return trabajo


@pytest.mark.parametrize("clase", ["acta", "cierre"])
def test_it_is_followed_and_leads_to_its_document(poblada, oficina, clase, encolados):
    trabajo = pedida(oficina, clase)
    assert encolados == [trabajo.pk] and not DocumentoDeCifras.objects.exists()
    assert "Detener" in oficina.get(f"/panel/trabajos/{trabajo.clave}").text
    documento = DocumentoDeCifras.objects.get(pk=hecho(trabajo).resultado["documento"])
    pagina = oficina.get(f"/panel/trabajos/{trabajo.clave}").text
    assert f'href="/panel/actas/{documento.pk}"' in pagina and documento.clase == clase
    assert bool(documento.pdf) == (clase == "acta")  # ready before anybody asks for it
    assert oficina.get(f"/panel/actas/{documento.pk}/xlsx").status_code == 200
    assert not trabajos.hacer(trabajo_id=trabajo.pk) and DocumentoDeCifras.objects.count() == 1


def test_what_was_typed_for_an_acta_goes_with_it_and_stays_nowhere_else(poblada, oficina):
    trabajo = hecho(pedida(oficina))
    assert "Volver a reunirse." in oficina.get(f"/panel/actas/{trabajo.resultado['documento']}").text
    assert set(trabajo.pedido["acta"]) == {"operacion"}


@pytest.mark.parametrize("clase", ["acta", "cierre"])
def test_stopped_while_it_counts_there_is_no_document_and_no_number_is_spent(poblada, oficina, clase, monkeypatch):
    trabajo = pedida(oficina, clase)
    contar = papeles_largos.ediciones_del

    def y_se_detiene(alcance):
        oficina.post(f"/panel/trabajos/{trabajo.clave}/detener")
        return contar(alcance)

    monkeypatch.setattr(papeles_largos, "ediciones_del", y_se_detiene)
    assert hecho(trabajo).estado == Estado.DETENIDO
    assert not DocumentoDeCifras.objects.exists() and not ContadorDeRegistro.objects.exists()
    monkeypatch.setattr(papeles_largos, "ediciones_del", contar)
    assert hecho(pedida(oficina, clase)).estado == Estado.LISTO and ContadorDeRegistro.objects.get().ultimo == 1


def test_whose_scope_ended_meanwhile_makes_none(poblada, oficina, cem_provincial):
    trabajo = pedida(oficina)
    Alcance.objects.filter(cuenta=cem_provincial).update(territorio=f.A)
    assert hecho(trabajo).estado == Estado.FALLIDO and "ya no está a su cargo" in trabajo.motivo
    assert not DocumentoDeCifras.objects.exists()


@pytest.mark.parametrize(("detenida", "dice"), [(False, "se guarda o se deshace"), (True, "quedó a medias")])
@pytest.mark.parametrize("clase", ["acta", "cierre"])
def test_while_a_list_is_by_half_it_waits_with_what_was_typed_and_goes_on_when_it_is_whole(
    poblada, oficina, clase, detenida, dice
):
    ahora, trabajo = timezone.now(), pedida(oficina, clase)
    lista = ImportacionDePadron.objects.create(
        archivo="lista.xlsx", ambito=[f.PROVINCIA], fase="guardar", detenida=detenida, latido_en=ahora, subida_en=ahora
    )
    Trabajo.objects.update(vence_en=ahora + datetime.timedelta(seconds=1))  # asked for almost a day ago
    assert not trabajos.hacer(trabajo_id=trabajo.pk)
    pedido, trabajo = trabajo.pedido, hecho(trabajo)
    assert (trabajo.estado, trabajo.pedido, trabajo.turno) == (Estado.PEDIDO, pedido, "")
    un_rato = timezone.now() + datetime.timedelta(minutes=2)
    assert trabajos.barrer(ahora=un_rato) == 0 and por_seguir(ahora=un_rato) == [trabajo.pk]
    pagina = oficina.get(f"/panel/trabajos/{trabajo.clave}").text
    assert dice in pagina and "sigue solo" in pagina and "Detener" in pagina
    assert "En espera" in oficina.get("/panel/trabajos").text
    assert not DocumentoDeCifras.objects.exists() and not ContadorDeRegistro.objects.exists()
    ImportacionDePadron.objects.filter(pk=lista.pk).update(fase="")
    trabajo = hecho(trabajo)
    assert (trabajo.estado, trabajo.motivo) == (Estado.LISTO, "")
    if clase == "acta":
        assert "Volver a reunirse." in oficina.get(f"/panel/actas/{trabajo.resultado['documento']}").text


def test_what_has_nothing_to_say_is_told_with_its_reason(poblada, oficina, monkeypatch):
    trabajo = pedida(oficina)
    monkeypatch.setattr(papeles_largos, "ediciones_del", lambda _alcance: ())
    assert hecho(trabajo).motivo.startswith("Todavía no hay una edición abierta")
    assert "Todavía no hay una edición abierta" in oficina.get(f"/panel/trabajos/{trabajo.clave}").text


def test_a_day_without_a_closing_is_refused_before_it_becomes_work(poblada, oficina):
    pagina = oficina.post("/panel/cierres/nuevo", {"al": timezone.localdate().isoformat()})
    assert "todavía no termina" in pagina.text and not Trabajo.objects.exists()


def test_of_one_instancia_it_is_made_at_once(poblada, oficina):
    respuesta = oficina.post(f"/panel/actas/nueva?instancia={f.A}", {"operacion": str(uuid.uuid4())})
    assert respuesta.headers["Location"] == f"/panel/actas/{DocumentoDeCifras.objects.get().pk}"
