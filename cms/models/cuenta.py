from django.contrib.auth.models import AbstractUser, UserManager
from django.utils.translation import gettext_lazy as _

from marco.derivados import CampoBuscable, CampoDeOrden, ConDerivados, GuardaDerivados
from marco.visibles import TextoVisible


class GestorDeCuentas(UserManager.from_queryset(ConDerivados)):
    use_in_migrations = False


class Cuenta(TextoVisible, GuardaDerivados, AbstractUser):
    """Sign-in account. Members enter with their document number; who they are lives in ``instancias.Persona``."""

    busqueda = CampoBuscable(de=("username", "first_name", "last_name", "email"))
    orden_alfabetico = CampoDeOrden(de=("last_name", "first_name"))

    objects = GestorDeCuentas()

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")
