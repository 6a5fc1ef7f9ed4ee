from django.contrib.auth.models import AbstractUser
from django.db import models
from wagtail.models import AbstractPage

from cursos.models.paginas import CatalogoMixin, CursoMixin, LeccionMixin, ModuloMixin
from evaluaciones.models.pagina import EvaluacionMixin


class Usuario(AbstractUser):
    area = models.CharField(max_length=40, blank=True)


class PaginaBase(AbstractPage):
    antetitulo = models.CharField(max_length=80, blank=True)


class Catalogo(CatalogoMixin, PaginaBase):
    pass


class MiCurso(CursoMixin, PaginaBase):
    pass


class MiModulo(ModuloMixin, PaginaBase):
    pass


class MiLeccion(LeccionMixin, PaginaBase):
    pass


class MiEvaluacion(EvaluacionMixin, PaginaBase):
    pass
