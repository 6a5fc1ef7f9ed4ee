"""How the door is, for «Estado del aula»: whether somebody is trying keys on many accounts, or from many places."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from marco.estado import BIEN, MIRAR, LineaDeEstado

from ..models import FrenoDeEntrada

UNA_HORA = datetime.timedelta(hours=1)
# A room of forty people on their first day leaves some two hundred, whatever they type.
MUCHOS = 1000


def estado_de_la_puerta() -> list[LineaDeEstado]:
    """Of digests, that name neither account nor address: how many were braked in the last hour. One statement."""
    n = FrenoDeEntrada.objects.filter(ultimo_en__gte=timezone.now() - UNA_HORA).count()
    medidas = {"frenos_en_una_hora": float(n)}
    if n < MUCHOS:
        dice = _("En la última hora nadie probó claves en cantidad.")
        return [LineaDeEstado("puerta", _("Puerta"), dice, BIEN, "", medidas)]
    dice = _("En la última hora hubo %(n)d frenos.") % {"n": n}
    dice += " " + _("Alguien prueba claves en muchas cuentas, o desde muchos lugares.")
    que = _(
        "Cada cuenta se frena sola. Mire en el intermediario (nginx o Caddy) desde dónde vienen y ciérreles el paso."
    )
    return [LineaDeEstado("puerta", _("Puerta"), dice, MIRAR, que, medidas)]
