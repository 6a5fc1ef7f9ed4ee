"""What the server received stays on one's own phone until a copy has it: a server that went back gets it again."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from cursos.models import Paquete
from cursos.views.paquetes import _lo_que_queda as lo_que_queda
from evaluaciones.models import Intento, Respuesta
from marco.identidad import nueva_identidad
from marco.models import Instalacion, Latido
from marco.respaldo.carpeta import nombre_de
from marco.respaldo.seguidas import LoSeguido
from marco.services.latir import latir
from tests.evaluaciones.factories import ProgramaConEvaluacion, ver_lecciones
from tests.navegador.celular import con_trabajador, se_esconde
from tests.navegador.test_evaluacion import en_la_primera, estado, lugar, marcar

pytestmark = pytest.mark.django_db(transaction=True)
UN_RATO = 11 * 60 * 1000  # milliseconds: after ten minutes a phone asks
RECIBIDOS = """() => new Promise(listo => {
  const pedido = indexedDB.open("kuska");
  pedido.onupgradeneeded = () => pedido.transaction.abort();
  pedido.onerror = () => listo([]);
  pedido.onsuccess = () => {
    const todo = pedido.result.transaction("paquetes").objectStore("paquetes").getAll();
    todo.onsuccess = () => { pedido.result.close(); listo(todo.result.filter(p => p.hecho).map(p => p.clase)); };
  };
})"""
HACE_RATO = """antes => new Promise(listo => {
  const pedido = indexedDB.open("kuska");
  pedido.onsuccess = () => {
    const trans = pedido.result.transaction("paquetes", "readwrite");
    trans.objectStore("paquetes").openCursor().onsuccess = ev => {
      const c = ev.target.result;
      if (!c) { return; }
      if (c.value.hecho) { c.value.hecho = c.value.hecho.map((n, i) => i ? n - antes : n); c.update(c.value); }
      c.continue();
    };
    trans.oncomplete = () => { pedido.result.close(); listo(); };
  };
})"""


@pytest.fixture
def evaluada(territorio, cem, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=4)
    ver_lecciones(programa.inscribir(integrante))
    return programa


def recibidos(pagina: Page) -> list[str]:
    """Of what kinds are those that the server received and this phone still has."""
    return sorted(pagina.evaluate(RECIBIDOS))


def al_rato(pagina: Page) -> None:
    """Some minutes went by, and the person comes back to the site."""
    pagina.evaluate(HACE_RATO, UN_RATO)
    pagina.goto("/inicio")


def espera(pagina: Page, algo: Callable[[], bool]) -> bool:
    """Whether something comes to be true: what a service worker does after a page is seen by nobody."""
    for _vez in range(150):
        if algo():
            return True
        pagina.wait_for_timeout(100)
    return False


@pytest.fixture
def preguntas(monkeypatch) -> list[dict]:
    """What phones were told about what is in a copy."""
    dichas: list[dict] = []

    def decir() -> dict:
        dichas.append(lo_que_queda())
        return dichas[-1]

    monkeypatch.setattr("cursos.views.paquetes._lo_que_queda", decir)
    return dichas


def volver_a_la_copia_de(hora: datetime) -> None:
    """What a return leaves (``tests/respaldo``): nobody can put a database back under a site that is on."""
    Respuesta.objects.all().delete()
    Paquete.objects.all().delete()
    nada = {"enviado_en": None, "nota": "", "puntos": None, "aprobado": None, "recibo": "", "codigo_de_recibo": ""}
    Intento.objects.update(estado=Intento.Estado.EN_CURSO, **nada)
    Session.objects.all().delete()
    vuelta = {"desde": timezone.now(), "repuesta_de": nombre_de(hora, "seguida"), "identidad": nueva_identidad()}
    Instalacion.objects.update_or_create(pk=1, defaults=vuelta)


def en_su_celular(pagina: Page) -> Page:
    """The service worker is there since another day."""
    pagina.goto("/inicio")
    return con_trabajador(pagina)


def contestar(pagina: Page, programa, intento: Intento) -> None:
    for n in range(1, 5):
        pagina.goto(f"{lugar(programa.unidad_evaluada)}/preguntas#p{n}")
        marcar(pagina, intento, n)
        expect(estado(pagina, n)).to_have_text("Guardado en este celular")


def contestar_y_enviar(pagina, programa) -> Intento:
    """With signal, as anybody does: three answers leave ahead, and all go with the sending."""
    intento = en_la_primera(pagina, programa)
    contestar(pagina, programa, intento)
    se_esconde(pagina)
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    expect(estado(pagina, 4)).to_contain_text("Recibido")
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    return intento


def test_a_server_that_went_back_gets_again_what_it_had_confirmed(abrir, como, evaluada, integrante):
    pagina = en_su_celular(como(abrir(), integrante))
    pagina.goto(lugar(evaluada.unidad_evaluada))
    pagina.get_by_role("button", name="Empezar").click()
    expect(pagina.locator("#p1")).to_be_visible()
    intento = Intento.objects.get()
    copia_de = timezone.now()
    contestar(pagina, evaluada, intento)
    se_esconde(pagina)
    expect(estado(pagina, 4)).to_contain_text("Recibido")
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    assert recibidos(pagina) == ["envio", *["respuesta"] * 4]

    volver_a_la_copia_de(copia_de)

    como(pagina, integrante)
    al_rato(pagina)
    assert espera(pagina, lambda: Intento.objects.get().enviado_en is not None)
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/resultado/1")
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    assert Intento.objects.get().clave == intento.clave and Respuesta.objects.count() >= 4
    assert not Paquete.objects.filter(estado=Paquete.Estado.SIN_APLICAR).exists()


def test_once_it_is_in_a_copy_the_phone_lets_it_go(abrir, como, evaluada, integrante, preguntas):
    pagina = en_su_celular(como(abrir(), integrante))
    contestar_y_enviar(pagina, evaluada)
    assert len(recibidos(pagina)) == 5
    al_rato(pagina)
    assert espera(pagina, lambda: len(preguntas) == 1)
    pagina.wait_for_timeout(300)
    assert len(recibidos(pagina)) == 5, "no copy has it yet"
    pagina.goto("/inicio")
    pagina.wait_for_timeout(300)
    assert len(preguntas) == 1, "and it was asked a moment ago"
    tarde = timezone.now() + timedelta(minutes=3)
    latir(clave=Latido.SEGUIDAS, ahora=tarde, visto=LoSeguido(hasta=tarde).como_datos())
    al_rato(pagina)
    assert espera(pagina, lambda: recibidos(pagina) == [])


def test_nothing_is_asked_of_the_server_while_it_is_recent(abrir, como, evaluada, integrante, preguntas):
    pagina = en_su_celular(como(abrir(), integrante))
    contestar_y_enviar(pagina, evaluada)
    for _vez in range(2):
        pagina.goto("/inicio")
        pagina.wait_for_timeout(500)
    assert preguntas == [] and len(recibidos(pagina)) == 5


def test_whoever_leaves_in_a_hurry_leaves_nothing_of_it_behind(abrir, como, evaluada, integrante):
    pagina = en_su_celular(como(abrir(salidas=("https://www.senamhi.gob.pe",)), integrante))
    contestar_y_enviar(pagina, evaluada)
    assert recibidos(pagina)
    pagina.get_by_role("button", name="Salir rápido").last.click()
    expect(pagina).to_have_title(re.compile("El tiempo|clima"))
    otra = pagina.context.new_page()
    otra.goto("/ayuda")
    assert espera(otra, lambda: recibidos(otra) == [])


def test_whoever_closes_the_session_leaves_nothing_of_it_behind(abrir, como, evaluada, integrante):
    pagina = en_su_celular(como(abrir(), integrante))
    contestar_y_enviar(pagina, evaluada)
    pagina.goto("/mi-cuenta")
    pagina.get_by_role("button", name="Salir", exact=True).last.click()
    pagina.wait_for_url(re.compile(r"/(entrar)?$"))
    assert espera(pagina, lambda: recibidos(pagina) == [])


def test_when_another_person_enters_here_nothing_of_it_is_left(abrir, como, evaluada, integrante, integrante_de_b):
    pagina = en_su_celular(como(abrir(), integrante))
    contestar_y_enviar(pagina, evaluada)
    assert recibidos(pagina)
    como(pagina, integrante_de_b)
    for _vez in range(2):  # whose page it is, is known once it came
        pagina.goto("/inicio")
        pagina.wait_for_timeout(200)
    assert espera(pagina, lambda: recibidos(pagina) == [])
