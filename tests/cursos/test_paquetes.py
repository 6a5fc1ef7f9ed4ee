"""What phones kept without signal and send afterwards: received once, applied or kept with why not."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cursos import paquetes
from cursos.models import Avance, Paquete
from cursos.paquetes import ClaseDePaquete
from marco.sin_senal import marcas_de
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, paso
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db]


@pytest.fixture
@hecho_una_vez
def programa(territorio, integrante):
    programa = Programa(lecciones=1)
    programa.inscripcion = programa.inscribir(integrante)
    leccion = crear_leccion(programa.modulos[0], "Rutas", pasos=[paso("Uno"), paso("Dos"), paso("Tres")])
    programa.leccion = programa.unidad(leccion)
    return programa


def un_paso(programa, numero, **otros):
    lugar = [programa.curso.numero, programa.leccion.numero, numero]
    este = programa.leccion.ids_de_pasos[numero - 1]
    return {"id": str(uuid.uuid4()), "clase": "paso", "lugar": lugar, "campos": [["este", este]], **otros}


@pytest.fixture
def enviar(entrar, integrante):
    def lote(*suyos, quien=None, marca=None, estado=200):
        quien = quien or integrante
        cuerpo = {"marca": marca or marcas_de(quien.pk)[0], "paquetes": list(suyos)}
        respuesta = entrar(quien).post("/paquetes", json.dumps(cuerpo), content_type="application/json")
        assert respuesta.status_code == estado, respuesta.content
        return respuesta.json()

    return lote


def avance(programa):
    return Avance.objects.filter(unidad=programa.leccion, inscripcion=programa.inscripcion).first()


def test_a_packet_is_applied_and_says_when_it_came_and_where_to_go_on(enviar, programa):
    dicho = enviar(un_paso(programa, 1))
    (uno,) = dicho["recibidos"]
    assert uno["aplicado"] and uno["hora"] == dicho["hora"] and uno["mensaje"] == ""
    assert uno["sigue"].endswith(f"/{programa.leccion.numero}/2")
    assert avance(programa).paso == 1
    fila = Paquete.objects.get()
    assert (fila.estado, fila.datos, fila.motivo) == ("aplicado", None, "")


def test_the_same_twice_and_out_of_order_is_once(enviar, programa):
    uno, dos, tres = (un_paso(programa, n) for n in (1, 2, 3))
    enviar(tres, uno)
    assert avance(programa).estado == Avance.Estado.EN_CURSO, "falta el segundo"
    enviar(uno, dos, dos, tres)
    assert avance(programa).estado == Avance.Estado.TERMINADA
    assert Paquete.objects.count() == 3
    assert all(fila["aplicado"] for fila in enviar(uno, dos, tres)["recibidos"])


def test_what_is_told_again_has_the_hour_of_the_first_time(enviar, programa, time_machine):
    time_machine.move_to(timezone.now().replace(hour=15, minute=0), tick=False)
    suyo = un_paso(programa, 1)
    antes = enviar(suyo)["hora"]
    time_machine.shift(timedelta(hours=3))
    despues = enviar(suyo)
    assert despues["recibidos"][0]["hora"] == antes != despues["hora"]


def test_of_another_person_nothing_is_taken(enviar, programa, integrante):
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    suyo = un_paso(programa, 1)
    assert enviar(suyo, quien=otra, marca=marcas_de(integrante.pk)[0], estado=409)["codigo"] == "otra_persona"
    assert not Paquete.objects.exists()
    enviar(suyo)
    (uno,) = enviar(suyo, quien=otra)["recibidos"]
    assert not uno["aplicado"], "el mismo número, de otra persona"
    assert Paquete.objects.get().persona == integrante


def test_what_cannot_be_applied_is_kept_with_its_reason_and_told(enviar, programa):
    programa.edicion.termina = timezone.localdate() - timedelta(days=1)
    programa.edicion.inicia = timezone.localdate() - timedelta(days=9)
    programa.edicion.save()
    suyo = un_paso(programa, 1)
    (uno,) = enviar(suyo)["recibidos"]
    assert not uno["aplicado"] and "terminó el" in uno["mensaje"]
    fila = Paquete.objects.get()
    assert (fila.estado, fila.motivo, fila.datos) == ("sin_aplicar", "edicion_terminada", suyo["campos"])
    assert avance(programa) is None


def test_who_was_withdrawn_meanwhile_is_kept_too(enviar, programa):
    programa.inscripcion.retirada_en = timezone.now()
    programa.inscripcion.save()
    (uno,) = enviar(un_paso(programa, 1))["recibidos"]
    assert not uno["aplicado"] and uno["mensaje"]
    assert Paquete.objects.get().motivo == "no_encontrado"


@pytest.mark.parametrize(
    "raro",
    [
        {"clase": "de-otra-version"},
        {"lugar": [1, 2]},
        {"lugar": "1/2/3"},
        {"lugar": [1, 2, 10**12]},
        {"lugar": [True, 1, 1]},
        {"campos": [["este"]]},
        {"campos": [["este", 3]]},
        {"campos": [["este", "x" * 5000]]},
        {"campos": {"este": "x"}},
    ],
)
def test_what_cannot_be_read_is_kept_once_and_keeps_no_other_from_arriving(enviar, programa, raro):
    malo, bueno = un_paso(programa, 1, **raro), un_paso(programa, 1)
    for _vez in range(2):
        uno, dos = enviar(malo, bueno)["recibidos"]
        assert not uno["aplicado"] and uno["mensaje"] and dos["aplicado"]
    assert set(Paquete.objects.values_list("motivo", flat=True)) == {"", "ilegible"}


@pytest.mark.un_motor
@pytest.mark.parametrize("cuerpo", ["", "[]", "{", '{"marca": 3, "paquetes": []}', '{"marca": "x"}', "[" * 100_000])
def test_a_lot_that_is_no_lot_is_refused_in_words(entrar, integrante, cuerpo):
    respuesta = entrar(integrante).post("/paquetes", cuerpo, content_type="application/json")
    assert respuesta.status_code == 400 and respuesta.json()["mensaje"]


@pytest.mark.un_motor
def test_a_packet_without_identifier_is_told_nothing(enviar, programa):
    assert enviar({"clase": "paso"}, 3, None, {"id": "no"}, {"id": 7})["recibidos"] == []


@pytest.mark.un_motor
def test_without_session_the_script_learns_that_it_ended(client, integrante):
    respuesta = client.post("/paquetes", "{}", content_type="application/json", headers={"accept": "application/json"})
    assert respuesta.status_code in (302, 401) and not Paquete.objects.exists()


@pytest.mark.un_motor
def test_a_fault_in_one_keeps_no_other_from_arriving(enviar, programa, monkeypatch, caplog):
    class Rota(ClaseDePaquete):
        clave = "rota"

        def aplicar(self, **_datos):
            raise ZeroDivisionError

    monkeypatch.setitem(paquetes._clases, "rota", Rota())
    rota, bueno = un_paso(programa, 1, clase="rota"), un_paso(programa, 1)
    for _vez in range(2):
        uno, dos = enviar(rota, bueno)["recibidos"]
        assert not uno["aplicado"] and dos["aplicado"]
    assert Paquete.objects.get(clase="rota").motivo == "fallo"
    assert "a packet failed" in caplog.text


@pytest.mark.un_motor
def test_going_on_costs_little_and_as_much_whatever_came_before(enviar, programa, presupuesto, entrar, integrante):
    enviar(un_paso(programa, 1))
    cuerpo = {"marca": marcas_de(integrante.pk)[0], "paquetes": [un_paso(programa, 2)]}
    cliente = entrar(integrante)
    with presupuesto(8):
        cliente.post("/paquetes", json.dumps(cuerpo), content_type="application/json")
    assert avance(programa).paso == 2
