"""Addresses of the staff pages about people and seats, under the panel."""

from django.urls import path

from .acceso.views import enlaces
from .views import deshacer, invitar, padron, palabras, personas, plantilla, propuestas, relevo, revision, trabajo

urlpatterns = [
    path("personas", personas.lista, name="personas"),
    path("personas/nueva", personas.nueva, name="persona_nueva"),
    path("personas/<int:pk>", personas.editar, name="persona_editar"),
    path("personas/<int:pk>/enlace", enlaces.enlace_personal, name="persona_enlace"),
    path("invitar", invitar.cola, name="invitar"),
    path("invitar/tarjetas", invitar.tarjetas, name="tarjetas"),
    path("invitar/por-correo", invitar.por_correo, name="invitar_por_correo"),
    path("invitar/<int:pk>", invitar.invitar_a, name="invitar_a"),
    path("invitar/<int:pk>/no-enviado", invitar.no_enviado, name="invitar_no_enviado"),
    path("asientos/<int:pk>/cese", personas.cesar, name="cesar"),
    path("asientos/<int:pk>/institucion", personas.corregir_institucion, name="institucion_del_asiento"),
    path("relevo", relevo.relevo, name="relevo"),
    path("relevo/<int:pk>", relevo.hecho, name="relevo_hecho"),
    path("relevo/<int:pk>/deshacer", relevo.deshacer, name="relevo_deshacer"),
    path("importar", padron.importar, name="padron_importar"),
    path("importar/palabras", palabras.lista, name="padron_palabras"),
    path("importar/palabras/<int:pk>/olvidar", palabras.olvidar, name="padron_palabra_olvidar"),
    path("importar/plantilla.xlsx", plantilla.descargar, name="padron_plantilla"),
    path("importar/<int:pk>", revision.revisar, name="padron_revisar"),
    path("importar/<int:pk>/columnas", padron.columnas, name="padron_columnas"),
    path("importar/<int:pk>/fila/<int:fila_pk>", revision.fila, name="padron_fila"),
    path("importar/<int:pk>/por-resolver.xlsx", revision.con_problema, name="padron_con_problema"),
    path("importar/<int:pk>/propuestas", propuestas.tomar, name="padron_propuestas"),
    path("importar/<int:pk>/palabra", palabras.responder, name="padron_palabra"),
    path("importar/<int:pk>/relevo", revision.declarar_relevo, name="padron_relevo"),
    path("importar/<int:pk>/confirmar", revision.confirmar, name="padron_confirmar"),
    path("importar/<int:pk>/completa", deshacer.completa, name="padron_completa"),
    path("importar/<int:pk>/deshacer", deshacer.deshacer, name="padron_deshacer"),
    path("importar/<int:pk>/detener", trabajo.detener, name="padron_detener"),
    path("importar/<int:pk>/seguir", trabajo.seguir, name="padron_seguir"),
    path("importar/<int:pk>/descartar", revision.descartar, name="padron_descartar"),
]
