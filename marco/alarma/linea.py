"""The line of «Estado del aula» about the alarm itself."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..estado import MIRAR, LineaDeEstado
from ..models import Latido
from .visto import LoVisto, a_quienes, de_datos


def linea_de_los_avisos() -> list[LineaDeEstado]:
    """Who is told, when they last were, and whether it left."""
    nombre, para = _("Avisos por correo"), a_quienes()
    if not para:
        dice = _("Nadie los recibe: mire esta página cada semana, o ponga KUSKA_AVISOS_A en el servidor.")
        return [LineaDeEstado("avisos", nombre, dice)]
    ultimo = Latido.objects.filter(clave=Latido.AVISOS).first()
    visto = de_datos(ultimo.visto) if ultimo else LoVisto()
    dice = ngettext("Van a %(n)d correo.", "Van a %(n)d correos.", len(para)) % {"n": len(para)}
    if visto.no_salio:
        dice += " " + _("El último no salió: %(razon)s") % {"razon": visto.no_salio}
        que = _("Revise EMAIL_HOST, su clave y DEFAULT_FROM_EMAIL en el servidor, y toque «Enviar un aviso de prueba».")
        return [LineaDeEstado("avisos", nombre, dice, MIRAR, que)]
    if visto.salio_en:
        cuando = date_format(timezone.localtime(visto.salio_en), "DATETIME_FORMAT")
        dice += " " + _("El último salió el %(cuando)s.") % {"cuando": cuando}
    return [LineaDeEstado("avisos", nombre, dice)]
