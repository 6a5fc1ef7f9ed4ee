"""The second step of whoever works here: asked of each request, by whichever door its session came in.

A session with the key alone is nobody for every page but those that finish the entry (``marco.salida.ESPERAS``), and
it lasts a quarter of an hour. Members are never asked, unless they work here too.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from marco.models import AjustesDelAula

from ..models import SegundoFactor, SesionAbierta
from ..politica import se_sabe_del_personal
from . import sesion

PASADO = "k_segundo"
A_MEDIAS = datetime.timedelta(minutes=15)
FUERA = {
    *(f"kuska_instancias:{una}" for una in ("entrar", "seguir", "cerrar_sesion", "cambiar_de_persona")),
    "kuska_marco:salir_rapido",
}
# All that is open to whoever typed the key and not the code.
PARA_PASAR = FUERA | {f"kuska_instancias:{una}" for una in ("segundo_paso", "reto_de_equipo")}
# And to whoever has to set one first.
PARA_PONER = FUERA | {
    f"kuska_instancias:{una}"
    for una in (
        "mis_factores",
        "poner_aplicacion",
        "poner_equipo",
        "reto_de_alta",
        "hacer_hoja",
        "cambiar_clave",
        "confirmar_clave",
    )
}


def tiene_factor(cuenta: Any) -> bool:
    """No statement, if ``cuentas_del_aula`` brought it."""
    if not hasattr(cuenta, "con_factor"):
        cuenta.con_factor = SegundoFactor.objects.filter(cuenta_id=cuenta.pk, quitado_en__isnull=True).exists()
    return bool(cuenta.con_factor)


def falta_pasarlo(request: HttpRequest, cuenta: Any) -> bool:
    """Whether this session has the key and not the second step that its account set."""
    return PASADO not in request.session and se_sabe_del_personal(cuenta) and tiene_factor(cuenta)


def se_le_pide(cuenta: Any) -> bool:
    """Whether the site asks this account to set one, now or soon, and it has none."""
    return se_sabe_del_personal(cuenta) and not tiene_factor(cuenta) and AjustesDelAula.actuales().segundo_factor


def debe_ponerlo(cuenta: Any) -> bool:
    """Whether it may do nothing else until it sets one: the day of grace, if there was one, is over."""
    if not se_le_pide(cuenta):
        return False
    desde = AjustesDelAula.actuales().segundo_factor_desde
    return desde is None or timezone.localdate() >= desde


def espera_su_factor(request: HttpRequest, cuenta: Any) -> bool:
    """Whether this page is closed until the entry is finished. No statement once the settings are in the cache."""
    if falta_pasarlo(request, cuenta):
        return sesion.vista_de(request) not in PARA_PASAR
    return debe_ponerlo(cuenta) and sesion.vista_de(request) not in PARA_PONER


def sigue_a_medias(request: HttpRequest, cuenta: Any) -> bool:
    """Whether a session without its second step may still finish: a key left typed waits for nobody."""
    if not falta_pasarlo(request, cuenta):
        return True
    entro = request.session.get(sesion.ENTRO)
    a_tiempo = entro is not None and timezone.now().timestamp() - entro < A_MEDIAS.total_seconds()
    request.por_tiempo = not a_tiempo  # type: ignore[attr-defined]
    return a_tiempo


def dar_por_pasado(request: HttpRequest, cuenta: Any, *, ahora: datetime.datetime) -> None:
    """The entry is whole: its session gets another number, and that of the key alone is good for nothing."""
    SesionAbierta.objects.filter(llave=request.session.session_key or "").delete()
    request.session[PASADO] = ahora.timestamp()
    request.session[sesion.CLAVE_EN] = ahora.timestamp()
    request.session.cycle_key()
    sesion.apuntar(request, cuenta)
