import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from instancias.acceso.ip import ip_de
from instancias.acceso.services.enlaces import crear_enlace
from tests.neutralidad import faltas

pytestmark = pytest.mark.django_db
PUBLICAS = ["entrar", "sin_clave", "no_soy_yo", "ayuda", "navegar_con_cuidado"]
PROPIAS = ["menu", "ayuda", "mi_cuenta", "mis_datos", "mi_celular", "cambiar_clave", "borrar_del_celular"]
EN_CADA_PAGINA = ["kuska/css/kuska.css", "kuska/js/kuska.js", "kuska/img/icono.svg"]


def comprimido(contenido: bytes) -> int:
    return len(gzip.compress(contenido, 6))


def peso_de(ruta: str) -> int:
    return comprimido(Path(finders.find(ruta)).read_bytes())


@pytest.fixture
def paginas(integrante, visitante, entrar, cem):
    """Every page of this room that a person may see."""
    cliente = entrar(integrante)
    creado = crear_enlace(persona=integrante, por=None, ahora=timezone.now())
    respuestas = {nombre: visitante.get(reverse(f"kuska_instancias:{nombre}")) for nombre in PUBLICAS}
    respuestas["enlace"] = visitante.get(reverse("kuska_instancias:enlace", args=[creado.token]))
    respuestas["enlace_no_sirve"] = visitante.get(reverse("kuska_instancias:enlace", args=["A"]))
    respuestas["error"] = visitante.post(reverse("kuska_instancias:entrar"), {})
    respuestas["404"] = visitante.get("/no-existe/")
    respuestas |= {f"propia:{nombre}": cliente.get(reverse(f"kuska_instancias:{nombre}")) for nombre in PROPIAS}
    return respuestas


@pytest.mark.un_motor
def test_titles_and_addresses_say_nothing(paginas):
    for nombre, respuesta in paginas.items():
        assert faltas(respuesta.text) == [], nombre


@pytest.mark.un_motor
def test_every_page_has_the_frame(paginas):
    for nombre, respuesta in paginas.items():
        texto = respuesta.text
        assert 'lang="es-PE"' in texto, nombre
        assert texto.count("<h1") == 1, nombre
        assert texto.index("Ir al contenido") < texto.index("Salir rápido") < texto.index("<header"), nombre
        assert 'form="salida-rapida"' in texto, nombre
        pie = texto[texto.index("<footer") :]
        orden = [pie.index(x) for x in ("tel:100", "tel:105", "Hablar con el CEM", "Navegar con cuidado")]
        assert orden == sorted(orden), nombre
        assert "style=" not in texto and "<style" not in texto and "onclick" not in texto, nombre


@pytest.mark.un_motor
def test_errors_go_first_and_take_the_focus(paginas):
    texto = paginas["error"].text

    assert "<title>Error: Entrar" in texto
    assert texto.index("Hay un problema") < texto.index("<h1")
    assert "autofocus" in texto
    assert 'href="#id_identificador"' in texto
    assert 'aria-describedby="id_identificador_error"' in texto
    assert 'id="id_identificador_error"' in texto


@pytest.mark.un_motor
def test_personal_pages_are_kept_nowhere(paginas):
    for nombre, respuesta in paginas.items():
        if nombre.startswith("propia:") or nombre in {"entrar", "enlace", "sin_clave"}:
            assert "no-store" in respuesta["Cache-Control"], nombre


@pytest.mark.un_motor
@pytest.mark.parametrize("nombre", ["entrar", "enlace"])
def test_the_door_weighs_little(paginas, nombre):
    html = comprimido(paginas[nombre].content)
    hojas = sum(peso_de(ruta) for ruta in EN_CADA_PAGINA if ruta.endswith(".css"))
    guion = peso_de("kuska/js/kuska.js")
    icono = peso_de("kuska/img/icono.svg")

    assert html <= 6 * 1024
    assert hojas <= 12 * 1024
    assert guion <= 4 * 1024
    assert icono <= 3 * 1024
    assert html + hojas + guion + icono <= 25 * 1024


@pytest.mark.un_motor
def test_the_script_has_no_words_of_its_own():
    guion = Path(finders.find("kuska/js/kuska.js")).read_text()
    sin_comentarios = re.sub(r"/\*.*?\*/", "", guion, flags=re.DOTALL)

    assert not re.search(r"[áéíóúñ¿¡«»]|[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+\"", sin_comentarios)


@pytest.mark.un_motor
def test_error_pages_render_without_any_context():
    for plantilla in ("kuska/fallo.html", "500.html", "400.html", "403.html", "403_csrf.html", "404.html", "405.html"):
        texto = render_to_string(plantilla)
        assert "Aula de la Instancia" in texto
        assert "tel:100" in texto
    assert "Algo falló de nuestro lado." in render_to_string("500.html")
    assert "Intente en unos minutos." in render_to_string("500.html")
    assert "No encontramos esta página." in render_to_string("404.html")


@pytest.mark.un_motor
def test_the_footer_reaches_the_office_of_the_district(integrante, visitante, cem, settings):
    from tests.gente import CLAVE

    visitante.post(reverse("kuska_instancias:entrar"), {"identificador": "40000001", "clave": CLAVE})
    assert "https://wa.me/51900000000" in visitante.get(reverse("kuska_instancias:menu")).text


def test_the_menu_costs_little(integrante, entrar, presupuesto):
    cliente = entrar(integrante)
    cliente.get(reverse("kuska_instancias:menu"))
    with presupuesto(2):
        cliente.get(reverse("kuska_instancias:menu"))


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("proxies", "cabecera", "esperada"),
    [
        (0, "1.1.1.1", "10.0.0.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.9"),
        (1, "6.6.6.6, 1.1.1.1:4821", "1.1.1.1"),
        (1, "[2001:db8::1]:4821", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "6.6.6.6, no es", "10.0.0.9"),
        (-1, "6.6.6.6", "10.0.0.9"),
    ],
)
def test_only_declared_proxies_are_believed(settings, proxies, cabecera, esperada):
    settings.KUSKA_PROXIES = proxies
    pedido = RequestFactory().get("/", headers={"X-Forwarded-For": cabecera}, REMOTE_ADDR="10.0.0.9")

    assert ip_de(pedido) == esperada


@pytest.mark.un_motor
def test_help_promises_without_signal_only_what_there_is(visitante, integrante, entrar):
    """What is done waits on the phone and goes out by itself; no other place says that a course is kept."""
    dicho = visitante.get(reverse("kuska_instancias:ayuda")).text
    dicho += entrar(integrante).get(reverse("kuska_instancias:borrar_del_celular")).text
    promesa = "lo que hace queda guardado en este celular y se envía solo cuando vuelve la señal"
    assert promesa in " ".join(dicho.split())
    assert not re.search(r"cursos (que )?guard|cursos para guardar", dicho)


@pytest.mark.un_motor
def test_the_drawing_of_the_page_is_that_of_its_icon(paginas):
    trazos = re.findall(r' d="([^"]+)"', Path(finders.find("kuska/img/icono.svg")).read_text())
    assert trazos and all(f'd="{trazo}"' in paginas["entrar"].text for trazo in trazos)
