"""Only the database is needed to serve: with a Redis that is stopped, slow, full or of another version, all goes on."""

from __future__ import annotations

import pickle
import shutil
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from django.core.cache import cache, caches

from certificados.services import emitir
from cms.cache import NUMERO, PESA, ClienteQueNoFalla
from evaluaciones.models import Intento
from marco.cola import cola, encolar
from tests.certificados import factories as papeles
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, ver_lecciones
from tests.servidor_redis import Servidor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.un_motor,
    pytest.mark.skipif(not shutil.which("redis-server"), reason="no hay Redis en esta máquina"),
]


@pytest.fixture
def servidor(tmp_path_factory) -> Iterator[Servidor]:
    uno = Servidor(tmp_path_factory.mktemp("redis"))
    uno.encender()
    yield uno
    uno.apagar()


@pytest.fixture
def con_redis(servidor, settings) -> Iterator[Servidor]:
    """The cache of production, on that server."""
    settings.CACHES = {"default": {"BACKEND": "cms.cache.CacheQueNoFalla", "LOCATION": servidor.url}}
    volver_a_preguntar()
    yield servidor
    caches["default"]._cache.get_client(None).connection_pool.disconnect()
    volver_a_preguntar()


def volver_a_preguntar() -> None:
    ClienteQueNoFalla.no_antes_de = 0.0


def romper(servidor: Servidor, falla: str) -> None:
    if falla == "apagado":
        servidor.apagar()
    elif falla == "lento":
        servidor.congelar()
    elif falla == "lleno":
        servidor.cliente().config_set("maxmemory", "1")
    elif falla == "vacío":
        servidor.cliente().flushall()
    else:
        cliente = servidor.cliente()
        de_otra = pickle.dumps(ClienteQueNoFalla).replace(b"ClienteQueNoFalla", b"ClienteQueNoEstaa")
        for llave in cliente.keys("*"):
            cliente.set(llave, de_otra)


@pytest.mark.parametrize("falla", ["apagado", "lento", "lleno", "vacío", "de otra"])
def test_pages_answers_and_verification_go_on(con_redis, falla, territorio, integrante, entrar, visitante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    otro = papeles.crear_curso(titulo="Otro curso")
    papeles.crear_plantilla(otro.curso)
    papel = emitir(inscripcion_id=papeles.inscribir(integrante, otro).pk, ahora=papeles.AHORA)
    cliente, curso = entrar(integrante), programa.curso.numero
    paginas = ["/inicio", f"/c/{curso}", f"/c/{curso}/1/1", "/glosario", "/ayuda"]
    for pagina in paginas:
        assert cliente.get(pagina).status_code == 200, pagina
    assert con_redis.cliente().keys("*"), "nada quedó en la caché: la prueba no diría nada"

    romper(con_redis, falla)

    for pagina in paginas:
        assert cliente.get(pagina).status_code == 200, pagina
    evaluacion = f"/e/{curso}/{programa.unidad_evaluada.numero}"
    assert cliente.post(f"{evaluacion}/empezar", {"numero": "1"}).status_code == 200
    intento = Intento.objects.get(unidad=programa.unidad_evaluada)
    elegidas = {f"p{n}": suyas for n, suyas in buenas(intento).items()}
    cliente.post(f"{evaluacion}/enviar", {"intento": str(intento.clave), **elegidas})
    intento.refresh_from_db()
    assert intento.aprobado
    assert visitante.get("/entrar").status_code == 200
    assert "Documento válido" in visitante.get(f"/v/{papel.codigo_largo}").content.decode()


def test_one_that_does_not_answer_is_asked_once_and_not_by_every_page(con_redis, monkeypatch):
    cache.set("a", 1)
    con_redis.congelar()
    monkeypatch.setattr("cms.cache.PAUSA", 600)
    assert cache.get("a") is None
    pedidos: list[tuple] = []
    with monkeypatch.context() as parche:
        parche.setattr(ClienteQueNoFalla, "get_client", lambda *partes, **_otras: pedidos.append(partes))
        assert [cache.get("a", "nada") for _vez in range(50)] == ["nada"] * 50
        assert cache.get_many(["a"]) == {} and cache.add("a", 2) is False and "a" not in cache
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")
        cache.set_many({"a": 3})
        cache.delete_many(["a"])
        assert not cache.delete("a") and not cache.touch("a")
    assert pedidos == []
    con_redis.descongelar()
    volver_a_preguntar()
    cache.set("a", 4)
    assert cache.get("a") == 4


def test_the_client_of_a_thread_is_made_once(con_redis):
    cache.set("a", 1)
    suyo = caches["default"]._cache.get_client("a")
    assert suyo.get(cache.make_key("a")) == b"1"
    assert caches["default"]._cache.get_client("b", write=True) is suyo


def test_it_is_used_again_when_it_comes_back(con_redis):
    cache.set("a", 1)
    con_redis.apagar()
    cache.set("a", 2)
    con_redis.encender()
    volver_a_preguntar()
    cache.set("a", 3)
    assert con_redis.cliente().exists(cache.make_key("a"))
    assert cache.get("a") == 3


def test_what_was_read_a_moment_ago_is_not_asked_for_again_until_somebody_takes_something_away(con_redis, monkeypatch):
    monkeypatch.setattr("cms.cache.A_MANO", 600)
    monkeypatch.setattr("cms.cache.FRESCO", 0)
    cache.set_many({"a": 1, "b": 2})
    assert cache.get("a") == 1 and cache.get_many(["a", "b"]) == {"a": 1, "b": 2}
    de_otro_proceso = con_redis.cliente()
    de_otro_proceso.set(cache.make_key("a"), 10)
    assert cache.get("a") == 1 and cache.get_many(["a", "b"]) == {"a": 1, "b": 2}
    de_otro_proceso.set(cache.make_key(NUMERO), 7)  # as whoever deletes does
    assert cache.get_many(["a", "b"]) == {"a": 10, "b": 2} and cache.get("a") == 10
    de_otro_proceso.flushall()
    assert cache.get("a") is None and cache.get_many(["a", "b"]) == {}


def test_what_this_process_writes_or_takes_away_it_sees_at_once(con_redis):
    cache.set("a", 1)
    assert cache.get("a") == 1
    cache.set("a", 2)
    assert cache.get("a") == 2 and cache.incr("a") == 3 and cache.get("a") == 3
    antes = con_redis.cliente().get(cache.make_key(NUMERO))
    cache.delete("a")
    assert cache.get("a") is None and con_redis.cliente().get(cache.make_key(NUMERO)) != antes


def test_what_is_large_or_of_a_session_is_not_kept_at_hand_and_what_is_past_goes(con_redis, monkeypatch):
    monkeypatch.setattr("cms.cache.FRESCO", 0)
    otro, a_mano = con_redis.cliente(), caches["default"]._cerca
    de_sesion = [f"django.contrib.sessions.{cual}una" for cual in ("cache", "cached_db")]
    grande = "x" * (PESA + 1)
    cache.set_many({"chica": 1, "grande": grande} | dict.fromkeys(de_sesion, 1))
    for _vez in range(2):
        assert cache.get_many(["chica", "grande", *de_sesion]) and cache.get("grande") == grande
        assert [cache.get(una) for una in de_sesion] == [1, 1]
    assert list(a_mano.memoria._cache) == [a_mano.memoria.make_key(cache.make_key("chica"))]
    for una in de_sesion:
        otro.set(cache.make_key(una), 2)
    assert [cache.get(una) for una in de_sesion] == [2, 2]
    monkeypatch.setattr("cms.cache.A_MANO", 0.0)
    a_mano.se_barre = 0.0
    cache.set("otra", 1)
    assert cache.get("otra") == 1 and cache.get("nada") is None
    assert a_mano.memoria.make_key(cache.make_key("otra")) not in a_mano.memoria._cache


def test_what_is_put_where_there_was_nothing_any_more_is_seen_at_once(con_redis, monkeypatch):
    monkeypatch.setattr("cms.cache.A_MANO", 600)
    cache.set("a", 1)
    assert cache.get("a") == 1
    con_redis.cliente().delete(cache.make_key("a"))  # its time passed
    assert cache.add("a", 2) and cache.get("a") == 2
    con_redis.cliente().delete(cache.make_key("a"))
    assert not cache.touch("a") and cache.get("a") is None


@pytest.fixture
def cola_de_produccion(servidor) -> Iterator[Celery]:
    """The broker with the options of production, and a task of its own."""
    app = Celery("prueba", broker=servidor.url.replace("unix://", "redis+socket://"), set_as_current=False)
    app.conf.update(
        broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 1},
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
        task_ignore_result=True,
    )
    yield app
    app.close()


@pytest.mark.parametrize("falla", ["apagado", "lento"])
def test_a_queue_that_does_not_answer_is_asked_once_and_its_work_waits(servidor, cola_de_produccion, falla):
    @cola_de_produccion.task(name="prueba.nada", shared=False)
    def nada() -> None: ...

    assert encolar(nada)
    romper(servidor, falla)
    assert not encolar(nada)
    assert cola.no_antes_de > time.monotonic()
    nada.apply_async = None  # it is not even asked
    assert [encolar(nada) for _vez in range(20)] == [False] * 20
