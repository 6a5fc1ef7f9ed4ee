from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("instancias.urls")),
    path("", include("cursos.urls")),
    path("", include("evaluaciones.urls")),
    path("", include("certificados.urls")),
    path("", include("seguimiento.urls")),
    path("", include(wagtail_urls)),
]
