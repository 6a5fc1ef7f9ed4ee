"""Keep the durable units in step with the published pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import swapper
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from .. import unidades as registro
from ..models import Unidad, VersionDeCurso
from .versiones import actualizar_versiones

Pagina = Any  # a page class of the host: swappable

CAMPOS = (
    "titulo",
    "modulo",
    "orden",
    "pasos",
    "minutos",
    "obligatoria",
    "asientos",
    "variante",
    "retirada_en",
    "en_pausa",
)


@transaction.atomic
def sincronizar_curso(*, pagina: Pagina, ahora: datetime, por: Any = None, en_pausa: bool = False) -> Unidad:
    """Bring the units and the versions of a course in step with its pages as published. Safe to repeat.

    What is no longer published stops being asked for, unless ``en_pausa`` says that it will be back. The number of
    statements does not depend on the number of lessons.
    """
    curso = _unidad_del_curso(pagina, ahora)
    _poner_unidades(curso, pagina, ahora, en_pausa=en_pausa or not pagina.live)
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
        unidad = Unidad.objects.filter(curso=curso, pagina=pagina.pk).first() if clase else None
        if clase and unidad:
            clase.publicada(pagina=pagina, unidad=unidad, ahora=ahora)


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
            modelo = swapper.load_model("cursos", "Curso")
            for curso in modelo.objects.filter(pk__in=list(tocados)):
                _sincronizar(curso, tocados[curso.pk], timezone.now(), por)
    finally:
        _carga.reset(marca)


def retirar(*, paginas: Iterable[int], ahora: datetime, en_pausa: bool = False) -> set[int]:
    """Mark as retired the units of these pages. Returns the ids of the pages of their courses, to bring in step."""
    unidades = Unidad.objects.filter(pagina__in=list(paginas))
    cursos = set(unidades.exclude(curso=None).values_list("curso__pagina", flat=True))
    unidades.update(retirada_en=ahora, en_pausa=en_pausa)
    return cursos - {None}


def sincronizar_cursos(ids: Iterable[int], *, ahora: datetime, por: Any = None) -> None:
    """Bring several courses in step, by the id of their pages."""
    for curso in swapper.load_model("cursos", "Curso").objects.filter(pk__in=list(ids)):
        _sincronizar(curso, [], ahora, por)


def renovar_lo_guardado(cursos: Iterable[int] | None = None) -> None:
    """Make every cached piece of these courses (of all, without argument) be read again."""
    filas = Unidad.objects.cursos() if cursos is None else Unidad.objects.filter(pk__in=list(cursos))
    filas.update(revision=F("revision") + 1)


def curso_de(pagina: Pagina) -> Pagina | None:
    """Return the page of the course that holds a page, or the page itself when it is one."""
    modelo = swapper.load_model("cursos", "Curso")
    if isinstance(pagina, modelo):
        return pagina
    return modelo.objects.ancestor_of(pagina).order_by("-depth").first()


def _unidad_del_curso(pagina: Pagina, ahora: datetime) -> Unidad:
    """Return the durable unit of a course, created the first time, holding its row until the end."""
    campos = {"titulo": pagina.title, "retirada_en": None if pagina.live else ahora}
    propias = Unidad.objects.filter(pagina=pagina.pk, clase=Unidad.Clase.CURSO)
    if not propias.update(**campos, revision=F("revision") + 1):
        ultimo = Unidad.objects.cursos().aggregate(n=Max("numero"))["n"] or 0
        Unidad.objects.create(clase=Unidad.Clase.CURSO, numero=ultimo + 1, pagina_id=pagina.pk, **campos)
    return propias.get()


def _poner_unidades(curso: Unidad, pagina: Pagina, ahora: datetime, *, en_pausa: bool) -> None:
    Unidad.objects.filter(curso=curso, pagina=None, retirada_en=None).update(retirada_en=ahora, en_pausa=False)
    existentes = {unidad.pagina_id: unidad for unidad in Unidad.objects.filter(curso=curso, pagina__isnull=False)}
    publicadas = dict(_leer_paginas(pagina))
    ultimo = Unidad.objects.filter(curso=curso).aggregate(n=Max("numero"))["n"] or 0
    nuevas, cambiadas = [], []
    for pagina_id, (clase, datos) in publicadas.items():
        unidad = existentes.pop(pagina_id, None)
        if unidad is None:
            ultimo += 1
            nuevas.append(Unidad(clase=clase, curso=curso, numero=ultimo, pagina_id=pagina_id, **datos))
        elif _cambiar(unidad, datos):
            cambiadas.append(unidad)
    cambiadas += _retirar_ausentes(existentes, pagina, ahora, en_pausa)
    # A page that came from another course leaves its old unit behind, with its evidence.
    Unidad.objects.filter(pagina__in=[unidad.pagina_id for unidad in nuevas]).update(
        pagina=None, retirada_en=ahora, en_pausa=False
    )
    Unidad.objects.bulk_create(nuevas)
    Unidad.objects.bulk_update(cambiadas, [*CAMPOS, "pagina"], batch_size=100)


def _retirar_ausentes(
    ausentes: dict[int | None, Unidad], pagina: Pagina, ahora: datetime, en_pausa: bool
) -> list[Unidad]:
    """Retire units whose page is not published here any more. Those that went away with the whole course wait."""
    adentro = set(pagina.get_descendants().filter(pk__in=list(ausentes)).values_list("pk", flat=True))
    cambiadas = []
    for unidad in ausentes.values():
        fuera = unidad.pagina_id not in adentro
        if unidad.retirada_en is None:
            unidad.retirada_en, unidad.en_pausa = ahora, en_pausa
        elif not fuera:
            continue
        if fuera:
            unidad.pagina_id, unidad.en_pausa = None, False
        cambiadas.append(unidad)
    return cambiadas


def _cambiar(unidad: Unidad, datos: dict[str, Any]) -> bool:
    """Set the fields and say whether any was different."""
    antes = {campo: getattr(unidad, campo) for campo in datos}
    for campo, valor in datos.items():
        setattr(unidad, campo, valor)
    return antes != datos


def _leer_paginas(pagina: Pagina) -> Iterator[tuple[int, tuple[str, dict[str, Any]]]]:
    """Yield each published unit below a course, in the order of the tree, with what the unit keeps of it."""
    de_adentro = pagina.get_descendants().values_list("pk", "path", "title", "live")
    arbol = {path: (titulo, live) for _pk, path, titulo, live in de_adentro}
    encontradas: list[tuple[str, Any, registro.ClaseDeUnidad]] = []
    for clase in registro.clases():
        for hoja in clase.paginas().descendant_of(pagina):
            encontradas.append((hoja.path, hoja, clase))
    orden = 0
    for path, hoja, clase in sorted(encontradas, key=lambda tupla: tupla[0]):
        arriba = [arbol[path[:n]] for n in range(len(pagina.path) + pagina.steplen, len(path), pagina.steplen)]
        if not all(live for _titulo, live in arriba):
            continue
        orden += 1
        yield (
            hoja.pk,
            (
                clase.clase,
                {
                    "titulo": hoja.title,
                    "modulo": arriba[-1][0] if arriba else "",
                    "orden": orden,
                    "pasos": clase.pasos(hoja),
                    "minutos": clase.minutos(hoja),
                    "obligatoria": clase.obligatoria(hoja),
                    "asientos": clase.asientos(hoja),
                    "variante": clase.variante(hoja),
                    "retirada_en": None,
                    "en_pausa": False,
                },
            ),
        )


def version_vigente(curso: Unidad) -> VersionDeCurso | None:
    """Return the version for whoever starts now."""
    return VersionDeCurso.objects.filter(curso=curso, vigente=True).first()
