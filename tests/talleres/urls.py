from django.urls import path

from . import views

app_name = "talleres"
urlpatterns = [path("c/<int:curso>/<int:unidad>/taller", views.taller, name="taller")]
