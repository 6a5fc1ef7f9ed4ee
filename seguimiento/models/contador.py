"""Figures already counted, so that a country is read in a moment. Facts say them; these rows only remember.

On PostgreSQL, triggers write a ``MarcaDeContador`` in the transaction of each fact that may change a figure: what has a
mark is counted again from facts, whoever reads it. See ``consultas.contadores`` and decision 30.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion
from instancias.models import Territorio


class ContadorDeInstancia(models.Model):
    """What a table counted in an edition, as of a day. ``con_titular``: by the rule that only titulares complete."""

    edicion = models.ForeignKey(Edicion, on_delete=models.CASCADE, related_name="+", db_index=False)
    territorio = models.ForeignKey(Territorio, on_delete=models.CASCADE, related_name="contadores", db_index=False)
    dia = models.DateField(_("día"))
    con_titular = models.BooleanField(_("solo el titular completa"))
    integrantes = models.PositiveIntegerField()
    inscritas = models.PositiveIntegerField()
    empezaron = models.PositiveIntegerField()
    en_curso = models.PositiveIntegerField()
    terminaron = models.PositiveIntegerField()
    certificadas = models.PositiveIntegerField()
    pendientes = models.PositiveIntegerField()
    exigidos = models.PositiveIntegerField()
    con_persona = models.PositiveIntegerField()
    completos = models.PositiveIntegerField()
    alcaldias = models.PositiveIntegerField()
    alcaldias_al_dia = models.PositiveIntegerField()
    # Of who sits at this table and at others of the edition that come after it: how much each count of people repeats.
    repetidas = models.JSONField(default=list)
    # With which number of its instancia it was counted, where no marks are left (SQLite).
    numero = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        verbose_name = _("contador de instancia")
        verbose_name_plural = _("contadores de instancias")
        constraints = [
            models.UniqueConstraint(fields=["edicion", "dia", "territorio"], name="contador_uno_por_dia"),
        ]
        indexes = [models.Index(fields=["territorio", "dia"], name="contador_por_territorio")]

    def __str__(self) -> str:
        return f"{self.territorio_id}, {self.dia:%Y-%m-%d}"


class Marca(models.Model):
    """That something counted of a table may have changed, from a day on; without day, of any day.

    Without a territory, of every table. Only added, and taken away by whoever counts again.
    """

    territorio = models.CharField(max_length=6, blank=True)
    desde = models.DateField(_("desde"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.territorio


class MarcaDeContador(Marca):
    """Of its figures (``ContadorDeInstancia``), and with them of all that is counted of it."""

    class Meta:
        verbose_name = _("marca de contador")
        verbose_name_plural = _("marcas de contadores")


class ContadorDePartes(models.Model):
    """How many people of an instancia had each version of the course on a day, and began and finished each unit."""

    edicion = models.ForeignKey(Edicion, on_delete=models.CASCADE, related_name="+", db_index=False)
    territorio = models.ForeignKey(Territorio, on_delete=models.CASCADE, related_name="partes", db_index=False)
    dia = models.DateField(_("día"))
    partes = models.JSONField(default=dict)
    # The enrolments of who may sit at other instancias too, each with its version: a sum tells them once.
    repiten = models.JSONField(default=list)

    class Meta:
        verbose_name = _("contador de partes")
        verbose_name_plural = _("contadores de partes")
        constraints = [
            models.UniqueConstraint(fields=["edicion", "dia", "territorio"], name="partes_uno_por_dia"),
        ]
        indexes = [models.Index(fields=["territorio", "dia"], name="partes_por_territorio")]

    def __str__(self) -> str:
        return f"{self.territorio_id}, {self.dia:%Y-%m-%d}"


class MarcaDePartes(Marca):
    """Of what it counts unit by unit (``ContadorDePartes``) and of nothing else."""

    class Meta:
        verbose_name = _("marca de partes")
        verbose_name_plural = _("marcas de partes")


class PersonaEnVarias(models.Model):
    """Somebody who holds, or held, more than one seat: the sum of the tables may count them twice.

    Only the number of the person: there may be one too many here, and it counts nobody.
    """

    persona = models.PositiveBigIntegerField(_("persona"), primary_key=True)

    class Meta:
        verbose_name = _("persona en varios asientos")
        verbose_name_plural = _("personas en varios asientos")

    def __str__(self) -> str:
        return str(self.persona)
