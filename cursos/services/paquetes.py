"""Receive what phones kept without signal: each packet once, whatever the network repeats, cuts or reorders."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from instancias import rastro
from instancias.models import Persona
from marco.en_bloque import insertar
from marco.errores import ErrorDeDominio
from marco.fallas import espera_de
from marco.preparadas import preparada
from marco.restricciones import otra_vez

from ..models import Paquete
from ..paquetes import Hecho, Llegado, clase_de

diario = logging.getLogger(__name__)
CAMPOS = (
    "identificador",
    "persona",
    "clase",
    "lugar",
    "huella",
    "estado",
    "motivo",
    "mensaje",
    "datos",
    "recibido_en",
)


@dataclass(frozen=True)
class Recibido:
    """What a phone is told of a packet. ``recibido_en`` is when it came the first time."""

    identificador: UUID
    hecho: Hecho
    recibido_en: datetime


def recibir(*, persona: Persona, llegados: Sequence[Llegado], ahora: datetime) -> list[Recibido]:
    """Apply what is new, in the order in which it came, and keep all of it. Repeated, it is told the same.

    All is one transaction. When something that no rule foresees fails, each packet goes alone, so that one keeps no
    other from arriving; what the machine or the database could not take is raised, and nothing of it is kept.
    """
    try:
        return _de_una_vez(persona=persona, llegados=llegados, ahora=ahora)
    except DatabaseError:
        raise
    except Exception as error:
        if espera_de(error):
            raise
        diario.exception("a packet failed")
    return [uno for llegado in llegados for uno in _solo(persona, llegado, ahora)]


def _solo(persona: Persona, llegado: Llegado, ahora: datetime) -> list[Recibido]:
    try:
        return _de_una_vez(persona=persona, llegados=[llegado], ahora=ahora)
    except DatabaseError:
        raise
    except Exception as error:
        if espera_de(error):
            raise
        diario.exception("a packet failed alone")
    hecho = Hecho("fallo", _("Algo falló de nuestro lado al aplicarlo."))
    return _de_una_vez(persona=persona, llegados=[llegado], ahora=ahora, ya_se_sabe=hecho)


@otra_vez((Paquete, "identificador"))
def _de_una_vez(
    *, persona: Persona, llegados: Sequence[Llegado], ahora: datetime, ya_se_sabe: Hecho | None = None
) -> list[Recibido]:
    unicos = list({uno.identificador: uno for uno in reversed(llegados)}.values())[::-1]
    ya = {uno.identificador: uno for uno in _los_que_estan([uno.identificador for uno in unicos])}
    recibidos = {clave: _repetido(persona, uno, ya[clave]) for uno in unicos if (clave := uno.identificador) in ya}
    nuevos = [uno for uno in unicos if uno.identificador not in ya]
    filas = []
    for _junta, grupo in groupby(nuevos, key=lambda uno: (uno.clase, uno.lugar, clase_de(uno.clase).junta(uno))):
        suyos = list(grupo)
        hechos = [ya_se_sabe] * len(suyos) if ya_se_sabe else _aplicar(persona, suyos, ahora)
        for llegado, hecho in zip(suyos, hechos, strict=True):
            filas.append(_fila(persona, llegado, hecho, ahora))
            recibidos[llegado.identificador] = Recibido(llegado.identificador, hecho, ahora)
    insertar(Paquete, CAMPOS, filas)
    return [recibidos[uno.identificador] for uno in unicos]


def _los_que_estan(identificadores: Sequence[UUID]) -> list[Paquete]:
    """Those that came before. As many places as the next power of two: few texts, whatever a phone sends."""
    if not identificadores:
        return []
    sobran = (1 << (len(identificadores) - 1).bit_length()) - len(identificadores)
    todos = [*identificadores, *[identificadores[-1]] * sobran]
    return llegados_antes(**{f"i{n}": uno for n, uno in enumerate(todos)})


@preparada
def llegados_antes(**identificadores: UUID) -> QuerySet[Paquete]:
    """The packets with these identifiers."""
    return Paquete.objects.filter(identificador__in=list(identificadores.values())).order_by()


def _aplicar(persona: Persona, llegados: list[Llegado], ahora: datetime) -> list[Hecho]:
    clase = clase_de(llegados[0].clase)
    if not clase.clave:
        mensaje = _("Lo envió una página que ya no se usa, o llegó dañado.")
        return [Hecho("ilegible", mensaje)] * len(llegados)
    try:
        with nullcontext() if clase.de_un_acto else transaction.atomic():
            return clase.aplicar(persona=persona, llegados=llegados, ahora=ahora)
    except ErrorDeDominio as error:
        mensaje = _("Esa parte ya no está a su nombre.") if error.codigo == "no_encontrado" else error.mensaje
        return [Hecho(error.codigo, mensaje)] * len(llegados)


def _fila(persona: Persona, llegado: Llegado, hecho: Hecho, ahora: datetime) -> tuple[Any, ...]:
    """The row of a packet, its ``CAMPOS`` in order."""
    return (
        llegado.identificador,
        persona.pk,
        llegado.clase,
        "/".join(str(uno) for uno in llegado.lugar),
        llegado.huella,
        Paquete.Estado.APLICADO if hecho.aplicado else Paquete.Estado.SIN_APLICAR,
        hecho.codigo,
        hecho.mensaje,
        None if hecho.aplicado else [list(par) for par in llegado.campos],
        ahora,
    )


def _repetido(persona: Persona, llegado: Llegado, previo: Paquete) -> Recibido:
    """An identifier that came before. Of somebody else, or with something else in it, it is another thing: refused."""
    if previo.persona_id != persona.pk or previo.huella != llegado.huella:
        hecho = Hecho("repetido_distinto", _("Ya había llegado otra cosa con el mismo número."))
        return Recibido(llegado.identificador, hecho, previo.recibido_en)
    return Recibido(llegado.identificador, Hecho(previo.motivo, previo.mensaje), previo.recibido_en)


@transaction.atomic
def anotar(*, paquete: Paquete, por: Any, ahora: datetime) -> bool:
    """Note that somebody saw what could not be applied, and did what had to be done. Once: returns whether it was."""
    pendiente = Paquete.objects.filter(pk=paquete.pk, estado=Paquete.Estado.SIN_APLICAR, anotado_en__isnull=True)
    if not pendiente.update(anotado_en=ahora, anotado_por=por):
        return False
    rastro.cambio(accion="cursos.anotar_paquete", personas=[paquete.persona_id], por=por, ahora=ahora)
    return True
