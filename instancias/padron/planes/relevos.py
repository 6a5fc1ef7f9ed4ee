"""Rows of a list that changes authorities: who is on the seat ends the day before, and it is said on each row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.textos import normalizar

from ...models import Asiento, Membresia, Persona
from ...services.turnos import Fin, Terminada, terminar, ultimo_dia_de

if TYPE_CHECKING:
    from ..interpretacion.leida import FilaLeida
    from .estado import Clave, Estado
    from .plan import FilaPlaneada


class Turno(NamedTuple):
    """A membership as the plan sees it; days in ISO form, an empty one is none."""

    membresia: int
    calidad: str
    documento: str
    desde: str
    hasta: str

    def llega_al(self, dia: str) -> bool:
        return not self.hasta or self.hasta >= dia


def asiento_que_releva(plan: FilaPlaneada, numeros: list[int], estado: Estado, instancia: int) -> Clave | None:
    """Which seat a row hands over: the one it numbers, the only one there is, or the one of its institution.

    None where nobody is ended: the seat is free, or it is already of the person of the row.
    """
    clave = _a_quien_toca(plan, numeros, estado, instancia)
    if clave is None or not (_que_llegan(estado, clave, plan.leida.desde) or clave in estado.de_la_lista):
        return None
    ya_es_suyo = estado.ocupantes(clave, plan.leida).get(plan.leida.calidad) == plan.leida.documento
    return None if ya_es_suyo else clave


def solo_abiertos(libres: list[Clave], leida: FilaLeida, estado: Estado) -> list[Clave]:
    """Who comes to a seat opens no other one where the table has some of the kind, unless an institution is named."""
    hay = any(clave[1] == leida.tipo and _es_de(clave, leida, estado) for clave in estado.abiertos)
    return [clave for clave in libres if clave in estado.abiertos] if hay and not leida.institucion else libres


def _es_de(clave: Clave, leida: FilaLeida, estado: Estado) -> bool:
    return clave[0] == estado.instancias[leida.territorio].pk


def _a_quien_toca(plan: FilaPlaneada, numeros: list[int], estado: Estado, instancia: int) -> Clave | None:
    leida = plan.leida
    claves = [(instancia, leida.tipo, numero) for numero in numeros]
    if len(claves) == 1:
        return claves[0]
    # Of somebody who already sits there in the other quality, their own seat.
    suyos = [c for c in claves if any(t.documento == leida.documento for t in _que_llegan(estado, c, leida.desde))]
    if suyos:
        return suyos[0]
    ocupados = [clave for clave in claves if _que_llegan(estado, clave, leida.desde)]
    de_su_institucion = [
        clave
        for clave in ocupados
        if leida.institucion
        and clave in estado.asientos
        and normalizar(estado.asientos[clave].institucion) == normalizar(leida.institucion)
    ]
    if len(de_su_institucion) == 1:
        return de_su_institucion[0]
    con_alguien = [
        clave for clave in ocupados if any(t.calidad == leida.calidad for t in _que_llegan(estado, clave, leida.desde))
    ]
    hay_vacios = any(clave in estado.abiertos and clave not in con_alguien for clave in claves)
    unico = con_alguien[0] if len(con_alguien) == 1 and not hay_vacios else None
    return unico if unico and not (leida.institucion and estado.asientos[unico].institucion) else None


def _que_llegan(estado: Estado, clave: Clave, dia: str) -> list[Turno]:
    return [turno for turno in estado.turnos.get(clave, ()) if turno.llega_al(dia)]


def relevar(plan: FilaPlaneada, clave: Clave, estado: Estado) -> bool:
    """Plan the row on a seat that is taken: who leaves, and from which other quality who enters. False: refused."""
    leida = plan.leida
    asiento = estado.asientos.get(clave)
    if asiento and asiento.estado == Asiento.Estado.NO_APLICA:
        plan.rechazar(_("Ese asiento no se usa en este lugar."), campo="asiento", codigo="asiento_no_aplica")
        return False
    de_esta = estado.de_la_lista.get(clave, {})
    if de_esta.get(leida.calidad, leida.documento) != leida.documento:
        rechazar_dos_veces(plan, clave, estado)
        return False
    if any(quien == leida.documento and calidad != leida.calidad for calidad, quien in de_esta.items()):
        frase = _("Esta lista ya da ese asiento a la misma persona con la otra calidad. Deje una sola fila.")
        plan.rechazar(frase, campo="calidad", codigo="con_la_otra_calidad")
        return False
    turnos = _que_llegan(estado, clave, leida.desde)
    salen = [t for t in turnos if t.calidad == leida.calidad]
    pasa_de = [t for t in turnos if t.calidad != leida.calidad and t.documento == leida.documento]
    hoy = timezone.localdate().isoformat()
    if pasado := next((t for t in salen if t.hasta and t.hasta < hoy), None):
        rechazar_por_dias(plan, pasado, estado)
        return False
    plan.asiento, plan.membresia_nueva = clave, True
    plan.terminan = tuple(t.membresia for t in (*salen, *pasa_de))
    for turno in salen:
        if turno.desde >= leida.desde:
            frase = _("Ya no empieza %(nombre)s, que iba a hacerlo el %(dia)s.")
            plan.detalles.append(frase % {"nombre": _nombre(turno, estado), "dia": _dia(turno.desde)})
        else:
            frase = _("Sale %(nombre)s: su último día es el %(dia)s.")
            plan.detalles.append(frase % {"nombre": _nombre(turno, estado), "dia": _dia(leida.desde, menos=1)})
    if pasa_de:
        frase = _("Pasa de %(antes)s a %(ahora)s.")
        plan.detalles.append(frase % {"antes": pasa_de[0].calidad, "ahora": leida.calidad})
    return True


def rechazar_dos_veces(plan: FilaPlaneada, clave: Clave, estado: Estado) -> None:
    """Hold a row of a seat that an earlier row of the list takes."""
    frase = _("Otra fila de esta lista ya da ese asiento a %(nombre)s. Deje una sola.")
    nombre = estado.nombre_de(estado.de_la_lista[clave][plan.leida.calidad])
    plan.rechazar(frase % {"nombre": nombre}, campo="asiento", codigo="asiento_dos_veces")


def rechazar_por_dias(plan: FilaPlaneada, pasado: Turno, estado: Estado) -> None:
    """Hold a row that begins before the last day of somebody who left: a seat has one holder each day."""
    frase = _("El asiento tuvo %(calidad)s hasta el %(dia)s: %(nombre)s. Escriba una fecha posterior.")
    frase %= {"calidad": pasado.calidad, "dia": _dia(pasado.hasta), "nombre": _nombre(pasado, estado)}
    siguiente = datetime.date.fromisoformat(pasado.hasta) + datetime.timedelta(days=1)
    plan.rechazar(frase, campo="desde", codigo="asiento_ocupado", propuestas=(siguiente.strftime("%d/%m/%Y"),))


def _nombre(turno: Turno, estado: Estado) -> str:
    return estado.nombre_de(turno.documento)


def _dia(iso: str, *, menos: int = 0) -> str:
    return date_format(datetime.date.fromisoformat(iso) - datetime.timedelta(days=menos))


def terminar_los_de(
    filas: Iterable[FilaPlaneada], *, ahora: datetime.datetime
) -> tuple[list[Terminada], list[tuple[Persona, int]]]:
    """End the memberships that these rows hand over. Five statements, or none.

    Returns how they were, and whose they are, each with the number of the membership.
    """
    de_quien: dict[int, tuple[datetime.date, str]] = {}
    for fila in filas:
        for numero in fila.terminan:
            de_quien.setdefault(numero, (datetime.date.fromisoformat(fila.leida.desde), fila.leida.documento))
    if not de_quien:
        return [], []
    suyas = Membresia.objects.filter(pk__in=de_quien)
    quienes = list(suyas.values_list("persona_id", flat=True))
    # As in «cesar»: whoever makes a link for them now waits, and counts with this end.
    list(Persona.objects.select_for_update().filter(pk__in=quienes).order_by("pk").values_list("pk"))
    membresias = suyas.select_related("persona").in_bulk()
    fines = [Fin(m, ultimo_dia_de(m, de_quien[pk][0])) for pk, m in membresias.items()]
    entran = {documento for _desde, documento in de_quien.values()}
    siguen = {m.persona_id for m in membresias.values() if m.persona.documento in entran}
    terminadas = terminar(fines=fines, siguen=siguen, ahora=ahora)
    return terminadas, [(membresia.persona, pk) for pk, membresia in membresias.items()]
