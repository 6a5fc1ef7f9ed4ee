from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Informe(models.Model):
    """A report as somebody asked for it: what each row is, what it says and of whom. It holds no data.

    Of its account, or of everybody who follows some of ``ambito``: what each one sees is what their own scope reaches.
    """

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="informes", verbose_name=_("cuenta")
    )
    nombre = models.CharField(_("nombre"), max_length=80)
    definicion = models.JSONField(_("definición"))
    de_todos = models.BooleanField(_("lo usa todo el ámbito"), default=False)
    ambito = models.JSONField(_("ámbito en que se guardó"), default=list)
    cambiado_en = models.DateTimeField(_("cambiado"), auto_now=True)

    class Meta:
        verbose_name = _("informe")
        verbose_name_plural = _("informes")
        ordering = ["nombre", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cuenta", "nombre"], name="informe_nombre_unico_en_su_cuenta"),
            models.CheckConstraint(name="informe_con_nombre", condition=~models.Q(nombre="")),
        ]

    def __str__(self) -> str:
        return self.nombre
