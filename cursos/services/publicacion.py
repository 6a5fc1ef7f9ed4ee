"""Keep the durable units in step with the published pages. How each unit is written is in ``sombras``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import swapper
from django.db import transaction
from django.db.models import DateTimeField, F, Max, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from marco.preparadas import cambio_preparado, preparada

from .. import clases as registro
from ..models import Curso, Unidad
from . import contadores
from .sombras import CAMPOS, apartar, poner_unidades
from .versiones import actualizar_versiones

Pagina = Any  # a page class of the host: swappable


@transaction.atomic
def sincronizar_curso(*, pagina: Pagina, ahora: datetime, por: Any = None, en_pausa: bool = False) -> Unidad:
    """Bring the units and the versions of a course in step with its pages as published. Safe to repeat.

    What is no longer published is paused while somebody under way lacks it, and also when ``en_pausa`` says that it
    will be back; else it stops being asked for. The number of statements does not depend on the number of lessons.
    """
    curso = _unidad_del_curso(pagina, ahora)
    if poner_unidades(curso, pagina, ahora, _autor(por), en_pausa=en_pausa or not pagina.live):
        contadores.sacar_de_la_pausa(curso)
    # A course that is not published asks what it asked: nothing changes for anybody until it comes back.
    if pagina.live:
        actualizar_versiones(curso=curso, horas=pagina.horas or 0, ahora=ahora, por=por)
    return curso


def publicar_unidad(*, pagina: Pagina, ahora: datetime, por: Any = None, en_pausa: bool = False) -> None:
    """Register what was just published, or no longer is: a course, a module or a unit of one."""
    curso = curso_de(pagina)
    if curso is not None:
        _sincronizar(curso, [pagina], ahora, por, en_pausa)


def _sincronizar(
    curso: Pagina, publicadas: Iterable[Pagina], ahora: datetime, por: Any, en_pausa: bool = False
) -> None:
    carga = _carga.get()
    if carga is not None:
        carga.setdefault(curso.pk, []).extend(publicadas)
        return
    with transaction.atomic():
        unidad_curso = sincronizar_curso(pagina=curso, ahora=ahora, por=por, en_pausa=en_pausa)
        _avisar_a_las_clases(unidad_curso, publicadas, ahora)


def _avisar_a_las_clases(curso: Unidad, publicadas: Iterable[Pagina], ahora: datetime) -> None:
    for pagina in publicadas:
        clase = registro.clase_de_pagina(pagina)
        unidad = unidad_de_pagina.primera(curso=curso.pk, pagina=pagina.pk) if clase else None
        if clase and unidad:
            clase.publicada(pagina=pagina, unidad=unidad, ahora=ahora)


@preparada
def unidad_de_pagina(*, curso: int, pagina: int) -> QuerySet[Unidad]:
    return Unidad.objects.filter(curso=curso, pagina=pagina)


_carga: ContextVar[dict[int, list[Pagina]] | None] = ContextVar("carga_en_bloque", default=None)


@contextmanager
def carga_en_bloque(*, por: Any = None) -> Iterator[None]:
    """Publish many pages and bring each course in step once, at the end: one version, few statements."""
    if _carga.get() is not None:
        yield
        return
    marca = _carga.set({})
    try:
        with transaction.atomic():
            yield
            tocados = _carga.get() or {}
            _carga.set(None)
            for curso in Curso.objects.filter(pk__in=list(tocados)):
                _sincronizar(curso, _como_quedaron(tocados[curso.pk]), timezone.now(), por)
    finally:
        _carga.reset(marca)


def _como_quedaron(paginas: Iterable[Pagina]) -> list[Pagina]:
    """Read again what was published: something may have changed in it until the end of the load."""
    ids = list(dict.fromkeys(pagina.pk for pagina in paginas))
    todas = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids).specific()
    leidas = {pagina.pk: pagina for pagina in todas}
    return [leidas[pk] for pk in ids if pk in leidas]


def reservar_unidades(paginas: Iterable[Pagina], *, ahora: datetime) -> dict[int, Unidad]:
    """Give their unit to pages that may not be live yet, so that others can name them. Returns it by page.

    It is retired until the page is published: nobody is asked for it. What is outside of any course has none.
    """
    reservadas: dict[int, Unidad] = {}
    de_cada_curso: dict[int, tuple[Pagina, list[Pagina]]] = {}
    for pagina in paginas:
        if (curso := curso_de(pagina)) is not None:
            de_cada_curso.setdefault(curso.pk, (curso, []))[1].append(pagina)
    for curso, suyas in de_cada_curso.values():
        unidad_curso = _unidad_del_curso(curso, ahora)
        ya = {unidad.pagina_id: unidad for unidad in Unidad.objects.filter(pagina__in=[una.pk for una in suyas])}
        ultimo = Unidad.objects.filter(curso=unidad_curso).aggregate(n=Max("numero"))["n"] or 0
        for pagina in suyas:
            clase = registro.clase_de_pagina(pagina)
            if clase is not None and pagina.pk not in ya:
                ultimo += 1
                ya[pagina.pk] = Unidad.objects.create(
                    clase=clase.clase,
                    curso=unidad_curso,
                    numero=ultimo,
                    pagina_id=pagina.pk,
                    pagina_recordada=pagina.pk,
                    titulo=pagina.title,
                    retirada_en=ahora,
                )
        reservadas |= {pk: unidad for pk, unidad in ya.items() if pk is not None}
    return reservadas


@transaction.atomic
def retirar(*, paginas: Iterable[int], ahora: datetime, por: Any = None) -> set[int]:
    """Take away the units of pages that are being deleted. Returns the pages of their courses, to bring in step."""
    ids = list(paginas)
    # A page deleted is gone: what comes later, even with its number, is another.
    Unidad.objects.filter(pagina_recordada__in=ids).update(pagina_recordada=None)
    unidades = Unidad.objects.filter(pagina__in=ids)
    cursos = Unidad.objects.filter(pk__in=unidades.exclude(curso=None).values("curso"))
    paginas_de_cursos = set(cursos.values_list("pagina", flat=True))
    cursos.update(revision=F("revision") + 1)  # their rows are ours until the end
    a_la_vista = list(unidades.filter(retirada_en=None))
    apartar(a_la_vista, ahora, _autor(por))
    Unidad.objects.bulk_update(a_la_vista, CAMPOS)
    return paginas_de_cursos - {None}


def _autor(por: Any) -> Any:
    """Return who does it: whoever is acting in the editor, else whoever the caller says."""
    return get_active_log_context().user or por


def sincronizar_cursos(ids: Iterable[int], *, ahora: datetime, por: Any = None) -> None:
    """Bring several courses in step, by the id of their pages."""
    for curso in Curso.objects.filter(pk__in=list(ids)):
        _sincronizar(curso, [], ahora, por)


def recibir(*, curso: Pagina, pagina: Pagina, ahora: datetime, por: Any = None) -> None:
    """Register what was moved into a course, as if it were published there."""
    _sincronizar(curso, pagina.get_descendants(inclusive=True).live().specific(), ahora, por)


def renovar_lo_guardado(cursos: Iterable[int] | None = None) -> None:
    """Make every cached piece of these courses (of all, without argument) be read again."""
    filas = Unidad.objects.cursos() if cursos is None else Unidad.objects.filter(pk__in=list(cursos))
    filas.update(revision=F("revision") + 1)


def curso_de(pagina: Pagina) -> Pagina | None:
    """Return the page of the course that holds a page, or the page itself when it is one."""
    if isinstance(pagina, Curso):
        return pagina
    return Curso.objects.ancestor_of(pagina).order_by("-depth").first()


def _unidad_del_curso(pagina: Pagina, ahora: datetime) -> Unidad:
    """Return the durable unit of a course, created the first time, holding its row until the end."""
    if not curso_tomado(pagina=pagina.pk, titulo=pagina.title, a_la_vista=bool(pagina.live), ahora=ahora):
        ultimo = Unidad.objects.cursos().aggregate(n=Max("numero"))["n"] or 0
        campos = {"titulo": pagina.title, "retirada_en": None if pagina.live else ahora}
        Unidad.objects.create(clase=Unidad.Clase.CURSO, numero=ultimo + 1, pagina_id=pagina.pk, **campos)
    unidad: Unidad = curso_de_pagina.primera(pagina=pagina.pk)
    return unidad


@preparada
def curso_de_pagina(*, pagina: int) -> QuerySet[Unidad]:
    return Unidad.objects.filter(pagina=pagina, clase=Unidad.Clase.CURSO)


@cambio_preparado
def curso_tomado(
    *, pagina: int, titulo: str, a_la_vista: bool, ahora: datetime
) -> tuple[QuerySet[Unidad], dict[str, Any]]:
    """The course as its page says; its row is held until the end.

    The day it went out of sight does not move with what is done to it afterwards: people read it.
    """
    desde = None if a_la_vista else Coalesce(F("retirada_en"), Value(ahora, DateTimeField()))
    suya = Unidad.objects.filter(pagina=pagina, clase=Unidad.Clase.CURSO)
    return suya, {"titulo": titulo, "retirada_en": desde, "revision": F("revision") + 1}
