"""Change of authorities: who leaves, who enters, what stays vacant, and taking it back the same day."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.acceso.services.cuenta import seguir_sin_aceptar
from instancias.acceso.services.enlaces import crear_enlace, mirar_enlace
from instancias.models import Membresia, Persona, Relevo
from instancias.politica import AlcanceEfectivo
from instancias.services.relevo import Cambio, Decision, ErrorDeRelevo, Sucesor
from instancias.services.relevo_deshecho import deshacer_relevo
from marco.errores import ErrorDeDominio
from tests import gente
from tests.cursos.factories import Programa
from tests.instancias.mesas import AHORA, ENERO, FIN, HOY, PROVINCIA, cambiar, entra, persona, quienes, sentada

pytestmark = pytest.mark.usefixtures("territorio")
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine):
    time_machine.move_to(AHORA)


@pytest.fixture
def asiento(territorio):
    return gente.crear_asiento("100605", orden=1, corto="Alcaldía")


def deshacer(relevo: Relevo, **otros):
    datos = {"alcance": PROVINCIA, "por": None, "ahora": timezone.now(), **otros}
    return deshacer_relevo(relevo_id=relevo.pk, **datos)


def codigo_de(*cambios: Cambio, **otros) -> str:
    antes = Membresia.objects.count(), Persona.objects.count()
    with pytest.raises(ErrorDeDominio) as error:
        cambiar(*cambios, **otros)
    assert (Membresia.objects.count(), Persona.objects.count()) == antes
    return error.value.codigo


def test_the_holder_leaves_the_day_before_and_the_next_one_enters(asiento):
    sentada(asiento, persona("40000101"))
    relevo = cambiar(entra(asiento, "40000102", celular="987654321"))
    assert quienes(FIN) == {"40000101"} and quienes(ENERO) == {"40000102"}
    entro = Membresia.objects.get(persona__documento="40000102")
    assert (entro.designacion, entro.persona.celular) == ("Credencial JNE", "987654321")
    assert Membresia.objects.get(persona__documento="40000101").motivo_de_cese == "Cambio de autoridades"
    assert relevo.registradas == [entro.persona_id]


def test_the_phone_of_who_did_not_accept_stays_away(asiento):
    sentada(asiento, persona("40000101"))
    entra_quien = persona("40000102", "Inés", "Tello Ponce")
    seguir_sin_aceptar(persona=entra_quien, version="1", texto="Aviso", ahora=timezone.now())
    cambiar(entra(asiento, "40000102", celular="987654321"))
    entra_quien.refresh_from_db()
    assert entra_quien.celular == "" and quienes(ENERO) == {"40000102"}


def test_the_alternate_becomes_titular_in_one_act(asiento):
    sentada(asiento, persona("40000101"))
    sentada(asiento, persona("40000102", "Juan", "Tello"), "alterno")
    cambiar(Cambio(asiento.pk, "titular", Decision.ALTERNO))
    assert quienes(FIN, "alterno") == quienes(ENERO) == {"40000102"}
    assert quienes(ENERO, "alterno") == set()


def test_who_is_typed_and_sits_there_in_the_other_quality_passes_too(asiento):
    sentada(asiento, persona("40000101"))
    sentada(asiento, persona("40000102", "Juan", "Tello"), "alterno")
    cambiar(
        entra(asiento, "40000102", nombres="", apellidos=""),
        entra(asiento, "40000103", "alterno"),
    )
    assert quienes(ENERO) == {"40000102"} and quienes(ENERO, "alterno") == {"40000103"}


def test_when_nobody_is_known_yet_the_seat_is_vacant_from_the_day(asiento):
    sentada(asiento, persona("40000101"))
    cambiar(Cambio(asiento.pk, "titular", Decision.VACANTE))
    assert quienes(FIN) == {"40000101"} and quienes(ENERO) == set()


def test_who_was_to_begin_later_is_called_off(asiento):
    sentada(asiento, persona("40000101"), hasta=FIN)
    sentada(asiento, persona("40000102", "Juan", "Tello"), desde=ENERO + UN_DIA)
    cambiar(entra(asiento, "40000103"))
    assert quienes(FIN) == {"40000101"}
    assert quienes(ENERO) == quienes(ENERO + 30 * UN_DIA) == {"40000103"}


def test_each_bad_row_is_told_and_nothing_is_saved(asiento):
    otro = gente.crear_asiento("100605", orden=2, corto="Salud")
    fuera = gente.crear_asiento("100601", orden=1)
    sentada(asiento, persona("40000101"))
    ajena = persona("40000109", "Ana", "Ríos")
    sentada(fuera, ajena)
    luyando = AlcanceEfectivo(("100605",))
    assert codigo_de(entra(asiento, "40000101")) == "documento_de_otra_persona"
    assert codigo_de(entra(asiento, "40000102", apellidos="")) == "faltan_nombres"
    assert codigo_de(entra(asiento, "40000102", nombres="R0sa")) == "nombre"
    assert codigo_de(entra(asiento, "40000109", nombres="", apellidos=""), alcance=luyando) == "documento_ajeno"
    assert codigo_de(entra(asiento, "40000109"), alcance=luyando) == "documento_ajeno"
    assert codigo_de(entra(fuera, "40000102"), alcance=luyando) == "fuera_de_alcance"
    assert codigo_de(Cambio(asiento.pk, "titular", Decision.ALTERNO)) == "sin_alterno"
    assert codigo_de(Cambio(asiento.pk, "titular", Decision.SIGUE)) == "nada_que_cambiar"
    assert codigo_de(entra(asiento, "40000102"), entra(asiento, "40000102", "alterno")) == "dos_calidades"
    assert codigo_de(entra(asiento, "40000102"), entra(otro, "40000102", nombres="Sara")) == "dos_nombres"
    with pytest.raises(ErrorDeRelevo) as error:
        cambiar(entra(asiento, "40000102"), entra(otro, "40000103", apellidos=""))
    assert [paso.asiento for paso in error.value.pasos] == [otro]


def test_what_was_on_the_screen_must_still_be_so(asiento):
    otra = sentada(asiento, persona("40000101"))
    visto = Cambio(asiento.pk, "titular", Decision.VACANTE, vistas=frozenset([otra.pk]))
    cambiar(visto)
    assert codigo_de(visto) == "cambio_mientras"


def test_one_operation_is_one_act(asiento):
    sentada(asiento, persona("40000101"))
    clave = uuid.uuid4()
    uno = cambiar(entra(asiento, "40000102"), operacion=clave)
    assert cambiar(entra(asiento, "40000102"), operacion=clave) == uno
    assert Relevo.objects.count() == 1


def test_an_end_that_passed_is_not_written_again(asiento):
    sentada(asiento, persona("40000101"), hasta=HOY - UN_DIA)
    assert codigo_de(entra(asiento, "40000102"), desde=HOY - 10 * UN_DIA) == "asiento_ocupado"


def test_the_personal_link_ends_with_the_seat(asiento):
    sale = persona("40000101")
    sentada(asiento, sale)
    token = crear_enlace(persona=sale, por=None, ahora=timezone.now()).token
    cambiar(Cambio(asiento.pk, "titular", Decision.VACANTE), desde=HOY)
    with pytest.raises(ErrorDeDominio):
        mirar_enlace(token=token, ahora=timezone.now())


def test_undone_the_same_day_everything_is_as_it_was(asiento):
    sentada(asiento, persona("40000101"), hasta=ENERO + 90 * UN_DIA)
    sentada(asiento, persona("40000102", "Juan", "Tello"), "alterno")
    antes = list(Membresia.objects.order_by("pk").values())
    conocidas = set(Persona.objects.values_list("documento", flat=True))
    relevo = cambiar(Cambio(asiento.pk, "titular", Decision.ALTERNO), entra(asiento, "40000103", "alterno"))
    hecho = deshacer(relevo)
    assert (hecho.asientos, hecho.personas_que_quedan) == (1, 0)
    assert list(Membresia.objects.order_by("pk").values()) == antes
    assert set(Persona.objects.values_list("documento", flat=True)) == conocidas
    with pytest.raises(ErrorDeDominio) as error:
        deshacer(relevo)
    assert error.value.codigo == "ya_deshecho"


def test_it_is_not_undone_the_next_day_nor_from_another_place(asiento, time_machine):
    sentada(asiento, persona("40000101"))
    relevo = cambiar(entra(asiento, "40000102"))
    with pytest.raises(ErrorDeDominio) as error:
        deshacer(relevo, alcance=AlcanceEfectivo(("100601",)))
    assert error.value.codigo == "fuera_de_alcance"
    time_machine.move_to(AHORA + UN_DIA)
    with pytest.raises(ErrorDeDominio) as error:
        deshacer(relevo)
    assert error.value.codigo == "tarde"


def test_it_is_not_undone_once_the_seat_changed_again(asiento):
    sentada(asiento, persona("40000101"))
    primero = cambiar(Cambio(asiento.pk, "titular", Decision.VACANTE))
    segundo = cambiar(entra(asiento, "40000102"))
    with pytest.raises(ErrorDeDominio) as error:
        deshacer(primero)
    assert error.value.codigo == "ya_cambio" and "Alcaldía" in str(error.value)
    assert quienes(ENERO) == {"40000102"}
    deshacer(segundo)
    deshacer(primero)
    assert quienes(ENERO) == {"40000101"}


def test_a_new_person_with_something_done_stays_and_is_told(asiento):
    sentada(asiento, persona("40000101"))
    relevo = cambiar(entra(asiento, "40000102"))
    Persona.objects.filter(documento="40000102").update(ultimo_ingreso_en=timezone.now())
    assert deshacer(relevo).personas_que_quedan == 1
    assert quienes(ENERO) == {"40000101"}


def test_the_enrolment_that_the_seat_gave_goes_with_it_unless_it_was_begun(asiento, django_capture_on_commit_callbacks):
    edicion = Programa(lecciones=1).abrir()
    sentada(asiento, persona("40000101"))
    with django_capture_on_commit_callbacks(execute=True):
        relevo = cambiar(entra(asiento, "40000102"), desde=HOY)
    assert Inscripcion.objects.filter(persona__documento="40000102", edicion=edicion).exists()
    deshacer(relevo)
    assert not Persona.objects.filter(documento="40000102").exists()
    with django_capture_on_commit_callbacks(execute=True):
        relevo = cambiar(entra(asiento, "40000103"), desde=HOY)
    Inscripcion.objects.update(iniciada_en=timezone.now())
    assert deshacer(relevo).personas_que_quedan == 1
    assert Inscripcion.objects.filter(persona__documento="40000103").exists()


def test_sixty_nine_seats_cost_as_many_statements_as_two(territorio, presupuesto):
    contadas = []
    for orden, cuantos in ((1, 2), (2, 69)):
        cambios = []
        for numero in range(1, cuantos + 1):
            uno = gente.crear_asiento("100605", orden=orden, numero=numero)
            sentada(uno, persona(f"41{orden}{numero:05}"))
            cambios.append(entra(uno, f"42{orden}{numero:05}"))
        with presupuesto(20) as hacer:
            relevo = cambiar(*cambios)
        assert len(relevo.creadas) == cuantos
        with presupuesto(40) as deshacerlo:
            deshacer(relevo)
        contadas.append((hacer.contadas, deshacerlo.contadas))
    assert contadas[0] == contadas[1]


def test_of_somebody_in_charge_the_document_is_enough_and_of_a_stranger_it_is_not(asiento):
    sentada(asiento, persona("40000101"))
    solo = Sucesor(documento="40000102")
    cambio = Cambio(asiento.pk, "titular", Decision.PERSONA, solo)
    assert codigo_de(cambio) == "faltan_nombres"
    persona("40000102", "Juan", "Tello")  # known, and of nobody's place: its name is not told by a number
    assert codigo_de(cambio) == "faltan_nombres"
    sentada(gente.crear_asiento("100605", orden=2), Persona.objects.get(documento="40000102"))
    cambiar(cambio)
    assert quienes(ENERO) == {"40000102"}
