"""The work on a long list: asked for in a page, done by lots in the background, stopped, and gone on with.

Whatever falls or is closed, the list itself says where it was. One worker at a time holds its turn, and keeps it by
giving signs of life; each lot is a transaction that checks the turn first, so that no two of them do the same rows.
"""

from __future__ import annotations

import datetime
import uuid
from time import monotonic
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import Ocupada
from marco.solo_lectura import seguir_si_se_guarda

from ...models import ImportacionDePadron
from ...politica import AlcanceEfectivo, alcance_de
from ..deshacer.consecuencia import se_puede_deshacer
from ..guardado.aplicar import cerrar_si_no_queda
from ..planes.renglones import LOTE, abierta, empezar
from ..revision.banco import es_de_su_ambito, exigir_ambito
from .obreros import OBREROS, Obrero
from .respiro import Respiro

Fase = ImportacionDePadron.Fase
SEGUNDOS = 60  # of one run: the queue has other things to do
SEGUNDOS_EN_LA_PAGINA = 8  # of a run that somebody waits for: less than what a server gives a request
SIN_SENALES = datetime.timedelta(seconds=90)  # after which whoever had the turn is taken for dead
CAIDAS = 3  # workers that fell at the same row before it is left to somebody, as with what fails each time
SIN_NADIE = datetime.timedelta(seconds=8)  # after which nobody seems to have come for it
DE_TRABAJO = ("fase", "hechas", "total", "turno", "detenida", "latido_en")


@transaction.atomic
def pedir_guardar(*, importacion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """Leave a long list to be saved. Raises what ``renglones.abierta`` raises, and ``fuera_de_alcance``."""
    importacion = abierta(importacion_id, ahora)
    exigir_ambito(importacion, alcance)
    empezar(importacion, Fase.GUARDAR, por=por, ahora=ahora)


@transaction.atomic
def pedir_deshacer(*, importacion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """Leave a long list to be taken back. Raises ``no_se_deshace`` and ``fuera_de_alcance``."""
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    exigir_ambito(importacion, alcance)
    if importacion.fase or not se_puede_deshacer(importacion):
        raise ErrorDeDominio("no_se_deshace", _("Esta lista ya se deshizo, o no guardó nada."))
    empezar(importacion, Fase.DESHACER, por=por, ahora=ahora)


@transaction.atomic
def detener(*, importacion_id: int, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> ImportacionDePadron:
    """Stop after the lot under way. What was saved stays, its rest waits at the bench, and what was read goes on later.

    What is being taken back goes on later too; if nothing of it was yet, it stays saved. Once it is over, nothing
    happens. Raises ``fuera_de_alcance``.
    """
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    exigir_ambito(importacion, alcance)
    if importacion.fase == Fase.DESHACER and not importacion.hechas:
        importacion.fase, importacion.turno, importacion.detenida = Fase.NINGUNA, "", False
    elif importacion.fase in (Fase.LEER, Fase.REVISAR, Fase.DESHACER):
        importacion.detenida, importacion.turno = True, ""
    elif importacion.fase == Fase.GUARDAR:
        importacion.fase, importacion.turno = Fase.NINGUNA, ""
        cerrar_si_no_queda(importacion, ahora)
    importacion.save(update_fields=DE_TRABAJO)
    return importacion


@transaction.atomic
def seguir(*, importacion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """Go on with what was stopped, in the name of whoever says so. Raises ``fuera_de_alcance``."""
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    exigir_ambito(importacion, alcance)
    if importacion.fase and importacion.detenida:
        importacion.detenida, importacion.pedida_por, importacion.latido_en = False, por, ahora
        importacion.save(update_fields=["detenida", "pedida_por", "latido_en"])


def sin_nadie(importacion: ImportacionDePadron, ahora: datetime.datetime) -> bool:
    """Whether the work of a list waits and nobody is at it."""
    if not importacion.fase or importacion.detenida or importacion.latido_en is None:
        return False
    return importacion.latido_en <= ahora - (SIN_SENALES if importacion.turno else SIN_NADIE)


def por_seguir(*, ahora: datetime.datetime) -> list[int]:
    """The lists whose work was left behind: by a queue out of reach, or by a worker that fell."""
    caidas = Q(turno="", latido_en__lte=ahora - SIN_NADIE) | Q(latido_en__lte=ahora - SIN_SENALES)
    con_trabajo = ImportacionDePadron.objects.exclude(fase=Fase.NINGUNA).filter(caidas, detenida=False)
    return list(con_trabajo.order_by("latido_en").values_list("pk", flat=True))


def avanzar(*, importacion_id: int, segundos: float = SEGUNDOS, lote: int = LOTE) -> bool:
    """Do lots of a list until there are none, it is stopped, or the time is over. Return whether there is more to do.

    Whoever finds somebody else at it does nothing. Raises ``EnPausa`` once the site only reads: it waits where it is.
    """
    fin, turno = monotonic() + segundos, _tomar_turno(importacion_id)
    if not turno:
        return False
    try:
        while _hacer_una_fase(importacion_id, turno, fin, lote):
            if monotonic() >= fin:
                return _soltar(importacion_id, turno)
            seguir_si_se_guarda()
    except (OperationalError, Ocupada):
        _soltar(importacion_id, turno)  # the base is busy: the same lot can be done later
        raise
    except Exception:
        # It would fail again and again: it waits for somebody, and the page says so.
        suya = ImportacionDePadron.objects.filter(pk=importacion_id, turno=turno)
        suya.filter(fase=Fase.DESHACER, hechas=0).update(turno="", fase=Fase.NINGUNA)  # nothing of it was done
        suya.update(turno="", detenida=True)
        raise
    return False


def _tomar_turno(importacion_id: int) -> str:
    """Take the turn of a list, if nobody alive has it; what the database updates is what one alone gets."""
    ahora = timezone.now()
    libre = Q(turno="") | Q(latido_en__isnull=True) | Q(latido_en__lte=ahora - SIN_SENALES)
    con_trabajo = ImportacionDePadron.objects.exclude(fase=Fase.NINGUNA).filter(libre, detenida=False)
    vista = con_trabajo.filter(pk=importacion_id).first()
    if vista is None:
        return ""
    suya = con_trabajo.filter(pk=importacion_id, turno=vista.turno)
    donde = f"{vista.fase[:1]}{vista.hechas}"
    caidas = _caidas(vista.turno, donde)
    if caidas >= CAIDAS:
        suya.filter(fase=Fase.DESHACER, hechas=0).update(turno="", fase=Fase.NINGUNA)
        suya.update(turno="", detenida=True)
        return ""
    turno = f"{caidas}-{donde}-{uuid.uuid4().hex[:16]}"
    return turno if suya.update(turno=turno, latido_en=ahora) else ""


def _caidas(turno: str, donde: str) -> int:
    """How many workers fell one after another at the same row: the turn of one that fell is still there and says so."""
    cuantas, _raya, resto = turno.partition("-")
    return int(cuantas) + 1 if resto.rpartition("-")[0] == donde and cuantas.isdigit() else 0


def _soltar(importacion_id: int, turno: str) -> bool:
    suya = ImportacionDePadron.objects.filter(pk=importacion_id, turno=turno)
    return bool(suya.update(turno="", latido_en=timezone.now()))


def _hacer_una_fase(importacion_id: int, turno: str, fin: float, lote: int) -> bool:
    """Do lots of one phase. Return whether there is more: of this one when the time is over, or another phase."""
    importacion = ImportacionDePadron.objects.select_related("pedida_por", "subida_por").get(pk=importacion_id)
    if importacion.turno != turno or not importacion.fase or importacion.detenida:
        return False
    alcance, ahora = _alcance_de(importacion), timezone.now()
    if not es_de_su_ambito(importacion, alcance):
        raise ErrorDeDominio("fuera_de_alcance", _("Esa lista es de otro territorio."))
    fase = importacion.fase
    obrero: Obrero = OBREROS[fase](importacion, alcance, ahora, lote)
    respiro = Respiro()
    while True:
        obrero.preparar()
        respiro.antes()
        with transaction.atomic():
            importacion = ImportacionDePadron.objects.select_for_update(of=("self",)).get(pk=importacion_id)
            if importacion.turno != turno or importacion.fase != fase or importacion.detenida:
                return False
            siguiente = obrero.hacer(importacion)
            importacion = _anotar(importacion, siguiente, obrero.despues)
        respiro.despues()
        if importacion.fase != fase:
            return bool(importacion.fase)
        if monotonic() >= fin:
            return True
        seguir_si_se_guarda()


def _anotar(importacion: ImportacionDePadron, siguiente: int | None, despues: str) -> ImportacionDePadron:
    """Write how far it is. Of the last lot of a phase, what comes next."""
    importacion.hechas, importacion.latido_en = siguiente or 0, timezone.now()
    if siguiente is None:
        importacion.fase = despues
        importacion.turno = importacion.turno if importacion.fase else ""
    importacion.save(update_fields=DE_TRABAJO)
    return importacion


def _alcance_de(importacion: ImportacionDePadron) -> AlcanceEfectivo:
    """What whoever asked for the work may reach today; of a list that nobody brought, its own scope."""
    if importacion.pedida_por is None:
        return AlcanceEfectivo(tuple(importacion.ambito))
    return alcance_de(importacion.pedida_por, hoy=timezone.localdate())
