"""After a return to an older copy, the summary of a week that went out does not go out again."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from marco.respaldo.memoria import Recuerdo

from ..models import EnvioDeResumen, Suscripcion


class ResumenesEnviados(Recuerdo):
    clave = "resumenes"

    def recordar(self) -> None:
        return None

    def juntar(self, antes: Any, ahora: Any) -> None:
        return None

    def volver(self, recordado: Any, *, copia_de: datetime.datetime, ahora: datetime.datetime) -> list[str]:
        """The one of this week counts as gone, sent or not: the next Monday is the next one."""
        hoy = timezone.localdate(ahora)
        lunes = hoy - datetime.timedelta(days=hoy.weekday())
        no_salen = [EnvioDeResumen.Estado.POR_ENVIAR, EnvioDeResumen.Estado.SALIENDO]
        EnvioDeResumen.objects.filter(estado__in=no_salen).update(estado=EnvioDeResumen.Estado.NO_SALIO)
        cuentas = Suscripcion.objects.filter(confirmada_en__isnull=False).values_list("cuenta_id", flat=True)
        EnvioDeResumen.objects.bulk_create(
            [
                EnvioDeResumen(cuenta_id=cuenta, semana=lunes, estado=EnvioDeResumen.Estado.NO_SALIO)
                for cuenta in cuentas
            ],
            ignore_conflicts=True,
        )
        return []
