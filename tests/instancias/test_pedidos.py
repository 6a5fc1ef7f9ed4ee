"""What people ask about their own data: received with its term, answered with a reason, and never rewritten."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from instancias.consultas.pedidos import Plazo, por_responder
from instancias.models import ActoDePedido, PedidoDeDatos, Supresion
from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.services.fusion import fusionar
from instancias.services.pedidos import PLAZOS, anotar, pedir, responder, retirar
from marco.errores import ErrorDeDominio
from marco.models import DiaNoLaborable
from tests import gente

pytestmark = pytest.mark.django_db

LUNES = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=ZoneInfo("America/Lima"))
CASA = "/mis-datos/derechos"


@pytest.fixture
def alcance(coordinadora_a):
    return alcance_de(coordinadora_a, hoy=timezone.localdate())


def recibir(persona, clase="rectificacion", ahora=None, detalle="Mi nombre lleva h"):
    return pedir(persona=persona, clase=clase, detalle=detalle, ahora=ahora or timezone.now(), por=persona.cuenta)


@pytest.mark.parametrize(
    ("clase", "hasta"),
    [
        ("informacion", "2026-12-14"),
        ("rectificacion", "2026-12-16"),
        ("supresion", "2026-12-16"),
        ("oposicion", "2026-12-16"),
        ("acceso", "2026-12-31"),  # with Christmas, and the 8th and the 9th of December
    ],
)
def test_each_kind_has_its_term_in_working_days_of_lima(integrante, clase, hasta):
    assert recibir(integrante, clase, LUNES).vence_el == datetime.date.fromisoformat(hasta)


def test_every_kind_has_a_term():
    assert set(PLAZOS) == set(PedidoDeDatos.Clase)


def test_what_is_written_in_another_one_of_the_same_kind_is_kept_with_the_one_that_waits(integrante, entrar, alcance):
    primero = recibir(integrante, detalle="Mi nombre lleva h")
    cliente = entrar(integrante)
    for _vez in range(2):  # a second touch adds nothing
        respuesta = cliente.post(CASA, {"clase": "rectificacion", "detalle": "Y mi apellido, tilde"}, follow=True)
    assert "Usted ya tenía un pedido como este por responder: lo que escribió está ahí." in respuesta.text
    assert PedidoDeDatos.objects.get() == primero
    assert respuesta.text.count("Y mi apellido, tilde") == 1 and "Mi nombre lleva h" in respuesta.text
    notas = ActoDePedido.objects.filter(acto="anotar").values_list("texto", "por")
    assert list(notas) == [("Y mi apellido, tilde", integrante.cuenta.pk)]


def test_a_day_off_that_is_added_counts_for_what_waits_and_not_for_what_was_answered(integrante, alcance):
    espera, hecho = recibir(integrante, "supresion", LUNES), recibir(integrante, "rectificacion", LUNES)
    datos = {"alcance": alcance, "por": None, "ahora": LUNES}
    responder(pedido_id=hecho.pk, procede=True, texto="Se corrigió.", **datos)
    dia = DiaNoLaborable.objects.create(dia=datetime.date(2026, 12, 7), nombre="Por decreto")
    espera.refresh_from_db()
    hecho.refresh_from_db()
    assert (espera.vence_el.day, hecho.vence_el.day) == (17, 16)
    dia.delete()
    espera.refresh_from_db()
    assert espera.vence_el.day == 16


def test_asking_twice_is_asking_once(integrante):
    assert recibir(integrante) == recibir(integrante)
    assert PedidoDeDatos.objects.get().actos.count() == 1


@pytest.mark.un_motor
@pytest.mark.parametrize("clase", ["rectificacion", "oposicion"])
def test_what_needs_words_asks_for_them(integrante, clase):
    with pytest.raises(ErrorDeDominio) as error:
        recibir(integrante, clase, detalle="  ")
    assert error.value.codigo == "sin_detalle"


def test_an_answer_needs_its_reason_and_is_given_once(integrante, alcance, coordinadora_a):
    pedido = recibir(integrante)
    datos = {"pedido_id": pedido.pk, "alcance": alcance, "por": coordinadora_a, "ahora": timezone.now()}
    with pytest.raises(ErrorDeDominio) as error:
        responder(procede=False, texto=" ", **datos)
    assert error.value.codigo == "sin_texto"
    anotar(texto="Pedí su DNI.", **datos)
    responder(procede=False, texto="El documento dice lo mismo.", **datos)
    with pytest.raises(ErrorDeDominio) as error:
        responder(procede=True, texto="Cambié de idea.", **datos)
    assert error.value.codigo == "ya_respondido"
    assert [acto.acto for acto in pedido.actos.all()] == ["recibir", "anotar", "negar"]


def test_what_was_done_is_only_added_to(integrante):
    acto = recibir(integrante).actos.get()
    for cambiar in (
        acto.save,
        lambda: ActoDePedido.objects.update(texto="otro"),
        lambda: ActoDePedido.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            cambiar()


def test_out_of_reach_and_absent_are_the_same_answer(integrante_de_b, alcance):
    ajeno = recibir(integrante_de_b)
    for pk in (ajeno.pk, 999_999):
        with pytest.raises(ErrorDeDominio) as error:
            responder(pedido_id=pk, procede=True, texto="Sí", alcance=alcance, por=None, ahora=timezone.now())
        assert error.value.codigo == "fuera_de_alcance"


def test_nobody_touches_the_request_of_somebody_else(integrante, integrante_de_b, entrar):
    pedido = recibir(integrante)
    with pytest.raises(ErrorDeDominio) as error:
        retirar(persona=integrante_de_b, pedido_id=pedido.pk, ahora=timezone.now())
    assert error.value.codigo == "no_es_suyo"
    pagina = entrar(integrante_de_b).post(f"/mis-datos/pedidos/{pedido.pk}/retirar", follow=True)
    assert "No encontramos ese pedido entre los suyos." in pagina.text
    pedido.refresh_from_db()
    assert pedido.por_responder
    # There is no field to ask about somebody else: what is sent about them is not looked at.
    entrar(integrante_de_b).post(CASA, {"clase": "supresion", "persona": integrante.pk, "pk": integrante.pk})
    assert PedidoDeDatos.objects.get(clase="supresion").persona == integrante_de_b


def test_the_panel_says_when_a_term_is_near_or_over(integrante, coordinadora_a, coordinador_b, entrar):
    recibir(integrante)
    hoy = timezone.localdate()
    assert "pedido sobre datos" not in entrar(coordinadora_a).get("/panel").text
    PedidoDeDatos.objects.update(vence_el=hoy)
    assert "1 pedido sobre datos vence en 3 días hábiles o menos." in entrar(coordinadora_a).get("/panel").text
    PedidoDeDatos.objects.update(vence_el=hoy - datetime.timedelta(days=1))
    assert "1 pedido sobre datos ya pasó su plazo" in entrar(coordinadora_a).get("/panel").text
    assert "pedido sobre datos" not in entrar(coordinador_b).get("/panel").text
    cuantos = por_responder(alcance_de(coordinadora_a, hoy=hoy), hoy=hoy)
    assert (cuantos.cuantos, cuantos.por_vencer, cuantos.vencidos) == (1, 0, 1)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("quedan", "dice", "clase"),
    [
        (-2, "Venció hace 2 días hábiles", "error"),
        (-1, "Venció hace 1 día hábil", "error"),
        (0, "Vence hoy", "aviso"),
        (1, "Queda 1 día hábil", "aviso"),
        (8, "Quedan 8 días hábiles", ""),
    ],
)
def test_a_term_is_said_in_words(quedan, dice, clase):
    assert (str(Plazo(quedan)), Plazo(quedan).clase) == (dice, clase)


@pytest.mark.un_motor
def test_asked_in_mis_datos_answered_by_staff_and_read_by_the_person(integrante, coordinadora_a, entrar):
    suya, del_personal = entrar(integrante), entrar(coordinadora_a)
    suya.post(CASA, {"clase": "rectificacion", "detalle": "Mi apellido es Huaman, sin tilde"})
    pedido = PedidoDeDatos.objects.get()
    assert "Quispe" in del_personal.get("/panel/pedidos").text
    assert "sin tilde" in del_personal.get(f"/panel/pedidos/{pedido.pk}").text
    vacio = del_personal.post(f"/panel/pedidos/{pedido.pk}", {"decision": "si", "texto": ""})
    assert vacio.status_code == 422 and "Escriba la respuesta con su razón." in vacio.text
    del_personal.post(f"/panel/pedidos/{pedido.pk}", {"decision": "si", "texto": "Lo corregimos hoy."})
    pagina = suya.get(CASA).text
    assert "Atendido" in pagina and "Lo corregimos hoy." in pagina
    assert "Nadie espera una respuesta" in del_personal.get("/panel/pedidos").text
    assert "Quispe" in del_personal.get("/panel/pedidos?ver=respondidos").text


@pytest.mark.un_motor
def test_what_was_typed_is_kept_when_something_is_missing(integrante, entrar):
    pagina = entrar(integrante).post(CASA, {"detalle": "Mi nombre lleva h"})
    assert "Elija qué pide." in pagina.text and "Mi nombre lleva h" in pagina.text


@pytest.mark.un_motor
def test_a_request_on_paper_is_received_by_who_answers_for_it(integrante, coordinadora_a, coordinador_b, entrar):
    direccion = f"/panel/personas/{integrante.pk}/pedido"
    assert entrar(coordinador_b).post(direccion, {"clase": "acceso"}).status_code == 404
    entrar(coordinadora_a).post(direccion, {"clase": "acceso"})
    assert PedidoDeDatos.objects.get().actos.get().por == coordinadora_a


def test_taking_away_says_first_what_it_reaches_and_asks_to_be_sure(integrante, coordinadora_a, entrar):
    pedido = recibir(integrante, "supresion")
    del_personal = entrar(coordinadora_a)
    pagina = del_personal.get(f"/panel/pedidos/{pedido.pk}").text
    assert "Asientos que terminan: 1" in pagina and "No se puede deshacer." in pagina
    sin_marcar = del_personal.post(f"/panel/pedidos/{pedido.pk}", {"decision": "si", "texto": "Procede."})
    assert "Marque que entiende antes de borrar." in sin_marcar.text
    respuesta = {"decision": "si", "texto": "Procede, Rosa Quispe Huamán.", "entiendo": "on"}
    del_personal.post(f"/panel/pedidos/{pedido.pk}", respuesta)
    integrante.refresh_from_db()
    assert integrante.suprimida_en and integrante.nombre_completo == "Datos suprimidos"
    assert integrante.membresias.get().hasta is not None
    assert Supresion.objects.get().pedido == pedido
    assert "Rosa" not in " ".join(ActoDePedido.objects.values_list("texto", flat=True))


def test_a_seat_in_force_may_be_a_reason_to_say_no(integrante, coordinadora_a, entrar):
    pedido = recibir(integrante, "supresion")
    respuesta = {"decision": "no", "texto": "Ocupa un asiento: su cargo prueba una función pública."}
    entrar(coordinadora_a).post(f"/panel/pedidos/{pedido.pk}", respuesta)
    integrante.refresh_from_db()
    assert integrante.suprimida_en is None
    assert "su cargo prueba una función pública" in entrar(integrante).get(CASA).text


def test_what_was_asked_follows_the_register_that_stays(integrante, alcance):
    otra = gente.crear_integrante("40000077", "Rosa", "Quispe Huaman")
    pedido = recibir(otra)
    datos = {"valores": {}, "operacion": "0a5e1b5e-0000-4000-8000-000000000001", "por": None, "ahora": timezone.now()}
    fusionar(queda=integrante.pk, absorbida=otra.pk, alcance=AlcanceEfectivo((gente.PROVINCIA,)), **datos)
    pedido.refresh_from_db()
    assert pedido.persona == integrante


@pytest.mark.parametrize("cuantos", [1, 12])
def test_the_list_costs_the_same_for_many(cuantos, coordinadora_a, entrar, presupuesto):
    for n in range(cuantos):
        recibir(gente.crear_integrante(f"4100{n:04}", "Rosa", "Quispe"))
    cliente = entrar(coordinadora_a)
    cliente.get("/panel/pedidos")
    with presupuesto(8):
        cliente.get("/panel/pedidos")


def test_where_the_answer_is_read_is_told_by_the_name_that_the_person_sees(integrante, coordinadora_a, entrar):
    """«Mis datos» is the name of no page of theirs: what is asked and answered is behind a link of their account."""
    enlace = "Copia, corrección o borrado de mis datos"
    cuenta = entrar(integrante).get("/mi-cuenta").text
    assert f'href="{CASA}"' in cuenta and enlace in cuenta
    assert enlace in entrar(integrante).get("/mi-cuenta/quien-miro-mis-datos").text
    pedido = recibir(integrante)
    enviado = {"decision": "si", "texto": "Lo corregimos hoy."}
    respuesta = entrar(coordinadora_a).post(f"/panel/pedidos/{pedido.pk}", enviado, follow=True)
    assert f"«Mi cuenta», «{enlace}»" in respuesta.text


@pytest.mark.un_motor
def test_it_is_not_promised_that_whoever_has_no_key_reads_the_answer(integrante, coordinadora_a, entrar):
    pedido, del_personal = recibir(integrante), entrar(coordinadora_a)
    integrante.cuenta.set_unusable_password()
    integrante.cuenta.save()
    pagina = del_personal.get(f"/panel/pedidos/{pedido.pk}").text
    enviado = {"decision": "no", "texto": "No procede por la norma."}
    despues = del_personal.post(f"/panel/pedidos/{pedido.pk}", enviado, follow=True).text
    for dicho in (pagina, despues):
        assert "Hoy la persona no entra al aula: léasela o entréguesela usted." in dicho
        assert "La persona la lee" not in dicho


@pytest.mark.un_motor
def test_it_is_said_that_the_words_of_an_answer_that_erases_are_erased_too(integrante, coordinadora_a, entrar):
    borrar, corregir = recibir(integrante, "supresion"), recibir(integrante, "rectificacion")
    del_personal, dicho = entrar(coordinadora_a), "Si procede, lo que escriba aquí se borra con sus datos"
    assert dicho in del_personal.get(f"/panel/pedidos/{borrar.pk}").text
    assert dicho not in del_personal.get(f"/panel/pedidos/{corregir.pk}").text
