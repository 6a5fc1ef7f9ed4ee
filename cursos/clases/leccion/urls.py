"""Addresses of a lesson, below that of its unit."""

from django.urls import path

from . import duda, views

urlpatterns = [
    path("c/<int:curso>/<int:unidad>/<int:paso>", views.paso, name="paso"),
    path("c/<int:curso>/<int:unidad>/fin", views.fin, name="fin"),
    path("c/<int:curso>/<int:unidad>/resumen", views.resumen, name="resumen"),
    path("c/<int:curso>/<int:unidad>/<int:paso>/duda", duda.duda, name="duda"),
    path("c/<int:curso>/<int:unidad>/<int:paso>/audio/<int:cual>", views.audio, name="audio"),
    path("c/<int:curso>/<int:unidad>/<int:paso>/imagen/<int:ancho>.<slug:formato>", views.imagen, name="imagen"),
]
