"""Addresses of the host: each room brings its own; the pages of Wagtail come last."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    # One door for everybody: the sign-in of the site, with its brakes.
    path("admin/login/", RedirectView.as_view(url="/entrar?next=/admin/", query_string=False)),
    path("admin/", include(wagtailadmin_urls)),
    path("documentos/", include(wagtaildocs_urls)),
    # What members ask for goes first: each address is compared with those before it.
    path("", include("cursos.urls")),
    path("", include("evaluaciones.urls")),
    path("", include("marco.urls")),
    path("", include("instancias.urls")),
    path("", include("certificados.urls")),
    path("", include("seguimiento.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "marco.fallas.pagina_de_fallo"
