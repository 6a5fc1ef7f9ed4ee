"""Addresses of the way out, and those that machines ask. Neutral, without trailing slash."""

from django.urls import path

from . import views, vistas_de_maquinas

app_name = "kuska_marco"

urlpatterns = [
    path("salir", views.salir_rapido, name="salir_rapido"),
    path("bloqueos", views.bloqueos, name="bloqueos"),
    path("salud", vistas_de_maquinas.salud, name="salud"),
    path("salud/lista", vistas_de_maquinas.lista, name="lista"),
    path("metricas", vistas_de_maquinas.metricas, name="metricas"),
    path("tiempo", views.tiempo, name="tiempo"),
    path("aula.webmanifest", views.manifiesto, name="manifiesto"),
    path("sw.js", views.trabajador, name="trabajador"),
    path("sin-senal", views.sin_senal, name="sin_senal"),
]
