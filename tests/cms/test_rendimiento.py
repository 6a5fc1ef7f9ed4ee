"""The bench works, whatever it measures: a small size of it, over HTTP, with no time in what is asked of it."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test.testcases import LiveServerThread

from cms.management.commands import bench
from cms.rendimiento import cuadros, medicion, papeles, procesos
from cms.rendimiento.ajustes import APARTE, CUENTA
from cms.rendimiento.arranque import Arranque
from cms.rendimiento.capacidad import UNA_HORA, capacidad
from cms.rendimiento.celular import Celular, Respuesta, Sitio
from cms.rendimiento.corrida import ConProcesos, Peso, pesar
from cms.rendimiento.escenas import (
    CON_GUION,
    CONTINUAR,
    ESCENAS,
    ESCRITURA,
    LECTURA,
    PISOS,
    SIN_GUION,
    Acto,
    Escena,
    NoRespondio,
    Visitante,
    respuestas_de,
)
from cms.rendimiento.medicion import Gasto, Medida, cuantos_evaluados, medir
from cms.rendimiento.metas import (
    METAS,
    arranque_lento,
    faltas_de,
    incumplidas,
    lote_pesado,
    papel_caro,
    pesadas,
    procesos_grandes,
    que_no_crecen,
)
from cms.rendimiento.poblacion import preparar
from cms.rendimiento.sentencias import contar
from cms.rendimiento.servicio import PRODUCCION, Aula
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion

RAIZ = Path(__file__).resolve().parents[2]
DOS = 2


class DeEsteProceso:
    """The server of the tests is a thread of theirs."""

    def gastado(self) -> Gasto:
        return Gasto(procesos.segundos_de([os.getpid()]))


@pytest.fixture
def con_piso(settings) -> None:
    settings.MIDDLEWARE = [APARTE, *settings.MIDDLEWARE]
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, CUENTA]


@pytest.fixture
def sabe(con_piso, transactional_db, territorio, monkeypatch) -> dict[str, Any]:
    monkeypatch.setattr(medicion, "ANTES", DOS)
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=8)
    programa.abrir()
    crear_plantilla(programa.curso)
    gente.crear_asiento(gente.DISTRITO_A)
    return preparar(0, evaluados=cuantos_evaluados([DOS], rondas=1), usuarios=DOS)


@pytest.fixture
def llamar(sabe) -> Iterator[Callable[[], Celular]]:
    """Phones of a server that has the floor before the site; their connections are closed at the end."""
    servidor = LiveServerThread("127.0.0.1", StaticFilesHandler)
    servidor.daemon = True
    servidor.start()
    servidor.is_ready.wait()
    with ExitStack() as abierto:
        abierto.callback(servidor.terminate)
        yield lambda: abierto.enter_context(closing(Celular(Sitio(servidor.port, "127.0.0.1"))))


@pytest.mark.un_motor
def test_a_small_size_is_measured_counted_and_shown(sabe, llamar):
    cuentas = contar(ESCENAS, {**sabe, "evaluados": sabe["evaluados"][:4]}, nombre="localhost", cifrado=False)
    evaluados = deque(sabe["evaluados"][4:])
    dos = [Visitante(llamar(), sabe, lugar, evaluados) for lugar in range(DOS)]
    medidas = medir(ESCENAS, dos, DeEsteProceso(), rondas=1)
    assert not evaluados, "as many as were asked for"
    por_nombre = {una.nombre: una for una in medidas}
    assert list(por_nombre) == [LECTURA, ESCRITURA, *(una.nombre for una in ESCENAS)]
    assert (cuentas[LECTURA], cuentas[ESCRITURA]) == (3, 4)
    assert (por_nombre[CON_GUION].pedidos, por_nombre[SIN_GUION].pedidos, por_nombre[CONTINUAR].pedidos) == (4, 3, 2)
    assert cuentas["paso de lección"] <= 6 and cuentas["verificar un certificado"] <= 2
    assert all(una.mediana > 0 and una.del_piso > 0 and una.bytes > 0 for una in medidas)
    dicho = cuadros.de_paginas("una prueba", medidas).en_texto()
    assert all(nombre in dicho for nombre in por_nombre)
    peso = pesar(dos[0])
    assert peso.paso_despues < peso.paso_primera_vez and peso.pedidos_primera_vez > 1 and peso.pasos == 2


@pytest.mark.un_motor
def test_what_does_not_answer_as_it_has_to_measures_nothing(sabe, llamar):
    uno = Visitante(llamar(), sabe, 0, deque())
    with pytest.raises(NoRespondio, match="/no-existe respondió 301, y debía ser 200"):
        uno.leer("/no-existe")


def test_whoever_reads_before_an_act_reads_before_the_floor_beside_it_too(monkeypatch):
    hechos: list[str | float] = []
    monkeypatch.setattr(medicion.time, "sleep", lambda segundos: hechos.append(segundos))
    dicho = Respuesta(200, {}, b"", 0.001, 10)

    def anotar(nombre: str) -> Acto:
        return lambda _visitante: [hechos.append(nombre) or dicho]

    monkeypatch.setitem(PISOS, LECTURA, anotar("piso"))
    leida = Escena("leída", anotar("acto"), pausa=0.2)
    medir([leida, Escena("seguida", anotar("otro"))], [None], DeEsteProceso(), rondas=1)  # type: ignore[list-item]
    pausas = Counter(zip(hechos[1::2], hechos[::2], strict=True))
    antes = medicion.ANTES  # each of the two, and their floor, with no pause
    medidas = {("piso", 0.2): 3, ("acto", 0.2): 2, ("piso", 0.0): 3, ("otro", 0.0): 2}
    assert pausas == Counter(medidas) + Counter({("piso", 0.0): 2 * antes, ("otro", 0.0): antes, ("acto", 0.0): antes})


def medida(nombre: str, *, veces: float = 1.0, usuarios: int = 1, **otras: Any) -> Medida:
    datos = {"p95": 9.0, "procesador": 5.0, "de_la_base": 1.0, "procesador_del_piso": 2.0, "pedidos": 1, "bytes": 2048}
    datos |= {"mediana": 4.0 * veces, "del_piso": 4.0, "media": 5.0 * veces, "media_del_piso": 5.0}
    return Medida(nombre, usuarios, LECTURA, **datos | otras)


@pytest.mark.un_motor
def test_a_goal_is_met_or_missed_with_given_numbers():
    assert faltas_de(medida("inicio", veces=2.5)) == []
    assert faltas_de(medida("inicio", veces=2.6)) == ["2.6 pisos"]
    assert faltas_de(medida("la puerta", veces=90)) == []
    buena = medida(CON_GUION, veces=8, pedidos=4, sentencias=20)
    mala = medida(CON_GUION, veces=9, pedidos=5, sentencias=21, usuarios=8)
    assert incumplidas([buena], "aquí") == []
    meta = "8 pisos, 4 pedidos, 20 sentencias"
    que = f"{CON_GUION}: 9.0 pisos, 5 pedidos, 21 sentencias (meta: {meta})"
    assert incumplidas([buena, mala], "aquí") == [f"aquí, 8 a la vez, {que}"]
    assert {una.nombre for una in ESCENAS} >= METAS.keys() | UNA_HORA.keys()


@pytest.mark.un_motor
def test_one_alone_is_judged_by_what_half_of_the_times_take_and_several_by_how_many_they_do_in_a_second():
    de_pronto = {"mediana": 30.0, "del_piso": 10.0, "media": 40.0, "media_del_piso": 20.0}  # some floors wait long
    sola, ocho = medida("inicio", **de_pronto), medida("inicio", usuarios=8, **de_pronto)
    assert (sola.veces, ocho.veces, ocho.por_segundo) == (3.0, 2.0, 200.0)
    assert faltas_de(sola) == ["3.0 pisos"] and faltas_de(ocho) == []
    dicho = cuadros.de_paginas("una prueba", [sola, ocho])
    assert dicho.columnas[4:9] == ["8 a la vez: ms", "p95", "× piso", "por segundo", "× piso, por ritmo"]
    assert dicho.filas[0][4:9] == ["30.0", "9.0", "3.0", "200.0", "2.0"], "both are shown, whichever judges"


@pytest.mark.un_motor
def test_a_server_grows_with_a_second_process_and_does_no_less_than_a_machine_alone():
    uno, dos, cuatro = (ConProcesos(PRODUCCION, n, {"paso": ritmo}, ()) for n, ritmo in ((1, 50), (2, 90), (4, 92)))
    assert que_no_crecen([uno, dos, cuatro], ConProcesos("embebido", 2, {"paso": 112}, ())) == []
    [falta] = que_no_crecen([uno, dos, cuatro], ConProcesos("embebido", 2, {"paso": 120}, ()))
    assert falta == "produccion, paso: 0.75 de la embebida (meta: 0.8)"
    assert len(que_no_crecen([dos, ConProcesos(PRODUCCION, 1, {"paso": 95}, ())], None)) == 1


@pytest.mark.un_motor
def test_a_step_has_its_weight():
    assert pesadas(Peso(45, 5, 4, 6, 60, 20)) == []
    assert pesadas(Peso(45, 6, 4.1, 6, 60, 20)) == [
        "un paso: 4.1 KB después (meta: 4)",
        "un paso: 6.0 pedidos la primera vez (meta: 5)",
    ]


@pytest.mark.un_motor
def test_starting_and_memory_have_their_goals():
    assert arranque_lento(Arranque(6.0, 0.5, 2.0)) == []
    [dicho] = arranque_lento(Arranque(6.4, 0.5, 2.0))
    assert dicho == "arranque: 3.2 veces un Wagtail sin nada, 12.8 de Django sin nada (meta: 3)"
    assert procesos_grandes([ConProcesos("embebido", 2, {}, (90, 61))]) == []
    [grande] = procesos_grandes([ConProcesos("embebido", 2, {}, (107, 61))])
    assert grande == "embebido, 2 procesos: uno tiene 107 MB (meta: 90)"


@pytest.mark.un_motor
def test_a_small_batch_of_papers_is_measured_and_judged(sabe, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = {
        **settings.STORAGES,
        "privado": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    pdf = papeles.un_pdf(rondas=1)
    lote = papeles.un_lote(cuenta=papeles.terminar_muchos(cuantos=2)["cuenta"])
    assert lote["cuantos"] >= 2 and lote["sin_pdf"] == 0 and lote["megas"] > 1
    assert pdf["piso"] > 0 and pdf["kb"] < pdf["kb_4_logos"] <= 30
    dicho = cuadros.de_papeles("embebido", pdf, lote).en_texto()
    assert "un certificado en PDF" in dicho and "componerlos y ponerlos en un archivo" in dicho


@pytest.mark.un_motor
def test_papers_have_their_goals():
    assert papel_caro({"certificado": 8.0, "piso": 4.0, "kb": 30, "kb_4_logos": 30}) == []
    assert papel_caro({"certificado": 8.4, "piso": 4.0, "kb": 29, "kb_4_logos": 31.2}) == [
        "un certificado: 2.1 PDF sin nada (meta: 2)",
        "un certificado, 4 logos: 31.2 KB (meta: 30)",
    ]
    assert lote_pesado({"megas": 256, "sin_pdf": 0}) == []
    assert lote_pesado({"megas": 257, "sin_pdf": 3}) == ["un lote: 257 MB (meta: 256)", "un lote: 3 sin PDF"]


@pytest.mark.un_motor
def test_how_many_people_fit_follows_from_the_processor_of_each_act():
    medidas = [medida(nombre, procesador=900.0, de_la_base=100.0, usuarios=8) for nombre in UNA_HORA]
    cabe = capacidad(medidas, nucleos=2)
    assert cabe.segundos_por_hora == sum(UNA_HORA.values())
    assert cabe.a_la_vez == int(2 * 0.6 * 3600 / 36.5) and cabe.inscritas == 10 * cabe.a_la_vez


@pytest.mark.un_motor
def test_the_form_is_answered_with_what_is_right():
    html = """<input type="hidden" name="intento" value="00000000-0000-4000-8000-000000000001">
    <input type="radio" name="p1"
      value="a"><input type="radio" name="p1"
      value="b"><input type="checkbox" name="p2"
      value="c" checked><input type="radio" name="p3"
      value="x"><select name="p4-uno"><select name="p4-dos">"""
    pares = respuestas_de(html, {"marcas": ["b", "c"], "lugares": {"uno": 2, "dos": 1}})
    assert pares[0] == ("intento", "00000000-0000-4000-8000-000000000001")
    assert pares[1:] == [("p1", "b"), ("p2", "c"), ("p3", "x"), ("p4-uno", "2"), ("p4-dos", "1")]


@pytest.fixture
def de_mentira(monkeypatch):
    """A profile that takes no time, and a run over it that misses what it is told to."""

    def poner(faltas: list[str]) -> None:
        @contextmanager
        def nada(_url: str):
            yield None

        monkeypatch.setattr(bench, "PERFILES", {"embebido": nada})
        monkeypatch.setattr(bench.Command, "medir", lambda orden, _aula: orden.faltas.extend(faltas))

    return poner


@pytest.mark.un_motor
def test_a_goal_that_is_missed_ends_in_error_and_whoever_only_looks_ends_well(de_mentira):
    de_mentira(["embebido, provincia, 1 a la vez, inicio: 3.0 pisos"])
    dicho = StringIO()
    with pytest.raises(CommandError, match="No se cumplen 1 metas"):
        call_command("bench", perfiles=["embebido"], stdout=dicho)
    assert "NO cumple: embebido, provincia" in dicho.getvalue()
    call_command("bench", perfiles=["embebido"], sin_metas=True, stdout=dicho)
    de_mentira([])
    call_command("bench", perfiles=["embebido"], stdout=dicho)


@pytest.mark.un_motor
def test_the_document_has_a_place_for_each_part_and_only_that_one_changes(tmp_path):
    aqui = tmp_path / "rendimiento.md"
    aqui.write_text((RAIZ / "docs" / "rendimiento.md").read_text("utf-8"), "utf-8")
    antes = aqui.read_text("utf-8")
    for parte in cuadros.PARTES:
        cuadros.escribir(aqui, parte, f"Lo nuevo de {parte}: \\1")
    dicho = aqui.read_text("utf-8")
    assert all(f"Lo nuevo de {parte}: \\1\n{cuadros.FIN.format(parte)}" in dicho for parte in cuadros.PARTES)
    assert dicho.splitlines()[:3] == antes.splitlines()[:3]
    with pytest.raises(ValueError, match="otra"):
        cuadros.escribir(aqui, "otra", "")


@pytest.mark.un_motor
def test_nobody_is_served_with_the_floor():
    for archivo in (RAIZ / "cms" / "settings").glob("*.py"):
        assert "rendimiento" not in archivo.read_text("utf-8"), archivo.name


@pytest.mark.un_motor
def test_what_is_measured_is_what_the_units_of_the_guide_run(tmp_path):
    ordenes = Aula(PRODUCCION, tmp_path, {}, Sitio(1))._ordenes()
    assert list(ordenes) == ["paginas", "obrero", "reloj"]
    assert ordenes["paginas"][1:] == ["--config", "docs/despliegue/gunicorn.conf.py", "cms.wsgi:application"]
    assert f"{tmp_path}/reloj" in ordenes["reloj"] and ordenes["obrero"][1:4] == ["-A", "cms", "worker"]


@pytest.mark.un_motor
def test_this_process_is_seen_with_its_time_and_its_memory():
    assert procesos.segundos_de([os.getpid()]) > 0 and procesos.segundos_de([0]) == 0
    assert os.getpid() in procesos.descendientes(os.getppid()) and procesos.megas_propios(os.getpid()) > 1
