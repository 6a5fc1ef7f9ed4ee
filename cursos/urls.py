"""Direct addresses: short, neutral, without the tree of pages."""

from django.urls import path

from . import views

app_name = "cursos"

urlpatterns = [
    path("inicio", views.inicio, name="inicio"),
    path("c/<int:curso>", views.curso, name="curso"),
    path("c/<int:curso>/<int:unidad>", views.unidad, name="unidad"),
    path("c/<int:curso>/<int:unidad>/fin", views.fin, name="fin"),
    path("c/<int:curso>/<int:unidad>/resumen", views.resumen, name="resumen"),
    path("c/<int:curso>/<int:unidad>/<int:paso>", views.paso, name="paso"),
]
