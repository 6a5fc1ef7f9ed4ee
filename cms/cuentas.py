"""The accounts of the admin, with the search and the order of this site."""

from wagtail.users.apps import WagtailUsersAppConfig


class CuentasConfig(WagtailUsersAppConfig):
    user_viewset = "cms.viewsets.CuentaViewSet"
