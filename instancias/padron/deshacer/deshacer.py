"""Undo a whole list: what it wrote goes, while nothing rests on it. What stays is said, by name and why.

A long one is undone by parts, each whole: all the rows of a person, and all those of a seat, at once. The list itself
says how far it is, so that whoever falls or stops leaves nothing half undone in silence.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.en_bloque import actualizar, borrar
from marco.errores import ErrorDeDominio

from ... import rastro
from ...acceso.services.enlaces import acabar_con_los_asientos
from ...models import Asiento, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from ...politica import AlcanceEfectivo
from ...services.turnos import devolver, quitar_personas_sin_nada
from ...signals import asientos_deshechos
from ..guardado.guardar import DE_PERSONA, LOTE, Hecho
from ..revision.banco import exigir_ambito
from .consecuencia import DESHECHA, Consecuencia, prever_de, se_puede_deshacer, terminadas_en

EN_PARTES = "deshaciendo"  # of the summary of a list: what was undone of it so far
DEVUELTAS_DE_UNA_VEZ = 100


class Hecha(NamedTuple):
    """A row that was saved, and what it wrote."""

    pk: int
    hecho: Hecho


@transaction.atomic
def deshacer(*, importacion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> Consecuencia:
    """Take back what a list wrote, once. Raises ``no_se_deshace`` and ``fuera_de_alcance``."""
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    exigir_ambito(importacion, alcance)
    if not se_puede_deshacer(importacion):
        raise ErrorDeDominio("no_se_deshace", _("Esta lista ya se deshizo, o no guardó nada."))
    que = deshacer_filas(importacion, por_deshacer(importacion), por=por, ahora=ahora)
    while deshacer_lo_demas(importacion, ahora=ahora):
        pass
    return que


def por_deshacer(importacion: ImportacionDePadron) -> list[Hecha]:
    """The saved rows of which something stands, in their order."""
    guardadas = importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).order_by("orden")
    return [Hecha(pk, hecho) for pk, hecho in guardadas.values_list("pk", "hecho").iterator() if DESHECHA not in hecho]


def en_partes(filas: Sequence[Hecha], lote: int) -> Iterator[list[Hecha]]:
    """Give the rows so many at a time, without parting those of one person nor those of one seat."""
    raices: dict[Hashable, Hashable] = {}

    def raiz(nudo: Hashable) -> Hashable:
        while (otro := raices.setdefault(nudo, nudo)) != nudo:
            raices[nudo] = raices[otro]
            nudo = otro
        return nudo

    for fila in filas:
        for cual in ("persona", "asiento"):
            if numero := fila.hecho.get(cual):
                raices[raiz((cual, numero))] = raiz(fila.pk)
    juntas: dict[Hashable, list[Hecha]] = {}
    for fila in filas:
        juntas.setdefault(raiz(fila.pk), []).append(fila)
    parte: list[Hecha] = []
    for grupo in juntas.values():
        if parte and len(parte) + len(grupo) > lote:
            yield parte
            parte = []
        parte += grupo
    if parte:
        yield parte


def deshacer_filas(
    importacion: ImportacionDePadron, filas: Sequence[Hecha], *, por: Any, ahora: datetime.datetime
) -> Consecuencia:
    """Take back what these rows wrote, and write in the list that it is no more."""
    hechos = [fila.hecho for fila in filas]
    personas = {hecho["persona"] for hecho in hechos if hecho.get("persona")}
    # Whoever opens a link at this moment waits, and is seen: they entered first, or there is no link any more.
    list(Persona.objects.select_for_update().filter(pk__in=personas).order_by("pk").values_list("pk"))
    que = prever_de(importacion, hechos)
    _retirar(que, ahora)
    for persona, antes in que.corregidas.values():
        for campo, valor in antes.items():
            setattr(persona, campo, valor)
    Persona.objects.bulk_update([uno for uno, _antes in que.corregidas.values()], DE_PERSONA, batch_size=LOTE)
    rastro.anotar_lineas(_lineas(que, importacion), por=por, ahora=ahora)
    if que.retiradas:
        sentadas = {m.persona_id for m in que.retiradas}
        asientos_deshechos.send(sender=Membresia, personas=list(sentadas), desde=que.desde or ahora, ahora=ahora)
    _limpiar(hechos, que)
    quedan = ((fila.pk, {DESHECHA: True, **_de_institucion(fila.hecho)}, None) for fila in filas)
    actualizar(FilaDePadron, ("hecho", "persona"), quedan)
    importacion.cesadas = [*importacion.cesadas, *terminadas_en(hechos)]
    _sumar(importacion, que)
    return que


def deshacer_lo_demas(importacion: ImportacionDePadron, *, ahora: datetime.datetime) -> bool:
    """With no row left to undo: give seats back, take institutions away, and say that it is over. A part at a time.

    Return whether there is more to do.
    """
    if cesadas := importacion.cesadas[:DEVUELTAS_DE_UNA_VEZ]:
        importacion.cesadas = importacion.cesadas[DEVUELTAS_DE_UNA_VEZ:]
        que = Consecuencia()
        que.cesadas = _devolver(que, cesadas)
        _sumar(importacion, que)
        return True
    con_institucion = importacion.filas.filter(hecho__has_key="institucion_nueva").order_by("orden")
    if filas := list(con_institucion.values_list("pk", "hecho__institucion_nueva")[:LOTE]):
        _borrar_libres(Institucion, {numero for _pk, numero in filas})
        actualizar(FilaDePadron, ("hecho",), ((pk, {DESHECHA: True}) for pk, _numero in filas))
        return True
    importacion.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
    importacion.filas.update(hecho={}, persona=None)
    importacion.estado, importacion.decidida_en = ImportacionDePadron.Estado.DESHECHA, ahora
    hecho = importacion.resumen.pop(EN_PARTES)
    importacion.resumen = {**importacion.resumen, "deshecho": hecho}
    importacion.save(update_fields=["estado", "decidida_en", "resumen"])
    return False


def _sumar(importacion: ImportacionDePadron, que: Consecuencia) -> None:
    """Write in the list what a part took back, and who stays and why."""
    van = importacion.resumen.get(EN_PARTES, {"quedan": []})
    cuentas = {
        "borradas": len(que.borradas),
        "retiradas": len(que.retiradas),
        "corregidas": len(que.corregidas),
        "devueltas": len(que.cesadas),
    }
    suma: dict[str, Any] = {cual: van.get(cual, 0) + n for cual, n in cuentas.items()}
    suma["quedan"] = [*van["quedan"], *([persona.pk, motivo] for persona, motivo in que.quedan)]
    importacion.resumen = {**importacion.resumen, EN_PARTES: suma}
    importacion.save(update_fields=["cesadas", "resumen"])


def _retirar(que: Consecuencia, ahora: datetime.datetime) -> None:
    """Memberships of who stays registered were never held; those of who goes are no more."""
    ayer = timezone.localdate(ahora) - datetime.timedelta(days=1)
    numeros = [m.pk for m in que.retiradas]
    retiradas = Membresia.objects.filter(pk__in=numeros)
    retiradas.update(hasta=F("desde"), motivo_de_cese=_("Se deshizo la lista"), cese_registrado_en=ahora)
    acabar_con_los_asientos(personas={m.persona_id for m in que.retiradas}, ultimo_dia=ayer, ahora=ahora)


def _limpiar(hechos: Sequence[Hecho], que: Consecuencia) -> None:
    """Take away the people and the seats that these rows brought, if nothing is left in them."""
    Membresia.objects.filter(pk__in=[m.pk for m in que.retiradas], persona__in=que.borradas).delete()
    quitar_personas_sin_nada(list(que.borradas))
    puestas = {hecho["asiento"]: hecho["institucion_puesta"] for hecho in hechos if "institucion_puesta" in hecho}
    abiertos = {hecho["asiento"] for hecho in hechos if hecho.get("asiento_nuevo")}
    en_uso = Membresia.objects.filter(asiento__in=abiertos | puestas.keys()).exclude(hasta=F("desde"))
    vigentes = set(en_uso.values_list("asiento_id", flat=True))
    abiertos -= vigentes
    Membresia.objects.filter(asiento__in=abiertos, pk__in=[m.pk for m in que.retiradas]).delete()
    _borrar_libres(Asiento, abiertos)
    de_antes = Asiento.objects.filter(pk__in=puestas.keys() - vigentes).values_list("pk", "institucion")
    siguen = [pk for pk, institucion in de_antes if institucion == puestas[pk]]
    Asiento.objects.filter(pk__in=siguen).update(institucion=None)


def _de_institucion(hecho: Hecho) -> Hecho:
    """What is looked at when no row is left: an institution may be of the seats of several."""
    return {"institucion_nueva": hecho["institucion_nueva"]} if "institucion_nueva" in hecho else {}


def _borrar_libres(modelo: Any, numeros: Iterable[int]) -> None:
    """Delete those that nothing points at. One statement for each relation, however many rows."""
    libres = set(numeros)
    for relacion in modelo._meta.related_objects if libres else ():
        campo = relacion.field
        usados = relacion.related_model._base_manager.filter(**{f"{campo.name}__in": libres})
        libres -= set(usados.values_list(campo.attname, flat=True))
    borrar(modelo, libres)


def _devolver(que: Consecuencia, cesadas: Iterable[list[Any]]) -> list[list[Any]]:
    """Give their seat back to those whom the list took it from, unless somebody else has it now."""
    devueltas = []
    for cesada in cesadas:
        try:
            with transaction.atomic():
                devolver(terminadas=[cesada], creadas=[])
            devueltas.append(cesada)
        except (ErrorDeDominio, ProtectedError):
            if membresia := Membresia.objects.filter(pk=cesada[0]).select_related("persona").first():
                que.quedan.append((membresia.persona, _("su asiento ya cambió otra vez")))
    return devueltas


def _lineas(que: Consecuencia, importacion: ImportacionDePadron) -> Iterable[rastro.Linea]:
    de_esta = {"importacion": importacion.pk}
    for membresia in que.retiradas:
        yield "instancias.deshacer_lista", membresia.persona, {"membresia": membresia.pk, **de_esta}
    for persona, antes in que.corregidas.values():
        yield "instancias.deshacer_lista", persona, {"campos": sorted(antes), **de_esta}
