"""The words of the course: their page, and the link of the first time a lesson uses each one."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.exceptions import ValidationError

from cursos.clases.leccion.contenido import pasos_mostrados
from cursos.consultas.primer_uso import Formas, glosas_de
from cursos.models import Articulo, RedaccionDeArticulo, Termino
from marco.models import NombreInstitucional
from tests.cursos.factories import HOY, crear_articulo, crear_leccion, crear_termino, paso, publicar
from tests.mundos import hecho_una_vez
from tests.neutralidad import faltas

ENLACE = re.compile(r'<a class="k-termino" (?:id="u-\d+" )?href="(?:/glosario)?#t-(\d+)">(.*?)</a>', re.DOTALL)
FORMAS = Formas(
    [
        (1, ("juez de paz", "jueces de paz", "juzgado de paz")),
        (2, ("juzgado de paz letrado",)),
        (3, ("audiencia", "audiencias")),
        (4, ("CEM",)),
        (5, ("ficha de riesgo",)),
        (6, ("riesgo severo en la zona",)),
        (7, ("asiento",)),
    ]
)


def enlaces(*pasos: dict, muestra: tuple[str, ...] = ()) -> list[list[tuple[int, str]]]:
    """Return what each step of a lesson links: the term and the words."""
    glosas = glosas_de(pasos, FORMAS, "/glosario")
    salida = []
    for lugar, uno in enumerate(pasos):
        html = muestra[lugar] if muestra else f'<div class="k-prosa">{uno["value"].get("texto", "")}</div>'
        salida.append([(int(pk), palabras) for pk, palabras in ENLACE.findall(glosas.poner(lugar, html))])
    return salida


def prosa(*parrafos: str) -> dict:
    return {"type": "texto", "value": {"titulo": "T", "texto": "".join(f"<p>{uno}</p>" for uno in parrafos)}}


# --- Which words ----------------------------------------------------------------------------------------------------


def test_only_the_first_use_of_the_lesson_is_linked():
    assert enlaces(prosa("La audiencia. Otra audiencia."), prosa("Las audiencias."), prosa("Un asiento.")) == [
        [(3, "audiencia")],
        [],
        [(7, "asiento")],
    ]


def test_the_longest_form_wins():
    assert enlaces(prosa("El juzgado de paz letrado decide. El juzgado de paz ayuda.")) == [
        [(2, "juzgado de paz letrado"), (1, "juzgado de paz")]
    ]
    # Once linked, the long form does not lend its words to the short one.
    assert enlaces(prosa("El juzgado de paz letrado."), prosa("Otro juzgado de paz letrado.")) == [
        [(2, "juzgado de paz letrado")],
        [],
    ]
    assert enlaces(prosa("Una ficha de riesgo severo en la zona.")) == [[(6, "riesgo severo en la zona")]]


def test_a_plural_or_another_form_is_the_same_word():
    assert enlaces(prosa("Los jueces de paz llegan."), prosa("La jueza y el juez de paz.")) == [
        [(1, "jueces de paz")],
        [],
    ]


@pytest.mark.parametrize(
    ("dicho", "esperado"),
    [
        ("AUDIENCIA hoy", [(3, "AUDIENCIA")]),
        ("la audiéncia", []),
        ("preaudiencia y audienciar", []),
        ("«audiencia», dijo", [(3, "audiencia")]),
        ("una <b>audiencia</b> breve", [(3, "audiencia")]),
        ("el juzgado\n de  paz", [(1, "juzgado\n de  paz")]),
        ("una audi<b>encia</b>", []),
        ("El Decreto Supremo 9-CEM y el CEM-2.", []),
    ],
)
def test_whole_words_with_their_accents_in_any_case(dicho, esperado):
    assert enlaces(prosa(dicho)) == [esperado]


def test_a_step_links_four_new_words_and_the_rest_wait():
    todas = "audiencia, CEM, asiento, ficha de riesgo, juez de paz."
    assert enlaces(prosa(todas), prosa("Nada."), prosa("Otra vez: juez de paz y CEM.")) == [
        [(3, "audiencia"), (4, "CEM"), (7, "asiento"), (5, "ficha de riesgo")],
        [],
        [(1, "juez de paz")],
    ]


def test_titles_links_and_quotations_stay_as_they_are():
    html = (
        "<h1>La audiencia</h1><p class='k-rotulo'>audiencia</p><figure><blockquote><p>«audiencia»</p></blockquote>"
        '<figcaption>audiencia</figcaption></figure><div class="k-prosa">audiencia<h2>audiencia</h2>'
        '<p><a href="/x">audiencia</a>, audiencia &amp; <b>más</b>.<br/>«Sí»</p></div>'
        "<details><summary>audiencia</summary></details>"
    )
    glosas = glosas_de([prosa("audiencia")], FORMAS, "/glosario")
    assert glosas.poner(0, html) == html.replace(
        ", audiencia &amp;", ', <a class="k-termino" href="/glosario#t-3">audiencia</a> &amp;'
    )


def test_what_shows_wins_over_what_is_folded():
    valor = {"titulo": "T", "texto": "<p>Uno.</p>", "en_nuestra_zona": "Hay audiencia.", "mas_detalle": "<p>CEM</p>"}
    html = (
        '<details><div class="k-prosa"><p>audiencia y CEM</p></div></details>'
        '<section class="k-zona"><p>Hay audiencia.</p></section>'
    )
    (hallados,) = enlaces({"type": "texto", "value": valor}, muestra=(html,))
    assert hallados == [(4, "CEM"), (3, "audiencia")]
    glosas = glosas_de([{"type": "texto", "value": valor}], FORMAS, "/glosario")
    assert '<p>Hay <a class="k-termino"' in glosas.poner(0, html)


def test_a_summary_and_the_words_of_the_law_hold_no_first_use():
    resumen = {"type": "resumen", "value": {"titulo": "T", "lineas": ["audiencia"]}}
    cita = {"type": "cita", "value": {"titulo": "T", "cita": "audiencia", "en_palabras_sencillas": "<p>CEM</p>"}}
    assert [set(uno) for uno in glosas_de([resumen, cita], FORMAS, "/x").por_paso] == [set(), {4}]


def test_the_words_of_a_lesson_are_looked_for_once_and_not_with_each_of_its_steps(monkeypatch):
    formas, otras = Formas([(1, ("audiencia",))]), Formas([(2, ("audiencia",))])
    pasos, buscados = [prosa("Una audiencia."), prosa("Otra.")], []
    buscar = Formas.buscar
    monkeypatch.setattr(Formas, "buscar", lambda suyas, texto: buscados.append(texto) or buscar(suyas, texto))
    primera = glosas_de(pasos, formas, "/x").por_paso
    cuantos = len(buscados)
    assert cuantos and glosas_de(pasos, formas, "/x").por_paso == primera and len(buscados) == cuantos
    assert glosas_de(pasos, otras, "/x").por_paso[0] == {2}
    assert glosas_de([prosa("Nada."), *pasos], formas, "/x").por_paso[1:] == primera


# --- In the pages of a lesson ---------------------------------------------------------------------------------------

pagina = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.fixture
@hecho_una_vez
def leccion(programa):
    detalle = "<p>El reglamento lo dice. Una audiencia es breve.</p>"
    pasos = [
        paso("La audiencia", "En la audiencia habla el <b>juez</b>.", mas_detalle=detalle),
        paso("Otro", "La audiencia y la medida de protección.", en_nuestra_zona="Vaya al {cem}."),
    ]
    return crear_leccion(programa.modulos[0], "Con palabras", pasos=pasos)


@pytest.fixture
def base(programa, leccion):
    return f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}"


def hallados(cliente, direccion):
    return ENLACE.findall(cliente.get(direccion).content.decode())


@pagina
def test_a_step_links_to_the_glossary(cliente, base):
    audiencia = crear_termino("audiencia")
    reglamento, medida = crear_termino("Reglamento"), crear_termino("medida", "medida de protección")
    assert hallados(cliente, f"{base}/1") == [(str(audiencia.pk), "audiencia"), (str(reglamento.pk), "reglamento")]
    assert hallados(cliente, f"{base}/2") == [(str(medida.pk), "medida de protección")]


@pagina
def test_a_name_that_changes_is_a_word_like_any_other(cliente, base):
    NombreInstitucional.objects.create(clave="cem", nombre="Centro de Ayuda (CEM)", corto="CEM")
    centro = crear_termino("Centro de Ayuda")
    assert hallados(cliente, f"{base}/2") == [(str(centro.pk), "Centro de Ayuda")]


@pagina
def test_a_changed_term_shows_at_once(cliente, base):
    assert hallados(cliente, f"{base}/1") == []
    termino = crear_termino("juicio")
    assert hallados(cliente, f"{base}/1") == []
    termino.variantes = "juez"
    termino.save()
    assert hallados(cliente, f"{base}/1") == [(str(termino.pk), "juez")]
    termino.delete()
    assert hallados(cliente, f"{base}/1") == []


@pagina
def test_the_preview_shows_the_same_links(leccion):
    audiencia = crear_termino("audiencia")
    uno, dos = pasos_mostrados(leccion, hoy=HOY, nivel=2)
    assert ENLACE.findall(uno.html) == [(str(audiencia.pk), "audiencia")]
    assert ENLACE.findall(dos.html) == []


@pytest.mark.un_motor
@pagina
def test_the_warning_of_a_hard_subject_moves_no_link(cliente, base, leccion):
    crear_termino("audiencia")
    leccion.tema_dificil = True
    publicar(leccion)
    assert [len(hallados(cliente, f"{base}/{n}")) for n in (1, 2, 3)] == [0, 1, 0]


@pagina
def test_many_terms_cost_a_lesson_no_more_statements(cliente, base, presupuesto):
    for n in range(60):
        crear_termino(f"palabra {n}")
    cliente.get("/entrar")
    with presupuesto(6):
        cliente.get(f"{base}/1")
    with presupuesto(5):
        cliente.get(f"{base}/2")
    with presupuesto(3):
        cliente.get(f"{base}/2")


# --- The page of the glossary ---------------------------------------------------------------------------------------


def contenido(respuesta):
    return respuesta.content.decode()


def mostrados(respuesta):
    return re.findall(r"<dt>(.*?)</dt>", contenido(respuesta))


@pagina
def test_terms_are_in_alphabetical_order_under_their_letters(cliente):
    for termino in ("víctima", "Ñato", "nube", "órgano", "oficio", "Audiencia"):
        crear_termino(termino)
    respuesta = cliente.get("/glosario")
    assert mostrados(respuesta) == ["Audiencia", "nube", "Ñato", "oficio", "órgano", "víctima"]
    assert re.findall(r"<h2 id=\"\w\">(\w)</h2>", contenido(respuesta)) == ["A", "N", "O", "V"]


@pagina
def test_a_term_says_what_it_means_with_an_example_and_its_article(cliente):
    NombreInstitucional.objects.create(clave="cem", nombre="Centro de Ayuda (CEM)", corto="CEM")
    termino = crear_termino("CEM", definicion="{cem}: ayuda gratis.", articulo=crear_articulo())
    visto = contenido(cliente.get("/glosario"))
    assert f'id="t-{termino.pk}"' in visto
    assert "Centro de Ayuda (CEM): ayuda gratis." in visto
    assert "«En Luyando se usa CEM»." in visto
    assert "Art. 16 de la Ley 30364 (TUO, art. 19)" in visto


@pagina
@pytest.mark.parametrize(
    ("pedido", "esperados"),
    [
        ("fiscalia", ["fiscalía"]),
        ("FISCALÍAS", ["fiscalía"]),
        ("proteccion medida", ["medida de protección"]),
        ("noche", ["ronda"]),
        ("nada de nada", []),
        ("   ", ["fiscalía", "medida de protección", "ronda"]),
    ],
)
def test_searching_does_not_need_accents(cliente, pedido, esperados):
    crear_termino("fiscalía", "fiscalías")
    crear_termino("medida de protección")
    crear_termino("ronda", definicion="Cuida de noche, también la fiscalía.")
    assert mostrados(cliente.post("/glosario", {"q": pedido})) == esperados


@pytest.mark.django_db
def test_who_writes_reads_it_from_the_preview_of_a_lesson(entrar, capacitadora):
    crear_termino("audiencia")
    respuesta = entrar(capacitadora).get("/glosario")
    assert mostrados(respuesta) == ["audiencia"]
    assert 'href="/inicio"' not in contenido(respuesta)


@pagina
def test_what_was_searched_is_escaped(cliente):
    visto = contenido(cliente.post("/glosario", {"q": "<b>x"}))
    assert "No encontramos «&lt;b&gt;x»" in visto and "<b>x" not in visto


@pagina
def test_the_page_is_read_again_when_something_changes(cliente, programa):
    termino = crear_termino("audiencia", articulo=crear_articulo())
    assert "Art. 16" in contenido(cliente.get("/glosario"))
    termino.articulo.numero = "99"
    termino.articulo.save()
    assert "Art. 99" in contenido(cliente.get("/glosario"))
    RedaccionDeArticulo.objects.all().delete()
    cliente.get("/glosario")
    Articulo.objects.get().delete()
    assert "Art. 99" not in contenido(cliente.get("/glosario"))
    assert Termino.objects.get().articulo is None
    termino.delete()
    assert "El glosario todavía no tiene palabras." in contenido(cliente.get("/glosario"))


@pagina
@pytest.mark.parametrize("cuantos", [3, 66])
def test_statements_do_not_grow_with_the_terms(cliente, presupuesto, cuantos):
    articulo = crear_articulo()
    for n in range(cuantos):
        crear_termino(f"palabra {n}", articulo=articulo)
    cliente.get("/entrar")
    with presupuesto(4):
        cliente.get("/glosario")
    with presupuesto(3):
        respuesta = cliente.get("/glosario")
    assert len(mostrados(respuesta)) == cuantos


@pagina
def test_nothing_shows_outside_and_other_pages_lead_to_it(cliente, programa, visitante):
    crear_termino("violencia sexual")
    assert faltas(contenido(cliente.get("/glosario"))) == []
    for direccion in (f"/c/{programa.curso.numero}", "/ayuda"):
        assert 'href="/glosario"' in contenido(cliente.get(direccion))
    assert 'href="/glosario"' not in contenido(visitante.get("/ayuda"))


# --- Writing it -----------------------------------------------------------------------------------------------------


@pagina
def test_a_form_belongs_to_one_term():
    crear_termino("medida de protección", "medidas de protección")
    otro = Termino(clave="otra", termino="otra", variantes="Medidas  de protección", definicion="a", ejemplo="b")
    with pytest.raises(ValidationError, match="ya está en «medida de protección»"):
        otro.full_clean()


@pagina
def test_a_term_is_printed_by_its_name():
    assert str(crear_termino("audiencia")) == "audiencia"


@pytest.mark.un_motor
@pagina
def test_the_real_glossary_is_light(cliente):
    from programas.lectura import leer_programa
    from tests.programas.test_contenido import PROGRAMA

    articulo = crear_articulo()
    for ficha in leer_programa(PROGRAMA).glosario:
        campos = {"clave": ficha.clave, "definicion": ficha.definicion, "ejemplo": ficha.ejemplo}
        crear_termino(ficha.termino, **campos, articulo=articulo if ficha.articulo else None)
    respuesta = cliente.get("/glosario")
    assert len(mostrados(respuesta)) >= 60
    assert len(gzip.compress(respuesta.content, 6)) <= 10 * 1024
