"""What a person did in the courses, as a copy of their data tells it. It stays when they go: it names nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from instancias.apartados import Apartado

from ..models import Avance, Inscripcion, Paquete, Prorroga


class Inscripciones(Apartado):
    modelo, titulo = Inscripcion, gettext_lazy("Sus cursos")
    sin = ("decision", "version_anterior", "unidad_actual")


class Avances(Apartado):
    modelo, ruta, titulo, sin = (
        Avance,
        "inscripcion__persona",
        gettext_lazy("Su avance en cada parte"),
        ("inscripcion",),
    )


class Prorrogas(Apartado):
    modelo, ruta, titulo = Prorroga, "inscripcion__persona", gettext_lazy("Días de más que le dieron")
    sin = ("inscripcion",)


class Paquetes(Apartado):
    modelo, titulo = Paquete, gettext_lazy("Lo que su celular envió después, sin señal")
    sin = ("identificador", "huella")


def de_esta_sala() -> list[Apartado]:
    return [Inscripciones(), Avances(), Prorrogas(), Paquetes()]
