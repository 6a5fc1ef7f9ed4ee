"""Addresses of the way out. Neutral, without trailing slash."""

from django.urls import path

from . import views

app_name = "kuska_marco"

urlpatterns = [
    path("salir", views.salir_rapido, name="salir_rapido"),
    path("bloqueos", views.bloqueos, name="bloqueos"),
    path("tiempo", views.tiempo, name="tiempo"),
    path("aula.webmanifest", views.manifiesto, name="manifiesto"),
    path("sw.js", views.trabajador, name="trabajador"),
    path("sin-senal", views.sin_senal, name="sin_senal"),
]
