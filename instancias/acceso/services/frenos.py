"""Brakes against guessing, in layers, kept in the database: by account and address together, by each, by key.

The rule is in ``acceso.topes``. A room of forty people behind one address enters; one key tried on every account of
that address does not, nor one account from everywhere. Whoever is right gives back what their wrong tries took.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from marco.preparadas import cambio_preparado, preparada
from marco.restricciones import Ocupada

from ...models import FrenoDeEntrada
from ..topes import DE_UNA_CLAVE, ESPERA_MAXIMA, LIBRES, NADA, OLVIDO, Estado, Intento, Tope, capas_de, espera_tras

__all__ = ["ESPERA_MAXIMA", "LIBRES", "DemasiadosIntentos", "Intento", "espera_tras", "soltar", "tomar_turno"]
VECES = 12
CAMPOS = ["fallos", "ultimo_en", "espera_hasta"]


class DemasiadosIntentos(ErrorDeDominio):
    """Wait, or ask for a link. ``cuanto``: the minutes of one's own line; of the brakes of many, no number."""

    def __init__(self, falta: datetime.timedelta = NADA) -> None:
        minutos = -(-falta // datetime.timedelta(minutes=1))
        en_palabras = ngettext("%(n)d minuto", "%(n)d minutos", minutos) % {"n": minutos}
        self.cuanto = en_palabras if minutos else _("unos minutos")
        oficina = AjustesDelAula.actuales().la_oficina
        mensaje = _("Por seguridad, espere %(cuanto)s o pida un enlace nuevo %(a_la_oficina)s.")
        super().__init__("espere", mensaje % {"cuanto": self.cuanto, "a_la_oficina": oficina.al})


def tomar_turno(intento: Intento, *, ahora: datetime.datetime) -> None:
    """Count one try before it is made, in every layer, so that a hundred at once count as a hundred.

    Raises DemasiadosIntentos when one of them is full; waiting tries are not counted, and write nothing.
    """
    capas = _huellas(intento)
    _contar(capas, frenos_de(con_llave=False, **_valores(capas)), ahora)
    for _vez in range(VECES):
        with transaction.atomic():
            vacias = [FrenoDeEntrada(huella=huella, ultimo_en=ahora) for huella in sorted(capas)]
            FrenoDeEntrada.objects.bulk_create(vacias, ignore_conflicts=True)
            filas = frenos_de(con_llave=True, **_valores(capas))
            # One that was right at this very moment may have taken its row away.
            if len(filas) == len(capas):
                _guardar(_contar(capas, filas, ahora))
                return
    raise Ocupada


@transaction.atomic
def soltar(intento: Intento) -> None:
    """One try was right: forget those of this account from here, and give back what they took of the other layers."""
    capas = _huellas(intento)
    propia, *otras = capas
    filas = {fila.huella: fila for fila in frenos_de(con_llave=True, **_valores(capas))}
    suyos = 0
    if propia in filas:  # else, another that was right at this very moment gave back what they all took
        suyos = min(filas[propia].fallos, LIBRES + 1)
        filas[propia].delete()
    for huella in otras:
        if fila := filas.get(huella):
            # Of the right key, only this very try: the others were of other keys.
            _escribir(fila, capas[huella].devolver(_leer(fila), 1 if capas[huella] is DE_UNA_CLAVE else suyos))
    quedan = [filas[huella] for huella in otras if huella in filas and filas[huella].fallos]
    _guardar(quedan)
    vacias = [filas[huella].pk for huella in otras if huella in filas and not filas[huella].fallos]
    if vacias:
        FrenoDeEntrada.objects.filter(pk__in=vacias).delete()


def borrar_viejos(*, ahora: datetime.datetime) -> int:
    """Remove the rows that no longer slow anybody; return how many."""
    borrados, _por_modelo = FrenoDeEntrada.objects.filter(ultimo_en__lt=ahora - OLVIDO).delete()
    return borrados


def marca_de(secreto: str) -> str:
    """Twelve bits of what was typed: enough to see the same one come again, too few to find it from here."""
    return salted_hmac("instancias.frenos.clave", secreto, algorithm="sha256").hexdigest()[:3]


def _huellas(intento: Intento) -> dict[str, Tope]:
    """The rows of a try, by a keyed digest: the database names nobody. The first one is its own."""
    return {
        salted_hmac("instancias.frenos", f"{intento.proposito}\n{capa}".casefold(), algorithm="sha256").hexdigest(): t
        for capa, t in capas_de(intento).items()
    }


def _valores(capas: Iterable[str]) -> dict[str, str]:
    return {f"h{n}": huella for n, huella in enumerate(capas)}


@preparada
def frenos_de(*, con_llave: bool, **huellas: str) -> QuerySet[FrenoDeEntrada]:
    """The rows of some digests. One order for everybody: two tries at once wait for each other's and never cross."""
    filas = FrenoDeEntrada.objects.filter(huella__in=list(huellas.values())).order_by("huella")
    return filas.select_for_update() if con_llave else filas


@cambio_preparado
def frenos_contados(**valores: Any) -> tuple[QuerySet[FrenoDeEntrada], dict[str, Any]]:
    """What each of some rows says from now on, in one statement: ``pk0``, ``fallos0``…, and so for each."""
    cuales = range(len(valores) // (1 + len(CAMPOS)))
    cambios = {}
    for campo in (FrenoDeEntrada._meta.get_field(nombre) for nombre in CAMPOS):
        suyos = (When(pk=valores[f"pk{n}"], then=Value(valores[f"{campo.name}{n}"], campo)) for n in cuales)
        caso = Case(*suyos, output_field=campo)
        cambios[campo.name] = Cast(caso, campo) if connection.features.requires_casted_case_in_updates else caso
    return FrenoDeEntrada.objects.filter(reduce(or_, (Q(pk=valores[f"pk{n}"]) for n in cuales))), cambios


def _guardar(filas: Sequence[FrenoDeEntrada]) -> None:
    if filas:
        campos = ("pk", *CAMPOS)
        frenos_contados(**{f"{campo}{n}": getattr(fila, campo) for n, fila in enumerate(filas) for campo in campos})


def _contar(capas: dict[str, Tope], filas: Iterable[FrenoDeEntrada], ahora: datetime.datetime) -> list[FrenoDeEntrada]:
    contados = [(fila, capas[fila.huella].contar(_leer(fila), ahora)) for fila in filas]
    frenan = [fila for fila, estado in contados if estado is None]
    if frenan:
        raise DemasiadosIntentos(max(capas[fila.huella].falta(_leer(fila), ahora) for fila in frenan))
    return [_escribir(fila, estado) for fila, estado in contados if estado]


def _leer(fila: FrenoDeEntrada) -> Estado:
    return Estado(fila.fallos, fila.ultimo_en, fila.espera_hasta)


def _escribir(fila: FrenoDeEntrada, estado: Estado) -> FrenoDeEntrada:
    fila.fallos, fila.ultimo_en, fila.espera_hasta = estado.fallos, estado.ultimo_en, estado.espera_hasta
    return fila
