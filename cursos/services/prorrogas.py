"""More days for a person or for a territory. Everything else asks ``Inscripcion.termino`` and ``ultimo_dia``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from instancias import rastro
from instancias.politica import alcance_de
from instancias.querysets import bajo
from marco.de_estos import DeEstos
from marco.motivos import leer_motivo
from marco.restricciones import choco_con

from ..consultas.acceso import no_se_da_nada
from ..errores import CursoError
from ..models import Edicion, Inscripcion, Prorroga

LO_MAS_LEJOS = datetime.timedelta(days=366)
UNA_VEZ = ((Prorroga, "prorroga_de_persona_una_vez"), (Prorroga, "prorroga_de_territorio_una_vez"))


def dar_prorroga_a_persona(
    *, inscripcion: Inscripcion, hasta: datetime.date | None, motivo: str, por: Any, ahora: datetime.datetime
) -> bool:
    """Let a person go on until a day, that one included. Returns whether it is new: asked twice, it is given once.

    Raises ``a_si_misma``, ``fuera_de_alcance``, ``ya_termino``, ``inscripcion_retirada`` and what ``_comprobar``
    raises.
    """
    if por is not None and inscripcion.persona.cuenta_id == por.pk:
        raise CursoError("a_si_misma", _("No puede darse más plazo: pídalo a otra persona que coordine."))
    _exigir_persona(inscripcion.persona_id, por=por, ahora=ahora)
    if inscripcion.retirada_en is not None:
        raise CursoError("inscripcion_retirada", _("Su inscripción en este curso ya no está activa."))
    if inscripcion.estado == Inscripcion.Estado.TERMINADA:
        raise CursoError("ya_termino", _("Esa persona ya terminó el curso: no necesita más plazo."))
    datos = _comprobar(inscripcion.edicion, hasta, motivo, desde=inscripcion.ultimo_dia, ahora=ahora)
    datos |= {"edicion": inscripcion.edicion, "inscripcion": inscripcion, "por": por, "dada_en": ahora}
    with transaction.atomic():
        if nueva := _dar(datos):
            _rastro("cursos.dar_plazo", inscripcion, por, ahora)
    return nueva


def dar_prorroga_a_territorio(
    *,
    edicion: Edicion,
    territorio: str,
    hasta: datetime.date | None,
    motivo: str,
    por: Any,
    ahora: datetime.datetime,
    con_distritos: bool = False,
) -> bool:
    """The same for everybody whose enrolment is of that territory, and for who enrols there later.

    ``con_distritos``: of its districts as well, in one act that is taken back as one.

    Raises ``fuera_de_alcance`` and what ``_comprobar`` raises.
    """
    _exigir_territorio(territorio, por=por, ahora=ahora)
    datos = _comprobar(edicion, hasta, motivo, desde=edicion.termina, ahora=ahora)
    datos |= {"edicion": edicion, "territorio_id": territorio, "con_distritos": con_distritos}
    return _dar(datos | {"por": por, "dada_en": ahora})


@transaction.atomic
def retirar_prorroga(*, prorroga: Prorroga, por: Any, ahora: datetime.datetime) -> bool:
    """Take back more days given by mistake. What was done meanwhile stays. Returns whether it was still given.

    Raises ``fuera_de_alcance``.
    """
    if prorroga.inscripcion is None:
        _exigir_territorio(str(prorroga.territorio_id), por=por, ahora=ahora)
    else:
        _exigir_persona(prorroga.inscripcion.persona_id, por=por, ahora=ahora)
    _tomar()
    quitadas = Prorroga.objects.vigentes().filter(pk=prorroga.pk).update(retirada_en=ahora, retirada_por=por)
    if quitadas:
        _recalcular(prorroga)
        if prorroga.inscripcion:
            _rastro("cursos.quitar_plazo", prorroga.inscripcion, por, ahora)
    return bool(quitadas)


def _rastro(accion: str, inscripcion: Inscripcion, por: Any, ahora: datetime.datetime) -> None:
    rastro.cambio(accion=accion, personas=[inscripcion.persona_id], por=por, ahora=ahora)


def con_su_plazo(nuevas: Sequence[Inscripcion]) -> None:
    """Give enrolments just written the days that reach their territory. One statement where there are none.

    Only theirs are written: the others of the place have them already, and may be in the hands of somebody. Asked
    after theirs are written, so that whoever gives or takes back days meanwhile waits for them, or they for it.
    """
    lugares = {str(una.territorio_id) for una in nuevas}
    dadas = Prorroga.objects.vigentes().que_alcanzan(lugares).filter(edicion__in={una.edicion_id for una in nuevas})
    de = [una.persona_id for una in nuevas]
    for dada in {(una.edicion_id, una.territorio_id, una.con_distritos): una for una in dadas}.values():
        _recalcular(dada, de=de)


def _exigir_territorio(ubigeo: str, *, por: Any, ahora: datetime.datetime) -> None:
    """Raises ``fuera_de_alcance`` where the account does not answer for it. Without account, the site itself acts."""
    if por is not None and not alcance_de(por, hoy=timezone.localdate(ahora)).cubre(ubigeo):
        raise CursoError("fuera_de_alcance", _("Ese lugar no es de su zona."))


def _exigir_persona(persona: int, *, por: Any, ahora: datetime.datetime) -> None:
    """The same, for a person: whoever acts answers for their account today."""
    if por is None:
        return
    suyas = alcance_de(por, hoy=timezone.localdate(ahora)).personas_a_cargo()
    if not suyas.filter(pk=persona).exists():
        raise CursoError("fuera_de_alcance", _("Esa persona no es de su zona."))


def _tomar() -> None:
    """Nobody enrols until this transaction ends, and who was enrolling has ended. SQLite has one writer already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            donde = connection.ops.quote_name(Inscripcion._meta.db_table)
            cursor.execute(f"LOCK TABLE {donde} IN SHARE ROW EXCLUSIVE MODE")


def _dar(datos: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            _tomar()
            _recalcular(Prorroga.objects.create(**datos))
    except IntegrityError as error:
        if not choco_con(error, *UNA_VEZ):
            raise
        return False
    return True


def _recalcular(prorroga: Prorroga, *, de: Sequence[int] | None = None) -> None:
    """Write on each enrolment that it reaches the last of the days that it was given; ``de``, only of these people."""
    suyas: QuerySet[Inscripcion] = Inscripcion.objects.filter(edicion=prorroga.edicion_id)
    if prorroga.inscripcion_id:
        suyas = suyas.filter(pk=prorroga.inscripcion_id)
    elif prorroga.con_distritos:
        suyas = suyas.filter(bajo([str(prorroga.territorio_id)], "territorio__ubigeo"))
    else:
        suyas = suyas.filter(territorio=prorroga.territorio_id)
    if de is not None:
        suyas = suyas.filter(DeEstos("persona_id", de))
    su_lugar = ExpressionWrapper(OuterRef("territorio_id"), CharField())
    del_lugar = Q(territorio=OuterRef("territorio")) | Q(con_distritos=True, lugar__startswith=F("territorio_id"))
    dadas = (
        Prorroga.objects.vigentes()
        .alias(lugar=su_lugar)
        .filter(Q(inscripcion=OuterRef("pk")) | Q(edicion=OuterRef("edicion")) & del_lugar)
    )
    suyas.update(hasta=Subquery(dadas.order_by("-hasta").values("hasta")[:1]))


def _comprobar(
    edicion: Edicion,
    hasta: datetime.date | None,
    motivo: str,
    *,
    desde: datetime.date | None,
    ahora: datetime.datetime,
) -> dict[str, Any]:
    """Return the day and the reason as they are kept.

    Raises ``curso_retirado``, ``sin_ultimo_dia``, ``sin_dia``, ``dia_pasado``, ``no_es_mas``, ``muy_lejos``,
    ``mal_escrito`` and ``sin_motivo``.
    """
    if not edicion.curso.a_la_vista:
        raise CursoError("curso_retirado", no_se_da_nada(edicion.curso))
    hoy = timezone.localdate(ahora)
    if edicion.termina is None or desde is None:
        raise CursoError("sin_ultimo_dia", _("Esta edición no tiene último día: nadie necesita más plazo."))
    if hasta is None:
        raise CursoError("sin_dia", _("Elija hasta qué día."))
    dia = date_format(hasta)
    if hasta < hoy:
        raise CursoError("dia_pasado", _("El %(dia)s ya pasó. Elija un día desde hoy.") % {"dia": dia})
    if hasta < desde or hasta <= edicion.termina:
        mensaje = _("Ya puede seguir hasta el %(dia)s. Elija un día posterior.")
        raise CursoError("no_es_mas", mensaje % {"dia": date_format(desde)})
    if hasta > hoy + LO_MAS_LEJOS:
        raise CursoError("muy_lejos", _("El %(dia)s queda a más de un año. Revise el año.") % {"dia": dia})
    motivo = leer_motivo(motivo, falta=_("Escriba por qué da más plazo."), error=CursoError)
    return {"hasta": hasta, "motivo": motivo}
