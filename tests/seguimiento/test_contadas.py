"""Each instancia is counted again only when it changed, by questions written once: they say what the others say."""

from __future__ import annotations

import datetime
import logging
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.models import Alcance, Membresia, Territorio, TipoDeAsiento
from instancias.politica import AlcanceEfectivo
from marco import preparadas
from marco.de_estos import en_fila
from seguimiento.consultas import (
    ayuda,
    cambios,
    contada,
    contadas,
    distritos,
    guardado,
    matriz,
    metas,
    personas,
    quietud,
    recordar,
)
from seguimiento.consultas.ambito import Ambito, _ediciones, ediciones_del
from seguimiento.consultas.de_una import DeUnaInstancia
from tests.seguimiento import factories as f
from tests.seguimiento.test_panel_dibujado import entrar_como_la_provincia, montar

pytestmark = pytest.mark.django_db
AYER, HACE_UN_MES = (timezone.localdate() - datetime.timedelta(days=dias) for dias in (1, 30))
PREGUNTAS = [una for una in vars(contada).values() if isinstance(una, DeUnaInstancia)]
DE_ALGUNAS = {
    contada.LA_GENTE: [{"por_ayudar": "", "solo": None}, {"por_ayudar": "1,2,3", "solo": "1,2,3"}],
    contada.POR_AYUDAR: [{"de": "1,2,3"}],
}


def suyas(ambito) -> contadas.DeLasInstancias:
    numeros = cambios.numeros(ambito)
    assert numeros is not None
    return contadas.DeLasInstancias(ambito, numeros)


def formas():
    """Scopes whose questions have another text, and others that only have other values."""
    de_hoy = f.ambito()
    yield from (de_hoy, de_hoy.al_dia(AYER), de_hoy.al_dia(HACE_UN_MES))
    yield replace(de_hoy, con_titular=True)
    yield replace(de_hoy, ahora=de_hoy.ahora + datetime.timedelta(days=40, hours=3))
    edicion = de_hoy.edicion
    yield replace(de_hoy, edicion=replace(edicion, con_tipos=True))
    yield replace(de_hoy, edicion=replace(edicion, termina=AYER))
    con_encuesta = replace(de_hoy)
    vars(con_encuesta)["aplicacion"] = (1, 90)
    yield con_encuesta


def test_a_question_that_was_written_once_says_what_it_says_when_it_is_written_anew():
    montar()
    f.integrante(f.A, Inscripcion.objects.first().edicion, codigo="T-05", hechas=4, dias=3)
    for ambito in formas():
        for ubigeo in (f.PROVINCIA, f.A, f.B, f.C):
            una = replace(ambito, prefijos=(ubigeo,), instancia=ubigeo)
            vars(una)["aplicacion"] = ambito.aplicacion
            for pregunta in PREGUNTAS:
                for mas in DE_ALGUNAS.get(pregunta, [{}]):
                    assert pregunta(una, **mas) == list(pregunta.construir(una, **mas))


@pytest.mark.parametrize("al", [None, AYER, HACE_UN_MES])
def test_instancias_counted_one_by_one_add_up_to_what_all_of_them_say_at_once(al):
    edicion = montar()
    en_dos = Membresia.objects.filter(asiento__instancia__territorio=f.A, hasta=None).first().persona
    Membresia.objects.create(persona=en_dos, asiento=f.crear_asiento(f.B, "T-07"), calidad="titular", desde=HACE_UN_MES)
    f.integrante(f.A, edicion, codigo="T-06", hechas=1, dias=14 - 60 / 86400)  # still in a minute
    ambito = f.ambito() if al is None else f.ambito().al_dia(al)
    for _vez in ("from facts", "from what was kept"):
        una_por_una = suyas(ambito)
        instancias = una_por_una.instancias()
        assert instancias == distritos.instancias(ambito)
        assert una_por_una.totales(instancias) == distritos.totales(ambito, instancias)
        por_ayudar = una_por_una.por_ayudar()
        assert por_ayudar == ayuda.personas_por_ayudar(ambito)
        assert una_por_una.puestos() == matriz.puestos(ambito, por_ayudar=por_ayudar)
        if al is None:
            assert metas.avances(ambito, instancias, una_por_una.ritmos()) == metas.avances(ambito, instancias)
    if al is None:
        assert una_por_una.se_aquietan() == [uno for uno in quietud.se_aquietan(ambito) if uno >= ambito.ahora]
        juntas = contadas.juntar(una_por_una.en_espera())
        de_hechos = recordar.personas(ambito, por_ayudar=por_ayudar)
        assert juntas.claves == list(de_hechos.values_list("orden", "espera", "pk"))
        assert [pk for *_orden, pk in juntas.sillas] == list(recordar.vacantes(ambito).values_list("pk", flat=True))


def test_the_pace_of_an_instancia_is_of_the_last_four_weeks_to_the_second():
    edicion = montar()
    for codigo, dias in (("T-06", 28 - 60 / 86400), ("T-07", 27)):
        persona = f.integrante(f.A, edicion, codigo=codigo, hechas=4)
        Inscripcion.objects.filter(persona=persona).update(terminada_en=f.hace(dias))
    ahora = timezone.now()
    for segundos in (0, 30, 90, 120):  # the first one finished four weeks ago between the second and the third
        ambito = replace(f.ambito(), ahora=ahora + datetime.timedelta(seconds=segundos))
        una_por_una = suyas(ambito)
        instancias = una_por_una.instancias()
        assert metas.avances(ambito, instancias, una_por_una.ritmos()) == metas.avances(ambito, instancias)
    assert una_por_una.ritmos()[f.A] == 1


def contadas_al_pedir(cliente, direccion) -> list[str]:
    with patch("seguimiento.consultas.contadas.contar", wraps=contadas.contar) as contar:
        assert cliente.get(direccion).status_code == 200
    return sorted(llamada.args[0].instancia for llamada in contar.call_args_list)


@pytest.mark.parametrize("direccion", ["/panel", "/panel/recordar", "/panel/mapa", "/panel/metas"])
def test_what_one_person_does_counts_their_instancia_again_and_no_other(direccion):
    montar()
    otra = f.crear_asiento(f.C, "T-08")
    cliente = entrar_como_la_provincia()
    assert contadas_al_pedir(cliente, direccion) == [f.PROVINCIA, f.A, f.B, f.C]
    assert contadas_al_pedir(cliente, direccion) == []
    Inscripcion.objects.filter(territorio=f.A).update(hechas=2)
    assert contadas_al_pedir(cliente, direccion) == [f.A]
    Membresia.objects.create(
        persona=Membresia.objects.filter(asiento__instancia__territorio=f.B, hasta=None).first().persona,
        asiento=otra,
        calidad="titular",
        desde=timezone.localdate(),
    )
    assert contadas_al_pedir(cliente, direccion) == [f.B, f.C]


def test_a_district_uses_what_the_province_counted():
    montar()
    cliente = entrar_como_la_provincia()
    cliente.get("/panel")
    assert contadas_al_pedir(cliente, f"/panel/distrito/{f.A}") == []


class FueraDeSusLimites(contadas.DeLasInstancias):
    """As if the limits of another place reached this one."""

    def _lugares(self) -> list[str]:
        return [f.B]


def test_a_place_that_is_asked_for_outside_the_chosen_one_empties_the_list_of_nobody():
    montar()
    cliente = entrar_como_la_provincia()
    assert cliente.get("/panel/mapa").status_code == 200  # each one counted, and nobody asked yet whom to remind
    assert suyas(f.ambito(f.A).en(f.B)).en_espera() == []
    numeros = cambios.numeros(f.ambito())
    assert numeros is not None
    FueraDeSusLimites(f.ambito(f.A), numeros).en_espera()
    de_hechos = recordar.personas(f.ambito(), por_ayudar=ayuda.personas_por_ayudar(f.ambito()))
    juntas = contadas.juntar(suyas(f.ambito()).en_espera())
    assert juntas.claves == list(de_hechos.values_list("orden", "espera", "pk"))
    assert {f.B} < {una.ubigeo for una in suyas(f.ambito()).instancias()}


DE_OTRO_LUGAR = f"territorio={f.A}&instancia={f.B}"
ESTADOS = {
    f"/panel/distrito/{f.B}?territorio={f.A}": 404,
    f"/panel?{DE_OTRO_LUGAR}": 404,
    f"/panel/recordar?{DE_OTRO_LUGAR}": 404,
    f"/panel?territorio={f.PROVINCIA}&instancia={f.B}": 200,
    "/panel?instancia=10": 404,
    "/panel/mapa?instancia=10": 404,
    "/panel/metas?instancia=10": 404,
    "/panel/recordar?instancia=10": 404,
    "/panel/lista?instancia=10": 404,
    "/panel/curso/900?instancia=10": 404,
    "/panel?territorio=16": 200,
    "/panel/mapa?territorio=16": 200,
    "/panel/recordar?territorio=16": 200,
}


def test_a_place_without_instancias_is_empty_and_a_department_is_no_instancia(entrar, territorio, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion, codigo="T-01")
    f.integrante(f.B, edicion, codigo="T-01")
    Territorio.objects.filter(ubigeo__startswith="16").delete()
    Territorio.objects.create(ubigeo="16", nivel="departamento", nombre="Sin provincias")
    cuenta = get_user_model().objects.create_user(username="de-dos", password=None)
    for ubigeo in ("10", "16"):
        Alcance.objects.create(cuenta=cuenta, territorio_id=ubigeo, desde=AYER)
    cliente = entrar(cuenta)
    for _vez in ("cold", "kept"):
        assert {una: cliente.get(una).status_code for una in ESTADOS} == ESTADOS


def test_what_is_counted_again_takes_the_place_of_what_was_kept():
    """However many times an instancia changes and is looked at, there is one of each thing."""
    montar()
    cliente = entrar_como_la_provincia()
    llaves: set[str] = set()
    cuantas = []
    for vez in range(3):
        Inscripcion.objects.filter(territorio=f.A).update(hechas=vez)
        Territorio.objects.filter(ubigeo=f.C).update(capital=f"Capital {vez}")  # a change of all
        with patch("seguimiento.consultas.guardado.guardar", wraps=guardado.guardar) as guardar:
            for pagina in ("/panel", "/panel/recordar", "/panel/mapa", "/panel/metas", f"/panel/distrito/{f.A}"):
                assert cliente.get(pagina).status_code == 200
        llaves |= {llave for llamada in guardar.call_args_list for llave in llamada.args[0]}
        cuantas.append(len(llaves))
    assert cuantas == [cuantas[0]] * 3
    assert cuantas[0] > 8


def test_another_edition_of_the_program_reads_nothing_of_what_this_one_kept():
    montar()
    suyas(f.ambito()).en_espera()
    with (
        patch("seguimiento.consultas.contadas.codigo_de_las_cuentas", return_value="otra"),
        patch("seguimiento.consultas.contadas.contar", wraps=contadas.contar) as contar,
    ):
        suyas(f.ambito()).contadas()
    assert contar.call_count == 4
    antes = cambios.llave("primeras", f.ambito())
    with patch("seguimiento.consultas.cambios.codigo_de_las_cuentas", return_value="otra"):
        assert cambios.llave("primeras", f.ambito()) != antes


def test_a_question_of_one_instancia_is_written_again_when_something_it_holds_for_fixed_changes():
    montar()
    suyas(f.ambito()).en_espera()
    assert all(una.preparada._textos for una in (contada.LA_GENTE, contada.LAS_VACANTES))
    preparadas.olvidar_todas()
    assert not any(una.preparada._textos for una in PREGUNTAS)


@pytest.mark.usefixtures("territorio")
def test_on_the_days_of_a_hand_over_a_seat_of_two_people_is_one_and_the_rest_are_vacant():
    """Three seats of a kind: on the first, who leaves today and who comes in; nobody on the others."""
    edicion = f.abrir(f.crear_curso())
    saliente = f.integrante(f.A, edicion, codigo="T-05", hechas=1)
    silla = saliente.membresias.get()
    Membresia.objects.filter(pk=silla.pk).update(hasta=timezone.localdate())
    f.inscribir(f.sentar(silla.asiento, "Entrante", desde=timezone.localdate()), edicion)
    for numero in (2, 3):
        f.crear_asiento(f.A, "T-05", numero=numero)
    (una,) = distritos.instancias(f.ambito().en(f.A))
    celda = matriz.celda(una, "DT-05", suyas(f.ambito().en(f.A)).puestos())
    assert (celda.titular.asientos, celda.titular.vacantes, celda.alterno.vacantes) == (3, 2, 3)


@pytest.mark.parametrize("de", [(f.PROVINCIA,), (f.A,), ("10",), (f.A, f.B), ()])
def test_what_every_page_asks_of_one_place_says_what_it_says_of_several(de):
    edicion = montar()
    edicion.tipos_de_asiento.set(TipoDeAsiento.objects.filter(codigo__in=["T-01", "DT-01"]))
    f.abrir(f.crear_curso(numero=901), f.A, nombre="De un distrito")
    alcance = AlcanceEfectivo(de)
    suyas = {(una.id, ubigeo) for una in ediciones_del(alcance) for ubigeo in una.territorios}
    assert suyas == {(pk, ubigeo) for pk, *_datos, ubigeo in _ediciones(de)}
    for una in ediciones_del(alcance):
        ambito = Ambito(de, timezone.now(), una)
        for al in (None, HACE_UN_MES):
            de_ese_dia = replace(ambito, al=al)
            cuales = en_fila(Membresia.objects.values_list("persona", flat=True))
            dichos = sorted(personas._donde_se_sientan(de_ese_dia, cuales))
            assert dichos == sorted(personas._asientos_de(de_ese_dia, cuales))
            assert dichos or al
