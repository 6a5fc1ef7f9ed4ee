import re

import pytest
from django.test import Client
from django.utils import timezone

from cursos.models import Avance, Inscripcion
from cursos.services.avance import terminar_unidad
from instancias.models import Oficina
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, paso, publicar
from tests.gente import CLAVE
from tests.mundos import hecho_una_vez
from tests.neutralidad import faltas, palabras_en
from tests.plano import plano

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.fixture
def base(programa):
    return f"/c/{programa.curso.numero}"


def texto(respuesta):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


def titulo(respuesta):
    return re.search(r"<title>(.*?)</title>", respuesta.content.decode(), re.DOTALL)[1].strip()


# --- Reading


def test_inicio_offers_to_begin(cliente, programa, base):
    respuesta = cliente.get("/inicio")
    assert "Empiece por aquí" in texto(respuesta) and "0 de 3 lecciones" in texto(respuesta)
    assert f'href="{base}/1/1"' in respuesta.content.decode()


def test_the_first_inicio_tells_who_accompanies_the_way_and_what_is_earned(cem, entrar, integrante):
    """And what is for today, with its minutes. Whoever has begun is told where they stayed, and none of it."""
    Oficina.objects.update(facilitadora="Elena Ríos")
    programa = Programa(modulos=2, lecciones=2)
    programa.inscribir(integrante)
    cliente = Client()
    cliente.post("/entrar", {"identificador": integrante.documento, "clave": CLAVE})
    respuesta = cliente.get("/inicio")
    visto = texto(respuesta)
    assert "Hoy: lección 1, 1 min" in visto and "Ir a la lección 1" in visto
    assert f"Elena Ríos, {Oficina.objects.get().nombre}. Escriba o llame" in visto
    assert "Son 2 módulos. En pantalla toman un minuto, a su ritmo." in visto
    assert "Al terminar recibe un certificado de 24 horas." in visto
    assert re.findall(r"<li>(Módulo \d)</li>", respuesta.text) == ["Módulo 1", "Módulo 2"]
    assert "Responder antes" not in visto  # this course begins by its first lesson

    cliente.post(f"/c/{programa.curso.numero}/1/1")
    visto = texto(cliente.get("/inicio"))
    assert "Continúe donde se quedó" in visto and "Su camino" not in visto and "Quién le acompaña" not in visto


def test_inicio_says_where_one_stayed(cliente, inscrita, base):
    cliente.post(f"{base}/1/1")
    respuesta = cliente.get("/inicio")
    assert "Continúe donde se quedó" in texto(respuesta)
    assert "Lección 1.1 Lección 1, paso 2 de 2" in texto(respuesta)
    assert f'href="{base}/1/2"' in respuesta.content.decode()
    assert "Lo que falta toma un minuto en pantalla, a su ritmo." in texto(respuesta)
    assert f'href="{base}"' in respuesta.content.decode() and "Mis cursos" not in texto(respuesta)


def test_a_message_leads_to_the_step_where_one_is(cliente, inscrita, base):
    assert cliente.get(f"{base}/seguir").url == f"{base}/1/1"
    cliente.post(f"{base}/1/1")
    lugar = cliente.get(f"{base}/seguir", follow=True).request["PATH_INFO"]
    assert lugar == f"{base}/1/2"
    assert cliente.get("/c/99999/seguir").url == "/inicio"


def test_inicio_without_courses_says_who_activates_them(entrar, integrante):
    respuesta = entrar(integrante).get("/inicio")
    assert "Todavía no tiene cursos. Su facilitadora del CEM los activará." in texto(respuesta)


def test_inicio_when_all_is_done_thanks(cliente, programa, inscrita):
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    respuesta = cliente.get("/inicio")
    assert "Terminó todos sus cursos." in texto(respuesta) and "Ver qué falta para mi certificado" in texto(respuesta)
    assert "Continúe donde se quedó" not in texto(respuesta)
    assert "Ahora usted puede Reconocer" in texto(respuesta)


def test_inicio_says_when_a_course_begins(entrar, programa, integrante):
    programa.abrir(inicia=timezone.localdate() + timezone.timedelta(days=7))
    programa.inscribir(integrante)
    cliente = entrar(integrante)
    respuesta = cliente.get("/inicio")
    assert "Empieza el" in texto(respuesta) and f'href="/c/{programa.curso.numero}"' not in respuesta.content.decode()
    assert "todavía no empieza" in texto(cliente.get(f"/c/{programa.curso.numero}"))
    assert cliente.post(f"/c/{programa.curso.numero}/1/1").status_code == 200
    assert not Avance.objects.exists()


def test_course_page_lists_what_is_left(cliente, base, inscrita, programa):
    cliente.post(f"{base}/1/1")
    cliente.post(f"{base}/2/1")
    cliente.post(f"{base}/2/2")
    respuesta = cliente.get(base)
    visto = texto(respuesta)
    assert "Al terminar podrá" in visto and "Reconocer" in visto and "Módulo 1" in visto
    assert "1 de 3 lecciones" in visto
    assert [visto.count(estado) for estado in ("Terminada", "En curso", "Por empezar")] == [1, 1, 1]
    assert "Lo que falta toma un minuto en pantalla, a su ritmo." in visto and "1 min" in visto


def test_a_step_shows_one_idea_and_where_it_is(cliente, base):
    respuesta = cliente.get(f"{base}/1/1")
    assert titulo(respuesta).startswith(f"Curso {base[3:]} · Paso 1 de 2")
    assert "<h1>Paso 1</h1>" in respuesta.content.decode()
    assert "Paso 1 de 2" in texto(respuesta) and "Continuar" in texto(respuesta)


def test_continuing_goes_to_the_next_step_and_then_to_the_end(cliente, base):
    assert cliente.post(f"{base}/1/1").url == f"{base}/1/2"
    assert cliente.post(f"{base}/1/2").url == f"{base}/1/fin"
    respuesta = cliente.get(f"{base}/1/fin")
    assert "Terminó la lección 1" in texto(respuesta) and "Una cosa" in texto(respuesta)
    assert "Ir a la lección 2" in texto(respuesta) and "Descansar por hoy" in texto(respuesta)


def test_the_end_is_only_for_who_finished(cliente, base):
    assert cliente.get(f"{base}/1/fin").url == f"{base}/1"
    assert cliente.get(f"{base}/1/resumen").url == f"{base}/1"


def test_the_last_lesson_closes_the_course(cliente, base):
    for unidad in (1, 2, 3):
        for n in (1, 2):
            cliente.post(f"{base}/{unidad}/{n}")
    respuesta = cliente.get(f"{base}/3/fin")
    assert "Terminó el curso" in texto(respuesta) and "Ir a la lección" not in texto(respuesta)
    assert "Terminó este curso el" in texto(cliente.get(base))


def test_a_unit_leads_to_the_step_where_one_stayed(cliente, base):
    assert cliente.get(f"{base}/1").url == f"{base}/1/1"
    cliente.post(f"{base}/1/1")
    assert cliente.get(f"{base}/1").url == f"{base}/1/2"


def test_a_jumped_step_leads_to_the_missing_one(cliente, base):
    respuesta = cliente.post(f"{base}/1/2", follow=True)
    assert respuesta.redirect_chain[-1][0] == f"{base}/1/1"
    assert "Antes le falta ver el paso 1." in texto(respuesta)


def test_a_step_past_the_end_shows_the_last(cliente, base):
    assert "Paso 2 de 2" in texto(cliente.get(f"{base}/1/99"))
    assert "Paso 1 de 2" in texto(cliente.get(f"{base}/1/0"))


def test_the_summary_is_a_text_with_a_neutral_name(cliente, base, programa):
    leccion = crear_leccion(
        programa.modulos[0],
        "Con resumen",
        pasos=[{"type": "resumen", "value": {"titulo": "Recuerde", "lineas": ["Escuche.", "Avise."]}}],
    )
    numero = programa.unidad(leccion).numero
    cliente.post(f"{base}/{numero}/1")
    respuesta = cliente.get(f"{base}/{numero}/resumen")
    assert respuesta["Content-Type"].startswith("text/plain")
    assert not palabras_en(respuesta["Content-Disposition"])
    assert "- Escuche." in respuesta.content.decode() and "- Una cosa" in respuesta.content.decode()


# --- Hard subjects


@pytest.fixture
@hecho_una_vez
def dificil(programa, base):
    pasos = [paso("Uno"), paso("Dos"), {"type": "resumen", "value": {"titulo": "Recuerde", "lineas": ["Escuche."]}}]
    leccion = crear_leccion(programa.modulos[0], "Tema", pasos=pasos, tema_dificil=True)
    return f"{base}/{programa.unidad(leccion).numero}"


def test_a_hard_subject_warns_first(cliente, dificil):
    visto = texto(cliente.get(f"{dificil}/1"))
    assert "Este tema puede ser difícil" in visto and "Puede saltarlo o hacerlo otro día." in visto
    assert "Paso 1 de 4" in visto
    assert "<h1>Uno</h1>" in cliente.get(f"{dificil}/2").content.decode()


def test_a_hard_subject_may_be_skipped_to_its_summary(cliente, dificil):
    assert cliente.post(f"{dificil}/1", {"saltar": "1"}).url == f"{dificil}/4"
    assert cliente.post(f"{dificil}/4").url == f"{dificil}/fin"


# --- What cannot be opened


@pytest.mark.usefixtures("misma_referencia")
def test_absent_and_forbidden_are_the_same(entrar, programa, integrante, cliente, base):
    fuera = Programa(titulo="De otros", lecciones=1)
    ajeno, ausente = fuera.curso.numero, 999
    for resto in ("", "/1", "/1/1", "/1/fin", "/1/resumen"):
        uno, otro = cliente.get(f"/c/{ajeno}{resto}"), cliente.get(f"/c/{ausente}{resto}")
        assert uno.status_code == otro.status_code == 404
        assert uno.content == otro.content
    assert cliente.post(f"/c/{ajeno}/1/1").status_code == 404
    assert cliente.get(f"{base}/99/1").status_code == 404


def test_a_visitor_is_sent_to_the_door(visitante, programa, base):
    for direccion in ("/inicio", base, f"{base}/1", f"{base}/1/1", f"{base}/1/fin"):
        assert visitante.get(direccion).url.startswith("/entrar")


def test_losing_the_enrolment_takes_effect_at_once(cliente, base, inscrita):
    Inscripcion.objects.update(retirada_en=timezone.now())
    assert cliente.get(f"{base}/1/1").status_code == 404
    assert cliente.post(f"{base}/1/1").status_code == 404


@pytest.mark.parametrize("acto", ["delete", "unpublish"])
def test_a_lesson_that_went_away_while_being_read_loses_nothing(cliente, base, programa, inscrita, acto):
    cliente.post(f"{base}/1/1")
    getattr(programa.lecciones[0], acto)()
    for respuesta, estado in ((cliente.get(f"{base}/1/2"), 200), (cliente.post(f"{base}/1/2"), 409)):
        assert respuesta.status_code == estado
        assert "Esta parte está en pausa" in texto(respuesta)
        assert "no tiene que hacer nada: lo que avanzó está guardado" in texto(respuesta)
        assert f'href="{base}"' in respuesta.content.decode()
    assert Avance.objects.get().paso == 1


def test_a_lesson_that_nobody_lacks_and_is_gone_says_so(cliente, base, programa):
    programa.lecciones[0].delete()
    for respuesta in (cliente.get(f"{base}/1/2"), cliente.post(f"{base}/1/2")):
        assert respuesta.status_code == 410
        assert "Esta lección cambió o ya no está" in texto(respuesta)
        assert "Lo que usted avanzó está guardado." in texto(respuesta)


def test_a_lesson_that_lost_steps_while_being_read_goes_on(cliente, base, programa):
    cliente.post(f"{base}/1/1")
    leccion = programa.lecciones[0]
    leccion.pasos = [paso("Único")]
    publicar(leccion)
    assert cliente.post(f"{base}/1/2").url == f"{base}/1/fin"


def test_a_course_that_is_not_published_says_so(cliente, base, programa):
    cliente.post(f"{base}/1/1")
    programa.pagina.unpublish()
    respuesta = cliente.get(f"{base}/1/2")
    assert respuesta.status_code == 410 and "no está disponible por ahora" in texto(respuesta)
    assert "No está disponible por ahora" in texto(cliente.get("/inicio"))


# --- Only POST changes


def test_reading_writes_nothing(cliente, base, inscrita):
    antes = Inscripcion.objects.values().get()
    for direccion in ("/inicio", base, f"{base}/1", f"{base}/1/1", f"{base}/1/2"):
        cliente.get(direccion)
    assert Inscripcion.objects.values().get() == antes and not Avance.objects.exists()


@pytest.mark.parametrize("direccion", ["/inicio", "{base}", "{base}/1", "{base}/1/fin", "{base}/1/resumen"])
def test_only_a_step_takes_post(cliente, base, direccion):
    assert cliente.post(direccion.format(base=base)).status_code == 405


def test_continuing_needs_the_token_of_the_form(inscrita, base):
    from django.test import Client

    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(inscrita.persona.cuenta)
    assert cliente.post(f"{base}/1/1").status_code == 403


# --- Neutral outside


def test_nothing_shows_outside_what_a_course_is_about(entrar, integrante):
    programa = Programa(titulo="La violencia contra la mujer", lecciones=1)
    programa.lecciones[0].title = "Denunciar el maltrato"
    publicar(programa.lecciones[0])
    programa.inscribir(integrante)
    cliente, base = entrar(integrante), f"/c/{programa.curso.numero}"
    for direccion in ("/inicio", base, f"{base}/1/1", f"{base}/1/fin"):
        assert faltas(cliente.get(direccion, follow=True).content.decode()) == []


def test_a_new_wording_shows_at_once(cliente, base, programa):
    articulo = crear_articulo()
    cita = {"titulo": "T", "articulo": articulo.pk, "cita": "C", "en_palabras_sencillas": "<p>S</p>"}
    leccion = crear_leccion(programa.modulos[0], "Con cita", pasos=[{"type": "cita", "value": cita}])
    direccion = f"{base}/{programa.unidad(leccion).numero}/1"
    cliente.get(direccion)
    vigente = articulo.redacciones.get(vigente_hasta=None)
    vigente.vigente_desde = "2024-05-02"
    vigente.save()
    assert "2 de mayo de 2024" in texto(cliente.get(direccion))


def test_a_long_course_opens_only_the_module_to_go_on_with(entrar, integrante):
    programa = Programa(modulos=4, lecciones=1)
    inscripcion = programa.inscribir(integrante)
    terminar_unidad(inscripcion=inscripcion, unidad=programa.unidades[0], ahora=timezone.now())
    pagina = plano(entrar(integrante).get(f"/c/{programa.curso.numero}").content.decode())
    pliegue = r'<details class="k-detalle k-modulo"( open)?>\s*<summary><h2[^>]*>(.*?)</h2>\s*<span[^>]*>\s*(.*?)\s*<'
    pliegues = re.findall(pliegue, pagina)
    assert pliegues == [
        ("", "1. Módulo 1", "Terminado ✓"),
        (" open", "2. Módulo 2", "0 de 1 · un minuto"),
        ("", "3. Módulo 3", "0 de 1 · un minuto"),
        ("", "4. Módulo 4", "0 de 1 · un minuto"),
    ]


def test_a_short_course_folds_nothing(entrar, integrante):
    programa = Programa(modulos=2, lecciones=1)
    programa.inscribir(integrante)
    assert "k-modulo" not in entrar(integrante).get(f"/c/{programa.curso.numero}").content.decode()
