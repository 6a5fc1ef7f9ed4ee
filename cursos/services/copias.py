"""A copy stands alone: what pointed inside the original points inside the copy, in what is live and in its drafts.

Wagtail copies pages by an action and tells nobody when it ends: ``envolver`` puts this around the action itself, so
that the screen, the API and the code pass by here. Aliases and copies for translation are not made of pages of courses:
an alias has no words of its own, and its unit would be somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import swapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction, CreatePageAliasIntegrityError
from wagtail.models import ReferenceIndex
from wagtail.search import index
from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled

from ..models import Unidad
from ..models.de_curso import SIN_ALIAS, DeCurso, copiando
from .publicacion import carga_en_bloque, curso_de, publicar_unidad, reservar_unidades
from .referencias import Mapa, leer_fuera, reescribir_filas, reescribir_revisiones

Par = tuple[Any, Any]  # a page and its copy


def sin_traduccion() -> str:
    return _("Las páginas de un curso no se copian como traducción. Cópiela como un curso aparte.")


def envolver() -> None:
    """Put these rules around the three actions of Wagtail. Doing it again changes nothing."""
    for clase, acto in (
        (CopyPageAction, _copiar),
        (CreatePageAliasAction, _sin_alias),
        (CopyPageForTranslationAction, _sin_traduccion),
    ):
        if not hasattr(clase.execute, "de_los_cursos"):
            clase.execute = _alrededor(clase.execute, acto)


def _alrededor(original: Callable[..., Any], acto: Callable[..., Any]) -> Callable[..., Any]:
    def execute(accion: Any, *args: Any, **kwargs: Any) -> Any:
        return acto(accion, lambda: original(accion, *args, **kwargs))

    execute.de_los_cursos = True  # type: ignore[attr-defined]
    return execute


def _sin_alias(accion: Any, hacer: Callable[[], Any]) -> Any:
    if hay_de_curso(accion.page, con_lo_de_abajo=accion.recursive):
        raise CreatePageAliasIntegrityError(str(SIN_ALIAS))
    return hacer()


def _sin_traduccion(accion: Any, hacer: Callable[[], Any]) -> Any:
    if hay_de_curso(accion.page, con_lo_de_abajo=accion.include_subtree):
        raise ValidationError({NON_FIELD_ERRORS: sin_traduccion()})
    return hacer()


def _copiar(accion: Any, hacer: Callable[[], Any]) -> Any:
    if not hay_de_curso(accion.page, con_lo_de_abajo=accion.recursive):
        return hacer()
    # The permission is asked by the action before it writes: what follows is all of it or nothing.
    with transaction.atomic():
        with _sin_indice_de_referencias(), carga_en_bloque(por=accion.user):
            marca = copiando.set(True)
            try:
                copia = hacer()
            finally:
                copiando.reset(marca)
            pares = list(_pares(accion.page, copia, con_lo_de_abajo=accion.recursive))
            _independizar(pares)
            _publicar_lo_que_puede(pares)
        for _original, otra in pares:
            quedo = otra.specific_class.objects.get(pk=otra.pk)
            ReferenceIndex.create_or_update_for_object(quedo)
            index.insert_or_update_object(quedo)
    return copia


@contextmanager
def _sin_indice_de_referencias() -> Iterator[None]:
    """Wagtail writes down what a page names each time that it, or one of its questions, is saved: here, at the end."""
    if getattr(reference_index_auto_update_disabled, "value", False):
        yield
        return
    with disable_reference_index_auto_update():
        yield


def hay_de_curso(pagina: Any, *, con_lo_de_abajo: bool) -> bool:
    """Whether a page is of a course, or holds some."""
    clase = pagina.specific_class
    if clase is not None and issubclass(clase, DeCurso):
        return True
    if not con_lo_de_abajo:
        return False
    clases = {una.content_type.model_class() for una in pagina.get_descendants().select_related("content_type")}
    return any(clase is not None and issubclass(clase, DeCurso) for clase in clases)


def _pares(original: Any, copia: Any, *, con_lo_de_abajo: bool) -> Iterable[Par]:
    """Yield each page with its copy. Children are copied in their order."""
    yield original.specific, copia.specific_class.objects.get(pk=copia.pk)
    if con_lo_de_abajo:
        hijas = zip(original.get_children().order_by("path"), copia.get_children().order_by("path"), strict=True)
        for una, otra in hijas:
            yield from _pares(una, otra, con_lo_de_abajo=True)


def _independizar(pares: list[Par]) -> None:
    mapa = _mapa(pares)
    for _original, copia in pares:
        reescribir_filas(copia, mapa)
        reescribir_revisiones(copia, mapa)


def _mapa(pares: list[Par]) -> Mapa:
    """Say of each page and unit of the original which one it is in the copy. A copy not yet live keeps its number."""
    paginas = {original.pk: copia.pk for original, copia in pares}
    de_las_originales = {unidad.pagina_id: unidad for unidad in Unidad.objects.filter(pagina__in=paginas)}
    con_unidad = [copia for original, copia in pares if original.pk in de_las_originales]
    reservadas = reservar_unidades(con_unidad, ahora=timezone.now())
    unidades = {
        original.pk: reservadas[copia]
        for copia, original in ((paginas[pk], unidad) for pk, unidad in de_las_originales.items())
        if copia in reservadas
    }
    cursos = dict(Unidad.objects.cursos().values_list("pk", "numero"))
    direcciones: dict[tuple[int, int], tuple[int, int]] = {}
    for original in de_las_originales.values():
        nueva = unidades.get(original.pk)
        if nueva is not None:
            direcciones[_direccion(original, cursos)] = _direccion(nueva, cursos)
    return Mapa(paginas, {pk: nueva.pk for pk, nueva in unidades.items()}, direcciones)


def _direccion(unidad: Unidad, cursos: dict[int, int]) -> tuple[int, int]:
    """Return the numbers of the direct address; of a course, the second is 0."""
    return (unidad.numero, 0) if unidad.curso_id is None else (cursos[unidad.curso_id], unidad.numero)


def _publicar_lo_que_puede(pares: list[Par]) -> None:
    """Register the copies that are live. What could not be published by hand stays a draft, like any other."""
    copias = [copia.specific_class.objects.get(pk=copia.pk) for _original, copia in pares]
    for copia in sorted(copias, key=lambda una: getattr(una, "va_despues", False)):
        if not copia.live or not isinstance(copia, DeCurso):
            continue
        if copia.faltas_para_publicar():
            _dejar_en_borrador(copia)
        else:
            publicar_unidad(pagina=copia, ahora=timezone.now())


def _dejar_en_borrador(copia: Any) -> None:
    Pagina = swapper.load_model("wagtailcore", "Page")
    Pagina.objects.filter(pk=copia.pk).update(
        live=False, has_unpublished_changes=True, live_revision=None, first_published_at=None, last_published_at=None
    )


# --- What is told to who copied -------------------------------------------------------------------------------------


def quedaron_en_borrador(copia: Any) -> list[tuple[str, str]]:
    """Return the title of each page of a copy that could not be live, with why."""
    paginas = [una.specific for una in copia.get_descendants(inclusive=True).not_live().order_by("path")]
    faltas = [(una, una.faltas_para_publicar()) for una in paginas if issubclass(type(una), DeCurso)]
    return [(una.title, " ".join(dichas)) for una, dichas in faltas if dichas]


def apuntan_afuera(copia: Any) -> list[tuple[str, str]]:
    """Return the title of each page of a copy that names something of another course, with what it names."""
    hojas = [una.specific for una in copia.get_descendants(inclusive=True).order_by("path")]
    nombradas = [(una, leer_fuera(una)) for una in hojas]
    curso = curso_de(copia.specific)
    raiz = curso.path if curso is not None else copia.path
    return [(una.title, titulo) for una, lejanas in nombradas for titulo, path in lejanas if not path.startswith(raiz)]
