"""Looking for a receipt by its code, in few tries: it names nobody, but codes are not for walking through."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from instancias.acceso.services import frenos

from ..consultas.recibos import Hallado, Veredicto, verificar
from ..errores import EvaluacionError


def buscar_recibo(*, escrito: str, ip: str, ahora: datetime.datetime) -> Hallado:
    """Verify what somebody wrote. Raises ``espere`` when too many that do not exist came from one place.

    A receipt that exists answers always: whoever guesses keeps nobody from showing theirs.
    """
    hallado = verificar(escrito)
    if hallado.veredicto == Veredicto.NO_EXISTE:
        try:
            frenos.tomar_turno(frenos.Intento("evaluaciones.recibo", ip=ip, se_busca=True), ahora=ahora)
        except frenos.DemasiadosIntentos as error:
            mensaje = _("Por seguridad, espere unos minutos e intente otra vez.")
            raise EvaluacionError("espere", mensaje) from error
    return hallado
