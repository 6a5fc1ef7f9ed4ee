from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import ImportacionQuerySet


class ImportacionDePadron(models.Model):
    """A list under review. It belongs to a scope, not to whoever uploaded it, and is not kept for ever.

    Its rows are ``FilaDePadron``. What they wrote is known by number, so that the whole list can be undone.
    """

    class Estado(models.TextChoices):
        POR_ORDENAR = "por_ordenar", _("Por ordenar")
        POR_REVISAR = "por_revisar", _("Por revisar")
        CONFIRMADA = "confirmada", _("Confirmada")
        DESCARTADA = "descartada", _("Descartada")
        VENCIDA = "vencida", _("Vencida")
        DESHECHA = "deshecha", _("Deshecha")

    class Esquema(models.TextChoices):
        INEI = "inei", _("INEI")
        RENIEC = "reniec", _("RENIEC")

    class Fase(models.TextChoices):
        """What the background work is doing with it."""

        NINGUNA = "", _("Ninguna")
        LEER = "leer", _("Leyendo")
        REVISAR = "revisar", _("Revisando")
        GUARDAR = "guardar", _("Guardando")
        DESHACER = "deshacer", _("Deshaciendo")

    ABIERTAS = (Estado.POR_ORDENAR, Estado.POR_REVISAR)

    archivo = models.CharField(_("archivo"), max_length=160)
    huella = models.CharField(_("huella del archivo"), max_length=64)
    esquema = models.CharField(_("códigos de distrito"), max_length=8, choices=Esquema.choices)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.POR_REVISAR)
    resumen = models.JSONField(_("resumen"), default=dict)
    # What was chosen of the file: sheet, row of the headings, what each column says.
    forma = models.JSONField(_("forma"), default=dict, blank=True)
    # Of the file: its sheets with a list, and how many rows were left out, by why, with the first of their numbers.
    leido = models.JSONField(_("lo que se leyó"), default=dict, blank=True)
    # What holds for all its rows (``Supuestos``), and the UBIGEO of the tables of which it is the whole list.
    supuestos = models.JSONField(_("lo que vale para toda la lista"), default=dict, blank=True)
    completa_para = models.JSONField(_("completa para"), default=list, blank=True)
    # The prefixes of whoever uploaded it: it is open to those who cover all of them.
    ambito = models.JSONField(_("ámbito"), default=list)
    # It was said to change authorities: who is on a seat ends the day before.
    releva = models.BooleanField(_("cambia autoridades"), default=False)
    # The memberships that it ended, by a list said to be complete or to change authorities: their number, last day
    # and reason before, and the last day they have now.
    cesadas = models.JSONField(_("asientos que terminó"), default=list, blank=True)
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("subida por")
    )
    subida_en = models.DateTimeField(_("subida"))
    vence_en = models.DateTimeField(_("vence"), default=timezone.now)
    primera_en = models.DateTimeField(_("guardada por primera vez"), null=True, blank=True)
    decidida_en = models.DateTimeField(_("decidida"), null=True, blank=True)
    fase = models.CharField(_("fase"), max_length=8, choices=Fase.choices, default=Fase.NINGUNA, blank=True)
    # Every row before this one is done: where the work goes on after a fall, a closed page or another day.
    hechas = models.PositiveIntegerField(_("filas hechas"), default=0)
    total = models.PositiveIntegerField(_("filas por hacer"), default=0)
    latido_en = models.DateTimeField(_("último avance"), null=True, blank=True)
    # Who is at it, by a number of their own: nobody else does the same rows while they give signs of life.
    turno = models.CharField(_("turno"), max_length=32, blank=True)
    detenida = models.BooleanField(_("detenida"), default=False)
    pedida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pedida por")
    )

    objects = ImportacionQuerySet.as_manager()

    class Meta:
        verbose_name = _("importación de padrón")
        verbose_name_plural = _("importaciones de padrón")
        ordering = ["-subida_en"]

    def __str__(self) -> str:
        return self.archivo

    def vencio(self, ahora: datetime.datetime) -> bool:
        """Whether its rows may not be shown any more, whether or not the task has taken them away."""
        if self.estado in self.ABIERTAS and self.fase != self.Fase.DESHACER:
            return self.vence_en <= ahora
        return self.estado == self.Estado.VENCIDA


class FilaDePadron(models.Model):
    """A row of a list under review: what the sheet says, what was understood, and what it would do.

    Once it is written its personal data are emptied: only the numbers of what it wrote stay.
    """

    class Estado(models.TextChoices):
        POR_REVISAR = "por_revisar", _("Por revisar")
        GUARDADA = "guardada", _("Guardada")
        DEJADA = "dejada", _("Dejada fuera")

    class Accion(models.TextChoices):
        CREAR = "crear", _("Nueva")
        CAMBIAR = "cambiar", _("Cambia")
        RELEVAR = "relevar", _("Cambia de autoridad")
        IGUAL = "igual", _("Sin cambios")
        RECHAZAR = "rechazar", _("No se guarda")

    importacion = models.ForeignKey(
        ImportacionDePadron, on_delete=models.CASCADE, related_name="filas", verbose_name=_("importación")
    )
    orden = models.PositiveIntegerField(_("orden"))
    hoja = models.CharField(_("hoja"), max_length=80, blank=True)
    fila = models.PositiveIntegerField(_("fila"))
    cruda = models.JSONField(_("lo que dice la hoja"), default=dict)
    leida = models.JSONField(_("lo que se entendió"), default=dict)
    accion = models.CharField(_("qué pasará"), max_length=8, choices=Accion.choices, blank=True)
    detalles = models.JSONField(_("detalles"), default=list)
    problemas = models.JSONField(_("problemas"), default=list)
    # Codes of its problems between commas: what filters and counts ask of.
    motivos = models.CharField(_("motivos"), max_length=400, blank=True)
    aceptados = models.JSONField(_("avisos aceptados"), default=list)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.POR_REVISAR)
    # What other rows depend on: the same document, the same kind of seat of the same table.
    documento = models.CharField(_("documento"), max_length=12, blank=True)
    territorio = models.CharField(_("territorio"), max_length=6, blank=True)
    tipo = models.CharField(_("tipo de asiento"), max_length=10, blank=True)
    version = models.PositiveIntegerField(_("versión"), default=0)
    persona = models.PositiveBigIntegerField(_("número de la persona"), null=True, blank=True)
    hecho = models.JSONField(_("lo que escribió"), default=dict)

    class Meta:
        verbose_name = _("fila de padrón")
        verbose_name_plural = _("filas de padrón")
        ordering = ["importacion_id", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["importacion", "orden"], name="fila_de_padron_en_su_orden"),
        ]
        indexes = [
            models.Index(fields=["importacion", "estado", "accion"], name="fila_de_padron_por_accion"),
            models.Index(fields=["importacion", "documento"], name="fila_de_padron_por_documento"),
            models.Index(fields=["importacion", "persona"], name="fila_de_padron_por_persona"),
        ]

    def __str__(self) -> str:
        return f"{self.importacion_id}:{self.fila}"
