"""The units of a course, written from its pages as published.

Whatever the door by which a part goes out of sight (editor, list, move, deletion, date, command, page API), it passes
by ``apartar``: what somebody under way still lacks is paused, and asked for until a person decides (``retiros``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import swapper
from django.db.models import QuerySet

from marco.preparadas import preparada

from .. import clases as registro
from .. import tiempo
from ..models import Avance, Unidad
from ..pasos import juntar
from .consecuencia import que_faltan

Page = swapper.load_model("wagtailcore", "Page")
Pagina = Any  # a page class of the host: swappable

CAMPOS = (
    "titulo",
    "modulo",
    "clave_del_modulo",
    "orden",
    "pasos",
    "ids_de_pasos",
    "segundos",
    "segundos_medidos",
    "se_mide_desde",
    "obligatoria",
    "asientos",
    "variante",
    "retirada_en",
    "retirada_por",
    "en_pausa",
    "decision",
    "pagina_recordada",
)


def poner_unidades(curso: Unidad, pagina: Pagina, ahora: datetime, por: Any, *, en_pausa: bool) -> bool:
    """Write the units of a course. Returns whether any came into sight or went out of it."""
    todas = unidades_de(curso=curso.pk)
    vistas = {unidad.pk for unidad in todas if unidad.retirada_en is None}
    ultimo = max((unidad.numero for unidad in todas), default=0)
    vueltas = _reconocer(todas, pagina)
    existentes: dict[int | None, Unidad] = {una.pagina_id: una for una in todas if una.pagina_id is not None}
    sin_pagina = [unidad for unidad in todas if unidad.pagina_id is None and unidad.retirada_en is None]
    sin_con_que: set[int] = set()
    publicadas = dict(_leer_paginas(pagina, sin_con_que))
    _fijar_lo_visto(existentes, publicadas)
    nuevas, cambiadas = [], {unidad.pk: unidad for unidad in vueltas}
    for pagina_id, (clase, datos) in publicadas.items():
        unidad = existentes.pop(pagina_id, None)
        if unidad is None:
            ultimo += 1
            recuerdo = {"pagina_id": pagina_id, "pagina_recordada": pagina_id}
            nuevas.append(Unidad(clase=clase, curso=curso, numero=ultimo, **recuerdo, **datos))
            continue
        if tiempo.es_otra(unidad.segundos, datos["segundos"]):
            datos |= {"segundos_medidos": None, "se_mide_desde": ahora}
        if _cambiar(unidad, datos):
            cambiadas[unidad.pk] = unidad
    _soltar([unidad.pagina_id for unidad in (*nuevas, *vueltas)], curso, ahora, por)
    ausentes = [*_los_que_salieron(existentes, pagina), *sin_pagina]
    salen = [unidad for unidad in ausentes if unidad.retirada_en is None]
    esperan = [una for una in salen if una.pagina_id in sin_con_que or not registro.esta_registrada(una.clase)]
    apartar([unidad for unidad in salen if unidad not in esperan], ahora, por, en_pausa=en_pausa)
    # Nobody took these away: they are published and wait for what they need, or for the app of their kind to be
    # back. They are asked for all the same.
    apartar(esperan, ahora, por, en_pausa=True)
    cambiadas.update({unidad.pk: unidad for unidad in ausentes})
    Unidad.objects.bulk_create(nuevas)
    Unidad.objects.bulk_update(cambiadas.values(), [*CAMPOS, "pagina"], batch_size=100)
    return bool(nuevas) or vistas != {unidad.pk for unidad in todas if unidad.retirada_en is None}


def _fijar_lo_visto(existentes: dict[int | None, Unidad], publicadas: dict[int, tuple[str, dict[str, Any]]]) -> None:
    """Write which steps were seen by who only has a number kept, before the steps of those units change."""
    cambian = {
        unidad.pk: unidad.ids_de_pasos
        for pagina_id, unidad in existentes.items()
        if pagina_id in publicadas and unidad.ids_de_pasos != publicadas[pagina_id][1]["ids_de_pasos"]
    }
    if not cambian:
        return
    sin_fijar = Avance.objects.filter(unidad__in=cambian, vistos="", paso__gt=0)
    for unidad_id, paso in sin_fijar.order_by().values_list("unidad", "paso").distinct():
        vistos = juntar(cambian[unidad_id][:paso])
        Avance.objects.filter(unidad=unidad_id, paso=paso, vistos="").update(vistos=vistos)


def _reconocer(todas: Iterable[Unidad], pagina: Pagina) -> list[Unidad]:
    """Give back their pages to the units whose page was moved away and is here again: same number, same evidence."""
    perdidas = {unidad.pagina_recordada: unidad for unidad in todas if unidad.pagina_id is None}
    perdidas.pop(None, None)
    if not perdidas:
        return []
    vueltas = [perdidas[pk] for pk in pagina.get_descendants().filter(pk__in=perdidas).values_list("pk", flat=True)]
    for unidad in vueltas:
        unidad.pagina_id = unidad.pagina_recordada
    return vueltas


def _soltar(paginas: list[int | None], curso: Unidad, ahora: datetime, por: Any) -> None:
    """Leave without page the units that other courses had of these. They keep the evidence, and remember the page."""
    if not paginas:
        return
    ajenas = list(Unidad.objects.filter(pagina__in=paginas).exclude(curso=curso))
    apartar([unidad for unidad in ajenas if unidad.retirada_en is None], ahora, por)
    for unidad in ajenas:
        unidad.pagina_id = None
    Unidad.objects.bulk_update(ajenas, [*CAMPOS, "pagina"])


def _los_que_salieron(ausentes: dict[int | None, Unidad], pagina: Pagina) -> list[Unidad]:
    """Return the units whose page is not published here any more. Those whose page is not even here let go of it."""
    if not ausentes:
        return []
    adentro = set(pagina.get_descendants().filter(pk__in=list(ausentes)).values_list("pk", flat=True))
    for unidad in ausentes.values():
        if unidad.pagina_id not in adentro:
            unidad.pagina_id = None
    return [unidad for unidad in ausentes.values() if unidad.retirada_en is None or unidad.pagina_id is None]


def _cambiar(unidad: Unidad, datos: dict[str, Any]) -> bool:
    """Set the fields and say whether any was different."""
    antes = {campo: getattr(unidad, campo) for campo in datos}
    for campo, valor in datos.items():
        setattr(unidad, campo, valor)
    return antes != datos


@preparada
def unidades_de(*, curso: int) -> QuerySet[Unidad]:
    """Those of a course, in its order."""
    return Unidad.objects.filter(curso=curso).order_by("orden", "pk")


@preparada
def paginas_de_adentro(*, camino: str, hondo: int) -> QuerySet[Any]:
    """What hangs from a page of the tree, in its order."""
    de_adentro = Page.objects.filter(path__startswith=camino, depth__gt=hondo).order_by("path")
    return de_adentro.values_list("pk", "path", "title", "live")


def _leer_paginas(pagina: Pagina, sin_con_que: set[int]) -> Iterator[tuple[int, tuple[str, dict[str, Any]]]]:
    """Yield each published unit below a course, in the order of the tree, with what the unit keeps of it.

    ``sin_con_que`` receives the pages that are published and lack what they need to be done.
    """
    de_adentro = paginas_de_adentro(camino=pagina.path, hondo=pagina.depth)
    arbol = {path: (pk, titulo, live) for pk, path, titulo, live in de_adentro}
    encontradas: list[tuple[str, Any, registro.ClaseDeUnidad]] = []
    for clase in registro.clases():
        for hoja in clase.paginas().descendant_of(pagina):
            if clase.se_puede_hacer(hoja):
                encontradas.append((hoja.path, hoja, clase))
            else:
                sin_con_que.add(hoja.pk)
    orden = 0
    for path, hoja, clase in sorted(encontradas, key=lambda tupla: tupla[0]):
        arriba = [arbol[path[:n]] for n in range(len(pagina.path) + pagina.steplen, len(path), pagina.steplen)]
        if not all(live for _pk, _titulo, live in arriba):
            continue
        orden += 1
        yield (
            hoja.pk,
            (
                clase.clase,
                {
                    "titulo": hoja.title,
                    "modulo": arriba[-1][1] if arriba else "",
                    "clave_del_modulo": arriba[-1][0] if arriba else 0,
                    "orden": orden,
                    "pasos": clase.pasos(hoja),
                    "ids_de_pasos": clase.ids_de_pasos(hoja),
                    "segundos": clase.segundos(hoja),
                    "obligatoria": clase.obligatoria(hoja),
                    "asientos": clase.asientos(hoja),
                    "variante": clase.variante(hoja),
                    "retirada_en": None,
                    "retirada_por_id": None,
                    "en_pausa": False,
                    "decision_id": None,
                },
            ),
        )


def apartar(unidades: Collection[Unidad], ahora: datetime, por: Any, *, en_pausa: bool = False) -> None:
    """Take units out of sight. Whoever calls holds the rows of their courses, and saves them.

    The one place where a part stops being seen, and so the one where it is paused: nobody finishes by accident.
    """
    de_cursos = {unidad.curso_id for unidad in unidades if unidad.curso_id}
    en_manos = set() if en_pausa else que_faltan([unidad.pk for unidad in unidades], cursos=de_cursos)
    for unidad in unidades:
        unidad.retirada_en, unidad.retirada_por, unidad.decision = ahora, por, None
        unidad.en_pausa = unidad.curso_id is not None and (en_pausa or unidad.pk in en_manos)
