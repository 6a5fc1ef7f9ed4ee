"""«?al=»: every page, list and file of the panel on another day, what is said on top, and the days that cannot be."""

from __future__ import annotations

import datetime
import html
import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from instancias.models import Membresia
from seguimiento.consultas import asientos, como_se_cuenta, personas
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_paginas import texto_de

pytestmark = pytest.mark.django_db
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
@hecho_una_vez
def relevo(edicion):
    """Alma finished and left three days ago; since the next day Elsa sits on her seat."""
    hoy = timezone.localdate()
    asiento = f.crear_asiento(f.A, "T-01")
    alma = f.sentar(asiento, "Alma", hasta=hoy - 3 * UN_DIA)
    f.inscribir(alma, edicion, hechas=4, dias=10)
    elsa = f.sentar(asiento, "Elsa", desde=hoy - 2 * UN_DIA)
    f.inscribir(elsa, edicion, creada=2)
    f.integrante(f.A, edicion, codigo="T-02", nombres="Celia", hechas=1, dias=20)
    Membresia.objects.update(registrada_en=f.hace(100))
    return hoy - 5 * UN_DIA


PAGINAS = ("/panel", "/panel/mapa", f"/panel/distrito/{f.A}", "/panel/curso/900", "/panel/lista?ver=terminaron")


@pytest.mark.un_motor
@pytest.mark.parametrize("pagina", [*PAGINAS, "/panel/lista?ver=completos"])
def test_each_page_says_the_day_on_top_and_keeps_it_in_its_links(relevo, cliente, pagina):
    union = "&" if "?" in pagina else "?"
    respuesta = cliente.get(f"{pagina}{union}al={relevo}")
    assert f"Al {date_format(relevo)}" in texto_de(respuesta)
    assert "Datos del" not in texto_de(respuesta)
    del_panel = r'href="(/panel(?:/(?:lista|mapa|distrito|curso|avance)[^"]*)?(?:\?[^"]*)?)"'
    otros = [uno for uno in re.findall(del_panel, respuesta.content.decode()) if uno != "/panel"]
    assert otros
    assert all(parse_qs(urlsplit(uno.replace("&amp;", "&")).query).get("al") == [str(relevo)] for uno in otros)


def test_the_result_of_who_left_is_that_of_its_day(relevo, cliente):
    assert cliente.get("/panel").context["total"].terminaron == 0
    antes = cliente.get("/panel", {"al": relevo})
    assert (antes.context["total"].terminaron, antes.context["total"].alcaldias_al_dia) == (1, 1)
    assert "Alma" in texto_de(cliente.get("/panel/lista", {"ver": "terminaron", "al": relevo}))
    visto = texto_de(cliente.get(f"/panel/distrito/{f.A}", {"al": relevo}))
    assert "Alma Campos" in visto and "Asiento completo" in visto


def test_a_seat_says_that_whoever_held_it_before_had_finished(relevo, cliente):
    anio = timezone.localdate(f.hace(10)).year
    assert f"Este asiento se capacitó en {anio}; hoy lo ocupa otra persona." in texto_de(
        cliente.get(f"/panel/distrito/{f.A}")
    )
    assert "se capacitó en" not in texto_de(cliente.get(f"/panel/distrito/{f.A}", {"al": relevo}))
    Membresia.objects.filter(persona__nombres="Elsa").update(hasta=timezone.localdate() - UN_DIA)
    assert f"Este asiento se capacitó en {anio}; quien terminó ya no lo ocupa." in texto_de(
        cliente.get(f"/panel/distrito/{f.A}")
    )


def test_who_finished_after_leaving_did_not_train_the_seat(edicion, cliente):
    asiento = f.crear_asiento(f.A, "T-01")
    sale = f.sentar(asiento, "Sale", hasta=timezone.localdate() - 20 * UN_DIA)
    f.inscribir(sale, edicion, hechas=4, dias=5)
    assert "se capacitó en" not in texto_de(cliente.get(f"/panel/distrito/{f.A}"))


def test_what_is_known_of_today_only_is_not_said_of_another_day(relevo, cliente):
    panel, distrito = cliente.get("/panel", {"al": relevo}), cliente.get(f"/panel/distrito/{f.A}", {"al": relevo})
    de_hoy = ("Necesita ayuda", "Primero quien necesita", "hace 20 días", "Hace 20 días", "sin actividad", "1 de 4")
    for respuesta in (panel, distrito, cliente.get("/panel/lista", {"ver": "integrantes", "al": relevo})):
        visto = texto_de(respuesta)
        assert [palabra for palabra in de_hoy if palabra in visto] == []
    assert "Escribir por WhatsApp" not in distrito.content.decode().split("Qué puede hacer")[0]
    assert "Agregar persona" not in distrito.content.decode()


@pytest.mark.parametrize("pagina", ["/panel/recordar?", "/panel/lista?ver=ayuda&", "/panel/lista?ver=sin_actividad&"])
def test_a_list_of_today_says_so_on_another_day(relevo, cliente, pagina):
    visto = texto_de(cliente.get(f"{pagina}al={relevo}"))
    assert "Esta lista es siempre de hoy" in visto
    assert f"Al {date_format(relevo)}" not in visto
    de_hoy = cliente.get(pagina)
    assert "Esta lista es siempre de hoy" not in texto_de(de_hoy) and 'name="al"' not in de_hoy.content.decode()


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("pedido", "frase"),
    [
        ("mañana", "«mañana» no es una fecha. Escríbala así: 30/09/2026."),
        ("2026-02-30", "«2026-02-30» no es una fecha."),
        ("9999-12-31", "todavía no llega"),
        ("0001-01-01", "es anterior al programa, que empezó el"),
        ("<script>", "«<script>» no es una fecha."),
    ],
)
def test_a_day_that_cannot_be_is_said_in_a_sentence_and_today_is_shown(relevo, cliente, pedido, frase):
    for pagina in PAGINAS:
        respuesta = cliente.get(pagina, {"al": pedido, "ver": "terminaron"})
        assert respuesta.status_code == 200
        assert frase in html.unescape(texto_de(respuesta))
        assert respuesta.context["ambito"].al is None
    archivo = cliente.get("/panel/avance.xlsx", {"al": pedido})
    assert archivo.status_code == 302 and archivo["Location"].startswith("/panel?al=")


@pytest.mark.un_motor
def test_the_limits_of_what_can_be_asked(relevo, cliente, edicion):
    hoy = timezone.localdate()
    assert cliente.get("/panel", {"al": hoy}).context["ambito"].al is None
    assert cliente.get("/panel", {"al": f"{relevo:%d/%m/%Y}"}).context["ambito"].al == relevo
    assert cliente.get("/panel", {"al": edicion.inicia}).context["ambito"].al == edicion.inicia
    assert cliente.get("/panel", {"al": edicion.inicia - UN_DIA}).context["problema_del_dia"]
    assert cliente.get("/panel", {"al": hoy + UN_DIA}).context["problema_del_dia"]


@pytest.mark.un_motor
def test_the_choice_of_a_day_keeps_the_filters_of_the_page(relevo, cliente):
    pagina = cliente.get("/panel/lista", {"ver": "terminaron", "instancia": f.A}).content.decode()
    assert '<input type="hidden" name="ver" value="terminaron">' in pagina
    assert f'<input type="hidden" name="instancia" value="{f.A}">' in pagina
    de_otro_dia = cliente.get("/panel/lista", {"ver": "terminaron", "instancia": f.A, "al": relevo}).content.decode()
    assert f'href="?ver=terminaron&amp;instancia={f.A}"' in de_otro_dia


def test_the_file_of_a_day_says_its_day_and_counts_it(relevo, cliente):
    respuesta = cliente.get("/panel/avance.xlsx", {"al": relevo})
    assert f"_{relevo}.xlsx" in respuesta["Content-Disposition"]
    libro = load_workbook(BytesIO(b"".join(respuesta.streaming_content)))
    resumen = {fila[0]: fila[1] for fila in libro["Resumen"].iter_rows(values_only=True)}
    assert resumen["Al día"].date() == relevo
    assert resumen["Integrantes que terminaron"] == 1
    assert "Sin actividad en 14 días, de quienes no han terminado" not in resumen
    assert all(hoja.oddHeader.center.text == f"Al {date_format(relevo)}" for hoja in libro)
    leyenda = [fila[0] for fila in libro["Leyenda"].iter_rows(values_only=True)]
    assert "Registrado después" in leyenda and "Necesita ayuda" not in leyenda


def test_what_was_registered_later_is_told_on_top_and_opens_its_list(relevo, cliente):
    Membresia.objects.filter(persona__nombres="Celia").update(registrada_en=timezone.now())
    visto = cliente.get("/panel", {"al": relevo})
    assert "De esto, registrado después de ese día: 1 asiento que alguien ya ocupaba" in texto_de(visto)
    filas = cliente.get("/panel/lista", {"ver": "registrado_despues", "al": relevo}).context["filas"]
    assert [fila.nombres for fila in filas] == ["Celia"]
    assert "registrado después" not in texto_de(cliente.get("/panel"))


@pytest.mark.un_motor
def test_the_page_of_help_says_each_figure_in_the_words_of_the_file(relevo, cliente):
    visto = texto_de(cliente.get("/panel/como-se-cuenta"))
    libro = load_workbook(BytesIO(b"".join(cliente.get("/panel/avance.xlsx").streaming_content)))
    leyenda = dict(libro["Leyenda"].iter_rows(values_only=True))
    for una in como_se_cuenta.TODAS:
        assert f"{una.nombre} {una.texto}" in visto, una.clave
    for una in (*como_se_cuenta.ASIENTOS, *como_se_cuenta.PERSONAS):
        assert leyenda[str(una.nombre)] == str(una.texto)
    assert "/panel/como-se-cuenta" in cliente.get("/panel").content.decode()


@pytest.mark.un_motor
def test_every_list_of_the_panel_has_its_definition():
    de_otra = {"alcaldias_al_dia", "alcaldias_pendientes", "incompletos"}
    listas = set(personas.FILTROS) | set(asientos.FILTROS) - de_otra
    assert listas <= set(como_se_cuenta.POR_CLAVE)
