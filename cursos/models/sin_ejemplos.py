"""Rows that are read as soon as they are saved: no text of the template stays in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from ..sin_terminar import es_de_ejemplo, faltas_de_los_textos


class SinEjemplos(models.Model):
    """Refuses, in the form and at any other door, what is still as the template brought it. Goes before ``Model``."""

    textos_que_se_leen: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        nombres = {campo: self._meta.get_field(campo).verbose_name for campo in self.textos_que_se_leen}
        faltas = {
            campo: faltas_de_los_textos([(nombre, getattr(self, campo))])[0]
            for campo, nombre in nombres.items()
            if es_de_ejemplo(getattr(self, campo) or "")
        }
        if faltas:
            raise ValidationError(faltas)

    def save(self, *args: Any, **kwargs: Any) -> None:
        SinEjemplos.clean(self)
        super().save(*args, **kwargs)
