"""An audio of a lesson on a phone: fetched when it is asked for, and never dead without a word."""

import wave
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect
from wagtail.documents import get_document_model

from tests.cursos.factories import Programa, crear_leccion, paso

pytestmark = pytest.mark.django_db(transaction=True)
SUENA = "audio => audio.play().then(() => !audio.paused && !audio.error)"


def sonido() -> bytes:
    salida = BytesIO()
    with wave.open(salida, "wb") as onda:
        onda.setnchannels(1)
        onda.setsampwidth(1)
        onda.setframerate(8000)
        onda.writeframes(bytes(128 + n % 40 for n in range(8000 * 20)))
    return salida.getvalue()


@pytest.fixture
def base(territorio, cem, integrante, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    documento = get_document_model().objects.create(title="Audio", file=ContentFile(sonido(), name="a.mp3"))
    valor = {"titulo": "Oiga", "audio": documento.pk, "segundos": 20, "transcripcion": "<p>Dice esto.</p>"}
    leccion = crear_leccion(programa.modulos[0], "Con audio", pasos=[{"type": "audio", "value": valor}, paso()])
    return f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}"


def test_without_signal_it_is_told_and_with_it_the_same_touch_plays(abrir, como, axe, integrante, base):
    pagina = como(abrir(), integrante)
    traidos = []
    pagina.on("request", lambda pedido: traidos.append(pedido.url) if "/audio/" in pedido.url else None)
    pagina.goto(f"{base}/1", wait_until="networkidle")
    audio, otra = pagina.locator("audio"), pagina.get_by_role("button", name="Intentar otra vez")
    expect(otra).to_be_hidden()
    assert not traidos, "nada se trae hasta que se pide"

    pagina.context.set_offline(True)
    audio.evaluate("audio => { audio.play().catch(() => 0); }")
    expect(pagina.locator(".k-audio")).to_contain_text("Sin señal no se puede escuchar. Abajo está todo lo que dice.")
    expect(otra).to_be_visible()
    axe(pagina)

    pagina.context.set_offline(False)
    expect(otra).to_be_hidden()
    assert audio.evaluate(SUENA), "el mismo reproductor suena, sin cargar la página"
    assert audio.evaluate("audio => audio.pause() || audio.paused")


def test_what_does_not_come_is_asked_for_again_by_hand(abrir, como, integrante, base):
    pagina = como(abrir(trabajador=False), integrante)
    pagina.route("**/audio/**", lambda ruta: ruta.abort())
    pagina.goto(f"{base}/1")
    pagina.locator("audio").evaluate("audio => { audio.play().catch(() => 0); }")
    expect(pagina.locator(".k-audio")).to_contain_text("El audio no llegó.")
    pagina.unroute("**/audio/**")
    pagina.get_by_role("button", name="Intentar otra vez").click()
    expect(pagina.get_by_role("button", name="Intentar otra vez")).to_be_hidden()
    expect(pagina.locator(".k-audio")).not_to_contain_text("El audio no llegó.")
    pagina.wait_for_function("() => document.querySelector('audio').currentTime > 0")
