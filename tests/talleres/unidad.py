"""What a workshop answers as a unit of a course."""

from django.urls import reverse

from cursos.clases import ClaseDeUnidad

from .models import Taller


class TallerComoUnidad(ClaseDeUnidad):
    clase = "taller"  # kept in each unit: it never changes
    nombre = "Taller"
    plural = "talleres"

    la_esperan = True  # a final opens when the workshop is done
    estados = {"terminada": "Asistió"}
    ya_no = "Ya pasó"

    prefijo_de_archivo = "taller"  # taller-1.yaml, beside the lessons of its module
    campos_de_archivo = ("lugar", "dia")

    def modelo(self):
        return Taller

    def url(self, *, curso, numero):
        return reverse("talleres:taller", args=[curso, numero])

    def segundos(self, pagina):
        return 0  # it takes no time on the screen

    def detalle(self, fila):
        return "en persona"
