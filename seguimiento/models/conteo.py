from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion
from instancias.models import Territorio
from instancias.models.dato_declarado import DatoDeclarado


class ConteoDeRasgo(models.Model):
    """How many people of a province said each thing of themselves, counted on a day: the only place it is read from.

    ``filas``: by table, step by step. The next one is kept only when whatever it tells changes by nothing or by five
    (decision 27); ``por_instancia`` is false when the tables had to keep silent for that.
    """

    campo = models.CharField(_("dato"), max_length=8, choices=DatoDeclarado.Campo.choices)
    territorio = models.ForeignKey(Territorio, on_delete=models.PROTECT, related_name="+", verbose_name=_("provincia"))
    edicion = models.ForeignKey(
        Edicion, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("edición")
    )
    al = models.DateField(_("al"))
    filas = models.JSONField(_("cuentas"), default=dict)
    personas = models.JSONField(_("personas, hayan declarado o no"), default=dict)
    por_instancia = models.BooleanField(_("se dice por instancia"), default=True)

    class Meta:
        verbose_name = _("conteo de lo declarado")
        verbose_name_plural = _("conteos de lo declarado")
        ordering = ["-al", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campo", "territorio", "edicion", "al"],
                name="conteo_de_rasgo_uno_por_dia",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campo} · {self.territorio_id} · {self.al}"
