from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from cursos.models import Leccion, Modulo
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from evaluaciones.models import Evaluacion
from tests.autoria import formularios
from tests.evaluaciones.factories import ProgramaConEvaluacion
from tests.mundos import hecho_una_vez


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    """A course under way: a module of two lessons with its evaluation, open to the whole province."""
    programa = ProgramaConEvaluacion(lecciones=2, preguntas=4)
    programa.abrir()
    return programa


@dataclass
class Mesa:
    """The editor as the trainer uses it: real forms, real answers."""

    cliente: Client
    cuenta: Any
    programa: ProgramaConEvaluacion

    def publicar(self, modelo: str, madre: Any, datos: dict[str, Any]) -> Any:
        return self.cliente.post(formularios.agregar(modelo, madre), {**datos, **formularios.PUBLICAR}, follow=True)

    def modulo_completo(self) -> tuple[Modulo, Leccion, Evaluacion]:
        """A module, a lesson with steps and an evaluation with questions, published one after the other."""
        self.publicar("kuska_cursos.modulo", self.programa.pagina, formularios.modulo())
        modulo = Modulo.objects.get(title="Módulo nuevo")
        self.publicar("kuska_cursos.leccion", modulo, formularios.leccion())
        self.publicar("kuska_evaluaciones.evaluacion", modulo, formularios.evaluacion())
        return modulo, Leccion.objects.get(title="Lección nueva"), Evaluacion.objects.get(title="Evaluación nueva")


@pytest.fixture
@hecho_una_vez
def mesa(programa, capacitadora, entrar) -> Mesa:
    asegurar_grupo_de_capacitadoras()
    sitio = Site.objects.get(is_default_site=True)
    sitio.root_page = programa.pagina.get_parent()
    sitio.save()
    return Mesa(entrar(capacitadora), capacitadora, programa)
