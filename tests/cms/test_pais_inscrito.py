"""The invented country is the same each time, on any database, and obeys every rule that a real one does."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificados.models import Certificado
from cms.demo import banco_pais, banco_provincia, pais_inscrito
from cms.rendimiento.ajustes import APARTE
from cursos.models import Avance, Inscripcion
from evaluaciones.models import Intento
from instancias.models import Asiento, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from seguimiento.consultas import ayuda, distritos
from seguimiento.consultas.ambito import Ambito, edicion_por_defecto, ediciones_del

pytestmark = pytest.mark.django_db


def ambito_de(*prefijos: str) -> Ambito:
    ahora = timezone.now()
    ediciones = ediciones_del(AlcanceEfectivo(prefijos))
    return Ambito(prefijos, ahora, edicion_por_defecto(ediciones, dia=timezone.localdate()), ediciones)


def test_the_country_adds_up_and_is_the_same_each_time():
    edicion = pais_inscrito.levantar(60)
    pais_inscrito.poblar(2400, edicion)
    assert Persona.objects.count() == Inscripcion.objects.count() == 2400
    assert sorted(banco_pais.conteo())[0] == ("300101", 40, 12)
    hechas = sum(Inscripcion.objects.values_list("hechas", flat=True))
    assert Avance.objects.count() == hechas > 0
    terminaron = Inscripcion.objects.filter(estado="terminada").count()
    assert Certificado.objects.count() == terminaron * 4 // 5
    assert Intento.objects.filter(aprobado=True).count() == terminaron == 720
    assert not Inscripcion.objects.filter(ultima_actividad_en__gt=timezone.now()).exists()

    ambito = ambito_de(*pais_inscrito.DEPARTAMENTOS)
    instancias = distritos.instancias(ambito)
    total = distritos.totales(ambito, instancias)
    assert (total.integrantes, total.inscritas, total.terminaron, total.empezaron) == (2400, 2400, 720, 1440)
    assert total.repetidas == Membresia.objects.count() - 2400 > 0
    assert total.asientos == Asiento.objects.count() > total.asientos - total.sin_persona > 0
    assert ayuda.personas_por_ayudar(ambito)


def test_a_province_has_its_part():
    pais_inscrito.poblar(600, pais_inscrito.levantar(60))
    de_una = ambito_de("3001")
    assert distritos.totales(de_una, distritos.instancias(de_una)).terminaron == 9
    assert set(ayuda.personas_por_ayudar(de_una)) <= set(ayuda.personas_por_ayudar(ambito_de("30")))


def test_the_command_writes_only_on_an_empty_database(capsys):
    call_command("pais_de_ejemplo", personas=30, distritos=3)
    assert "30 personas en 3 distritos" in capsys.readouterr().out
    with pytest.raises(CommandError, match="ya tiene personas"):
        call_command("pais_de_ejemplo", personas=30, distritos=3)


@pytest.mark.un_motor
def test_no_page_of_a_long_province_weighs_more_than_it_may(entrar):
    """Ten districts of three hundred people each, before compression."""
    pais_inscrito.poblar(3000, pais_inscrito.levantar(10))
    cuenta = get_user_model().objects.create_user(username="provincia", password=None)
    pais_inscrito.dar_alcance(cuenta)
    cliente = entrar(cuenta)
    direcciones = ["/panel", "/panel/recordar", "/panel/distrito/300101"]
    direcciones += [f"/panel/lista?ver={ver}" for ver in ("integrantes", "sin_actividad", "ayuda", "asientos")]
    pesos = {una: len(cliente.get(una).content) / 1024 for una in direcciones}
    assert {una: kilos for una, kilos in pesos.items() if kilos > banco_pais.KILOS} == {}


@pytest.mark.un_motor
def test_no_page_of_a_department_of_eighty_instancias_weighs_more_than_it_may(entrar):
    pais_inscrito.poblar(1900, pais_inscrito.levantar())
    cuenta = get_user_model().objects.create_user(username="pais", password=None)
    pais_inscrito.dar_alcance(cuenta)
    cliente = entrar(cuenta)
    curso, antes = pais_inscrito.la_edicion().curso.numero, timezone.localdate() - datetime.timedelta(days=40)
    direcciones = ["/panel", "/panel/mapa", "/panel/metas", f"/panel/curso/{curso}", "/panel/lista?ver=integrantes"]
    de_uno = [f"{una}{'&' if '?' in una else '?'}territorio=30" for una in direcciones]
    de_uno += [f"{una}&al={antes}" for una in de_uno]
    pesos = {una: len(cliente.get(una).content) / 1024 for una in de_uno}
    assert {una: kilos for una, kilos in pesos.items() if kilos > banco_pais.KILOS} == {}


@pytest.mark.un_motor
def test_a_small_province_at_work_is_measured_beside_the_floor(settings):
    settings.MIDDLEWARE = [APARTE, *settings.MIDDLEWARE]
    medidas = {una.nombre: una for una in banco_provincia.paginas(200, rondas=1)}
    assert len(medidas) == 10
    assert all(una.paginas > 0 and una.piso > 0 and una.bytes > 0 for una in medidas.values())
    de_la_provincia = [medidas[f"panel de una provincia{cual}"] for cual in (", tras un acto", ", sin nada nuevo")]
    assert [una.meta for una in de_la_provincia] == [12, 12]
    assert de_la_provincia[1].sentencias < de_la_provincia[0].sentencias <= 14
