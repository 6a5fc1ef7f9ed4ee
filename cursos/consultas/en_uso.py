"""Where a picture or a file is shown: what is published, and the drafts that are not published yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from ..models import Leccion


@dataclass
class DondeSeUsa:
    """Pages that this account may open, what else shows it (by its name), and how many pages it may not open."""

    paginas: list[Any] = field(default_factory=list)
    otros: list[str] = field(default_factory=list)
    ajenas: int = 0

    def __bool__(self) -> bool:
        return bool(self.paginas or self.otros or self.ajenas)


def donde_se_usan(cosas: Iterable[Any], cuenta: Any) -> DondeSeUsa:
    """Return where these pictures, or these files, are shown. Titles of pages of others stay out."""
    cosas = list(cosas)
    Pagina: Any = swapper.load_model("wagtailcore", "Page")
    de_pagina = ContentType.objects.get_for_model(Pagina)
    paginas, otros = _en_borradores(cosas), set()
    for referencia in ReferenceIndex.get_references_to_in_bulk(cosas) if cosas else ():
        if referencia.base_content_type_id == de_pagina.pk:
            paginas.add(int(referencia.object_id))
        else:
            otros.add((referencia.base_content_type_id, referencia.object_id))
    suyas = policy_registry.get_by_type(Pagina).explorable_instances(cuenta).filter(pk__in=paginas)
    visibles = list(suyas.order_by("title", "pk"))
    nombres = [str(uno) for tipo, pk in sorted(otros) if (uno := _leer(tipo, pk)) is not None]
    return DondeSeUsa(visibles, nombres, len(paginas) - len(visibles))


def _leer(tipo: int, pk: str) -> Any:
    modelo: Any = ContentType.objects.get_for_id(tipo).model_class()
    return modelo._default_manager.filter(pk=pk).first() if modelo else None


def _en_borradores(cosas: list[Any]) -> set[int]:
    """Lessons whose newest draft shows one of them: Wagtail looks only at what is published."""
    buscadas = {(type(una), str(una.pk)) for una in cosas}
    halladas = set()
    for leccion in Leccion.objects.filter(has_unpublished_changes=True).select_related("latest_revision"):
        pasos = leccion.get_latest_revision_as_object().pasos
        dichas = {(modelo, str(pk)) for modelo, pk, *_resto in pasos.stream_block.extract_references(pasos)}
        if dichas & buscadas:
            halladas.add(leccion.pk)
    return halladas
