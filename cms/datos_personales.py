"""The fields of the host in the inventory: its accounts."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from instancias.datos_personales import ACCESO, AUTORIA
from marco.inventario import declarar

ENTRA = replace(ACCESO, ven=_("La persona y la administración"), al_suprimir=_("La cuenta se cierra y se vacía"))

declarar(
    "cms.Cuenta",
    {
        "username password last_login is_active date_joined first_name last_name email "
        "busqueda orden_alfabetico": ENTRA,
        "is_superuser is_staff groups user_permissions": AUTORIA,
    },
)
declarar("cms.Portada", sin_datos="frase")
