from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SoloSeAgrega(models.QuerySet):
    """Nothing that was signed changes, nor goes."""

    def update(self, **campos: Any) -> int:
        raise TypeError("signed rows do not change")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("signed rows stay")


class RevisionDePrivilegios(models.Model):
    """Somebody looked at who can do what here, and signed it (DS 016-2024-JUS, art. 46): what was listed, word by word.

    ``huella`` is of the list and of the signature before it: one that was changed or taken away is seen.
    """

    firmada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("firmada por")
    )
    firmada_en = models.DateTimeField(_("firmada"))
    listado = models.JSONField(_("lo que se vio"))
    anterior = models.CharField(_("huella de la anterior"), max_length=64, blank=True, unique=True)
    huella = models.CharField(_("huella"), max_length=64, unique=True)

    objects = SoloSeAgrega.as_manager()

    class Meta:
        verbose_name = _("revisión de privilegios")
        verbose_name_plural = _("revisiones de privilegios")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.firmada_en:%Y-%m-%d} · {self.huella[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("signed rows do not change")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("signed rows stay")
