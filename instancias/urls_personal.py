"""Addresses of the staff pages about people and seats, under the panel."""

from django.urls import path

from .views import padron, personas

urlpatterns = [
    path("personas", personas.lista, name="personas"),
    path("personas/nueva", personas.nueva, name="persona_nueva"),
    path("personas/<int:pk>", personas.editar, name="persona_editar"),
    path("personas/<int:pk>/enlace", personas.crear_enlace_personal, name="persona_enlace"),
    path("asientos/<int:pk>/cese", personas.cesar, name="cesar"),
    path("asientos/<int:pk>/institucion", personas.corregir_institucion, name="institucion_del_asiento"),
    path("importar", padron.importar, name="padron_importar"),
    path("importar/<int:pk>", padron.revisar, name="padron_revisar"),
    path("importar/<int:pk>/confirmar", padron.confirmar, name="padron_confirmar"),
    path("importar/<int:pk>/descartar", padron.descartar, name="padron_descartar"),
]
