"""The entry evaluation: optional, left aside in one touch, with blanks and «No lo sé»; what was learned, at the end."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certificados.services import emitir
from evaluaciones.clases.eleccion import NO_LO_SE
from evaluaciones.consultas.estadisticas import estadisticas_de_preguntas
from evaluaciones.errores import EvaluacionError
from evaluaciones.models import Intento
from evaluaciones.services.envio import enviar
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.cursos.factories import Programa
from tests.evaluaciones.factories import buenas, crear_evaluacion, empezar, hacer_pregunta, unidad_de, ver_lecciones
from tests.evaluaciones.test_paginas import campos, lugar, texto, titulo
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


class ConEntrada(Programa):
    """A course that begins with an entry evaluation of ten questions and ends with a final that takes them."""

    def __init__(self):
        super().__init__(lecciones=2)
        preguntas = [hacer_pregunta(n, tipo="varias" if n == 2 else "una") for n in range(1, 11)]
        entrada = crear_evaluacion(self.pagina, clase="entrada", preguntas=preguntas, titulo="Lo que ya sabe")
        entrada.move(self.modulos[0], pos="left")
        entrada.refresh_from_db()
        final = crear_evaluacion(
            self.pagina, clase="final", preguntas=0, preguntas_de=entrada, titulo="Final", nota_minima=10
        )
        self.entrada, self.final = unidad_de(entrada), unidad_de(final)


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return ConEntrada()


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    return programa.inscribir(integrante)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


def dar(persona, unidad, cuantas):
    """Send an evaluation with so many right answers."""
    intento = empezar(persona, unidad)
    enviar(persona=persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, cuantas))
    return intento


def primera_leccion(programa):
    return programa.unidad(programa.lecciones[0])


@pytest.mark.un_motor
def test_it_says_that_it_is_optional_and_offers_to_skip_it(cliente, programa):
    pagina = texto(cliente.get(lugar(programa.entrada)))
    assert "No. Puede saltarla: no cambia su avance ni su nota." in pagina
    assert "Saltar e ir a la lección 1" in pagina
    assert "Empezar" in pagina


@pytest.mark.un_motor
def test_once_skipped_nobody_is_sent_to_it_again(cliente, programa, inscrita):
    numero, leccion = programa.curso.numero, primera_leccion(programa)
    inicio = texto(cliente.get("/inicio"))
    assert f'href="{lugar(programa.entrada)}">Responder antes (opcional)<' in inicio
    assert "«Lo que ya sabe». Es opcional, sin nota y toma unos" in inicio
    assert re.search(rf'class="k-boton" href="{leccion.get_absolute_url()}/1"[^>]*>Ir a la lección 1<', inicio)
    curso = texto(cliente.get(f"/c/{numero}"))
    assert re.search(rf'class="k-boton" href="{leccion.get_absolute_url()}/1"[^>]*> ?Empezar<', curso)
    assert f'href="{lugar(programa.entrada)}">Responder antes (opcional)<' in curso
    assert cliente.get(f"/c/{numero}/seguir").url == f"{leccion.get_absolute_url()}/1"
    # What is optional is in neither of the two totals: they were an hour apart.
    assert len({re.search(r"En pantalla toman? (.+?), a su ritmo", pagina)[1] for pagina in (inicio, curso)}) == 1
    assert cliente.post(f"{lugar(programa.entrada)}/saltar").url == leccion.get_absolute_url()
    inicio = texto(cliente.get("/inicio"))
    assert "Ir a la lección 1<" in inicio and "Responder antes" not in inicio
    assert f'class="k-boton" href="{lugar(programa.entrada)}"' not in texto(cliente.get(f"/c/{numero}"))
    inscrita.refresh_from_db()
    assert (inscrita.estado, inscrita.hechas) == ("por_empezar", 0)
    assert "Empezar" in texto(cliente.get(lugar(programa.entrada)))


def test_skipping_moves_back_nobody_who_is_further_on(cliente, programa, inscrita):
    ver_lecciones(inscrita)
    inscrita.refresh_from_db()
    antes = inscrita.unidad_actual_id
    cliente.post(f"{lugar(programa.entrada)}/saltar")
    inscrita.refresh_from_db()
    assert inscrita.unidad_actual_id == antes


@pytest.mark.un_motor
def test_only_the_entry_evaluation_is_skipped(cliente, programa):
    assert cliente.post(f"{lugar(programa.final)}/saltar").status_code == 409
    assert "Saltar" not in texto(cliente.get(lugar(programa.final)))


@pytest.mark.un_motor
def test_it_is_given_until_the_final_begins(cliente, programa, inscrita):
    ver_lecciones(inscrita)
    empezar(inscrita.persona, programa.final)
    with pytest.raises(EvaluacionError) as error:
        empezar(inscrita.persona, programa.entrada)
    assert error.value.codigo == "entrada_tarde"
    assert "usted ya empezó la final" in texto(cliente.get(lugar(programa.entrada)))


@pytest.mark.un_motor
def test_it_takes_blanks(cliente, programa, inscrita):
    intento = empezar(inscrita.persona, programa.entrada)
    entrega = {1: buenas(intento)[1]}
    revision = texto(cliente.post(f"{lugar(programa.entrada)}/revisar", campos(intento, entrega), follow=True))
    assert "Puede enviarlas así: lo que falta cuenta como no acertado." in revision
    cliente.post(f"{lugar(programa.entrada)}/enviar", campos(intento, entrega))
    intento.refresh_from_db()
    assert (intento.estado, intento.puntos, intento.puntos_posibles) == ("enviado", 1, 10)


@pytest.mark.un_motor
def test_who_does_not_know_says_so_and_it_counts_as_wrong_not_missing(cliente, programa, inscrita):
    formulario = texto(cliente.post(f"{lugar(programa.entrada)}/empezar", {"numero": "1"}))
    assert formulario.count("No lo sé") == 10
    intento = Intento.objects.get()
    entrega = {**buenas(intento), 1: [NO_LO_SE], 2: [NO_LO_SE, *buenas(intento)[2]]}
    cliente.post(f"{lugar(programa.entrada)}/revisar", campos(intento, entrega))
    assert "No lo sé" in texto(cliente.get(f"{lugar(programa.entrada)}/revisar"))
    cliente.post(f"{lugar(programa.entrada)}/enviar", campos(intento, {}))
    intento.refresh_from_db()
    assert intento.puntos == 9  # what was marked beside «No lo sé» is the answer
    clave = intento.formulario[0].clave
    fila = next(una for una in estadisticas_de_preguntas(programa.entrada) if una.clave == clave)
    assert (fila.respuestas, fila.aciertos, fila.sin_responder, fila.equivocada_mas_elegida) == (1, 0, 0, "")


@pytest.mark.un_motor
def test_no_other_evaluation_offers_not_to_know(cliente, programa, inscrita):
    ver_lecciones(inscrita)
    assert "No lo sé" not in texto(cliente.post(f"{lugar(programa.final)}/empezar", {"numero": "1"}))


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("antes", "despues", "titulo", "dice"),
    [
        (4, 9, "Cuánto aprendió", "Al empezar acertó 4 de 10. Al terminar, 9 de 10."),
        (6, 6, "Antes y después", "Al empezar acertó 6 de 10. Al terminar, también: 6 de 10."),
        (8, 7, "Antes y después", "Al empezar acertó 8 de 10. Al terminar, 7 de 10. Esta vez no subió."),
    ],
)
def test_at_the_end_each_sees_how_much_was_learned(cliente, programa, inscrita, antes, despues, titulo, dice):
    ver_lecciones(inscrita)
    dar(inscrita.persona, programa.entrada, antes)
    intento = empezar(inscrita.persona, programa.final)
    fin = cliente.post(f"{lugar(programa.final)}/enviar", campos(intento, buenas(intento, despues)))
    curso = f"/c/{programa.curso.numero}"
    for pagina in (fin, cliente.get(f"{lugar(programa.final)}/resultado/1"), cliente.get(curso)):
        assert f"<h2>{titulo}</h2>" in texto(pagina)
        assert dice in texto(pagina)


def test_growth_is_shown_wherever_the_end_is_and_the_table_from_ten_people(cliente, programa, inscrita):
    """Wherever the end is, of whoever went from 4 to 9; then of a table of ten, once its month closed."""
    crear_plantilla(programa.curso)
    ver_lecciones(inscrita)
    dar(inscrita.persona, programa.entrada, 4)
    dar(inscrita.persona, programa.final, 9)
    emitir(inscripcion_id=inscrita.pk, ahora=timezone.now() + timezone.timedelta(minutes=1))
    resultado, curso = f"{lugar(programa.final)}/resultado/1", f"/c/{programa.curso.numero}"
    for direccion in (resultado, "/inicio", curso, "/certificados"):
        pagina = texto(cliente.get(direccion))
        assert "Antes 4 · hoy 9" in pagina, direccion
        assert "Su instancia" not in pagina
    assert titulo(cliente.get(resultado)) == "Terminó el curso" and "Aprobó: 9 de 10." in texto(cliente.get(resultado))
    suyos = reverse("kuska_certificados:mis_certificados")
    assert f'href="{suyos}">Ver mi certificado<' in texto(cliente.get("/inicio"))
    assert "Ahora usted puede" in texto(cliente.get(curso))

    for n in range(9):
        otra = programa.inscribir(gente.crear_integrante(f"4100000{n}", "Otra", f"Persona {n}"))
        ver_lecciones(otra)
        dar(otra.persona, programa.entrada, 5)
        if n == 8:  # nine are too few: without one's own they would be eight
            _hace_dos_meses()
            assert "Su instancia" not in texto(cliente.get(resultado))
        dar(otra.persona, programa.final, 7)
    assert "Su instancia" not in texto(cliente.get(resultado))
    _hace_dos_meses()
    for direccion in (resultado, "/inicio", curso):
        dice = "Su instancia: de 10 a 14 en promedio, sobre 20, entre 10 personas."
        assert dice in texto(cliente.get(direccion)), direccion


def _hace_dos_meses() -> None:
    """Whatever was sent, in a month that closed."""
    antes = timezone.now() - timezone.timedelta(days=70)
    Intento.objects.update(iniciado_en=antes, enviado_en=antes)


@pytest.mark.un_motor
def test_a_final_that_was_not_passed_is_not_told_as_the_end_once_another_was(cliente, programa, inscrita):
    """«Hoy» is one number: the page of the old attempt said another than Inicio and the certificate."""
    ver_lecciones(inscrita)
    dar(inscrita.persona, programa.entrada, 4)
    dar(inscrita.persona, programa.final, 0)
    primera = f"{lugar(programa.final)}/resultado/1"
    assert "Al terminar, 0 de 10." in texto(cliente.get(primera))
    dar(inscrita.persona, programa.final, 9)
    pagina = texto(cliente.get(primera))
    assert "Después usted la aprobó en otro intento." in pagina and "Al terminar" not in pagina
    assert "Al terminar, 9 de 10." in texto(cliente.get(f"{lugar(programa.final)}/resultado/2"))


@pytest.mark.un_motor
def test_without_an_entry_there_is_nothing_to_compare(cliente, programa, inscrita):
    ver_lecciones(inscrita)
    dar(inscrita.persona, programa.final, 9)
    for direccion in (f"{lugar(programa.final)}/resultado/1", f"/c/{programa.curso.numero}"):
        assert "Al empezar acertó" not in texto(cliente.get(direccion))
