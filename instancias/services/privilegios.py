"""Rights over others, given and taken from the panel, and the list of them that is signed twice a year."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import otra_vez

from .. import rastro
from ..acceso.services.sesiones import cerrar_todas
from ..consultas.privilegios import CLAVE_DE_CACHE, listar
from ..models import Alcance, RevisionDePrivilegios, RolDado, Territorio
from ..politica import alcance_de, manda_sobre, puede_dar_en

DURA_COMO_MUCHO = datetime.timedelta(days=366 * 4)


class PrivilegioError(ErrorDeDominio):
    """The right cannot be given or taken away by whoever asks."""


def exigir_dias(desde: datetime.date, hasta: datetime.date | None, hoy: datetime.date) -> None:
    if hasta and (hasta < desde or hasta < hoy):
        raise PrivilegioError("fechas", _("El último día no puede ser anterior al primero ni a hoy."))
    if hasta and hasta - desde > DURA_COMO_MUCHO:
        raise PrivilegioError("fechas", _("Elija un último día dentro de los próximos cuatro años."))


@otra_vez((Alcance, "alcance_vigente_unico"))
def dar_alcance(
    *,
    cuenta: Any,
    territorio: Territorio,
    desde: datetime.date,
    hasta: datetime.date | None,
    por: Any,
    ahora: datetime.datetime,
) -> Alcance:
    """Let an account coordinate a territory, between two days. Never one's own, nor at or above one's own reach.

    Given twice, it is one.
    """
    hoy = timezone.localdate(ahora)
    if not puede_dar_en(por, cuenta, territorio.pk, hoy=hoy):
        raise PrivilegioError("no_le_toca", _("Puede dar territorios que estén por debajo del suyo, y a otra persona."))
    if not cuenta.is_active:
        raise PrivilegioError("cuenta_cerrada", _("Esa cuenta está desactivada."))
    exigir_dias(desde, hasta, hoy)
    ya = Alcance.objects.filter(cuenta_id=cuenta.pk, territorio=territorio, rol=Alcance.Rol.COORDINACION, desde=desde)
    if hecho := ya.filter(hasta=hasta).first():
        return hecho
    if Alcance.objects.filter(cuenta_id=cuenta.pk, territorio=territorio, hasta__isnull=True).exists():
        raise PrivilegioError("ya_lo_tiene", _("Esa cuenta ya coordina ese territorio, sin último día."))
    dado = Alcance.objects.create(cuenta_id=cuenta.pk, territorio=territorio, desde=desde, hasta=hasta)
    _anotar("instancias.dar_alcance", cuenta, por, dado)
    return dado


@transaction.atomic
def retirar_alcance(*, alcance_id: int, por: Any, ahora: datetime.datetime) -> bool:
    """Take a territory away from today on, and close what its account had open. Whether there was one to take."""
    hoy = timezone.localdate(ahora)
    dado = Alcance.objects.select_for_update(of=("self",)).select_related("cuenta").filter(pk=alcance_id).first()
    if dado is None or (dado.hasta and dado.hasta < hoy):
        return False
    if not manda_sobre(por, dado.cuenta, hoy=hoy):
        raise PrivilegioError("no_le_toca", _("Esa cuenta no está a su cargo."))
    _anotar("instancias.retirar_alcance", dado.cuenta, por, dado)
    if dado.desde >= hoy:
        dado.delete()
    else:
        dado.hasta = hoy - datetime.timedelta(days=1)
        dado.save(update_fields=["hasta"])
    cerrar_todas(dado.cuenta)
    return True


@transaction.atomic
def retirar_grupo(*, cuenta: Any, grupo: Any, por: Any, ahora: datetime.datetime) -> bool:
    """Take an account out of a group of the editor, begun or not. Only who administers, and never themselves."""
    if not por.is_superuser or por.pk == cuenta.pk:
        raise PrivilegioError("no_le_toca", _("Eso lo retira otra persona que administre el sitio."))
    con_dias = RolDado.objects.abiertos().filter(cuenta_id=cuenta.pk, grupo=grupo).update(terminado_en=ahora)
    if not con_dias and not cuenta.groups.filter(pk=grupo.pk).exists():
        return False
    cuenta.groups.remove(grupo)
    rastro.anotar_de_cuenta(
        accion="instancias.retirar_grupo", cuenta=cuenta, por=por, datos={"grupo": grupo.pk, "nombre": grupo.name}
    )
    cerrar_todas(cuenta)
    return True


@otra_vez((RevisionDePrivilegios, "anterior"), (RevisionDePrivilegios, "huella"))
def firmar_revision(*, vista: str, por: Any, ahora: datetime.datetime) -> RevisionDePrivilegios:
    """Sign what is listed now, if it is what the person had in front (``vista``). Nothing of it changes afterwards."""
    if not por.is_superuser:
        raise PrivilegioError("no_le_toca", _("La revisión la firma quien administra el sitio."))
    listado = por_firmar(por=por, ahora=ahora)
    if huella_de(listado) != vista:
        raise PrivilegioError("cambio", _("La lista cambió mientras la revisaba. Mírela otra vez y fírmela."))
    ahora = ahora.astimezone(datetime.UTC)
    ultima = RevisionDePrivilegios.objects.first()
    anterior = ultima.huella if ultima else ""
    sello = huella_de({"listado": listado, "por": por.pk, "en": ahora.isoformat(), "anterior": anterior})
    hecha = RevisionDePrivilegios.objects.create(
        firmada_por=por, firmada_en=ahora, listado=listado, anterior=anterior, huella=sello
    )
    rastro.anotar_de_cuenta(accion="instancias.firmar_revision", cuenta=por, datos={"huella": sello, "n": len(listado)})
    transaction.on_commit(lambda: cache.delete(CLAVE_DE_CACHE))
    return hecha


def por_firmar(*, por: Any, ahora: datetime.datetime) -> list[dict[str, Any]]:
    """What would be signed at this moment."""
    alcance = alcance_de(por, hoy=timezone.localdate(ahora))
    return [una.firma() for una in listar(por=por, alcance=alcance, ahora=ahora)]


def esta_entera(revision: RevisionDePrivilegios) -> bool:
    """Whether what is kept is what was signed."""
    sellado = {
        "listado": revision.listado,
        "por": revision.firmada_por_id,
        "en": revision.firmada_en.astimezone(datetime.UTC).isoformat(),
        "anterior": revision.anterior,
    }
    return huella_de(sellado) == revision.huella


def huella_de(datos: Any) -> str:
    plano = json.dumps(datos, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plano.encode()).hexdigest()


def _anotar(accion: str, cuenta: Any, por: Any, dado: Alcance) -> None:
    datos = {
        "territorio": dado.territorio_id,
        "rol": dado.rol,
        "desde": dado.desde.isoformat(),
        "hasta": dado.hasta.isoformat() if dado.hasta else None,
    }
    rastro.anotar_de_cuenta(accion=accion, cuenta=cuenta, por=por, datos=datos)
