"""The pages of an evaluation: the right person, the others, and what each page says."""

import re

import pytest
from django.utils import timezone

from cursos.models import Edicion
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from tests.evaluaciones.factories import buenas, correctas, crear_evaluacion, empezar, unidad_de, ver_lecciones
from tests.mundos import hecho_una_vez
from tests.neutralidad import faltas
from tests.plano import plano

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
RUTAS_DE_ACTO = ("empezar", "respuesta", "revisar", "enviar")


def lugar(unidad):
    return f"/e/{unidad.curso.numero}/{unidad.numero}"


def texto(respuesta):
    return plano(respuesta.content.decode())


def titulo(respuesta):
    return re.search(r"<h1[^>]*>(.*?)</h1>", texto(respuesta))[1]


def campos(intento, entrega):
    return {"intento": str(intento.clave), **{f"p{n}": elegidas for n, elegidas in entrega.items()}}


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


def test_the_first_page_says_all_that_is_needed(cliente, unidad):
    pagina = texto(cliente.get(lugar(unidad)))
    for dicho in (
        "Evaluación del módulo 1",
        "<dd>10</dd>",
        "Sin límite. Puede parar y seguir otro día.",
        "Necesita 7 de 10. Equivale a 14 de 20.",
        "Le quedan 3.",
        "Empezar",
    ):
        assert dicho in pagina


def test_two_evaluations_of_a_course_keep_their_own_questions(cliente, programa, unidad):
    otra = unidad_de(crear_evaluacion(programa.modulos[0], titulo="Otra", preguntas=5))
    for una, necesita in ((unidad, "Necesita 7 de 10."), (otra, "Necesita 4 de 5."), (unidad, "Necesita 7 de 10.")):
        assert necesita in texto(cliente.get(lugar(una)))


def test_a_closed_evaluation_says_what_opens_it(entrar, programa, integrante, unidad):
    programa.inscribir(integrante)
    pagina = texto(entrar(integrante).get(lugar(unidad)))
    assert "Se abre al terminar las lecciones 1 y 2" in pagina
    assert "Empezar" not in pagina


def test_the_course_page_lists_it_and_says_why_it_is_closed(entrar, programa, integrante, unidad):
    inscripcion = programa.inscribir(integrante)
    cliente = entrar(integrante)
    pagina = texto(cliente.get(f"/c/{unidad.curso.numero}"))
    assert "Se abre al terminar las lecciones 1 y 2" in pagina
    assert f'href="{lugar(unidad)}"' not in pagina
    ver_lecciones(inscripcion)
    assert f'href="{lugar(unidad)}"' in texto(cliente.get(f"/c/{unidad.curso.numero}"))


def test_start_answer_review_and_pass_without_a_script(cliente, inscrita, unidad):
    formulario = cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"})
    assert formulario.status_code == 200
    intento = Intento.objects.get()
    pagina = texto(formulario)
    assert pagina.count("<fieldset") == 10 == pagina.count("<legend")
    revision = cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)), follow=True)
    assert "Respondió las 10 preguntas." in texto(revision)
    assert "Después de enviar no podrá cambiarlas." in texto(revision)
    resultado = cliente.post(f"{lugar(unidad)}/enviar", {"intento": str(intento.clave)})
    assert titulo(resultado) == "Terminó el curso" and "Aprobó: 10 de 10." in texto(resultado)
    assert "Explica 2.2" in texto(resultado)
    inscrita.refresh_from_db()
    assert inscrita.estado == "terminada"


def test_the_review_puts_what_is_missing_first(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    entrega = {n: e for n, e in buenas(intento).items() if n != 7}
    revision = cliente.post(f"{lugar(unidad)}/revisar", campos(intento, entrega), follow=True)
    assert "Le falta responder 1 pregunta." in texto(revision)
    assert re.findall(r"<dt>(\d+)\.", texto(revision))[:2] == ["7", "1"]
    assert texto(revision).count("Cambiar") == 9


def test_what_was_saved_comes_back_on_another_phone(entrar, cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)))
    otro = entrar(inscrita.persona)
    assert "Continuar" in texto(otro.get(lugar(unidad)))
    pagina = texto(otro.get(f"{lugar(unidad)}/preguntas"))
    assert pagina.count(" checked") == sum(len(e) for e in buenas(intento).values())


def test_not_passing_tells_what_to_review_and_nothing_else(entrar, programa, integrante, unidad):
    leccion = unidad_de(programa.lecciones[1])
    for fila in programa.evaluacion.preguntas.all():
        fila.leccion = leccion
        fila.save()
    programa.evaluacion.refresh_from_db()
    programa.evaluacion.save_revision().publish()
    ver_lecciones(programa.inscribir(integrante))
    cliente = entrar(integrante)
    intento = empezar(integrante, unidad)
    resultado = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 5)))
    assert titulo(resultado) == "Le falta poco: 5 de 10. Necesita 7"
    pagina = texto(resultado)
    assert "Repase estas lecciones y vuelva a intentar cuando quiera." in pagina
    assert f'href="/c/{unidad.curso.numero}/{leccion.numero}"' in pagina
    assert "Le quedan 2 intentos." in pagina
    assert "Explica" not in pagina


def test_after_the_last_try_help_is_offered_and_nothing_is_explained_until_the_end(cliente, inscrita, unidad):
    for _vez in range(3):
        intento = empezar(inscrita.persona, unidad)
        respuesta = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 0)))
    pagina = texto(respuesta)
    assert "Ya usó todos sus intentos. Su facilitadora puede ayudarle." in pagina
    assert "Explica 2" not in pagina and "La respuesta correcta" not in pagina
    cerrada = texto(cliente.get(lugar(unidad)))
    assert "Ya usó sus 3 intentos. Su facilitadora puede ayudarle." in cerrada
    assert "Pedir ayuda" in cerrada
    Edicion.objects.update(termina=timezone.localdate() - timezone.timedelta(days=1))
    terminada = texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert re.search(r"Explica 2\.[134]", terminada)
    assert "La respuesta correcta" in terminada


def test_where_no_try_is_left_inicio_and_the_course_do_not_lead_to_a_wall(cliente, inscrita, unidad):
    for _n in range(3):
        intento = empezar(inscrita.persona, unidad)
        enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 2))
        curso = f"/c/{unidad.curso.numero}"
        dichos = [texto(cliente.get(url)) for url in ("/inicio", curso)]
        assert [
            "Ya usó sus 3 intentos. Su facilitadora puede ayudarle." in dicho
            and "Pedir ayuda" in dicho
            and "Ver lo que envié" in dicho
            and "Lo que falta toma" not in dicho
            and ">Continuar</a>" not in dicho
            for dicho in dichos
        ] == [intento.numero == 3] * 2
        assert not any("Paso 1 de 1" in dicho for dicho in dichos)
    ultima = texto(cliente.get(f"{lugar(unidad)}/resultado/3"))
    assert "Volver al curso" in ultima and "Seguir con el curso" not in ultima  # nothing else is left


def test_passing_releases_the_earlier_results_too(cliente, inscrita, unidad):
    for acertadas in (0, 10):
        intento = empezar(inscrita.persona, unidad)
        cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, acertadas)))
    primero = texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert "Explica" in primero and "Después usted la aprobó en otro intento." in primero
    assert "vuelva a intentar" not in primero


def test_sending_twice_gives_the_first_result(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 4)))
    otra = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 10)), follow=True)
    assert titulo(otra) == "Le falta poco: 4 de 10. Necesita 7"
    assert Respuesta.objects.count() == 10


def test_going_back_and_repeating_empezar_does_not_use_another_try(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 4)))
    respuesta = cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"})
    assert respuesta.url == f"{lugar(unidad)}/resultado/1"
    assert Intento.objects.count() == 1


@pytest.mark.parametrize("acto", RUTAS_DE_ACTO)
def test_the_address_of_an_act_leads_to_the_page_that_shows_it(cliente, inscrita, unidad, acto):
    """A browser asks for it after signing in again, or when a tab comes back."""
    empezar(inscrita.persona, unidad)
    antes = list(Intento.objects.values())
    pagina = cliente.get(f"{lugar(unidad)}/{acto}", follow=True)
    assert pagina.status_code == 200
    assert ("Revise sus respuestas" if acto in {"revisar", "enviar"} else "<fieldset") in texto(pagina)
    assert list(Intento.objects.values()) == antes and not Respuesta.objects.exists()


@pytest.mark.parametrize("acto", RUTAS_DE_ACTO)
def test_with_nothing_under_way_it_leads_to_where_the_evaluation_starts(cliente, inscrita, unidad, acto):
    pagina = cliente.get(f"{lugar(unidad)}/{acto}", follow=True)
    assert pagina.redirect_chain[-1][0] == lugar(unidad)
    assert "Empezar" in texto(pagina)


def test_back_from_a_question_finds_the_review_again(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)))
    assert "Respondió las 10 preguntas." in texto(cliente.get(f"{lugar(unidad)}/revisar"))


@pytest.mark.parametrize("ruta", ["", "/preguntas", "/resultado/1"])
def test_reading_answers_only_to_get_and_writes_nothing(cliente, inscrita, unidad, ruta):
    empezar(inscrita.persona, unidad)
    assert cliente.post(lugar(unidad) + ruta).status_code == 405


def todas(unidad, intento):
    """Every address of an evaluation, as a person would ask for it."""
    clave = {"intento": str(intento.clave)}
    respuesta = {**clave, "pregunta": "1", "p1": "x", "operacion": str(intento.clave)}
    return [
        ("get", "", {}),
        ("get", "/preguntas", {}),
        ("get", "/preguntas/1", {}),
        ("get", "/resultado/1", {}),
        ("post", "/empezar", {"numero": "1"}),
        ("post", "/respuesta", respuesta),
        ("post", "/revisar", clave),
        ("post", "/enviar", clave),
    ]


def test_whoever_is_not_enrolled_finds_nothing(entrar, inscrita, integrante_de_b, unidad):
    intento = empezar(inscrita.persona, unidad)
    ajeno = entrar(integrante_de_b)
    for metodo, ruta, datos in todas(unidad, intento):
        respuesta = getattr(ajeno, metodo)(lugar(unidad) + ruta, datos)
        vacio = respuesta.status_code == 302 and respuesta.url == lugar(unidad)
        assert respuesta.status_code == 404 or vacio, ruta
    intento.refresh_from_db()
    assert intento.estado == "en_curso"
    assert not Respuesta.objects.exists()


def test_another_enrolled_person_cannot_touch_the_attempt(entrar, programa, inscrita, integrante_de_b, unidad):
    intento = empezar(inscrita.persona, unidad)
    ver_lecciones(programa.inscribir(integrante_de_b))
    ajeno = entrar(integrante_de_b)
    for acto in ("respuesta", "revisar", "enviar"):
        datos = {**campos(intento, buenas(intento)), "pregunta": "1", "operacion": str(intento.clave)}
        assert ajeno.post(f"{lugar(unidad)}/{acto}", datos).status_code == 404
    assert ajeno.get(f"{lugar(unidad)}/resultado/1").status_code == 404
    intento.refresh_from_db()
    assert intento.estado == "en_curso"
    assert not Respuesta.objects.exists()


def test_a_visitor_goes_to_the_door_and_staff_find_nothing(visitante, entrar, cem_provincial, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    for metodo, ruta, datos in todas(unidad, intento):
        assert getattr(visitante, metodo)(lugar(unidad) + ruta, datos).url.startswith("/entrar")
        assert getattr(entrar(cem_provincial), metodo)(lugar(unidad) + ruta, datos).status_code == 404


def test_an_attempt_of_another_evaluation_is_not_reached_by_this_address(entrar, programa, inscrita, unidad):
    otra = crear_evaluacion(programa.modulos[0], titulo="Otra", clase="practica")
    intento = empezar(inscrita.persona, unidad)
    cliente = entrar(inscrita.persona)
    assert cliente.get(f"{lugar(unidad_de(otra))}/resultado/1").status_code == 404
    assert cliente.get(f"{lugar(unidad_de(otra))}/preguntas").url == lugar(unidad_de(otra))
    assert intento.estado == "en_curso"


@pytest.mark.parametrize(
    "datos",
    [
        {},
        {"intento": "no-es-uno"},
        {"intento": "11111111-1111-4111-8111-111111111111"},
        {"intento": "11111111-1111-4111-8111-111111111111", "operacion": "x", "pregunta": "1", "p1": "x"},
    ],
)
def test_nonsense_is_of_nothing_that_exists(cliente, inscrita, unidad, datos):
    for acto in ("revisar", "enviar", "respuesta"):
        assert cliente.post(f"{lugar(unidad)}/{acto}", datos).status_code == 404


def test_the_right_option_of_another_question_is_refused(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    ajena = correctas(intento.formulario[1])
    respuesta = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, {1: ajena}))
    assert respuesta.status_code == 409
    assert "Esa alternativa no es de esta pregunta." in texto(respuesta)
    intento.refresh_from_db()
    assert intento.estado == "en_curso"


def test_titles_and_addresses_stay_neutral(cliente, inscrita, programa, unidad):
    programa.evaluacion.title = "Violencia: evaluación"
    programa.evaluacion.save_revision().publish()
    paginas = [cliente.get(lugar(unidad)), cliente.post(f"{lugar(unidad)}/empezar")]
    intento = Intento.objects.get()
    paginas.append(cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento, 0))))
    paginas.append(cliente.post(f"{lugar(unidad)}/enviar", campos(intento, {})))
    for pagina in paginas:
        assert faltas(pagina.content.decode()) == []


# --- When the page changes, or goes -----------------------------------------------------------------------------------


def test_a_deleted_evaluation_can_be_finished_and_its_result_stays(cliente, programa, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    programa.evaluacion.delete()
    assert "Esta evaluación está en pausa" in texto(cliente.get(lugar(unidad)))
    assert cliente.get(f"{lugar(unidad)}/preguntas").status_code == 200
    cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento, 8)))
    resultado = cliente.post(f"{lugar(unidad)}/enviar", {"intento": str(intento.clave)})
    assert titulo(resultado) == "Terminó el curso" and "Aprobó: 8 de 10." in texto(resultado)
    assert cliente.get(f"{lugar(unidad)}/resultado/1").status_code == 200
    assert "Lo que ya envió" in texto(cliente.get(lugar(unidad)))


def test_of_a_course_that_does_not_begin_yet_nothing_is_said_to_have_left_it(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 2))
    Edicion.objects.update(inicia=timezone.localdate() + timezone.timedelta(days=3), termina=None)
    pagina = texto(cliente.get(lugar(unidad)))
    assert "Este curso empieza el" in pagina and "Lo que usted envió se conserva." in pagina
    assert "ya no está en el curso" not in pagina


def test_late_answers_are_told_and_what_arrived_counts(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento, 10)))
    Intento.objects.update(vence_en=timezone.now() - timezone.timedelta(minutes=6))
    tarde = cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento, 0)))
    assert tarde.status_code == 409
    assert "El plazo terminó el" in texto(tarde)
    resultado = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 0)))
    assert titulo(resultado) == "Terminó el curso" and "Aprobó: 10 de 10." in texto(resultado)
    assert "Contamos las respuestas que llegaron" in texto(resultado)
    otra_vez = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 0)), follow=True)
    assert titulo(otra_vez) == "Terminó el curso" and "Aprobó: 10 de 10." in texto(otra_vez)
    assert "con lo que había guardado" in texto(otra_vez)


def test_a_service_result_and_a_page_result_are_the_same(cliente, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 9))
    assert "Aprobó: 9 de 10." in texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
