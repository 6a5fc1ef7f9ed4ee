from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from marco.visibles import TextoVisible


class Cuenta(TextoVisible, AbstractUser):
    """Sign-in account. Members enter with their document number; who they are lives in ``instancias.Persona``."""

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")
