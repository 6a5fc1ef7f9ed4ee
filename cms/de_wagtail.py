"""The applications of Wagtail as this site uses them: without its API of contents, that no address of ours serves.

Pictures, documents and snippets each give that API their part when they begin, also where it is not installed: a fifth
of what a process takes to start, and 15 MB. Here they give it to nobody. Where a site installs ``wagtail.api.v3``, and
where an edition of Wagtail calls these pieces another way, it is read as always.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.apps import apps
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig

API = "wagtail.api.v3"


class ConImagenes(WagtailImagesAppConfig):
    def ready(self) -> None:
        with _sin_api(self.name):
            super().ready()


class ConDocumentos(WagtailDocsAppConfig):
    def ready(self) -> None:
        with _sin_api(self.name):
            super().ready()


class ConFichas(WagtailSnippetsAppConfig):
    def ready(self) -> None:
        with _sin_api(self.name):
            super().ready()


class _Nadie:
    """What takes any router and registers nothing."""

    def add_router(self, *_que: Any) -> None:
        return


@contextmanager
def _sin_api(aplicacion: str) -> Iterator[None]:
    """In place of what an application would import of the API, something empty, for as long as it begins."""
    vacios = {
        f"{API}.api": {"api": _Nadie()},
        f"{aplicacion}.api.v3": {"register_content_types": lambda: None},
        f"{aplicacion}.api.v3.registry": {"register_content_types": lambda: None},
        f"{aplicacion}.api.v3.router": {"router": None},
    }
    puestos = {}
    if not apps.is_installed(API):
        for nombre, contenido in vacios.items():
            if nombre not in sys.modules:
                puestos[nombre] = sys.modules[nombre] = ModuleType(nombre)
                vars(puestos[nombre]).update(contenido)
    try:
        yield
    finally:
        for nombre in puestos:
            del sys.modules[nombre]
