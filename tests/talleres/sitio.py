"""The addresses of the site with those of the workshops."""

from cms.urls import *  # noqa: F403
from cms.urls import include, path
from cms.urls import urlpatterns as del_sitio

urlpatterns = [path("", include("tests.talleres.urls")), *del_sitio]
