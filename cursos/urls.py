"""Direct addresses: short, neutral, without the tree of pages."""

from django.urls import path

from .views import audio, aula, glosario, hoja

app_name = "cursos"

urlpatterns = [
    path("inicio", aula.inicio, name="inicio"),
    path("inicio/curso", aula.abrir_curso, name="abrir_curso"),
    path("glosario", glosario.glosario, name="glosario"),
    path("c/<int:curso>", aula.curso, name="curso"),
    path("c/<int:curso>/m/<int:unidad>/resumen", hoja.hoja, name="hoja"),
    path("c/<int:curso>/<int:unidad>", aula.unidad, name="unidad"),
    path("c/<int:curso>/<int:unidad>/fin", aula.fin, name="fin"),
    path("c/<int:curso>/<int:unidad>/resumen", aula.resumen, name="resumen"),
    path("c/<int:curso>/<int:unidad>/<int:paso>", aula.paso, name="paso"),
    path("c/<int:curso>/<int:unidad>/<int:paso>/audio/<int:cual>", audio.audio, name="audio"),
]
