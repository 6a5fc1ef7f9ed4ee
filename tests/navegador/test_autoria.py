"""A trainer walks in a real editor: module, lesson with steps, evaluation with questions, preview on a phone, publish.

Then a member sees it, and whoever had finished has finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect
from wagtail.models import Site

from cursos.ejemplos import EJEMPLO
from cursos.models import Inscripcion, Leccion, Modulo, Unidad
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from evaluaciones.models import Evaluacion
from evaluaciones.services.envio import enviar
from tests import gente
from tests.autoria.lectura import en_ingles
from tests.cursos.factories import crear_articulo
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, ver_lecciones
from tests.sitio.recorrido import escribir_encima

# The editor saves what differs from the form as it was when it first looked at it, some seconds after it is open.
MIRA_EL_FORMULARIO = """() => {
    const forma = document.querySelector("form[data-controller~='w-unsaved']");
    return !!forma && !!wagtail.app.getControllerForElementAndIdentifier(forma, "w-unsaved").initialFormData;
}"""


@pytest.fixture
def programa(cem, integrante, integrante_de_b, capacitadora) -> ProgramaConEvaluacion:
    """Rosa is under way; Juan has finished."""
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    programa.abrir()
    asegurar_grupo_de_capacitadoras()
    Site.objects.update(root_page=programa.pagina.get_parent())
    crear_articulo()
    ver_lecciones(programa.inscribir(integrante))
    terminada = programa.inscribir(integrante_de_b)
    ver_lecciones(terminada)
    intento = empezar(integrante_de_b, programa.unidad_evaluada)
    enviar(persona=integrante_de_b, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    terminada.refresh_from_db()
    assert terminada.estado == Inscripcion.Estado.TERMINADA
    return programa


@pytest.fixture
def editor(abrir, programa) -> Iterator[Page]:
    """It is left at the end, whatever happened: the editor goes on saving by itself."""
    pagina = abrir(ancho=1280)
    yield pagina
    pagina.goto("about:blank")
    pagina.wait_for_timeout(500)


def test_from_an_empty_form_to_the_phone_of_a_member(editor, abrir, como, programa, integrante, integrante_de_b):
    entrar(editor)
    hacer_modulo(editor)
    hacer_leccion(editor)
    hacer_evaluacion(editor)
    decidir(editor)
    mirar_como_participante(como(abrir(), integrante), programa)
    juan = Inscripcion.objects.get(persona=integrante_de_b)
    assert juan.estado == Inscripcion.Estado.TERMINADA and (juan.hechas, juan.requeridas) == (2, 2)


def test_publishing_while_the_editor_saves_by_itself_makes_one_page(editor, programa):
    """On a slow line the answer to the first save comes after the person has pressed the button."""
    guardadas = []

    def demorar(ruta: Any) -> None:
        if "application/json" not in (ruta.request.headers.get("accept") or ""):
            ruta.continue_()
            return
        respuesta = ruta.fetch()
        guardadas.append(respuesta.status)
        editor.wait_for_timeout(1500)
        ruta.fulfill(response=respuesta)

    entrar(editor)
    editor.get_by_role("link", name="Abrir el curso").click()
    editor.locator("header, .w-slim-header").get_by_role("link", name="Agregar").first.click()
    editor.get_by_role("link", name=re.compile("^Módulo")).first.click()
    editor.wait_for_function(MIRA_EL_FORMULARIO)
    editor.route("**/admin/pages/add/**", demorar)
    editor.locator("[name=objetivos]").fill("Reconocer una alerta")
    with editor.expect_request(lambda una: "application/json" in una.headers.get("accept", "") and "/add/" in una.url):
        editor.locator("#id_title").fill("Escuchar y avisar")
    publicar(editor, "Escuchar y avisar")
    assert guardadas == [200]
    assert [uno.live for uno in Modulo.objects.filter(title="Escuchar y avisar")] == [True]


def test_what_puts_itself_in_order_is_no_draft_until_somebody_writes(editor, programa):
    """On a slow machine a rich text is put in order after the editor took note of the form: nobody wrote that."""
    leccion = programa.lecciones[0]
    antes = leccion.revisions.count()
    entrar(editor)
    editor.goto(f"/admin/pages/{leccion.pk}/edit/")
    editor.wait_for_function(MIRA_EL_FORMULARIO)
    editor.wait_for_timeout(2500)  # it takes note twice
    editor.evaluate("document.querySelector('[name=presentacion]').value += 'En orden.'")
    editor.wait_for_timeout(2500)
    editor.goto("/admin/")
    assert leccion.revisions.count() == antes
    editor.goto(f"/admin/pages/{leccion.pk}/edit/")
    editor.wait_for_function(MIRA_EL_FORMULARIO)
    with editor.expect_response(lambda una: una.request.method == "POST" and f"/{leccion.pk}/edit/" in una.url):
        editor.locator("[name=presentacion]").press_sequentially("Escuchar.")
    editor.goto("about:blank")
    assert leccion.revisions.count() > antes


def test_who_writes_with_somebody_else_is_asked_once_and_who_writes_alone_never(editor, programa, administradora):
    """What the editor saves by itself is of this tab; a version of somebody else is told by its dialog, or the form."""
    leccion = programa.lecciones[0]
    entrar(editor)
    editor.goto(f"/admin/pages/{leccion.pk}/edit/")
    editor.wait_for_function(MIRA_EL_FORMULARIO)
    with editor.expect_response(lambda una: una.request.method == "POST" and f"/{leccion.pk}/edit/" in una.url):
        editor.locator("[name=presentacion]").press_sequentially("Escuchar.")
    guardar_borrador(editor)
    expect(editor.locator(".messages .success")).to_be_visible()

    editor.wait_for_function(MIRA_EL_FORMULARIO)
    de_hoy = Leccion.objects.get(pk=leccion.pk).get_latest_revision_as_object()
    de_hoy.title = "De otra persona"
    de_hoy.save_revision(user=administradora)
    with editor.expect_response(lambda una: una.request.method == "POST" and f"/{leccion.pk}/edit/" in una.url):
        editor.locator("[name=presentacion]").press_sequentially("Avisar.")
    dialogo = editor.locator("#w-save-confirmation-dialog")
    expect(editor.locator("[data-w-session-intercept-value='conflict']")).to_be_attached()
    guardar_borrador(editor)
    expect(dialogo).to_be_visible()
    dialogo.locator("[data-w-dialog-target=confirm]").click()
    expect(editor.locator(".messages .success")).to_be_visible()
    expect(editor.locator(".messages .error")).to_have_count(0)
    assert "Avisar." in Leccion.objects.get(pk=leccion.pk).get_latest_revision_as_object().presentacion


def guardar_borrador(editor: Page) -> None:
    editor.get_by_role("button", name="Guardar borrador").first.click()


def entrar(editor: Page) -> None:
    """By the door of everybody, into the editor, where there is only what writing needs."""
    editor.goto("/entrar?letras=1")
    editor.locator("[name=identificador]").fill("capacitadora")
    editor.locator("[name=clave]").fill(gente.CLAVE)
    editor.locator("main form button[type=submit]").first.click()
    editor.wait_for_url("**/admin/")
    expect(editor.get_by_role("heading", name="Mis borradores")).to_be_visible()
    expect(editor.get_by_role("heading", name="Cómo hacer una lección")).to_be_visible()
    menu = editor.locator("#wagtail-sidebar")
    expect(menu).to_contain_text("Páginas")
    for ajena in ("Documentos", "Informes", "Configuración", "Usuarios"):
        expect(menu).not_to_contain_text(ajena)
    en_castellano(editor)


def hacer_modulo(editor: Page) -> None:
    editor.get_by_role("link", name="Abrir el curso").click()
    en_castellano(editor)
    editor.locator("header, .w-slim-header").get_by_role("link", name="Agregar").first.click()
    en_castellano(editor)
    editor.get_by_role("link", name=re.compile("^Módulo")).first.click()
    editor.locator("#id_title").fill("Escuchar y avisar")
    editor.locator("[name=objetivos]").fill("Reconocer una alerta")
    en_castellano(editor)
    publicar(editor, "Escuchar y avisar")
    assert Modulo.objects.get(title="Escuchar y avisar").live


def hacer_leccion(editor: Page) -> None:
    """It starts with six examples; what lacks is said; then it is published."""
    editor.locator("tr", has_text="Escuchar y avisar").get_by_role("link", name=re.compile("^Agregar")).click()
    editor.get_by_role("link", name=re.compile("^Lección")).first.click()
    editor.locator("#id_title").fill("Oír sin juzgar")
    pasos = editor.locator("[data-contentpath=pasos] [data-streamfield-child]")
    expect(pasos.nth(5)).to_be_attached()
    previa = abrir_vista_previa(editor)
    expect(previa.locator("main")).to_contain_text("Antes de publicar")
    expect(previa.locator("main")).to_contain_text("Oír sin juzgar")
    en_castellano(editor)
    intentar_publicar(editor)
    expect(editor.locator(".messages")).to_contain_text("Hay algo que corregir antes de seguir.")
    for _cual in ("the case to decide", "the quotation"):
        editor.get_by_role("button", name="Seleccionar artículo").first.click()
        editor.locator(".modal-content").get_by_role("link", name=re.compile("^art. 16")).click()
        expect(editor.locator(".modal-content")).to_have_count(0)
    escribir_sobre_los_ejemplos(editor)
    editor.get_by_role("tab", name="Cierre y cuidado").click()
    editor.locator("[name=sabe_ahora]").fill("Oír\nNo juzgar\nAvisar")
    publicar(editor, "Oír sin juzgar")
    expect(editor.locator(".messages")).to_contain_text("1 persona lleva este curso con lo que pedía antes")
    assert Leccion.objects.get(title="Oír sin juzgar").live


def escribir_sobre_los_ejemplos(editor: Page) -> None:
    """Everything that says «[Cambie este texto]» is an instruction, and keeps the lesson from going live."""
    pasos = editor.locator("[data-contentpath=pasos]")
    for texto in pasos.locator(".public-DraftEditor-content").all():
        if EJEMPLO in texto.inner_text():
            escribir_encima(editor, texto)
    for n, campo in enumerate(pasos.locator("textarea, input[type=text]").all()):
        if campo.is_visible() and EJEMPLO in campo.input_value():
            campo.fill(f"Escuchar es lo primero ({n}).")


def hacer_evaluacion(editor: Page) -> None:
    editor.locator("header, .w-slim-header").get_by_role("link", name="Agregar").first.click()
    editor.get_by_role("link", name=re.compile("^Evaluación")).first.click()
    editor.locator("#id_title").fill("Lo aprendido")
    editor.get_by_role("button", name="Agregar pregunta").click()
    editor.locator("[name=preguntas-0-texto]").fill("¿Qué hace primero?")
    respuestas = (("Escucha", "Escuchar es lo primero."), ("Discute", "Discutir no ayuda."))
    for n, (texto, explicacion) in enumerate(respuestas):
        editor.locator(f"[name=preguntas-0-alternativas-{n}-texto]").fill(texto)
        editor.locator(f"[name=preguntas-0-alternativas-{n}-explicacion]").fill(explicacion)
    intentar_publicar(editor)
    expect(editor.locator(".error-message:visible")).to_contain_text("Marque una sola alternativa como correcta.")
    editor.locator("[name=preguntas-0-alternativas-0-correcta]").check()
    previa = abrir_vista_previa(editor)
    expect(previa.locator("main")).to_contain_text("Pregunta 1 de 1")
    expect(previa.locator("main")).not_to_contain_text("Escuchar es lo primero.")
    en_castellano(editor)
    agregar_una_de_ordenar(editor)
    publicar(editor, "Lo aprendido")
    lo_aprendido = Evaluacion.objects.get(title="Lo aprendido")
    assert lo_aprendido.live
    una_de_ordenar = lo_aprendido.preguntas.get(tipo="ordenar")
    assert [uno["texto"] for uno in una_de_ordenar.datos["elementos"]] == ["Oír", "Avisar", "Ir"]


def agregar_una_de_ordenar(editor: Page) -> None:
    """Only the fields of the kind that was chosen are in sight, and what is written in them is what is kept."""
    editor.get_by_role("button", name="Agregar pregunta").click()
    opcion = editor.locator("[name=preguntas-1-alternativas-0-texto]")
    elementos = editor.locator("[name=preguntas-1-ordenar__elementos]")
    expect(opcion).to_be_visible()
    expect(elementos).to_be_hidden()
    editor.locator("[name=preguntas-1-tipo]").select_option("ordenar")
    expect(opcion).to_be_hidden()
    editor.locator("[name=preguntas-1-texto]").fill("Ordene los pasos.")
    elementos.fill("Oír\nAvisar\nIr")
    editor.locator("[name=preguntas-1-ordenar__explicacion]").fill("Primero se oye.")


def decidir(editor: Page) -> None:
    editor.get_by_role("link", name="Decidir qué se les pide").click()
    expect(editor.locator("main")).to_contain_text("Lo aprendido")
    en_castellano(editor)
    editor.get_by_role("button", name="Pedirles también lo nuevo").click()
    expect(editor.locator(".messages")).to_contain_text("Decisión anotada")


def mirar_como_participante(celular: Page, programa: Any) -> None:
    numero = Unidad.objects.get(titulo="Oír sin juzgar").numero
    celular.goto(f"/c/{programa.curso.numero}")
    principal = celular.locator("main")
    for texto in ("Escuchar y avisar", "Oír sin juzgar", "Lo aprendido", "1 de 4"):
        expect(principal).to_contain_text(texto)
    celular.get_by_role("link", name=re.compile("Oír sin juzgar")).click()
    celular.wait_for_url(re.compile(rf"/c/{programa.curso.numero}/{numero}"))
    expect(celular.get_by_role("heading", level=1)).to_contain_text("Un caso que podría pasar aquí")
    celular.get_by_role("button", name="Escuchar es lo primero").first.click()
    expect(celular.get_by_role("heading", name=re.compile("Correcto|Todavía no"))).to_be_visible()


def abrir_vista_previa(editor: Page) -> Any:
    """The pane beside the form, on the width of a phone."""
    marco = editor.locator("#w-preview-iframe")
    if not marco.is_visible():
        editor.get_by_role("button", name="Mostrar u ocultar la vista previa").click()
    expect(editor.get_by_role("radio", name="Ver como en un celular")).to_be_checked()
    previa = editor.frame_locator("#w-preview-iframe")
    expect(previa.locator("main")).to_be_visible()
    barra = 15  # of scrolling, until the page is taller than the pane
    assert 0 <= _ancho(editor, previa) - 360 <= barra
    return previa


def intentar_publicar(editor: Page) -> None:
    editor.get_by_role("button", name="Más acciones").click()
    editor.get_by_role("button", name="Publicar", exact=True).click()


def publicar(editor: Page, titulo: str) -> None:
    intentar_publicar(editor)
    expect(editor.locator(".messages")).to_contain_text(re.compile(f"«{titulo}» (se creó y )?está publicada"))
    en_castellano(editor)


def en_castellano(editor: Page) -> None:
    """What is seen and what is said aloud, once the scripts have drawn it."""
    dichas = editor.locator("[aria-label], [title], [placeholder]").evaluate_all(
        "nodos => nodos.map(n => [n.ariaLabel, n.title, n.placeholder].filter(Boolean).join(' '))"
    )
    assert list(en_ingles(" ".join([editor.locator("body").inner_text(), *dichas]))) == [], editor.url


def _ancho(editor: Page, previa: Any) -> int:
    """The width of the page in the pane. The pane may change its frame for a fresh one while it is asked."""
    for _vez in range(10):
        try:
            return previa.locator("html").evaluate("nodo => nodo.clientWidth")
        except Error:
            editor.wait_for_timeout(500)
    pytest.fail("La vista previa no terminó de mostrarse.")
