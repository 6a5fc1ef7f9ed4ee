"""The pages of a change of authorities: choose, write who follows, see what would happen, confirm, take back."""

from __future__ import annotations

import re

import pytest

from instancias.models import Membresia, Persona, Relevo
from tests import gente
from tests.instancias.mesas import AHORA, ENERO, FIN, persona, quienes, sentada

pytestmark = [pytest.mark.usefixtures("territorio"), pytest.mark.un_motor]
LISTA = "/panel/relevo?desde=2027-01-01&calidad=titular&calidad=alterno"


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine):
    time_machine.move_to(AHORA)


@pytest.fixture
def cem(territorio, entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


@pytest.fixture
def asiento(territorio):
    uno = gente.crear_asiento("100605", orden=1, corto="Alcaldía")
    sentada(uno, persona("40000101", "Rosa", "Quispe Huamán"))
    sentada(uno, persona("40000102", "Juan", "Tello Ríos"), "alterno")
    return uno


def ocultos(texto: str) -> dict[str, str]:
    """What a page would send again without touching it."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', texto))


def escribir(cliente, **campos: str):
    """Fill the screen of seats as a person would: what was not touched goes as it came."""
    datos = ocultos(cliente.get(LISTA).content.decode())
    return cliente.post(LISTA, {**datos, **campos})


def confirmar(cliente, respuesta):
    return cliente.post(LISTA, {**ocultos(respuesta.content.decode()), "confirmar": "1"})


def nueva(prefijo: str, documento: str = "40000103") -> dict[str, str]:
    datos = {"que": "persona", "documento": documento, "nombres": "Inés", "apellidos": "Cárdenas Ñaupa"}
    return {f"{prefijo}-{campo}": valor for campo, valor in datos.items()}


def test_first_it_asks_what_changes_and_then_shows_who_is_there(cem, asiento):
    texto = cem.get("/panel/relevo?lugar=100605").content.decode()
    assert re.search(r'name="lugar" value="100605"[^>]* checked', texto)
    sin_dia = cem.get("/panel/relevo?desde=")
    assert sin_dia.status_code == 422 and "Escriba el primer día" in sin_dia.content.decode()
    texto = cem.get(LISTA).content.decode()
    assert "Hoy: Rosa Quispe Huamán" in texto and "Hoy: Juan Tello Ríos" in texto
    assert "Pasa a titular quien es alterno: Juan Tello Ríos" in texto


def test_a_seat_changes_in_two_pages_and_is_taken_back_the_same_day(cem, asiento):
    f = f"f{asiento.pk}t"
    antes = escribir(cem, **nueva(f), designacion="Credencial 01")
    texto = antes.content.decode()
    assert antes.status_code == 200 and "Todavía no se guardó nada" in texto
    assert "1 persona deja su asiento." in texto and "1 se registra por primera vez." in texto
    assert "conserva su avance y su certificado" in texto and "tareas y acuerdos" in texto
    assert not Relevo.objects.exists() and not Persona.objects.filter(documento="40000103").exists()
    hecho = confirmar(cem, antes)
    assert quienes(FIN) == {"40000101"} and quienes(ENERO) == {"40000103"}
    assert confirmar(cem, antes).url == hecho.url and Relevo.objects.count() == 1
    assert "Inés Cárdenas Ñaupa" in cem.get(hecho.url).content.decode()
    cem.post(hecho.url.replace("?", "/deshacer?"))
    assert "El cambio se deshizo" in cem.get(hecho.url).content.decode()
    assert quienes(ENERO) == {"40000101"} and not Persona.objects.filter(documento="40000103").exists()


def con_carne(prefijo: str, **otros: str) -> dict[str, str]:
    datos = {"documento": "", "carne": " 00-123 4567ab ", **otros}
    return nueva(prefijo) | {f"{prefijo}-{campo}": valor for campo, valor in datos.items()}


def test_who_has_a_foreigner_s_card_takes_a_seat_too(cem, asiento):
    f = f"f{asiento.pk}t"
    antes = escribir(cem, **con_carne(f))
    assert "Carné de extranjería 001234567AB" in antes.content.decode()
    assert confirmar(cem, antes).status_code == 302
    llega = Persona.objects.get(documento="001234567AB")
    assert llega.tipo_de_documento == "ce" and quienes(ENERO) == {"001234567AB"}


def test_of_who_is_known_the_card_is_enough(cem, asiento):
    otro = gente.crear_asiento("100605", orden=2, corto="Iglesia")
    conocida = persona("001234567", "Yenny", "Rivas Gil", tipo_de_documento="ce")
    sentada(otro, conocida)
    f = f"f{asiento.pk}t"
    confirmar(cem, escribir(cem, **con_carne(f, carne="001234567", nombres="", apellidos="")))
    assert Membresia.objects.filter(asiento=asiento, persona=conocida, desde=ENERO).exists()


def test_what_is_wrong_with_a_card_is_told_beside_it(cem, asiento):
    f = f"f{asiento.pk}t"
    corto = escribir(cem, **con_carne(f, carne="12")).content.decode()
    assert f'id="id_{f}-carne_error"' in corto and f'id="id_{f}-documento_error"' not in corto
    dos = escribir(cem, **con_carne(f, documento="40000103")).content.decode()
    assert "Escriba uno solo: el DNI o el carné de extranjería." in dos
    ninguno = escribir(cem, **con_carne(f, carne="")).content.decode()
    assert "Escriba el DNI de quien entra, o su carné de extranjería." in ninguno
    sentada(gente.crear_asiento("100605", orden=2), persona("001234567", tipo_de_documento="ce"))
    ajeno = escribir(cem, **con_carne(f, carne="001234567")).content.decode()
    assert f'id="id_{f}-carne_error"' in ajeno and "registrado con otro nombre" in ajeno


def test_the_alternate_passes_and_nobody_is_known_yet_for_the_other(cem, asiento):
    antes = escribir(cem, **{f"f{asiento.pk}t-que": "alterno", f"f{asiento.pk}a-que": "vacante"})
    assert "1 cambia de calidad." in antes.content.decode() and "Queda vacante" in antes.content.decode()
    confirmar(cem, antes)
    assert quienes(ENERO) == {"40000102"} and quienes(ENERO, "alterno") == set()


def test_who_changes_quality_is_not_told_as_somebody_who_leaves(cem, asiento):
    antes = escribir(cem, **{f"f{asiento.pk}t-que": "alterno"}, **nueva(f"f{asiento.pk}a"))
    texto = antes.content.decode()
    assert "1 persona deja su asiento." in texto and "1 cambia de calidad." in texto
    hecho = cem.get(confirmar(cem, antes).url).content.decode()
    entran, salen = hecho.split("<h2>Salen</h2>")
    assert "Juan Tello Ríos" in entran and "deja su otra calidad" in entran and "Juan Tello Ríos" not in salen


@pytest.mark.parametrize(
    ("dia", "dicho", "callado"),
    [
        ("2027-01-01", "quienes=por_empezar", "Invitar a quienes faltan"),
        ("2026-11-25", "Invitar a quienes faltan", "por_empezar"),
    ],
)
def test_what_follows_is_of_the_day_on_which_they_begin(cem, asiento, dia, dicho, callado):
    lista = f"/panel/relevo?desde={dia}&calidad=titular"
    datos = ocultos(cem.get(lista).content.decode()) | nueva(f"f{asiento.pk}t")
    antes = cem.post(lista, datos).content.decode()
    hecho = cem.get(cem.post(lista, {**ocultos(antes), "confirmar": "1"}).url).content.decode()
    assert dicho in hecho and callado not in hecho


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(cem, asiento):
    f = f"f{asiento.pk}t"
    mala = escribir(cem, **{**nueva(f), f"{f}-apellidos": ""})
    texto = mala.content.decode()
    assert mala.status_code == 422
    assert f'<a href="#id_{f}-apellidos">Luyando · Alcaldía: Escriba los nombres y los apellidos' in texto
    assert 'value="40000103"' in texto and f'id="id_{f}-apellidos_error"' in texto
    otra = escribir(cem, **{**nueva(f), f"{f}-que": "sigue"}).content.decode()
    assert "Escribió a una persona: elija «Entra otra persona» o borre lo escrito." in otra
    nada = escribir(cem)
    assert nada.status_code == 422 and "No hay nada que cambiar" in nada.content.decode()


def test_back_to_mend_keeps_what_was_typed_and_what_was_not_touched(cem, asiento):
    antes = escribir(cem, **nueva(f"f{asiento.pk}t"))
    datos = {**ocultos(antes.content.decode()), "corregir": "1"}
    texto = cem.post(LISTA, datos).content.decode()
    assert 'value="40000103"' in texto and "Todavía no se guardó nada" not in texto
    otra_vez = {**ocultos(texto), **nueva(f"f{asiento.pk}t"), f"f{asiento.pk}a-que": "vacante"}
    assert confirmar(cem, cem.post(LISTA, otra_vez)).status_code == 302


def test_who_changed_meanwhile_is_not_ended_by_an_old_screen(cem, asiento):
    antes = escribir(cem, **nueva(f"f{asiento.pk}t"))
    Membresia.objects.filter(persona__documento="40000101").update(hasta=FIN)
    sentada(asiento, persona("40000109", "Luz", "Paredes"), desde=ENERO)
    respuesta = confirmar(cem, antes)
    assert respuesta.status_code == 422 and "Mientras tanto cambió quien ocupa" in respuesta.content.decode()
    assert quienes(ENERO) == {"40000109"}


def test_a_coordinator_sees_only_the_seats_and_the_changes_of_the_place(cem, asiento, entrar):
    hecho = confirmar(cem, escribir(cem, **nueva(f"f{asiento.pk}t")))
    ajena = entrar(gente.crear_coordinacion("coordina-a", "100601"))
    assert "Rosa Quispe" not in ajena.get(LISTA).content.decode()
    deshacer = hecho.url.replace("?", "/deshacer?")
    assert ajena.get(hecho.url).status_code == ajena.post(deshacer).status_code == 404


def test_the_screen_of_seats_costs_the_same_whatever_their_number(cem, asiento, presupuesto):
    with presupuesto(15):
        cem.get(LISTA)
    for numero in range(2, 30):
        sentada(gente.crear_asiento("100605", orden=1, numero=numero), persona(f"4100{numero:04}"))
    with presupuesto(15):
        assert cem.get(LISTA).status_code == 200
