"""What is drawn once is, to the letter, what is drawn anew; and nothing of one person reaches another."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.core.cache import cache
from django.template import Context, Engine
from django.test import Client
from django.utils import timezone
from django.utils.safestring import mark_safe

from cursos.consultas import inicio_dibujado
from cursos.consultas.como_va import como_va
from cursos.consultas.inicio import cursos_de
from marco import dibujadas, paginas_dibujadas
from marco.models import AjustesDelAula
from tests.mundos import hecho_una_vez

SUYAS = (
    (r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1FICHA"),
    (r'(data-marcas=")[^"]+', r"\1MARCAS"),
)


def sin_lo_suyo(html: str) -> str:
    for que, por in SUYAS:
        html = re.sub(que, por, html)
    return html


def pedir(cliente: Client, ruta: str) -> str:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == 200, ruta
    return respuesta.content.decode()


@pytest.fixture
@hecho_una_vez
def aulas(programa, inscrita, integrante_de_b, entrar, integrante):
    """Two people in the same place, and the pages that they open."""
    programa.inscribir(integrante_de_b)
    curso, primera = programa.curso.numero, 1
    rutas = ["/inicio", f"/c/{curso}", f"/c/{curso}/{primera}/1", f"/c/{curso}/{primera}/2", "/ayuda"]
    return entrar(integrante), entrar(integrante_de_b), rutas


def test_a_page_is_the_same_cold_warm_and_drawn_whole(aulas, monkeypatch):
    una, otra, rutas = aulas
    for ruta in rutas:
        cache.clear()
        dibujadas.olvidar()
        fria = sin_lo_suyo(pedir(una, ruta))
        tibia = sin_lo_suyo(pedir(una, ruta))
        with monkeypatch.context() as parche:
            parche.setattr(dibujadas, "CABEN", 0)
            parche.setattr(paginas_dibujadas, "_es_de_aqui", lambda *_: False)
            dibujadas.olvidar()
            entera = sin_lo_suyo(pedir(una, ruta))
        assert fria == tibia == entera, ruta


def test_each_person_gets_their_own_marks_and_their_own_token(aulas):
    una, otra, rutas = aulas
    for ruta in rutas[:-1]:
        paginas = [pedir(quien, ruta) for quien in (una, otra, una)]
        marcas = [re.findall(r'data-marcas="([^"]+)"', pagina) for pagina in paginas]
        fichas = [re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', pagina) for pagina in paginas]
        assert len(marcas[0]) == 1 and marcas[0] == marcas[2] != marcas[1]
        assert marcas[0][0] not in paginas[1] and marcas[1][0] not in paginas[2]
        assert not any(paginas_dibujadas.FICHA.partition(".")[0] in pagina for pagina in paginas)
        assert all(len(ficha) == 64 for suyas in fichas for ficha in suyas)
        assert not set(fichas[0]) & set(fichas[1])


@pytest.mark.parametrize(
    ("cual", "dice"),
    [
        ("mis_cursos", "{% for uno in cursos %}{{ uno.inscripcion.persona.nombres }}{% endfor %}"),
        ("por_donde_va", "{{ seguir.inscripcion.persona.nombres }}"),
        ("plazo", "{{ inscripcion.persona.nombres }}"),
    ],
)
def test_a_part_of_the_site_tells_each_person_their_own(
    cual, dice, programa, integrante, integrante_de_b, tmp_path, settings
):
    suya = tmp_path / f"kuska/cursos/{cual}.html"
    suya.parent.mkdir(parents=True)
    suya.write_text(f"<p>Suyo: {dice}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    hoy = timezone.localdate()
    integrante_de_b.nombres = "Beatriz"
    for persona in (integrante, integrante_de_b):
        inscripcion = programa.inscribir(persona)
        inscripcion.persona = persona
        [curso] = cursos_de(persona=persona, hoy=hoy)
        curso = dataclasses.replace(curso, inscripcion=inscripcion)
        va = como_va(curso.inscripcion, curso.temario, curso.paso)
        dibujada = f"{inicio_dibujado.por_donde_va(curso, va)} {inicio_dibujado.mis_cursos([curso], '')}"
        assert f"Suyo: {persona.nombres}" in dibujada


@pytest.mark.parametrize("pieza", ["kuska/componentes/senal.html", "kuska/cursos/termino.html"])
def test_a_page_with_a_piece_of_the_site_is_drawn_for_each_one(pieza, aulas, tmp_path, settings):
    una, otra, rutas = aulas
    assert paginas_dibujadas._es_de_aqui(Engine.get_default(), "kuska/cursos/paso.html")
    suya = tmp_path / pieza
    suya.parent.mkdir(parents=True)
    suya.write_text("<p>Suyo: {{ request.user.pk }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    assert not paginas_dibujadas._es_de_aqui(Engine.get_default(), "kuska/cursos/paso.html")
    if pieza.endswith("senal.html"):  # the other one is on the last step alone
        vistas = [re.findall("Suyo: (.*)</p>", pedir(quien, rutas[2])) for quien in (una, otra)]
        assert vistas == [[quien.session["_auth_user_id"]] for quien in (una, otra)]


def test_a_step_that_is_sent_with_its_token_goes_on(programa, inscrita, integrante):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(integrante.cuenta)
    ruta = f"/c/{programa.curso.numero}/1/1"
    for _vez in range(2):
        pagina = pedir(cliente, ruta)
        ficha = re.search(r'id="seguir".*?name="csrfmiddlewaretoken" value="([^"]+)"', pagina, re.DOTALL)
        assert ficha is not None
        assert cliente.post(ruta, {"csrfmiddlewaretoken": ficha[1]}).status_code == 302
    assert cliente.post(ruta).status_code == 403


def test_the_settings_of_the_site_show_at_once(aulas):
    una, _otra, rutas = aulas
    pedir(una, rutas[2])
    ajustes = AjustesDelAula.load()
    ajustes.nombre_del_espacio, ajustes.pagina_de_salida = "Otra aula", "https://otra.example/"
    ajustes.save()
    pagina = pedir(una, rutas[2])
    assert "Otra aula" in pagina and "https://otra.example/" in pagina


def test_what_the_last_act_answered_is_told_once(programa, inscrita, integrante, entrar):
    cliente, curso = entrar(integrante), programa.curso.numero
    leccion = 1
    pedir(cliente, f"/c/{curso}/{leccion}/1")
    salto = cliente.post(f"/c/{curso}/{leccion}/2")
    assert salto.status_code == 302
    assert 'role="status" class="k-aviso' in pedir(cliente, salto.url)
    assert 'role="status" class="k-aviso' not in pedir(cliente, salto.url)


@pytest.mark.un_motor
def test_a_safe_text_is_not_taken_for_one_that_has_to_be_escaped():
    motor = Engine.get_default()
    nombre = "kuska/componentes/nombre_del_espacio.html"
    suelto = dibujadas.dibujar(motor, nombre, {"nombre": "<b>a</b>"})
    seguro = dibujadas.dibujar(motor, nombre, {"nombre": mark_safe("<b>a</b>")})
    assert "&lt;b&gt;" in suelto and "<b>a</b>" in seguro
    assert dibujadas.dibujar(motor, nombre, {"nombre": "<b>a</b>"}) is suelto


@pytest.mark.un_motor
def test_what_is_asked_for_stays_and_what_nobody_asks_for_goes(monkeypatch):
    monkeypatch.setattr(dibujadas, "CABEN", 20)
    dibujadas.olvidar()
    motor, nombre = Engine.get_default(), "kuska/componentes/nombre_del_espacio.html"
    constante = dibujadas.dibujar(motor, nombre, {"nombre": "siempre"})
    primera = dibujadas.dibujar(motor, nombre, {"nombre": "0"})
    for n in range(100):
        dibujadas.dibujar(motor, nombre, {"nombre": str(n)})
        assert dibujadas.dibujar(motor, nombre, {"nombre": "siempre"}) is constante
    assert dibujadas.dibujar(motor, nombre, {"nombre": "0"}) is not primera
    assert len(dibujadas._dibujadas._nuevas) + len(dibujadas._dibujadas._viejas) <= 20


@pytest.mark.un_motor
def test_a_piece_sees_only_what_it_is_given():
    motor = Engine.get_default()
    suya = motor.from_string('{% load kuska %}{% una_vez "kuska/componentes/salida_rapida.html" destino=a %}')
    html = suya.render(Context({"a": "https://uno.example/", "aula": {"pagina_de_salida": "https://dos.example/"}}))
    assert "uno.example" in html and "dos.example" not in html
