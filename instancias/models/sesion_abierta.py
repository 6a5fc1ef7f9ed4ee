from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SesionAbierta(models.Model):
    """Whose a session of staff is, so that its person finds it. Its hours and what opened it are in the session."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sesiones_abiertas", verbose_name=_("cuenta")
    )
    llave = models.CharField(_("llave"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("sesión abierta")
        verbose_name_plural = _("sesiones abiertas")

    def __str__(self) -> str:
        return f"{self.cuenta_id} · {self.pk}"
