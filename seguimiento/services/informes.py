"""Reports are saved, copied and deleted. What they say is read each time; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from instancias.politica import AlcanceEfectivo
from marco.restricciones import choco_con

from ..consultas.informes import informes_de, puede_cambiar
from ..informes.definicion import Definicion
from ..informes.preparar import InformeError
from ..informes.reglas import faltas
from ..models import Informe

MAXIMO_POR_CUENTA = 60
UNICO = (Informe, "informe_nombre_unico_en_su_cuenta")


def guardar_informe(
    *, pedida: Definicion, de_todos: bool, por: Any, alcance: AlcanceEfectivo, informe: Informe | None = None
) -> Informe:
    """Save a report, new or changed. Raises ``fuera_de_alcance``, ``no_se_puede``, ``muchos`` and ``repetido``."""
    _exigir(alcance)
    if mal := faltas(pedida):
        raise InformeError("no_se_puede", mal[0][1])
    if pedida.territorio and not alcance.cubre(pedida.territorio):
        raise InformeError("fuera_de_alcance", _("Ese lugar no es de su zona. Elija otro de la lista."))
    if informe is None and Informe.objects.filter(cuenta=por).count() >= MAXIMO_POR_CUENTA:
        raise InformeError("muchos", _("Ya guardó 60 informes. Borre alguno que no use."))
    if informe is not None and not puede_cambiar(informe, por, alcance):
        raise InformeError("fuera_de_alcance", _("Este informe lo guardó otra persona. Cópielo para cambiarlo."))
    informe = informe or Informe(cuenta=por)
    informe.nombre, informe.definicion, informe.de_todos = pedida.nombre, pedida.a_json(), de_todos
    informe.ambito = list(alcance.prefijos)
    return _guardar(informe, por)


def _guardar(informe: Informe, por: Any) -> Informe:
    try:
        with transaction.atomic():
            informe.save()
    except IntegrityError as error:
        if not choco_con(error, UNICO):
            raise
        frase = _("Ya tiene un informe con ese nombre: «%(nombre)s». Escriba otro.") % {"nombre": informe.nombre}
        raise InformeError("repetido", frase) from error
    _anotar("seguimiento.guardar_informe", informe.pk, por)
    return informe


def copiar_informe(*, pedida: Definicion, por: Any, alcance: AlcanceEfectivo) -> Informe:
    """A copy of one's own, of any report that one sees. Its name says that it is a copy."""
    _exigir(alcance)
    suyos = {uno.nombre for uno in informes_de(por, alcance) if uno.cuenta_id == por.pk}
    base, numero = (_("%(nombre)s (copia)") % {"nombre": pedida.nombre})[:76], 2
    nombre = base
    while nombre in suyos:
        nombre, numero = f"{base} {numero}", numero + 1
    return guardar_informe(pedida=pedida.con_nombre(nombre), de_todos=False, por=por, alcance=alcance)


@transaction.atomic
def borrar_informe(*, informe: Informe, por: Any, alcance: AlcanceEfectivo) -> None:
    """Delete a report; what it counted stays where it was. Raises ``fuera_de_alcance``."""
    _exigir(alcance)
    if not puede_cambiar(informe, por, alcance):
        raise InformeError("fuera_de_alcance", _("Este informe lo guardó otra persona: usted no puede borrarlo."))
    numero = informe.pk
    informe.delete()
    _anotar("seguimiento.borrar_informe", numero, por)


def anotar_salida(*, nombre: str, formato: str, filas: int, por: Any) -> None:
    """Leave a trace of a file that goes out: which, how long, and who took it."""
    log(
        instance=por,
        action="seguimiento.sacar_informe",
        user=por,
        title=f"{por._meta.verbose_name} {por.pk}",
        data={"informe": nombre, "formato": formato, "filas": filas},
    )


def _exigir(alcance: AlcanceEfectivo) -> None:
    if not alcance.puede_gestionar:
        raise InformeError("fuera_de_alcance", _("Hoy no tiene un lugar a su cargo."))


def _anotar(accion: str, numero: int, por: Any) -> None:
    log(instance=por, action=accion, user=por, title=f"{por._meta.verbose_name} {por.pk}", data={"informe": numero})
