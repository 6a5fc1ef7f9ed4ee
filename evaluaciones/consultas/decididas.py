"""How many chose what in each step that asks, for who writes the course: of five people or more (decision 35).

Only what each person chose the first time, before reading the answer, and up to a month that closed. What is told of a
month is followed by that of another one when whatever it tells changes by nothing or by five people or more.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from cursos.clases.leccion import CLAVE as LECCION
from cursos.decida import CLAVE as DECIDA
from cursos.decida import Planteo, planteo_de
from cursos.models import Leccion, Unidad
from marco.grupos import MINIMO, Contado, callar, se_puede_actualizar

from .. import tandas
from ..clases import clase_de
from ..models import Ensayo

Mes = datetime.date
BIEN, NO = "bien", "no"


@dataclass(frozen=True)
class Elegida:
    """An answer, and how many chose it; ``cuantas`` is None when it may not be told."""

    texto: str
    correcta: bool
    cuantas: Contado


@dataclass(frozen=True)
class Decidida:
    """A step that asks, with what people chose in it."""

    leccion: str
    pregunta: str
    personas: int
    elegidas: tuple[Elegida, ...]


def decididas(curso: Unidad, *, edicion: int, dia: datetime.date) -> list[Decidida]:
    """Return what was chosen in each step of a course, in order. Three statements, however many people or steps.

    Of everybody in an edition: answers of a closed month are always the same, whoever joins later.
    """
    por_paso = _por_paso(edicion, dia)
    if not por_paso:
        return []
    leidas: list[Decidida] = []
    for titulo, unidad, paso, planteo in _planteos(curso):
        filas = por_paso.get((unidad, paso), [])
        nombres, suma = _opciones(planteo), _que_eligio(planteo)
        por_mes: dict[Mes, Counter[str]] = defaultdict(Counter)
        for mes, valor, acierto, cuantas in filas:
            por_mes[mes][suma(valor, acierto)] += cuantas
        dichas = _lo_que_se_dice(por_mes, [clave for clave, _texto, _bien in nombres])
        if dichas is not None:
            elegidas = zip(nombres, callar(dichas), strict=True)
            opciones = tuple(Elegida(texto, bien, cuantas) for (_clave, texto, bien), cuantas in elegidas)
            leidas.append(Decidida(titulo, planteo.pregunta, sum(dichas), opciones))
    return leidas


def _por_paso(edicion: int, dia: datetime.date) -> dict[tuple[int, str], list[tuple[Mes, Any, bool | None, int]]]:
    primeras = Ensayo.objects.filter(inscripcion__edicion=edicion, vez=1, repaso_en=None)
    filas = (
        primeras.filter(respondido_en__date__lte=tandas.ultimo_dia(dia))
        .order_by()
        .annotate(mes=TruncMonth("respondido_en", output_field=DateField()))
        .values_list("unidad_id", "paso", "mes", "valor", "acierto")
        .annotate(cuantas=Count("pk"))
    )
    por_paso: dict[tuple[int, str], list[tuple[Mes, Any, bool | None, int]]] = defaultdict(list)
    for unidad, paso, *resto in filas:
        por_paso[unidad, paso].append(tuple(resto))
    return por_paso


def _planteos(curso: Unidad) -> Iterable[tuple[str, int, str, Planteo]]:
    """Yield each step that asks, as published: title of its lesson, unit, what the step is known by, what it asks."""
    unidades = {una.pagina_id: una for una in Unidad.objects.vigentes().filter(curso=curso, clase=LECCION)}
    paginas = {una.pk: una for una in Leccion.objects.filter(pk__in=unidades)}
    for pagina_id, unidad in sorted(unidades.items(), key=lambda par: par[1].orden):
        for bloque in paginas[pagina_id].pasos.raw_data if pagina_id in paginas else ():
            if bloque["type"] == DECIDA:
                yield unidad.titulo, unidad.pk, bloque.get("id") or "", planteo_de(bloque["value"])


def _opciones(planteo: Planteo) -> list[tuple[str, str, bool]]:
    """Return key, words and whether it is right of what is told apart: each option, where one is chosen."""
    clase, correctas = clase_de(planteo.tipo), {una.clave for una in planteo.opciones if una.correcta}
    contenido = clase.de_opciones(planteo.opciones)
    if clase.de_un_toque(contenido):
        return [(clave, texto, clave in correctas) for clave, texto in clase.opciones(contenido)]
    return [(BIEN, _("Acertaron"), True), (NO, _("Todavía no"), False)]


def _que_eligio(planteo: Planteo) -> Callable[[Any, bool | None], str]:
    clase = clase_de(planteo.tipo)
    contenido = clase.de_opciones(planteo.opciones)
    if clase.de_un_toque(contenido):
        return lambda valor, acierto: next(iter(clase.marcadas(contenido, valor)), "")
    return lambda valor, acierto: BIEN if acierto else NO


def _lo_que_se_dice(por_mes: dict[Mes, Counter[str]], claves: Sequence[str]) -> list[int] | None:
    """Return the counts of the last month that may be told; nothing of fewer than five people."""
    dichas: list[int] | None = None
    suma = dict.fromkeys(claves, 0)
    for mes in sorted(por_mes):
        suma = {clave: suma[clave] + por_mes[mes][clave] for clave in claves}  # an option written anew is another
        ahora = list(suma.values())
        if sum(ahora) >= MINIMO and (dichas is None or se_puede_actualizar(dichas, ahora)):
            dichas = ahora
    return dichas
