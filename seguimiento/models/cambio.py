"""How many changes there were in each place: a page that was drawn is given again while nothing that it tells changed.

On PostgreSQL, triggers write a ``CambioDeInstancia`` in the transaction of each fact that a page of the panel tells:
never one row that two transactions wait for. A task adds them up in ``CuentaDeCambios``; both together only grow. On
SQLite the row of the instancia holds a number by chance (``disparadores``). Both say who changed, where it was one
person. See ``consultas.cambios``, decisions 46, 47 and 54.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CambioDeInstancia(models.Model):
    """That something of a table changed. Without a territory, something of every table."""

    territorio = models.CharField(max_length=6, blank=True, db_index=True)
    persona = models.BigIntegerField(_("persona"), null=True, blank=True)  # her number; nobody's: all of the table

    class Meta:
        verbose_name = _("cambio de instancia")
        verbose_name_plural = _("cambios de instancias")

    def __str__(self) -> str:
        return self.territorio


class CuentaDeCambios(models.Model):
    """How many changes of a table were added up already: their rows are gone.

    ``recientes``, on SQLite only: of the last changes, the number of before each one and whose it was, the last first.
    """

    territorio = models.CharField(max_length=6, primary_key=True)
    cuantos = models.PositiveBigIntegerField(_("cuántos"), default=0)
    recientes = models.TextField(_("recientes"), blank=True, db_default="")

    class Meta:
        verbose_name = _("cuenta de cambios")
        verbose_name_plural = _("cuentas de cambios")

    def __str__(self) -> str:
        return f"{self.territorio}: {self.cuantos}"
