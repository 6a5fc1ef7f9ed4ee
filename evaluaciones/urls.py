from django.urls import path

from .views import ensayos, practica, preguntas, principal, recibos, resultado

app_name = "kuska_evaluaciones"

LUGAR = "e/<int:curso>/<int:unidad>"

urlpatterns = [
    path(LUGAR, principal.evaluacion, name="evaluacion"),
    path(f"{LUGAR}/empezar", preguntas.empezar, name="empezar"),
    path(f"{LUGAR}/saltar", preguntas.saltar, name="saltar"),
    path(f"{LUGAR}/preguntas", preguntas.lista, name="preguntas"),
    path(f"{LUGAR}/preguntas/<int:numero>", practica.pregunta, name="pregunta"),
    path(f"{LUGAR}/respuesta", preguntas.respuesta, name="respuesta"),
    path(f"{LUGAR}/revisar", preguntas.revisar, name="revisar"),
    path(f"{LUGAR}/enviar", resultado.enviar, name="enviar"),
    path(f"{LUGAR}/resultado/<int:numero>", resultado.ver, name="resultado"),
    path("r", recibos.a_mano, name="recibo_a_mano"),
    path("r/<str:codigo>", recibos.por_codigo, name="recibo"),
    path("c/<int:curso>/<int:unidad>/<int:paso>/decida", ensayos.decidir, name="decidir"),
    path("c/<int:curso>/<int:unidad>/repaso", ensayos.repaso, name="repaso"),
]
