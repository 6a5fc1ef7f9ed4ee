"""What is ahead of a person, and who may call them: days of Lima, told once, and nothing on a locked screen."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from cursos.clases.leccion.unidad import LeccionComoUnidad
from cursos.consultas import calendario as consulta
from cursos.consultas.calendario import Fecha, calendario_de
from cursos.errores import CursoError
from cursos.ics import calendario as en_archivo
from cursos.models import Encuentro
from cursos.services.calendario import (
    Convocatoria,
    borrar_encuentro,
    cancelar_encuentro,
    convocar,
    corregir_encuentro,
)
from cursos.services.prorrogas import dar_prorroga_a_persona
from instancias.models import Membresia, TipoDeAsiento
from tests import gente
from tests.cursos.factories import Programa
from tests.neutralidad import palabras_en

UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
def hoy(db):
    return timezone.localdate()


@pytest.fixture(autouse=True)
def _sin_esperar(monkeypatch):
    """Rows are written here without the act that makes «Inicio» look again."""
    monkeypatch.setattr(consulta, "UN_MINUTO", 0)


def encuentro(dia, *, titulo="Sesión", territorio=gente.DISTRITO_A, tipos=(), **campos):
    datos = {"hora": datetime.time(15), "lugar": "Local comunal", "creado_en": timezone.now(), **campos}
    uno = Encuentro.objects.create(titulo=titulo, dia=dia, territorio_id=territorio, **datos)
    uno.tipos_de_asiento.set(tipos)
    return uno


def titulos(persona, hoy):
    calendario = calendario_de(persona=persona, hoy=hoy)
    return [una.titulo for una in calendario.proximas], [una.titulo for una in calendario.pasadas]


def leer(cliente, direccion):
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode().split("<main")[1]).split())


# --- Whose ----------------------------------------------------------------------------------------------------------


def test_a_meeting_is_for_the_seats_of_its_place_and_of_those_below(territorio, integrante, integrante_de_b, hoy):
    for titulo, lugar in (("De A", gente.DISTRITO_A), ("De B", gente.DISTRITO_B), ("De todos", gente.PROVINCIA)):
        encuentro(hoy, titulo=titulo, territorio=lugar)
    assert titulos(integrante, hoy)[0] == ["De A", "De todos"]
    assert titulos(integrante_de_b, hoy)[0] == ["De B", "De todos"]


def test_a_meeting_of_some_seats_is_only_theirs(territorio, integrante, hoy):
    suyo = Membresia.objects.get(persona=integrante).asiento.tipo
    otro = TipoDeAsiento.objects.exclude(pk=suyo.pk).first() or gente.crear_asiento(gente.DISTRITO_A, orden=9).tipo
    encuentro(hoy, titulo="Suyo", tipos=[suyo])
    encuentro(hoy, titulo="Ajeno", tipos=[otro])
    encuentro(hoy, titulo="De varios", tipos=[otro, suyo])
    assert titulos(integrante, hoy)[0] == ["De varios", "Suyo"]


def test_whoever_left_the_seat_is_not_called(territorio, integrante, hoy):
    encuentro(hoy)
    Membresia.objects.filter(persona=integrante).update(hasta=hoy - UN_DIA)
    assert titulos(integrante, hoy) == ([], [])


# --- When -----------------------------------------------------------------------------------------------------------


def test_today_is_ahead_and_yesterday_is_behind(territorio, integrante, hoy):
    encuentro(hoy, titulo="Hoy", hora=datetime.time(0, 1))
    encuentro(hoy - UN_DIA, titulo="Ayer", hora=datetime.time(23, 59))
    encuentro(hoy - datetime.timedelta(days=181), titulo="Lejos")
    assert titulos(integrante, hoy) == (["Hoy"], ["Ayer"])


def test_last_days_are_told_with_the_days_that_were_given(territorio, integrante, hoy):
    programa = Programa(lecciones=1)
    programa.abrir(inicia=hoy - UN_DIA, termina=hoy + UN_DIA)
    inscripcion = programa.inscribir(integrante)
    (una,) = calendario_de(persona=integrante, hoy=hoy).proximas
    assert (una.titulo, una.dia, una.hora) == ("Último día de «Nuestras funciones»", hoy + UN_DIA, None)
    dar_prorroga_a_persona(
        inscripcion=inscripcion, hasta=hoy + 5 * UN_DIA, motivo="Viaje", por=None, ahora=timezone.now()
    )
    (una,) = calendario_de(persona=integrante, hoy=hoy).proximas
    assert una.dia == hoy + 5 * UN_DIA
    inscripcion.refresh_from_db()
    inscripcion.estado, inscripcion.terminada_en = "terminada", timezone.now()
    inscripcion.save()
    assert titulos(integrante, hoy) == ([], [])


def test_a_unit_with_a_date_is_told_once_though_it_was_also_called(territorio, integrante, hoy, monkeypatch):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    (leccion,) = programa.lecciones
    cuando = [(leccion.pk, hoy, datetime.time(9), "Biblioteca")]
    monkeypatch.setattr(
        LeccionComoUnidad, "fechas", lambda _clase, paginas: [una for una in cuando if una[0] in paginas]
    )
    encuentro(hoy, titulo=leccion.title.upper())
    encuentro(hoy, titulo="Otra cosa")
    proximas = calendario_de(persona=integrante, hoy=hoy).proximas
    assert [(una.titulo, una.lugar) for una in proximas] == [
        (leccion.title, "Biblioteca"),
        ("Otra cosa", "Local comunal"),
    ]
    assert proximas[0].url


# --- On the screen --------------------------------------------------------------------------------------------------


def test_inicio_tells_the_next_one_and_the_calendar_all(territorio, integrante, entrar, hoy):
    cliente = entrar(integrante)
    assert "Próximo:" not in leer(cliente, "/inicio")
    assert "Por ahora no tiene ninguna fecha." in leer(cliente, "/calendario")
    encuentro(hoy + 2 * UN_DIA, titulo="Después")
    encuentro(hoy + UN_DIA, titulo="Primero")
    encuentro(hoy - UN_DIA, titulo="Ayer")
    dicho = leer(cliente, "/inicio")
    assert "Próximo: Primero" in dicho and "Después" not in dicho
    dicho = leer(cliente, "/calendario")
    assert dicho.index("Primero") < dicho.index("Después") < dicho.index("Fechas que ya pasaron") < dicho.index("Ayer")
    assert "3:00 p. m." in dicho.replace("\xa0", " ").replace("&nbsp;", " ")


def test_what_was_called_off_says_why(territorio, integrante, entrar, hoy):
    encuentro(hoy + UN_DIA, cancelado_en=timezone.now(), motivo="Por lluvia")
    cliente = entrar(integrante)
    assert "Cancelado: Sesión" in leer(cliente, "/inicio")
    assert "Cancelado: Por lluvia" in leer(cliente, "/calendario")


@pytest.mark.un_motor
def test_the_file_says_when_and_not_what(territorio, integrante, entrar, hoy):
    programa = Programa(lecciones=1, titulo="Ley 30364 contra la violencia")
    programa.abrir(inicia=hoy, termina=hoy + 3 * UN_DIA)
    programa.inscribir(integrante)
    uno = encuentro(hoy + UN_DIA, titulo="Violencia en el distrito", lugar="Centro Emergencia Mujer")
    otro = encuentro(hoy + 2 * UN_DIA, cancelado_en=timezone.now(), motivo="La víctima")
    encuentro(hoy - UN_DIA)
    respuesta = entrar(integrante).get("/calendario.ics")
    archivo = respuesta.content.decode("ascii")
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert respuesta["Content-Disposition"] == 'attachment; filename="calendario.ics"'
    assert palabras_en(archivo + str(respuesta.headers)) == []
    assert archivo.count("BEGIN:VEVENT") == 3
    inicia = f"{hoy + UN_DIA:%Y%m%d}T200000Z"
    assert f"DTSTART:{inicia}\r\n" in archivo and f"DTSTART;VALUE=DATE:{hoy + 3 * UN_DIA:%Y%m%d}\r\n" in archivo
    assert f"UID:encuentro-{uno.identidad}@testserver" in archivo.replace("\r\n ", "")
    cancelado = archivo.replace("\r\n ", "").split(f"UID:encuentro-{otro.identidad}")[1]
    assert cancelado.split("END:VEVENT")[0].count("STATUS:CANCELLED") == 1


@pytest.mark.un_motor
def test_the_file_ends_its_lines_and_folds_the_long_ones():
    una = Fecha("a" * 60, datetime.date(2026, 12, 31), "Algo")
    lineas = en_archivo([una], sitio="b" * 90, ahora=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)).split(b"\r\n")
    assert lineas[-1] == b"" and max(map(len, lineas)) <= 75
    assert b"DTEND;VALUE=DATE:20270101" in lineas


@pytest.mark.parametrize("cuantos", [1, 8])
def test_statements_do_not_grow_with_the_dates(territorio, integrante, entrar, presupuesto, hoy, cuantos):
    for n in range(cuantos):
        programa = Programa(lecciones=1, titulo=f"Curso {n}")
        programa.abrir(inicia=hoy, termina=hoy + UN_DIA)
        programa.inscribir(integrante)
        encuentro(hoy + n * UN_DIA, tipos=TipoDeAsiento.objects.all()[:2])
    cliente = entrar(integrante)
    leer(cliente, "/calendario")
    with presupuesto(5):
        leer(cliente, "/calendario")


def test_inicio_asks_for_meetings_only_where_somebody_was_called(
    territorio, integrante, entrar, presupuesto, coordinadora_a, hoy, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(consulta, "UN_MINUTO", 60)
    cliente = entrar(integrante)
    leer(cliente, "/inicio")
    with presupuesto(7) as sin_nada:
        leer(cliente, "/inicio")
    assert not [una for una in sin_nada.captured_queries if "kuska_cursos_encuentro" in una["sql"]]
    with django_capture_on_commit_callbacks(execute=True):
        convocar(datos=convocatoria(hoy), por=coordinadora_a, ahora=timezone.now())
    assert "Próximo: Sesión" in leer(cliente, "/inicio"), "sin esperar el minuto"


# --- Calling --------------------------------------------------------------------------------------------------------


def convocatoria(hoy, **campos):
    datos = {"titulo": "Sesión", "dia": hoy + UN_DIA, "hora": datetime.time(15), "lugar": "Local"}
    return Convocatoria(**{**datos, "territorio": gente.DISTRITO_A, **campos})


@pytest.mark.parametrize(
    ("campos", "codigo"),
    [
        ({"territorio": gente.DISTRITO_B}, "fuera_de_alcance"),
        ({"territorio": gente.PROVINCIA}, "fuera_de_alcance"),
        ({"dias": -1}, "dia_pasado"),
        ({"dias": 400}, "muy_lejos"),
        ({"titulo": "Se\u202esión"}, "mal_escrito"),
        ({"titulo": " "}, "mal_escrito"),
        ({"lugar": "L" * 121}, "mal_escrito"),
    ],
)
def test_who_coordinates_a_district_calls_only_there_and_with_sense(coordinadora_a, hoy, campos, codigo):
    if dias := campos.pop("dias", None):
        campos["dia"] = hoy + dias * UN_DIA
    with pytest.raises(CursoError) as error:
        convocar(datos=convocatoria(hoy, **campos), por=coordinadora_a, ahora=timezone.now())
    assert error.value.codigo == codigo
    assert not Encuentro.objects.exists()


def test_who_does_not_answer_for_a_place_neither_changes_nor_takes_away(coordinadora_a, coordinador_b, hoy):
    uno, ahora = encuentro(hoy), timezone.now()
    actos = (
        lambda: corregir_encuentro(encuentro=uno, datos=convocatoria(hoy), por=coordinador_b, ahora=ahora),
        lambda: cancelar_encuentro(encuentro=uno, motivo="x", por=coordinador_b, ahora=ahora),
        lambda: borrar_encuentro(encuentro=uno, por=coordinador_b, ahora=ahora),
        # Nor takes it to a place of theirs, nor to one that is not.
        lambda: corregir_encuentro(
            encuentro=uno, datos=convocatoria(hoy, territorio=gente.DISTRITO_B), por=coordinadora_a, ahora=ahora
        ),
    )
    for acto in actos:
        with pytest.raises(CursoError, match="no es de su zona"):
            acto()
    uno.refresh_from_db()
    assert uno.territorio_id == gente.DISTRITO_A and uno.cancelado_en is None


def test_calling_off_asks_why_and_is_once(coordinadora_a, hoy):
    uno, ahora = encuentro(hoy), timezone.now()
    with pytest.raises(CursoError) as error:
        cancelar_encuentro(encuentro=uno, motivo=" ", por=coordinadora_a, ahora=ahora)
    assert error.value.codigo == "sin_motivo"
    visto_antes = type(uno).objects.get(pk=uno.pk)
    assert cancelar_encuentro(encuentro=uno, motivo="Por lluvia", por=coordinadora_a, ahora=ahora)
    with pytest.raises(CursoError) as error:  # read before: what was called off is not called again by correcting it
        corregir_encuentro(encuentro=visto_antes, datos=convocatoria(hoy), por=coordinadora_a, ahora=ahora)
    assert error.value.codigo == "cancelado"
    assert not cancelar_encuentro(encuentro=uno, motivo="Otra cosa", por=coordinadora_a, ahora=ahora)
    uno.refresh_from_db()
    assert uno.motivo == "Por lluvia"
    with pytest.raises(CursoError) as error:
        corregir_encuentro(encuentro=uno, datos=convocatoria(hoy), por=coordinadora_a, ahora=ahora)
    assert error.value.codigo == "cancelado"


def test_what_passed_stays_as_it_is(coordinadora_a, hoy):
    uno = encuentro(hoy - UN_DIA)
    for acto in (
        lambda: corregir_encuentro(encuentro=uno, datos=convocatoria(hoy), por=coordinadora_a, ahora=timezone.now()),
        lambda: cancelar_encuentro(encuentro=uno, motivo="x", por=coordinadora_a, ahora=timezone.now()),
    ):
        with pytest.raises(CursoError) as error:
            acto()
        assert error.value.codigo == "ya_paso"


def test_the_panel_writes_corrects_calls_off_and_takes_away(territorio, coordinadora_a, integrante, entrar, hoy):
    gente.crear_asiento(gente.DISTRITO_B)
    cliente = entrar(coordinadora_a)
    datos = {"titulo": "Sesión", "dia": f"{hoy + UN_DIA}", "hora": "15:30", "lugar": "Local"}
    datos["territorio"] = gente.DISTRITO_A
    assert gente.DISTRITO_B not in cliente.get("/panel/calendario/nuevo").content.decode()
    respuesta = cliente.post("/panel/calendario/nuevo", {**datos, "dia": f"{hoy - UN_DIA}"})
    assert respuesta.status_code == 422
    assert "Ese día ya pasó." in respuesta.content.decode() and 'value="Local"' in respuesta.content.decode()
    assert cliente.post("/panel/calendario/nuevo", {**datos, "territorio": gente.DISTRITO_B}).status_code == 422
    assert cliente.post("/panel/calendario/nuevo", datos).status_code == 302
    uno = Encuentro.objects.get()
    direccion = f"/panel/calendario/{uno.pk}"
    assert cliente.post(direccion, {**datos, "lugar": "Colegio"}).status_code == 302
    assert "Colegio" in leer(entrar(integrante), "/calendario")
    assert cliente.post(f"{direccion}/cancelar", {"motivo": ""}).status_code == 422
    assert cliente.post(f"{direccion}/cancelar", {"motivo": "Por lluvia"}).status_code == 302
    assert "Cancelado: Por lluvia" in leer(cliente, "/panel/calendario")
    assert cliente.post(f"{direccion}/borrar").status_code == 302
    assert not Encuentro.objects.exists()


@pytest.mark.parametrize("cuantos", [1, 8])
def test_statements_of_the_panel_do_not_grow(territorio, coordinadora_a, entrar, presupuesto, hoy, cuantos):
    for n in range(cuantos):
        encuentro(hoy + n * UN_DIA)
        encuentro(hoy - (n + 1) * UN_DIA)
    cliente = entrar(coordinadora_a)
    leer(cliente, "/panel/calendario")
    with presupuesto(6):
        leer(cliente, "/panel/calendario")
