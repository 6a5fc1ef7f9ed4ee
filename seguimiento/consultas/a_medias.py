"""Lists of people that are being saved or undone, by lots, each on its own: what is counted meanwhile is by half."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.translation import gettext as _

from instancias.models import FilaDePadron, ImportacionDePadron
from marco.errores import ErrorDeDominio

from .ambito import Ambito, interseccion
from .instantanea import instantanea

Fase = ImportacionDePadron.Fase
T = TypeVar("T")


class ListaAMedias(ErrorDeDominio):
    """Code: ``lista_a_medias``. Nothing of what was asked for is wrong: it waits until the list is whole."""

    def __init__(self, *, detenida: bool) -> None:
        if detenida:
            que = _("Una lista de personas de este lugar quedó a medias.")
            hacer = _("Siga con ella en «Subir una lista»; si ahí no la ve, pídalo a quien la subió.")
            despues = _("Después vuelva a intentarlo.")
        else:
            que, hacer = _("Ahora mismo se guarda o se deshace una lista de personas de este lugar."), ""
            despues = _("Espere unos minutos y vuelva a intentarlo.")
        self.por_que = " ".join(filter(None, (que, hacer)))
        super().__init__("lista_a_medias", f"{self.por_que} {despues}")


def lugares_a_medias() -> dict[str, bool]:
    """The places of those lists, and whether one of them stopped: of their rows, and of who uploaded one whose rows
    say none. Three statements at most.

    One that stopped by itself, or whose undoing somebody stopped, is as much by half as one under way, for as long as
    nobody goes on with it: also while the machine is off. Of one that somebody stops while it is saved, the rest goes
    back to the bench: what it saved is what there is, and it is not here.
    """
    listas = ImportacionDePadron.objects.filter(fase__in=[Fase.GUARDAR, Fase.DESHACER])
    detenidas: dict[int, bool] = {}
    lugares: dict[int, set[str]] = {}
    for pk, completas, detenida in listas.values_list("pk", "completa_para", "detenida"):
        lugares[pk], detenidas[pk] = set(completas), detenida
    if not lugares:
        return {}
    filas = FilaDePadron.objects.filter(importacion__in=lugares).exclude(estado=FilaDePadron.Estado.DEJADA)
    for pk, ubigeo in filas.exclude(territorio="").order_by().values_list("importacion_id", "territorio").distinct():
        lugares[pk].add(ubigeo)
    if sin_lugar := [pk for pk, suyos in lugares.items() if not suyos]:
        lugares |= {pk: set(suyos) for pk, suyos in listas.filter(pk__in=sin_lugar).values_list("pk", "ambito")}
    a_medias: dict[str, bool] = {}
    for pk, suyos in lugares.items():
        for ubigeo in suyos:
            a_medias[ubigeo] = a_medias.get(ubigeo, False) or detenidas[pk]
    return a_medias


def estan_a_medias(lugares: Iterable[str], a_medias: Iterable[str]) -> bool:
    """Whether some of those lists touch some of these places."""
    return bool(interseccion(lugares, a_medias))


def exigir_enteras(ambito: Ambito) -> None:
    """Raise ListaAMedias where what is counted of these places now would be of half a list."""
    suyos = ambito.limites
    a_medias = lugares_a_medias()
    if estan_a_medias(suyos, a_medias):
        raise ListaAMedias(detenida=any(a_medias[uno] for uno in a_medias if estan_a_medias(suyos, [uno])))


def contar_entera(ambito: Ambito, contar: Callable[[], T]) -> T:
    """What is to be kept for good: counted at one moment, and of no half list. Raises ListaAMedias.

    It is looked at before, because counting may cost much, and again in the moment that was counted.
    """
    exigir_enteras(ambito)
    with instantanea():
        contado = contar()
        exigir_enteras(ambito)
    return contado
