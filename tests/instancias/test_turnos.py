"""One seat, several people in turn: from which day to which each one holds it, and what is refused."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from instancias import padron
from instancias.models import Asiento, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja, planeadas
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.usefixtures("provincia")
PROVINCIA = AlcanceEfectivo(("1006",))
AHORA = datetime.datetime(2026, 11, 25, 15, tzinfo=datetime.UTC)
HOY, FIN, ENERO = datetime.date(2026, 11, 25), datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine):
    time_machine.move_to(AHORA)


def asiento() -> Asiento:
    return Asiento.objects.get(tipo__codigo="IDC-09", instancia__territorio_id="100605", numero=1)


def registrar(documento: str, *, desde: datetime.date | None = None, calidad: str = "titular") -> Membresia:
    persona = personas.registrar_persona(
        documento=documento,
        nombres="Rosa",
        apellidos=f"Quispe {'ABCDEFGHIJ'[int(documento[-1])]}",
        celular="",
        asiento=asiento(),
        calidad=calidad,
        designacion="",
        alcance=PROVINCIA,
        por=None,
        ahora=timezone.now(),
        desde=desde,
    )
    return persona.membresias.latest("pk")


def entregar(membresia: Membresia, ultimo_dia: datetime.date | None = None) -> None:
    personas.cesar(
        membresia=membresia, motivo="Cambio", alcance=PROVINCIA, por=None, ahora=timezone.now(), ultimo_dia=ultimo_dia
    )


def quienes(dia: datetime.date) -> set[str]:
    return set(Membresia.objects.vigentes(dia).values_list("persona__documento", flat=True))


def codigo_y_frase(*args, **kwargs) -> tuple[str, str]:
    with pytest.raises(ErrorDeDominio) as error:
        registrar(*args, **kwargs)
    return error.value.codigo, str(error.value)


@pytest.mark.parametrize("empezo_hace", [0, 1, 200])
def test_who_hands_over_is_not_counted_from_that_moment_and_who_takes_it_is(empezo_hace):
    sale = registrar("40000101", desde=HOY - empezo_hace * UN_DIA)
    assert quienes(HOY) == {"40000101"}
    entregar(sale)
    assert quienes(HOY) == set()
    registrar("40000102")
    assert quienes(HOY) == quienes(ENERO) == {"40000102"}


def test_a_holder_until_december_holds_until_then_and_the_next_one_from_january():
    sale = registrar("40000101", desde=HOY - 200 * UN_DIA)
    entregar(sale, FIN)
    registrar("40000102", desde=ENERO)
    assert quienes(HOY) == quienes(FIN) == {"40000101"}
    assert quienes(ENERO) == {"40000102"}
    assert Membresia.objects.por_empezar().get().persona.documento == "40000102"
    for membresia in Membresia.objects.all():
        for dia in (HOY, FIN, ENERO):
            assert membresia.vigente_el(dia) == (membresia in Membresia.objects.vigentes(dia))


def test_nobody_takes_a_day_that_is_already_of_another():
    sale = registrar("40000101")
    assert codigo_y_frase("40000102", desde=ENERO)[0] == "asiento_ocupado"
    entregar(sale, FIN)
    codigo, frase = codigo_y_frase("40000102", desde=FIN)
    assert codigo == "asiento_ocupado"
    assert "hasta el 31 de diciembre de 2026: Rosa Q. Elija una fecha posterior." in frase
    registrar("40000102", desde=ENERO)
    entregar(sale)
    codigo, frase = codigo_y_frase("40000103")
    assert codigo == "asiento_ocupado"
    assert frase.startswith("Desde el 1 de enero de 2027 el asiento ya tiene titular: Rosa Q.")
    assert codigo_y_frase("40000102")[0] == "asiento_ocupado"
    assert registrar("40000102", desde=ENERO) == Membresia.objects.por_empezar().get()
    assert registrar("40000103", calidad="alterno").desde == HOY


def test_an_end_comes_closer_and_is_never_put_off():
    sale = registrar("40000101", desde=HOY - 200 * UN_DIA)
    for pedido, queda in ((FIN, FIN), (ENERO, FIN), (None, HOY - UN_DIA), (FIN, HOY - UN_DIA)):
        entregar(sale, pedido)
        sale.refresh_from_db()
        assert sale.hasta == queda


def test_a_seat_called_off_before_its_day_is_free_again():
    entregar(registrar("40000101", desde=ENERO))
    assert quienes(ENERO) == set()
    registrar("40000102", desde=ENERO)
    assert quienes(ENERO) == {"40000102"}


def subir(*filas: list) -> list[dict]:
    contenido = hoja(*filas, titulos=[*TITULOS, "Desde"])
    importacion = padron.revisar(
        nombre="l.xlsx", contenido=contenido, esquema="inei", alcance=PROVINCIA, por=None, ahora=timezone.now()
    )
    antes = planeadas(importacion)
    padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
    return antes


def de_la_hoja(documento: str, desde: str = "") -> list:
    nombres = {"40000101": "Rosa", "40000102": "Juan"}.get(documento, "Elsa")
    return [*fila(DNI=documento, Nombres=nombres, Asiento="IDC-09", Institución=""), desde]


def test_a_list_takes_only_days_that_are_free_and_twice_changes_nothing():
    sale = registrar("40000101", desde=HOY - 200 * UN_DIA)
    Persona.objects.update(nombres="Rosa", apellidos="Quispe Huamán", celular="987654321")
    entregar(sale, FIN)
    sale.asiento.tipo.maximo = 1
    sale.asiento.tipo.save()
    antes = subir(de_la_hoja("40000102", "31/12/2026"))
    assert antes[0]["accion"] == "rechazar" and "ya tiene titular: Rosa Q." in antes[0]["detalles"][-1]
    lista = [de_la_hoja("40000101"), de_la_hoja("40000102", "01/01/2027")]
    assert [una["accion"] for una in subir(*lista)] == ["igual", "crear"]
    assert [una["accion"] for una in subir(*lista)] == ["igual", "igual"]
    assert subir(de_la_hoja("40000103"))[0]["accion"] == "rechazar"
    assert Membresia.objects.count() == 2


@pytest.fixture
@hecho_una_vez
def cem(entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


def test_the_office_prepares_the_change_of_january(cem):
    sale = registrar("40000101")
    respuesta = cem.post(f"/panel/asientos/{sale.pk}/cese", {"motivo": "Cambio", "ultimo_dia": "31/12/2026"})
    assert "desde=2027-01-01" in respuesta.url
    siguiente = cem.get(respuesta.url).content.decode()
    assert 'value="2027-01-01"' in siguiente
    assert "su último día es el 31 de diciembre de 2026" in siguiente
    datos = {
        "documento": "40000102",
        "nombres": "Inés",
        "apellidos": "Tello",
        "asiento": sale.asiento_id,
        "calidad": "titular",
        "desde": "2027-01-01",
    }
    assert cem.post("/panel/personas/nueva", datos).status_code == 302
    assert quienes(FIN) == {"40000101"}
    assert quienes(ENERO) == {"40000102"}
    lejos = cem.post("/panel/personas/nueva", {**datos, "documento": "40000103", "desde": "2127-01-01"})
    assert lejos.status_code == 422 and "Revise el año" in lejos.content.decode()


@pytest.mark.un_motor
def test_the_office_is_told_that_an_end_is_not_put_off_and_how_to_go_on(cem):
    sale = registrar("40000101")
    entrega = f"/panel/asientos/{sale.pk}/cese"
    for _toque in range(2):
        ya = cem.post(entrega, {"motivo": "Cambio", "ultimo_dia": "30/12/2026"}, follow=True).text
        assert "su último día es el 30 de diciembre de 2026" in ya
    respuesta = cem.post(entrega, {"motivo": "Sigue", "ultimo_dia": "28/02/2027"})
    assert "desde=2026-12-31" in respuesta.url
    dicho = cem.get(respuesta.url).text
    assert "No cambió nada: el último día de Rosa Quispe B en el asiento ya es el 30 de diciembre de 2026" in dicho
    assert "28 de febrero" not in dicho
    assert registrar("40000101", desde=FIN).desde == FIN


def test_the_list_shows_who_holds_a_seat_today_and_on_request_the_others(cem):
    for documento, nombres in (("40000101", "Anterior"), ("40000102", "Presente"), ("40000103", "Siguiente")):
        Persona.objects.create(documento=documento, nombres=nombres, apellidos="Campos")
    dias = [(HOY - 90 * UN_DIA, HOY - 60 * UN_DIA), (HOY - 59 * UN_DIA, FIN), (ENERO, None)]
    for persona, (desde, hasta) in zip(Persona.objects.order_by("documento"), dias, strict=True):
        Membresia.objects.create(persona=persona, asiento=asiento(), calidad="titular", desde=desde, hasta=hasta)

    def vistos(consulta: str) -> set[str]:
        texto = cem.get(f"/panel/personas?{consulta}").content.decode()
        return {nombre for nombre in ("Anterior", "Presente", "Siguiente") if f"{nombre} Campos" in texto}

    assert vistos("") == vistos("q=campos") == {"Presente"}
    assert vistos("quienes=por_empezar") == {"Siguiente"}
    assert vistos("quienes=todas&q=campos") == {"Anterior", "Presente", "Siguiente"}
    assert "Desde el 1 de enero de 2027" in cem.get("/panel/personas?quienes=todas").content.decode()


@pytest.mark.un_motor
def test_who_waits_for_a_seat_reads_it_and_reaches_the_office(entrar):
    gente.crear_cem()
    persona = Persona.objects.create(
        documento="40000102",
        nombres="Inés",
        apellidos="Tello",
        cuenta=gente.crear_cuenta("ines"),
        datos_revisados_en=timezone.now(),
    )
    Membresia.objects.create(persona=persona, asiento=asiento(), calidad="titular", desde=ENERO)
    texto = entrar(persona).get("/mi-cuenta").content.decode()
    assert "Empieza el" in texto and "1 de enero de 2027" in texto
