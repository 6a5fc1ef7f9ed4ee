"""Without signal: what was read is still there, and it is of one person only."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cursos.models import Avance, Inscripcion, Paquete
from evaluaciones.models import Ensayo
from instancias.models import Fusion, Persona
from marco.sin_senal import marcas_de
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, decida, paso
from tests.gente import CLAVE
from tests.navegador.celular import RECIBIDA, con_trabajador, esperan

pytestmark = pytest.mark.django_db(transaction=True)
NEUTRAL = "Esta página no está guardada en su celular. Vuelva cuando tenga señal."


@pytest.fixture
def programa(territorio, cem, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    programa.leccion = crear_leccion(programa.modulos[0], "Rutas", pasos=[paso("Uno"), paso("Dos"), paso("Tres")])
    programa.base = f"/c/{programa.curso.numero}/{programa.unidad(programa.leccion).numero}"
    return programa


def sin_senal(pagina):
    pagina.context.set_offline(True)


def entrar_por_la_puerta(pagina, documento="40000001"):
    pagina.goto("/entrar")
    pagina.get_by_label("DNI o código").fill(documento)
    pagina.get_by_label("Clave", exact=True).fill(CLAVE)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url("**/inicio")
    return pagina


def titulo(pagina):
    return pagina.get_by_role("heading", level=1)


def test_the_page_one_was_on_and_the_next_are_there_without_signal(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    con_trabajador(pagina).reload()
    expect(titulo(pagina)).to_have_text("Uno")
    sin_senal(pagina)
    pagina.reload()
    expect(titulo(pagina)).to_have_text("Uno")
    pagina.goto("/mis-certificados")
    expect(pagina.locator("main")).to_contain_text(NEUTRAL)
    pagina.go_back()
    expect(titulo(pagina)).to_have_text("Uno")


@pytest.mark.parametrize("como_se_va", ["sin_senal", "con_senal"])
def test_after_leaving_no_page_of_the_person_is_shown(abrir, integrante, programa, como_se_va):
    pagina = entrar_por_la_puerta(abrir(salidas=("https://www.senamhi.gob.pe",)))
    con_trabajador(pagina).goto(f"{programa.base}/1")
    sin_senal(pagina)
    pagina.reload()
    expect(titulo(pagina)).to_have_text("Uno")
    pagina.context.set_offline(como_se_va == "sin_senal")
    pagina.get_by_role("button", name="Salir rápido").last.click()
    expect(pagina).to_have_title(re.compile("El tiempo|clima"))
    sin_senal(pagina)
    otra = pagina.context.new_page()
    otra.goto(f"{programa.base}/1")
    expect(titulo(otra)).to_have_text(re.compile("El tiempo|Sin señal"))
    assert "Uno" not in otra.content()


def test_another_person_on_the_same_phone_finds_nothing_of_the_first(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    con_trabajador(pagina).goto(f"{programa.base}/1")
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    como(pagina, otra).goto("/inicio")
    sin_senal(pagina)
    pagina.goto(f"{programa.base}/1")
    expect(pagina.locator("main")).to_contain_text(NEUTRAL)


def chip(pagina):
    return pagina.locator("[data-k-senal]")


def seguir(pagina):
    pagina.get_by_role("button", name="Continuar").click()


def traida(pagina, direccion):
    """The next step is on the phone before it is asked for."""
    for _vez in range(50):
        if pagina.evaluate("url => kuska.decir('hay', { urls: [url] }).then(hay => !!(hay && hay[0]))", direccion):
            return
        pagina.wait_for_timeout(100)
    raise AssertionError(f"{direccion} no llegó al celular")


def test_going_on_without_signal_is_kept_and_received_when_it_is_back(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    con_trabajador(pagina)
    traida(pagina, f"{programa.base}/2")
    sin_senal(pagina)
    seguir(pagina)
    expect(titulo(pagina)).to_have_text("Dos")
    expect(chip(pagina)).to_contain_text("Guardado en este celular: 1.")
    seguir(pagina)
    expect(chip(pagina)).to_contain_text("El paso que sigue se abrirá cuando vuelva la señal.")
    assert len(esperan(pagina)) == 2 and not Avance.objects.exists()
    contexto = pagina.context
    pagina.close()
    contexto.set_offline(False)
    pagina = contexto.new_page()
    pagina.goto("/inicio")
    expect(chip(pagina)).to_have_text(RECIBIDA)
    assert Avance.objects.get().paso == 2
    assert (Paquete.objects.count(), esperan(pagina)) == (2, [])
    pagina.get_by_role("link", name=re.compile("^(Continuar|Ir a la lección)")).click()
    expect(titulo(pagina), "Inicio se dibujó antes de que esto llegara").to_have_text("Tres")


def test_with_signal_going_on_reaches_the_server_and_its_next_page(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    for nombre in ("Dos", "Tres"):
        seguir(pagina)
        expect(titulo(pagina)).to_have_text(nombre)
    seguir(pagina)
    expect(pagina).to_have_url(re.compile("/fin$"))
    assert Avance.objects.get().estado == Avance.Estado.TERMINADA
    assert esperan(pagina) == []


def test_what_one_person_left_waiting_is_never_sent_by_another(abrir, integrante, programa):
    """The session ended on the way, and somebody else uses the phone meanwhile."""
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    pagina = entrar_por_la_puerta(abrir())
    pagina.goto(f"{programa.base}/1")
    sin_senal(pagina)
    seguir(pagina)
    expect(chip(pagina)).to_contain_text("Guardado en este celular")
    pagina.context.clear_cookies()
    pagina.context.set_offline(False)
    expect(chip(pagina)).to_contain_text("Entre de nuevo para enviarlo.")
    entrar_por_la_puerta(pagina, "40000077")
    assert esperan(pagina) == []
    pagina.wait_for_timeout(2000)
    assert not Paquete.objects.exists()
    pagina.context.clear_cookies()
    entrar_por_la_puerta(pagina)
    expect(chip(pagina)).to_have_text(RECIBIDA)
    assert Paquete.objects.get().persona == integrante
    assert not Paquete.objects.filter(persona=otra).exists()


GUARDAR = """paquete => new Promise(listo => {
  indexedDB.open("kuska", 1).onsuccess = ev => {
    const db = ev.target.result, trans = db.transaction("paquetes", "readwrite");
    trans.objectStore("paquetes").add(paquete);
    trans.oncomplete = () => { db.close(); listo(); };
  };
})"""


def test_what_waits_under_a_mark_of_before_goes_out_and_meanwhile_holds_nothing_back(
    abrir, integrante, integrante_de_b, programa
):
    """Two registers became one. While that can still be undone, the door does not take what is of the hidden one."""
    antes = timezone.now() - timedelta(days=2)
    fusion = Fusion.objects.create(queda=integrante.pk, absorbida=integrante_de_b.pk, hecha_en=antes)
    Persona.objects.filter(pk=integrante_de_b.pk).update(absorbida_por=integrante, activa=False)
    pagina = entrar_por_la_puerta(abrir())
    pagina.goto(f"{programa.base}/1")
    Fusion.objects.update(hecha_en=timezone.now())
    curso, leccion = (int(uno) for uno in programa.base.split("/")[2:])
    este = programa.unidad(programa.leccion).ids_de_pasos[1]
    suyo = {"id": str(uuid4()), "clase": "paso", "lugar": [curso, leccion, 2], "campos": [["este", este]], "veces": 0}
    pagina.evaluate(GUARDAR, {**suyo, "marca": marcas_de(integrante_de_b.pk)[0], "asunto": "de antes"})
    seguir(pagina)
    expect(titulo(pagina)).to_have_text("Dos")
    assert (Avance.objects.get().paso, Paquete.objects.count()) == (1, 1)
    Fusion.objects.filter(pk=fusion.pk).update(hecha_en=antes)
    pagina.reload()
    expect(chip(pagina)).to_have_text(RECIBIDA)
    assert (Avance.objects.get().paso, esperan(pagina)) == (2, [])
    assert set(Paquete.objects.values_list("persona", flat=True)) == {integrante.pk}


def test_a_decision_without_signal_is_kept_lets_go_on_and_is_explained_later(abrir, como, integrante, programa):
    leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[decida(), paso("Después")])
    base = f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}"
    pagina = como(abrir(), integrante)
    pagina.goto(f"{base}/1")
    sin_senal(pagina)
    pagina.locator(".k-toque").first.click()
    expect(pagina.locator("#decida [data-k-estado]")).to_contain_text("Guardado en este celular.")
    expect(pagina.get_by_role("button", name="Continuar")).to_be_visible()
    assert not Ensayo.objects.exists()
    pagina.context.set_offline(False)
    expect(pagina.locator("[data-k-dicho]")).to_be_visible()
    assert Ensayo.objects.count() == 1


def test_where_nothing_can_be_kept_it_says_so_and_works_as_any_form(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    cerrado = "{ value: { open() { throw new Error('no'); } } }"
    pagina.add_init_script(f"Object.defineProperty(window, 'indexedDB', {cerrado})")
    pagina.goto(f"{programa.base}/1")
    seguir(pagina)
    expect(titulo(pagina)).to_have_text("Dos")
    sin_senal(pagina)
    expect(chip(pagina)).to_have_text("Sin señal, y este celular no puede guardar. Espere la señal antes de responder.")


def test_what_could_not_be_applied_is_said_on_the_phone(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    sin_senal(pagina)
    seguir(pagina)
    expect(chip(pagina)).to_contain_text("Guardado en este celular")
    Inscripcion.objects.update(retirada_en=timezone.now())
    pagina.context.set_offline(False)
    expect(pagina.get_by_text("Esto no se pudo sumar a su curso.")).to_be_visible()
    assert not RECIBIDA.match(chip(pagina).inner_text()), "no se sumó: «Recibido» dice lo contrario"
    assert Paquete.objects.get().estado == Paquete.Estado.SIN_APLICAR
    pagina.get_by_role("button", name="Entendido").click()
    pagina.goto("/menu")
    expect(pagina.get_by_text("Esto no se pudo sumar")).to_be_hidden()
