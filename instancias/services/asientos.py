"""Seats, one at a time: which may be taken, opening one that the norm allows, and whose institution it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.lineas import linea_limpia
from marco.textos import normalizar

from .. import rastro
from ..models import Asiento, Instancia, Institucion, Membresia, TipoDeAsiento
from ..politica import AlcanceEfectivo


def exigir_alcance(asiento: Asiento, alcance: AlcanceEfectivo) -> None:
    """Raise ``fuera_de_alcance`` when the seat lies elsewhere."""
    if not alcance.cubre(asiento.instancia.territorio_id):
        raise ErrorDeDominio("fuera_de_alcance", _("Ese asiento está fuera de su territorio."))


def asientos_ofrecidos(alcance: AlcanceEfectivo) -> list[Asiento]:
    """Return the seats that count in the scope and, unsaved, the next one of each kind that may still be opened.

    In the order of the norm, table by table. Three statements.
    """
    existentes = list(alcance.asientos().select_related("instancia__territorio", "tipo"))
    numeros: dict[tuple[int, int], set[int]] = {}
    for asiento in existentes:
        numeros.setdefault((asiento.instancia_id, asiento.tipo_id), set()).add(asiento.numero)
    tipos = list(TipoDeAsiento.objects.filter(hasta__isnull=True))
    por_abrir = [
        Asiento(instancia=instancia, tipo=tipo, numero=numero)
        for instancia in alcance.instancias().propias().select_related("territorio")
        for tipo in tipos
        if tipo.nivel == instancia.nivel
        and (numero := _siguiente(tipo, numeros.get((instancia.pk, tipo.pk), set()))) is not None
    ]
    ofrecidos = [a for a in existentes if a.estado == Asiento.Estado.EXIGIDO and a.instancia.es_propia] + por_abrir
    return sorted(ofrecidos, key=lambda a: (a.instancia.territorio_id, a.instancia_id, a.tipo.orden, a.numero))


def calidades_ocupadas(alcance: AlcanceEfectivo, instancia: Instancia | None = None) -> dict[int, set[str]]:
    """Return, by seat, in which qualities somebody holds it today. One statement."""
    vigentes = alcance.membresias().vigentes()
    if instancia is not None:
        vigentes = vigentes.filter(asiento__instancia=instancia)
    ocupadas: dict[int, set[str]] = {}
    for asiento, calidad in vigentes.order_by().values_list("asiento_id", "calidad"):
        ocupadas.setdefault(asiento, set()).add(calidad)
    return ocupadas


def _siguiente(tipo: TipoDeAsiento, usados: set[int]) -> int | None:
    return next((numero for numero in range(1, tipo.tope + 1) if numero not in usados), None)


@transaction.atomic
def abrir_asiento(*, asiento: Asiento, alcance: AlcanceEfectivo) -> Asiento:
    """Save a seat that the norm allows; one already open is returned as it is.

    Raises ``fuera_de_alcance`` and ``asiento_no_aplica``.
    """
    exigir_alcance(asiento, alcance)
    tipo, instancia = asiento.tipo, asiento.instancia
    permitido = tipo.nivel == instancia.nivel and tipo.hasta is None and 1 <= asiento.numero <= tipo.tope
    if not permitido or not instancia.es_propia:
        raise ErrorDeDominio("asiento_no_aplica", _("Ese asiento no se usa en este lugar."))
    return Asiento.objects.get_or_create(instancia=instancia, tipo=tipo, numero=asiento.numero)[0]


def _institucion(nombre: str, asiento: Asiento) -> Institucion | None:
    """Find an institution however its name is typed; make it when nobody has that name."""
    nombre = linea_limpia(nombre)
    if not normalizar(nombre):
        return None
    conocida = instituciones_por_nombre().get(normalizar(nombre))
    return conocida or Institucion.objects.get_or_create(nombre=nombre, defaults={"sector": asiento.tipo.sector})[0]


def completar_institucion(*, asiento: Asiento, nombre: str) -> None:
    """Say of which institution a seat is, where nobody had said it: as the sheet does, what was there stays."""
    if asiento.institucion_id is None and (institucion := _institucion(nombre, asiento)):
        asiento.institucion = institucion
        asiento.save(update_fields=["institucion"])


@transaction.atomic
def corregir_institucion(*, membresia: Membresia, nombre: str, alcance: AlcanceEfectivo, por: Any) -> None:
    """Say of which institution the seat of a person is, whatever it said before; empty takes it away.

    Raises ``fuera_de_alcance``.
    """
    asiento = membresia.asiento
    exigir_alcance(asiento, alcance)
    asiento.institucion = _institucion(nombre, asiento)
    asiento.save(update_fields=["institucion"])
    rastro.anotar(
        accion="instancias.corregir", persona=membresia.persona, por=por, datos={"institucion_del_asiento": asiento.pk}
    )


def instituciones_por_nombre() -> dict[str, Institucion]:
    """Return every institution by its comparable name. One statement."""
    return {normalizar(i.nombre): i for i in Institucion.objects.all()}
