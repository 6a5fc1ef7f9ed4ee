"""What a file weighs beside what it may weigh: two texts that are never the same."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.html import avoid_wrapping
from django.utils.translation import gettext as _

from .numeros import con_miles

UNIDADES = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))


def peso_y_maximo(bytes_: int, maximo: int) -> dict[str, str]:
    """Return ``pesa`` and ``maximo`` with the decimals that tell them apart: «1,04 MB» and «1,00 MB»."""
    escritos = filesizeformat(bytes_), filesizeformat(maximo)
    if escritos[0] == escritos[1]:
        base, nombre = next((una for una in UNIDADES if maximo >= una[0]), (1, "bytes"))
        escritos = _con_decimales(bytes_, base, nombre), _con_decimales(maximo, base, nombre)
    if escritos[0] == escritos[1]:
        texto = _("%(n)s bytes")
        escritos = texto % {"n": con_miles(bytes_)}, texto % {"n": con_miles(maximo)}
    return {"pesa": escritos[0], "maximo": escritos[1]}


def _con_decimales(bytes_: int, base: int, nombre: str) -> str:
    return avoid_wrapping(f"{number_format(round(bytes_ / base, 2), 2)} {nombre}")
