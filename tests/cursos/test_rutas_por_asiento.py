"""Lessons that are for some kinds of seat: nobody is asked for them, and they come first to whom they are for."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.consultas.temario import temario_de
from cursos.models import Avance, Inscripcion, Leccion, Unidad
from cursos.services.avance import registrar_avance, terminar_unidad
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from cursos.services.publicacion import carga_en_bloque, sincronizar_curso
from instancias.models import Membresia, TipoDeAsiento
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, crear_modulo, publicar
from tests.cursos.test_editor import datos_de_leccion
from tests.mundos import hecho_una_vez
from tests.plano import plano

pytestmark = pytest.mark.django_db

PLEGADAS = "Ver lo que le toca a otros asientos"
SUYA = "Lo que la ley pide a su asiento. Es opcional y no cambia su avance."
DE_TODOS = "Lo que la ley pide a cada asiento. Es opcional y no cambia su avance."


def texto(trozo: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", trozo))


def crear_ruta(modulo, titulo, *codigos, **campos):
    return crear_leccion(modulo, titulo, asientos=list(TipoDeAsiento.objects.filter(codigo__in=codigos)), **campos)


@pytest.fixture
@hecho_una_vez
def con_rutas(programa, integrante):
    """Three lessons asked of everybody, and a route for the learner's seat, another's, and two seats at once."""
    for orden in (2, 3):
        gente.crear_asiento(gente.DISTRITO_A, orden=orden, corto=f"Otro {orden}")
    modulo = crear_modulo(programa.pagina, "Lo que le toca a su asiento", rutas=True)
    programa.rutas = [
        crear_ruta(modulo, "Para la segunda", "IDC-02"),
        crear_ruta(modulo, "Para la primera", "IDC-01"),
        crear_ruta(modulo, "Para las otras", "IDC-02", "IDC-03"),
    ]
    return programa


@pytest.fixture
@hecho_una_vez
def inscrita(con_rutas, integrante):
    return con_rutas.inscribir(integrante)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.fixture
def base(con_rutas):
    return f"/c/{con_rutas.curso.numero}"


def seccion_de_rutas(respuesta) -> tuple[str, str]:
    """Return what the section of the routes shows at once, and what it keeps folded."""
    (seccion,) = [s for s in respuesta.content.decode().split("<section") if "Lo que le toca a su asiento</h2>" in s]
    abierto, _resumen, plegado = seccion.partition("<details")
    return texto(abierto), texto(plegado)


# --- What it is


def test_a_route_keeps_its_seats_and_is_not_asked_for(con_rutas):
    unidad = con_rutas.unidad(con_rutas.rutas[2])
    assert (unidad.asientos, unidad.obligatoria) == (["IDC-02", "IDC-03"], False)
    assert con_rutas.vigente.requisitos.count() == 3


def test_a_lesson_that_becomes_of_a_seat_is_no_longer_asked_of_who_starts(con_rutas, inscrita):
    una = con_rutas.lecciones[0]
    una.asientos.set(TipoDeAsiento.objects.filter(codigo="IDC-01"))
    publicar(una)
    assert con_rutas.vigente.requisitos.count() == 2
    inscrita.refresh_from_db()
    assert inscrita.requeridas == 2


@pytest.mark.un_motor
def test_routes_are_not_numbered_nor_counted_in_the_time(con_rutas):
    antes = temario_de(con_rutas.curso).segundos
    temario = temario_de(con_rutas.curso)
    assert [fila.posicion for fila in temario.filas] == [1, 2, 3, 0, 0, 0]
    una_mas = crear_leccion(con_rutas.modulos[0], "Una más")
    temario = temario_de(con_rutas.curso)
    assert max(fila.posicion for fila in temario.filas) == 4
    assert temario.segundos == antes + con_rutas.unidad(una_mas).segundos > antes


@pytest.mark.parametrize("cuantas", [1, 6])
def test_publishing_costs_the_same_with_many_routes(con_rutas, presupuesto, cuantas):
    with carga_en_bloque():
        for n in range(cuantas):
            crear_ruta(con_rutas.rutas[0].get_parent(), f"Ruta {n}", "IDC-01")
    with presupuesto(13):
        sincronizar_curso(pagina=con_rutas.pagina, ahora=timezone.now())


# --- The page of the course


@pytest.mark.un_motor
def test_the_route_of_ones_seat_comes_first_and_the_others_folded(cliente, base):
    abierto, plegado = seccion_de_rutas(cliente.get(base))
    assert SUYA in abierto and "Para la primera" in abierto
    assert "Para la segunda" not in abierto and "Para las otras" not in abierto
    assert PLEGADAS in plegado and "Para la segunda" in plegado and "Para las otras" in plegado


@pytest.mark.un_motor
def test_two_seats_give_both_routes(cliente, base, integrante):
    asiento = gente.crear_asiento(gente.DISTRITO_A, orden=3)
    Membresia.objects.create(persona=integrante, asiento=asiento, calidad="alterno", desde=gente.DESDE)
    abierto, plegado = seccion_de_rutas(cliente.get(base))
    assert "Para la primera" in abierto and "Para las otras" in abierto and "Para la segunda" in plegado


@pytest.mark.un_motor
@pytest.mark.parametrize("quien", ["sin asiento", "asiento sin ruta"])
def test_who_has_no_route_sees_them_all_in_one_list(cliente, base, integrante, quien):
    membresias = Membresia.objects.filter(persona=integrante)
    if quien == "sin asiento":
        membresias.update(hasta=timezone.localdate() - datetime.timedelta(days=1))
    else:
        membresias.update(asiento=gente.crear_asiento(gente.DISTRITO_A, orden=9, corto="Otra"))
    abierto, plegado = seccion_de_rutas(cliente.get(base))
    assert DE_TODOS in abierto and plegado == ""
    assert abierto.index("Para la segunda") < abierto.index("Para la primera") < abierto.index("Para las otras")


@pytest.mark.un_motor
def test_a_course_without_routes_says_nothing_of_them(entrar, territorio, integrante_de_b):
    programa = Programa()
    programa.inscribir(integrante_de_b)
    visto = texto(entrar(integrante_de_b).get(f"/c/{programa.curso.numero}").content.decode())
    assert SUYA not in visto and DE_TODOS not in visto and PLEGADAS not in visto


@pytest.mark.un_motor
def test_counts_are_of_what_is_asked(cliente, base):
    visto = texto(cliente.get(base).content.decode())
    assert "0 de 3 lecciones" in visto and "En pantalla toma un minuto" in visto
    assert "3. Lección 1.3" in visto and "4. " not in visto


@pytest.mark.parametrize("cuantas", [1, 6])
def test_the_page_of_a_course_with_routes_fits_its_budget(con_rutas, cliente, base, presupuesto, cuantas):
    with carga_en_bloque():
        for n in range(cuantas):
            crear_ruta(con_rutas.rutas[0].get_parent(), f"Ruta {n}", "IDC-01")
    cliente.get("/entrar")
    with presupuesto(9):  # the first of all after publishing: what its lesson spends is measured once
        cliente.get(base)
    with presupuesto(5):
        cliente.get(base)
    with presupuesto(5):
        cliente.get("/inicio")


# --- Going on


@pytest.mark.un_motor
def test_continuing_never_leads_to_a_route(con_rutas, cliente, base, inscrita):
    for numero in (1, 2):
        terminar_unidad(inscripcion=inscrita, unidad=con_rutas.unidades[numero - 1], ahora=timezone.now())
    ajena = con_rutas.unidad(con_rutas.rutas[0]).numero
    cliente.post(f"{base}/{ajena}/1")  # begun and left
    for pagina in (base, "/inicio"):
        cuerpo = plano(cliente.get(pagina).content.decode())
        (boton,) = re.findall(r'<a class="k-boton" href="([^"]+)"[^>]*>Continuar', cuerpo)
        assert boton == f"{base}/3/1"
    assert "Ir a la lección 3" in texto(cliente.get(f"{base}/2/fin").content.decode())


@pytest.mark.un_motor
def test_who_begins_by_a_route_goes_on_with_the_first_lesson(con_rutas, cliente, base):
    propia = con_rutas.unidad(con_rutas.rutas[1]).numero
    cliente.post(f"{base}/{propia}/1")
    inicio = cliente.get("/inicio").content.decode()
    assert f'href="{base}/1/1"' in inicio and "lección 1" in texto(inicio) and "Para la primera" not in texto(inicio)
    cliente.post(f"{base}/{propia}/2")
    inscripcion = Inscripcion.objects.get()
    assert (inscripcion.hechas, inscripcion.requeridas, inscripcion.unidad_actual.numero) == (0, 3, 1)
    assert (inscripcion.estado, inscripcion.iniciada_en) == (Inscripcion.Estado.POR_EMPEZAR, None)
    assert inscripcion.ultima_actividad_en is not None


@pytest.mark.un_motor
def test_any_route_is_read_by_its_address_and_resumed_where_it_was_left(con_rutas, cliente, base):
    ajena = con_rutas.unidad(con_rutas.rutas[0]).numero
    cliente.post(f"{base}/{ajena}/1")
    assert cliente.get(f"{base}/{ajena}").url == f"{base}/{ajena}/2"
    assert cliente.post(f"{base}/{ajena}/2").url == f"{base}/{ajena}/fin"
    visto = texto(cliente.get(f"{base}/{ajena}/fin").content.decode())
    assert "Terminó esta lección" in visto and "Ir a la lección 1" in visto
    assert Avance.objects.get().estado == Avance.Estado.TERMINADA


@pytest.mark.un_motor
def test_the_course_ends_without_routes_and_does_not_insist(con_rutas, cliente, base, inscrita):
    for unidad in con_rutas.unidades[:3]:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    inscrita.refresh_from_db()
    assert inscrita.estado == Inscripcion.Estado.TERMINADA
    visto = texto(cliente.get(f"{base}/3/fin").content.decode())
    assert "Terminó el curso" in visto and "Ir a la lección" not in visto and "Ir a:" not in visto
    assert ">Continuar<" not in plano(cliente.get(base).content.decode())
    propia = con_rutas.unidad(con_rutas.rutas[1])
    for paso in (1, 2):
        registrar_avance(inscripcion=inscrita, unidad=propia, paso=paso, ahora=timezone.now())
    despues = texto(cliente.get(f"{base}/{propia.numero}/fin").content.decode())
    assert "Terminó esta lección" in despues and "Terminó el curso" not in despues
    abierto, _plegado = seccion_de_rutas(cliente.get(base))
    assert "Para la primera" in abierto and "Terminada" in abierto


# --- The editor


@pytest.mark.un_motor
def test_the_editor_marks_the_seats_with_their_level(con_rutas, capacitadora, entrar):
    gente.crear_asiento(gente.PROVINCIA, orden=4, corto="PNP")
    asegurar_grupo_de_capacitadoras()
    escribe = entrar(capacitadora)
    modulo = con_rutas.rutas[0].get_parent()
    direccion = reverse("wagtailadmin_pages:add", args=["kuska_cursos", "leccion", modulo.pk])
    pantalla = escribe.get(direccion).content.decode()
    assert (
        "Quién la lee" in pantalla and "PNP · Provincial" in pantalla and 'type="checkbox" name="asientos"' in pantalla
    )
    tipo = TipoDeAsiento.objects.get(codigo="IPC-04")
    escribe.post(direccion, {**datos_de_leccion(), "asientos": [tipo.pk], "action-publish": "1"})
    nueva = Leccion.objects.get(title="Nueva")
    assert Unidad.objects.get(pagina=nueva.pk).asientos == ["IPC-04"]
