"""The demonstration writes its progress in sets: the rows are those that the acts leave one by one."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from certificados.consultas.verificacion import verificar
from certificados.services import emitir
from cms.demo.libro import Libro
from cms.demo.recorridos import ULTIMA_VEZ, Camino, recorrer, requisitos_en_orden
from cursos.models import Avance, Inscripcion, RedaccionDeArticulo, Unidad
from cursos.services.avance import registrar_avance
from evaluaciones.consultas.situacion import situacion_de
from evaluaciones.models import Intento, Respuesta
from evaluaciones.reglas import DIAS_DESPUES
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import iniciar
from evaluaciones.tandas import ultimo_dia
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.cursos.factories import crear_articulo
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion, unidad_de

pytestmark = pytest.mark.django_db
AHORA = timezone.now()
PERFILES = ("termino", "solo_evaluacion", "en_curso", "detenido", "ayuda")


class UnoPorUno:
    """The same acts as ``Libro``, each by its service, as from the screens."""

    def ver(self, inscripcion: Inscripcion, unidad: Unidad, paso: int, cuando: datetime.datetime) -> None:
        registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=paso, ahora=cuando, sin_orden=True)

    def rendir(
        self,
        inscripcion: Inscripcion,
        unidad: Unidad,
        cuando: datetime.datetime,
        responder: Callable[[Intento], Any],
        *,
        minutos: int = 11,
    ) -> None:
        persona = inscripcion.persona
        situacion = situacion_de(
            persona=persona, curso=inscripcion.curso.numero, unidad=unidad.numero, hoy=timezone.localdate(cuando)
        )
        intento = iniciar(situacion=situacion, ahora=cuando - datetime.timedelta(minutes=minutos))
        enviar(persona=persona, intento=intento.clave, ahora=cuando, entrega=responder(intento))

    def guardar(self) -> None:
        """Each act kept itself."""


@pytest.fixture
def programa(territorio):
    """A course with an entry, a module of four lessons with its evaluation, and one try at what comes after."""
    programa = ProgramaConEvaluacion(lecciones=4)
    crear_evaluacion(programa.pagina, clase="entrada", preguntas=6, titulo="Entrada")
    crear_evaluacion(programa.pagina, clase="encuesta", preguntas=3, titulo="Encuesta")
    crear_evaluacion(programa.pagina, clase="final", preguntas=10, titulo="Final", intentos=3)
    programa.abrir(inicia=timezone.localdate() - datetime.timedelta(days=90))
    return programa


def caminar(programa: ProgramaConEvaluacion, libro: Any, primero: int) -> dict[str, Inscripcion]:
    """One person of each kind, with the same dice each time."""
    hechas = {}
    for n, perfil in enumerate(PERFILES):
        persona = gente.crear_integrante(f"4{primero + n:07}", "Rosa", f"Quispe {perfil}")
        inscripcion = programa.inscribir(persona)
        unidades = requisitos_en_orden(inscripcion)
        entrada = Unidad.objects.get(curso=inscripcion.curso, variante="entrada")
        encuesta = Unidad.objects.get(curso=inscripcion.curso, variante="encuesta")
        camino = Camino(unidades, random.Random(perfil), AHORA, entrada, encuesta, random.Random("opina"))
        recorrer(
            inscripcion=inscripcion,
            perfil=perfil,
            ingreso=AHORA - datetime.timedelta(days=60),
            camino=camino,
            libro=libro,
        )
        hechas[perfil] = inscripcion
    libro.guardar()
    return hechas


def contar_lo_de(inscripcion: Inscripcion) -> dict[str, Any]:
    """All that is kept of a person, without numbers of rows, random keys nor the order of the draw."""
    fila = Inscripcion.objects.values(
        "estado", "requeridas", "hechas", "unidad_actual", "paso_actual", "ultima_actividad_en", "terminada_en"
    ).get(pk=inscripcion.pk)
    avances = Avance.objects.filter(inscripcion=inscripcion).order_by("unidad")
    intentos = Intento.objects.filter(inscripcion=inscripcion).order_by("unidad", "numero")
    del_intento = ("unidad", "numero", "estado", "iniciado_en", "vence_en", "enviado_en", "puntos", "puntos_posibles")
    respuestas = Respuesta.objects.filter(intento__inscripcion=inscripcion)
    return {
        **fila,
        "iniciada_en": Inscripcion.objects.get(pk=inscripcion.pk).iniciada_en,
        "avances": list(avances.values("unidad", "estado", "paso", "vistos", "iniciado_en", "terminado_en")),
        "intentos": list(intentos.values(*del_intento, "aprobado", "cierre", "clave_vista", "reglas")),
        "formularios": [sorted(p.version for p in uno.formulario) for uno in intentos],
        "respuestas": sorted(
            respuestas.values_list("intento__unidad", "intento__numero", "version", "definitiva", "recibida_en")
        ),
        "secuencias": sorted(respuestas.values_list("intento__unidad", "intento__numero", "secuencia")),
        "aciertos": sum(respuestas.values_list("puntos", flat=True)),
    }


def test_in_sets_and_one_by_one_leave_the_same_rows(programa):
    uno_por_uno = caminar(programa, UnoPorUno(), 1000)
    en_conjunto = caminar(programa, Libro(), 2000)
    for perfil in PERFILES:
        assert contar_lo_de(en_conjunto[perfil]) == contar_lo_de(uno_por_uno[perfil]), perfil
    assert Inscripcion.objects.get(pk=en_conjunto["termino"].pk).estado == Inscripcion.Estado.TERMINADA
    assert Intento.objects.filter(inscripcion=en_conjunto["ayuda"], aprobado=False).count() >= 2


def test_the_paper_of_who_finished_is_verified(programa):
    crear_plantilla(programa.curso)
    terminada = caminar(programa, Libro(), 2000)["termino"]
    terminada.refresh_from_db()
    papel = emitir(inscripcion_id=terminada.pk, ahora=terminada.terminada_en + datetime.timedelta(minutes=1))
    publico = verificar(codigo=papel.codigo_largo)
    assert publico is not None and publico.nombre == "Rosa Quispe termino"


def test_nobody_is_given_a_try_more_than_there_are(programa):
    inscripcion = programa.inscribir(gente.crear_integrante("40003000", "Rosa", "Quispe"))
    evaluada, libro = unidad_de(programa.evaluacion), Libro()
    for _vez in range(programa.evaluacion.intentos):
        libro.rendir(inscripcion, evaluada, AHORA, lambda intento: {})
    with pytest.raises(RuntimeError, match="Ya usó sus"):
        libro.rendir(inscripcion, evaluada, AHORA, lambda intento: {})


def test_a_question_cites_the_law_of_the_day_on_which_it_was_asked(programa):
    """On one side and the other of a change, and back."""
    articulo, cambia = crear_articulo(), timezone.localdate(AHORA) - datetime.timedelta(days=10)
    articulo.redacciones.all().delete()
    ayer = cambia - datetime.timedelta(days=1)
    RedaccionDeArticulo.objects.create(
        articulo=articulo, vigente_desde=ayer.replace(year=2020), vigente_hasta=ayer, resumen="Lo de antes."
    )
    RedaccionDeArticulo.objects.create(articulo=articulo, vigente_desde=cambia, resumen="Lo de ahora.")
    programa.evaluacion.preguntas.update(articulo=articulo)
    evaluada, libro = unidad_de(programa.evaluacion), Libro()
    for documento, dias, dicho in (("40003001", 10, "ahora"), ("40003002", 11, "antes"), ("40003003", 9, "ahora")):
        inscripcion = programa.inscribir(gente.crear_integrante(documento, "Rosa", "Quispe"))
        intento = libro.rendir(inscripcion, evaluada, AHORA - datetime.timedelta(days=dias), lambda intento: {})
        assert {una.ley for una in intento.formulario} == {f"Lo de {dicho}."}


@pytest.mark.un_motor
def test_what_those_who_finished_first_said_is_read_on_any_day():
    """Their month closed, whatever the day on which the demonstration is started: that of what they applied, too."""
    hace_menos = datetime.timedelta(days=ULTIMA_VEZ["termino_antes"][0] - DIAS_DESPUES - 2 - 1)
    for dia in (datetime.date(2026, 1, 1) + datetime.timedelta(days=n) for n in range(400)):
        assert dia - hace_menos <= ultimo_dia(dia)
