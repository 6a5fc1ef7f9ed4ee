import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaveInicial(models.Model):
    """Somebody set the key of another account: it opens the door once, for seven days, to choose another.

    It is gone as soon as its person chooses theirs.
    """

    DURA = datetime.timedelta(days=7)

    cuenta = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clave_inicial", verbose_name=_("cuenta")
    )
    puesta_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("puesta por")
    )
    puesta_en = models.DateTimeField(_("puesta"))

    class Meta:
        verbose_name = _("clave inicial")
        verbose_name_plural = _("claves iniciales")

    def __str__(self) -> str:
        return f"{self.cuenta_id} · {self.puesta_en:%Y-%m-%d}"
