"""What a person asks about their own data, and everything that was done with it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .persona import Persona


class PedidoDeDatos(models.Model):
    """Somebody uses a right over their data (Ley 29733). ``vence_el``: the last working day to answer."""

    class Clase(models.TextChoices):
        INFORMACION = "informacion", _("Saber cómo se usan")
        ACCESO = "acceso", _("Recibir una copia")
        RECTIFICACION = "rectificacion", _("Corregir un dato")
        SUPRESION = "supresion", _("Borrar mis datos")
        OPOSICION = "oposicion", _("Que no se usen para algo")

    class Estado(models.TextChoices):
        RECIBIDO = "recibido", _("Por responder")
        ATENDIDO = "atendido", _("Atendido")
        NO_PROCEDE = "no_procede", _("No procede")
        RETIRADO = "retirado", _("Retirado por la persona")

    persona = models.ForeignKey(
        Persona, on_delete=models.PROTECT, related_name="pedidos_de_datos", verbose_name=_("persona")
    )
    clase = models.CharField(_("qué pide"), max_length=16, choices=Clase.choices)
    detalle = models.TextField(_("detalle"), blank=True)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.RECIBIDO)
    recibido_en = models.DateTimeField(_("recibido"))
    vence_el = models.DateField(_("responder hasta el"))
    respondido_en = models.DateTimeField(_("respondido"), null=True, blank=True)

    class Meta:
        verbose_name = _("pedido sobre datos")
        verbose_name_plural = _("pedidos sobre datos")
        ordering = ["vence_el", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "clase"],
                condition=models.Q(estado="recibido"),
                name="pedido_uno_por_responder_de_cada_clase",
            ),
            models.CheckConstraint(
                name="pedido_respondido_con_fecha",
                condition=models.Q(estado="recibido", respondido_en__isnull=True)
                | (~models.Q(estado="recibido") & models.Q(respondido_en__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["estado", "vence_el"], name="pedido_por_responder")]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} · {self.persona_id}"

    @property
    def por_responder(self) -> bool:
        return self.estado == self.Estado.RECIBIDO


class SoloSeAgrega(models.QuerySet):
    """Rows that are written once."""

    def update(self, **valores: Any) -> NoReturn:
        raise TypeError("What was done is only added to.")

    def delete(self) -> NoReturn:
        raise TypeError("What was done is not deleted.")

    def vaciar_textos(self) -> int:
        """The one exception: what was written about somebody goes with the rest of their data."""
        return super().update(texto="")


class ActoDePedido(models.Model):
    """What was done with a request, by whom and with which words. Only added."""

    class Acto(models.TextChoices):
        RECIBIR = "recibir", _("Recibido")
        ANOTAR = "anotar", _("Nota")
        ATENDER = "atender", _("Atendido")
        NEGAR = "negar", _("No procede")
        RETIRAR = "retirar", _("Retirado")

    pedido = models.ForeignKey(PedidoDeDatos, on_delete=models.PROTECT, related_name="actos", verbose_name=_("pedido"))
    acto = models.CharField(_("acto"), max_length=10, choices=Acto.choices)
    texto = models.TextField(_("texto"), blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    en = models.DateTimeField(_("fecha"))

    objects = SoloSeAgrega.as_manager()

    class Meta:
        verbose_name = _("acto de un pedido")
        verbose_name_plural = _("actos de un pedido")
        ordering = ["en", "pk"]

    def __str__(self) -> str:
        return f"{self.pedido_id} · {self.get_acto_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("What was done is only added to.")
        super().save(*args, **kwargs)


class Supresion(models.Model):
    """The data of a person were taken away: of which registers, by whom, and how much of what. It names nobody."""

    pedido = models.OneToOneField(
        PedidoDeDatos,
        on_delete=models.PROTECT,
        related_name="supresion",
        null=True,
        blank=True,
        verbose_name=_("pedido"),
    )
    # The registers, by number: what a restored backup needs to take them away again.
    personas = models.JSONField(_("registros"), default=list)
    resumen = models.JSONField(_("qué se hizo"), default=dict)
    hecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("hecha por")
    )
    hecha_en = models.DateTimeField(_("hecha"))

    class Meta:
        verbose_name = _("supresión")
        verbose_name_plural = _("supresiones")
        ordering = ["-hecha_en", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.hecha_en:%Y-%m-%d}"
