"""A kind that no room knows, through every door: editor, preview, practice, evaluation, result, marks, statistics."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluaciones import clases
from evaluaciones.consultas.estadisticas import estadisticas_de_preguntas
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.consultas.situacion import por_que_no
from evaluaciones.errores import EvaluacionError
from evaluaciones.models import Evaluacion, Intento, Pregunta, Respuesta
from evaluaciones.services.envio import enviar
from evaluaciones.services.notas import poner_nota
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion, empezar, situacion, ver_lecciones
from tests.evaluaciones.test_editor import datos, errores
from tests.evaluaciones.test_editor import pregunta as fila
from tests.evaluaciones.test_paginas import lugar, texto, titulo
from tests.evaluaciones.test_practica import contestar
from tests.inventada import Frase

pytestmark = pytest.mark.django_db
ESPERADA = "La norma ya lo dice"


@pytest.fixture(autouse=True)
def frase():
    clases.registrar(Frase())
    yield
    clases.olvidar("frase")


def una_frase(n=1):
    return Pregunta(tipo="frase", texto=f"¿Frase {n}?", datos={"esperada": ESPERADA}, sort_order=n, objetivo=1)


def hacer(integrante, *, clase="modulo", preguntas=1, **campos):
    filas = [una_frase(n) for n in range(1, preguntas + 1)]
    programa = ProgramaConEvaluacion(clase=clase, preguntas=filas, **campos)
    ver_lecciones(programa.inscribir(integrante))
    return programa.unidad_evaluada


def mandar(integrante, unidad, *frases):
    intento = empezar(integrante, unidad)
    entrega = {n: {"": [frase]} for n, frase in enumerate(frases, 1)}
    return enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=entrega).intento


def test_a_trainer_writes_one_and_sees_it_asked_and_explained(entrar, administradora, territorio):
    editora, programa = entrar(administradora), ProgramaConEvaluacion()
    agregar = reverse("wagtailadmin_pages:add", args=["kuska_evaluaciones", "evaluacion", programa.modulos[0].pk])
    assert 'data-k-parte="frase__esperada"' in editora.get(agregar).content.decode()
    sin_frase = fila("¿Qué escribe?", tipo="frase", alternativas=[])
    assert "Escriba la frase esperada." in errores(editora.post(agregar, datos([sin_frase])))
    respuesta = editora.post(agregar, datos([{**sin_frase, "frase__esperada": ESPERADA}]))
    assert respuesta.status_code == 302, errores(respuesta)
    nueva = Evaluacion.objects.get(title="Evaluación nueva")
    assert nueva.preguntas.get().datos == {"esperada": ESPERADA}
    ver = reverse("wagtailadmin_pages:view_draft", args=[nueva.pk])
    assert "Escriba una frase." in texto(editora.get(ver))
    assert ESPERADA not in texto(editora.get(ver))
    assert f"Usted escribió: <strong>{ESPERADA}</strong>" in texto(editora.get(ver, {"mode": "correcta"}))


@pytest.mark.un_motor
def test_practice_asks_it_saves_it_and_explains_it(entrar, integrante, territorio):
    unidad = hacer(integrante, clase="practica")
    cliente, intento = entrar(integrante), empezar(integrante, unidad)
    vacia = contestar(cliente, unidad, intento, 1, "  ")
    assert "Escriba algo para continuar." in texto(vacia)
    respuesta = contestar(cliente, unidad, intento, 1, ESPERADA)
    assert titulo(respuesta) == "Correcto"
    assert f"Usted escribió: <strong>{ESPERADA}</strong>" in texto(respuesta)


@pytest.mark.un_motor
def test_without_a_script_it_is_answered_reviewed_and_passed(entrar, integrante, territorio):
    unidad = hacer(integrante)
    cliente = entrar(integrante)
    pagina = texto(cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"}))
    assert re.search(r'<input type="text" name="p1" value=""', pagina)
    clave = str(Intento.objects.get().clave)
    revision = cliente.post(f"{lugar(unidad)}/revisar", {"intento": clave, "p1": ESPERADA}, follow=True)
    assert f"<dd>{ESPERADA}</dd>" in texto(revision)
    assert f'value="{ESPERADA}"' in texto(cliente.get(f"{lugar(unidad)}/preguntas"))
    fin = cliente.post(f"{lugar(unidad)}/enviar", {"intento": clave})
    assert "Aprobó: 1 de 1" in texto(fin)
    assert f"Usted escribió: <strong>{ESPERADA}</strong>" in texto(fin)


def test_what_a_person_has_to_mark_is_neither_passed_nor_failed_until_then(
    entrar, integrante, administradora, territorio
):
    unidad = hacer(integrante, preguntas=2, nota_minima=50)
    intento = mandar(integrante, unidad, ESPERADA, "Con mis palabras")
    assert (intento.nota, intento.puntos, intento.aprobado) == ("por_calificar", None, None)
    cliente = entrar(integrante)
    pagina = cliente.get(f"{lugar(unidad)}/resultado/1")
    assert titulo(pagina) == "Todavía no hay nota"
    assert "Una persona del equipo tiene que calificar una parte" in texto(pagina)
    assert ESPERADA not in texto(pagina), "The answers are not told before it is passed."
    assert por_que_no(situacion(integrante, unidad), situacion(integrante, unidad).publicado).codigo == "por_calificar"
    assert not integrante.inscripciones.get().avances.filter(unidad=unidad, estado="terminada").exists()
    pendiente = Respuesta.objects.por_calificar().get()
    with pytest.raises(EvaluacionError, match="La nota va de 0 a 1"):
        poner_nota(respuesta=pendiente, puntos=Fraction(2), por=administradora, ahora=timezone.now())
    calificado = poner_nota(respuesta=pendiente, puntos=Fraction(1, 2), por=administradora, ahora=timezone.now())
    calificado.refresh_from_db()
    assert (calificado.nota, float(calificado.puntos), calificado.aprobado) == ("calificada", 1.5, True)
    assert integrante.inscripciones.get().avances.get(unidad=unidad).estado == "terminada"
    assert "Aprobó: 1,5 de 2" in texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    with pytest.raises(EvaluacionError, match="ya tiene su nota"):
        poner_nota(respuesta=pendiente, puntos=Fraction(1), por=administradora, ahora=timezone.now())


def test_statistics_count_what_was_marked_and_tell_the_commonest_mistake(integrante, administradora, territorio):
    unidad = hacer(integrante)
    mandar(integrante, unidad, "Con mis palabras")
    antes = estadisticas_de_preguntas(unidad)[0]
    assert (antes.respuestas, antes.por_calificar, antes.facilidad) == (0, 1, None)
    pendiente = Respuesta.objects.por_calificar().get()
    poner_nota(respuesta=pendiente, puntos=Fraction(0), por=administradora, ahora=timezone.now())
    despues = estadisticas_de_preguntas(unidad)[0]
    assert (despues.respuestas, despues.aciertos, despues.por_calificar) == (1, 0, 0)
    assert (despues.equivocada_mas_elegida, despues.veces_equivocada) == ("Con mis palabras", 1)


@pytest.mark.un_motor
def test_a_kind_that_is_gone_still_opens_and_its_mark_stays(entrar, integrante, territorio):
    unidad = hacer(integrante)
    mandar(integrante, unidad, ESPERADA)
    clases.olvidar("frase")
    pagina = entrar(integrante).get(f"{lugar(unidad)}/resultado/1")
    assert "Aprobó: 1 de 1" in texto(pagina)
    assert "Esta clase de pregunta ya no está instalada" in texto(pagina)
    assert "Correcto" in texto(pagina)
    assert estadisticas_de_preguntas(unidad)[0].aciertos == 1


@pytest.mark.un_motor
def test_an_attempt_under_way_with_a_kind_that_is_gone_says_so(entrar, integrante, territorio):
    unidad = hacer(integrante)
    empezar(integrante, unidad)
    clases.olvidar("frase")
    cliente = entrar(integrante)
    assert "Esta pregunta ya no se puede responder aquí." in texto(cliente.get(f"{lugar(unidad)}/preguntas"))
    assert cliente.get(f"{lugar(unidad)}/revisar").status_code == 200


@pytest.mark.un_motor
def test_no_room_names_a_kind():
    """Only its own folder, what hangs from it, and the default of a new question."""
    from pathlib import Path

    raiz = Path(clases.__file__).parent.parent.parent
    nombres = re.compile(r"""["'](varias|verdadero_falso|ordenar)["']""")
    salas = ("marco", "instancias", "cursos", "evaluaciones", "certificados", "seguimiento", "programas", "templates")
    rutas = [ruta for sala in salas for tipo in ("py", "html", "js") for ruta in (raiz / sala).rglob(f"*.{tipo}")]
    nombran = {
        str(ruta.relative_to(raiz))
        for ruta in rutas
        if nombres.search(ruta.read_text()) and "migrations" not in ruta.parts and "clases" not in ruta.parts
    }
    assert nombran == set()


@pytest.mark.un_motor
def test_two_kinds_do_not_share_a_name():
    class Otra(Frase):
        pass

    with pytest.raises(Exception, match="Dos clases de pregunta se llaman «frase»"):
        clases.registrar(Otra())


@pytest.mark.un_motor
def test_the_same_form_holds_kinds_of_all_sorts(entrar, integrante, territorio):
    programa = ProgramaConEvaluacion()
    mixta = crear_evaluacion(programa.modulos[0], titulo="Mixta", preguntas=[una_frase()])
    assert mixta.live


@pytest.mark.un_motor
def test_what_a_kind_changes_for_one_person_is_of_that_person_alone(integrante, territorio):
    """Its content is plain JSON, and what is published is one object for everybody in the process."""

    class QueCambia(Frase):
        def de_json(self, datos):
            return {**super().de_json(datos), "partes": list(datos.get("partes", ESPERADA.split()))}

        def barajar(self, contenido, azar, *, baraja):
            contenido["partes"].pop()
            return contenido

    clases.olvidar("frase")
    clases.registrar(QueCambia())
    unidad = hacer(integrante)
    for _quien in range(2):
        intento = empezar(integrante, unidad)
        assert intento.formulario[0].contenido["partes"] == ESPERADA.split()[:-1]
        assert publicado_de(unidad).preguntas[0].contenido["partes"] == ESPERADA.split()
        intento.formulario[0].contenido["partes"].clear()
        intento.delete()
