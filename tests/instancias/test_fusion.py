"""Two registers of one person made one: seats, details, ways in; and taken apart again."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.acceso.services.cuenta import confirmar_datos, seguir_sin_aceptar
from instancias.acceso.services.enlaces import (
    EnlaceError,
    buscar_enlace,
    consumir_enlace,
    crear_enlace,
    dueno_del_usado,
    mirar_enlace,
)
from instancias.acceso.services.entrada import EntradaError, autenticar
from instancias.fusiones import partes, sin_atender
from instancias.models import Consentimiento, EnvioPorCorreo, Fusion, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from instancias.services.fusion import planear_fusion
from instancias.services.fusion_deshecha import olvidar_datos, recoger_lo_atrasado, soltar_documento
from instancias.tasks import recoger_fusiones
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.fusiones import PROVINCIA, foto, separar, unir
from tests.instancias.mesas import dos_a_la_vez, persona, sentada

pytestmark = pytest.mark.usefixtures("territorio")
UN_DIA = datetime.timedelta(days=1)


def asiento(orden: int = 1, ubigeo: str = gente.DISTRITO_A):
    return gente.crear_asiento(ubigeo, orden=orden, corto=f"Asiento {orden}")


@pytest.fixture
def rosa():
    una = persona("40000101", "Rosa", "Quispe Huamán", celular="987654321")
    sentada(asiento(1), una)
    return una


@pytest.fixture
def otra():
    """Rosa again, with one digit wrong and another phone, registered by another office."""
    una = persona("40000107", "Rosa Elena", "Quispe Huamán", celular="912345678", correo="rosa@ejemplo.pe")
    sentada(asiento(2, gente.DISTRITO_B), una, "alterno")
    return una


def con_clave(una: Persona) -> Persona:
    una.cuenta = gente.crear_cuenta(f"persona-{una.pk}")
    una.save(update_fields=["cuenta"])
    return una


def codigo_de(acto, *args, **datos) -> str:
    with pytest.raises(ErrorDeDominio) as error, transaction.atomic():
        acto(*args, **datos)
    return error.value.codigo


def entra_con(documento: str):
    return autenticar(identificador=documento, clave=gente.CLAVE, ip="10.0.0.1", ahora=timezone.now())


def test_a_new_relation_with_a_person_must_say_what_becomes_of_it():
    assert sin_atender(partes()) == []
    sin_las_de_arriba = [parte for parte in partes() if parte.modelo._meta.app_label != "kuska_certificados"]
    assert sin_atender(sin_las_de_arriba) == ["kuska_certificados.Certificado.persona"]


def test_the_seats_pass_and_the_other_register_is_hidden(rosa, otra):
    unir(rosa, otra)
    assert set(rosa.membresias.values_list("asiento__tipo__orden", "calidad")) == {(1, "titular"), (2, "alterno")}
    otra.refresh_from_db()
    assert (otra.absorbida_por, otra.activa) == (rosa, False)
    assert not PROVINCIA.personas().filter(pk=otra.pk).exists()
    assert not PROVINCIA.personas_a_cargo().filter(pk=otra.pk).exists()
    assert not Persona.objects.por_sentar(("1006",)).filter(pk=otra.pk).exists()
    assert set(ModelLogEntry.objects.filter(action="instancias.fusionar").values_list("object_id", flat=True)) == {
        str(rosa.pk),
        str(otra.pk),
    }


def test_each_detail_that_differs_is_chosen_and_the_one_left_is_not_lost(rosa, otra):
    unir(rosa, otra, documento="absorbida", nombres="absorbida", celular="queda")
    rosa.refresh_from_db()
    otra.refresh_from_db()
    assert (rosa.documento, rosa.nombres, rosa.celular) == ("40000107", "Rosa Elena", "987654321")
    assert (otra.documento, otra.nombres, otra.celular) == ("40000101", "Rosa", "912345678")
    assert rosa.correo == "rosa@ejemplo.pe"  # what only one says is proposed
    assert "rosa elena" in rosa.busqueda and "40000107" in rosa.busqueda


@pytest.mark.parametrize(("acepta", "queda"), [(False, ""), (True, "987654321")])
def test_of_who_refused_in_one_register_the_other_one_brings_no_phone(rosa, otra, acepta, queda):
    """Unless the same person accepted in it: what was accepted is not taken away by what they said elsewhere."""
    seguir_sin_aceptar(persona=otra, version="1", texto="Aviso", ahora=timezone.now())
    if acepta:
        confirmar_datos(persona=rosa, version="2", texto="Aviso", ahora=timezone.now())
    antes = foto()
    fusion = unir(rosa, otra, celular="queda")
    rosa.refresh_from_db()
    assert (rosa.celular, rosa.correo) == (queda, "")
    separar(fusion)
    assert foto() == antes


def test_undoing_it_leaves_every_row_as_it_was(rosa, otra):
    con_clave(otra)
    Consentimiento.objects.create(persona=otra, version="1", texto="Sí", aceptado_en=timezone.now())
    antes = foto()
    fusion = unir(rosa, otra, documento="absorbida", apellidos="absorbida", correo="absorbida")
    assert foto() != antes
    assert separar(fusion) == []
    assert foto() == antes
    fusion.refresh_from_db()
    assert fusion.datos == {} and fusion.deshecha_en
    assert codigo_de(separar, fusion) == "ya_deshecha"


@pytest.mark.parametrize(
    ("suyo", "ajeno", "quedan"),
    [
        (("titular", 0, None), ("alterno", 0, None), {("titular", 0, None)}),
        (("alterno", 0, None), ("titular", 40, None), {("alterno", 0, 39), ("titular", 40, None)}),
        (("titular", 0, 30), ("alterno", 10, None), {("titular", 0, 30), ("alterno", 31, None)}),
        (("titular", 0, 30), ("titular", 31, None), {("titular", 0, 30), ("titular", 31, None)}),
        (("titular", 10, 20), ("alterno", 0, 30), {("titular", 10, 20), ("alterno", 21, 30)}),
    ],
)
def test_nobody_holds_one_seat_twice_on_a_day(rosa, otra, suyo, ajeno, quedan):
    comun, origen = asiento(9), gente.DESDE

    def dia(n):
        return None if n is None else origen + datetime.timedelta(days=n)

    for quien, (calidad, desde, hasta) in ((rosa, suyo), (otra, ajeno)):
        sentada(comun, quien, calidad, dia(desde), dia(hasta))
    antes = foto()
    fusion = unir(rosa, otra)
    de_ahi = rosa.membresias.filter(asiento=comun)
    vivas = {(m.calidad, m.desde, m.hasta) for m in de_ahi if m.hasta != m.desde}
    assert vivas == {(calidad, dia(desde), dia(hasta)) for calidad, desde, hasta in quedan}
    assert de_ahi.count() == 2 and dos_a_la_vez() == []
    separar(fusion)
    assert foto() == antes


def test_what_somebody_took_meanwhile_is_not_given_back(rosa, otra):
    comun = asiento(9)
    sentada(comun, rosa)
    sentada(comun, otra, "alterno")
    fusion = unir(rosa, otra)
    sentada(comun, persona("40000150", "Juan", "Tello Ríos"), "alterno", timezone.localdate())
    antes = foto()
    assert codigo_de(separar, fusion) == "ya_cambio"
    assert foto() == antes


def test_what_is_new_stays_with_the_register_that_stayed_and_is_said(rosa, otra):
    fusion = unir(rosa, otra, celular="absorbida")
    sentada(asiento(7), rosa)
    datos = {"nombres": "Rosa", "apellidos": "Quispe Huamán", "celular": "999888777"}
    personas.corregir_datos(persona=Persona.objects.get(pk=rosa.pk), **datos, por=None)
    dichas = separar(fusion)
    assert [frase for frase in dichas if "se corrigieron después" in frase]
    assert [frase for frase in dichas if frase.endswith("Asientos: 1.")]
    rosa.refresh_from_db()
    otra.refresh_from_db()
    assert (rosa.celular, otra.celular) == ("999888777", "912345678")
    assert rosa.membresias.count() == 2 and otra.membresias.count() == 1


def test_after_a_day_it_is_refused_and_the_details_are_forgotten(rosa, otra):
    fusion = unir(rosa, otra, documento="absorbida")
    assert olvidar_datos(ahora=timezone.now() + UN_DIA / 2) == 0
    assert codigo_de(separar, fusion, ahora=timezone.now() + UN_DIA) == "tarde"
    assert olvidar_datos(ahora=timezone.now() + UN_DIA) == 1
    fusion.refresh_from_db()
    assert fusion.datos == {}


def test_the_last_merge_is_undone_first(rosa, otra):
    tercera = persona("40000109", "Rosa", "Quispe")
    sentada(asiento(3), tercera)
    antes = foto()
    primera = unir(otra, tercera)
    segunda = unir(rosa, otra)
    tercera.refresh_from_db()
    assert tercera.absorbida_por == rosa and rosa.membresias.count() == 3
    assert codigo_de(separar, primera) == "antes_otra"
    separar(segunda)
    tercera.refresh_from_db()
    assert tercera.absorbida_por == otra
    separar(primera)
    assert foto() == antes


def test_twice_is_once_and_the_other_way_round_is_told(rosa, otra):
    primera = unir(rosa, otra)
    assert unir(rosa, otra).pk == primera.pk
    assert unir(rosa, otra, operacion=primera.operacion).pk == primera.pk
    assert codigo_de(unir, otra, rosa) == "ya_unida"
    tercera = persona("40000109", "Rosa", "Quispe")
    sentada(asiento(3), tercera)
    assert codigo_de(unir, tercera, otra) == "ya_unida"
    assert codigo_de(unir, rosa, rosa) == "la_misma"
    assert Fusion.objects.count() == 1


def test_only_who_answers_for_both_may_do_it_and_undo_it(rosa, otra):
    de_a, de_b = AlcanceEfectivo((gente.DISTRITO_A,)), AlcanceEfectivo((gente.DISTRITO_B,))
    for alcance in (de_a, de_b, AlcanceEfectivo()):
        assert codigo_de(unir, rosa, otra, alcance=alcance) == "fuera_de_alcance"
    fusion = unir(rosa, otra)
    for alcance in (de_a, de_b, AlcanceEfectivo()):
        assert codigo_de(separar, fusion, alcance=alcance) == "fuera_de_alcance"
        assert codigo_de(unir, rosa, otra, alcance=AlcanceEfectivo()) == "fuera_de_alcance"


def test_what_changed_since_it_was_seen_is_looked_at_again(rosa, otra):
    huella = planear_fusion(queda=rosa, absorbida=otra).huella
    sentada(asiento(7), otra)
    assert codigo_de(unir, rosa, otra, huella=huella) == "cambio_mientras"
    unir(rosa, otra, huella=planear_fusion(queda=rosa, absorbida=otra).huella)


def test_the_key_of_the_register_that_stays_opens_with_either_document(rosa, otra):
    con_clave(rosa)
    con_clave(otra)
    otra.cuenta.set_password("otra-clave-0000")
    otra.cuenta.save()
    unir(rosa, otra)
    assert entra_con("40000101") == rosa.cuenta
    assert entra_con("40000107") == rosa.cuenta  # the same words, time and brake as with their own
    with pytest.raises(EntradaError):
        autenticar(identificador="40000107", clave="otra-clave-0000", ip="10.0.0.1", ahora=timezone.now())


def test_the_only_key_there_is_moves_with_its_account_and_comes_back(rosa, otra, entrar):
    con_clave(otra)
    otra.datos_revisados_en = timezone.now()
    otra.save()
    cliente, cuenta = entrar(otra), otra.cuenta
    fusion = unir(rosa, otra)
    rosa.refresh_from_db()
    assert rosa.cuenta == cuenta and entra_con("40000107") == cuenta == entra_con("40000101")
    assert cliente.get("/mis-datos").wsgi_request.user.persona == rosa
    separar(fusion)
    rosa.refresh_from_db()
    assert rosa.cuenta is None and entra_con("40000107").persona == otra


def test_the_session_and_the_link_of_the_hidden_register_end(rosa, otra, entrar):
    con_clave(rosa)
    con_clave(otra)
    cliente = entrar(otra)
    token = crear_enlace(persona=otra, por=None, ahora=timezone.now()).token
    EnvioPorCorreo.objects.create(persona=otra, pedido_en=timezone.now())
    unir(rosa, otra)
    assert cliente.get("/mi-cuenta").status_code == 302
    with pytest.raises(EnlaceError):
        mirar_enlace(token=token, ahora=timezone.now())
    assert EnvioPorCorreo.objects.get().estado == EnvioPorCorreo.Estado.NO_SALIO


def test_a_link_that_was_used_leads_to_the_one_who_stays(rosa, otra):
    con_clave(rosa)
    token = crear_enlace(persona=otra, por=None, ahora=timezone.now()).token
    consumir_enlace(token=token, ahora=timezone.now())
    unir(rosa, otra)
    assert dueno_del_usado(buscar_enlace(token=token)) == rosa


def test_who_works_here_is_never_hidden(rosa, otra):
    otra.cuenta = gente.crear_coordinacion("cem", gente.PROVINCIA)
    otra.save()
    assert codigo_de(unir, rosa, otra) == "es_personal"
    unir(otra, con_clave(rosa))
    otra.refresh_from_db()
    assert otra.cuenta.username == "cem"


def test_a_register_that_is_closed_is_not_the_one_that_stays(rosa, otra):
    rosa.activa = False
    rosa.save()
    assert codigo_de(unir, rosa, otra) == "desactivada"
    antes = foto()
    separar(unir(otra, rosa))
    assert foto() == antes


def test_a_closed_account_gives_its_place_to_the_key_that_opens(rosa, otra):
    con_clave(rosa)
    rosa.cuenta.is_active = False
    rosa.cuenta.save()
    con_clave(otra)
    unir(rosa, otra)
    assert entra_con("40000101") == entra_con("40000107") == otra.cuenta


def test_a_document_of_a_hidden_register_is_of_the_one_who_stays(rosa, otra):
    unir(rosa, otra)
    datos = {"celular": "", "calidad": "alterno", "designacion": "", "alcance": PROVINCIA, "por": None}
    hecha = personas.registrar_persona(
        documento="40000107",
        nombres="Rosa",
        apellidos="Quispe Huamán",
        asiento=asiento(8),
        ahora=timezone.now(),
        **datos,
    )
    assert hecha == rosa and rosa.membresias.count() == 3 and not otra.membresias.exists()
    with pytest.raises(ErrorDeDominio) as error:
        personas.registrar_persona(
            documento="40000107", nombres="Juan", apellidos="Tello", asiento=asiento(9), ahora=timezone.now(), **datos
        )
    assert error.value.codigo == "documento_de_otra_persona" and "suéltelo en la página de Rosa" in str(error.value)


@pytest.mark.parametrize("cual", ["queda", "absorbida"])
def test_a_document_that_was_of_somebody_else_is_let_go(rosa, otra, cual):
    antes = foto()
    fusion = unir(rosa, otra, documento=cual)
    suelto = "40000107" if cual == "queda" else "40000101"
    for _vez in range(2):
        soltar_documento(fusion_id=fusion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
    assert Persona.objects.por_documento([suelto]) == {}
    separar(fusion)
    assert foto() == antes


def test_a_document_that_somebody_took_since_keeps_the_merge(rosa, otra):
    fusion = unir(rosa, otra)
    soltar_documento(fusion_id=fusion.pk, alcance=PROVINCIA, por=None, ahora=timezone.now())
    persona("40000107", "Juan", "Tello Ríos")
    antes = foto()
    assert codigo_de(separar, fusion) == "documento_repetido"
    assert foto() == antes


def test_correcting_the_document_to_the_hidden_one_changes_both(rosa, otra):
    unir(rosa, otra)
    datos = {"nombres": "Rosa", "apellidos": "Quispe Huamán", "celular": "", "por": None}
    personas.corregir_datos(persona=rosa, documento="40000107", **datos)
    assert set(Persona.objects.values_list("pk", "documento")) == {(rosa.pk, "40000107"), (otra.pk, "40000101")}


def test_a_seat_that_is_given_at_that_moment_goes_to_the_one_who_stays(rosa, otra):
    leida = Persona.objects.get(pk=otra.pk)
    unir(rosa, otra)
    membresia = personas.sentar(
        persona=leida,
        asiento=asiento(8),
        calidad="titular",
        designacion="",
        alcance=PROVINCIA,
        por=None,
        ahora=timezone.now(),
    )
    assert membresia.persona == rosa


def test_what_reaches_the_hidden_register_late_follows_it(rosa, otra):
    libre = asiento(8)
    antes = foto()
    fusion = unir(rosa, otra)
    tarde = sentada(libre, otra)
    assert recoger_fusiones() == 1 and recoger_lo_atrasado(ahora=timezone.now()) == 0
    assert Membresia.objects.get(pk=tarde.pk).persona == rosa
    separar(fusion)
    assert Membresia.objects.get(pk=tarde.pk).persona == otra
    tarde.delete()
    assert foto() == antes


def test_the_database_keeps_a_hidden_register_out(rosa, otra):
    with pytest.raises(IntegrityError), transaction.atomic():
        Persona.objects.filter(pk=otra.pk).update(absorbida_por=rosa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Persona.objects.filter(pk=rosa.pk).update(absorbida_por=rosa, activa=False)
    unir(rosa, otra)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fusion.objects.create(queda=rosa.pk, absorbida=otra.pk, hecha_en=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Fusion.objects.create(queda=rosa.pk, absorbida=rosa.pk, hecha_en=timezone.now())
