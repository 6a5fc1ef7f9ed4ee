"""The cells of a list, kept while somebody may still say what its columns are."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ...models import CeldasDePadron, ImportacionDePadron
from .leer import Hojas


def celdas_de(importacion: ImportacionDePadron) -> Hojas:
    """The cells of a list whose columns may still change. Raises ``sin_celdas``."""
    celdas = CeldasDePadron.objects.filter(importacion=importacion).first()
    if celdas is None:
        frase = _("Ya se guardaron filas de esta lista: sus columnas no se pueden cambiar. Súbala otra vez.")
        raise ErrorDeDominio("sin_celdas", frase)
    hojas: Hojas = celdas.hojas
    return hojas
