"""What the demonstration says of itself: sex and origin as people declare them, and what they applied months later."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cms.demo.aplicaciones import dejar_aplicaciones
from cms.demo.declarados import dejar_declarados
from cms.demo.libro import Libro
from cms.demo.personas import Invento
from cursos.models import Inscripcion
from evaluaciones.models import Intento
from instancias.declarados import aviso_de
from instancias.models import DatoDeclarado
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion, unidad_de

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
HACE = datetime.timedelta(days=140)


def invento(documento: str, nombres: str, perfil: str = "en_curso") -> Invento:
    return Invento(documento, nombres, "Quispe", "", "1006", "T-01", 1, "titular", "Una", 9, perfil)


def dichos() -> list[tuple[str, str, str]]:
    filas = DatoDeclarado.objects.order_by("persona__documento", "campo")
    return list(filas.values_list("persona__documento", "campo", "valor"))


def test_people_declare_with_their_notice_the_same_each_time_but_those_who_are_left_to_be_asked(territorio):
    inventos = [invento(f"9999{n:04}", ("Rosa Elena", "Wilder")[n % 2]) for n in range(30)]
    inventos.append(invento("99990900", "Rosa Elena", "no_entro"))
    for uno in inventos:
        gente.crear_integrante(uno.documento, uno.nombres, uno.apellidos)
    dejar_declarados(inventos, timezone.now(), menos={"99990000"})
    primero = dichos()
    sexos = {documento: valor for documento, campo, valor in primero if campo == "sexo"}
    assert len(sexos) > 15 and not {"99990000", "99990900"} & set(sexos)
    assert all(valor == ("hombre" if int(documento[-1]) % 2 else "mujer") for documento, valor in sexos.items())
    assert 5 < sum(campo == "origen" for _quien, campo, _valor in primero) < 25
    assert all(uno.aviso == aviso_de(uno.campo) for uno in DatoDeclarado.objects.all())
    dejar_declarados(inventos, timezone.now())
    assert dichos() == primero
    DatoDeclarado.objects.all().delete()
    dejar_declarados(inventos, timezone.now(), menos={"99990000"})
    assert dichos() == primero


def test_who_finished_long_ago_tells_what_they_applied_and_stays_finished(territorio):
    programa = ProgramaConEvaluacion(lecciones=1, clase="practica")
    aplicacion = unidad_de(crear_evaluacion(programa.pagina, clase="aplicacion", preguntas=2, titulo="Lo aplicado"))
    programa.abrir(inicia=timezone.localdate() - 2 * HACE)
    hechas, libro = [], Libro()
    for n in range(8):
        persona = gente.crear_integrante(f"4000100{n}", "Rosa", "Quispe", ubigeo=gente.PROVINCIA)
        hechas.append(programa.inscribir(persona))
    pedidas = [fila.unidad for fila in hechas[0].version.filas.select_related("unidad")]
    for inscripcion in hechas:
        for unidad in pedidas:
            libro.ver(inscripcion, unidad, unidad.pasos, timezone.now() - HACE)
    libro.guardar()
    Inscripcion.objects.update(territorio=gente.PROVINCIA)
    cuantas = dejar_aplicaciones(hechas[0].curso, siempre={"40001007"})
    intentos = Intento.objects.enviados().filter(unidad=aplicacion)
    assert 4 <= cuantas == intentos.count() <= 8
    assert intentos.filter(inscripcion__persona__documento="40001007").exists()
    for intento in intentos.select_related("inscripcion"):
        dias = (intento.enviado_en - intento.inscripcion.terminada_en).total_seconds() / 86400
        assert 90 < dias < 92.1 and intento.inscripcion.estado == Inscripcion.Estado.TERMINADA
